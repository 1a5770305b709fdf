"""缺日: why a page or a row gives no day of publication, and what it shows instead.

Undated, incomplete, impossible and future are different findings for whoever has to look: the
first is no mistake of the unit's, the others are, and none of them is a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.pages.days import FULL, day_of_full, month_day_in
from monitor.model import NoDay

#: year, month and day as far as they are told
Parts = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """无发布日期: why, the characters that were shown, and what they may mean.

    ``ahead``: a later day, where it stands for certain where the day of publication does.
    """

    why: NoDay
    text: str = ""
    readings: tuple[Parts, ...] = ()
    ahead: date | None = None

    def agrees(self, day: date) -> bool:
        """Whether ``day``, told elsewhere, is what was meant here.

        >>> undated_in("07-04").agrees(date(2024, 7, 4)), undated_in("07-04").agrees(date.max)
        (True, False)
        """
        whole = (day.year, day.month, day.day)
        return any(
            all(part in (None, own) for part, own in zip(reading, whole, strict=True))
            for reading in self.readings
        )


NOT_SHOWN = Undated(why=NoDay.NOT_SHOWN)
#: what systems fill in: the first day of their calendars, and 0000-00-00 as PHP prints it
_DEFAULTS = frozenset({date(1990, 1, 1), date(1999, 11, 30), date(2000, 1, 1)})
_FIRST_YEAR = 1990
_NOUGHT = re.compile(r"(?<!\d)0{3}[01][-/.]\d\d[-/.]\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d./-])(\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})([-./])(\d{1,2})\2((?:19|20)\d\d)(?![\d./-])")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?(?![\d年日号./-])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?\Z")
_LONGEST = 60  # characters around a date; more is prose


def undated_in(text: str) -> Undated | None:
    """Return what ``text`` shows of a date that is none; None where it shows nothing of one.

    >>> undated_in("2024年7月").why.name, undated_in("2024-02-30").why.name, undated_in("管理员")
    ('INCOMPLETE', 'IMPOSSIBLE', None)
    """
    text = text.strip()
    if not text or len(text) > _LONGEST or text.isalpha():
        return None
    if found := FULL.search(text):
        return None if day_of_full(found) else _wrong(found)
    if found := _NOUGHT.search(text):
        return Undated(why=NoDay.DEFAULT, text=found[0])
    if found := _SHORT_YEAR.search(text):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        readings = ((2000 + first, second, third), (2000 + third, second, first))
        return Undated(why=NoDay.AMBIGUOUS, text=found[0], readings=readings)
    if found := _YEAR_LAST.search(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        readings = ((year, first, second), (year, second, first))
        return Undated(why=NoDay.AMBIGUOUS, text=found[0], readings=readings)
    if half := month_day_in(text):
        return Undated(why=NoDay.INCOMPLETE, text=text, readings=((None, *half),))
    if found := _YEAR_MONTH.search(text):
        why = NoDay.INCOMPLETE if 1 <= int(found[2]) <= 12 else NoDay.IMPOSSIBLE
        return Undated(why=why, text=found[0], readings=((int(found[1]), int(found[2]), None),))
    if found := _YEAR.match(text):
        return Undated(why=NoDay.INCOMPLETE, text=found[0], readings=((int(found[1]), None, None),))
    return None


def mistake(day: date, text: str, today: date | None) -> Undated | None:
    """Return what is wrong with a day as one of publication; None when nothing is.

    A day ahead may be a matter of clocks; without ``today`` no day is ahead.
    """
    if day in _DEFAULTS:
        return Undated(why=NoDay.DEFAULT, text=text)
    if today is not None and day > today + timedelta(days=1):
        return Undated(why=NoDay.FUTURE, text=text, ahead=day)
    return None


def _wrong(found: re.Match[str]) -> Undated:
    year = found["year"]
    early = year.isdecimal() and int(year) < _FIRST_YEAR
    return Undated(why=NoDay.DEFAULT if early else NoDay.IMPOSSIBLE, text=found[0])
