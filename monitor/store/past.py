"""栏目此前: what the nights up to one saw of a column, for those who ask what came when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from monitor.model import ColumnPast, Outcome, Uncounted
from monitor.store import reading, tables

_DOCUMENTS, _SEEN, _SCANS = tables.documents.c, tables.columns_seen.c, tables.scans.c
_OPENED = Outcome.OPENED.name


def column_past(
    engine: sa.Engine, unit: str, column: str, *, scan: str, since: date, uncounted: Uncounted
) -> ColumnPast:
    """What the nights from ``since`` on saw of a column, up to the scan ``scan``.

    Looks that prove nothing are left out, and nights by a clock that ran ahead of that scan's.
    """
    with reading(engine) as memory:
        this = memory.execute(sa.select(_SCANS.seq, _SCANS.night).where(_SCANS.id == scan)).one()
        held = [name for name, units in uncounted.units if unit in units]
        counted = sa.select(_SCANS.seq, _SCANS.night).where(
            _SCANS.night.between(since, this.night),
            _SCANS.seq <= this.seq,
            _SCANS.id.not_in([*uncounted.scans, *held]),
        )
        nights = {row.seq: row.night for row in memory.execute(counted)}
        looks = memory.execute(
            sa.select(_SEEN.scan, _SEEN.outcome, _SEEN.address, _SEEN.platform)
            .where(
                # each scan by its number: SQLite would read all units of a range of them
                _SEEN.scan.in_(list(nights)),
                _SEEN.unit == unit,
                _SEEN.column_id == column,
                _SEEN.judged,
            )
            .order_by(_SEEN.scan.desc())
        ).all()
        arrivals = sa.select(_DOCUMENTS.first_seen_on).where(
            _DOCUMENTS.unit == unit,
            _DOCUMENTS.column_id == column,
            _DOCUMENTS.first_scan <= this.seq,
            _DOCUMENTS.first_seen_on.between(since, this.night),
        )
        came = tuple(sorted(memory.scalars(arrivals.distinct())))
    same = _same_place(looks)
    return ColumnPast(
        nights=tuple(sorted({nights[row.scan] for row in looks})),
        same_since=min((nights[row.scan] for row in same), default=None),
        arrivals=came,
    )


def _same_place(looks: Sequence[Any]) -> Sequence[Any]:
    """The newest looks that found the column where it stands; only a list tells a system."""
    system = next((row.platform for row in looks if row.outcome == _OPENED), None)
    for number, row in enumerate(looks):
        is_other = row.outcome == _OPENED and row.platform != system
        if is_other or row.address != looks[0].address:
            return looks[:number]
    return looks
