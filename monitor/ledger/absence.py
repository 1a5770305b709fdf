"""未见之夜: for entries seen for the first time, the last night that shows they were not there.

Whoever puts an entry up late may write any day on it. A list that was read that far and did not
hold it says better since when it can have been public.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from monitor.model import Coverage, Outcome
from monitor.store import rows, tables

#: (unit code, column id)
Place = tuple[str, str]

_DOCUMENTS: Final = tables.documents.c
#: titles asked for in one statement
_ASKED: Final = 500
#: scans that are searched for a second sight of an empty column
_LOOKED_BACK: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """未见: the night a list was last read, not only found to be unchanged, and how far."""

    on: date
    reach: Coverage
    was_empty: bool = False  # the page said so


def note_absence(
    memory: sa.Connection,
    added: Iterable[rows.Values],
    absences: Mapping[Place, Absence | None],
    *,
    scan: int,
    on: date,
) -> None:
    """Set ``last_absent_on`` of new entries; None where nothing proves they were not there.

    An entry that bears an earlier day than that night may also have moved: from another column, or
    to another address. Its title was seen before, then. And that a column is empty is believed at
    the second sight, as it is when a unit is told so: a site whose data is down says the same.
    """
    doubtful: dict[str, list[rows.Values]] = {}
    for values in added:
        absence = absences[values["unit"], values["column_id"]]
        if absence is None or absence.on >= on or values["first_seen_on"] != on:
            continue
        day = values["published_on"]
        if not absence.reach.reaches(day or date.min):
            continue
        values["last_absent_on"] = absence.on
        if day is not None and day < absence.on:
            doubtful.setdefault(values["unit"], []).append(values)
    for unit, late in doubtful.items():
        seen_before = _titles_before(memory, unit, {values["title"] for values in late}, scan)
        empty_twice = _empty_twice(memory, unit, scan) if _any_was_empty(late, absences) else set()
        for values in late:
            place = (unit, values["column_id"])
            absence = absences[place]
            believed = absence is not None and (not absence.was_empty or place[1] in empty_twice)
            if values["title"] in seen_before or not believed:
                values["last_absent_on"] = None


def _any_was_empty(late: Iterable[rows.Values], absences: Mapping[Place, Absence | None]) -> bool:
    found = (absences[values["unit"], values["column_id"]] for values in late)
    return any(absence is not None and absence.was_empty for absence in found)


def _titles_before(memory: sa.Connection, unit: str, titles: set[str], scan: int) -> set[str]:
    found: set[str] = set()
    asked = sorted(titles)
    for start in range(0, len(asked), _ASKED):
        query = sa.select(_DOCUMENTS.title).where(
            _DOCUMENTS.unit == unit,
            _DOCUMENTS.title.in_(asked[start : start + _ASKED]),
            _DOCUMENTS.first_scan < scan,
        )
        found.update(memory.scalars(query))
    return found


def _empty_twice(memory: sa.Connection, unit: str, scan: int) -> set[str]:
    """The columns of a unit that said in two of the last scans that they were empty."""
    seen = tables.columns_seen.c
    query = (
        sa.select(seen.column_id)
        .where(
            seen.scan.between(scan - _LOOKED_BACK, scan - 1),
            seen.unit == unit,
            seen.outcome == Outcome.SAYS_EMPTY.name,
        )
        .group_by(seen.column_id)
        .having(sa.func.count() > 1)
    )
    return set(memory.scalars(query))
