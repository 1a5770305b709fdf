"""关联公开: the time limit of what another document calls for, judged document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from monitor.model import DayKind, Document, Moment, Pair, Seen, Status, Verdict
from monitor.timelimits import counting
from monitor.timelimits.clock import Clock, DueDay, Events, by_day, found_in, told, unknowable
from monitor.wording import MORE_PAIRS, Because, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedAfter(Clock):
    """关联公开: within ``days`` after a document of another requirement (``of``) was published.

    The pairs come with what is seen. A gap needs a document without a partner and without one
    that may be it, a due day counted on published holidays, and partners read back far enough.
    """

    kind: ClassVar[str] = "paired_after"
    of: str
    days: int
    day_kind: DayKind

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if seen.pairs is None:
            return unknowable(Because.PAIRS_NOT_READ)
        pairs = [pair for pair in seen.pairs if pair.of == self.of and self.asks_for(pair, on)]
        passed = [pair for pair in _open(pairs) if self._is_over(self.due_of(pair, on), on)]
        sure = [pair for pair in passed if pair.near is None and not self._flags(pair, on)]
        overdue = [pair for pair in sure if seen.coverage.reaches(pair.since)]
        if overdue:
            return self._missing(overdue, on)
        if unsure := next((pair for pair in passed if pair not in sure), None):
            return self._unsure(unsure, on)
        waiting = [pair for pair in _open(pairs) if pair not in passed and pair.near is None]
        if waiting and (verdict := self._soonest(waiting, on)).status is Status.DUE_SOON:
            return verdict
        return self._answered(pairs, seen, on)

    def asks_for(self, pair: Pair, on: Moment) -> bool:
        """Whether the rule was in force when the document was published, a year ago at most."""
        day = pair.trigger.day
        return day is not None and self._binds(day) and day >= self.since(on)

    def due_of(self, pair: Pair, on: Moment) -> date:
        """The last day for the partner of one document."""
        day = pair.trigger.day
        assert day is not None  # undated documents ask for nothing
        return counting.day_after(day, self.days, self.day_kind, on)

    def late_by(self, pair: Pair, on: Moment) -> int:
        """How late the first partner came; 0 when it was in time, or nobody can know."""
        first = pair.partners[0].day if pair.partners else None
        day = pair.trigger.day
        if first is None or day is None or any(one.day is None for one in pair.partners):
            return 0
        due = self.due_of(pair, on) + timedelta(days=self.grace)
        if counting.flags(day, max(first, due), self.day_kind, on):
            return 0
        return max(0, counting.days_between(due, first, self.day_kind, on))

    def tells(self, pair: Pair, on: Moment) -> tuple[str, ...]:
        """Tell, for 说明, how the due day of one document was counted."""
        day = pair.trigger.day
        assert day is not None
        due = self.due_of(pair, on)
        counted = counting.steps(day, self.days, due, self.day_kind, on)
        left = (due - on.today).days
        stands = Step.PAIR_LEFT.tell(days=left) if left >= 0 else Step.PAIR_OVERDUE.tell(days=-left)
        return (Step.PAIR.tell(day=day), *counted, stands)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        for pair in _open(seen.pairs or ()):
            if pair.of != self.of or not self.asks_for(pair, on):
                continue
            due = self.due_of(pair, on)
            if on.today <= due <= until:
                yield DueDay(
                    due=due,
                    of=f"《{_named(pair.trigger)}》",
                    steps=self.tells(pair, on),
                    flags=self._flags(pair, on),
                    is_unclear=pair.near is not None,
                )

    def left_open(self, day: DueDay, seen: Seen, on: Moment) -> Status:
        return Status.MISSING  # only what nothing answers is told

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.PAIRED.tell(of=self.of, days=self.days, kind=self.day_kind.label),)

    # --- verdicts ---

    def _missing(self, overdue: list[Pair], on: Moment) -> Verdict:
        first, *others = overdue
        return Verdict(
            status=Status.MISSING,
            because=Because.PAIR_MISSING,
            facts=self._facts(first, on)
            | {
                "others": MORE_PAIRS.format(count=len(others)) if others else "",
                "triggers": tuple(_named(pair.trigger) for pair in overdue),
            },
            since=min(pair.since for pair in overdue),
        )

    def _unsure(self, pair: Pair, on: Moment) -> Verdict:
        if pair.near is None:
            because, facts = Because.PAIR_PROVISIONAL, {}
        else:
            because, facts = Because.PAIR_UNCLEAR, {"title": _named(pair.near)}
        return Verdict(
            status=Status.UNSURE,
            because=because,
            facts=self._facts(pair, on) | facts,
            nearest=pair.near,
        )

    def _soonest(self, waiting: list[Pair], on: Moment) -> Verdict:
        pair = min(waiting, key=lambda one: self.due_of(one, on))
        verdict = self._waiting(self.due_of(pair, on), on)
        facts = self._facts(pair, on) | dict(verdict.facts)
        return replace(verdict, because=Because.PAIR_DUE, facts=facts)

    def _answered(self, pairs: list[Pair], seen: Seen, on: Moment) -> Verdict:
        """OK with what is there; late when the last answer came late."""
        last = next((pair for pair in reversed(pairs) if pair.partners), None)
        documents = list(seen.documents)
        if last is not None and (late_by := self.late_by(last, on)):
            facts = told(last.partners[0]) | {
                "due": self.due_of(last, on),
                "late_by": late_by,
                "day_kind": self.day_kind.label,
            }
            found = tuple(document for _, document in by_day(documents, on)[0])
            return Verdict(
                status=Status.OK,
                because=Because.FOUND_LATE,
                facts=facts,
                documents=tuple(dict.fromkeys((*last.partners, *found))),
            )
        # a partner may stand in a column of another item
        documents = documents or [partner for pair in pairs for partner in pair.partners]
        return found_in(documents, on) if documents else unknowable(Because.NO_PAIRS)

    def _facts(self, pair: Pair, on: Moment) -> dict[str, object]:
        return {
            "trigger": _named(pair.trigger),
            "published": pair.trigger.day,
            "due": self.due_of(pair, on),
        }

    def _flags(self, pair: Pair, on: Moment) -> tuple[str, ...]:
        day = pair.trigger.day
        if day is None:
            return ()
        return counting.flags(day, self.due_of(pair, on), self.day_kind, on)


def _open(pairs: Iterable[Pair]) -> Iterator[Pair]:
    return (pair for pair in pairs if not pair.partners)


def _named(document: Document) -> str:
    """A title to stand in 《》: its own quotations are inner ones."""
    return document.title.replace("《", "〈").replace("》", "〉")
