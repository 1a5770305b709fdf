"""How the columns of a table share the page."""

from __future__ import annotations

import pytest

from monitor.model import Status
from reports.formats.widths import WIDE, column_widths, in_whole, shared
from reports.manuscript import Kind, Table, TableColumn


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
    assert 2.3 <= limit < 3  # 11月 above 9日, in a font of wide digits too
    assert 4.5 <= status < 4.6
    assert told > unit > 3
    assert told > matter > 3


def test_columns_of_few_words_spread_over_the_page() -> None:
    columns = (TableColumn(heading="单位类别"), TableColumn(heading="单位数", kind=Kind.NUMBER))

    widths = column_widths(Table(columns=columns, rows=(("高中", 8), ("初中", 14))))

    assert sum(widths) == WIDE
    assert min(widths) > WIDE / 3


def test_a_table_without_rows_has_the_widths_of_its_headings() -> None:
    columns = tuple(TableColumn(heading=heading) for heading in ("序号", "责任单位"))

    assert sum(column_widths(Table(columns=columns, rows=()))) == WIDE
