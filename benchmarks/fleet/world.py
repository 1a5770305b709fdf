"""模拟辖区: its units, what stands in their columns on every day, and what was planted there.

Days are ordinals. What a day shows is told without any damage: ``damage`` says who can see it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from benchmarks.fleet.duties import PARTNER, TRIGGER, Duty, Shown, is_empty_gap, is_gap

#: a day that does not come
NEVER = 10_000_000

Place = tuple[int, int]  # number of the unit, number of the duty


class Fact(Enum):
    """What an inspector with full sight knows of one item of one unit in one night."""

    FINE = "fine"
    GAP = "gap"  # and one look at the undamaged page shows it
    SHAM = "sham"  # looks fine on the page, and is not
    ASK = "ask"  # there, but under another word: it may neither be missed nor taken for settled
    GREY = "grey"  # the rules do not say


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """一个单位 with its habit: punctual, late or sloppy, and the platform it stands on."""

    code: str
    name: str
    habit: str
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """一条信息 as it stands from one day to another; a changed one is another with its serial."""

    serial: int
    title: str
    claimed: int | None  # the day it bears
    appears: int
    vanishes: int = NEVER
    edition: str = ""
    due: int = 0  # of its edition: before it nothing inside can be late
    lacks: bool = False  # what must stand inside does not
    is_dead: bool = False  # its page is not there
    sham: str = ""
    is_statement: bool = False
    is_filler: bool = False  # answers nothing
    leads_home: bool = False
    from_column: str = ""  # stands in another column too, at that address
    doc_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """一个缺口 as it was planted; days that do not come are ``NEVER``."""

    kind: str
    starts: int
    sham: str = ""
    sham_on: int = NEVER
    fixed_on: int = NEVER
    relapse_on: int = NEVER


@dataclass(slots=True)
class Column:
    """一栏: what one duty of one unit shows in the course of time."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[int, int, str]] = field(default_factory=list)  # from, up to, kind
    events: list[int] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    _changes: list[int] = field(default_factory=list)
    _versions: dict[int, tuple[Entry, ...]] = field(default_factory=dict)

    def refresh(self) -> None:
        """Forget what was shown: an entry was planted since."""
        self._changes.clear()
        self._versions.clear()

    def version(self, day: int) -> int:
        """A number that is the same as long as the list shows the same."""
        if not self._changes:
            days = {one.appears for one in self.entries} | {one.vanishes for one in self.entries}
            self._changes.extend(sorted(days))
        return bisect_right(self._changes, day)

    def shown(self, day: int) -> tuple[Entry, ...]:
        """What the list shows, the newest first."""
        version = self.version(day)
        found = self._versions.get(version)
        if found is None:
            there = [one for one in self.entries if one.appears <= day < one.vanishes]
            there.sort(key=lambda one: (one.claimed or one.appears, one.serial), reverse=True)
            found = self._versions[version] = tuple(there)
        return found

    def fault(self, day: int) -> str:
        """emptied, removed, broken, or nothing; a list without an entry says that it is empty."""
        return self.planted_fault(day) or ("" if self.shown(day) else "emptied")

    def planted_fault(self, day: int) -> str:
        return next((kind for first, end, kind in self.faults if first <= day < end), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdated:
    """一条倒签: published on a day with the date of an earlier one."""

    unit: int
    duty: int
    serial: int
    published: int
    claimed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """一对关联: a document, and what must follow it."""

    unit: int
    trigger: int  # serials
    partner: int | None
    doc_no: str
    published: int
    due: int
    followed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """一份名单: the numbers of persons it shows, or numbers that are none, and its page."""

    unit: int
    duty: int
    serial: int
    published: int
    shows: tuple[str, ...]
    decoys: tuple[str, ...]
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(kw_only=True)
class World:
    """模拟辖区 from ``first`` to ``last``."""

    seed: int
    first: int
    last: int
    units: list[UnitPlan]
    duties: list[Duty]
    columns: dict[Place, Column]
    backdated: list[Backdated] = field(default_factory=list)
    redated: list[tuple[int, int, int, int]] = field(default_factory=list)  # …, serial, day
    removals: list[tuple[int, int, int, int]] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    decoys: int = 0
    persons: dict[int, Listed] = field(default_factory=dict)  # by the number of the entry

    @property
    def nights(self) -> range:
        return range(self.first, self.last + 1)

    @cached_property
    def events(self) -> list[tuple[int, str, int]]:
        """The office's sheet of events: unit, event, day."""
        return [
            (unit, self.duties[duty].event, day)
            for (unit, duty), column in self.columns.items()
            for day in column.events
        ]

    def fact(self, place: Place, day: int) -> Fact:
        """What is so of an item, whoever can see it."""
        column, duty = self.columns[place], self.duties[place[1]]
        match column.fault(day):
            case "broken":
                return Fact.GAP
            case "emptied" | "removed" as fault:
                empties = is_empty_gap if fault == "emptied" else _is_bare_gap
                return Fact.GAP if empties(duty, column.events, day) else Fact.FINE
        if duty is PARTNER and (unpaired := self._unpaired(place, day)) is not Fact.FINE:
            return unpaired
        answering = [one for one in column.shown(day) if not one.is_filler]
        if is_gap(duty, map(_counted, answering), column.events, day):
            return Fact.GAP
        inside = _inside(duty, answering, day)
        if inside is not Fact.FINE:
            return inside
        honest = [one for one in answering if not one.sham]
        if len(honest) < len(answering) and is_gap(duty, map(_counted, honest), column.events, day):
            return Fact.SHAM
        named = [one for one in answering if not duty.near or duty.near not in one.title]
        if len(named) < len(answering) and is_gap(duty, map(_counted, named), column.events, day):
            return Fact.ASK
        return Fact.FINE

    def _unpaired(self, place: Place, day: int) -> Fact:
        """Whether a document of the last year lacks its partner when it should have one.

        The rules do not say what becomes of one that is older, or cannot be seen itself.
        """
        open_pairs = [
            pair for pair in self._pairs_of[place[0]] if pair.due < day < (pair.followed or NEVER)
        ]
        if not open_pairs:
            return Fact.FINE
        trigger = self.columns[place[0], self.duties.index(TRIGGER)]
        is_shown = not trigger.fault(day)
        is_young = any(day - pair.published <= 365 for pair in open_pairs)
        return Fact.GAP if is_shown and is_young else Fact.GREY

    @cached_property
    def _pairs_of(self) -> dict[int, list[Pair]]:
        found: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.unit].append(pair)
        return found

    def spans(self, place: Place) -> list[tuple[str, int, int]]:
        """What was so of an item from night to night, as spans: fact, first and last night."""
        found: list[tuple[str, int, int]] = []
        for day in self.nights:
            fact = self.fact(place, day).value
            if found and found[-1][0] == fact:
                found[-1] = (fact, found[-1][1], day)
            else:
                found.append((fact, day, day))
        return found


def _is_bare_gap(duty: Duty, events: list[int], day: int) -> bool:
    return is_gap(duty, (), events, day)


def _counted(entry: Entry) -> Shown:
    return Shown(entry.claimed, entry.edition, entry.is_statement)


def _inside(duty: Duty, answering: list[Entry], day: int) -> Fact:
    """What the entries that count now are worth inside: only yearly editions lack anything."""
    current = [one for one in answering if one.due and (one.lacks or one.is_dead)]
    if not current:
        return Fact.FINE
    newest = max(one.due for one in answering)
    edition = [one for one in answering if one.due == newest]
    whole = [one for one in edition if not one.is_dead and not one.lacks]
    if whole:
        return Fact.FINE
    return Fact.GAP if day > newest else Fact.GREY
