from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from builders import (
    TODAY,
    column,
    document,
    md,
    moment,
    observation,
    requirement,
    standing,
    unit,
    waiver,
)

from monitor.model import (
    Catalog,
    DayKind,
    Event,
    Grounds,
    Match,
    Need,
    Obligation,
    Observation,
    Outcome,
    Requirement,
    TimeLimit,
    Trait,
    Unit,
    UnitType,
    Where,
)
from monitor.obligations import (
    not_judged,
    owed,
    period_of,
    publication_days,
    started_by,
    triggers,
)
from monitor.periods import Every
from monitor.timelimits import AfterEvent, Periodic, Season
from monitor.triggers import DayOf, PublicationOf, event_key

CANTEEN = Need(trait=Trait.CANTEEN)
NOT_PRIVATE = Need(trait=Trait.PRIVATE, wanted=False)


def catalog(*requirements: Requirement, **changes: Any) -> Catalog:
    return Catalog(
        **{
            "columns": {"fees": column()},
            "requirements": {one.id: one for one in requirements or (requirement(),)},
        }
        | changes
    )


def owing(given: Catalog, *units: Unit, events: tuple[Event, ...] = ()) -> list[Obligation]:
    return list(owed(given, units or (unit(),), events, moment()))


def test_a_unit_owes_what_its_type_owes() -> None:
    (one,) = owing(catalog())

    assert one.key == ("P-01", "S-11", "")
    assert one.columns == (column(),)
    assert one.waiver is None
    assert one.unknown_trait is None


@pytest.mark.parametrize(
    ("types", "count"),
    [
        ({UnitType.PRIMARY}, 1),
        ({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}, 1),
        ({UnitType.KINDERGARTEN}, 0),
        (set(), 0),
        ({UnitType.SECTION}, 0),
    ],
    ids=["its type", "two types owe once", "another type", "no type", "a section"],
)
def test_types_decide(types: set[UnitType], count: int) -> None:
    item = requirement(applies_to=frozenset({UnitType.PRIMARY, UnitType.SECTION}))

    assert len(owing(catalog(item), unit(types=frozenset(types)))) == count


@pytest.mark.parametrize(
    ("needs", "traits", "count", "unknown"),
    [
        ((CANTEEN,), {Trait.CANTEEN: True}, 1, None),
        ((CANTEEN,), {Trait.CANTEEN: False}, 0, None),
        ((CANTEEN,), {Trait.CANTEEN: None}, 1, Trait.CANTEEN),
        ((CANTEEN,), {}, 1, Trait.CANTEEN),
        ((NOT_PRIVATE,), {Trait.PRIVATE: False}, 1, None),
        ((NOT_PRIVATE,), {Trait.PRIVATE: True}, 0, None),
        ((NOT_PRIVATE,), {Trait.PRIVATE: None}, 1, Trait.PRIVATE),
        ((CANTEEN, NOT_PRIVATE), {Trait.CANTEEN: None, Trait.PRIVATE: True}, 0, None),
        (
            (CANTEEN, NOT_PRIVATE),
            {Trait.CANTEEN: None, Trait.PRIVATE: False},
            1,
            Trait.CANTEEN,
        ),
    ],
    ids=[
        "has it",
        "has it not",
        "left blank",
        "never told",
        "is public",
        "is private",
        "private or not is blank",
        "one need surely not met",
        "one met, one blank",
    ],
)
def test_traits_decide_and_an_unknown_one_is_told(
    needs: tuple[Need, ...], traits: dict[Trait, bool | None], count: int, unknown: Trait | None
) -> None:
    found = owing(catalog(requirement(needs=needs)), unit(traits=traits))

    assert [one.unknown_trait for one in found] == [unknown] * count


def test_inactive_units_owe_nothing() -> None:
    assert owing(catalog(), unit(active=False)) == []


@pytest.mark.parametrize("where", Where)
def test_only_what_is_on_the_web_is_judged(where: Where) -> None:
    given = catalog(requirement(where=where))
    is_judged = where in (Where.SITE, Where.PLATFORM)

    assert len(owing(given)) == is_judged
    assert len(not_judged(given, unit())) == (not is_judged)
    assert not_judged(given, unit(types=frozenset({UnitType.BUREAU}))) == ()


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"counted_only": True}, 0),
        ({"retired_on": TODAY}, 0),
        ({"retired_on": date(2026, 11, 24)}, 1),
    ],
    ids=["counted only", "retired today", "retires tomorrow"],
)
def test_a_column_that_counts_no_more_owes_nothing(changes: dict[str, object], count: int) -> None:
    assert len(owing(catalog(columns={"fees": column(**changes)}))) == count


