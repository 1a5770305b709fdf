"""判断记录: by what a past scan was judged, read back whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping

import sqlalchemy as sa

from monitor.model import Given, Judging
from monitor.store import reading, rows, tables
from monitor.workdays import WorkCalendar


def judging(engine: sa.Engine, scan: str) -> Judging | None:
    """When ``scan`` was judged, to what, and which parts of its basis are lost; None: not noted."""
    with reading(engine) as memory:
        row = _row(memory, scan)
        if row is None:
            return None
        texts = _texts(memory, json.loads(row.parts))
    return Judging(
        scan=scan,
        at=row.judged_at,
        verdicts=row.verdicts,
        sha256=row.sha256,
        missing=tuple(rows.PARTS[part] for part, text in texts.items() if text is None),
    )


def given_then(engine: sa.Engine, scan: str) -> Given:
    """By what ``scan`` was judged; to be asked for where nothing of it is lost."""
    with reading(engine) as memory:
        row = _row(memory, scan)
        texts = _texts(memory, json.loads(row.parts)) if row else {}
    return rows.given_of({part: text for part, text in texts.items() if text is not None})


def calendar_digest(calendar: WorkCalendar) -> str:
    """What tells a calendar from any other; the digest under which its text is kept."""
    return hashlib.sha256(rows.calendar_text(calendar).encode()).hexdigest()


def _row(memory: sa.Connection, scan: str) -> sa.Row[tuple[object, ...]] | None:
    table = tables.judgings
    query = (
        sa.select(table)
        .join(tables.scans, tables.scans.c.seq == table.c.scan)
        .where(tables.scans.c.id == scan)
    )
    return memory.execute(query).one_or_none()


def _texts(memory: sa.Connection, parts: Mapping[str, str]) -> dict[str, str | None]:
    """The text of each part, None for one that is not what it was."""
    table = tables.bases
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
