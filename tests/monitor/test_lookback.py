"""Which closed findings a person looks at again: when, which share, whose, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import finding

from monitor.lookback import Chosen, DueLook, closing_of, due_looks
from monitor.model import Finding, FindingEvent, Move, State

CLOSED_ON = date(2026, 8, 10)
MANY = 400


def closed(number: int = 1, on: date = CLOSED_ON, **said: object) -> Finding:
    said = {"state": State.CLOSED, "unit": f"P-{number:03}", "closed_on": on, **said}
    return finding(number=f"WT-2026-{number:05}", **said)


def event(
    one: Finding, move: Move, on: date, to: State = State.CLOSED, source: State = State.CLOSED
) -> FindingEvent:
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    return FindingEvent(
        finding=one.number, move=move, from_state=source, to_state=to, by="王科员", at=at
    )


def after(days: int) -> date:
    return CLOSED_ON + timedelta(days=days)


def due(*found: Finding, on: date, percent: float = 100, events=()) -> tuple[DueLook, ...]:
    lives: dict[str, list[FindingEvent]] = {}
    for one in events:
        lives.setdefault(one.finding, []).append(one)
    return due_looks(found, lives, on=on, percent=percent)


def numbers(looks: tuple[DueLook, ...]) -> set[str]:
    return {look.finding.number for look in looks}


@pytest.mark.parametrize(
    ("days", "asked"),
    [(29, None), (30, 30), (60, 30), (61, None), (89, None), (90, 90), (120, 90), (121, None)],
    ids=[
        "a day early",
        "thirty days",
        "the last day of the first look",
        "no longer",
        "a day before the second",
        "ninety days",
        "the last day of the second look",
        "never again",
    ],
)
def test_a_look_waits_thirty_days_from_the_thirtieth_and_the_ninetieth(days, asked):
    looks = due(closed(), on=after(days))

    assert [look.days for look in looks] == ([asked] if asked else [])
    assert all(look.last_on == look.due_on + timedelta(days=30) for look in looks)


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSED}, key=lambda one: one.name))
def test_only_what_is_closed_is_looked_at_again(state):
    assert due(closed(state=state), on=after(30)) == ()


def test_a_look_that_was_taken_waits_no_more_and_the_next_round_asks_again():
    one = closed()
    looked = [event(one, Move.STILL_MENDED, after(35))]

    assert due(one, on=after(36), events=looked) == ()
    assert [look.days for look in due(one, on=after(90), events=looked)] == [90]


def test_a_look_before_it_was_due_says_nothing_of_the_thirtieth_day():
    one = closed()

    assert due(one, on=after(30), events=[event(one, Move.STILL_MENDED, after(10))])


def test_the_share_is_drawn_by_lot_the_same_every_day_and_whatever_the_order():
    found = [closed(number) for number in range(MANY)]

    first = numbers(due(*found, on=after(30), percent=20))
    later = numbers(due(*reversed(found), on=after(59), percent=20))

    assert first == later
    assert 0.15 * MANY < len(first) < 0.25 * MANY
    assert first < numbers(due(*found, on=after(30), percent=60))
    assert first != numbers(due(*found, on=after(90), percent=20))


@pytest.mark.parametrize("number", range(12))
def test_a_month_in_which_any_falls_due_has_one_at_least(number):
    looks = due(closed(number), on=after(30), percent=0.001)

    assert [look.chosen for look in looks] == [Chosen.SAMPLE]


@pytest.mark.parametrize("number", range(12))
def test_what_was_closed_since_does_not_take_the_place_of_the_one_of_a_month(number):
    begun = closed(number, on=date(2026, 9, 5))  # due on 5 October
    more = [closed(20 + day, on=date(2026, 9, day)) for day in range(6, 21)]
    since = [closed(60 + day, on=date(2026, 10, 1)) for day in range(20)]  # due on the 31st
    on = date(2026, 10, 20)

    before = due(begun, *more, on=on, percent=0.001)

    assert len(before) == 1
    assert due(begun, *more, *since, on=on, percent=0.001) == before


def test_what_falls_due_on_the_last_day_alone_is_a_month_too():
    since = [closed(day, on=date(2026, 10, 1)) for day in range(20)]

    assert len(due(*since, on=date(2026, 10, 31), percent=0.001)) == 1


def test_a_share_of_nothing_draws_none():
    assert due(closed(), on=after(30), percent=0) == ()


def test_one_that_a_look_undid_is_not_replaced_by_another_of_its_month():
    found = [closed(number) for number in range(10)]
    (drawn,) = due(*found, on=after(30), percent=0.001)
    undone = drawn.finding
    others = [one for one in found if one is not undone]
    life = [
        event(undone, Move.SEEN_GOOD, CLOSED_ON, source=State.RESPONDED),
        event(undone, Move.NOT_MENDED, after(31), State.REOPENED),
    ]
    came_back = closed(state=State.REOPENED, number=int(undone.number[-5:]), closed_on=None)

    assert due(*others, came_back, on=after(32), percent=0.001, events=life) == ()
    assert len(due(*others, on=after(32), percent=0.001)) == 1


def test_one_that_was_closed_anew_is_counted_from_its_last_closing():
    anew = closed(on=after(35))
    life = [
        event(anew, Move.SEEN_GOOD, CLOSED_ON, source=State.RESPONDED),
        event(anew, Move.NOT_MENDED, after(31), State.REOPENED),
        event(anew, Move.CLOSE, after(35), source=State.RESPONDED),
    ]

    assert due(anew, on=after(40), events=life) == ()
    assert [look.due_on for look in due(anew, on=after(65), events=life)] == [after(65)]


@pytest.mark.parametrize(
    ("days", "all_of_them"), [(0, True), (90, True), (91, False)], ids=["today", "90", "91"]
)
def test_all_of_a_unit_are_looked_at_while_one_of_it_came_back_lately(days, all_of_them):
    on = after(30)
    found = [closed(number, unit="P-01") for number in range(1, 9)]
    relapsed = closed(99, unit="P-01", state=State.REOPENED, closed_on=None)
    elsewhere = closed(50, unit="P-02")
    back = event(relapsed, Move.SEEN_AGAIN, on - timedelta(days=days), State.REOPENED)

    looks = due(*found, elsewhere, relapsed, on=on, percent=0, events=[back])

    assert numbers(looks) == ({one.number for one in found} if all_of_them else set())
    assert {look.chosen for look in looks} <= {Chosen.RELAPSED}


def test_a_changed_deadline_of_one_that_came_back_is_no_second_relapse():
    one = closed(unit="P-01")
    back = closed(2, unit="P-01", state=State.REOPENED, closed_on=None)
    change = event(back, Move.CHANGE, after(30), State.REOPENED, State.REOPENED)

    assert due(one, back, on=after(30), percent=0, events=[change]) == ()


def test_the_closing_is_the_step_that_closed_not_a_look_after_it():
    one = closed()
    closing = event(one, Move.CLOSE, CLOSED_ON, source=State.RESPONDED)

    assert closing_of([closing, event(one, Move.STILL_MENDED, after(30))]) == closing
    assert closing_of([]) is None
