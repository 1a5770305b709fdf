"""微信公众号: an album of articles is the nearest to a column; the account itself has no list."""

from __future__ import annotations

import html
import re

import lxml.html

from crawler.pages.text import Page
from crawler.platforms.hidden import day_of, row, rows_in
from crawler.platforms.platform import Paging, Platform

_ITEMS = "//*[@data-link and @data-title]"
_INSTANT = re.compile(r"""create_?time\s*[:=]\s*['"]?(1\d{9})""", re.IGNORECASE)
_COUNT = re.compile(r"""(?:article_count|continue_count)['"]?\s*[:=]\s*['"]?(\d{1,5})""")


def open_rows(page: Page) -> lxml.html.HtmlElement | None:
    """The items of an album as rows: they are no links, but carry address, title and instant."""
    if page.tree is None:
        return None
    rows = []
    for item in page.tree.xpath(_ITEMS):
        instant = _INSTANT.search(lxml.html.tostring(item, encoding="unicode"))
        day = day_of(instant[1]) if instant else ""
        rows.append(row(item.get("data-title"), html.unescape(item.get("data-link")), day))
    return rows_in(rows)


def paging(page: Page) -> Paging | None:
    """How many articles the album counts: what is not on its page comes by a cursor, not asked."""
    found = _COUNT.search(page.text)
    return Paging(total=int(found[1])) if found else Paging(more=True)


PLATFORM = Platform(
    name="wechat",
    label="微信公众号",
    addresses=(re.compile(r"//mp\.weixin\.qq\.com/"),),
    open_rows=open_rows,
    paging=paging,
)
