"""帝国 EmpireCMS: ``index_2.html``, or ``/e/action/ListInfo.php`` with pages from 0."""

from __future__ import annotations

import re

from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.files import in_query, with_number
from crawler.platforms.platform import Paging, Platform

_SCRIPT = "/e/action/ListInfo"


def paging(page: Page) -> Paging | None:
    """The number of a page that the list's script serves: it counts from 0."""
    if _SCRIPT not in page.url:
        return None
    return Paging(page=(replies.number_of(page.url) or 0) + 1)


def turn(url: str, number: int) -> str:
    """Page n: by the script of the list, or by the file that it wrote."""
    if _SCRIPT in url:
        return in_query("page")(url, number - 1)
    return with_number("_")(url, number)


PLATFORM = Platform(
    name="empirecms",
    label="帝国 EmpireCMS",
    addresses=(re.compile(r"/e/action/(?:ListInfo|ShowInfo)"),),
    marks=("/e/public/", "/e/action/"),
    paging=paging,
    turn=turn,
)
