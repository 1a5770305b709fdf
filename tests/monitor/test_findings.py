from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import CALENDAR, TODAY, assessment, document, finding

from monitor.findings import (
    CONFIRMED,
    GOOD,
    MOVES,
    ON_THE_CLOCK,
    SETTLED,
    Clock,
    Confirm,
    IllegalMove,
    Planned,
    advance,
    continues,
    days_overdue,
    fingerprint,
    moved,
    next_step,
    was_confirmed,
)
from monitor.model import GAPS, UNKNOWN, Document, Finding, Move, State, Status
from monitor.wording import Because, Exit
from monitor.workdays import WorkCalendar

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
        assert planned == Planned(move=Move.SEEN_GOOD, to_state=State.DROPPED, sightings=0)
    elif status in UNKNOWN | {Status.NEW} or state is State.TO_REVIEW:
        assert planned is None
    elif status is Status.MISSING:
        assert planned == Planned(move=Move.SEEN_AGAIN, to_state=State.TO_REVIEW, sightings=2)
    else:
        assert planned == Planned(move=None, to_state=State.DETECTED, sightings=1)


@pytest.mark.parametrize(
    ("status", "documents", "begins_anew"),
    [
        (Status.EMPTY, (document("考务安排", TODAY),), True),
        (Status.EMPTY, (), False),
        (Status.STALE, (document("考务安排", TODAY),), False),
    ],
    ids=["entries were read", "nothing was", "old entries speak against no old column"],
)
def test_a_column_once_empty_is_not_so_twice_when_entries_were_read_in_between(
    status: Status, documents: tuple[Document, ...], begins_anew: bool
) -> None:
    known = finding(state=State.DETECTED, status=status)
    unsure = assessment(status=Status.UNSURE, documents=documents)

    planned = next_step(known, unsure, NEXT_NIGHT, CONFIRM)

    anew = Planned(move=None, to_state=State.DETECTED, sightings=0)
    assert planned == (anew if begins_anew else None)


@pytest.mark.parametrize(
    ("hours", "confirmed"),
    [(0, False), (11.9, False), (12, True), (24, True), (-3, False)],
    ids=["at once", "just too early", "twelve hours", "a night later", "clock set back"],
)
def test_sightings_must_lie_apart(hours: float, confirmed: bool) -> None:
    at = SEEN_AT + timedelta(hours=hours)

    assert (next_step(finding(), assessment(), at, CONFIRM) is not None) is confirmed


def test_a_sight_by_a_clock_that_ran_ahead_counts_anew() -> None:
    ahead = finding(sighted_at=SEEN_AT + timedelta(days=365))

    planned = next_step(ahead, assessment(status=Status.MISSING), SEEN_AT, CONFIRM)

    assert planned == Planned(move=None, to_state=State.DETECTED, sightings=1)


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


# --- what a person has taken up -----------------------------------------------------------

FRIDAY = date(2026, 11, 27)
CLOCK = Clock(on=FRIDAY, calendar=CALENDAR)
GAP, GOOD_LOOK, BLIND = Status.MISSING, Status.OK, Status.UNREACH


def taken_up(state: State, **said: object) -> Finding:
    """A finding assigned on Monday with a deadline ten working days later."""
    return finding(
        state=state,
        sightings=0 if state in SETTLED else 2,
        assigned_on=TODAY,
        deadline=CALENDAR.add_workdays(TODAY, 10),
        **said,
    )


def step(known: Finding, status: Status, *, later: int = 4) -> Planned | None:
    """What a look so many days after Monday does."""
    on = TODAY + timedelta(days=later)
    seen = assessment(status=status, assessed_on=on)
    return next_step(known, seen, SEEN_AT + timedelta(days=later), CONFIRM)


@pytest.mark.parametrize(
    ("state", "status", "move", "to_state"),
    [
        (State.ASSIGNED, GOOD_LOOK, Move.SEEN_GOOD, State.RESPONDED),
        (State.REOPENED, GOOD_LOOK, Move.SEEN_GOOD, State.RESPONDED),
        (State.RESPONDED, GAP, Move.SEEN_AGAIN, State.ASSIGNED),
    ],
)
def test_a_look_moves_what_waits_for_it(
    state: State, status: Status, move: Move, to_state: State
) -> None:
    planned = step(taken_up(state), status)

    assert planned is not None
    assert (planned.move, planned.to_state) == (move, to_state)


@pytest.mark.parametrize("state", sorted(CONFIRMED | SETTLED, key=lambda state: state.name))
def test_could_not_look_moves_nothing(state: State) -> None:
    known = taken_up(state, closed_on=TODAY if state in SETTLED else None)

    assert step(known, BLIND) is None
    assert step(known, Status.UNSURE) is None


@pytest.mark.parametrize("state", [State.ASSIGNED, State.REOPENED, State.CONTESTED])
def test_a_gap_that_is_known_stays_as_it_is(state: State) -> None:
    assert step(taken_up(state), GAP) is None


