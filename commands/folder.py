"""工作文件夹: settings, clock, catalog and memory of one office, opened as they are asked for."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from commands import logs
from commands.files import held
from commands.words import folder_options
from monitor import holidays, settings
from monitor.assess import assess
from monitor.catalog import load
from monitor.findings import Clock, Deadlines
from monitor.model import (
    GAPS,
    Assessment,
    Catalog,
    Moment,
    Plan,
    Requirement,
    Unit,
    UnitType,
    Waiver,
)
from monitor.obligations import owed
from monitor.settings import Settings
from monitor.store import Memory, open_store, queries, records
from monitor.textform import normal_form
from monitor.units.headers import TYPE_CHOICES, TYPE_WORDS
from monitor.wording import MonitorError, nearest

BEIJING = ZoneInfo("Asia/Shanghai")
#: these have no vacations
_OFFICES = frozenset({UnitType.BUREAU, UnitType.SECTION})
#: working days before a 整改期限 from which it is told as near
_SOON_DAYS = 2
#: years of working days around today: the longest look back and ahead a rule can ask for
_YEARS_BACK, _YEARS_AHEAD = 6, 2

R = TypeVar("R")


class UnitClass(click.ParamType[frozenset[UnitType]]):
    """单位类别 as the 单位清单 writes it: 小学, 九年一贯制 (two types); or as rules.yaml does."""

    name = "类别"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[UnitType]:
        if not isinstance(value, str):
            return frozenset(value)
        by_word = {**{one.value: frozenset({one}) for one in UnitType}, **TYPE_WORDS}
        found = by_word.get(normal_form(value))
        if found is None:
            near = nearest(value, TYPE_WORDS)
            hint = f"是不是“{near}”" if near else f"可写 {'、'.join(TYPE_CHOICES)}"
            self.fail(f"没有“{value}”这类单位，{hint}", param, ctx)
        return found


class Folder:
    """工作文件夹 of an office on one day.

    ``today`` None: the real clock; else every instant is that day at the present time of day.
    """

    def __init__(
        self, path: Path, overrides: tuple[str, ...] = (), today: date | None = None
    ) -> None:
        self.path = path
        self.leaves_no_trace = False  # a database that is not there is not made
        self.needs_settings = True  # else a folder without any has the default ones
        self._overrides = overrides
        real = datetime.now(BEIJING)
        self.clock_offset = (today - real.date()).days * 86400.0 if today else 0.0

    def only_looks(self) -> None:
        """Make nothing and need nothing: reading a page or the catalog works anywhere."""
        self.leaves_no_trace = True
        self.needs_settings = False

    @property
    def now(self) -> datetime:
        return datetime.now(BEIJING) + timedelta(seconds=self.clock_offset)

    @cached_property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def settings(self) -> Settings:
        return settings.load(
            self.path,
            overrides=self._overrides,
            environ=os.environ,
            needed=self.needs_settings,
        )

    @cached_property
    def catalog(self) -> Catalog:
        return load(self.settings.rules_paths, on=self.today, units=self.units)

    @cached_property
    def store(self) -> Memory:
        address = self.settings.database_address
        file = address.partition("?")[0].removeprefix("sqlite:///")
        if self.leaves_no_trace and file != address and not Path(file).exists():
            return open_store("sqlite:///:memory:")
        return open_store(address)

    def close(self) -> None:
        """Give back the database, if it was opened."""
        if "store" in self.__dict__:
            self.store.dispose()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return records.units(self.store)

    @cached_property
    def moment(self) -> Moment:
        extra = self.path / "calendar.yaml"
        return Moment(
            today=self.today,
            calendar=holidays.calendar(
                self.today.year - _YEARS_BACK,
                self.today.year + _YEARS_AHEAD,
                extra=extra if extra.exists() else None,
            ),
            soon_days=self.settings.judge.soon_days,
        )

    @cached_property
    def clock(self) -> Clock:
        """What 整改期限 are counted by."""
        said = self.settings.deadlines
        by_status = {status: getattr(said, status.name.lower()) for status in GAPS}
        return Clock(
            on=self.today,
            calendar=self.moment.calendar,
            deadlines=Deadlines(by_status=by_status, reopened=said.reopened),
            schools=frozenset(unit.code for unit in self.units if not unit.types <= _OFFICES),
        )

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """不涉及／暂缓 approved here, beside those of the catalog's layers."""
        return records.waivers(self.store)

    def is_due_soon(self, deadline: date) -> bool:
        """Whether a 整改期限 ends today or within the next two working days."""
        return self.today <= deadline <= self.clock.after(_SOON_DAYS)

    @property
    def evidence(self) -> Path:
        """Where the pages behind verdicts are stored, once for all nights."""
        return self.path / "evidence"

    @property
    def scans(self) -> Path:
        """Where the plans and scan files of each night are."""
        return self.path / "scans"

    @property
    def lock(self) -> Path:
        """Held by the scan that is running; it lies there when none is."""
        return self.scans / ".lock"

    @property
    def is_scanning(self) -> bool:
        """Whether a scan is running in this folder."""
        if not self.lock.exists():
            return False
        with held(self.lock) as is_free:
            return not is_free

    def seconds_for(self, batch: Plan) -> float:
        """How long a batch may take if every unit takes all the time it has.

        Groups are read side by side up to the ceiling: the last to begin may be the longest.
        """
        per_unit = self.settings.budget.minutes_per_unit * 60
        units_by_group: dict[str, set[str]] = {}
        for target in batch.targets:
            units_by_group.setdefault(target.group, set()).add(target.unit)
        sizes = [len(units) for units in units_by_group.values()]
        turns = sum(sizes) / max(1, batch.network.ceiling) + max(sizes, default=1)
        return per_unit * turns + _BEFORE_AND_AFTER

    @property
    def window_seconds(self) -> float:
        """How long a night is."""
        return _window_seconds(self.settings.budget.window)

    def new_scan(self) -> str:
        """The id of a scan begun now: the day, with a number from the second of a day on."""
        known = {scan.id for scan in records.scans(self.store)}
        known |= {path.name for path in self.scans.glob("*")}
        day = f"{self.today:%Y%m%d}"
        names = (day, *(f"{day}-{number}" for number in range(2, 1000)))
        return next(name for name in names if name not in known)

    def last_scan(self) -> str:
        """The id of the latest scan that was recorded, "" before the first."""
        scan = queries.last_scan(self.store)
        return scan.id if scan else ""

    def last_judged(self) -> str:
        """The id of the latest scan that counts, "" before the first."""
        return next((one.id for one in records.scans(self.store) if not one.void), "")

    def unfinished_scan(self) -> str:
        """The id of the scan begun last, when it was not read or not judged to its end."""
        begun = [place for place in self.scans.glob("[0-9]*") if place.is_dir()]
        if not begun:
            return ""
        last = max(begun, key=lambda place: place.stat().st_mtime_ns).name
        known = next((one for one in records.scans(self.store) if one.id == last), None)
        if known is not None and known.void:
            return ""  # it is over: what it saw in a dead network cannot be made good
        if known is None or not known.finished_at:
            return last
        return "" if queries.statuses_by_unit(self.store, last) else last

    def standing(self, until: date | None = None) -> Iterator[Assessment]:
        """How every obligation stands today, or stood at the end of the night ``until``.

        Its last assessment, NEW where there is none. What is no longer owed (a unit closed, an
        item switched off) is left out.
        """
        if until is None:
            latest = {(one.unit, one.requirement): one for one in records.assessments(self.store)}
            on = self.moment
        else:
            latest = dict(queries.verdicts_until(self.store, until))
            on = replace(self.moment, today=until)
        events = records.events(self.store)
        for obligation in owed(self.catalog, self.units, events, on, waivers=self.waivers):
            known = latest.get((obligation.unit.code, obligation.requirement.id))
            yield known or assess(obligation, (), on, catalog_digest=self.catalog.digest)

    def unit(self, name: str) -> Unit:
        """The unit a person means by a code or a name."""
        by_name = {key: unit for unit in self.units for key in (*unit.names, unit.code)}
        return _named(name, by_name, "E2402", "单位", "mingcha units export")

    def requirement(self, name: str) -> Requirement:
        """The requirement a person means by an id or a name."""
        by_name = {
            key: one for one in self.catalog.requirements.values() for key in (one.name, one.id)
        }
        return _named(name, by_name, "E2403", "事项", "mingcha catalog list")


