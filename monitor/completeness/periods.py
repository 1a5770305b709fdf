"""年份与期次: years that agree, series without holes, the current period named. Pure."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from monitor.completeness.lines import Line, lines_of
from monitor.completeness.tables import unopened
from monitor.completeness.words import NOTHING_SHORT, lacking
from monitor.model import (
    ALONE,
    Beside,
    Document,
    Grounds,
    Hint,
    Moment,
    Place,
    RemarkKind,
    Shortfall,
)
from monitor.periods import Every, Period, period_of, years_in
from monitor.textform import passing_form
from monitor.wording import Noticed

#: lines at the head of a page or file that are its cover
_COVER = 12
_LONGEST_HEADING = 45
_PROSE = re.compile(r"[。;,]")
_FIRST_TERM, _SECOND_TERM = ("秋", "上学期", "第一学期"), ("春", "下学期", "第二学期")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsAgree:
    """年份一致: covers and captions that name the matter name the year of the title."""

    kind: ClassVar[str] = "years_agree"
    attachments: ClassVar[bool] = True
    grounds: ClassVar[Grounds] = Grounds.DEFAULT
    words: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()
    of: tuple[str, ...]  # the matter, as covers name it: 预算

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Tell the first cover or caption of another year; without a year nothing is said."""
        wanted = years_in(document.title).calendar
        if not wanted or unopened((), document, beside) is not None:
            return NOTHING_SHORT
        for line in _headings(lines_of(beside.texts[document.digest])):
            named = years_in(line.text).calendar
            if named and named.isdisjoint(wanted) and any(word in line.text for word in self.of):
                facts = {
                    "title": document.title,
                    "year": _listed(wanted),
                    "where": line.place(),
                    "other": _listed(named),
                }
                hint = Hint(kind=RemarkKind.DIFFERING, because=Noticed.YEARS_DIFFER, facts=facts)
                return Shortfall(hints=(hint,))
        return NOTHING_SHORT


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSeries:
    """年度不断档: the column holds every year to its newest, from ``first`` or the ``last`` n."""

    kind: ClassVar[str] = "year_series"
    attachments: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ()
    name: str = "历年不断档"
    first: int = 0
    last: int = 3
    grounds: Grounds = Grounds.DEFAULT

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the years nobody published, as far as titles and the list can tell."""
        titled = [years_in(one.title) for one in beside.listed]
        held = {year for years in titled for year in years.calendar | years.school}
        if not held:
            return NOTHING_SHORT
        start = self.first or max(held) - self.last + 1
        absent = tuple(f"{year}年" for year in range(start, max(held)) if year not in held)
        if not absent:
            return NOTHING_SHORT
        is_whole = beside.coverage.reaches(date(start, 1, 1))
        if not is_whole or not all(titled):  # what bears no year may be any year's
            return Shortfall(unread=self.names)
        return Shortfall(missing=absent)


@enum.unique
class Span(enum.Enum):
    """期别 that a document must name. The value is the key in rules.yaml."""

    YEAR = "year"
    TERM = "term"
    SCHOOL_YEAR = "school_year"

    @property
    def label(self) -> str:
        return {"year": "标明本年度", "term": "标明本学期", "school_year": "标明本学年"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodNamed:
    """标明本期: title or text name the period in which the document was published, or a later."""

    kind: ClassVar[str] = "period_named"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()
    every: Span
    grounds: Grounds = Grounds.DEFAULT

    @property
    def names(self) -> tuple[str, ...]:
        return (self.every.label,)

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return whether no such period is named; without a day of publication nothing is said."""
        if document.day is None or beside.on is None:
            return NOTHING_SHORT
        periods = tuple(self._periods(document.day, beside.on))
        title = passing_form(document.title)
        if any(self._names(title, period) for period in periods):
            return Shortfall(places=(Place(word=self.every.label, where="标题"),))
        if (early := unopened(self.names, document, beside)) is not None:
            return early
        for line in lines_of(beside.texts[document.digest]):
            if any(self._names(line.text, period) for period in periods):
                return Shortfall(places=(Place(word=self.every.label, where=line.place()),))
        return lacking(self.names, document)

    def _periods(self, day: date, on: Moment) -> Iterator[Period]:
        """The period of the day, and the next: a notice may come before what it is about."""
        every = Every(self.every.value)
        period = period_of(every, day, on.calendar)
        yield period
        yield period_of(every, date.fromordinal(period.last.toordinal() + 1), on.calendar)

    def _names(self, text: str, period: Period) -> bool:
        years = years_in(text)
        if self.every is Span.YEAR:
            return period.first.year in years.touched
        if self.every is Span.SCHOOL_YEAR:
            start = period.first.year
            return start in years.school or {start, start + 1} <= years.calendar
        is_first = period.first.month >= 8
        words = _FIRST_TERM if is_first else _SECOND_TERM
        start = period.first.year - (not is_first)
        if start not in years.school and period.first.year not in years.calendar:
            return False
        return any(word in text for word in words)


def _headings(lines: Sequence[Line]) -> Iterator[Line]:
    """The covers of page and files, and the captions of tables."""
    for _, there in groupby(lines, key=lambda line: line.file):
        for number, line in enumerate(there):
            text = line.text
            if not text or len(text) > _LONGEST_HEADING or _PROSE.search(text):
                continue
            if number < _COVER or text.endswith("表"):
                yield line


def _listed(years: Iterable[int]) -> str:
    return "、".join(map(str, sorted(years)))
