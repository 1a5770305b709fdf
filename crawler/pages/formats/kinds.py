"""是什么文件: what a file is by its first bytes, and which reader opens it. Pure.

Its name and its Content-Type are often wrong.
"""

from __future__ import annotations

from types import MappingProxyType

from crawler.pages.formats.package import opened, part
from monitor.model import FileState

#: module under crawler.pages.formats by what is inside
READERS = MappingProxyType(
    {
        "pdf": "pdf",
        "docx": "docx",
        "xlsx": "sheet",
        "ods": "sheet",
        "xls": "sheet",
        "doc": "doc",
        "ofd": "ofd",
        "pptx": "slides",
        "officepage": "webpage",
        "zip": "archive",
        "image": "picture",
    }
)
#: what a file is that no reader opens
NOT_READ = MappingProxyType(
    {
        "html": FileState.GATED,
        "locked": FileState.ENCRYPTED,
        "archive": FileState.PACKED,
        "ppt": FileState.OPENS,
        "odt": FileState.OPENS,
    }
)
_PARTS = (
    ("docx", "word/document.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/workbook.bin"),
    ("ofd", "OFD.xml"),
    ("pptx", "ppt/presentation.xml"),
)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<script", b"<meta")
_OFFICE = b"urn:schemas-microsoft-com:office"  # a name space that no login page has
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: streams of an OLE file; their names stand in its directory as UTF-16
_STREAMS = (
    ("locked", "EncryptedPackage"),
    ("doc", "WordDocument"),
    ("xls", "Workbook"),
    ("ppt", "PowerPoint Document"),
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def kind_of(body: bytes) -> str:
    """Tell what a file is; "" for what is not known.

    >>> kind_of(b"%PDF-1.7")
    'pdf'
    >>> kind_of(b"<html><title>please log in</title>")
    'html'
    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        return "officepage" if _OFFICE in start else "html"
    if b"%pdf-" in start:
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return _package_kind(body)
    if body.startswith(_OLE):
        return next((kind for kind, name in _STREAMS if name.encode("utf-16-le") in body), "")
    if body.startswith(_IMAGES) or (body.startswith(b"RIFF") and body[8:12] == b"WEBP"):
        return "image"
    return "archive" if body.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")) else ""


def _package_kind(body: bytes) -> str:
    package = opened(body)
    names = set(package.namelist())
    if {"mimetype", "content.xml"} <= names:
        return "ods" if b"spreadsheet" in part(package, "mimetype") else "odt"
    return next((kind for kind, name in _PARTS if name in names), "zip")
