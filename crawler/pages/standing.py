"""所处位置: where a block of links stands on its page: under which heading, in which part."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.blocks import Block
from crawler.pages.place import Place, squeeze
from crawler.pages.rows import FULL_DATE, address_of
from crawler.pages.sides import is_across
from crawler.pages.text import is_shown

Element: TypeAlias = lxml.html.HtmlElement

_OUTSIDE = frozenset({"nav", "footer", "select", "option", "aside", "marquee"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "th", "caption", "legend"})
#: headings above links that belong to the whole site, not to the column
_ELSEWHERE = re.compile(
    r"热点|热门|推荐|排行|最新(?:更新|文章|资讯|动态|信息|新闻|内容)|相关(?:文章|链接|信息|阅读|新闻|内容)|点击(?:榜|量)|"
    r"(?:友情|常用|相关|快速)链接|快速(?:通道|入口)|站内(?:搜索|导航)|猜你喜欢|图[片文](?:新闻|资讯)|浏览记录|^TOP\d|"
    r"本[周月](?:热|阅|点)|网站(?:导航|地图)|您可能|关键词|标签云",
    re.IGNORECASE,
)
_ELSEWHERE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|nav|menu)?|aside|hot\w*|rank\w*|recommend\w*|related|foot(?:er)?\w*"
    r"|friend\w*|f?links?|nav(?:i|bar|list)?|menu\w*|top(?:bar|nav|menu)|copyright|login|search\w*"
    r"|\w*crumbs?|position|weizhi|pag(?:e|er|es|ing|ination)(?:[-_ ]?(?:bar|num|link|list))?|header"
    r"|banner|marquee|share|tree\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: ids and classes the families give to rows and lists of articles
_LIST_MARK = re.compile(
    r"^line_?u\w+_\d|wp_article_list|news_?list|list_?news|article_?list|pagelist|newslist", re.I
)
_SHORT_HEADING = 16
_LONGEST_TRAIL = 120  # characters; a box with more is no heading with its links
_LEVELS, _STEPS = 5, 4  # how far up and how far back a heading may stand
_SILENT_TAGS = frozenset({"script", "style", "link", "br", "hr", "input"})
_MENU = re.compile(r"nav|menu|link|page", re.IGNORECASE)
#: containers of an article's text, as the families name them
_ARTICLE_MARK = re.compile(
    r"v_news_content|vsb_content|trs_editor|trs_ueditor|trs_paper|ucap-content|wp_articlecontent"
    r"|article-?content|content_?text|pages_content|(?:^|\s)(?:zoom|fontzoom|con_con|zoomcon|xl_content|js_content)(?:\s|$)",
    re.IGNORECASE,
)
_BOX_TAGS = ("div", "ul", "ol", "dl", "table", "tbody", "section")
_PART_TAGS = frozenset({"div", "table", "section", "center"})
#: headings that name no column
_NO_LABEL = re.compile(
    r"标题|列表|全部|所有|时间|序号|文件|当前|首页|搜索|检索|查询|栏目|内容|文章|信息|公开|目录|更多|排序|年份|部门"
)
#: the first page of a folder, or a later one: the folder is the column's own
_INDEX = re.compile(r"(?:(?:index|default|list)[\w-]*\.\w{2,5})?", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{2,}")
_PATH = re.compile(r"https?://[^/?#]*([^?#]*)")
_LABEL = re.compile(r"[\u4e00-\u9fff、()（）·“”]{2,12}")
_MORE = re.compile(r"(?:\s*(?:\[?更多\]?|more|MORE|查看更多|>+|»|\+))+\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """候选列表: a block and where it stands."""

    block: Block
    label: str  # of the heading above it, "" if that is no single label
    heading_link: Element | None  # where the heading leads
    named: bool  # stands under the name of the page's column
    elsewhere: bool  # in a part of the page that carries no column: sidebar, menu, footer
    foreign: bool  # under the name of another column
    headed: bool = False  # ``named`` by a heading of its own, not by the breadcrumb above it all
    apart: bool = False  # before the breadcrumb, or in the other half of the page
    planted: bool = False  # nobody sees it, and it leads to other hosts

    @property
    def score(self) -> float:
        if self.planted:
            return 0.0
        score = self.block.weight
        if self.elsewhere or self.foreign or self.apart:
            score *= 0.1
        return score * 2 if self.named else score


def placed_at(
    block: Block,
    place: Place,
    url: str,
    wrappers: Container[Element],
    preceding: frozenset[Element],
) -> Candidate:
    """See where a block stands on its page; ``preceding``: what stands before the breadcrumb."""
    heading = heading_above(block.rows[0].element, place.element)
    text = _text_of(heading)
    squeezed = squeeze(text)
    plain = _MORE.sub("", text).strip()
    label = squeeze(plain) if " " not in plain and _LABEL.fullmatch(squeeze(plain)) else ""
    named = any(name in squeezed for name in place.names)
    headed = named and heading is not None and _heads(heading, block, place.element)
    foreign = (
        not named
        and block.weight > 0  # it takes its time, and a block of no weight is chosen by nobody
        and bool(place.crumbs and label)
        and not _NO_LABEL.search(label)
        and label not in place.crumbs
        and not _is_of_page(block, url)
    )
    elsewhere = (
        is_elsewhere(block.element, wrappers, is_list=block.is_list)
        or bool(_ELSEWHERE.search(squeezed))
        or _is_furniture(block, place.element)
    )
    return Candidate(
        block=block,
        label=label,
        heading_link=next(heading.iter("a"), None) if heading is not None and label else None,
        named=named,
        elsewhere=elsewhere,
        foreign=foreign,
        headed=headed,
        apart=not (headed or elsewhere)
        and block.is_list
        and _is_off(block.element, place.element, preceding)
        and not leads_into([address_of(row.link, url) for row in block.rows], url),
        planted=_is_planted(block, url),
    )


def _is_off(element: Element, trail: Element | None, preceding: frozenset[Element]) -> bool:
    """Whether an element stands before the breadcrumb, or in the other half of the page."""
    if trail is None:
        return False
    above = (element, *element.iterancestors())
    return not preceding.isdisjoint(above) or is_across(trail, element)


def _heads(heading: Element, block: Block, trail: Element | None) -> bool:
    """Whether what stands above a list, and names the column, is the heading of that list alone.

    The breadcrumb, or a box around it, heads all that follows. So does a menu in the other half of
    the page. A box with an empty one inside may be the whole of an empty column.
    """
    if trail is not None and (heading is trail or heading in trail.iterancestors()):
        return False
    if is_across(heading, block.element):
        return False
    return all(_text_of(box) for box in heading.iter(*_BOX_TAGS))


def _is_furniture(block: Block, trail: Element | None) -> bool:
    """Whether rows are parts of the page itself (header, footer), of its trail or of an article."""
    if trail is not None and (block.element is trail or trail in block.element.iterancestors()):
        return True
    above = (block.element, *block.element.iterancestors())
    if any(
        _ARTICLE_MARK.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in above
    ):
        return True
    rows = [row.element for row in block.rows]
    return rows[0].tag in _PART_TAGS and sum(bool(_mark_of(row)) for row in rows) * 2 >= len(rows)


def _is_planted(block: Block, url: str) -> bool:
    """Whether rows nobody sees lead to other hosts: spam that was put there, never the column's."""
    if is_shown(block.element):
        return False
    host = urlsplit(url).netloc
    own = sum(urlsplit(address_of(row.link, url)).netloc in ("", host) for row in block.rows)
    return own * 2 < len(block.rows)


