"""列表区: which elements of a page are the rows of its list.

Links are grouped under the elements that hold several of them side by side; a group is weighed
by its days, its addresses, the heading above it and where on the page it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

import lxml.html
from lxml import etree

from crawler.pages.place import squeeze
from crawler.pages.rows import (
    DATE_LIKE,
    FULL_DATE,
    OTHER_DATE,
    address_of,
    shows_day,
    texts_outside,
)
from crawler.pages.text import text_in

Element: TypeAlias = lxml.html.HtmlElement

_CLIMB = 7  # how far above its link a row may stand
_PATH_LEVELS = 4  # the element of the rows and three above it
#: links that lead on, or away, and are no titles
FURNITURE = re.compile(
    r"[\[【(（<《]?\s*(?:更多|查看更多|更多内容|more|详情|详细|详细内容|查看详情|查看全文|阅读全文|全文|查看|下载|"
    r"点击下载|点击查看|返回\w{0,4}|打印(?:本页|此页|本文|文章)?|关闭(?:窗口|本页|页面)?|(?:收藏|推荐)(?:本页|本文)?|点击(?:访问|进入)|首\s*页|网站首页|尾\s*页|末\s*页|第一页|最后一页|最后页|"
    r"上一?页|下一?页|前一?页|后一?页|上一篇|下一篇|转到|跳转|GO|确定|prev|next|home|first|last|"
    r"read more|continue reading|older|newer|weiter(?:lesen)?|zurück|mehr|lire la suite|suivante?|"
    r"précédente?|leer más|siguiente|anterior|подробнее|далее|след(?:ующая)?|пред(?:ыдущая)?|"
    r"続きを読む|次へ|前へ|다음|이전|자세히|"
    r"\d{1,4}|[<>«»›‹.…\s]+|RSS|登录|注册|设为首页|加入收藏|收藏|无障碍\w{0,4}|繁体\w?|简体\w?|English)"
    r"\s*[\]】)）>»›+….]*",
    re.IGNORECASE,
)
#: addresses of articles and files
ARTICLE = re.compile(
    r"/t\d{8}_\d|/art[/_]|info/(?:\w+/)*\d+\.htm|c\d+a\d+/page|/\d{6}/|20\d\d[-/_]?[01]\d|\d{4,}(?:\.s?html?|/?$)|"
    r"[0-9a-f]{16,}|(?:post|content|article|detail|news|show|view|info|page)[-_/]?\d+|"
    r"(?:post|content|article|detail|news|show|view|info|read)\w*\.\w{2,5}\?|"
    r"[?&](?:id|aid|\w+id)=|\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)(?:$|\?)|mp\.weixin\.qq\.com",
    re.IGNORECASE,
)
#: what a template leaves where a script will put a title, and addresses written out
_NO_TITLE = re.compile(r"\{\{|\$\{|<%|\[\[|https?://|^www\.|[A-Za-z0-9]@[A-Za-z0-9]")
#: titles of files in an article: 附件1：…, ….doc
_FILE_TITLE = re.compile(
    r"^[\[【(（]?附件|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", re.IGNORECASE
)
_NEIGHBOURS = ("上一篇", "下一篇", "上一条", "下一条")
_ROW_TAGS = frozenset({"li", "tr", "dl", "article"})
_MOST_LINKS = 3  # in a row: a column before the title, the title, a 详情 behind it
_BESIDE_TITLE = 40  # characters of a row that are not its title; with more it may be prose
_LAYOUT_TAGS = frozenset({"div", "table", "center", "form", "header", "section", "footer", "main"})
#: rows that a script opens, without a link inside
_CLICKED = etree.XPath("//@onclick/parent::*[not(self::a or self::button or self::input or .//a)]")
_LONGEST_ROW, _MOST_CLICKED = 200, 2000
_BOX_LEVELS = 3  # the element of the rows and two around it
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?<=\d)[_-]\d{1,3}(?=\.\w+$)")
_LONG_TITLE = 10
#: how many rows must show a day, of a few rows and of many
_FEW, _DATED_OF_FEW, _DATED_OF_MANY = 4, 0.6, 0.4
_FEWEST_ODD = 3  # rows in paragraphs or divisions, with addresses that tell nothing
#: undated rows are a list only in number, with addresses of articles
_FEWEST_UNDATED, _ARTICLES = 2, 0.6


class RowMark(NamedTuple):
    """行: an element that holds one entry, its title link, and the texts beside it.

    A plain tuple, because a page has hundreds.
    """

    element: Element
    link: Element
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """列表块: an element with rows side by side, and what speaks for it."""

    element: Element
    rows: tuple[RowMark, ...]
    dated: int  # rows in which a day may stand
    article_like: int
    long_titles: int

    @property
    def is_list(self) -> bool:
        """Whether enough of its rows are what lists of articles are made of."""
        size = len(self.rows)
        few = size <= _FEW
        odd = self.rows[0].element.tag not in _ROW_TAGS and self.article_like < size / 2
        if odd and (size < _FEWEST_ODD or (few and self.dated < size)):
            return False  # a dateline between parts of an article looks like this too
        if self.dated >= size * (_DATED_OF_FEW if few else _DATED_OF_MANY):
            return True
        return (
            size >= _FEWEST_UNDATED
            and self.article_like >= size * _ARTICLES
            and self.long_titles >= size / 2
        )

    @property
    def weight(self) -> float:
        """How much it looks like a list of articles, wherever it stands."""
        weight = 3.0 * self.dated + 1.0 * self.article_like + 0.5 * self.long_titles
        return weight if self.is_list else weight * 0.05

    @property
    def path(self) -> str:
        """Tags with their first class from three levels above down to the row, without places.

        >>> import lxml.html
        >>> page = lxml.html.fromstring(
        ...     "<body><ul class='list a'><li><a href=1.html>关于收费标准的公示一</a>2026-03-01"
        ...     "<li><a href=2.html>关于收费标准的公示二</a>2026-03-02</ul></body>"
        ... )
        >>> [block.path for block in find_blocks(page, "")]
        ['body/ul.list/li']
        """
        return f"{_path_to(self.element)}/{self.rows[0].element.tag}"


def blocks_at(path: str, tree: Element, url: str) -> list[Block]:
    """The lists that stand at a path known from another page, in document order."""
    above = path.rpartition("/")[0]
    last, _, mark = above.rpartition("/")[2].partition(".")
    found: list[Block] = []
    for element in tree.iter(last):
        if (not mark or mark in element.get("class", "")) and _path_to(element) == above:
            found += (block for block in find_blocks(element, url) if block.element is element)
    return [block for block in found if block.path == path and block.is_list]


def has_place_of(path: str, tree: Element) -> bool:
    """Whether the box of a list known from another day still stands, with or without rows.

    The element of the rows, or one of the two around it; an element without a class is none to
    know a page by.

    >>> import lxml.html
    >>> page = lxml.html.fromstring("<body><div class=main><p>暂无信息</p></div></body>")
    >>> has_place_of("body/div.main/ul/li", page), has_place_of("body/div.old/ul.list/li", page)
    (True, False)
    """
    parts = path.split("/")[:-1]
    for above in range(min(_BOX_LEVELS, len(parts))):
        known = "/".join(parts[: len(parts) - above])
        tag, _, mark = parts[-1 - above].partition(".")
        if mark and any(
            mark in element.get("class", "") and _path_to(element).endswith(known)
            for element in tree.iter(tag)
        ):
            return True
    return not any("." in part for part in parts)


def _path_to(element: Element) -> str:
    parts: list[str] = []
    node: Element | None = element
    while node is not None and node.tag != "html" and len(parts) < _PATH_LEVELS:
        classes = node.get("class", "").split()
        parts.append(f"{node.tag}.{classes[0]}" if classes else str(node.tag))
        node = node.getparent()
    return "/".join(reversed(parts))


def find_blocks(tree: Element, url: str) -> list[Block]:
    """Every group of links side by side, in document order; ``url`` is the page's own."""
    links = _title_links(tree, url)
    holders = _holders(links)
    own = _address_shape(url)
    nested = _nested(holders)
    blocks = [
        block
        for holder, children in holders.items()
        if (block := _block(holder, children, links, nested, own)) is not None
    ]
    beside = {(block.element.getparent(), block.element.tag) for block in blocks if block.dated}
    return blocks + _lone_rows(holders, links, own, beside)


