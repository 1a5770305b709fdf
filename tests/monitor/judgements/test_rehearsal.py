"""The veto thresholds at, one below and one above, by a table worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    TODAY,
    assessment,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    unit,
    waiver,
)

from monitor.judgements import Case
from monitor.judgements.rehearsal import (
    Fault,
    Reach,
    Rehearsed,
    Rehearsing,
    Visits,
    concerns,
    rehearsed,
)
from monitor.model import Grounds, Observation, Outcome, Status, Trait, UnitType
from monitor.periods import Every
from monitor.timelimits import Periodic, Standing

LAW = Grounds.LAW
#: today is 2026-11-23
RULES = Rehearsing(
    news_columns=tuple(f"news{n}" for n in range(6)),
    policy_columns=tuple(f"policy{n}" for n in range(6)),
)
YEARLY = Periodic(grounds=LAW, every=Every.YEAR)


def case(looks: dict[str, Observation], **changes: Any) -> Case:
    """A unit that owes something new each year in each of these columns."""
    what = requirement(columns=tuple(looks), limits=changes.pop("limits", (YEARLY,)))
    owing = obligation(requirement=what, **changes)
    return Case(
        unit=owing.unit,
        judged=((owing, assessment(status=Status.OK)),),
        looks=looks,
        columns={name: column(id=name, name=name) for name in looks},
    )


def on(day: str) -> Observation:
    return observation(document("一条信息", day))


def found(told: Case, fault: Fault, rules: Rehearsing = RULES, **known: Any) -> Rehearsed:
    (one,) = (one for one in rehearsed(told, rules, moment(), **known) if one.fault is fault)
    return one


# --- the site --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "failed", "reach"),
    [
        (140, 6, Reach.CLEAR),  # 4.3 %
        (140, 7, Reach.REACHED),  # 5.0 %
        (140, 8, Reach.REACHED),  # 5.7 %
        (139, 7, Reach.HINT),  # one visit short of a week of twenty a day
        (20, 1, Reach.HINT),  # 5.0 % of too few
        (21, 1, Reach.UNKNOWN),  # 4.8 % of too few
        (7, 0, Reach.UNKNOWN),
        (0, 0, Reach.UNKNOWN),
    ],
)
def test_a_twentieth_of_the_visits(made: int, failed: int, reach: Reach) -> None:
    told = found(case({}), Fault.NOT_OPEN, visits=Visits(made=made, failed=failed))

    assert told.reach is reach
    assert ("次数不足" in told.note) == (0 < made < 140)


@pytest.mark.parametrize(
    ("newest", "reach"),
    [
        ("2026-11-10", Reach.CLEAR),  # 13 days
        ("2026-11-09", Reach.CLEAR),  # two weeks
        ("2026-11-08", Reach.HINT),  # a day more
    ],
)
def test_two_weeks_without_anything_new(newest: str, reach: Reach) -> None:
    told = found(case({"a": on(newest), "b": on("2026-01-05")}), Fault.HOME_STALE)

    assert told.reach is reach
    assert "没有读首页本身" in told.note


def test_what_an_unread_column_may_hold_decides_nothing() -> None:
    looks = {"a": on("2026-11-08"), "b": observation(outcome=Outcome.TIMED_OUT)}

    assert found(case(looks), Fault.HOME_STALE).reach is Reach.UNKNOWN
    assert found(case({}), Fault.HOME_STALE).reach is Reach.UNKNOWN


# --- columns ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "newest", "is_stale"),
    [
        ("news", "2026-11-10", False),
        ("news", "2026-11-09", False),
        ("news", "2026-11-08", True),
        ("policy", "2026-05-24", False),
        ("policy", "2026-05-23", False),
        ("policy", "2026-05-22", True),
    ],
)
def test_when_a_column_counts_as_not_updated(kind: str, newest: str, is_stale: bool) -> None:
    told = found(case({f"{kind}0": on(newest)}), Fault.NEWS_STALE)

    assert told.value == (f"1 个：{kind}0（最新 {newest}）" if is_stale else "0 个")


@pytest.mark.parametrize(
    ("stale", "reach", "left"),
    [
        (4, Reach.CLEAR, "再有 1 个即达到"),
        (5, Reach.REACHED, ""),
        (6, Reach.REACHED, ""),
    ],
)
def test_five_columns_of_news_notices_and_policy(stale: int, reach: Reach, left: str) -> None:
    names = ["news0", "policy0", "news1", "policy1", "news2", "policy2"]
    looks = {name: on("2026-01-05") for name in names[:stale]}
    looks |= {name: on("2026-11-20") for name in names[stale:]}

    told = found(case(looks), Fault.NEWS_STALE)

    assert (told.reach, told.note) == (reach, left)


@pytest.mark.parametrize(
    ("unread", "reach"), [(0, Reach.CLEAR), (1, Reach.UNKNOWN)], ids=["all read", "one not"]
)
def test_a_column_that_was_not_read_may_be_the_fifth(unread: int, reach: Reach) -> None:
    looks = {f"news{n}": on("2026-01-05") for n in range(4)}
    looks |= {f"policy{n}": observation(outcome=Outcome.REFUSED) for n in range(unread)}

    assert found(case(looks), Fault.NEWS_STALE).reach is reach


def test_entries_without_a_day_are_no_update_and_it_is_said() -> None:
    told = found(case({"news0": observation(document(on=None))}), Fault.NEWS_STALE)

    assert told.value == "1 个：news0（未标日期，按没有更新计）"


@pytest.mark.parametrize(
    ("stale", "reach"), [(9, Reach.CLEAR), (10, Reach.REACHED), (11, Reach.REACHED)]
)
def test_ten_other_columns(stale: int, reach: Reach) -> None:
    looks = {f"c{n:02}": on("2025-11-22" if n < stale else "2025-11-23") for n in range(12)}

    told = found(case(looks), Fault.OTHERS_STALE)

    assert told.reach is reach
    assert told.value.startswith(f"{stale} 个：c00（最新 2025-11-22）")
    assert told.value.endswith(f"等 {stale} 个")


def test_a_column_that_owes_nothing_new_cannot_grow_old() -> None:
    looks = {f"c{n:02}": on("2019-01-05") for n in range(12)}

    assert found(case(looks, limits=(Standing(grounds=LAW),)), Fault.OTHERS_STALE).value == "0 个"


@pytest.mark.parametrize(
    ("blank", "reach"), [(4, Reach.CLEAR), (5, Reach.REACHED), (6, Reach.REACHED)]
)
def test_five_blank_columns(blank: int, reach: Reach) -> None:
    empty = observation(outcome=Outcome.SAYS_EMPTY)
    looks = {f"c{n}": empty if n < blank else on("2026-11-20") for n in range(7)}

    assert found(case(looks), Fault.BLANK).reach is reach


def test_a_blank_column_is_not_counted_as_stale_too() -> None:
    looks = {f"news{n}": observation(outcome=Outcome.SAYS_EMPTY) for n in range(6)}

    assert found(case(looks), Fault.BLANK).reach is Reach.REACHED
    assert found(case(looks), Fault.NEWS_STALE).value == "0 个"


@pytest.mark.parametrize(
    "changes", [{"waiver": waiver()}, {"unknown_trait": Trait.CANTEEN}], ids=["waived", "unknown"]
)
def test_a_column_the_unit_may_not_need_is_no_blank(changes: dict[str, Any]) -> None:
    looks = {f"c{n}": observation(outcome=Outcome.SAYS_EMPTY) for n in range(6)}

    assert found(case(looks, **changes), Fault.BLANK).value == "0 个"


# --- letters and days ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "reach"),
    [
        ("2026-08-24", Reach.CLEAR),
        ("2026-08-23", Reach.CLEAR),  # three months today
        ("2026-08-22", Reach.REACHED),
    ],
)
def test_a_letter_of_more_than_three_months(received: str, reach: Reach) -> None:
    told = found(case({}), Fault.LETTERS, letter_on=date.fromisoformat(received))

    assert told.reach is reach


def test_letters_nobody_told_of_are_not_known() -> None:
    assert found(case({}), Fault.LETTERS).reach is Reach.UNKNOWN


@pytest.mark.parametrize(
    ("absent", "reach"),
    [(6, Reach.CLEAR), (7, Reach.CLEAR), (8, Reach.HINT)],
    ids=["six days", "the tolerance", "a day more"],
)
def test_a_day_before_a_night_without_the_entry_is_a_hint_and_never_more(
    absent: int, reach: Reach
) -> None:
    day = TODAY - timedelta(days=30)
    entry = document("工作总结", day, last_absent_on=day + timedelta(days=absent))

    told = found(case({"a": observation(entry)}), Fault.FAKED_DATE)

    assert told.reach is reach
    assert "由人判断" in told.note


# --- who is asked ----------------------------------------------------------------------


def test_schools_are_asked_only_where_the_office_borrows_the_thresholds() -> None:
    bureau = unit(types=frozenset({UnitType.BUREAU}))
    government = unit(traits={Trait.GOVERNMENT_SITE: True})

    assert [concerns(one, Rehearsing()) for one in (bureau, government, unit())] == [
        True,
        True,
        False,
    ]
    assert concerns(unit(), Rehearsing(schools=True))


def test_every_threshold_can_be_moved() -> None:
    looks = {"news0": on("2026-01-05")}

    assert (
        found(
            case(looks), Fault.NEWS_STALE, Rehearsing(news_columns=("news0",), news_count=1)
        ).reach
        is Reach.REACHED
    )
