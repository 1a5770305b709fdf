"""处理意见入账: what people decide about findings, each with its record, in one transaction.

One that cannot be taken is told with its reason; the others are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.decisions import Decision, decide
from monitor.findings import Clock, fingerprint
from monitor.ledger.chain import seal, seal_findings
from monitor.model import Assessment, Finding, FindingEvent
from monitor.store import rows, tables, writing
from monitor.wording import MonitorError, Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """处理结果 of one decision: the finding as it is now, or why nothing was done."""

    decision: Decision
    finding: Finding | None = None
    refused: MonitorError | None = None


def take(
    engine: sa.Engine, decisions: Sequence[Decision], *, at: datetime, clock: Clock
) -> tuple[Decided, ...]:
    """Take decisions in their order; two of the same finding see each other."""
    with writing(engine) as memory:
        done = tuple(_taken(memory, decision, at, clock) for decision in decisions)
        seal_findings(memory)
        return done


def preview(
    engine: sa.Engine, decisions: Sequence[Decision], *, at: datetime, clock: Clock
) -> tuple[Decided, ...]:
    """What ``take`` would do; nothing is kept."""
    with engine.connect() as memory, memory.begin() as nothing:
        done = tuple(_taken(memory, decision, at, clock) for decision in decisions)
        nothing.rollback()
    return done


def _taken(memory: sa.Connection, decision: Decision, at: datetime, clock: Clock) -> Decided:
    try:
        before = _finding(memory, decision.finding)
        judged = _latest(memory, before)
        after = decide(
            before,
            decision,
            clock,
            events=_events(memory, before.number),
            sets_aside=fingerprint(judged) if judged else "",
        )
    except MonitorError as refused:
        return Decided(decision=decision, refused=refused)
    shown = judged.evidence[0].sha256 if judged and judged.evidence else ""
    event = FindingEvent(
        finding=before.number,
        move=decision.move,
        from_state=before.state,
        to_state=after.state,
        by=decision.by,
        at=at,
        reason=decision.reason,
        evidence=decision.evidence or shown,
        address=decision.address,
        ground=decision.ground,
    )
    table = tables.findings
    memory.execute(
        sa.update(table).where(table.c.number == before.number).values(rows.finding_row(after))
    )
    events = tables.finding_events
    written = sa.insert(events).values(rows.finding_event_row(event)).returning(events.c.seq)
    seal(memory, events, [memory.scalar(written)])
    return Decided(decision=decision, finding=after)


def _finding(memory: sa.Connection, number: str) -> Finding:
    table = tables.findings
    row = memory.execute(sa.select(table).where(table.c.number == number)).one_or_none()
    if row is None:
        raise Objection.NO_SUCH_FINDING.error(number=number)
    return rows.finding(row)


def _latest(memory: sa.Connection, finding: Finding) -> Assessment | None:
    """How its obligation stands."""
    table = tables.assessments
    row = memory.execute(
        sa.select(table).where(
            table.c.unit == finding.unit,
            table.c.requirement == finding.requirement,
            table.c.period == finding.period,
            table.c.latest,
        )
    ).one_or_none()
    return rows.assessment(row) if row else None


def _events(memory: sa.Connection, number: str) -> tuple[FindingEvent, ...]:
    table = tables.finding_events
    found = memory.execute(sa.select(table).where(table.c.finding == number).order_by(table.c.seq))
    return tuple(map(rows.finding_event, found))
