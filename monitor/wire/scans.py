"""巡查文件: written line by line by the crawl, read by whoever comes after, whatever happened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from monitor.model import Discovery, Observation, Plan, RobotsFile
from monitor.personal import masked
from monitor.wire.asked import Header, pack_header, read_header
from monitor.wire.found import pack_discovery, read_discovery
from monitor.wire.lines import Json, checked, lines, sealed
from monitor.wire.parts import pack_robots_file, read_robots_file
from monitor.wire.seen import pack_observation, read_observation

T = TypeVar("T")

#: what other records are found by; no page has a say in it
_OURS = frozenset({"target", "unit", "column", "remember"})
#: longer than any address line, see ``stuck_on``
_TAIL_BYTES = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFile:
    """巡查文件: what one pass over a scan file found out; the observations are streamed.

    A search for columns writes such a file too, with a discovery where a scan has an observation.
    """

    path: Path
    header: Header | None = None  # None: the first line is missing or damaged
    done: frozenset[str] = frozenset()  # keys of the targets that have their line
    unfinished: tuple[str, ...] = ()  # addresses opened for targets without one
    stuck: str = ""  # the address on the last line, when that line is an ``opened``
    damaged: int = 0  # lines whose crc is wrong
    torn: bool = False  # the last line has no end
    complete: bool = False  # the totals were written
    totals: Mapping[str, int] = field(default_factory=dict)
    jump: float = 0.0  # seconds by which the clock was set meanwhile
    servers: Mapping[str, float] = field(default_factory=dict)  # seconds each is ahead of our clock

    def observations(self) -> Iterator[Observation]:
        """Every observation of the file, read as it is asked for."""
        return self._read("observation", read_observation)

    def discoveries(self) -> Iterator[Discovery]:
        """What a search found, read as it is asked for."""
        return self._read("discovery", read_discovery)

    def robots(self) -> Iterator[RobotsFile]:
        """The robots.txt files that could be read."""
        return self._read("robots", read_robots_file)

    def _read(self, kind: str, read: Callable[[Json], T]) -> Iterator[T]:
        if not self.path.exists():
            return
        for line in lines(self.path):
            if line.kind == kind:
                yield line.read(read, self.path)


class ScanWriter:
    """巡查文件的写入端: each line is handed to the system before the call returns.

    Opening an existing file appends to it (``--resume``); a torn last line is cut off first.
    Numbers of persons that pages put into titles, names and addresses are masked on the way.
    """

    def __init__(self, path: Path) -> None:
        _cut_torn_line(path)
        self._file = path.open("ab", buffering=0)

    def plan(self, plan: Plan) -> None:
        """First line of a new file."""
        self._put(sealed("plan", pack_header(plan)))

    def opened(self, address: str, *, target: str = "") -> None:
        """An address whose page is about to be parsed, for the target with that key."""
        self._put(sealed("opened", {"target": target, "address": masked(address)}))

    def robots(self, kept: RobotsFile) -> None:
        """A robots.txt that could be read, for the night on which it cannot."""
        self._put(sealed("robots", pack_robots_file(kept)))

    def jump(self, seconds: float) -> None:
        """The clock was set by so much since this process began."""
        self._put(sealed("clock", {"jump": seconds}))

    def server(self, place: str, ahead: float) -> None:
        """By how many seconds the clock of a server is ahead of ours; the last line holds."""
        self._put(sealed("clock", {"server": place, "ahead": ahead}))

    def observation(self, seen: Observation) -> None:
        self._put(sealed("observation", _without_numbers(pack_observation(seen))))

    def discovery(self, found: Discovery) -> None:
        self._put(sealed("discovery", _without_numbers(pack_discovery(found))))

    def totals(self, counts: Mapping[str, int]) -> None:
        """Last line: the batch has been worked through."""
        self._put(sealed("totals", {"counts": dict(counts)}))

    def _put(self, line: bytes) -> None:
        """A nearly full disk takes part of a line and only then says that it is full."""
        left = memoryview(line)
        while left:
            left = left[self._file.write(left) :]

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> ScanWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _without_numbers(said: Any) -> Any:
    """What pages say, the numbers of persons in it masked."""
    if isinstance(said, str):
        return masked(said)
    if isinstance(said, Mapping):
        return {name: one if name in _OURS else _without_numbers(one) for name, one in said.items()}
    return list(map(_without_numbers, said)) if isinstance(said, list | tuple) else said


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _TAIL_BYTES)
            file.seek(start)
            cut = file.read(end - start).rfind(b"\n")
            if cut >= 0:
                file.truncate(start + cut + 1)
                return
            end = start
        file.truncate(0)


def read_scan(path: Path) -> ScanFile:
    """Check a scan file once; a file the crawl never began counts as empty."""
    if not path.exists():
        return ScanFile(path=path)
    header: Header | None = None
    done: set[str] = set()
    opened: dict[str, str] = {}  # address → key of its target
    stuck = ""
    damaged = 0
    torn = False
    totals: Mapping[str, int] | None = None
    jump = 0.0
    servers: dict[str, float] = {}
    for line in lines(path):
        stuck = ""
        match line.kind:
            case "damaged":
                damaged += 1
            case "torn":
                torn = True
            case "plan" if header is None:
                header = line.read(read_header, path)
            case "opened":
                stuck = line.read(_address, path)
                opened[stuck] = line.target
            case "observation" | "discovery":
                done.add(line.target)
            case "clock":
                seconds, server = line.read(_clock, path)
                jump = max(jump, seconds, key=abs)
                servers |= server
            case "totals":
                totals = line.read(_counts, path)
    return ScanFile(
        path=path,
        header=header,
        done=frozenset(done),
        unfinished=tuple(address for address, target in opened.items() if target not in done),
        stuck=stuck,
        damaged=damaged,
        torn=torn,
        complete=totals is not None,
        totals=totals or {},
        jump=jump,
        servers=servers,
    )


def stuck_on(path: Path) -> str:
    """The address on the last whole line when that line is an ``opened``, else "".

    Looks at the end of the file only: the watchdog asks again and again.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL_BYTES))
            lines = file.read().split(b"\n")
    except FileNotFoundError:
        return ""
    line = checked(lines[-2] + b"\n", len(lines)) if len(lines) > 1 else None
    return line.read(_address, path) if line and line.kind == "opened" else ""


def _address(said: Json) -> str:
    return str(said["address"])


def _clock(said: Json) -> tuple[float, dict[str, float]]:
    server = {str(said["server"]): float(said["ahead"])} if "server" in said else {}
    return float(said.get("jump", 0.0)), server


def _counts(said: Json) -> Mapping[str, int]:
    return dict(said["counts"])
