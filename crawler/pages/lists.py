"""栏目列表页: a list page → its entries, its next page, and what it says when there are none."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.belonging import Footprint, Layout, layout_of, stands_beside, without
from crawler.pages.blocks import ARTICLE, Block, RowMark, blocks_at, find_blocks, table_heads
from crawler.pages.dayorder import days_of, year_last
from crawler.pages.loose import loose_entries
from crawler.pages.paging import End, next_of
from crawler.pages.place import Place, place_of, squeeze
from crawler.pages.rows import Entry, address_of, clean_title, read_row
from crawler.pages.sides import all_before
from crawler.pages.standing import Candidate, placed_at, wrappers_of
from crawler.pages.text import Page, open_page
from crawler.pages.unlisted import awaits_script, frames_of, is_visible, says_empty
from crawler.platforms import Platform, calls, hidden, platform_of
from monitor.model import DateSource, PublishDate

__all__ = ["End", "Entry", "Listing", "Shape", "listing_of", "read_list"]

Element: TypeAlias = lxml.html.HtmlElement

#: how many of the heaviest blocks are looked at closely
_CONTENDERS = 8
_LONGEST_LABEL = 14  # of a sub-column


@enum.unique
class Shape(enum.Enum):
    """版式: what kind of page was found."""

    LIST = "list"  # entries were read
    MENU = "menu"  # only links to sub-columns: ``subcolumns``
    SHELL = "shell"  # a script fills the list; ``data_address`` where it can be asked for
    FRAME = "frame"  # a frame of the same host holds the list: ``frames``
    EMPTY = "empty"  # the page itself says so: ``says_empty``
    UNPLACED = "unplaced"  # entries stand beside a place where the column's own may be missing
    UNKNOWN = "unknown"  # none of these: nothing may be concluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """列表: what one page of a column shows.

    ``next_candidates`` are the places where the next page may be, best first; whoever opens one
    must check that it brings new entries. ``end`` tells whether this is the last page: UNKNOWN
    means a pager that cannot be followed, so the list was not read to its end. ``total`` is the
    number of entries the page claims for the whole list. ``linked``: the candidates that the page
    itself links to; ``guesses``: places to try where the pager tells none. ``signature`` names the
    list block by its path, to notice a new layout. ``subcolumns`` (label, address) are columns
    below this one.
    """

    entries: tuple[Entry, ...] = ()
    shape: Shape = Shape.UNKNOWN
    says_empty: str = ""
    next_candidates: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    end: End = End.LAST
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    data_address: str = ""
    signed_by: str = ""  # of a SHELL: what a script computes for the request that fills it
    frames: tuple[str, ...] = ()
    subcolumns: tuple[tuple[str, str], ...] = ()
    signature: str = ""
    is_plain: bool = False  # one block holds all entries, and no other stands at its path
    is_loose: bool = False  # its entries stand in no list: what is not among them may be there
    platform: str = "generic"
    layout: Layout | None = None  # of a first page: its lists, to be looked for on others

    @property
    def next_page(self) -> str:
        """The best guess for the next page, "" if there is none."""
        return self.next_candidates[0] if self.next_candidates else ""


def read_list(
    body: bytes, url: str, content_type: str | None = None, *, seen_at: datetime | None = None
) -> Listing:
    """Read a list page from its bytes; any bytes give a ``Listing``, none raise."""
    return listing_of(open_page(body, url, content_type), seen_at=seen_at)


def listing_of(
    page: Page,
    *,
    seen_at: datetime | None = None,
    before: Listing | None = None,
    left_out: frozenset[Footprint] = frozenset(),
) -> Listing:
    """Read a list page; without ``seen_at`` relative days (昨天) are no days.

    ``before``: the page this one follows. Its list is looked for where it stood there; only when
    none is there are all blocks of the page weighed again. ``left_out``: blocks that are known to
    belong to no column.
    """
    platform = platform_of(page, before.platform if before else "")
    tree = None if page.vast else _opened(page, platform)
    if tree is None:
        return Listing(platform=platform.name)
    if before and before.is_plain:
        blocks = blocks_at(before.signature, tree, page.url)
        if len(blocks) == 1 and (entries := tuple(_entries(blocks, page.url, seen_at))):
            return _listed(entries, page, platform, blocks, is_plain=True)
    place = place_of(page)
    placed, best, chosen = _weighed(tree, place, page.url, left_out)
    blocks = [one.block for one in chosen]
    layout = None if before else layout_of(placed, chosen, place, page.url)
    if not (entries := tuple(_entries(blocks, page.url, seen_at))):
        listing = replace(_without_entries(page, tree, platform, placed, place), layout=layout)
        if listing.shape is not Shape.UNKNOWN or before:
            return listing
        loose = _loose(page, tree, place, seen_at, platform)
        known_to_be_elsewhere = (
            loose and loose.layout and left_out.intersection(loose.layout.chosen)
        )
        return listing if loose is None or known_to_be_elsewhere else loose
    if best and layout and stands_beside(best, page, tree, place):
        return replace(
            _beside(_without_entries(page, tree, platform, placed, place)), layout=layout
        )
    is_plain = sum(one.block.path == blocks[0].path for one in placed) == len(blocks) == 1
    listing = _listed(entries, page, platform, blocks, is_plain=is_plain)
    # rows that do not stand under the column's name may be the side list of a page that is filled
    asks = not any(one.named for one in chosen)
    return replace(
        listing,
        subcolumns=_headed_columns(placed, page.url),
        data_address=platform.list_address(page) if asks and platform.list_address else "",
        layout=layout,
    )


def _listed(
    entries: tuple[Entry, ...],
    page: Page,
    platform: Platform,
    blocks: Sequence[Block],
    *,
    is_plain: bool,
) -> Listing:
    """A list page whose entries stood in ``blocks``."""
    following = next_of(page, platform, count=len(entries))
    return Listing(
        entries=entries,
        shape=Shape.LIST,
        next_candidates=following.candidates,
        linked=following.linked,
        guesses=following.guesses,
        end=following.end,
        page=following.page,
        pages=following.pages,
        total=following.total,
        signature=blocks[0].path,
        is_plain=is_plain,
        platform=platform.name,
    )


def _opened(page: Page, platform: Platform) -> Element | None:
    """The page's tree, with rows that scripts hold laid open."""
    for open_rows in dict.fromkeys((platform.open_rows, hidden.open_rows)):
        if open_rows is not None and (tree := open_rows(page)) is not None:
            return tree
    return page.tree


