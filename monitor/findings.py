"""问题: the states of a finding, the moves between them, and what a night does by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import GAPS, Assessment, Finding, Move, State, Status
from monitor.wording import ILLEGAL_MOVE, MonitorError

#: 流转表: what happens without a person; what is not in it cannot happen
MOVES: dict[tuple[State | None, Move], State] = {
    (None, Move.DETECT): State.DETECTED,
    (State.DETECTED, Move.SEEN_AGAIN): State.TO_REVIEW,
    (State.DETECTED, Move.SEEN_GOOD): State.DROPPED,
    (State.TO_REVIEW, Move.SEEN_GOOD): State.DROPPED,
}

#: read whole, and nothing is wrong
GOOD = frozenset({Status.OK, Status.STMT, Status.DUE_SOON, Status.NA, Status.EXEMPT})


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
class Planned:
    """What a look does to a finding; without a move it only counts, or starts the count anew."""

    move: Move | None
    to_state: State
    sightings: int


def advance(state: State | None, move: Move) -> State:
    """Return the state that ``move`` leads to, or raise IllegalMove; None: no finding yet."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(state, move) from None


def next_step(
    finding: Finding | None, assessment: Assessment, at: datetime, confirm: Confirm
) -> Planned | None:
    """Return what a look, seen ``at``, does to the finding of its obligation; None: nothing.

    A look that decided nothing moves nothing. A gap of another status than before starts the
    count anew. A dropped finding stays dropped: a new gap makes a new one.
    """
    state = None if finding is None or finding.state is State.DROPPED else finding.state
    if assessment.status in GAPS:
        if finding is None or state is None:
            return _planned(None, Move.DETECT, sightings=1)
        return _seen_again(finding, assessment, at, confirm)
    if assessment.status in GOOD and finding is not None and (state, Move.SEEN_GOOD) in MOVES:
        return _planned(state, Move.SEEN_GOOD, sightings=finding.sightings)
    return None


def _seen_again(
    finding: Finding, assessment: Assessment, at: datetime, confirm: Confirm
) -> Planned | None:
    if (finding.state, Move.SEEN_AGAIN) not in MOVES:
        return None
    if assessment.status is not finding.status:
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


def _planned(state: State | None, move: Move, *, sightings: int) -> Planned:
    return Planned(move=move, to_state=advance(state, move), sightings=sightings)
