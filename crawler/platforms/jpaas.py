"""大汉 JPAAS: blocks of a column asked for one by one at ``/api-gateway/jpaas-publish-server``."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import urlencode, urljoin

from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.platform import Paging, Platform

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PLACE = re.compile(r"""["'(]([^"'()\s]{0,80}/jpaas-publish-server/front/page/build/unit)""")
#: in the order in which the platform's own script sends them; what the page lacks is left out
_SENT = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_NEEDED = ("webId", "pageId")
_BLOCK = re.compile(r"queryData\s*=\s*([\"'])(\{.{1,800}?\})\1", re.DOTALL)
#: which of a page's blocks is its list, and not its banner or menu
_LIST_TAG = re.compile(r"列表|list|信息|内容", re.IGNORECASE)
_DEFAULT_SIZE = "15"


def list_address(page: Page) -> str:
    """The address of the first page of a column's block; "" where the page lacks its numbers."""
    text = html.unescape(page.text)
    block = _list_block(text)
    sent = {name: value for name in _SENT if (value := replies.setting(block, name))}
    if not all(name in sent for name in _NEEDED):
        return ""
    place = _PLACE.search(text)
    size = replies.setting(block, "pageSize", "rows")
    size = size if size.isdigit() else _DEFAULT_SIZE
    sent["paramJson"] = json.dumps({"pageNo": 1, "pageSize": int(size)}, separators=(",", ":"))
    return f"{urljoin(page.url, place[1] if place else _UNIT)}?{urlencode(sent)}"


def _list_block(text: str) -> str:
    """What the page tells of the block that is its list; the whole page where it names no block."""
    blocks = [found[2] for found in _BLOCK.finditer(text)]
    lists = [block for block in blocks if _LIST_TAG.search(replies.setting(block, "tagId"))]
    return next(iter(lists or blocks), text)


def paging(page: Page) -> Paging | None:
    """Page 2 of a block whose first page is in the column's own, and what follows an answer."""
    if (told := replies.paging(page)) is not None:
        return told
    pages = replies.pages_told(page.text)
    address = list_address(page) if pages is not None and pages > 1 else ""
    return (
        Paging(candidates=(replies.turned(address, 2),), page=1, pages=pages) if address else None
    )


PLATFORM = Platform(
    name="jpaas",
    label="大汉 JPAAS",
    addresses=(re.compile(r"/jpaas-publish-server/"),),
    marks=("jpaas-publish-server", "tplSetId"),
    list_address=list_address,
    paging=paging,
)
