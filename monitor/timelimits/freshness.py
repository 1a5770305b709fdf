"""更新: time limits that ask how much is there and how old it is."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from monitor.dating import appeared_on
from monitor.kinds import BadFields
from monitor.model import Document, Moment, Seen, Status, Verdict
from monitor.periods import DAY, Age, Every, Period, last_closed, period_of
from monitor.timelimits.clock import (
    Act,
    Clock,
    Dated,
    DueDay,
    Events,
    by_day,
    found_in,
    newest_of,
    undated_only,
)
from monitor.wording import AWAY, Because, FieldFlaw, Step
from monitor.workdays import WorkCalendar


@enum.unique
class Suspend(enum.Enum):
    """停算: which days of a school do not count: its vacations and exams, from the calendar."""

    VACATION = "vacation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic(Clock):
    """每期至少几条: ``min_count`` in the last closed period, or caught up with since.

    What came after the period's end counts too: a unit that has put it right is not STALE.
    A period without any working day owes nothing; with ``suspend`` neither does one in which
    the school was away for half of the working days or more. The one before it is judged.
    """

    kind: ClassVar[str] = "periodic"
    every: Every
    min_count: int = 1
    suspend: Suspend | None = None

    def __post_init__(self) -> None:
        if self.min_count < 1:
            raise BadFields(("min_count", FieldFlaw.NOT_ZERO.tell()))

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        closed = self._closed(on)
        running = period_of(self.every, on.today, on.calendar)
        dated, undated = by_day(seen.documents, on)
        since = [document for day, document in dated if day >= closed.first]
        if len(since) >= self.min_count:
            is_begun = dated[0][0] >= running.first
            is_long = (running.last - running.first).days > on.soon_days
            is_near = (running.last - on.today).days <= on.soon_days
            if is_long and not is_begun and is_near and not self._is_idle(running, on):
                return replace(self._waiting(running.last, on), documents=tuple(since))
            return self._enough(closed, since)
        if not self._binds(closed.first):
            return self._not_yet(running.last)
        if not self._is_over(closed.last, on):
            return self._waiting(closed.last, on)
        if undated and (not dated or len(since) + len(undated) >= self.min_count):
            return undated_only(undated)
        return Verdict(
            status=Status.STALE if dated else Status.MISSING,
            because=Because.TOO_FEW,
            facts={"period": closed.name, "count": len(since), "needed": self.min_count},
            nearest=newest_of(dated),
            since=closed.first,
        )

    def _enough(self, closed: Period, since: list[Document]) -> Verdict:
        days = map(appeared_on, since)
        in_time = sum(1 for day in days if day and day <= closed.last)
        caught_up = in_time < self.min_count
        facts = {
            "period": f"{closed.name}以来" if caught_up else closed.name,
            "count": len(since) if caught_up else in_time,
            "needed": self.min_count,
        }
        return Verdict(
            status=Status.OK, because=Because.ENOUGH, facts=facts, documents=tuple(since)
        )

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        closed = self._closed(on)
        if period == closed.name:
            return closed.last
        return period_of(self.every, on.today, on.calendar).last

    def since(self, on: Moment) -> date:
        return self._closed(on).first

    def period(self, on: Moment) -> str:
        return self._closed(on).name

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        closed = self._closed(on)
        facts = {"first": closed.first, "last": closed.last, "needed": self.min_count}
        last = last_closed(self.every, on.today, on.calendar)
        idle = []
        while last != closed:
            idle.append(Step.IDLE.tell(period=last.name))
            last = period_of(self.every, last.first - DAY, on.calendar)
        return (*idle, Step.CLOSED.tell(period=closed.name, **facts))

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        running = period_of(self.every, on.today, on.calendar)
        while running.last <= until:
            if self._binds(running.first) and not self._is_idle(running, on):
                facts = {"first": running.first, "last": running.last, "needed": self.min_count}
                told = Step.RUNNING.tell(period=running.name, **facts)
                yield DueDay(due=running.last, period=running.name, steps=(told,))
            running = period_of(self.every, running.last + DAY, on.calendar)

    def _closed(self, on: Moment) -> Period:
        return _closed_in_use(self.every, self.suspend, on.today, on.calendar)

    def _is_idle(self, period: Period, on: Moment) -> bool:
        return _is_idle(period, self.suspend, on.calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMaxAge(Clock):
    """更新时限: the newest dated entry is no older than ``max_age``; vacations may not count."""

    kind: ClassVar[str] = "column_max_age"
    max_age: Age
    suspend: Suspend | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        dated, undated = by_day(seen.documents, on)
        if not dated and undated:
            return undated_only(undated)
        if not dated:
            return Verdict(status=Status.STALE, because=Because.NONE_IN_WINDOW)
        newest, since = dated[0][0], self.since(on)
        if newest < since:
            return Verdict(
                status=Status.STALE,
                because=Because.NEWEST_TOO_OLD,
                facts={"newest": newest, "since": since},
                nearest=dated[0][1],
            )
        fresh = tuple(document for day, document in dated if day >= since)
        lapses = _lapses(newest, self.max_age, self.suspend, on)
        if (lapses - on.today).days <= on.soon_days:
            return replace(self._waiting(lapses, on), documents=fresh)
        facts = {"newest": newest, "since": since}
        return Verdict(status=Status.OK, because=Because.FRESH, facts=facts, documents=fresh)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        dated, _ = by_day(seen.documents, on)
        due = _lapses(dated[0][0], self.max_age, self.suspend, on) if dated else date.min
        if on.today <= due <= until and self._binds(due):
            yield _renewal(dated[0], self.max_age, due)

    def since(self, on: Moment) -> date:
        return _oldest_within(self.max_age, self.suspend, self.grace, on)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        since = self.since(on)
        lines = [Step.MAX_AGE.tell(age=self.max_age, since=since)]
        away = on.calendar.away(since, on.today) if self.suspend else ()
        if away:
            spans = "、".join(f"{label or AWAY} {days} 天" for label, days in away)
            lines.append(Step.AWAY.tell(spans=spans))
        return tuple(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Clock):
    """长期公开: always there; with ``review_every`` also looked through from time to time."""

    kind: ClassVar[str] = "standing"
    review_every: Age | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        if not seen.documents:
            return Verdict(status=Status.MISSING, because=Because.NONE_IN_WINDOW, since=date.min)
        if self.review_every is None:
            return found_in(list(seen.documents), on)
        dated, undated = by_day(seen.documents, on)
        if not dated:
            return undated_only(undated)
        return self._reviewed(self.review_every, dated, on)

    def _reviewed(self, every: Age, dated: Dated, on: Moment) -> Verdict:
        newest, document = dated[0]
        review = every.after(newest)
        if self._is_over(review, on):
            since = _oldest_within(every, None, self.grace, on)
            return Verdict(
                status=Status.STALE,
                because=Because.REVIEW_PASSED,
                facts={"newest": newest, "since": since},
                nearest=document,
                since=since,
            )
        if (review - on.today).days <= on.soon_days:
            return replace(self._waiting(review, on), documents=(document,))
        return found_in([document for _, document in dated], on)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        dated, _ = by_day(seen.documents, on)
        if self.review_every is None or not dated:
            return
        due = self.review_every.after(dated[0][0])
        if on.today <= due <= until and self._binds(due):
            yield _renewal(dated[0], self.review_every, due)

    def since(self, on: Moment) -> date:
        return date.min

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        if self.review_every is None:
            return (Step.STANDING.tell(),)
        since = _oldest_within(self.review_every, None, self.grace, on)
        return (Step.STANDING.tell(), Step.REVIEW.tell(age=self.review_every, since=since))


def _renewal(newest: tuple[date, Document], age: Age, due: date) -> DueDay:
    """The day on which the newest entry grows too old."""
    day, document = newest
    told = Step.NEWEST.tell(title=document.title, day=day, age=age, due=due)
    return DueDay(due=due, of=f"上一条“{document.title}”", steps=(told,), act=Act.RENEW)


@lru_cache(maxsize=256)
def _closed_in_use(
    every: Every, suspend: Suspend | None, today: date, calendar: WorkCalendar
) -> Period:
    """The last closed period that owes anything."""
    closed = last_closed(every, today, calendar)
    while _is_idle(closed, suspend, calendar):
        closed = period_of(every, closed.first - DAY, calendar)
    return closed


def _is_idle(period: Period, suspend: Suspend | None, calendar: WorkCalendar) -> bool:
    """Whether nobody was there to publish: no working day, or half of them and more away."""
    before = period.first - DAY
    worked = calendar.workdays_between(before, period.last)
    if worked == 0 or suspend is None:
        return worked == 0
    if calendar.days_away(before, period.last) * 2 < worked:
        return False
    days = ((period.first + DAY * n) for n in range((period.last - before).days))
    away = sum(1 for day in days if calendar.is_workday(day) and calendar.is_school_away(day))
    return away * 2 >= worked


def _lapses(day: date, age: Age, suspend: Suspend | None, on: Moment) -> date:
    """Return the last day on which an entry of ``day`` is no older than ``age``."""
    lapses = ends = age.after(day)
    if suspend is None:
        return lapses
    while (moved := lapses + timedelta(days=on.calendar.days_away(day, ends))) > ends:
        ends = moved
    return ends


@lru_cache(maxsize=4096)
def _oldest_within(age: Age, suspend: Suspend | None, grace: int, on: Moment) -> date:
    """Return the earliest day whose entry is, with the grace, still young enough today."""
    needed = on.today - timedelta(days=grace)
    day = on.today
    while _lapses(day - DAY, age, suspend, on) >= needed:
        day -= DAY
    return day
