"""本单位的页面: where a unit's pages begin, on its own site or on a platform of many. Pure.

On a county's platform a school is a path, a code or a publisher: its pages begin where the
platform links to it by its name.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from crawler.addresses import identity, may_ask
from crawler.ask import Ask, Walk
from crawler.identity import carries_name, names_itself
from crawler.outcome import Recognised
from crawler.pages.columns import ColumnLink, links_named, own_words, submenus
from crawler.pages.matrix import columns_of_unit
from crawler.sight import Sight, look
from monitor.model import Column, Outcome, Target

#: pages of a platform that are looked through for a link to the unit, and how deep below its first
_MOST_PAGES = 12
_DEEPEST = 3
#: what in an address may be a unit's own: a number with at least three digits
_CODE = re.compile(r"[\w.-]*\d{3,}[\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """入口: the page from which a unit's columns are looked for.

    ``named``: it is this unit's by its own words; ``given``: by those of the office's sheet, or of
    a link that leads there; ``others``: further addresses the sheet gives, to be read with it;
    ``part``: on a page of many units, the links that stand under the name of this one, by column.
    """

    asked: str
    sight: Sight
    named: bool = False
    given: bool = False
    others: tuple[str, ...] = ()
    part: Mapping[str, tuple[ColumnLink, ...]] = field(default_factory=dict)

    @property
    def barrier(self) -> Recognised | None:
        return self.sight.barrier

    @property
    def is_units(self) -> bool:
        return self.named or self.given

    @property
    def has_own_host(self) -> bool:
        """Whether all pages of the host are the unit's."""
        path = urlsplit(self.sight.answer.url).path
        return self.named and not self.part and path in {"", "/"} | _INDEXES

    def holds(self, address: str) -> bool:
        """Whether an address is below this page, or carries the unit's code as it does."""
        here, there = urlsplit(self.sight.answer.url), urlsplit(address)
        if not self.is_units or self.part or here.netloc != there.netloc:
            return False
        folder = here.path.rpartition("/")[0]
        is_below = bool(folder) and there.path.startswith(folder + "/")
        return is_below or bool(_codes(self.sight.answer.url) & _codes(address))


_INDEXES = frozenset(
    f"/{name}.{kind}"
    for name in ("index", "default")
    for kind in ("htm", "html", "shtml", "jsp", "asp", "aspx", "php")
)


def entrance_of(target: Target, columns: Sequence[Column]) -> Walk[Entrance]:
    """Open what the sheet gives for a unit, and find where its own pages begin.

    ``columns``: a page that is one of them begins nothing, though it may name the unit.
    """
    names = target.unit_names
    given = tuple(dict.fromkeys(place for place in (target.home, target.disclosure_home) if place))
    opened: list[tuple[str, Sight]] = []
    closed: list[tuple[str, Sight]] = []
    for place in given:
        sight = yield from look(Ask(url=place), names)
        (closed if sight.barrier or sight.page is None else opened).append((place, sight))
    if not opened:
        asked, sight = closed[0]
        barrier = sight.barrier or Recognised(outcome=Outcome.UNREAD)
        return Entrance(asked=asked, sight=Sight(answer=sight.answer, barrier=barrier))
    for place, sight in opened:
        if sight.page is None:
            continue
        part = columns_of_unit(sight.page, names, columns)
        if part or names_itself(sight.page, names):
            rest = tuple(other for other, _ in opened if other != place)
            return Entrance(asked=place, sight=sight, named=True, others=rest, part=part)
    place, sight = opened[-1]  # the page for disclosure, where the sheet gives one
    if (own := (yield from _named_on(place, sight, names, columns))) is not None:
        return own
    return Entrance(asked=place, sight=sight, given=place == target.disclosure_home)


def _named_on(
    place: str, first: Sight, names: tuple[str, ...], columns: Sequence[Column]
) -> Walk[Entrance | None]:
    """Look through a platform for the page it links by the unit's name."""
    seen = {identity(place), identity(first.answer.url)}
    waiting = deque([(first, 0)])
    pages = 1
    while waiting:
        sight, level = waiting.popleft()
        if sight.page is None or any(own_words(sight.page, column) for column in columns):
            continue
        for address in links_named(sight.page, names):
            if identity(address) in seen or not may_ask(address):
                continue
            seen.add(identity(address))
            ask = Ask(url=address, referer=sight.answer.url)
            own = yield from look(ask, names)
            if own.page is None or own.barrier:
                continue
            if names_itself(own.page, names) or carries_name(own.page, names):
                named = names_itself(own.page, names)
                return Entrance(asked=address, sight=own, named=named, given=True)
        if part := columns_of_unit(sight.page, names, columns):
            return Entrance(asked=sight.answer.asked, sight=sight, named=True, part=part)
        if level >= _DEEPEST:
            continue
        for address in submenus(sight.page):
            if pages >= _MOST_PAGES or identity(address) in seen or not may_ask(address):
                continue
            seen.add(identity(address))
            pages += 1
            below = yield from look(Ask(url=address, referer=sight.answer.url), names)
            if below.page is not None and not below.barrier:
                waiting.append((below, level + 1))
    return None


def _codes(address: str) -> frozenset[str]:
    """The parts of an address that may tell one unit from another."""
    parts = urlsplit(address)
    words = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    return frozenset(word for word in words if _CODE.fullmatch(word))