def _title_links(tree: Element, url: str) -> dict[Element, str]:
    """The links that may be titles, and rows that are clicked on, with their texts."""
    found = {}
    for link in tree.iter("a"):
        text = text_in(link).strip() or (link.get("title") or "").strip()
        if _may_be_title(text) and (link.get("href") or link.get("onclick")):
            found[link] = text
    for row in islice(_CLICKED(tree), _MOST_CLICKED):
        text = " ".join(text_in(row).split())
        if _may_be_title(text) and len(text) <= _LONGEST_ROW and address_of(row, url):
            found[row] = text
    return found


@lru_cache(maxsize=8192)
def _may_be_title(text: str) -> bool:
    return (
        bool(text)
        and not FURNITURE.fullmatch(text[:40])
        and not _NO_TITLE.search(text)
        and not text.startswith(_NEIGHBOURS)
    )


def _holders(links: Iterable[Element]) -> dict[Element, dict[Element, list[Element]]]:
    """For each element above links: its children that hold links, with those links."""
    holders: dict[Element, dict[Element, list[Element]]] = {}
    for link in links:
        child = link
        for _ in range(_CLIMB):
            parent = child.getparent()
            if parent is None or parent.tag == "html":
                break
            holders.setdefault(parent, {}).setdefault(child, []).append(link)
            child = parent
    return holders


