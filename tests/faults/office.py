"""A small office over a scriptable server: three items, units with a site each, whole nights.

A night here is the real one: server on loopback, crawl child, scan file, ledger, verdicts,
findings. ``Office.night`` also holds every night to the invariants, whatever it was about.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from click.testing import CliRunner
from siteserver import Route, Site, SiteServer

from commands import cli, night
from commands.folder import Folder
from monitor.findings import GOOD
from monitor.ledger import units as ledger
from monitor.model import (
    UNKNOWN,
    Assessment,
    Finding,
    FindingEvent,
    Observation,
    State,
    Unit,
    UnitType,
)
from monitor.store import queries, records, tables
from monitor.wire import read_plan, read_scan

ROOT = Path(__file__).parents[2]
FIRST = date(2026, 11, 2)  # a Monday; the first night of every story here

CATALOG = """
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示]}
  - {id: admissions, name: 招生信息, aliases: [招生公告]}
  - {id: finance, name: 财务信息, aliases: [财务公开]}
requirements:
  - id: S-FEES
    name: 教育收费公示
    applies_to: [primary, junior_high]
    column: fees
    match: {any: [收费]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 教育收费公示制度}]
  - id: S-ADMISSIONS
    name: 招生简章
    applies_to: [junior_high]
    column: admissions
    match: {any: [招生]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 中小学校信息公开办法}]
  - id: S-FINANCE
    name: 财务公开
    applies_to: [junior_high]
    column: finance
    match: {any: [经费]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 中小学校信息公开办法}]
