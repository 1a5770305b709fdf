"""公文的写法: how the parts of a paper are spelled, the same in every format. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlsplit

from monitor.model import Status
from reports.manuscript import (
    Annex,
    Block,
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
from reports.prose import ems

#: the removable box at the top of the working copy
CHECKS_TITLE = "送审前请核对"
NOTHING = "—"  # in a cell: there is no value, and nobody forgot it
UNSIGNED_DAY = "【　　年　月　日】"
TITLE_ROOM = 20  # full-width characters of 2号 in one line of the type area

_HOST = re.compile(r"[\w.-]+(:\d{1,5})?")
_ADDRESS_LIMIT = 2083  # characters of a link that Word follows
_SAFE = "/?&=%:;,+@!$'()*~"  # in an address beside letters and digits

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_MARKED = re.compile("【([^【】]*)】")
_STRAY = re.compile("[【】]")
_FIRST_LEVEL = re.compile("[一二三四五六七八九十]+、")

# the words that titles of these papers are made of: a title may break where one begins or ends
_WORDS = re.compile(
    r"\d+年(?:\d+月(?:\d+日)?|第?[一二三四1-4]季度|[上下]半年|度)?|\d+月(?:\d+日)?"
    r"|信息公开|政务公开|自查自纠|网站栏目|分类统计|统计口径|关于|整改|反馈|检查|巡查|核查|考核"
    r"|评分|得分|情况|问题|清单|事项|工作|做好|单位|公开|报告|通报|通知|台账|说明|方案"
)
_NO_START = frozenset("的了和与及、，。；：？）》〉”’】〕")
_NO_END = frozenset("和与及、（《〈“‘【〔") | {"于"}


def cleaned(paper: Paper) -> Paper:
    """送审稿: the paper without the box of checks and without 【】.

    Words keep their place; what nobody filled in becomes room to write by hand.
    """
    return replace(
        paper,
        title=_unmarked(paper.title),
        subtitle=_unmarked(paper.subtitle),
        addressee=_unmarked(paper.addressee),
        blocks=tuple(map(_clean_block, paper.blocks)),
        annexes=tuple(
            Annex(name=_unmarked(annex.name), blocks=tuple(map(_clean_block, annex.blocks)))
            for annex in paper.annexes
        ),
        signed_by=_unmarked(paper.signed_by),
        contact=_unmarked(paper.contact),
        checks=(),
    )


def day(on: date | None, *, clean: bool = False) -> str:
    """成文日期: full year, no leading zeros; room for it when it is not known.

    >>> day(date(2026, 11, 2))
    '2026年11月2日'
    """
    if on is not None:
        return f"{on.year}年{on.month}月{on.day}日"
    return _unmarked(UNSIGNED_DAY) if clean else UNSIGNED_DAY


def addressee(text: str) -> str:
    """主送机关 with its full-width colon.

    >>> addressee("各直属学校:")
    '各直属学校：'
    """
    return f"{text.rstrip('：: ')}：" if text else ""


def in_brackets(text: str) -> str:
    """副标题 and 附注 stand in brackets.

    >>> in_brackets("联系人：张三")
    '（联系人：张三）'
    """
    return text if not text or (text[0] == "（" and text[-1] == "）") else f"（{text}）"


def run_in(lead: str) -> str:
    """A heading that its paragraph goes on from ends like a sentence.

    >>> run_in("（一）巡查范围和结果")
    '（一）巡查范围和结果。'
    """
    return lead if not lead or lead[-1] in "。？：；" else f"{lead}。"


def lead_level(lead: str) -> int:
    """The level of a run-in heading: 1 is 一、, 2 is （一）.

    >>> lead_level("一、逐项整改"), lead_level("（一）巡查范围和结果")
    (1, 2)
    """
    return 1 if _FIRST_LEVEL.match(lead) else 2


def annex_label(paper: Paper, number: int) -> str:
    """附件1 on its page; one annex alone has no number."""
    return f"附件{number}" if len(paper.annexes) > 1 else "附件"


def annex_list(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """附件说明: for each annex what stands before its number, the number and its name."""
    for number, annex in enumerate(paper.annexes, start=1):
        counted = f"{number}." if len(paper.annexes) > 1 else ""
        yield "附件：" if number == 1 else "", counted, annex.name


def words_of(cell: Cell) -> str:
    """What a cell of a paper says; a cell is never blank.

    >>> words_of(Status.MISSING), words_of(0), words_of(" ")
    ('× 应公开未公开', '0', '—')
    """
    if isinstance(cell, Status):
        return f"{cell.symbol} {cell.value}"
    text = legible(cell.text if isinstance(cell, Link) else "" if cell is None else str(cell))
    return text if text.strip() else NOTHING


def is_centred(column: TableColumn, cell: Cell) -> bool:
    """Numbers, and the mark that there is nothing, stand in the middle of their cells, text at the
    left.
    """
    is_number = column.kind is Kind.NUMBER or column.heading == "序号" or isinstance(cell, int)
    return is_number or words_of(cell) == NOTHING


def followed(address: str) -> str:
    """The address as a link may hold it, or nothing where a reader should see words only.

    >>> followed("https://a.cn/栏目 1.html"), followed("javascript:alert(1)")
    ('https://a.cn/%E6%A0%8F%E7%9B%AE%201.html', '')
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc)
        if not known or parts.port == 0:
            return ""
    except ValueError:
        return ""
    rest = quote(parts.path, _SAFE, errors="replace")
    rest += f"?{quote(parts.query, _SAFE, errors='replace')}" if parts.query else ""
    rest += f"#{quote(parts.fragment, _SAFE, errors='replace')}" if parts.fragment else ""
    followed = f"{parts.scheme}://{parts.netloc}{rest}"
    return followed if len(followed) <= _ADDRESS_LIMIT else ""


