"""事后公开: what an event starts: within so many days after it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import ClassVar

from monitor.dating import appeared_on, is_backdated
from monitor.model import DayKind, Document, Grounds, Moment, Seen, Status, Verdict
from monitor.periods import MonthDay, months_later
from monitor.timelimits import counting
from monitor.timelimits.clock import (
    A_YEAR,
    Clock,
    Dated,
    DueDay,
    Events,
    by_day,
    days_of,
    event_unknown,
    found_in,
    is_unclear,
    newest_of,
    step_of_unknown,
    told,
    unclear_answer,
)
from monitor.timelimits.editions import Edition, edition_of, edition_on
from monitor.triggers import Trigger
from monitor.wording import Because, Step

#: events whose day a page shows as its 成文日期
_WRITTEN = frozenset({"形成", "形成或变更", "印发"})


@enum.unique
class Presence(enum.Enum):
    """有无: whether the item must be there even when no event is known."""

    MUST = "must"
    MAY = "may"


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterEvent(Clock):
    """事后若干日内: within ``days`` after ``event``.

    With a known event day a document from that day on is needed. Without one, any matching
    document will do, and its absence is a gap only if ``presence`` is must or the ``outer``
    day of the year has passed; the outer day is practice, so it rests on no law.

    The event may be the publication of another item. Its titles are found by words, so a second
    document of it may be no new event: where this item was published within half a year before,
    a person is asked.
    """

    kind: ClassVar[str] = "after_event"
    event: Trigger
    days: int
    day_kind: DayKind
    presence: Presence = Presence.MAY
    outer: MonthDay | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        event_day = self._event_day(seen.events, on)
        dated, undated = by_day(seen.documents, on)
        if event_day is not None:
            verdict = self._after(event_day, dated, undated, seen, on)
            overdue = self._overdue_day(seen.events, on)
            if verdict.documents or overdue in (None, event_day):
                return verdict
            # a new event gives no new time for the answer to the one before
            earlier = self._after(overdue, dated, undated, seen, on)
            return verdict if earlier.documents else earlier
        start = self._cycle(on).counts_from if self.outer else date.min
        current = [document for day, document in dated if day >= start] + undated
        if current:
            return self._judged(current, None, seen, on)
        older = newest_of(dated)
        if self.outer is not None:
            return self._past_outer(older, on)
        if self.presence is Presence.MUST:
            return Verdict(status=Status.MISSING, because=Because.NONE_IN_WINDOW, since=date.min)
        return event_unknown(self.event)

    def _after(
        self, event_day: date, dated: Dated, undated: list[Document], seen: Seen, on: Moment
    ) -> Verdict:
        current = [document for day, document in dated if day >= event_day]
        if current or undated:
            return self._judged(current + undated, event_day, seen, on)
        due = self._due_after(event_day, on)
        if not self._is_over(due, on):
            return self._waiting(due, on)
        facts: dict[str, object] = {"event": str(self.event), "event_day": event_day, "due": due}
        flags = counting.flags(event_day, due, self.day_kind, on)
        older = newest_of(dated)
        gap = Verdict(
            status=Status.MISSING,
            because=Because.EVENT_OVERDUE,
            facts=facts,
            nearest=older,
            since=event_day,
            flags=flags,
        )
        if flags and not self._is_over(due + counting.CLOSURE, on):
            return replace(gap, status=Status.UNSURE, because=Because.HOLIDAYS_UNKNOWN)
        return unclear_answer(gap) if is_unclear(self.event, event_day, older) else gap

    def _past_outer(self, older: Document | None, on: Moment) -> Verdict:
        cycle = self._cycle(on)
        if not self._is_over(cycle.due, on):
            return self._waiting(cycle.due, on)
        if not self._binds(cycle.due):
            return self._not_yet(months_later(cycle.due, 12))
        return Verdict(
            status=Status.MISSING,
            because=Because.OUTER_PASSED,
            facts={"due": cycle.due},
            nearest=older,
            since=cycle.counts_from,
            grounds=Grounds.DEFAULT if self.grounds is Grounds.LAW else self.grounds,
        )

    def _judged(
        self, current: list[Document], event_day: date | None, seen: Seen, on: Moment
    ) -> Verdict:
        """OK; with the fact ``late_by`` when the first document after the event came late.

        Which was the first is known only where all since the event was read, and bears a day.
        """
        verdict = found_in(current, on)
        days, undated = by_day(current, on)
        dated = [(appeared_on(document) or day, document) for day, document in days]
        if not dated:
            return verdict
        # the first to answer an event
        day, answer = min(dated, key=itemgetter(0)) if event_day else dated[0]
        start = event_day or (answer.written_on if self.event in _WRITTEN else None)
        if start is None or not self._binds(start):
            return verdict
        if event_day is not None and (undated or not seen.coverage.reaches(event_day)):
            return verdict
        due = self._due_after(start, on)
        last = due + timedelta(days=self.grace)
        late_by = counting.days_between(last, day, self.day_kind, on)
        if late_by <= 0 or counting.flags(start, day, self.day_kind, on):
            return verdict  # on time, or the holidays between are not known: no claim
        facts = told(answer) | {
            "event_day": start,
            "due": due,
            "late_by": late_by,
            "day_kind": self.day_kind.label,
        }
        if not is_backdated(answer):
            return replace(verdict, because=Because.FOUND_LATE, facts=facts)
        facts["absent"] = answer.last_absent_on
        return replace(verdict, because=Because.FOUND_UNSEEN, facts=facts)

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        if (event_day := self._event_day(events, on)) is not None:
            return self._due_after(event_day, on)
        return self._cycle(on).due if self.outer else None

    def since(self, on: Moment) -> date:
        if self.outer is not None:
            return self._cycle(on).counts_from
        return date.min if self.presence is Presence.MUST else on.today - A_YEAR

    def period(self, on: Moment) -> str:
        return self._cycle(on).name if self.outer else ""

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        event_day = self._event_day(events, on)
        if event_day is None:
            lines = [step_of_unknown(self.event)]
            if self.outer is not None:
                lines.append(Step.OUTER.tell(due=self._cycle(on).due))
            return tuple(lines)
        days = sorted({self._overdue_day(events, on) or event_day, event_day})
        return tuple(line for day in days for line in self._told(day, on))

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        for event_day in days_of(self.event, seen.events):
            due = self._due_after(event_day, on)
            if on.today <= due <= until and self._binds(event_day):
                flags = counting.flags(event_day, due, self.day_kind, on)
                steps = self._told(event_day, on)
                yield DueDay(due=due, of=str(self.event), steps=steps, flags=flags)
        if self.outer is None or self._event_day(seen.events, on) is not None:
            return
        for year in range(on.today.year, until.year + 1):
            cycle = edition_of(year, self.outer, opens=None, subject=None)
            if on.today <= cycle.due <= until and self._binds(cycle.due):
                told = (step_of_unknown(self.event), Step.OUTER.tell(due=cycle.due))
                yield DueDay(due=cycle.due, period=cycle.name, steps=told)

    def _told(self, event_day: date, on: Moment) -> tuple[str, ...]:
        due = self._due_after(event_day, on)
        return (
            Step.EVENT.tell(event=self.event, day=event_day),
            *counting.steps(event_day, self.days, due, self.day_kind, on),
        )

    def counted(self, documents: Iterable[Document], events: Events, on: Moment) -> tuple[str, ...]:
        """What is formed starts its own clock: told for the newest that shows its 成文日期."""
        written = [one for one in documents if one.written_on and self.event in _WRITTEN]
        if not written or self._event_day(events, on) is not None:
            return self.steps(events, on)
        newest = max(written, key=lambda one: one.day or date.min)
        assert newest.written_on is not None
        due = self._due_after(newest.written_on, on)
        return (
            Step.WRITTEN.tell(title=newest.title, day=newest.written_on),
            *counting.steps(newest.written_on, self.days, due, self.day_kind, on),
        )

    def _event_day(self, events: Events, on: Moment) -> date | None:
        """Return the last day of the event up to today that the rule covers."""
        days = days_of(self.event, events)
        return max((day for day in days if day <= on.today and self._binds(day)), default=None)

    def _overdue_day(self, events: Events, on: Moment) -> date | None:
        """Return the last day of the event whose answer is overdue by now."""
        days = (day for day in days_of(self.event, events) if self._binds(day))
        over = (day for day in days if self._is_over(self._due_after(day, on), on))
        return max(over, default=None)

    def _due_after(self, event_day: date, on: Moment) -> date:
        return counting.day_after(event_day, self.days, self.day_kind, on)

    def _cycle(self, on: Moment) -> Edition:
        assert self.outer is not None  # asked for only where an outer day is given
        return edition_on(on.today, self.outer, opens=None, subject=None)
