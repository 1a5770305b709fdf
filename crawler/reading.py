"""读栏目: the pages of one column, one after the other → its entries and how far they reach. Pure.

Reading stops when a whole page is older than what is asked for, or at the end of the list; anything
else that stops it is said in ``stopped_by``, and the reach claimed is only what was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from crawler.addresses import identity
from crawler.ask import Ask, Walk
from crawler.pages.belonging import Footprint, Layout
from crawler.pages.blocks import has_place_of
from crawler.pages.lists import End, Entry, Listing, Shape, listing_of
from crawler.sight import Sight, look
from monitor.model import Coverage, Evidence, Outcome
from monitor.wording import Stopped

_MOST_ENTRIES = 5000
_MOST_FRAMES = 3
_MOST_CHILDREN = 12
#: places tried for the page after this one before the pager counts as unknown
_MOST_GUESSES = 4
#: walls that are told by words alone; a list that speaks of 维护 or 验证 is no wall
_BY_WORDS = frozenset(
    {Outcome.MAINTENANCE, Outcome.GONE, Outcome.LOGIN, Outcome.BLOCKED, Outcome.ASKED_TO_WAIT}
)
#: entries on top of a page that may be out of order: pinned ones
_MOST_PINNED = 5

#: how a list that a script or frame brings in, or a menu of columns, is spoken of
_OUTCOMES = {
    Shape.EMPTY: Outcome.SAYS_EMPTY,
    Shape.SHELL: Outcome.SHELL,
    Shape.UNPLACED: Outcome.UNPLACED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """栏目中的一条: an entry and the list page it stood on."""

    entry: Entry
    page: str
    column: str = ""  # the first page of its list


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReading:
    """读到的栏目. ``outcome`` OPENED: ``rows`` were recognised, as far as ``coverage`` says."""

    outcome: Outcome
    rows: tuple[Row, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    phrase: str = ""
    signature: str = ""
    digest: str = ""  # of the first page's entries
    platform: str = ""
    evidence: tuple[Evidence, ...] = ()
    subcolumns: tuple[tuple[str, str], ...] = ()  # label, address
    direct: bool = False  # the list stands on the column's own page
    loose: bool = False  # the rows stand in no list
    layout: Layout | None = None  # of that page


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """要读的范围: back to which day, in how many pages, and as what time it is."""

    since: date
    pages: int
    seen_at: datetime
    known: str = ""  # digest of a first page that need not be read on from
    layouts: frozenset[str] = frozenset()  # where lists of this site stood, if this one did
    left_out: frozenset[Footprint] = frozenset()  # blocks of its pages that are no column's


def read_column(first: Sight, wanted: Range, names: tuple[str, ...]) -> Walk[ColumnReading]:
    """Read the list that begins on the page ``first``, with what it holds in frames and below."""
    if first.page is None:
        raise ValueError("a column is read from an opened page")
    sight, listing = yield from _where_the_list_is(first, wanted, names)
    layout = listing.layout if sight is first else None
    if listing.shape is Shape.MENU:
        return (yield from _read_children(sight, listing, wanted, names))
    if listing.shape is Shape.EMPTY and _is_other_layout(sight, wanted.layouts):
        listing = replace(listing, shape=Shape.UNKNOWN)
    if listing.shape is not Shape.LIST:
        return ColumnReading(
            outcome=_OUTCOMES.get(listing.shape, Outcome.UNREAD),
            coverage=Coverage(pages=1),
            phrase=listing.says_empty or listing.signed_by,
            platform=listing.platform,
            evidence=_evidence((first, sight)),
            layout=layout,
        )
    reading = yield from _read_pages(sight, listing, wanted, names)
    return replace(reading, direct=sight is first, layout=layout)


def _is_other_layout(sight: Sight, layouts: frozenset[str]) -> bool:
    """Whether a page that says it is empty holds none of the places where lists used to stand.

    An emptied column keeps its box; a new layout whose list comes some other way has none of it.
    """
    assert sight.page is not None
    tree = sight.page.tree
    return bool(layouts) and not (
        tree is not None and any(has_place_of(layout, tree) for layout in layouts)
    )


def digest_of(entries: Iterable[Entry]) -> str:
    """A hash that changes when an entry of the list comes, goes, or is dated anew."""
    lines = (
        f"{entry.title}\t{entry.url}\t{entry.published.day if entry.published else ''}"
        for entry in entries
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


def _where_the_list_is(
    first: Sight, wanted: Range, names: tuple[str, ...]
) -> Walk[tuple[Sight, Listing]]:
    """Follow a frame of the same site, or the address a script loads the list from."""
    listing = _listing(first, wanted)
    if listing.shape is Shape.LIST and not listing.data_address:
        return first, listing
    places = [listing.data_address] if listing.data_address else []
    places += listing.frames if listing.shape is not Shape.LIST else ()
    for place in places[:_MOST_FRAMES]:
        sight = yield from look(Ask(url=place, referer=first.answer.url, keep=True), names)
        # data is of the same family as the page that asks for it, a frame may be anybody's
        inner = _listing_in(sight, wanted, listing if place == listing.data_address else None)
        if inner is not None and inner.shape in {Shape.LIST, Shape.MENU, Shape.EMPTY}:
            return sight, inner
    if listing.shape is Shape.LIST:  # its rows may be beside the list that could not be had
        return first, replace(listing, shape=Shape.SHELL, entries=())
    return first, listing


def _listing_in(sight: Sight, wanted: Range, before: Listing | None) -> Listing | None:
    """What an answer lists; None for a wall.

    A part of a page is short and shows few links, and so are most walls: where only words speak
    for a wall, rows speak against it.
    """
    if sight.page is None or (sight.barrier and sight.outcome not in _BY_WORDS):
        return None
    if sight.barrier and sight.answer.status != 200:
        return None
    listing = _listing(sight, wanted, before)
    return None if sight.barrier and listing.shape is not Shape.LIST else listing


def _listing(sight: Sight, wanted: Range, before: Listing | None = None) -> Listing:
    assert sight.page is not None
    return listing_of(sight.page, seen_at=wanted.seen_at, before=before, left_out=wanted.left_out)


def _read_pages(
    sight: Sight, listing: Listing, wanted: Range, names: tuple[str, ...]
) -> Walk[ColumnReading]:
    first, digest = listing, digest_of(listing.entries)
    sights = [sight]
    rows: list[Row] = []
    days: list[list[date]] = []  # of each page, in the page's order
    known: set[tuple[str, str]] = set()
    stopped, to_end = "", False
    while True:
        fresh = _fresh(listing, sight, known, sights[0].answer.url)
        kept = fresh[: _MOST_ENTRIES - len(rows)]
        rows += kept
        days.append([row.entry.published.day for row in kept if row.entry.published])
        if len(kept) == len(fresh) and _is_last(listing, len(rows)):
            to_end = True
            break
        if digest == wanted.known:
            break
        if days[-1] and max(days[-1]) < wanted.since:
            break
        if len(rows) >= _MOST_ENTRIES:
            stopped = Stopped.TOO_MANY_ENTRIES.tell(entries=_MOST_ENTRIES)
            break
        if len(sights) >= wanted.pages:
            stopped = Stopped.PAGES_SPENT.tell(pages=wanted.pages)
            break
        following = yield from _next_page(sight, listing, known, wanted, names, len(sights) + 1)
        if isinstance(following, str):
            stopped = following
            break
        sight, listing = following
        sights.append(sight)
    if first.is_loose:
        to_end, stopped = False, stopped or Stopped.LOOSE_ROWS.tell()
    reach = (
        None if to_end or first.is_loose or stopped == Stopped.OUT_OF_ORDER.tell() else _reach(days)
    )
    if not stopped and not to_end and reach is None:
        stopped = Stopped.OUT_OF_ORDER.tell()
    return ColumnReading(
        outcome=Outcome.OPENED,
        rows=tuple(rows),
        coverage=Coverage(
            pages=len(sights), entries=len(rows), since=reach, to_end=to_end, stopped_by=stopped
        ),
        signature=first.signature,
        digest=digest,
        platform=first.platform,
        evidence=_evidence(sights),
        subcolumns=first.subcolumns,
        loose=first.is_loose,
    )


def _fresh(listing: Listing, sight: Sight, known: set[tuple[str, str]], column: str) -> list[Row]:
    """The entries not seen on an earlier page, now known."""
    rows = []
    for entry in listing.entries:
        if entry.key not in known:
            known.add(entry.key)
            rows.append(Row(entry=entry, page=sight.answer.url, column=column))
    return rows


def _is_last(listing: Listing, count: int) -> bool:
    """Whether nothing comes after this page; a total that is reached says so too."""
    return listing.end is End.LAST or (listing.total is not None and 0 < listing.total <= count)


def _next_page(
    sight: Sight,
    listing: Listing,
    known: set[tuple[str, str]],
    wanted: Range,
    names: tuple[str, ...],
    number: int,
) -> Walk[tuple[Sight, Listing] | str]:
    """Open the page that comes next, or tell why it cannot be had.

    A candidate counts only if it goes on where this page ends: many systems answer a page that does
    not exist with the first one, the last one, or the news. A place that was only guessed tells
    nothing by failing.
    """
    told = Stopped.PAGER_UNKNOWN.tell()
    for place in (*listing.next_candidates, *listing.guesses)[:_MOST_GUESSES]:
        following = yield from look(Ask(url=place, referer=sight.answer.url, keep=True), names)
        found = _listing_in(following, wanted, listing)
        is_guess = place in listing.guesses
        if found is None:
            if not is_guess or following.outcome is Outcome.BUDGET:
                told = Stopped.PAGE_FAILED.tell(page=number, outcome=following.outcome.value)
            if following.outcome is not Outcome.GONE:
                break  # it may be there: what comes after it is not the next page
            continue
        if not _same_place(place, following.answer.url):
            continue
        against = _speaks_against(listing, found, known, place)
        if not against:
            return following, found
        if not is_guess:
            told = against.tell()
            if against is Stopped.OUT_OF_ORDER:
                break
    return told


def _speaks_against(
    before: Listing, after: Listing, known: set[tuple[str, str]], place: str
) -> Stopped | None:
    """Why the page at ``place`` is not the one that follows ``before``, None if nothing says so.

    A page that ``before`` links to as its next one need only bring something new. One whose address
    was made must go on with the days where ``before`` ends, and by its own count skip no page; one
    whose address was guessed must be seen to do so.
    """
    fresh = [entry for entry in after.entries if entry.key not in known]
    if after.shape is not Shape.LIST or not fresh:
        return Stopped.SAME_PAGE
    if place in before.linked:
        return None
    if len(fresh) * 2 < len(after.entries):
        return Stopped.SAME_PAGE
    if before.page and after.page and after.page > before.page + 1:
        return Stopped.PAGER_UNKNOWN
    earlier, later = (_without_pinned(_days_of(page)) for page in (before.entries, fresh))
    in_order = bool(earlier and later) and _is_ordered(earlier) and _is_ordered(later)
    if in_order and later[0] > earlier[-1]:
        return Stopped.OUT_OF_ORDER
    if place in before.guesses and not (in_order and after.signature == before.signature):
        return Stopped.SAME_PAGE
    return None


def _days_of(entries: Iterable[Entry]) -> list[date]:
    return [entry.published.day for entry in entries if entry.published]


def _same_place(asked: str, url: str) -> bool:
    """Whether a page further on is where it was asked for, not somewhere it was sent to."""
    return identity(asked).partition("?")[0] == identity(url).partition("?")[0]


def _reach(pages: Sequence[Sequence[date]]) -> date | None:
    """The first day of those that were read whole; None if the order does not tell.

    Lists run from new to old. The day of the last entry read may go on on the next page, so the
    whole days begin with the one after it. Pinned entries on top of a page do not count.

    >>> _reach([[date(2020, 1, 1), date(2026, 5, 3), date(2026, 5, 1)], [date(2026, 4, 2)]])
    datetime.date(2026, 4, 3)
    >>> _reach([[date(2026, 5, 1), date(2026, 5, 9), date(2026, 4, 1), date(2026, 5, 2)]])
    """
    oldest: date | None = None
    for days in pages:
        ordered = _without_pinned(days)
        if not ordered or not _is_ordered(ordered):
            return None
        if oldest is not None and ordered[0] > oldest:
            return None
        oldest = ordered[-1]
    return oldest + timedelta(days=1) if oldest else None


def _without_pinned(days: Sequence[date]) -> Sequence[date]:
    """The entries below the pinned ones: at most a third of the page is taken for pinned."""
    for start in range(min(_MOST_PINNED, len(days) // 3) + 1):
        rest = days[start:]
        if _is_ordered(rest):
            return rest
    return days


def _is_ordered(days: Sequence[date]) -> bool:
    """Whether days run from new to old."""
    return all(later <= earlier for earlier, later in pairwise(days))


def _read_children(
    sight: Sight, menu: Listing, wanted: Range, names: tuple[str, ...]
) -> Walk[ColumnReading]:
    """Read the columns below a column that only lists them; together they are the column."""
    rows: dict[tuple[str, str], Row] = {}
    parts: list[ColumnReading] = []
    stopped = ""
    for label, address in menu.subcolumns[:_MOST_CHILDREN]:
        child = yield from look(Ask(url=address, referer=sight.answer.url, keep=True), names)
        reading = (
            None
            if child.barrier or child.page is None
            else (yield from _read_child(child, wanted, names))
        )
        if reading is None or reading.outcome not in {Outcome.OPENED, Outcome.SAYS_EMPTY}:
            stopped = stopped or Stopped.CHILD_UNREAD.tell(column=label)
            continue
        parts.append(reading)
        stopped = stopped or reading.coverage.stopped_by
        rows |= {row.entry.key: row for row in reading.rows}
    if len(menu.subcolumns) > _MOST_CHILDREN:
        stopped = stopped or Stopped.CHILD_UNREAD.tell(column=menu.subcolumns[_MOST_CHILDREN][0])
    empty = bool(parts) and not rows and not stopped
    return ColumnReading(
        outcome=Outcome.SAYS_EMPTY if empty else Outcome.OPENED if rows else Outcome.UNREAD,
        rows=tuple(rows.values()),
        coverage=_together(parts, len(rows), stopped),
        phrase=parts[0].phrase if empty else "",
        signature=menu.signature or "menu",
        digest=digest_of(row.entry for row in rows.values()),
        platform=menu.platform,
        evidence=_evidence((sight,)) + tuple(kept for part in parts for kept in part.evidence),
        subcolumns=menu.subcolumns,
    )


def _read_child(child: Sight, wanted: Range, names: tuple[str, ...]) -> Walk[ColumnReading]:
    """Read one sub-column; a menu below a menu is not gone down to."""
    sight, listing = yield from _where_the_list_is(child, wanted, names)
    if listing.shape is Shape.LIST:
        return (yield from _read_pages(sight, listing, wanted, names))
    return ColumnReading(
        outcome=_OUTCOMES.get(listing.shape, Outcome.UNREAD),
        coverage=Coverage(pages=1, to_end=listing.shape is Shape.EMPTY),
        phrase=listing.says_empty,
        evidence=_evidence((sight,)),
    )


def _together(parts: Sequence[ColumnReading], entries: int, stopped: str) -> Coverage:
    """The coverage of several lists: as little as the least of them."""
    unended = [part.coverage for part in parts if not part.coverage.to_end]
    known = [cover.since for cover in unended if cover.since]
    whole = bool(parts) and not stopped
    return Coverage(
        pages=1 + sum(part.coverage.pages for part in parts),
        entries=entries,
        since=max(known) if whole and unended and len(known) == len(unended) else None,
        to_end=whole and not unended,
        stopped_by=stopped,
    )


def _evidence(sights: Iterable[Sight]) -> tuple[Evidence, ...]:
    kept = (sight.answer.evidence for sight in sights)
    return tuple(dict.fromkeys(evidence for evidence in kept if evidence))