@pytest.mark.parametrize(
    ("first_good", "closes"), [(None, False), (1, True), (2, False)], ids=["first", "3 days", "2"]
)
def test_a_second_good_look_three_days_later_closes(first_good: int | None, closes: bool) -> None:
    good_on = TODAY + timedelta(days=first_good) if first_good else None

    planned = step(taken_up(State.RESPONDED, good_on=good_on), GOOD_LOOK)

    assert planned is not None
    assert planned.move is (Move.SEEN_GOOD if closes else None)


def test_a_gap_within_ninety_days_is_the_old_one_come_back_once_it_is_confirmed() -> None:
    closed = taken_up(State.CLOSED, closed_on=TODAY)

    first = step(closed, GAP, later=89)
    again = step(
        replace(closed, sightings=1, sighted_at=SEEN_AT + timedelta(days=88)), GAP, later=89
    )
    long_after = step(closed, GAP, later=91)

    assert first == Planned(move=None, to_state=State.CLOSED, sightings=1)
    assert again == Planned(move=Move.SEEN_AGAIN, to_state=State.REOPENED, sightings=2)
    assert long_after == Planned(move=Move.DETECT, to_state=State.DETECTED, sightings=1)


def test_a_gap_first_seen_in_time_is_the_old_one_though_its_second_sight_comes_later() -> None:
    closed = taken_up(State.CLOSED, closed_on=TODAY)
    seen_once = replace(closed, sightings=1, sighted_at=SEEN_AT + timedelta(days=90))

    again = step(seen_once, GAP, later=91)

    assert again == Planned(move=Move.SEEN_AGAIN, to_state=State.REOPENED, sightings=2)


@pytest.mark.parametrize("state", [State.ASSIGNED, State.RESPONDED, State.REOPENED])
def test_the_good_verdict_that_a_person_found_to_mend_nothing_is_no_news(state: State) -> None:
    disbelieved = fingerprint(assessment(status=GOOD_LOOK))

    assert step(taken_up(state, good_on=TODAY, fingerprint=disbelieved), GOOD_LOOK) is None


def test_after_a_person_found_it_not_mended_only_a_person_closes_it() -> None:
    answered = taken_up(State.RESPONDED, good_on=TODAY, fingerprint="of another verdict")

    planned = step(answered, GOOD_LOOK)

    assert planned == Planned(move=None, to_state=State.RESPONDED, sightings=0)


@pytest.mark.parametrize("status", [Status.NA, Status.EXEMPT])
@pytest.mark.parametrize("state", sorted(ON_THE_CLOCK, key=lambda state: state.name))
def test_what_is_approved_as_not_owed_is_waived_and_not_closed(
    state: State, status: Status
) -> None:
    planned = step(taken_up(state, good_on=TODAY), status)

    assert planned == Planned(move=Move.WAIVE, to_state=State.WAIVED, sightings=0)


@pytest.mark.parametrize(
    ("said", "was"),
    [
        ({"state": State.TO_REVIEW, "assigned_on": None}, False),
        ({"state": State.ASSIGNED, "assigned_on": TODAY}, True),
        ({"state": State.ASSIGNED, "assigned_on": FRIDAY}, False),
        ({"state": State.CLOSED, "assigned_on": TODAY, "closed_on": TODAY}, False),
        ({"state": State.CLOSED, "assigned_on": TODAY, "closed_on": FRIDAY}, True),
    ],
    ids=["not yet", "that day", "later", "settled that day", "settled later"],
)
def test_whether_a_finding_stood_confirmed_on_a_day(said: dict[str, Any], was: bool) -> None:
    assert was_confirmed(finding(**said), TODAY) is was


def test_one_bad_night_after_closing_is_forgotten_by_a_good_one() -> None:
    closed = taken_up(State.CLOSED, closed_on=TODAY)

    assert step(closed, GOOD_LOOK) is None
    assert step(replace(closed, sightings=1), GOOD_LOOK) == Planned(
        move=None, to_state=State.CLOSED, sightings=0
    )


def test_what_was_withdrawn_does_not_come_again_for_the_same_reason() -> None:
    seen = assessment(because=Because.NONE_IN_WINDOW, facts={"since": "2026-01-01"})
    withdrawn = finding(state=State.WITHDRAWN, fingerprint=fingerprint(seen))
    tomorrow = replace(seen, facts={"since": "2026-01-02"}, assessed_on=FRIDAY)
    other = replace(seen, because=Because.COLUMN_EMPTY, status=Status.EMPTY, assessed_on=FRIDAY)

    assert next_step(withdrawn, tomorrow, NEXT_NIGHT, CONFIRM) is None
    found = next_step(withdrawn, other, NEXT_NIGHT, CONFIRM)
    assert found is not None
    assert found.move is Move.DETECT


def test_a_finding_of_an_item_owed_anew_goes_on_while_it_is_open() -> None:
    running = {finding().requirement}

    assert continues(finding(state=State.ASSIGNED), running)
    assert not continues(finding(state=State.CLOSED), running)
    assert not continues(finding(state=State.ASSIGNED), {"S-99"})


