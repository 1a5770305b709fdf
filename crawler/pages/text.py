"""文字: bytes to text, text to a tree, markup to lines. The home of BeautifulSoup and w3lib."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import NamedTuple, Protocol
from urllib.parse import urljoin

import lxml.html
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from charset_normalizer import from_bytes
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

#: what a page may be in; gb2312 and gbk are read as gb18030, their superset
_CHARSETS = ("utf-8", "gb18030", "big5")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: bytes no markup may hold; none of them is ever part of a character of these charsets
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
#: what Chinese becomes when its UTF-8 was read as Latin 1 once, and stored so
_LATIN = "äåæçèé"
_LATIN_LEAD = b"\xc3"  # of each of them in UTF-8
_NARROW = 6  # of so many bytes less than one is 0, unless characters take two bytes each
_LATIN_AT_MOST = 30  # names of visitors and of songs have some
_CHINESE = re.compile("[\u3400-\u9fff]")
#: below this share of GB 2312 characters a text that decodes as GB 18030 is hardly meant to be
_PLAIN_SHARE = 0.8
_PROSE_LENGTH, _PROSE_MARKS = 40, 2  # of a paragraph, at least
_LOST_AT_MOST = 2  # replacement characters; a broken byte or two hides no word list

_BLOCK_TAGS = """
html head body address article aside blockquote button center dd details dialog dir div dl dt
fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main marquee menu nav
ol p pre section summary table tbody td tfoot th thead tr ul caption
"""
_UNSEEN_TAGS = "script style noscript template title textarea select option iframe"
#: elements whose text nobody sees
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
#: elements that begin and end a line; a browser shows any other in the line it stands in
_BLOCKS = _UNSEEN | frozenset(_BLOCK_TAGS.split())
#: a page of so few pieces of text has no markup to speak of: its own line breaks count
_PLAIN_PIECES = 3
#: where elements point, and viewers of files that show them in the page
_POINTERS = {"a": "href", "iframe": "src", "embed": "src", "object": "data", "div": "pdfsrc"}
_SEEN_ONLY = ("img", "video", "iframe", "embed", "object")
#: a link a script writes into the page; an address put together from variables is none
_WRITTEN = re.compile(
    r"""<a\b[^<>]*?\bhref\s*=\s*\\?["']?([^"'\\\s<>+]+)\\?["']?[^<>]*>([^<>"'+]*)""", re.IGNORECASE
)
_QUOTED = re.compile(r"""["']([^"']*[/.][^"']*)["']""")
#: one class for all elements: asking lxml for each tag's own takes half as long as parsing
_PARSER = lxml.html.HTMLParser(encoding="utf-8")
_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(
        element=lxml.html.HtmlElement,
        comment=lxml.html.HtmlComment,
        pi=lxml.html.HtmlProcessingInstruction,
        entity=lxml.html.HtmlEntity,
    )
)
#: text nodes know their element; lxml's own stubs call them plain strings
_Text = etree._ElementUnicodeResult
#: texts and breaks; what a script or style holds is often longer than the page, and never read
_NODES = etree.XPath(
    "descendant::text()[not(parent::script or parent::style)][normalize-space()]"
    " | descendant::br | descendant::script[node()] | descendant::style[node()]"
)
_ALL_NODES = etree.XPath("descendant::text() | descendant::br")
#: an element holds more than words in paragraphs, or words a browser hides
_RICH = etree.XPath(
    "boolean(descendant-or-self::*[not(self::p or self::br or self::div or self::section"
    " or self::span or self::font or self::b or self::strong or self::em or self::i or self::u"
    " or self::h1 or self::h2 or self::h3 or self::h4) or @pdfsrc"
    " or contains(@style, 'none') or contains(@style, 'NONE') or contains(@style, 'None')])"
)
_DRESSED = etree.XPath("descendant::*[contains(@style, 'none') or contains(@style, 'NONE')]")
_FORMATTING = ("span", "font", "b", "strong", "em", "i", "u", "big", "small", "ins", "label", "o:p")
_DRESS = ("style", "class", "align", "valign", "width", "height", "bgcolor", "lang", "face")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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


class Line(NamedTuple):
    """行: text a reader sees in one line, and the block element that holds it.

    ``linked``: all of it is inside a link. A plain tuple, because a page has hundreds.
    """

    text: str
    block: lxml.html.HtmlElement
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """链接: an address an element points to, the element's words and its tag."""

    address: str
    name: str
    tag: str


class Content(Protocol):
    """内容: what a piece of a page holds."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The visible lines, furniture and all."""

    @property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables, as rows of cells; a table inside a cell is one of its own."""

    @property
    def links(self) -> tuple[Link, ...]:
        """Everything that points somewhere, in order; a script may have written it there."""

    @property
    def images(self) -> tuple[str, ...]:
        """The addresses of pictures, and of films and frames: what is seen but not read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """文段: paragraphs of words, and nothing that points anywhere."""

    lines: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()


