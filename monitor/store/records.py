"""读取记忆: the records as the ledger left them. Nothing here writes.

What can be long comes as a stream, unit by unit, from one consistent view of the memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa

from monitor.judgements.likeness import Print
from monitor.model import (
    DOUBTFUL,
    JUDGED,
    Assessment,
    Document,
    Duty,
    Event,
    Example,
    FileState,
    Finding,
    FindingEvent,
    HeldNight,
    KeptRemark,
    Outcome,
    Reading,
    Remembered,
    RobotsFile,
    Ruling,
    Scan,
    Status,
    Uncounted,
    Unit,
    Verification,
    Waiver,
    WaiverRequest,
)
from monitor.periods import BEIJING
from monitor.store import reading, rows, streaming, tables
from monitor.store.looks import last_verified as last_verified
from monitor.store.looks import listings, seq_of
from monitor.store.looks import looks as looks

#: scans that are searched for a site's last answer
_LOOKED_BACK: Final = 100
#: units named in one statement; with more, all are read
_NAMED: Final = 1000
#: the site answered, whatever it showed
_ANSWERED: Final = tuple(outcome.name for outcome in JUDGED | DOUBTFUL)
#: says nothing about the site: we did not come to it
_NOT_TRIED: Final = tuple(
    outcome.name for outcome in (Outcome.NOT_REACHED, Outcome.BUDGET, Outcome.PARSER_KILLED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """网站无法访问: how many nights in a row a unit's site did not answer, and when it last did."""

    unit: str
    nights: int
    last_answer_on: date | None  # None: never so far


# --- lists a person keeps --------------------------------------------------------------


def units(engine: sa.Engine) -> tuple[Unit, ...]:
    """All units, also inactive ones, in the order of the list."""
    with reading(engine) as memory:
        found = memory.execute(sa.select(tables.units).order_by("place", "code"))
        return tuple(map(rows.unit, found))


def duties(engine: sa.Engine) -> tuple[Duty, ...]:
    """任务分解 as it holds now."""
    table = tables.duties
    with reading(engine) as memory:
        found = memory.execute(sa.select(table).where(table.c.active).order_by("subject"))
        return tuple(map(rows.duty, found))


def events(engine: sa.Engine) -> tuple[Event, ...]:
    """事件登记 as it holds now."""
    table = tables.events
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(table).where(table.c.active).order_by("unit", "event", "day")
        )
        return tuple(map(rows.event, found))


# --- scans and looks -------------------------------------------------------------------


def scans(engine: sa.Engine, *, newest: int | None = None) -> tuple[Scan, ...]:
    """All scans, or the newest few; the newest first."""
    table, looks, batches = tables.scans.c, tables.columns_seen.c, tables.batches.c
    asked = sa.select(table.seq).order_by(table.seq.desc()).limit(newest).subquery()
    counted = (
        sa.select(looks.scan, looks.outcome, sa.func.count())
        .where(looks.scan.in_(sa.select(asked)))
        .group_by(looks.scan, looks.outcome)
    )
    gathered = (
        sa.select(
            tables.scans,
            sa.func.min(batches.started_at).label("started_at"),
            sa.func.max(batches.recorded_at).label("recorded_at"),
            sa.func.sum(batches.planned).label("planned"),
            sa.func.sum(sa.case((batches.complete, 0), else_=1)).label("incomplete"),
            sa.func.min(batches.reader).label("reader"),
            sa.func.max(batches.reader).label("last_reader"),
        )
        .join(tables.batches)
        .where(table.seq.in_(sa.select(asked)))
        .group_by(*table)
        .order_by(table.seq.desc())
    )
    counts: dict[int, dict[Outcome, int]] = {}
    with reading(engine) as memory:
        for seq, outcome, count in memory.execute(counted):
            counts.setdefault(seq, {})[Outcome[outcome]] = count
        return tuple(
            Scan(
                id=row.id,
                night=row.night,
                started_at=row.started_at,
                finished_at=None if row.incomplete else row.recorded_at,
                catalog_digest=row.catalog_digest or "",
                planned=row.planned,
                counts=counts.get(row.seq, {}),
                void=row.void or "",
                reader=_readers((row.reader, row.last_reader)),
            )
            for row in memory.execute(gathered)
        )


