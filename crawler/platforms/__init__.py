"""平台: the families of publishing systems, most particular first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from crawler.pages.text import Page
from crawler.platforms import (
    channel_doc,
    channel_list,
    dated_hex,
    dedecms,
    egovinfo,
    empirecms,
    epoint,
    generic,
    gkmlpt,
    jcms,
    jcms_xxgk,
    jpaas,
    kesion,
    longxun,
    nfcms,
    numbered,
    openness,
    pc_list,
    phpcms,
    site_builder,
    siteserver,
    trs,
    truecms,
    ucap,
    uuid_columns,
    vsb,
    webplus,
    wechat,
    wordpress,
)
from crawler.platforms.platform import Paging, Platform

__all__ = ["PLATFORMS", "Paging", "Platform", "platform_of"]

PLATFORMS: tuple[Platform, ...] = (
    jpaas.PLATFORM,
    jcms_xxgk.PLATFORM,
    jcms.PLATFORM,
    truecms.PLATFORM,
    longxun.PLATFORM,
    openness.PLATFORM,
    gkmlpt.PLATFORM,
    nfcms.PLATFORM,
    ucap.PLATFORM,
    egovinfo.PLATFORM,
    vsb.PLATFORM,
    webplus.PLATFORM,
    epoint.PLATFORM,
    channel_doc.PLATFORM,
    uuid_columns.PLATFORM,
    channel_list.PLATFORM,
    pc_list.PLATFORM,
    dated_hex.PLATFORM,
    dedecms.PLATFORM,
    phpcms.PLATFORM,
    empirecms.PLATFORM,
    kesion.PLATFORM,
    siteserver.PLATFORM,
    wordpress.PLATFORM,
    site_builder.PLATFORM,
    wechat.PLATFORM,
    trs.PLATFORM,
    numbered.PLATFORM,
    generic.PLATFORM,
)
_BY_NAME = {platform.name: platform for platform in PLATFORMS}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, branched at each letter: side by side takes twice as long.

    >>> _any_of(["trs_ta", "trs_ed", "page", "pages"])
    '(?:page|trs_(?:ed|ta))'
    """
    starts = groupby(sorted(set(words)), key=lambda word: word[:1])
    ways = [
        re.escape(letter) + _any_of(word[1:] for word in own) if letter else ""
        for letter, own in starts
    ]
    if "" in ways:  # a whole word: what goes on behind it is found as well
        return ""
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


_ANY_MARK = re.compile(_any_of(mark for one in PLATFORMS for mark in one.marks))
#: most addresses are of no family: one look instead of forty
_ANY_ADDRESS = re.compile(
    "|".join(f"(?i:{shape.pattern})" for one in PLATFORMS[:-1] for shape in one.addresses)
)


def platform_of(page: Page, before: str = "") -> Platform:
    """The family ``page`` belongs to; the generic one when no other knows it.

    ``before``: the family of the page that led here. What follows in a list was published by the
    same system, so only an address that tells another one is asked for; the marks are not looked
    for again, which would take as long as reading the rows.
    """
    may_be_marked = not before and _ANY_MARK.search(page.text)
    if not may_be_marked and not _ANY_ADDRESS.search(page.url):
        return _BY_NAME[before or generic.PLATFORM.name]
    return next(
        platform
        for platform in PLATFORMS
        if platform.name == before
        or (may_be_marked and platform.has_mark(page))
        or platform.has_address(page)
    )
