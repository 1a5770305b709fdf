"""A paper as a DOCX file: the numbers of GB/T 9704, and text that stays text."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from monitor.model import Status
from reports.formats.docx import Look, write_paper
from reports.manuscript import (
    Annex,
    Cell,
    Heading,
    Kind,
    Link,
    Paper,
    PaperTable,
    Paragraph,
    Table,
    TableColumn,
)

HOSTILE = (
    "]]>",
    "<w:t>插入</w:t><script>alert(1)</script>",
    "&#x0;&amp;&lt;",
    '{ INCLUDEPICTURE "http://a.cn/1.png" }',
    "{{ 7*7 }}{% for x in y %}${7*7}",
    "\x00\x08\x0b\x1f\x7f\x85\ufffe\ud800控制",
    "\u202e转向\u202c",
    "第一行\r\n第二行\t末",
    "=HYPERLINK(1)",
    "\"'",
)


def table(*rows: tuple[Cell, ...], total: tuple[Cell, ...] = (), note: str = "") -> PaperTable:
    columns = (
        TableColumn(heading="序号", kind=Kind.NUMBER),
        TableColumn(heading="责任单位"),
        TableColumn(heading="问题类型", kind=Kind.STATUS),
        TableColumn(heading="页面地址", kind=Kind.LINK),
    )
    found = Table(columns=columns, rows=rows, total=total)
    return PaperTable(title="表1　问题清单", table=found, unit="单位：项", note=note)


PLAIN = table(
    (1, "第一小学", Status.MISSING, Link(text="页面地址", address="https://a.cn/1?x=1&y=2")),
    (2, None, Status.STALE, Link(text="页面地址", address="javascript:alert(1)")),
    total=("合计", "", 2, None),
    note="注：略。",
)
PAPER = Paper(
    title="某市教育局2026年10月信息公开自查自纠情况报告",
    subtitle="数据截止2026年10月31日24时",
    addressee="【局分管领导】",
    blocks=(
        Paragraph(text="现将有关情况报告如下。"),
        Heading(level=1, text="一、总体情况"),
        Paragraph(lead="（一）巡查范围和结果", text="60个单位，达标率90.0%（1152/1280）。"),
        PLAIN,
        Heading(level=2, text="（二）问题分布"),
        Heading(level=3, text="1.财务信息"),
        Paragraph(text="【建议限期整改。】"),
    ),
    annexes=(
        Annex(name="分类统计表", blocks=(PLAIN,)),
        Annex(name="问题清单及整改台账"),
        Annex(name="未能核查事项", blocks=(Paragraph(text="埇桥区李喆文学校。"),)),
    ),
    signed_by="某市教育局办公室",
    signed_on=date(2026, 11, 2),
    contact="联系人：【　】，电话：【　】",
    checks=("核对主送机关", "填写联系人"),
    author="某市教育局",
)


class Written:
    """What stands in a written file."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            self.names = archive.namelist()
            self.parts = {
                name: etree.fromstring(archive.read(name))
                for name in self.names
                if name.endswith((".xml", ".rels"))
            }
            self.times = {entry.date_time for entry in archive.infolist()}
        self.body = self.parts["word/document.xml"].find(qn("w:body"))
        self.styles = {
            style.get(qn("w:styleId")): style
            for style in self.parts["word/styles.xml"].iter(qn("w:style"))
        }

    def paragraphs(self) -> Iterator[etree._Element]:
        return self.body.iter(qn("w:p"))

    def text(self) -> list[str]:
        return [text_of(paragraph) for paragraph in self.paragraphs()]

    def one(self, text: str) -> etree._Element:
        """The one paragraph that says so."""
        (found,) = [paragraph for paragraph in self.paragraphs() if text_of(paragraph) == text]
        return found

    def external(self) -> list[str]:
        return [
            relation.get("Target")
            for name, part in self.parts.items()
            if name.endswith(".rels")
            for relation in part
            if relation.get("TargetMode") == "External"
        ]


def text_of(paragraph: etree._Element) -> str:
    return "".join(
        "\n" if node.tag == qn("w:br") else node.text or ""
        for node in paragraph.iter(qn("w:t"), qn("w:br"))
    )


def style_of(paragraph: etree._Element) -> str:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))


def value(element: etree._Element, path: str, name: str = "val") -> str | None:
    for step in path.split("/"):
        element = element.find(qn(f"w:{step}"))
        if element is None:
            return None
    return element.get(qn(f"w:{name}"))


