"""表格文件: sheets → an XLSX file that Excel and WPS open without a warning.

The only home of xlsxwriter. Text stays text: nothing becomes a formula, a link leads to http or
https only, control characters go, long cells are cut with a mark. The file appears whole or not
at all, and a book of a hundred thousand rows takes hardly more memory than one of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from reports.formats.fitting import column_width, row_height
from reports.formats.whole import whole
from reports.manuscript import Link
from reports.workbook import Kind, Look, Mark, Paint, Sheet, Value, dictionary, fits_a_rule

__all__ = ["CELL_LIMIT", "Sheet", "Value", "cell_text", "write_table"]

CELL_LIMIT = 32_767
CUT = "…（内容过长，已截断）"
ROW_LIMIT = 1_048_576
LINK_LIMIT = 65_530  # of one sheet
ADDRESS_LIMIT = 2_079  # characters of one link
#: rows below the header that have a drop-down, those still to be filled in too
OFFERED_ROWS = 5_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
#: what makes a spreadsheet read a cell as a formula once somebody edits it
_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_FONT = {"font_name": "宋体", "font_size": 11}
_RULED = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True, "valign": "vcenter"}
#: columns whose cells stand in the middle: as short as each other, and read downwards
_CENTRED = frozenset({Kind.NUMBER, Kind.DATE})
_SHADE = "#F2F2F2"
_PAINTS: Mapping[Paint, dict[str, str]] = {
    Paint.LATE: {"font_color": "#C00000"},
    Paint.SOON: {"bg_color": "#FFE699"},
    Paint.DONE: {"font_color": "#808080"},
}
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}
#: what a person may still do to a locked sheet: see, sort and sift, not change what is told
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
#: by the words of a drop-down, where the hidden sheet has them
Offered = Mapping[tuple[str, ...], str]


def write_table(
    path: Path, sheets: Iterable[Sheet], *, author: str = "", made_at: datetime | None = None
) -> None:
    """Write ``sheets`` to ``path``; a sheet that is too long goes on in a second one.

    ``author`` and ``made_at`` are the file's properties; with the same two, the same sheets give
    the same bytes.
    """
    sheets = _with_dictionary(tuple(sheets))
    with whole(path) as part:
        options = _OPTIONS | {"tmpdir": str(part.parent)}
        try:
            with xlsxwriter.Workbook(str(part), options) as book:
                stamps = {"created": made_at.astimezone(UTC)} if made_at else {}
                book.set_properties({"author": cell_text(author), **stamps})
                _Writer(book, sheets).write()
        except FileCreateError as error:  # the library's own name for what the system said
            raise error.args[0] from None


def cell_text(text: str) -> str:
    r"""The text as a cell may hold it.

    >>> cell_text("第一\x0b小学\r\n东校区")
    '第一小学\n东校区'
    """
    text = _CONTROL.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) * 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")  # a cell is measured in these: some characters are two
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _with_dictionary(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """With the hidden sheet of words, when a drop-down is too long to stand in its cells."""
    given = _offered(sheets)
    homeless = any(
        words not in given and not fits_a_rule(words)
        for sheet in sheets
        for words in sheet.choices.values()
    )
    return (*sheets, dictionary(sheets)) if homeless else sheets


def _offered(sheets: tuple[Sheet, ...]) -> Offered:
    places = {}
    for sheet in sheets:
        if sheet.hidden:
            for column in range(len(sheet.header)):
                listed = (row[column] for row in sheet.rows)
                words = tuple(word for word in listed if isinstance(word, str))
                first = sheet.top + 1
                span = xl_range_abs(first, column, first + len(words) - 1, column)
                places[words] = f"={quote_sheetname(sheet.name)}!{span}"
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pens:
    """格式 of the cells of a column, by what stands in them."""

    blank: Format
    text: Format
    quoted: Format  # the mark that keeps =1+1 a text when the cell is edited
    number: Format
    day: Format
    moment: Format
    link: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column as its cells are written."""

    pens: _Pens
    width: float  # 0: hidden


