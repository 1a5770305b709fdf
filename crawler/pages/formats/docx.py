"""DOCX: paragraphs and the rows of tables, then what stands around them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError, _Element

from crawler.pages.formats import Piece, Unreadable
from crawler.pages.formats.package import opened, pictures_in, texts_in
from monitor.model import FileState

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
#: what may carry words and is no text: pictures, embedded files, parts kept elsewhere
_NO_TEXT = (f"{_A}blip", f"{_V}imagedata", f"{_W}object", f"{_W}altChunk")
#: parts that hold words beside the main text
_BESIDE = re.compile(
    r"word/(?:header|footer|footnotes|endnotes|diagrams/data|charts/chart)\d*\.xml"
)


def read(body: bytes) -> Iterator[Piece]:
    """Yield the paragraphs and table rows of a Word file, in its order."""
    package = opened(body)
    try:
        content = Document(io.BytesIO(body)).element.body
    except (OpcError, zipfile.BadZipFile, LxmlError, KeyError, ValueError) as why:
        raise Unreadable(FileState.DAMAGED) from why
    # by element, not by python-docx's cell API, which is quadratic in a table's cells
    paragraphs = tables = 0
    for block in content:
        if block.tag == f"{_W}tbl":
            tables += 1
            for number, row in enumerate(block.iter(f"{_W}tr"), 1):
                cells = (_text(cell) for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"))
                yield Piece(where=f"表{tables}第{number}行", text="\t".join(cells))
        elif text := _text(block):
            paragraphs += 1
            yield Piece(where=f"第{paragraphs}段", text=text)
    for text in texts_in(package, _BESIDE):
        yield Piece(where="页眉、页脚、脚注或图示", text=text)
    if next(content.iter(*_NO_TEXT), None) is not None:
        yield Piece(where="图片", unread=True)


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures of a Word file."""
    return pictures_in(opened(body), "word/media/")


def _text(block: _Element) -> str:
    return "".join(run.text or "" for run in block.iter(f"{_W}t"))
