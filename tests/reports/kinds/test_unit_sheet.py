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
from reports.standing import UnitNumbers


def tables(paper: Paper) -> list[PaperTable]:
    return [block for block in paper.blocks if isinstance(block, PaperTable)]


def numbers(paper: Paper) -> PaperTable:
    return tables(paper)[1]


def problems(paper: Paper) -> PaperTable:
    return tables(paper)[2]


def sheet(frozen: Snapshot | None = None, **changes: object) -> Paper:
    return compose(frozen or snapshot(), SCHOOL, office=OFFICE, on=ON, **changes)


def test_the_sheet_begins_with_who_it_is_about_and_as_of_when() -> None:
    known = replace(SCHOOL, contact=Person(name="王老师", phone="0563-1234567"))

    paper = compose(snapshot(), known, office=OFFICE, on=ON)

    assert paper.title == "青石县城东小学信息公开情况表"
    assert paper.subtitle == "数据截至2026年10月31日24时"
    assert tables(paper)[0].table.rows == (
        ("小学", "http://school.example/", "王老师", "0563-1234567"),
    )
    assert tables(sheet())[0].table.rows[0][2:] == ("未登记", "未登记")


def test_the_four_numbers_count_what_nobody_confirmed_apart() -> None:
    findings = (FINDINGS[0], replace(FINDINGS[1], state=State.TO_REVIEW))
    extra = (
        assessment(requirement="S-02", status=Status.OK),
        assessment(requirement="S-03", status=Status.UNREACH),
        assessment(requirement="S-04", status=Status.NA),
    )

    paper = sheet(snapshot(findings=findings, assessments=(*ASSESSMENTS, *extra)))

    assert numbers(paper).table.rows == ((4, 1, 1, 1),)
    assert numbers(paper).note.startswith("另有待人工核实1项，")
    assert len(problems(paper).table.rows) == 1


def test_the_months_before_are_told_by_their_problems_the_year_where_it_changes() -> None:
    def ended(problems: int) -> UnitNumbers:
        return UnitNumbers(
            owed=20, compliant=20 - problems, problems=problems, unreached=0, to_verify=0, by_hand=0
        )

    months = [date(2025, month, 1) for month in range(6, 13)]
    months += [date(2026, month, 1) for month in range(1, 10)]

    paper = sheet(past={month: ended(month.month) for month in months})

    assert numbers(paper).note.splitlines()[1] == (
        "各月月末问题：2025年10月10项、11月11项、12月12项、2026年1月1项、2月2项、3月3项、4月4项、"
        "5月5项、6月6项、7月7项、8月8项、9月9项。"
    )
    assert "各月" not in numbers(sheet()).note


def test_an_open_problem_is_one_short_row() -> None:
    assert problems(sheet()).table.rows[0] == (
        1,
        "收费信息—教育收费公示",
        Status.STALE,
        "发布2026年秋季学期的教育收费公示",
        "2026-11-09",
        "待整改",
    )


def test_more_than_ten_are_counted() -> None:
    found = many(12)
    catalog = Catalog(
        columns={}, requirements={one.requirement.id: one.requirement for one in found}
    )

    paper = sheet(
        snapshot(catalog=catalog, findings=tuple(one.finding for one in found), assessments=())
    )

    assert len(problems(paper).table.rows) == MOST_PROBLEMS
    assert problems(paper).note.startswith("其余2项见《整改反馈表》。")


def test_a_unit_without_problems_has_no_empty_table() -> None:
    paper = sheet(snapshot(findings=()))

    assert len(tables(paper)) == 2
    assert paper.blocks[-2:] == (
        Paragraph(text="目前没有待整改的问题。"),
        Paragraph(text="咨询：李科长 0563-0000000。"),
    )


def test_the_last_three_closed_are_told_newest_first() -> None:
    closed = [
        open_finding(
            late_fees(period=str(day)), number=f"2026-{day}", state=State.CLOSED,
            closed_on=date(2026, 10, day),
        )
        for day in (3, 20, 12, 8)
    ]  # fmt: skip

    paper = sheet(snapshot(findings=tuple(closed)))

    assert (
        Paragraph(
            text="最近销号：教育收费公示（10月20日）、教育收费公示（10月12日）、"
            "教育收费公示（10月8日）。"
        )
        in paper.blocks
    )


@pytest.mark.parametrize(
    ("until", "words"), [(date(2026, 12, 31), "至2026年12月31日"), (None, "长期")]
)
def test_what_was_approved_is_told_with_its_last_day(until: date | None, words: str) -> None:
    paper = sheet(waivers=[waiver(valid_until=until), waiver(unit="K-01", requirement="S-17")])

    assert f"已核准不涉及或暂缓：教育收费公示（{words}）。" in problems(paper).note


def test_nothing_of_another_unit_is_on_the_sheet() -> None:
    assert NURSERY.name not in repr(sheet())
    assert NURSERY.home not in repr(sheet())
    assert problems(sheet()).note == "咨询：李科长 0563-0000000。"
