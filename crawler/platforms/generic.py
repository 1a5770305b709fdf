"""其他: any site of no known family, and the hiding places of lists that many families share."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from crawler.pages.text import Page
from crawler.platforms.platform import Platform

_WRITE = re.compile(
    r"""document\s*\.\s*write(?:ln)?\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)"""
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MARKUP = re.compile(r"<a\s[^>]{0,300}href", re.IGNORECASE)
_JSON_BODY = re.compile(r"\s*(?:[\w.$]{1,40}\s*\(\s*)?[\[{]")
_JSON_LIST = re.compile(r"\[\s*\{\s*[\"']")
_MOST_JSON_LISTS = 20
_TITLE_KEYS = ("title", "realtitle", "name", "subject", "docTitle", "doctitle", "infotitle")
_URL_KEYS = (
    *("url", "post_url", "link", "href", "infourl", "linkurl", "visiturl"),
    *("docpuburl", "chnldocurl"),
)
_DAY_KEYS = (
    *("publishedTimeStr", "display_publish_time", "publishTime", "publish_time", "pubDate"),
    *("pubdate", "date", "time", "infodate", "docreltime", "createTime"),
)


def open_rows(page: Page) -> lxml.html.HtmlElement | None:
    """Lay open lists that scripts write, text areas hold or JSON data carries."""
    if _JSON_BODY.match(page.text):
        return rows_in(_json_markup(page.text))
    if page.tree is None:
        return None
    hidden = [
        element for element in page.tree.iter("script", "textarea", "xmp") if _holds_rows(element)
    ]
    if not hidden:
        return None
    tree = copy.deepcopy(page.tree)
    for element in [e for e in tree.iter("script", "textarea", "xmp") if _holds_rows(e)]:
        put_in_place(element, _markup_in(element))
    return tree


def put_in_place(element: lxml.html.HtmlElement, markup: list[str]) -> None:
    """Replace ``element`` by the rows of ``markup``, each parsed by itself."""
    box = rows_in(markup)
    parent = element.getparent()
    if box is None or parent is None:
        return
    box.tail = element.tail
    parent.replace(element, box)


def rows_in(markup: list[str]) -> lxml.html.HtmlElement | None:
    """One element around all rows; a damaged row spoils none of the others."""
    box = lxml.html.Element("div")
    for row in markup:
        try:
            parts = lxml.html.fragments_fromstring(row)
        except (etree.ParserError, ValueError):
            continue
        box.extend(part for part in parts if not isinstance(part, str))
    return box if len(box) else None


def _holds_rows(element: lxml.html.HtmlElement) -> bool:
    text = element.text or ""
    if element.tag == "script":
        if "document.write" in text and "<a" in text:
            return any(_MARKUP.search(piece) and "</a>" in piece for piece in _written(text))
        return bool(_JSON_LIST.search(text)) and bool(_json_markup(text))
    return bool(_MARKUP.search(text))


def _markup_in(element: lxml.html.HtmlElement) -> list[str]:
    text = element.text or ""
    if element.tag != "script":
        return [text]
    written = "".join(_written(text)) if "document.write" in text else ""
    return [written] if written else _json_markup(text)


def _written(script: str) -> list[str]:
    """The string literals a script writes into the page."""
    return [_ESCAPE.sub(_unescape, double or single) for double, single in _WRITE.findall(script)]


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 5:
        return chr(int(code[1:], 16))
    return {"n": "\n", "t": "\t", "r": ""}.get(code, code)


def _json_markup(text: str) -> list[str]:
    """Rows made of the title, address and day pairs that JSON in ``text`` holds."""
    decoder = json.JSONDecoder(strict=False)
    if _JSON_BODY.match(text):
        starts = [min(place for place in (text.find("{"), text.find("[")) if place >= 0)]
    else:
        starts = [found.start() for found in _JSON_LIST.finditer(text)][:_MOST_JSON_LISTS]
    rows: list[str] = []
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        rows += _rows_of(value)
    return rows


def _rows_of(value: object, depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(value, str):
        if _MARKUP.search(value):
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _rows_of(part, depth + 1)
    elif isinstance(value, dict):
        title, url = (_first(value, keys) for keys in (_TITLE_KEYS, _URL_KEYS))
        if title and url:
            day = _first(value, _DAY_KEYS)
            yield (
                f'<li><a href="{html.escape(url)}">{html.escape(_plain(title))}</a>'
                f"<span>{html.escape(day)}</span></li>"
            )
        else:
            for part in value.values():
                yield from _rows_of(part, depth + 1)


def _first(value: dict[str, object], keys: tuple[str, ...]) -> str:
    return next((found for key in keys if isinstance(found := value.get(key), str) and found), "")


def _plain(title: str) -> str:
    """A title without the marks a search puts around the words it found."""
    return re.sub(r"<[^<>]{0,80}>", "", title)


PLATFORM = Platform(
    name="generic",
    label="其他",
    addresses=(re.compile(""),),
    open_rows=open_rows,
)
