"""所处位置: where a block of links stands on its page: under which heading, in which part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.blocks import Block
from crawler.pages.place import squeeze
from crawler.pages.rows import address_of

Element: TypeAlias = lxml.html.HtmlElement

_OUTSIDE = frozenset({"nav", "footer", "select", "option", "aside"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "th", "caption", "legend"})
#: headings above links that belong to the whole site, not to the column
_ELSEWHERE = re.compile(
    r"热点|热门|推荐|排行|最新(?:更新|文章|资讯|动态|信息|新闻|内容)|相关(?:文章|链接|信息|阅读|新闻|内容)|点击(?:榜|量)|"
    r"(?:友情|常用|相关|快速)链接|快速(?:通道|入口)|站内(?:搜索|导航)|猜你喜欢|图[片文](?:新闻|资讯)|浏览记录|^TOP\d|"
    r"本[周月](?:热|阅|点)|网站(?:导航|地图)|您可能|关键词|标签云",
    re.IGNORECASE,
)
_ELSEWHERE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:side(?:bar|nav|menu)?|aside|hot\w*|rank\w*|recommend\w*|related|foot(?:er)?\w*|friend\w*|"
    r"f?links?|nav(?:i|bar|list)?|menu\w*|top(?:bar|nav|menu)|copyright|login|search\w*|\w*crumbs?|position|"
    r"weizhi|pag(?:e|er|es|ing|ination)(?:[-_ ]?(?:bar|num|link|list))?|header|banner|marquee|share|tree\w*)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
#: ids and classes the families give to rows and lists of articles
_LIST_MARK = re.compile(
    r"^line_?u\w+_\d|wp_article_list|news_?list|list_?news|article_?list|pagelist|newslist", re.I
)
_SHORT_HEADING = 16
#: headings that name no column
_NO_LABEL = re.compile(
    r"标题|列表|全部|所有|时间|序号|文件|当前|首页|搜索|检索|查询|栏目|内容|文章|信息|公开|目录|更多|排序|年份|部门"
)
_LABEL = re.compile(r"[\u4e00-\u9fff、()（）·“”]{2,12}")
_MORE = re.compile(r"(?:\s*(?:\[?更多\]?|more|MORE|查看更多|>+|»|\+))+\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """候选列表: a block and where it stands."""

    block: Block
    heading: str
    named: bool  # stands under the name of the page's column
    elsewhere: bool  # in a part of the page that carries no column: sidebar, menu, footer
    foreign: bool  # under the name of another column

    @property
    def score(self) -> float:
        score = self.block.weight
        if self.elsewhere or self.foreign:
            score *= 0.1
        return score * 2 if self.named else score


def candidates(
    blocks: Sequence[Block], names: Sequence[str], crumbs: Sequence[str], url: str, *, most: int
) -> list[Candidate]:
    """The heaviest blocks with where they stand, in document order.

    ``names``: what the page calls its own column; ``crumbs``: its breadcrumb.
    """
    heavy = sorted(blocks, key=lambda block: block.weight, reverse=True)[:most]
    return [_placed(block, names, crumbs, url) for block in blocks if block in heavy]


def _placed(block: Block, names: Sequence[str], crumbs: Sequence[str], url: str) -> Candidate:
    heading = heading_above(block.element)
    squeezed = squeeze(heading)
    named = any(name in squeezed for name in names)
    elsewhere = is_elsewhere(block.element) or bool(_ELSEWHERE.search(squeezed))
    label = squeeze(_MORE.sub("", heading)) if " " not in _MORE.sub("", heading).strip() else ""
    foreign = (
        not named
        and bool(crumbs)
        and bool(_LABEL.fullmatch(label))
        and not _NO_LABEL.search(label)
        and label not in crumbs
        and not _is_of_page(block, url)
    )
    return Candidate(
        block=block, heading=heading, named=named, elsewhere=elsewhere, foreign=foreign
    )


def _is_of_page(block: Block, url: str) -> bool:
    """Whether most rows lead below the folder of the page, or carry the number in its address."""
    folder = urlsplit(url).path.rpartition("/")[0] + "/"
    numbers = set(re.findall(r"\d{2,}", urlsplit(url).path))
    own = 0
    for row in block.rows:
        path = urlsplit(address_of(row.link, url)).path
        own += (len(folder) > 1 and path.startswith(folder)) or bool(
            numbers & set(re.findall(r"\d{2,}", path))
        )
    return own > len(block.rows) / 2


def heading_above(holder: Element) -> str:
    """The nearest short text before a list: its heading, or the one of the box it stands in."""
    node = holder
    for _ in range(4):
        previous = node.getprevious()
        steps = 0
        while previous is not None and steps < 4:
            if isinstance(previous.tag, str) and previous.tag not in (
                "script",
                "style",
                "link",
                "br",
                "hr",
            ):
                text = " ".join("".join(previous.itertext()).split())
                if text:
                    return _label_in(previous, text)
                steps += 1
            previous = previous.getprevious()
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return ""
        if parent.text and (text := parent.text.strip()) and len(text) <= _SHORT_HEADING:
            return text
        node = parent
    return ""


def _label_in(element: Element, text: str) -> str:
    """The heading inside what stands before a list; "" if that is a list of its own."""
    if len(text) <= _SHORT_HEADING * 2:
        return text
    for node in element.iter(*_HEADING_TAGS):
        label = " ".join("".join(node.itertext()).split())
        if 2 <= len(label) <= _SHORT_HEADING:
            return label
    return text[:80] if len(text) <= 120 else ""


def is_elsewhere(holder: Element) -> bool:
    """Whether something stands in a part of the page that carries no column."""
    node: Element | None = holder
    for _ in range(12):
        if node is None or node.tag in ("body", "html"):
            return False
        if node.tag in _OUTSIDE:
            return True
        mark = f"{node.get('class') or ''} {node.get('id') or ''}"
        if mark != " " and _ELSEWHERE_CLASS.search(mark) and not _LIST_MARK.search(mark):
            return True
        node = node.getparent()
    return False
