"""数据快照入账: everything a period's reports are built from, frozen once and never changed.

The content is JSON lines, gzipped, with its sha256 beside it: the texts of the catalog, units,
the calendar, verdicts, findings as they stood at the cut-off, and their history up to it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from monitor.ledger.chain import seal
from monitor.model import Assessment, Finding, FindingEvent, Unit
from monitor.store import reading, records, rows, tables, writing
from monitor.wording import Trouble
from monitor.workdays import WorkCalendar

T = TypeVar("T")

_TABLES: Final[Mapping[str, sa.Table]] = {
    "unit": tables.units,
    "assessment": tables.assessments,
    "finding": tables.findings,
    "event": tables.finding_events,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """快照的内容, all but the catalog, which is there as its texts by file name."""

    id: str
    starts_on: date
    ends_on: date
    cut_off_at: datetime
    made_by: str
    made_at: datetime
    sha256: str
    nights: int = 0
    rules: Mapping[str, str]
    units: tuple[Unit, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    events: tuple[FindingEvent, ...]
    silent: Mapping[str, tuple[int, date | None]]
    calendar: str = ""  # its plain values as JSON; "" before calendars were frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """快照目录的一行."""

    id: str
    starts_on: date
    ends_on: date
    cut_off_at: datetime
    made_by: str
    made_at: datetime
    sha256: str


def freeze(
    engine: sa.Engine,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    cut_off_at: datetime,
    made_by: str,
    at: datetime,
    rules: Mapping[str, str],
    assessments: Iterable[Assessment],
    calendar: WorkCalendar,
) -> str:
    """Freeze what the memory holds of a period; return the sha256 of the content.

    ``assessments``: how everything owed stood at the end. Findings stand as their history had
    brought them by ``cut_off_at``; what began later is left out.
    """
    lines = (
        *(_line("rules", name=name, text=text) for name, text in rules.items()),
        _line("calendar", text=rows.calendar_text(calendar)),
        *(_line("assessment", **rows.assessment_row(judged)) for judged in assessments),
        *_lines(engine, starts_on, ends_on, cut_off_at),
    )
    content = gzip.compress("".join(lines).encode("utf-8"), mtime=0)
    sha256 = hashlib.sha256(content).hexdigest()
    table = tables.snapshots
    with writing(engine) as memory:
        if memory.scalar(sa.select(table.c.id).where(table.c.id == name)) is not None:
            raise Trouble.SNAPSHOT_THERE.error(name=name)
        memory.execute(
            sa.insert(table).values(
                id=name,
                starts_on=starts_on,
                ends_on=ends_on,
                cut_off_at=cut_off_at,
                made_by=made_by,
                made_at=at,
                sha256=sha256,
                content=content,
            )
        )
        seal(memory, table, [name])
    return sha256


def kept(engine: sa.Engine) -> tuple[Kept, ...]:
    """All snapshots without their content, the oldest first."""
    table = tables.snapshots.c
    shown = [table[field] for field in Kept.__dataclass_fields__]
    with reading(engine) as memory:
        found = memory.execute(sa.select(*shown).order_by(table.ends_on, table.id))
        return tuple(Kept(**row._mapping) for row in found)


def thaw(engine: sa.Engine, name: str) -> Frozen:
    """Read a snapshot back; raise when there is none, or its content is not what was frozen."""
    table = tables.snapshots
    with reading(engine) as memory:
        row = memory.execute(sa.select(table).where(table.c.id == name)).one_or_none()
    if row is None:
        raise Trouble.NO_SUCH_SNAPSHOT.error(name=name)
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise Trouble.SNAPSHOT_DAMAGED.error(name=name)
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gzip.decompress(row.content).decode("utf-8").splitlines():
        said = rows.thawed(line)
        found[said.pop("kind")].append(said)

    def made(kind: str, record: Callable[[sa.Row[Any]], T]) -> tuple[T, ...]:
        return tuple(record(rows.as_row(_TABLES[kind], one)) for one in found[kind])

    return Frozen(
        **{field: row._mapping[field] for field in Kept.__dataclass_fields__},
        nights=found["nights"][0]["count"],
        rules={one["name"]: one["text"] for one in found["rules"]},
        units=made("unit", rows.unit),
        assessments=made("assessment", rows.assessment),
        findings=made("finding", rows.finding),
        events=made("event", rows.finding_event),
        calendar=next((one["text"] for one in found["calendar"]), ""),
        silent={
            one["unit"]: (one["nights"], date.fromisoformat(one["last"]) if "last" in one else None)
            for one in found["silent"]
        },
    )


def _lines(
    engine: sa.Engine, starts_on: date, ends_on: date, cut_off_at: datetime
) -> Iterator[str]:
    nights = {
        one.night
        for one in records.scans(engine)
        if starts_on <= one.night <= ends_on and one.is_valid
    }
    yield _line("nights", count=len(nights))
    for unit in records.units(engine):
        yield _line("unit", **rows.unit_row(unit))
    for silence in records.nights_unreachable(engine):
        last = silence.last_answer_on
        yield _line(
            "silent", unit=silence.unit, nights=silence.nights, last=last and last.isoformat()
        )
    for finding in records.findings(engine):
        events = [
            event
            for event in records.finding_events(engine, finding.number)
            if event.at <= cut_off_at
        ]
        if events:
            yield _line("finding", **rows.finding_row(_then(finding, events[-1], cut_off_at)))
            for event in events:
                yield _line("event", **rows.finding_event_row(event))


def _then(finding: Finding, last: FindingEvent, cut_off_at: datetime) -> Finding:
    """The finding as its history had brought it by then."""
    if finding.state is last.to_state:
        return finding
    return replace(finding, state=last.to_state, closed_on=None)


def _line(kind: str, **values: object) -> str:
    return rows.frozen({"kind": kind} | values) + "\n"
