"""所在位置: which column a page says it is: its metas, its breadcrumb, its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import lxml.html
from lxml import etree

from crawler.pages.text import Page

#: what stands before a breadcrumb
_HERE = re.compile(
    r"(?:当前|所在|现在|目前|您的|你的)(?:所在)?的?(?:位置|栏目|页面)|(?:您|你)在这里|^位置[:：]"
)
#: by the attributes, which are fewer than the elements
_HERE_BY_NAME = etree.XPath(
    "(//@class[contains(., 'crumb') or contains(., 'position') or contains(., 'weizhi')"
    " or contains(., 'location')] | //@id[contains(., 'crumb') or contains(., 'position')])"
    "/parent::*"
)
_HERE_BY_WORD = etree.XPath(
    "//text()[not(parent::script or parent::style)]"
    "[contains(., '位置') or contains(., '当前栏目') or contains(., '在这里')]"
)
_BETWEEN = re.compile(r"\s*(?:>+|»|›|→|＞+|/|\||\\|·|::|--+)\s*")
_LEAD = re.compile(r"^.{0,12}?(?:位置|栏目|页面|在这里)\s*(?:是|为)?\s*[:：]?")
_NO_WIDTH = {ord(character): None for character in "\u200b\u200c\u200d\ufeff"}
_META = etree.XPath(
    "//meta[translate(@name, 'COLUMNAE', 'columnae')='columnname']/@content", smart_strings=False
)
_TITLE_END = re.compile(r"\s*[-_|—–]+\s*")
_LONGEST_NAME = 30
_LONGEST_CRUMBS = 200  # characters; anything longer is no breadcrumb


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """位置: what a page says about where it stands.

    ``names``: what it calls its own column (ColumnName, last crumb, start of the title), blanks
    removed; ``crumbs``: from the home page down; ``element``: what holds the breadcrumb.
    """

    names: tuple[str, ...] = ()
    crumbs: tuple[str, ...] = ()
    element: lxml.html.HtmlElement | None = None


@lru_cache(maxsize=1)  # asked again of the same page: what it lists, and which column it is
def place_of(page: Page) -> Place:
    """Read where the page says it stands."""
    if page.tree is None:
        return Place()
    element = _crumb_element(page)
    crumbs = _crumbs_in(element) if element is not None else ()
    title = page.tree.findtext(".//title") or ""
    found = [*(str(name) for name in _META(page.tree)), *crumbs[-1:]]
    parts = _TITLE_END.split(title.strip())
    if len(parts) > 1 or not found:  # the only part is the site's name, on every page
        found.append(parts[0])
    names = dict.fromkeys(squeeze(name) for name in found)
    return Place(
        names=tuple(name for name in names if 2 <= len(name) <= _LONGEST_NAME),
        crumbs=crumbs,
        element=element,
    )


def breadcrumb(page: Page) -> tuple[str, ...]:
    """面包屑: the crumbs from the home page down to this column; empty if the page shows none."""
    return place_of(page).crumbs


def _crumbs_in(element: lxml.html.HtmlElement) -> tuple[str, ...]:
    text = _LEAD.sub("", " ".join("".join(element.itertext()).split()))
    crumbs = [squeeze(part) for part in _BETWEEN.split(text)]
    crumbs = [crumb for crumb in crumbs if crumb and len(crumb) <= _LONGEST_NAME]
    if len(crumbs) < 2:  # crumbs without marks between: their links tell them apart
        crumbs = [squeeze("".join(link.itertext())) for link in element.iter("a")] + crumbs[1:]
    return tuple(crumb for crumb in crumbs if crumb)


def _crumb_element(page: Page) -> lxml.html.HtmlElement | None:
    """The smallest element that holds the breadcrumb."""
    assert page.tree is not None
    if "位置" in page.text or "当前栏目" in page.text or "在这里" in page.text:
        for text in _HERE_BY_WORD(page.tree):
            parent = text.getparent()
            if isinstance(parent.tag, str) and _HERE.search(squeeze(text)):
                found = _grown(parent)
                if found is not None:
                    return found
    for element in _HERE_BY_NAME(page.tree):
        if _is_trail(element):
            return element
    return _home_trail(page.tree)


def squeeze(text: str) -> str:
    """``text`` without any blank."""
    return _squeezed(str(text))  # a plain string: one of lxml's own would keep its page alive


@lru_cache(maxsize=8192)  # the words of a site's menus stand on each of its pages
def _squeezed(text: str) -> str:
    return "".join(text.translate(_NO_WIDTH).split())


def _grown(element: lxml.html.HtmlElement | None) -> lxml.html.HtmlElement | None:
    """The element around a 当前位置 that holds the links too."""
    for _ in range(4):
        if element is None or element.tag == "body":
            return None
        if _is_trail(element):
            return element
        element = element.getparent()
    return None


def _is_trail(element: lxml.html.HtmlElement) -> bool:
    text = squeeze("".join(element.itertext()))
    if not 2 <= len(text) <= _LONGEST_CRUMBS:
        return False
    return element.find(".//a") is not None or bool(_BETWEEN.search(text))


def _home_trail(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """A trail without a label: 首页 > 信息公开 > 收费."""
    for link in tree.iter("a"):
        if squeeze(link.text or "") in {"首页", "网站首页", "本站首页"}:
            parent = link.getparent()
            if (
                _BETWEEN.match(squeeze(link.tail or ""))
                and parent is not None
                and _is_trail(parent)
            ):
                return parent
    return None