def test_a_suspension_ends_by_itself() -> None:
    asked = {"paused_on": TODAY, "resume_on": TODAY + timedelta(days=3)}

    assert step(taken_up(State.SUSPENDED, **asked), GAP, later=3) is None
    resumed = step(taken_up(State.SUSPENDED, **asked), GAP, later=4)
    review = step(finding(state=State.SUSPENDED, **asked), BLIND, later=4)

    assert resumed is not None
    assert resumed.to_state is State.ASSIGNED
    assert review is not None
    assert review.to_state is State.TO_REVIEW


# --- the clock ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "deadline"),
    [
        (Status.BROKEN, date(2026, 12, 1)),
        (Status.STALE, date(2026, 12, 4)),
        (Status.MISSING, date(2026, 12, 11)),
    ],
)
def test_the_term_begins_the_next_working_day(status: Status, deadline: date) -> None:
    after = moved(finding(state=State.TO_REVIEW, status=status), Move.CONFIRM, CLOCK)

    assert (after.state, after.assigned_on, after.deadline) == (State.ASSIGNED, FRIDAY, deadline)


def test_a_term_over_the_national_day_counts_working_days_and_make_up_days() -> None:
    clock = Clock(on=date(2026, 9, 30), calendar=CALENDAR)

    after = moved(finding(state=State.TO_REVIEW, status=Status.STALE), Move.CONFIRM, clock)

    # off 1 to 7 October, worked on Saturday the 10th
    assert after.deadline == date(2026, 10, 13)


def test_the_clock_stands_still_while_an_answer_is_checked() -> None:
    answered = moved(taken_up(State.ASSIGNED), Move.RESPOND, replace(CLOCK, on=date(2026, 11, 25)))
    back = moved(answered, Move.SEND_BACK, CLOCK)

    assert answered.paused_on == date(2026, 11, 25)
    assert (back.paused_on, back.state) == (None, State.ASSIGNED)
    assert back.deadline == CALENDAR.add_workdays(TODAY, 12)
    assert back.assigned_on == TODAY


def test_what_comes_back_has_a_shorter_term() -> None:
    after = moved(taken_up(State.CLOSED, closed_on=TODAY), Move.SEEN_AGAIN, CLOCK)

    assert (after.state, after.assigned_on) == (State.REOPENED, FRIDAY)
    assert (after.deadline, after.closed_on) == (CALENDAR.add_workdays(FRIDAY, 3), None)


@pytest.mark.parametrize(
    ("code", "deadline"),
    [("P-01", date(2026, 9, 3)), ("B-01", date(2026, 7, 13))],
    ids=["a school", "an office"],
)
def test_a_schools_deadline_in_the_vacation_moves_to_the_third_working_day_after(
    code: str, deadline: date
) -> None:
    clock = Clock(on=date(2026, 6, 29), calendar=CALENDAR, schools=frozenset({"P-01"}))

    after = moved(
        finding(unit=code, state=State.TO_REVIEW, status=Status.MISSING), Move.CONFIRM, clock
    )

    assert after.deadline == deadline


def test_a_deadline_that_an_officer_set_in_the_vacation_stays_there() -> None:
    summer = Clock(on=date(2026, 7, 8), calendar=CALENDAR, schools=frozenset({"P-01"}))
    known = taken_up(State.RESPONDED, paused_on=date(2026, 7, 7))
    given = replace(known, deadline=date(2026, 7, 10))

    back = moved(given, Move.SEND_BACK, summer)

    assert back.deadline == date(2026, 7, 13)  # a working day later, and not in September


def test_an_exam_moves_a_schools_deadline_as_a_vacation_does() -> None:
    days = WorkCalendar(exams=((date(2026, 6, 7), date(2026, 6, 9)),))
    clock = Clock(on=date(2026, 6, 1), calendar=days, schools=frozenset({"P-01"}))

    assert clock.put_off(date(2026, 6, 8), "P-01") == date(2026, 6, 12)
    assert clock.put_off(date(2026, 6, 10), "P-01") == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("state", "on", "days"),
    [
        (State.ASSIGNED, date(2026, 12, 7), 0),
        (State.ASSIGNED, date(2026, 12, 9), 2),
        (State.RESPONDED, date(2026, 12, 9), 0),
        (State.CONTESTED, date(2026, 12, 9), 0),
        (State.CLOSED, date(2026, 12, 9), 0),
        (State.WITHDRAWN, date(2026, 12, 9), 0),
    ],
    ids=["the last day", "two days over", "answered in time", "contested", "closed", "withdrawn"],
)
def test_days_overdue(state: State, on: date, days: int) -> None:
    known = taken_up(state, paused_on=TODAY if state is State.RESPONDED else None)

    assert days_overdue(known, Clock(on=on, calendar=CALENDAR)) == days
