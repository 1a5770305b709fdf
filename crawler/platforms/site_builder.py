"""凡科等自助建站: ``col.jsp?id=…`` or ``h-col-104.html``; rows often only in a script's data."""

from __future__ import annotations

import re

from crawler.platforms import replies
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="site_builder",
    label="凡科等自助建站",
    addresses=(
        re.compile(r"/(?:col|nd)\.jsp\?id=\d+"),
        re.compile(r"/h-(?:col|nd)-\d+(?:_\d+)?\.html"),
    ),
    paging=replies.paging,
)
