"""左右先后: how two elements of one page stand to each other. Pure."""

from __future__ import annotations

import re
from typing import TypeAlias

import lxml.html

Element: TypeAlias = lxml.html.HtmlElement

_SIDE = re.compile(r"(?<![A-Za-z])(?:left|right)|Left|Right")


def all_before(element: Element | None) -> frozenset[Element]:
    """The widest elements that end before ``element`` begins; what they hold does so too.

    Asked once of a page; whether one of them is above another element is then quickly told.
    """
    if element is None:
        return frozenset()
    above = (element, *element.iterancestors())
    return frozenset(other for node in above for other in node.itersiblings(preceding=True))


def is_before(one: Element, other: Element) -> bool:
    """Whether an element ends before another begins.

    >>> import lxml.html
    >>> page = lxml.html.fromstring("<div><p><b>1</b></p><p><b>2</b></p></div>")
    >>> is_before(page[0][0], page[1]), is_before(page[1][0], page[0]), is_before(page, page[1])
    (True, False, False)
    """
    halves = _halves(one, other)
    if not halves:
        return False
    first, second = halves
    return any(node is second for node in first.itersiblings())


def is_across(one: Element, other: Element) -> bool:
    """Whether two elements stand in two halves of a page, one called left and one right.

    >>> import lxml.html
    >>> page = lxml.html.fromstring(
    ...     "<div><div class='con-left'><p>1</p></div><div id='mainRight'><p>2</p></div></div>"
    ... )
    >>> is_across(page[0][0], page[1][0]), is_across(page[0], page[0][0])
    (True, False)
    """
    halves = _halves(one, other)
    sides = [set(map(str.lower, _SIDE.findall(f"{e.get('class')} {e.get('id')}"))) for e in halves]
    return sorted(map(sorted, sides)) == [["left"], ["right"]]


def _halves(one: Element, other: Element) -> tuple[Element, ...]:
    """What holds each of two elements inside the one around both; () if one holds the other."""
    above = [one, *one.iterancestors()]
    places = {element: number for number, element in enumerate(above)}
    child = None
    for node in (other, *other.iterancestors()):
        if (place := places.get(node)) is not None:
            return (above[place - 1], child) if place and child is not None else ()
        child = node
    return ()
