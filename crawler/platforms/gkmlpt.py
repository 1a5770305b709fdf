"""广东 gkmlpt 政府信息公开目录: an application; each node's list is JSON at ``gkmlpt/api/all``."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.hidden import rows_told
from crawler.platforms.platform import Paging, Platform

_NODE = re.compile(r"^/?(\d{1,9})$")
_PER_PAGE = 100


def list_address(page: Page) -> str:
    """The list of the node that the fragment of the address names; "" for the catalog as a whole.

    Asked for from page 0: servers that count from 1 answer it with their first page, and nothing
    is skipped on those that count from 0.
    """
    parts = urlsplit(page.url)
    node = _NODE.match(parts.fragment)
    site = replies.setting(page.text, "SID", "sid")
    head = parts.path.partition("/gkmlpt/")[0]
    if node is None or not site:
        return ""
    query = urlencode({"page": "0", "sid": site})
    return f"{parts.scheme}://{parts.netloc}{head}/gkmlpt/api/all/{node[1]}?{query}"


def paging(page: Page) -> Paging | None:
    """The next hundred; a page that is not full is the last one in either way of counting."""
    told = replies.paging(page)
    if told is None:
        return None
    is_last = told.total is not None and rows_told(page) < min(_PER_PAGE, told.total + 1)
    return Paging(candidates=() if is_last else told.candidates, total=told.total, last=is_last)


PLATFORM = Platform(
    name="gkmlpt",
    label="广东信息公开目录",
    addresses=(re.compile(r"/gkmlpt/"),),
    list_address=list_address,
    paging=paging,
)
