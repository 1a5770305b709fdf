"""大汉 JCMS: lists in the records of an XML data island, continued by dataproxy.jsp."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms.hidden import records
from crawler.platforms.platform import Paging, Platform

_NEXT_GROUP = re.compile(r"<nextgroup>(.{0,2000}?)</nextgroup>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?:href\s*=\s*["']?|^\s*)([^"'\s<>]*dataproxy\.jsp[^"'\s<>]*)""", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:<totalrecord>|totalRecord['\"]?\s*:\s*['\"]?)(\d+)", re.IGNORECASE)
_PAGES = re.compile(r"(?:<totalpage>|totalPage['\"]?\s*:\s*['\"]?)(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage['\"]?\s*:\s*['\"]?(\d+)", re.IGNORECASE)
_PROXY = re.compile(r"proxyUrl['\"]?\s*:\s*['\"]([^'\"]{1,300})", re.IGNORECASE)
_FORM = (
    *("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname"),
    "permissiontype",
)


def paging(page: Page) -> Paging | None:
    """The ready-made address in ``nextgroup``, else one built from the page's jpage call."""
    total, pages = _TOTAL.search(page.text), _PAGES.search(page.text)
    if total is None and "<nextgroup>" not in page.text:
        return None
    whole = int(total[1]) if total else None
    end = _first_record(page) + len(records(page.text)) - 1
    last = whole is not None and end >= whole
    found = () if last else (_next_group(page), _next_records(page))
    return Paging(
        candidates=tuple(dict.fromkeys(filter(None, found))),
        pages=int(pages[1]) if pages and int(pages[1]) else None,
        total=whole,
        last=last,
    )


def _first_record(page: Page) -> int:
    """The number of the first record of a page: 1, or what a later block was asked for."""
    query = dict(parse_qsl(urlsplit(page.url).query))
    start = query.get("startrecord", "")
    return int(start) if start.isdigit() else 1


def _next_group(page: Page) -> str:
    found = _NEXT_GROUP.search(page.text)
    inner = (
        html.unescape(found[1].replace("<![CDATA[", "").replace("]]>", "")).strip() if found else ""
    )
    address = _ADDRESS.search(inner)
    return urljoin(page.url, html.unescape(address[1])) if address else ""


def _next_records(page: Page) -> str:
    """The address of the records after those of this page."""
    total = _TOTAL.search(page.text)
    size = len(records(page.text))
    if not total or not size:
        return ""
    parts = urlsplit(page.url)
    if "dataproxy.jsp" in parts.path:
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        start, address = int(query.get("startrecord", "0") or 0), parts._replace(query="").geturl()
        if not start:
            return ""
    else:
        proxy = _PROXY.search(page.text)
        if not proxy:
            return ""
        start, address = 1, urljoin(page.url, html.unescape(proxy[1]))
        query = {key: value for key in _FORM if (value := _setting(page.text, key))}
    first, per_page = start + size, _PER_PAGE.search(page.text)
    if first > int(total[1]):
        return ""
    step = int(query.get("perpage", "0") or 0) or (int(per_page[1]) if per_page else size)
    query |= {
        "startrecord": str(first),
        "endrecord": str(first + 3 * step - 1),
        "perpage": str(step),
    }
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _setting(text: str, key: str) -> str:
    found = re.search(rf"\b{key}['\"]?\s*[:=]\s*['\"]?([^'\",&;}}\s]{{1,80}})", text)
    return found[1] if found else ""


PLATFORM = Platform(
    name="jcms",
    label="大汉 JCMS",
    addresses=(
        re.compile(r"/col/col\d+/"),
        re.compile(r"dataproxy\.jsp"),
        re.compile(r"/art/\d{4}/(?:\d{1,2}/){1,2}art_"),
    ),
    marks=("<datastore>", "dataproxy.jsp", "jpage("),
    paging=paging,
)
