"""早先所见: what the columns of one unit showed up to a night, for those who ask what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.model import Earlier, Outcome, Uncounted
from monitor.store import reading, tables
from monitor.store.looks import document_of, held_then, seq_of

_DOCUMENTS, _SEEN, _SCANS = tables.documents.c, tables.columns_seen.c, tables.scans.c
_SHOWN = (Outcome.OPENED.name, Outcome.SAYS_EMPTY.name)
#: how long ago a column may have been read last, for its address to be known
_LOOKED_BACK = timedelta(days=60)


def earlier(
    engine: sa.Engine, unit: str, *, until: date, scan: str, uncounted: Uncounted
) -> Earlier:
    """What was listed, each title an entry bore, and where each column stood, up to a night.

    Told as it was known at ``scan``, whatever later ones changed. Of an entry that stood there also
    what was read of it since under the same title and day, before the row that ``scan`` shows.
    """
    seq = sa.select(_SCANS.seq).where(_SCANS.id == scan).scalar_subquery()
    has_ended = (_DOCUMENTS.first_seen_on <= until) & (_DOCUMENTS.last_scan < seq)
    listed = (
        sa.select(tables.documents, _SCANS.night.label("began_on"))
        .join(tables.scans, _DOCUMENTS.first_scan == _SCANS.seq)
        .where(_DOCUMENTS.unit == unit, (_SCANS.night <= until) | has_ended)
        .order_by(_DOCUMENTS.column_id, _DOCUMENTS.first_scan, _DOCUMENTS.place)
    )
    nights = sa.select(_SCANS.seq).where(
        _SCANS.night <= until,
        _SCANS.night >= until - _LOOKED_BACK,
        _SCANS.id.not_in(uncounted.scans),
    )
    last = (
        sa.select(_SEEN.column_id, sa.func.max(_SEEN.scan).label("scan"))
        .where(_SEEN.scan.in_(nights), _SEEN.unit == unit, _SEEN.outcome.in_(_SHOWN))
        .group_by(_SEEN.column_id)
        .subquery()
    )
    stood = (
        sa.select(_SEEN.column_id, _SEEN.address)
        .join(last, (_SEEN.scan == last.c.scan) & (_SEEN.column_id == last.c.column_id))
        .where(_SEEN.unit == unit)
    )
    with reading(engine) as memory:
        held = held_then(memory, seq_of(memory, scan), {unit})
        return Earlier(
            listed=tuple(
                (row.column_id, document_of(row, held, until))
                for row in _of_then(memory.execute(listed), until)
            ),
            addresses={column: address or "" for column, address in memory.execute(stood)},
        )


def _of_then(listed: Iterable[sa.Row[Any]], until: date) -> Iterator[sa.Row[Any]]:
    """The rows that had begun, and later ones that only go on with one of them."""
    stood: set[tuple[object, ...]] = set()
    for row in listed:
        key = (row.column_id, row.identity, row.title, row.published_on)
        if row.began_on <= until:
            stood.add(key)
        if key in stood:
            yield row