"""
#: what no person may be shown, and no log may hold (I9)
_INSIDES = ("Traceback", 'File "', "Exception", "Error:", "None", "null")


def on(number: int) -> date:
    """The day of the number-th night."""
    return FIRST + timedelta(days=number - 1)


class Switchboard(SiteServer):
    """A server whose sites can leave their ports and come back to them."""

    def hang_up(self, site: Site) -> None:
        async def close() -> None:
            self._servers[self.sites.index(site)].close()

        self._call(close())

    def leave(self, site: Site) -> None:
        """Leave the port now, from inside an answer."""
        self._servers[self.sites.index(site)].close()

    def step_out(self, site: Site, *, seconds: float) -> None:
        """Leave the port now, from inside an answer, and come back to it after a while."""
        self.leave(site)

        async def back() -> None:
            await asyncio.sleep(seconds)
            await self._serve(site, _listener(site))
            self._servers[self.sites.index(site)] = self._servers.pop()

        self._coming_back = self._loop.create_task(back())

    def pick_up(self, site: Site) -> None:
        self._call(self._serve(site, _listener(site)))
        self._servers[self.sites.index(site)] = self._servers.pop()


def _listener(site: Site) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((site.host, site.port))
    return listener


@contextmanager
def switched() -> Iterator[Switchboard]:
    """A server that is gone at the end of the block."""
    server = Switchboard()
    try:
        yield server
    finally:
        server.close()


class Office:
    """A work folder, its units and their sites."""

    def __init__(self, place: Path, server: Switchboard) -> None:
        self.place = place
        self.server = server
        #: settings of its nights by section, besides which hosts are tests'
        self.settings: dict[str, dict[str, object]] = {
            "network": {"delay": 0, "tries": 1, "pauses": [0], "timeout": 5, "ceiling": 32}
        }
        self._units: list[Unit] = []
        place.mkdir(parents=True, exist_ok=True)
        (place / "catalog.yaml").write_text(CATALOG, encoding="utf-8")

    def add(
        self,
        code: str,
        name: str,
        routes: Mapping[str, Route] | None = None,
        *,
        kind: UnitType = UnitType.PRIMARY,
        tls: ssl.SSLContext | None = None,
        **addresses: str,
    ) -> Site:
        """A unit with a site of its own; ``addresses`` are paths of its columns, by column id."""
        site = self.server.site(routes, tls=tls)
        entrances = {column: site.url + path for column, path in addresses.items()}
        self._units.append(
            Unit(
                code=code,
                name=name,
                types=frozenset({kind}),
                home=site.url + "/",
                entrances=entrances,
            )
        )
        return site

    def ready(self) -> None:
        """Write what a night finds in its folder, for one that is run from outside."""
        self._write_settings()
        with self._opened() as folder:
            ledger.replace(folder.store, self._units, at=folder.now)

    def night(self, day: date) -> str:
        """Run the night of ``day``; its scan."""
        self._write_settings()
        with self._opened(day) as folder:
            ledger.replace(folder.store, self._units, at=folder.now)
            before = self._records(folder)
            scan = night.run(folder, tell=lambda _: None).scan
            self._hold_to_invariants(folder, scan, before)
            return scan

    def night_as_told(self, day: date) -> night.Night:
        """Run a night in which an invariant is broken on purpose; what it says of itself."""
        self._write_settings()
        with self._opened(day) as folder:
            ledger.replace(folder.store, self._units, at=folder.now)
            return night.run(folder, tell=lambda _: None)

    def judge_again(self, day: date, scan: str) -> None:
        """Judge a scan anew, as the code stands now; the invariants are the caller's."""
        with self._opened(day) as folder:
            night.run(folder, scan=scan, tell=lambda _: None)

    # --- what came of it ----------------------------------------------------------------

    def verdicts(self) -> dict[tuple[str, str], Assessment]:
        """The latest assessments by unit code and requirement id."""
        with self._opened() as folder:
            return {(one.unit, one.requirement): one for one in records.assessments(folder.store)}

    def verdict(self, code: str, item: str = "S-FEES") -> Assessment:
        return self.verdicts()[code, item]

    def looks(self, scan: str) -> dict[tuple[str, str], Observation]:
        """What a scan saw, by unit code and column id."""
        with self._opened() as folder:
            return {
                (code, column): look
                for code, seen in records.looks(folder.store, scan)
                for column, look in seen.items()
            }

    def findings(self) -> dict[tuple[str, str], tuple[Finding, ...]]:
        """All findings, the oldest first, by unit code and requirement id."""
        found: dict[tuple[str, str], tuple[Finding, ...]] = {}
        with self._opened() as folder:
            for one in records.findings(folder.store):
                key = one.unit, one.requirement
                found[key] = (*found.get(key, ()), one)
        return found

    def states(self, code: str, item: str = "S-FEES") -> list[State]:
        return [one.state for one in self.findings().get((code, item), ())]

    def events(self, finding: Finding) -> tuple[FindingEvent, ...]:
        with self._opened() as folder:
            return records.finding_events(folder.store, finding.number)

    def told(self, day: date, *words: str) -> str:
        """What a person reads who types ``words`` on ``day`` (I9)."""
        result = CliRunner().invoke(
            cli, [*words, "--dir", str(self.place), "--today", day.isoformat()]
        )
        assert result.exit_code == 0, result.output
        is_data = "--json" in words
        hidden = [word for word in _INSIDES if word in result.output and not is_data]
        assert hidden == [], result.output
        return result.output

    def _write_settings(self) -> None:
        network = {"test_targets": self.server.targets} | self.settings["network"]
        settings = {"rules": ["catalog.yaml"], **self.settings, "network": network}
        (self.place / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")

    # --- invariants ---------------------------------------------------------------------

    def _hold_to_invariants(
        self, folder: Folder, scan: str, before: Mapping[str, list[Any]]
    ) -> None:
        self._check_every_check_has_its_outcome(folder, scan)
        self._check_only_evidence_moves_a_gap(folder, scan, before)
        self._check_nothing_leaks(scan)
        after = self._records(folder)
        night.run(folder, scan=scan, tell=lambda _: None)
        assert self._records(folder) == after, "the same night twice changed something (I10)"

    def _check_every_check_has_its_outcome(self, folder: Folder, scan: str) -> None:
        """I1: planned = sum over outcomes, in the plan, in the scan file, in the memory."""
        kept = queries.last_scan(folder.store)
        assert kept is not None
        assert kept.id == scan
        targets = [
            target.key
            for file in (folder.scans / scan).glob("plan-*.jsonl")
            for target in read_plan(file).targets
        ]
        lines = [
            seen.key
            for file in (folder.scans / scan).glob("scan-*.jsonl")
            for seen in read_scan(file).observations()
        ]
        assert len(targets) == len(set(targets)) == kept.planned == sum(kept.counts.values())
        assert sorted(lines) == sorted(targets)

    def _check_only_evidence_moves_a_gap(
        self, folder: Folder, scan: str, before: Mapping[str, list[Any]]
    ) -> None:
        """I3: a verdict that decided nothing leaves every finding, with its dates, as it was."""
        old = {row.number: row for row in before["findings"]}
        told = {one.key: one.status for one in records.assessments(folder.store, scan)}
        for row in self._records(folder)["findings"]:
            status = told.get((row.unit, row.requirement, row.period or ""))
            if status is None or status in UNKNOWN:
                assert row == old.get(row.number), f"{status} touched {row}"
            elif row.number not in old:
                assert status not in GOOD

    def _check_nothing_leaks(self, scan: str) -> None:
        """I9, of the log of the crawl."""
        for log in (self.place / "scans" / scan).glob("*.log"):
            assert log.read_text("utf-8", "replace") == ""

    def _records(self, folder: Folder) -> dict[str, list[Any]]:
        """Every row of the memory, by table."""
        with folder.store.connect() as memory:
            return {
                table.name: sorted(memory.execute(sa.select(table)).all(), key=repr)
                for table in tables.units.metadata.sorted_tables
            }

    @contextmanager
    def _opened(self, day: date = FIRST) -> Iterator[Folder]:
        folder = Folder(self.place, today=day)
        try:
            yield folder
        finally:
            folder.close()


def switched_off(place: Path, patch: str) -> str:
    """PYTHONPATH for a crawl child in which ``patch`` is done before anything is read.

    The child's interpreter imports ``sitecustomize`` at its start: so a test takes one guard out of
    the real child without a switch in the product.
    """
    place.mkdir(parents=True, exist_ok=True)
    (place / "sitecustomize.py").write_text(patch, encoding="utf-8")
    return os.pathsep.join([str(place), str(ROOT)])
