"""共有版式: what the column pages of one unit have in common, and is no column's own. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from posixpath import commonpath
from urllib.parse import urlsplit

from crawler.addresses import identity
from crawler.ask import Ask, Walk
from crawler.pages.belonging import Footprint, Layout, is_beside, is_related, shared
from crawler.pages.lists import listing_of
from crawler.sight import Sight, look
from crawler.unread import kept
from monitor.model import Evidence, Target

#: columns that may be opened before their turn to compare a list with
_MOST_COMPARED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """对照页: a page whose lists were noted, and where it is stored."""

    layout: Layout
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """What a reader knows the page by."""
        return self.layout.names[0] if self.layout.names else self.layout.url


class Template:
    """一个单位各页面的布局: notes the lists of the pages that are opened, page by page."""

    def __init__(
        self, targets: Sequence[Target], names: tuple[str, ...], seen_at: datetime
    ) -> None:
        self._targets = targets
        self._names = names
        self._seen_at = seen_at
        self._pages: dict[str, Compared] = {}
        self._early: dict[str, Sight] = {}

    def note(self, sight: Sight, layout: Layout) -> None:
        """Keep the lists of a page."""
        page = Compared(layout=layout, evidence=kept(sight))
        self._pages[identity(sight.answer.url)] = page

    def opened(self, address: str) -> Sight | None:
        """A page that was opened before its turn, given out once."""
        return self._early.pop(identity(address), None)

    def shared(
        self, sight: Sight, mine: Layout
    ) -> Walk[tuple[frozenset[Footprint], Compared | None]]:
        """Of what was taken for a column's list: the blocks that another column's page shows too.

        There must be a page to compare them with. If none was read yet, that of the unit's nearest
        column is opened, whose turn comes later, or else the home page.
        """
        if all(one.headed for one in mine.chosen):
            return frozenset(), None
        here = identity(sight.answer.url)
        others = [page for key, page in self._pages.items() if key != here]
        if all(is_related(mine, other.layout) for other in others):
            others += yield from self._another(mine, here)
        for other in others:
            if found := shared(mine, other.layout, self._names):
                return frozenset(found), other
        return frozenset(), None

    def _another(self, mine: Layout, here: str) -> Walk[list[Compared]]:
        """Open a page of the site that is neither this column, nor above it, nor below."""
        places = {
            target.address: _steps_shared(target.address, mine.url)
            for target in self._targets
            if target.address and not target.shared and is_beside(mine.url, target.address)
        }
        nearest = sorted(places, key=places.__getitem__, reverse=True)[:_MOST_COMPARED]
        for place in nearest or filter(None, (self._targets[0].home,)):
            if identity(place) in {here, *self._pages}:
                continue
            sight = yield from look(Ask(url=place, keep=True), self._names)
            if sight.page is None or sight.barrier or identity(sight.answer.url) == here:
                continue
            if place in places:
                self._early[identity(place)] = sight
            if layout := listing_of(sight.page, seen_at=self._seen_at).layout:
                self.note(sight, layout)
                return [self._pages[identity(sight.answer.url)]]
        return []


def _steps_shared(one: str, other: str) -> int:
    """How long the way is that two addresses of a host go together."""
    return len(commonpath([urlsplit(address).path or "/" for address in (one, other)]))
