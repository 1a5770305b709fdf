"""核查结论的区间: an assessment that says the same as the night before extends its row.

The facts of a sentence change daily (还剩3天, 还剩2天): they are those of the last night. A row
ends when the verdict changes, or when another period takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import Assessment
from monitor.store import rows, tables

#: (unit code, requirement id, period)
Key = tuple[str, str, str]

#: what must be equal for two nights to say the same
_VERDICT: Final = ("status", "because", "late_by", "flags")
_KEY: Final = ("unit", "requirement", "period", "first_scan")
_TABLE: Final = tables.assessments


def extend_verdicts(
    memory: sa.Connection, chunk: Mapping[Key, Assessment], *, scan: int
) -> list[rows.Values]:
    """Bring the rows of these obligations to what ``scan`` was judged to have seen; that, as rows.

    What a newer night has said since stands.
    """
    told: list[rows.Values] = []
    added: list[rows.Values] = []
    confirmed: list[rows.Values] = []
    extended: list[rows.Values] = []
    ended: list[rows.Values] = []
    judged_again: list[rows.Values] = []
    latest = _latest(memory, chunk)
    for key, assessment in chunk.items():
        values = rows.assessment_row(assessment)
        told.append(values)
        row = latest.pop(key, None)
        if row is not None and row.last_scan > scan:
            continue  # a newer night has spoken
        if row is not None and (row.first_scan == scan or _says_same(row, values)):
            if _is_as_before(row, values):
                moves_on = {"new_last_scan": scan, "new_last_assessed_on": assessment.assessed_on}
                confirmed.append(_key(row) | moves_on)
            else:
                extended.append(_key(row) | _as_changes(values) | {"new_last_scan": scan})
            continue
        if row is not None:
            target = judged_again if row.last_scan == scan else ended
            target.append(_key(row))
        added.append(
            values
            | {
                "first_scan": scan,
                "last_scan": scan,
                "first_assessed_on": assessment.assessed_on,
                "latest": True,
            }
        )
    named = {(unit, requirement) for unit, requirement, _ in chunk}
    ended += [
        _key(row)
        for (unit, requirement, _), row in latest.items()
        if (unit, requirement) in named and row.last_scan < scan
    ]
    if confirmed:
        memory.execute(_CONFIRM, confirmed)
    if extended:
        memory.execute(_EXTEND, extended)
    if ended:
        memory.execute(_END, ended)
    if judged_again:
        before = _scan_before(memory, scan)
        memory.execute(_TAKE_BACK, [key | before for key in judged_again])
    if added:
        memory.execute(sa.insert(_TABLE), added)
    return told


def _latest(memory: sa.Connection, chunk: Mapping[Key, Assessment]) -> dict[Key, sa.Row[Any]]:
    query = sa.select(_TABLE).where(
        _TABLE.c.unit.in_(sorted({unit for unit, _, _ in chunk})), _TABLE.c.latest
    )
    return {(row.unit, row.requirement, row.period): row for row in memory.execute(query)}


def _says_same(row: sa.Row[Any], values: rows.Values) -> bool:
    return all(row._mapping[name] == values[name] for name in _VERDICT)


def _is_as_before(row: sa.Row[Any], values: rows.Values) -> bool:
    kept = row._mapping
    return all(kept[name] == value for name, value in values.items() if name != "last_assessed_on")


def _scan_before(memory: sa.Connection, scan: int) -> rows.Values:
    """The scan up to which a verdict held that this scan, judged again, no longer confirms."""
    found = memory.execute(
        sa.select(tables.scans.c.seq, tables.scans.c.night)
        .where(tables.scans.c.seq < scan, tables.scans.c.void.is_(None))
        .order_by(tables.scans.c.seq.desc())
        .limit(1)
    ).one()
    return {"new_last_scan": found.seq, "new_last_assessed_on": found.night}


def _key(row: sa.Row[Any]) -> rows.Values:
    kept = row._mapping
    return {f"key_{name}": kept[name] for name in _KEY}


def _as_changes(values: rows.Values) -> rows.Values:
    return {f"new_{name}": value for name, value in values.items() if name not in _KEY}


_ROW: Final = sa.and_(*(_TABLE.c[name] == sa.bindparam(f"key_{name}") for name in _KEY))
_UNCHANGED: Final = {*_KEY, "first_assessed_on", "latest"}
_EXTEND: Final = (
    sa.update(_TABLE)
    .where(_ROW)
    .values(
        {
            column.name: sa.bindparam(f"new_{column.name}")
            for column in _TABLE.c
            if column.name not in _UNCHANGED
        }
    )
)
_CONFIRM: Final = (
    sa.update(_TABLE)
    .where(_ROW)
    .values(
        last_scan=sa.bindparam("new_last_scan"),
        last_assessed_on=sa.bindparam("new_last_assessed_on"),
    )
)
_END: Final = sa.update(_TABLE).where(_ROW).values(latest=False)
_TAKE_BACK: Final = (
    sa.update(_TABLE)
    .where(_ROW)
    .values(
        latest=False,
        last_scan=sa.bindparam("new_last_scan"),
        last_assessed_on=sa.bindparam("new_last_assessed_on"),
    )
)
