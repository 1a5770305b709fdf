"""本期: which yearly or seasonal edition is owed on a day, and whether a title is that edition."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from monitor.periods import DAY, MonthDay, Years, school_year_of, years_in

#: an edition may come this much before its span begins
EARLY = timedelta(days=45)
#: a passed due day stays in judgement at least this long before the next edition replaces it
HOLD = timedelta(days=180)
_SEASONS = frozenset("春夏秋冬")


@enum.unique
class SubjectPeriod(enum.Enum):
    """所属时期: what an edition is about, told from its due day. The value is the key in YAML."""

    PREVIOUS_CALENDAR_YEAR = "previous_calendar_year"
    CURRENT_YEAR = "current_year"
    PREVIOUS_SCHOOL_YEAR = "previous_school_year"
    CURRENT_SCHOOL_YEAR = "current_school_year"


_CALENDAR = frozenset({SubjectPeriod.PREVIOUS_CALENDAR_YEAR, SubjectPeriod.CURRENT_YEAR})


@dataclass(frozen=True, slots=True)
class Edition:
    """一期: its name, its due day, from when publications count, and the year it is about."""

    name: str
    due: date
    opens: date  # when its own time begins
    counts_from: date  # a title without a year is this edition if published from here on
    subject: SubjectPeriod | None = None
    year: int = 0  # the calendar year, or the year the school year begins in
    season: frozenset[str] = frozenset()  # 春 夏 秋 冬 of its label

    def is_named(self, title: str, day: date | None) -> bool | None:
        """Whether ``title``, published on ``day``, is this edition; None if nobody can tell."""
        years = years_in(title)
        if self.subject is None:
            return self._is_dated(title, years, day)
        if years:
            return self._is_about(years, day)
        return None if day is None else day >= self.counts_from

    def _is_about(self, years: Years, day: date | None) -> bool:
        """Compare the years of a title; a year of the other sort counts if it overlaps."""
        if self.subject in _CALENDAR:
            return self.year in (years.calendar or years.touched)
        if years.school:
            return self.year in years.school
        in_time = day is None or day >= self.counts_from
        return in_time and not years.calendar.isdisjoint((self.year, self.year + 1))

    def _is_dated(self, title: str, years: Years, day: date | None) -> bool | None:
        """Go by the day of publication; without one, by a year and season in the title."""
        if day is not None:
            return day >= self.counts_from
        if not years:
            return None
        named = self.season and _SEASONS.intersection(title)
        if named and self.season.isdisjoint(named):
            return False
        return not years.touched.isdisjoint(range(self.opens.year, self.due.year + 1))


@lru_cache(maxsize=4096)
def edition_on(
    today: date, closes: MonthDay, *, opens: MonthDay | None, subject: SubjectPeriod | None
) -> Edition:
    """Return the yearly edition to judge on ``today``.

    An edition is judged from the day its time begins, but its predecessor for at least
    ``HOLD`` after its own due day: a gap due on 12-31 must not vanish on 01-01.
    """
    for year in (today.year + 1, today.year):
        edition = edition_of(year, closes, opens=opens, subject=subject)
        has_own_time = opens is not None or subject is not None
        begins = edition.opens if has_own_time else date(year, 1, 1)
        if max(begins, closes.of(year - 1) + HOLD) <= today:
            return edition
    return edition_of(today.year - 1, closes, opens=opens, subject=subject)


@lru_cache(maxsize=4096)
def edition_of(
    year: int, closes: MonthDay, *, opens: MonthDay | None, subject: SubjectPeriod | None
) -> Edition:
    """Return the edition that is due in ``year``."""
    due = closes.of(year)
    name, about, begins = _subject(subject, due)
    if opens is not None:
        begins = opens.of(year if opens <= closes else year - 1)
    elif subject is None:
        begins = closes.of(year - 1) + DAY
    early = EARLY if opens is not None or subject is not None else timedelta()
    return Edition(name, due, begins, begins - early, subject, about)


def _subject(subject: SubjectPeriod | None, due: date) -> tuple[str, int, date]:
    """Return name, year and the natural first day of the edition due on ``due``."""
    if subject is SubjectPeriod.PREVIOUS_CALENDAR_YEAR:
        return f"{due.year - 1}年度", due.year - 1, date(due.year, 1, 1)
    if subject in (None, SubjectPeriod.CURRENT_YEAR):
        return f"{due.year}年度", due.year, date(due.year, 1, 1)
    running = school_year_of(due)
    if subject is SubjectPeriod.CURRENT_SCHOOL_YEAR:
        return running.name, running.first.year, running.first
    before = school_year_of(running.first - DAY)
    return before.name, before.first.year, running.first


@lru_cache(maxsize=4096)
def season_on(today: date, opens: MonthDay, closes: MonthDay, label: str) -> Edition:
    """Return the season that is open on ``today``, else the one closed last."""
    year = today.year if opens.of(today.year) <= today else today.year - 1
    return season_of(year, opens, closes, label)


@lru_cache(maxsize=4096)
def season_of(year: int, opens: MonthDay, closes: MonthDay, label: str) -> Edition:
    """Return the season that opens in ``year``; a window may cross the year's end."""
    first = opens.of(year)
    due = closes.of(year if opens <= closes else year + 1)
    named = frozenset(_SEASONS.intersection(label))
    return Edition(f"{year}年{label}", due, first, first - EARLY, season=named)