def _weighed(
    tree: Element, place: Place, url: str, left_out: frozenset[Footprint]
) -> tuple[list[Candidate], Candidate | None, list[Candidate]]:
    """The blocks looked at closely, the best, and those that are with it the column's list."""
    wrappers, preceding = wrappers_of(tree, place), all_before(place.element)
    blocks = find_blocks(tree, url)
    order = sorted(range(len(blocks)), key=lambda n: blocks[n].weight, reverse=True)
    near = {n: placed_at(blocks[n], place, url, wrappers, preceding) for n in order[:_CONTENDERS]}
    may_be = without(near.values(), left_out, url) if left_out else near.values()
    best = max(may_be, key=lambda one: one.score, default=None)
    if best is None or best.elsewhere or best.foreign or best.planted or not best.block.is_list:
        return [near[n] for n in sorted(near)], None, []
    for n in order[_CONTENDERS:]:  # a list may be cut into any number of groups
        if blocks[n].path == best.block.path:
            near[n] = placed_at(blocks[n], place, url, wrappers, preceding)
    placed = [near[n] for n in sorted(near)]
    may_be = without(placed, left_out, url) if left_out else placed
    return placed, best, [one for one in may_be if one is best or _is_companion(one, best)]


def _is_companion(one: Candidate, best: Candidate) -> bool:
    """Whether a candidate is another part of the same list: the next five rows, another tab."""
    if (
        one.elsewhere
        or one.foreign
        or one.planted
        or one.apart
        or not one.block.is_list
        or bool(one.block.dated) != bool(best.block.dated)
    ):
        return False
    if one.block.path == best.block.path:
        return True
    above = {best.block.element.getparent(), _above(best.block.element, 2)} - {None}
    return (
        one.block.element.tag == best.block.element.tag
        and one.block.rows[0].element.tag == best.block.rows[0].element.tag
        and bool(above & {one.block.element.getparent(), _above(one.block.element, 2)})
    )


def _above(element: Element, levels: int) -> Element | None:
    node: Element | None = element
    for _ in range(levels):
        node = node.getparent() if node is not None else None
    return node


def _entries(blocks: Iterable[Block], url: str, seen_at: datetime | None) -> Iterator[Entry]:
    """The entries of all blocks; what a second block repeats is left out."""
    before: set[tuple[str, str]] = set()
    for block in blocks:
        hidden = not is_visible(block.element)
        seen = set(before)
        for entry in _dated(list(_rows_of(block, url, seen_at))):
            if entry.key in seen:
                continue
            if hidden and urlsplit(entry.url).netloc not in ("", urlsplit(url).netloc):
                continue  # hidden links to other hosts are spam, hidden links of the site are data
            before.add(entry.key)
            yield entry


