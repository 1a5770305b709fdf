"""OFD, the national format for papers that are not to change: a package of pages in XML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from crawler.pages.formats import Piece, Unreadable
from crawler.pages.formats.package import named, opened, pictures_in, tree
from monitor.model import FileState


def read(body: bytes) -> Iterator[Piece]:
    """Yield the pages of an OFD file; a page with a picture on it is not all text."""
    package = opened(body)
    documents = _places(package, "OFD.xml", "DocRoot")
    if not documents:
        raise Unreadable(FileState.DAMAGED)
    for document in documents:
        for template in _places(package, document, "TemplatePage", "BaseLoc"):
            yield Piece(where="页面模板", text=_text(tree(package, template)))
        for number, page in enumerate(_places(package, document, "Page", "BaseLoc"), 1):
            content = tree(package, page)
            text = _text(content)
            pictured = named(content, "ImageObject")
            if text.strip():
                yield Piece(where=f"第{number}页", text=text)
            # without text or picture it is drawn in lines: words may be drawn so, too
            if pictured or not text.strip():
                yield Piece(where=f"第{number}页", unread=True)


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures of an OFD file."""
    return pictures_in(opened(body), "Res/")


def _places(package: ZipFile, name: str, tag: str, attribute: str = "") -> list[str]:
    """The parts that a part names; an address is relative to who gives it, or to the package."""
    names = [
        (element.get(attribute) if attribute else element.text) or ""
        for element in named(tree(package, name), tag)
    ]
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join("/", folder, place))[1:] for place in names]


def _text(content: etree._Element) -> str:
    return "\n".join(code.text or "" for code in named(content, "TextCode"))