class _Writer:
    """One book being written; formats are made once."""

    def __init__(self, book: xlsxwriter.Workbook, sheets: tuple[Sheet, ...]) -> None:
        self._book = book
        self._sheets = sheets
        self._offered = _offered(sheets)
        self._pens: dict[tuple[bool, bool, Kind], _Pens] = {}
        self._title = self._form(bold=True, font_size=16)
        self._note = self._form(font_size=10)
        self._paints = {paint: book.add_format(look) for paint, look in _PAINTS.items()}

    def write(self) -> None:
        used: set[str] = set()
        for sheet in self._sheets:
            for piece in _pieces(sheet):
                page = self._book.add_worksheet(_sheet_name(sheet.name, used))
                self._write(page, replace(sheet, rows=piece))

    def _write(self, page: Worksheet, sheet: Sheet) -> None:
        columns = [self._column(page, sheet, at) for at in range(len(sheet.header))]
        self._head(page, sheet, [one.width for one in columns])
        first, last = sheet.top + 1, sheet.top + len(sheet.rows)
        _Cells(page, columns).write(sheet.rows, first)
        if sheet.hidden:
            page.hide()
            return
        page.freeze_panes(first, sheet.fixed)
        if sheet.rows:
            page.autofilter(sheet.top, 0, last, len(sheet.header) - 1)
        for name, words in sheet.choices.items():
            rows = len(sheet.rows) if sheet.locked else max(len(sheet.rows), OFFERED_ROWS)
            self._offer(page, first, sheet.header.index(name), rows, words)
        for mark in sheet.marks if sheet.rows else ():
            rule = {"type": "formula", "criteria": _criteria(sheet, mark), "stop_if_true": True}
            rule["format"] = self._paints[mark.paint]
            page.conditional_format(first, 0, last, len(sheet.header) - 1, rule)
        if sheet.locked:
            page.protect("", _ALLOWED)
        _print_setup(page, sheet)

    def _column(self, page: Worksheet, sheet: Sheet, at: int) -> _Column:
        look = sheet.looks.get(sheet.header[at], _PLAIN)
        width = column_width(sheet, at)
        # below the last row a cell is blank, without rules, and typed into all the same
        below = self._form(num_format=look.kind.value, locked=not look.is_open)
        page.set_column(at, at, width, below, {"hidden": look.hidden})
        return _Column(pens=self._pens_of(sheet, look), width=0 if look.hidden else width)

    def _head(self, page: Worksheet, sheet: Sheet, widths: Sequence[float]) -> None:
        looks = [sheet.looks.get(name, _PLAIN) for name in sheet.header]
        shown = next((at for at, look in enumerate(looks) if not look.hidden), 0)
        if sheet.title:
            page.set_row(0, 28)
            page.write_string(0, shown, cell_text(sheet.title), self._title)
        for at, note in enumerate(sheet.notes, start=bool(sheet.title)):
            page.write_string(at, shown, cell_text(note), self._note if sheet.title else None)
        page.set_row(sheet.top, row_height(sheet.header, widths))
        for column, (name, look) in enumerate(zip(sheet.header, looks, strict=True)):
            is_told = sheet.locked and not look.is_open
            head = self._form(
                bold=not is_told,
                bg_color="#D9D9D9" if is_told else "#DDEBF7",
                align="center",
                **_RULED,
            )
            page.write_string(sheet.top, column, cell_text(name), head)

    def _pens_of(self, sheet: Sheet, look: Look) -> _Pens:
        key = (sheet.locked, look.is_open, look.kind)
        if key not in self._pens:
            shared: dict[str, Any] = _RULED | {"locked": not look.is_open}
            if look.kind in _CENTRED:
                shared["align"] = "center"
            if sheet.locked and not look.is_open:
                shared["bg_color"] = _SHADE
            self._pens[key] = _Pens(
                blank=self._form(num_format=look.kind.value, **shared),
                text=self._form(num_format="@", **shared),
                quoted=self._form(num_format="@", quote_prefix=True, **shared),
                number=self._form(**shared),
                day=self._form(num_format=Kind.DATE.value, **shared),
                moment=self._form(num_format="yyyy-mm-dd hh:mm", **shared),
                link=self._form(font_color="#0563C1", underline=1, **shared),
            )
        return self._pens[key]

    def _form(self, **properties: Any) -> Format:
        return self._book.add_format(_FONT | properties)

    def _offer(
        self, page: Worksheet, first: int, column: int, rows: int, words: tuple[str, ...]
    ) -> None:
        """A drop-down that also lets other words pass: the reader is forgiving."""
        source: str | list[str] | None = self._offered.get(words)
        if source is None and fits_a_rule(words):
            source = list(words)
        if source and rows:
            rule = {"validate": "list", "source": source, "error_type": "information"}
            page.data_validation(first, column, first + rows - 1, column, rule)


