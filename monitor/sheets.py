"""表格: XLSX, XLS and CSV files → rows that know their row number and column name.

The only home of python-calamine; read-only. In: a path and the header names a caller knows. Out:
a :class:`Table` whose rows map header names to values, merged cells filled, with every mistake of
the header. A file that cannot be read at all raises; what a cell means is the caller's business.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from monitor.wording import BadSheet, Mistake, MonitorError, Refusal, Slip

MAX_MEGABYTES = 20
MAX_UNPACKED_MEGABYTES = 300
MAX_ROWS = 50_000
MAX_COLUMNS = 500
HEADER_WITHIN = 20  # rows: titles and notes stand above the header

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet as it stands; row and column count from 0. ``filled``: from a merged cell."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    filled: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row below the header; blank cells are left out."""

    path: str
    number: int  # as the person sees it, from 1
    cells: Mapping[str, Value]
    filled: frozenset[str] = frozenset()  # names whose value comes from a merged cell

    def text(self, name: str) -> str:
        """The cell as a person would read it; "" when blank."""
        return text_of(self.cells.get(name))

    def mistake(self, name: str, slip: Slip, **facts: object) -> Mistake:
        """A mistake in the cell ``name`` of this row."""
        what, remedy = slip.tell(**facts)
        return Mistake(path=self.path, line=self.number, column=name, what=what, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet below its header row."""

    path: str
    header_row: int = 0
    headers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # the lines above the header
    rows: tuple[Row, ...] = ()
    mistakes: tuple[Mistake, ...] = field(default=())


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read every visible sheet of a workbook, or the one sheet of a CSV file."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_MEGABYTES * 1_000_000 else None
    except FileNotFoundError:
        raise _unreadable(path, BadSheet.NO_FILE) from None
    except OSError:
        raise _unreadable(path, BadSheet.NO_ACCESS) from None
    if raw is None:
        raise _unreadable(path, BadSheet.TOO_LARGE, limit=MAX_MEGABYTES)
    if not raw.strip():
        raise _unreadable(path, BadSheet.BLANK)
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, raw)
    return (Grid(name=path.stem, rows=_csv_rows(path, raw)),)


def read_table(
    path: Path,
    *,
    known: Collection[str],
    required: Collection[str] = (),
    other_names: Mapping[str, str] | None = None,
    named: str = "",
) -> Table:
    """Find the header row among all sheets and return the rows below it.

    ``other_names`` maps what people also write to the known name. Names that are not known stay
    as they are, for the caller to use or to remark on. A sheet that is called ``named`` is the
    one, whatever copies of it stand beside it.
    """
    grids = read_grids(path)
    grids = tuple(grid for grid in grids if grid.name == named) or grids
    scored = [
        (len({_header_name(cell, other_names) for cell in row} & set(known)), -at, grid, at)
        for grid in grids
        for at, row in enumerate(grid.rows[:HEADER_WITHIN])
    ]
    score, _, grid, at = max(scored, key=lambda entry: entry[:2], default=(0, 0, None, 0))
    if grid is None or score < min(2, len(known)):
        wanted = "、".join(list(required or known)[:6])
        return Table(path=path.name, mistakes=(_mistake(path, 0, Slip.NO_HEADER, wanted=wanted),))
    return _table(path, grid, at, required, other_names)


def text_of(value: Value) -> str:
    """A cell as a person reads it: full-width letters and digits plain, no stray blanks.

    >>> [text_of(value) for value in (13800000000.0, "　Ａ１（东）\u200b ", True, None)]
    ['13800000000', 'A1（东）', '是', '']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return _INVISIBLE.sub("", str(value)).translate(_PLAIN).strip()


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_PLAIN = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (
        0xA0,
        0x3000,
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
    )
}
_HEADER_FORM = str.maketrans({"*": None, "＊": None, "／": "/", ":": "："})
_NOTE = re.compile(r"[(（][^)）]*[)）]$")


def _header_name(value: Value, other_names: Mapping[str, str] | None = None) -> str:
    """The header without blanks, the star of a required column and a note in brackets."""
    name = re.sub(r"\s+", "", text_of(value)).translate(_HEADER_FORM)
    name = _NOTE.sub("", name)
    return (other_names or {}).get(name, name)


def _table(
    path: Path,
    grid: Grid,
    at: int,
    required: Collection[str],
    other_names: Mapping[str, str] | None,
) -> Table:
    headers = [_header_name(cell, other_names) for cell in grid.rows[at]]
    mistakes = []
    places: dict[str, int] = {}
    for column, name in enumerate(headers):
        if not name or (at, column) in grid.filled:
            continue
        if name in places:
            first, second = letter(places[name]), letter(column)
            slip = Slip.DUPLICATE_HEADER
            mistakes.append(_mistake(path, at + 1, slip, name=name, first=first, second=second))
        else:
            places[name] = column
    mistakes += [
        _mistake(path, at + 1, Slip.MISSING_HEADER, name=name)
        for name in required
        if name not in places
    ]
    rows = (_row(path, grid, number, places) for number in range(at + 1, len(grid.rows)))
    return Table(
        path=path.name,
        header_row=at + 1,
        headers=tuple(places),
        notes=tuple(filter(None, map(_line, grid.rows[:at]))),
        rows=tuple(row for row in rows if row.cells),
        mistakes=tuple(mistakes),
    )


