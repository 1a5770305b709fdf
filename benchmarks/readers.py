"""Readers of article pages: ours, and the public ones it is measured against.

Each gives the day and the title (None: it knows no titles) of a page from its bytes and address.
The public ones are given what they are at their best with: text decoded rightly, and their own ways
of asking for the day of publication. ``two lines`` is what anyone would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import htmldate
import trafilatura
from gne import GeneralNewsExtractor

from crawler.pages.articles import read_article
from crawler.pages.charsets import decode

#: bytes and address of a page → its day (ISO) or None, and its title
Reader = Callable[[bytes, str], tuple[str | None, str | None]]

_DAY = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)


def ours(body: bytes, url: str) -> tuple[str | None, str]:
    """Read with ``read_article``."""
    article = read_article(body, url)
    return article.published.day.isoformat() if article.published else None, article.title


def of_htmldate(body: bytes, url: str) -> tuple[str | None, str | None]:
    """Read with htmldate."""
    try:
        text = decode(body)[0]
        return htmldate.find_date(text, original_date=True, outputformat="%Y-%m-%d"), None
    except (ValueError, TypeError):  # what it cannot parse
        return None, None


def of_trafilatura(body: bytes, url: str) -> tuple[str | None, str]:
    """Read with trafilatura."""
    found: Any = trafilatura.extract_metadata(decode(body)[0], default_url=url)
    return (found.date, found.title or "") if found else (None, "")


def of_gne(body: bytes, url: str) -> tuple[str | None, str]:
    """Read with gne, 通用新闻网页正文抽取."""
    try:
        found = GeneralNewsExtractor().extract(decode(body)[0])
    except Exception:  # it raises what its parts raise on pages without text
        return None, ""
    return _iso(found.get("publish_time") or ""), found.get("title") or ""


def by_pattern(body: bytes, url: str) -> tuple[str | None, str]:
    """Take the first full date of the page, and what stands in ``<title>``."""
    text = decode(body)[0]
    title = _TITLE.search(text)
    return _iso(text), title[1] if title else ""


def _iso(text: str) -> str | None:
    found = _DAY.search(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


PEERS: Mapping[str, Reader] = {
    "htmldate": of_htmldate,
    "gne": of_gne,
    "trafilatura": of_trafilatura,
    "two lines": by_pattern,
}
