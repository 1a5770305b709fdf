"""Every due day against a table that was worked out without the program."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from builders import age, document, md
from due_days import AGE, CALENDAR, LEAD, PERIODS, WORKING, YEARLY

from monitor.holidays import calendar
from monitor.model import DayKind, Grounds, Moment, Seen, Status
from monitor.periods import Every
from monitor.timelimits import (
    AfterEvent,
    BeforeEvent,
    ColumnMaxAge,
    NoticePeriod,
    Periodic,
    TakedownAfter,
    YearlyBy,
    arithmetic,
)

LAW = Grounds.LAW
COUNTED = [(*row, DayKind.WORKING) for row in WORKING] + [
    (*row, DayKind.CALENDAR) for row in CALENDAR
]
counted = pytest.mark.parametrize(("start", "days", "due", "kind"), COUNTED)


@cache
def years():
    """The days off of the State Council's notices."""
    return calendar(2019, 2026)


def moment(day: date) -> Moment:
    return Moment(today=day, calendar=years())


def days_of(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


@counted
def test_what_an_event_starts_is_due_on_the_day_of_the_table(start, days, due, kind):
    first, last = days_of(start, due)
    limit = AfterEvent(grounds=LAW, event="事", days=days, day_kind=kind)
    events = {"事": (first,)}

    assert limit.due("", events, moment(first)) == last
    assert limit.judge(Seen(events=events), moment(last)).status is not Status.MISSING
    late = moment(last + timedelta(days=1))
    assert limit.judge(Seen(events=events), late).status is Status.MISSING


@counted
def test_a_notice_stays_up_to_the_day_of_the_table(start, days, due, kind):
    first, last = days_of(start, due)
    limit = NoticePeriod(grounds=LAW, days=days, day_kind=kind)

    found = limit.judge(Seen(documents=(document("公示", first),)), moment(first))

    assert (found.status, found.facts["due"]) == (Status.OK, last)


@counted
def test_what_must_come_down_may_stay_to_the_day_of_the_table(start, days, due, kind):
    first, last = days_of(start, due)
    limit = TakedownAfter(grounds=LAW, event="公示期满", days=days, day_kind=kind)

    assert limit.due("", {"公示期满": (first,)}, moment(first)) == last


@counted
def test_the_arithmetic_tells_every_day_of_the_count(start, days, due, kind):
    """What was counted and what was skipped make up the whole way to the due day."""
    first, last = days_of(start, due)
    limit = AfterEvent(grounds=LAW, event="事", days=days, day_kind=kind)
    lines = arithmetic(limit, {"事": (first,)}, moment(last))

    assert lines[0].endswith(start)
    assert lines[1].endswith(due)
    skipped = sum(count for _, count in years().days_off(first, last))
    assert days + (skipped if kind is DayKind.WORKING else 0) == (last - first).days


@pytest.mark.parametrize(("event", "lead", "due"), LEAD)
def test_what_must_come_ahead_is_due_on_the_day_of_the_table(event, lead, due):
    day, last = days_of(event, due)
    limit = BeforeEvent(grounds=LAW, event="事", lead=age(lead))

    assert limit.due("", {"事": (day,)}, moment(last)) == last


@pytest.mark.parametrize(("day", "longest", "last"), AGE)
def test_an_entry_is_young_enough_to_the_day_of_the_table(day, longest, last):
    newest, until = days_of(day, last)
    limit = ColumnMaxAge(grounds=LAW, max_age=age(longest))
    entries = Seen(documents=(document("动态", newest),))

    assert limit.judge(entries, moment(until)).status is not Status.STALE
    assert limit.judge(entries, moment(until + timedelta(days=1))).status is Status.STALE


@pytest.mark.parametrize(("closes", "today", "due"), YEARLY)
def test_a_yearly_due_day_is_that_of_the_table(closes, today, due):
    on, last = days_of(today, due)
    limit = YearlyBy(grounds=LAW, month=md(closes).month, day=md(closes).day)

    assert limit.due(limit.period(moment(on)), {}, moment(on)) == last


@pytest.mark.parametrize(("every", "today", "last"), PERIODS)
def test_the_last_period_that_owed_anything_is_that_of_the_table(every, today, last):
    on, closed = days_of(today, last)
    limit = Periodic(grounds=LAW, every=Every(every))

    assert limit.due(limit.period(moment(on)), {}, moment(on)) == closed


def test_the_table_is_long_enough_and_says_nothing_twice():
    rows = [*COUNTED, *LEAD, *AGE, *YEARLY, *PERIODS]

    assert len(COUNTED) + len(LEAD) >= 120
    assert len(rows) == len(set(rows))
