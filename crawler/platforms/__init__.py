"""平台: the families of publishing systems, most particular first."""

from __future__ import annotations

from crawler.pages.text import Page
from crawler.platforms import generic, jcms, longxun, openness, trs, vsb
from crawler.platforms.platform import Paging, Platform

__all__ = ["PLATFORMS", "Paging", "Platform", "platform_of"]

PLATFORMS: tuple[Platform, ...] = (
    longxun.PLATFORM,
    jcms.PLATFORM,
    openness.PLATFORM,
    vsb.PLATFORM,
    trs.PLATFORM,
    generic.PLATFORM,
)


def platform_of(page: Page, before: str = "") -> Platform:
    """The family ``page`` belongs to; the generic one when no other knows it.

    ``before``: the family of the page that led here. What follows in a list was published by the
    same system, so only an address that tells another one is asked for; the marks are not looked
    for again, which would take as long as reading the rows.
    """
    if not before:
        return next(platform for platform in PLATFORMS if platform.knows(page))
    return next(
        platform for platform in PLATFORMS if platform.name == before or platform.has_address(page)
    )
