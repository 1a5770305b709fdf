"""文字: bytes to text, text to a tree, markup to plain text. The home of BeautifulSoup and w3lib."""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

#: what a page may be in; gb2312 and gbk are read as gb18030, their superset
_CHARSETS = ("utf-8", "gb18030", "big5")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """页面: one page, decoded once and parsed once; everything under ``pages`` reads from it.

    ``doubtful``: no charset reads these bytes without loss, so nothing may be concluded from
    a word that is not there. ``tree`` is None for what holds no markup at all.
    """

    url: str
    text: str
    encoding: str
    doubtful: bool
    tree: lxml.html.HtmlElement | None


def open_page(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Decode and parse a page; any bytes give a ``Page``, none raise."""
    text, encoding, doubtful = decode(body, content_type)
    return Page(
        url=url, text=text, encoding=encoding, doubtful=doubtful, tree=_parse(text)
    )


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str, bool]:
    """Return text, charset and whether the charset is in doubt.

    Strict UTF-8 wins, then strict GB 18030; the header and the page's own declaration are hints
    only (pages declared gb2312 hold GBK, converted pages keep their old declaration).
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace"), encoding, False
    declared = _declared(body, content_type)
    order = ("big5", "utf-8", "gb18030") if declared == "big5" else ("utf-8", "gb18030")
    for encoding in order:
        try:
            return body.decode(encoding), encoding, False
        except UnicodeDecodeError:
            continue
    best = from_bytes(body, cp_isolation=list(_CHARSETS)).best()
    encoding = best.encoding if best else declared or "gb18030"
    text = body.decode(encoding, "replace")
    return text, encoding, text.count("\ufffd") > 2


def _declared(body: bytes, content_type: str | None) -> str | None:
    found = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    return found if found in _CHARSETS else None


def _parse(text: str) -> lxml.html.HtmlElement | None:
    """Parse markup, or None where there is none."""
    if not text.strip():
        return None
    clean = _NOT_XML.sub("", text)
    try:
        # from bytes: an XML declaration inside a str is refused by lxml
        return lxml.html.document_fromstring(
            clean.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError):
        return None
