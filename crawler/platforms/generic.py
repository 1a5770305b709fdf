"""其他: any site of no known family, read by what all families share."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import lxml.html

from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.hidden import decoded, open_rows, rows_in
from crawler.platforms.platform import Paging, Platform

_NEXT = re.compile(r"\s*(?:下一?页|后一?页|next|>|»|›)\s*", re.IGNORECASE)


def paging(page: Page) -> Paging | None:
    """The next answer to the page's own request, or the link in a pager that a script decodes."""
    if (told := replies.paging(page)) is not None:
        return told
    pager = rows_in(decoded(page))
    if pager is None:
        return None
    links = [link for link in pager.iter("a") if _NEXT.fullmatch(_words(link))]
    places = [urljoin(page.url, link.get("href") or "") for link in links if link.get("href")]
    return Paging(candidates=tuple(dict.fromkeys(places)), more=bool(places))


def _words(link: lxml.html.HtmlElement) -> str:
    return str(link.text_content())


PLATFORM = Platform(
    name="generic",
    label="其他",
    addresses=(re.compile(""),),
    open_rows=open_rows,
    paging=paging,
)
