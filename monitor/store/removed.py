"""撤下的条目: what columns listed once and list no more, with the two nights that prove it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from monitor.model import Outcome, Removal, Uncounted
from monitor.store import reading, rows, tables

#: what is asked for a few at a time
T = TypeVar("T", str, tuple[str, str])

_GONE = tables.documents.c
_SCANS = tables.scans
#: units or entries named in one statement
_ASKED = 500
_NOT_MODIFIED = 304


def removals(
    engine: sa.Engine,
    scan: str,
    *,
    columns: Collection[str],
    since: date,
    uncounted: Uncounted,
) -> Mapping[str, tuple[Removal, ...]]:
    """What these columns listed before ``scan`` and do not list at it, by unit code.

    Published from ``since`` on. Only where a look proves it that counts: at the same address, read
    back to the day of the entry, and the unit's own. What stands again, in any column, is none.
    No clock asks for a second night: ``Removal.missed_again_on`` is not looked up.
    """
    seq = sa.select(_SCANS.c.seq).where(_SCANS.c.id == scan).scalar_subquery()
    wanted = _GONE.column_id.in_(sorted(columns)) & (_GONE.published_on >= since)
    query = _missed(seq, uncounted, sa.null()).where(wanted, ~_stands_again(seq))
    return _by_unit(engine, query)


def vanished(
    engine: sa.Engine, scan: str, *, since: date, uncounted: Uncounted
) -> Mapping[str, tuple[Removal, ...]]:
    """The same of all columns and entries that were last listed on a night from ``since`` on.

    Only what ``scan`` itself reads without them. ``Removal.missed_again_on`` tells of those that
    another night proves, too.
    """
    seq = sa.select(_SCANS.c.seq).where(_SCANS.c.id == scan).scalar_subquery()
    seen = tables.columns_seen.alias().c
    return _vanished(engine, seq, since, uncounted, [seen.scan == seq, *_here(seen)])


def missed_once(engine: sa.Engine, *, since: date, uncounted: Uncounted) -> set[tuple[str, str]]:
    """The columns, with their units, that lost an entry by their last look, and no other."""
    seq = sa.select(sa.func.max(_SCANS.c.seq)).scalar_subquery()
    found = _vanished(engine, seq, since, uncounted, _here(tables.remembered.c))
    gone = ((unit, one) for unit, removed in found.items() for one in removed)
    return {(unit, one.column) for unit, one in gone if one.missed_again_on is None}


def _vanished(
    engine: sa.Engine,
    seq: sa.ScalarSelect[Any],
    since: date,
    uncounted: Uncounted,
    is_read: Iterable[sa.ColumnElement[bool]],
) -> Mapping[str, tuple[Removal, ...]]:
    recent = sa.select(_SCANS.c.seq).where(_SCANS.c.night >= since)
    look = sa.select(sa.literal(1)).where(*is_read).correlate(tables.documents).exists()
    is_gone = _GONE.last_scan.in_(recent) & (_GONE.last_scan < seq) & ~_is_listed(seq) & look
    again = _without(seq, uncounted, sa.func.max, really_read=True)
    query = _missed(seq, uncounted, again).where(is_gone)
    with reading(engine) as memory:
        asked = sa.select(_GONE.unit, _GONE.identity, _GONE.title).where(is_gone)
        gone = memory.execute(asked).all()
        listed = set(_titles(memory, {unit for unit, _, _ in gone}, seq))
        # what is listed under one of its titles mostly stands elsewhere: no night is looked up
        names = {(unit, name) for unit, name, title in gone if (unit, title or "") not in listed}
        proven = [
            row
            for some in _few(names)
            for row in memory.execute(query.where(*_among(some)))
            if row.missed_on is not None
        ]
    # in the order of their scans: of an entry that bore several titles the last one counts
    found = {(row.unit, row.column_id, row.identity): row for row in sorted(proven, key=_KEY)}
    left: dict[str, list[Removal]] = {}
    for (unit, _, _), row in found.items():
        if (unit, row.title or "") not in listed:
            left.setdefault(unit, []).append(rows.removal(row))
    return {unit: tuple(removed) for unit, removed in left.items()}


#: of a row of ``documents``
_KEY: Final = itemgetter(0, 1, 2, 3)


def _among(entries: Iterable[tuple[str, str]]) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether an entry has a unit and an identity of these; SQLite has no index for pairs."""
    units, names = (sorted(set(some)) for some in zip(*entries, strict=True))
    return (_GONE.unit.in_(units), _GONE.identity.in_(names))


