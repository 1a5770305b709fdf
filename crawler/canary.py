"""样页自检: each family reads small invented sites whose answers are known, before it is believed.

The pages stand in ``platforms/known``. A family that no longer reads them (a library was upgraded,
a rule was changed, a file is damaged) says nothing true of tonight's pages either.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from crawler.pages.lists import Listing, listing_of
from crawler.pages.text import open_page
from crawler.platforms import PLATFORMS

log = logging.getLogger("mingcha.canary")

_KNOWN = files("crawler.platforms") / "known"
_ANSWERS = "answers.json"


@cache  # of one process: neither the pages nor the code change while it runs
def failing() -> frozenset[str]:
    """The names of the families that do not read their known pages; all, if these are lost."""
    names = [platform.name for platform in PLATFORMS]
    try:
        answers = json.loads((_KNOWN / _ANSWERS).read_text("utf-8"))
    except (OSError, ValueError):
        answers = {}
    return frozenset(name for name in names if not reads(name, answers.get(name, {})))


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """What people call these families, in the order of the table."""
    wanted = frozenset(names)
    return tuple(platform.label for platform in PLATFORMS if platform.name in wanted)


def reads(name: str, answer: Mapping[str, Any]) -> bool:
    """Whether a family reads a known site from its first page to its last as the answer says."""
    try:
        found = [
            [entry.title, str(entry.published.day if entry.published else ""), entry.url]
            for listing in _listings(name, answer)
            for entry in listing.entries
        ]
        is_right = bool(found) and found == answer["entries"]
    except Exception:  # whatever it is: a reader that fails here is not to be believed
        log.info("known pages not read", extra={"platform": name}, exc_info=True)
        return False
    return is_right


def _listings(name: str, answer: Mapping[str, Any]) -> list[Listing]:
    """The pages of a known site, each found from the one before."""
    address, listing = answer["start"], None
    found: list[Listing] = []
    while address:
        body = (_KNOWN / answer["pages"][address]).read_bytes()
        listing = listing_of(open_page(body, address), before=listing)
        if listing.platform != name:
            raise ValueError(f"{address} was taken for {listing.platform}")
        found.append(listing)
        address = listing.data_address or listing.next_page
    return found