@pytest.fixture
def write(tmp_path):
    def written(paper: Paper = PAPER, **more: object) -> Written:
        path = tmp_path / "报告 一.docx"
        write_paper(path, paper, **more)
        return Written(path)

    return written


# --- the page --------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard(write):
    section = write().body.find(qn("w:sectPr"))

    assert (value(section, "pgSz", "w"), value(section, "pgSz", "h")) == ("11906", "16838")
    assert [value(section, "pgMar", side) for side in ("top", "left", "bottom", "right")] == [
        "2098",
        "1587",
        "1984",
        "1474",
    ]
    assert value(section, "docGrid", "linePitch") == "580"


def test_odd_and_even_pages_carry_their_number_at_the_outer_edge(write):
    found = write()

    assert found.parts["word/settings.xml"].find(qn("w:evenAndOddHeaders")) is not None
    assert len(list(found.body.iter(qn("w:sectPr")))) == 1  # one numbering, annexes too
    kinds = [one.get(qn("w:type")) for one in found.body.iter(qn("w:footerReference"))]
    assert kinds == ["default", "even"]
    for name, side in (("footer1", "right"), ("footer2", "left")):
        footer = found.parts[f"word/{name}.xml"]
        assert text_of(footer) == "— 1 —"
        assert [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))] == [" PAGE "]
        assert value(found.styles[style_of(footer[0])], "pPr/jc") == side
        assert {one.get(qn("w:ascii")) for one in footer.iter(qn("w:rFonts"))} == {"宋体"}


@pytest.mark.parametrize(
    ("style", "font", "size", "line", "jc"),
    [
        ("Title", "方正小标宋简体", "44", "580", "center"),
        ("PaperSubtitle", "楷体_GB2312", "32", "580", "center"),
        ("Addressee", "仿宋_GB2312", "32", "580", "left"),
        ("PaperText", "仿宋_GB2312", "32", "580", "both"),
        ("Heading1", "黑体", "32", "580", "both"),
        ("Heading2", "楷体_GB2312", "32", "580", "both"),
        ("Heading3", "仿宋_GB2312", "32", "580", "both"),
        ("AnnexLabel", "黑体", "32", "580", "left"),
        ("TableTitle", "黑体", "24", "400", "center"),
        ("TableHead", "黑体", "21", "340", "center"),
        ("TableText", "仿宋_GB2312", "21", "340", "left"),
    ],
)
def test_each_part_has_the_font_and_size_of_the_standard(write, style, font, size, line, jc):
    found = write().styles[style]

    assert value(found, "rPr/rFonts", "eastAsia") == font
    assert value(found, "rPr/rFonts", "ascii") == "Times New Roman"
    assert value(found, "rPr/b") == "0"
    assert value(found, "rPr/sz") == size
    assert value(found, "pPr/spacing", "line") == line
    assert value(found, "pPr/spacing", "lineRule") == "exact"
    assert value(found, "pPr/jc") == jc


def test_text_begins_two_characters_in(write):
    found = write().styles["PaperText"]

    assert value(found, "pPr/ind", "firstLineChars") == "200"
    assert value(found, "pPr/ind", "firstLine") == "640"


def test_every_run_and_style_names_a_font_for_chinese_and_one_for_digits(write):
    found = write()

    runs = [run for part in found.parts.values() for run in part.iter(qn("w:r"))]
    for place in (
        *runs,
        *(one for one in found.styles.values() if one.find(qn("w:rPr")) is not None),
    ):
        for name in ("eastAsia", "ascii", "hAnsi"):
            assert value(place, "rPr/rFonts", name)
    assert len(runs) > 50


def test_fonts_and_line_pitch_can_be_set(write):
    found = write(look=Look(text_font="仿宋", digits_font="仿宋", line_pitch=28))

    assert value(found.styles["PaperText"], "rPr/rFonts", "eastAsia") == "仿宋"
    assert value(found.styles["PaperText"], "rPr/rFonts", "ascii") == "仿宋"
    assert value(found.styles["PaperText"], "pPr/spacing", "line") == "560"
    assert value(found.styles["TableText"], "pPr/spacing", "line") == "340"


def test_characters_that_the_old_fonts_lack_are_in_the_wider_font(write):
    paragraph = write().one("埇桥区李喆文学校。")

    fonts = {
        text_of(run): value(run, "rPr/rFonts", "eastAsia") for run in paragraph.iter(qn("w:r"))
    }
    assert fonts == {
        "埇": "仿宋",
        "桥区李": "仿宋_GB2312",
        "喆": "仿宋",
        "文学校。": "仿宋_GB2312",
    }


