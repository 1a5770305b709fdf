"""大汉 JCMS 信息公开: the list of a catalog node comes from ``/module/xxgk/search.jsp``."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.addresses import posted
from crawler.pages.text import Page
from crawler.platforms import jcms, replies
from crawler.platforms.platform import Paging, Platform

_SEARCH = "/module/xxgk/search.jsp"
_PLACE = re.compile(r"""["'(]([^"'()\s]{0,80}/module/xxgk/search\.jsp)""")
_DEFAULT_ORDER = ",compaltedate:0"


def list_address(page: Page) -> str:
    """The request for a node's first page.

    Without the node's number the answer is everything of the whole area: nothing is asked for then.
    """
    text = html.unescape(page.text)
    here = dict(parse_qsl(urlsplit(page.url).query))
    node = here.get("number") or replies.setting(text, "infotypeId")
    area = here.get("vc_xxgkarea") or replies.setting(text, "area", "vc_xxgkarea")
    if not node or not area or _SEARCH in page.url:
        return ""
    place = _PLACE.search(text)
    form = {
        "infotypeId": node,
        "jdid": replies.setting(text, "jdid"),
        "area": area,
        "divid": replies.setting(text, "divid"),
        "vc_title": "",
        "vc_number": "",
        "vc_filenumber": "",
        "vc_all": "",
        "texttype": "",
        "fbtime": "-1",
        "currpage": "1",
        "sortfield": replies.setting(text, "sortfield") or _DEFAULT_ORDER,
    }
    return posted(urljoin(page.url, place[1] if place else _SEARCH), form)


def paging(page: Page) -> Paging | None:
    """What follows an answer of the search, or records in the column's own page."""
    return replies.paging(page) or jcms.paging(page)


PLATFORM = Platform(
    name="jcms_xxgk",
    label="大汉 JCMS 信息公开",
    addresses=(
        re.compile(r"/module/xxgk/(?:tree|search)\.jsp"),
        re.compile(r"[?&]vc_xxgkarea="),
    ),
    marks=("/module/xxgk/search.jsp", "/module/xxgk/tree.jsp"),
    list_address=list_address,
    paging=paging,
)
