"""事前公开: what must be published ahead of an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from monitor.model import DayKind, Document, Moment, Seen, Status, Verdict
from monitor.periods import DAY, Age
from monitor.timelimits.clock import (
    A_YEAR,
    Clock,
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
from monitor.triggers import Trigger
from monitor.wording import Because, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEvent(Clock):
    """事前公开: at least ``lead`` ahead of ``event``; without a lead, on its day at the latest.

    Events may be registered before they happen. Of several the last whose due day has passed is
    judged, and once that is answered the next one to come. An announcement counts from a year
    before its due day, but not from before the previous event. Nothing by the due day is a gap
    (on the day after, whether or not the event has happened by then); published since is lateness.
    """

    kind: ClassVar[str] = "before_event"
    event: Trigger
    lead: Age | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        passed, coming = self._events(seen.events, on)
        if passed is None and coming is None:
            return found_in(list(seen.documents), on) if seen.documents else self._unknown()
        verdict = self._before(passed, seen, on) if passed else None
        if coming is None or (verdict and verdict.status is not Status.OK):
            return verdict or self._unknown()
        ahead = self._before(coming, seen, on)
        return ahead if verdict is None or ahead.status is Status.DUE_SOON else verdict

    def _before(self, event_day: date, seen: Seen, on: Moment) -> Verdict:
        """Judge by the documents that can announce the event of ``event_day``."""
        due, start = self._due_before(event_day), self._start(event_day, seen.events)
        dated, undated = by_day(seen.documents, on)
        current = [document for day, document in dated if day >= start]
        if current or undated:
            return self._judged(current, undated, due, start, seen, on)
        if not self._is_over(due, on):
            return self._waiting(due, on)
        facts: dict[str, object] = {"event": str(self.event), "event_day": event_day, "due": due}
        gap = Verdict(
            status=Status.MISSING,
            because=Because.NOT_AHEAD,
            facts=facts,
            nearest=newest_of(dated),
            since=start,
        )
        return unclear_answer(gap) if is_unclear(self.event, event_day, gap.nearest) else gap

    def _judged(
        self,
        current: list[Document],
        undated: list[Document],
        due: date,
        start: date,
        seen: Seen,
        on: Moment,
    ) -> Verdict:
        """OK; late only if the first is known: all was read, and all of it bears a day."""
        verdict = found_in(current + undated, on)
        days = [document.day for document in current if document.day]
        if undated or not days or not seen.coverage.reaches(start):
            return verdict
        late_by = (min(days) - due).days - self.grace
        if late_by <= 0:
            return verdict
        first = next(document for document in current if document.day == min(days))
        facts = told(first) | {
            "due": due,
            "late_by": late_by,
            "day_kind": DayKind.CALENDAR.label,
        }
        return replace(verdict, because=Because.FOUND_LATE, facts=facts)

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        passed, coming = self._events(events, on)
        event_day = coming or passed
        return self._due_before(event_day) if event_day else None

    def since(self, on: Moment) -> date:
        """A year before the due day of an event of the last year."""
        return on.today - 2 * A_YEAR

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        days = [day for day in self._events(events, on) if day]
        if not days:
            return (step_of_unknown(self.event),)
        return tuple(line for day in days for line in self._told(day))

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        for event_day in days_of(self.event, seen.events):
            due = self._due_before(event_day)
            if on.today <= due <= until and self._binds(due):
                yield DueDay(due=due, of=str(self.event), steps=self._told(event_day))

    def _told(self, event_day: date) -> tuple[str, str]:
        due = self._due_before(event_day)
        step = Step.LEAD if self.lead else Step.AHEAD
        return (
            Step.EVENT.tell(event=self.event, day=event_day),
            step.tell(lead=self.lead, due=due),
        )

    def _events(self, events: Events, on: Moment) -> tuple[date | None, date | None]:
        """The last event whose due day has passed, and the next one whose has not."""
        days = [day for day in days_of(self.event, events) if self._binds(self._due_before(day))]
        passed = [day for day in days if self._due_before(day) < on.today]
        coming = [day for day in days if self._due_before(day) >= on.today]
        return max(passed, default=None), min(coming, default=None)

    def _due_before(self, event_day: date) -> date:
        return self.lead.before(event_day) if self.lead else event_day

    def _start(self, event_day: date, events: Events) -> date:
        """Since when a document can be the announcement of the event of ``event_day``.

        An earlier event ends the time of its own announcements, if it was over by the due day:
        two events that stand close together may be announced by one document.
        """
        due = self._due_before(event_day)
        earlier = (day for day in days_of(self.event, events) if day < due)
        return max(max(earlier, default=date.min) + DAY, due - A_YEAR)

    def _unknown(self) -> Verdict:
        return event_unknown(self.event)
