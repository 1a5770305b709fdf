from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from monitor.sheets import read_grids
from reports.formats.xlsx import CELL_LIMIT, LINK_LIMIT, Sheet, cell_text, write_table
from reports.manuscript import Link
from reports.workbook import DICTIONARY, Kind, Look, Mark, Paint, Paper, dictionary

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def cells_of(path):
    return [list(row) for row in read_grids(path)[0].rows]


def part(path, name):
    with zipfile.ZipFile(path) as packed:
        return packed.read(name).decode()


def page_of(path, number=1):
    """The markup of the sheet with that number."""
    return ElementTree.fromstring(part(path, f"xl/worksheets/sheet{number}.xml"))


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
    [
        "=1+1",
        "+86 10",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\n=1",
        "＝1+1",
        "＋1",
        '=HYPERLINK("http://x","y")',
        '=cmd|" /C calc"!A0',
        "http://x.cn/",
        "00012",
        "_x000D_",
        "<f>1</f>]]>",
    ],
)
def test_text_stays_text(tmp_path, text):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet((text, "x"))])

    assert cells_of(path)[1][0] == text
    with zipfile.ZipFile(path) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page


@pytest.mark.parametrize("lead", "=+-@\t\r\n＝＋－＠", ids=repr)
def test_a_text_that_looks_like_a_formula_keeps_the_mark_of_text(tmp_path, lead):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet((f"{lead}1+1", "x"))])

    formats = ElementTree.fromstring(part(path, "xl/styles.xml")).find(f"{NS}cellXfs")
    cell = page_of(path).find(f".//{NS}c[@r='A2']")
    assert cell.get("t") == "inlineStr"
    assert formats[int(cell.get("s"))].get("quotePrefix") == "1"


def test_a_line_ends_in_one_way(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet(("\r\n甲\r乙", "x"))])

    assert cells_of(path)[1][0] == "\n甲\n乙"


def test_control_characters_go_and_long_text_is_cut_with_a_mark():
    assert cell_text("第\x00一\x0b小\x1b学\ud800") == "第一小学"
    long = cell_text("长" * 40_000)
    assert len(long) == CELL_LIMIT
    assert long.endswith("…（内容过长，已截断）")
    wide = cell_text("𠮷" * 20_000)  # two units each
    assert CELL_LIMIT - 2 < len(wide.encode("utf-16-le")) / 2 <= CELL_LIMIT
    assert wide.endswith("…（内容过长，已截断）")


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


# --- sheets to be printed and passed on ----------------------------------------------------


def form(*rows, **more):
    return Sheet(
        **{
            "name": "台账",
            "title": "青石县教育局问题清单",
            "notes": ("统计期间：2026年10月1日至2026年10月31日",),
            "header": ("编号", "单位", "期限", "状态", "说明"),
            "rows": rows,
            "looks": {
                "编号": Look(width=12, hidden=True),
                "期限": Look(kind=Kind.DATE),
                "说明": Look(width=30, is_open=True),
            },
            "fixed": 2,
        }
        | more
    )


def test_title_period_and_header_are_the_first_three_rows(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [form(("1", "一小", date(2026, 11, 9), "待整改", None))])

    page, rows = page_of(path), cells_of(path)
    assert [cell for row in rows[:2] for cell in row if cell] == [
        "青石县教育局问题清单",
        "统计期间：2026年10月1日至2026年10月31日",
    ]
    assert rows[2] == ["编号", "单位", "期限", "状态", "说明"]
    assert rows[3] == ["1", "一小", date(2026, 11, 9), "待整改", None]
    pane = page.find(f".//{NS}pane")
    assert (pane.get("topLeftCell"), pane.get("state")) == ("C4", "frozen")
    assert page.find(f"{NS}autoFilter").get("ref") == "A3:E4"


def test_a_title_does_not_stand_in_a_column_out_of_sight(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [form()])

    assert cells_of(path)[0][:2] == [None, "青石县教育局问题清单"]
    assert page_of(path).find(f"{NS}cols")[0].get("hidden") == "1"


def test_a_sheet_prints_on_one_page_wide_with_its_header_on_every_page(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [form(("1", "一小", None, None, None), paper=Paper.A3)])

    page = page_of(path)
    setup = page.find(f"{NS}pageSetup")
    assert (setup.get("paperSize"), setup.get("orientation")) == ("8", "landscape")
    assert setup.get("fitToHeight") == "0"
    assert page.find(f".//{NS}pageSetUpPr").get("fitToPage") == "1"
    assert page.find(f".//{NS}oddFooter").text == "&C第 &P 页/共 &N 页"
    assert page.find(f"{NS}headerFooter").get("scaleWithDoc") == "0"  # as large as on other sheets
    assert "台账!$3:$3" in part(path, "xl/workbook.xml")


def test_a_locked_sheet_has_no_password_and_leaves_its_open_columns_open(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [form(("1", "一小", None, "待整改", None), locked=True)])

    page = page_of(path)
    protection = page.find(f"{NS}sheetProtection")
    assert protection.get("sheet") == "1"
    assert protection.get("password") is None
    formats = ElementTree.fromstring(part(path, "xl/styles.xml")).find(f"{NS}cellXfs")
    fonts = ElementTree.fromstring(part(path, "xl/styles.xml")).find(f"{NS}fonts")
    look = {cell.get("r"): formats[int(cell.get("s"))] for cell in page.iter(f"{NS}c")}
    is_open = {at: xf.find(f"{NS}protection") is not None for at, xf in look.items()}
    is_bold = {
        at: fonts[int(xf.get("fontId"))].find(f"{NS}b") is not None for at, xf in look.items()
    }
    assert (is_open["E4"], is_open["D4"]) == (True, False)
    assert (is_bold["E3"], is_bold["D3"]) == (True, False)


