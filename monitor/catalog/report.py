"""目录核对: what a catalog can and cannot find, what looks wrong in it, what a change changes."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
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
    Requirement,
    Seen,
    TimeLimit,
    Where,
)
from monitor.textform import normal_form
from monitor.wording import CatalogDoubt, NoGap
from monitor.workdays import WorkCalendar

#: any year well after every rule came into force will do; two days a week meet every window
_PROBE_DAYS = tuple(date(2040, 1, 2) + timedelta(days=3 * week) for week in range(125))
_PROBE_CALENDAR = WorkCalendar(covered=frozenset(range(2035, 2045)))
_LONG_AGO = timedelta(days=1500)
#: kinds that ask for one certain document: without words anything in the column would pass
_ASK_FOR_ONE = frozenset({"after_event", "yearly_by", "yearly_window", "season", "paired_after"})


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
    by_crawling, with_events = [], []
    never: dict[str, NoGap] = {}
    for requirement in catalog.requirements.values():
        if (reason := _out_of_reach(requirement)) is not None:
            never[requirement.id] = reason
        elif _can_gap(requirement, with_events=False):
            by_crawling.append(requirement.id)
        elif _can_gap(requirement, with_events=True):
            with_events.append(requirement.id)
        else:
            never[requirement.id] = _why_never(requirement)
    return CatalogReport(
        columns=len(catalog.columns),
        requirements=len(catalog.requirements),
        by_crawling=tuple(by_crawling),
        with_events=tuple(with_events),
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


def _why_never(requirement: Requirement) -> NoGap:
    accepted = any(_reaches_gap(limit, True, accepted=True) for limit in requirement.limits)
    return NoGap.DEFAULT if accepted else NoGap.UNDECIDED


def _can_gap(requirement: Requirement, *, with_events: bool) -> bool:
    return any(
        _reaches_gap(limit, with_events, accepted=requirement.accept_defaults)
        for limit in requirement.limits
    )


def _reaches_gap(limit: TimeLimit, with_events: bool, *, accepted: bool) -> bool:
    """Whether on some day of a year the clock calls absence a gap that may be opened.

    The clock is asked itself: with nothing there, and with something very old.
    """
    event, trigger = getattr(limit, "event", None), getattr(limit, "of", None)
    for today in _PROBE_DAYS:
        on = Moment(today=today, calendar=_PROBE_CALENDAR)
        happened = (today - timedelta(days=120),)
        events = {event: happened} if with_events and isinstance(event, str) else {}
        for documents in ((), (_old(today),)):
            period = limit.period(on)
            seen = Seen(
                documents=documents,
                events=events,
                coverage=Coverage(to_end=True),
                period=period,
                pairs=_called_for(trigger, today) if isinstance(trigger, str) else None,
            )
            verdict = limit.judge(seen, on)
            grounds = verdict.grounds or limit.grounds
            if verdict.status in GAPS and (accepted or grounds is not Grounds.DEFAULT):
                return True
    return False


def _called_for(trigger: str, today: date) -> tuple[Pair, ...]:
    """A document of the item ``trigger`` that nothing answers."""
    document = _old(today, ago=timedelta(days=120))
    return (Pair(of=trigger, trigger=document, since=date.min),)


def _old(today: date, *, ago: timedelta = _LONG_AGO) -> Document:
    day = today - ago
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
        for place in (catalog.columns[name] for name in one.columns):
            facts = {"id": one.id, "name": one.name, "column": place.name}
            if place.counted_only:
                yield CatalogDoubt.COUNTED_ONLY.tell(**facts)
            if place.retired_on:
                yield CatalogDoubt.RETIRED.tell(**facts, day=place.retired_on)
    for column in catalog.columns.values():
        if column.id not in used and not column.counted_only:
            yield CatalogDoubt.UNUSED.tell(column=column.name)


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
