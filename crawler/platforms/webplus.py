"""苏迪 WebPlus: larger schools; lists ``list.htm``, ``list2.htm``, or by ``generalQuery``."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

from crawler.addresses import posted
from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

_QUERY = "/_wp3services/generalQuery?queryObj=articles"
_VISIT = re.compile(r"_visitcount\?siteId=(\d+)&(?:amp;)?type=\d&(?:amp;)?columnId=(\d+)")
_DAY = {"field": "publishTime", "name": "publishTime"} | {
    "pattern": [{"name": "d", "value": "yyyy-MM-dd"}]
}
_FIELDS = [{"field": "title", "name": "title"}, {"field": "url", "name": "url"}, _DAY]
_ORDER = [{"field": "publishTime", "type": "desc"}]
_ROWS = "20"


def list_address(page: Page) -> str:
    """The query of a column whose list a script fills."""
    if "generalQuery" not in page.text or "generalQuery" in page.url:
        return ""
    visit = _VISIT.search(page.text)
    site = visit[1] if visit else replies.setting(page.text, "siteId")
    column = visit[2] if visit else replies.setting(page.text, "columnId")
    if not site or not column:
        return ""
    form = {
        "siteId": site,
        "columnId": column,
        "pageIndex": "1",
        "rows": _ROWS,
        "orders": json.dumps(_ORDER, separators=(",", ":")),
        "returnInfos": json.dumps(_FIELDS, separators=(",", ":")),
        "conditions": "[]",
    }
    return posted(urljoin(page.url, _QUERY), form)


PLATFORM = Platform(
    name="webplus",
    label="苏迪 WebPlus",
    addresses=(
        re.compile(r"/c\d+a\d+/page\.(?:htm|psp)"),
        re.compile(r"/list\d*\.(?:htm|psp)$"),
        re.compile(r"/_wp3services/"),
    ),
    marks=("_visitcount?siteId", "sudy-wp", "sudyNavi", "/_upload/tpl/"),
    list_address=list_address,
    paging=replies.paging,
    turn=with_number("", stem="list", extension=".htm"),
)
