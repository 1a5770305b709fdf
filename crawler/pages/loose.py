"""散行条目: entries that stand in no list of links: bare files, and rows of text with a day. Pure.

Asked only of a page on which no list was found and that holds no text of its own: the files of an
article are its attachments, and a day in a sentence is no day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import TypeAlias
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.blocks import FURNITURE, Block, RowMark, table_heads
from crawler.pages.place import Place, squeeze
from crawler.pages.rows import FULL_DATE, Entry, address_of, read_row
from crawler.pages.sides import all_before
from crawler.pages.standing import Candidate, is_elsewhere, placed_at, wrappers_of
from crawler.pages.text import text_in
from crawler.pages.unlisted import is_visible

Element: TypeAlias = lxml.html.HtmlElement

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|pptx?|zip|rar|7z)$", re.IGNORECASE)
_MOST_FILES = 500  # of a page that are looked at
_ROW_LEVELS = 3  # how far above its link the row of a file may stand
_MOST_BESIDE = 40  # characters of a row that are not its title
_LONGEST_ROW = 120
_SHORTEST_TITLE = 4
_FEWEST_ROWS = 2  # of text: one line with a day is a dateline
_DATED = 0.6
_ROWS = ("li", "tr", "p", "dl")
_PROSE = 30  # characters before the full stop of a sentence
_SILENT_TAGS = frozenset({"script", "style", "noscript", "textarea", "template", "title"})
#: heads of the columns of a table of documents; a table of anything else has days of other things
_TITLED = re.compile(r"标题|名称|题目|文件|内容")
_WHEN = re.compile(r"发布|公开|公示|发文|^日期$|^时间$")
#: what begins a line of labels under a headline
_LABEL = re.compile(r"\s*(?:发布|更新|来源|作者|编辑|浏览|点击|日期|时间|信息来源)\w{0,4}\s*[:：]")


def loose_entries(
    tree: Element, place: Place, url: str, *, has_trail: bool, seen_at: datetime | None
) -> tuple[list[Candidate], tuple[Entry, ...]]:
    """The entries of a page without a list, and the blocks they stand in; nothing where in doubt.

    ``has_trail``: the breadcrumb of ``place`` stands in this tree.
    """
    wrappers = wrappers_of(tree, place)
    trail = place.element if has_trail else None
    preceding = all_before(trail)
    if _has_prose(tree, trail, wrappers):
        return [], ()
    for rows in (_file_rows(tree, url), _text_rows(tree)):
        placed = [
            one
            for block in _blocks(rows)
            if is_visible(block.element)
            and not (one := placed_at(block, place, url, wrappers, preceding)).elsewhere
            and not (one.foreign or one.apart or one.planted)
            and preceding.isdisjoint((block.element, *block.element.iterancestors()))
        ]
        entries = tuple(entry for one in placed for entry in _entries_of(one.block, url, seen_at))
        if entries:
            return placed, entries
    return [], ()


def _blocks(rows: Iterable[RowMark]) -> Iterator[Block]:
    """Rows side by side, as blocks whose place on the page can be asked for."""
    for _, group in groupby(rows, key=lambda row: (row.element.getparent(), row.element.tag)):
        marks = tuple(group)
        yield Block(
            element=marks[0].element.getparent(),
            rows=marks,
            dated=len(marks),
            article_like=len(marks),
            long_titles=len(marks),
        )


def _entries_of(block: Block, url: str, seen_at: datetime | None) -> Iterator[Entry]:
    """The entries of a block: files with or without a day, texts with one."""
    labels = table_heads(block.element)
    found = [
        read_row(row.element, row.link, base=url, beside=row.beside, labels=labels, seen_at=seen_at)
        for row in block.rows
    ]
    entries = [entry for entry in found if entry and len(entry.title) >= _SHORTEST_TITLE]
    if any(entry.url for entry in entries):
        yield from entries
        return
    dated = [entry for entry in entries if entry.published]
    if len(dated) >= max(_FEWEST_ROWS, _DATED * len(block.rows)):
        yield from dated


# --- files ------------------------------------------------------------------------------


def _file_rows(tree: Element, url: str) -> Iterator[RowMark]:
    """The links to files, each with the row it stands in."""
    links = [link for link in tree.iter("a") if _FILE.search(urlsplit(address_of(link, url)).path)]
    known = set(links)
    for link in links[:_MOST_FILES]:
        row = _row_of(link, known)
        near = (link.tail or "").strip() if row is link else ""
        yield RowMark(row, _titled(row, link), (near,) if near and len(near) < 30 else ())


def _row_of(link: Element, files: set[Element]) -> Element:
    """The widest element around a file's link that holds no other one, and little else."""
    row = link
    title = len(squeeze(text_in(link)))
    for _ in range(_ROW_LEVELS):
        above = row.getparent()
        if above is None or above.tag in ("body", "html"):
            break
        others = islice((other for other in above.iter("a") if other in files), 2)
        if len(list(others)) > 1 or len(squeeze(str(above.text_content()))) - title > _MOST_BESIDE:
            break
        row = above
        if row.tag in _ROWS:
            break
    return row


def _titled(row: Element, link: Element) -> Element:
    """The link of a file, with the title that stands beside it where it only says 下载."""
    if not FURNITURE.fullmatch(text_in(link).strip()[:_MOST_BESIDE]) or row is link:
        return link
    texts = [" ".join(str(text).split()) for text in row.itertext()]
    title = max(texts, key=lambda text: len(FULL_DATE.sub("", text)), default="")
    told = lxml.html.fromstring("<a></a>")
    told.text = title
    told.set("href", link.get("href") or "")
    return told


# --- rows of text -----------------------------------------------------------------------


def _text_rows(tree: Element) -> Iterator[RowMark]:
    """Rows without a link in which a whole day stands beside a title."""
    for row in tree.iter(*_ROWS):
        if row.find(".//a") is not None or any(row.find(f".//{tag}") is not None for tag in _ROWS):
            continue
        text = " ".join(str(row.text_content()).split())
        if not FULL_DATE.search(text) or len(text) > _LONGEST_ROW or _LABEL.match(text):
            continue
        if (title := _title_of(row)) is not None:
            yield RowMark(row, title)


def _title_of(row: Element) -> Element | None:
    """The part of a row that is its title; None for a row of a table of other things."""
    if row.tag == "dl":
        return row.find("./dt")
    if row.tag != "tr":
        return row
    holder = row.getparent()
    heads = table_heads(holder) if holder is not None else ()
    if not any(_WHEN.search(head) for head in heads):
        return None
    cells = list(row)
    place = next((n for n, head in enumerate(heads) if _TITLED.search(head)), len(cells))
    return cells[place] if place < len(cells) else None


# --- what a page holds besides ------------------------------------------------------------


def _has_prose(tree: Element, trail: Element | None, wrappers: frozenset[Element]) -> bool:
    """Whether the page says something of its own: a sentence behind the breadcrumb."""
    reached = trail is None
    for element in tree.iter():
        reached = reached or element is trail
        if not reached or not isinstance(element.tag, str) or element.tag in _SILENT_TAGS:
            continue
        texts = (element.text, *(child.tail for child in element))
        says = any(text and _is_sentence(text) for text in texts)
        if says and is_visible(element) and not is_elsewhere(element, wrappers):
            return True
    return False


def _is_sentence(text: str) -> bool:
    """Whether a text holds a sentence that is longer than a line of a list."""
    return "。" in text and any(len(part) >= _PROSE for part in squeeze(text).split("。")[:-1])
