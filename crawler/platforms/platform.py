"""平台: how a family of publishing systems is recognised and where it keeps things.

A family's function returns markup or addresses, never a listing: what rows, titles and days are
is the same everywhere and known by ``crawler.pages``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import lxml.html

from crawler.pages.text import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """翻页: where the next page of a list may be, best guess first, and what the pager tells.

    ``page`` and ``pages`` count from 1; ``total`` is the number of entries of the whole list;
    ``last``: the pager itself says that nothing follows; ``more``: that something does, wherever.
    """

    candidates: tuple[str, ...] = ()
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    last: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """平台: a family of sites that publish with the same system.

    ``addresses`` and ``marks`` tell it: any one address shape, or any one string in the markup.
    ``open_rows`` gives the tree with rows that scripts hold laid open, None if there are none;
    ``list_address`` the address a script loads the list from; ``paging`` what the family's pager
    says; ``turn`` the address of page n of the list that another page of it stands at.
    """

    name: str
    label: str
    addresses: tuple[re.Pattern[str], ...] = ()
    marks: tuple[str, ...] = ()
    open_rows: Callable[[Page], lxml.html.HtmlElement | None] | None = None
    list_address: Callable[[Page], str] | None = None
    paging: Callable[[Page], Paging | None] | None = None
    turn: Callable[[str, int], str] | None = None

    def has_mark(self, page: Page) -> bool:
        """Whether the markup tells this family."""
        return any(mark in page.text for mark in self.marks)

    def has_address(self, page: Page) -> bool:
        """Whether the address does."""
        return any(shape.search(page.url) for shape in self.addresses)
