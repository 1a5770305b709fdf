"""数据应答: requests for a part of a list by its number, and what their answers count. Pure.

The number stands in the query, in a form that is sent, or in a JSON value, wherever a family puts
it; addresses carry all three (``crawler.addresses``).
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.addresses import posted, posted_json, sent_form, sent_json, to_post
from crawler.pages.text import Page
from crawler.platforms.hidden import rows_told
from crawler.platforms.platform import Paging

PAGE_KEYS = frozenset(
    {
        *("page", "pageindex", "pageno", "pagenum", "pagenumber", "pagenow", "pn"),
        *("currentpage", "curpage", "currpage", "current", "page_no", "page_num", "page_index"),
    }
)
_SIZE_KEYS = frozenset(
    {"pagesize", "_pagesize", "page_size", "perpage", "prepage", "rows", "size", "limit"}
)
_TOTAL = re.compile(
    r"""\b(?:total|total_?(?:record|count|num|row|element|item)s?|row_?count|record_?count)"""
    r"""(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?(\d{1,7})\b|<total_?record>\s*(\d{1,7})|共\s*(\d{1,7})\s*条""",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"""\b(?:page_?(?:count|total)|total_?pages?|pages)(?:\\?["'])?\s*[:=]\s*(?:\\?["'])?(\d{1,5})\b"""
    r"""|<total_?page>\s*(\d{1,5})|共\s*(\d{1,5})\s*页""",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"""\b(?:has_?(?:more|next)(?:page)?|continue_flag)['"]?\s*[:=]\s*['"]?(?:true|1)\b""", re.I
)

_WHOLE_PAGE = re.compile(r"<(?:html|body|!doctype)\b", re.IGNORECASE)
_HEAD = 2000  # characters in which a page calls itself one


def asked(url: str) -> dict[str, str]:
    """All fields of a request that are no lists of their own, by name in lower case.

    >>> asked('http://x.cn/unit?webId=3&paramJson={"pageNo":2,"pageSize":15}')["pageno"]
    '2'
    """
    found: dict[str, str] = {}
    for name, value in _fields(url).items():
        inner = _inner(value)
        if inner is None:
            found[name.lower()] = str(value)
        else:
            found |= {key.lower(): str(part) for key, part in inner.items()}
    return found


def turned(url: str, number: int) -> str:
    """The same request for another page; "" if none of its fields is a page number.

    >>> turned("http://x.cn/list#!form:columnId=8&pageIndex=1", 2)
    'http://x.cn/list#!form:columnId=8&pageIndex=2'
    """
    whole = sent_json(url)
    if isinstance(whole, dict):
        changed = _with_number(whole, number)
        return posted_json(url, changed) if changed else ""
    if form := _with_number(sent_form(url), number):
        return posted(url, {name: str(value) for name, value in form.items()})
    parts = urlsplit(url)
    query = _with_number(dict(parse_qsl(parts.query, keep_blank_values=True)), number)
    return parts._replace(query=urlencode(query)).geturl() if query else ""


def number_of(url: str) -> int | None:
    """The number of the page that a request asks for."""
    return next(
        (int(value) for key, value in asked(url).items() if key in PAGE_KEYS and value.isdigit()),
        None,
    )


def paging(page: Page) -> Paging | None:
    """What follows an answer to a request that carries a page number.

    Nothing is called the last page for being short alone: servers cap what they are asked for.
    Requests that begin with 0 leave open whether 1 is the second page or the first one again.
    """
    number = number_of(page.url)
    if number is None or not is_reply(page):
        return None
    rows = rows_told(page)
    size = _size(page.url)
    total, pages = total_told(page.text), pages_told(page.text)
    if pages is None and total is not None and size:
        pages = max(1, -(-total // size))
    is_last = pages is not None and number >= pages
    if total and size and 0 < rows < size:
        is_last = is_last or rows == total % size  # the rest, whether 0 or 1 was the first page
    if number == 0:
        candidates: tuple[str, ...] = (turned(page.url, 1), turned(page.url, 2))
        is_last = pages == 1
    else:
        candidates = (turned(page.url, number + 1),)
    return Paging(
        candidates=candidates if rows and not is_last else (),
        page=number or None,
        pages=pages,
        total=total,
        last=is_last,
        more=_MORE.search(page.text) is not None,
    )


def is_reply(page: Page) -> bool:
    """Whether an answer is data or a part of a page, and not a page of its own."""
    return bool(to_post(page.url)[0]) or not _WHOLE_PAGE.search(page.text[:_HEAD])


def total_told(text: str) -> int | None:
    """The number of entries that data or a script counts for the whole list."""
    found = _TOTAL.search(text)
    return int(next(filter(None, found.groups()))) if found else None


def pages_told(text: str) -> int | None:
    """The number of pages that data or a script counts."""
    found = _PAGES.search(text)
    return int(next(filter(None, found.groups()))) if found else None


def setting(text: str, *names: str) -> str:
    """The value that a script, an attribute or an address in the page gives one of ``names``.

    >>> setting("var q={webId:'3', pageSize : 15}", "pageSize", "rows")
    '15'
    """
    for name in names:
        found = re.search(
            rf"""\b{name}(?:\\?["']|&quot;)?\s*[:=]\s*(?:(?:\\?["']|&quot;)([^"'\\&<>]{{1,200}})(?:\\?["']|&quot;)"""
            r"""|([\w.%-]{1,200}))""",
            text,
        )
        if found:
            return found[1] or found[2]
    return ""


def _size(url: str) -> int | None:
    return next(
        (
            int(value)
            for key, value in asked(url).items()
            if key in _SIZE_KEYS and value.isdigit() and int(value)
        ),
        None,
    )


def _fields(url: str) -> dict[str, object]:
    """The query, the form and the JSON value of a request, in one."""
    whole = sent_json(url)
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return {**dict(query), **sent_form(url), **(whole if isinstance(whole, dict) else {})}


def _inner(value: object) -> dict[str, object] | None:
    """The fields inside a field that is a JSON object itself."""
    if isinstance(value, dict):
        return value
    if isinstance(value, str) and value.startswith("{"):
        try:
            inside = json.loads(value)
        except ValueError:
            return None
        return inside if isinstance(inside, dict) else None
    return None


def _with_number(fields: dict[str, object] | dict[str, str], number: int) -> dict[str, object]:
    """The fields with another page number, {} where there is none to change."""
    changed: dict[str, object] = dict(fields)
    for name, value in fields.items():
        if name.lower() in PAGE_KEYS and str(value).isdigit():
            changed[name] = number if isinstance(value, int) else str(number)
            return changed
    for name, value in fields.items():
        if (inner := _inner(value)) and (inside := _with_number(inner, number)):
            text = isinstance(value, str)
            changed[name] = json.dumps(inside, separators=(",", ":")) if text else inside
            return changed
    return {}
