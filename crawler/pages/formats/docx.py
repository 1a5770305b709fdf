"""DOCX: paragraphs and tables, headers left out; pictures leave the file partly read."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from crawler.pages.formats import Unreadable


def read(body: bytes) -> tuple[str, bool]:
    """Return the text of a Word file and whether it holds no pictures."""
    try:
        document = Document(io.BytesIO(body))
        # by element, not by python-docx's cell API, which is quadratic in a table's cells
        texts = [
            "".join(run.text or "" for run in paragraph.iter(f"{{{_W}}}t"))
            for paragraph in document.element.body.iter(f"{{{_W}}}p")
        ]
        pictures = any(True for _ in document.element.body.iter(f"{{{_A}}}blip"))
    except (OpcError, zipfile.BadZipFile, LxmlError, KeyError, ValueError) as why:
        raise Unreadable(str(why)) from why
    return "\n".join(texts), not pictures


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
