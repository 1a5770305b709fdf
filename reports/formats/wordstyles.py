"""版式: the styles, fonts and settings of a paper in Word (GB/T 9704-2012). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from reports.formats.conventions import legible

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_LINKS}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

# 28 characters in a line need 15.8 points each: 3号 is 16, so its characters stand a little closer.
# Word could do so by a grid of characters; others break its lines far too early
CLOSER = 5  # twips
EM = 320 - CLOSER  # one character of 3号


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """字体: its name, and the one for characters it does not hold."""

    name: str
    rare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """字体和行距 of papers. The file only names fonts: the reader's machine has them."""

    title_font: str = "方正小标宋简体"
    text_font: str = "仿宋_GB2312"
    lead_font: str = "楷体_GB2312"
    heading_font: str = "黑体"
    page_font: str = "宋体"
    digits_font: str = "Times New Roman"
    line_pitch: int = 29  # points, 28 to 30

    def face(self, role: str) -> Face:
        """The font of ``role`` (title, text, lead, heading, page)."""
        name: str = getattr(self, f"{role}_font")
        return Face(name=name, rare=_WIDER.get(name, name))


#: fonts that hold the 6,763 characters of GB 2312 only, and what to use for the others
_WIDER = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "宋体"}
#: what stands in for a font on machines that do not have it, and how wide its kind is
_OTHER_NAMES = {
    "方正小标宋简体": "思源宋体",
    "仿宋_GB2312": "FangSong_GB2312",
    "仿宋": "FangSong",
    "楷体_GB2312": "KaiTi_GB2312",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


class Style(NamedTuple):
    """样式: one kind of paragraph. Sizes in half points; ``line`` in twips, 0 for the pitch."""

    id: str
    name: str
    role: str
    size: int = 32
    jc: str = "left"
    before: str = ""  # w:keepNext and w:pageBreakBefore, which the order of elements puts first
    line: int = 0
    after: int = 0
    ind: str = ""
    level: int | None = None
    above: int = 0  # room above the paragraph


_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_KEEP = "<w:keepNext/>"

STYLES = (
    Style("Title", "Title", "title", 44, "center", _KEEP),
    Style("PaperSubtitle", "公文副标题", "lead", jc="center"),
    Style("Addressee", "主送机关", "text"),
    Style("PaperText", "公文正文", "text", jc="both", ind=_TWO),
    Style("Heading1", "heading 1", "heading", jc="both", before=_KEEP, ind=_TWO, level=0),
    Style("Heading2", "heading 2", "lead", jc="both", before=_KEEP, ind=_TWO, level=1),
    Style("Heading3", "heading 3", "text", jc="both", before=_KEEP, ind=_TWO, level=2),
    Style("AnnexList", "附件说明", "text", before=_KEEP),
    Style("Signature", "署名和日期", "text", jc="right"),
    Style("Contact", "附注", "text", jc="both", ind=_TWO),
    Style("AnnexLabel", "附件序号", "heading", before="<w:keepNext/><w:pageBreakBefore/>", level=0),
    Style("TableTitle", "表题", "heading", 24, "center", _KEEP, line=400, above=120),
    Style("TableUnit", "表的单位", "text", 21, "right", _KEEP, line=340),
    Style("TableHead", "表头", "heading", 21, "center", _KEEP, line=340),
    Style("TableText", "表文", "text", 21, line=340),
    Style("TableNumber", "表中数字", "text", 21, "center", line=340),
    Style("TableNote", "表注", "text", 21, "both", line=340, after=200),
    Style("TableEnd", "表后", "text", 2, line=20, after=200),
    Style("CheckTitle", "核对框标题", "heading", 24, "center", _KEEP, line=400),
    Style("Check", "核对框", "text", 24, "both", line=400),
    Style("FooterOdd", "单页页码", "page", 28, "right", ind='<w:ind w:right="280"/>'),
    Style("FooterEven", "双页页码", "page", 28, "left", ind='<w:ind w:left="280"/>'),
)
ROLES = {style.id: style.role for style in STYLES}


def styles(look: Look) -> str:
    """styles.xml: all that a paragraph looks like, for a person to change in one place."""
    pitch = look.line_pitch * 20
    return "".join(
        (
            f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>",
            fonts(look.face("text").name, look.digits_font),
            '<w:sz w:val="32"/><w:szCs w:val="32"/>',
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
            "<w:pPrDefault/></w:docDefaults>",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">',
            '<w:name w:val="Normal"/><w:qFormat/><w:pPr>',
            # the gap Word puts between digits and Chinese would move what is placed by characters
            '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/></w:pPr>',
            f"<w:rPr>{fonts(look.face('text').name, look.digits_font)}",
            '<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>',
            '<w:style w:type="character" w:default="1" w:styleId="PlainFont">',
            '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="PlainTable">',
            '<w:name w:val="Normal Table"/><w:semiHidden/></w:style>',
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>',
            f"<w:rPr>{fonts(look.face('text').name, look.digits_font)}",
            '<w:u w:val="single"/></w:rPr></w:style>',
            *(_style(style, look, pitch) for style in STYLES),
            "</w:styles>",
        )
    )


def _style(style: Style, look: Look, pitch: int) -> str:
    digits = look.page_font if style.role == "page" else look.digits_font
    return "".join(
        (
            f'<w:style w:type="paragraph" w:customStyle="{int(not style.name.isascii())}"',
            f' w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>',
            "<w:qFormat/><w:pPr>",
            style.before,
            f'<w:spacing w:before="{style.above}" w:after="{style.after}"',
            f' w:line="{style.line or pitch}" w:lineRule="exact"/>',
            f'{style.ind}<w:jc w:val="{style.jc}"/>',
            "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>',
            f"</w:pPr><w:rPr>{fonts(look.face(style.role).name, digits)}",
            '<w:b w:val="0"/><w:bCs w:val="0"/>',
            f'<w:spacing w:val="-{CLOSER}"/>' if style.size == 32 else "",
            f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>',
        )
    )


@cache
def fonts(chinese: str, latin: str) -> str:
    """Both kinds of characters named: left out, Word falls back to a font of its own.

    The hint gives marks that both kinds have (“ ” … —) to the Chinese font.
    """
    one, other = quoteattr(latin), quoteattr(chinese)
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii={one} w:eastAsia={other} w:hAnsi={one} w:cs={one}/>'
    )


