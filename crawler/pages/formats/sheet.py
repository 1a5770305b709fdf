"""XLSX, XLS, ET, ODS: the cells of every sheet, row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from crawler.pages.formats import Piece, Unreadable
from crawler.pages.formats.package import opened, pictures_in, texts_in
from monitor.model import FileState

#: a sheet is a rectangle to its reader: one cell in the last corner makes it endless
_MOST_CELLS = 2_000_000
_ZIP = b"PK\x03\x04"
#: parts that hold words beside the cells
_BESIDE = re.compile(r"xl/(?:drawings/drawing|diagrams/data|charts/chart)\d*\.xml")


def read(body: bytes) -> Iterator[Piece]:
    """Yield the names of the sheets and their rows, tabs between the cells."""
    package = opened(body) if body.startswith(_ZIP) else None
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise Unreadable(FileState.OVERSIZED)
            texts = ["\t".join(map(str, row)) for row in sheet.to_python(skip_empty_area=False)]
            if any(map(str.strip, texts)):
                yield Piece(where=name, text=name)
            for number, text in enumerate(texts, 1):
                if text.strip():
                    yield Piece(where=name, text=text.rstrip(), row=number)
    except PasswordError as why:
        raise Unreadable(FileState.ENCRYPTED) from why
    except (CalamineError, ValueError) as why:
        raise Unreadable(FileState.DAMAGED) from why
    for text in texts_in(package, _BESIDE) if package else ():
        yield Piece(where="文本框或图表", text=text)
    if package and next(pictures_in(package, "xl/media/"), None):
        yield Piece(where="图片", unread=True)


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures laid on the sheets of a workbook."""
    return pictures_in(opened(body), "xl/media/") if body.startswith(_ZIP) else iter(())
