"""PHPCMS: ``index.php?m=content&c=index&a=lists&catid=…&page=N`` or ``list-<catid>-N.html``."""

from __future__ import annotations

import re

from crawler.platforms.files import in_query
from crawler.platforms.platform import Platform

_FILE = re.compile(r"(/list-\d+-)\d+(\.html)$")


def turn(url: str, number: int) -> str:
    """Page n: by the file's last number, or by the query."""
    if _FILE.search(url):
        return _FILE.sub(rf"\g<1>{number}\g<2>", url)
    return in_query("page")(url, number) if "a=lists" in url else ""


PLATFORM = Platform(
    name="phpcms",
    label="PHPCMS",
    addresses=(
        re.compile(r"[?&]m=content&c=index&a=(?:lists|show)"),
        re.compile(r"/list-\d+-\d+\.html$"),
        re.compile(r"/show-\d+-\d+-\d+\.html$"),
    ),
    marks=("m=content&c=index&a=lists", "m=content&amp;c=index&amp;a=lists"),
    turn=turn,
)
