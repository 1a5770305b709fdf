"""无从判断: time limits whose breach nobody can see from outside, and those not judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.model import DayKind, Moment, Seen, Verdict
from monitor.periods import Age
from monitor.timelimits.clock import Clock, Events, found_in, unknowable
from monitor.wording import Because, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOccurrence(Clock):
    """发生时公开: nobody outside can know whether it happened, so absence is never a gap."""

    kind: ClassVar[str] = "on_occurrence"

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if seen.documents:
            return found_in(list(seen.documents), on)
        return unknowable(Because.NOTHING_EXPECTED_KNOWN)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.ON_OCCURRENCE.tell(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unspecified(Clock):
    """时限不明: the law says 及时 or 定期; absence is for the bureau to judge."""

    kind: ClassVar[str] = "unspecified"
    wording: str = ""

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        if seen.documents:
            return found_in(list(seen.documents), on)
        return unknowable(Because.NO_TIME_LIMIT, wording=self.wording or "及时")

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.NO_TIME_LIMIT.tell(wording=self.wording or "及时"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _NotJudged(Clock):
    """A clock that is read and named, and decides only when it stands alone: UNSURE."""

    term: ClassVar[str]

    def judge(self, seen: Seen, on: Moment) -> Verdict:
        return unknowable(Because.KIND_NOT_JUDGED, kind=self.term)

    def steps(self, events: Events, on: Moment) -> tuple[str, ...]:
        return (Step.NOT_JUDGED.tell(kind=self.term),)


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
