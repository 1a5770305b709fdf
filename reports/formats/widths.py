"""列宽: how the columns of a table share the width of the page, by what stands in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from monitor.model import Status
from reports.formats.conventions import NOTHING, words_of
from reports.manuscript import Cell, Kind, Paper, PaperTable, Table, TableColumn
from reports.prose import ems

WIDE = 8845  # twips: the type area of a page, 156 mm
CELL_SIDES = 80  # twips left and right of a cell's text
_EM = 210  # twips of one character of 五号, the text of tables
_LONG = 80.0  # characters: a longer text asks for no more room than this
#: digits where another font stands in for Times New Roman; a date that is broken is misread
_WIDER = {"%": 1.0} | dict.fromkeys("0123456789", 0.65)

#: some programs put a gap between digits and Chinese, asked or not
_GAP = 0.25
_GAPS = re.compile(r"(?<=[0-9])(?=[^ -~])|(?<=[^ -~])(?=[0-9])")

#: a kind of table, told by its columns
Columns = tuple[TableColumn, ...]


def paper_widths(paper: Paper) -> Mapping[Columns, list[int]]:
    """The widths of a paper's tables; those with the same columns share theirs."""
    kinds: dict[Columns, list[tuple[Cell, ...]]] = {}
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        for block in blocks:
            if isinstance(block, PaperTable):
                kinds.setdefault(block.table.columns, []).extend(_rows(block.table))
    return {
        columns: column_widths(Table(columns=columns, rows=tuple(rows)))
        for columns, rows in kinds.items()
    }


def column_widths(table: Table) -> list[int]:
    """The width of each column, in twips; together they fill the type area."""
    return in_whole(shared(*_asked(table), room=WIDE), WIDE)


def heading_lines(heading: str, width: int) -> tuple[str, ...]:
    """A heading in lines of a column: broken before what stands in brackets, else evenly.

    >>> heading_lines("连续天数", 900), heading_lines("栏目（事项）", 1100)
    (('连续', '天数'), ('栏目', '（事项）'))
    """
    room = _room(width)
    if ems(heading) <= room or not heading:
        return (heading,)
    name, bracket, rest = heading.partition("（")
    if name and bracket and max(ems(name), ems(bracket + rest)) <= room:
        return name, bracket + rest
    count = ceil(ems(heading) / room)
    size = ceil(len(heading) / count)
    return tuple(heading[at : at + size] for at in range(0, len(heading), size))


def cell_lines(cell: Cell, width: int) -> str:
    """What a cell says; a type of problem that does not fit is broken in its middle."""
    words = words_of(cell)
    if not isinstance(cell, Status) or ems(words) <= _room(width):
        return words
    half = len(cell.value) // 2
    return f"{cell.symbol} {cell.value[:half]}\n{cell.value[half:]}"


def lines_of(table: Table, widths: Sequence[int]) -> int:
    """How many lines of text a table is tall, its heading among them."""
    headings = [heading_lines(*one) for one in _headed(table, widths)]
    rooms = [_room(width) for width in widths]
    return max(map(len, headings), default=0) + sum(
        max(ceil(ems(words_of(cell)) / room) for cell, room in zip(row, rooms, strict=True))
        for row in _rows(table)
    )


def shared(least: list[float], wished: list[float], room: float) -> list[float]:
    """Share ``room`` among columns: each its least first, then by what it wishes, long texts less
    than in proportion. The widths always fill the room.
    """
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    wished = [max(pair) for pair in zip(least, wished, strict=True)]
    if sum(wished) <= room:
        spare = (room - sum(wished)) / sum(wished)
        return [width * (1 + spare) for width in wished]

    def level(by: float) -> list[float]:
        return [
            min(wish, max(low, by * wish**0.5)) for low, wish in zip(least, wished, strict=True)
        ]

    low, high = 0.0, room
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(level(middle)) < room else (low, middle)
    return level(low)


def in_whole(widths: list[float], room: int) -> list[int]:
    """Whole numbers whose sum is exactly ``room``."""
    edges = [0]
    total, reached = sum(widths), 0.0
    for width in widths:
        reached += width
        edges.append(round(room * reached / total))
    return [after - before for before, after in pairwise(edges)]


def _asked(table: Table) -> tuple[list[float], list[float]]:
    """How wide each column must be at the least and would like to be, in twips."""
    rows = _rows(table)
    cells = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    asked = [_needs(column, values) for column, values in zip(table.columns, cells, strict=True)]
    if sum(wish for _, wish, _ in asked) > WIDE:  # short words in two lines leave room for texts
        asked = [(least, least if folds else wish, folds) for least, wish, folds in asked]
    return [least for least, _, _ in asked], [wish for _, wish, _ in asked]


def _needs(column: TableColumn, values: Iterable[Cell]) -> tuple[float, float, bool]:
    """The least width, the width it would like, whether its words fold well into two lines."""
    words = [words_of(value) for value in values]
    longest = max(map(_breadth, words), default=0.0)
    heading = ems(column.heading)
    folds = False
    if column.kind is Kind.NUMBER or all(map(_is_one_word, words)):
        least = longest
    elif column.kind is Kind.STATUS:
        least, folds = min(longest, 4.5), True  # × 应公开 above 未公开
    elif longest <= 3 or 4 < longest <= 5.5:  # 待整改, 11月24日: no last character alone
        least = longest
    elif longest <= 4:
        least, folds = -(-longest // 2) + (longest % 1), True  # 11月 above 9日
    else:
        least = 4.0
    whole = max((_breadth(text) for text in words if _is_one_word(text)), default=0.0)
    least = max(least, whole, _heading_least(column.heading))
    return _wide(least), _wide(max(min(longest, _LONG), heading)), folds


def _heading_least(heading: str) -> float:
    """The width at which a heading stands in two lines, what is in brackets in the second."""
    name, bracket, rest = heading.partition("（")
    if name and bracket:
        return max(ems(name), ems(bracket + rest))
    return min(ems(heading), max(2.0, -(-ems(heading) // 2)))


def _breadth(text: str) -> float:
    """How wide a text is at the most, in full-width characters."""
    wider = sum(_WIDER[char] - 0.5 for char in text if char in _WIDER)
    return ems(text) + wider + _GAP * len(_GAPS.findall(text))


def _rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return (*table.rows, table.total) if table.total else table.rows


def _headed(table: Table, widths: Sequence[int]) -> Iterable[tuple[str, int]]:
    return zip((column.heading for column in table.columns), widths, strict=True)


def _room(width: int) -> float:
    """The characters that a line of a cell holds."""
    return max(1.0, (width - 2 * CELL_SIDES) / _EM)


def _is_one_word(text: str) -> bool:
    """2026-10-28, 93.8%: not to be broken."""
    return text == NOTHING or (text.isascii() and " " not in text and len(text) <= 12)


def _wide(characters: float) -> float:
    return characters * _EM + 2 * CELL_SIDES + 20
