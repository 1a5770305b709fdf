"""统计查询: the read side of figures, screens and exports; one function, one question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from monitor.judgements.risk import Turn
from monitor.model import (
    DOUBTFUL,
    GAPS,
    JUDGED,
    UNOPENED,
    Assessment,
    Finding,
    Outcome,
    Scan,
    State,
    Status,
)
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


def past_turns(engine: sa.Engine) -> Iterator[Turn]:
    """How each period of each item came out, as far as it is known: in time, late, a problem.

    Late is what was counted so (``late_by``) and what a person confirmed as a problem of time. A
    broken link or an element that is missing says nothing about the day.
    """
    table = tables.assessments
    found = table.c.newest_on.is_not(None) & (table.c.status == Status.OK.name)
    place = (table.c.unit, table.c.requirement, table.c.period)
    good = sa.select(*place, sa.func.max(table.c.last_assessed_on)).where(found).group_by(*place)
    late = sa.select(table).where(table.c.late_by > 0).order_by(table.c.first_scan)
    turns: dict[tuple[str, str, str], Turn] = {}
    with reading(engine) as memory:
        for unit, requirement, period, day in memory.execute(good):
            turns[unit, requirement, period] = Turn(
                unit=unit, requirement=requirement, period=period, on=day
            )
        for judged in map(rows.assessment, memory.execute(late)):
            kind = judged.facts.get("day_kind", "")
            turns[judged.key] = Turn(
                unit=judged.unit,
                requirement=judged.requirement,
                period=judged.period,
                is_late=True,
                late_by=judged.late_by or 0,
                day_kind=str(kind),
                on=judged.assessed_on,
            )
    for one in records.findings(engine):
        key = (one.unit, one.requirement, one.period)
        is_counted = key in turns and turns[key].is_late
        if one.status in _OF_TIME and _was_confirmed(one) and not is_counted:
            turns[key] = Turn(
                unit=one.unit,
                requirement=one.requirement,
                period=one.period,
                is_late=True,
                found=one.status,
                on=one.first_seen_on,
            )
    yield from turns.values()


def visits(engine: sa.Engine, *, since: date) -> Mapping[str, tuple[int, int]]:
    """By unit code, in how many scans its site was tried since a day, and in how many it was down.

    A site that keeps programs out, or shows a wall, is there for people.
    """
    seen, scans = tables.columns_seen.c, tables.scans.c
    counted = sa.select(scans.seq).where(scans.void.is_(None), scans.night >= since)
    is_there = sa.case((seen.outcome.in_(_DOWN), 0), else_=1)
    by_scan = (
        sa.select(seen.unit, sa.func.max(is_there).label("is_there"))
        .where(seen.scan.in_(counted), seen.outcome.not_in(_NOT_TRIED))
        .group_by(seen.unit, seen.scan)
        .subquery()
    ).c
    query = sa.select(by_scan.unit, sa.func.count(), sa.func.sum(1 - by_scan.is_there)).group_by(
        by_scan.unit
    )
    with reading(engine) as memory:
        return {unit: (made, int(failed)) for unit, made, failed in memory.execute(query)}


#: nobody can open the site, whoever asks
_DOWN = tuple(
    outcome.name
    for outcome in (
        Outcome.REFUSED,
        Outcome.TIMED_OUT,
        Outcome.NO_NAME,
        Outcome.CERTIFICATE,
        Outcome.OLD_TLS,
        Outcome.PROTOCOL,
        Outcome.SERVER_ERROR,
        Outcome.TRUNCATED,
        Outcome.MAINTENANCE,
    )
)
#: nobody came to the site
_NOT_TRIED = tuple(
    outcome.name for outcome in (Outcome.NOT_REACHED, Outcome.BUDGET, Outcome.PARSER_KILLED)
)


#: gaps that say: not there by its day
_OF_TIME = frozenset({Status.MISSING, Status.STALE, Status.EMPTY, Status.NOCOL})
_NO_PROBLEM = frozenset({State.WITHDRAWN, State.WAIVED, State.DROPPED})


def _was_confirmed(finding: Finding) -> bool:
    return finding.assigned_on is not None and finding.state not in _NO_PROBLEM


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
