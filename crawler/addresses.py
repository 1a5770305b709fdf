"""网址: whose site an address is, which politeness group, and what may be connected to. Pure."""

from __future__ import annotations

import ipaddress
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from monitor.model import Network

_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_Net = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: never allowed as a range: only exact test targets open the way to this machine
_OWN = tuple(ipaddress.ip_network(text) for text in ("127.0.0.0/8", "::1/128", "169.254.0.0/16"))
_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$")
_LONGEST = 2083  # characters; longer addresses are made by traps, not by editors
_PLAIN = "{}[]:,\"'/"  # characters of JSON that may stand in a fragment as they are
#: what the fragment of an address begins with that is asked for by POST, and what is sent then
_POSTED = {
    "!form:": "application/x-www-form-urlencoded; charset=UTF-8",
    "!json:": "application/json; charset=UTF-8",
}
_DEEPEST = 20  # path segments


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRules:
    """可访问范围: what the settings allow beyond the public internet."""

    networks: tuple[_Net, ...] = ()
    hosts: frozenset[str] = frozenset()
    test_targets: Mapping[str, frozenset[int]] = field(default_factory=dict)  # host → its ports

    @classmethod
    def of(cls, network: Network) -> AddressRules:
        """Read ``allow_private`` (hosts or networks) and ``test_targets`` (host:port[-port])."""
        networks, hosts = [], set()
        for text in network.allow_private:
            try:
                net = ipaddress.ip_network(text, strict=False)
            except ValueError:
                hosts.add(text.lower())
                continue
            if not any(net.version == own.version and net.overlaps(own) for own in _OWN):
                networks.append(net)
        ports: defaultdict[str, set[int]] = defaultdict(set)
        for text in network.test_targets:
            host, _, span = text.rpartition(":")
            first, _, last = span.partition("-")
            ports[host.lower()] |= set(range(int(first), int(last or first) + 1))
        return cls(
            networks=tuple(networks),
            hosts=frozenset(hosts),
            test_targets={host: frozenset(numbers) for host, numbers in ports.items()},
        )

    def is_test_target(self, host: str, port: int) -> bool:
        """Whether ``host:port`` is named exactly as a place for tests and demonstrations."""
        return port in self.test_targets.get(host, ())

    def forbids(self, host: str, port: int, address: str) -> bool:
        """Whether the resolved ``address`` of ``host`` must not be connected to.

        >>> AddressRules().forbids("x.cn", 80, "127.0.0.1")
        True
        >>> AddressRules().forbids("x.cn", 80, "114.114.114.114")
        False
        """
        number = _number(address)
        if number.is_loopback:
            return not self.is_test_target(host, port)
        if number.is_global and not number.is_multicast:
            return False
        if number.is_link_local or number.is_multicast or number.is_unspecified:
            return True
        return host not in self.hosts and not any(
            number.version == net.version and number in net for net in self.networks
        )

    def group(self, url: str) -> str:
        """The politeness group of an address: its host, or host:port for a test target."""
        host, port = host_port(url)
        return f"{host}:{port}" if self.is_test_target(host, port) else host

    def site(self, url: str) -> str:
        """The name under which addresses count as one unit's site.

        >>> AddressRules().site("https://WWW.x.cn:8080/a") == AddressRules().site("http://x.cn/")
        True
        """
        return self.group(url).removeprefix("www.")


@lru_cache(maxsize=1024)
def host_port(url: str) -> tuple[str, int]:
    """Host (lower case, no final dot) and port of an address; ``("", 0)`` when there is none.

    >>> host_port("https://X.cn./a")
    ('x.cn', 443)
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", 0
    return host.rstrip("."), port or (443 if parts.scheme == "https" else 80)


@lru_cache(maxsize=1024)
def literal_address(host: str) -> str:
    """The address a host name *is*, "" for a name that must be resolved."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def may_ask(url: str) -> bool:
    """Whether an address is one to ask for at all: http, a host, and not made by a trap.

    >>> may_ask("file:///etc/passwd"), may_ask("http://x.cn/a/b/a/b/a/b/")
    (False, False)
    """
    if len(url.partition("#")[0]) > _LONGEST or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    if not host_port(url)[0] or len(segments) > _DEEPEST:
        return False
    return not any(
        segments[i : i + 2] == segments[i + 2 : i + 4] == segments[i + 4 : i + 6]
        for i in range(len(segments) - 5)
    )


