from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
import xlsxwriter

from monitor.sheets import read_grids, read_table, text_of
from monitor.wording import MonitorError

KNOWN = ("单位编码", "单位名称", "单位类别", "成立日期")


def workbook(path, fill) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)


def table(path, **names):
    return read_table(path, known=KNOWN, **names)


def refusal(path) -> str:
    with pytest.raises(MonitorError) as raised:
        read_grids(path)
    assert raised.value.exit_code == 2
    return raised.value.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_file_is_read_whatever_program_wrote_it(tmp_path, encoding, mark):
    path = tmp_path / "单位 清单.csv"
    rows = [("单位编码", "单位名称"), ("001", "第一小学"), ("", ""), ("002", "第二小学")]
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))

    read = table(path)

    assert read.headers == ("单位编码", "单位名称")
    assert [(row.number, row.text("单位名称")) for row in read.rows] == [
        (2, "第一小学"),
        (4, "第二小学"),
    ]


def test_a_workbook_keeps_row_numbers_dates_and_whole_numbers(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet("封面")
        page.write(0, 0, "说明")
        page = book.add_worksheet("清单")
        page.write_row(2, 1, ["单位名称*", "单位编码（必填）", "成立日期"])
        page.write_row(3, 1, ["第一小学", 13800000000])
        page.write_datetime(3, 3, date(1958, 9, 1), book.add_format({"num_format": "yyyy/m/d"}))

    workbook(path, fill)

    row = table(path).rows[0]

    assert row.number == 4
    assert row.text("单位编码") == "13800000000"
    assert row.cells["成立日期"] == date(1958, 9, 1)


@pytest.mark.parametrize("form", [14, 31, 58, 'yyyy"年"m"月"d"日"'], ids=str)
def test_chinese_date_formats_come_out_as_dates(tmp_path, form):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位编码", "成立日期"])
        page.write(1, 0, "001")
        page.write_datetime(1, 1, date(2026, 3, 2), book.add_format({"num_format": form}))

    workbook(path, fill)

    assert table(path).rows[0].cells["成立日期"] == date(2026, 3, 2)


def test_merged_cells_are_filled_and_told_apart(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 5, "示例县单位清单")
        page.write_row(1, 0, ["单位编码", "单位名称", "单位类别"])
        page.write_column(2, 0, ["001", "002", "003"])
        page.write_column(2, 1, ["一小", "二小", "三小"])
        page.merge_range(2, 2, 4, 2, "小学")
        page.merge_range(5, 0, 5, 2, "注：以上数据截至本月")

    workbook(path, fill)

    rows = table(path).rows

    assert [row.text("单位类别") for row in rows[:3]] == ["小学", "小学", "小学"]
    assert [row.filled for row in rows[:3]] == [set(), {"单位类别"}, {"单位类别"}]


def test_the_header_is_found_below_titles_and_in_the_second_sheet(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        book.add_worksheet("空")
        page = book.add_worksheet("表")
        page.write(0, 0, "示例县教育局")
        page.write(1, 0, "填表说明：单位编码不要改")
        page.write_row(3, 2, [" 单位 编码 ＊", "单位\n名称", "多出来的列"])
        page.write_row(4, 2, ["001", "一小", "x"])

    workbook(path, fill)

    read = table(path)

    assert read.header_row == 4
    assert read.headers == ("单位编码", "单位名称", "多出来的列")
    assert read.rows[0].number == 5


def test_hidden_sheets_are_left_alone(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        book.add_worksheet("表").write_row(0, 0, ["单位编码", "单位名称"])
        hidden = book.add_worksheet("字典")
        hidden.write_row(0, 0, list(KNOWN))
        hidden.hide()

    workbook(path, fill)

    assert [grid.name for grid in read_grids(path)] == ["表"]


def test_missing_double_and_absent_headers_are_mistakes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("单位编码,单位名称,单位编码\n1,2,3\n", "utf-8")

    mistakes = [str(one) for one in table(path, required=("单位编码", "单位类别")).mistakes]

    assert mistakes == [
        "a.csv 第1行：表头“单位编码”出现两次（第A列、第C列），请只保留一列",
        "a.csv 第1行：表头缺少“单位类别”，请补上这一列",
    ]


def test_a_sheet_without_the_header_says_which_one_it_looked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,班级\n张三,1\n", "utf-8")

    (mistake,) = table(path, required=("单位编码", "单位名称")).mistakes

    assert str(mistake) == "a.csv：没有找到表头，表头应含：单位编码、单位名称"


def test_other_names_of_a_header_are_understood(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编码,单位名称\n1,一小\n", "utf-8")

    assert table(path, other_names={"编码": "单位编码"}).rows[0].text("单位编码") == "1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("　Ａ１２ ", "A12"),
        ("第一小学（东）", "第一小学（东）"),
        (101.0, "101"),
        (1.5, "1.5"),
        (True, "是"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime.combine(date(2026, 3, 2), time()), "2026-03-02"),
        (datetime.combine(date(2026, 3, 2), time(8, 30)), "2026-03-02 08:30:00"),
        ("a\u200b\x0bb", "ab"),
    ],
)
def test_a_cell_reads_as_a_person_would(value, text):
    assert text_of(value) == text


def test_what_is_no_table_is_refused_with_a_reason(tmp_path):
    for name, raw, wanted in [
        ("空.csv", b"  \r\n", "文件没有内容"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "内容是网页，不是表格"),
        ("坏.xlsx", b"PK\x03\x04 and nothing more", "文件已损坏"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "文件已损坏，或不是表格"),
        ("图.csv", bytes(range(256)) * 4, "文字编码既不是UTF-8也不是GBK"),
        ("宽.csv", ("," * 501).encode(), "有内容的列超过500列"),
        ("长.csv", "单位编码\n".encode() * 50_001, "有内容的行超过50000行"),
        ("格.csv", b'"' + b"x" * 200_000 + b'"', "引号不成对，或单元格过长"),
    ]:
        path = tmp_path / name
        path.write_bytes(raw)
        assert wanted in refusal(path), name
    assert "找不到文件" in refusal(tmp_path / "没有.xlsx")
    assert "没有读取权限" in refusal(tmp_path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")

    assert "不是表格" in refusal(path)


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 301_000_000)

    assert "解压后超过300MB" in refusal(path)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [((1_048_575, 0), "有内容的行超过50000行"), ((1, 16_383), "有内容的列超过500列")],
    ids=["last row", "last column"],
)
def test_one_stray_cell_far_out_does_not_take_the_memory(tmp_path, place, wanted):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位编码", "单位名称"])
        page.write(*place, "x")

    workbook(path, fill)

    assert wanted in refusal(path)


def test_far_cells_that_only_have_a_colour_do_not_matter(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位编码", "单位名称"])
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    workbook(path, fill)

    assert len(read_grids(path)[0].rows) == 1


def test_random_damage_ends_in_a_refusal_or_in_rows(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位编码", "单位名称"])
        page.merge_range(1, 0, 3, 0, "001")

    workbook(path, fill)
    packed = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    parts = {name: packed.read(name) for name in packed.namelist()}
    random.seed(3)

    for _ in range(150):
        with zipfile.ZipFile(path, "w") as damaged:
            for name, raw in parts.items():
                raw = bytearray(raw)
                if "sheet1" in name or random.random() < 0.1:
                    for _ in range(random.randint(1, 4)):
                        raw[random.randrange(len(raw))] = random.choice(b'<>"/0123456789A:')
                damaged.writestr(name, bytes(raw))
        with suppress(MonitorError):
            read_grids(path)


def test_a_sheet_is_found_by_its_name_beside_its_copies_and_keeps_what_stands_above(tmp_path):
    path = tmp_path / "a.xlsx"

    def fill(book):
        for name in ("清单（旧）", "清单"):
            page = book.add_worksheet(name)
            page.write(0, 0, f"{name}，　共１项")
            page.write_row(2, 0, ["单位编码", "单位名称"])
            page.write_row(3, 0, ["001", name])

    workbook(path, fill)

    assert table(path).rows[0].text("单位名称") == "清单（旧）"
    assert table(path, named="清单").rows[0].text("单位名称") == "清单"
    assert table(path, named="清单").notes == ("清单， 共1项",)
    assert table(path, named="总表").rows[0].text("单位名称") == "清单（旧）"
