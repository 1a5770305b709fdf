"""片段: the pieces of a page that carry its content, and what they hold. BeautifulSoup's home."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice
from typing import Protocol

import lxml.html
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from lxml import etree

from crawler.pages.text import BLOCKS, INVISIBLE, NOT_SHOWN, UNSEEN, TextNode

#: where elements point, and viewers of files that show them in the page
_POINTERS = {"a": "href", "iframe": "src", "embed": "src", "object": "data", "div": "pdfsrc"}
_SEEN_ONLY = ("img", "video", "iframe", "embed", "object")
#: a link a script writes into the page; an address put together from variables is none
_WRITTEN = re.compile(
    r"""<a\b[^<>]*?\bhref\s*=\s*\\?["']?([^"'\\\s<>+]+)\\?["']?[^<>]*>([^<>"'+]*)""", re.IGNORECASE
)
_QUOTED = re.compile(r"""["']([^"']*[/.][^"']*)["']""")
_CELLS = ("td", "th")
_MASS = 10_000  # elements
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
        for tag in self._soup.find_all(style=NOT_SHOWN) if "none" in markup else ():
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


class Mass:
    """大段: a piece of a page too large for BeautifulSoup, which needs 50 times its size."""

    def __init__(self, element: lxml.html.HtmlElement) -> None:
        self._element = element

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(_joined(_pieces(self._element)))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return tuple(
            tuple(
                tuple(" ".join(cell.text_content().split()) for cell in row if cell.tag in _CELLS)
                for row in table.iter("tr")
            )
            for table in self._element.iter("table")
            if next(table.iterdescendants("table"), None) is None
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(
            Link(address=address, name=" ".join(node.text_content().split()), tag=node.tag)
            for node in self._element.iter(*_POINTERS)
            if (address := (node.get(_POINTERS[node.tag]) or "").strip())
        )

    @cached_property
    def images(self) -> tuple[str, ...]:
        return tuple(
            node.get("src") or node.get("data") or "" for node in self._element.iter(*_SEEN_ONLY)
        )


def content_of(element: lxml.html.HtmlElement) -> Content:
    """Read an element that carries content; paragraphs and nothing else need no mending."""
    if not _RICH(element):
        return Prose(lines=tuple(_joined(_pieces(element))))
    if sum(1 for _ in islice(element.iter(), _MASS)) == _MASS:
        return Mass(element)
    return fragment_of(element)


def fragment_of(element: lxml.html.HtmlElement) -> Fragment:
    """Hand the markup of an element to BeautifulSoup, without what only dresses it.

    Half of what editors paste is formatting and blanks between blocks; taking them out first
    halves the time as well.
    """
    bare = copy.deepcopy(element)
    bare.tail = None
    for dressed in _DRESSED(bare):
        if dressed is not bare and NOT_SHOWN.search(dressed.get("style", "")):
            dressed.drop_tree()
    etree.strip_tags(bare, *_FORMATTING)
    etree.strip_attributes(bare, *_DRESS)
    for node in bare.iter():
        if node.tag in BLOCKS:
            if node.text and node.text.isspace():
                node.text = None
            if node.tail and node.tail.isspace():
                node.tail = None
    return Fragment(etree.tostring(bare, encoding="unicode"))


def _pieces(root: lxml.html.HtmlElement) -> Iterator[tuple[object, str]]:
    """Yield the texts under ``root``, each with the block it stands in; a break has none."""
    for node in _ALL_NODES(root):
        if not isinstance(node, TextNode):
            yield None, ""
            continue
        block = node.getparent()
        if node.is_tail:
            block = block.getparent()
        while block is not root and block.tag not in BLOCKS:
            block = block.getparent()
        yield block, node


def _soup_pieces(root: Tag) -> Iterator[tuple[object, str]]:
    """Yield the same of a piece that BeautifulSoup holds."""
    for node in root.descendants:
        if isinstance(node, NavigableString):
            block = _block_of(node, root)
            if block.name not in UNSEEN and not isinstance(node, PreformattedString):  # a comment
                yield block, str(node)
        elif isinstance(node, Tag) and node.name == "br":
            yield None, ""


def _joined(pieces: Iterable[tuple[object, str]]) -> Iterator[str]:
    """Yield a line for the texts that follow each other in one block."""
    line: list[str] = []
    line_block: object = None
    for block, text in pieces:
        if block is not line_block:
            if joined := _one_line(line):
                yield joined
            line.clear()
            line_block = block
        line.append(text)
    if joined := _one_line(line):
        yield joined


def _one_line(pieces: Iterable[str]) -> str:
    joined = "".join(pieces)
    line = " ".join(joined.split())
    return line if line.isprintable() else " ".join(INVISIBLE.sub("", joined).split())


def _block_of(text: NavigableString, root: Tag) -> Tag:
    block = text.parent or root
    while block is not root and block.name not in BLOCKS and block.parent is not None:
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
