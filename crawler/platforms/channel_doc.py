"""channel/doc 平台: each unit a ``site_…`` of its own, lists filled by a script."""

from __future__ import annotations

import re

from crawler.platforms import replies
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="channel_doc",
    label="channel/doc 平台",
    addresses=(
        re.compile(r"/(?:site_\w+/)?channel_(?:[0-9a-f]{24}|[cx]_[\w.]+)(?:/|$)"),
        re.compile(r"/doc_[0-9a-f]{24}"),
    ),
    paging=replies.paging,
)
