"""博达 VSB / Visual SiteBuilder 9: rows ``line_u…``, page files numbered from the last page."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms.platform import Paging, Platform

_PAGES = re.compile(r"_simple_list_gotopage_fun\(\s*(\d+)|共\s*(\d+)\s*页|[?&]totalpage=(\d+)")
_PLACE = re.compile(r"(?:&nbsp;|>|\s)(\d{1,4})/(\d{1,4})(?:&nbsp;|<|\s)")
_TOTAL = re.compile(r"共\s*(\d+)\s*条")
_NUMBERED = re.compile(r"/(\d+)\.s?html?$")


def paging(page: Page) -> Paging | None:
    """What the pager counts; page 2 of ``zcwj.htm`` is ``zcwj/{pages - 1}.htm``, the last is 1.

    The 下页 link comes first where there is one: new pages of content shift the numbers.
    """
    pages = _PAGES.search(page.text)
    place = _PLACE.search(page.text)
    if pages is None and place is None:
        return None
    last = int(next(filter(None, pages.groups()))) if pages else int(place[2]) if place else 1
    total = _TOTAL.search(page.text)
    stem, _, extension = urlsplit(page.url).path.rpartition(".")
    numbered = _NUMBERED.search(urlsplit(page.url).path)
    first = numbered is None and extension in ("htm", "html")
    following = urljoin(page.url, f"{stem}/{last - 1}.{extension}")
    return Paging(
        candidates=(following,) if first and last > 1 else (),
        page=1 if first else last - int(numbered[1]) + 1 if numbered else None,
        pages=last,
        total=int(total[1]) if total else None,
    )


PLATFORM = Platform(
    name="vsb",
    label="博达 VSB",
    addresses=(re.compile(r"/info/\d+/\d+\.htm"), re.compile(r"urltype=(?:tree|news|egovinfo)\.")),
    marks=("Visual SiteBuilder", "_sitegray/_sitegray", "_simple_list_gotopage_fun", "wbtreeid"),
    paging=paging,
)
