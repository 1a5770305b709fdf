"""博达 VSB 政府信息公开: ``urltype=egovinfo…``, paged by fields ``…t``, ``…p``, ``…c``."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms.platform import Paging, Platform

_PAGER = re.compile(r"[?&;](a?infolist\d+|a\d+)t=(\d{1,4})&(?:amp;)?\1p=\d", re.IGNORECASE)
_LINK = re.compile(
    r"""href\s*=\s*["']([^"']*[?&;](?:a?infolist\d+|a\d+)p=\d[^"']*)["']""", re.IGNORECASE
)


def paging(page: Page) -> Paging | None:
    """The number of pages stands in the links of the pager, the page's own in its address."""
    found, link = _PAGER.search(page.text), _LINK.search(page.text)
    if found is None or link is None:
        return None
    component, pages = found[1], int(found[2])
    asked = dict(parse_qsl(urlsplit(page.url).query)).get(f"{component}p", "1")
    number = int(asked) if asked.isdigit() else 1
    parts = urlsplit(urljoin(page.url, html.unescape(link[1])))
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    following = parts._replace(query=urlencode(query | {f"{component}p": str(number + 1)})).geturl()
    return Paging(
        candidates=(following,) if number < pages else (), page=number, pages=max(pages, 1)
    )


PLATFORM = Platform(
    name="egovinfo",
    label="博达政府信息公开",
    addresses=(re.compile(r"urltype=egovinfo\."), re.compile(r"/info/egovinfo/")),
    marks=("urltype=egovinfo.",),
    paging=paging,
)
