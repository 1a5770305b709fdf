"""名录覆盖: one document, or one row, for each unit of a roster. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from monitor.completeness.lines import lines_of
from monitor.model import (
    ALONE,
    Beside,
    Document,
    Grounds,
    Place,
    Reading,
    Shortfall,
    Trait,
    Unit,
    UnitType,
)
from monitor.textform import passing_form

#: what a list inside a county leaves out of the names of its schools
_DISTRICT = re.compile(r"^.{1,8}?[省市县区旗]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCoverage:
    """名录覆盖: each unit of these types under the publishing one is named in a title or a row.

    Names differ from list to list; a unit is covered when any of its names is found, with its
    county or without.
    """

    kind: ClassVar[str] = "roster_coverage"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()
    name: str
    of: tuple[UnitType, ...]
    needs: tuple[Trait, ...] = ()
    grounds: Grounds = Grounds.DEFAULT

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the members that no document of the list names, and where others are named."""
        members = [unit for unit in beside.members if self._counts(unit)]
        if not members:
            return Shortfall()
        titles = "\x00".join(passing_form(one.title) for one in beside.listed)
        lines = [
            line
            for one in beside.listed
            if one.digest
            for line in lines_of(beside.texts.get(one.digest, ()))
        ]
        places, absent = [], []
        for unit in members:
            forms = _forms(unit)
            line = next((line for line in lines if any(form in line.text for form in forms)), None)
            if any(form in titles for form in forms):
                places.append(Place(word=unit.name, where="标题"))
            elif line is not None:
                places.append(Place(word=unit.name, where=line.place()))
            else:
                absent.append(unit.name)
        is_whole = beside.coverage.to_end and all(
            one.reading is Reading.WHOLE and beside.texts.get(one.digest) for one in beside.listed
        )
        if is_whole:
            return Shortfall(missing=tuple(absent), places=tuple(places))
        return Shortfall(unread=self.names if absent else (), places=tuple(places))

    def _counts(self, unit: Unit) -> bool:
        has_traits = all(unit.traits.get(trait) for trait in self.needs)
        return unit.active and has_traits and not unit.types.isdisjoint(self.of)


def _forms(unit: Unit) -> tuple[str, ...]:
    whole = [passing_form(name) for name in unit.names]
    short = [_DISTRICT.sub("", name) for name in whole]
    return tuple(form for form in dict.fromkeys((*whole, *short)) if len(form) >= _SHORTEST)
