"""SiteServer CMS: ``/channels/12.html``, ``12_2.html``; articles ``/contents/12/345.html``."""

from __future__ import annotations

import re

from crawler.platforms.files import with_number
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="siteserver",
    label="SiteServer",
    addresses=(re.compile(r"/channels/\d+(?:_\d+)?\.html"), re.compile(r"/contents/\d+/\d+\.html")),
    marks=("siteserver", "SiteServer"),
    turn=with_number("_"),
)