def last_night(engine: sa.Engine, *, beside: str) -> date | None:
    """The latest night that counts, that of the scan ``beside`` left out."""
    table = tables.scans.c
    query = sa.select(sa.func.max(table.night)).where(table.void.is_(None), table.id != beside)
    with reading(engine) as memory:
        found: date | None = memory.scalar(query)
        return found


def void_scans(engine: sa.Engine) -> Mapping[str, str]:
    """Why scans do not count that do not, by their ids."""
    table = tables.scans.c
    with reading(engine) as memory:
        found = memory.execute(sa.select(table.id, table.void).where(table.void.is_not(None)))
        return {scan: void or "" for scan, void in found}


def reader_of(engine: sa.Engine, scan: str) -> str:
    """The version of the eyes that read ``scan``, "" where that was not noted."""
    table = tables.batches.c
    with reading(engine) as memory:
        query = sa.select(sa.func.min(table.reader), sa.func.max(table.reader))
        return _readers(memory.execute(query.where(table.scan == seq_of(memory, scan))).one())


def _readers(first_and_last: Iterable[str | None]) -> str:
    """One version; two, where the program was changed in the middle of a night."""
    return "、".join(dict.fromkeys(filter(None, first_and_last)))


#: what may be otherwise the next time, though no list has changed
_OPEN_READINGS: Final = (Reading.UNOPENED, Reading.BROKEN)
_OPEN_FILES: Final = (FileState.UNREACHED, FileState.BROKEN)
#: nobody came to the column, for want of time or of pages
_NOT_COME_TO: Final = (Outcome.BUDGET, Outcome.NOT_REACHED)


def remembered(engine: sa.Engine) -> Mapping[tuple[str, str], Remembered]:
    """上次所见 by unit code and column id."""
    with reading(engine) as memory:
        return {
            (row.unit, row.column_id): rows.remembered(row)
            for row in memory.execute(sa.select(tables.remembered))
        }


def robots_files(engine: sa.Engine, *, since: datetime) -> tuple[RobotsFile, ...]:
    """The robots.txt files that were read at ``since`` or later, by address."""
    table = tables.robots
    query = sa.select(table).where(table.c.read_at >= since).order_by(table.c.address)
    with reading(engine) as memory:
        return tuple(map(rows.robots_file, memory.execute(query)))


Listed = Mapping[tuple[str, str], tuple[Document, ...]]


def open_questions(engine: sa.Engine) -> Listed:
    """The documents that are listed and were not reached or are broken, by unit and column."""
    document = tables.documents.c
    is_open = document.reading.in_([reading.name for reading in _OPEN_READINGS])
    has_open_file = sa.or_(*(document.attachments.contains(f'"{one.name}"') for one in _OPEN_FILES))
    return _listed_now(engine, is_open | has_open_file)


def exposing(engine: sa.Engine) -> Listed:
    """The documents that are listed and tell of persons what they must not, by column."""
    return _listed_now(engine, tables.documents.c.exposed.is_not(None))


def looked_into(engine: sa.Engine, units: Collection[str]) -> Listed:
    """The documents of these units that are listed and were opened, by unit and column."""
    document = tables.documents.c
    was_opened = document.reading != Reading.LISTED.name
    return _listed_now(engine, document.unit.in_(sorted(units)) & was_opened) if units else {}


def _listed_now(engine: sa.Engine, condition: sa.ColumnElement[bool]) -> Listed:
    table = tables.documents
    query = (
        sa.select(table)
        .where(table.c.last_scan.is_(None), condition)
        .order_by(table.c.unit, table.c.column_id, table.c.first_scan, table.c.place)
    )
    with reading(engine) as memory:
        return dict(listings(memory.execute(query), date.max))


def read_whole_on(engine: sa.Engine) -> Mapping[tuple[str, str], date]:
    """The last night in which a column was read, not found to be unchanged."""
    table = tables.remembered.c
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(table.unit, table.column_id, table.read_on).where(table.read_on.is_not(None))
        )
        return {(unit, column): day for unit, column, day in found}


