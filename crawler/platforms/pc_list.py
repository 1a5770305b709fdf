"""pc/list 平台: ``/<site>/c00189/pc/list.html``, articles ``content_<19 digits>.html``."""

from __future__ import annotations

import re

from crawler.platforms import replies
from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="pc_list",
    label="pc/list 平台",
    addresses=(
        re.compile(r"/c\d{5}/pc/list(?:_\d+)?\.html"),
        re.compile(r"/pc/content/content_\d{19}\.html"),
    ),
    paging=replies.paging,
    turn=with_number("_"),
)
