"""判断记录: by what a past scan was judged, read back whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from monitor.model import Given, Judging
from monitor.store import proofs, reading, rows, tables
from monitor.workdays import WorkCalendar

#: what a scan was judged by, in the words of people; the night itself is told beside it
KEPT: Final = tuple(name for part, name in rows.PARTS.items() if part != "night")


def judgings_of(engine: sa.Engine, scan: str) -> tuple[Judging, ...]:
    """How ``scan`` was judged: once; again for units whose verdicts had waited; the oldest first.

    Empty for a night of a program that did not note it.
    """
    table, newer = proofs.judgings, proofs.judgings.alias()
    is_late = (
        sa.select(sa.literal(1))
        .where(newer.c.scan > table.c.scan, newer.c.seq < table.c.seq)
        .exists()
    )
    query = (
        sa.select(table, is_late.label("is_late"))
        .join(tables.scans, tables.scans.c.seq == table.c.scan)
        .where(tables.scans.c.id == scan)
        .order_by(table.c.seq)
    )
    with reading(engine) as memory:
        return tuple(
            Judging(
                number=row.seq,
                scan=scan,
                at=row.judged_at,
                verdicts=row.verdicts,
                sha256=row.sha256,
                calendar=json.loads(row.parts)["calendar"],
                is_late=row.is_late,
                missing=tuple(
                    rows.PARTS[part]
                    for part, text in _texts(memory, json.loads(row.parts)).items()
                    if text is None
                ),
            )
            for row in memory.execute(query).all()
        )


def given_then(engine: sa.Engine, judging: Judging) -> Given:
    """By what a scan was judged; to be asked for where nothing of it is missing."""
    table = proofs.judgings.c
    query = sa.select(table.parts).where(table.seq == judging.number)
    with reading(engine) as memory:
        texts = _texts(memory, json.loads(memory.execute(query).scalar_one()))
    return rows.given_of({part: text for part, text in texts.items() if text is not None})


def calendar_digest(calendar: WorkCalendar) -> str:
    """What tells a calendar from any other; the digest under which its text is kept."""
    return hashlib.sha256(rows.calendar_text(calendar).encode()).hexdigest()


def _texts(memory: sa.Connection, parts: Mapping[str, str]) -> dict[str, str | None]:
    """The text of each part, None for one that is not what it was."""
    table = proofs.bases
    query = sa.select(table.c.sha256, table.c.content).where(table.c.sha256.in_(parts.values()))
    kept = {row.sha256: row.content for row in memory.execute(query)}
    return {part: unpacked(kept.get(sha256), sha256) for part, sha256 in parts.items()}


def unpacked(content: bytes | None, sha256: str) -> str | None:
    """A kept text; None where it is not there, or is not the one that was kept."""
    try:
        text = gzip.decompress(content or b"")
    except (OSError, EOFError, zlib.error):
        return None
    return text.decode() if hashlib.sha256(text).hexdigest() == sha256 else None
