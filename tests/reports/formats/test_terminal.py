"""A manuscript on a console that knows code page 936 and eighty columns or so."""

from __future__ import annotations

import unicodedata

import pytest

from monitor.model import Status
from reports.formats.terminal import render
from reports.manuscript import Cell, Kind, Link, Manuscript, Section, Table, TableColumn

NAME, COUNT = TableColumn(heading="单位"), TableColumn(heading="项数", kind=Kind.NUMBER)


def shown(*rows: tuple[Cell, ...], columns: tuple[TableColumn, ...], width: int = 100) -> str:
    table = Table(columns=columns, rows=rows, total=("合计", 3) if len(columns) == 2 else ())
    return render(
        Manuscript(title="表", sections=(Section(heading="一、按单位", table=table),)), width=width
    )


def columns_of(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in line)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_console(width: int) -> None:
    link = TableColumn(heading="栏目", kind=Kind.LINK)
    name = "青禾县柳桥镇中心小学附属幼儿园" * 6

    for text in (
        shown((name, 3), columns=(NAME, COUNT), width=width),
        shown(
            (name, Link(text="", address="http://a.cn/" + "x" * 200)),
            columns=(NAME, link),
            width=width,
        ),
    ):
        assert max(map(columns_of, text.splitlines())) <= width


def test_the_sides_of_a_grid_stand_under_each_other() -> None:
    text = shown(("第一小学", 3), ("A", 0), columns=(NAME, COUNT))

    grid = [line for line in text.splitlines() if line.startswith(("|", "+"))]
    assert len({columns_of(line) for line in grid}) == 1
    assert "|A " in text
    assert "-|" in text  # nothing is a dash, not a nought among numbers


def test_what_looks_like_a_command_to_the_console_is_text() -> None:
    for text in ("[bold]粗[/bold]", "[/]", "[link=http://a.cn]x[/link]", ":smile:"):
        assert text in shown((text, 1), columns=(NAME, COUNT))


def test_rows_with_links_are_told_one_after_the_other() -> None:
    columns = (
        NAME,
        TableColumn(heading="结论", kind=Kind.STATUS),
        COUNT,
        TableColumn(heading="栏目", kind=Kind.LINK),
    )
    row = ("第一小学[1]", Status.MISSING, 2, Link(text="打开栏目", address="http://a.cn/"))

    lines = shown(row, ("第二小学", Status.UNSURE, 1, None), columns=columns).splitlines()

    assert lines[-3:] == [
        "1 第一小学[1]　× 应公开未公开　项数 2",
        "  http://a.cn/",
        "2 第二小学　? 待人工核实　项数 1",
    ]


def test_every_frame_can_be_shown_in_code_page_936() -> None:
    text = shown(("第一小学", 3), columns=(NAME, COUNT))

    assert text.encode("gbk").decode("gbk") == text
    assert "\x1b" not in text
