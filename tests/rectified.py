"""An office whose units publish, mend, pretend to and withdraw: nights without any network.

What the eyes would have seen is written as they write it; recorded, judged and kept as in a night.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from builders import CALENDAR, moment

from commands import night
from commands.folder import Folder
from crawler.evidence import keep_text
from monitor.decisions import Decision
from monitor.findings import Clock
from monitor.ledger import units as unit_lists
from monitor.ledger.decisions import take
from monitor.ledger.record import record
from monitor.model import (
    Assessment,
    Attachment,
    Catalog,
    Column,
    Coverage,
    DateSource,
    Document,
    Extract,
    Finding,
    Move,
    Network,
    Observation,
    Outcome,
    Plan,
    PublishDate,
    Reading,
    Remark,
    Remembered,
    State,
    Target,
    Unit,
    Waiver,
)
from monitor.store import records
from monitor.wire import ScanWriter, plan_name, scan_name, write_plan

FIRST = date(2026, 11, 2)  # a Monday


def on(number: int) -> date:
    """The day of the number-th night."""
    return FIRST + timedelta(days=number - 1)


@dataclass(frozen=True)
class Entry:
    """An entry as its column and its own page show it; without ``text`` nobody opened it."""

    title: str
    day: date | None
    url: str
    text: str = ""
    files: tuple[str, ...] = ()
    reading: Reading = Reading.WHOLE
    elements: frozenset[str] = frozenset()

    def seen(self, folder: Path) -> Document:
        digest = hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""
        if self.text:
            keep_text(folder, digest, [Extract(text=self.text)])
        published = self.day and PublishDate(
            day=self.day, source=DateSource.LIST, text=self.day.isoformat()
        )
        return Document(
            url=self.url,
            title=self.title,
            published=published,
            attachments=tuple(Attachment(name=one, url=one) for one in self.files),
            elements=self.elements,
            reading=self.reading if self.text else Reading.LISTED,
            digest=digest,
        )


@dataclass
class Site:
    """The columns of one unit tonight: entries, or what stands in the way of seeing them."""

    unit: Unit
    columns: dict[str, tuple[Entry, ...] | Outcome] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    platform: str = ""

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def root(self) -> str:
        return self.unit.home

    def url(self, column: str, name: object) -> str:
        return f"{self.root}{column}/{name}.html"

    def put(self, column: str, *entries: Entry) -> None:
        """Put entries on top of a column, which is there from now on."""
        listed = self.columns.get(column, ())
        self.columns[column] = (*entries, *(() if isinstance(listed, Outcome) else listed))

    def drop(self, column: str, *urls: str) -> tuple[Entry, ...]:
        """Take entries off; what was taken."""
        listed = self.listed(column)
        self.columns[column] = tuple(one for one in listed if one.url not in urls)
        return tuple(one for one in listed if one.url in urls)

    def listed(self, column: str) -> tuple[Entry, ...]:
        entries = self.columns[column]
        assert not isinstance(entries, Outcome)
        return entries

    def look(self, column: str, folder: Path) -> Observation:
        shown = self.columns[column]
        outcome = shown if isinstance(shown, Outcome) else Outcome.OPENED
        entries = () if isinstance(shown, Outcome) else shown
        if outcome is Outcome.OPENED and not entries:
            outcome = Outcome.SAYS_EMPTY
        address = self.addresses.get(column, f"{self.root}{column}/")
        whole = Coverage(pages=1, entries=len(entries), to_end=True)
        return Observation(
            unit=self.unit.code,
            column=column,
            outcome=outcome,
            address="" if outcome is Outcome.NO_COLUMN else address,
            documents=tuple(one.seen(folder) for one in entries),
            coverage=self.coverage.get(column, whole),
            identity_seen=True,
            platform=self.platform,
            phrase="暂无内容" if outcome is Outcome.SAYS_EMPTY else "",
            http_status=200,
            remember=Remembered(address=address, etag='"e"'),
        )


#: a unit on the nights on which something happens to it
Script = Mapping[int, Callable[[Site], None]]


class Office:
    """One work folder, its catalog and sites; nights follow each other."""

    def __init__(self, place: Path, catalog: Catalog, sites: Iterable[Site]) -> None:
        self.place = place
        self.catalog = catalog
        self.sites = {site.code: site for site in sites}
        self.units = tuple(site.unit for site in self.sites.values())
        self.waivers: tuple[Waiver, ...] = ()
        self.store = self.folder(FIRST).store
        unit_lists.replace(self.store, self.units, at=self.at(FIRST))
        self._scans = 0

    def folder(self, today: date) -> Folder:
        """The work folder as a command would open it that day."""
        folder = Folder(self.place, today=today)
        folder.needs_settings = False
        folder.__dict__ |= {"catalog": self.catalog, "units": self.units, "moment": moment(today)}
        if hasattr(self, "store"):
            folder.__dict__["store"] = self.store
        return folder

    @staticmethod
    def at(day: date, hour: int = 1) -> datetime:
        return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)

    def clock(self, day: date) -> Clock:
        return Clock(on=day, calendar=CALENDAR)

    def night(
        self, number: int, *, out: Iterable[str] = (), hour: int = 1, void: bool = False
    ) -> dict[tuple[str, str], Assessment]:
        """One scan; the sites of the units in ``out`` do not answer. Verdicts by unit and item."""
        day, scan = on(number), self._record(number, frozenset(out), hour, void=void)
        if void:
            return {}
        folder = self.folder(day)
        folder.__dict__["catalog"] = replace(self.catalog, waivers=self.waivers)
        night.judge_scan(folder, scan, on=folder.moment, at=self.at(day, hour))
        return {(one.unit, one.requirement): one for one in records.assessments(self.store, scan)}

    def _record(self, number: int, out: frozenset[str], hour: int, *, void: bool) -> str:
        day = on(number)
        self._scans += 1
        scan = f"{day:%Y%m%d}-{self._scans}"
        folder = self.place / "scans" / scan
        folder.mkdir(parents=True)
        looks = [
            replace(look, outcome=Outcome.TIMED_OUT, documents=(), coverage=Coverage())
            if site.code in out
            else look
            for site in self.sites.values()
            for column in site.columns
            for look in [site.look(column, self.place / "evidence")]
        ]
        plan = Plan(
            scan=scan,
            batch=1,
            night=day,
            catalog_digest="c",
            clock_offset=0,
            network=Network(),
            targets=tuple(
                Target(
                    unit=look.unit,
                    unit_names=(look.unit,),
                    column=Column(id=look.column, name=look.column),
                    home="",
                    since=date(2025, 1, 1),
                )
                for look in looks
            ),
        )
        write_plan(folder / plan_name(day, 1), plan)
        path = folder / scan_name(day, 1)
        with ScanWriter(path) as writer:
            writer.plan(plan)
            for look in looks:
                writer.observation(look)
            writer.totals({})
        record(self.store, path, at=self.at(day, hour), void="本机网络不通" if void else "")
        return scan

    def confirm(self, number: int) -> None:
        """The officer takes up all that waits for review."""
        self.decide(
            number,
            *(
                Decision(finding=one.number, move=Move.CONFIRM, by="李科长")
                for one in self.findings()
                if one.state is State.TO_REVIEW
            ),
        )

    def decide(self, number: int, *decisions: Decision) -> None:
        day = on(number)
        done = take(self.store, decisions, at=self.at(day, 9), clock=self.clock(day))
        assert [one.refused for one in done if one.refused] == []

    def findings(self, unit: str = "") -> tuple[Finding, ...]:
        return tuple(one for one in records.findings(self.store) if unit in ("", one.unit))

    def remarks(self, unit: str) -> tuple[Remark, ...]:
        return tuple(one.remark for one in records.remarks(self.store) if one.remark.unit == unit)
