"""A process that dies while it records leaves nothing half done: recording again succeeds."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.ledger.record import Recorded, record
from monitor.model import (
    Column,
    Coverage,
    DateSource,
    Document,
    Network,
    Observation,
    Outcome,
    Plan,
    PublishDate,
    Remembered,
    Target,
)
from monitor.store import open_store, reading, tables
from monitor.wire import ScanWriter, plan_name, scan_name, write_plan

FIRST = date(2026, 11, 1)
AT = datetime(2026, 11, 2, tzinfo=UTC)
UNITS = [f"U{number:03}" for number in range(80)]
#: kills are spread over this many times the time that recording takes
SPREAD = 1.2


def document(number: int) -> Document:
    day = date(2026, 1, 1) + timedelta(days=number)
    return Document(
        url=f"http://a.test/{number}.html",
        title=f"第{number}号公示",
        published=PublishDate(day=day, source=DateSource.LIST, text=str(day)),
    )


def seen(unit: str, numbers: Iterator[int] | range) -> Observation:
    documents = tuple(map(document, numbers))
    return Observation(
        unit=unit,
        column="fees",
        outcome=Outcome.OPENED,
        documents=documents,
        coverage=Coverage(pages=1, entries=len(documents), to_end=True),
        remember=Remembered(list_digest=f"d{len(documents)}"),
    )


def write_night(folder: Path, night: date, looks: list[Observation]) -> Path:
    targets = tuple(
        Target(
            unit=unit,
            unit_names=(unit,),
            column=Column(id="fees", name="收费信息"),
            home="http://a.test/",
            since=FIRST,
        )
        for unit in UNITS
    )
    plan = Plan(
        scan=str(night),
        batch=1,
        night=night,
        catalog_digest="",
        clock_offset=0,
        network=Network(),
        targets=targets,
    )
    write_plan(folder / plan_name(night, 1), plan)
    path = folder / scan_name(night, 1)
    with ScanWriter(path) as writer:
        writer.plan(plan)
        for look in looks:
            writer.observation(look)
        writer.totals({})
    return path


def record_at(address: str, path: Path) -> Recorded:
    engine = open_store(address)
    try:
        return record(engine, path, at=AT)
    finally:
        engine.dispose()


def record_in_child(address: str, path: Path, ready: Connection) -> None:
    ready.send("about to record")
    record_at(address, path)


def everything(address: str) -> dict[str, list[tuple[object, ...]]]:
    engine = open_store(address)
    try:
        with reading(engine) as memory:
            return {
                table.name: sorted(map(tuple, memory.execute(sa.select(table))), key=repr)
                for table in tables.metadata.sorted_tables
            }
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def children() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["monitor.ledger.record"])
    return context


@pytest.fixture(scope="module")
def second_night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A database after one night, and the file of the next: entries come, go and stay."""
    folder = tmp_path_factory.mktemp("nights")
    before = folder / "before.db"
    record_at(
        f"sqlite:///{before}", write_night(folder, FIRST, [seen(u, range(12)) for u in UNITS])
    )
    with sqlite3.connect(before) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    looks = [seen(unit, range(4, 16)) for unit in UNITS[:-10]]
    looks += [replace(look, outcome=Outcome.TIMED_OUT) for look in (seen(UNITS[-1], range(1)),)]
    return before, write_night(folder, FIRST + timedelta(days=1), looks)


@pytest.fixture(scope="module")
def undisturbed(
    second_night: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[tuple[object, ...]]], float]:
    """What recording comes to when nobody is killed, and how long it takes."""
    before, path = second_night
    copy = tmp_path_factory.mktemp("undisturbed") / "m.db"
    shutil.copy(before, copy)
    start = time.perf_counter()
    record_at(f"sqlite:///{copy}", path)
    return everything(f"sqlite:///{copy}"), time.perf_counter() - start


@pytest.mark.parametrize("seed", range(40))
def test_a_kill_at_any_moment_leaves_all_or_nothing(
    tmp_path, children, second_night, undisturbed, seed
):
    before, path = second_night
    expected, seconds = undisturbed
    copy = tmp_path / "m.db"
    shutil.copy(before, copy)
    address = f"sqlite:///{copy}"
    here, there = children.Pipe()
    child = children.Process(target=record_in_child, args=(address, path, there))
    child.start()
    here.recv()
    child.join(random.Random(seed).uniform(0, seconds * SPREAD))
    child.kill()
    child.join()
    for end in (here, there, child):
        end.close()

    recorded = record_at(address, path)

    assert recorded.stored + recorded.not_reached in {
        0,
        len(UNITS),
    }
    assert everything(address) == expected
    with sqlite3.connect(copy) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()
