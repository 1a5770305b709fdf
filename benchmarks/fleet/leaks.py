"""个人信息的对账: what was found of the planted numbers, and where any of them stands open.

A number counts as found when its entry tells of it, masked, and the officer has a remark on that
entry. ``Search`` goes through the bytes of everything the program keeps.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import Listed
from monitor.model import RemarkKind
from monitor.store import reading, tables

_SERIAL = re.compile(r"/(\d+)\.html")
#: digits as people part them; what stands between takes no part in a number
_RUN = re.compile(rb"[0-9](?:[ -]?[0-9]){14,}[ -]?[0-9Xx]?")
_PARTING = re.compile(rb"[ -]")
_LENGTHS = (18, 19)
_KINDS = ("ID_NUMBER", "BANK_CARD")
_PIECE, _OVERLAP = 1 << 24, 64


def persons(truth: Truth, store: sa.Engine) -> dict[str, object]:
    """Numbers found and missed, and what was taken for one."""
    world = truth.world
    if not world.persons:
        return {"persons": "not asked"}
    found, others = _exposed(store, world.persons)
    remarked = _remarked(store)
    decidable = [one for one in world.persons.values() if _was_shown(truth, one)]
    told = [(one, number) for one in decidable for number in one.shows]
    seen = [
        (one, number)
        for one, number in told
        if masked(number) in found.get(one.serial, ()) and one.serial in remarked
    ]
    missed = [(one.serial, masked(number)) for one, number in told if (one, number) not in seen]
    decoys = sum(len(one.decoys) for one in decidable)
    false = list(others)
    for one in world.persons.values():
        known = {masked(number) for number in one.shows}
        false += [(one.serial, said) for said in found.get(one.serial, ()) if said not in known]
    return {
        "persons": "judged",
        "lists_of_persons": sum(bool(one.shows) for one in decidable),
        "lists_of_decoys": sum(bool(one.decoys) for one in decidable),
        "numbers": len(told),
        "number_recall": round(len(seen) / max(1, len(told)), 4),
        "decoys_shown": decoys,
        "number_false": len(false),
        "number_false_share": round(len(false) / max(1, decoys), 5),
        "number_examples": {"missed": missed[:5], "false": false[:5]},
    }


def masked(number: str) -> str:
    """A number as it may be shown: four characters at both ends."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


def _was_shown(truth: Truth, listed: Listed) -> bool:
    return truth.first_shown(listed.unit, listed.duty, listed.published) is not None


def _exposed(
    store: sa.Engine, planted: dict[int, Listed]
) -> tuple[dict[int, set[str]], list[tuple[int, str]]]:
    """What planted lists are said to show, by the number of the entry; what any other entry is."""
    table = tables.documents.c
    query = sa.select(table.url, table.exposed).where(table.exposed.is_not(None)).distinct()
    found: dict[int, set[str]] = {}
    others: list[tuple[int, str]] = []
    with reading(store) as memory:
        for url, said in memory.execute(query):
            serial = _SERIAL.search(url)
            number = int(serial[1]) if serial else 0
            for kind, shown, *_ in json.loads(said or "[]"):
                plain = shown.replace(" ", "").replace("-", "").upper()
                if kind not in _KINDS:
                    plain = f"{kind} {plain}"
                if number in planted:
                    found.setdefault(number, set()).add(plain)
                else:
                    others.append((number, plain))
    return found, others


def _remarked(store: sa.Engine) -> set[int]:
    told = tables.remarks.c
    query = sa.select(told.page).where(told.kind == RemarkKind.EXPOSED.name)
    with reading(store) as memory:
        pages = [page for (page,) in memory.execute(query)]
    return {int(found[1]) for page in pages if (found := _SERIAL.search(page or ""))}


@dataclass(kw_only=True)
class Search:
    """逐字节查找: planted numbers, plain or parted, in what the program wrote."""

    numbers: frozenset[bytes]
    files: int = 0
    read: int = 0  # bytes, unpacked
    found: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, truth: Truth) -> Search:
        shown = (number for one in truth.world.persons.values() for number in one.shows)
        return cls(numbers=frozenset(number.upper().encode() for number in shown))

    def through(self, paths: Iterable[Path]) -> None:
        """Look through files; of packed ones, through what is in them."""
        for path in paths:
            if not self.numbers or not path.is_file():
                continue
            self.files += 1
            tail = b""
            for piece in _pieces(path):
                self.read += len(piece)
                for number in self._in(tail + piece):
                    self.found.append(f"{path.name}: {masked(number)}")
                tail = piece[-_OVERLAP:]

    def _in(self, content: bytes) -> Iterator[str]:
        for run in _RUN.findall(content):
            plain = _PARTING.sub(b"", run).upper()
            for length in _LENGTHS:
                for start in range(len(plain) - length + 1):
                    if plain[start : start + length] in self.numbers:
                        yield plain[start : start + length].decode()

    def told(self) -> dict[str, object]:
        return {
            "open_numbers": len(self.found),
            "searched_files": self.files,
            "searched_mb": self.read >> 20,
            "open_examples": self.found[:5],
        }


def _pieces(path: Path) -> Iterator[bytes]:
    if path.suffix == ".gz":
        try:
            yield gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error):
            yield path.read_bytes()
        return
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
