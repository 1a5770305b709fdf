from __future__ import annotations

from typing import Any

import pytest
from builders import document, moment, observation, unit

from monitor.judgements import Case, remarked
from monitor.judgements.shared_platform import Met, Platforms, met, of_platforms
from monitor.model import Coverage, Observation, Outcome, RemarkKind

EXPIRED = "网站安全证书已于2026-11-01过期"


def school(number: int, host: str = "pt.example.cn", **looks: Any) -> Case:
    code = f"P-{number:02}"
    looked = looks or {"fees": {"outcome": Outcome.TIMED_OUT}}
    return Case(
        unit=unit(code=code, name=f"青石县第{number}小学", short_name=f"{number}小"),
        looks={
            column: observation(
                unit=code, column=column, **{"address": f"http://{host}/{number}/{column}/"} | look
            )
            for column, look in looked.items()
        },
    )


def well(number: int, host: str = "pt.example.cn") -> Case:
    return school(number, host, fees={"documents": (document(),)})


def found(*cases: Case) -> Platforms:
    return of_platforms([one for case in cases for one in met(case)], lambda family: "大汉平台")


def test_most_units_of_a_host_that_does_not_answer_are_one_remark_naming_them() -> None:
    told = found(*map(school, (1, 2, 3)), well(4))

    (one,) = told.remarks
    assert (one.kind, one.unit, one.subject) == (
        RemarkKind.PLATFORM,
        "pt.example.cn",
        "TIMED_OUT",
    )
    assert one.sentence == (
        "“pt.example.cn”上当晚看过的4个单位中，3个都是同一情况（对方网站没有回应），"
        "疑似平台整体的问题，宜直接找平台：1小、2小、3小"
    )
    assert one.page == "http://pt.example.cn/1/fees/"


@pytest.mark.parametrize(
    "cases",
    [
        [school(1), school(2), well(3)],
        [*map(school, (1, 2, 3)), *map(well, (4, 5, 6))],
        [school(number, f"s{number}.cn") for number in (1, 2, 3)],
        [
            school(1),
            school(2, fees={"outcome": Outcome.SERVER_ERROR}),
            school(3, fees={"outcome": Outcome.MAINTENANCE}),
        ],
    ],
    ids=["two units", "half of them", "each on a site of its own", "each another trouble"],
)
def test_fewer_or_different_troubles_are_each_units_own(cases: list[Case]) -> None:
    assert found(*cases).remarks == ()


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome.NOT_REACHED,
        Outcome.BUDGET,
        Outcome.FORBIDDEN_ADDRESS,
        Outcome.NO_COLUMN,
        Outcome.SAYS_EMPTY,
    ],
)
def test_what_is_our_own_doing_or_the_units_is_no_trouble_of_the_platform(
    outcome: Outcome,
) -> None:
    cases = [school(number, fees={"outcome": outcome}) for number in (1, 2, 3)]

    assert found(*cases).remarks == ()


def test_one_column_of_a_unit_that_fails_is_not_the_units_trouble() -> None:
    looks = {"fees": {"outcome": Outcome.UNREAD}, "plan": {}, "news": {}}

    assert found(*(school(number, **looks) for number in (1, 2, 3))).remarks == ()


def test_sites_under_one_domain_that_fail_together_are_told_as_the_domain() -> None:
    told = found(*(school(number, f"s{number}.jy.example.cn") for number in (1, 2, 3)))

    (one,) = told.remarks
    assert one.unit == "*.jy.example.cn"


@pytest.mark.parametrize("above", ["edu.cn", "com.cn", "gd.cn", "cn"])
def test_a_name_under_which_anybody_has_sites_is_no_platform(above: str) -> None:
    assert found(*(school(number, f"s{number}.{above}") for number in (1, 2, 3))).remarks == ()


def test_a_host_inside_a_domain_is_told_by_its_own_name() -> None:
    down = (school(number, "pt.jy.example.cn") for number in (1, 2, 3, 4))

    (one,) = found(*down, well(5, "other.jy.example.cn")).remarks

    assert one.unit == "pt.jy.example.cn"


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(Outcome.UNREAD, ["大汉平台"]), (Outcome.SERVER_ERROR, [])],
    ids=["not read any more", "machines of their own that fail"],
)
def test_a_family_of_systems_on_many_hosts_is_told_only_where_it_is_not_read(
    outcome: Outcome, told: list[str]
) -> None:
    look = {"outcome": outcome, "platform": "jcms"}

    remarks = found(*(school(number, f"s{number}.cn", fees=look) for number in (1, 2, 3))).remarks

    assert [one.unit for one in remarks] == told


def test_what_the_platform_is_told_of_is_not_told_of_its_units() -> None:
    walled = {"fees": {"outcome": Outcome.CHALLENGED, "remarks": (EXPIRED,)}}
    cases = [school(number, **walled) for number in (1, 2, 3)]
    apart = school(4, "own.cn", **walled)

    told = found(*cases, apart)

    assert sorted(one.subject for one in told.remarks) == ["CHALLENGED", EXPIRED]
    left = [one for case in (*cases, apart) for one in remarked(case, moment())]
    assert [one.unit for one in left if not told.tell(one)] == ["P-04", "P-04"]


def test_a_certificate_two_units_met_elsewhere_stays_theirs() -> None:
    bad: dict[str, Any] = {"fees": {"remarks": (EXPIRED,)}}
    told = found(*(school(number, **bad) for number in (1, 2)), well(3))

    assert told.remarks == ()
    assert not any(
        told.tell(one) for number in (1, 2) for one in remarked(school(number, **bad), moment())
    )


def test_a_platform_is_seen_when_enough_of_its_units_were_looked_at() -> None:
    assert found(*map(well, (1, 2, 3))).seen == {"pt.example.cn", "*.example.cn"}
    assert found(well(1), well(2)).seen == frozenset()
    asleep: dict[str, Any] = {"fees": {"outcome": Outcome.NOT_REACHED}}
    assert found(*(school(number, **asleep) for number in (1, 2, 3))).seen == frozenset()


def test_a_unit_without_any_address_meets_nothing() -> None:
    look: Observation = observation(address="", outcome=Outcome.NO_NAME)
    nowhere: list[Met] = list(met(Case(unit=unit(home=""), looks={"fees": look})))

    assert nowhere == []


def test_pages_that_open_and_are_not_read_are_not_called_a_fault_of_the_platform() -> None:
    (one,) = found(
        *(school(n, fees={"outcome": Outcome.LAYOUT_CHANGED}) for n in (1, 2, 3))
    ).remarks

    assert "页面都打开了而没有读成（网站疑似改版）" in one.sentence
    assert "宜直接找平台" not in one.sentence


def test_columns_that_nobody_found_the_way_to_are_no_trouble_of_the_platform() -> None:
    look = {"outcome": Outcome.UNREAD, "coverage": Coverage()}

    assert found(*(school(number, fees=look) for number in (1, 2, 3))).remarks == ()
