"""节前: the holiday that begins after a working day, by name. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from monitor.workdays import WorkCalendar

_DAY = timedelta(days=1)
_HOLIDAY = 3  # days off in a row: a weekend has two
#: by a day that lies in each; 春节, 端午 and 中秋 move with the moon
_HOLIDAYS: tuple[tuple[str, Callable[[date], bool]], ...] = (
    ("国庆", lambda day: (day.month, day.day) == (10, 1)),
    ("元旦", lambda day: (day.month, day.day) == (1, 1)),
    ("劳动节", lambda day: (day.month, day.day) == (5, 1)),
    ("清明", lambda day: day.month == 4 and day.day in (4, 5)),
    ("春节", lambda day: (1, 20) <= (day.month, day.day) <= (2, 25)),
    ("端午", lambda day: (5, 25) <= (day.month, day.day) <= (6, 27)),
    ("中秋", lambda day: (9, 5) <= (day.month, day.day) <= (10, 10)),
)


def holiday_after(on: date, calendar: WorkCalendar) -> tuple[str, date] | None:
    """The holiday that begins after the working day ``on``: its name and its last day.

    >>> from datetime import date
    >>> off = dict.fromkeys((date(2026, 10, day) for day in range(1, 8)), False)
    >>> holiday_after(date(2026, 9, 30), WorkCalendar(off))
    ('国庆', datetime.date(2026, 10, 7))
    >>> holiday_after(date(2026, 11, 20), WorkCalendar(off))
    """
    first = on + _DAY
    last = on
    while not calendar.is_workday(last + _DAY):
        last += _DAY
    if not calendar.is_workday(on) or (last - on).days < _HOLIDAY:
        return None
    days = {first + _DAY * n for n in range((last - on).days)}
    name = next((name for name, is_in in _HOLIDAYS if any(map(is_in, days))), "节假日")
    return name, last
