"""模拟辖区的夜晚: the program's own nights over a county with planted truth, and how it fared.

    python benchmarks/fleet/run.py [--units 60] [--columns 30] [--nights 120] [--seed 1 2 3]
        [--damage 0.2] [--http 5] [--floors] [--tell 20]

Each night is recorded, judged and brought to the findings by the program; an officer reviews what
waits, units answer as planted. ``--http`` nights are crawled over real HTTP, the others come as
scan files. Of what was judged wrongly the first ``--tell`` cases are printed; ``--floors`` ends
with 1 when a bar that is judged is missed. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, date, datetime
from datetime import time as hour
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.fleet import leaks
from benchmarks.fleet.bars import below_bar, bounds
from benchmarks.fleet.duedays import DueDays
from benchmarks.fleet.eyes import Eyes, layouts_of
from benchmarks.fleet.hooks import Watch
from benchmarks.fleet.office import EVIDENCE, SPOOL, Night, Office
from benchmarks.fleet.officer import Officer
from benchmarks.fleet.scanfiles import PAGES, Writer
from benchmarks.fleet.score import Score, score
from benchmarks.fleet.sites import Sites
from benchmarks.fleet.truth import COLUMNS, DAMAGE, KEPT, NIGHTS, SEEDS, UNITS, Truth, truth_of
from benchmarks.fleet.world import Place
from commands.logs import kept
from monitor.model import Ruling

#: in fewer there is no room to plant what needs a before and an after
FEWEST_NIGHTS = 20
#: nights written ahead by the second process
_AHEAD = 3
#: when a night's pages are seen: before it is judged
_SEEN = hour(15, 5)

_writer: Writer | None = None
_eyes: Eyes | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--columns", type=int, default=COLUMNS)
    parser.add_argument("--nights", type=int, default=NIGHTS)
    parser.add_argument("--seed", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--damage", type=float, default=DAMAGE)
    parser.add_argument("--http", type=int, default=5, help="nights over real HTTP")
    parser.add_argument("--tell", type=int, default=20, help="cases told of each kind")
    parser.add_argument("--floors", action="store_true")
    said = parser.parse_args()
    if said.nights < FEWEST_NIGHTS or not 8 <= said.columns <= COLUMNS:
        parser.error(f"at least {FEWEST_NIGHTS} nights, and 8 to {COLUMNS} columns")
    logging.getLogger("mingcha").addHandler(logging.NullHandler())  # what it says belongs to it
    results = []
    for seed in said.seed:
        truth = truth_of(
            seed, units=said.units, columns=said.columns, nights=said.nights, damage=said.damage
        )
        check_digest(truth)
        result = run(truth, http=said.http, tell=said.tell)
        results.append(result)
        print(json.dumps(result, ensure_ascii=False), flush=True)
    missed = [f"seed {one['seed']}: {text}" for one in results for text in below_bar(one)]
    for text in missed:
        print("missed:", text)
    print(json.dumps({"seeds": results, "missed": missed}, ensure_ascii=False))
    return 1 if said.floors and missed else 0


def check_digest(truth: Truth) -> None:
    """The truth that a run of the full size is held against is the one that was kept."""
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    world, size = truth.world, told["size"]
    mine = (len(world.units), len(world.duties), len(world.nights))
    if mine != (size["units"], size["columns"], size["nights"]):
        return
    known = told["seeds"].get(str(world.seed))
    if known and truth.damage.wanted == size["damage"] and known["sha256"] != truth.digest():
        raise SystemExit(f"the truth of seed {world.seed} is not the one in {KEPT.name}")


def run(truth: Truth, *, http: int, tell: int) -> dict[str, object]:
    """All nights of one world; the figures of the comparison."""
    world = truth.world
    truth.crawled = crawled = crawled_nights(truth, http)
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mingcha-fleet-")))
        sites = Sites(truth) if crawled else None
        bases = sites.bases if sites else [f"http://{one.code.lower()}.test" for one in world.units]
        office = Office(place, truth, bases)
        stack.callback(office.close)
        writer = Writer(truth=truth, bases=bases, catalog_digest=office.catalog_digest)
        if sites:
            writer.layouts = layouts_of(sites, truth)
        stack.enter_context(kept(place, verbose=False))
        written = stack.enter_context(Written(writer, office, crawled))
        if sites:
            stack.enter_context(sites)
        officer, watch, due_days = Officer(truth=truth), Watch(), DueDays(truth=truth)
        start, cpu = time.monotonic(), time.process_time()  # the second tells less of the machine
        on_the_net, unread = 0.0, 0
        for night in world.nights:
            folder = office.folder(night)
            if night in crawled and sites:
                began = time.monotonic()
                sites.turn_to(night)
                unread += office.crawl(folder, night)
                on_the_net += time.monotonic() - began
            else:
                office.judge(folder, written.scan(night, folder))
            watch.look(folder.store)
            due_days.look(folder.store, night, office.named[night].shown)
            officer.work(folder, night)
        seconds, spent = time.monotonic() - start, time.process_time() - cpu
        found = score(folder.store, truth, office.night_at, officer.discarded)
        office.search_all()
        told = {
            **found.told(folder.store, watch),
            **due_days.told(),
            **leaks.persons(truth, folder.store),
            **office.search.told(),
        }
        of_files = (seconds - on_the_net) / max(1, len(world.nights) - len(crawled))
        each = of_files / (len(world.units) * len(world.duties))
        looks = len(world.columns) * len(world.nights)
        _tell(found, tell)
    result: dict[str, object] = {
        "seed": world.seed,
        "units": len(world.units),
        "columns": len(world.duties),
        "nights": len(world.nights),
        "http_nights": len(crawled),
        "http_unread": unread,
        "http_columns": sum(
            truth.is_clear(*place, night) for night in crawled for place in world.columns
        ),
        "damaged_share": round(truth.damage.share, 4),
        **told,
        "withdrawn_by_officer": officer.withdrawn,
        "nights_released": officer.ruled[Ruling.RELEASED],
        "nights_discarded": officer.ruled[Ruling.DISCARDED],
        "seconds": round(seconds, 1),
        "seconds_http": round(on_the_net, 1),
        "cpu_seconds": round(spent, 1),
        "nights_per_second": round(1 / of_files, 2),
        "minutes_for_1000_nights_of_200_units": round(each * 6_000_000 / 60, 1),
        "cpu_minutes_for_them": round(spent / looks * 6_000_000 / 60, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return result | {"bounds": bounds(result)}


def crawled_nights(truth: Truth, count: int) -> frozenset[int]:
    """The nights that go over HTTP: spread out, and none that was damaged by a fault of ours."""
    world, damage = truth.world, truth.damage
    ours = damage.network_down | damage.jumps.keys() | {day for _, day in damage.platforms}
    found = []
    for number in range(count):
        start = world.first + (2 * number + 1) * len(world.nights) // (2 * count)
        free = (day for day in range(start, world.last + 1) if day not in {*ours, *found})
        found.extend(day for _, day in zip(range(1), free, strict=False))
    return frozenset(found)


class Written:
    """The files of the nights, written ahead and in order by a process of its own."""

    def __init__(self, writer: Writer, office: Office, crawled: frozenset[int]) -> None:
        self._writer = writer
        self._office = office
        self._crawled = crawled
        self._ahead: dict[int, Future[None]] = {}
        self._left: Iterator[int] = iter(office.truth.world.nights)
        self._spool = office.place / SPOOL
        self._spool.mkdir()
        self._pool = ProcessPoolExecutor(
            1,
            multiprocessing.get_context("fork"),
            initializer=_keep,
            initargs=(writer, Eyes(key=office.key)),
        )

    def __enter__(self) -> Written:
        self._write_ahead()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def scan(self, night: int, folder: Night) -> str:
        """The name of the scan of a night, its files in their place."""
        while night not in self._ahead:
            self._write_ahead()
        self._ahead.pop(night).result()
        self._write_ahead()
        failing = self._writer.misread(night)
        return self._office.begin(folder, night, self._spool / str(night), failing)

    def _write_ahead(self) -> None:
        for night in self._left:
            if night in self._crawled:
                self._pool.submit(_forget)
                continue
            named = self._office.named[night]
            self._ahead[night] = self._pool.submit(
                _write,
                night,
                self._spool / str(night),
                named.scan,
                named.shown,
                self._office.confirmed(named.shown),
            )
            if len(self._ahead) >= _AHEAD:
                break


def _keep(writer: Writer, eyes: Eyes) -> None:
    global _writer, _eyes
    _writer, _eyes = writer, eyes


def _forget() -> None:
    assert _writer is not None
    _writer.forget()


def _write(night: int, place: Path, scan: str, shown: date, looked_into: frozenset[Place]) -> None:
    assert _writer is not None
    assert _eyes is not None
    place.mkdir()
    at = datetime.combine(shown, _SEEN, UTC)
    path = _writer.write(night, place, scan=scan, shown=shown, at=at, looked_into=looked_into)
    said = place / PAGES
    pages = json.loads(said.read_text(encoding="utf-8"))
    said.unlink()
    _eyes.look_through(path, pages, place / EVIDENCE, on=shown)


# --- what is told --------------------------------------------------------------------------


def _tell(found: Score, most: int) -> None:
    """The first cases of each kind of mistake, to be looked at."""
    told: dict[str, Sequence[str]] = {
        "false accusation": found.false,
        "missed gap": found.missed,
        "sham fix passed": found.passed_shams,
        "honest fix refused": found.refused_fixes,
    }
    for kind, cases in told.items():
        for text in cases[:most]:
            print(f"{kind}: {text}")
        if len(cases) > most:
            print(f"{kind}: and {len(cases) - most} more")


if __name__ == "__main__":
    sys.exit(main())
