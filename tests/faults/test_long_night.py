"""A long night (TRP-08): the child that reads takes no more at its end than at its beginning.

What it takes is read by the server, in the middle of its answers, from the system's own accounts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from schoolpages import listing
from siteserver import Request, SiteServer

from crawler.run import scan
from monitor.model import Column, Network, Outcome, Plan, Target
from monitor.wire import read_scan

UNITS, COLUMNS, HOSTS = 40, 30, 8
NIGHT = date(2026, 11, 20)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What the child holds in the middle of an answer."""

    kilobytes: int
    files: int


@dataclass(kw_only=True)
class Meter:
    """Looks at the only child of this process at every so-many-th request."""

    every: int
    taken: list[Taken] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=lambda: count(1))

    def note(self) -> None:
        if next(self._number) % self.every == 0:
            self.taken.append(taken_by(child_of(os.getpid())))


def child_of(parent: int) -> Path:
    """The crawl child in the system's table of processes."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            words = (place / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        if int(fields[1]) == parent and b"crawler" in words:
            return place
    raise LookupError("there is no crawl child")


def taken_by(process: Path) -> Taken:
    lines = (process / "status").read_text("utf-8").splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS"))
    return Taken(kilobytes=int(resident.split()[1]), files=len(list((process / "fd").iterdir())))


def name_of(unit: int) -> str:
    return f"青禾县第{unit}小学"


def night(
    server: SiteServer, folder: Path, *, units: int, columns: int, hosts: int
) -> tuple[list[Taken], dict[Outcome, int]]:
    """Read so many columns in one child; what it took from tenth to tenth, and what it saw."""
    meter = Meter(every=max(1, units * columns // 10))

    def answer(request: Request) -> str:
        meter.note()
        _, unit, column, *_ = request.path.split("/")
        rows = [
            (f"第{unit}校第{column}栏第{n}号事项的公示", f"{n}.html", date(2026, 10, n))
            for n in range(20, 0, -1)
        ]
        return listing(f"第{column}栏", rows, unit=name_of(int(unit)))

    sites = [server.site() for _ in range(hosts)]
    for site in sites:
        site.fallback = answer
    targets = tuple(
        Target(
            unit=f"U{unit}",
            unit_names=(name_of(unit),),
            column=Column(id=f"c{column}", name=f"第{column}栏"),
            home="",
            address=f"{sites[unit % hosts].url}/{unit}/{column}/",
            group=sites[unit % hosts].netloc,
            since=date(2026, 10, 15),
        )
        for unit in range(units)
        for column in range(columns)
    )
    plan = Plan(
        scan="s1",
        batch=1,
        night=NIGHT,
        catalog_digest="",
        clock_offset=0.0,
        network=Network(delay=0, tries=1, pauses=(0,), test_targets=server.targets),
        targets=targets,
    )
    file = scan(plan, folder, evidence=folder / "evidence")
    outcomes: dict[Outcome, int] = {}
    for seen in read_scan(file).observations():
        outcomes[seen.outcome] = outcomes.get(seen.outcome, 0) + 1
    return meter.taken, outcomes


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs the accounts of Linux")
def test_a_long_night_takes_no_more_at_its_end(tmp_path: Path) -> None:
    """TRP-08."""
    server = SiteServer()
    try:
        taken, outcomes = night(server, tmp_path, units=UNITS, columns=COLUMNS, hosts=HOSTS)
    finally:
        server.close()

    first, *_, last = taken
    assert outcomes == {Outcome.OPENED: UNITS * COLUMNS}
    assert len(taken) >= 10
    assert last.kilobytes <= 1.3 * first.kilobytes
    assert max(one.kilobytes for one in taken) < 512 * 1024  # I7
    assert max(one.files for one in taken) <= first.files + HOSTS
