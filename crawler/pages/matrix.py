"""总表: a page that leads to the columns of many units (学校 × 栏目) → the links of one unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

import lxml.html

from crawler.pages.columns import ColumnLink, columns_behind, find_columns
from crawler.pages.rows import address_of
from crawler.pages.text import Page, text_in
from monitor.model import Column
from monitor.textform import normal_form

_CELLS = frozenset({"td", "th"})
_LONGEST_NAME = 40  # characters of an element that is only the name of a unit


def columns_of_unit(
    page: Page, names: Sequence[str], columns: Sequence[Column]
) -> dict[str, tuple[ColumnLink, ...]]:
    """Return, by column id, the links that stand under the name of one unit, or in its row.

    Only where the page has such links for several units; else {}: all of it may be the unit's.
    """
    if page.tree is None:
        return {}
    everywhere = find_columns(page, columns)
    forms = {normal_form(name) for name in names}
    for element in page.tree.iter("td", "th", "dt", "li", "h2", "h3", "h4", "strong", "span", "p"):
        text = element.text_content()
        if len(text) > _LONGEST_NAME or normal_form(text) not in forms:
            continue
        found = _below(element, page.url, columns)
        if found:
            is_shared = any(
                _is_one_of_many(links, everywhere.get(key, ())) for key, links in found.items()
            )
            return found if is_shared else {}
    return {}


def _is_one_of_many(own: Sequence[ColumnLink], all_of_page: Sequence[ColumnLink]) -> bool:
    """Whether a column's links under one name are not all there are, or bear no words of their own.

    A site of one school may be laid out in tables, too, with its name in the first cell.
    """
    addresses = {link.address for link in all_of_page}
    return len(addresses) > len(own) or any(link.address not in addresses for link in own)


def _below(
    name: lxml.html.HtmlElement, url: str, columns: Sequence[Column]
) -> dict[str, tuple[ColumnLink, ...]]:
    """The links to columns after a name, as near to it as there are any."""
    branch = name
    while (above := branch.getparent()) is not None and above.tag not in {"body", "html"}:
        if found := columns_behind(_links_after(branch, url), columns):
            return found
        branch = above
    return columns_behind(_links_after(branch, url), columns)


def _links_after(branch: lxml.html.HtmlElement, url: str) -> Iterator[tuple[str, str]]:
    """Label and address of the links between an element and the next one of its kind."""
    after = [node for node in branch.itersiblings() if isinstance(node.tag, str)]
    if branch.tag in _CELLS:
        yield from _links_of_row(branch, after, url)
        return
    kind = branch.tag, branch.get("class")
    for node in takewhile(lambda node: (node.tag, node.get("class")) != kind, after):
        for link in node.iter("a"):
            yield text_in(link), address_of(link, url)


def _links_of_row(
    cell: lxml.html.HtmlElement, after: Sequence[lxml.html.HtmlElement], url: str
) -> Iterator[tuple[str, str]]:
    """The links of a table's row, by their own words and by the words above their column."""
    first = next((row for table in cell.iterancestors("table") for row in table.iter("tr")), None)
    heads = [text_in(head) for head in first.iter("td", "th")] if first is not None else []
    before = len([node for node in cell.itersiblings(preceding=True) if node.tag in _CELLS])
    for place, node in enumerate(after, before + 1):
        for link in node.iter("a"):
            yield text_in(link), address_of(link, url)
            if place < len(heads):
                yield heads[place], address_of(link, url)
