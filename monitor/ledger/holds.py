"""暂缓与放行: nights whose verdicts wait, and what an officer rules; each is ruled on once.

A night that waits as a whole does not count until it is released: it is kept as void meanwhile.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from monitor.brake import Hold
from monitor.model import Ruling
from monitor.store import rows, tables, writing

_TABLE: Final = tables.holds


def hold(engine: sa.Engine, scan: str, held: Hold, *, at: datetime) -> None:
    """Keep that a scan waits; one that waits already, or was ruled on, is left as it is."""
    with writing(engine) as memory:
        seq = memory.execute(
            sa.select(tables.scans.c.seq).where(tables.scans.c.id == scan)
        ).scalar_one()
        if memory.execute(sa.select(_TABLE.c.seq).where(_TABLE.c.scan == seq)).first():
            return
        memory.execute(
            sa.insert(_TABLE).values(
                scan=seq,
                reason=held.reason,
                units=rows.codes_text(held.units),
                held_at=at,
            )
        )
        if not held.units:
            _set_void(memory, seq, held.reason)


def rule(
    engine: sa.Engine, number: int, ruling: Ruling, *, by: str, at: datetime, note: str = ""
) -> bool:
    """Keep what an officer rules; False when it was ruled on before, or there is none."""
    with writing(engine) as memory:
        done = memory.execute(
            sa.update(_TABLE)
            .where(_TABLE.c.seq == number, _TABLE.c.ruling.is_(None))
            .values(ruling=ruling.name, ruled_by=by, ruled_at=at, note=note)
        )
        if not done.rowcount:
            return False
        held = memory.execute(sa.select(_TABLE).where(_TABLE.c.seq == number)).one()
        if ruling is Ruling.RELEASED and held.units is None:
            _set_void(memory, held.scan, None)
        return True


def _set_void(memory: sa.Connection, scan: int, void: str | None) -> None:
    table = tables.scans
    memory.execute(sa.update(table).where(table.c.seq == scan).values(void=void))
