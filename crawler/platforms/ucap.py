"""集约化平台 (开普 UCAP 等): ``.shtml`` templates, and lists from ``/common/search/<channel>``."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.pages.text import Page
from crawler.platforms import replies, trs
from crawler.platforms.platform import Paging, Platform

#: in a script; the same path as the target of a form is the search of the whole site
_SEARCH = re.compile(
    r"""(?<!action=)["']([^"'\s]{0,80}/(?:common/search|searchList|search)/[0-9a-f]{32})(?=[?"'/])"""
)
_ASKED = "_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"


def list_address(page: Page) -> str:
    """The search that a template fills its list from."""
    found = _SEARCH.search(page.text) if "_isJson" in page.text else None
    return f"{urljoin(page.url, found[1])}?{_ASKED}" if found else ""


def paging(page: Page) -> Paging | None:
    """What follows an answer of the search, or what the template's pager says."""
    return replies.paging(page) or trs.paging(page)


PLATFORM = Platform(
    name="ucap",
    label="集约化平台",
    addresses=(
        re.compile(r"/[\w-]+/(?:c\d{3,}|\w+)/\w*(?:list|zfxxgk)\w*\.shtml", re.IGNORECASE),
        re.compile(r"/\d{6}/(?:[0-9a-f]{32}|c\d+_\d+)\.shtml"),
        re.compile(r"/(?:common/search|searchList)/[0-9a-f]{32}"),
    ),
    marks=(
        "createPageHTML('page_div'",
        'createPageHTML("page_div"',
        "UCAP-CONTENT",
        "UCAPTITLE",
        'content="页面生成时间',
    ),
    list_address=list_address,
    paging=paging,
)
