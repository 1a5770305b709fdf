"""One month, three formats, parsed back: every figure of the golden month is the same in each."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from golden_month import golden_month

from monitor.sheets import Grid, read_grids
from reports.formats.docx import write_paper
from reports.formats.html import render_paper
from reports.formats.xlsx import write_table
from reports.kinds import ledger_book, monthly
from reports.period import period_figures
from reports.tieouts import tie_outs

#: 表1: carried over, new, closed, open, units, overdue
TYPES = {
    "应公开未公开": (19, 24, 9, 34, 17, 8),
    "未设栏目/空白栏目": (11, 11, 4, 18, 9, 4),
    "更新不及时": (27, 35, 13, 49, 26, 6),
    "要素不全": (8, 10, 3, 15, 8, 2),
    "链接失效": (5, 6, 2, 9, 6, 1),
    "其他": (1, 2, 0, 3, 3, 0),
}
#: 附件1: units, owed, not reached, checked, compliant, problems
CLASSES = {
    "机关科室": (14, 210, 0, 210, 197, 13),
    "高中": (8, 216, 3, 213, 196, 17),
    "初中": (14, 322, 6, 316, 285, 31),
    "小学": (16, 368, 9, 359, 318, 41),
    "幼儿园": (6, 126, 5, 121, 99, 22),
    "合计": (60, 1304, 24, 1280, 1152, 128),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, dict[str, Grid]]:
    """The words of the report in Word and as a page, and the sheets of the ledger."""
    month = golden_month()
    figures = period_figures(month)
    tie_outs(figures)
    place: Path = tmp_path_factory.mktemp("报告")
    paper = monthly.compose(
        month,
        figures,
        office=monthly.Office(name="青禾市教育局"),
        signed_on=month.ends_on.replace(month=11, day=2),
    )
    write_paper(place / "r1.docx", paper)
    sheets = ledger_book.compose(
        month,
        figures,
        office="青禾市教育局",
        today=month.ends_on,
        is_due_soon=lambda _: False,
    )
    write_table(place / "r2.xlsx", sheets)
    with zipfile.ZipFile(place / "r1.docx") as package:
        word = package.read("word/document.xml").decode()
    page = re.sub(r"(?s)<(style|title)\b.*?</\1>", "", render_paper(paper))
    grids = {grid.name: grid for grid in read_grids(place / "r2.xlsx")}
    return _words(word, "w:p|w:tc|w:br"), _words(page, "p|td|th|h1|h2|div|br|li"), grids


def _words(markup: str, ends: str) -> str:
    parted = re.sub(rf"</?(?:{ends})\b[^>]*>", "\n", markup)
    text = unescape(re.sub(r"<[^>]*>", "", parted))
    return "\n".join(line for raw in text.split("\n") if (line := "".join(raw.split())))


def _row(text: str, label: str, count: int) -> tuple[int, ...]:
    """The numbers in the cells behind the cell ``label``."""
    lines = text.split("\n")
    rows = []
    for at, line in enumerate(lines):
        if line == label:
            cells = [cell for cell in lines[at + 1 : at + 1 + count] if cell.isdecimal()]
            rows.append(tuple(map(int, cells)))
    return max(rows, key=len)


@pytest.mark.parametrize("form", [0, 1], ids=["Word", "page"])
def test_the_golden_month_as_it_is_printed(written, form: int) -> None:
    text = written[form]

    assert "达标率90.0%（1152/1280）" in text
    assert "逾期21项" in text
    assert "申请复核11项" in text
    for label, numbers in TYPES.items():
        assert _row(text, label, 6) == numbers, label
    for label, numbers in CLASSES.items():
        assert _row(text, label, 7)[: len(numbers)] == numbers, label


def test_word_and_page_say_the_same_numbers(written) -> None:
    word, page, _ = written

    assert Counter(re.findall(r"\d+(?:\.\d+)?", word)) == Counter(
        re.findall(r"\d+(?:\.\d+)?", page)
    )


def test_the_ledger_has_the_rows_that_the_report_counts(written) -> None:
    _, _, grids = written
    header, *rows = grids["台账"].rows[2:]
    at = {name: place for place, name in enumerate(header)}
    open_rows = [row for row in rows if row[at["状态"]] != "已销号"]
    types = Counter(str(row[at["问题类型"]]) for row in open_rows)

    assert len(open_rows) == 128
    assert types["应公开未公开"] == 34
    assert types["更新不及时"] == 49
    assert sum(isinstance(row[at["逾期天数"]], (int, float)) for row in open_rows) == 21
    closed = [row for row in rows if row[at["状态"]] == "已销号"]
    assert len(closed) == sum(numbers[2] for numbers in TYPES.values()) == 31


def test_the_sums_of_the_ledger_are_those_of_the_report(written) -> None:
    _, _, grids = written
    header, *rows = grids["按单位"].rows[2:]
    sums = {
        str(name): sum(row[at] for row in rows if isinstance(row[at], (int, float)))
        for at, name in enumerate(header)
    }

    owed, reached, met, problems = CLASSES["合计"][1], *CLASSES["合计"][3:]
    assert {owed, reached, met, problems} <= set(sums.values())
    assert len(rows) == CLASSES["合计"][0]
