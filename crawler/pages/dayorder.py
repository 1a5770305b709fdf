"""日月次序: days with the year last, read only where the list itself shows which figure is the day.

05/06/2026 is two days. Among the rows of a list that has a 14/06/2026 it is one, and where another
row says 06/14/2026 it is none: then nothing may be concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?![\d./-])")
_MONTHS = 12


class YearLast(NamedTuple):
    """年在末尾的日期: its two open figures, the year, and the characters."""

    first: int
    second: int
    year: int
    text: str


def year_last(texts: Sequence[str]) -> YearLast | None:
    """The only such day among the texts of a row; None where there are none or several."""
    found = {hit[0]: hit for text in texts for hit in _YEAR_LAST.finditer(text)}
    if len(found) != 1:
        return None
    ((text, hit),) = found.items()
    return YearLast(int(hit[1]), int(hit[3]), int(hit[4]), text)


def days_of(written: Sequence[YearLast | None]) -> list[date | None]:
    """The day of each row; all None unless one row proves the order and none speaks against it.

    >>> days_of([YearLast(14, 6, 2026, "14/06/2026"), YearLast(5, 6, 2026, "05/06/2026")])
    [datetime.date(2026, 6, 14), datetime.date(2026, 6, 5)]
    >>> days_of([YearLast(4, 6, 2026, "04/06/2026"), YearLast(5, 6, 2026, "05/06/2026")])
    [None, None]
    """
    known = [one for one in written if one]
    day_first = any(one.first > _MONTHS for one in known)
    month_first = any(one.second > _MONTHS for one in known)
    if day_first == month_first:
        return [None] * len(written)
    return [_day(one, day_first) if one else None for one in written]


def _day(one: YearLast, day_first: bool) -> date | None:
    month, day = (one.second, one.first) if day_first else (one.first, one.second)
    try:
        return date(one.year, month, day)
    except ValueError:
        return None
