"""应公开项: who owes what today: catalog × units × waivers × moment, one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from monitor.matching import answering
from monitor.model import (
    Catalog,
    Column,
    Event,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Requirement,
    Trait,
    Unit,
    UnitType,
    Waiver,
    Where,
)
from monitor.timelimits import Periodic
from monitor.triggers import DayOf, PublicationOf, event_key
from monitor.waivers import standing

#: never judged by the machine; they are told in the coverage statement
NOT_ON_THE_WEB = frozenset({Where.INPUT, Where.OFFLINE})


@dataclass(frozen=True, slots=True)
class _Duty:
    """A requirement as it holds today: its live columns and its period."""

    requirement: Requirement
    columns: tuple[Column, ...]
    period: str


def owed(
    catalog: Catalog,
    units: Iterable[Unit],
    events: Iterable[Event],
    on: Moment,
    *,
    waivers: Iterable[Waiver] = (),
) -> Iterator[Obligation]:
    """Yield every obligation of the day, unit by unit in the order of the catalog.

    ``waivers``: those approved beside the catalog's own layers; they win over these.

    Left out: what is not on the web, what only retired or counted columns carry, sections,
    inactive units, and requirements whose traits the unit is known not to have.
    """
    duties = _duties(catalog, on)
    waivers_by_item = _by_item((*catalog.waivers, *waivers))
    days_by_unit = _days_by_unit(events)
    for unit in units:
        if not unit.active:
            continue
        days = days_by_unit.get(unit.code, days_by_unit[""])
        for duty in duties:
            requirement = duty.requirement
            if not _concerns(requirement, unit):
                continue
            approved = waivers_by_item.get((unit.code, requirement.id), ())
            yield Obligation(
                unit=unit,
                requirement=requirement,
                period=duty.period,
                events=days,
                waiver=standing(approved, unit, requirement, on.today) if approved else None,
                unknown_trait=_unknown_trait(requirement, unit),
                columns=duty.columns,
            )


def members_of(units: Iterable[Unit]) -> Mapping[str, tuple[Unit, ...]]:
    """The units in service under each unit, by its code, in the order of the sheet."""
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.active and unit.parent:
            found[unit.parent].append(unit)
    return {code: tuple(under) for code, under in found.items()}


def triggers(catalog: Catalog) -> tuple[PublicationOf, ...]:
    """The publications that start a clock of another item, once each."""
    named = {
        event_key(event): event
        for requirement in catalog.requirements.values()
        for limit in requirement.limits
        if isinstance(event := getattr(limit, "event", None), PublicationOf)
    }
    return tuple(named.values())


def publication_days(
    catalog: Catalog, events: Iterable[PublicationOf], looks: Mapping[str, Observation]
) -> Mapping[str, tuple[date, ...]]:
    """The days on which documents of other items were published, as one unit's looks show them.

    By the name they have among the events; a day that was not seen is no event. ``looks``: those
    of one unit by column id.
    """
    found: dict[str, tuple[date, ...]] = {}
    for event in events:
        other = catalog.requirements.get(event.of)
        if other is None:
            continue
        here = [looks[column] for column in other.columns if column in looks]
        listed = [one for look in here if look.outcome is Outcome.OPENED for one in look.documents]
        documents = answering(listed, other.match)
        is_written = event.day is DayOf.WRITTEN
        days = {one.written_on if is_written else one.day for one in documents}
        found[event_key(event)] = tuple(sorted(day for day in days if day is not None))
    return found


def started_by(obligation: Obligation, days: Mapping[str, tuple[date, ...]]) -> Obligation:
    """The obligation with these days among its events."""
    return replace(obligation, events={**obligation.events, **days}) if days else obligation


def running_items(catalog: Catalog) -> frozenset[str]:
    """Items that are owed anew each period, and made up for by whatever comes after it."""
    return frozenset(
        requirement.id
        for requirement in catalog.requirements.values()
        if any(isinstance(limit, Periodic) for limit in requirement.limits)
    )


def not_judged(catalog: Catalog, unit: Unit) -> tuple[Requirement, ...]:
    """Return the requirements of a unit that no machine looks at: fed by sheets, or offline."""
    return tuple(
        requirement
        for requirement in catalog.requirements.values()
        if requirement.where in NOT_ON_THE_WEB and _concerns(requirement, unit)
    )


def period_of(requirement: Requirement, on: Moment) -> str:
    """Return the 期次 of a requirement: of its clocks with one, that of the latest period."""
    named = [(limit.since(on), limit.period(on)) for limit in requirement.limits]
    return max(
        ((since, period) for since, period in named if period),
        key=lambda pair: pair[0],
        default=(date.min, ""),
    )[1]


def _duties(catalog: Catalog, on: Moment) -> tuple[_Duty, ...]:
    return tuple(
        duty
        for requirement in catalog.requirements.values()
        if requirement.where not in NOT_ON_THE_WEB
        if (duty := _duty(requirement, catalog, on))
    )


def _duty(requirement: Requirement, catalog: Catalog, on: Moment) -> _Duty | None:
    known = [catalog.columns[name] for name in requirement.columns if name in catalog.columns]
    live = tuple(column for column in known if _owes(column, on))
    if known and not live:
        return None
    if len(live) < len(known):
        requirement = replace(requirement, columns=tuple(column.id for column in live))
    return _Duty(requirement, live, period_of(requirement, on))


def _owes(column: Column, on: Moment) -> bool:
    is_retired = column.retired_on is not None and column.retired_on <= on.today
    return not column.counted_only and not is_retired


def _concerns(requirement: Requirement, unit: Unit) -> bool:
    """Whether the unit is of a type that owes it and is not known to lack a trait."""
    shared = requirement.applies_to & unit.types
    if not shared or shared == _SECTION:
        return False
    return all(
        (has := unit.traits.get(need.trait)) is None or has is need.wanted
        for need in requirement.needs
    )


_SECTION = frozenset({UnitType.SECTION})


def _unknown_trait(requirement: Requirement, unit: Unit) -> Trait | None:
    """Return the first trait it needs that the sheet leaves blank."""
    return next(
        (need.trait for need in requirement.needs if unit.traits.get(need.trait) is None), None
    )


def _by_item(waivers: Iterable[Waiver]) -> Mapping[tuple[str, str], list[Waiver]]:
    found: defaultdict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for waiver in waivers:
        found[waiver.unit, waiver.requirement].append(waiver)
    return found


def _days_by_unit(events: Iterable[Event]) -> dict[str, Mapping[str, tuple[date, ...]]]:
    """Return event days by name for each unit; "" holds those of all units, and is in each."""
    by_unit: defaultdict[str, defaultdict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for event in events:
        by_unit[event.unit][event.event].add(event.day)
    shared = by_unit[""]
    return {
        unit: {
            name: tuple(sorted(days.get(name, set()) | shared.get(name, set())))
            for name in {*days, *shared}
        }
        for unit, days in by_unit.items()
    }