def test_a_retired_column_leaves_the_others() -> None:
    columns = {"fees": column(), "old": column(id="old", retired_on=date(2020, 1, 1))}
    (one,) = owing(catalog(requirement(columns=("old", "fees")), columns=columns))

    assert one.requirement.columns == ("fees",)
    assert one.columns == (column(),)


def test_an_approved_waiver_goes_along() -> None:
    (one,) = owing(catalog(waivers=(waiver(),)))
    (other,) = owing(catalog(waivers=(waiver(),)), unit(code="P-02"))

    assert one.waiver == waiver()
    assert other.waiver is None


def test_a_waiver_of_the_office_stands_beside_those_of_the_catalog_and_wins() -> None:
    own = waiver(reason="本局核定")
    layered = catalog(requirement(), waivers=(waiver(),))

    for rules in (layered, catalog(requirement())):
        (one,) = owed(rules, [unit()], (), moment(), waivers=[own])
        assert one.waiver == own


def test_events_of_the_unit_and_of_all_units_go_along() -> None:
    first, second = date(2026, 3, 2), date(2026, 4, 1)
    events = (
        Event(unit="P-01", event="budget", day=second),
        Event(unit="", event="budget", day=first),
        Event(unit="P-02", event="fees", day=first),
    )
    mine, other, third = owing(
        catalog(), unit(), unit(code="P-02"), unit(code="P-03"), events=events
    )

    assert mine.events == {"budget": (first, second)}
    assert other.events == {"budget": (first,), "fees": (first,)}
    assert third.events == {"budget": (first,)}


LAW = Grounds.LAW
AUTUMN = Season(grounds=LAW, opens=md("08-15"), closes=md("09-30"), label="秋季")
SPRING = Season(grounds=LAW, opens=md("02-01"), closes=md("03-15"), label="春季")
QUARTER = Periodic(grounds=LAW, every=Every.QUARTER)


@pytest.mark.parametrize(
    ("limits", "period"),
    [
        ((), ""),
        ((standing(),), ""),
        ((AUTUMN,), "2026年秋季"),
        ((SPRING, AUTUMN), "2026年秋季"),
        ((AUTUMN, SPRING), "2026年秋季"),
        ((standing(), QUARTER), "2026年第三季度"),
    ],
)
def test_the_period_is_that_of_the_latest_clock(limits: tuple[TimeLimit, ...], period: str) -> None:
    assert period_of(requirement(limits=limits), moment()) == period


def test_obligations_come_one_at_a_time() -> None:
    def units() -> Iterator[Unit]:
        yield unit()
        raise AssertionError("nobody asked for the second unit yet")

    found = owed(catalog(), units(), (), moment())

    assert next(found).unit == unit()


# --- publications of other items -------------------------------------------------------

BUDGET = PublicationOf(of="B-20")
WRITTEN = PublicationOf(of="B-20", day=DayOf.WRITTEN)


def chained(*events: PublicationOf) -> Catalog:
    limits = tuple(
        AfterEvent(grounds=Grounds.LAW, event=event, days=20, day_kind=DayKind.WORKING)
        for event in events
    )
    budget = requirement(id="B-20", columns=("money",), match=Match(any=("预算",)))
    return catalog(requirement(limits=limits), budget)


def test_only_publications_that_start_a_clock_are_asked_for() -> None:
    assert triggers(catalog()) == ()
    assert triggers(chained(BUDGET, WRITTEN, BUDGET)) == (BUDGET, WRITTEN)


def test_the_days_of_a_publication_are_those_its_own_column_shows() -> None:
    rules = chained(BUDGET, WRITTEN)
    budget = document("2026年预算", "2026-03-02", written_on=date(2026, 2, 10))
    looks = {
        "money": observation(
            budget, document("2025年预算", "2025-03-03"), document("预算说明", None), column="money"
        ),
        "fees": observation(document("预算外收费", "2026-05-05")),
    }

    days = publication_days(rules, triggers(rules), looks)

    assert days == {
        event_key(BUDGET): (date(2025, 3, 3), date(2026, 3, 2)),
        event_key(WRITTEN): (date(2026, 2, 10),),
    }
    (owed_now, _) = owing(rules)
    assert started_by(owed_now, days).events[event_key(BUDGET)][-1] == date(2026, 3, 2)
    assert started_by(owed_now, {}) is owed_now


@pytest.mark.parametrize(
    "looks",
    [
        {},
        {"money": observation(document("2026年预算", "2026-03-02"), outcome=Outcome.TIMED_OUT)},
        {"money": observation(document("2026年决算", "2026-03-02"))},
    ],
    ids=["nobody looked", "it could not be read", "nothing of the kind is there"],
)
def test_what_was_not_seen_is_no_event(looks: dict[str, Observation]) -> None:
    rules = chained(BUDGET)

    assert publication_days(rules, triggers(rules), looks).get(event_key(BUDGET), ()) == ()
