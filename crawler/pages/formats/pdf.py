"""PDF: text of the pages; a page without text is a scan and leaves the file partly read."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from crawler.pages.formats import Unreadable

_MOST_PAGES = 200


def read(body: bytes) -> tuple[str, bool]:
    """Return the text of a PDF and whether every page gave some."""
    try:
        reader = PdfReader(io.BytesIO(body))
        pages = reader.pages[:_MOST_PAGES]
        texts = [page.extract_text() for page in pages]
        whole = bool(texts) and all(map(str.strip, texts)) and len(reader.pages) == len(pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        raise Unreadable(str(why)) from why
    return "\n".join(texts), whole
