"""复判与当晚: verdicts that were worked out again, beside those that are stored of that night."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import Assessment, Status
from monitor.store import reading, rows, streaming, tables
from monitor.store.looks import seq_of
from monitor.verified import is_answered

#: (unit code, requirement id, period)
Key = tuple[str, str, str]
#: what a verdict says; the rest is what it rests on
_SAYS: Final = ("status", "because", "late_by", "flags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """不一致的一条: what is stored and what comes out now; equal where only its grounds differ."""

    key: Key
    stored: Status | None  # None: not there
    now: Status | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """复判的结果."""

    counts: Mapping[Status, int]
    sha256: str  # of all lines
    lines: tuple[str, ...]  # the verdicts in their canonical form
    differences: tuple[Difference, ...]
    answered: int = 0  # a person decided these after the night


def compare(
    engine: sa.Engine,
    scan: str,
    judged: Iterable[Assessment],
    *,
    at: datetime | None,
) -> Replayed:
    """Lay verdicts of ``scan`` beside those that held at it.

    ``at``: when it was judged; what a person answered after that is no difference. Of a verdict
    that a later night confirmed only what it says is stored, not what it rested on.
    """
    stored = _stored(engine, scan)
    later = _answered_after(engine, at) if at else frozenset[Key]()
    counts: Counter[Status] = Counter()
    lines: list[str] = []
    digest = hashlib.sha256()
    differences: list[Difference] = []
    answered = 0
    for one in judged:
        counts[one.status] += 1
        values = rows.assessment_row(one)
        line = f"{rows.assessment_text(values)}\n"
        lines.append(line)
        digest.update(line.encode("utf-8", "replace"))
        known = stored.pop(one.key, None)
        if known is not None and known.equals(values):
            continue
        if known is not None and one.key in later and is_answered(known.assessment):
            answered += 1
            continue
        status = known.assessment.status if known else None
        differences.append(Difference(key=one.key, stored=status, now=one.status))
    return Replayed(
        counts=counts,
        sha256=digest.hexdigest(),
        lines=tuple(lines),
        differences=tuple(differences),
        answered=answered,
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    assessment: Assessment
    is_of_that_night: bool  # its facts and pages are those of the scan

    def equals(self, values: rows.Values) -> bool:
        kept = rows.assessment_row(self.assessment)
        if self.is_of_that_night:
            return rows.assessment_text(kept) == rows.assessment_text(values)
        return all(kept[name] == values[name] for name in _SAYS)


def _stored(engine: sa.Engine, scan: str) -> dict[Key, _Stored]:
    table = tables.assessments
    with reading(engine) as memory:
        seq = seq_of(memory, scan)
        held = sa.select(table).where(table.c.first_scan <= seq, table.c.last_scan >= seq)
        with streaming(memory, held) as found:
            return {one.assessment.key: one for one in (_of(row, seq) for row in found)}


def _of(row: sa.Row[Any], seq: int) -> _Stored:
    # an earlier row that an answer of a person ended may tell of the night after its end
    return _Stored(rows.assessment(row), row.latest and row.last_scan == seq)


def _answered_after(engine: sa.Engine, at: datetime) -> frozenset[Key]:
    said = tables.verifications.c
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(said.unit, said.requirement, said.period).where(said.said_at > at)
        )
        return frozenset((unit, requirement, period) for unit, requirement, period in found)