def test_a_link_leads_to_the_web_and_shows_its_word(tmp_path):
    path = tmp_path / "a.xlsx"
    address = "http://school.example/公开/?a=1&b=“x”"

    write_table(path, [sheet((Link(text="打开", address=address), Link(text="", address="")))])

    assert cells_of(path)[1] == ["打开", None]
    links = part(path, "xl/worksheets/_rels/sheet1.xml.rels")
    (link,) = ElementTree.fromstring(links)
    assert (link.get("Target"), link.get("TargetMode")) == (address, "External")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "external:c:\\x.xlsx",
        "internal:Sheet1!A1",
        "mailto:a@x.cn",
        "http://x.cn/a b",
        "http://",
        "http://[x",
        "http://x.cn:99999/",
        f"http://x.cn/{'长' * 3000}",
        "=1+1",
    ],
    ids=lambda address: address[:20],
)
def test_any_other_address_is_a_text(tmp_path, address):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet((Link(text="打开", address=address), "x"))])

    assert cells_of(path)[1][0] == address
    assert page_of(path).find(f".//{NS}hyperlink") is None


def test_more_links_than_a_sheet_may_hold_go_on_as_text(tmp_path, monkeypatch):
    monkeypatch.setattr("reports.formats.xlsx.LINK_LIMIT", 2)
    path = tmp_path / "a.xlsx"
    rows = [(Link(text="打开", address=f"http://x.cn/{number}"), "x") for number in range(3)]

    write_table(path, [sheet(*rows)])

    assert LINK_LIMIT == 65_530
    assert [row[0] for row in cells_of(path)[1:]] == ["打开", "打开", "http://x.cn/2"]


def test_a_drop_down_longer_than_a_rule_may_be_stands_in_a_hidden_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    words = tuple(f"第{number}中学" for number in range(100))

    write_table(path, [sheet(("a", "b"), choices={"乙": words, "甲": ("是", "否")})])

    lists = {rule.get("sqref"): rule[0].text for rule in page_of(path).iter(f"{NS}dataValidation")}
    assert lists == {"A2:A5001": "字典!$B$2:$B$3", "B2:B5001": "字典!$A$2:$A$101"}
    book = ElementTree.fromstring(part(path, "xl/workbook.xml"))
    states = {one.get("name"): one.get("state") for one in book.iter(f"{NS}sheet")}
    assert states == {"表": None, DICTIONARY: "hidden"}
    assert [grid.name for grid in read_grids(path)] == ["表"]


def test_a_given_dictionary_is_used_by_every_drop_down_in_it(tmp_path):
    path = tmp_path / "a.xlsx"
    first = sheet(("a", "b"), choices={"乙": ("是", "否")})

    write_table(path, [first, dictionary([first])])

    (rule,) = page_of(path).iter(f"{NS}dataValidation")
    assert rule[0].text == "字典!$A$2:$A$3"


def test_a_word_with_a_comma_is_one_choice(tmp_path):
    path = tmp_path / "a.xlsx"

    write_table(path, [sheet(("a", "b"), choices={"乙": ("一,二", "三")})])

    (rule,) = page_of(path).iter(f"{NS}dataValidation")
    assert rule[0].text == "字典!$A$2:$A$3"


def test_rows_are_marked_by_the_first_condition_that_holds(tmp_path):
    path = tmp_path / "a.xlsx"
    marks = (
        Mark(column="状态", paint=Paint.DONE, word="已销号"),
        Mark(column="编号", paint=Paint.LATE, least=1),
        Mark(column="期限", paint=Paint.SOON, least=date(2026, 11, 2), most=date(2026, 11, 4)),
    )

    write_table(path, [form((1, "一小", date(2026, 11, 3), "待整改", None), marks=marks)])

    (block,) = page_of(path).iter(f"{NS}conditionalFormatting")
    rules = sorted(block, key=lambda rule: int(rule.get("priority")))
    assert block.get("sqref") == "A4:E4"
    assert [rule[0].text for rule in rules] == [
        '$D4="已销号"',
        "AND(ISNUMBER($A4),$A4>=1)",
        "AND(ISNUMBER($C4),$C4>=DATE(2026,11,2),$C4<=DATE(2026,11,4))",
    ]
    assert {rule.get("stopIfTrue") for rule in rules} == {"1"}


def test_the_same_sheets_give_the_same_bytes(tmp_path):
    at = datetime(2026, 11, 2, 8, 30, tzinfo=SHANGHAI)
    rows = form(("1", "一小", date(2026, 11, 9), "待整改", None))

    for name in ("a.xlsx", "b.xlsx"):
        write_table(tmp_path / name, [rows], author="青石县教育局", made_at=at)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    told = part(tmp_path / "a.xlsx", "docProps/core.xml")
    assert "<dc:creator>青石县教育局</dc:creator>" in told
    assert at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") in told
