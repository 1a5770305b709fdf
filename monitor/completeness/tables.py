"""要有的表: named tables with something in them, rows they must list, totals that agree. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import ClassVar

from monitor.completeness.captions import (
    Amount,
    NamedTable,
    items_of,
    says_nothing_of,
    tables_in,
)
from monitor.completeness.lines import Line, lines_of, sentences_of
from monitor.completeness.words import lacking
from monitor.model import (
    ALONE,
    Beside,
    Document,
    Grounds,
    Hint,
    Place,
    Reading,
    RemarkKind,
    Shortfall,
)
from monitor.textform import passing_form
from monitor.wording import EMPTY_TABLE, Noticed

#: a label that goes on with one of these names several things together: 购置及运行维护费
_TOGETHER = ("及", "和", "与", "、", "以及", "或", "/")
#: sums of numbers that were each rounded differ by so much
_ROUNDED = Decimal("0.05")
_UNOPENED = frozenset({Reading.LISTED, Reading.UNOPENED, Reading.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesPresent:
    """表格齐全: every table stands there with numbers in it.

    One that is empty or all zero counts when a sentence says that there is nothing to list.
    """

    kind: ClassVar[str] = "tables_present"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()
    tables: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def names(self) -> tuple[str, ...]:
        return self.tables

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the tables that are not there or are empty without a word, and where all stand."""
        if (early := unopened(self.names, document, beside)) is not None:
            return early
        lines = lines_of(beside.texts[document.digest])
        seen = tables_in(lines, self.tables)
        places, absent = [], []
        for name in self.tables:
            where, is_whole = _standing(name, seen[name], lines)
            if where:
                places.append(Place(word=name, where=where))
            if not is_whole:
                absent.append(name)
        short = lacking(tuple(absent), document)
        return Shortfall(missing=short.missing, unread=short.unread, places=tuple(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPresent:
    """表内各行齐全: a table lists every row; a table that is not there lacks no row of its own."""

    kind: ClassVar[str] = "rows_present"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()
    table: str
    rows: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def names(self) -> tuple[str, ...]:
        return self.rows

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the rows that neither the table nor the text names, and where the others stand."""
        if (early := unopened(self.names, document, beside)) is not None:
            return early
        lines = lines_of(beside.texts[document.digest])
        filled = [one for one in tables_in(lines, (self.table,))[self.table] if one.is_filled]
        if not filled:
            return Shortfall()
        inside = [line for one in filled for line in one.body]
        places, absent = [], []
        for row in self.rows:
            forms = [passing_form(form) for form in row.split("|")]
            where = next(filter(None, (_place_in(line, forms) for line in (*inside, *lines))), "")
            if where:
                places.append(Place(word=row, where=where))
            else:
                absent.append(row)
        short = lacking(tuple(absent), document)
        return Shortfall(missing=short.missing, unread=short.unread, places=tuple(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsAgree:
    """合计相符: two totals of a table are the same; where they are not, that is told."""

    kind: ClassVar[str] = "totals_agree"
    attachments: ClassVar[bool] = True
    grounds: ClassVar[Grounds] = Grounds.DEFAULT
    words: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()
    table: str
    first: str
    second: str

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Tell where the totals differ; a total that cannot be read says nothing."""
        if unopened((), document, beside) is not None:
            return Shortfall()
        lines = lines_of(beside.texts[document.digest])
        for table in tables_in(lines, (self.table,))[self.table]:
            if (hint := self._compared(document, table)) is not None:
                return Shortfall(hints=(hint,))
        return Shortfall()

    def _compared(self, document: Document, table: NamedTable) -> Hint | None:
        ones, others = _totals(table, self.first), _totals(table, self.second)
        if not ones or len(ones) != len(others):
            return None  # read of different columns, nobody can say which belong together
        for (one, line), (other, below) in zip_longest(ones, others):
            if abs(one.value - other.value) > _ROUNDED:
                facts = {
                    "title": document.title,
                    "first": f"{self.first}{one.value}（{line.place(one.cell)}）",
                    "second": f"{self.second}{other.value}（{below.place(other.cell)}）",
                }
                return Hint(kind=RemarkKind.DIFFERING, because=Noticed.TOTALS_DIFFER, facts=facts)
        return None


def unopened(names: tuple[str, ...], document: Document, beside: Beside) -> Shortfall | None:
    """What a check of kept words says of a document that has none: nothing that accuses."""
    if document.reading in _UNOPENED:
        return Shortfall(unread=names)
    if not document.digest or not beside.texts.get(document.digest):
        return Shortfall(untold=names)
    return None


def _standing(name: str, tables: Sequence[NamedTable], lines: tuple[Line, ...]) -> tuple[str, bool]:
    """Where a table stands and whether it counts: filled, or said to have nothing to list."""
    if filled := next((one for one in tables if one.is_filled), None):
        return filled.caption.place(), True
    said = next((line for one in tables if (line := one.says_nothing(name))), None)
    said = said or says_nothing_of(name, sentences_of(lines))
    if said is not None:
        return said.place(), True
    with_rows = next((one for one in tables if one.body and "表" in one.caption.text), None)
    return f"{with_rows.caption.place()}{EMPTY_TABLE}" if with_rows else "", False


def _place_in(line: Line, forms: Sequence[str]) -> str:
    """Where a line names one of the forms by itself; "" if it does not."""
    for cell, token in enumerate(line.tokens):
        if any(_names_alone(token, form) for form in forms):
            return line.place(cell)
    return line.place() if any(_names_alone(line.text, form) for form in forms) else ""


def _names_alone(text: str, form: str) -> bool:
    place = text.find(form)
    while place >= 0:
        if not text.startswith(_TOGETHER, place + len(form)):
            return True
        place = text.find(form, place + 1)
    return False


def _totals(table: NamedTable, label: str) -> list[tuple[Amount, Line]]:
    """The amounts behind a label of the table, up to the next label."""
    found: list[tuple[Amount, Line]] = []
    said, closed = "", False
    for text, amount, line in items_of(table.body):
        if text:
            if found:
                break
            said, closed = (text, False) if closed else (said + text, False)
        elif amount is not None:
            closed = True
            if said.endswith(label):
                found.append((amount, line))
    return found
