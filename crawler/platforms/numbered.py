"""页号为文件名的平台: lists ``1.html``, ``2.html``; articles ``<19 digits>.html``."""

from __future__ import annotations

import re

from crawler.platforms.files import in_place_of_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="numbered",
    label="页号为文件名的平台",
    addresses=(re.compile(r"/[A-Za-z_]\w*/1\.html$"), re.compile(r"/\d{19}\.html$")),
    turn=in_place_of_number,
)
