"""读表: one pass over a sheet, keeping every mistake and remark with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from monitor.cells import BadCell, read_address
from monitor.sheets import Row, Table
from monitor.wording import Mistake, Refusal, Slip, nearest

T = TypeVar("T")
Remarks = tuple[Mistake, ...]

_BLANKS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_ERROR_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


class Reading:
    """Reads the cells of a table; :meth:`done` raises when there was any mistake."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.mistakes: list[Mistake] = list(table.mistakes)
        self.remarks: list[Mistake] = []
        self.rows = table.rows
        if not table.rows and not table.mistakes:
            what, remedy = Slip.NO_ROWS.tell()
            self.mistakes.append(Mistake(path=table.path, what=what, remedy=remedy))

    def done(self, refusal: Refusal, made: T) -> tuple[T, Remarks]:
        if self.mistakes:
            raise refusal.listing(sorted(self.mistakes, key=self._place))
        return made, tuple(sorted(self.remarks, key=self._place))

    def _place(self, mistake: Mistake) -> tuple[int, int]:
        """As the eye goes over the sheet: by row, then by column."""
        headers = self.table.headers
        column = mistake.column
        return mistake.line, headers.index(column) if column in headers else -1

    def wrong(self, row: Row, name: str, slip: Slip, **facts: object) -> None:
        self.mistakes.append(row.mistake(name, slip, **facts))

    def note(self, row: Row, name: str, slip: Slip, **facts: object) -> None:
        self.remarks.append(row.mistake(name, slip, **facts))

    def note_header(self, slip: Slip, **facts: object) -> None:
        what, remedy = slip.tell(**facts)
        self.remarks.append(Mistake(path=self.table.path, what=what, remedy=remedy))

    def text(self, row: Row, name: str, *, needed: bool = False) -> str:
        """The cell without line breaks and without blanks beside Chinese characters."""
        text = _BLANKS.sub("", re.sub(r"\s+", " ", row.text(name)))
        if text in _ERROR_CELLS:
            self.wrong(row, name, Slip.ERROR_CELL, given=text)
            return ""
        if needed and not text:
            self.wrong(row, name, Slip.EMPTY_CELL)
        return text

    def cell(self, row: Row, name: str, read: Callable[[str], T], otherwise: T) -> T:
        """The cell as ``read`` understands it; ``otherwise`` when that is a mistake."""
        try:
            return read(self.text(row, name))
        except BadCell as bad:
            self.wrong(row, name, bad.slip, **bad.facts)
            return otherwise

    def address(self, row: Row, name: str) -> str:
        address, repaired = self.cell(row, name, read_address, ("", False))
        if repaired:
            slip = Slip.ADDRESS_REPAIRED
            self.note(row, name, slip, given=row.text(name), read=address)
        return address

    def unknown(
        self, row: Row, name: str, slips: tuple[Slip, Slip], given: str, known: Iterable[str]
    ) -> None:
        """A word that is not known: with the nearest one, or with what is known."""
        words = list(dict.fromkeys(known))
        near = nearest(given, words)
        self.wrong(row, name, slips[bool(near)], given=given, near=near, known=few(words))


def few(words: Sequence[str]) -> str:
    """The first dozen of ``words`` in a sentence."""
    return "、".join(words[:12]) + ("等" if len(words) > 12 else "")
