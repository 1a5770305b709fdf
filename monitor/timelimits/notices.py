"""公示与撤下: how long something must stay up, and when it must be gone again.

Both ends are told by the memory, not by one look: an entry that was listed and is not any more
(``Seen.removed``). What was taken down rightly is no gap, and what stays too long opens none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from monitor.kinds import BadFields
from monitor.model import DayKind, Document, Moment, Removal, Seen, Status, Verdict
from monitor.timelimits import counting
from monitor.timelimits.clock import (
    HALF_A_YEAR,
    Act,
    Clock,
    Dated,
    DueDay,
    Events,
    by_day,
    day_of,
    days_of,
    event_unknown,
    found_in,
    step_of_unknown,
    told,
    unknowable,
)
from monitor.triggers import Trigger
from monitor.wording import Because, FieldFlaw, Step

#: notices whose days are told in an explanation, the newest first
_TOLD = 3
#: the event of a document that is its own publication
OWN_PUBLICATION = frozenset({"公开", "发布"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePeriod(Clock):
    """公示期: a notice stays up for at least ``days`` from its publication.

    A notice cut short is a gap only where two nights prove it: one that listed it, and one before
    its last day that read its part of the list whole and did not. It stays one for half a year,
    unless something newer of the kind stands there. Nothing else about a notice is a gap: whether
    there was one to publish nobody can see, and one that vanished unseen may have stayed to the
    end. ``grace`` makes the period that much shorter.
    """

    kind: ClassVar[str] = "notice_period"
    days: int | None = None
    day_kind: DayKind = DayKind.WORKING

    def __post_init__(self) -> None:
        if self.days == 0:
            raise BadFields(("days", FieldFlaw.NOT_ZERO.tell()))

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        if not seen.removed:
            return self._listed(seen.documents, on) if seen.documents else _nothing()
        dated, _ = by_day(seen.documents, on)
        cut_short = [one for one in seen.removed if self._is_cut_short(one, dated, on)]
        if cut_short:
            return self._gap(max(cut_short, key=_last_listed), on)
        if seen.documents:
            return self._listed(seen.documents, on)
        over = [one for one in seen.removed if self._has_stayed(one, on)]
        if over:
            document = max(over, key=_last_listed).document
            return Verdict(status=Status.OK, because=Because.NOTICE_OVER, facts=told(document))
        return _nothing()

    def _listed(self, documents: tuple[Document, ...], on: Moment) -> Verdict:
        verdict = found_in(list(documents), on)
        newest = verdict.documents[0]  # the last of all to come to its end
        day = day_of(newest, on)
        due = self._due_after(day, on) if day else None
        if due is None or due < on.today:
            return verdict
        return replace(verdict, because=Because.ON_NOTICE, facts=told(newest) | {"due": due})

    def _is_cut_short(self, removal: Removal, listed: Dated, on: Moment) -> bool:
        day = removal.document.day
        if day is None or not self._binds(day) or removal.missed_on > on.today:
            return False
        if any(newer >= day for newer, _ in listed):
            return False
        due = self._due_after(day, on)
        if due is None or counting.flags(day, due, self.day_kind, on):
            return False
        is_early = removal.missed_on + timedelta(days=self.grace) < due
        return is_early and on.today <= due + HALF_A_YEAR

    def _has_stayed(self, removal: Removal, on: Moment) -> bool:
        day = removal.document.day
        due = self._due_after(day, on) if day else None
        return due is not None and due <= removal.listed_on and on.today <= due + HALF_A_YEAR

    def _gap(self, removal: Removal, on: Moment) -> Verdict:
        document = removal.document
        assert document.day is not None
        facts = told(document) | {
            "due": self._due_after(document.day, on),
            "listed_on": removal.listed_on,
            "missed_on": removal.missed_on,
        }
        return Verdict(
            status=Status.MISSING,
            because=Because.NOTICE_CUT_SHORT,
            facts=facts,
            nearest=document,
            since=document.day,
        )

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        if self.days is None:
            return (Step.NOTICE_OPEN.tell(),)
        return (Step.NOTICE_DAYS.tell(days=self.days, day_kind=self.day_kind.label),)

    def counted(self, documents: Iterable[Document], events: Events, on: Moment) -> tuple[str, ...]:
        lines = list(self.steps(events, on))
        for day, document in by_day(documents, on)[0][:_TOLD]:
            if (due := self._due_after(day, on)) is not None and self.days is not None:
                lines.append(Step.NOTICE_FROM.tell(title=document.title, day=day))
                lines += counting.steps(day, self.days, due, self.day_kind, on)
        return tuple(lines)

    def _due_after(self, day: date, on: Moment) -> date | None:
        """The last day of the period of a notice of ``day``; None if no number of days is set."""
        if self.days is None:
            return None
        return counting.day_after(day, self.days, self.day_kind, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownAfter(Clock):
    """到期撤下: must be gone ``days`` after ``event``.

    What is still there is public, so the verdict is OK: none of the statuses says 超期未撤, and a
    gap would call something missing that is there. The overstay is the fact ``overstay_by``, with
    the document and its due day, for the officer to pass on in private: such lists name children.
    Which of several documents an event means nobody can read from their titles; then the verdict
    names none. The event 公开 or 发布 is each document's own publication, and tells them apart.

    An empty column is what this clock asks for, so it has no strong word of its own there, unless
    the memory knows what was taken down.
    """

    kind: ClassVar[str] = "takedown_after"
    event: Trigger
    days: int = 0
    day_kind: DayKind = DayKind.CALENDAR

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        if not seen.documents:
            return self._absent(seen, on)
        verdict = found_in(list(seen.documents), on)
        if self.event not in OWN_PUBLICATION and not days_of(self.event, seen.events):
            return verdict
        concerned = self._concerned(by_day(seen.documents, on)[0], seen.events, on)
        overdue = [one for one in concerned if self._is_overdue(*one, on)]
        if not overdue:
            return verdict
        document, start, due = overdue[-1]
        facts = told(document) | {"due": due, "day_kind": self.day_kind.label}
        if len(concerned) > 1 and self.event not in OWN_PUBLICATION:
            if on.today > due + HALF_A_YEAR:  # as asked as it will ever be
                return verdict
            facts |= {"count": len(concerned)}
            return replace(verdict, because=Because.OVERSTAY_OPEN, facts=facts)
        last = due + timedelta(days=self.grace)
        overstay_by = counting.days_between(last, on.today, self.day_kind, on)
        if overstay_by <= 0:  # nothing but days off since
            return verdict
        facts |= {"overstay_by": overstay_by, "event_day": start}
        return replace(verdict, because=Because.OVERSTAYED, facts=facts)

    def _absent(self, seen: Seen, on: Moment) -> Verdict:
        documents = [removal.document for removal in seen.removed]
        gone = [one for one in by_day(documents, on)[0] if self._concerned([one], seen.events, on)]
        if gone:
            return Verdict(status=Status.OK, because=Because.TAKEN_DOWN, facts=told(gone[0][1]))
        if self.may_have_taken_down(date.min, on.today, seen.events):
            return unknowable(Because.MAY_BE_TAKEN_DOWN)
        return event_unknown(self.event)

    def may_have_taken_down(self, first: date, last: date, events: Events) -> bool:
        """Whether something of ``first`` may have had to go by ``last``, as far as is known."""
        if self.event in OWN_PUBLICATION:
            return True
        return any(first <= day <= last for day in self._days(events))

    def _concerned(
        self, dated: Dated, events: Events, on: Moment
    ) -> list[tuple[Document, date, date]]:
        """The documents that must go, newest first, each with its first day and its due day."""
        if self.event in OWN_PUBLICATION:
            starts = [(document, day) for day, document in dated if self._binds(day)]
        else:
            event_day = max((day for day in self._days(events) if day <= on.today), default=None)
            if event_day is None:
                return []
            starts = [(document, event_day) for day, document in dated if day <= event_day]
        return [
            (document, start, counting.day_after(start, self.days, self.day_kind, on))
            for document, start in starts
        ]

    def _is_overdue(self, document: Document, start: date, due: date, on: Moment) -> bool:
        is_guess = counting.flags(start, on.today, self.day_kind, on)
        return self._is_over(due, on) and not is_guess

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        event_day = max((day for day in self._days(events) if day <= on.today), default=None)
        if event_day is None:
            return None
        return counting.day_after(event_day, self.days, self.day_kind, on)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        """The days by which what stands there must be gone; of one event told once."""
        dated, _ = by_day(seen.documents, on)
        is_own = self.event in OWN_PUBLICATION
        if is_own:
            starts = [(day, document) for day, document in dated if self._binds(day)]
        else:
            days = self._days(seen.events)
            found = ((day, next((one for at, one in dated if at <= day), None)) for day in days)
            starts = [(day, document) for day, document in found if document]
        for start, document in starts:
            due = counting.day_after(start, self.days, self.day_kind, on)
            if on.today <= due <= until:
                first = (
                    Step.ON_ITS_OWN.tell(title=document.title, day=start)
                    if is_own
                    else Step.EVENT.tell(event=self.event, day=start)
                )
                yield DueDay(
                    due=due,
                    of=document.title if is_own else str(self.event),
                    steps=(first, *counting.steps(start, self.days, due, self.day_kind, on)),
                    flags=counting.flags(start, due, self.day_kind, on),
                    act=Act.REMOVE,
                )

    def left_open(self, day: DueDay, seen: Seen, on: Moment) -> Status:
        return Status.MISSING  # it is told only while it stands there

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        if self.event in OWN_PUBLICATION:
            return (Step.TAKE_DOWN.tell(days=self.days, day_kind=self.day_kind.label),)
        event_day = max((day for day in self._days(events) if day <= on.today), default=None)
        if event_day is None:
            return (step_of_unknown(self.event),)
        due = counting.day_after(event_day, self.days, self.day_kind, on)
        return (
            Step.EVENT.tell(event=self.event, day=event_day),
            *counting.steps(event_day, self.days, due, self.day_kind, on),
        )

    def counted(self, documents: Iterable[Document], events: Events, on: Moment) -> tuple[str, ...]:
        lines = list(self.steps(events, on))
        if self.event in OWN_PUBLICATION:
            for document, start, due in self._concerned(by_day(documents, on)[0], events, on)[
                :_TOLD
            ]:
                lines.append(Step.ON_ITS_OWN.tell(title=document.title, day=start))
                lines += counting.steps(start, self.days, due, self.day_kind, on)
        return tuple(lines)

    def _days(self, events: Events) -> list[date]:
        return [day for day in days_of(self.event, events) if self._binds(day)]


def _nothing() -> Verdict:
    return unknowable(Because.NOTHING_EXPECTED_KNOWN)


def _last_listed(removal: Removal) -> date:
    return removal.listed_on
