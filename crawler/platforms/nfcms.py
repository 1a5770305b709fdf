"""广东 NFCMS: columns ``index.html``, ``index_2.html``; articles ``content/post_N.html``."""

from __future__ import annotations

import re

from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="nfcms",
    label="广东 NFCMS",
    addresses=(re.compile(r"/content/m?post_\d+\.html"),),
    marks=("NFCMS_SITE_ID", "NFCMS_POST_ID", "NFCMS_COLUMN_ID"),
    turn=with_number("_"),
)
