"""期次: days of the year, ages, closed periods with their names, and the years a title names."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import lru_cache

from monitor.textform import normal_form
from monitor.workdays import WorkCalendar

DAY = timedelta(days=1)
#: an instant is of the day it is there
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_AGE = re.compile(r"(\d{1,4})([dwmy])")


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """月日: a day of every year, written ``MM-DD``; 02-29 is 02-28 in a common year."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """Read ``MM-DD``; ValueError if it is not a day of a leap year.

        >>> MonthDay.parse("02-29").of(2026)
        datetime.date(2026, 2, 28)
        """
        if not (found := MONTH_DAY.fullmatch(text)):
            raise ValueError(text)
        day = date(2024, int(found[1]), int(found[2]))
        return cls(day.month, day.day)

    def of(self, year: int) -> date:
        """Return this day in ``year``."""
        return _clipped(year, self.month, self.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


@enum.unique
class AgeUnit(enum.Enum):
    """期限单位. The value is the letter in rules.yaml."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"
    YEAR = "y"

    @property
    def label(self) -> str:
        return _AGE_LABELS[self]


_AGE_LABELS = dict(zip(AgeUnit, ("天", "周", "个月", "年"), strict=True))


@dataclass(frozen=True, slots=True)
class Age:
    """时长: ``2w`` is 14 days, ``6m`` six calendar months."""

    count: int
    unit: AgeUnit

    @classmethod
    def parse(cls, text: str) -> Age:
        """Read ``10d``, ``2w``, ``6m``, ``1y``; ValueError otherwise."""
        if not (found := _AGE.fullmatch(text)) or int(found[1]) == 0:
            raise ValueError(text)
        return cls(int(found[1]), AgeUnit(found[2]))

    def after(self, day: date) -> date:
        """Return ``day`` plus this age; the last of the month where that day does not exist.

        >>> Age.parse("6m").after(date(2025, 8, 31))
        datetime.date(2026, 2, 28)
        """
        if self.unit is AgeUnit.DAY:
            return day + timedelta(days=self.count)
        if self.unit is AgeUnit.WEEK:
            return day + timedelta(weeks=self.count)
        months = self.count * (12 if self.unit is AgeUnit.YEAR else 1)
        return months_later(day, months)

    def before(self, day: date) -> date:
        """Return the last day from which this age is over by ``day``.

        >>> Age.parse("6m").before(date(2026, 2, 28))
        datetime.date(2025, 8, 31)
        """
        if self.unit in (AgeUnit.DAY, AgeUnit.WEEK):
            return day - (self.after(day) - day)
        months = self.count * (12 if self.unit is AgeUnit.YEAR else 1)
        latest = months_later(day, -months)
        while self.after(latest + DAY) <= day:  # 民法典 art. 202: a month's last day may stand in
            latest += DAY
        return latest

    def __str__(self) -> str:
        return f"{self.count}{self.unit.label}"


def months_later(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    return _clipped(day.year + years, month + 1, day.day)


def _clipped(year: int, month: int, day: int) -> date:
    if day <= 28:
        return date(year, month, day)
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 28) + timedelta(days=day - 28), first_of_next - DAY)


# --- closed periods --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """一期: its first and last day and what people call it."""

    first: date
    last: date
    name: str


@enum.unique
class Every(enum.Enum):
    """频次. The value is the key in rules.yaml."""

    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    TERM = "term"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"


def period_of(every: Every, day: date, calendar: WorkCalendar) -> Period:
    """Return the period that ``day`` lies in; a day off belongs to the working day before.

    >>> period_of(Every.QUARTER, date(2026, 8, 3), WorkCalendar()).name
    '2026年第三季度'
    """
    return _PERIODS[every](day, calendar)


@lru_cache(maxsize=256)
def last_closed(every: Every, today: date, calendar: WorkCalendar) -> Period:
    """Return the last period that is over on ``today``."""
    return period_of(every, period_of(every, today, calendar).first - DAY, calendar)


def school_year(start: int) -> Period:
    """Return the school year (09-01 to 08-31) that begins in ``start``."""
    return Period(date(start, 9, 1), date(start + 1, 8, 31), f"{start}-{start + 1}学年")