def _is_of_page(block: Block, url: str) -> bool:
    """Whether most rows lead below the folder of the page, or carry the number in its address."""
    here = urlsplit(url).path
    folder = here.rpartition("/")[0] + "/"
    numbers = frozenset(_LONG_NUMBER.findall(here))
    own = 0
    for row in block.rows:
        found = _PATH.match(address_of(row.link, url))
        path = found[1] if found else ""
        own += (len(folder) > 1 and path.startswith(folder)) or not numbers.isdisjoint(
            _LONG_NUMBER.findall(path)
        )
    return own > len(block.rows) / 2


def leads_into(places: Sequence[str], url: str) -> bool:
    """Whether most addresses lead below the folder that is the column's own, or carry its number.

    >>> leads_into(["http://x.cn/gk/sf/1.html"], "http://x.cn/gk/sf/index_2.html")
    True
    >>> leads_into(["http://x.cn/list/show.asp?id=3"], "http://x.cn/list/list.asp?id=1")
    False
    """
    here = urlsplit(url)
    folder, _, file = here.path.rpartition("/")
    is_own_folder = len(folder) > 1 and not here.query and _INDEX.fullmatch(file) is not None
    numbers = frozenset(_LONG_NUMBER.findall(f"{here.path}?{here.query}"))
    own = 0
    for place in places:
        found = _PATH.match(place)
        path = found[1] if found else ""
        own += (is_own_folder and path.startswith(f"{folder}/")) or (
            bool(numbers) and not numbers.isdisjoint(_LONG_NUMBER.findall(path))
        )
    return own * 2 > len(places)


