"""栏目列表页: a list page → its entries, its next page, and what it says when there are none."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.pages.blocks import find_blocks, table_heads
from crawler.pages.paging import End, next_of
from crawler.pages.place import breadcrumb, column_names, crumb_element, squeeze
from crawler.pages.rows import Entry, address_of, clean_title, read_row
from crawler.pages.standing import Candidate, candidates, is_elsewhere
from crawler.pages.text import Page, open_page
from crawler.platforms import Platform, generic, platform_of

__all__ = ["End", "Entry", "Listing", "Shape", "listing_of", "read_list"]

Element: TypeAlias = lxml.html.HtmlElement

#: how many of the heaviest blocks are looked at closely
_CONTENDERS = 8
_EMPTY = re.compile(
    r"暂(?:时)?(?:没有|无)(?:任何|相关|符合条件的)?(?:内容|数据|信息|记录|文章|资料|文件|新闻|公告)?|没有(?:找到|查到|检索到)?(?:任何|相关|符合条件的)?"
    r"(?:内容|数据|信息|记录|文章)|没有找到|未找到(?:相关)?(?:内容|信息|数据)|栏目(?:正在)?建设中|正在建设(?:中)?|建设中|内容(?:正在)?(?:更新|维护|建设|整理)中|"
    r"敬请(?:期待|关注)|即将上线|资料(?:正在)?整理中|(?:本)?栏目暂未开通|此栏目下没有内容|(?:该|本|此)栏目(?:下)?(?:暂)?(?:没有|无)\w{0,6}|"
    r"共(?:有)?0(?:条|个|篇)(?:记录|信息|数据)?|no\s?data",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 30
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|none|layui-hide)(?:\s|$)", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"\{\{[^{}]{1,80}\}\}|\sv-(?:for|if|show|html)=|\sng-(?:repeat|bind|if)=|data-bind=[\"']foreach|<%=|\$\{\w"
)
_LOADING = re.compile(
    r"(?:正在|数据|内容)?(?:加载|载入|读取)中|请稍候|loading\.{2,}", re.IGNORECASE
)
_FETCHING = re.compile(
    r"\$\.(?:ajax|post|get|getJSON)\s*\(|\bfetch\s*\(|axios|XMLHttpRequest|\.load\s*\(|queryData|createApp|new\s+Vue",
    re.IGNORECASE,
)
_EMPTY_LISTS = (
    "//*[self::ul or self::ol or self::tbody or self::div][not(*) and not(normalize-space())]"
    "[contains(@id, 'list') or contains(@id, 'List') or contains(@class, 'list') or contains(@class, 'List')"
    " or contains(@id, 'app') or contains(@id, 'content') or contains(@id, 'main') or contains(@id, 'data')]"
)
_SIDE_FRAME = re.compile(
    r"tree|login|count|weather|tianqi|share|foot|head|top|bottom|tail|menu|nav|left|search|banner|/ad[/.s_-]|map\.|calendar|stat\.|player|video|hit",
    re.IGNORECASE,
)


@enum.unique
class Shape(enum.Enum):
    """版式: what kind of page was found."""

    LIST = "list"  # entries were read
    MENU = "menu"  # only links to sub-columns: ``subcolumns``
    SHELL = "shell"  # a script fills the list; ``data_address`` where it can be asked for
    FRAME = "frame"  # a frame of the same host holds the list: ``frames``
    EMPTY = "empty"  # the page itself says so: ``says_empty``
    UNKNOWN = "unknown"  # none of these: nothing may be concluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """列表: what one page of a column shows.

    ``next_candidates`` are the places where the next page may be, best first; whoever opens one
    must check that it brings new entries. ``end`` tells whether this is the last page: UNKNOWN
    means a pager that cannot be followed, so the list was not read to its end. ``total`` is the
    number of entries the page claims for the whole list. ``signature`` names the list block by
    its path, to notice a new layout. ``subcolumns`` (label, address) are columns below this one.
    """

    entries: tuple[Entry, ...] = ()
    shape: Shape = Shape.UNKNOWN
    says_empty: str = ""
    next_candidates: tuple[str, ...] = ()
    end: End = End.LAST
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    data_address: str = ""
    frames: tuple[str, ...] = ()
    subcolumns: tuple[tuple[str, str], ...] = ()
    signature: str = ""
    platform: str = field(default="generic")

    @property
    def next_page(self) -> str:
        """The best guess for the next page, "" if there is none."""
        return self.next_candidates[0] if self.next_candidates else ""


def read_list(
    body: bytes, url: str, content_type: str | None = None, *, seen_at: datetime | None = None
) -> Listing:
    """Read a list page from its bytes; any bytes give a ``Listing``, none raise."""
    return listing_of(open_page(body, url, content_type), seen_at=seen_at)


def listing_of(page: Page, *, seen_at: datetime | None = None) -> Listing:
    """Read a list page; without ``seen_at`` relative days (昨天) are no days."""
    platform = platform_of(page)
    tree = _opened(page, platform)
    if tree is None:
        return Listing(platform=platform.name)
    names = column_names(page)
    placed = candidates(
        find_blocks(tree, page.url), names, breadcrumb(page), page.url, most=_CONTENDERS
    )
    chosen = _chosen(placed)
    entries = tuple(_entries(chosen, page.url, seen_at))
    if entries:
        following = next_of(page, platform, count=len(entries))
        return Listing(
            entries=entries,
            shape=Shape.LIST,
            next_candidates=following.candidates,
            end=following.end,
            page=following.page,
            pages=following.pages,
            total=following.total,
            signature=chosen[0].block.path,
            subcolumns=_headed_columns(placed, page.url),
            platform=platform.name,
        )
    return _without_entries(page, tree, platform, placed)


def _opened(page: Page, platform: Platform) -> Element | None:
    """The page's tree, with rows that scripts hold laid open."""
    for open_rows in dict.fromkeys((platform.open_rows, generic.open_rows)):
        if open_rows is not None and (tree := open_rows(page)) is not None:
            return tree
    return page.tree


