from __future__ import annotations

import re

import pytest
import xlsxwriter

from monitor.model import Column, Person, Trait, Unit, UnitType
from monitor.units import compare, read_units, rows_of, template_rows
from monitor.units.headers import HEADERS, TYPE_WORDS
from monitor.wording import Mistakes
from reports.formats.xlsx import Sheet, write_table

COLUMNS = {
    "fees": Column(id="fees", name="收费信息", aliases=("收费公示", "教育收费")),
    "plans": Column(id="plans", name="规划计划", aliases=("计划",)),
    "teaching": Column(id="teaching", name="教育教学", aliases=("计划",)),
}
REQUIRED = ("单位编码", "单位名称", "单位类别", "网站首页", "邮箱")


def sheet(tmp_path, *rows, header=REQUIRED, name="单位 清单.csv"):
    path = tmp_path / name
    lines = [",".join(header), *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def row(code="001", name="第一小学", kind="小学", home="http://a.cn/", mail="a@b.cn", *more):
    return (code, name, kind, home, mail, *more)


def read(tmp_path, *rows, **more):
    return read_units(sheet(tmp_path, *rows, **more), COLUMNS)


def mistakes(tmp_path, *rows, **more) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        read(tmp_path, *rows, **more)
    assert raised.value.code == "E2201"
    return [str(one).removeprefix("单位 清单.csv ") for one in raised.value.mistakes]


# --- what is understood ------------------------------------------------------------------


def test_a_whole_row_becomes_a_unit(tmp_path):
    cells = {
        "单位编码*": "ＳＬ００１",
        "单位名称*": "示例县 第一小学（东校区）",
        "简称": "一小",
        "单位类别*": "九年一贯制",
        "公办/民办": "民办",
        "网站首页*": "http://a.cn/",
        "信息公开栏目地址": "a.cn/xxgk/",
        "是否寄宿": "√",
        "食堂": "无",
        "校车": "",
        "独立预算": "1",
        "主管单位": "",
        "责任科室": "基教股",
        "联络员": "张三",
        "联系电话": "０５５０－１２３４５６７",
        "邮箱*": "zhang＠example.cn",
        "负责人": "李四",
        "负责人邮箱": "li@example.cn",
        "审核责任人": "王五",
        "信息发布员电话": "13800000000",
        "启用": "是",
        "备注": "  东边  ",
        "栏目：收费公示": "http://a.cn/sf/",
        "栏目:plans": "http://a.cn/jh/",
    }

    (unit,), remarks = read(tmp_path, tuple(cells.values()), header=tuple(cells))

    assert remarks == ()
    assert unit == Unit(
        code="SL001",
        name="示例县第一小学（东校区）",
        short_name="一小",
        types=frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
        traits={
            Trait.PRIVATE: True,
            Trait.BOARDING: True,
            Trait.CANTEEN: False,
            Trait.OWN_BUDGET: True,
        },
        home="http://a.cn/",
        disclosure_home="http://a.cn/xxgk/",
        entrances={"fees": "http://a.cn/sf/", "plans": "http://a.cn/jh/"},
        contact=Person(name="张三", phone="0550－1234567", mail="zhang@example.cn"),
        responsible=Person(name="李四", mail="li@example.cn"),
        reviewer=Person(name="王五"),
        publisher=Person(phone="13800000000"),
        section="基教股",
        note="东边",
    )


def test_the_order_of_columns_does_not_matter(tmp_path):
    shuffled = ("邮箱*", "网站首页（必填）", "单位类别", "单位 名称", "单位编码")

    (unit,), _ = read(tmp_path, row()[::-1], header=shuffled)

    assert (unit.code, unit.name, unit.home) == ("001", "第一小学", "http://a.cn/")


@pytest.mark.parametrize(("word", "types"), TYPE_WORDS.items(), ids=TYPE_WORDS)
def test_every_word_for_a_type_is_understood(tmp_path, word, types):
    (unit,), _ = read(tmp_path, row(kind=word))

    assert unit.types == types


def test_several_types_in_one_cell(tmp_path):
    (unit,), _ = read(tmp_path, row(kind="小学、幼儿园"))

    assert unit.types == {UnitType.PRIMARY, UnitType.KINDERGARTEN}


def test_a_blank_type_takes_the_one_above_and_says_so(tmp_path):
    units, remarks = read(tmp_path, row(), row("002", "二小", ""), row("003", "三中", "初中"))

    assert [unit.types for unit in units] == [
        {UnitType.PRIMARY},
        {UnitType.PRIMARY},
        {UnitType.JUNIOR_HIGH},
    ]
    assert [str(one) for one in remarks] == [
        "单位 清单.csv 第3行“单位类别”：空白，已按上一行的“小学”理解，请确认"
    ]


def test_really_merged_cells_are_no_remark(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, REQUIRED)
        for at in (1, 2):
            page.write_row(at, 0, row(f"00{at}", f"{at}小"))
        page.merge_range(1, 2, 2, 2, "小学")

    units, remarks = read_units(path, COLUMNS)

    assert [unit.types for unit in units] == [{UnitType.PRIMARY}] * 2
    assert remarks == ()


def test_a_repaired_address_is_shown_back(tmp_path):
    (unit,), remarks = read(tmp_path, row(home="http:/a.cn"))

    assert unit.home == "http://a.cn"
    assert [str(one) for one in remarks] == [
        "单位 清单.csv 第2行“网站首页”：地址写成了 http:/a.cn，已按 http://a.cn 理解，请确认"
    ]


@pytest.mark.parametrize("home", ["", "无", "暂无", "—"])
def test_a_unit_without_a_site_is_legal(tmp_path, home):
    (unit,), remarks = read(tmp_path, row(home=home))

    assert unit.home == ""
    assert len(remarks) == (0 if home else 1)


def test_a_unit_without_a_mail_address_is_remarked_on(tmp_path):
    (unit,), remarks = read(tmp_path, row(mail=""))

    assert unit.contact.mail == ""
    assert "没有邮箱，通知将转给本局经办人" in str(remarks[0])


def test_columns_nobody_asked_for_are_remarked_on_and_left(tmp_path):
    (_,), remarks = read(
        tmp_path, row("001", "一小", "小学", "a.cn", "", "x"), header=(*REQUIRED, "学生数")
    )

    assert "单位 清单.csv：表头“学生数”没有用到，如应使用，请核对写法" in map(str, remarks)


def test_a_unit_that_is_switched_off(tmp_path):
    units, _ = read(
        tmp_path,
        row("001", "一小", "小学", "a.cn", "", "否"),
        row("002", "二小", "小学", "a.cn", "", "停用"),
        row("003", "三小", "小学", "a.cn", "", ""),
        header=(*REQUIRED, "启用"),
    )

    assert [unit.active for unit in units] == [False, False, True]


def test_a_parent_by_code_or_by_name(tmp_path):
    units, _ = read(
        tmp_path,
        row("J", "示例县教育局", "教育局", "a.cn", "", ""),
        row("001", "一小", "小学", "a.cn", "", "J"),
        row("002", "二小", "小学", "a.cn", "", "示例县教育局"),
        header=(*REQUIRED, "主管单位"),
    )

    assert [unit.parent for unit in units] == ["", "J", "J"]


def test_nobody_is_above_itself(tmp_path):
    rows = [
        ("001", "一小", "002"),
        ("002", "二小", "003"),
        ("003", "三小", "001"),
        ("004", "四小", "4"),
    ]

    found = mistakes(
        tmp_path,
        *(row(code, name, "小学", "", "", parent) for code, name, parent in rows),
        row("005", "五小", "小学", "", "", "005"),
        header=(*REQUIRED, "主管单位"),
    )

    assert found == [
        "第2行“主管单位”：循环引用：001 → 002 → 003 → 001，请去掉其中一处",
        "第3行“主管单位”：循环引用：002 → 003 → 001 → 002，请去掉其中一处",
        "第4行“主管单位”：循环引用：003 → 001 → 002 → 003，请去掉其中一处",
        "第5行“主管单位”：没有编码或名称为“4”的单位，请核对主管单位",
        "第6行“主管单位”：循环引用：005 → 005，请去掉其中一处",
    ]


# --- mistakes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (row(code=""), "第2行“单位编码”：没有填写，请补上"),
        (row(code="a/b"), "第2行“单位编码”：编码“a/b”含有不能使用的字符"),
        (row(code="#N/A"), "第2行“单位编码”：单元格是公式错误#N/A，请改为文字"),
        (row(name=""), "第2行“单位名称”：没有填写"),
        (row(kind=""), "第2行“单位类别”：没有填写"),
        (row(kind="九年一惯制"), "第2行“单位类别”：不认识“九年一惯制”，是否为“九年一贯制”？"),
        (row(kind="养老院"), "第2行“单位类别”：不认识“养老院”，可填：教育局、机关科室、幼儿园"),
        (row(home="第一小学官网"), "第2行“网站首页”：“第一小学官网”不是网址，请写成"),
        (row(home="ftp://a.cn"), "第2行“网站首页”：“ftp://a.cn”不是网址"),
        (row(mail="a@b.cn;c@d.cn"), "第2行“邮箱”：邮箱无效：a@b.cn;c@d.cn，请只写一个地址"),
        (row(mail="13800000000"), "第2行“邮箱”：邮箱无效：13800000000"),
    ],
)
def test_each_mistake_names_its_row_and_column(tmp_path, given, wanted):
    found = mistakes(tmp_path, given)

    assert any(one.startswith(wanted) for one in found), found


