"""可参考入账: the good examples an officer marks, and takes back; nothing is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from monitor.model import Example
from monitor.store import tables, writing

_TABLE: Final = tables.examples
_HOLDS: Final = _TABLE.c.ended_at.is_(None)


def mark(engine: sa.Engine, example: Example) -> None:
    """Keep an example; the unit's earlier one of the same item gives way to it."""
    with writing(engine) as memory:
        _end(memory, example.unit, example.requirement, by=example.by, at=example.at)
        memory.execute(
            sa.insert(_TABLE).values(
                unit=example.unit,
                requirement=example.requirement,
                address=example.address,
                marked_by=example.by,
                marked_at=example.at,
            )
        )


def unmark(engine: sa.Engine, unit: str, requirement: str, *, by: str, at: datetime) -> bool:
    """Take an example back; False when there is none."""
    with writing(engine) as memory:
        return _end(memory, unit, requirement, by=by, at=at)


def _end(memory: sa.Connection, unit: str, requirement: str, *, by: str, at: datetime) -> bool:
    ended = memory.execute(
        sa.update(_TABLE)
        .where(_TABLE.c.unit == unit, _TABLE.c.requirement == requirement, _HOLDS)
        .values(ended_by=by, ended_at=at)
    )
    return ended.rowcount > 0
