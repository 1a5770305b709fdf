"""统计查询: the read side of figures, screens and exports; one function, one question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from monitor.model import DOUBTFUL, GAPS, JUDGED, UNOPENED, Assessment, Outcome, Scan, Status
from monitor.store import reading, records, rows, streaming, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """核查覆盖情况 of one scan: what was looked at, and what was not."""

    units: int = 0
    units_without_answer: int = 0  # not one of their columns could be opened
    columns: int = 0
    judged: int = 0
    doubtful: int = 0
    unopened: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)


def last_scan(engine: sa.Engine) -> Scan | None:
    """The scan that came into the memory last."""
    return next(iter(records.scans(engine, newest=1)), None)


def statuses_by_unit(
    engine: sa.Engine, scan: str | None = None
) -> Mapping[str, Mapping[Status, int]]:
    """How many obligations of each status, by unit code; of a scan, or the latest."""
    return _statuses_by(engine, "unit", scan)


def statuses_by_requirement(
    engine: sa.Engine, scan: str | None = None
) -> Mapping[str, Mapping[Status, int]]:
    """How many obligations of each status, by requirement id; of a scan, or the latest."""
    return _statuses_by(engine, "requirement", scan)


def _statuses_by(
    engine: sa.Engine, name: str, scan: str | None
) -> Mapping[str, Mapping[Status, int]]:
    table = tables.assessments.c
    counts: dict[str, dict[Status, int]] = {}
    with reading(engine) as memory:
        query = (
            sa.select(table[name], table.status, sa.func.count())
            .where(records.held(memory, scan))
            .group_by(table[name], table.status)
            .order_by(table[name])
        )
        for key, status, count in memory.execute(query):
            counts.setdefault(key, {})[Status[status]] = count
    return counts


def pages_read(engine: sa.Engine, scan: str) -> int:
    """How many pages of lists a scan read."""
    looks, scans = tables.columns_seen.c, tables.scans.c
    seq = sa.select(scans.seq).where(scans.id == scan).scalar_subquery()
    with reading(engine) as memory:
        return int(memory.scalar(sa.select(sa.func.sum(looks.pages)).where(looks.scan == seq)) or 0)


def verdicts_until(engine: sa.Engine, night: date) -> Mapping[tuple[str, str], Assessment]:
    """The last verdict of each unit and item that nights up to ``night`` gave."""
    table, scans = tables.assessments, tables.scans.c
    seqs = sa.select(scans.seq).where(scans.night <= night)
    query = sa.select(table).where(table.c.first_scan.in_(seqs)).order_by(table.c.first_scan)
    with reading(engine) as memory:
        return {
            (row.unit, row.requirement): rows.assessment(row) for row in streaming(memory, query)
        }


def coverage(engine: sa.Engine, scan: str) -> Covered:
    """The numbers of the coverage statement of one scan."""
    looks, scans = tables.columns_seen.c, tables.scans.c
    opened = sa.func.max(
        sa.case((looks.outcome.in_([outcome.name for outcome in UNOPENED]), 0), else_=1)
    ).label("opened")
    of_scan = looks.scan == sa.select(scans.seq).where(scans.id == scan).scalar_subquery()
    by_unit = sa.select(opened).where(of_scan).group_by(looks.unit).subquery()
    with reading(engine) as memory:
        outcomes = {
            Outcome[name]: count
            for name, count in memory.execute(
                sa.select(looks.outcome, sa.func.count()).where(of_scan).group_by(looks.outcome)
            )
        }
        units, answered = memory.execute(
            sa.select(sa.func.count(), sa.func.sum(by_unit.c.opened)).select_from(by_unit)
        ).one()

    def of(kind: frozenset[Outcome]) -> int:
        return sum(count for outcome, count in outcomes.items() if outcome in kind)

    return Covered(
        units=units,
        units_without_answer=units - (answered or 0),
        columns=sum(outcomes.values()),
        judged=of(JUDGED),
        doubtful=of(DOUBTFUL),
        unopened=of(UNOPENED),
        outcomes=outcomes,
    )


def exported(
    engine: sa.Engine, requirement_names: Mapping[str, str], scan: str | None = None
) -> Iterator[Mapping[str, object]]:
    """The rows of ``export assessments``, ready for JSON: unit × requirement × open period.

    ``first_seen_on`` is the first night of the verdict where it is a gap, else the night in which
    the newest document was first seen.
    """
    table, units = tables.assessments, tables.units
    with reading(engine) as memory:
        query = (
            sa.select(table, units.c.name.label("unit_name"))
            .outerjoin(units, units.c.code == table.c.unit)
            .where(records.held(memory, scan))
            .order_by(table.c.unit, table.c.requirement, table.c.period)
        )
        with streaming(memory, query) as found:
            for row in found:
                yield _exported(row, requirement_names)


def _exported(row: sa.Row[Any], requirement_names: Mapping[str, str]) -> Mapping[str, object]:
    judged = rows.assessment(row)
    is_gap = judged.status in GAPS
    return as_exported(
        judged,
        unit_name=row.unit_name or "",
        requirement_name=requirement_names.get(judged.requirement, ""),
        first_seen_on=row.first_assessed_on if is_gap else _newest_first_seen(judged),
    )


def as_exported(
    judged: Assessment,
    *,
    unit_name: str,
    requirement_name: str,
    first_seen_on: date | None = None,
) -> Mapping[str, object]:
    """One assessment as a row of the export."""
    return {
        "unit": judged.unit,
        "unit_name": unit_name,
        "requirement": judged.requirement,
        "requirement_name": requirement_name,
        "period": judged.period,
        "status": judged.status.name,
        "because": {"code": judged.because.name, "text": judged.sentence},
        "late_by": judged.late_by,
        "newest_on": judged.newest_on and judged.newest_on.isoformat(),
        "page": judged.page,
        "evidence": [
            {
                "url": page.url,
                "fetched_at": page.fetched_at.isoformat(),
                "http_status": page.http_status,
                "sha256": page.sha256,
                "path": page.path,
            }
            for page in judged.evidence
        ],
        "first_seen_on": first_seen_on and first_seen_on.isoformat(),
        "assessed_on": judged.assessed_on.isoformat(),
        "flags": list(judged.flags),
        "unchecked": list(judged.unchecked),
    }


def _newest_first_seen(judged: Assessment) -> date | None:
    return next(
        (
            document.first_seen_on
            for document in judged.documents
            if document.day == judged.newest_on
        ),
        None,
    )


def changed_since(engine: sa.Engine, at: datetime) -> Mapping[str, int]:
    """How many rows of the office's sheets were changed after ``at``, by the name of the sheet."""
    sheets = {"单位清单": tables.units, "事件登记": tables.events}
    with reading(engine) as memory:
        return {
            name: memory.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.changed_at > at)
            )
            or 0
            for name, table in sheets.items()
        }


def verdicts_by_scan(
    engine: sa.Engine, unit: str, requirement: str, period: str
) -> Mapping[str, Assessment]:
    """How one obligation stood at each scan that counts, by the id of the scan, the oldest first.

    A scan that did not come to it is among them, with the verdict that still held.
    """
    table, scan = tables.assessments.c, tables.scans.c
    query = (
        sa.select(scan.id.label("scan_id"), tables.assessments)
        .join_from(
            tables.scans, tables.assessments, scan.seq.between(table.first_scan, table.last_scan)
        )
        .where(
            table.unit == unit,
            table.requirement == requirement,
            table.period == period,
            scan.void.is_(None),
        )
        .order_by(scan.seq)
    )
    with reading(engine) as memory:
        return {row.scan_id: rows.assessment(row) for row in memory.execute(query)}