def test_a_sheet_with_everything_wrong_tells_everything_at_once(tmp_path):
    header = (
        *REQUIRED,
        "栏目：收费信",
        "栏目：计划",
        "食堂",
        "启用",
        "公办/民办",
        "主管单位",
        "学生数",
    )

    found = mistakes(
        tmp_path,
        row("", "", "", "x", "x", "", "", "看情况", "也许", "公私", "三小", ""),
        row("001", "一小", "小学", "http:/a.cn", "", "x", "", "有", "是", "公办", "", ""),
        row("００１", "一 小", "", "a.cn", "", "", "", "", "", "", "001", ""),
        row("003", "叁小", "小学", "", "", "", "", "", "", "", "003", ""),
        header=header,
    )

    assert [re.match("第.行“[^”]+”", one).group() for one in found] == [
        "第1行“栏目：收费信”",
        "第1行“栏目：计划”",
        "第2行“单位编码”",
        "第2行“单位名称”",
        "第2行“单位类别”",
        "第2行“网站首页”",
        "第2行“邮箱”",
        "第2行“食堂”",
        "第2行“启用”",
        "第2行“公办/民办”",
        "第2行“主管单位”",
        "第4行“单位编码”",
        "第4行“单位名称”",
        "第4行“主管单位”",
        "第5行“主管单位”",
    ]
    assert any("目录中没有栏目“收费信”，是否为“收费信息”？" in one for one in found)
    assert any(
        "“计划”同时是栏目“规划计划”和“教育教学”的名称，请改用栏目全称" in one for one in found
    )
    assert any("“看情况”看不出是或否，请填 是 或 否，不清楚请留空" in one for one in found)
    assert any("编码“001”与第3行重复" in one for one in found)
    assert any("名称“一 小”与第3行重复" in one for one in found)
    assert any("没有编码或名称为“三小”的单位" in one for one in found)


