"""归属: whether a list is the column's own, or stands beside a column that is empty. Pure.

A side list without a heading looks like the list of the column it stands beside. Where it stands on
its page tells some of them; the rest by what the pages of a site have in common: a block that shows
the same rows at the same place of two columns is a part of the template and neither's.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.place import Place
from crawler.pages.rows import address_of
from crawler.pages.sides import is_before
from crawler.pages.standing import Candidate, is_elsewhere, leads_into, wrappers_of
from crawler.pages.text import Page, text_in
from crawler.pages.unlisted import empty_notice, may_say_empty

Element: TypeAlias = lxml.html.HtmlElement

_HOME = frozenset({"首页", "网站首页"})


class Footprint(NamedTuple):
    """列表的足迹: what a block of a page is known by on another page."""

    path: str
    label: str  # of the heading above it, "" where that is none or names the page's column
    addresses: frozenset[str]  # of its rows; the title of a row without one
    own: bool  # its rows lead below the page, or carry its number
    headed: bool  # under a heading of its own that names the page's column


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """页面布局: the lists of one page, and which of them was taken for the column's."""

    url: str
    names: tuple[str, ...]  # what the page calls its column
    crumbs: tuple[str, ...]
    blocks: tuple[Footprint, ...]
    chosen: tuple[Footprint, ...]


def layout_of(
    placed: Iterable[Candidate], chosen: Sequence[Candidate], place: Place, url: str
) -> Layout:
    """Note the lists of a page as other pages will be asked for them."""
    prints = {id(one): _footprint(one, url) for one in placed if one.block.is_list}
    return Layout(
        url=url,
        names=place.names,
        crumbs=place.crumbs,
        blocks=tuple(prints.values()),
        chosen=tuple(prints[id(one)] for one in chosen),
    )


def without(
    placed: Iterable[Candidate], left_out: Container[Footprint], url: str
) -> list[Candidate]:
    """The candidates that are none of the blocks that belong to no column."""
    return [one for one in placed if _footprint(one, url) not in left_out]


def stands_beside(best: Candidate, page: Page, tree: Element, place: Place) -> bool:
    """Whether the list of a page may be a side list, by where it stands: nobody can tell.

    It stands where no list of the column does, or the page says at the place of the list that there
    is nothing, and neither a heading nor the addresses of its rows speak for it.
    """
    if best.apart:
        return True
    block = best.block.element
    signs = () if best.headed else _signs_of_nothing(page, tree, place, block)
    if not signs or leads_into(
        [address_of(row.link, page.url) for row in best.block.rows], page.url
    ):
        return False
    return any(not best.named or is_before(sign, block) for sign in signs)


def _signs_of_nothing(
    page: Page, tree: Element, place: Place, block: Element
) -> tuple[Element, ...]:
    """What a page shows of an empty list outside ``block``: the box of one, or a word of it."""
    notice = empty_notice(page, tree, place)[1] if may_say_empty(page) else None
    boxes = [box for box in tree.iter("ul", "ol", "tbody") if _is_empty_list(box, block)]
    if boxes:
        wrappers = wrappers_of(tree, place)
        boxes = [box for box in boxes if not is_elsewhere(box, wrappers)]
    found = (*boxes, *([notice] if notice is not None else ()))
    return tuple(sign for sign in found if block not in sign.iterancestors())


def _is_empty_list(box: Element, block: Element) -> bool:
    """Whether an element is called a list and holds nothing, and is no group of ``block``."""
    mark = f"{box.get('class')} {box.get('id')}"
    is_bare = not len(box) and not (box.text or "").strip()
    return is_bare and "list" in mark.lower() and box.get("class") != block.get("class")


def shared(mine: Layout, other: Layout, unit_names: Iterable[str]) -> tuple[Footprint, ...]:
    """Which of the blocks taken for a column's list another column's page shows just so.

    A list under a heading of its own that names the column is the column's. Two addresses of one
    column show one list rightly; so do a column and the one above it.
    """
    if is_related(mine, other):
        return ()
    is_one = bool(_own_names(mine, unit_names) & _own_names(other, unit_names))
    found = []
    for one in mine.chosen:
        twin = next((block for block in other.blocks if block[:3] == one[:3]), None)
        if one.headed or twin is None or (one.own and not twin.own):
            continue
        if not (is_one and twin in other.chosen):
            found.append(one)
    return tuple(found)


def is_related(mine: Layout, other: Layout) -> bool:
    """Whether one of two pages stands above the other, by breadcrumb or address."""
    one, two = sorted((mine.crumbs, other.crumbs), key=len)
    if one and len(one) < len(two) and two[: len(one)] == one:
        return True
    return _is_above(mine.url, other.url) or _is_above(other.url, mine.url)


def is_beside(one: str, other: str) -> bool:
    """Whether two addresses are of one host, and of pages of which none stands above the other.

    >>> is_beside("http://x.cn/gk/sf/", "http://x.cn/gk/zs/")
    True
    >>> is_beside("http://x.cn/gk/sf/", "http://x.cn/gk/index.html")
    False
    """
    same = urlsplit(one).netloc == urlsplit(other).netloc
    return same and one != other and not _is_above(one, other) and not _is_above(other, one)


def _is_above(upper: str, lower: str) -> bool:
    there, here = urlsplit(upper), urlsplit(lower)
    folder, stem = there.path.rpartition("/")[0] + "/", there.path.rpartition(".")[0] + "/"
    below = here.path.rpartition("/")[0] + "/"
    if there.netloc != here.netloc:
        return False
    return (len(folder) > 1 and below != folder and below.startswith(folder)) or (
        len(stem) > 1 and below.startswith(stem)
    )


def _own_names(layout: Layout, unit_names: Iterable[str]) -> set[str]:
    """What a page calls its column, without the names of the unit and of its home page."""
    units = [name for name in unit_names if name]
    return {
        name
        for name in layout.names
        if name not in _HOME and not any(unit in name or name in unit for unit in units)
    }


def _footprint(one: Candidate, url: str) -> Footprint:
    places = [address_of(row.link, url) for row in one.block.rows]
    told = (text_in(row.link).strip() for row in one.block.rows)
    return Footprint(
        path=one.block.path,
        label="" if one.named else one.label,
        addresses=frozenset(place or text for place, text in zip(places, told, strict=True)),
        own=leads_into(places, url),
        headed=one.headed,
    )
