"""名单入账: 单位清单, 任务分解 and 事件登记 as they were read → the memory.

A list replaces the one before it, but nothing is deleted: what it no longer holds is inactive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from monitor.model import Duty, Event, Unit
from monitor.store import rows, tables, writing

Entry = TypeVar("Entry")


def replace(engine: sa.Engine, units: Iterable[Unit], *, at: datetime) -> None:
    """Make ``units`` the 单位清单 that holds."""
    values = [rows.unit_row(unit) | {"place": place} for place, unit in enumerate(units, start=1)]
    with writing(engine) as memory:
        _replace(memory, tables.units, values, at)


def replace_duties(engine: sa.Engine, duties: Iterable[Duty], *, at: datetime) -> None:
    """Make ``duties`` the 任务分解 that holds."""
    _replace_active(engine, tables.duties, duties, rows.duty_row, at)


def replace_events(engine: sa.Engine, events: Iterable[Event], *, at: datetime) -> None:
    """Make ``events`` the 事件登记 that holds."""
    _replace_active(engine, tables.events, events, rows.event_row, at)


def _replace_active(
    engine: sa.Engine,
    table: sa.Table,
    entries: Iterable[Entry],
    row: Callable[[Entry], rows.Values],
    at: datetime,
) -> None:
    with writing(engine) as memory:
        _replace(memory, table, [row(entry) | {"active": True} for entry in entries], at)


def _replace(
    memory: sa.Connection, table: sa.Table, values: Iterable[rows.Values], at: datetime
) -> None:
    """Insert, change and make inactive; a row that stays as it was keeps its ``changed_at``."""
    names = [column.name for column in table.primary_key]
    kept = {
        tuple(row._mapping[name] for name in names): row for row in memory.execute(sa.select(table))
    }
    for entry in values:
        key = tuple(entry[name] for name in names)
        row = kept.pop(key, None)
        if row is None:
            memory.execute(sa.insert(table).values(changed_at=at, **entry))
        elif _differs(row, entry):
            memory.execute(_of_key(table, names, key).values(changed_at=at, **entry))
    for key, row in kept.items():
        if row.active:
            memory.execute(_of_key(table, names, key).values(active=False, changed_at=at))


def _differs(row: sa.Row[Any], entry: rows.Values) -> bool:
    return any((row._mapping[name] or "") != (value or "") for name, value in entry.items())


def _of_key(table: sa.Table, names: list[str], key: tuple[object, ...]) -> sa.Update:
    return sa.update(table).where(
        *(table.c[name] == value for name, value in zip(names, key, strict=True))
    )