def test_the_fonts_are_named_and_none_is_embedded(write):
    found = write()

    names = {font.get(qn("w:name")) for font in found.parts["word/fontTable.xml"]}
    assert {"方正小标宋简体", "仿宋_GB2312", "仿宋", "黑体", "宋体", "Times New Roman"} <= names
    assert sorted(found.names) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


# --- the parts of a paper --------------------------------------------------------------


def test_a_paper_reads_from_its_title_to_the_note_under_its_date(write):
    words = [line for line in write(replace(PAPER, blocks=PAPER.blocks[:3])).text() if line]

    assert words[:15] == [
        "送审前请核对",
        "核对主送机关",
        "填写联系人",
        "某市教育局2026年10月信息公开\n自查自纠情况报告",
        "（数据截止2026年10月31日24时）",
        "【局分管领导】：",
        "现将有关情况报告如下。",
        "一、总体情况",
        "（一）巡查范围和结果。60个单位，达标率90.0%（1152/1280）。",
        "附件：1.分类统计表",
        "2.问题清单及整改台账",
        "3.未能核查事项",
        "某市教育局办公室",
        "2026年11月2日",
        "（联系人：【　】，电话：【　】）",
    ]


def test_what_is_sent_has_no_box_and_no_marks(write):
    words = write(clean=True).text()

    assert "送审前请核对" not in words
    assert not re.search("[【】]", "".join(words))
    assert words[0].startswith("某市教育局")
    assert "局分管领导：" in words
    assert "建议限期整改。" in words
    assert "（联系人：　　，电话：　　）" in words


def test_a_run_in_heading_has_its_own_font_in_the_same_paragraph(write):
    paragraph = write().one("（一）巡查范围和结果。60个单位，达标率90.0%（1152/1280）。")

    fonts = [value(run, "rPr/rFonts", "eastAsia") for run in paragraph.iter(qn("w:r"))]
    assert fonts == ["楷体_GB2312", "仿宋_GB2312"]
    assert style_of(paragraph) == "PaperText"


def test_the_annexes_listed_are_the_annexes_there(write):
    found = write()
    words = found.text()

    starts = [at for at, one in enumerate(found.paragraphs()) if style_of(one) == "AnnexLabel"]
    assert value(found.styles["AnnexLabel"], "pPr/pageBreakBefore") is None
    assert found.styles["AnnexLabel"].find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    # the second is a file of its own: named, without a page
    assert [words[at : at + 3] for at in starts] == [
        ["附件1", "", "分类统计表"],
        ["附件3", "", "未能核查事项"],
    ]


def test_names_of_annexes_stand_under_each_other(write):
    found = write()

    first = found.one("附件：1.分类统计表")
    second = found.one("2.问题清单及整改台账")
    assert value(first, "pPr/ind", "left") == value(second, "pPr/ind", "left")
    hanging = [int(value(one, "pPr/ind", "hanging")) for one in (first, second)]
    assert hanging[0] - hanging[1] == 3 * 315  # 附件：


def test_one_annex_alone_has_no_number(write):
    words = write(replace(PAPER, annexes=PAPER.annexes[:1])).text()

    assert "附件：分类统计表" in words
    assert "附件" in words


@pytest.mark.parametrize(
    ("sealed", "name_in", "date_in", "blank"),
    [(True, 4 + (6.5 - 8) / 2, 4, 2), (False, 2, 8 - 6.5, 1)],
    ids=["sealed", "unsealed"],
)
def test_name_and_date_stand_where_the_seal_wants_them(write, sealed, name_in, date_in, blank):
    found = write(replace(PAPER, sealed=sealed))

    signature, dated = found.one("某市教育局办公室"), found.one("2026年11月2日")
    assert int(value(signature, "pPr/ind", "right")) == round(name_in * 315)
    assert int(value(dated, "pPr/ind", "right")) == round(date_in * 315)
    words = found.text()
    at = words.index("某市教育局办公室")
    assert words[at - blank - 1 : at] == ["3.未能核查事项", *[""] * blank]


def test_the_signature_never_stands_on_a_page_without_text(write):
    found = write(replace(PAPER, contact="", annexes=()))

    tail = list(found.paragraphs())[-5:]
    assert [text_of(one) for one in tail] == [
        "【建议限期整改。】",
        "",
        "",
        "某市教育局办公室",
        "2026年11月2日",
    ]
    kept = [one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in tail]
    assert kept == [True, True, True, True, False]