class Fragment:
    """片段: a piece of markup as BeautifulSoup mends it; its parts are read when asked for."""

    def __init__(self, markup: str) -> None:
        self._soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
        for tag in self._soup.find_all(style=_NOT_SHOWN) if "none" in markup else ():
            tag.decompose()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(_joined(_soup_pieces(self._soup)))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return tuple(tuple(_rows(tag)) for tag in self._tags if tag.name == "table")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for tag in self._tags for link in _links_of(tag))

    @cached_property
    def images(self) -> tuple[str, ...]:
        return tuple(
            str(tag.get("src") or tag.get("data") or "")
            for tag in self._tags
            if tag.name in _SEEN_ONLY
        )

    @cached_property
    def _tags(self) -> tuple[Tag, ...]:
        return tuple(node for node in self._soup.descendants if isinstance(node, Tag))


def open_page(body: bytes, url: str, content_type: str | None = None) -> Page:
    """Decode and parse a page; any bytes give a ``Page``, none raise."""
    text, encoding, doubtful = decode(body, content_type)
    raw = body if encoding == "utf-8" and not doubtful else text.encode("utf-8", "replace")
    tree = _parse(raw)
    if tree is not None:
        _resolve_base(tree, url)
    return Page(url=url, text=text, encoding=encoding, doubtful=doubtful, tree=tree)


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str, bool]:
    """Return text, charset and whether the charset is in doubt.

    Strict UTF-8 wins, then strict GB 18030; the header and the page's own declaration are hints
    only (pages declared gb2312 hold GBK, converted pages keep their old declaration).
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(encoding, "replace")
            return text, encoding, _is_damaged(text)
    if 0 in body and body.count(0) * _NARROW > len(body):
        return _decode_wide(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, content_type)
    return text, "utf-8", _is_lossy(text) or (_LATIN_LEAD in body and _is_twice_decoded(text))


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
        if not isinstance(node, _Text):  # a br, or a script, which has no line
            if pieces:
                _end(lines, pieces, line_block, linked, plain)
            if node.tag != "br":
                line_block = node
            linked = True
            continue
        holder = node.getparent()
        ends = False
        if node.is_tail:
            ends = holder.tag in _BLOCKS
            holder = holder.getparent()
        block, tag, in_link = holder, holder.tag, False
        while tag not in _BLOCKS:
            in_link = in_link or tag == "a"
            above = block.getparent()
            if above is None:
                break
            block, tag = above, above.tag
        if ends or block is not line_block:
            if pieces:
                _end(lines, pieces, line_block, linked, plain)
            line_block, linked = block, True
        if tag in _UNSEEN:
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
        or _NOT_SHOWN.search(above.get("style", ""))
        for above in (element, *element.iterancestors())
    )


def is_prose(line: Line) -> bool:
    """Whether a line is a paragraph rather than a title, a label or a menu."""
    text = line.text
    if line.linked or len(text) <= _PROSE_LENGTH:
        return False
    return sum(map(text.count, "，。；、")) >= _PROSE_MARKS


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Return what a reader sees of an element, a line a line."""
    return "\n".join(line.text for line in lines_of(element) if is_shown(line.block))


def content_of(element: lxml.html.HtmlElement) -> Content:
    """Read an element that carries content; paragraphs and nothing else need no mending."""
    if _RICH(element):
        return fragment_of(element)
    return Prose(lines=tuple(_joined(_pieces(element))))


def fragment_of(element: lxml.html.HtmlElement) -> Fragment:
    """Hand the markup of an element to BeautifulSoup, without what only dresses it.

    Half of what editors paste is formatting and blanks between blocks; taking them out first
    halves the time as well.
    """
    bare = copy.deepcopy(element)
    bare.tail = None
    for dressed in _DRESSED(bare):
        if dressed is not bare and _NOT_SHOWN.search(dressed.get("style", "")):
            dressed.drop_tree()
    etree.strip_tags(bare, *_FORMATTING, etree.Comment)
    etree.strip_attributes(bare, *_DRESS)
    for node in bare.iter():
        if node.tag in _BLOCKS:
            if node.text and node.text.isspace():
                node.text = None
            if node.tail and node.tail.isspace():
                node.tail = None
    return Fragment(etree.tostring(bare, encoding="unicode"))


