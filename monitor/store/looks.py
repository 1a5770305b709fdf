"""核查记录 as they were: what a scan saw, also after later nights have changed what is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import Document, Observation
from monitor.store import proofs, reading, rows, streaming, tables
from monitor.wording import Trouble


def looks(
    engine: sa.Engine, scan: str, *, units: Collection[str] | None = None
) -> Iterator[tuple[str, Mapping[str, Observation]]]:
    """What a scan saw: each unit's code with its columns' looks by column id, in order of code.

    ``units``: only these; None: all.

    A look that found a list unchanged carries the documents of the memory, all with the day they
    were first seen.
    """
    with reading(engine) as memory:
        seq, night = seq_and_night(memory, scan)
        held = held_then(memory, seq, units)
        with (
            streaming(memory, _of(units, tables.columns_seen, _looks_of(seq))) as looked,
            streaming(memory, _of(units, tables.documents, _documents_of(seq))) as listed,
        ):
            shown = listings(listed, night, held)
            place, documents = next(shown, _NO_LISTING)
            for code, seen in groupby(looked, key=_UNIT):
                by_column: dict[str, Observation] = {}
                for row in seen:
                    here = (code, row.column_id)
                    while place < here:
                        place, documents = next(shown, _NO_LISTING)
                    by_column[here[1]] = rows.look(
                        row, documents if row.listed and place == here else ()
                    )
                yield code, by_column


#: of a row of ``columns_seen``, and of ``documents``: by name they cost more
_UNIT: Final = itemgetter(1)
_PLACE: Final = itemgetter(0, 1)


#: after the last of all places
_NO_LISTING: Final[tuple[tuple[str, ...], tuple[Document, ...]]] = (("\U0010ffff",), ())


def _of(units: Collection[str] | None, table: sa.Table, query: sa.Select[Any]) -> sa.Select[Any]:
    return query if units is None else query.where(table.c.unit.in_(sorted(units)))


def _looks_of(seq: int) -> sa.Select[Any]:
    seen = tables.columns_seen
    kept = seen.alias()
    return (
        sa.select(
            seen,
            kept.c.evidence.label("kept_evidence"),
            kept.c.hidden.label("kept_hidden"),
            kept.c.waiting.label("kept_waiting"),
        )
        .outerjoin(
            kept,
            (kept.c.scan == seen.c.evidence_scan)
            & (kept.c.unit == seen.c.unit)
            & (kept.c.column_id == seen.c.column_id)
            & seen.c.unchanged,
        )
        .where(seen.c.scan == seq)
        .order_by(seen.c.unit, seen.c.column_id)
    )


def _documents_of(seq: int) -> sa.Select[Any]:
    table = tables.documents.c
    return (
        sa.select(tables.documents)
        .where(
            table.first_scan <= seq,
            sa.or_(table.last_scan.is_(None), table.last_scan >= seq),
        )
        .order_by(table.unit, table.column_id, table.first_scan, table.place)
    )


#: the key of a row of documents → what it held before it was changed, the last change first
Held = Mapping[tuple[str, str, int, int], list[str]]
_key_of: Final = attrgetter("unit", "column_id", "first_scan", "place")


def held_then(memory: sa.Connection, seq: int, units: Collection[str] | None) -> Held:
    """What documents that are listed at a scan held then, where a later one has changed it."""
    table = proofs.documents_before
    query = (
        sa.select(table)
        .where(table.c.until_scan > seq, table.c.first_scan <= seq)
        .order_by(table.c.until_scan.desc())
    )
    held: dict[tuple[str, str, int, int], list[str]] = {}
    for row in memory.execute(_of(units, table, query)):
        held.setdefault(_key_of(row), []).append(row.held)
    return held


def listings(
    listed: Iterable[sa.Row[Any]], night: date, held: Held = MappingProxyType({})
) -> Iterator[tuple[tuple[str, str], tuple[Document, ...]]]:
    """The documents of each column, in the order of its page, from rows in the order of columns."""
    for place, found in groupby(listed, key=_PLACE):
        yield place, tuple(document_of(row, held, night) for row in found)[::-1]


def document_of(row: sa.Row[Any], held: Held, night: date) -> Document:
    """A document as the night knew it."""
    before = held.get(_key_of(row)) if held else None
    return rows.document_then(row, before, night) if before else rows.document(row, night)


def units_on(engine: sa.Engine, scan: str, platforms: Collection[str]) -> tuple[str, ...]:
    """The units of which a scan saw a page of these families."""
    seen = tables.columns_seen.c
    with reading(engine) as memory:
        query = (
            sa.select(seen.unit)
            .where(seen.scan == seq_of(memory, scan), seen.platform.in_(sorted(platforms)))
            .distinct()
            .order_by(seen.unit)
        )
        return tuple(memory.scalars(query))


def last_verified(engine: sa.Engine, scan: str) -> Mapping[tuple[str, str], date]:
    """The night of the last look up to ``scan`` that could be judged, by unit and column id."""
    seen, kept = tables.columns_seen.c, tables.remembered.c
    with reading(engine) as memory:
        seq = seq_of(memory, scan)
        query = sa.select(kept.unit, kept.column_id, kept.verified_on)
        if (memory.scalar(sa.select(sa.func.max(kept.scan))) or 0) > seq:
            last = (
                sa.select(seen.unit, seen.column_id, sa.func.max(seen.scan).label("scan"))
                .where(seen.scan <= seq, seen.judged)
                .group_by(seen.unit, seen.column_id)
                .subquery()
            )
            query = sa.select(last.c.unit, last.c.column_id, tables.scans.c.night).join(
                tables.scans, tables.scans.c.seq == last.c.scan
            )
        found = memory.execute(query)
        return {(unit, column): day for unit, column, day in found}


def seq_of(memory: sa.Connection, scan: str) -> int:
    """The place of a scan in the order of scans; raises where there is none of that id."""
    seq, _ = seq_and_night(memory, scan)
    return seq


def seq_and_night(memory: sa.Connection, scan: str) -> tuple[int, date]:
    """The place of a scan in the order of scans, and its night."""
    table = tables.scans.c
    found = memory.execute(sa.select(table.seq, table.night).where(table.id == scan)).first()
    if found is None:
        raise Trouble.NO_SUCH_SCAN.error(scan=scan)
    return int(found.seq), found.night
