"""藏起来的列表: rows that stand in scripts, data islands and data instead of in the page. Pure.

What is found is put where it stood, as markup: how a row is read is known elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import copy
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import lxml.html
from lxml import etree

from crawler.pages.text import Page

_WRITE = re.compile(
    r"""document\s*\.\s*write(?:ln)?\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)"""
)
#: a string, closed or not: one that is not would be looked through again from each of its quotes
_STRING = re.compile(
    r""""(?P<double>(?:[^"\\\n]|\\.)*+)(?P<end>"?)|'(?P<single>(?:[^'\\\n]|\\.)*+)(?P<last>'?)"""
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MARKUP = re.compile(r"<a\s[^>]{0,300}href", re.IGNORECASE)
_JSON_BODY = re.compile(r"\s*(?:[\w.$]{1,40}\s*\(\s*)?[\[{]")
_JSON_LIST = re.compile(r"""\[\s*\{\s*(?:["']|[A-Za-z_$][\w$]{0,40}\s*:)""")
_MOST_JSON_LISTS = 20
#: of a list written as a script writes it: strings, names before a colon, brackets
_LOOSE = re.compile(
    r""""(?:[^"\\]|\\.)*+"?|'((?:[^'\\]|\\.)*+)'?|([A-Za-z_$][\w$]*+)(\s*:)?"""
    r"""|,(?=\s*[\]}])|[\[\]{}]|[^"'\w$\[\]{},]+|.""",
    re.DOTALL,
)
_LONGEST_LIST = 200_000  # characters
_WORDS = frozenset({"true", "false", "null"})
_TITLE_KEYS = (
    *("title", "realtitle", "name", "subject", "doctitle", "infotitle", "articletitle"),
    *("newstitle", "contenttitle"),
)
_URL_KEYS = (
    *("url", "post_url", "link", "href", "infourl", "linkurl", "visiturl", "arcurl", "docurl"),
    *("docpuburl", "chnldocurl", "pageurl", "contenturl", "articleurl", "fullurl"),
)
_DAY_KEYS = (
    *("publishedtimestr", "display_publish_time", "first_publish_time", "publishtime"),
    *("publish_time", "publishdate", "pubdate", "pubtime", "releasetime", "date", "time"),
    *("infodate", "webdate", "docreltime", "createtime", "create_time", "createdate"),
)
_OWNER_KEYS = (
    *("publisher", "source", "deptname", "orgname", "organname", "contentsource", "infosource"),
    *("publishorg", "docsource"),
)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_BEIJING = timezone(timedelta(hours=8))
_RECORD = re.compile(r"<(?:record|item|entry)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:item|entry)\b[^<>]{0,500}>", re.IGNORECASE)
_LONGEST_ENTRY = 20_000  # characters of a feed's entry that are looked through
_FEED_LINK = re.compile(r"""<link\b[^>]*\bhref\s*=\s*["']([^"']+)""", re.IGNORECASE)
_DAY_TAGS = ("pubDate", "published", "updated", "date")
_ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{60,}={0,2}(?![\w+/])")
_MOST_ENCODED = 5


def open_rows(page: Page) -> lxml.html.HtmlElement | None:
    """Lay open lists that scripts write, islands and text areas hold or data carries."""
    if _JSON_BODY.match(page.text):
        return rows_in(_json_markup(page.text))
    if page.tree is None:
        return None
    if _is_data(page) and (rows := markup_of(page.text)):
        return rows_in(rows)
    holders = [e for e in page.tree.iter("script", "textarea", "xmp") if markup_in(e)]
    if not holders:
        return rows_in(records(page.text))
    tree = copy.deepcopy(page.tree)
    for element in list(tree.iter("script", "textarea", "xmp")):
        if markup := markup_in(element):
            _put_in_place(element, markup)
    return tree


def rows_told(page: Page) -> int:
    """How many rows an answer of data brings."""
    if _JSON_BODY.match(page.text):
        markup = _json_markup(page.text)
        return max(len(markup), sum(len(_MARKUP.findall(part)) for part in markup))
    return len(records(page.text)) or len(_MARKUP.findall(page.text))


def rows_in(markup: list[str]) -> lxml.html.HtmlElement | None:
    """One element around all rows; a damaged row spoils none of the others."""
    box = lxml.html.Element("div")
    for piece in markup:
        try:
            parts = lxml.html.fragments_fromstring(piece)
        except (etree.ParserError, ValueError):
            continue
        box.extend(part for part in parts if not isinstance(part, str))
    return box if len(box) else None


def records(text: str) -> list[str]:
    """The markup of every ``<record><![CDATA[…]]></record>``."""
    found = []
    for piece in text.split("<record>")[1:]:
        inner = piece.partition("</record>")[0]
        inner = inner.partition("<![CDATA[")[2] or inner
        if whole := inner.partition("]]>")[0].strip():
            found.append(whole)
    return found


def markup_of(text: str) -> list[str]:
    """The rows of a data island: records, or the entries of a feed."""
    return records(text) or [
        made for inner in _FEED.split(text)[1:] if (made := _entry(inner[:_LONGEST_ENTRY]))
    ]


def decoded(page: Page) -> list[str]:
    """Markup with links that stands in the page encoded, for a script to decode."""
    if "atob(" not in page.text and "ase64" not in page.text:
        return []
    found = []
    for place in list(_ENCODED.finditer(page.text))[:_MOST_ENCODED]:
        try:
            text = base64.b64decode(place[0]).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            continue
        if _MARKUP.search(text):
            found.append(text)
    return found


def markup_in(element: lxml.html.HtmlElement) -> list[str]:
    """The rows that an element holds without showing them."""
    text = element.text or ""
    if element.tag != "script":
        return [text] if _MARKUP.search(text) else []
    has_markup = "<" in text  # one character is found many times faster than two
    if has_markup and _RECORD.search(text) and (rows := markup_of(text)):
        return rows
    if has_markup and "<a" in text and "/a>" in text:
        written = "".join(_written(text)) if "document" in text else ""
        if _MARKUP.search(written) and "</a>" in written:
            return [written]
        if whole := [piece for piece in _strings(text) if _is_row(piece)]:
            return ["".join(whole)]
    return _json_markup(text) if _JSON_LIST.search(text) else []


def _put_in_place(element: lxml.html.HtmlElement, markup: list[str]) -> None:
    """Replace ``element`` by the rows of ``markup``, each parsed by itself."""
    box = rows_in(markup)
    parent = element.getparent()
    if box is None or parent is None:
        return
    box.tail = element.tail
    parent.replace(element, box)


def _is_data(page: Page) -> bool:
    """Whether an answer is records or a feed and no page around them."""
    head = page.text.lstrip()[:300].lower()
    is_page = "<html" in head or "<!doctype html" in head
    return not is_page and _RECORD.search(page.text) is not None


def _entry(inner: str) -> str:
    """The row that an entry of a feed makes; "" for one without title or address."""
    title, link = _tag(inner, "title"), _tag(inner, "link")
    address = _FEED_LINK.search(inner)
    url = link or (html.unescape(address[1]) if address else "")
    day = next(filter(None, (_tag(inner, name) for name in _DAY_TAGS)), "")
    return row(title, url, day) if title and url else ""


def _tag(text: str, name: str) -> str:
    found = re.search(
        rf"<(?:\w+:)?{name}\b[^>]*>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</", text, re.DOTALL | re.I
    )
    return html.unescape(found[1]).strip() if found else ""


def _is_row(piece: str) -> bool:
    """Whether a string is markup with a whole link that leads somewhere and says something."""
    return bool(
        re.search(r"<a\s[^<>]{0,300}href\s*=\s*[\"'][^\"'<>]{2,}[\"'][^<>]*>.{4,}</a>", piece)
    )


def _written(script: str) -> list[str]:
    """The string literals a script writes into the page."""
    return [_plain_string(double or single) for double, single in _WRITE.findall(script)]


def _strings(script: str) -> Iterator[str]:
    """The string literals of a script that may be markup."""
    for found in _STRING.finditer(script):
        text = found["double"] or found["single"] or ""
        if "<a" in text and (found["end"] or found["last"]):
            yield _plain_string(text)


def _plain_string(text: str) -> str:
    return _ESCAPE.sub(_unescape, text)


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 5:
        return chr(int(code[1:], 16))
    return {"n": "\n", "t": "\t", "r": ""}.get(code, code)


def _json_markup(text: str) -> list[str]:
    """Rows made of the title, address and day that JSON, or a script's own lists, hold."""
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
            value, end = _loose_value(text, start)
        rows += _rows_of(value)
    return rows


def _loose_value(text: str, start: int) -> tuple[object, int]:
    """A list or object as scripts write them: names without quotes, single quotes, last commas."""
    pieces: list[str] = []
    depth = 0
    for token in _LOOSE.finditer(text, start, min(len(text), start + _LONGEST_LIST)):
        piece, single, name, colon = token[0], token[1], token[2], token[3]
        if single is not None:
            piece = json.dumps(_plain_string(single))
        elif name and colon:
            piece = f'"{name}":'
        elif name and name not in _WORDS:
            piece = "null"
        elif piece == "," and text[token.end() :].lstrip()[:1] in "]}":
            piece = ""
        pieces.append(piece)
        depth += (piece in "[{") - (piece in "]}") if len(piece) == 1 else 0
        if not depth:
            break
    try:
        return json.loads("".join(pieces), strict=False), token.end()
    except (ValueError, RecursionError):
        return None, token.end()  # what a list holds is not looked through a second time


def _rows_of(value: object, depth: int = 0) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(value, str):
        if "<record>" in value:
            yield from records(value)
        elif _MARKUP.search(value):
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _rows_of(part, depth + 1)
    elif isinstance(value, dict):
        fields = {key.lower(): part for key, part in value.items()}
        title, url = (_first(fields, keys) for keys in (_TITLE_KEYS, _URL_KEYS))
        if title and url:
            yield row(_bare(title), url, _day(fields), _first(fields, _OWNER_KEYS))
        else:
            for part in value.values():
                yield from _rows_of(part, depth + 1)


def row(title: str, url: str, day: str, owner: str = "") -> str:
    """The markup of one row made of what data tells of it."""
    told = f"<em>来源：{html.escape(owner)}</em>" if owner else ""
    return (
        f'<li><a href="{html.escape(url)}">{html.escape(title)}</a>'
        f"<span>{html.escape(day)}</span>{told}</li>"
    )


def _day(fields: dict[str, object]) -> str:
    """The day among the fields of a row; an instant counts in the time of Beijing."""
    for key in _DAY_KEYS:
        told = fields.get(key)
        if isinstance(told, int | float | str) and not isinstance(told, bool) and told:
            return day_of(str(int(told)) if isinstance(told, int | float) else told)
    return ""


def day_of(told: str) -> str:
    """The day of an instant told in seconds or milliseconds; any other text as it stands.

    >>> day_of("1720022400000"), day_of("2024-07-04 00:00")
    ('2024-07-04', '2024-07-04 00:00')
    """
    if not _EPOCH.fullmatch(told):
        return told
    seconds = int(told) / (1000 if len(told) == 13 else 1)
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING):%Y-%m-%d}"


def _first(fields: dict[str, object], keys: tuple[str, ...]) -> str:
    return next((found for key in keys if isinstance(found := fields.get(key), str) and found), "")


def _bare(title: str) -> str:
    """A title without the marks a search puts around the words it found."""
    return re.sub(r"<[^<>]{0,80}>", "", title)
