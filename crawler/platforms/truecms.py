"""TrueCMS: the first rows hidden in ``#initData``, the others from ``getMessage.do`` by number."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.hidden import rows_told
from crawler.platforms.platform import Paging, Platform

_PLACE = re.compile(r"""["'(]([^"'()\s]{0,120}messageController/getMessage\.do)""", re.IGNORECASE)
_DEFAULT_SIZE = 20


def paging(page: Page) -> Paging | None:
    """The records after those of this page; the total tells whether there are any."""
    total = replies.total_told(page.text)
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if "getMessage.do" in parts.path:
        address = parts._replace(query="").geturl()
        end = int(query.get("startrecord", "1")) + rows_told(page) - 1
    else:
        place, column = _PLACE.search(page.text), replies.setting(page.text, "columnId")
        if place is None or not column:
            return None
        address = urljoin(page.url, place[1])
        size = replies.setting(page.text, "perpage", "perPage", "pageSize")
        query = {"columnId": column, "perpage": size if size.isdigit() else str(_DEFAULT_SIZE)}
        end = _shown(page)
    if total is None:
        return Paging(more=True)
    size = query["perpage"]
    asked = {"startrecord": str(end + 1), "endrecord": str(end + int(size)), "perpage": size}
    following = urlencode(asked | {"columnId": query.get("columnId", ""), "callback": "cb"})
    return Paging(
        candidates=(f"{address}?{following}",) if end < total else (),
        total=total,
        last=end >= total,
    )


def _shown(page: Page) -> int:
    """How many rows the page itself holds."""
    found = page.tree.xpath("//*[@id='initData']//a[@href]") if page.tree is not None else []
    return len(found)


PLATFORM = Platform(
    name="truecms",
    label="TrueCMS",
    addresses=(re.compile(r"messageController/getMessage\.do", re.IGNORECASE),),
    marks=("messageController/getMessage.do", 'id="initData"', "id='initData'"),
    paging=paging,
)
