"""撤下的条目: what columns listed once and list no more, with the two nights that prove it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from monitor.model import Outcome, Removal
from monitor.store import reading, rows, tables

_GONE = tables.documents.c
_SCANS = tables.scans
#: units named in one statement
_ASKED = 500
_NOT_MODIFIED = 304


def removals(
    engine: sa.Engine, scan: str, *, columns: Collection[str], since: date
) -> Mapping[str, tuple[Removal, ...]]:
    """What these columns listed before ``scan`` and do not list at it, by unit code.

    Published from ``since`` on. Only where a look proves it: at the same address, read back to the
    day of the entry, and the unit's own. What stands again, in any column of the unit, is none.
    """
    seq = sa.select(_SCANS.c.seq).where(_SCANS.c.id == scan).scalar_subquery()
    wanted = _GONE.column_id.in_(sorted(columns)) & (_GONE.published_on >= since)
    return _by_unit(engine, _missed(seq).where(wanted))


def vanished(engine: sa.Engine, scan: str, *, since: date) -> Mapping[str, tuple[Removal, ...]]:
    """The same of all columns and entries that were last listed on a night from ``since`` on.

    ``Removal.missed_again_on`` tells of those that a second night read without them.
    """
    seq = sa.select(_SCANS.c.seq).where(_SCANS.c.id == scan).scalar_subquery()
    found = _by_unit(engine, _missed(seq).where(_SCANS.c.night >= since))
    kept = _listed_titles(engine, found)
    left = {
        unit: tuple(one for one in gone if (unit, one.document.title) not in kept)
        for unit, gone in found.items()
    }
    return {unit: gone for unit, gone in left.items() if gone}


def _missed(seq: sa.ScalarSelect[Any]) -> sa.Select[Any]:
    """Rows that ended before the scan ``seq``, with the nights that did not hold them."""
    return (
        sa.select(
            tables.documents,
            _SCANS.c.night.label("listed_on"),
            _without(seq, sa.func.min).label("missed_on"),
            _without(seq, sa.func.max, really_read=True).label("missed_again_on"),
        )
        .join(_SCANS, _GONE.last_scan == _SCANS.c.seq)
        .where(_GONE.last_scan < seq, ~_stands_again(seq))
        .order_by(_GONE.unit, _GONE.column_id, _GONE.first_scan, _GONE.place)
    )


def _by_unit(engine: sa.Engine, query: sa.Select[Any]) -> Mapping[str, tuple[Removal, ...]]:
    found: dict[str, list[Removal]] = {}
    with reading(engine) as memory:
        for row in memory.execute(query):
            if row.missed_on is not None:
                found.setdefault(row.unit, []).append(rows.removal(row))
    return {unit: tuple(removed) for unit, removed in found.items()}


def _listed_titles(
    engine: sa.Engine, gone: Mapping[str, tuple[Removal, ...]]
) -> set[tuple[str, str]]:
    """Titles of what is gone that some column of the unit lists, whether it was read or not."""
    titles = {one.document.title for removed in gone.values() for one in removed}
    units, found = sorted(gone), set()
    with reading(engine) as memory:
        for start in range(0, len(units), _ASKED):
            query = sa.select(_GONE.unit, _GONE.title).where(
                _GONE.unit.in_(units[start : start + _ASKED]), _GONE.last_scan.is_(None)
            )
            found |= {(unit, title) for unit, title in memory.execute(query) if title in titles}
    return found


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


def _without(
    seq: sa.ScalarSelect[Any], which: Callable[[Any], Any], *, really_read: bool = False
) -> sa.ScalarSelect[Any]:
    """The first or last night its part of the list was read whole without it.

    ``really_read``: not one on which the server only said that nothing had changed.
    """
    look, before, night = tables.columns_seen.alias(), tables.columns_seen.alias(), _SCANS.alias()
    seen, then = look.c, before.c
    is_same_place = (
        (then.scan == _GONE.last_scan)
        & (then.unit == seen.unit)
        & (then.column_id == seen.column_id)
        & (then.address == seen.address)
    )
    query = (
        sa.select(which(night.c.night))
        .join_from(look, night, seen.scan == night.c.seq)
        .join(before, is_same_place)
        .where(
            seen.unit == _GONE.unit,
            seen.column_id == _GONE.column_id,
            seen.scan > _GONE.last_scan,
            seen.scan <= seq,
            night.c.void.is_(None),  # such a night proves nothing
            seen.outcome == Outcome.OPENED.name,
            seen.identity_seen,
            sa.or_(seen.to_end, seen.since <= _GONE.published_on),
        )
        .correlate(tables.documents)
    )
    if really_read:
        query = query.where(seen.http_status != _NOT_MODIFIED)
    return query.scalar_subquery()
