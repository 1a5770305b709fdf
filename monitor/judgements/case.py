"""卷宗: all that a night knows of one unit, laid before the judgements. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monitor.model import (
    JUDGED,
    Assessment,
    Column,
    Extract,
    Obligation,
    Observation,
    Unit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """卷宗 of one unit: what it owes, how that was judged, and tonight's look at each column."""

    unit: Unit
    judged: tuple[tuple[Obligation, Assessment], ...] = ()
    looks: Mapping[str, Observation] = field(default_factory=dict)  # by column id
    columns: Mapping[str, Column] = field(default_factory=dict)  # of the catalog, by id
    superior: Mapping[str, Observation] = field(default_factory=dict)  # looks at 主管单位's columns
    texts: Mapping[str, tuple[Extract, ...]] = field(default_factory=dict)  # by Document.digest
    members: tuple[Unit, ...] = ()  # the units under this one

    def name_of(self, column: str) -> str:
        """The name a reader knows a column by."""
        known = self.columns.get(column)
        return known.name if known else column

    @property
    def read(self) -> Iterator[tuple[str, Observation]]:
        """The looks that may be judged: opened to some end, with the unit's own name."""
        for column, look in self.looks.items():
            if look.outcome in JUDGED and look.identity_seen:
                yield column, look