def school_year_of(day: date) -> Period:
    """Return the school year that ``day`` lies in."""
    return school_year(day.year if day.month >= 9 else day.year - 1)


def _day(day: date, calendar: WorkCalendar) -> Period:
    first = day
    while not calendar.is_workday(first):
        first -= DAY
    last = first
    while not calendar.is_workday(last + DAY):
        last += DAY
    return Period(first, last, f"{first}")


def _week(day: date, calendar: WorkCalendar) -> Period:
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Period(monday, monday + timedelta(days=6), f"{year}年第{week}周")


def _half_month(day: date, calendar: WorkCalendar) -> Period:
    month = f"{day.year}年{day.month}月"
    if day.day <= 15:
        return Period(day.replace(day=1), day.replace(day=15), f"{month}上半月")
    return Period(day.replace(day=16), _clipped(day.year, day.month, 31), f"{month}下半月")


def _months(count: int, name: Callable[[int, int], str]) -> Callable[[date, WorkCalendar], Period]:
    """Periods of ``count`` months from January; ``name`` takes the year and the place."""

    def of(day: date, calendar: WorkCalendar) -> Period:
        place = (day.month - 1) // count
        first = date(day.year, place * count + 1, 1)
        return Period(first, months_later(first, count) - DAY, name(day.year, place))

    return of


def _term(day: date, calendar: WorkCalendar) -> Period:
    if 2 <= day.month <= 7:
        return Period(date(day.year, 2, 1), date(day.year, 7, 31), f"{day.year}年春季学期")
    year = day.year - (day.month == 1)
    return Period(date(year, 8, 1), date(year + 1, 1, 31), f"{year}年秋季学期")


def _school_year(day: date, calendar: WorkCalendar) -> Period:
    return school_year_of(day)


_PERIODS: dict[Every, Callable[[date, WorkCalendar], Period]] = {
    Every.DAY: _day,
    Every.WEEK: _week,
    Every.HALF_MONTH: _half_month,
    Every.MONTH: _months(1, lambda year, place: f"{year}年{place + 1}月"),
    Every.QUARTER: _months(3, lambda year, place: f"{year}年第{'一二三四'[place]}季度"),
    Every.HALF_YEAR: _months(6, lambda year, place: f"{year}年{'上下'[place]}半年"),
    Every.TERM: _term,
    Every.SCHOOL_YEAR: _school_year,
    Every.YEAR: _months(12, lambda year, place: f"{year}年"),
}


# --- the years a title names -----------------------------------------------------------

_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{4}")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SPAN = re.compile(r"(?<!\d)(20\d\d)年?[-—–~至到/](20)?(\d\d)年?(学?)年")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)学年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年(?!\d{1,2}月)|(?=[春秋]))")


@dataclass(frozen=True, slots=True)
class Years:
    """年份字样 of a title: calendar years, and school years by the year they begin in."""

    calendar: frozenset[int] = frozenset()
    school: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.calendar or self.school)

    @property
    def touched(self) -> frozenset[int]:
        """Every calendar year that is named or lies partly in a school year that is."""
        return self.calendar | self.school | {start + 1 for start in self.school}


@lru_cache(maxsize=1 << 16)
def years_in(title: str) -> Years:
    """Read the years that ``title`` is about.

    A year with a month is a day, and 〔2025〕 is part of a document number: both tell nothing.

    >>> sorted(years_in("二〇二五年度工作报告").calendar)
    [2025]
    >>> sorted(years_in("2024—2025学年校历").school)
    [2024]
    >>> bool(years_in("教办〔2025〕3号 2025年3月2日"))
    False
    """
    text = _NUMERALS.sub(lambda found: found[0].translate(_DIGITS), normal_form(title))
    calendar: set[int] = set()
    school: set[int] = set()
    for span in _SPAN.finditer(text):
        first, last = int(span[1]), 2000 + int(span[3])
        if span[4]:
            school.add(first)
        else:
            calendar.update(range(first, last + 1))
    text = _SPAN.sub("", text)
    school.update(int(year) for year in _SCHOOL_YEAR.findall(text))
    calendar.update(int(year) for year in _YEAR.findall(text))
    return Years(frozenset(calendar), frozenset(school))