def heading_above(row: Element, trail: Element | None) -> Element | None:
    """The heading of a list: what stands before its first row, or before the box it stands in.

    ``trail``: the breadcrumb; it heads a list that has no heading of its own.
    """
    node = row
    for _ in range(_LEVELS):
        steps = 0
        previous = node.getprevious()
        while previous is not None and steps < _STEPS:
            if isinstance(previous.tag, str) and previous.tag not in _SILENT_TAGS:
                text = _text_of(previous)
                found = _heading_in(previous, text, trail) if text else None
                if found is not None:
                    return found
                steps += bool(text)
            previous = previous.getprevious()
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return None
        node = parent
    return None


def _heading_in(element: Element, text: str, trail: Element | None) -> Element | None:
    """The heading inside what stands before a list; None if that is a list of its own."""
    if len(text) <= _SHORT_HEADING * 2:
        return element
    if trail is not None and (trail is element or element in trail.iterancestors()):
        return trail
    if FULL_DATE.search(text):
        return None
    for node in element.iter(*_HEADING_TAGS) if len(text) <= _LONGEST_TRAIL else ():
        if 2 <= len(_text_of(node)) <= _SHORT_HEADING:
            return node
    return None


def _text_of(element: Element | None) -> str:
    return "" if element is None else " ".join(str(element.text_content()).split())


def is_elsewhere(
    element: Element, wrappers: Container[Element] = (), *, is_list: bool = False
) -> bool:
    """Whether something stands in a part of the page that carries no column.

    ``wrappers``: elements around the whole page, whose names mean nothing (WordPress calls its
    wrapper ``page``). ``is_list``: the element holds a list itself, so that it is called a menu
    means nothing.
    """
    node: Element | None = element
    for _ in range(12):
        if node is None or node.tag in ("body", "html"):
            return False
        if node.tag in _OUTSIDE:
            return True
        if node not in wrappers and (found := _mark_of(node)):
            own = is_list and node is element
            if not own or not _MENU.search(found):
                return True
        node = node.getparent()
    return False


def _mark_of(node: Element) -> str:
    """The class or id that tells a sidebar, menu or footer; "" if there is none."""
    mark = f"{node.get('class') or ''} {node.get('id') or ''}"
    found = _ELSEWHERE_CLASS.search(mark) if mark != " " else None
    return found[0] if found and not _LIST_MARK.search(mark) else ""


def wrappers_of(tree: Element, place: Place) -> frozenset[Element]:
    """The elements around the whole page: those that hold its first and its last link.

    What holds the breadcrumb is no sidebar and no footer either.
    """
    links = list(tree.iter("a"))
    if not links:
        return frozenset()
    around = frozenset(links[0].iterancestors()) & frozenset(links[-1].iterancestors())
    trail = place.element
    return around | frozenset(trail.iterancestors()) if trail is not None else around