def test_a_table_at_the_end_of_the_text_stays_with_the_signature(write):
    found = write(replace(PAPER, blocks=(PLAIN,), annexes=(), contact="", checks=()))

    last = list(found.body.iter(qn("w:tr")))[-1]
    after = [text_of(cell) for cell in found.body[-6:-1]]
    assert after == ["注：略。", "", "", "某市教育局办公室", "2026年11月2日"]
    kept = [*last.iter(qn("w:p")), *found.body[-6:-2]]
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in kept)


def test_a_paper_without_a_date_leaves_room_for_it(write):
    assert "【　　年　月　日】" in write(replace(PAPER, signed_on=None)).text()
    assert "　　年　月　日" in write(replace(PAPER, signed_on=None), clean=True).text()


def test_a_paper_of_little_is_a_paper(write):
    found = write(Paper(title="关于开展信息公开工作的通知"))

    assert found.text() == ["关于开展信息公开工作的通知", ""]


# --- tables ----------------------------------------------------------------------------


def rows_of(found: Written) -> list[etree._Element]:
    """Rows of the table in the body; the first table is the box of checks."""
    return list(list(found.body.iter(qn("w:tbl")))[1].iter(qn("w:tr")))


def test_a_table_says_what_its_cells_hold_and_leaves_none_blank(write):
    rows = [[text_of(cell) for cell in row.iter(qn("w:tc"))] for row in rows_of(write())]

    assert rows == [
        ["序号", "责任单位", "问题类型", "页面地址"],
        ["1", "第一小学", "× 应公开未公开", "页面地址"],
        ["2", "—", "旧 更新不及时", "页面地址"],
        ["合计", "—", "2", "—"],
    ]


def test_the_head_repeats_and_no_row_breaks(write):
    rows = rows_of(write())

    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True, False, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


@pytest.mark.parametrize(("rows", "held"), [(4, True), (30, False)], ids=["small", "tall"])
def test_only_a_small_table_is_kept_on_one_page(write, rows, held):
    long = table(*((place, "第一小学", Status.STALE, None) for place in range(rows)))

    first = rows_of(write(replace(PAPER, blocks=(long,))))[1]

    kept = [
        paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") for paragraph in first.iter(qn("w:p"))
    ]
    assert all((one is not None) is held for one in kept)


def test_a_mark_that_there_is_nothing_stands_in_the_middle(write):
    row = rows_of(write())[2]

    assert [style_of(paragraph) for paragraph in row.iter(qn("w:p"))][1] == "TableNumber"


def test_the_level_of_a_run_in_heading_has_its_font(write):
    paper = replace(PAPER, blocks=(Paragraph(lead="一、逐项整改", text="请逐项补充。"),))

    lead, text = write(paper).one("一、逐项整改。请逐项补充。").iter(qn("w:rFonts"))

    assert lead.get(qn("w:eastAsia")) == "黑体"
    assert text.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_numbers_stand_in_the_middle_and_text_at_the_left(write):
    row = rows_of(write())[1]

    styles = [style_of(paragraph) for paragraph in row.iter(qn("w:p"))]
    assert styles == ["TableNumber", "TableText", "TableText", "TableText"]


def test_a_table_fills_the_type_area_and_its_rules_are_thin(write):
    for found in write().body.iter(qn("w:tbl")):
        grid = [int(one.get(qn("w:w"))) for one in found.iter(qn("w:gridCol"))]
        assert sum(grid) == 8845
        assert value(found, "tblPr/tblBorders/top", "sz") == "8"
        assert list(found.iter(qn("w:shd"))) == []


def test_title_and_unit_stand_above_a_table_and_the_note_below(write):
    found = write()
    tables = [node for node in found.body if node.tag == qn("w:tbl")]

    around = tables[1].getprevious().getprevious(), tables[1].getprevious(), tables[1].getnext()
    assert [text_of(one) for one in around] == ["表1　问题清单", "单位：项", "注：略。"]


def test_a_table_is_always_followed_by_a_paragraph(write):
    bare = replace(PLAIN, title="", unit="", note="")
    found = write(replace(PAPER, annexes=(Annex(name="表", blocks=(bare, bare)),)))

    for one in found.body.iter(qn("w:tbl")):
        assert one.getnext().tag == qn("w:p")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.cn/1?x=1&y=2#z", "https://a.cn/1?x=1&y=2#z"),
        ("http://a.cn:8080/栏目 1", "http://a.cn:8080/%E6%A0%8F%E7%9B%AE%201"),
        ('http://a.cn/"><w:t>', "http://a.cn/%22%3E%3Cw:t%3E"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("佐证/1.html", None),
        ("\\\\a.cn\\x", None),
        ("http://user:word@a.cn/", None),
        ("http://a.cn:99999/", None),
        ("http://[::1/", None),
        ("http:///x", None),
        ("http://a.cn/" + "x" * 3000, None),
    ],
)
def test_only_a_web_address_becomes_a_link(write, address, target):
    row = (1, "甲", Status.OK, Link(text="页面地址", address=address))

    found = write(replace(PAPER, blocks=(table(row),), annexes=()))

    assert found.external() == ([target] if target else [])
    assert "页面地址" in found.text()


