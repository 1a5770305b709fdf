"""一校一页: four numbers, what is open, what was closed, what need not be."""

from dataclasses import replace
from datetime import date

import pytest
from builders import assessment, waiver
from noticed import (
    ASSESSMENTS,
    FINDINGS,
    NURSERY,
    OFFICE,
    ON,
    SCHOOL,
    late_fees,
    many,
    open_finding,
    snapshot,
)

from monitor.model import Catalog, Person, Snapshot, State, Status
from reports.kinds.unit_sheet import MOST_PROBLEMS, compose
from reports.manuscript import Paper, PaperTable, Paragraph


def table(paper: Paper, title: str) -> PaperTable:
    return next(
        block for block in paper.blocks if isinstance(block, PaperTable) and block.title == title
    )


def told(paper: Paper, lead: str) -> str:
    found = [block for block in paper.blocks if isinstance(block, Paragraph)]
    return next((block.text for block in found if block.lead == lead), "")


def sheet(frozen: Snapshot | None = None, **changes: object) -> Paper:
    return compose(frozen or snapshot(), SCHOOL, office=OFFICE, on=ON, **changes)


def test_the_sheet_begins_with_who_it_is_about_and_as_of_when() -> None:
    known = replace(SCHOOL, contact=Person(name="王老师", phone="0563-1234567"))

    paper = compose(snapshot(), known, office=OFFICE, on=ON)

    assert paper.title == "青石县城东小学信息公开情况表"
    assert paper.subtitle == "数据截至2026年10月31日24时"
    assert table(paper, "单位信息").table.rows == (
        ("小学", "http://school.example/", "王老师 0563-1234567"),
    )
    assert table(sheet(), "单位信息").table.rows[0][2] == "未登记"


def test_the_four_numbers_count_what_nobody_confirmed_apart() -> None:
    findings = (FINDINGS[0], replace(FINDINGS[1], state=State.TO_REVIEW))
    extra = (
        assessment(requirement="S-02", status=Status.OK),
        assessment(requirement="S-03", status=Status.UNREACH),
        assessment(requirement="S-04", status=Status.NA),
    )

    paper = sheet(snapshot(findings=findings, assessments=(*ASSESSMENTS, *extra)))

    assert table(paper, "总体情况").table.rows == ((4, 1, 1, 1),)
    assert table(paper, "总体情况").note.startswith("另有待人工核实1项，")
    assert len(table(paper, "待整改问题").table.rows) == 1


def test_an_open_problem_is_one_short_row() -> None:
    assert table(sheet(), "待整改问题").table.rows[0] == (
        1,
        "收费信息—教育收费公示",
        Status.STALE,
        "在“收费信息”栏目发布2026年秋季学期的教育收费公示",
        "11月9日",
        "待整改",
    )


def test_more_than_ten_are_counted() -> None:
    problems = many(12)
    catalog = Catalog(
        columns={}, requirements={one.requirement.id: one.requirement for one in problems}
    )

    paper = sheet(
        snapshot(catalog=catalog, findings=tuple(one.finding for one in problems), assessments=())
    )

    assert len(table(paper, "待整改问题").table.rows) == MOST_PROBLEMS
    assert table(paper, "待整改问题").note == "其余2项见《整改反馈表》。"


def test_a_unit_without_problems_has_no_empty_table() -> None:
    paper = sheet(snapshot(findings=()))

    assert Paragraph(text="目前没有待整改的问题。") in paper.blocks


def test_the_last_three_closed_are_told_newest_first() -> None:
    closed = [
        open_finding(
            late_fees(period=str(day)), number=f"2026-{day}", state=State.CLOSED,
            closed_on=date(2026, 10, day),
        )
        for day in (3, 20, 12, 8)
    ]  # fmt: skip

    paper = sheet(snapshot(findings=tuple(closed)))

    assert told(paper, "最近销号。") == (
        "教育收费公示（10月20日）、教育收费公示（10月12日）、教育收费公示（10月8日）。"
    )


@pytest.mark.parametrize(
    ("until", "words"), [(date(2026, 12, 31), "至2026年12月31日"), (None, "长期")]
)
def test_what_was_approved_is_told_with_its_last_day(until: date | None, words: str) -> None:
    paper = sheet(waivers=[waiver(valid_until=until), waiver(unit="K-01", requirement="S-17")])

    assert told(paper, "已核准不涉及或暂缓。") == f"教育收费公示（{words}）。"


def test_nothing_of_another_unit_is_on_the_sheet() -> None:
    assert NURSERY.name not in repr(sheet())
    assert NURSERY.home not in repr(sheet())
    assert told(sheet(), "咨询电话。") == "李科长，0563-0000000。"
