from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from builders import CALENDAR

from monitor.timetable import Days, Due, Owed, every_day, is_first_workday, next_due, owed
from monitor.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def due(hour: time = time(23), days: Days = every_day) -> Due:
    return Due(hour=hour, days=days, calendar=CALENDAR)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def november(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("settled", "now", "day", "missed"),
    [
        (22, "2026-11-23T22:59:59", None, ()),
        (22, "2026-11-23T23:00:00", 23, ()),
        (23, "2026-11-23T23:00:01", None, ()),
        (22, "2026-11-24T04:30:00", 23, ()),
        (21, "2026-11-24T04:30:00", 23, (22,)),
        (15, "2026-11-23T10:00:00", 22, (16, 17, 18, 19, 20, 21)),
        (None, "2026-11-23T10:00:00", 22, ()),
        (30, "2026-11-23T23:00:00", None, ()),
    ],
    ids=[
        "a second before the hour",
        "at the hour",
        "done already",
        "the machine was off at the hour",
        "the night before, too",
        "a week off: one night is made good for",
        "never run",
        "run on a day that is still to come",
    ],
)
def test_one_day_is_owed_and_the_days_before_it_are_lost(
    settled: int | None, now: str, day: int | None, missed: tuple[int, ...]
) -> None:
    found = owed(due(), settled=settled and november(settled), now=at(now))

    assert found == Owed(day=day and november(day), missed=tuple(map(november, missed)))


def test_only_the_days_of_a_job_are_owed_and_missed() -> None:
    workdays = due(time(8, 30), lambda on, calendar: calendar.is_workday(on))

    found = owed(workdays, settled=november(18), now=at("2026-11-22T10:00"))  # a Sunday

    assert found == Owed(day=november(20), missed=(november(19),))


def test_a_job_without_any_day_owes_nothing() -> None:
    never = due(days=lambda on, calendar: False)

    assert owed(never, settled=None, now=at("2026-11-22T10:00")) == Owed()
    assert next_due(never, now=at("2026-11-22T10:00")) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T12:00", "2026-11-23T23:00"),
        ("2026-11-23T23:00", "2026-11-24T23:00"),
        ("2026-12-31T23:30", "2027-01-01T23:00"),
    ],
    ids=["tonight", "from the hour on tomorrow", "next year"],
)
def test_the_next_hour_comes_after_now(now: str, expected: str) -> None:
    assert next_due(due(), now=at(now)) == at(expected)


def test_the_zone_of_the_office_decides_which_day_it_is() -> None:
    evening = datetime(2026, 11, 23, 16, 30, tzinfo=ZoneInfo("UTC"))  # 00:30 in Shanghai

    found = owed(due(), settled=november(22), now=evening.astimezone(SHANGHAI))

    assert found.day == november(23)


def test_an_hour_that_summer_time_leaves_out_is_due_all_the_same() -> None:
    zone = ZoneInfo("Europe/Berlin")
    night = due(time(2, 30))  # on 2026-03-29 the clock goes from 02:00 to 03:00

    found = owed(night, settled=date(2026, 3, 28), now=at("2026-03-29T04:00", zone))

    assert found == Owed(day=date(2026, 3, 29))


@pytest.mark.parametrize("first", ["2026-03-27", "2026-10-23"], ids=["left out", "comes twice"])
def test_a_night_runs_once_when_the_clocks_are_changed(first: str) -> None:
    """SCH-10: the trigger fires twice at 02:30 on the day that has it twice."""
    zone = ZoneInfo("Europe/Berlin")
    trigger = CronTrigger(hour=2, minute=30, timezone=zone)
    night, start = due(time(2, 30)), at(f"{first}T00:00", zone)
    settled: date | None = start.date() - timedelta(days=1)
    ran, fired = [], None
    for _ in range(6):
        fired = trigger.get_next_fire_time(fired, fired or start)
        here = fired.astimezone(UTC).astimezone(zone)
        if day := owed(night, settled=settled, now=here).day:
            ran.append(day)
            settled = day

    assert len(ran) >= 5
    assert ran == [start.date() + timedelta(days=n) for n in range(len(ran))]


FIRST_WORKDAYS = [
    date(2026, 1, 4),
    date(2026, 2, 2),
    date(2026, 5, 6),
    date(2026, 10, 8),
    date(2026, 11, 2),
    date(2026, 12, 1),
]


@pytest.mark.parametrize("first", FIRST_WORKDAYS, ids=str)
def test_a_month_has_one_first_working_day(first: date) -> None:
    of_month = [first.replace(day=number) for number in range(1, 29)]

    assert [day for day in of_month if is_first_workday(day, CALENDAR)] == [first]


def test_without_holiday_data_the_first_weekday_counts() -> None:
    assert is_first_workday(date(2028, 10, 2), WorkCalendar())


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-02T08:00", november(2)),
        ("2026-11-03T07:59", november(2)),
        ("2026-11-24T08:00", None),
    ],
    ids=["at its hour", "within a day", "three weeks later: an office that began meanwhile"],
)
def test_an_office_that_never_ran_a_job_owes_only_the_hour_that_came_last(
    now: str, day: date | None
) -> None:
    monthly = due(time(8), is_first_workday)

    assert owed(monthly, settled=None, now=at(now)) == Owed(day=day)


def test_a_monthly_job_is_owed_from_its_day_until_it_is_done() -> None:
    monthly = due(time(8), is_first_workday)

    before = owed(monthly, settled=date(2026, 10, 8), now=at("2026-11-02T07:59"))
    after = owed(monthly, settled=date(2026, 10, 8), now=at("2026-11-25T12:00"))

    assert (before, after) == (Owed(), Owed(day=november(2)))
    assert next_due(monthly, now=at("2026-11-02T08:00")) == at("2026-12-01T08:00")
