"""新点 Epoint EWB: nodes ``…/003001/``, their lists from ``getgovinfolist`` as JSON."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.addresses import posted_json
from crawler.pages.text import Page
from crawler.platforms import replies
from crawler.platforms.files import in_place_of_number
from crawler.platforms.platform import Platform

_ACTION = re.compile(r"""(?:["']([^"'\s]{1,120})/rest/lightfrontaction/)?getgovinfolist""")
_ACTION_PATH = "/rest/lightfrontaction/getgovinfolist"
_DEFAULT_PROJECT = "EWB-FRONT"
_NODE = re.compile(r"/(\d{6,30})/[\w.]*$")
_DEFAULT_SITE = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_SIZE = 20


def list_address(page: Page) -> str:
    """The request for the first rows of the node that the address names.

    Asked for from 0: some actions count from 0 and some from 1.
    """
    parts = urlsplit(page.url)
    action = _ACTION.search(page.text)
    if action is None or "getgovinfolist" in parts.path:
        return ""
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    path = _NODE.search(parts.path)
    node = asked.get("categorynum") or (path[1] if path else "")
    node = node or replies.setting(page.text, "categorynum", "categoryNum")
    if not node:
        return ""
    sent = {
        "siteGuid": replies.setting(page.text, "siteGuid") or _DEFAULT_SITE,
        "categorynum": node,
        "deptcode": asked.get("deptcode", ""),
        "pageIndex": 0,
        "pageSize": _SIZE,
    }
    project = replies.setting(page.text, "projectName") or _DEFAULT_PROJECT
    place = action[1] or f"/{project.strip('/')}"
    return posted_json(urljoin(page.url, f"{place}{_ACTION_PATH}"), sent)


PLATFORM = Platform(
    name="epoint",
    label="新点 Epoint",
    addresses=(
        re.compile(r"/rest/lightfrontaction/|/EWB-FRONT/"),
        re.compile(r"[?&]categorynum=", re.IGNORECASE),
    ),
    marks=("EWB-FRONT", "EpointWebBuilder", "webBuilderCommon.js", "wb-data-item"),
    list_address=list_address,
    paging=replies.paging,
    turn=in_place_of_number,
)