def _rows_of(block: Block, url: str, seen_at: datetime | None) -> Iterator[tuple[Entry, RowMark]]:
    """The entries of a block, each with its row."""
    labels = table_heads(block.element)
    for row in block.rows:
        entry = read_row(
            row.element, row.link, base=url, beside=row.beside, labels=labels, seen_at=seen_at
        )
        if entry is not None:
            yield entry, row


def _dated(found: Sequence[tuple[Entry, RowMark]]) -> Iterator[Entry]:
    """The entries with the days that the rows, taken together, leave no doubt about."""
    if all(entry.published for entry, _ in found):
        yield from (entry for entry, _ in found)
        return
    written = [year_last((*row.element.itertext(), *row.beside)) for _, row in found]
    for (entry, _), one, day in zip(found, written, days_of(written), strict=True):
        if one and day and entry.published is None:
            published = PublishDate(day=day, source=DateSource.LIST, text=one.text)
            yield replace(entry, published=published, undated=None)
        else:
            yield entry


def _without_entries(
    page: Page, tree: Element, platform: Platform, placed: Sequence[Candidate], place: Place
) -> Listing:
    """Why a page shows no entries: a script, its own word, a frame, a menu, or unknown."""
    address = platform.list_address(page) if platform.list_address else ""
    phrase = says_empty(page, tree, place)
    if not address and not phrase:  # the page's own word goes before a request of any kind
        address = calls.list_address(page)
    frames = frames_of(tree, page.url)
    subcolumns = _menu(placed, place, page.url)
    if address or awaits_script(page, tree, place):
        shape, phrase = Shape.SHELL, ""
    elif phrase:
        shape = Shape.EMPTY
    elif frames:
        shape = Shape.FRAME
    elif subcolumns:
        shape = Shape.MENU
    else:
        shape = Shape.UNKNOWN
    return Listing(
        shape=shape,
        says_empty=phrase,
        data_address=address,
        signed_by=calls.signed_by(page) if shape is Shape.SHELL else "",
        frames=frames,
        subcolumns=subcolumns,
        platform=platform.name,
    )


def _loose(
    page: Page, tree: Element, place: Place, seen_at: datetime | None, platform: Platform
) -> Listing | None:
    """What a page without a list shows of entries all the same; None if it shows none."""
    placed, entries = loose_entries(
        tree, place, page.url, has_trail=tree is page.tree, seen_at=seen_at
    )
    if not entries:
        return None
    blocks = [one.block for one in placed]
    listing = _listed(entries, page, platform, blocks, is_plain=False)
    layout = layout_of(placed, placed, place, page.url)
    return replace(listing, is_loose=True, signature="", layout=layout)


def _beside(listing: Listing) -> Listing:
    """A page whose rows may be another column's, if its own list does not come some other way."""
    if listing.shape in {Shape.SHELL, Shape.FRAME}:
        return listing
    return replace(listing, shape=Shape.UNPLACED, says_empty="", subcolumns=())


def _menu(placed: Sequence[Candidate], place: Place, url: str) -> tuple[tuple[str, str], ...]:
    """The sub-columns that menus of the page name, and those that head its blocks.

    A menu that names the page itself is one of its neighbours, not of its children.
    """
    found = list(_headed_columns(placed, url))
    for one in placed:
        if one.block.dated or one.block.article_like or one.elsewhere:
            continue
        rows = [
            (clean_title("".join(row.link.itertext())), address_of(row.link, url))
            for row in one.block.rows
        ]
        if any(address == url or squeeze(label) in place.names for label, address in rows):
            continue
        own = one.label in place.names
        found += [
            (label, address)
            for label, address in rows
            if 2 <= len(label) <= _LONGEST_LABEL
            and not ARTICLE.search(address)
            and (_is_below(address, url) or (own and _is_same_host(address, url)))
        ]
    return tuple(dict.fromkeys(found))


def _headed_columns(placed: Sequence[Candidate], url: str) -> tuple[tuple[str, str], ...]:
    """Label and address of the columns below this one whose name heads a block."""
    return tuple(
        (one.label, address)
        for one in placed
        if one.heading_link is not None
        and not one.elsewhere
        and (address := address_of(one.heading_link, url))
        and _is_below(address, url)
    )


def _is_same_host(address: str, url: str) -> bool:
    return bool(address) and urlsplit(address).netloc == urlsplit(url).netloc


def _is_below(address: str, url: str) -> bool:
    """Whether an address lies below the folder, or the name, of the page's own."""
    there, here = urlsplit(address), urlsplit(url)
    folder = here.path.rpartition("/")[0] + "/"
    stem = here.path.rpartition(".")[0]
    if there.netloc != here.netloc or there.path == here.path:
        return False
    if stem and there.path.startswith(stem + "/"):
        return True
    inside = there.path.removeprefix(folder)
    return len(folder) > 1 and inside != there.path and "/" in inside
