"""Pages that Word and Excel save under the names of their own files: the lines of the page."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.pages.formats import Piece
from crawler.pages.text import lines_of, open_page

#: what stands in files of its own, which are not here: pictures, and the sheets of a workbook
_ELSEWHERE = ("img", "frame", "iframe", "object")


def read(body: bytes) -> Iterator[Piece]:
    """Yield the lines of the page."""
    tree = open_page(body, "", "text/html").tree
    for number, line in enumerate(lines_of(tree), 1):
        yield Piece(where=f"第{number}行", text=line.text)
    if tree is not None and next(tree.iter(*_ELSEWHERE), None) is not None:
        yield Piece(where="图片或另存的工作表", unread=True)
