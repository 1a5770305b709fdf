"""HTML: a manuscript as one page that opens without a server. The home of Jinja2."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import jinja2

from monitor.model import Status
from reports.formats import conventions
from reports.formats.widths import WIDE, paper_widths
from reports.manuscript import Block, Cell, Heading, Link, Manuscript, Paper, PaperTable
from reports.notices import Notice

# fill and text of each status: reports read on screen and on black-and-white paper alike,
# so the symbol always stands beside the word
_COLOURS = {
    Status.OK: ("#E6F4EA", "#1E6B34"),
    Status.STMT: ("#E3F2F1", "#0B5E57"),
    Status.DUE_SOON: ("#FFF7DB", "#7A5B00"),
    Status.STALE: ("#FDE7C8", "#8A4B00"),
    Status.PARTIAL: ("#FDE7C8", "#8A4B00"),
    Status.BROKEN: ("#FADBD8", "#8E1B1B"),
    Status.EMPTY: ("#FADBD8", "#8E1B1B"),
    Status.NOCOL: ("#FADBD8", "#8E1B1B"),
    Status.MISSING: ("#F5B7B1", "#6E0F0F"),
    Status.UNSURE: ("#E8EAF6", "#303F9F"),
    Status.UNREACH: ("#ECEFF1", "#455A64"),
    Status.NA: ("#F5F5F5", "#616161"),
    Status.EXEMPT: ("#F5F5F5", "#616161"),
    Status.NEW: ("#FFFFFF", "#616161"),
}

_TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader("reports", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(manuscript: Manuscript) -> str:
    """Return the page; it says itself that it is UTF-8."""
    return _TEMPLATES.get_template("manuscript.html").render(
        manuscript=manuscript, cell=_cell, colours=_COLOURS
    )


def render_notice(notice: Notice) -> str:
    """Return a mail's page: no pictures, no scripts, and every address written out."""
    return _TEMPLATES.get_template("notice.html").render(notice=notice, is_web=_is_web)


def _is_web(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}


def render_paper(paper: Paper, *, clean: bool = False) -> str:
    """Return a paper as a page; ``clean``: as it is sent, without checks and 【】."""
    shown = conventions.cleaned(paper) if clean else paper
    widths = paper_widths(shown)
    page = _TEMPLATES.get_template("paper.html").render(
        paper=shown,
        clean=clean,
        to=conventions,
        kind_of=_kind_of,
        shares=lambda table: _shares(widths[table.columns]),
        cell=_paper_cell,
        colours=_COLOURS,
    )
    return conventions.legible(page)


def _kind_of(block: Block) -> str:
    return {Heading: "heading", PaperTable: "table"}.get(type(block), "paragraph")


def _shares(widths: list[int]) -> list[str]:
    """The same widths as in the file, in percent."""
    return [f"{100 * width / WIDE:.2f}" for width in widths]


def _paper_cell(value: Cell) -> dict[str, Any]:
    """A cell of a paper is never blank, and what is sent can lead to sites only."""
    shown = _cell(value)
    words = conventions.words_of(value)
    return shown | {"text": words, "address": conventions.followed(shown["address"])}


def _cell(value: object) -> dict[str, Any]:
    """Tell the template how a cell looks; an address that is not http, https or a file beside
    the report is shown as text only.
    """
    if isinstance(value, Status):
        return {"text": f"{value.symbol} {value.value}", "status": value.name, "address": ""}
    if isinstance(value, Link):
        safe = urlsplit(value.address).scheme in {"http", "https", ""}
        return {"text": value.text, "status": "", "address": value.address if safe else ""}
    return {"text": "" if value is None else str(value), "status": "", "address": ""}
