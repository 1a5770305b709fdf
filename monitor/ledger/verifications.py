"""人工核实入账: a person's answers → the memory; append only.

An answer takes its place at once in the verdict of the last night, and every night judges by it
again for as long as it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from monitor.ledger.chain import seal
from monitor.ledger.verdicts import Key, extend_verdicts
from monitor.model import Assessment, Catalog, Verification
from monitor.store import rows, tables, writing
from monitor.verified import answered, is_open, listed_now

_STANDING: Final = tables.assessments


def verify(engine: sa.Engine, answers: Sequence[Verification], catalog: Catalog) -> int:
    """Keep answers, each with what its columns list now; return how many decide a verdict."""
    with writing(engine) as memory:
        decided: dict[int, dict[Key, Assessment]] = {}
        for said in _with_listed(memory, answers, catalog):
            table = tables.verifications
            written = sa.insert(table).values(rows.verification_row(said)).returning(table.c.seq)
            seal(memory, table, [memory.scalar(written)])
            row = _standing(memory, said)
            if row is None or not is_open(judged := rows.assessment(row)):
                continue
            after = answered(judged, said, catalog.requirements[said.requirement])
            decided.setdefault(row.last_scan, {})[after.key] = after
        for scan, chunk in decided.items():
            extend_verdicts(memory, chunk, scan=scan)
        return sum(map(len, decided.values()))


def _with_listed(
    memory: sa.Connection, answers: Sequence[Verification], catalog: Catalog
) -> Iterable[Verification]:
    units = sorted({said.unit for said in answers})
    seen = tables.remembered
    found = memory.execute(sa.select(seen).where(seen.c.unit.in_(units)))
    remembered = {(row.unit, row.column_id): rows.remembered(row) for row in found}
    for said in answers:
        columns = catalog.requirements[said.requirement].columns
        yield replace(said, digest=listed_now(said.unit, columns, remembered))


def _standing(memory: sa.Connection, said: Verification) -> sa.Row[tuple[object, ...]] | None:
    return memory.execute(
        sa.select(_STANDING).where(
            _STANDING.c.unit == said.unit,
            _STANDING.c.requirement == said.requirement,
            _STANDING.c.period == said.period,
            _STANDING.c.latest,
        )
    ).one_or_none()
