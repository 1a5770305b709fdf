from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest
from builders import CALENDAR, SPECIAL, VACATIONS

from monitor.workdays import WorkCalendar

PLAIN = WorkCalendar()


def counted_by_hand(day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= SPECIAL.get(day, day.weekday() < 5)
    return day


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 10, 5), False),
        (date(2026, 10, 10), True),
        (date(2026, 2, 28), True),
        (date(2026, 2, 23), False),
        (date(2027, 10, 1), True),
    ],
    ids=["Monday", "Sunday", "National Day", "made up Saturday", "made up", "festival", "no data"],
)
def test_a_day_is_worked_or_not(day: date, is_worked: bool) -> None:
    assert CALENDAR.is_workday(day) is is_worked


@pytest.mark.parametrize(
    ("event", "n", "due"),
    [
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2026, 2, 28), 1, date(2026, 3, 2)),
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
        (date(2025, 1, 1), 600, counted_by_hand(date(2025, 1, 1), 600)),
    ],
    ids=[
        "twenty",
        "the day itself",
        "over a weekend",
        "to a made up Saturday",
        "over the festival",
        "over National Day",
        "to a made up Saturday in October",
        "over New Year to a made up Sunday",
        "end of February",
        "leap day",
        "into a year without data",
        "over years",
    ],
)
def test_counting_starts_the_day_after_the_event(event: date, n: int, due: date) -> None:
    assert CALENDAR.add_workdays(event, n) == due


def test_prefix_sums_agree_with_counting_day_by_day() -> None:
    chance = random.Random(7)
    for _ in range(300):
        start = date(2024, 6, 1) + timedelta(days=chance.randrange(1200))
        n = chance.randrange(1, 90)

        due = CALENDAR.add_workdays(start, n)

        assert due == counted_by_hand(start, n)
        assert CALENDAR.workdays_between(start, due) == n


def test_days_between_exclude_the_first_and_include_the_last() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)

    assert CALENDAR.workdays_between(friday, monday) == 1
    assert CALENDAR.workdays_between(monday, friday) == 0
    assert CALENDAR.workdays_between(monday, monday) == 0
    assert PLAIN.workdays_between(date(2023, 12, 31), date(2025, 12, 31)) == 523


def test_working_days_cannot_be_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_workdays(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("first", "last", "is_provisional"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), False),
        (date(2025, 12, 31), date(2026, 1, 1), False),
        (date(2026, 12, 31), date(2027, 1, 1), True),
        (date(2024, 12, 31), date(2024, 12, 31), True),
    ],
    ids=["covered", "over covered years", "into 2027", "before 2025"],
)
def test_a_span_is_provisional_if_any_year_lacks_data(
    first: date, last: date, is_provisional: bool
) -> None:
    assert CALENDAR.is_provisional(first, last) is is_provisional


def test_what_is_known_of_a_year_counts_before_its_data_is_whole() -> None:
    half_known = WorkCalendar({date(2027, 1, 1): False}, covered=frozenset())

    assert not half_known.is_workday(date(2027, 1, 1))
    assert half_known.is_provisional(date(2027, 1, 1), date(2027, 1, 1))


def test_an_exam_within_a_vacation_is_over_when_the_vacation_is() -> None:
    days = WorkCalendar(
        vacations=((date(2026, 7, 4), date(2026, 7, 31)),),
        exams=((date(2026, 7, 30), date(2026, 8, 3)),),
    )

    assert days.is_exam(date(2026, 8, 3))
    assert not days.is_vacation(date(2026, 8, 3))
    assert days.back_at_school(date(2026, 7, 10), 3) == date(2026, 8, 6)
    assert days.back_at_school(date(2026, 8, 4), 3) == date(2026, 8, 4)


def test_vacations_hold_both_their_ends() -> None:
    first, last = VACATIONS[0]

    assert CALENDAR.is_vacation(first)
    assert CALENDAR.is_vacation(last)
    assert not CALENDAR.is_vacation(last + timedelta(days=1))
    assert CALENDAR.days_away(first - timedelta(days=1), last) == (last - first).days + 1
    assert CALENDAR.days_away(first, first) == 0
    assert CALENDAR.days_away(first, first + timedelta(days=3)) == 3


def test_days_off_are_told_as_what_they_are() -> None:
    named = WorkCalendar(SPECIAL, names={day: "国庆节" for day in SPECIAL if day.month == 10})

    assert named.days_off(date(2026, 9, 30), date(2026, 10, 18)) == (("国庆节", 7), (None, 3))
    assert CALENDAR.days_off(date(2026, 9, 30), date(2026, 10, 8)) == (("", 7),)
    assert named.made_up(date(2026, 9, 30), date(2026, 10, 18)) == (date(2026, 10, 10),)
    assert named.days_off(date(2026, 9, 30), date(2026, 9, 30)) == ()


def test_what_was_skipped_and_what_was_worked_is_every_day() -> None:
    for start in (date(2025, 12, 20), date(2026, 2, 10), date(2026, 9, 20)):
        for length in range(40):
            end = start + timedelta(days=length)
            off = sum(days for _, days in CALENDAR.days_off(start, end))
            assert off + CALENDAR.workdays_between(start, end) == length


def test_a_vacation_told_twice_counts_once() -> None:
    days = WorkCalendar(
        vacations=(
            (date(2026, 7, 4), date(2026, 8, 31)),
            (date(2026, 7, 1), date(2026, 8, 28)),
        ),
        exams=((date(2026, 7, 2), date(2026, 7, 3)),),
    )

    assert days.days_away(date(2026, 6, 1), date(2026, 12, 31)) == 62


def test_a_calendar_comes_back_from_its_plain_values():
    again = WorkCalendar.of_plain(json.loads(json.dumps(CALENDAR.plain())))

    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert again.plain() == CALENDAR.plain()
    assert [again.is_workday(day) for day in days] == [CALENDAR.is_workday(day) for day in days]
    assert again.days_off(days[0], days[-1]) == CALENDAR.days_off(days[0], days[-1])
    assert again.away(days[0], days[-1]) == CALENDAR.away(days[0], days[-1])
    assert again.is_provisional(days[0], days[-1]) == CALENDAR.is_provisional(days[0], days[-1])