def test_missing_headers_and_an_empty_sheet_are_mistakes(tmp_path):
    assert mistakes(tmp_path, ("001", "一小"), header=("单位编码", "单位名称")) == [
        "第1行：表头缺少“单位类别”，请补上这一列",
        "第1行：表头缺少“网站首页”，请补上这一列",
        "第1行：表头缺少“邮箱”，请补上这一列",
        "第2行“单位类别”：没有填写，请补上",
    ]
    assert mistakes(tmp_path)[0].endswith("表头以下没有内容，请填写后再导入")


def test_a_hostile_name_cannot_break_out_of_its_line(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, REQUIRED)
        page.write_row(1, 0, row(name="一小\r\nBcc: x@y.cn\x0b"))

    (unit,), _ = read_units(path, COLUMNS)

    assert unit.name == "一小Bcc: x@y.cn"


# --- there and back ----------------------------------------------------------------------


def written(tmp_path, listing):
    path = tmp_path / "导出.xlsx"
    sheet = Sheet(
        name="单位清单", header=listing.header, rows=listing.rows, choices=listing.choices
    )
    write_table(path, [sheet])
    return path


def test_the_template_has_every_column_and_reads_without_a_mistake(tmp_path):
    listing = template_rows()

    units, remarks = read_units(written(tmp_path, listing), COLUMNS)

    assert tuple(name.rstrip("*") for name in listing.header) == HEADERS
    assert len(units) == 2
    assert [one.column for one in remarks] == ["网站首页"]
    assert set(listing.choices) <= set(listing.header)


