"""How the columns of a table share the page."""

from __future__ import annotations

import pytest

from monitor.model import Status
from reports.formats.widths import (
    WIDE,
    cell_lines,
    column_widths,
    heading_lines,
    in_whole,
    lines_of,
    paper_widths,
    shared,
)
from reports.manuscript import Kind, Paper, PaperTable, Table, TableColumn


@pytest.mark.parametrize(
    ("least", "wished"),
    [
        ([2.0, 3.0], [2.0, 4.0]),
        ([2.0, 3.0, 3.0], [2.0, 80.0, 20.0]),
        ([30.0, 30.0], [40.0, 40.0]),
        ([2.0], [1.0]),
    ],
    ids=["room left", "long texts", "no room", "one column"],
)
def test_widths_fill_the_room(least: list[float], wished: list[float]) -> None:
    widths = shared(least, wished, 42.0)

    assert sum(widths) == pytest.approx(42)
    assert sum(in_whole(widths, 8845)) == 8845
    assert sorted(widths) == [width for _, width in sorted(zip(wished, widths, strict=True))]


def test_long_text_gets_the_room_and_short_words_fold_into_two_lines() -> None:
    columns = (
        TableColumn(heading="序号", kind=Kind.NUMBER),
        TableColumn(heading="责任单位"),
        TableColumn(heading="栏目"),
        TableColumn(heading="公开事项"),
        TableColumn(heading="问题类型", kind=Kind.STATUS),
        TableColumn(heading="问题描述"),
        TableColumn(heading="核查日期"),
        TableColumn(heading="整改期限"),
    )
    row = (
        *(128, "某市第一中学附属小学", "财务信息", "收费项目、收费标准及依据", Status.MISSING),
        *(
            "10月28日核查：栏目最新一条为2025年9月1日，未见2026年秋季收费公示",
            "2026-10-28",
            "11月9日",
        ),
    )

    number, unit, column, matter, status, told, day, limit = (
        (width - 180) / 210 for width in column_widths(Table(columns=columns, rows=(row,)))
    )

    assert number >= 2  # 128 and 序号 whole
    assert day >= 5
    assert 2 <= column < 2.1
    assert 4 <= limit < 5  # 11月9日 whole, in a font of wide digits too
    assert 4.5 <= status < 4.6
    assert told > unit > 3
    assert told > matter > 3


def test_a_date_stays_whole_beside_words_and_in_a_font_of_wide_digits() -> None:
    columns = tuple(TableColumn(heading=heading) for heading in ("网址", "原因", "首次发生"))
    rows = tuple(
        ("很长的地址" * 12, "很长的原因" * 12, told) for told in ("首次巡查起", "2026-11-22")
    )

    *_, began = column_widths(Table(columns=columns, rows=rows))

    assert (began - 160) / 210 >= 8 * 0.64 + 2 * 0.34  # DejaVu Serif


@pytest.mark.parametrize("word", ["待整改", "11月24日"])
def test_no_last_character_of_a_short_word_stands_alone(word: str) -> None:
    columns = (TableColumn(heading="核查发现"), TableColumn(heading="目前环节"))

    _, width = column_widths(Table(columns=columns, rows=(("很长的说明" * 40, word),)))

    assert (width - 160) / 210 >= len(word.replace("11", "一").replace("24", "一"))


def test_what_does_not_fit_is_broken_where_it_reads_well() -> None:
    narrow = 1_160  # four and a half characters

    assert heading_lines("栏目（事项）", narrow) == ("栏目", "（事项）")
    assert heading_lines("处理建议和说明", narrow) == ("处理建议", "和说明")
    assert heading_lines("整改期限", narrow) == ("整改期限",)
    assert cell_lines(Status.BROKEN, narrow) == "断 链接\n失效"
    assert cell_lines(Status.OK, narrow) == "✓ 正常"


def test_a_table_is_as_tall_as_its_tallest_cells() -> None:
    columns = (TableColumn(heading="序号"), TableColumn(heading="核查发现"))
    found = Table(columns=columns, rows=((1, "一" * 25), (2, "二")))

    assert lines_of(found, [580, 160 + 2_100]) == 1 + 3 + 1


def test_tables_of_the_same_columns_share_their_widths() -> None:
    columns = (TableColumn(heading="公开事项"), TableColumn(heading="公开依据"))
    tables = [
        Table(columns=columns, rows=((name, basis),))
        for name, basis in (("学校概况", "依据" * 30), ("招生计划、范围、对象与条件" * 3, "依据"))
    ]
    paper = Paper(title="清单", blocks=tuple(PaperTable(title="", table=one) for one in tables))

    widths = paper_widths(paper)

    assert list(widths) == [columns]
    assert sum(widths[columns]) == WIDE
    assert widths[columns] != column_widths(tables[0])


def test_columns_of_few_words_spread_over_the_page() -> None:
    columns = (TableColumn(heading="单位类别"), TableColumn(heading="单位数", kind=Kind.NUMBER))

    widths = column_widths(Table(columns=columns, rows=(("高中", 8), ("初中", 14))))

    assert sum(widths) == WIDE
    assert min(widths) > WIDE / 3


def test_a_table_without_rows_has_the_widths_of_its_headings() -> None:
    columns = tuple(TableColumn(heading=heading) for heading in ("序号", "责任单位"))

    assert sum(column_widths(Table(columns=columns, rows=()))) == WIDE
