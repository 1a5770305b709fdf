"""条目原貌: what a row of documents held before a scan changed it in its place.

Rows are intervals, and what is in a document (its words, its files) changes inside one. What the
row no longer tells of the nights before is kept beside it, so that these can be judged again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.sightings import LastLook
from monitor.store import proofs, rows

_TABLE: Final = proofs.documents_before
_KEY: Final = ("unit", "column_id", "first_scan", "place")
#: what moves along with the nights
_DAY: Final = frozenset({"published_on", "date_text"})


#: the key of a row, and the fields that it holds for the last time
Held = tuple[tuple[object, ...], rows.Values]


def held_before(row: sa.Row[Any], values: rows.Values, last: LastLook | None = None) -> Held:
    """What of ``row`` is lost when it is given these values; ``last``: its column's last look."""
    kept = row._mapping
    held = {
        name: kept[name] for name, value in values.items() if (kept[name] or "") != (value or "")
    }
    if row.nightly and held.keys() <= _DAY and _moved_along(row, last):
        held = {}
    return tuple(kept[name] for name in _KEY), held


def keep_before(memory: sa.Connection, lost: Iterable[Held], *, scan: int) -> None:
    """Keep what rows held before ``scan`` changed them, once, or twice if it lists one twice."""
    by_key: dict[tuple[object, ...], rows.Values] = {}
    for key, held in lost:
        if held:
            by_key[key] = by_key.get(key, {}) | held
    values = [
        dict(zip(_KEY, key, strict=True)) | {"until_scan": scan, "held": rows.held_text(held)}
        for key, held in by_key.items()
    ]
    if values:
        memory.execute(sa.insert(_TABLE), values)


def _moved_along(row: sa.Row[Any], last: LastLook | None) -> bool:
    """Whether its day was that of its night up to the last look: that is read from the new day."""
    return (
        last is not None
        and row.published_on == last.night
        and row.date_text == row.published_on.isoformat()
    )
