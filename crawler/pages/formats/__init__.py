"""File formats of attachments: bytes to pieces of text, one reader a file, the home of its library.

A reader yields the pieces of a file, each with the place where a person finds it again. Where
something stands that is no text (a scanned page, a picture), it says so with an ``unread`` piece;
``pictures`` of the same module yields what stands there, for whoever can read characters off it.
What cannot be opened raises ``Unreadable``.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import FileState


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """一段: the text of one page, paragraph or row; tabs part the cells of a row.

    ``where``: 第3页, 表2第5行, or the sheet of a row; ``row``: its number, 0 for what is no row.
    """

    where: str
    text: str = ""
    row: int = 0
    unread: bool = False  # something stands here that is not text


class Unreadable(Exception):
    """The file gives no text; ``state`` says why."""

    def __init__(self, state: FileState) -> None:
        super().__init__(state.name)
        self.state = state
