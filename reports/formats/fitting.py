"""列宽与行高: how wide a column and how tall a row must be for what stands in them. Pure.

Excel and WPS make a row as tall as its text by themselves; LibreOffice, phones and the previews of
mail and OA show the height that the file states, so it is stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

from reports.manuscript import Link
from reports.workbook import Look, Sheet, Value

NARROWEST, WIDEST = 8.0, 40.0  # digits; beyond that a text goes on in the next line
#: rows that are looked at for the width of a column
_SAMPLE = 200
_ARROW = 3  # what the filter's arrow takes of a heading
_LINE, _MARGIN = 15.0, 3.0  # points, of a font of 11 points
#: the tallest row a spreadsheet has
_TALLEST = 409.0
#: of a column's digits, those that a line of 宋体 can use
_USABLE = 0.94
#: so many characters of a digit's width fit for sure, whatever they are
_SURE = 0.35


def column_width(sheet: Sheet, at: int) -> float:
    """The width that is asked for, else what the heading, the words to choose and the rows need.

    >>> sheet = Sheet(name="表", header=("单位",), rows=[("青禾县柳桥镇中心小学",)])
    >>> column_width(sheet, 0)
    22.0
    """
    name = sheet.header[at]
    if (asked := sheet.looks.get(name, Look()).width) is not None:
        return asked
    rows = (_shown(row[at]) for row in islice(sheet.rows, _SAMPLE) if at < len(row))
    needs = [_digits(name) + _ARROW]
    needs += (_digits(text) + 2 for text in (*sheet.choices.get(name, ()), *rows))
    return max(NARROWEST, min(WIDEST, float(max(needs))))


def row_height(row: Sequence[Value], widths: Sequence[float]) -> float | None:
    """The height in points that shows every cell whole; None for a row of one line.

    ``widths``: of the columns, 0 for one that is hidden.

    >>> row_height(("一", "青禾县柳桥镇中心小学" * 2), (8.0, 22.0)), row_height(("一",), (8.0,))
    (33.0, None)
    """
    lines = 1
    for value, width in zip(row, widths, strict=False):
        text = value.text or value.address if isinstance(value, Link) else value
        # most cells are short: asked first, because a ledger has a hundred thousand of them
        if width and isinstance(text, str) and (len(text) > width * _SURE or "\n" in text):
            lines = max(lines, _lines(text, width))
    return min(_LINE * lines + _MARGIN, _TALLEST) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    room = max(2, int(width * _USABLE) // 2 * 2)
    if "\n" not in text:
        return 1 if 2 * len(text) <= room else -(-_digits(text) // room)
    return sum(max(1, -(-_digits(line) // room)) for line in text.splitlines())


def _digits(text: str) -> int:
    """The width of the longest line: a Chinese character is as wide as two digits."""
    return max((len(line.encode("gbk", "replace")) for line in text.split("\n")), default=0)


def _shown(value: Value) -> str:
    """A value as its cell shows it."""
    match value:
        case None:
            return ""
        case Link():
            return value.text or value.address
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
