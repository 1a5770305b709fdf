"""文件名中的页码: how families write the number of a page into its address. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

_FILE = re.compile(r"(?P<folder>.*/)(?P<stem>[^/]*?)(?P<extension>\.\w{2,5})?$")
_SCRIPTS = (".asp", ".aspx", ".jsp", ".php", ".do")

Turn = Callable[[str, int], str]


def with_number(mark: str, *, stem: str = "index", extension: str = ".html") -> Turn:
    """Page n is ``stem{mark}n.ext``; the first one bears no number, a folder is its ``stem``.

    >>> with_number("_")("http://x.cn/zwgk/", 2)
    'http://x.cn/zwgk/index_2.html'
    >>> with_number("")("http://x.cn/6330/list2.htm", 3)
    'http://x.cn/6330/list3.htm'
    """
    return partial(_numbered, mark=mark, stem=stem, extension=extension)


def in_place_of_number(url: str, number: int) -> str:
    """Page n is the file ``n.ext`` itself.

    >>> in_place_of_number("http://x.cn/xzfwj/1.html", 2)
    'http://x.cn/xzfwj/2.html'
    """
    found = re.search(r"/\d{1,4}(\.\w{2,5})$", urlsplit(url).path)
    return url[: -len(found[0])] + f"/{number}{found[1]}" if found and not _query(url) else ""


def in_query(name: str) -> Turn:
    """Page n is told by a field of the query, of a list that is asked for by one.

    >>> in_query("page")("http://x.cn/list.asp?id=3", 2)
    'http://x.cn/list.asp?id=3&page=2'
    """
    return partial(_queried, name=name)


def in_folder(url: str, number: int) -> str:
    """Page n is the folder ``page/n/`` below the list.

    >>> in_folder("http://x.cn/category/fees/page/2/", 3)
    'http://x.cn/category/fees/page/3/'
    """
    if _query(url):
        return ""
    return f"{re.sub(r'/page/[0-9]+/?$', '', url).rstrip('/')}/page/{number}/"


def _numbered(url: str, number: int, *, mark: str, stem: str, extension: str) -> str:
    parts = urlsplit(url)
    found = _FILE.match(parts.path or "/")
    if found is None or parts.query:
        return ""
    name = re.sub(rf"{re.escape(mark)}\d{{1,4}}$", "", found["stem"]) or stem
    file = f"{name}{mark}{number}{found['extension'] or extension}"
    return parts._replace(path=found["folder"] + file, fragment="").geturl()


def _queried(url: str, number: int, *, name: str) -> str:
    parts = urlsplit(url)
    if not parts.query and not parts.path.lower().endswith(_SCRIPTS):
        return ""
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    key = next((key for key in query if key.lower() == name.lower()), name)
    return parts._replace(query=urlencode(query | {key: str(number)}), fragment="").geturl()


def _query(url: str) -> str:
    return urlsplit(url).query
