"""卷宗: all that a night knows of one unit, laid before the judgements. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from monitor.model import (
    JUDGED,
    Assessment,
    Claim,
    Column,
    ColumnPast,
    Document,
    Earlier,
    Extract,
    Obligation,
    Observation,
    Removal,
    Unit,
    Yield,
)

#: of an obligation: unit code, requirement id, period
Key = tuple[str, str, str]


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
    published: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # that start clocks
    claims: Mapping[Key, Claim] = field(default_factory=dict)  # by the obligations of today
    earlier: Mapping[Key, Earlier] = field(default_factory=dict)  # when such a finding began
    yields: Mapping[str, tuple[Yield, ...]] = field(default_factory=dict)  # before, the last first
    removed: tuple[Removal, ...] = ()  # what a night shows to be gone from the unit's columns
    pasts: Mapping[str, ColumnPast] = field(default_factory=dict)  # of columns asked for

    def name_of(self, column: str) -> str:
        """The name a reader knows a column by."""
        known = self.columns.get(column)
        return known.name if known else column

    def text_of(self, document: Document) -> str | None:
        """The words of an entry's own page and files; None when they were not kept."""
        kept = self.texts.get(document.digest) if document.digest else None
        return words_of(kept) if kept else None

    def days_of(self, event: str) -> tuple[date, ...]:
        """The days of a registered event of the unit."""
        return next((owed.events.get(event, ()) for owed, _ in self.judged), ())

    @property
    def read(self) -> Iterator[tuple[str, Observation]]:
        """The looks that may be judged: opened to some end, with the unit's own name."""
        for column, look in self.looks.items():
            if look.outcome in JUDGED and look.identity_seen:
                yield column, look


def words_of(extracts: Iterable[Extract]) -> str:
    """Without the rows of tables, which the page's own words hold already."""
    return "\n".join(one.text for one in extracts if one.file or not one.row)
