"""Openness 控制器: ``showList/<branch>/<topic>/page_N.html``, seen in Anhui and Inner Mongolia."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.pages.text import Page
from crawler.platforms.platform import Paging, Platform

_NUMBERED = re.compile(r"(/\w+/showList/(?:\d+/)+page_)(\d+)(\.html)")
_PAGES = re.compile(r"共\s*(\d+)\s*页|\d+\s*/\s*(\d+)\s*页")
_TOTAL = re.compile(r"共\s*(\d+)\s*条")


def paging(page: Page) -> Paging | None:
    """Page N + 1 by its number, where the pager tells how many there are."""
    here = _NUMBERED.search(page.url)
    pages = _PAGES.search(page.text)
    if here is None or pages is None:
        return None
    number, last = int(here[2]), int(pages[1] or pages[2])
    total = _TOTAL.search(page.text)
    following = f"{here[1]}{number + 1}{here[3]}"
    prefix = page.url[: here.start()]
    return Paging(
        candidates=(urljoin(page.url, prefix + following),) if number < last else (),
        page=number,
        pages=last,
        total=int(total[1]) if total else None,
    )


PLATFORM = Platform(
    name="openness",
    label="Openness 政务公开",
    addresses=(
        re.compile(r"/\w+/showList/(?:\d+/)+page_\d+\.html"),
        re.compile(r"/(?:Openness|Xxgk|Policy)Content/(?:show|showList)/", re.IGNORECASE),
    ),
    paging=paging,
)