def font_table(look: Look) -> str:
    """fontTable.xml: the fonts named, with the names other machines know them by."""
    names = dict.fromkeys(
        name
        for role in ("title", "text", "lead", "heading", "page")
        for name in (look.face(role).name, look.face(role).rare)
    )
    lines = [
        f"<w:font w:name={quoteattr(name)}>"
        + (f'<w:altName w:val="{_OTHER_NAMES[name]}"/>' if name in _OTHER_NAMES else "")
        + '<w:charset w:val="86"/></w:font>'
        for name in names
    ]
    lines += (
        [] if look.digits_font in names else [f"<w:font w:name={quoteattr(look.digits_font)}/>"]
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{''.join(lines)}</w:fonts>"


def settings() -> str:
    """settings.xml: two kinds of pages, Chinese line breaking, the layout of Word since 2013."""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:defaultTabStop w:val="640"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def section(look: Look, *, odd: str, even: str) -> str:
    """The one section of a paper: page, margins, footers, 22 lines."""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
        ' w:header="851" w:footer="1417" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{look.line_pitch * 20}"/></w:sectPr>'
    )


def footer(style: str, look: Look) -> str:
    """页码: — 1 —, at the outer edge."""
    font = f"<w:rPr>{fonts(look.page_font, look.page_font)}</w:rPr>"
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r>{font}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r>{font}<w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r>{font}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


_LINE_END = re.compile("\n")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def plain(text: str) -> str:
    """Text as XML holds it: whatever it says, it stays text."""
    return escape(legible(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")))


def runs(text: str, face: Face, digits: str, style: str = "") -> str:
    """Text as runs: each names its fonts, and what the font does not hold is in the wider one."""
    text = plain(text)
    mixed = face.rare != face.name and not text.isascii()
    pieces = _rare().split(text) if mixed else [text]  # every second one is rare
    return "".join(
        f"<w:r><w:rPr>{style}{fonts(face.rare if at % 2 else face.name, digits)}</w:rPr>"
        f'<w:t xml:space="preserve">{_LINE_END.sub(_BREAK, piece)}</w:t></w:r>'
        for at, piece in enumerate(pieces)
        if piece
    )


@cache
def _rare() -> re.Pattern[str]:
    """Ideographs outside GB 2312, as in 埇桥区 or 李喆."""
    held = {
        char
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        for char in bytes((high, low)).decode("gb2312", "ignore")
    }
    common = (chr(code) for code in range(0x4E00, 0xA000))
    outside = "".join(char for char in common if char not in held)
    return re.compile(f"([\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff{outside}]+)")
