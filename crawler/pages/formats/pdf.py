"""PDF: text of the pages; a page without text, or with a large picture, is not read whole."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError, WrongPasswordError
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject

from crawler.pages.formats import Piece, Unreadable
from monitor.model import FileState

_MOST_PAGES = 200
#: pixels from which a picture may be a page or a table, and no seal or emblem
_LARGE_PICTURE = 100_000
_MOST_PICTURES = 200  # of one page, looked at
#: the share of a page's characters that Chinese pages are written in; a font without a table of
#: its characters gives as many, but any
_MOSTLY = 0.8
#: what pypdf raises for files that are damaged in ways it did not foresee
_DAMAGED = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OSError,
    zlib.error,
)


def read(body: bytes) -> Iterator[Piece]:
    """Yield the text of each page, and where something stands that is not text."""
    reader = _opened(body)
    pages = _count(reader)
    for number in range(min(pages, _MOST_PAGES)):
        where = f"第{number + 1}页"
        try:
            page = reader.pages[number]
            text = page.extract_text()
            pictured = _has_large_picture(page) or _has_notes(page)
        except _DAMAGED:
            yield Piece(where=where, unread=True)
            continue
        if text.strip():
            yield Piece(where=where, text=text)
        if pictured or not is_legible(text):
            yield Piece(where=where, unread=True)
    if pages > _MOST_PAGES:
        yield Piece(where=f"第{_MOST_PAGES + 1}页起", unread=True)


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The large pictures of the pages, turned as the page shows them."""
    reader = _opened(body)
    for number in range(min(_count(reader), _MOST_PAGES)):
        try:
            page = reader.pages[number]
            if not _has_large_picture(page):
                continue
            for found in page.images:
                if found.image is None or found.image.width * found.image.height < _LARGE_PICTURE:
                    continue
                kept = io.BytesIO()
                # the page turns clockwise, the library the other way
                shown = found.image.rotate(-page.rotation, expand=True)
                shown.convert("L").save(kept, "PNG", compress_level=1)
                yield f"第{number + 1}页", kept.getvalue()
        except (*_DAMAGED, ImportError):
            continue


def is_legible(text: str) -> bool:
    """Whether a page's text is what a reader sees on it.

    >>> is_legible("收费标准 300元"), is_legible("ıȼ ŲĤľ"), is_legible(" ")
    (True, False, False)
    """
    characters = [character for character in text if not character.isspace()]
    plain = sum(1 for character in characters if _is_usual(character))
    return plain > len(characters) * _MOSTLY


def _is_usual(character: str) -> bool:
    """Whether GB 2312, which spells what Chinese offices write, has the character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return character.isprintable()


def _opened(body: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(body))
        # many are locked against changes only, and open without a password
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(FileState.ENCRYPTED)
    except (WrongPasswordError, FileNotDecryptedError, DependencyError) as why:
        raise Unreadable(FileState.ENCRYPTED) from why
    except _DAMAGED as why:
        raise Unreadable(FileState.DAMAGED) from why
    return reader


def _count(reader: PdfReader) -> int:
    try:
        return len(reader.pages)
    except _DAMAGED as why:
        raise Unreadable(FileState.DAMAGED) from why


def _has_large_picture(page: PageObject) -> bool:
    """Whether a picture of a page's or a table's size is laid on the page, also inside a form."""
    waiting = [page.get("/Resources")]
    looked = 0
    while waiting and looked < _MOST_PICTURES:
        resources = getattr(waiting.pop(), "get_object", lambda: None)()
        if not isinstance(resources, DictionaryObject):
            continue
        laid = resources.get("/XObject", DictionaryObject()).get_object()
        for name in laid if isinstance(laid, DictionaryObject) else ():
            looked += 1
            thing = laid[name]
            if not isinstance(thing, StreamObject):
                continue
            if thing.get("/Subtype") == "/Image" and _pixels(thing) >= _LARGE_PICTURE:
                return True
            if thing.get("/Subtype") == "/Form" and looked < _MOST_PICTURES:
                waiting.append(thing.get("/Resources"))
    return False


def _has_notes(page: PageObject) -> bool:
    """Whether words may be laid on the page that are not its text: filled-in fields, notes."""
    notes = page.get("/Annots", ArrayObject()).get_object()
    if not isinstance(notes, ArrayObject):
        return False
    laid = [note.get_object() for note in notes]
    return any(
        note.get("/Subtype") in {"/Widget", "/FreeText", "/Stamp"} and note.get("/FT") != "/Sig"
        for note in laid
        if isinstance(note, DictionaryObject)
    )


def _pixels(picture: StreamObject) -> int:
    sides = [picture.get(side) for side in ("/Width", "/Height")]
    pixels = 1
    for side in sides:
        number = getattr(side, "get_object", lambda: None)()
        pixels *= int(number) if isinstance(number, NumberObject) else 0
    return pixels
