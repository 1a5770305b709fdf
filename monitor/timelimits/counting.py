"""数日子: the days of a time limit counted from its first, and what may be said of the result.

Working days follow the State Council's holidays with 调休. Where those of a year are not known yet
the count is Monday to Friday: nobody is called late by it, and a gap waits for ``CLOSURE`` more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from monitor.model import DayKind, Moment
from monitor.wording import OFF_DAY, WEEKEND, Flag, Step

#: longer than any closure there has been (nine days, 春节 of 2026) with what may stand beside it
CLOSURE = timedelta(days=14)
_PROVISIONAL = (Flag.PROVISIONAL.value,)


def day_after(start: date, days: int, kind: DayKind, on: Moment) -> date:
    """Return the ``days``-th day after ``start``; counting starts the next day."""
    if kind is DayKind.WORKING:
        return on.calendar.add_workdays(start, days)
    return start + timedelta(days=days)


def days_between(due: date, day: date, kind: DayKind, on: Moment) -> int:
    """Return by how many days ``day`` is later than ``due``; not above 0 when it is not."""
    if kind is DayKind.WORKING:
        return on.calendar.workdays_between(due, day)
    return (day - due).days


def flags(first: date, last: date, kind: DayKind, on: Moment) -> tuple[str, ...]:
    """节假日数据暂缺, where days were counted through a year whose holidays are not known."""
    counts = kind is DayKind.WORKING
    return _PROVISIONAL if counts and on.calendar.is_provisional(first, last) else ()


def steps(start: date, days: int, due: date, kind: DayKind, on: Moment) -> Iterator[str]:
    """Tell how ``due`` was counted from ``start``: what was skipped and as what, what was not."""
    if kind is DayKind.CALENDAR:
        yield Step.COUNT_CALENDAR.tell(days=days, due=due)
        return
    named = ((WEEKEND if name is None else name or OFF_DAY, n) for name, n in _off(start, due, on))
    if skipped := "、".join(f"{name} {count} 天" for name, count in named):
        yield Step.COUNT_SKIPPING.tell(days=days, skipped=skipped, due=due)
    else:
        yield Step.COUNT_WORKING.tell(days=days, due=due)
    if made_up := on.calendar.made_up(start, due):
        yield Step.MADE_UP.tell(days="、".join(map(str, made_up)))
    yield from flags(start, due, kind, on)


def _off(start: date, due: date, on: Moment) -> tuple[tuple[str | None, int], ...]:
    return on.calendar.days_off(start, due)
