"""目录核对: what a catalog can and cannot find, what looks wrong in it, what a change changes."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from monitor.model import (
    GAPS,
    Catalog,
    Column,
    Coverage,
    DateSource,
    Document,
    Grounds,
    Match,
    Moment,
    Pair,
    PublishDate,
    Removal,
    Requirement,
    Seen,
    TimeLimit,
    Where,
)
from monitor.removals import contradicted
from monitor.textform import normal_form
from monitor.triggers import PublicationOf, event_key
from monitor.wording import CatalogDoubt, NoGap
from monitor.workdays import WorkCalendar

#: any year well after every rule came into force will do; two days a week meet every window
_PROBE_DAYS = tuple(date(2040, 1, 2) + timedelta(days=3 * week) for week in range(125))
_LONG_AGO = timedelta(days=1500)
#: kinds that ask for one certain document: without words anything in the column would pass
_ASK_FOR_ONE = frozenset(
    {"after_event", "before_event", "yearly_by", "yearly_window", "season", "paired_after"}
)
#: Monday to Friday, and nothing provisional about it
_EVERY_YEAR = WorkCalendar(covered=frozenset(range(2030, 2050)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogReport:
    """核对结果: ids by how an absent item can be told, and what looks wrong.

    ``by_crawling``: absence is a gap from the site alone. ``with_events``: only once the day of
    an event is known. ``never``: with the reason.
    """

    columns: int
    requirements: int
    by_crawling: tuple[str, ...]
    with_events: tuple[str, ...]
    if_removed: tuple[str, ...]
    never: Mapping[str, NoGap]
    doubts: tuple[str, ...]
    unchecked: Mapping[str, tuple[str, ...]]  # id → elements the law names and nothing checks


@enum.unique
class Change(enum.Enum):
    """变动."""

    ADDED = "新增"
    REMOVED = "移除"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogChange:
    """目录变动的一处; ``fields``: name → (before, after), for what was changed."""

    id: str
    name: str
    change: Change
    fields: Mapping[str, tuple[object, object]]


def check(catalog: Catalog) -> CatalogReport:
    """Count what can be found, and list what is probably not meant so."""
    by_crawling, with_events, if_removed = [], [], []
    never: dict[str, NoGap] = {}
    for requirement in catalog.requirements.values():
        if (reason := _out_of_reach(requirement)) is not None:
            never[requirement.id] = reason
        elif _can_gap(requirement, _Known()):
            by_crawling.append(requirement.id)
        elif _can_gap(requirement, _Known(events=True)):
            with_events.append(requirement.id)
        elif _can_gap(requirement, _Known(removals=True)):
            if_removed.append(requirement.id)
        else:
            never[requirement.id] = _why_never(requirement)
    return CatalogReport(
        columns=len(catalog.columns),
        requirements=len(catalog.requirements),
        by_crawling=tuple(by_crawling),
        with_events=tuple(with_events),
        if_removed=tuple(if_removed),
        never=never,
        doubts=tuple(_doubts(catalog)),
        unchecked={one.id: one.unchecked for one in catalog.requirements.values() if one.unchecked},
    )


def diff(old: Catalog, new: Catalog) -> tuple[CatalogChange, ...]:
    """What differs, item by item and column by column, in the order of the new catalog."""
    pairs: list[tuple[Mapping[str, Requirement | Column], Mapping[str, Requirement | Column]]] = [
        (old.requirements, new.requirements),
        (old.columns, new.columns),
    ]
    return tuple(
        change
        for before, after in pairs
        for name in dict.fromkeys((*after, *before))
        if (change := _change(name, before.get(name), after.get(name)))
    )


def _change(
    name: str, old: Requirement | Column | None, new: Requirement | Column | None
) -> CatalogChange | None:
    if old == new:
        return None
    if old is None or new is None:
        there = new or old
        assert there is not None
        change = Change.REMOVED if new is None else Change.ADDED
        return CatalogChange(id=name, name=there.name, change=change, fields={})
    changed = {
        field.name: (getattr(old, field.name), getattr(new, field.name))
        for field in fields(new)
        if getattr(old, field.name) != getattr(new, field.name)
    }
    return CatalogChange(id=name, name=new.name, change=Change.CHANGED, fields=changed)


# --- what can be found ------------------------------------------------------------------


def _out_of_reach(requirement: Requirement) -> NoGap | None:
    if requirement.where is Where.INPUT:
        return NoGap.INPUT
    return NoGap.OFFLINE if requirement.where is Where.OFFLINE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a clock is told beside what the column lists; ``accepted``: of practice too."""

    events: bool = False
    removals: bool = False
    accepted: bool = False


def _why_never(requirement: Requirement) -> NoGap:
    everything = _Known(events=True, removals=True, accepted=True)
    return NoGap.DEFAULT if _can_gap(requirement, everything) else NoGap.UNDECIDED


