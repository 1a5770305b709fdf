"""The checks that read the kept words of a document: tables, parts, years, members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import document, moment, unit

from monitor.completeness import (
    KINDS,
    ChangeExplained,
    DocumentItself,
    MetadataPresent,
    PartsPresent,
    PeriodNamed,
    RosterCoverage,
    RowsPresent,
    TablesPresent,
    TotalsAgree,
    YearsAgree,
    YearSeries,
    from_fields,
)
from monitor.completeness.lines import lines_of, looked_at
from monitor.completeness.metadata import Metadatum
from monitor.completeness.periods import Span
from monitor.kinds import BadFields
from monitor.model import (
    Attachment,
    Beside,
    Completeness,
    Coverage,
    Document,
    Extract,
    Grounds,
    Reading,
    Shortfall,
    Trait,
    UnitType,
)

FILE = "预算.xlsx"
WHOLE_LIST = Coverage(to_end=True)
TOTAL, FUND, TRAVEL = (
    "部门收支总表|收支表",
    "政府性基金预算支出表|政府性基金",
    "三公经费支出表|三公",
)
TABLES = TablesPresent(tables=(TOTAL, FUND, TRAVEL))


def sheet(name: str, *rows: Sequence[str], file: str = FILE) -> list[Extract]:
    """A sheet as its reader gives it: its name, then its rows."""
    return [
        Extract(text=name, file=file, where=name),
        *(
            Extract(text="\t".join(row), file=file, where=name, row=number)
            for number, row in enumerate(rows, 1)
        ),
    ]


def paper(*pages: str, file: str = "预算.pdf") -> list[Extract]:
    return [
        Extract(text=text, file=file, where=f"第{number}页") for number, text in enumerate(pages, 1)
    ]


def web(text: str, *rows: Sequence[str]) -> list[Extract]:
    """A page: its words, the rows of its one table cell by cell."""
    told = [Extract(text="\t".join(row), where="表1", row=n) for n, row in enumerate(rows, 1)]
    return [Extract(text=text), *told]


def checked(
    check: Completeness,
    extracts: Sequence[Extract],
    *,
    listed: tuple[Document, ...] = (),
    beside: dict[str, Any] | None = None,
    **changes: Any,
) -> Shortfall:
    one = document(**{"title": "2026年部门预算", "digest": "d"} | changes)
    around = {
        "texts": {"d": tuple(extracts)},
        "listed": listed or (one,),
        "coverage": WHOLE_LIST,
        "on": moment(),
    }
    return check.check(one, Beside(**around | (beside or {})))


def where(found: Shortfall) -> dict[str, str]:
    return {place.word: place.where for place in found.places}


FILLED = (["收支总表"], ["项目", "预算数"], ["收入总计", "500.00"])


# --- tables ------------------------------------------------------------------------------


def test_a_table_is_found_under_its_caption_and_the_cell_is_told() -> None:
    found = checked(TablesPresent(tables=(TOTAL,)), sheet("表1", *FILLED))

    assert found.missing == ()
    assert where(found) == {TOTAL: "附件“预算.xlsx”表1!A1"}


@pytest.mark.parametrize(
    "caption",
    [
        "部门收支总体情况表",
        "2026年收支预算总表",
        "表1 青禾县教育局2026年收支总表",
        "一、部门收支总体情况",
        "收 支 总 表",
        "部門收支總表",
        "收支总表（公开01表）",
        "附件1：收入支出预算总表",
    ],
)
def test_offices_call_one_table_in_many_ways(caption: str) -> None:
    text = f"{caption}\n单位：万元\n项目 预算数\n收入总计 500.00 支出总计 500.00"

    assert checked(TablesPresent(tables=(TOTAL,)), paper(text)).missing == ()


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款收支总表\n收入总计 500.00",
        "一、收支总表................5\n二、收入总表................6",
        "本次公开收支总表、收入总表、支出总表和一般公共预算支出表，收入500.00万元。",
        "收支总表",
    ],
    ids=["a part of the money", "a list of contents", "a sentence", "nothing below it"],
)
def test_a_name_without_its_own_numbers_is_no_table(text: str) -> None:
    assert checked(TablesPresent(tables=(TOTAL,)), paper(text)).missing == (TOTAL,)


def test_the_numbers_of_the_next_table_are_not_its_own() -> None:
    text = "收支总表\n项目 预算数\n政府性基金预算支出表\n项目 预算数\n彩票公益金 15.00"

    assert checked(TABLES, paper(text)).missing == (TOTAL, TRAVEL)


@pytest.mark.parametrize("body", ["项目 预算数", "22960 彩票公益金 0.00\n合计 0.00"])
def test_an_empty_table_without_a_word_is_missing_and_its_place_is_told(body: str) -> None:
    found = checked(TablesPresent(tables=(FUND,)), paper("封面", f"政府性基金预算支出表\n{body}"))

    assert found.missing == (FUND,)
    assert where(found) == {FUND: "附件“预算.pdf”第2页为空表，未见说明"}


@pytest.mark.parametrize(
    "said",
    [
        "注：本单位无政府性基金预算收支，故此表为空。",
        "说明：2026年没有使用政府性基金预算拨款安排的支出。",
        "本单位公开空表。",
        "二、其他事项\n本年度不涉及政府性基金预算支出。",
    ],
)
def test_an_empty_table_counts_when_a_sentence_says_why(said: str) -> None:
    text = f"政府性基金预算支出表\n项目 预算数\n合计 0.00\n{said}"

    assert checked(TablesPresent(tables=(FUND,)), paper(text)).missing == ()


def test_a_sentence_about_other_money_explains_nothing() -> None:
    text = "政府性基金预算支出表\n项目 预算数\n合计 0.00\n一、收支\n二、采购\n三、其他"
    text += "\n本单位没有安排因公出国（境）支出。"

    assert checked(TablesPresent(tables=(FUND,)), paper(text)).missing == (FUND,)


@pytest.mark.parametrize("reading", [Reading.PARTLY, Reading.RECOGNISED])
def test_what_was_not_read_whole_lacks_no_table(reading: Reading) -> None:
    found = checked(TABLES, paper("封面"), reading=reading)

    assert (found.missing, found.unread) == ((), TABLES.tables)


@pytest.mark.parametrize(
    ("changes", "extracts", "expected"),
    [
        ({"reading": Reading.LISTED}, paper("封面"), Shortfall(unread=TABLES.tables)),
        ({}, [], Shortfall(untold=TABLES.tables)),
        ({"digest": ""}, paper("封面"), Shortfall(untold=TABLES.tables)),
    ],
    ids=["never opened", "words not kept", "opened before words were kept"],
)
def test_without_words_nothing_is_missing(
    changes: dict[str, Any], extracts: list[Extract], expected: Shortfall
) -> None:
    assert checked(TABLES, extracts, **changes) == expected


def test_the_caption_of_a_table_of_a_page_stands_in_its_text() -> None:
    rows = [("项目", "预算数"), ("收入总计", "500.00")]
    text = "一、概况\n收支总表\n" + "\n".join(cell for row in rows for cell in row) + "\n二、说明"
    found = checked(TablesPresent(tables=(TOTAL,)), web(text, *rows))

    assert (found.missing, where(found)) == ((), {TOTAL: "网页正文"})


def test_numbers_glued_to_words_are_still_numbers() -> None:
    text = "收支总表\n收入总计500.00支出总计500.00"

    assert checked(TablesPresent(tables=(TOTAL,)), paper(text)).missing == ()


@pytest.mark.parametrize(
    "row", ["2050202 小学教育 0.00", "栏次 1 2 3", "1 办公费 0.00", "2026年 0.00", "1 2 3 4"]
)
def test_codes_years_and_numbers_of_rows_are_no_amounts(row: str) -> None:
    text = f"收支总表\n项目 预算数\n{row}"

    assert checked(TablesPresent(tables=(TOTAL,)), paper(text)).missing == (TOTAL,)


# --- rows, totals, explanations ----------------------------------------------------------

ROWS = RowsPresent(table=TRAVEL, rows=("因公出国", "公务用车购置费|公务用车购置", "公务接待"))


def test_rows_of_a_table_are_named_with_their_cells() -> None:
    rows = [["“三公”经费支出表"], ["因公出国（境）费", "1.00"], ["", "其中：公务用车购置", "2.00"]]
    found = checked(ROWS, sheet("三公", *rows, ["公务接待费", "1.00"]))

    assert found.missing == ()
    assert where(found)["公务用车购置费|公务用车购置"] == "附件“预算.xlsx”三公!B3"


def test_a_row_that_names_several_together_is_not_split() -> None:
    rows = [["“三公”经费支出表"], ["因公出国（境）费", "1.00"], ["公务用车购置及运行费", "2.00"]]
    found = checked(ROWS, sheet("三公", *rows, ["公务接待费", "1.00"]))

    assert found.missing == ("公务用车购置费|公务用车购置",)


def test_a_table_that_is_not_there_lacks_no_rows() -> None:
    assert checked(ROWS, paper("封面")) == Shortfall()


TOTALS = TotalsAgree(table=TOTAL, first="收入总计", second="支出总计")


def test_totals_that_differ_are_told_with_both_cells() -> None:
    rows = [["收支总表"], ["收入总计", "500.00", "支出总计", "498.50"]]
    (hint,) = checked(TOTALS, sheet("表1", *rows)).hints

    assert "收入总计500.00（附件“预算.xlsx”表1!B2）" in hint.sentence
    assert "支出总计498.50（附件“预算.xlsx”表1!D2）" in hint.sentence


@pytest.mark.parametrize(
    "row",
    [
        ["收入总计", "500.00", "支出总计", "500.00"],
        ["收入总计", "500.00", "支出总计", "500.01"],
        ["收入总计", "500.00", "支出总计", ""],
        ["收入总计", "400.00", "500.00", "支出总计", "500.00"],
    ],
    ids=["equal", "rounded", "unreadable", "nobody knows which columns belong together"],
)
def test_totals_are_not_doubted_without_reason(row: list[str]) -> None:
    assert checked(TOTALS, sheet("表1", ["收支总表"], row)).hints == ()


CHANGE = ChangeExplained(name="三公经费增减说明", of=("三公", "公务接待"))


def test_a_sentence_that_compares_is_an_explanation_even_broken_over_lines() -> None:
    text = "2026年“三公”经费预算为2.00万元，其中公务接待费1.00万元，\n比上年减少0.50万元。"
    found = checked(CHANGE, paper(f"二、情况说明\n{text}"))

    assert (found.missing, where(found)) == ((), {CHANGE.name: "附件“预算.pdf”第1页"})


def test_an_amount_without_comparison_explains_nothing() -> None:
    text = "“三公”经费预算为2.00万元。\n收入比上年增加3万元。"

    assert checked(CHANGE, paper(text)).missing == (CHANGE.name,)


# --- parts -------------------------------------------------------------------------------

PARTS = PartsPresent(parts=("主要职责|部门职责", "机构设置", "机关运行经费", "名词解释"))
CONTENTS = "目录\n一、主要职责 1\n二、机构设置 2\n三、机关运行经费 3\n四、名词解释 4\n"
BODY = "一、部门职责\n组织实施教育教学。\n二、机构设置\n1.办公室\n2.人事股\n3.计财股\n4.督导室\n"


def test_a_part_that_stands_only_in_the_contents_is_missing() -> None:
    found = checked(PARTS, paper(CONTENTS + BODY + "三、机关运行经费\n安排6万元。"))

    assert found.missing == ("名词解释",)
    assert where(found)["机构设置"] == "附件“预算.pdf”第1页"


def test_short_headings_below_each_other_are_a_body_too() -> None:
    text = BODY + "三、机关运行经费\n安排6万元。\n四、名词解释\n基本支出：指保障运转的支出。"

    assert checked(PARTS, paper(text)).missing == ()


def test_a_sentence_that_lists_the_parts_proves_none_of_them() -> None:
    text = "内容包括主要职责、机构设置、机关运行经费、名词解释。\n" + BODY

    assert checked(PARTS, paper(text)).missing == ("机关运行经费", "名词解释")


def test_where_nothing_but_a_list_was_read_nobody_is_accused() -> None:
    found = checked(PARTS, paper(CONTENTS), elements=frozenset(PARTS.parts))

    assert (found.missing, found.unread) == ((), PARTS.parts)


def test_without_kept_words_the_parts_go_by_what_the_eyes_saw() -> None:
    found = checked(PARTS, [], elements=frozenset(PARTS.parts[:3]))

    assert found.missing == ("名词解释",)


# --- years -------------------------------------------------------------------------------

YEARS = YearsAgree(of=("预算",))


def test_a_cover_of_another_year_is_told_with_its_page() -> None:
    (hint,) = checked(YEARS, paper("青禾县教育局\n2025年部门预算")).hints

    assert hint.sentence == ("“2026年部门预算”标题写2026年，附件“预算.pdf”第1页写的是2025年")


@pytest.mark.parametrize(
    "cover",
    [
        "2026年部门预算",
        "2025年工作总结",
        "2025年预算执行情况和2026年预算草案",
        "2025年11月3日预算股",
    ],
)
def test_a_year_of_something_else_is_no_contradiction(cover: str) -> None:
    assert checked(YEARS, paper(cover)).hints == ()


SERIES = YearSeries(last=4)


def series(*titles: str, coverage: Coverage = WHOLE_LIST) -> Shortfall:
    listed = tuple(document(title, digest="d") for title in titles)
    return checked(SERIES, [], listed=listed, beside={"coverage": coverage})


def test_a_year_between_others_that_nobody_published_is_missing() -> None:
    assert series("2026年预算", "2024年预算", "2023年预算").missing == ("2025年",)
    assert series("2026年预算", "2025年预算", "2024年预算", "2023年预算") == Shortfall()


def test_a_list_not_read_far_enough_or_without_years_proves_no_hole() -> None:
    near = Coverage(since=moment().today)

    assert series("2026年预算", coverage=near).missing == ()
    assert series("2026年预算", "部门预算").missing == ()


@pytest.mark.parametrize(
    ("every", "title", "on", "is_named"),
    [
        (Span.TERM, "2026年秋季学期收费公示", "2026-08-30", True),
        (Span.TERM, "2026年秋季收费公示", "2026-07-20", True),
        (Span.TERM, "2026-2027学年第一学期收费公示", "2026-09-01", True),
        (Span.TERM, "2026-2027学年第二学期收费公示", "2027-02-20", True),
        (Span.TERM, "收费公示", "2026-08-30", False),
        (Span.TERM, "2025年秋季收费公示", "2026-08-30", False),
        (Span.YEAR, "2026年招生计划", "2026-04-30", True),
        (Span.YEAR, "招生计划", "2026-04-30", False),
        (Span.SCHOOL_YEAR, "2026—2027学年校历", "2026-08-30", True),
    ],
)
def test_a_document_names_the_period_it_is_published_for(
    every: Span, title: str, on: str, is_named: bool
) -> None:
    one = document(title, on, digest="d")
    beside = Beside(texts={"d": (Extract(text="按规定收取。"),)}, on=moment())
    found = PeriodNamed(every=every).check(one, beside)

    assert (found.missing == ()) is is_named


def test_the_text_may_name_the_period_too() -> None:
    found = checked(PeriodNamed(every=Span.TERM), paper("2026年秋季学期收费标准"), title="收费公示")

    assert found.missing == ()


# --- members, metadata, news -------------------------------------------------------------

COVERED = RosterCoverage(name="逐校公开", of=(UnitType.PRIMARY,))
SCHOOLS = tuple(
    unit(
        code=f"P-{number}", name=f"青石县{name}", short_name="", traits={Trait.CANTEEN: number > 1}
    )
    for number, name in enumerate(("第一小学", "第二小学", "第三小学"), 1)
)


def covered(check: RosterCoverage, *extracts: Extract, **changes: Any) -> Shortfall:
    listed = (
        document("青石县第一小学招生计划", digest="e"),
        document("招生计划", digest="d", **changes),
    )
    beside = {"texts": {"e": (Extract(text="120人"),), "d": extracts}, "members": SCHOOLS}
    return checked(check, [], listed=listed, beside=beside)


def test_a_school_is_covered_by_a_title_or_by_a_row_with_its_county_or_without() -> None:
    found = covered(COVERED, *sheet("计划", ["第二小学", "80"]))

    assert found.missing == ("青石县第三小学",)
    assert where(found) == {
        "青石县第一小学": "标题",
        "青石县第二小学": "附件“预算.xlsx”计划!A1",
    }


def test_only_members_of_the_class_and_trait_must_be_covered() -> None:
    check = replace(COVERED, of=(UnitType.JUNIOR_HIGH,))

    assert covered(check, Extract(text="无")) == Shortfall()
    found = covered(replace(COVERED, needs=(Trait.CANTEEN,)), Extract(text="无"))
    assert found.missing == ("青石县第二小学", "青石县第三小学")


def test_a_list_that_was_not_read_whole_misses_no_member() -> None:
    found = covered(COVERED, Extract(text="无"), reading=Reading.PARTLY)

    assert (found.missing, found.unread) == ((), ("逐校公开",))


def test_metadata_that_the_page_does_not_show_is_missing_and_a_bare_file_has_none() -> None:
    check = MetadataPresent(fields=(Metadatum.DOC_NO, Metadatum.PUBLISHER, Metadatum.PUBLISHED))
    page = document(publisher="青石县教育局")
    file = replace(page, attachments=(Attachment(name="a.pdf", url=page.url),))

    assert check.check(page).missing == ("发文字号",)
    assert check.check(file).missing == ()


NEWS = ("我局召开教育督导工作会议", "近日，县教育局召开会议，与会人员纷纷表示要抓好落实。")


@pytest.mark.parametrize(
    ("title", "text", "changes", "is_like_news"),
    [
        (*NEWS, {}, True),
        ("2026年教育督导报告", NEWS[1], {}, False),
        (NEWS[0], "现将督导意见印发给你们。", {}, False),
        (NEWS[0], NEWS[1] + "督导结果如下。" * 200, {}, False),
        (*NEWS, {"attachments": (Attachment(name="报告.pdf", url="http://a/b.pdf"),)}, False),
        (*NEWS, {"reading": Reading.PARTLY}, False),
    ],
    ids=["both", "a report", "no news words", "long", "a file", "not read whole"],
)
def test_news_is_only_remarked_on_and_only_with_all_signs(
    title: str, text: str, changes: dict[str, Any], is_like_news: bool
) -> None:
    found = checked(DocumentItself(), [Extract(text=text)], title=title, **changes)

    assert bool(found.hints) is is_like_news
    assert found.missing == found.unread == ()


# --- all kinds ---------------------------------------------------------------------------


def test_where_was_looked_is_told_by_pages_and_sheets() -> None:
    extracts = [
        *web("正文"),
        *paper("一", "二", "三"),
        *sheet("收支", ["1"]),
        Extract(text="一段", file="说明.docx", where="第1段"),
    ]

    assert looked_at(lines_of(tuple(extracts))) == (
        "网页正文、附件“预算.pdf”第1—3页、附件“预算.xlsx”（收支）、附件“说明.docx”全文"
    )


def test_kinds_that_rest_on_common_practice_say_so() -> None:
    made = {
        "year_series": {"last": 3},
        "period_named": {"every": "term"},
        "roster_coverage": {"name": "逐校公开", "of": ["primary"], "needs": ["食堂"]},
        "metadata_present": {"fields": ["索引号"]},
    }

    for kind, fields in made.items():
        assert from_fields(kind, fields).grounds is Grounds.DEFAULT
        assert from_fields(kind, fields | {"grounds": "local"}).grounds is Grounds.LOCAL
    assert set(made) < set(KINDS)


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("roster_coverage", {"name": "逐校公开", "of": ["school"]}, "of"),
        ("period_named", {"every": "month"}, "every"),
        ("metadata_present", {"fields": ["有效性"]}, "fields"),
        ("tables_present", {}, "tables"),
    ],
)
def test_a_wrong_choice_is_named(kind: str, fields: dict[str, object], field: str) -> None:
    with pytest.raises(BadFields) as caught:
        from_fields(kind, fields)

    assert field in dict(caught.value.problems)
