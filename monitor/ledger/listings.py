"""条目台账: what columns listed in one scan → the interval rows of their documents.

An entry gets a row when it appears, or when its title or day changes; the row is closed with the
last scan that still listed it. Nights in between write nothing, nor do those that only move its day
along with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.addresses import identities, identity
from monitor.ledger.absence import Absence, Place, note_absence
from monitor.ledger.before import Held, held_before, keep_before
from monitor.ledger.sightings import KEPT, LastLook, continues, kept
from monitor.model import Document
from monitor.store import rows, tables
from monitor.store.types import storable

_DOCUMENTS: Final = tables.documents.c
_MAY_BE_EMPTY: Final = frozenset(column.name for column in _DOCUMENTS if column.nullable)
#: a column's id and the identity of an entry in it
Entry = tuple[str, str]
#: identities asked for in one statement
_ASKED: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """一次列表: what one column lists in this scan, and the scan that last listed it."""

    place: Place
    documents: tuple[Document, ...]
    last: LastLook | None = None
    absence: Absence | None = None


def store_listings(
    memory: sa.Connection, listings: Sequence[Listing], *, scan: int, on: date
) -> None:
    """Bring the documents of these columns to what ``scan``, in the night ``on``, saw."""
    known = _still_listed(memory, [listing.place for listing in listings if listing.last])
    added: list[rows.Values] = []
    changed: list[rows.Values] = []
    closed: list[rows.Values] = []
    before: list[Held] = []
    shown: dict[Place, Collection[str]] = {}
    for listing in listings:
        old = known.get(listing.place, {})
        ended = listing.last and listing.last.scan
        named = list(identities(listing.documents))
        shown[listing.place] = [storable(name) for name, _ in named]
        for place, (name, document) in enumerate(reversed(named)):
            name = storable(name)
            row = old.pop(name, None)
            values = rows.document_row(document)
            if row is not None:
                if (goes_on := continues(row, values, on=on, last=listing.last)) is not None:
                    if _differs(row, values | goes_on):
                        changed.append(_key(row) | _as_changes(values | goes_on))
                        before.append(held_before(row, values | goes_on, listing.last))
                    continue
                closed.append(_key(row) | {"ended": ended})
            unit, column = listing.place
            added.append(
                values
                | kept(row, values, on=on)
                | {
                    "unit": unit,
                    "column_id": column,
                    "first_scan": scan,
                    "place": place,
                    "identity": name,
                    "first_seen_on": row.first_seen_on if row else None,
                    "last_absent_on": row.last_absent_on if row else None,
                }
            )
        closed += [_key(row) | {"ended": ended} for row in old.values()]
    _date_first_sightings(memory, added, {item.place for item in listings if item.last}, on)
    absences = {item.place: item.absence for item in listings}
    note_absence(memory, added, absences, listed=shown, scan=scan, on=on)
    keep_before(memory, before, scan=scan)
    if changed:
        memory.execute(_CHANGE, changed)
    if closed:
        memory.execute(_CLOSE, closed)
    for alike in _by_fields(added):
        memory.execute(sa.insert(tables.documents), alike)


def store_again(
    memory: sa.Connection,
    opened: Iterable[tuple[Place, tuple[Document, ...]]],
    *,
    scan: int,
    on: date,
) -> None:
    """Bring documents that were opened again to what is in them now; their lists are the same.

    What the list says of them stays: their titles and days are those of the night it was read.
    """
    again = {place: documents for place, documents in opened if documents}
    known = _still_listed(memory, list(again))
    changed: list[rows.Values] = []
    before: list[Held] = []
    for place, documents in again.items():
        for document in documents:
            if (row := _row_of(document, known[place])) is None:
                continue
            values = rows.document_row(document)
            inside = values | {name: row._mapping[name] for name in _OF_THE_LIST}
            inside |= kept(row, inside, on=on) | {"nightly": row.nightly}
            if _differs(row, inside):
                changed.append(_key(row) | _as_changes(inside))
                before.append(held_before(row, inside))
    keep_before(memory, before, scan=scan)
    if changed:
        memory.execute(_CHANGE, changed)


def _row_of(document: Document, listed: Mapping[str, sa.Row[Any]]) -> sa.Row[Any] | None:
    """The row of a document whose list was not read: one that shares its address by its title."""
    address = identity(document.url)
    here = [row for row in listed.values() if identity(row.url or "") == address]
    return (
        here[0]
        if len(here) == 1
        else next((row for row in here if row.title == document.title), None)
    )


def _by_fields(added: Iterable[rows.Values]) -> Iterable[list[rows.Values]]:
    """Rows with the same fields filled: most entries were never opened, and half of theirs are."""
    alike: dict[tuple[str, ...], list[rows.Values]] = {}
    for values in added:
        filled = {n: value for n, value in values.items() if value or n not in _MAY_BE_EMPTY}
        alike.setdefault(tuple(filled), []).append(filled)
    return alike.values()


def _still_listed(
    memory: sa.Connection, places: Sequence[Place]
) -> Mapping[Place, dict[str, sa.Row[Any]]]:
    known: dict[Place, dict[str, sa.Row[Any]]] = {place: {} for place in places}
    columns: dict[str, list[str]] = {}
    for unit, column in places:
        columns.setdefault(unit, []).append(column)
    # unit by unit: SQLite finds pairs by reading the whole table
    for unit, some in columns.items():
        for row in memory.execute(_STILL_LISTED, {"of": unit, "columns": sorted(some)}):
            known[unit, row.column_id][row.identity] = row
    return known


_STILL_LISTED: Final = sa.select(tables.documents).where(
    _DOCUMENTS.unit == sa.bindparam("of"),
    _DOCUMENTS.column_id.in_(sa.bindparam("columns", expanding=True)),
    _DOCUMENTS.last_scan.is_(None),
)


def _date_first_sightings(
    memory: sa.Connection, added: Iterable[rows.Values], old_places: set[Place], on: date
) -> None:
    """Set ``first_seen_on``: an entry that comes back keeps the day it was first seen.

    It also keeps the night that had not seen it before.
    """
    by_unit: dict[str, dict[Entry, rows.Values]] = {}
    for values in added:
        if values["first_seen_on"] is None:
            values["first_seen_on"] = on
            unit, column = values["unit"], values["column_id"]
            if (unit, column) in old_places:
                by_unit.setdefault(unit, {})[column, values["identity"]] = values
    for unit, new in by_unit.items():
        for entry, day, absent in _earlier(memory, unit, list(new)):
            if entry in new:
                new[entry] |= {"first_seen_on": day, "last_absent_on": absent}


def _earlier(
    memory: sa.Connection, unit: str, entries: Sequence[Entry]
) -> Iterator[tuple[Entry, date, date | None]]:
    """Since when these were seen, and others of the same columns."""
    for start in range(0, len(entries), _ASKED):
        some = entries[start : start + _ASKED]
        asked = {
            "of": unit,
            "columns": sorted({column for column, _ in some}),
            "names": [name for _, name in some],
        }
        for column, name, day, absent in memory.execute(_FIRST_SEEN, asked):
            yield (column, name), day, absent


_FIRST_SEEN: Final = (
    sa.select(
        _DOCUMENTS.column_id,
        _DOCUMENTS.identity,
        sa.func.min(_DOCUMENTS.first_seen_on),
        sa.func.max(_DOCUMENTS.last_absent_on),
    )
    .where(
        _DOCUMENTS.unit == sa.bindparam("of"),
        _DOCUMENTS.column_id.in_(sa.bindparam("columns", expanding=True)),
        _DOCUMENTS.identity.in_(sa.bindparam("names", expanding=True)),
    )
    .group_by(_DOCUMENTS.column_id, _DOCUMENTS.identity)
)


def _differs(row: sa.Row[Any], values: rows.Values) -> bool:
    kept = row._mapping
    return any((kept[name] or "") != (value or "") for name, value in values.items())


#: what an entry is told apart by: another title or day is another row
_OF_THE_LIST: Final = ("title", "published_on", "date_source", "date_text")
_KEY: Final = ("unit", "column_id", "first_scan", "place")


def _key(row: sa.Row[Any]) -> rows.Values:
    return {f"key_{name}": row._mapping[name] for name in _KEY}


def _as_changes(values: rows.Values) -> rows.Values:
    return {f"new_{name}": value for name, value in values.items()}


def _of_row() -> list[sa.ColumnElement[bool]]:
    return [_DOCUMENTS[name] == sa.bindparam(f"key_{name}") for name in _KEY]


_CLOSE: Final = (
    sa.update(tables.documents).where(*_of_row()).values(last_scan=sa.bindparam("ended"))
)
_CHANGE: Final = (
    sa.update(tables.documents)
    .where(*_of_row())
    .values(
        {
            name: sa.bindparam(f"new_{name}")
            for name in (*rows.document_row(Document(url="", title="")), *KEPT)
        }
    )
)
