"""走一个单位: each target of a unit → one observation; what is learnt once serves all. Pure.

Which page to open next and what may be concluded; the network, the clock and the disk are the
spider's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urljoin

from crawler.addresses import AddressRules, identity
from crawler.ask import Ask, Walk
from crawler.details import own_text, reads_files
from crawler.entries import Entries
from crawler.finding import Menus, read_menus
from crawler.gone import is_same_page, says_gone
from crawler.identity import carries_name, other_owner
from crawler.memory import (
    first_ask,
    reaches,
    remembered_coverage,
    still_says_it,
    to_remember,
)
from crawler.outcome import Recognised
from crawler.pages.belonging import Footprint
from crawler.pages.columns import confirms
from crawler.pages.letters import waiting_letters
from crawler.pages.lists import Entry
from crawler.pages.text import Page
from crawler.pages.unseen import hidden_links
from crawler.reading import ColumnReading, Range, Row, read_column
from crawler.sight import Sight, look
from crawler.template import Compared, Template
from crawler.unread import kept, linked_but_gone, not_read, unchanged
from monitor.model import (
    Coverage,
    Network,
    Observation,
    Outcome,
    Remembered,
    Target,
)
from monitor.wording import Stopped

#: so many columns of a unit, and more than half, must change at once to be one incident
_TOGETHER = 3
#: the signature of a column that is one page of text, and the characters that make it one
_TEXT = "text"
_SHORTEST_TEXT = 50
_WITHOUT_ENTRIES = frozenset({Outcome.UNREAD, Outcome.UNPLACED, Outcome.SAYS_EMPTY})
_LOST = frozenset({Outcome.LAYOUT_CHANGED, Outcome.UNPLACED, Outcome.GONE, Outcome.NO_COLUMN})


@dataclass(slots=True)
class SharedLists:
    """共用列表: lists of one group that carry several units, read once for all of them."""

    readings: dict[tuple[str, date], tuple[Sight, ColumnReading]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # see ``Entries``


class UnitWalk:
    """一个单位的走法; remembers the home page, the host's "not found" page, and opened entries."""

    def __init__(
        self,
        targets: Sequence[Target],
        *,
        rules: AddressRules,
        network: Network,
        shared: SharedLists,
        seen_at: datetime,
        reads_scans: bool = False,
    ) -> None:
        self._targets = targets
        self._names = targets[0].unit_names
        self._columns = {target.column.id: target.column for target in targets}
        #: where the lists of this site stood when they were last read
        self._layouts = frozenset(
            signature for target in targets if "/" in (signature := target.remembered.signature)
        )
        self._network = network
        self._shared = shared
        self._seen_at = seen_at
        self._template = Template(targets, self._names, seen_at)
        self._menus: Menus | None = None
        self._not_found: Sight | None = None
        scanned_for = tuple(
            dict.fromkeys(look for target in targets for look in target.look_for if look.words)
        )
        self._entries = Entries(
            self._names, shared.owners, seen_at, scanned_for if reads_scans else ()
        )
        places = (
            place
            for target in targets
            for place in (target.home, target.disclosure_home, target.address)
        )
        #: where pages of this unit may lead
        self.sites = frozenset(rules.site(place) for place in places if place)

    def read(self, target: Target) -> Walk[Observation]:
        """Read one column, wherever it has to be found."""
        if not target.address:
            return (yield from self._found(target, gone=None))
        if target.shared:
            return (yield from self._read_shared(target))
        sight = self._template.opened(target.address) or (
            yield from look(first_ask(target), self._names)
        )
        if sight.answer.status in {404, 410}:
            sight = yield from look(Ask(url=target.address, keep=True), self._names)
        if sight.unchanged:
            seen = unchanged(target, sight.answer)
            return replace(seen, documents=(yield from self._entries.read_again(target, ())))
        if sight.outcome is Outcome.GONE:
            return (yield from self._found(target, gone=sight))
        if not sight.is_readable or sight.page is None:
            return not_read(target, sight)
        return (yield from self._read_column(target, sight, sight.page))

    def may_change(self, target: Target, seen: Observation) -> bool:
        """Whether an observation waits for the unit's others: this column lost its old layout."""
        before = target.remembered.signature
        return bool(before) and (
            seen.outcome in _LOST
            or (seen.outcome is Outcome.OPENED and seen.remember.signature != before)
        )

    def settled(self, held: Sequence[Observation]) -> list[Observation]:
        """The held observations: one incident of the whole site, or each what it was.

        An incident lasts one night: what was seen of the new layout is remembered, and read as any
        other column the next time.
        """
        known = sum(bool(target.remembered.signature) for target in self._targets)
        if len(held) < _TOGETHER or len(held) * 2 <= known:
            return list(held)
        return [
            replace(
                seen,
                outcome=Outcome.LAYOUT_CHANGED,
                documents=(),
                still_linked=False,
                remember=Remembered(
                    address=seen.remember.address,
                    signature=seen.remember.signature if seen.outcome is Outcome.OPENED else "",
                ),
            )
            for seen in held
        ]

    # --- a column whose page is open ----------------------------------------------------

    def _read_column(
        self, target: Target, sight: Sight, page: Page, *, linked: bool = False
    ) -> Walk[Observation]:
        if other := other_owner(page, self._names):
            return replace(not_read(target, sight), outcome=Outcome.OTHER_UNIT, phrase=other)
        is_known = target.remembered.identity_seen
        # asked before the list is read on: what a page says of its place is kept for one page
        is_confirmed = not is_known and confirms(page, target.column)
        reading = yield from read_column(sight, self._range(target), self._names)
        if Outcome.SHELL in (sight.outcome, reading.outcome) and (
            reading.outcome is not Outcome.OPENED
        ):
            shown = yield from self._read_shown(target, sight)
            signed_by = reading.phrase if reading.outcome is Outcome.SHELL else ""
            filled = Recognised(outcome=Outcome.SHELL, phrase=signed_by)
            return shown or not_read(target, replace(sight, barrier=filled))
        if sight.barrier and reading.outcome is not Outcome.OPENED:
            return not_read(target, sight)
        if reading.layout:
            self._template.note(sight, reading.layout)
        if is_known and self._still_says_it(target, reading):
            # whose list it is, and that it is one, was seen when it was read
            return (yield from self._observed(target, sight, reading, True))
        # an application shows one shell at every address: only its list counts
        is_confirmed |= bool(sight.barrier) or (is_known and confirms(page, target.column))
        notice = "" if is_confirmed else (yield from self._soft_404(sight, page, reading))
        if notice:
            gone = replace(sight, barrier=Recognised(outcome=Outcome.GONE, phrase=notice))
            if linked:
                return linked_but_gone(target, gone)
            return (yield from self._found(target, gone=gone))
        named = linked or (yield from self._is_ours(target, sight, page))
        reading = yield from self._without_shared(target, sight, reading)
        if reading.loose and not (is_confirmed and self._may_be_text(target)):
            reading = replace(reading, outcome=Outcome.UNREAD, rows=(), coverage=Coverage(pages=1))
        if is_confirmed and (reading.loose or reading.outcome is Outcome.UNREAD):
            reading = yield from self._read_as_text(target, sight, page, reading)
        return (yield from self._observed(target, sight, reading, named))

    def _without_shared(
        self, target: Target, sight: Sight, reading: ColumnReading
    ) -> Walk[ColumnReading]:
        """A column's list without the blocks that stand on the pages of other columns too.

        Where nothing else is left, nobody can tell whether the column has entries.
        """
        first, left_out = reading, frozenset[Footprint]()
        while reading.outcome is Outcome.OPENED and reading.layout:
            found, twin = yield from self._template.shared(sight, reading.layout)
            if twin is None:
                return reading
            left_out |= found
            wanted = replace(self._range(target), left_out=left_out)
            reading = yield from read_column(sight, wanted, self._names)
            if reading.outcome is not Outcome.OPENED:
                return _of_no_column(first, twin)
        return reading

    def _read_shown(self, target: Target, shell: Sight) -> Walk[Observation | None]:
        """A column as a browser shows it, its scripts run; None where that shows no list.

        What a script has filled may prove that something is there, never that it is missing: a
        request that failed leaves an empty list, or a shorter one, and nobody is told.
        """
        ask = Ask(url=shell.answer.url, keep=True, shown=True)
        sight = yield from look(ask, self._names)
        if sight.barrier or sight.page is None or other_owner(sight.page, self._names):
            return None
        one_page = replace(self._range(target), pages=1)
        reading = yield from read_column(sight, one_page, self._names)
        if reading.outcome is not Outcome.OPENED:
            return None
        named = yield from self._is_ours(target, sight, sight.page)
        some = replace(
            reading.coverage, since=None, to_end=False, stopped_by=Stopped.SHOWN_BY_SCRIPT.tell()
        )
        seen = yield from self._observed(target, sight, replace(reading, coverage=some), named)
        # the shell says nothing of the list: next time it is shown again
        return replace(seen, unchanged=False, remember=Remembered(address=seen.remember.address))

    def _read_as_text(
        self, target: Target, sight: Sight, page: Page, reading: ColumnReading
    ) -> Walk[ColumnReading]:
        """A column that is no list but one page of text: the page is its only entry.

        What stands loosely on it, files or lines with a day, are entries beside it.
        """
        if not self._may_be_text(target):
            return reading
        files = reads_files(target, target.column.name)
        words = self._entries.words_for(target.column.name)
        inside = yield from own_text(page, files=files, words=words, seen_at=self._seen_at)
        if len(inside.text) < _SHORTEST_TEXT:
            return reading
        title = inside.title if target.column.name in inside.title else target.column.name
        row = Row(entry=Entry(title=title, url=page.url), page=sight.answer.url)
        self._entries.know(row, inside, files=reads_files(target, title))
        rows = (*reading.rows, row)
        coverage = Coverage(pages=1, entries=1, to_end=True)
        if reading.loose:
            coverage = replace(reading.coverage, entries=len(rows))
        return replace(
            reading,
            outcome=Outcome.OPENED,
            rows=rows,
            coverage=coverage,
            signature=_TEXT,
            digest=hashlib.sha256(inside.text.encode("utf-8", "replace")).hexdigest(),
            direct=True,
        )

    def _may_be_text(self, target: Target) -> bool:
        """False for a column that was a list before: a new layout, nothing to conclude from."""
        return target.remembered.signature in {"", _TEXT}

    def _observed(
        self, target: Target, sight: Sight, reading: ColumnReading, named: bool
    ) -> Walk[Observation]:
        seen = Observation(
            unit=target.unit,
            column=target.column.id,
            outcome=reading.outcome,
            address=sight.answer.url,
            coverage=reading.coverage,
            identity_seen=named,
            platform=reading.platform,
            phrase=reading.phrase,
            http_status=sight.answer.status,
            remarks=sight.answer.remarks,
            hidden=hidden_links(sight.page) if sight.page else (),
            waiting=waiting_letters(sight.page) if sight.page else (),
            evidence=reading.evidence,
            remember=replace(target.remembered, address=target.address or sight.answer.url),
        )
        if reading.outcome is Outcome.SAYS_EMPTY:
            return replace(seen, coverage=replace(reading.coverage, to_end=True))
        if reading.outcome is not Outcome.OPENED:
            if reading.outcome is not Outcome.UNREAD or not target.remembered.signature:
                return seen
            if reading.phrase:  # it says it is empty: asked again of the new layout, it is believed
                seen = replace(seen, remember=replace(seen.remember, signature=""))
            return replace(seen, outcome=Outcome.LAYOUT_CHANGED)
        remember = to_remember(target, sight, reading, named)
        if self._still_says_it(target, reading):
            return replace(
                seen,
                unchanged=True,
                documents=(yield from self._entries.read_again(target, reading.rows)),
                identity_seen=named,
                coverage=remembered_coverage(target, reading.coverage),
                remember=replace(
                    remember, since=target.remembered.since, to_end=target.remembered.to_end
                ),
            )
        documents = yield from self._entries.read(target, reading.rows)
        coverage = reading.coverage
        if documents.unclear:
            coverage = replace(
                coverage,
                since=None,
                to_end=False,
                stopped_by=coverage.stopped_by
                or Stopped.OWNER_UNCLEAR.tell(count=documents.unclear),
            )
        newest = max((found.day for found in documents.all if found.day), default=None)
        return replace(
            seen,
            documents=documents.all,
            coverage=coverage,
            evidence=(*seen.evidence, *documents.evidence),
            # that a list of several units says nothing of this one may lie in how it is named
            identity_seen=named and (not target.shared or bool(documents.all)),
            remember=replace(remember, newest=newest),
        )

    def _still_says_it(self, target: Target, reading: ColumnReading) -> bool:
        return (
            reading.outcome is Outcome.OPENED
            and not target.shared
            and still_says_it(target, reading)
        )

    def _range(self, target: Target) -> Range:
        _, _, known = target.remembered.list_digest.partition(":")
        return Range(
            since=target.since,
            pages=self._network.pages_per_column,
            seen_at=self._seen_at,
            known=known if reaches(target) and not target.shared else "",
            layouts=self._layouts if "/" in target.remembered.signature else frozenset(),
        )

    # --- whose page, and is it one at all -----------------------------------------------

    def _is_ours(self, target: Target, sight: Sight, page: Page) -> Walk[bool]:
        """Whether the page says so, or the unit's own home page leads to it."""
        if carries_name(page, self._names):
            return True
        menus = yield from self._read_menus()
        return (
            menus is not None
            and menus.named
            and any(
                menus.links(address) for address in (target.address, sight.answer.url) if address
            )
        )

    def _soft_404(self, sight: Sight, page: Page, reading: ColumnReading) -> Walk[str]:
        """How a page that does not call itself the column is the host's "not found", or "".

        It says so, or the host answers an address that cannot exist with this very page.
        """
        if reading.outcome in _WITHOUT_ENTRIES and (notice := says_gone(page)):
            return notice
        if self._not_found is None:
            nonsense = hashlib.sha256(sight.answer.url.encode()).hexdigest()[:16]
            ask = Ask(url=urljoin(sight.answer.url, f"/{nonsense}.html"))
            self._not_found = yield from look(ask, self._names)
        other = self._not_found.answer
        mine = sight.answer
        if other.status != 200 or not other.body:
            return ""
        is_same = other.url == mine.url or is_same_page(other.body, mine.body)
        return "与不存在的网址显示同一页面" if is_same else ""

    # --- a column that has to be found --------------------------------------------------

    def _read_menus(self) -> Walk[Menus | None]:
        """The home page and its menus, read once; None for a unit without a home page."""
        entrances = tuple(
            dict.fromkeys(
                place
                for place in (self._targets[0].home, self._targets[0].disclosure_home)
                if place
            )
        )
        if not entrances:
            return None
        if self._menus is None:
            self._menus = yield from read_menus(
                entrances, self._columns, self._names, depth=self._network.depth
            )
        return self._menus

    def _found(self, target: Target, *, gone: Sight | None) -> Walk[Observation]:
        """Look for a column from the home page: it has no address yet, or its address is gone."""
        menus = yield from self._read_menus()
        seen = Observation(
            unit=target.unit,
            column=target.column.id,
            outcome=Outcome.UNREAD,
            address=gone.answer.url if gone else target.home,
            http_status=gone.answer.status if gone else 0,
            phrase=gone.phrase if gone else "",
            remember=target.remembered,
            evidence=kept(gone),
        )
        if menus is None:
            return seen  # nothing was found to be missing: there was nowhere to look for it
        seen = replace(seen, evidence=(*seen.evidence, *menus.evidence))
        if menus.barrier:
            # a home page that is gone says nothing about its columns
            lost = menus.barrier.outcome is Outcome.GONE
            return replace(
                seen,
                outcome=Outcome.UNREAD if lost else menus.barrier.outcome,
                phrase=menus.barrier.phrase,
                http_status=menus.answer.status,
                remarks=menus.answer.remarks,
            )
        seen = replace(seen, identity_seen=menus.named, remarks=menus.answer.remarks)
        place = menus.places.get(target.column.id, "")
        if place and not (
            gone and identity(place) in {identity(target.address), identity(gone.answer.url)}
        ):
            sight = yield from look(
                Ask(url=place, referer=menus.answer.url, keep=True), self._names
            )
            if sight.page and sight.is_readable:
                return (yield from self._read_column(target, sight, sight.page, linked=menus.named))
            if sight.outcome is not Outcome.GONE:
                return not_read(target, sight)
            return replace(
                linked_but_gone(target, sight),
                evidence=(*menus.evidence, *kept(sight)),
                identity_seen=menus.named,
            )
        if gone and (place or menus.links(target.address)):
            return replace(seen, outcome=Outcome.GONE, still_linked=True)
        if near := menus.near.get(target.column.id):
            return replace(seen, outcome=Outcome.SIMILAR, phrase=near.link.label)
        if not menus.proves_absence:
            return seen
        return replace(seen, outcome=Outcome.GONE if gone else Outcome.NO_COLUMN)

    # --- a list of several units --------------------------------------------------------

    def _read_shared(self, target: Target) -> Walk[Observation]:
        key = (identity(target.address), target.since)
        if key not in self._shared.readings:
            sight = yield from look(Ask(url=target.address, keep=True), self._names)
            if sight.outcome is Outcome.GONE:
                return (yield from self._found(target, gone=sight))
            if not sight.is_readable:
                return not_read(target, sight)
            reading = yield from read_column(sight, self._range(target), self._names)
            # the page itself is not needed again, and there may be hundreds
            self._shared.readings[key] = replace(sight, page=None), reading
        sight, reading = self._shared.readings[key]
        # the column is not one unit's: what names the unit in it is
        return (yield from self._observed(target, sight, reading, True))


def _of_no_column(reading: ColumnReading, twin: Compared) -> ColumnReading:
    """A list that the page of another column shows too: whether the column has any is not known."""
    return replace(
        reading,
        outcome=Outcome.UNPLACED,
        rows=(),
        coverage=Coverage(pages=reading.coverage.pages),
        phrase=twin.name,
        evidence=(*reading.evidence, *twin.evidence),
    )
