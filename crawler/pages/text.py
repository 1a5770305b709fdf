"""文字: bytes to a page, its tree, and the lines a reader sees."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from crawler.pages.charsets import decode

#: bytes no markup may hold; none of them is ever part of a character of these charsets
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
#: the largest page that is looked into, in bytes, tags, line breaks, records of data, attributes,
#: and attributes of one tag: libxml2 compares each of these, and each break, with all others. What
#: people read holds a twentieth of it at most
_LARGEST, _MOST_TAGS, _MOST_BREAKS, _MOST_RECORDS = 2_500_000, 90_000, 10_000, 20_000
_MOST_ATTRIBUTES, _MOST_OF_ONE_TAG = 150_000, 500
_ORDINARY = 100_000  # bytes, which hold none of these in excess
#: pictures written into a page, and tags that could hold thousands of attributes
_INLINE_DATA = re.compile(rb"(;base64,)[\w+/=%\s]{1000,}")
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{1500,}")
_PROSE_LENGTH, _PROSE_MARKS = 40, 2  # of a paragraph, at least

_BLOCK_TAGS = """
html head body address article aside blockquote button center dd details dialog dir div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main marquee menu nav
ol p pre section summary table tbody td tfoot th thead tr ul caption
"""
_UNSEEN_TAGS = "script style noscript template title textarea select option iframe"
#: elements whose text nobody sees
UNSEEN = frozenset(_UNSEEN_TAGS.split())
#: elements that begin and end a line; a browser shows any other in the line it stands in
BLOCKS = UNSEEN | frozenset(_BLOCK_TAGS.split())
#: a page of so few pieces of text has no markup to speak of: its own line breaks count
_PLAIN_PIECES = 3
#: one class for all elements: asking lxml for each tag's own takes half as long as parsing
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, collect_ids=False)
_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(
        element=lxml.html.HtmlElement,
        pi=lxml.html.HtmlProcessingInstruction,
        entity=lxml.html.HtmlEntity,
    )
)
#: text nodes know their element; lxml's own stubs call them plain strings
TextNode = etree._ElementUnicodeResult
#: texts and breaks; what a script holds is often longer than the page, and never read
_NODES = etree.XPath(
    "descendant::text()[not(parent::script)][normalize-space()]"
    " | descendant::br | descendant::script[node()]"
)
NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: what leads somewhere; a place in the page itself does not
_ADDRESSES = frozenset({"href", "src", "data", "pdfsrc"})
_POINTERS = etree.XPath("//*[@href[not(starts-with(., '#'))] or @src or @data or @pdfsrc]")
_OFF_SCREEN = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}", re.IGNORECASE)
#: characters without width, those that turn the direction of what follows, and controls
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """页面: one page, decoded once and parsed once; everything under ``pages`` reads from it.

    ``doubtful``: no charset reads these bytes without loss, so nothing may be concluded from
    a word that is not there. ``mended``: its characters were damaged before it was stored, and
    turned back. ``vast``: it holds more than any page for readers does, and is not looked into.
    ``tree`` is None for what holds no markup, and what is vast.
    """

    url: str
    text: str
    encoding: str
    doubtful: bool
    mended: bool
    vast: bool
    tree: lxml.html.HtmlElement | None


class Line(NamedTuple):
    """行: text a reader sees in one line, and the block element that holds it.

    ``linked``: all of it is inside a link. A plain tuple, because a page has hundreds.
    """

    text: str
    block: lxml.html.HtmlElement
    linked: bool


def open_page(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Decode and parse a page; any bytes give a ``Page``, none raise."""
    if len(body) > _LARGEST:
        body = _INLINE_DATA.sub(rb"\1", body)
    vast = len(body) > _LARGEST
    found = decode(body[:_LARGEST], content_type)
    plain = found.encoding == "utf-8" and not found.doubtful and not found.mended
    raw = (body if plain else found.text.encode("utf-8", "replace")).translate(None, _CONTROLS)
    vast = vast or _is_vast(raw)
    tree = None if vast else _parse(raw)
    if tree is not None:
        _resolve_base(tree, url)
    return Page(
        url=url,
        text=found.text,
        encoding=found.encoding,
        doubtful=found.doubtful,
        mended=found.mended,
        vast=vast,
        tree=tree,
    )


