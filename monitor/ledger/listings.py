"""条目台账: what columns listed in one scan → the interval rows of their documents.

An entry gets a row when it appears, or when its title or day changes; the row is closed with the
last scan that still listed it. Nights in between write nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.addresses import identities
from monitor.model import Document
from monitor.store import rows, tables

#: (unit code, column id)
Place = tuple[str, str]

_DOCUMENTS: Final = tables.documents.c
_PLACE: Final = sa.tuple_(_DOCUMENTS.unit, _DOCUMENTS.column_id)
_IDENTITY: Final = sa.tuple_(_DOCUMENTS.unit, _DOCUMENTS.column_id, _DOCUMENTS.identity)
#: identities asked for in one statement
_ASKED: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """一次列表: what one column lists in this scan, and the scan that last listed it."""

    place: Place
    documents: tuple[Document, ...]
    before: int | None  # seq of the column's last look that could be judged


def store_listings(
    memory: sa.Connection, listings: Sequence[Listing], *, scan: int, on: date
) -> None:
    """Bring the documents of these columns to what ``scan``, in the night ``on``, saw."""
    known = _still_listed(memory, [listing.place for listing in listings if listing.before])
    added: list[rows.Values] = []
    changed: list[rows.Values] = []
    closed: list[rows.Values] = []
    for listing in listings:
        old = known.get(listing.place, {})
        named = list(identities(listing.documents))
        for place, (identity, document) in enumerate(reversed(named)):
            identity = tables.storable(identity)
            row = old.pop(identity, None)
            values = rows.document_row(document)
            if row is not None and _same_entry(row, values):
                if _differs(row, values):
                    changed.append(_key(row) | _as_changes(values))
                continue
            if row is not None:
                closed.append(_key(row) | {"ended": listing.before})
            unit, column = listing.place
            added.append(
                values
                | {
                    "unit": unit,
                    "column_id": column,
                    "first_scan": scan,
                    "place": place,
                    "identity": identity,
                    "first_seen_on": row.first_seen_on if row else None,
                }
            )
        closed += [_key(row) | {"ended": listing.before} for row in old.values()]
    _date_first_sightings(memory, added, {item.place for item in listings if item.before}, on)
    if changed:
        memory.execute(_CHANGE, changed)
    if closed:
        memory.execute(_CLOSE, closed)
    if added:
        memory.execute(sa.insert(tables.documents), added)


def _still_listed(
    memory: sa.Connection, places: Sequence[Place]
) -> Mapping[Place, dict[str, sa.Row[Any]]]:
    known: dict[Place, dict[str, sa.Row[Any]]] = {}
    if places:
        query = sa.select(tables.documents).where(
            _PLACE.in_(places), _DOCUMENTS.last_scan.is_(None)
        )
        for row in memory.execute(query):
            known.setdefault((row.unit, row.column_id), {})[row.identity] = row
    return known


def _date_first_sightings(
    memory: sa.Connection, added: Iterable[rows.Values], old_places: set[Place], on: date
) -> None:
    """Set ``first_seen_on``: an entry that comes back keeps the day it was first seen."""
    undated = [values for values in added if values["first_seen_on"] is None]
    asked = [
        (*place, values["identity"])
        for values in undated
        if (place := (values["unit"], values["column_id"])) in old_places
    ]
    earlier: dict[tuple[str, str, str], date] = {}
    for start in range(0, len(asked), _ASKED):
        query = (
            sa.select(
                _DOCUMENTS.unit,
                _DOCUMENTS.column_id,
                _DOCUMENTS.identity,
                sa.func.min(_DOCUMENTS.first_seen_on),
            )
            .where(_IDENTITY.in_(asked[start : start + _ASKED]))
            .group_by(_DOCUMENTS.unit, _DOCUMENTS.column_id, _DOCUMENTS.identity)
        )
        earlier |= {
            (unit, column, identity): day for unit, column, identity, day in memory.execute(query)
        }
    for values in undated:
        key = (values["unit"], values["column_id"], values["identity"])
        values["first_seen_on"] = earlier.get(key, on)


def _same_entry(row: sa.Row[Any], values: rows.Values) -> bool:
    return bool(row.title == values["title"] and row.published_on == values["published_on"])


def _differs(row: sa.Row[Any], values: rows.Values) -> bool:
    kept = row._mapping
    return any((kept[name] or "") != (value or "") for name, value in values.items())


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
            for name in rows.document_row(Document(url="", title=""))
        }
    )
)
