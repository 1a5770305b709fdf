"""工作日: working days with 调休, counted by prefix sums; school vacations and exam days.

Beside the numbers it can tell the reasons: which days were left out of a count, and as what.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType
from typing import Any

Span = tuple[date, date]  # first and last day, both inside

_DAY = timedelta(days=1)


class WorkCalendar:
    """日历: which days are worked, for which years that is known; school vacations and exams.

    ``special`` holds only what differs from Monday–Friday: True for 调休 worked weekends,
    False for days off. A year outside ``covered`` counts as plain Monday–Friday and is told
    apart by ``is_provisional``. A year is counted once, when it is first asked for. ``names``
    are those of days off, ``labels`` those of vacations and exams, for who is told the count.
    """

    __slots__ = (
        "_away",
        "_counts",
        "_covered",
        "_exams",
        "_labels",
        "_names",
        "_special",
        "_vacations",
    )

    def __init__(
        self,
        special: Mapping[date, bool] = MappingProxyType({}),
        covered: frozenset[int] = frozenset(),
        vacations: tuple[Span, ...] = (),
        exams: tuple[Span, ...] = (),
        *,
        names: Mapping[date, str] = MappingProxyType({}),
        labels: Mapping[Span, str] = MappingProxyType({}),
    ) -> None:
        self._special = dict(special)
        self._covered = covered
        self._vacations = tuple(sorted(vacations))
        self._exams = tuple(sorted(exams))
        self._away = _joined((*vacations, *exams))
        self._names = dict(names)
        self._labels = dict(labels)
        self._counts: dict[int, tuple[int, ...]] = {}

    def plain(self) -> dict[str, Any]:
        """All it knows as plain values, in an order of their own."""
        return {
            "special": {day.isoformat(): worked for day, worked in sorted(self._special.items())},
            "covered": sorted(self._covered),
            "vacations": _plain_spans(self._vacations),
            "exams": _plain_spans(self._exams),
            "names": {day.isoformat(): name for day, name in sorted(self._names.items())},
            "labels": [[*_plain_span(span), label] for span, label in sorted(self._labels.items())],
        }

    @classmethod
    def of_plain(cls, said: Mapping[str, Any]) -> WorkCalendar:
        """The calendar of such values."""
        return cls(
            {date.fromisoformat(day): worked for day, worked in said["special"].items()},
            frozenset(said["covered"]),
            tuple(_span(*span) for span in said["vacations"]),
            tuple(_span(*span) for span in said["exams"]),
            names={date.fromisoformat(day): name for day, name in said["names"].items()},
            labels={_span(first, last): label for first, last, label in said["labels"]},
        )

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked: a weekday that is not off, or a 调休 day."""
        if (worked := self._special.get(day)) is not None:
            return worked
        return day.weekday() < 5

    def add_workdays(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day``; counting starts the next day."""
        if n < 0:
            raise ValueError("working days are counted forwards")
        if n == 0:
            return day
        year, wanted = day.year, self._until(day) + n
        while wanted > (counts := self._of(year))[-1]:
            wanted -= counts[-1]
            year += 1
        return date(year, 1, 1) + timedelta(days=bisect_left(counts, wanted) - 1)

    def workdays_between(self, a: date, b: date) -> int:
        """Return the number of working days after ``a`` up to and including ``b``; 0 if b <= a."""
        if b <= a:
            return 0
        whole_years = sum(self._of(year)[-1] for year in range(a.year, b.year))
        return whole_years + self._until(b) - self._until(a)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a year from ``first`` to ``last`` has no holiday data yet."""
        return any(year not in self._covered for year in range(first.year, last.year + 1))

    def is_vacation(self, day: date) -> bool:
        """Whether ``day`` lies in a school vacation."""
        return any(first <= day <= last for first, last in self._vacations)

    def is_exam(self, day: date) -> bool:
        """Whether ``day`` is one of 高考 or 中考, on which nobody is written to."""
        return any(first <= day <= last for first, last in self._exams)

    def is_school_away(self, day: date) -> bool:
        """Whether a school has other things to do on ``day``: vacation or exam."""
        return self.is_vacation(day) or self.is_exam(day)

    def back_at_school(self, day: date, workdays: int) -> date:
        """The ``workdays``-th working day after the vacation or exam ``day`` lies in.

        A day outside stays as it is.
        """
        if not self.is_school_away(day):
            return day
        while self.is_school_away(day):
            spans = (*self._vacations, *self._exams)
            day = max(last for first, last in spans if first <= day <= last) + timedelta(days=1)
        return self.add_workdays(day - timedelta(days=1), workdays)

    def days_away(self, after: date, until: date) -> int:
        """Return how many days after ``after`` up to and including ``until`` a school is away."""
        return sum(_shared(span, (after + _DAY, until)) for span in self._away)

    def away(self, after: date, until: date) -> tuple[tuple[str, int], ...]:
        """The same days by the label of their vacation or exam, "" for one without a label."""
        spans = sorted((*self._vacations, *self._exams))
        told = (
            (self._labels.get(span, ""), _shared(span, (after + _DAY, until))) for span in spans
        )
        return tuple((label, days) for label, days in told if days)

    def days_off(self, after: date, until: date) -> tuple[tuple[str | None, int], ...]:
        """The days off after ``after`` up to and including ``until``, by what they are.

        In the order they are met: None for weekends, "" for days off nobody gave a name.
        """
        counts: dict[str | None, int] = {}
        for day in _days(after + _DAY, until):
            if not self.is_workday(day):
                name = self._names.get(day, "") if day in self._special else None
                counts[name] = counts.get(name, 0) + 1
        return tuple(counts.items())

    def made_up(self, after: date, until: date) -> tuple[date, ...]:
        """The 调休 days after ``after`` up to and including ``until``: weekends that are worked."""
        days = _days(after + _DAY, until)
        return tuple(day for day in days if day.weekday() >= 5 and self.is_workday(day))

    def _until(self, day: date) -> int:
        """Return the working days of the year of ``day`` up to and including it."""
        return self._of(day.year)[day.timetuple().tm_yday]

    def _of(self, year: int) -> tuple[int, ...]:
        """Return the prefix sums of ``year``: at place n, the working days among its first n."""
        if (counts := self._counts.get(year)) is None:
            first = date(year, 1, 1)
            length = date(year, 12, 31).timetuple().tm_yday
            days = (first + timedelta(days=n) for n in range(length))
            counts = tuple(accumulate((int(self.is_workday(day)) for day in days), initial=0))
            self._counts[year] = counts
        return counts


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _plain_spans(spans: Iterable[Span]) -> list[list[str]]:
    return [_plain_span(span) for span in spans]


def _plain_span(span: Span) -> list[str]:
    return [day.isoformat() for day in span]


def _span(first: str, last: str) -> Span:
    return date.fromisoformat(first), date.fromisoformat(last)


def _shared(span: Span, other: Span) -> int:
    """The number of days that lie in both."""
    return max(0, (min(span[1], other[1]) - max(span[0], other[0])).days + 1)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without overlaps: two files may tell the same vacation, one a day longer."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