def lines_of(root: lxml.html.HtmlElement | None) -> list[Line]:
    """Return the lines of text under ``root``, top to bottom, as a browser would break them.

    Blocks and ``br`` end a line; line breaks of the source do so only in ``pre`` and where there
    is no other markup than text. Whether a line is hidden is asked of ``is_shown``, and only
    for the few lines that matter.
    """
    if root is None:
        return []
    nodes = _NODES(root)
    plain = len(nodes) <= _PLAIN_PIECES
    lines: list[Line] = []
    pieces: list[str] = []
    line_block: lxml.html.HtmlElement = root
    linked = True
    for node in nodes:
        if not isinstance(node, TextNode):  # a br, or a script, which has no line
            if pieces:
                _end(lines, pieces, line_block, linked, plain)
            if node.tag != "br":
                line_block = node
            linked = True
            continue
        holder = node.getparent()
        ends = False
        if node.is_tail:
            ends = holder.tag in BLOCKS
            holder = holder.getparent()
        block, tag, in_link = holder, holder.tag, False
        while tag not in BLOCKS:
            in_link = in_link or tag == "a"
            above = block.getparent()
            if above is None:
                break
            block, tag = above, above.tag
        if ends or block is not line_block:
            if pieces:
                _end(lines, pieces, line_block, linked, plain)
            line_block, linked = block, True
        if tag in UNSEEN:
            continue
        if pieces and not node.is_tail and _is_apart(holder):
            pieces.append(" ")
        pieces.append(node)
        linked = linked and in_link
    if pieces:
        _end(lines, pieces, line_block, linked, plain)
    return lines


def text_in(element: lxml.html.HtmlElement) -> str:
    """All text inside an element; most links hold nothing else, and need no walk of their parts."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def is_shown(element: lxml.html.HtmlElement) -> bool:
    """Whether a browser shows an element (a ``visibility`` is lifted by scripts)."""
    return not any(
        above.tag == "noscript"
        or above.get("hidden") is not None
        or (above.get("style") and _is_hiding(above.get("style")))
        for above in (element, *element.iterancestors())
    )


def _is_hiding(style: str) -> bool:
    return bool(NOT_SHOWN.search(style) or _OFF_SCREEN.search(style))


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph rather than a title, a label or a menu."""
    text = line.text
    if line.linked or len(text) <= _PROSE_LENGTH:
        return False
    return sum(map(text.count, "，。；、")) >= _PROSE_MARKS


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Return what a reader sees of an element, a line a line."""
    return "\n".join(line.text for line in lines_of(element) if is_shown(line.block))


def _resolve_base(tree: lxml.html.HtmlElement, url: str) -> None:
    """Make a page's links mean what they mean to a browser where ``<base href>`` moves them."""
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    for pointer in _POINTERS(tree) if base else ():
        for name in _ADDRESSES.intersection(pointer.keys()):
            with suppress(ValueError):  # an address like http://[x
                pointer.set(name, urljoin(urljoin(url, base), pointer.get(name).strip()))


def _parse(raw: bytes) -> lxml.html.HtmlElement | None:
    """Parse UTF-8 markup, or return None where there is none."""
    if not raw.strip():
        return None
    try:
        return lxml.html.document_fromstring(raw, parser=_PARSER)
    except (etree.LxmlError, ValueError):
        return None


def _is_vast(raw: bytes) -> bool:
    """Whether reading this would cost more than 5 seconds or 64 MB."""
    if len(raw) <= _ORDINARY:
        return False
    tags = raw.count(b"<")
    return (
        tags > _MOST_TAGS
        or (len(raw) > _MOST_ATTRIBUTES and raw.count(b"=") > _MOST_ATTRIBUTES)
        or (tags > _MOST_BREAKS and raw.count(b"<br") + raw.count(b"<BR") > _MOST_BREAKS)
        or (raw.lstrip()[:1] in (b"{", b"[") and raw.count(b"{") > _MOST_RECORDS)
        or any(len(tag.split()) > _MOST_OF_ONE_TAG for tag in _LONG_TAG.findall(raw))
    )


def _end(
    lines: list[Line],
    pieces: list[str],
    block: lxml.html.HtmlElement,
    linked: bool,
    plain: bool,
) -> None:
    """Close the line that ``pieces`` make up."""
    joined = pieces[0] if len(pieces) == 1 else "".join(pieces)
    pieces.clear()
    for part in joined.splitlines() if plain or block.tag == "pre" else (joined,):
        text = " ".join(part.split())
        if not text.isprintable():
            text = " ".join(INVISIBLE.sub("", part).split())
        if text:
            lines.append(Line(text, block, linked))


def _is_apart(element: lxml.html.HtmlElement) -> bool:
    """Whether a blank stands before an element: ``<a>…</a> <a>…</a>``."""
    before, above = element.getprevious(), element.getparent()
    gap = before.tail if before is not None else above.text if above is not None else None
    return gap is not None and gap.isspace()
