from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from builders import TODAY, assessment, finding

from monitor.findings import GOOD, MOVES, Confirm, IllegalMove, Planned, advance, next_step
from monitor.model import GAPS, UNKNOWN, Move, State, Status
from monitor.wording import Exit

SEEN_AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
NEXT_NIGHT = SEEN_AT + timedelta(hours=24)
CONFIRM = Confirm()


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("move", Move)
def test_what_is_not_in_the_table_cannot_happen(state: State | None, move: Move) -> None:
    if (state, move) in MOVES:
        assert advance(state, move) is MOVES[state, move]
        return
    with pytest.raises(IllegalMove) as caught:
        advance(state, move)
    assert caught.value.exit_code is Exit.INPUT
    assert (caught.value.state, caught.value.move) == (state, move)


@pytest.mark.parametrize("status", Status)
def test_a_first_look(status: Status) -> None:
    planned = next_step(None, assessment(status=status), SEEN_AT, CONFIRM)

    if status in GAPS:
        assert planned == Planned(move=Move.DETECT, to_state=State.DETECTED, sightings=1)
    else:
        assert planned is None


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("state", [State.DETECTED, State.TO_REVIEW])
def test_a_second_look_at_an_unconfirmed_gap(state: State, status: Status) -> None:
    known = finding(state=state, status=Status.MISSING)
    planned = next_step(known, assessment(status=status), NEXT_NIGHT, CONFIRM)

    if status in GOOD:
        assert planned == Planned(move=Move.SEEN_GOOD, to_state=State.DROPPED, sightings=1)
    elif status in UNKNOWN | {Status.NEW} or state is State.TO_REVIEW:
        assert planned is None
    elif status is Status.MISSING:
        assert planned == Planned(move=Move.SEEN_AGAIN, to_state=State.TO_REVIEW, sightings=2)
    else:
        assert planned == Planned(move=None, to_state=State.DETECTED, sightings=1)


@pytest.mark.parametrize(
    ("hours", "confirmed"),
    [(0, False), (11.9, False), (12, True), (24, True), (-3, False)],
    ids=["at once", "just too early", "twelve hours", "a night later", "clock set back"],
)
def test_sightings_must_lie_apart(hours: float, confirmed: bool) -> None:
    at = SEEN_AT + timedelta(hours=hours)

    assert (next_step(finding(), assessment(), at, CONFIRM) is not None) is confirmed


@pytest.mark.parametrize(("later", "confirmed"), [(0, False), (1, True)], ids=["day", "next day"])
def test_without_an_instant_days_must_lie_between(later: int, confirmed: bool) -> None:
    known = finding(sighted_at=None)
    seen = assessment(assessed_on=TODAY + timedelta(days=later))

    assert (next_step(known, seen, NEXT_NIGHT, CONFIRM) is not None) is confirmed


def test_an_office_may_want_three_sightings() -> None:
    three = Confirm(scans=3)
    second = next_step(finding(), assessment(), NEXT_NIGHT, three)
    third = next_step(
        finding(sightings=2, sighted_at=NEXT_NIGHT),
        assessment(),
        NEXT_NIGHT + timedelta(hours=24),
        three,
    )

    assert second == Planned(move=None, to_state=State.DETECTED, sightings=2)
    assert third == Planned(move=Move.SEEN_AGAIN, to_state=State.TO_REVIEW, sightings=3)


def test_a_dropped_finding_stays_dropped_and_a_new_gap_makes_a_new_one() -> None:
    dropped = finding(state=State.DROPPED)

    again = next_step(dropped, assessment(), NEXT_NIGHT, CONFIRM)
    good = next_step(dropped, assessment(status=Status.OK), NEXT_NIGHT, CONFIRM)

    assert again == Planned(move=Move.DETECT, to_state=State.DETECTED, sightings=1)
    assert good is None


CONFIRMED = set(State) - {State.DETECTED, State.TO_REVIEW, State.DROPPED}


@pytest.mark.parametrize("state", sorted(CONFIRMED, key=lambda state: state.name))
@pytest.mark.parametrize("status", Status)
def test_what_a_person_has_taken_up_is_not_moved_by_a_night(state: State, status: Status) -> None:
    known = finding(state=state)

    assert next_step(known, assessment(status=status), NEXT_NIGHT, CONFIRM) is None
