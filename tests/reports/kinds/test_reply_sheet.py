"""整改反馈表: what a unit gets, and that what it sends back is understood."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from builders import assessment, column, finding, requirement, unit

from monitor.model import Catalog, State
from monitor.replies import HEADERS, OPEN_HEADERS, REQUIRED, ReplyAnswer, read_replies
from monitor.sheets import read_table
from reports.formats.xlsx import write_table
from reports.kinds.reply_sheet import compose
from reports.workbook import Kind, Sheet

ON = date(2026, 11, 2)
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CATALOG = Catalog(
    columns={"fees": column(), "food": column(id="food", name="食堂信息")},
    requirements={
        "S-11": requirement(),
        "S-12": requirement(id="S-12", name="食堂食品安全", columns=("food",)),
        "S-13": requirement(id="S-13", name="招生方案"),
    },
)
ITEMS = {"WT-1": "教育收费公示", "WT-2": "食堂食品安全", "WT-3": "招生方案"}
FINDINGS = tuple(
    finding(number=number, requirement=item, state=State.ASSIGNED, deadline=date(2026, 11, day))
    for number, item, day in (("WT-1", "S-11", 12), ("WT-2", "S-12", 9), ("WT-3", "S-13", 16))
)


def sheet_of(*findings, **more):
    (sheet,) = compose(
        unit(),
        findings,
        more.pop("assessments", ()),
        CATALOG,
        **{"office": "青石县教育局", "on": ON, "phone": "0563-3011111"} | more,
    )
    return sheet


def filled(sheet: Sheet, **answers: tuple[object, ...]) -> Sheet:
    """The sheet with the open cells of the named problems filled in."""
    rows = []
    for row in sheet.rows:
        given = answers.get(str(row[0]).replace("-", ""), ())
        rows.append(
            (*row[: -len(OPEN_HEADERS)], *given, *(None,) * (len(OPEN_HEADERS) - len(given)))
        )
    return replace(sheet, rows=rows)


def read_back(path, sheet):
    write_table(path, [sheet])
    table = read_table(path, known=HEADERS, required=REQUIRED)
    return read_replies(table, ITEMS, on=date(2026, 11, 20))


def test_deadlines_stand_in_the_middle_like_other_days():
    assert sheet_of(*FINDINGS).looks["整改期限"].kind is Kind.DATE


def test_the_sheet_holds_the_units_own_open_problems_nearest_deadline_first():
    others = (
        finding(number="WT-9", unit="P-02", state=State.ASSIGNED),
        finding(number="WT-8", state=State.CLOSED),
        finding(number="WT-7", state=State.TO_REVIEW),
    )

    sheet = sheet_of(*FINDINGS, *others)

    assert [row[0] for row in sheet.rows] == ["WT-2", "WT-1", "WT-3"]
    assert sheet.rows[0][1:6] == (
        1,
        "食堂信息",
        "食堂食品安全",
        sheet.rows[0][4],
        date(2026, 11, 9),
    )
    assert str(sheet.rows[0][4]).endswith("。")
    assert "P-02" not in str(sheet)
    assert sheet.title == "青石县实验小学信息公开问题整改反馈表"
    assert "0563-3011111" in sheet.notes[0]


def test_a_problem_is_told_as_the_standing_look_tells_it():
    seen = assessment(facts={"column": "收费信息", "since": "最后一页"}, assessed_on=ON)

    (row,) = sheet_of(FINDINGS[0], assessments=[seen]).rows

    assert str(row[4]).startswith("11月2日核查，")


def test_the_number_is_out_of_sight_and_what_is_told_is_locked(tmp_path):
    path = tmp_path / "反馈.xlsx"

    write_table(path, [sheet_of(*FINDINGS)])

    with zipfile.ZipFile(path) as packed:
        page = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
        formats = ElementTree.fromstring(packed.read("xl/styles.xml")).find(f"{NS}cellXfs")
    protection = page.find(f"{NS}sheetProtection")
    first = page.find(f"{NS}cols")[0]
    (rule,) = page.iter(f"{NS}dataValidation")
    unlocked = {
        cell.get("r")[0]
        for cell in page.iter(f"{NS}c")
        if formats[int(cell.get("s", 0))].find(f"{NS}protection") is not None
    }
    assert (first.get("min"), first.get("max"), first.get("hidden")) == ("1", "1", "1")
    assert (protection.get("sheet"), protection.get("password")) == ("1", None)
    assert protection.get("formatColumns") == "0"  # 0: allowed
    assert rule.get("sqref") == "G5:G7"
    assert rule[0].text == '"已整改,整改中,申请复核,不涉及"'
    assert unlocked == set("GHIJK")


def test_a_sheet_comes_back_as_it_was_filled_in(tmp_path):
    sheet = filled(
        sheet_of(*FINDINGS),
        WT1=("已整改", "http://school.example/fees/1.htm", None, "王老师", "2026年11月9日"),
        WT2=("申请复核", None, "本校食堂由集团统一公示", "王老师", "11.9"),
    )

    replies, mistakes = read_back(tmp_path / "反馈.xlsx", sheet)

    assert mistakes == ()
    assert [(one.finding, one.answer, one.on) for one in replies] == [
        ("WT-2", ReplyAnswer.CONTESTED, date(2026, 11, 9)),
        ("WT-1", ReplyAnswer.DONE, date(2026, 11, 9)),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_rows_sorted_anew_columns_moved_one_deleted_and_one_number_broken(tmp_path, seed):
    sheet = filled(
        sheet_of(*FINDINGS),
        WT1=("已整改", "http://school.example/fees/1.htm"),
        WT2=("整改中",),
        WT3=("已整改",),
    )
    chance = random.Random(seed)
    order = [*range(len(HEADERS))]
    chance.shuffle(order)
    rows = [row for row in sheet.rows if row[0] != "WT-3"]
    rows = [("WT-22", *row[1:]) if row[0] == "WT-2" else row for row in rows]
    chance.shuffle(rows)
    messy = Sheet(
        name="反馈",
        notes=("某校填报",),
        header=(*(HEADERS[at] for at in order), "校内备注"),
        rows=[(*(row[at] for at in order), "已阅") for row in rows],
    )

    replies, mistakes = read_back(tmp_path / "反馈.xlsx", messy)

    assert [one.finding for one in replies] == ["WT-1"]
    assert ["没有编号为“WT-22”" in str(mistake) for mistake in mistakes] == [True]


def test_a_sheet_sorted_without_its_hidden_column_changes_nothing(tmp_path):
    sheet = filled(sheet_of(*FINDINGS), WT1=("已整改",), WT2=("整改中",))
    numbers = [row[0] for row in sheet.rows]
    shifted = replace(
        sheet,
        rows=[
            (number, *row[1:])
            for number, row in zip(numbers[1:] + numbers[:1], sheet.rows, strict=True)
        ],
    )

    replies, mistakes = read_back(tmp_path / "反馈.xlsx", shifted)

    assert replies == ()
    assert len(mistakes) == 2