def _chosen(placed: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are the column's list: the best one and its companions."""
    best = max(placed, key=lambda candidate: candidate.score, default=None)
    if best is None or best.elsewhere or best.foreign or best.block.is_menu:
        return []
    return [one for one in placed if one is best or _is_companion(one, best)]


def _is_companion(one: Candidate, best: Candidate) -> bool:
    """Whether a candidate is another part of the same list: the next five rows, another tab."""
    if (
        one.elsewhere
        or one.foreign
        or one.block.is_menu
        or bool(one.block.dated) != bool(best.block.dated)
    ):
        return False
    if one.block.path == best.block.path:
        return True
    above = {best.block.element.getparent(), _above(best.block.element, 2)} - {None}
    return (
        one.block.element.tag == best.block.element.tag
        and one.block.rows[0].element.tag == best.block.rows[0].element.tag
        and bool(above & {one.block.element.getparent(), _above(one.block.element, 2)})
    )


def _above(element: Element, levels: int) -> Element | None:
    node: Element | None = element
    for _ in range(levels):
        node = node.getparent() if node is not None else None
    return node


def _entries(chosen: Iterable[Candidate], url: str, seen_at: datetime | None) -> Iterator[Entry]:
    """The entries of all chosen blocks; what a second block repeats is left out."""
    before: set[tuple[str, str]] = set()
    for candidate in chosen:
        labels = table_heads(candidate.block.element)
        hidden = _is_hidden(candidate.block.element)
        seen = set(before)
        for row in candidate.block.rows:
            entry = read_row(
                row.element, row.link, base=url, beside=row.beside, labels=labels, seen_at=seen_at
            )
            if entry is None or (entry.url, entry.title) in seen:
                continue
            if hidden and urlsplit(entry.url).netloc not in ("", urlsplit(url).netloc):
                continue  # hidden links to other hosts are spam, hidden links of the site are data
            before.add((entry.url, entry.title))
            yield entry


def _without_entries(
    page: Page, tree: Element, platform: Platform, placed: Sequence[Candidate]
) -> Listing:
    """Why a page shows no entries: a script, a frame, a menu, its own word, or unknown."""
    address = platform.list_address(page) if platform.list_address else ""
    phrase = _says_empty(page, tree)
    frames = _frames(tree, page.url)
    subcolumns = _menu(placed, page.url)
    if address or _is_shell(page, tree):
        shape, phrase = Shape.SHELL, ""
    elif phrase:
        shape = Shape.EMPTY
    elif frames:
        shape = Shape.FRAME
    elif subcolumns:
        shape = Shape.MENU
    else:
        shape = Shape.UNKNOWN
    return Listing(
        shape=shape,
        says_empty=phrase,
        data_address=address,
        frames=frames,
        subcolumns=subcolumns,
        platform=platform.name,
    )


def _says_empty(page: Page, tree: Element) -> str:
    """The visible notice that the column holds nothing, "" if there is none."""
    if not _EMPTY.search(page.text):
        return ""
    crumb = crumb_element(page)
    reached = crumb is None or tree is not page.tree
    for element in tree.iter():
        if element is crumb:
            reached = True
        if not isinstance(element.tag, str) or element.tag in (
            "script",
            "style",
            "title",
            "option",
            "a",
            "noscript",
        ):
            texts: tuple[str | None, ...] = (element.tail,)
        else:
            texts = (element.text, element.tail)
        for text, owner in zip(reversed(texts), (element.getparent(), element), strict=False):
            if not reached or not text or owner is None:
                continue
            words = squeeze(text)
            if len(words) <= _LONGEST_NOTICE and (found := _EMPTY.search(words)):
                if not _is_hidden(owner) and not is_elsewhere(owner):
                    return found[0] if len(words) > 20 else words
    return ""


def _is_hidden(element: Element) -> bool:
    node: Element | None = element
    while node is not None:
        if (
            _HIDDEN.search(node.get("style") or "")
            or "hidden" in node.attrib
            or _HIDDEN_CLASS.search(node.get("class") or "")
        ):
            return True
        node = node.getparent()
    return False


def _is_shell(page: Page, tree: Element) -> bool:
    """Whether a script is to fill the list: template marks, 加载中, or an empty list and a request."""
    if _TEMPLATE.search(page.text):
        return True
    loading = _LOADING.search(page.text)
    if loading and any(
        _LOADING.search(text) and len(text.strip()) <= _LONGEST_NOTICE
        for text in tree.xpath("//text()[not(parent::script or parent::style)]")
    ):
        return True
    if page.text.count("<script") and not tree.xpath("//a") and len(tree.text_content()) < 200:
        return True
    return bool(_FETCHING.search(page.text)) and bool(tree.xpath(_EMPTY_LISTS))


def _frames(tree: Element, url: str) -> tuple[str, ...]:
    """Addresses of frames of the same host that may hold a list."""
    host = urlsplit(url).netloc
    found = []
    for frame in tree.iter("iframe", "frame"):
        source = (frame.get("src") or "").strip()
        address = _joined(url, source) if source else ""
        if urlsplit(address).netloc == host and address != url and not _SIDE_FRAME.search(source):
            found.append(address)
    return tuple(dict.fromkeys(found))


def _joined(url: str, source: str) -> str:
    try:
        address = urljoin(url, source)
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _menu(placed: Sequence[Candidate], url: str) -> tuple[tuple[str, str], ...]:
    """The sub-columns a menu block names, and those that head blocks of other columns."""
    best = max(
        (one for one in placed if one.block.is_menu and not one.elsewhere),
        key=lambda candidate: candidate.score,
        default=None,
    )
    found = list(_headed_columns(placed, url))
    for row in best.block.rows if best else ():
        label, address = clean_title("".join(row.link.itertext())), address_of(row.link, url)
        if label and address and urlsplit(address).netloc == urlsplit(url).netloc:
            found.append((label, address))
    return tuple(dict.fromkeys(found))


def _headed_columns(placed: Sequence[Candidate], url: str) -> tuple[tuple[str, str], ...]:
    """Label and address of the columns whose heading stands above a block and is a link."""
    return ()
