from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from monitor.sheets import read_grids
from reports.formats.xlsx import CELL_LIMIT, Sheet, cell_text, write_table

SHANGHAI = ZoneInfo("Asia/Shanghai")


def cells_of(path):
    return [list(row) for row in read_grids(path)[0].rows]


def sheet(*rows, header=("甲", "乙"), **more):
    return Sheet(name="表", header=header, rows=rows, **more)


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "信息 公开" / "单位 清单.xlsx"
    path.parent.mkdir()

    write_table(path, [sheet(("001", date(2026, 3, 2)), (7, None), (True, 1.5))])

    assert cells_of(path) == [
        ["甲", "乙"],
        ["001", date(2026, 3, 2)],
        [7.0, None],
        ["是", 1.5],
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 10", "-1", "@x", "\t=1", '=HYPERLINK("http://x","y")', "http://x.cn/", "00012"],
)
def test_text_stays_text(tmp_path, text):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet((text, "x"))])

    assert cells_of(path)[1][0] == text
    with zipfile.ZipFile(path) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page


def test_a_text_that_looks_like_a_formula_keeps_the_mark_of_text(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet(("=1+1", "x"))])

    with zipfile.ZipFile(path) as packed:
        assert 'quotePrefix="1"' in packed.read("xl/styles.xml").decode()


def test_control_characters_go_and_long_text_is_cut_with_a_mark():
    assert cell_text("第\x00一\x0b小\x1b学\ud800") == "第一小学"
    long = cell_text("长" * 40_000)
    assert len(long) == CELL_LIMIT
    assert long.endswith("…（内容过长，已截断）")


def test_sheet_names_are_made_fit_and_different(tmp_path):
    path = tmp_path / "a.xlsx"
    names = ["单位/清单:[2026]*?", "单位_清单__2026___", "长" * 40, "长" * 40, "", "A", "a"]

    write_table(path, [Sheet(name=name, header=("甲",)) for name in names])

    found = [grid.name for grid in read_grids(path)]
    assert len({name.casefold() for name in found}) == len(names)
    assert all(0 < len(name) <= 31 for name in found)


def test_notes_stand_above_the_header_and_choices_below_it(tmp_path):
    path = tmp_path / "a.xlsx"
    more = {"notes": ("填写说明", "第二行"), "choices": {"乙": ("是", "否")}}

    write_table(path, [sheet(("a", "b"), **more)])

    assert [row[0] for row in cells_of(path)] == ["填写说明", "第二行", "甲", "a"]
    with zipfile.ZipFile(path) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "dataValidation" in page
    assert 'sqref="B4:B5003"' in page
    assert '<autoFilter ref="A3:B4"/>' in page
    assert 'topLeftCell="A4"' in page


def test_a_list_too_long_for_one_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("reports.formats.xlsx.ROW_LIMIT", 4)
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet(*((str(n), "x") for n in range(7)))])

    grids = read_grids(path)
    assert [grid.name for grid in grids] == ["表", "表（2）", "表（3）"]
    assert [len(grid.rows) for grid in grids] == [4, 4, 2]
    assert all(grid.rows[0] == ("甲", "乙") for grid in grids)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(path, [sheet(("旧", "x"))])
    before = path.read_bytes()

    with pytest.raises(ValueError, match="not in tuple"):
        write_table(path, [sheet(("新", "x"), choices={"丙": ("是",)})])

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_day_with_its_hour_is_written_as_such(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet((datetime(2026, 3, 2, 8, 30, tzinfo=SHANGHAI), "x"))])

    assert cells_of(path)[1][0] == datetime.combine(date(2026, 3, 2), time(8, 30))
