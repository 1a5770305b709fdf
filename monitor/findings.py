"""问题: the states of a finding, the moves between them, its clock, and what a night does to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor.model import GAPS, Assessment, Finding, Move, State, Status
from monitor.wording import ILLEGAL_MOVE, MonitorError
from monitor.workdays import WorkCalendar

#: 流转表: a line of the office's table is a line here; what is not in it cannot happen
MOVES: dict[tuple[State | None, Move], State] = {
    (None, Move.DETECT): State.DETECTED,
    (State.DETECTED, Move.SEEN_AGAIN): State.TO_REVIEW,
    (State.DETECTED, Move.SEEN_GOOD): State.DROPPED,
    (State.TO_REVIEW, Move.SEEN_GOOD): State.DROPPED,
    (State.TO_REVIEW, Move.CONFIRM): State.ASSIGNED,
    (State.TO_REVIEW, Move.WITHDRAW): State.WITHDRAWN,
    (State.TO_REVIEW, Move.SUSPEND): State.SUSPENDED,
    (State.ASSIGNED, Move.CHANGE): State.ASSIGNED,
    (State.ASSIGNED, Move.RESPOND): State.RESPONDED,
    (State.ASSIGNED, Move.SEEN_GOOD): State.RESPONDED,
    (State.ASSIGNED, Move.CONTEST): State.CONTESTED,
    (State.ASSIGNED, Move.WAIVE): State.WAIVED,
    (State.ASSIGNED, Move.SUSPEND): State.SUSPENDED,
    (State.RESPONDED, Move.SEEN_GOOD): State.CLOSED,
    (State.RESPONDED, Move.SEEN_AGAIN): State.ASSIGNED,
    (State.RESPONDED, Move.CLOSE): State.CLOSED,
    (State.RESPONDED, Move.SEND_BACK): State.ASSIGNED,
    (State.RESPONDED, Move.WAIVE): State.WAIVED,
    (State.RESPONDED, Move.SUSPEND): State.SUSPENDED,
    (State.CONTESTED, Move.UPHOLD): State.WITHDRAWN,
    (State.CONTESTED, Move.WAIVE): State.WAIVED,
    (State.CONTESTED, Move.REJECT): State.ASSIGNED,
    (State.CONTESTED, Move.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Move.RESUME): State.ASSIGNED,
    (State.SUSPENDED, Move.REVIEW_ON): State.TO_REVIEW,
    (State.CLOSED, Move.SEEN_AGAIN): State.REOPENED,
    (State.CLOSED, Move.STILL_MENDED): State.CLOSED,
    (State.CLOSED, Move.NOT_MENDED): State.REOPENED,
    (State.REOPENED, Move.CHANGE): State.REOPENED,
    (State.REOPENED, Move.RESPOND): State.RESPONDED,
    (State.REOPENED, Move.SEEN_GOOD): State.RESPONDED,
    (State.REOPENED, Move.CONTEST): State.CONTESTED,
    (State.REOPENED, Move.WAIVE): State.WAIVED,
    (State.REOPENED, Move.SUSPEND): State.SUSPENDED,
}

#: read whole, and nothing is wrong
GOOD = frozenset({Status.OK, Status.STMT, Status.DUE_SOON, Status.NA, Status.EXEMPT})
#: nothing is owed, for as long as that is approved
_NOT_OWED = frozenset({Status.NA, Status.EXEMPT})
#: seen once or twice, and nobody has said that it is so
UNCONFIRMED = frozenset({State.DETECTED, State.TO_REVIEW})
#: a person said that it is so, and it is not settled
CONFIRMED = frozenset(
    {State.ASSIGNED, State.RESPONDED, State.CONTESTED, State.REOPENED, State.SUSPENDED}
)
#: states in which a deadline can be missed: nobody contests it, nothing is suspended
ON_THE_CLOCK = frozenset({State.ASSIGNED, State.RESPONDED, State.REOPENED})
#: the clock of 整改期限 stands still
PAUSED = frozenset({State.RESPONDED, State.SUSPENDED})
SETTLED = frozenset({State.CLOSED, State.WITHDRAWN, State.WAIVED, State.DROPPED})

#: a second good look closes a finding when it comes so many days after the first
_CLOSES_AFTER = timedelta(days=3)
_A_DAY = timedelta(days=1)
#: working days a school is back from a vacation when its deadline comes
_BACK_FOR = 3
#: a gap within so many days of closing is the old one come back
REOPENS_WITHIN = timedelta(days=90)


class IllegalMove(MonitorError):
    """The finding is not in a state that allows this move."""

    def __init__(self, state: State | None, move: Move) -> None:
        code, what, effect, remedy = ILLEGAL_MOVE
        told = what.format(state=state.value if state else "", move=move.value)
        super().__init__(code, told, effect, remedy)
        self.state = state
        self.move = move


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """确认 of a gap: how many sightings it takes and how far apart they must be."""

    scans: int = 2
    min_hours: float = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """整改期限 by kind of gap, in working days; ``reopened``: of one that came back."""

    by_status: Mapping[Status, int] = field(
        default_factory=lambda: {
            Status.BROKEN: 2,
            Status.STALE: 5,
            Status.PARTIAL: 5,
            Status.EMPTY: 10,
            Status.NOCOL: 10,
            Status.MISSING: 10,
        }
    )
    reopened: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """整改时钟: the day, the calendar it is counted on, and the office's terms."""

    on: date
    calendar: WorkCalendar
    deadlines: Deadlines = Deadlines()
    schools: frozenset[str] = frozenset()  # codes of the units that have vacations

    def after(self, days: int) -> date:
        """The last day of a term of working days that begins on the next one."""
        return self.calendar.add_workdays(self.on, days)

    def put_off(self, deadline: date, unit: str) -> date:
        """顺延: a school's deadline in a vacation or an exam moves to the third working day after.

        Other units' deadlines stay.
        """
        if unit not in self.schools:
            return deadline
        return self.calendar.back_at_school(deadline, _BACK_FOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a look does to a finding; without a move it only counts, or starts the count anew."""

    move: Move | None
    to_state: State
    sightings: int


#: gaps that any entry of the column speaks against
_NOTHING_THERE = frozenset({Status.EMPTY, Status.NOCOL})


def advance(state: State | None, move: Move) -> State:
    """Return the state that ``move`` leads to, or raise IllegalMove; None: no finding yet."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(state, move) from None


def moved(finding: Finding, move: Move, clock: Clock) -> Finding:
    """The finding after a move, its clock running, standing still or stopped as the state wants.

    What was answered or suspended resumes where it stood: the working days in between are added
    to the deadline. One that came back gets a term of its own. One that is looked at again and
    found mended stays closed since the day it was.
    """
    state = advance(finding.state, move)
    if move is Move.STILL_MENDED:
        return replace(finding, sightings=0)
    after = replace(finding, state=state)
    if finding.state in PAUSED and finding.paused_on is not None:
        after = replace(after, deadline=_resumed(finding, clock), paused_on=None, resume_on=None)
    if state in PAUSED:
        return replace(after, paused_on=clock.on)
    if state in SETTLED:
        return replace(after, closed_on=clock.on, sightings=0)
    if state is State.REOPENED and finding.state is State.CLOSED:
        term = clock.put_off(clock.after(clock.deadlines.reopened), finding.unit)
        return replace(after, assigned_on=clock.on, deadline=term, closed_on=None, good_on=None)
    if state is State.ASSIGNED:
        after = replace(after, good_on=None)
        if finding.assigned_on is None:
            days = clock.deadlines.by_status[finding.status]
            term = clock.put_off(clock.after(days), finding.unit)
            return replace(after, assigned_on=clock.on, deadline=term)
    return after


def days_overdue(finding: Finding, clock: Clock) -> int:
    """逾期天数: working days past the deadline; 0 within it.

    What was answered counts up to its answer; while a request for review waits or the clock is
    suspended nothing is called overdue.
    """
    if finding.deadline is None or finding.state not in ON_THE_CLOCK:
        return 0
    stopped = finding.paused_on if finding.state in PAUSED else None
    return clock.calendar.workdays_between(finding.deadline, stopped or clock.on)


def key_of(finding: Finding) -> tuple[str, str, str]:
    """What tells the obligation it is about, as ``Assessment.key`` does."""
    return (finding.unit, finding.requirement, finding.period)


def was_confirmed(finding: Finding, on: date) -> bool:
    """Whether by that day a person had said that it is so, and it was not settled until later."""
    if finding.assigned_on is None or finding.assigned_on > on:
        return False
    return finding.state in CONFIRMED or (finding.closed_on is not None and finding.closed_on > on)


def fingerprint(assessment: Assessment) -> str:
    """What a gap rests on, without days and counters: the same error looks the same tomorrow."""
    nearest = assessment.nearest.title if assessment.nearest else ""
    titles = sorted(document.title for document in assessment.documents)
    triggers = assessment.facts.get("triggers", ())
    called_for = [str(title) for title in triggers] if isinstance(triggers, tuple) else []
    said = (assessment.status.name, assessment.because.name, nearest, *titles, *called_for)
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()


def continues(finding: Finding, running: Collection[str]) -> bool:
    """Whether the verdict of a later period is one on this finding too.

    ``running``: the items that are owed anew each period and made up for by what comes after it:
    there is one problem, whatever month it is. An edition that is missing stays missing.
    """
    return finding.requirement in running and finding.state in CONFIRMED | UNCONFIRMED


def next_step(
    finding: Finding | None, assessment: Assessment, at: datetime, confirm: Confirm
) -> Planned | None:
    """Return what a look, seen ``at``, does to the finding of its obligation; None: nothing.

    A look that decided nothing moves nothing. A gap of another status than before starts the
    count anew. What was dropped, waived or closed long ago stays so: a new gap makes a new
    finding; one that was withdrawn comes again only when it rests on something else. What an
    approval says is not owed is not mended: it is waived, for as long as the approval lasts. Where
    a person looked and found it not mended, the same good look is no news, and a person closes it.
    """
    if finding is not None and _has_waited(finding, assessment.assessed_on):
        move = Move.RESUME if finding.assigned_on else Move.REVIEW_ON
        return _planned(finding.state, move, sightings=finding.sightings)
    is_gap = assessment.status in GAPS
    if finding is None or _is_over(finding, assessment):
        return _planned(None, Move.DETECT, sightings=1) if is_gap else None
    if is_gap:
        return _seen_again(finding, assessment, at, confirm)
    if assessment.status in _NOT_OWED and finding.state in ON_THE_CLOCK:
        return _planned(finding.state, Move.WAIVE, sightings=0)
    if assessment.status in GOOD:
        if is_disbelieved(finding, assessment):
            return None
        return _seen_good(finding, assessment.assessed_on)
    if finding.state is State.DETECTED and finding.sightings and _is_refuted(finding, assessment):
        return Planned(move=None, to_state=finding.state, sightings=0)
    return None


def is_disbelieved(finding: Finding, assessment: Assessment) -> bool:
    """Whether a person found this very good verdict to mend nothing."""
    looked = finding.state in CONFIRMED and finding.fingerprint
    return bool(looked) and finding.fingerprint == fingerprint(assessment)


def _is_refuted(finding: Finding, assessment: Assessment) -> bool:
    """Whether entries were read where there was said to be none: that page was one night's fault.

    What they are worth may be for a person to say.
    """
    is_for_a_person = assessment.status is Status.UNSURE
    has_entries = bool(assessment.documents or assessment.nearest)
    return finding.status in _NOTHING_THERE and is_for_a_person and has_entries


def _has_waited(finding: Finding, on: date) -> bool:
    """Whether a suspension has come to its end."""
    over = finding.resume_on is not None and finding.resume_on < on
    return finding.state is State.SUSPENDED and over


def _is_over(finding: Finding, assessment: Assessment) -> bool:
    """Whether a gap seen now is another problem than this one."""
    if finding.state in {State.DROPPED, State.WAIVED}:
        return True
    if finding.state is State.WITHDRAWN:
        return finding.fingerprint != fingerprint(assessment)
    if finding.sightings:  # a gap seen in time waits for its second sight
        return False
    closed = finding.closed_on if finding.state is State.CLOSED else None
    return closed is not None and assessment.assessed_on - closed > REOPENS_WITHIN


def _seen_good(finding: Finding, on: date) -> Planned | None:
    state, sightings = finding.state, finding.sightings
    if state is State.CLOSED:  # a gap seen once since then was none
        return Planned(move=None, to_state=state, sightings=0) if sightings else None
    if state is State.RESPONDED and finding.fingerprint:  # found not mended: a person closes it
        return Planned(move=None, to_state=state, sightings=0)
    if state is State.RESPONDED and (
        finding.good_on is None or on - finding.good_on < _CLOSES_AFTER
    ):
        return Planned(move=None, to_state=state, sightings=0)
    if (state, Move.SEEN_GOOD) not in MOVES:
        return None
    return _planned(state, Move.SEEN_GOOD, sightings=0)


def _seen_again(
    finding: Finding, assessment: Assessment, at: datetime, confirm: Confirm
) -> Planned | None:
    if (finding.state, Move.SEEN_AGAIN) not in MOVES:
        return None
    # a look of a day that has not come yet: the clock was wrong then
    is_ahead = finding.sighted_at is not None and finding.sighted_at - at > _A_DAY
    if assessment.status is not finding.status or not finding.sightings or is_ahead:
        return Planned(move=None, to_state=finding.state, sightings=1)
    if not _is_apart(finding, assessment, at, confirm):
        return None
    sightings = finding.sightings + 1
    if sightings < confirm.scans:
        return Planned(move=None, to_state=finding.state, sightings=sightings)
    return _planned(finding.state, Move.SEEN_AGAIN, sightings=sightings)


def _is_apart(finding: Finding, assessment: Assessment, at: datetime, confirm: Confirm) -> bool:
    """Whether enough hours, or at least a day where no instant is known, lie between."""
    if finding.sighted_at is None:
        return assessment.assessed_on > finding.last_seen_on
    return at - finding.sighted_at >= timedelta(hours=confirm.min_hours)


def _resumed(finding: Finding, clock: Clock) -> date | None:
    """The deadline after a standstill; one that was kept in a vacation on purpose stays there."""
    if finding.deadline is None or finding.paused_on is None:
        return finding.deadline
    waited = clock.calendar.workdays_between(finding.paused_on, clock.on)
    resumed = clock.calendar.add_workdays(finding.deadline, waited)
    kept = clock.calendar.is_school_away(finding.deadline)
    return resumed if kept else clock.put_off(resumed, finding.unit)


def _planned(state: State | None, move: Move, *, sightings: int) -> Planned:
    return Planned(move=move, to_state=advance(state, move), sightings=sightings)
