"""所在位置: which column a page says it is: its metas, its breadcrumb, its title."""

from __future__ import annotations

import re

import lxml.html

from crawler.pages.text import Page

#: what stands before a breadcrumb
HERE = re.compile(
    r"(?:当前|所在|现在|目前|您的|你的)(?:所在)?的?(?:位置|栏目|页面)|(?:您|你)在这里|^位置[:：]"
)
_HERE_BY_NAME = (
    "//*[contains(@class, 'crumb') or contains(@class, 'position') or contains(@class, 'weizhi')"
    " or contains(@class, 'location') or contains(@id, 'crumb') or contains(@id, 'position')]"
)
_HERE_BY_WORD = (
    "//text()[contains(., '位置') or contains(., '当前栏目') or contains(., '在这里')]"
    "[not(parent::script or parent::style)]"
)
_BETWEEN = re.compile(r"\s*(?:>+|»|›|→|＞+|/|\||\\|·|::|--+)\s*")
_LEAD = re.compile(r"^.{0,12}?(?:位置|栏目|页面|在这里)\s*(?:是|为)?\s*[:：]?")
_BLANK = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_META = "//meta[translate(@name, 'COLUMNAE', 'columnae')='columnname']/@content"
_TITLE_END = re.compile(r"\s*[-_|—–]+\s*")
_LONGEST_CRUMBS = 200  # characters; anything longer is no breadcrumb


def column_names(page: Page) -> tuple[str, ...]:
    """The names the page gives its own column: ColumnName, last crumb, first part of the title."""
    if page.tree is None:
        return ()
    found = [str(name) for name in page.tree.xpath(_META)]
    found += breadcrumb(page)[-1:]
    title = page.tree.findtext(".//title") or ""
    found += _TITLE_END.split(title.strip())[:1]
    names = (squeeze(name) for name in found)
    return tuple(dict.fromkeys(name for name in names if 2 <= len(name) <= 30))


def breadcrumb(page: Page) -> tuple[str, ...]:
    """面包屑: the crumbs from the home page down to this column; empty if the page shows none."""
    element = crumb_element(page)
    if element is None:
        return ()
    text = _LEAD.sub("", _BLANK.sub(" ", "".join(element.itertext())).strip())
    crumbs = [squeeze(part) for part in _BETWEEN.split(text)]
    crumbs = [crumb for crumb in crumbs if crumb and len(crumb) <= 30]
    if len(crumbs) < 2:  # crumbs without marks between: their links tell them apart
        crumbs = [squeeze("".join(link.itertext())) for link in element.iter("a")] + crumbs[1:]
    return tuple(crumb for crumb in crumbs if crumb)


def crumb_element(page: Page) -> lxml.html.HtmlElement | None:
    """The smallest element that holds the breadcrumb."""
    if page.tree is None:
        return None
    if "位置" in page.text or "当前栏目" in page.text or "在这里" in page.text:
        for text in page.tree.xpath(_HERE_BY_WORD):
            parent = text.getparent()
            if isinstance(parent.tag, str) and HERE.search(_BLANK.sub("", text)):
                found = _grown(parent)
                if found is not None:
                    return found
    for element in page.tree.xpath(_HERE_BY_NAME):
        if _is_trail(element):
            return element
    return _home_trail(page.tree)


def squeeze(text: str) -> str:
    """``text`` without any blank."""
    return _BLANK.sub("", text)


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
