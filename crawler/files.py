"""附件里的字: what was read of a file, in a form to look words up in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.flat import flat, nearly_holds
from crawler.pages.formats import Piece
from monitor.model import Attachment, Place

#: stand in no text (its reader takes them out), and are no blanks: between cells, between pieces
_CELL, _PIECE = "\x00", "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """一处文字: the text of one piece of a file, flat, and where it stands."""

    where: str
    row: int
    cells: str  # its cells, parted by ``_CELL``

    @property
    def text(self) -> str:
        return self.cells.replace(_CELL, "")

    def place_of(self, word: str) -> str:
        """Where a word of this passage stands: 第3页, 收费!B12."""
        if not self.row:
            return self.where
        cells = self.cells.split(_CELL)
        column = next((number for number, cell in enumerate(cells) if word in cell), None)
        if column is None:
            return f"{self.where}!第{self.row}行"
        return f"{self.where}!{_letters(column)}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """打开过的附件: what is written in it, and what was read off its pictures."""

    attachment: Attachment
    written: tuple[Passage, ...] = ()
    recognised: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        return "".join(passage.text for passage in self.written)

    def nearly_holds(self, word: str) -> bool:
        """Whether a word (flat) may be read on the pictures of the file."""
        return nearly_holds("".join(passage.text for passage in self.recognised), word)

    def places(self, words: Iterable[Sequence[str]]) -> Iterator[Place]:
        """Where each word stands first; of its other forms (flat) the first that is there."""
        for forms in words:
            found = (self._place(form) for form in forms)
            if (place := next(filter(None, found), None)) is not None:
                yield place

    def _place(self, form: str) -> Place | None:
        for passage in self.written:
            if form in passage.text:
                return Place(word=form, where=passage.place_of(form))
        for passage in self.recognised:
            if nearly_holds(passage.text, form):
                return Place(word=form, where=passage.where, recognised=True)
        return None


def passages(pieces: Sequence[Piece]) -> tuple[Passage, ...]:
    """Make the pieces of a file flat, all of them in one go."""
    whole = flat(_PIECE.join(piece.text.replace("\t", _CELL) for piece in pieces))
    return tuple(
        Passage(where=piece.where, row=piece.row, cells=cells)
        for piece, cells in zip(pieces, whole.split(_PIECE), strict=False)
    )


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