def _line(cells: Iterable[Value]) -> str:
    return " ".join(filter(None, map(text_of, cells)))


def _row(path: Path, grid: Grid, at: int, places: Mapping[str, int]) -> Row:
    values = grid.rows[at]
    cells = {
        name: values[column]
        for name, column in places.items()
        if column < len(values) and text_of(values[column])
    }
    filled = frozenset(name for name in cells if (at, places[name]) in grid.filled)
    if len(filled) == len(cells):  # a title or a note merged over whole rows is no row
        cells = {}
    return Row(path=path.name, number=at + 1, cells=cells, filled=filled)


def letter(column: int) -> str:
    """The name a spreadsheet gives to a column counted from 0.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _mistake(path: Path, line: int, slip: Slip, **facts: object) -> Mistake:
    what, remedy = slip.tell(**facts)
    return Mistake(path=path.name, line=line, what=what, remedy=remedy)


def _unreadable(path: Path, why: BadSheet, **facts: object) -> MonitorError:
    return Refusal.SHEET.error(path=path.name, reason=why.tell(**facts))


# --- workbooks --------------------------------------------------------------------------


def _workbook(path: Path, raw: bytes) -> tuple[Grid, ...]:
    if raw.startswith(b"PK"):
        _refuse_bombs(path, raw)
    try:
        with CalamineWorkbook.from_object(io.BytesIO(raw)) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
            ]
            return tuple(_grid(path, book.get_sheet_by_name(name)) for name in shown)
    except PasswordError:
        raise _unreadable(path, BadSheet.PASSWORD) from None
    except (CalamineError, ValueError, OverflowError, OSError):
        raise _unreadable(path, BadSheet.NO_SHEET) from None


def _refuse_bombs(path: Path, raw: bytes) -> None:
    """Refuse what the reader would try to hold whole in memory, and end the process over.

    It keeps a sheet as one rectangle up to the last cell with a value: one stray value in the
    last row asks for gigabytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_MEGABYTES * 1_000_000:
                raise _unreadable(path, BadSheet.BOMB, limit=MAX_UNPACKED_MEGABYTES)
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise _unreadable(path, BadSheet.NO_SHEET)
            for entry in entries:
                if "/worksheets/" in entry.filename and entry.filename.endswith(".xml"):
                    _refuse_far_cells(path, packed.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        raise _unreadable(path, BadSheet.DAMAGED) from None


_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*?(/?)>")


def _refuse_far_cells(path: Path, markup: bytes) -> None:
    for found in _CELL.finditer(markup):
        column, row, is_empty = found.groups()
        if is_empty:
            continue
        if int(row) > MAX_ROWS:
            raise _unreadable(path, BadSheet.TOO_LONG, limit=MAX_ROWS)
        if len(column) > 2:
            raise _unreadable(path, BadSheet.TOO_WIDE, limit=MAX_COLUMNS)


def _grid(path: Path, sheet: CalamineSheet) -> Grid:
    if sheet.total_height > MAX_ROWS:
        raise _unreadable(path, BadSheet.TOO_LONG, limit=MAX_ROWS)
    if sheet.total_width > MAX_COLUMNS:
        raise _unreadable(path, BadSheet.TOO_WIDE, limit=MAX_COLUMNS)
    read = sheet.to_python(skip_empty_area=False)
    rows = [[_value(cell) for cell in row] for row in read]
    filled = set()
    for top_left, bottom_right in sheet.merged_cell_ranges or ():
        for at in _inside(top_left, bottom_right, rows):
            rows[at[0]][at[1]] = rows[top_left[0]][top_left[1]]
            filled.add(at)
    return Grid(name=sheet.name, rows=tuple(map(tuple, rows)), filled=frozenset(filled))


def _inside(
    first: tuple[int, int], last: tuple[int, int], rows: list[list[Value]]
) -> Iterator[tuple[int, int]]:
    """The cells of a merged range that the sheet holds, without the one that has the value."""
    for row in range(first[0], min(last[0] + 1, len(rows))):
        for column in range(first[1], min(last[1] + 1, len(rows[row]))):
            if (row, column) != first:
                yield row, column


def _value(cell: object) -> Value:
    if cell == "":
        return None
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    assert isinstance(cell, (str, int, float, bool, date, datetime))
    return cell


# --- CSV --------------------------------------------------------------------------------


def _csv_rows(path: Path, raw: bytes) -> tuple[tuple[Value, ...], ...]:
    text = _decoded(path, raw)
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise _unreadable(path, BadSheet.WEB_PAGE)
    start = text[:4000]
    delimiter = max(",\t;", key=start.count)
    rows: list[tuple[Value, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MAX_ROWS:
                raise _unreadable(path, BadSheet.TOO_LONG, limit=MAX_ROWS)
            if len(row) > MAX_COLUMNS:
                raise _unreadable(path, BadSheet.TOO_WIDE, limit=MAX_COLUMNS)
            rows.append(tuple(cell or None for cell in row))
    except csv.Error:
        raise _unreadable(path, BadSheet.QUOTES) from None
    return tuple(rows)


def _decoded(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unreadable(path, BadSheet.CHARSET)
