"""办公室: the program's own nights over the simulated county, on a fake clock.

A night of files goes through ``commands.night.run`` as one that was begun and is gone on with: its
scan file is complete, so no page is opened, and record, verdicts and findings are the program's. A
night over HTTP goes through it from the plan on.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.fleet.duties import catalog_text
from benchmarks.fleet.hooks import judges_links
from benchmarks.fleet.leaks import Search
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import Place
from commands import night as nights
from commands.folder import BEIJING, Folder
from commands.scope import ALL, begin, note_failing
from crawler import evidence
from monitor.findings import was_confirmed
from monitor.ledger import units as lists
from monitor.model import JUDGED, Event, Moment, Unit, UnitType
from monitor.store import reading, records, tables

#: when a night is judged
_HOUR = time(23, 30)
_SHARED = ("store", "settings", "catalog", "units")
#: where the words of a night stand before it is begun
EVIDENCE = "evidence"
#: and its files, which are the sites' own
SPOOL = "written"
OFFICER = "officer@wangxi.example"


class Night(Folder):
    """工作文件夹 on one day of the fake clock, which does not go on by itself."""

    def __init__(self, path: Path, day: date, shared: Mapping[str, object]) -> None:
        super().__init__(path, today=day)
        self.later = timedelta()
        self._day = day
        self.__dict__.update(shared)

    @property
    def now(self) -> datetime:
        return datetime.combine(self._day, _HOUR, BEIJING) + self.later


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A night as the office's clock has it; ``turn``: how often that day was there before."""

    scan: str
    shown: date
    turn: int


class Office:
    """One work folder, night after night; ``at`` says which night a stored instant is of."""

    def __init__(self, place: Path, truth: Truth, bases: Sequence[str]) -> None:
        self.place = place
        self.truth = truth
        self.night_at: dict[datetime, int] = {}
        self.search = Search.of(truth)
        self._shared: dict[str, object] = {}
        self._moments: dict[int, Moment] = {}
        self.named = _named(truth)
        targets = [base.removeprefix("http://") for base in bases]
        network = {
            "delay": 0,
            "timeout": 5,
            "tries": 2,
            "pauses": [0],
            "test_targets": targets if targets[0].startswith("127.") else [],
        }
        settings = {
            "rules": ["catalog.yaml"],
            "network": network,
            "office": {"reply_to": OFFICER},
        }
        (place / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
        grounds = "law" if judges_links() else ""
        rules = catalog_text(truth.world.duties, link_grounds=grounds)
        (place / "catalog.yaml").write_text(rules, encoding="utf-8")
        self._import(bases)

    def _import(self, bases: Sequence[str]) -> None:
        world = self.truth.world
        units = [
            Unit(
                code=plan.code,
                name=plan.name,
                types=frozenset({UnitType.PRIMARY}),
                home=f"{bases[number]}/",
            )
            for number, plan in enumerate(world.units)
        ]
        events = [
            Event(unit=world.units[unit].code, event=event, day=date.fromordinal(day))
            for unit, event, day in world.events
        ]
        folder = Night(self.place, date.fromordinal(world.first), {})
        lists.replace(folder.store, units, at=folder.now)
        lists.replace_events(folder.store, events, at=folder.now)
        self._shared = {name: getattr(folder, name) for name in (*_SHARED, "evidence")}

    @property
    def store(self) -> sa.Engine:
        return self._shared["store"]  # type: ignore[return-value]

    @property
    def catalog_digest(self) -> str:
        return str(self._shared["catalog"].digest)  # type: ignore[attr-defined]

    def folder(self, night: int) -> Night:
        """The folder as its clock has it in a night: on one that jumped, another day."""
        named = self.named[night]
        folder = Night(self.place, named.shown, self._shared)
        if (known := self._moments.get(named.shown.year)) is not None:
            folder.__dict__["moment"] = replace(known, today=named.shown)
        self._moments[named.shown.year] = folder.moment
        folder.later = timedelta(seconds=named.turn)
        self.night_at[folder.now.astimezone(UTC)] = night
        return folder

    def begin(self, folder: Night, night: int, files: Path, failing: Sequence[str]) -> str:
        """Make the folder of a scan of the files that were written for it; its name."""
        name = self.named[night].scan
        begin(folder.scans / name, (), ALL)
        note_failing(folder.scans / name, failing)
        for path in (files / EVIDENCE).glob("*/*"):
            place = folder.evidence / path.parent.name
            place.mkdir(parents=True, exist_ok=True)
            path.rename(place / path.name)
        for path in files.glob("*.jsonl"):
            path.rename(folder.scans / name / path.name)
        shutil.rmtree(files)
        return name

    @property
    def key(self) -> bytes:
        """Under which numbers of persons are known again."""
        return evidence.key(self._shared["evidence"])  # type: ignore[arg-type]

    def confirmed(self, shown: date) -> frozenset[Place]:
        """Where a person has confirmed a finding that stands: there the eyes open entries."""
        return frozenset(
            self.truth.places[one.unit, one.requirement]
            for one in records.findings(self.store)
            if was_confirmed(one, shown)
        )

    def judge(self, folder: Night, name: str) -> None:
        """Record and judge a scan whose file is there, as the program goes on with one."""
        nights.run(folder, scan=name, tell=_nothing)
        self._clear(folder.scans / name)

    def crawl(self, folder: Night, night: int) -> int:
        """A whole night over HTTP; how many columns it did not read, though nothing was wrong."""
        done = nights.run(folder, tell=_nothing)
        self._clear(folder.scans / done.scan)
        world = self.truth.world
        units = {plan.code: number for number, plan in enumerate(world.units)}
        places = {duty.column: number for number, duty in enumerate(world.duties)}
        seen = tables.columns_seen.c
        query = (
            sa.select(seen.unit, seen.column_id)
            .join(tables.scans, tables.scans.c.seq == seen.scan)
            .where(
                tables.scans.c.id == done.scan,
                seen.outcome.not_in([outcome.name for outcome in JUDGED]),
            )
        )
        with reading(folder.store) as memory:
            unread = memory.execute(query).all()
        return sum(
            self.truth.is_clear(units[unit], places[column], night) for unit, column in unread
        )

    def _clear(self, folder: Path) -> None:
        """Look through the plans and scans of a night, and make room for the next."""
        paths = list(folder.glob("*.jsonl"))
        self.search.through(paths)
        for path in paths:
            path.unlink()

    def search_all(self) -> None:
        """Look through everything that is kept, but for what the sites themselves say."""
        self.search.through(
            path
            for path in self.place.rglob("*")
            if SPOOL not in path.relative_to(self.place).parts
        )

    def close(self) -> None:
        self.store.dispose()


def _named(truth: Truth) -> dict[int, Named]:
    """The nights as the clock tells them; where it jumped, a day comes twice."""
    found: dict[int, Named] = {}
    times: Counter[date] = Counter()
    for night in truth.world.nights:
        kind, days = truth.damage.jumps.get(night, ("", 0))
        shown = date.fromordinal(night + (days if kind == "jump" else 0))
        times[shown] += 1
        scan = f"{shown:%Y%m%d}" + (f"-{times[shown]}" if times[shown] > 1 else "")
        found[night] = Named(scan=scan, shown=shown, turn=times[shown])
    return found


def _nothing(_: str) -> None:
    """The clerk reads no progress."""