def test_what_is_exported_is_imported_the_same(tmp_path):
    units = (
        Unit(
            code="001",
            name="一小（东）",
            types=frozenset({UnitType.PRIMARY, UnitType.KINDERGARTEN}),
            traits={Trait.PRIVATE: True, Trait.CANTEEN: False, Trait.GOVERNMENT_SITE: True},
            home="https://a.cn:8443/",
            entrances={"fees": "http://a.cn/sf/"},
            contact=Person(name="张三", phone="+86 550", mail="a@b.cn"),
            reviewer=Person(name="王五", mail="w@b.cn"),
            active=False,
        ),
        Unit(
            code="J",
            name="示例县教育局",
            types=frozenset({UnitType.BUREAU}),
            home="http://j.cn/",
            contact=Person(mail="j@b.cn"),
        ),
        *(
            Unit(
                code=f"t{n}",
                name=f"类{word}",
                types=types,
                parent="J",
                contact=Person(mail="a@b.cn"),
            )
            for n, (word, types) in enumerate(TYPE_WORDS.items())
        ),
    )

    again, _ = read_units(written(tmp_path, rows_of(units, COLUMNS)), COLUMNS)

    assert again == units


def test_comparing_tells_what_an_import_would_do():
    old = (
        Unit(code="1", name="一小", types=frozenset({UnitType.PRIMARY}), home="http://a.cn/"),
        Unit(code="2", name="二小"),
        Unit(code="3", name="三小", active=False),
        Unit(code="4", name="四小"),
    )
    new = (
        Unit(code="1", name="一小", types=frozenset({UnitType.PRIMARY}), home="http://b.cn/"),
        Unit(code="3", name="三小"),
        Unit(code="4", name="四小", active=False),
        Unit(code="5", name="五小"),
    )

    change = compare(old, new)

    assert [unit.code for unit in change.added] == ["5"]
    assert [unit.code for unit in change.deactivated] == ["2", "4"]
    assert [
        (unit.code, [(one.name, one.old, one.new) for one in fields])
        for unit, fields in change.changed
    ] == [
        ("1", [("网站首页", "http://a.cn/", "http://b.cn/")]),
        ("3", [("启用", "否", "是")]),
    ]


def test_comparing_a_list_with_itself_tells_nothing(tmp_path):
    units, _ = read(tmp_path, row(), row("002", "二小", "初中"))

    change = compare(units, units)

    assert (change.added, change.changed, change.deactivated) == ((), (), ())


def test_two_thousand_units_are_read_in_a_few_seconds(tmp_path):
    rows = (row(f"{n:04}", f"第{n}小学") for n in range(2000))

    units, _ = read(tmp_path, *rows)

    assert len(units) == 2000