def left_over(engine: sa.Engine) -> Mapping[tuple[str, str], date]:
    """The columns the last scan that counts did not come to, with the night of the last look.

    ``date.min`` for a column nobody has looked at yet.
    """
    seen, verified, scan = tables.columns_seen.c, tables.remembered.c, tables.scans.c
    last = sa.select(sa.func.max(scan.seq)).where(scan.void.is_(None)).scalar_subquery()
    same = (verified.unit == seen.unit) & (verified.column_id == seen.column_id)
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(seen.unit, seen.column_id, verified.verified_on)
            .outerjoin_from(tables.columns_seen, tables.remembered, same)
            .where(seen.scan == last, seen.outcome.in_([one.name for one in _NOT_COME_TO]))
        )
        return {(unit, column): day or date.min for unit, column, day in found}


def nights_unreachable(engine: sa.Engine) -> tuple[Silence, ...]:
    """The active units whose sites did not answer when they were last tried, by unit code.

    Nights in which nobody came to the site count neither way; nor do void ones.
    """
    scan, unit = tables.scans.c, tables.units.c
    silent: dict[str, set[date]] = {}
    answered_on: dict[str, date] = {}
    with reading(engine) as memory:
        waiting = set(memory.scalars(sa.select(unit.code).where(unit.active)))
        newest_first = memory.execute(
            sa.select(scan.seq, scan.night)
            .where(scan.void.is_(None))
            .order_by(scan.seq.desc())
            .limit(_LOOKED_BACK)
        )
        for seq, night in newest_first.all():
            if not waiting:
                break
            for code, answered in _answers(memory, seq, waiting):
                if answered:
                    answered_on[code] = night
                    waiting.discard(code)
                else:
                    silent.setdefault(code, set()).add(night)
    return tuple(
        Silence(unit=code, nights=len(nights), last_answer_on=answered_on.get(code))
        for code, nights in sorted(silent.items())
    )


def _answers(memory: sa.Connection, seq: int, waiting: set[str]) -> Iterator[tuple[str, bool]]:
    """The waiting units a scan tried, and whether any of their columns answered."""
    seen = tables.columns_seen.c
    answered = sa.func.max(sa.case((seen.outcome.in_(_ANSWERED), 1), else_=0))
    query = (
        sa.select(seen.unit, answered)
        .where(seen.scan == seq, seen.outcome.not_in(_NOT_TRIED))
        .group_by(seen.unit)
    )
    if len(waiting) <= _NAMED:
        query = query.where(seen.unit.in_(sorted(waiting)))
    for code, has_answered in memory.execute(query):
        if code in waiting:
            yield code, bool(has_answered)


# --- what was judged -------------------------------------------------------------------


def assessments(engine: sa.Engine, scan: str | None = None) -> Iterator[Assessment]:
    """The assessments that held at ``scan``, or the latest ones; by unit, requirement, period.

    The latest of an obligation may be older than the last scan; with ``scan`` given, what was no
    longer owed then is left out.
    """
    table = tables.assessments
    with reading(engine) as memory:
        query = (
            sa.select(table)
            .where(held(memory, scan))
            .order_by(table.c.unit, table.c.requirement, table.c.period)
        )
        with streaming(memory, query) as found:
            yield from map(rows.assessment, found)


def held(memory: sa.Connection, scan: str | None) -> sa.ColumnElement[bool]:
    """The condition on rows of assessments that held at ``scan``, or are the latest."""
    table = tables.assessments.c
    if scan is None:
        return table.latest.is_(True)
    seq = seq_of(memory, scan)
    return (table.first_scan <= seq) & (table.last_scan >= seq)


def findings(engine: sa.Engine) -> tuple[Finding, ...]:
    """All findings, also closed ones, by number."""
    with reading(engine) as memory:
        found = memory.execute(sa.select(tables.findings).order_by("number"))
        return tuple(map(rows.finding, found))


def finding_events(engine: sa.Engine, number: str) -> tuple[FindingEvent, ...]:
    """流转记录 of one finding, the oldest first."""
    table = tables.finding_events
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(table).where(table.c.finding == number).order_by(table.c.seq)
        )
        return tuple(map(rows.finding_event, found))


