"""channel/list 平台: ``/channel/list/24.html``, articles ``/single/24/7298.html``."""

from __future__ import annotations

import re

from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="channel_list",
    label="channel/list 平台",
    addresses=(
        re.compile(r"/channel(?:List|/list)/\d+(?:_\d+)?\.html"),
        re.compile(r"/single/\d+/\d+\.html"),
    ),
    turn=with_number("_"),
)
