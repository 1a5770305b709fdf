"""The overview as a manuscript: what it says of nothing, of one night, of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import assessment
from counted import ALL, REACH, seen

from monitor.model import Outcome, Status
from monitor.wording import Because
from reports.figures import Overview, Row, SiteTrouble
from reports.kinds.overview import compose
from reports.manuscript import Cell, Kind, Link, Manuscript, Section

ON = date(2026, 11, 23)
LOOKED = replace(
    REACH, columns_planned=9, columns_read=8, by_outcome={Outcome.OPENED: 8, Outcome.TIMED_OUT: 1}
)


def no_proof(_: Row) -> Cell:
    return None


def written(found: Overview, *, nights: int = 2) -> Manuscript:
    return compose(found, office="青禾县教育局", on=ON, nights=nights, proof=no_proof)


def section(manuscript: Manuscript, heading: str) -> Section:
    return next(one for one in manuscript.sections if one.heading.endswith(f"、{heading}"))


def test_no_problem_is_a_sentence_and_no_empty_table() -> None:
    manuscript = written(seen(assessment(status=Status.OK), reach=LOOKED))

    problems = section(manuscript, "发现的问题")
    assert (problems.paragraphs, problems.table) == (("未发现问题。",), None)
    assert section(manuscript, "待人工核实").table is None
    assert section(manuscript, "未能核查的网站").paragraphs == ("各单位网站均能打开。",)
    assert "发现问题 0 项" in manuscript.summary[0]


def test_before_the_first_night_nothing_is_said_to_be_well() -> None:
    manuscript = written(seen(assessment(status=Status.NEW)), nights=0)

    told = [*manuscript.summary, *(text for one in manuscript.sections for text in one.paragraphs)]
    assert "尚无巡查记录。" in manuscript.summary
    assert not [text for text in told if "未发现问题" in text or "均能打开" in text]


@pytest.mark.parametrize(
    ("nights", "title"), [(0, "信息公开巡查情况"), (1, "初次摸底情况"), (2, "信息公开巡查情况")]
)
def test_what_was_seen_once_is_called_a_first_look(nights: int, title: str) -> None:
    manuscript = written(seen(*ALL, reach=LOOKED), nights=nights)

    assert manuscript.title == title
    assert any("均待第二次核查" in line for line in manuscript.summary) is (nights == 1)


def test_the_first_sentence_accounts_for_every_item() -> None:
    sentence = written(seen(*ALL, reach=LOOKED)).summary[0]

    assert "14 项应公开内容：正常 1 项，发现问题 6 项，待人工核实 1 项，未能核查 1 项" in sentence
    assert sentence.count("临期 1 项") == sentence.count("尚未核查 1 项") == 1


def test_what_one_look_settles_is_one_line() -> None:
    without_site = [
        assessment(status=Status.UNSURE, because=Because.NO_SITE, requirement=key)
        for key in ("S-1", "S-2", "S-3")
    ]
    other_page = assessment(status=Status.UNSURE, because=Because.NO_SITE, page="http://a.cn/")

    table = section(written(seen(*without_site, other_page, reach=LOOKED)), "待人工核实").table

    assert table is not None
    assert [row[2] for row in table.rows] == [3, 1]
    assert table.rows[0][1] == "事项S-1、事项S-2、事项S-3"
    assert table.total[2] == 4


def test_a_single_column_that_did_not_open_is_not_lost() -> None:
    down = assessment(unit="P-1", status=Status.UNREACH)
    single = assessment(unit="P-2", status=Status.UNREACH)
    trouble = SiteTrouble(unit="P-1", unit_name="第1小学", nights=3, last_good_on="")

    manuscript = written(seen(down, single, troubles=(trouble,), reach=LOOKED))

    assert section(manuscript, "未能核查的网站").table.rows == (("第1小学", 3, "尚无"),)
    rows = section(manuscript, "网站能打开、个别未能核查的").table.rows
    assert [row[0] for row in rows] == ["第2小学"]


def test_every_part_has_its_number() -> None:
    late = assessment(status=Status.OK, late_by=2)

    headings = [one.heading for one in written(seen(*ALL, late, reach=LOOKED)).sections]

    assert [heading.partition("、")[0] for heading in headings] == list("一二三四五六七八")


def test_the_coverage_statement_is_grouped() -> None:
    reach = replace(
        LOOKED,
        not_judged=(("档案", "线下公开"), ("统计", "由表格登记"), ("依申请", "线下公开")),
        unchecked=(("收费公示", ("标准", "电话")), ("预算", ("八张表",))),
    )

    coverage = section(written(seen(reach=reach)), "核查范围说明")

    assert "线下公开、未自动判断的 2 项：档案、依申请。" in coverage.paragraphs
    assert coverage.table.rows == (("收费公示", "标准、电话"), ("预算", "八张表"))
    assert coverage.paragraphs[0] == (
        "本次应查栏目 9 个，读到内容的 8 个。其中：已打开 8 个，对方网站没有回应 1 个。"
    )


def test_a_row_leads_to_its_page_and_its_proof() -> None:
    gap = assessment(page="http://a.cn/", flags=("按本局口径",))
    proof = Link(text="查看", address="佐证/1.html")

    manuscript = compose(seen(gap, reach=LOOKED), office="", on=ON, nights=2, proof=lambda _: proof)

    table = section(manuscript, "发现的问题").table
    assert [column.kind for column in table.columns[-2:]] == [Kind.LINK, Kind.LINK]
    assert table.rows[0][-3].endswith("（按本局口径）")
    assert table.rows[0][-2:] == (Link(text="打开栏目", address="http://a.cn/"), proof)
