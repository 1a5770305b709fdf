"""入账: what one batch of a scan saw → the memory, in one transaction.

In: a scan file with its plan beside it. Out: how much of it was new. Recording the same file again
changes nothing; recording it after ``--resume`` adds what was missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.listings import Listing, Place, store_listings
from monitor.model import JUDGED, Coverage, Observation, Outcome, Plan, Remembered, Target
from monitor.store import rows, tables, writing
from monitor.wire import ScanFile, plan_beside, read_plan, read_scan
from monitor.wording import Trouble

#: observations stored at once: few enough for the parameters of one statement
_CHUNK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """入账结果 of one batch: planned = stored + known + not_reached."""

    scan: str
    batch: int
    planned: int
    stored: int = 0  # observations that were new
    known: int = 0  # targets that had their observation already
    not_reached: int = 0  # targets nobody looked at
    unplanned: int = 0  # observations no target asked for, or a second one of the same target
    damaged: int = 0  # lines of the file that could not be read
    complete: bool = False  # the crawl came to its end


def record(engine: sa.Engine, scan: Path | ScanFile, *, at: datetime) -> Recorded:
    """Store one batch; a target without an observation becomes NOT_REACHED."""
    file = read_scan(scan) if isinstance(scan, Path) else scan
    plan = read_plan(plan_beside(file.path))
    if file.header and (file.header.scan, file.header.batch) != (plan.scan, plan.batch):
        raise Trouble.SCAN_NOT_OF_PLAN.error(path=file.path)
    wanted = {(target.unit, target.column.id): target for target in plan.targets}
    first: dict[Place, bool] = dict.fromkeys(wanted, True)
    unplanned = 0
    started_at = at

    def firsts() -> Iterator[Observation]:
        nonlocal unplanned, started_at
        for seen in file.observations():
            if first.pop((seen.unit, seen.column), False):
                started_at = min(started_at, seen.seen_at or at)
                yield seen
            else:
                unplanned += 1

    with writing(engine) as memory:
        night = _Night(memory=memory, scan=_scan(memory, plan, at), on=plan.night, wanted=wanted)
        stored = sum(map(night.store, _chunks(firsts())))
        missing = (_not_reached(wanted[place]) for place in first)
        not_reached = sum(map(night.store, _chunks(missing)))
        _note_batch(memory, night.scan, plan, file, (started_at, at), news=stored + not_reached > 0)
    return Recorded(
        scan=plan.scan,
        batch=plan.batch,
        planned=len(wanted),
        stored=stored,
        known=len(wanted) - stored - not_reached,
        not_reached=not_reached,
        unplanned=unplanned,
        damaged=file.damaged,
        complete=file.complete,
    )


def _not_reached(target: Target) -> Observation:
    return Observation(
        unit=target.unit,
        column=target.column.id,
        outcome=Outcome.NOT_REACHED,
        address=target.address,
    )


def _scan(memory: sa.Connection, plan: Plan, at: datetime) -> int:
    found = memory.scalar(sa.select(tables.scans.c.seq).where(tables.scans.c.id == plan.scan))
    if found is not None:
        return int(found)
    added = memory.execute(
        sa.insert(tables.scans)
        .values(id=plan.scan, night=plan.night, catalog_digest=plan.catalog_digest)
        .returning(tables.scans.c.seq)
    )
    return int(added.scalar_one())


def _note_batch(
    memory: sa.Connection,
    scan: int,
    plan: Plan,
    file: ScanFile,
    span: tuple[datetime, datetime],
    *,
    news: bool,
) -> None:
    batches = tables.batches
    this = (batches.c.scan == scan) & (batches.c.batch == plan.batch)
    complete = memory.scalar(sa.select(batches.c.complete).where(this))
    if complete is not None and complete >= file.complete and not news:
        return
    memory.execute(sa.delete(batches).where(this))
    memory.execute(
        sa.insert(batches).values(
            scan=scan,
            batch=plan.batch,
            planned=len({target.key for target in plan.targets}),
            damaged=file.damaged,
            complete=file.complete,
            started_at=span[0],
            recorded_at=span[1],
        )
    )


# --- one night's looks -----------------------------------------------------------------

_LOOK_PLACE: Final = sa.tuple_(tables.columns_seen.c.unit, tables.columns_seen.c.column_id)
_MEMORY_PLACE: Final = sa.tuple_(tables.remembered.c.unit, tables.remembered.c.column_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Night:
    """The scan that is being recorded, inside its transaction."""

    memory: sa.Connection
    scan: int
    on: date
    wanted: Mapping[Place, Target]

    def store(self, chunk: tuple[Observation, ...]) -> int:
        """Store what is new among these observations; how many were."""
        places = [(seen.unit, seen.column) for seen in chunk]
        known = self._outcomes(places)
        before = self._remembered(places)
        looks: list[rows.Values] = []
        memories: list[rows.Values] = []
        listings: list[Listing] = []
        for place, raw in zip(places, chunk, strict=True):
            seen = _believed(raw, before.get(place), self.wanted[place], self.scan)
            if not _is_news(seen, known.get(place)):
                continue
            old = before.get(place)
            judged = _is_judged(seen)
            evidence_scan = self.scan if seen.evidence else None
            if seen.unchanged and old is not None:
                evidence_scan = evidence_scan or old.evidence_scan
                listed = old.listed
            else:
                listed = len(seen.documents)
                if judged:
                    documents = seen.documents if seen.outcome is Outcome.OPENED else ()
                    listings.append(
                        Listing(place=place, documents=documents, before=old and old.scan)
                    )
            shared = {"scan": self.scan, "evidence_scan": evidence_scan, "listed": listed}
            looks.append(rows.look_row(seen) | shared)
            if judged:
                memories.append(self._memory(seen, old) | shared)
        self._replace(tables.columns_seen, _LOOK_PLACE, looks, of_scan=True)
        store_listings(self.memory, listings, scan=self.scan, on=self.on)
        self._replace(tables.remembered, _MEMORY_PLACE, memories, of_scan=False)
        self._index_evidence(chunk)
        return len(looks)

    def _outcomes(self, places: list[Place]) -> Mapping[Place, Outcome]:
        seen = tables.columns_seen.c
        query = sa.select(seen.unit, seen.column_id, seen.outcome).where(
            seen.scan == self.scan, _LOOK_PLACE.in_(places)
        )
        return {(unit, column): Outcome[name] for unit, column, name in self.memory.execute(query)}

    def _remembered(self, places: list[Place]) -> Mapping[Place, sa.Row[Any]]:
        query = sa.select(tables.remembered).where(_MEMORY_PLACE.in_(places))
        return {(row.unit, row.column_id): row for row in self.memory.execute(query)}

    def _memory(self, seen: Observation, old: sa.Row[Any] | None) -> rows.Values:
        """What the next night is to know of this column."""
        said = seen.remember
        if seen.unchanged and old is not None:
            kept = rows.remembered(old)
            said = replace(
                kept,
                address=said.address or kept.address,
                etag=said.etag or kept.etag,
                last_modified=said.last_modified or kept.last_modified,
            )
        return rows.remembered_row(said) | {
            "unit": seen.unit,
            "column_id": seen.column,
            "verified_on": self.on,
            "outcome": seen.outcome.name,
            "phrase": seen.phrase,
            "since": seen.coverage.since,
            "to_end": seen.coverage.to_end,
            "entries": seen.coverage.entries,
            "identity_seen": seen.identity_seen,
            "platform": seen.platform,
        }

    def _replace(
        self,
        table: sa.Table,
        place: sa.Tuple,
        values: list[rows.Values],
        *,
        of_scan: bool,
    ) -> None:
        if not values:
            return
        old = sa.delete(table).where(place.in_([(row["unit"], row["column_id"]) for row in values]))
        self.memory.execute(old.where(table.c.scan == self.scan) if of_scan else old)
        self.memory.execute(sa.insert(table), values)

    def _index_evidence(self, chunk: Iterable[Observation]) -> None:
        pages = {page.sha256: rows.evidence_row(page) for seen in chunk for page in seen.evidence}
        if not pages:
            return
        stored = self.memory.scalars(
            sa.select(tables.evidence.c.sha256).where(tables.evidence.c.sha256.in_(pages))
        )
        for sha256 in stored:
            del pages[sha256]
        if pages:
            self.memory.execute(sa.insert(tables.evidence), list(pages.values()))


def _is_news(seen: Observation, known: Outcome | None) -> bool:
    """The first look of a scan counts; only "nobody looked" gives way to a look."""
    return known is None or (
        known is Outcome.NOT_REACHED and seen.outcome is not Outcome.NOT_REACHED
    )


def _is_judged(seen: Observation) -> bool:
    """Whether the look may replace what is remembered of the column."""
    if seen.outcome is Outcome.OPENED and not seen.unchanged:
        # a page in which nothing was recognised does not show that its entries are gone
        return bool(seen.documents or seen.coverage.entries)
    return seen.outcome in JUDGED


def _believed(seen: Observation, old: sa.Row[Any] | None, target: Target, scan: int) -> Observation:
    """The look with what "unchanged" refers to filled in from the memory.

    A look older than the memory, and an "unchanged" that does not refer to what is remembered,
    say nothing: to read either as today's list could show entries as missing that are there.
    """
    if old is not None and old.scan > scan:
        return _not_reached(target)
    if not seen.unchanged:
        return seen
    if old is None or not _refers_to(target.remembered, rows.remembered(old)):
        return _not_reached(target)
    coverage = seen.coverage
    if not (coverage.to_end or coverage.since):
        coverage = Coverage(
            pages=coverage.pages,
            entries=coverage.entries or old.entries,
            since=old.since,
            to_end=old.to_end,
            stopped_by=coverage.stopped_by,
        )
    return replace(
        seen,
        outcome=Outcome[old.outcome],
        phrase=seen.phrase or old.phrase or "",
        coverage=coverage,
        identity_seen=seen.identity_seen or old.identity_seen,
        platform=seen.platform or old.platform or "",
        documents=(),
    )


def _refers_to(asked: Remembered, kept: Remembered) -> bool:
    return (asked.list_digest, asked.etag, asked.last_modified) == (
        kept.list_digest,
        kept.etag,
        kept.last_modified,
    ) and asked != Remembered()


def _chunks(seen: Iterable[Observation]) -> Iterator[tuple[Observation, ...]]:
    remaining = iter(seen)
    while chunk := tuple(islice(remaining, _CHUNK)):
        yield chunk
