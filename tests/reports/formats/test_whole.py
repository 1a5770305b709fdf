"""A process that dies while it writes a report leaves the old file whole, or the new one."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import resource
import signal
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from reports.formats.whole import whole
from reports.formats.xlsx import write_table
from reports.manuscript import Link
from reports.workbook import Sheet

AT = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = 3600
#: kills are spread over this many times the time that writing takes
SPREAD = 1.2


def book(word: str) -> Sheet:
    link = Link(text="打开", address="http://school.example/")
    return Sheet(name="表", header=("甲", "乙"), rows=[(word, link)] * 2_000)


def write(path: Path, word: str) -> None:
    write_table(path, [book(word)], made_at=AT)


def write_in_child(path: Path, ready: Connection) -> None:
    ready.send("about to write")
    write(path, "新")


def write_where_nothing_fits(path: Path, told: Connection) -> None:
    """As on a disk that is full: no file of this process may grow beyond some pages."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
    try:
        write(path, "新")
    except OSError as error:
        told.send(error.errno)


@pytest.fixture(scope="module")
def children() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.formats.xlsx"])
    return context


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, float]:
    """The old file, the new one, and how long writing takes."""
    path = tmp_path_factory.mktemp("versions") / "a.xlsx"
    write(path, "旧")
    old = path.read_bytes()
    start = time.perf_counter()
    write(path, "新")
    return old, path.read_bytes(), time.perf_counter() - start


@pytest.mark.parametrize("seed", range(25))
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(
    tmp_path, children, versions, seed
):
    old, new, seconds = versions
    path = tmp_path / "台账.xlsx"
    path.write_bytes(old)
    here, there = children.Pipe()
    child = children.Process(target=write_in_child, args=(path, there))
    child.start()
    here.recv()
    child.join(random.Random(seed).uniform(0, seconds * SPREAD))
    child.kill()
    child.join()
    for end in (here, there, child):
        end.close()

    assert path.read_bytes() in (old, new)
    write(path, "新")
    assert path.read_bytes() == new


def test_a_full_disk_is_told_as_what_the_system_said_and_leaves_the_old_file(tmp_path, children):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")
    here, there = children.Pipe()
    child = children.Process(target=write_where_nothing_fits, args=(path, there))
    child.start()
    child.join()

    assert here.poll()
    assert here.recv() == errno.EFBIG
    for end in (here, there, child):
        end.close()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["台账.xlsx"]


def test_what_a_dead_process_left_goes_and_what_a_living_one_writes_stays(tmp_path):
    with whole(tmp_path / "b.xlsx") as alive, whole(tmp_path / "c.xlsx") as dead:
        alive.write_bytes(b"b")
        dead.write_bytes(b"c")
        then = dead.parent.stat().st_mtime - 2 * HOUR
        os.utime(dead.parent, (then, then))

        with whole(tmp_path / "a.xlsx") as part:
            part.write_bytes(b"a")

        assert alive.exists()
        assert not dead.exists()
        dead.parent.mkdir()
        dead.write_bytes(b"c")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    with pytest.raises(FileNotFoundError), whole(path):
        pass  # nothing was written

    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_two_who_write_at_once_both_end_with_a_whole_file(tmp_path):
    path = tmp_path / "a.xlsx"

    with whole(path) as first, whole(path) as second:
        first.write_bytes(b"first")
        second.write_bytes(b"second")

    assert path.read_bytes() == b"first"


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path):
    path = tmp_path / ("长" * 83 + ".xlsx")

    with whole(path) as part:
        part.write_bytes(b"x")

    assert path.read_bytes() == b"x"
