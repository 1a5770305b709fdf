"""公开时限: the kinds of time limit, each judging the documents that answer a requirement.

Every kind is a frozen record that satisfies ``model.TimeLimit``; its fields are those of the
clock in rules.yaml. ``KINDS`` is the one list of them. A gap opens on the day after the due
day plus ``grace``; a document dated later than tomorrow counts as undated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from monitor.kinds import build, kind_named
from monitor.model import Document, Moment, TimeLimit
from monitor.timelimits.ahead import BeforeEvent
from monitor.timelimits.clock import Act, Clock, DueDay, Events
from monitor.timelimits.editions import SubjectPeriod
from monitor.timelimits.events import AfterEvent, Presence
from monitor.timelimits.freshness import ColumnMaxAge, Periodic, Standing, Suspend
from monitor.timelimits.notices import NoticePeriod, TakedownAfter
from monitor.timelimits.paired import PairedAfter
from monitor.timelimits.silent import OnOccurrence, Unspecified
from monitor.timelimits.yearly import Season, YearlyBy, YearlyWindow
from monitor.wording import Step

__all__ = [
    "KINDS",
    "Act",
    "AfterEvent",
    "BeforeEvent",
    "Clock",
    "ColumnMaxAge",
    "DueDay",
    "NoticePeriod",
    "OnOccurrence",
    "PairedAfter",
    "Periodic",
    "Presence",
    "Season",
    "Standing",
    "SubjectPeriod",
    "Suspend",
    "TakedownAfter",
    "Unspecified",
    "YearlyBy",
    "YearlyWindow",
    "arithmetic",
    "from_fields",
]

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


def arithmetic(
    limit: TimeLimit, events: Events, on: Moment, documents: Iterable[Document] = ()
) -> tuple[str, ...]:
    """Tell, for 说明, how the days of ``limit`` are counted on this day, line by line.

    ``documents``: those that answer the item, for clocks that start at their days.
    """
    if not isinstance(limit, Clock):
        return ()
    lines = list(limit.counted(tuple(documents), events, on))
    if limit.effective_from is not None:
        lines.append(Step.IN_FORCE.tell(day=limit.effective_from))
    if limit.grace:
        due = limit.due(limit.period(on), events, on)
        step = Step.GRACE_TO if due else Step.GRACE
        lines.append(step.tell(grace=limit.grace, last=due and due + timedelta(days=limit.grace)))
    return (*lines, Step.TODAY.tell(today=on.today))
