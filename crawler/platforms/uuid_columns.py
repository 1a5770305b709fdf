"""columns/<uuid> 平台: ``/columns/<uuid>/index.html``; lists now served, now filled by a script."""

from __future__ import annotations

import re

from crawler.platforms import replies
from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="uuid_columns",
    label="columns/uuid 平台",
    addresses=(re.compile(r"/columns/[0-9a-f]{8}-[0-9a-f-]{27}/"),),
    paging=replies.paging,
    turn=with_number("_"),
)
