"""HTML: a manuscript as one page that opens without a server. The home of Jinja2."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import jinja2

from monitor.model import Status
from reports.manuscript import Link, Manuscript

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
