"""设置的含义: hours, addresses, what excludes what; told from the tree, beside all else."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.cells import BadCell, is_host, read_address, read_mail
from monitor.wording import Mistake, Slip
from monitor.yamlfile import Node

DATABASE_VARIABLE = "MINGCHA_DATABASE"

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TARGET = re.compile(
    r"(?P<host>\[[0-9a-fA-F:]+\]|[^:\s]+):(?P<first>\d{1,5})(?:-(?P<last>\d{1,5}))?"
)
_DATABASE = re.compile(r"[a-z][a-z0-9+]*://\S*", re.IGNORECASE)


def mistakes_of_meaning(root: Node) -> Iterator[Mistake]:
    """What the shapes cannot tell."""
    yield from _clocks(root)
    yield from _database(root)
    yield from _mail(root)
    yield from _grades(root)
    for node in _texts(root, "network", "test_targets"):
        if not _is_test_target(str(node.value)):
            yield node.mistake(Slip.NOT_LOOPBACK, given=node.value)
    for node in _texts(root, "network", "allow_private"):
        if not _is_network(str(node.value)):
            yield node.mistake(Slip.BAD_NETWORK, given=node.value)
    for node in _texts(root, "network", "canaries"):
        if not _is_address(str(node.value)):
            yield node.mistake(Slip.BAD_ADDRESS, given=node.value)
    zone = _find(root, "schedule", "timezone")
    if zone and isinstance(zone.value, str) and not _is_zone(zone.value):
        yield zone.mistake(Slip.BAD_ZONE, given=zone.value)


def _clocks(root: Node) -> Iterator[Mistake]:
    wanted = (
        (("schedule", "scan"), _CLOCK, Slip.NOT_A_CLOCK),
        (("schedule", "monthly"), _CLOCK, Slip.NOT_A_CLOCK),
        (("schedule", "letters"), _CLOCK, Slip.NOT_A_CLOCK),
        (("schedule", "digest"), _CLOCK, Slip.NOT_A_CLOCK),
        (("budget", "window"), rf"{_CLOCK}-{_CLOCK}", Slip.NOT_A_WINDOW),
    )
    for keys, pattern, slip in wanted:
        node = _find(root, *keys)
        if node and isinstance(node.value, str) and not re.fullmatch(pattern, node.value):
            yield node.mistake(slip, key=keys[-1], given=node.value)


def _database(root: Node) -> Iterator[Mistake]:
    node = root.get("database")
    if not node or not isinstance(node.value, str):
        return
    if not _DATABASE.fullmatch(node.value.replace(" ", "")):
        yield node.mistake(Slip.BAD_DATABASE)
    elif re.search(r"://[^/@]*:[^/@]+@", node.value):
        yield node.mistake(Slip.SECRET_IN_DATABASE, variable=DATABASE_VARIABLE)


def _mail(root: Node) -> Iterator[Mistake]:
    for keys in (("office", "reply_to"), ("mail", "sender"), ("mail", "test_recipient")):
        node = _find(root, *keys)
        if node and isinstance(node.value, str) and not _is_mail(node.value):
            yield node.mistake(Slip.BAD_MAIL, key=keys[-1], given=node.value)
    live = _find(root, "mail", "live")
    if live is None or str(live.value).lower() not in ("true", "yes", "on", "1"):
        return
    host = _find(root, "mail", "host")
    for key in ("host", "sender"):
        node = _find(root, "mail", key)
        if node is None or not node.value:
            yield live.mistake(Slip.LIVE_WITHOUT_HOST, key=key)
    is_local = host is not None and is_loopback(str(host.value))
    if _texts(root, "network", "test_targets") and not is_local:
        yield live.mistake(Slip.TEST_AND_LIVE)


def _grades(root: Node) -> Iterator[Mistake]:
    """The bounds of the grades fall from one to the next; one that is not there is the default."""
    bounds = {"excellent": 90.0, "good": 80.0, "passed": 60.0}
    for key in bounds:
        node = _find(root, "score", key)
        if node is not None and isinstance(node.value, int | float):
            bounds[key] = float(node.value)
    for (higher, above), (lower, below) in pairwise(bounds.items()):
        node = _find(root, "score", lower) or _find(root, "score", higher)
        if node is not None and below > above:
            yield node.mistake(
                Slip.GRADES_TURNED, key=lower, given=f"{below:g}", above=f"{above:g}"
            )


def _find(root: Node, *keys: str) -> Node | None:
    node: Node | None = root
    for key in keys:
        node = node.get(key) if node else None
    return node


def _texts(root: Node, *keys: str) -> tuple[Node, ...]:
    node = _find(root, *keys)
    return tuple(inner for inner in node.items if isinstance(inner.value, str)) if node else ()


def _is_test_target(text: str) -> bool:
    found = _TARGET.fullmatch(text)
    if not found or not is_loopback(found["host"]):
        return False
    first, last = int(found["first"]), int(found["last"] or found["first"])
    return 1 <= first <= last <= 65535


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        host, _, port = text.partition(":")
        return is_host(host) and (not port or port.isdecimal())
    return True


def _is_address(text: str) -> bool:
    try:
        return read_address(text) == (text, False)
    except BadCell:
        return False


def _is_mail(text: str) -> bool:
    try:
        read_mail(text)
    except BadCell:
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine and nothing else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
