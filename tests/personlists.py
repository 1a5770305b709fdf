"""Lists of invented persons in several formats, and papers full of numbers that are nobody's.

Identity numbers are made by GB 11643 here, apart from the program; names, streets and cards are
drawn by lot.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from paperwork import pdf_of, stream, word, workbook

#: places as numbers have them: of today, merged long ago, and one that no list holds
REGIONS = (
    *("340825", "341823", "320583", "110108", "342501", "510104", "440306", "652901", "370283"),
    *("420106", "612401", "350582", "130682", "232103", "530127", "340898"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁"
_GIVEN = "子涵雨欣浩然梓萱一诺宇轩思琪佳怡俊杰明辉志强秀英建国"
_STREETS = ("青石镇向阳村", "河西街道东风路", "城关镇建设社区", "柳树乡大塘村")


@dataclass(frozen=True)
class Paper:
    """One entry: a page or a file, and the numbers that stand in it for all to read."""

    title: str
    body: bytes
    kind: str  # html, xlsx, docx, pdf
    ids: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    mobiles: frozenset[str] = frozenset()
    others: frozenset[str] = field(default=frozenset())  # birth dates and homes

    @property
    def planted(self) -> frozenset[str]:
        return self.ids | self.cards | self.mobiles


def id_number(lot: random.Random) -> str:
    born = date(1950, 1, 1) + timedelta(days=lot.randrange(365 * 68))
    body = f"{lot.choice(REGIONS)}{born:%Y%m%d}{lot.randrange(1000):03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def card_number(lot: random.Random, length: int = 19) -> str:
    body = "62" + "".join(str(lot.randrange(10)) for _ in range(length - 3))
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def mobile_number(lot: random.Random) -> str:
    return lot.choice(("138", "139", "150", "187", "177", "199")) + f"{lot.randrange(10**8):08}"


def name(lot: random.Random) -> str:
    return lot.choice(_FAMILY) + "".join(lot.sample(_GIVEN, lot.choice((1, 2))))


def list_of_persons(lot: random.Random, number: int) -> Paper:
    """An aid list with full numbers, written as offices write them."""
    people = [
        (name(lot), id_number(lot), card_number(lot, lot.choice((16, 19))), mobile_number(lot))
        for _ in range(lot.randrange(2, 9))
    ]
    header = ["序号", "姓名", "身份证号码", "银行卡号", "联系电话"]
    rows = [(str(place), *person) for place, person in enumerate(people, 1)]
    header, rows = _fewer_columns(lot, header, rows)
    shown = set().union(*(set(row) for row in rows))
    written = [tuple(_as_written(lot, cell) for cell in row) for row in rows]
    title = f"2026年秋季{lot.choice(('助学金', '营养餐补助', '困难学生资助'))}名单公示（{number}）"
    kind = ("html", "xlsx", "docx", "pdf")[number % 4]
    return Paper(
        title=title,
        body=_FORMATS[kind](lot, title, tuple(header), written),
        kind=kind,
        ids=frozenset(person[1] for person in people if person[1] in shown),
        cards=frozenset(person[2] for person in people if person[2] in shown),
        mobiles=frozenset(person[3] for person in people if person[3] in shown),
    )


def harmless(lot: random.Random, number: int) -> Paper:
    """A paper with long numbers, none of which is anybody's to hide."""
    header, rows = lot.choice(_HARMLESS)(lot)
    title = f"{lot.choice(('收费公示', '值班安排', '责任督学公示', '录取名单公示'))}（{number}）"
    kind = ("html", "xlsx", "docx", "pdf")[number % 4]
    return Paper(title=title, body=_FORMATS[kind](lot, title, header, rows), kind=kind)


# --- what stands in them ---------------------------------------------------------------


