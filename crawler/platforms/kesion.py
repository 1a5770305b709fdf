"""科汛 KesionCMS: ``/Category/…?page=N``, articles ``/Item/Show.asp?m=1&d=…``."""

from __future__ import annotations

import re

from crawler.platforms.files import in_query
from crawler.platforms.platform import Platform

PLATFORM = Platform(
    name="kesion",
    label="科汛 KesionCMS",
    addresses=(re.compile(r"/Item/(?:Show|List)\.asp", re.IGNORECASE),),
    marks=("/KS_Inc/", "/ks_inc/", "/Item/Show.asp"),
    turn=in_query("page"),
)
