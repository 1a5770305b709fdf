"""软 404: a page that says with status 200 that it is not there. Pure."""

from __future__ import annotations

import re
from collections import Counter

from crawler.pages.text import Page, lines_of

_SAYS_GONE = re.compile(
    r"(?:对不起|抱歉)?\W{0,3}(?:(?:您|你)?(?:所?要?)?(?:访问|查看|浏览|查找|请求)的)?"
    r"(?:页面|网页|栏目|内容|文章|信息|地址)(?:可能)?(?:已经?)?(?:不存在|被?删除|找不到|未找到|下线|失效)"
)
_LONGEST_NOTICE = 60  # characters; a longer line tells of something else
#: bytes and lines in which two copies of one page may differ: a clock, a counter
_OTHER_BYTES = 64
_OTHER_LINES = 4


def says_gone(page: Page) -> str:
    """The notice on the page that what was asked for is not there; "" if it has none.

    Meant for pages on which no list was found: inside a whole template, between menus and sidebar,
    the notice is one short line that is no link.
    """
    for line in lines_of(page.tree):
        is_notice = len(line.text) <= _LONGEST_NOTICE and not line.linked
        if is_notice and (found := _SAYS_GONE.search(line.text)):
            return found[0]
    return ""


def is_same_page(one: bytes, other: bytes) -> bool:
    """Whether two bodies are one page but for a clock or a counter."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > _OTHER_BYTES:
        return False
    lines = Counter(one.splitlines())
    lines.subtract(Counter(other.splitlines()))
    return sum(abs(count) for count in lines.values()) <= _OTHER_LINES
