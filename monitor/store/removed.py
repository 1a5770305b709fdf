"""撤下的条目: what columns listed once and list no more, with the two nights that prove it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from monitor.model import Outcome, Removal
from monitor.store import reading, rows, tables

_GONE = tables.documents.c
_SCANS = tables.scans


def removals(
    engine: sa.Engine,
    scan: str,
    *,
    columns: Collection[str],
    since: date,
    void: Collection[str],
) -> Mapping[str, tuple[Removal, ...]]:
    """What these columns listed before ``scan`` and do not list at it, by unit code.

    Published from ``since`` on. Only where a look proves it: at the same address, read back to the
    day of the entry, and the unit's own; ``void``: the scans that prove nothing. What stands again,
    in any column of the unit, is none.
    """
    seq = sa.select(_SCANS.c.seq).where(_SCANS.c.id == scan).scalar_subquery()
    query = (
        sa.select(
            tables.documents,
            _SCANS.c.night.label("listed_on"),
            _missed_on(seq, void).label("missed_on"),
        )
        .join(_SCANS, _GONE.last_scan == _SCANS.c.seq)
        .where(
            _GONE.column_id.in_(sorted(columns)),
            _GONE.last_scan < seq,
            _GONE.published_on >= since,
            ~_stands_again(seq),
        )
        .order_by(_GONE.unit, _GONE.column_id, _GONE.first_scan, _GONE.place)
    )
    found: dict[str, list[Removal]] = {}
    with reading(engine) as memory:
        for row in memory.execute(query):
            if row.missed_on is not None:
                found.setdefault(row.unit, []).append(rows.removal(row))
    return {unit: tuple(removed) for unit, removed in found.items()}


def _stands_again(seq: sa.ScalarSelect[Any]) -> sa.ColumnElement[bool]:
    """Whether the address is listed after the row ended: under another title, or elsewhere."""
    again = tables.documents.alias().c
    is_later = sa.or_(
        again.first_scan > _GONE.last_scan,
        again.last_scan.is_(None),
        again.last_scan > _GONE.last_scan,
    )
    return (
        sa.select(sa.literal(1))
        .where(
            again.unit == _GONE.unit,
            again.identity == _GONE.identity,
            again.first_scan <= seq,
            is_later,
        )
        .correlate(tables.documents)
        .exists()
    )


def _missed_on(seq: sa.ScalarSelect[Any], void: Collection[str]) -> sa.ScalarSelect[Any]:
    """The first night its part of the list was read whole without it."""
    look, before, night = tables.columns_seen.alias(), tables.columns_seen.alias(), _SCANS.alias()
    seen, then = look.c, before.c
    is_same_place = (
        (then.scan == _GONE.last_scan)
        & (then.unit == seen.unit)
        & (then.column_id == seen.column_id)
        & (then.address == seen.address)
    )
    return (
        sa.select(sa.func.min(night.c.night))
        .join_from(look, night, seen.scan == night.c.seq)
        .join(before, is_same_place)
        .where(
            seen.unit == _GONE.unit,
            seen.column_id == _GONE.column_id,
            seen.scan > _GONE.last_scan,
            seen.scan <= seq,
            night.c.id.not_in(sorted(void)),
            seen.outcome == Outcome.OPENED.name,
            seen.identity_seen,
            sa.or_(seen.to_end, seen.since <= _GONE.published_on),
        )
        .correlate(tables.documents)
        .scalar_subquery()
    )
