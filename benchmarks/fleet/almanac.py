"""历法: working days, closed periods and ages, counted here and nowhere else.

Days are ordinals (``date.toordinal``). The days off and the days made up for are those of the
yearly notices of the State Council's office (国办发明电) for 2024, 2025 and 2026.
"""

from __future__ import annotations

from datetime import date, timedelta

#: first and last day off, month and day
_OFF = {
    2023: [((9, 29), (10, 6)), ((12, 30), (12, 31))],
    2024: [
        ((1, 1), (1, 1)),
        ((2, 10), (2, 17)),
        ((4, 4), (4, 6)),
        ((5, 1), (5, 5)),
        ((6, 10), (6, 10)),
        ((9, 15), (9, 17)),
        ((10, 1), (10, 7)),
    ],
    2025: [
        ((1, 1), (1, 1)),
        ((1, 28), (2, 4)),
        ((4, 4), (4, 6)),
        ((5, 1), (5, 5)),
        ((5, 31), (6, 2)),
        ((10, 1), (10, 8)),
    ],
    2026: [
        ((1, 1), (1, 3)),
        ((2, 15), (2, 23)),
        ((4, 4), (4, 6)),
        ((5, 1), (5, 5)),
        ((6, 19), (6, 21)),
        ((9, 25), (9, 27)),
        ((10, 1), (10, 7)),
    ],
}
_MADE_UP = {
    2023: [(10, 7), (10, 8)],
    2024: [(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    2025: [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    2026: [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
}


def _days_off() -> frozenset[int]:
    found: set[int] = set()
    for year, spans in _OFF.items():
        for first, last in spans:
            found.update(range(day(year, *first), day(year, *last) + 1))
    return frozenset(found)


def day(year: int, month: int, number: int) -> int:
    """The ordinal of a day; the last of the month where that day does not exist."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=number - 1), following - _ONE).toordinal()


_ONE = timedelta(days=1)
_FREE = _days_off()
_WORKED = frozenset(day(year, *one) for year, days in _MADE_UP.items() for one in days)


def is_workday(on: int) -> bool:
    return on in _WORKED or (on not in _FREE and date.fromordinal(on).weekday() < 5)


def workdays_after(start: int, count: int) -> int:
    """The last day of a term of ``count`` working days that begins on the next one."""
    while count:
        start += 1
        count -= is_workday(start)
    return start


def months_after(start: int, months: int) -> int:
    on = date.fromordinal(start)
    years, month = divmod(on.month - 1 + months, 12)
    return day(on.year + years, month + 1, on.day)


def age_after(start: int, age: str) -> int:
    """The last day on which something of the day ``start`` is no older than ``2w``, ``6m`` …

    >>> date.fromordinal(age_after(date(2025, 8, 31).toordinal(), "6m")).isoformat()
    '2026-02-28'
    """
    count = int(age[:-1])
    match age[-1]:
        case "d":
            return start + count
        case "w":
            return start + 7 * count
        case "m":
            return months_after(start, count)
    return months_after(start, 12 * count)


def period_of(every: str, on: int) -> tuple[int, int]:
    """First and last day of the period in which a day lies."""
    when = date.fromordinal(on)
    if every == "week":
        first = on - when.weekday()
        return first, first + 6
    if every == "half_month":
        if when.day <= 15:
            return day(when.year, when.month, 1), day(when.year, when.month, 15)
        return day(when.year, when.month, 16), day(when.year, when.month, 31)
    if every == "term":
        if 2 <= when.month <= 7:
            return day(when.year, 2, 1), day(when.year, 7, 31)
        year = when.year - (when.month == 1)
        return day(year, 8, 1), day(year + 1, 1, 31)
    count = {"month": 1, "quarter": 3}[every]
    first = day(when.year, (when.month - 1) // count * count + 1, 1)
    return first, months_after(first, count) - 1


def last_closed(every: str, on: int) -> tuple[int, int]:
    return period_of(every, period_of(every, on)[0] - 1)
