"""文行: the kept words of a document as lines in reading order that know their places. Pure.

A page comes as its words, then the rows of its tables; here the rows stand again where the words
of the table stood, so that a caption is above its table whatever the format.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby

from monitor.model import Extract
from monitor.textform import passing_form

#: the dots that lead to the number of a page; readers of PDF may give them before the words
LEADS_TO_PAGE = re.compile(r"(?:\.{3,}|·{3,}|-{4,}|_{4,})\d*$|\.{6,}|·{6,}")
_PAGE = re.compile(r"第(\d+)页")
_PAGE_TABLE = re.compile(r"表\d+")
#: a cell of a layout, not of a table
_LONGEST_CELL = 400
#: of a table's words, as many as tell where it stands
_BEGINNING = 60
_ENDS = re.compile(r"[。；;!?！？]")
_MOST_SHEETS = 3
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
_COUNTED = re.compile(r"[年月日万亿元个名辆批项次%]")  # blanks stand around numbers in PDF text
_FULL = 20  # characters of a line that may be broken
_BODY = "网页正文"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """一行: its cells, or the words between blanks, each in normal form, and where it stands."""

    tokens: tuple[str, ...]
    is_row: bool = False  # of a table or a sheet
    file: str = ""
    where: str = ""
    row: int = 0

    @property
    def text(self) -> str:
        return "".join(self.tokens)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence, or part of one."""
        if self.is_row:
            return False
        return "。" in self.text or (len(self.text) > 30 and "," in self.text)

    @property
    def is_amounts(self) -> bool:
        """Whether it is a row of a table that lost its cells: numbers stand by themselves in it."""
        return any(
            _AMOUNT.fullmatch(token) and not _COUNTED.match(behind)
            for token, behind in zip(self.tokens, (*self.tokens[1:], ""), strict=True)
        )

    def place(self, cell: int = 0) -> str:
        """Where a reader finds a cell of it: 附件“预算.xlsx”三公!B12, 第3页, 网页正文."""
        if not self.file:
            return f"网页{self.where}第{self.row}行" if self.where else _BODY
        where = self.where
        if self.row:
            where = f"{where}!{_letters(cell)}{self.row}"
        return f"附件“{self.file}”{where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """一句: the words of one sentence, which may run over several lines, and where it begins."""

    text: str
    line: Line


@lru_cache(maxsize=16)
def lines_of(extracts: tuple[Extract, ...]) -> tuple[Line, ...]:
    """The lines of a document: of its page, then of each of its files."""
    lines: list[Line] = []
    for file, there in groupby(extracts, key=lambda one: one.file):
        pieces = tuple(there)
        lines += _of_file(pieces) if file else _of_page(pieces)
    return tuple(lines)


@lru_cache(maxsize=16)
def sentences_of(lines: tuple[Line, ...]) -> tuple[Sentence, ...]:
    """The sentences of what is no table; one may run over several lines of a file."""
    found: list[Sentence] = []
    there: list[Line] = []
    for line, below in zip(lines, (*lines[1:], None), strict=True):
        if line.is_row or line.is_amounts:
            found += _sentences(there)
            there = []
            continue
        there.append(line)
        # a line that is not full is not broken: what follows is another sentence
        if below is None or below.file != line.file or len(line.text) < _FULL:
            found += _sentences(there)
            there = []
    return tuple(found)


def _sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    starts = [0, *accumulate(len(line.text) for line in lines)]
    text = "".join(line.text for line in lines)
    begin = 0
    for end in [*(mark.end() for mark in _ENDS.finditer(text)), len(text)]:
        if said := text[begin:end]:
            place = max(number for number in range(len(lines)) if starts[number] <= begin)
            yield Sentence(text=said, line=lines[place])
        begin = end


def looked_at(lines: Sequence[Line]) -> str:
    """Where was looked, for a reader: the page, and of each file the pages or sheets."""
    parts = []
    for file, there in groupby(lines, key=lambda line: line.file):
        wheres = list(dict.fromkeys(line.where for line in there))
        parts.append(f"附件“{file}”{_span(wheres)}" if file else _BODY)
    return "、".join(dict.fromkeys(parts))


def _span(wheres: Sequence[str]) -> str:
    pages = [int(found[1]) for where in wheres if (found := _PAGE.fullmatch(where))]
    if pages:
        first, last = min(pages), max(pages)
        return f"第{first}页" if first == last else f"第{first}—{last}页"
    sheets = [where for where in wheres if where and not where.startswith(("第", "表"))]
    if not sheets:
        return "全文"
    more = f"等{len(sheets)}张表" if len(sheets) > _MOST_SHEETS else ""
    return f"（{'、'.join(sheets[:_MOST_SHEETS])}{more}）"


def _of_file(extracts: Sequence[Extract]) -> Iterator[Line]:
    for one in extracts:
        if one.row or "\t" in one.text or _is_row_of_word(one.where):
            yield Line(
                tokens=_cells(one.text), is_row=True, file=one.file, where=one.where, row=one.row
            )
            continue
        for text in one.text.split("\n"):
            if tokens := _tokens(text):
                yield Line(tokens=tokens, file=one.file, where=one.where)


def _is_row_of_word(where: str) -> bool:
    return where.startswith("表") and where.endswith("行")


def _of_page(extracts: Sequence[Extract]) -> list[Line]:
    """The words of a page, each table in the place where its words stand among them."""
    words = [one for one in extracts if not one.row]
    lines = [
        Line(tokens=tokens)
        for one in words
        for text in one.text.split("\n")
        if (tokens := _tokens(text))
    ]
    rows = [one for one in extracts if one.row and _PAGE_TABLE.fullmatch(one.where)]
    for where, there in groupby(rows, key=lambda one: one.where):
        table = [
            Line(tokens=_cells(one.text), is_row=True, where=where, row=one.row) for one in there
        ]
        if any(len(cell) > _LONGEST_CELL for row in table for cell in row.tokens):
            continue
        lines = _put(table, lines)
    return lines


def _put(table: list[Line], lines: list[Line]) -> list[Line]:
    """Put the rows where their words stand; what is found nowhere is put last."""
    words = "".join(row.text for row in table)
    if not words:
        return lines
    starts: list[int] = []
    text = ""
    for line in lines:
        starts.append(len(text))
        # a row that was put already is no place for another table
        text += "\x00" * len(line.text) if line.is_row else line.text
    place = text.find(words[:_BEGINNING])
    if place < 0:
        return [*lines, *table]
    first = max(number for number, start in enumerate(starts) if start <= place)
    after = [number for number, start in enumerate(starts) if start >= place + len(words)]
    before = lines[:first] if starts[first] == place else lines[: first + 1]
    return [*before, *table, *(lines[after[0] :] if after else [])]


def _cells(text: str) -> tuple[str, ...]:
    return tuple(passing_form(cell) for cell in text.split("\t"))


def _tokens(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text)
    return tuple(form for word in plain.split() if (form := passing_form(word)))


def _letters(column: int) -> str:
    """The name of a column of a sheet, counted from 0.

    >>> _letters(1), _letters(26)
    ('B', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
