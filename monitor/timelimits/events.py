"""事后公开: time limits that an event starts."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import ClassVar

from monitor.dating import appeared_on, is_backdated
from monitor.model import DayKind, Document, Grounds, Moment, Seen, Status, Verdict
from monitor.periods import MonthDay, months_later
from monitor.timelimits.clock import (
    A_YEAR,
    Clock,
    Dated,
    Events,
    by_day,
    found_in,
    newest_of,
    told,
    unknowable,
)
from monitor.timelimits.editions import Edition, edition_on
from monitor.wording import Because, Flag, Step

_PROVISIONAL = (Flag.PROVISIONAL.value,)
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
    """

    kind: ClassVar[str] = "after_event"
    event: str
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
            return self._after(event_day, dated, undated, on)
        start = self._cycle(on).counts_from if self.outer else date.min
        current = [document for day, document in dated if day >= start] + undated
        if current:
            return self._judged(current, None, on)
        older = newest_of(dated)
        if self.outer is not None:
            return self._past_outer(older, on)
        if self.presence is Presence.MUST:
            return Verdict(status=Status.MISSING, because=Because.NONE_IN_WINDOW, since=date.min)
        return unknowable(Because.EVENT_UNKNOWN, event=self.event)

    def _after(self, event_day: date, dated: Dated, undated: list[Document], on: Moment) -> Verdict:
        current = [document for day, document in dated if day >= event_day]
        if current or undated:
            return self._judged(current + undated, event_day, on)
        due = self._due_after(event_day, on)
        if not self._is_over(due, on):
            return self._waiting(due, on)
        return Verdict(
            status=Status.MISSING,
            because=Because.EVENT_OVERDUE,
            facts={"event": self.event, "event_day": event_day, "due": due},
            nearest=newest_of(dated),
            since=event_day,
            flags=self._flags(event_day, due, on),
        )

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

    def _judged(self, current: list[Document], event_day: date | None, on: Moment) -> Verdict:
        """OK; with the fact ``late_by`` when the first document after the event came late."""
        verdict = found_in(current, on)
        dated = [
            (appeared_on(document) or day, document) for day, document in by_day(current, on)[0]
        ]
        if not dated:
            return verdict
        # the first to answer an event
        day, answer = min(dated, key=itemgetter(0)) if event_day else dated[0]
        start = event_day or (answer.written_on if self.event in _WRITTEN else None)
        if start is None or not self._binds(start):
            return verdict
        due = self._due_after(start, on)
        late_by = self._days_between(due + timedelta(days=self.grace), day, on)
        if late_by <= 0 or self._flags(start, day, on):  # unknown holidays: no claim
            return verdict
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
            lines = [Step.NO_EVENT.tell(event=self.event)]
            if self.outer is not None:
                lines.append(Step.OUTER.tell(due=self._cycle(on).due))
            return tuple(lines)
        due = self._due_after(event_day, on)
        skipped = (due - event_day).days - self.days
        step = Step.COUNT_WORKING if self.day_kind is DayKind.WORKING else Step.COUNT_CALENDAR
        return (
            Step.EVENT.tell(event=self.event, day=event_day),
            step.tell(days=self.days, skipped=skipped, due=due),
            *self._flags(event_day, due, on),
        )

    def _event_day(self, events: Events, on: Moment) -> date | None:
        """Return the last day of the event up to today that the rule covers."""
        days = events.get(self.event, ())
        return max((day for day in days if day <= on.today and self._binds(day)), default=None)

    def _due_after(self, event_day: date, on: Moment) -> date:
        if self.day_kind is DayKind.WORKING:
            return on.calendar.add_workdays(event_day, self.days)
        return event_day + timedelta(days=self.days)

    def _days_between(self, due: date, day: date, on: Moment) -> int:
        if self.day_kind is DayKind.WORKING:
            return on.calendar.workdays_between(due, day)
        return (day - due).days

    def _flags(self, first: date, last: date, on: Moment) -> tuple[str, ...]:
        counts = self.day_kind is DayKind.WORKING
        return _PROVISIONAL if counts and on.calendar.is_provisional(first, last) else ()

    def _cycle(self, on: Moment) -> Edition:
        assert self.outer is not None  # asked for only where an outer day is given
        return edition_on(on.today, self.outer, opens=None, subject=None)
