"""What a unit is told of: its own problems, those a person confirmed, the nearest first."""

from dataclasses import replace
from datetime import date

import pytest
from builders import assessment, document, requirement
from noticed import (
    ASSESSMENTS,
    CATALOG,
    FINDINGS,
    NURSERY,
    SCHOOL,
    many,
    open_finding,
    school_problems,
)

from monitor.model import State, Status, UnitType
from monitor.wording import Because
from reports.problems import addressed, lapses_of, only_of, problems_of


def test_a_unit_is_told_of_its_own_problems_the_nearest_deadline_first() -> None:
    assert [one.finding.number for one in school_problems()] == ["2026-0047", "2026-0048"]
    assert [one.name for one in school_problems()] == [
        "收费信息—教育收费公示",
        "教师队伍—教师管理（招聘、培训）",
    ]


@pytest.mark.parametrize("state", [State.DETECTED, State.TO_REVIEW, State.CLOSED, State.DROPPED])
def test_what_nobody_confirmed_or_is_settled_is_no_problem(state: State) -> None:
    findings = [replace(one, state=state) for one in FINDINGS]

    assert problems_of(SCHOOL, findings, ASSESSMENTS, CATALOG) == ()


def test_what_was_closed_can_be_asked_for() -> None:
    findings = (replace(FINDINGS[0], state=State.CLOSED), *FINDINGS[1:])

    told = problems_of(SCHOOL, findings, ASSESSMENTS, CATALOG, states={State.CLOSED})

    assert [one.finding.number for one in told] == ["2026-0047"]


def test_the_column_is_not_told_where_the_item_says_its_name_again() -> None:
    item = requirement(name="监督保障（政务公开工作部署、培训、考核）")
    one = replace(school_problems()[0], columns="监督保障、通知公告", requirement=item)

    assert one.name == "监督保障（政务公开工作部署、培训、考核）"
    assert one.short_name == "监督保障"
    assert replace(one, columns="通知公告").name == f"通知公告—{item.name}"


def test_an_item_that_left_the_catalog_is_left_out() -> None:
    catalog = replace(CATALOG, requirements={})

    assert problems_of(SCHOOL, FINDINGS, ASSESSMENTS, catalog) == ()


def test_an_example_is_told_for_its_item_only() -> None:
    marked = {"S-11": "http://good.example/fees/"}

    told = problems_of(SCHOOL, FINDINGS, ASSESSMENTS, CATALOG, examples=marked)

    assert [one.example for one in told] == ["http://good.example/fees/", ""]


@pytest.mark.parametrize(
    "wrong",
    [
        open_finding(ASSESSMENTS[2]),
        open_finding(ASSESSMENTS[0], state=State.TO_REVIEW),
    ],
    ids=["of another unit", "confirmed by nobody"],
)
def test_a_letter_is_not_written_about_what_is_not_for_the_unit(wrong) -> None:
    problem = replace(many(1)[0], finding=wrong)

    with pytest.raises(ValueError, match="is not for P-01"):
        only_of(SCHOOL, [problem])


def test_what_will_lapse_is_told_with_what_is_there_now() -> None:
    soon = {"because": Because.DUE_SOON, "status": Status.DUE_SOON}
    there = assessment(
        facts={"due": date(2026, 11, 15)}, documents=(document("食谱", "2026-05-15"),), **soon
    )
    absent = assessment(
        requirement="S-17", facts={"due": date(2026, 11, 12)}, period="2025年度", **soon
    )

    lapses = lapses_of(SCHOOL, (there, absent, replace(there, unit="K-01")), CATALOG)

    assert [lapse.seen for lapse in lapses] == [
        "2025年度的内容尚未见到，最迟2026年11月12日公开。",
        "最新一条为2026年5月15日《食谱》，最迟2026年11月15日需要更新。",
    ]


def test_a_unit_is_spoken_to_as_what_it_is() -> None:
    assert addressed(NURSERY) == "你园"
    assert addressed(SCHOOL) == "你校"
    assert addressed(replace(SCHOOL, types=frozenset({UnitType.BUREAU}))) == "你单位"