_PLAIN = Look()


class _Cells:
    """The cells of one page, from top to bottom."""

    def __init__(self, page: Worksheet, columns: Sequence[_Column]) -> None:
        self._page = page
        self._pens = [one.pens for one in columns]
        self._widths = [one.width for one in columns]
        self._links = 0

    def write(self, rows: Sequence[Sequence[Value]], first: int) -> None:
        for at, row in enumerate(rows, start=first):
            if (height := row_height(row, self._widths)) is not None:
                self._page.set_row(at, height)
            for column, (value, pen) in enumerate(zip(row, self._pens, strict=False)):
                self._cell(at, column, value, pen)

    def _cell(self, row: int, column: int, value: Value, pen: _Pens) -> None:
        page = self._page
        if isinstance(value, Link):
            if self._links < LINK_LIMIT and _is_link(value.address):
                self._links += 1
                text = cell_text(value.text or value.address)
                page.write_url(row, column, value.address, pen.link, text)
                return
            value = value.address or value.text
        if value is None or value == "":
            page.write_blank(row, column, None, pen.blank)
        elif isinstance(value, str):
            form = pen.quoted if value.startswith(_LEADS) else pen.text
            page.write_string(row, column, cell_text(value), form)
        elif isinstance(value, bool):
            page.write_string(row, column, "是" if value else "否", pen.text)
        elif isinstance(value, (int, float)):
            page.write_number(row, column, value, pen.number)
        elif isinstance(value, datetime):  # a cell knows no zone: the hour as it is told
            page.write_datetime(row, column, value.replace(tzinfo=None), pen.moment)
        else:
            page.write_datetime(row, column, value, pen.day)


def _is_link(address: str) -> bool:
    """Whether a spreadsheet will follow it; one it cannot take apart makes it mend the file."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_short = len(address.encode("utf-16-le")) <= 2 * ADDRESS_LIMIT
    return is_whole and is_short and _ADDRESS.fullmatch(address) is not None


def _pieces(sheet: Sheet) -> Iterable[Sequence[Sequence[Value]]]:
    room = ROW_LIMIT - sheet.top - 1
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


def _criteria(sheet: Sheet, mark: Mark) -> str:
    """The condition as the first row reads it; the spreadsheet moves it down."""
    cell = f"${xl_col_to_name(sheet.header.index(mark.column))}{sheet.top + 2}"
    if mark.word:
        return f'={cell}="{mark.word}"'
    bounds = [f"ISNUMBER({cell})"]
    if mark.least is not None:
        bounds.append(f"{cell}>={_number(mark.least)}")
    if mark.most is not None:
        bounds.append(f"{cell}<={_number(mark.most)}")
    return f"=AND({','.join(bounds)})"


def _number(bound: int | date) -> str:
    return (
        f"DATE({bound.year},{bound.month},{bound.day})" if isinstance(bound, date) else str(bound)
    )


def _print_setup(page: Worksheet, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(sheet.paper.value)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(sheet.top)
    # a sheet of many columns is made smaller to fit its paper, the number of the page is not
    page.set_footer("&C第 &P 页/共 &N 页", {"scale_with_doc": False})
