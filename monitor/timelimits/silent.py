"""无从判断: time limits whose breach nobody can see from outside, and one not judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.model import Moment, Seen, Verdict
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
