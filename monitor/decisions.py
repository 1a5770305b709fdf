"""处理意见: what a person decides about a finding, checked before anything is written. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.findings import Clock, IllegalMove, advance, moved
from monitor.model import Assessment, Finding, FindingEvent, Move, State
from monitor.waivers import GROUNDS
from monitor.wording import Objection

#: 误报理由: from a list, so that the year's count of them tells which rule to mend
WITHDRAWALS = (
    "已公开，在其他位置",
    "已公开，日期识别有误",
    "已公开，标题识别有误",
    "栏目对应有误",
    "责任单位有误",
    "页面识别有误",
    "其他",
)
#: 暂缓计时 ends by itself after so many days at the latest
LONGEST_SUSPENSION = timedelta(days=30)
#: 申请复核 is made within so many working days of the notice
CONTESTED_WITHIN = 3
#: moves that answer a unit's request: whoever asked does not answer
_ANSWERS = frozenset({Move.UPHOLD, Move.WAIVE, Move.REJECT})
_NEEDS_REASON = _ANSWERS | {
    Move.WITHDRAW,
    Move.SEND_BACK,
    Move.SUSPEND,
    Move.CHANGE,
    Move.NOT_MENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """一条处理意见: a move of one finding, by whom, and what it needs to be said with."""

    finding: str
    move: Move
    by: str
    reason: str = ""
    ground: str = ""  # C1…C10, of a request
    address: str = ""
    evidence: str = ""
    deadline: date | None = None
    resume_on: date | None = None
    section: str = ""


def decide(
    finding: Finding,
    decision: Decision,
    clock: Clock,
    *,
    events: Sequence[FindingEvent] = (),
    sets_aside: str = "",
) -> Finding:
    """Return the finding after a decision; raise what is wrong with it, in words.

    ``events``: what happened to the finding so far. ``sets_aside``: the fingerprint of how its
    obligation stands (``findings.fingerprint``), which a withdrawal takes for no gap, and a look
    at a closed finding for no mending.
    """
    advance(finding.state, decision.move)
    if (wrong := _objection(finding, decision, clock, events)) is not None:
        raise wrong.error(number=finding.number)
    after = moved(finding, decision.move, clock)
    if decision.section:
        after = replace(after, section=decision.section)
    if decision.deadline is not None:
        after = replace(after, deadline=decision.deadline)
    if after.state is State.SUSPENDED:
        after = replace(after, resume_on=decision.resume_on or clock.on + LONGEST_SUSPENSION)
    if after.state is State.WITHDRAWN or _finds_not_mended(finding, decision.move):
        after = replace(after, fingerprint=sets_aside)
    elif decision.move is Move.CLOSE:
        after = replace(after, fingerprint="")
    return after


def _finds_not_mended(finding: Finding, move: Move) -> bool:
    """Whether a person says so of what nights took for mended, for the first time or again."""
    return move is Move.NOT_MENDED or (move is Move.SEND_BACK and bool(finding.fingerprint))


def resuming(finding: Finding) -> Move:
    """The move that ends a suspension: to where the finding was taken from."""
    return Move.RESUME if finding.assigned_on else Move.REVIEW_ON


def may(finding: Finding, move: Move) -> bool:
    """Whether the table of moves allows it now."""
    try:
        advance(finding.state, move)
    except IllegalMove:
        return False
    return True


def due_answer(events: Sequence[FindingEvent], clock: Clock) -> date | None:
    """By when a request waits for its answer; None when none is open."""
    asked = next((one for one in reversed(events) if one.move is Move.CONTEST), None)
    if asked is None:
        return None
    return clock.calendar.add_workdays(asked.at.date(), CONTESTED_WITHIN)


def _objection(
    finding: Finding, decision: Decision, clock: Clock, events: Sequence[FindingEvent]
) -> Objection | None:
    """What forbids a decision that the table of moves would allow."""
    if not decision.by.strip():
        return Objection.NOBODY
    if decision.move in _NEEDS_REASON and not decision.reason.strip():
        return Objection.NO_REASON
    if decision.move is Move.CONTEST and decision.ground not in GROUNDS:
        return Objection.NO_GROUND
    if decision.deadline is not None and decision.deadline < clock.on:
        return Objection.DEADLINE_PASSED
    if decision.resume_on is not None and not (
        clock.on < decision.resume_on <= clock.on + LONGEST_SUSPENSION
    ):
        return Objection.SUSPENDED_TOO_LONG
    if decision.move is Move.RESUME and finding.assigned_on is None:
        return Objection.NOT_ASSIGNED_YET
    asked = next((one for one in reversed(events) if one.move is Move.CONTEST), None)
    if decision.move in _ANSWERS and asked is not None and asked.by == decision.by:
        return Objection.OWN_REQUEST
    return None


def cause_of(finding: Finding, assessment: Assessment | None) -> tuple[str, ...]:
    """What findings that one look settles have in common: the page, or the unit without one."""
    if assessment is None:
        return (finding.number,)
    facts = (assessment.status.name, assessment.because.name)
    if assessment.page and assessment.because.name not in _OF_THE_UNIT:
        return (assessment.page, *facts)
    return (finding.unit, *facts)


#: reasons that lie in the unit's site, whatever page they were told from
_OF_THE_UNIT = frozenset({"COLUMN_NOT_FOUND"})
