"""找栏目: an address for each column of a unit, how sure it is, and on what grounds. Pure.

A proposal for a person to accept: nothing here says that a column is missing, and nothing is
remembered for the night.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar, cast
from urllib.parse import urljoin

from crawler.addresses import AddressRules, identity, may_ask, without_session
from crawler.ask import Answer, Ask, Walk
from crawler.details import open_entry, own_text
from crawler.entrance import Entrance, entrance_of
from crawler.finding import Lead, Menus, read_menus, read_more
from crawler.gone import is_same_page, says_gone
from crawler.identity import carries_name, names_itself, other_owner
from crawler.pages.columns import links_named, own_words, site_maps
from crawler.pages.text import Page
from crawler.platforms import platform_of
from crawler.reading import ColumnReading, Range, Row, read_column
from crawler.sight import Sight, look
from monitor.model import Discovery, Network, Outcome, Spot, Sureness, Target
from monitor.textform import normal_form
from monitor.wording import Clue

T = TypeVar("T")

#: links tried for one column
_MOST_TRIED = 3
#: entries of a shared list opened to see whose they are
_MOST_OWNERS = 5
#: characters that make a page without a list a column of one text
_SHORTEST_TEXT = 50
#: where the families keep their disclosure columns when no link leads there
_GUESSES = {
    "vsb": ("/xxgk.htm", "/xxgk/xxgkml.htm"),
    "trs": ("/zwgk/", "/xxgk/"),
    "jcms": ("/xxgk/",),
    "generic": ("/xxgk/", "/xxgk.html", "/sitemap.html"),
}
_READABLE = frozenset({Outcome.OPENED, Outcome.SAYS_EMPTY})
_WITHOUT_ENTRIES = frozenset({Outcome.UNREAD, Outcome.SAYS_EMPTY})
_ORDER = tuple(Sureness)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What the page behind a link proves."""

    grounds: tuple[str, ...]
    says_column: bool
    says_unit: bool
    is_units: bool  # it says so, or only the unit's own pages lead there
    readable: bool
    newest: date | None


class _Whose(NamedTuple):
    """Whose a column is, and what says so: its own page, or only what leads there."""

    ground: str
    by_itself: bool = False
    is_units: bool = True


