"""列表区: which elements of a page are the rows of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from crawler.pages.place import squeeze
from crawler.pages.rows import Row, read_row

#: how far above its link a row may stand
_CLIMB = 7
_NO_ROWS = frozenset({"nav", "footer", "select", "option", "aside"})
_ROW_TAGS = frozenset(
    {"li", "tr", "dl", "dt", "dd", "div", "p", "a", "article", "section", "table", "tbody", "td"}
    | {"span", "h2", "h3", "h4", "ul", "font", "b", "strong"}
)
#: links that lead on, or away, and are no titles
_FURNITURE = re.compile(
    r"\[?(?:更多|查看更多|more|详情|详细|查看详情|查看全文|阅读全文|全文|查看|下载|点击下载|点击查看|返回|打印|关闭|"
    r"首\s*页|尾\s*页|末\s*页|第一页|最后一页|最后页|上一页|下一页|上页|下页|前一页|后一页|"
    r"\d{1,4}|[<>«»›‹.…\s]+|RSS|登录|注册|设为首页|加入收藏|收藏|无障碍|繁体|简体|English)"
    r"[\]>»+…\s]*",
    re.IGNORECASE,
)
#: headings above links that belong to the whole site, not to the column
_ELSEWHERE = re.compile(
    r"热点|热门|推荐|排行|最新(?:更新|文章|资讯|发布|动态|信息|新闻|内容)|相关(?:文章|链接|信息|阅读|新闻|内容)|"
    r"点击(?:排行|榜|量)|友情链接|常用链接|快速(?:链接|通道|入口)|站内(?:搜索|导航)|猜你喜欢|图文(?:推荐|资讯)|浏览(?:记录|排行)|"
    r"^(?:Top|TOP)\d|关注排行|阅读排行|本周|本月(?:热|排)|网站(?:导航|地图)|您可能"
)
_ELSEWHERE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side|sidebar|aside|hot|rank|recommend|related|footer?|friend\w*|flink|links?|nav\w*|"
    r"menu\w*|topbar|copyright|login|search|crumbs?|breadcrumb|position|weizhi|pag(?:e|er|es|ing|ination)"
    r"|header|banner|marquee|share|scroll\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"t\d{8}_\d+|/art/|art_[\da-f]|info/(?:\w+/)*\d+\.htm|c\d+a\d+/page|(?:post|content|article|doc|news|detail|"
    r"show|view|info|page)[-_/]?\w*\d{2,}|/\d{6}/|/20\d\d[-/]?\d\d|\d{4,}\.s?html?|[0-9a-f]{16,}|"
    r"[?&](?:id|aid|infoid|newsid|wbnewsid|nid|articleid)=|\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:$|\?)",
    re.IGNORECASE,
)
_MARK = re.compile(r"^line_?u\w+|^line\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """列表块: an element, its rows, and what speaks for and against it."""

    element: lxml.html.HtmlElement
    rows: tuple[Row, ...]
    heading: str
    path: str
    score: float
    named: bool  # stands under the name of the column
    elsewhere: bool  # of the site, not of the column: sidebar, navigation, footer

    @property
    def dated(self) -> int:
        return sum(row.has_date for row in self.rows)


def find_blocks(tree: lxml.html.HtmlElement, names: tuple[str, ...]) -> list[Block]:
    """Every group of parallel links, in document order."""
    links = list(_links(tree))
    holders = _holders(links)
    found = []
    for holder, children in holders.items():
        rows = _rows(children)
        if rows:
            block = _weigh(holder, rows, names)
            if block is not None:
                found.append(block)
    return found


def _links(tree: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    for link in tree.iter("a"):
        if "href" not in link.attrib and "onclick" not in link.attrib:
            continue
        text = "".join(link.itertext()).strip() or (link.get("title") or "").strip()
        if text and not _FURNITURE.fullmatch(text):
            yield link, text