def _nested(holders: Mapping[Element, Mapping[Element, object]]) -> set[Element]:
    """The elements that hold rows side by side, themselves or further down."""
    found: set[Element] = set()
    for holder, children in holders.items():
        rows = sum(child.tag in _ROW_TAGS for child in children)
        if rows > 1:
            found.add(holder)
            for above, _ in zip(holder.iterancestors(), range(_CLIMB), strict=False):
                if above in found:
                    break
                found.add(above)
    return found


def _block(
    holder: Element,
    children: Mapping[Element, list[Element]],
    texts: Mapping[Element, str],
    nested: Container[Element],
    own: str,
) -> Block | None:
    if len(children) < 2:
        return None
    tag, count = Counter(child.tag for child in children).most_common(1)[0]
    if holder.tag == "body" and tag in _LAYOUT_TAGS:
        return None
    rows = [(child, links) for child, links in children.items() if child.tag == tag]
    crowded = sum(len(links) > _MOST_LINKS or child in nested for child, links in rows)
    if count < 2 or crowded > count / 3:
        return None  # its children hold lists of their own
    return _weigh(holder, rows, texts, own)


def _lone_rows(
    holders: Mapping[Element, Mapping[Element, list[Element]]],
    texts: Mapping[Element, str],
    own: str,
    beside: Container[tuple[Element | None, str]],
) -> list[Block]:
    """Lists of a single dated row: alone on the page, or the last group of a longer list."""
    found, seen = [], set()
    for holder, children in holders.items():
        if len(children) > 1 or (beside and (holder.getparent(), holder.tag) not in beside):
            continue
        for child, links in children.items():
            if child.tag in _ROW_TAGS and len(links) <= 2 and links[0] not in seen:
                block = _weigh(holder, [(child, links)], texts, own)
                sure = beside or block.article_like or block.long_titles
                if sure and block.dated and _shows_little(child, links, texts):
                    seen.add(links[0])
                    found.append(block)
    return found


def _shows_little(row: Element, links: Sequence[Element], texts: Mapping[Element, str]) -> bool:
    """Whether a row is little more than its link and a day."""
    words = len("".join("".join(row.itertext()).split())) - sum(len(texts[link]) for link in links)
    return words <= _BESIDE_TITLE


