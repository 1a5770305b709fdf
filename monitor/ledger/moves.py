"""问题的流转: what a night's assessments do to the findings, each move with its record.

Only a look that decided something touches a finding, and each scan touches it once. The end of a
suspension comes by the calendar, whatever was seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Final

import sqlalchemy as sa

from monitor.findings import (
    CONFIRMED,
    GOOD,
    SETTLED,
    UNCONFIRMED,
    Clock,
    Confirm,
    Planned,
    continues,
    is_disbelieved,
    key_of,
    moved,
    next_step,
)
from monitor.ledger.chain import seal
from monitor.ledger.verdicts import Key
from monitor.model import GAPS, Assessment, Finding, FindingEvent, Move, State
from monitor.store import rows, tables

#: who moves a finding when no person does
MACHINE: Final = "mingcha"
_DECIDED: Final = GAPS | GOOD
#: a look still tells something of these; the others rest
_FOLLOWED: Final = UNCONFIRMED | CONFIRMED | {State.CLOSED}
#: those that may go on into the next period
_OPEN: Final = tuple(sorted(state.name for state in UNCONFIRMED | CONFIRMED))
#: what a day on the calendar does, whatever was seen on it
_CLOCK_MOVES: Final = frozenset({Move.RESUME, Move.REVIEW_ON})
_FINDINGS: Final = tables.findings


def move_findings(
    memory: sa.Connection,
    chunk: Mapping[Key, Assessment],
    *,
    scan: int,
    at: datetime,
    confirm: Confirm,
    clock: Clock,
    running: Collection[str] = (),
) -> list[Move]:
    """Move the findings of these obligations as the table of moves allows; the moves made.

    ``running``: items whose finding goes on into the next period (``findings.continues``).
    """
    known = _newest(memory, chunk, running)
    numbers: Iterator[str] | None = None
    opened: list[rows.Values] = []
    looked_at: list[rows.Values] = []
    events: list[FindingEvent] = []
    for key, assessment in chunk.items():
        finding, last_scan = known.get(key, (None, 0))
        if last_scan >= scan:
            continue
        is_decided = assessment.status in _DECIDED
        step = next_step(finding, assessment, at, confirm)
        if not is_decided and step is None:
            continue
        if step is not None and step.move is Move.DETECT:
            numbers = numbers or _numbers(memory, assessment.assessed_on)
            before, after = None, _detected(next(numbers), assessment, step, at)
            opened.append(rows.finding_row(after) | {"last_scan": scan})
        elif finding is not None and (step or finding.state in _FOLLOWED):
            before, after = finding.state, _seen(finding, assessment, step, at, clock)
            looked_at.append(_as_changes(rows.finding_row(after) | {"last_scan": scan}))
        else:
            continue
        if step is not None and step.move is not None:
            events.append(_event(after, before, step.move, assessment, at))
    if opened:
        memory.execute(sa.insert(_FINDINGS), opened)
    if looked_at:
        memory.execute(_LOOKED_AT, looked_at)
    if events:
        told = [rows.finding_event_row(event) | {"scan": scan} for event in events]
        table = tables.finding_events
        written = memory.scalars(sa.insert(table).returning(table.c.seq), told)
        seal(memory, table, sorted(written))
    return [event.move for event in events]


def _newest(
    memory: sa.Connection, chunk: Mapping[Key, Assessment], running: Collection[str]
) -> Mapping[Key, tuple[Finding, int]]:
    """The last finding of each obligation, with the scan that last touched it.

    Of an item that runs on, one of an earlier period that is still open comes into this one.
    """
    query = (
        sa.select(_FINDINGS)
        .where(
            _FINDINGS.c.unit.in_(sorted({unit for unit, _, _ in chunk})),
            _FINDINGS.c.period.in_(sorted({period for _, _, period in chunk}))
            | _FINDINGS.c.state.in_(_OPEN),
        )
        .order_by(_FINDINGS.c.last_scan)
    )
    found = [(rows.finding(row), row.last_scan) for row in memory.execute(query)]
    newest = {key_of(finding): (finding, last_scan) for finding, last_scan in found}
    periods = {(unit, item): period for unit, item, period in chunk if item in running}
    for finding, last_scan in found:
        period = periods.get((finding.unit, finding.requirement))
        if period is not None and period != finding.period and continues(finding, running):
            key = (finding.unit, finding.requirement, period)
            if key not in newest or newest[key][0].state in SETTLED:
                newest[key] = (replace(finding, period=period), last_scan)
    return newest


def _numbers(memory: sa.Connection, on: date) -> Iterator[str]:
    """The next numbers of the year: WT-2026-00001 and on. Findings are never deleted."""
    query = sa.select(sa.func.count()).where(_FINDINGS.c.number.like(f"WT-{on.year}-%"))
    taken = memory.scalar(query) or 0
    return (f"WT-{on.year}-{number:05}" for number in count(taken + 1))


def _detected(number: str, assessment: Assessment, step: Planned, at: datetime) -> Finding:
    day = assessment.assessed_on
    return Finding(
        number=number,
        unit=assessment.unit,
        requirement=assessment.requirement,
        period=assessment.period,
        status=assessment.status,
        state=step.to_state,
        first_seen_on=day,
        last_seen_on=day,
        last_verified_on=day,
        sightings=step.sightings,
        sighted_at=at,
    )


def _seen(
    finding: Finding, assessment: Assessment, step: Planned | None, at: datetime, clock: Clock
) -> Finding:
    """The finding after a look that decided something, or on a day that moves it by itself."""
    day = assessment.assessed_on
    is_decided = assessment.status in _DECIDED
    seen = replace(finding, last_verified_on=day) if is_decided else finding
    if assessment.status in GAPS:
        seen = replace(seen, last_seen_on=day)
        if step is not None and step.move not in _CLOCK_MOVES:
            seen = replace(seen, status=assessment.status, sighted_at=at)
    elif is_decided and seen.state in CONFIRMED and not is_disbelieved(seen, assessment):
        seen = replace(seen, good_on=min(seen.good_on or day, day))
    if step is None:
        return seen
    if step.move is not None:
        seen = moved(seen, step.move, clock)
        if seen.state is State.CLOSED:
            return seen
    return replace(seen, sightings=step.sightings)


def _event(
    finding: Finding, before: State | None, move: Move, assessment: Assessment, at: datetime
) -> FindingEvent:
    return FindingEvent(
        finding=finding.number,
        move=move,
        from_state=before,
        to_state=finding.state,
        by=MACHINE,
        at=at,
        reason=assessment.sentence,
        evidence=assessment.evidence[0].sha256 if assessment.evidence else "",
    )


def _as_changes(values: rows.Values) -> rows.Values:
    return {f"new_{name}": value for name, value in values.items()}


_LOOKED_AT: Final = (
    sa.update(_FINDINGS)
    .where(_FINDINGS.c.number == sa.bindparam("new_number"))
    .values(
        {
            column.name: sa.bindparam(f"new_{column.name}")
            for column in _FINDINGS.c
            if column.name != "number"
        }
    )
)