def _fewer_columns(
    lot: random.Random, header: list[str], rows: list[tuple[str, ...]]
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Most lists have not all of it; the identity number is the commonest."""
    left_out = lot.choice(((), (3,), (4,), (3, 4)))
    keep = [place for place in range(len(header)) if place not in left_out]
    return [header[place] for place in keep], [tuple(row[p] for p in keep) for row in rows]


def _as_written(lot: random.Random, cell: str) -> str:
    if len(cell) == 18 and cell[:17].isdecimal():
        form = lot.randrange(8)
        if form == 0:
            return f"{cell[:6]} {cell[6:14]} {cell[14:]}"
        if form == 1:
            return cell.translate({ord("0") + n: ord("０") + n for n in range(10)})
        if form == 2:
            return cell.lower()
    if len(cell) in (16, 19) and cell.isdecimal() and lot.randrange(4) == 0:
        return " ".join(cell[place : place + 4] for place in range(0, len(cell), 4))
    return cell


def _digits(lot: random.Random, length: int) -> str:
    return "".join(str(lot.randrange(10)) for _ in range(length))


def _staff(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows = [(name(lot), lot.choice(("校长", "会计")), mobile_number(lot)) for _ in range(5)]
    return ("姓名", "职务", "联系电话"), rows


def _offices(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows = [(f"第{n}小学", f"{lot.choice(_STREETS)}{n}号", mobile_number(lot)) for n in range(1, 6)]
    return ("学校名称", "地址", "招生咨询电话"), rows


def _payments(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows = [
        (f"20261{_digits(lot, 13)}", f"1{_digits(lot, 17)}", f"{lot.randrange(100, 900)}.00")
        for _ in range(6)
    ]
    return ("订单号", "流水号", "金额"), rows


def _codes(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows = [
        (f"第{n}小学", f"12340825{_digits(lot, 9)}{lot.choice('0123456789X')}") for n in range(1, 6)
    ]
    return ("单位名称", "统一社会信用代码"), rows


def _spoilt(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Identity numbers as they should be shown, and some with a wrong check character."""
    rows = []
    for n in range(1, 6):
        right = id_number(lot)
        wrong = right[:17] + str((int(right[17].replace("X", "5")) + 1) % 10)
        if wrong[17] == right[17]:
            continue
        rows.append((str(n), name(lot), f"{right[:6]}********{right[14:]}", _exam(lot)))
        rows.append((str(n), name(lot), f"{right[:3]}***{right[-2:]}", wrong))
    return ("序号", "姓名", "身份证号（隐去部分）", "报名序列号"), rows


def _exam(lot: random.Random) -> str:
    return f"2634{_digits(lot, 10)}"


def _account(lot: random.Random) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    card = card_number(lot)
    return ("项目", "说明"), [
        ("缴费方式", f"户名：青禾县实验小学　开户银行：中国农业银行　账号：{card}"),
        ("联系电话", f"联系人：王老师 {mobile_number(lot)}"),
        ("举报电话", f"0563-{_digits(lot, 7)}、{mobile_number(lot)}"),
    ]


_HARMLESS = (_staff, _offices, _payments, _codes, _spoilt, _account)


# --- how they are written --------------------------------------------------------------

Rows = Sequence[tuple[str, ...]]


def _html(lot: random.Random, title: str, header: tuple[str, ...], rows: Rows) -> bytes:
    def cell(text: str) -> str:
        if len(text) > 14 and lot.randrange(3) == 0:  # as a word processor leaves it
            return f"<td><p><span>{text[:5]}</span><span lang='EN-US'>{text[5:]}</span></p></td>"
        return f"<td>{text}</td>"

    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    first = "".join(f"<td>{cell}</td>" for cell in header)
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<div class='main'><h1>{title}</h1><div class='info'>发布时间：2026-11-02</div>"
        f"<div class='content'><p>根据上级文件要求，经个人申请、评议，现将有关情况予以公示，"
        f"公示期5个工作日。联系电话：0563-1234567、13805550000。</p>"
        f"<table><tr>{first}</tr>{lines}</table></div></div></body></html>"
    ).encode()


def _xlsx(lot: random.Random, title: str, header: tuple[str, ...], rows: Rows) -> bytes:
    return workbook((title,), header, *rows)


def _docx(lot: random.Random, title: str, header: tuple[str, ...], rows: Rows) -> bytes:
    return word(title, "现予以公示，举报电话：13805550000。", rows=(header, *rows))


def _pdf(lot: random.Random, title: str, header: tuple[str, ...], rows: Rows) -> bytes:
    lines = [title, "  ".join(header), *("  ".join(row) for row in rows)]
    shown = b"".join(
        b"BT /F1 12 Tf 50 %d Td <%s> Tj ET\n"
        % (780 - 20 * place, line.encode("utf-16-be").hex().encode())
        for place, line in enumerate(lines)
    )
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(shown),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H"
            b"/DescendantFonts[6 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
        ]
    )


_FORMATS: dict[str, Callable[[random.Random, str, tuple[str, ...], Rows], bytes]] = {
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}
