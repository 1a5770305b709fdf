from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store import open_store, reading, streaming, tables, writing
from monitor.store.types import storable
from monitor.wording import Exit, MonitorError

NIGHT = date(2026, 11, 1)


def add_scan(store: sa.Engine, name: str = "s1") -> None:
    with writing(store) as memory:
        memory.execute(sa.insert(tables.scans).values(id=name, night=NIGHT))


def scans(store: sa.Engine) -> int:
    with reading(store) as memory:
        return memory.scalar(sa.select(sa.func.count()).select_from(tables.scans))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a database that exists and is closed."""
    path = tmp_path / "mingcha.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


# --- opening ---------------------------------------------------------------------------


def test_a_database_is_made_with_its_folder_and_opened_again(address):
    for number in (1, 2):
        engine = open_store(address)
        add_scan(engine, f"s{number}")
        assert scans(engine) == number
        engine.dispose()


def test_sqlite_keeps_its_promises(file):
    engine = open_store(f"sqlite:///{file}")
    with reading(engine) as memory:
        pragmas = [
            memory.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]
    engine.dispose()

    assert pragmas == ["wal", 1, 2, 30_000]


@pytest.mark.parametrize(
    ("address", "code", "exit_code"),
    [
        ("postgres/secret", "E3501", Exit.SETTINGS),
        ("oddbase://localhost/x", "E3502", Exit.SETTINGS),
        ("postgresql://u:secret@127.0.0.1:1/x", "E5107", Exit.DATABASE),
        ("sqlite:////proc/none/x.db", "E5106", Exit.DATABASE),
    ],
    ids=["no address", "no driver", "no server", "no folder"],
)
def test_an_address_that_cannot_be_opened_is_told_without_its_secrets(address, code, exit_code):
    with pytest.raises(MonitorError) as error:
        open_store(address)

    assert (error.value.code, error.value.exit_code) == (code, exit_code)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"not a database at all" * 400,
        lambda whole: whole[:100] + b"\xff" * 4000 + whole[4100:],
    ],
    ids=["something else", "an overwritten page"],
)
def test_a_damaged_file_is_refused_and_left_alone(file, damage):
    damaged = damage(file.read_bytes())
    file.write_bytes(damaged)

    with pytest.raises(MonitorError) as error:
        open_store(f"sqlite:///{file}")

    assert error.value.code == "E5105"
    assert file.read_bytes() == damaged


# --- writing ---------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(store):
    def write_and_fail() -> None:
        with writing(store) as memory:
            memory.execute(sa.insert(tables.scans).values(id="s1", night=NIGHT))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    assert scans(store) == 0


def test_a_row_without_the_row_it_belongs_to_is_refused(store):
    with pytest.raises(sa.exc.IntegrityError), writing(store) as memory:
        memory.execute(
            sa.insert(tables.batches).values(
                scan=99,
                batch=1,
                planned=1,
                damaged=0,
                complete=True,
                started_at=datetime(2026, 11, 1, tzinfo=UTC),
                recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
            )
        )


def test_writers_take_turns(store):
    def write(number: int) -> None:
        with writing(store) as memory:
            taken = memory.scalar(sa.select(sa.func.count()).select_from(tables.scans))
            memory.execute(sa.insert(tables.scans).values(id=f"s{taken}", night=NIGHT))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert scans(store) == 8


def test_a_reader_sees_one_state_while_another_writes(store):
    with reading(store) as memory:
        count = sa.select(sa.func.count()).select_from(tables.scans)
        before = memory.scalar(count)
        add_scan(store)
        after = memory.scalar(count)

    assert (before, after, scans(store)) == (0, 0, 1)


def test_a_stream_may_be_left_in_the_middle(store):
    for number in range(3):
        add_scan(store, f"s{number}")

    with reading(store) as memory, streaming(memory, sa.select(tables.scans)) as found:
        first = next(iter(found))

    assert first.id == "s0"
    add_scan(store, "s9")


def test_a_database_another_program_holds_is_told_as_busy(file):
    engine = open_store(f"sqlite:///{file}?timeout=0.1")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(MonitorError) as error:
        add_scan(engine)
    other.execute("ROLLBACK")
    other.close()
    add_scan(engine)

    assert error.value.code == "E5102"
    assert scans(engine) == 1
    engine.dispose()


FULL_DISK = """
import datetime, resource, signal, sys
import sqlalchemy as sa
from monitor.store import open_store, tables, writing
from monitor.wording import MonitorError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
day = datetime.date(2026, 1, 1)
try:
    with writing(store) as memory:
        for part in range(200):
            many = [{"id": f"{part}-{number}" + "x" * 200, "night": day} for number in range(1000)]
            memory.execute(sa.insert(tables.scans), many)
except MonitorError as error:
    print(error.code)
"""


def test_a_full_disk_takes_the_whole_transaction_back(file):
    """By a limit on file size: the error is the one of a full disk, without being root."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, f"sqlite:///{file}"],
        capture_output=True,
        text=True,
        check=True,
    )
    engine = open_store(f"sqlite:///{file}")

    assert done.stdout.strip() == "E5104"
    assert scans(engine) == 0
    engine.dispose()


def test_a_folder_nobody_may_write_to_is_told_as_read_only(file):
    """As another user, since root may write anywhere."""
    child = [
        sys.executable,
        "-c",
        "import os, sys\n"
        "from monitor.store import open_store\n"
        "from monitor.wording import MonitorError\n"
        "os.geteuid() or os.setuid(65534)\n"
        "try: open_store(sys.argv[1])\n"
        "except MonitorError as error: print(error.code)\n",
        f"sqlite:///{file}",
    ]
    for path in (file, file.parent):
        path.chmod(path.stat().st_mode & 0o555 | 0o055)
    for folder in file.parents[1:3]:
        folder.chmod(0o755)

    done = subprocess.run(child, capture_output=True, text=True, check=True)

    assert done.stdout.strip() in {"E5103", "E5106"}
    file.parent.chmod(0o755)


# --- what any text becomes -------------------------------------------------------------


@pytest.mark.parametrize("text", ["收费\x00公示", "\ud83d", "𠮷😀", "", "x" * 100_000])
def test_any_text_is_kept_as_near_as_a_database_can(store, text):
    with writing(store) as memory:
        memory.execute(sa.insert(tables.scans).values(id="s", night=NIGHT, catalog_digest=text))
    with reading(store) as memory:
        kept = memory.scalar(sa.select(tables.scans.c.catalog_digest))

    assert kept == storable(text)


def test_an_instant_comes_back_as_the_same_moment_with_its_zone(store):
    moment = datetime.fromisoformat("2026-11-02T00:30:00.123456+08:00")
    add_scan(store)
    with writing(store) as memory:
        memory.execute(
            sa.insert(tables.batches).values(
                scan=1,
                batch=1,
                planned=0,
                damaged=0,
                complete=True,
                started_at=moment,
                recorded_at=moment,
            )
        )
    with reading(store) as memory:
        kept = memory.scalar(sa.select(tables.batches.c.started_at))

    assert kept == moment
    assert kept.tzinfo is UTC