class Search:
    """一个单位的找法; opens no address twice."""

    def __init__(
        self,
        targets: Sequence[Target],
        *,
        rules: AddressRules,
        network: Network,
        seen_at: datetime,
    ) -> None:
        self._columns = {target.column.id: target.column for target in targets}
        self._names = targets[0].unit_names
        self._rules = rules
        self._network = network
        self._seen_at = seen_at
        self._entrance: Entrance | None = None
        self._menus: Menus | None = None
        self._answers: dict[Ask, Answer] = {}

    def find(self, target: Target) -> Walk[Discovery]:
        """Propose addresses for one column."""
        return (yield from _asked_once(self._find(target), self._answers))

    def _find(self, target: Target) -> Walk[Discovery]:
        found = Discovery(unit=target.unit, column=target.column.id)
        if self._entrance is None:
            self._entrance = yield from entrance_of(target, tuple(self._columns.values()))
        entrance = self._entrance
        if entrance.barrier:
            outcome = entrance.barrier.outcome.value
            closed = Clue.HOME_NOT_OPENED.tell(home=entrance.asked, outcome=outcome)
            return replace(found, opened=False, looked=(closed,))
        if self._menus is None:
            self._menus = yield from self._read_menus(entrance)
        menus = self._menus
        leads = menus.leads.get(target.column.id, ())[:_MOST_TRIED]
        near = menus.near.get(target.column.id)
        is_near = not leads and near is not None and bool(near.link.address)
        spots: list[Spot] = []
        vain: list[str] = []
        for lead in leads or ((near,) if is_near and near else ()):
            seen = yield from self._tried(target, entrance, lead, is_near=is_near)
            if isinstance(seen, Spot):
                spots.append(seen)
            elif seen:
                vain.append(seen)
        if spots:
            return replace(found, spots=_surest(spots))
        where = Clue.FOUND_NO_GOOD if vain else Clue.LOOKED_FROM
        looked = [where.tell(home=entrance.asked, pages=menus.pages), *vain]
        if near:
            looked.append(Clue.ONLY_NEAR.tell(label=near.link.label))
        if not entrance.is_units:
            looked.append(Clue.NO_PAGE_OF_UNIT.tell())
        if not menus.whole:
            looked.append(Clue.NOT_ALL_SEEN.tell())
        return replace(found, looked=tuple(looked))

    def _read_menus(self, entrance: Entrance) -> Walk[Menus]:
        """The unit's menus; where they do not lead to all columns, the site map and guesses."""
        places = (entrance.asked, *entrance.others)
        menus = yield from read_menus(places, self._columns, self._names, depth=self._network.depth)
        page = entrance.sight.page
        if page is not None and entrance.part:
            others = {
                key: leads for key, leads in menus.leads.items() if leads[0].page != page.url
            }  # on a page of many units the other links are other units'
            own = {
                key: tuple(Lead(link=link, page=page.url, trail="") for link in links)
                for key, links in entrance.part.items()
            }
            menus.leads = others | own
        if page is not None and len(menus.leads) < len(self._columns):
            guesses = _GUESSES.get(platform_of(page).name, ()) if entrance.has_own_host else ()
            further = (*site_maps(page), *(urljoin(page.url, guess) for guess in guesses))
            known = {identity(place) for place in places}
            fresh = [
                place
                for place in further
                if self._is_same_site(place, page.url)
                and may_ask(place)
                and identity(place) not in known
            ]
            yield from read_more(menus, fresh, self._columns, self._names)
        return menus

    # --- one link -----------------------------------------------------------------------

    def _tried(
        self, target: Target, entrance: Entrance, lead: Lead, *, is_near: bool
    ) -> Walk[Spot | str]:
        """Open a link to a column: an address to propose, or why it is none ("": untold)."""
        address, label = without_session(lead.link.address), lead.link.label
        grounds = [_linked(lead, entrance, is_near=is_near)]
        told = {"label": label, "address": address}
        if not self._is_same_site(address, entrance.sight.answer.url):
            grounds.append(Clue.OTHER_SITE.tell(site=self._rules.site(address)))
        sight = yield from look(Ask(url=address, referer=lead.page), self._names)
        if sight.outcome is Outcome.GONE:
            return Clue.ENTRY_GONE.tell(**told)
        if not sight.is_readable:
            grounds.append(Clue.NOT_OPENED.tell(outcome=sight.outcome.value))
            return Spot(address=address, sureness=Sureness.DOUBTFUL, grounds=tuple(grounds))
        if (chosen := (yield from self._chosen_on(sight, target))) is not None:
            sight, address = chosen, without_session(chosen.answer.asked)
            grounds.append(Clue.CHOSEN_ON_PAGE.tell())
        if sight.page is None:
            raise ValueError("a page that was chosen is open")
        if other := other_owner(sight.page, self._names):
            return Clue.ENTRY_OF_OTHER.tell(other=other, **told)
        proof = yield from self._proof(target, entrance, lead, sight)
        if proof is None:
            return Clue.ENTRY_GONE.tell(**told)
        is_elsewhere = identity(address) != identity(entrance.asked)
        is_back = is_same_page(sight.answer.body, entrance.sight.answer.body)
        if is_back and is_elsewhere and not proof.says_column:
            return Clue.ENTRY_LEADS_BACK.tell(**told)
        if is_near and not proof.readable:
            return ""  # an article whose title sounds like a column
        sureness = Sureness.DOUBTFUL
        if not is_near and proof.readable and proof.is_units:
            if lead.link.exact and proof.says_column and proof.says_unit:
                sureness = Sureness.CERTAIN
            elif lead.link.exact or proof.says_column:
                sureness = Sureness.LIKELY
        return Spot(
            address=address,
            sureness=sureness,
            grounds=(*grounds, *proof.grounds),
            newest=proof.newest,
        )

    def _chosen_on(self, sight: Sight, target: Target) -> Walk[Sight | None]:
        """Where a column of many units offers this one by its name: the column of it alone."""
        page = sight.page
        if page is None or names_itself(page, self._names):
            return None
        for address in links_named(page, self._names)[:1]:
            if identity(address) == identity(page.url) or not may_ask(address):
                continue
            own = yield from look(Ask(url=address, referer=page.url), self._names)
            if own.page is not None and not own.barrier and own_words(own.page, target.column):
                return own
        return None

    def _proof(
        self, target: Target, entrance: Entrance, lead: Lead, sight: Sight
    ) -> Walk[_Proof | None]:
        """Read the page of a column; None when it only says that it is not there."""
        page = sight.page
        assert page is not None
        wanted = Range(since=target.since, pages=1, seen_at=self._seen_at)
        reading = yield from read_column(sight, wanted, self._names)
        words = own_words(page, target.column)
        if not words and reading.outcome in _WITHOUT_ENTRIES and says_gone(page):
            return None
        whose = yield from self._whose(target, entrance, lead, page, reading.rows)
        text = 0
        # by a longer label one also comes to an article: 2026年收费公示
        if reading.outcome is Outcome.UNREAD and words and lead.link.exact:
            inside = yield from own_text(page, files=False, words=(), seen_at=self._seen_at)
            text = len(inside.text)
        is_text = text >= _SHORTEST_TEXT
        days = (row.entry.published.day for row in reading.rows if row.entry.published)
        newest = max((day for day in days if day <= self._seen_at.date()), default=None)
        return _Proof(
            grounds=(
                Clue.SAYS_COLUMN.tell(words=words) if words else Clue.SAYS_NO_COLUMN.tell(),
                whose.ground,
                Clue.ONE_TEXT.tell(count=text) if is_text else _held(reading, newest),
            ),
            says_column=bool(words),
            says_unit=whose.by_itself,
            is_units=whose.is_units,
            readable=is_text or reading.outcome in _READABLE,
            newest=newest,
        )

    def _whose(
        self, target: Target, entrance: Entrance, lead: Lead, page: Page, rows: Sequence[Row]
    ) -> Walk[_Whose]:
        """Whose a column is: by its page, else by what leads there, else by its rows."""
        on_own_host = entrance.has_own_host and self._is_same_site(
            page.url, entrance.sight.answer.url
        )
        if names_itself(page, self._names) or (on_own_host and carries_name(page, self._names)):
            return _Whose(Clue.SAYS_UNIT.tell(), by_itself=True)
        if on_own_host:
            return _Whose(Clue.LINKED_BY_UNIT.tell())
        if entrance.holds(page.url):
            return _Whose(Clue.BELOW_UNIT.tell())
        if lead.link in entrance.part.get(target.column.id, ()):
            return _Whose(Clue.UNDER_NAME.tell())
        own, seen = yield from self._own_rows(rows)
        if own:
            return _Whose(Clue.SHARED_LIST.tell(own=own, seen=seen))
        return _Whose(Clue.SAYS_NO_UNIT.tell(), is_units=False)

    def _own_rows(self, rows: Sequence[Row]) -> Walk[tuple[int, int]]:
        """How many rows of a list of several units are this one's, of how many looked at.

        By title; where none bears the name, by who published the first few.
        """
        forms = [normal_form(name) for name in self._names]
        own = sum(_names_one(row.entry.title, forms) for row in rows)
        if own:
            return own, len(rows)
        first = [row for row in rows if may_ask(row.entry.url)][:_MOST_OWNERS]
        for row in first:
            inside = yield from open_entry(row, files=False, names=(), seen_at=self._seen_at)
            own += _names_one(inside.says_whose, forms)
        return own, len(first)

    def _is_same_site(self, one: str, other: str) -> bool:
        return self._rules.site(one) == self._rules.site(other)


