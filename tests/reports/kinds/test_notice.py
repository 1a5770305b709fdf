"""整改通知: for one unit, on two pages, with what to do and how to contest."""

from dataclasses import replace
from datetime import date

import pytest
from noticed import (
    ASSESSMENTS,
    CATALOG,
    FINDINGS,
    NURSERY,
    OFFICE,
    ON,
    SCHOOL,
    many,
    school_problems,
)

from reports.kinds.notice import compose_paper
from reports.manuscript import Paper, PaperTable, Paragraph
from reports.problems import Problem, problems_of


def written(problems: tuple[Problem, ...] = ()) -> Paper:
    return compose_paper(
        SCHOOL,
        problems or school_problems(),
        office=OFFICE,
        on=ON,
        period="2026年10月",
        reply_by=date(2026, 11, 5),
    )


def table(paper: Paper) -> PaperTable:
    return next(block for block in paper.blocks if isinstance(block, PaperTable))


def words(paper: Paper) -> str:
    return repr(paper)


def test_the_notice_names_the_unit_the_count_and_the_last_day() -> None:
    paper = written()

    assert (paper.title, paper.addressee) == ("关于做好信息公开问题整改工作的通知", SCHOOL.name)
    assert paper.blocks[0] == Paragraph(
        text="2026年10月，我局对各单位网站信息公开情况进行了巡查，经人工审核，你校有2项内容需要整改，"
        "详见下表。请按表中期限整改，最迟2026年11月13日，并按要求反馈。"
    )
    assert (paper.signed_by, paper.signed_on) == ("青石县教育局", ON)
    assert paper.contact == "联系人：李科长，电话：0563-0000000"


def test_a_row_says_what_is_owed_what_was_seen_and_what_to_do() -> None:
    assert table(written()).table.rows[0] == (
        1,
        "收费信息—教育收费公示",
        "长期公开，依据《教育收费公示制度》",
        "10月28日核查，“收费信息”栏目全部信息中未见2026年秋季学期的教育收费公示，"
        "应于2026年9月30日前公开，最接近的一条为2025年9月1日《2025年秋季收费公示》。",
        "在“收费信息”栏目发布2026年秋季学期的教育收费公示。",
        "11月9日",
    )


def test_three_things_are_asked_with_the_phone_and_how_to_contest() -> None:
    asked = [block for block in written().blocks if isinstance(block, Paragraph) and block.lead]

    assert [block.lead for block in asked] == [
        "一、逐项整改。",
        "二、举一反三。",
        "三、按时反馈。",
    ]
    assert "请在11月5日前申请复核，写明理由并附地址或说明（电话：0563-0000000）" in asked[-1].text


def test_what_does_not_fit_on_two_pages_is_in_the_annex() -> None:
    long = written(many(12))
    shown = len(table(long).table.rows)

    assert 4 <= shown < 12
    assert table(long).note == f"以上为前{shown}项，其余{12 - shown}项见附件《整改反馈表》。"
    assert table(written()).note == ""
    assert [annex.name for annex in long.annexes] == ["整改反馈表"]


def test_one_row_is_shown_however_long_it_is() -> None:
    endless = tuple(replace(one, columns="很长的栏目名称" * 60) for one in many(3))

    assert len(table(written(endless)).table.rows) == 1


def test_nothing_of_another_unit_is_in_a_notice() -> None:
    own = problems_of(NURSERY, FINDINGS, ASSESSMENTS, CATALOG)
    nursery = compose_paper(NURSERY, own, office=OFFICE, on=ON, period="2026年10月")

    for paper, other in ((written(), NURSERY), (nursery, SCHOOL)):
        assert not [text for text in (*other.names, other.home) if text in words(paper)]


def test_a_notice_about_another_units_problem_is_not_written() -> None:
    with pytest.raises(ValueError, match="2026-0047 is not for K-01"):
        compose_paper(NURSERY, school_problems(), office=OFFICE, on=ON, period="2026年10月")


def test_one_deadline_is_told_once() -> None:
    one = written(school_problems()[:1])

    assert "请于2026年11月9日前整改到位，并按要求反馈。" in words(one)


def test_without_a_deadline_none_is_told() -> None:
    problem = school_problems()[0]
    undated = replace(problem, finding=replace(problem.finding, deadline=None))

    assert "请按本通知要求整改并反馈。" in words(written((undated,)))
    assert table(written((undated,))).table.rows[0][-1] == ""
