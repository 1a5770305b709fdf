"""表题: tables found by the captions above them, and whether anything is in them. Pure.

Offices name one table in many ways; its name is compared without what they put in or leave out
(部门收支总体情况表, 2026年收支预算总表). A name in a sentence or in a list of contents is no table:
there is none without numbers below the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from monitor.completeness.lines import LEADS_TO_PAGE, Line, Sentence
from monitor.textform import passing_form

_QUOTES = re.compile(r"[\"'“”‘’《》〈〉「」#*]")
#: what is put into a name or left out; 收入支出 and 收支 are the same
_FILLING = re.compile(r"预算|决算|部门|单位|年度|情况|本级")
#: numbers before a caption: 表1, 附件2:, (三), 公开03表, Z01-1
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+部分|附?[件表](?:\d+|[一二三四五六七八九十]+(?!般))(?:[-—]\d+)?"
    r"|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|[A-Za-z]{0,2}\d{1,3}(?:[-—.]\d+)?(?![\d年])"
    r"|公开\d*表?)[、.:)_-]*"
)
#: what follows a caption in its line
_AFTER = re.compile(
    r"(?:\([^()]{0,16}\)|续表?|公开\d*表|(?:金额)?单位:?.{0,4}元"
    r"|编制单位.*)+$"
)
_LONGEST_CAPTION = 60
_LONGEST_NAME = 30  # of the second half of a caption that is broken over two lines
#: what makes another table of 收支总表 or 支出总表 that follows it: only a part of the money
_PART_OF_IT = re.compile(
    r"(?:财政拨款|一般公共|公共|政府性基金|基金|国有资本经营|资本经营|财政专户|基本|项目|三公经费)$"
)
_ALL_OF_IT = ("收支", "收入", "支出")
_SHORTEST_BARE = 4  # of a name that may stand without its 表, under a number
_PUNCTUATION = re.compile(r"[。;,!?]|(?:、[^、]*){3}")
_SECTION = re.compile(r"^第[一二三四五六七八九十]+部分")
_OTHER_TABLE = re.compile(r"^(?:[^\d,。;:]*20\d\d年)?[^\d,。;:]{6,40}表$")
_NOTE = re.compile(r"^(?:注|备注|说明|附注)[:\d]")
#: how far below a caption words may still stand above the table, and below a table about it
_HEAD, _FOOT = 3, 3

_NUMBER = re.compile(r"(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d])")
#: numbers that are no amounts, by what stands around them
_BEFORE = re.compile(r"[年月第表〔\[(\d]$")
_BEHIND = re.compile(
    r"^(?:[年月日号、.:)〕%‰]|[个人名辆批项次条款页季期岁级类份台套处家所]|学年|-\d)"
)
#: functions and purposes of spending are numbered: 205, 20502, 2050201; 301, 30101
_CODE = re.compile(r"[23]\d{2}(?:\d{2}){0,2}(?:\.0)?")
_LINE_NUMBER = frozenset({"行次", "栏次", "序号", "科目编码", "编码", "科目代码"})
_YEARS = range(1990, 2100)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

#: a sentence that says there is nothing to list
_SAYS_NOTHING = re.compile(
    r"(?:无|没有|未安排|未发生|不涉及|未产生|未编列|未使用|未列)[^。;]{0,40}"
    r"(?:收支|预算|决算|支出|收入|资金|拨款|经费|此项|该项|数据|内容|业务|结转)"
    r"|(?:此|本|该)表(?:无|为|没有|系)|空表|为空|[为是]零|[为是]0(?![\d.]*[1-9])|无此项|无数据|没有数据"
    r"|(?<![\d.,])0(?:\.0+)?(?:[万亿])?元"
)
_LONGEST_SENTENCE = 150
#: no unit is without these: a sentence that names them denies something else
_NEVER_NONE = ("一般公共", "公共财政", "财政拨款", "基本")
#: words of a sentence below a table that mean the table above it
_ABOUT_IT = re.compile(r"[此本该]表|空表|为空|[此该][项类]|数据|相关|上述")
_TOPIC_END = re.compile(r"(?:财政拨款)?(?:收支|支出|收入|明细)?总?表?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """金额: a number of a table, the cell of its line, and what stands before it there."""

    value: Decimal
    cell: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """一张表: its caption and the lines below it, up to the next table or part."""

    caption: Line
    body: tuple[Line, ...]
    notes: tuple[Line, ...] = ()  # sentences right below it

    @property
    def is_filled(self) -> bool:
        """Whether it has a number that is not zero."""
        return any(one.value for line in _amounts_of(self.body) for one in line)

    def says_nothing(self, name: str) -> Line | None:
        """The line in it, or about it right below it, that says there is nothing to list."""
        topics = _topics(name)
        below = [
            line
            for line in self.notes
            if _ABOUT_IT.search(line.text) or any(one in _bare(line.text) for one in topics)
        ]
        near = (self.caption, *self.body, *below)
        return next((line for line in near if _SAYS_NOTHING.search(line.text)), None)


@lru_cache(maxsize=64)
def tables_in(
    lines: tuple[Line, ...], names: tuple[str, ...]
) -> Mapping[str, tuple[NamedTable, ...]]:
    """The tables of each name (``a|b``: either) in the order they stand."""
    forms = {name: tuple(map(_bare, name.split("|"))) for name in names}
    captions = dict(_captions(lines, forms))
    found: dict[str, list[NamedTable]] = {name: [] for name in names}
    for number, name in captions.items():
        body, end = _body(lines, number, captions)
        notes = lines[end : end + _FOOT]
        found[name].append(
            NamedTable(
                caption=lines[number],
                body=body,
                notes=tuple(line for line in notes if line.is_prose or _NOTE.match(line.text)),
            )
        )
    return {name: tuple(tables) for name, tables in found.items()}


def says_nothing_of(name: str, sentences: Sequence[Sentence]) -> Line | None:
    """Where a sentence says that there is nothing of what a table lists, wherever it stands."""
    topics = _topics(name)
    for sentence in sentences if topics else ():
        if len(sentence.text) <= _LONGEST_SENTENCE and _SAYS_NOTHING.search(sentence.text):
            bare = _bare(sentence.text)
            if any(topic in bare for topic in topics):
                return sentence.line
    return None


def _topics(name: str) -> frozenset[str]:
    """What money a table is about: 政府性基金; nothing for one of all the money."""
    topics = {_TOPIC_END.sub("", _bare(form)) for form in name.split("|")}
    return frozenset(one for one in topics if one and not one.startswith(_NEVER_NONE))


def amounts(line: Line, *, numbered: frozenset[int] = frozenset()) -> tuple[Amount, ...]:
    """The amounts of a line; years, codes, and numbers of things and rows are none.

    ``numbered``: its cells that hold numbers of rows.
    """
    tokens = line.tokens
    first = next((token for token in tokens if token), "")
    if first in _LINE_NUMBER:
        return ()
    found = [
        Amount(value=value, cell=cell)
        for cell, token in enumerate(tokens)
        if cell not in numbered
        for value in _numbers(token, tokens[cell + 1] if cell + 1 < len(tokens) else "", cell)
    ]
    return () if _counts_up([one.value for one in found]) else tuple(found)


def items_of(body: Sequence[Line]) -> Iterator[tuple[str, Amount | None, Line]]:
    """The labels of a table and its amounts, one after the other as they are read."""
    for line, here in zip(body, _amounts_of(body), strict=True):
        rest = list(here)
        for cell, token in enumerate(line.tokens):
            mine = [one for one in rest if one.cell == cell]
            if label := _NUMBER.sub("", token).strip(".,-"):
                yield label, None, line
            for one in mine:
                yield "", one, line


def _amounts_of(body: Sequence[Line]) -> list[tuple[Amount, ...]]:
    numbered: dict[tuple[str, str], frozenset[int]] = {}
    found = []
    for line in body:
        sheet = line.file, line.where if line.row else ""
        cells = {cell for cell, token in enumerate(line.tokens) if token in _LINE_NUMBER}
        if cells and line.is_row:
            numbered[sheet] = numbered.get(sheet, frozenset()) | cells
        counted = numbered.get(sheet, frozenset()) if line.is_row else frozenset()
        found.append(() if line.is_prose else amounts(line, numbered=counted))
    return found


def _numbers(token: str, behind: str, cell: int) -> Iterator[Decimal]:
    for found in _NUMBER.finditer(token):
        before, after = token[: found.start()], token[found.end() :]
        if _BEFORE.search(before) or _BEHIND.match(after):
            continue
        follows = after or behind
        if not before and _CODE.fullmatch(found[0]) and _CHINESE.match(follows):
            continue
        value = Decimal(found[0].replace(",", ""))
        is_whole = value == value.to_integral_value()
        if is_whole and int(value) in _YEARS:
            continue
        if cell == 0 and is_whole and abs(value) < 100 and _CHINESE.match(follows):
            continue  # the number of the row
        yield value


def _counts_up(values: Sequence[Decimal]) -> bool:
    """Whether a row only numbers the columns: 1 2 3 4."""
    if len(values) < 3:
        return False
    return all(after - before == 1 for before, after in pairwise(values))


def _captions(
    lines: Sequence[Line], forms: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """The number of each line that is a caption, and which of the names it bears."""
    file = ""
    taken = -1
    for number, line in enumerate(lines):
        own = _named(line.text, forms) if _may_be_caption(line) else None
        if own is None and line.file != file:
            own = _named(line.file.rpartition(".")[0] or line.file, forms)
        file = line.file
        if own is None and taken != number - 1 and number + 1 < len(lines):
            own = _broken(line, lines[number + 1], forms)
        if own is not None:
            taken = number
            yield number, own


def _broken(line: Line, below: Line, forms: Mapping[str, tuple[str, ...]]) -> str | None:
    """The name of a caption that is broken over two lines."""
    if line.is_row or below.is_row or line.file != below.file:
        return None
    if not line.text or len(line.text) > _LONGEST_NAME or len(below.text) > _LONGEST_NAME:
        return None
    if _named(below.text, forms) is not None or not below.text.endswith("表"):
        return None
    return _named(line.text + below.text, forms)


def _may_be_caption(line: Line) -> bool:
    if not line.is_row:
        return True
    filled = [token for token in line.tokens if token]
    # a title over a table fills one cell, its number or unit another
    return len(filled) <= 3 and not amounts(line)


def _named(text: str, forms: Mapping[str, tuple[str, ...]]) -> str | None:
    """The name that a caption bears; None if it is no caption of these.

    What tells more wins: 三公 before 支出表, then the longest that fits. A heading with a number
    may leave out the last character: 一、收支总体情况.
    """
    # most lines of a table end with an amount; a caption with the number of a page is contents
    if len(text) > _LONGEST_CAPTION or text[-1:].isdigit() or LEADS_TO_PAGE.search(text):
        return None
    text = _AFTER.sub("", _QUOTES.sub("", text))
    unnumbered = _NUMBERING.sub("", text)
    if _PUNCTUATION.search(unnumbered):
        return None
    bare = _bare(_NUMBERING.sub("", text.rpartition(":")[2] or text))
    is_heading = unnumbered != text and not bare.endswith("表")
    fitting = [
        (not form.startswith(_ALL_OF_IT), len(form), name)
        for name, alternatives in forms.items()
        for form in alternatives
        if _fits(bare, form)
        or (is_heading and len(form) >= _SHORTEST_BARE and _fits(f"{bare}表", form))
    ]
    return max(fitting)[2] if fitting else None


def _fits(bare: str, form: str) -> bool:
    """Whether a caption bears a name; one without its 表 may stand anywhere in it."""
    if not form.endswith("表"):
        return form in bare and bare.endswith("表")
    if not bare.endswith(form):
        return False
    before = bare.removesuffix(form)
    return not (form.startswith(_ALL_OF_IT) and _PART_OF_IT.search(before))


def _bare(name: str) -> str:
    """A name without what offices put in or leave out.

    >>> _bare("部门收入支出决算总体情况表"), _bare("一般公共预算“三公”经费支出表")
    ('收支总表', '一般公共三公经费支出表')
    """
    text = _FILLING.sub("", _QUOTES.sub("", passing_form(name)))
    return text.replace("收入支出", "收支").replace("总体", "总").replace("总额表", "总表")


def _body(
    lines: Sequence[Line], number: int, captions: Mapping[int, str]
) -> tuple[tuple[Line, ...], int]:
    """The lines below a caption that are its table, and where they end."""
    caption = lines[number]
    end = number + 1
    while end < len(lines):
        line = lines[end]
        if line.file != caption.file or _is_another_sheet(line, caption):
            break
        if end in captions and captions[end] != captions[number]:
            break
        if _SECTION.match(line.text) or LEADS_TO_PAGE.search(line.text):
            break
        if end > number + _HEAD and line.is_prose and not _NOTE.match(line.text):
            break
        if end > number + 1 and _is_another_table(line):
            break
        end += 1
    return tuple(lines[number + 1 : end]), end


def _is_another_sheet(line: Line, caption: Line) -> bool:
    return bool(line.file and (line.row or caption.row) and line.where != caption.where)


def _is_another_table(line: Line) -> bool:
    """Whether a line is the caption of a table that nobody asked for."""
    text = _AFTER.sub("", _QUOTES.sub("", line.text))
    one_cell = not line.is_row or sum(1 for token in line.tokens if token) == 1
    return one_cell and _OTHER_TABLE.match(_NUMBERING.sub("", text)) is not None
