"""找栏目: a unit's home page and its menus → where its columns are, and whether all was read. Pure.

That a column is not there may be said only when every menu page was read and nothing on them even
sounds like it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.addresses import identity, may_ask
from crawler.ask import Answer, Ask, Walk
from crawler.gone import says_gone
from crawler.identity import carries_name
from crawler.outcome import Recognised
from crawler.pages.columns import (
    ColumnLink,
    breadcrumb,
    find_columns,
    links_of,
    near_columns,
    submenus,
)
from crawler.pages.menus import hides_links, named_outside_links
from crawler.pages.text import Page
from crawler.sight import Sight, look
from monitor.model import Column, Evidence, Outcome
from monitor.textform import normal_form

_MOST_MENUS = 24
_DEEPEST = 3  # levels of menus below the home page
#: a home page and its menus with fewer links are no home page and menus
_FEWEST_LINKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """线索: a link to a column, or a label that sounds like one, and the page it stands on."""

    link: ColumnLink
    page: str  # address
    trail: str  # what that page calls itself, "" if it does not say


@dataclass(slots=True)
class Menus:
    """首页与菜单: what the pages that lead to a unit's columns say. Filled page by page."""

    answer: Answer
    barrier: Recognised | None = None  # the home page could not be read, and why
    leads: dict[str, tuple[Lead, ...]] = field(default_factory=dict)  # by column id, best first
    near: dict[str, Lead] = field(default_factory=dict)  # by column id: a label that sounds alike
    linked: set[str] = field(default_factory=set)  # identities of all addresses linked
    pages: int = 0  # read
    whole: bool = True  # every menu page was read
    named: bool = False  # the home page carries the unit's name
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def places(self) -> dict[str, str]:
        """Column id → its best address."""
        return {key: leads[0].link.address for key, leads in self.leads.items()}

    @property
    def proves_absence(self) -> bool:
        """Whether a column that was not found is not there.

        A home page without menus (a picture to click on, a menu built by a script) proves nothing.
        """
        has_menus = self.pages > 1 or bool(self.leads)
        return self.whole and has_menus and len(self.linked) >= _FEWEST_LINKS

    def is_column(self, address: str) -> bool:
        """Whether ``address`` is a column that is known by now, and no menu."""
        return identity(address) in map(identity, self.places.values())

    def links(self, address: str) -> bool:
        """Whether the home page or a menu links to ``address``."""
        return identity(address) in self.linked


def read_menus(
    entrances: Sequence[str], columns: Mapping[str, Column], names: tuple[str, ...], *, depth: int
) -> Walk[Menus]:
    """Read the home page, the disclosure home page if there is one, and the menus below them."""
    first = yield from look(Ask(url=entrances[0], keep=True), names)
    menus = Menus(answer=first.answer, barrier=first.barrier)
    if first.page is None or first.barrier:
        return menus
    menus.named = carries_name(first.page, names)
    seen = {identity(entrances[0]), identity(first.answer.url)}
    waiting = deque((address, 1) for address in entrances[1:])
    waiting += _note(menus, first, first.page, columns, 0)
    while waiting and len(menus.leads) < len(columns):
        address, level = waiting.popleft()
        if identity(address) in seen or not may_ask(address) or menus.is_column(address):
            continue
        seen.add(identity(address))
        if menus.pages >= _MOST_MENUS:
            menus.whole = False
            break
        sight = yield from look(Ask(url=address, referer=first.answer.url, keep=True), names)
        if sight.page is None or sight.barrier:
            # a menu that is not there any more holds nothing; one that did not open may
            menus.whole &= sight.outcome is Outcome.GONE
            continue
        below = _note(menus, sight, sight.page, columns, level)
        if level < min(depth, _DEEPEST):
            waiting += below
        elif any(identity(address) not in seen for address, _ in below):
            menus.whole = False
    return menus


def read_more(
    menus: Menus, places: Sequence[str], columns: Mapping[str, Column], names: tuple[str, ...]
) -> Walk[None]:
    """Look on further pages for the columns that no menu leads to; what does not open is nothing.

    For a proposal only: a guessed address that is not there says nothing of what is missing.
    """
    for place in places:
        if len(menus.leads) == len(columns):
            return
        sight = yield from look(Ask(url=place, referer=menus.answer.url), names)
        if sight.page is not None and not sight.barrier and not says_gone(sight.page):
            _note(menus, sight, sight.page, columns, 0)


def _note(
    menus: Menus, sight: Sight, page: Page, columns: Mapping[str, Column], level: int
) -> list[tuple[str, int]]:
    """Take from a page what it says of the columns; return the menus it leads to."""
    menus.pages += 1
    if sight.answer.evidence:
        menus.evidence.append(sight.answer.evidence)
    missing = [column for key, column in columns.items() if key not in menus.leads]
    trail = " > ".join(breadcrumb(page))
    for key, links in find_columns(page, missing).items():
        menus.leads[key] = tuple(Lead(link=link, page=page.url, trail=trail) for link in links)
    for key, link in near_columns(page, missing).items():
        # the label of another known column sounds alike and is that column
        if normal_form(link.label) not in _names(columns.values()) - _names([columns[key]]):
            menus.near.setdefault(key, Lead(link=link, page=page.url, trail=trail))
    for key, name in named_outside_links(page, missing).items():
        if key not in menus.leads:
            outside = ColumnLink(name, "")
            menus.near.setdefault(key, Lead(link=outside, page=page.url, trail=trail))
    menus.whole &= not hides_links(page)
    menus.linked |= {identity(address) for address in links_of(page)}
    return [(address, level + 1) for address in submenus(page)]


def _names(columns: Iterable[Column]) -> set[str]:
    return {normal_form(name) for column in columns for name in (column.name, *column.aliases)}
