"""龙讯 政务公开: column pages are shells; the list comes from ``site/label/8888``."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms.platform import Paging, Platform

_COLUMN = re.compile(r"^(?P<prefix>(?:/[\w-]+)*?)/public/column/(?P<organ>\d+)")
_LABEL = re.compile(r"""["'(]\s*([\w:/.-]{0,120}/)?site/label/8888""")
_SITE = "//meta[translate(@name, 'SITED', 'sited')='siteid']/@content"
_FILE = re.compile(r"""(?<![\w-])file['"]?\s*[:=]\s*['"]?([\w/.%-]{2,200})""")
_CATEGORY = re.compile(r"""\bcatId['"]?\s*[:=]\s*['"]?(\d+)""")
_SIZE = re.compile(r"""\bpageSize['"]?\s*[:=]\s*['"]?(\d{1,3})""")
_PAGES = re.compile(r"""\bpageCount['"]?\s*[:=]\s*['"]?(\d+)|共\s*(\d+)\s*页""")
_TOTAL = re.compile(
    r"""\b(?:total|rowCount|recordCount)['"]?\s*[:=]\s*['"]?(\d+)|共\s*(\d+)\s*条"""
)
_ROW = re.compile(r"<li[\s>]|<tr[\s>]|class=[\"']xxgk_navli", re.IGNORECASE)
_DEFAULT_SIZE = 15


def list_address(page: Page) -> str:
    """The address the column's script asks for the first page of its list; "" on other pages."""
    parts = urlsplit(page.url)
    here = _COLUMN.match(parts.path)
    if here is None or page.tree is None:
        return ""
    asked = dict(parse_qsl(parts.query))
    category = asked.get("catId") or _first(_CATEGORY, page.text)
    site = next((str(value) for value in page.tree.xpath(_SITE)), "")
    if not category or not site:
        return ""
    query = {
        "IsAjax": "1",
        "dataType": "html",
        "labelName": "publicInfoList",
        "siteId": site,
        "organId": here["organ"],
        "catId": category,
        "type": asked.get("type", "4"),
        "action": "list",
        "pageIndex": "1",
        "pageSize": _first(_SIZE, page.text) or str(_DEFAULT_SIZE),
        "isDate": "true",
        "dateFormat": "yyyy-MM-dd",
        "length": "50",
        "sortType": "1",
        "fuzzySearch": "false",
        "fromCode": "title",
        "isInvalid": "0",
    }
    if file := _first(_FILE, page.text):
        query["file"] = file
    stated = _LABEL.search(page.text)
    place = (
        f"{stated[1]}site/label/8888"
        if stated and stated[1]
        else f"{here['prefix']}/site/label/8888"
    )
    return f"{urljoin(page.url, place)}?{urlencode(query)}"


def paging(page: Page) -> Paging | None:
    """The next page of a list fragment; a full page without a count may have one more."""
    parts = urlsplit(page.url)
    if "site/label/" not in parts.path:
        return None
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not query.get("pageIndex", "").isdigit():
        return None
    number = int(query["pageIndex"])
    pages, total = _first(_PAGES, page.text), _first(_TOTAL, page.text)
    size = query.get("pageSize", "")
    full = size.isdigit() and 0 < int(size) <= len(_ROW.findall(page.text))
    more = number < int(pages) if pages else full
    following = parts._replace(query=urlencode(query | {"pageIndex": str(number + 1)})).geturl()
    return Paging(
        candidates=(following,) if more else (),
        page=number,
        pages=int(pages) if pages else None,
        total=int(total) if total else None,
    )


def _first(shape: re.Pattern[str], text: str) -> str:
    found = shape.search(text)
    return next((group for group in found.groups() if group), "") if found else ""


PLATFORM = Platform(
    name="longxun",
    label="龙讯政务公开",
    addresses=(
        re.compile(r"/public/column/\d+"),
        re.compile(r"/site/label/8888"),
        re.compile(r"/publicColumn/"),
    ),
    marks=("site/label/8888",),
    list_address=list_address,
    paging=paging,
)
