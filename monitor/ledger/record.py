"""入账: what one batch of a scan saw → the memory, in one transaction.

In: a scan file with its plan beside it. Out: how much of it was new. Recording the same file again
changes nothing; recording it after ``--resume`` adds what was missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from monitor.ledger.looks import Looks, nobody_looked
from monitor.model import Observation, Plan, RobotsFile
from monitor.store import rows, tables, writing
from monitor.wire import ScanFile, plan_beside, read_plan, read_scan
from monitor.wording import Trouble

#: looks and entries stored at once: few enough for what is held in between
_CHUNK: Final = 500


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


def record(
    engine: sa.Engine,
    scan: Path | ScanFile,
    *,
    at: datetime,
    void: str = "",
    plan: Plan | None = None,
) -> Recorded:
    """Store one batch; a target without an observation becomes NOT_REACHED.

    ``void``: why nothing of the scan counts, from this batch on: looks are kept, but columns stay
    as they are remembered. What batches before it have seen was seen. ``plan``: the one beside the
    file, where it is read already.
    """
    file = read_scan(scan) if isinstance(scan, Path) else scan
    plan = plan or read_plan(plan_beside(file.path))
    if file.header and (file.header.scan, file.header.batch) != (plan.scan, plan.batch):
        raise Trouble.SCAN_NOT_OF_PLAN.error(path=file.path)
    wanted = {(target.unit, target.column.id): target for target in plan.targets}
    left = dict(wanted)
    unplanned = 0
    started_at = at

    def first_looks() -> Iterator[Observation]:
        nonlocal unplanned, started_at
        for seen in file.observations():
            if left.pop((seen.unit, seen.column), None) is None:
                unplanned += 1
            else:
                started_at = min(started_at, seen.seen_at or at)
                yield seen

    with writing(engine) as memory:
        number = _scan(memory, plan)
        looks = Looks(
            memory=memory,
            scan=number,
            on=plan.night,
            wanted=wanted,
            is_void=_is_void(memory, number, void),
        )
        stored = sum(map(looks.store, _chunks(first_looks())))
        not_reached = sum(map(looks.store, _chunks(map(nobody_looked, left.values()))))
        batch = {
            "scan": looks.scan,
            "batch": plan.batch,
            "planned": len(wanted),
            "damaged": file.damaged,
            "complete": file.complete,
            "started_at": started_at,
            "recorded_at": at,
            "reader": file.header.reader if file.header else None,
        }
        _note_batch(memory, batch, is_news=stored + not_reached > 0)
        if not looks.is_void:
            _keep_robots(memory, file.robots())
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


def _scan(memory: sa.Connection, plan: Plan) -> int:
    found = memory.scalar(sa.select(tables.scans.c.seq).where(tables.scans.c.id == plan.scan))
    if found is not None:
        return int(found)
    added = memory.execute(
        sa.insert(tables.scans)
        .values(id=plan.scan, night=plan.night, catalog_digest=plan.catalog_digest)
        .returning(tables.scans.c.seq)
    )
    return int(added.scalar_one())


def _is_void(memory: sa.Connection, scan: int, void: str) -> bool:
    """Note that a scan does not count; once noted, it stays so, for the first reason given."""
    table = tables.scans
    this = table.c.seq == scan
    if void:
        news = sa.update(table).where(this, table.c.void.is_(None)).values(void=void)
        memory.execute(news)
    return memory.scalar(sa.select(table.c.void).where(this)) is not None


def _keep_robots(memory: sa.Connection, files: Iterable[RobotsFile]) -> None:
    """Keep the newest robots.txt of each address."""
    newest = {one.address: one for one in files}
    table = tables.robots
    query = sa.select(table.c.address, table.c.read_at).where(table.c.address.in_(newest))
    for address, read_at in memory.execute(query).all():
        if read_at >= newest[address].read_at:
            del newest[address]
    if newest:
        memory.execute(sa.delete(table).where(table.c.address.in_(newest)))
        memory.execute(sa.insert(table), [rows.robots_row(one) for one in newest.values()])


def _note_batch(memory: sa.Connection, batch: dict[str, object], *, is_news: bool) -> None:
    """Note how far the batch came, unless that was noted already."""
    table = tables.batches.c
    this = (table.scan == batch["scan"]) & (table.batch == batch["batch"])
    was_complete = memory.scalar(sa.select(table.complete).where(this))
    if was_complete is not None and not is_news and (was_complete or not batch["complete"]):
        return
    memory.execute(sa.delete(tables.batches).where(this))
    memory.execute(sa.insert(tables.batches).values(batch))


def _chunks(looks: Iterable[Observation]) -> Iterator[tuple[Observation, ...]]:
    chunk: list[Observation] = []
    held = 0
    for seen in looks:
        chunk.append(seen)
        held += 1 + len(seen.documents)
        if held >= _CHUNK:
            yield tuple(chunk)
            chunk, held = [], 0
    if chunk:
        yield tuple(chunk)
