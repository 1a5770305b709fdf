"""织梦 DedeCMS: ``list_<tid>_N.html`` or ``/plus/list.php?tid=…&PageNo=N``."""

from __future__ import annotations

import re

from crawler.pages.text import Page
from crawler.platforms.files import in_query, with_number
from crawler.platforms.platform import Paging, Platform

_COUNTED = re.compile(r"共\s*<strong>(\d+)</strong>\s*页\s*<strong>(\d+)</strong>\s*条")


def paging(page: Page) -> Paging | None:
    """What ``.pageinfo`` counts: 共 3 页 50 条."""
    found = _COUNTED.search(page.text)
    return Paging(pages=max(int(found[1]), 1), total=int(found[2])) if found else None


def turn(url: str, number: int) -> str:
    """Page n: by the script of the list, or by the file that the script wrote."""
    if "/plus/list.php" in url:
        return in_query("PageNo")(url, number)
    return with_number("_")(url, number) if re.search(r"/list_\d+_\d+\.html$", url) else ""


PLATFORM = Platform(
    name="dedecms",
    label="织梦 DedeCMS",
    addresses=(
        re.compile(r"/plus/(?:list|view)\.php\?"),
        re.compile(r"/list_\d+_\d+\.html$"),
        re.compile(r"/a/.+/\d{8}/\d+\.html$"),
    ),
    marks=("/plus/count.php", "/plus/list.php?tid=", "DedeCMS", "/templets/default/"),
    paging=paging,
    turn=turn,
)