def test_an_address_used_twice_is_one_relationship(write):
    assert write().external() == ["https://a.cn/1?x=1&y=2"]


# --- text stays text -------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_text_stays_text_wherever_it_stands(tmp_path, text):
    path = tmp_path / "报告.docx"
    cell = table((1, text, Status.OK, Link(text=text, address=f"https://a.cn/{text}")), note=text)
    paper = Paper(
        title=text,
        subtitle=text,
        addressee=text,
        blocks=(Heading(level=1, text=text), Paragraph(lead=text, text=text), cell),
        annexes=(Annex(name=text, blocks=(Paragraph(text=text),)), Annex(name=text)),
        signed_by=text,
        contact=text,
        checks=(text,),
        author=text,
    )

    write_paper(path, paper)

    shown = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe]", "", text)
    shown = shown.replace("\t", " ")
    found = Written(path)
    assert sum(shown in line for line in found.text()) == 15
    fields = [
        node.get(qn("w:instr"))
        for part in found.parts.values()
        for node in part.iter(qn("w:fldSimple"))
    ]
    assert fields == [" PAGE ", " PAGE "]
    assert not [node for part in found.parts.values() for node in part.iter(qn("w:instrText"))]
    assert all(target.startswith("https://a.cn/") for target in found.external())
    docx.Document(str(path))


#: the order in which the standard lists what may stand in an element; Word repairs other orders
ORDERS = {
    "pPr": "pStyle keepNext pageBreakBefore autoSpaceDE autoSpaceDN snapToGrid spacing ind jc"
    " outlineLvl",
    "rPr": "rStyle rFonts b bCs spacing sz szCs u lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "footerReference pgSz pgMar docGrid",
    "style": "name basedOn semiHidden qFormat pPr rPr",
    "settings": "defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
}


@pytest.mark.parametrize("name", ORDERS)
def test_elements_stand_in_the_order_that_word_expects(write, name):
    order = [qn(f"w:{one}") for one in ORDERS[name].split()]
    found = [node for part in write().parts.values() for node in part.iter(qn(f"w:{name}"))]

    assert found
    for node in found:
        places = [order.index(child.tag) for child in node]
        assert places == sorted(places)


def test_every_style_used_is_there(write):
    found = write()

    used = {
        node.get(qn("w:val"))
        for part in found.parts.values()
        for node in part.iter(qn("w:pStyle"), qn("w:rStyle"))
    }
    assert used <= set(found.styles)


# --- the file --------------------------------------------------------------------------


def test_the_properties_tell_the_bureau_and_the_day_and_nothing_else(tmp_path):
    path = tmp_path / "报告.docx"
    write_paper(path, PAPER)

    told = docx.Document(str(path)).core_properties
    assert (told.author, told.last_modified_by) == ("某市教育局", "某市教育局")
    assert told.created.date() == told.modified.date() == PAPER.signed_on
    found = Written(path)
    everything = " ".join(etree.tostring(part, encoding="unicode") for part in found.parts.values())
    assert not re.search(f"python|mingcha|明察|{tmp_path}", everything)
    assert found.times == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    for name in ("1.docx", "2.docx"):
        write_paper(tmp_path / name, PAPER)

    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()


def test_a_paper_that_cannot_be_written_leaves_the_earlier_one(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")

    with pytest.raises(ValueError, match="zip"):
        write_paper(path, replace(PAPER, blocks=(table((1, "少两格")),)))

    assert path.read_bytes() == b"earlier"
    assert [one.name for one in tmp_path.iterdir()] == ["报告.docx"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_what_was_written(tmp_path):
    path = tmp_path / "报告.docx"
    write_paper(path, PAPER, clean=True)

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )

    read = path.with_suffix(".txt").read_text("utf-8-sig").split("\n")
    wanted = [line for text in Written(path).text() for line in text.split("\n")]
    assert [line for line in read if line.strip()] == [line for line in wanted if line.strip()]