#: seconds for a child to start, and for the last request of a unit, which its time does not cut
_BEFORE_AND_AFTER = 120.0


def _window_seconds(window: str) -> float:
    """The length of a nightly window such as 23:00-06:00.

    >>> _window_seconds("23:00-06:00") / 3600
    7.0
    """
    begin, end = (
        int(hour) * 60 + int(minute) for hour, minute in re.findall(r"(\d+):(\d+)", window)
    )
    return ((end - begin) % (24 * 60) or 24 * 60) * 60.0


def silent_since(silence: records.Silence) -> str:
    """How long a site has not answered, and when it last did."""
    last = silence.last_answer_on
    good = f"最近一次成功：{last.isoformat()}" if last else "尚未成功过"
    return f"已连续 {silence.nights} 晚无法访问（{good}）"


def opened(command: Callable[..., R]) -> Callable[..., R]:
    """Give a verb its ``Folder``, opened by the options every verb has, and close it after."""

    @folder_options
    @functools.wraps(command)
    def with_folder(
        *, folder: str, overrides: tuple[str, ...], today: date | None, verbose: bool, **rest: Any
    ) -> R:
        office = Folder(Path(folder), overrides, today)
        office.leaves_no_trace = bool(rest.get("dry_run"))
        with logs.kept(office.path, verbose=verbose):
            try:
                return command(office, **rest)
            finally:
                office.close()

    return with_folder


def _named(name: str, by_name: dict[str, R], code: str, what: str, listing: str) -> R:
    wanted = normal_form(name)
    for key, found in by_name.items():
        if normal_form(key) == wanted:
            return found
    near = nearest(name, by_name)
    raise MonitorError(
        code,
        f"没有{what}“{name}”" + (f"，是不是“{near}”" if near else ""),
        "没有执行任何操作。",
        f"全部{what}见 {listing}。",
    )