def _titles(
    memory: sa.Connection, units: Iterable[str], seq: sa.ScalarSelect[Any]
) -> Iterator[tuple[str, str]]:
    """The titles that any column of these units lists, read tonight or not."""
    for some in _few(units):
        query = sa.select(_GONE.unit, _GONE.title).where(_GONE.unit.in_(some), *_stands(_GONE, seq))
        for unit, title in memory.execute(query):
            yield unit, title or ""


def _few(asked: Iterable[T]) -> Iterator[Sequence[T]]:
    """A few at a time, in order."""
    ordered = sorted(asked)
    for start in range(0, len(ordered), _ASKED):
        yield ordered[start : start + _ASKED]


def _stands(documents: Any, seq: sa.ScalarSelect[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a document is listed at the scan ``seq``."""
    is_open = sa.or_(documents.last_scan.is_(None), documents.last_scan >= seq)
    return (documents.first_scan <= seq, is_open)


def _is_listed(seq: sa.ScalarSelect[Any]) -> sa.ColumnElement[bool]:
    """Whether any column of its unit lists the address of the entry, read tonight or not."""
    other = tables.documents.alias().c
    return (
        sa.select(sa.literal(1))
        .where(*_is_same_entry(other), *_stands(other, seq))
        .correlate(tables.documents)
        .exists()
    )


def _is_same_entry(other: Any) -> tuple[sa.ColumnElement[bool], ...]:
    # joined to nothing, so that SQLite finds it by its address and does not read all of the unit
    return (other.identity == _GONE.identity, other.unit.concat("") == _GONE.unit)


def _missed(
    seq: sa.ScalarSelect[Any], uncounted: Uncounted, again: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    """Rows that ended before the scan ``seq``, with the nights that did not hold them."""
    began = _SCANS.alias()
    return (
        sa.select(
            tables.documents,
            _SCANS.c.night.label("listed_on"),
            _without(seq, uncounted, sa.func.min).label("missed_on"),
            again.label("missed_again_on"),
        )
        .join(_SCANS, _GONE.last_scan == _SCANS.c.seq)
        .join(began, _GONE.first_scan == began.c.seq)
        # what only a look that proves nothing has listed may never have stood there
        .where(
            _GONE.last_scan < seq,
            sa.or_(
                sa.and_(*_counts(_SCANS.c, _GONE, uncounted)),
                sa.and_(*_counts(began.c, _GONE, uncounted)),
            ),
        )
        .order_by(_GONE.unit, _GONE.column_id, _GONE.first_scan, _GONE.place)
    )


def _by_unit(engine: sa.Engine, query: sa.Select[Any]) -> Mapping[str, tuple[Removal, ...]]:
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
            *_is_same_entry(again),
            again.first_scan <= seq,
            is_later,
        )
        .correlate(tables.documents)
        .exists()
    )


def _here(seen: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a look is at the column of the entry, and read it as far back."""
    return (seen.unit == _GONE.unit, seen.column_id == _GONE.column_id, *_reaches(seen))


def _reaches(seen: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a look read the unit's own list as far back as the entry."""
    return (
        seen.outcome == Outcome.OPENED.name,
        seen.identity_seen,
        sa.or_(seen.to_end, seen.since <= _GONE.published_on),
    )


def _counts(night: Any, seen: Any, uncounted: Uncounted) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a look of a night proves anything."""
    return (
        night.id.not_in(uncounted.scans),
        *(sa.or_(night.id != scan, seen.unit.not_in(units)) for scan, units in uncounted.units),
    )


def _without(
    seq: sa.ScalarSelect[Any],
    uncounted: Uncounted,
    which: Callable[[Any], Any],
    *,
    really_read: bool = False,
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
        # a sum, so that SQLite finds a look by its night and does not read those of all nights
        .join_from(night, look, seen.scan == night.c.seq + 0)
        .join(before, is_same_place)
        .where(
            seen.unit == _GONE.unit,
            seen.column_id == _GONE.column_id,
            night.c.seq > _GONE.last_scan,
            night.c.seq <= seq,
            *_counts(night.c, seen, uncounted),
            *_reaches(seen),
        )
        .correlate(tables.documents)
    )
    if really_read:
        query = query.where(seen.http_status != _NOT_MODIFIED)
    return query.scalar_subquery()
