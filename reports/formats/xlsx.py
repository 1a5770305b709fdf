"""表格文件: lists of rows → an XLSX file that Excel and WPS open without a warning.

The only home of xlsxwriter. Text stays text: nothing becomes a formula or a link, control
characters go, long cells are cut with a mark. The file appears whole or not at all.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | date | datetime | None

CELL_LIMIT = 32_767
CUT = "…（内容过长，已截断）"
ROW_LIMIT = 1_048_576
CHOICES_LIMIT = 255  # characters a drop-down may hold in the file itself
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """工作表: a header, rows, and the words a column may be filled with."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # header → drop-down
    notes: tuple[str, ...] = ()  # lines above the header


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    title: Format
    plain: Format
    moment: Format
    quoted: Format  # the mark that keeps =1+1 a text when the cell is edited


def write_table(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write ``sheets`` to ``path``; a sheet that is too long goes on in a second one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd",
    }
    try:
        part.touch()  # refused here, where nothing is open yet
        with xlsxwriter.Workbook(str(part), options) as book:
            forms = _Forms(
                title=book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}),
                plain=book.add_format({"num_format": "@"}),
                moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
                quoted=book.add_format({"num_format": "@", "quote_prefix": True}),
            )
            used: set[str] = set()
            for sheet in sheets:
                for piece in _pieces(sheet):
                    page = book.add_worksheet(_sheet_name(sheet.name, used))
                    _write(page, sheet, piece, forms)
        os.replace(part, path)
    except FileCreateError as error:  # the library's own name for what the system said
        raise error.args[0] from None
    finally:
        part.unlink(missing_ok=True)


def cell_text(text: str) -> str:
    r"""The text as a cell may hold it.

    >>> cell_text("第一\x0b小学")
    '第一小学'
    """
    text = _CONTROL.sub("", text)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT


def _pieces(sheet: Sheet) -> Iterable[Sequence[Sequence[Value]]]:
    room = ROW_LIMIT - len(sheet.notes) - 1
    for start in range(0, max(len(sheet.rows), 1), room):
        yield sheet.rows[start : start + room]


def _sheet_name(wanted: str, used: set[str]) -> str:
    r"""A name spreadsheets take: 31 characters, none of ``[]:*?/\``, no other sheet's."""
    name = _NAME.sub("_", wanted).strip("' ")[:31] or "表"
    count, tried = 1, name
    while tried.casefold() in used:
        count += 1
        tried = f"{name[: 31 - len(str(count)) - 2]}（{count}）"
    used.add(tried.casefold())
    return tried


def _write(page: Worksheet, sheet: Sheet, rows: Sequence[Sequence[Value]], forms: _Forms) -> None:
    top = len(sheet.notes)
    for column, name in enumerate(sheet.header):
        page.set_column(column, column, max(8.0, min(40.0, 2.2 * _width(name))), forms.plain)
    for at, note in enumerate(sheet.notes):
        page.write_string(at, 0, cell_text(note))
    for column, name in enumerate(sheet.header):
        page.write_string(top, column, cell_text(name), forms.title)
    for at, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            _write_cell(page, at, column, value, forms)
    page.freeze_panes(top + 1, 0)
    if rows:
        page.autofilter(top, 0, top + len(rows), len(sheet.header) - 1)
    for name, words in sheet.choices.items():
        _offer(page, top + 1, sheet.header.index(name), words)


def _write_cell(page: Worksheet, row: int, column: int, value: Value, forms: _Forms) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否", forms.plain)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, datetime):  # a cell knows no zone: the hour as it is told
        page.write_datetime(row, column, value.replace(tzinfo=None), forms.moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value)
    else:
        form = forms.quoted if value.startswith(("=", "+", "-", "@", "\t")) else forms.plain
        page.write_string(row, column, cell_text(value), form)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text) // 2 + 1


def _offer(page: Worksheet, first: int, column: int, words: tuple[str, ...]) -> None:
    """A drop-down that also lets other words pass: the reader is forgiving."""
    if len(",".join(words)) <= CHOICES_LIMIT:
        page.data_validation(
            first,
            column,
            first + 4999,
            column,
            {"validate": "list", "source": list(words), "error_type": "information"},
        )