def _decode_other(body: bytes, content_type: str | None) -> tuple[str, str, bool]:
    """Decode what is not UTF-8."""
    declared = _declared(body, content_type)
    for encoding in ("big5", "gb18030") if declared == "big5" else ("gb18030", "big5"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "big5" or _plain_share(text) >= _PLAIN_SHARE:
            return text, encoding, _is_damaged(text)
    best = from_bytes(body, cp_isolation=list(_CHARSETS)).best()
    guesses = dict.fromkeys(
        guess for guess in (best and best.encoding, declared, "gb18030", "utf-8") if guess
    )
    texts = {guess: body.decode(guess, "replace") for guess in guesses}
    encoding = min(texts, key=lambda guess: texts[guess].count("\ufffd"))
    return texts[encoding], encoding, _is_damaged(texts[encoding])


def _decode_wide(body: bytes) -> tuple[str, str, bool]:
    """Decode UTF-16 without its mark: every other byte of its markup is 0."""
    encoding = "utf-16-le" if body[1::2].count(0) >= body[::2].count(0) else "utf-16-be"
    text = body.decode(encoding, "replace")
    return text, encoding, _is_damaged(text)


def _declared(body: bytes, content_type: str | None) -> str | None:
    found = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    return found if found in _CHARSETS else None


def _plain_share(text: str) -> float:
    """Return how much of the Chinese in ``text`` is everyday GB 2312."""
    chinese = "".join(_CHINESE.findall(text[:200_000]))
    return len(chinese.encode("gb2312", "ignore")) / 2 / len(chinese) if chinese else 1.0


def _is_damaged(text: str) -> bool:
    """Whether characters were lost, here or before the page was stored."""
    return _is_lossy(text) or _is_twice_decoded(text)


def _is_lossy(text: str) -> bool:
    # one character is looked for many times faster than it is counted
    lost = "\ufffd" in text and text.count("\ufffd") > _LOST_AT_MOST
    return lost or ("锟" in text and "锟斤拷" in text)


def _is_twice_decoded(text: str) -> bool:
    if text.count("å") + text.count("ä") <= _LATIN_AT_MOST:
        return False
    return sum(map(text.count, _LATIN)) > len(_CHINESE.findall(text))


def _resolve_base(tree: lxml.html.HtmlElement, url: str) -> None:
    """Make a page's links mean what they mean to a browser where ``<base href>`` moves them."""
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    if base:
        tree.make_links_absolute(
            urljoin(url, base), resolve_base_href=False, handle_failures="ignore"
        )


def _parse(raw: bytes) -> lxml.html.HtmlElement | None:
    """Parse UTF-8 markup, or return None where there is none."""
    raw = raw.translate(None, _CONTROLS)
    if not raw.strip():
        return None
    try:
        return lxml.html.document_fromstring(raw, parser=_PARSER)
    except (etree.LxmlError, ValueError):
        return None


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
        if text := " ".join(part.split()):
            lines.append(Line(text, block, linked))


def _is_apart(element: lxml.html.HtmlElement) -> bool:
    """Whether a blank stands before an element: ``<a>…</a> <a>…</a>``."""
    before, above = element.getprevious(), element.getparent()
    gap = before.tail if before is not None else above.text if above is not None else None
    return gap is not None and gap.isspace()


def _pieces(root: lxml.html.HtmlElement) -> Iterator[tuple[object, str]]:
    """Yield the texts under ``root``, each with the block it stands in; a break has none."""
    for node in _ALL_NODES(root):
        if not isinstance(node, _Text):
            yield None, ""
            continue
        block = node.getparent()
        if node.is_tail:
            block = block.getparent()
        while block is not root and block.tag not in _BLOCKS:
            block = block.getparent()
        yield block, node


def _soup_pieces(root: Tag) -> Iterator[tuple[object, str]]:
    """Yield the same of a piece that BeautifulSoup holds."""
    for node in root.descendants:
        if isinstance(node, NavigableString):
            block = _block_of(node, root)
            if block.name not in _UNSEEN and not isinstance(node, PreformattedString):  # a comment
                yield block, str(node)
        elif isinstance(node, Tag) and node.name == "br":
            yield None, ""


def _joined(pieces: Iterable[tuple[object, str]]) -> Iterator[str]:
    """Yield a line for the texts that follow each other in one block."""
    line: list[str] = []
    line_block: object = None
    for block, text in pieces:
        if block is not line_block:
            if joined := " ".join("".join(line).split()):
                yield joined
            line.clear()
            line_block = block
        line.append(text)
    if joined := " ".join("".join(line).split()):
        yield joined


def _block_of(text: NavigableString, root: Tag) -> Tag:
    block = text.parent or root
    while block is not root and block.name not in _BLOCKS and block.parent is not None:
        block = block.parent
    return block


def _links_of(tag: Tag) -> Iterator[Link]:
    if tag.name in _POINTERS and (address := _address(tag)):
        yield Link(address=address, name=" ".join(_joined(_soup_pieces(tag))), tag=tag.name)
    elif tag.name == "script":
        script = unescape(tag.string or "")  # serialised as XML, so its < came as &lt;
        for address, name in written_links(script):
            yield Link(address=address, name=name, tag="a")


def written_links(script: str) -> list[tuple[str, str]]:
    """Return address and words of each link a script writes literally into the page.

    >>> written_links("document.write('<a href=a.pdf>收费公示</a>')")
    [('a.pdf', '收费公示')]
    """
    if "document.write" not in script:
        return []
    return [(address, " ".join(name.split())) for address, name in _WRITTEN.findall(script)]


def _address(tag: Tag) -> str:
    """Return where an element points; for a script's link the path among its arguments."""
    address = str(tag.get(_POINTERS[tag.name]) or "").strip()
    if tag.name != "a" or not address.lower().startswith(("javascript:", "#")):
        return address
    quoted = _QUOTED.search(f"{tag.get('onclick') or ''} {address}")
    return quoted[1] if quoted else address


def _rows(table: Tag) -> Iterator[tuple[str, ...]]:
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            cells = row.find_all(("td", "th"), recursive=False)
            yield tuple(" ".join(_joined(_soup_pieces(cell))) for cell in cells)