def _can_gap(requirement: Requirement, known: _Known) -> bool:
    known = replace(known, accepted=known.accepted or requirement.accept_defaults)
    return any(_reaches_gap(requirement, limit, known) for limit in requirement.limits)


def _reaches_gap(requirement: Requirement, limit: TimeLimit, known: _Known) -> bool:
    """Whether on some day of a year the clock calls absence a gap that may be opened.

    The clock is asked itself: with nothing there, and with something very old.
    """
    event, trigger = getattr(limit, "event", None), getattr(limit, "of", None)
    for today in _PROBE_DAYS:
        on = Moment(today=today, calendar=_EVERY_YEAR)
        happened = (today - timedelta(days=120),)
        events = {event_key(event): happened} if known.events and event is not None else {}
        for documents in ((), (_published(today - _LONG_AGO),)):
            seen = Seen(
                documents=documents,
                removed=(_removed(today - timedelta(days=60)),) if known.removals else (),
                events=events,
                coverage=Coverage(to_end=True),
                period=limit.period(on),
                pairs=_called_for(trigger, today) if isinstance(trigger, str) else None,
            )
            verdict = contradicted(requirement, limit.judge(seen, on), seen)
            grounds = verdict.grounds or limit.grounds
            if verdict.status in GAPS and (known.accepted or grounds is not Grounds.DEFAULT):
                return True
    return False


def _called_for(trigger: str, today: date) -> tuple[Pair, ...]:
    """A document of the item ``trigger`` that nothing answers."""
    document = _published(today - timedelta(days=120))
    return (Pair(of=trigger, trigger=document, since=date.min),)


def _removed(day: date) -> Removal:
    """A notice that was gone on the day it was published."""
    return Removal(document=_published(day), column="", listed_on=day, missed_on=day)


def _published(day: date) -> Document:
    published = PublishDate(day=day, source=DateSource.LIST, text=day.isoformat())
    return Document(url="http://example.invalid/", title="", published=published)


# --- what looks wrong -------------------------------------------------------------------


def _doubts(catalog: Catalog) -> Iterator[str]:
    yield from _aliases_twice(catalog)
    used: set[str] = set()
    for one in catalog.requirements.values():
        used |= set(one.columns)
        kinds = {getattr(limit, "kind", "") for limit in one.limits}
        if one.match == Match() and kinds & _ASK_FOR_ONE:
            yield CatalogDoubt.NO_WORDS.tell(id=one.id, name=one.name)
        if not one.basis:
            yield CatalogDoubt.NO_BASIS.tell(id=one.id, name=one.name)
        yield from _unseen_events(catalog, one)
        for place in (catalog.columns[name] for name in one.columns):
            facts = {"id": one.id, "name": one.name, "column": place.name}
            if place.counted_only:
                yield CatalogDoubt.COUNTED_ONLY.tell(**facts)
            if place.retired_on:
                yield CatalogDoubt.RETIRED.tell(**facts, day=place.retired_on)
    for column in catalog.columns.values():
        if column.id not in used and not column.counted_only:
            yield CatalogDoubt.UNUSED.tell(column=column.name)


def _unseen_events(catalog: Catalog, requirement: Requirement) -> Iterator[str]:
    """Publications a clock waits for that no look at the same unit can show."""
    for limit in requirement.limits:
        if not isinstance(event := getattr(limit, "event", None), PublicationOf):
            continue
        other = catalog.requirements.get(event.of)
        if (
            other is None
            or _out_of_reach(other) is not None
            or other.applies_to.isdisjoint(requirement.applies_to)
        ):
            yield CatalogDoubt.EVENT_NOT_SEEN.tell(
                id=requirement.id, name=requirement.name, of=event.of
            )


def _aliases_twice(catalog: Catalog) -> Iterator[str]:
    """Names that point at two columns which units of one type owe."""
    types: dict[str, set[str]] = {}
    for one in catalog.requirements.values():
        for owed in one.columns:
            types.setdefault(owed, set()).update(kind.value for kind in one.applies_to)
    holders: dict[str, list[tuple[str, Column]]] = {}
    for column in catalog.columns.values():
        for name in dict.fromkeys((column.name, *column.aliases)):
            held = holders.setdefault(normal_form(name), [])
            if all(other.id != column.id for _, other in held):
                held.append((name, column))
    for held in holders.values():
        for place, (alias, first) in enumerate(held):
            for _, second in held[place + 1 :]:
                if shared := types.get(first.id, set()) & types.get(second.id, set()):
                    yield CatalogDoubt.ALIAS_TWICE.tell(
                        alias=alias,
                        first=first.name,
                        second=second.name,
                        types="、".join(sorted(shared)),
                    )
