"""谁的域名: what the name of a host says of whose it is. Pure; the home of tldextract.

By the public suffix list (publicsuffix.org) as the library brings it: nothing is asked for over the
network, and nothing is kept.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@lru_cache(maxsize=4096)
def owner_of(host: str) -> str:
    """The name that was registered, under which all others are its owner's.

    The host itself where there is none: a number, a name of one word, a suffix.

    >>> owner_of("www.example.com.cn"), owner_of("b.example.cn"), owner_of("10.1.2.3")
    ('example.com.cn', 'example.cn', '10.1.2.3')
    """
    found = _suffixes()(host)
    if found.top_domain_under_public_suffix:
        return found.top_domain_under_public_suffix
    is_name = "." in host and not (found.suffix or found.ipv4 or found.ipv6)
    # the list's own rule for what is not on it: the last part is the suffix
    return ".".join(host.split(".")[-2:]) if is_name else host


def above(host: str) -> str:
    """The name one above a host, where it is one owner's; "" where anybody may have a name there.

    >>> above("yixiao.jy.example.cn"), above("yixiao.edu.cn"), above("10.1.2.3")
    ('jy.example.cn', '', '')
    """
    return host.partition(".")[2] if owner_of(host) != host else ""


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract  # brings a program of its own for the network along: slow

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
