"""逐期公开: time limits that owe one edition after another, each recognised as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from monitor.kinds import BadFields
from monitor.model import Document, Moment, Seen, Status, Verdict
from monitor.periods import MonthDay
from monitor.timelimits.clock import (
    Clock,
    Dated,
    DueDay,
    Events,
    by_day,
    day_of,
    found_in,
    undated_only,
)
from monitor.timelimits.editions import (
    HOLD,
    Edition,
    SubjectPeriod,
    edition_of,
    edition_on,
    season_of,
    season_on,
)
from monitor.wording import Because, FieldFlaw, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edited(Clock):
    """What owes one edition after another: the edition of the period, whatever else is there."""

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        edition = self._on(on.today)
        found: list[Document] = []
        unclear: list[Document] = []
        others: list[Document] = []
        for document in seen.documents:
            named = edition.is_named(document.title, day_of(document, on))
            (unclear if named is None else found if named else others).append(document)
        if found:
            return found_in(found, on)
        if not self._is_over(edition.due, on):
            return self._waiting(edition.due, on)
        if not self._binds(edition.due):
            return self._not_yet(self._in(edition.due.year + 1).due)
        if unclear:
            return undated_only(unclear)
        return self._absent(edition, by_day(others, on)[0], seen, on)

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        judged = self._on(on.today)
        near = (self._in(judged.due.year + shift) for shift in (-1, 1))
        return next((edition.due for edition in near if edition.name == period), judged.due)

    def since(self, on: Moment) -> date:
        return self._on(on.today).counts_from

    def period(self, on: Moment) -> str:
        return self._on(on.today).name

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (_told(self._on(on.today)),)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        for year in range(on.today.year, until.year + 1):
            edition = self._in(year)
            if on.today <= edition.due <= until and self._binds(edition.due):
                yield DueDay(due=edition.due, period=edition.name, steps=(_told(edition),))

    def _on(self, today: date) -> Edition:
        raise NotImplementedError

    def _in(self, year: int) -> Edition:
        """The edition due in ``year``."""
        raise NotImplementedError

    def _absent(self, edition: Edition, older: Dated, seen: Seen, on: Moment) -> Verdict:
        return Verdict(
            status=Status.MISSING,
            because=Because.EDITION_MISSING,
            facts={"period": edition.name, "due": edition.due},
            nearest=older[0][1] if older else None,
            since=edition.counts_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyBy(_Edited):
    """每年某日前: the edition about ``subject_period``, by ``month``/``day`` of every year."""

    kind: ClassVar[str] = "yearly_by"
    month: int
    day: int
    subject_period: SubjectPeriod | None = None

    def __post_init__(self) -> None:
        try:
            date(2024, self.month, self.day)
        except ValueError:
            day = f"{self.month:02}-{self.day:02}"
            raise BadFields(("day", FieldFlaw.NO_SUCH_DAY.tell(given=day))) from None

    def _on(self, today: date) -> Edition:
        closes = MonthDay(self.month, self.day)
        return edition_on(today, closes, opens=None, subject=self.subject_period)

    def _in(self, year: int) -> Edition:
        closes = MonthDay(self.month, self.day)
        return edition_of(year, closes, opens=None, subject=self.subject_period)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyWindow(_Edited):
    """每年某段时间内: the edition about ``subject_period``; a window may cross the year's end."""

    kind: ClassVar[str] = "yearly_window"
    opens: MonthDay = field(metadata={"key": "from"})
    closes: MonthDay = field(metadata={"key": "to"})
    subject_period: SubjectPeriod | None = None

    def _on(self, today: date) -> Edition:
        return edition_on(today, self.closes, opens=self.opens, subject=self.subject_period)

    def _in(self, year: int) -> Edition:
        return edition_of(year, self.closes, opens=self.opens, subject=self.subject_period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season(_Edited):
    """季节: owed only within a window of the year; judged when it has closed, until it reopens."""

    kind: ClassVar[str] = "season"
    opens: MonthDay = field(metadata={"key": "from"})
    closes: MonthDay = field(metadata={"key": "to"})
    label: str = ""

    def _on(self, today: date) -> Edition:
        return season_on(today, self.opens, self.closes, self.label)

    def _in(self, year: int) -> Edition:
        opened = year if self.opens <= self.closes else year - 1
        return season_of(opened, self.opens, self.closes, self.label)

    def _absent(self, edition: Edition, older: Dated, seen: Seen, on: Moment) -> Verdict:
        """A gap; but long after the window an unread list is not worth a person's time."""
        is_long_over = on.today > edition.due + HOLD
        if is_long_over and not seen.coverage.reaches(edition.counts_from):
            return self._not_yet(self._in(edition.due.year + 1).due)
        return Verdict(
            status=Status.STALE if older else Status.MISSING,
            because=Because.EDITION_MISSING,
            facts={"period": edition.name, "due": edition.due},
            nearest=older[0][1] if older else None,
            since=edition.counts_from,
        )


def _told(edition: Edition) -> str:
    facts = {"period": edition.name, "opens": edition.counts_from, "due": edition.due}
    return Step.EDITION.tell(**facts)
