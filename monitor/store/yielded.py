"""列表条数 of the nights before: what each look read, for those who ask what is usual."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import groupby
from typing import Final

import sqlalchemy as sa

from monitor.model import Uncounted, Yield
from monitor.store import reading, rows, tables
from monitor.store.looks import seq_and_night

_SEEN, _SCANS = tables.columns_seen.c, tables.scans.c
#: how long ago a night may be that tells what is usual now
_LOOKED_BACK: Final = timedelta(days=45)


def yields_before(
    engine: sa.Engine,
    scan: str,
    unit: str,
    *,
    columns: Collection[str],
    uncounted: Uncounted,
) -> Mapping[str, tuple[Yield, ...]]:
    """What the looks at these columns before ``scan`` read, by column id, the last one first.

    Only looks that could be judged, of nights that count; none of an earlier scan of its night.
    """
    doubted = {name for name, units in uncounted.units if unit in units}
    with reading(engine) as memory:
        seq, on = seq_and_night(memory, scan)
        nights = sa.select(_SCANS.seq).where(
            _SCANS.seq < seq,
            _SCANS.night < on,
            _SCANS.night >= on - _LOOKED_BACK,
            _SCANS.id.not_in(sorted(doubted.union(uncounted.scans))),
        )
        query = (
            sa.select(tables.columns_seen, _SCANS.night)
            .join(tables.scans, _SEEN.scan == _SCANS.seq)
            .where(
                _SEEN.scan.in_(nights),
                _SEEN.unit == unit,
                _SEEN.column_id.in_(sorted(columns)),
                _SEEN.judged,
                _SEEN.identity_seen,
            )
            .order_by(_SEEN.column_id, _SEEN.scan.desc())
        )
        found = groupby(memory.execute(query), key=lambda row: str(row.column_id))
        return {column: tuple(map(rows.yielded, looks)) for column, looks in found}
