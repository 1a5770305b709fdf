"""公开时限: the kinds of time limit, each judging the documents that answer a requirement.

Every kind is a frozen record that satisfies ``model.TimeLimit``; its fields are those of the
clock in rules.yaml. ``KINDS`` at the end is the one list of them. A gap opens on the day after
the due day plus ``grace``; a document dated later than tomorrow counts as undated.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import ClassVar

from monitor.editions import (
    HOLD,
    Edition,
    SubjectPeriod,
    edition_of,
    edition_on,
    season_of,
    season_on,
)
from monitor.kinds import BadFields, build, kind_named
from monitor.model import (
    GAPS,
    Coverage,
    DayKind,
    Document,
    Grounds,
    Moment,
    Seen,
    Status,
    TimeLimit,
    Verdict,
)
from monitor.periods import DAY, Age, Every, MonthDay, Period, last_closed, months_later, period_of
from monitor.wording import Because, FieldFlaw, Flag, Step

Events = Mapping[str, tuple[date, ...]]

NOTHING = Seen(coverage=Coverage(to_end=True))
_A_YEAR = timedelta(days=366)
_PROVISIONAL = (Flag.PROVISIONAL.value,)
#: events whose day a page shows as its 成文日期
_WRITTEN = frozenset({"formed", "changed", "formed_or_changed", "issued", "replied"})

Dated = list[tuple[date, Document]]


@enum.unique
class Presence(enum.Enum):
    """有无: whether the item must be there even when no event is known."""

    MUST = "must"
    MAY = "may"


@enum.unique
class Suspend(enum.Enum):
    """停算: which days an age leaves out."""

    VACATION = "vacation"


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
        return on.today - _A_YEAR

    def asks(self, on: Moment) -> bool:
        """Whether an empty column would be a gap today, no event being known."""
        return self.judge(NOTHING, on).status in GAPS

    def period(self, on: Moment) -> str:
        """Return the name of the period judged today; "" for what has none."""
        return ""

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        """Tell how the days were counted, line by line."""
        return ()

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
        dated, undated = _by_day(seen.documents, on)
        if event_day is not None:
            return self._after(event_day, dated, undated, on)
        start = self._cycle(on).counts_from if self.outer else date.min
        current = [document for day, document in dated if day >= start] + undated
        if current:
            return self._judged(current, None, on)
        older = _newest(dated)
        if self.outer is not None:
            return self._past_outer(older, on)
        if self.presence is Presence.MUST:
            return Verdict(
                status=Status.MISSING, because=Because.NONE_IN_WINDOW, since=date.min
            )
        return _weak(Because.EVENT_UNKNOWN, event=self.event)

    def _after(
        self, event_day: date, dated: Dated, undated: list[Document], on: Moment
    ) -> Verdict:
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
            nearest=_newest(dated),
            since=event_day,
            flags=self._flags(event_day, due, on),
        )

    def _past_outer(self, older: Document | None, on: Moment) -> Verdict:
        cycle = self._cycle(on)
        if not self._is_over(cycle.due, on):
            return self._waiting(cycle.due, on)
        if not self._binds(cycle.due):
            return self._not_yet(_next_year(cycle.due))
        return Verdict(
            status=Status.MISSING,
            because=Because.OUTER_PASSED,
            facts={"due": cycle.due},
            nearest=older,
            since=cycle.counts_from,
            grounds=Grounds.DEFAULT if self.grounds is Grounds.LAW else self.grounds,
        )

    def _judged(
        self, current: list[Document], event_day: date | None, on: Moment
    ) -> Verdict:
        """OK; with the fact ``late_by`` when the first document after the event came late."""
        verdict = _found(current, on)
        dated = [document for day, document in _by_day(current, on)[0]]
        if not dated:
            return verdict
        answer = dated[-1] if event_day else dated[0]  # the first to answer an event
        start = event_day or (answer.written_on if self.event in _WRITTEN else None)
        if start is None or answer.day is None or not self._binds(start):
            return verdict
        due = self._due_after(start, on)
        late_by = self._days_between(due + timedelta(days=self.grace), answer.day, on)
        if late_by <= 0 or self._flags(start, answer.day, on):  # unknown holidays: no claim
            return verdict
        facts = _told(answer) | {
            "event_day": start,
            "due": due,
            "late_by": late_by,
            "day_kind": self.day_kind.label,
        }
        return replace(verdict, because=Because.FOUND_LATE, facts=facts)

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        if (event_day := self._event_day(events, on)) is not None:
            return self._due_after(event_day, on)
        return self._cycle(on).due if self.outer else None

    def since(self, on: Moment) -> date:
        if self.outer is not None:
            return self._cycle(on).counts_from
        return date.min if self.presence is Presence.MUST else on.today - _A_YEAR

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edited(Clock):
    """What owes one edition after another: the edition of the period, whatever else is there."""

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        edition = self._on(on.today)
        found: list[Document] = []
        unclear: list[Document] = []
        others: list[Document] = []
        for document in seen.documents:
            named = edition.is_named(document.title, _day_of(document, on))
            (unclear if named is None else found if named else others).append(document)
        if found:
            return _found(found, on)
        if not self._is_over(edition.due, on):
            return self._waiting(edition.due, on)
        if not self._binds(edition.due):
            return self._not_yet(self._in(edition.due.year + 1).due)
        if unclear:
            return _undated(unclear)
        return self._absent(edition, _by_day(others, on)[0], seen, on)

    def due(self, period: str, events: Events, on: Moment) -> date | None:
        judged = self._on(on.today)
        near = (self._in(judged.due.year + shift) for shift in (-1, 1))
        return next((edition.due for edition in near if edition.name == period), judged.due)

    def since(self, on: Moment) -> date:
        return self._on(on.today).counts_from

    def period(self, on: Moment) -> str:
        return self._on(on.today).name

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        edition = self._on(on.today)
        facts = {"period": edition.name, "opens": edition.counts_from, "due": edition.due}
        return (Step.EDITION.tell(**facts),)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic(Clock):
    """每期至少几条: ``min_count`` in the last closed period, or caught up with since.

    What came after the period's end counts too: a unit that has put it right is not STALE.
    """

    kind: ClassVar[str] = "periodic"
    every: Every
    min_count: int = 1

    def __post_init__(self) -> None:
        if self.min_count < 1:
            raise BadFields(("min_count", FieldFlaw.NOT_ZERO.tell()))

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        closed = self._closed(on)
        running = period_of(self.every, on.today, on.calendar)
        dated, undated = _by_day(seen.documents, on)
        since = [document for day, document in dated if day >= closed.first]
        if len(since) >= self.min_count:
            is_begun = dated[0][0] >= running.first
            is_long = (running.last - running.first).days > on.soon_days
            if is_long and not is_begun and (running.last - on.today).days <= on.soon_days:
                return replace(self._waiting(running.last, on), documents=tuple(since))
            return self._enough(closed, since)
        if not self._binds(closed.first):
            return self._not_yet(running.last)
        if not self._is_over(closed.last, on):
            return self._waiting(closed.last, on)
        if undated and (not dated or len(since) + len(undated) >= self.min_count):
            return _undated(undated)
        return Verdict(
            status=Status.STALE if dated else Status.MISSING,
            because=Because.TOO_FEW,
            facts={"period": closed.name, "count": len(since), "needed": self.min_count},
            nearest=_newest(dated),
            since=closed.first,
        )

    def _enough(self, closed: Period, since: list[Document]) -> Verdict:
        in_time = sum(1 for document in since if document.day and document.day <= closed.last)
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
        return (Step.CLOSED.tell(period=closed.name, **facts),)

    def _closed(self, on: Moment) -> Period:
        return last_closed(self.every, on.today, on.calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMaxAge(Clock):
    """更新时限: the newest dated entry is no older than ``max_age``; vacations may not count."""

    kind: ClassVar[str] = "column_max_age"
    max_age: Age
    suspend: Suspend | None = None

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if not self._binds(on.today):
            return self._not_yet(self.effective_from or on.today)
        dated, undated = _by_day(seen.documents, on)
        if not dated and undated:
            return _undated(undated)
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

    def since(self, on: Moment) -> date:
        return _oldest_within(self.max_age, self.suspend, self.grace, on)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        since = self.since(on)
        lines = [Step.MAX_AGE.tell(age=self.max_age, since=since)]
        if self.suspend and (days := on.calendar.vacation_days(since, on.today)):
            lines.append(Step.VACATION.tell(days=days))
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
            return Verdict(
                status=Status.MISSING, because=Because.NONE_IN_WINDOW, since=date.min
            )
        if self.review_every is None:
            return _found(list(seen.documents), on)
        dated, undated = _by_day(seen.documents, on)
        if not dated:
            return _undated(undated)
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
        return _found([document for _, document in dated], on)

    def since(self, on: Moment) -> date:
        return date.min

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        if self.review_every is None:
            return (Step.STANDING.tell(),)
        since = _oldest_within(self.review_every, None, self.grace, on)
        return (Step.STANDING.tell(), Step.REVIEW.tell(age=self.review_every, since=since))


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOccurrence(Clock):
    """发生时公开: nobody outside can know whether it happened, so absence is never a gap."""

    kind: ClassVar[str] = "on_occurrence"

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if seen.documents:
            return _found(list(seen.documents), on)
        return _weak(Because.NOTHING_EXPECTED_KNOWN)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.ON_OCCURRENCE.tell(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unspecified(Clock):
    """时限不明: the law says 及时 or 定期; absence is for the bureau to judge."""

    kind: ClassVar[str] = "unspecified"
    wording: str = ""

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if seen.documents:
            return _found(list(seen.documents), on)
        return _weak(Because.NO_TIME_LIMIT, wording=self.wording or "及时")

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.NO_TIME_LIMIT.tell(wording=self.wording or "及时"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _NotJudged(Clock):
    """A clock that is read and named, and decides only when it stands alone: UNSURE."""

    term: ClassVar[str]

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        return _weak(Because.KIND_NOT_JUDGED, kind=self.term)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.NOT_JUDGED.tell(kind=self.term),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedAfter(_NotJudged):
    """关联公开: within ``days`` after a document of another requirement (``of``)."""

    kind: ClassVar[str] = "paired_after"
    term: ClassVar[str] = "关联公开"
    of: str
    days: int
    day_kind: DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePeriod(_NotJudged):
    """公示期: stays up for at least ``days``."""

    kind: ClassVar[str] = "notice_period"
    term: ClassVar[str] = "公示期"
    days: int | None = None
    day_kind: DayKind = DayKind.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEvent(_NotJudged):
    """事前公开: at least ``lead`` ahead of ``event``."""

    kind: ClassVar[str] = "before_event"
    term: ClassVar[str] = "事前公开"
    event: str
    lead: Age | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownAfter(_NotJudged):
    """到期撤下: must be gone ``days`` after ``event``."""

    kind: ClassVar[str] = "takedown_after"
    term: ClassVar[str] = "到期撤下"
    event: str
    days: int = 0
    day_kind: DayKind = DayKind.CALENDAR


KINDS: dict[str, type[Clock]] = {
    limit.kind: limit
    for limit in (
        AfterEvent,
        YearlyBy,
        YearlyWindow,
        Season,
        Periodic,
        ColumnMaxAge,
        Standing,
        OnOccurrence,
        Unspecified,
        PairedAfter,
        NoticePeriod,
        BeforeEvent,
        TakedownAfter,
    )
}


def from_fields(kind: str, fields: Mapping[str, object]) -> TimeLimit:
    """Return the time limit of ``kind`` with the fields of rules.yaml, or raise BadFields."""
    return build(kind_named(kind, KINDS), fields)


def arithmetic(limit: TimeLimit, events: Events, on: Moment) -> tuple[str, ...]:
    """Tell, for 说明, how the days of ``limit`` are counted on this day, line by line."""
    if not isinstance(limit, Clock):
        return ()
    lines = list(limit.steps(events, on))
    if limit.effective_from is not None:
        lines.append(Step.IN_FORCE.tell(day=limit.effective_from))
    if limit.grace:
        lines.append(Step.GRACE.tell(grace=limit.grace))
    return (*lines, Step.TODAY.tell(today=on.today))


# --- what the kinds share --------------------------------------------------------------


def _day_of(document: Document, on: Moment) -> date | None:
    """Return the day of publication; None when there is none, or it lies in the future."""
    day = document.day
    return day if day is not None and day <= on.today + DAY else None


def _by_day(documents: Iterable[Document], on: Moment) -> tuple[Dated, list[Document]]:
    """Return the dated documents, newest first, and those without a day."""
    dated: Dated = []
    undated: list[Document] = []
    latest = on.today + DAY
    for document in documents:
        published = document.published
        if published is None or published.day > latest:
            undated.append(document)
        else:
            dated.append((published.day, document))
    dated.sort(key=itemgetter(0), reverse=True)
    return dated, undated


def _newest(dated: Dated) -> Document | None:
    return dated[0][1] if dated else None


def _told(document: Document) -> dict[str, object]:
    return {"title": document.title, "published": document.day}


def _found(documents: list[Document], on: Moment) -> Verdict:
    """Return OK with the documents, newest first and undated last."""
    dated, undated = _by_day(documents, on)
    found = (*(document for _, document in dated), *undated)
    because = Because.FOUND if dated else Because.FOUND_UNDATED
    return Verdict(status=Status.OK, because=because, facts=_told(found[0]), documents=found)


def _undated(documents: list[Document]) -> Verdict:
    """Return UNSURE: the entries may or may not be fresh, for they have no day to trust."""
    ahead = next((document for document in documents if document.day), None)
    if ahead is not None:
        because, facts = Because.DATED_AHEAD, _told(ahead)
    else:
        because, facts = Because.ENTRIES_UNDATED, {"count": len(documents)}
    return Verdict(
        status=Status.UNSURE, because=because, facts=facts, documents=tuple(documents)
    )


def _weak(because: Because, **facts: object) -> Verdict:
    return Verdict(status=Status.UNSURE, because=because, facts=facts, weak=True)


def _next_year(due: date) -> date:
    return months_later(due, 12)


def _lapses(day: date, age: Age, suspend: Suspend | None, on: Moment) -> date:
    """Return the last day on which an entry of ``day`` is no older than ``age``."""
    lapses = ends = age.after(day)
    if suspend is None:
        return lapses
    while (moved := lapses + timedelta(days=on.calendar.vacation_days(day, ends))) > ends:
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
