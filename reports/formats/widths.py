"""列宽: how the columns of a table share the width of the page, by what stands in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reports.formats.conventions import NOTHING, ems, words_of
from reports.manuscript import Cell, Kind, Table, TableColumn

WIDE = 8845  # twips: the type area of a page, 156 mm
CELL_SIDES = 80  # twips left and right of a cell's text
_EM = 210  # twips of one character of 五号, the text of tables
_LONG = 40.0  # characters: a longer text asks for no more room than this


def column_widths(table: Table) -> list[int]:
    """The width of each column, in twips; together they fill the type area."""
    return in_whole(shared(*_asked(table), room=WIDE), WIDE)


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
    rows = table.rows + ((table.total,) if table.total else ())
    cells = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    asked = [_needs(column, values) for column, values in zip(table.columns, cells, strict=True)]
    if sum(wish for _, wish, _ in asked) > WIDE:  # short words in two lines leave room for texts
        asked = [(least, least if folds else wish, folds) for least, wish, folds in asked]
    return [least for least, _, _ in asked], [wish for _, wish, _ in asked]


def _needs(column: TableColumn, values: Iterable[Cell]) -> tuple[float, float, bool]:
    """The least width, the width it would like, whether its words fold well into two lines."""
    words = [words_of(value) for value in values]
    longest = max(map(ems, words), default=0.0)
    heading = ems(column.heading)
    folds = False
    if column.kind is Kind.NUMBER or all(map(_is_one_word, words)):
        least = longest
    elif column.kind is Kind.STATUS:
        least, folds = min(longest, 4.5), True  # × 应公开 above 未公开
    elif longest <= 4:
        least, folds = -(-longest // 2) + (longest % 1), True  # 11月 above 9日
    else:
        least = 3.0
    least = max(least, min(heading, max(2.0, -(-heading // 2))))
    return _wide(least), _wide(max(min(longest, _LONG), heading)), folds


def _is_one_word(text: str) -> bool:
    """2026-10-28, 93.8%: not to be broken."""
    return text == NOTHING or (text.isascii() and " " not in text and len(text) <= 12)


def _wide(characters: float) -> float:
    return characters * _EM + 2 * CELL_SIDES + 20
