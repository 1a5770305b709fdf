"""WordPress: ``/category/x/page/N/``, one ``article`` a row."""

from __future__ import annotations

import re

from crawler.platforms.files import in_folder
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="wordpress",
    label="WordPress",
    addresses=(re.compile(r"/category/[^?#]+/page/\d+/?$"), re.compile(r"/wp-json/wp/v2/")),
    marks=("/wp-content/", "/wp-includes/", 'content="WordPress'),
    turn=in_folder,
)
