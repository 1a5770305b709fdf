"""What every kind of time limit shares: its fields, its answers, and how it sees documents."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import ClassVar

from monitor.dating import counted_on
from monitor.model import GAPS, Coverage, Document, Grounds, Moment, Seen, Status, Verdict
from monitor.periods import DAY
from monitor.triggers import Trigger, event_key
from monitor.wording import Because, Step

Events = Mapping[str, tuple[date, ...]]
Dated = list[tuple[date, Document]]

A_YEAR = timedelta(days=366)
HALF_A_YEAR = timedelta(days=180)
_NOTHING = Seen(coverage=Coverage(to_end=True))


@enum.unique
class Act(enum.Enum):
    """要做的事 by a due day. The value is the word people read."""

    PUBLISH = "公开"
    RENEW = "更新"  # something is there, and grows too old
    REMOVE = "撤下"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """到期日: a day ahead by which something must be done, and how it was counted.

    ``of`` is what started the count: an event, a document, the newest entry of a column.
    """

    due: date
    period: str = ""  # 期次; "" for what has none
    of: str = ""
    steps: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    act: Act = Act.PUBLISH
    is_unclear: bool = False  # something stands there that may be the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What all kinds share: on what it rests, the grace in calendar days, since when it holds."""

    kind: ClassVar[str]
    grounds: Grounds
    grace: int = 0
    effective_from: date | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        """Judge the documents that answer the requirement; every kind does."""
        raise NotImplementedError

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        """Return the day by which it is due; None for what has no day."""
        return None

    def since(self, on: Moment) -> date:
        """Return how far back a list must have been read; date.min: to its end."""
        return on.today - A_YEAR

    def asks(self, on: Moment) -> bool:
        """Whether an empty column would be a gap today, no event being known."""
        return self.judge(_NOTHING, on).status in GAPS

    def period(self, on: Moment) -> str:
        """Return the name of the period judged today; "" for what has none."""
        return ""

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        """Tell how the days were counted, line by line."""
        return ()

    def counted(self, documents: Iterable[Document], events: Events, on: Moment) -> tuple[str, ...]:
        """Tell the same for these documents, where their own days start the count."""
        return self.steps(events, on)

    def coming(self, seen: Seen, on: Moment, until: date) -> Iterator[DueDay]:
        """Yield the due days from today to ``until``, as far as they can be known today.

        An event counts as soon as it is known, also one that is still to happen. What is answered
        already is told too; see ``left_open``.
        """
        yield from ()

    def left_open(self, day: DueDay, seen: Seen, on: Moment) -> Status:
        """How it stands on the day after, without the grace, if nothing more is published."""
        after = replace(on, today=day.due + DAY)
        return replace(self, grace=0).judge(replace(seen, period=day.period), after).status

    def _binds(self, due: date) -> bool:
        """Whether the rule was in force on ``due``."""
        return self.effective_from is None or due >= self.effective_from

    def _is_over(self, due: date, on: Moment) -> bool:
        """Whether ``due`` and the grace after it have passed."""
        return (on.today - due).days > self.grace

    def _waiting(self, due: date, on: Moment) -> Verdict:
        """Nothing is there and nothing is late: OK, or DUE_SOON when few days are left."""
        last = due if on.today <= due else due + timedelta(days=self.grace)
        left = (last - on.today).days
        facts = {"due": last, "days": left}
        if left <= on.soon_days:
            return Verdict(status=Status.DUE_SOON, because=Because.DUE_SOON, facts=facts)
        return Verdict(status=Status.OK, because=Because.NOT_YET_DUE, facts=facts)

    def _not_yet(self, due: date) -> Verdict:
        return Verdict(status=Status.OK, because=Because.NOT_YET_DUE, facts={"due": due})


def day_of(document: Document, on: Moment) -> date | None:
    """Return the day that counts; None when there is none, or it lies in the future."""
    day = document.day
    return counted_on(document) if day is not None and day <= on.today + DAY else None


def by_day(documents: Iterable[Document], on: Moment) -> tuple[Dated, list[Document]]:
    """Return the dated documents, newest first, and those without a day."""
    dated: Dated = []
    undated: list[Document] = []
    latest = on.today + DAY
    for document in documents:
        published = document.published
        if published is None or published.day > latest:
            undated.append(document)
        else:
            day = published.day if document.redated_from is None else counted_on(document)
            dated.append((day or published.day, document))
    dated.sort(key=itemgetter(0), reverse=True)
    return dated, undated


def newest_of(dated: Dated) -> Document | None:
    return dated[0][1] if dated else None


def told(document: Document) -> dict[str, object]:
    return {"title": document.title, "published": document.day}


def found_in(documents: list[Document], on: Moment) -> Verdict:
    """Return OK with the documents, newest first and undated last."""
    dated, undated = by_day(documents, on)
    found = (*(document for _, document in dated), *undated)
    because = Because.FOUND if dated else Because.FOUND_UNDATED
    return Verdict(status=Status.OK, because=because, facts=told(found[0]), documents=found)


def undated_only(documents: list[Document]) -> Verdict:
    """Return UNSURE: the entries may or may not be fresh, for they have no day to trust."""
    ahead = next((document for document in documents if document.day), None)
    if ahead is not None:
        because, facts = Because.DATED_AHEAD, told(ahead)
    else:
        because, facts = Because.ENTRIES_UNDATED, {"count": len(documents)}
    return Verdict(status=Status.UNSURE, because=because, facts=facts, documents=tuple(documents))


def unknowable(because: Because, **facts: object) -> Verdict:
    return Verdict(status=Status.UNSURE, because=because, facts=facts, weak=True)


def event_unknown(trigger: Trigger) -> Verdict:
    """Nobody registered the event, or no document of the other item was seen."""
    is_registered = isinstance(trigger, str)
    because = Because.EVENT_UNKNOWN if is_registered else Because.EVENT_NOT_SEEN
    return unknowable(because, event=str(trigger))


def is_unclear(trigger: Trigger, event_day: date, older: Document | None) -> bool:
    """Whether ``older`` may well be the answer to what was taken for an event of ``event_day``.

    Publications are found by the words of a title, so a second one may be no event of its own.
    """
    if isinstance(trigger, str) or older is None or older.day is None:
        return False
    return older.day >= event_day - HALF_A_YEAR


def unclear_answer(gap: Verdict) -> Verdict:
    """The same for a person to decide."""
    assert gap.nearest is not None
    facts = dict(gap.facts) | told(gap.nearest)
    return replace(gap, status=Status.UNSURE, because=Because.ANSWER_UNCLEAR, facts=facts)


def step_of_unknown(trigger: Trigger) -> str:
    """The same as a line of the arithmetic."""
    step = Step.NO_EVENT if isinstance(trigger, str) else Step.EVENT_NOT_SEEN
    return step.tell(event=trigger)


def days_of(trigger: Trigger, events: Events) -> tuple[date, ...]:
    """The days of an event that are known."""
    return events.get(event_key(trigger), ())