def joined(base: str, to: str) -> str:
    """The address that ``to`` means on the page ``base``; "" for what is none."""
    try:
        return urljoin(base, to.strip())
    except ValueError:
        return ""


def posted(url: str, form: Mapping[str, str]) -> str:
    """The address that stands for a form sent to ``url``: the form is carried in its fragment.

    A fragment never leaves this machine, so an address stays one string wherever addresses are
    kept, compared and told; only who opens it must know.

    >>> posted("http://x.cn/search.jsp", {"currpage": "2"})
    'http://x.cn/search.jsp#!form:currpage=2'
    """
    return f"{url.partition('#')[0]}#!form:{urlencode(form)}"


def posted_json(url: str, value: object) -> str:
    """The address that stands for a JSON value sent to ``url``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{url.partition('#')[0]}#!json:{quote(text, safe=_PLAIN)}"


def without_session(url: str) -> str:
    """An address as it may be kept: the number of a visit is nobody else's.

    >>> without_session("http://x.cn/list.jsp;jsessionid=9F?id=3")
    'http://x.cn/list.jsp?id=3'
    """
    return _SESSION.sub("", url)


def to_post(url: str) -> tuple[str, bytes]:
    """Content type and body that are sent to an address; ``("", b"")`` if it is only asked for.

    >>> to_post(posted_json("http://x.cn/list", {"page": 1}))
    ('application/json; charset=UTF-8', b'{"page":1}')
    """
    fragment = url.partition("#")[2]
    for mark, kind in _POSTED.items():
        if fragment.startswith(mark):
            body = fragment.removeprefix(mark)
            return kind, (unquote(body) if mark == "!json:" else body).encode()
    return "", b""


def sent_form(url: str) -> dict[str, str]:
    """The form an address stands for, {} if it is none: what a next page changes one field of.

    >>> sent_form(posted("http://x.cn/search.jsp", {"currpage": "2", "area": ""}))
    {'currpage': '2', 'area': ''}
    """
    kind, body = to_post(url)
    form = kind == _POSTED["!form:"]
    return dict(parse_qsl(body.decode(), keep_blank_values=True)) if form else {}


def sent_json(url: str) -> object:
    """The JSON value an address stands for, None if it is none.

    >>> sent_json(posted_json("http://x.cn/list", {"pageIndex": 1}))
    {'pageIndex': 1}
    """
    kind, body = to_post(url)
    return json.loads(body) if kind == _POSTED["!json:"] else None


@lru_cache(maxsize=4096)
def identity(url: str) -> str:
    """What an address is compared by: scheme, www., session ids and index pages do not count.

    >>> identity("https://www.x.cn/a/index.html;jsessionid=9F") == identity("http://x.cn/a/")
    True
    """
    try:
        parts = urlsplit(_SESSION.sub("", url))
    except ValueError:
        return url
    host = (parts.netloc.lower()).removeprefix("www.")
    path = _INDEX.sub("/", parts.path) or "/"
    # a fragment that routes (#/list?id=7, #1532) or is sent tells columns of one address apart
    fragment = parts.fragment if parts.fragment[:1] in set("/!0123456789") else ""
    return urlunsplit(("", host, path, parts.query, fragment))


@lru_cache(maxsize=1024)
def _number(address: str) -> _Ip:
    """A network address as a number; the IPv4 address inside a mapped, 6to4 or NAT64 one."""
    number = ipaddress.ip_address(address)
    if isinstance(number, ipaddress.IPv6Address):
        if number in _NAT64:
            return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        return number.ipv4_mapped or number.sixtofour or number
    return number