def _weigh(
    holder: Element,
    rows: Sequence[tuple[Element, list[Element]]],
    texts: Mapping[Element, str],
    own: str,
) -> Block:
    beside = _texts_beside(holder, [row for row, _ in rows])
    marks = [
        RowMark(row, _main_link(links, texts), near)
        for (row, links), near in zip(rows, beside, strict=True)
    ]
    titled = [(mark, texts[mark.link]) for mark in marks]
    return Block(
        element=holder,
        rows=tuple(marks),
        dated=sum(_is_dated(mark, title) for mark, title in titled),
        article_like=sum(
            _leads_to_article(_href(mark.link), own) and not _FILE_TITLE.search(title)
            for mark, title in titled
        ),
        long_titles=sum(len(title) >= _LONG_TITLE for _, title in titled),
    )


def _is_dated(mark: RowMark, title: str) -> bool:
    """Whether a row shows a day; only what is no plain full date is looked at closely."""
    rest = " ".join((*texts_outside(mark.element, mark.link), *mark.beside))
    if rest and FULL_DATE.search(rest) and len(rest) <= _BESIDE_TITLE:
        return True
    if ("20" in rest or "19" in rest) and OTHER_DATE.search(rest):
        return True  # that it is a day is plain, whichever it is
    own = " ".join(mark.link.itertext()) if len(mark.link) else title
    may_be = (
        _may_be_dated(own)
        or _may_be_dated(mark.link.get("title", "")[-20:])
        or (rest and DATE_LIKE.search(rest))
    )
    return bool(may_be) and shows_day(mark.element, mark.link, mark.beside)


@lru_cache(maxsize=8192)
def _may_be_dated(text: str) -> bool:
    return DATE_LIKE.search(text) is not None


def _leads_to_article(href: str, own: str) -> bool:
    """Whether an address is an article's; one shaped like the page's own is another column's."""
    return _is_article(href) and not own.endswith(_address_shape(href))


@lru_cache(maxsize=8192)  # the menus of a site stand on each of its pages
def _is_article(href: str) -> bool:
    return ARTICLE.search(href) is not None


def _address_shape(href: str) -> str:
    """Last folder and file of an address, its numbers as #, without the number of the page."""
    name = "/".join(href.rsplit("/", 2)[-2:])
    return _NUMBER.sub("#", _PAGE_NUMBER.sub("", name))


def _href(link: Element) -> str:
    href = link.get("href") or ""
    return (href if len(href) > 12 or "javascript" not in href else link.get("onclick") or "")[:300]


def _main_link(links: Sequence[Element], texts: Mapping[Element, str]) -> Element:
    """The title among the links of a row: the longest, not the [column] before it."""
    return max(links, key=lambda link: min(len(texts[link]), 40)) if len(links) > 1 else links[0]


def _texts_beside(holder: Element, rows: Sequence[Element]) -> list[tuple[str, ...]]:
    """For rows that are bare links or paragraphs: the texts between one row and the next."""
    gaps: list[list[str]] = [[]]
    place = {row: number for number, row in enumerate(rows)}
    if holder.text and holder.text.strip():
        gaps[0].append(holder.text.strip())
    for child in holder:
        if child in place:
            gaps.append([])
        elif (
            isinstance(child.tag, str)
            and child.tag not in ("script", "style")
            and len(gaps[-1]) < 6
        ):
            gaps[-1] += [
                text for part in child.itertext() if (text := part.strip()) and len(text) < 60
            ]
        if child.tail and (text := child.tail.strip()) and len(text) < 60:
            gaps[-1].append(text)
    first, last = (any(map(DATE_LIKE.search, gap)) for gap in (gaps[0], gaps[-1]))
    chosen = gaps[:-1] if first and not last else gaps[1:]
    return [tuple(gap[:6]) for gap in chosen]


def table_heads(holder: Element) -> tuple[str, ...]:
    """The heads of a table's columns, when its first row has no link."""
    if holder.tag not in ("table", "tbody"):
        return ()
    first = next(holder.iter("tr"), None)
    if first is None and holder.tag == "tbody":
        return ()
    if (
        holder.tag == "tbody"
        and (previous := holder.getprevious()) is not None
        and previous.tag == "thead"
    ):
        first = next(previous.iter("tr"), first)
    if first is None or first.find(".//a") is not None:
        return ()
    heads = tuple(squeeze("".join(cell.itertext())) for cell in first)
    return heads if len(heads) > 1 and all(len(head) <= 12 for head in heads) else ()
