"""条目的身份: when two addresses are the same entry. For comparing only; never for opening."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from monitor.model import Document

#: what servers and pages add to an address without meaning another page
_NOISE = frozenset(
    {
        "_",
        "aspsessionid",
        "jsessionid",
        "phpsessid",
        "r",
        "rand",
        "random",
        "timestamp",
        "utm_campaign",
        "utm_content",
        "utm_medium",
        "utm_source",
        "utm_term",
        "v",
        "ver",
    }
)
#: the usual address of an entry, which needs nothing but its parts
_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z\d-]+(?:\.[a-z\d-]+)*(?::(?!(?:80|443)/)(?:[1-5]\d{4}|[1-9]\d{1,3}))?)"
    r"((?:/[\w.~-]+)+)",
    re.ASCII,
)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DEFAULT_PAGE = re.compile(r"/(?:index|default)\.(?:html?|shtml|jsp|php|aspx?)$", re.IGNORECASE)
#: such servers do not tell upper from lower case; on others a short link may differ by case alone
_CASELESS = re.compile(r"\.(?:aspx?|ashx)$", re.IGNORECASE)
_KEPT = 300  # characters; a longer address keeps its start and the hash of the whole


def identity(url: str) -> str:
    """The form in which an entry's address is compared from night to night.

    >>> identity("HTTPS://www.a.edu.cn/xxgk/index.html?v=3#top")
    'a.edu.cn/xxgk'
    >>> identity("http://a.edu.cn:80/xxgk/;jsessionid=9F")
    'a.edu.cn/xxgk'
    >>> identity("http://a.edu.cn/show?id=2&cat=1") == identity("http://a.edu.cn/show?cat=1&id=2")
    True
    """
    plain = _PLAIN.fullmatch(url)
    if plain and not (_DEFAULT_PAGE.search(plain[2]) or _CASELESS.search(plain[2])):
        return _short(plain[1] + plain[2])
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return _short(url.strip())
    if parts.scheme.lower() not in {"http", "https"}:
        return _short(url.strip())
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    if port not in {None, 80, 443}:
        host = f"{host}:{port}"
    path = _DEFAULT_PAGE.sub("/", _SESSION.sub("", parts.path))
    path = quote(unquote(path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    if _CASELESS.search(path):
        path = path.lower()
    asked = sorted(
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if pair[0].lower() not in _NOISE
    )
    query = "?" + urlencode(asked) if asked else ""
    # a fragment that looks like a path is the address of a page drawn by a script
    place = "#" + parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return _short(host + path + query + place)


def identities(documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
    """Each entry of one list once, with its identity.

    Entries that share an address (``javascript:``, a page filled by script) are told apart by
    their titles.
    """
    entries = {(identity(document.url), document.title): document for document in documents}
    sharing = Counter(address for address, _ in entries)
    for (address, title), document in entries.items():
        yield (address if sharing[address] == 1 else _short(f"{address} {title}")), document


def _short(text: str) -> str:
    if len(text) <= _KEPT:
        return text
    return text[:_KEPT] + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
