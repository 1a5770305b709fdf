"""日期加编码的平台: articles ``/20240704/<32 hex>.html`` with ``#ivs_title`` and ``#ivs_date``."""

from __future__ import annotations

import re

from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="dated_hex",
    label="日期加编码的平台",
    addresses=(re.compile(r"/\d{8}/[0-9a-f]{32}\.html"),),
    marks=("ivs_content", "ivs_title"),
    turn=with_number("_"),
)