def histories(engine: sa.Engine, *, since: datetime) -> Mapping[str, tuple[FindingEvent, ...]]:
    """流转记录 by finding, each whole, of those that anything happened to ``since`` then."""
    table = tables.finding_events
    moved = sa.select(table.c.finding).where(table.c.moved_at >= since)
    query = sa.select(table).where(table.c.finding.in_(moved)).order_by(table.c.seq)
    lives: dict[str, list[FindingEvent]] = {}
    with reading(engine) as memory:
        for event in map(rows.finding_event, memory.execute(query)):
            lives.setdefault(event.finding, []).append(event)
    return {number: tuple(life) for number, life in lives.items()}


def remarks(engine: sa.Engine) -> tuple[KeptRemark, ...]:
    """提示, also those that ended, by unit and number."""
    table = tables.remarks
    with reading(engine) as memory:
        found = memory.execute(sa.select(table).order_by(table.c.unit, table.c.seq))
        return tuple(map(rows.remark, found))


def held_nights(engine: sa.Engine) -> tuple[HeldNight, ...]:
    """暂缓的各晚, also those that were ruled on, in the order of their numbers."""
    table, scan = tables.holds, tables.scans.c
    query = (
        sa.select(table, scan.id, scan.night)
        .join_from(table, tables.scans, table.c.scan == scan.seq)
        .order_by(table.c.seq)
    )
    with reading(engine) as memory:
        return tuple(map(rows.held_night, memory.execute(query)))


def uncounted(engine: sa.Engine) -> Uncounted:
    """The looks that prove nothing now: of void nights, and what waits or was discarded."""
    return Uncounted(
        scans=tuple(sorted(void_scans(engine))),
        units=tuple(
            (one.scan, tuple(sorted(one.units)))
            for one in held_nights(engine)
            if one.units and one.ruling is not Ruling.RELEASED
        ),
    )


def statuses(engine: sa.Engine) -> Mapping[tuple[str, str], Status]:
    """How every item stood after the last night that was believed, by unit code and item id."""
    table = tables.assessments.c
    query = sa.select(table.unit, table.requirement, table.status).where(table.latest)
    with reading(engine) as memory:
        return {(unit, item): Status[status] for unit, item, status in memory.execute(query)}


def prints(engine: sa.Engine) -> Mapping[str, Print]:
    """文本指纹 by the digest of the text."""
    table = tables.prints.c
    with reading(engine) as memory:
        found = memory.execute(sa.select(table.digest, table.bits, table.letters))
        return {digest: Print(int(bits, 16), letters) for digest, bits, letters in found}


# --- what people said ------------------------------------------------------------------


def verifications(engine: sa.Engine) -> Mapping[tuple[str, str, str], Verification]:
    """人工核实: the last answer to each obligation, by unit code, requirement id and period."""
    table = tables.verifications
    with reading(engine) as memory:
        found = map(rows.verification, memory.execute(sa.select(table).order_by(table.c.seq)))
        return {(said.unit, said.requirement, said.period): said for said in found}


def examples(engine: sa.Engine) -> tuple[Example, ...]:
    """可参考 that hold, in the order they were marked."""
    table = tables.examples
    query = sa.select(table).where(table.c.ended_at.is_(None)).order_by(table.c.seq)
    with reading(engine) as memory:
        return tuple(map(rows.example, memory.execute(query)))


def waiver_requests(engine: sa.Engine) -> tuple[WaiverRequest, ...]:
    """不涉及申请, also those that were ended, in the order of their numbers."""
    table = tables.waivers
    with reading(engine) as memory:
        found = memory.execute(sa.select(table).order_by(table.c.seq))
        return tuple(map(rows.waiver_request, found))


def waivers(engine: sa.Engine, at: datetime | None = None) -> tuple[Waiver, ...]:
    """不涉及／暂缓 that were approved and not ended, the newest last; some may have run out.

    ``at``: as they stood then, None: now.
    """
    return tuple(
        replace(asked.waiver, approved_on=asked.approved_at.astimezone(BEIJING).date())
        for asked in waiver_requests(engine)
        if asked.approved_at is not None
        and (at is None or asked.approved_at <= at)
        and (asked.ended_at is None or (at is not None and asked.ended_at > at))
    )