def legible(text: str) -> str:
    r"""The text without control characters and without marks that turn the writing round.

    >>> legible("第一\x0b小\u202e学")
    '第一小学'
    """
    return _UNWRITABLE.sub("", text)


def title_lines(title: str, room: float = TITLE_ROOM) -> tuple[str, ...]:
    """标题 in lines: broken between words only, as a trapezoid; whole where no break is good.

    >>> title_lines("某市教育局关于2026年第三季度信息公开检查情况的通报")
    ('某市教育局关于2026年第三季度', '信息公开检查情况的通报')
    """
    if ems(title) <= room:
        return (title,)
    best: tuple[float, int] | None = None
    for at in sorted({place for word in _WORDS.finditer(title) for place in word.span()}):
        upper, lower = title[:at].rstrip(), title[at:].lstrip()
        if not (upper and lower) or lower[0] in _NO_START or upper[-1] in _NO_END:
            continue
        first, second = ems(upper), ems(lower)
        if max(first, second) > room or min(first, second) < room / 5:
            continue
        # four characters apart is the clearest trapezoid; of two as good the longer line is above
        unlike = abs(abs(first - second) - 4) + (0 if first > second else 0.25)
        if best is None or unlike < best[0]:
            best = (unlike, at)
    return (title,) if best is None else (title[: best[1]].rstrip(), title[best[1] :].lstrip())


def signature_indents(name: float, day_width: float, *, sealed: bool) -> tuple[float, float]:
    """署名 and 成文日期: how far each ends from the right edge, all in characters.

    With a seal the date ends four characters from the edge and the name stands centred over it;
    without, the name ends two from the edge and the date begins two further right than the name.

    >>> signature_indents(9, 6.5, sealed=True), signature_indents(9, 6.5, sealed=False)
    ((2.75, 4.0), (2.0, 2.5))
    """
    if sealed:
        over = 4 + (day_width - name) / 2
        return (over, 4.0) if over >= 0 else (0.0, (name - day_width) / 2)
    if day_width > name:
        return 4 + day_width - name, 2.0
    return 2.0, name - day_width


def _unmarked(text: str) -> str:
    """Take 【】 away.

    >>> _unmarked("（联系人：【　】）、【建议】")
    '（联系人：　　）、建议'
    """
    return _STRAY.sub("", _MARKED.sub(_filled, text))


def _filled(mark: re.Match[str]) -> str:
    words = mark[1]
    return words if words.strip() else words.ljust(2, "　")


def _clean_block(block: Block) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=_unmarked(block.text))
    if isinstance(block, Paragraph):
        return replace(block, text=_unmarked(block.text), lead=_unmarked(block.lead))
    return PaperTable(
        title=_unmarked(block.title),
        table=_clean_table(block.table),
        unit=_unmarked(block.unit),
        note=_unmarked(block.note),
    )


def _clean_table(table: Table) -> Table:
    return Table(
        columns=tuple(replace(one, heading=_unmarked(one.heading)) for one in table.columns),
        rows=tuple(tuple(map(_clean_cell, row)) for row in table.rows),
        total=tuple(map(_clean_cell, table.total)),
    )


def _clean_cell(cell: Cell) -> Cell:
    if isinstance(cell, Link):
        return replace(cell, text=_unmarked(cell.text))
    return _unmarked(cell) if isinstance(cell, str) else cell
