"""定时表: on which day a job is due, what was missed, and when it is due next. Pure.

A job is due once on each of its days, at its hour; ``now`` carries the zone of the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from monitor.workdays import WorkCalendar

Days = Callable[[date, WorkCalendar], bool]

DAY = timedelta(days=1)
#: days looked through for one on which a job is due; a monthly job has one in every forty
_FAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """何时: the hour of a job, and its days by the calendar."""

    hour: time
    days: Days
    calendar: WorkCalendar

    def asks(self, on: date) -> bool:
        """Whether the job is due on this day."""
        return self.days(on, self.calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """应做: the due day to make good now, None if there is none; the days that are lost."""

    day: date | None = None
    missed: tuple[date, ...] = ()


def every_day(_: date, __: WorkCalendar) -> bool:
    """每天."""
    return True


def is_workday(on: date, calendar: WorkCalendar) -> bool:
    """每个工作日."""
    return calendar.is_workday(on)


def is_first_workday(on: date, calendar: WorkCalendar) -> bool:
    """每月第一个工作日: whether ``on`` is it."""
    month_before = on.replace(day=1) - DAY
    return calendar.is_workday(on) and calendar.workdays_between(month_before, on) == 1


def owed(due: Due, *, settled: date | None, now: datetime) -> Owed:
    """Return what is owed after ``settled``, the last day that was run (None: no day ever was).

    However many days were missed, one run makes good for the last of them; the others are lost.
    An office that never ran the job has missed nothing: only the hour that came last is owed, not
    a month that began before the office did.
    """
    latest = next(
        (day for day in _back_from(now) if _at(due, day, now) <= now and due.asks(day)), None
    )
    if latest is None or (settled and settled >= latest):
        return Owed()
    if settled is None:
        return Owed(day=latest if now - _at(due, latest, now) < DAY else None)
    between = (settled + DAY * n for n in range(1, (latest - settled).days))
    return Owed(day=latest, missed=tuple(day for day in between if due.asks(day)))


def next_due(due: Due, *, now: datetime) -> datetime | None:
    """Return the next instant at which the job is due; None: not within two months."""
    days = (now.date() + DAY * n for n in range(_FAR))
    return next(
        (at for day in days if due.asks(day) and (at := _at(due, day, now)) > now),
        None,
    )


def _back_from(now: datetime) -> Iterator[date]:
    return (now.date() - DAY * n for n in range(_FAR))


def _at(due: Due, day: date, now: datetime) -> datetime:
    return datetime.combine(day, due.hour, tzinfo=now.tzinfo)