def _asked_once(walk: Walk[T], answers: dict[Ask, Answer]) -> Walk[T]:
    """Drive a walk, answering from memory what was asked before, whoever led there."""
    answer: Answer | None = None
    while True:
        try:
            ask = next(walk) if answer is None else walk.send(answer)
        except StopIteration as end:
            return cast(T, end.value)
        key = Ask(url=ask.url, file=ask.file)
        if key not in answers:
            answers[key] = yield ask
        answer = answers[key]


def _surest(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """The spots nobody is surer of; each tells of the others."""
    listed = sorted(spots, key=lambda spot: _ORDER.index(spot.sureness))
    best = {
        identity(spot.address): spot
        for spot in reversed(listed)
        if spot.sureness is listed[0].sureness
    }
    equal = tuple(reversed(best.values()))
    return tuple(
        replace(
            spot,
            grounds=(
                *spot.grounds,
                *(Clue.ALSO_AT.tell(address=other.address) for other in equal if other != spot),
            ),
        )
        for spot in equal
    )


def _linked(lead: Lead, entrance: Entrance, *, is_near: bool) -> str:
    """How the link says that it leads to the column."""
    is_first = identity(lead.page) == identity(entrance.sight.answer.url)
    where = Clue.ON_PAGE.tell(trail=lead.trail or lead.page)
    if entrance.part and is_first:
        where = Clue.ON_LIST.tell()
    elif is_first and entrance.is_units:
        where = (Clue.ON_HOME if entrance.has_own_host else Clue.ON_UNIT).tell()
    clue = Clue.LONGER_NAME
    if is_near:
        clue = Clue.NEAR_NAME
    elif lead.link.exact:
        clue = Clue.SAME_NAME
    return clue.tell(where=where, label=lead.link.label)


def _held(reading: ColumnReading, newest: date | None) -> str:
    """What the first page of a column holds."""
    count = len(reading.rows)
    if reading.outcome is Outcome.SAYS_EMPTY:
        return Clue.SAYS_EMPTY.tell(phrase=reading.phrase)
    if reading.outcome is not Outcome.OPENED:
        return Clue.NO_ENTRIES.tell(outcome=reading.outcome.value)
    if newest is None:
        return Clue.UNDATED_ENTRIES.tell(count=count)
    return Clue.ENTRIES.tell(count=count, newest=newest.isoformat())


def _names_one(text: str, forms: Sequence[str]) -> bool:
    return any(form in normal_form(text) for form in forms)
