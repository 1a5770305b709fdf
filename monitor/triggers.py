"""起算事件: an event that is the publication of another item, and the name events go by."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

#: events that start no clock and that judgements know: a site that is moved, with the office's
#: consent, and an inspection that was announced
MIGRATION = "网站迁移"
INSPECTION = "上级检查"


@enum.unique
class DayOf(enum.Enum):
    """哪一天 of a publication starts a clock. The value is the key in rules.yaml."""

    PUBLISHED = "published"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationOf:
    """另一事项的公开 as an event: on the days its documents were published, or written.

    ``name`` is that of the other item, for sentences; the catalog fills it in.
    """

    of: str  # requirement id
    day: DayOf = DayOf.PUBLISHED
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.name or self.of}{'成文' if self.day is DayOf.WRITTEN else '公开'}"


#: what starts a clock: an event of the sheet 事件登记 by its name, or a publication
Trigger = str | PublicationOf


def event_key(trigger: Trigger) -> str:
    """The name under which the days of an event stand among all; no sheet can hold that of a
    publication.
    """
    if isinstance(trigger, str):
        return trigger
    return f"\n{trigger.of} {trigger.day.value}"
