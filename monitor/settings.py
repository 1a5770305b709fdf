"""设置: settings.yaml and the environment → one frozen :class:`Settings`.

In: the work folder and what ``--set`` says. Out: settings with every value checked; all mistakes
at once. Passwords never stand in the file: see :func:`secret`.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.cells import BadCell, is_host, read_mail
from monitor.model import Network
from monitor.wording import Mistake, Refusal, Slip, nearest
from monitor.yamlfile import (
    Blank,
    Count,
    Day,
    Node,
    Several,
    Text,
    check,
    number,
    parse,
    read,
    shape,
)

FILE = "settings.yaml"
VERSION = "0.1"
DATABASE_VARIABLE = "MINGCHA_DATABASE"
_EXAMPLES = frozenset({"change-me", "changeme", "password", "请填写", "xxxxxx"})

Seconds = Annotated[float, number(ge=0, le=3600)]
Hours = Annotated[float, number(ge=0, le=240)]
Port = Annotated[int, number(ge=1, le=65535)]


@shape
class Office:
    """本局."""

    name: Blank = ""
    phone: Blank = ""
    reply_to: Blank = ""
    officer: Blank = ""


@shape
class NetworkSettings:
    """网络. ``test_targets``: loopback addresses the demo and the tests are served from."""

    delay: Seconds = 2.0
    timeout: Annotated[float, number(gt=0, le=600)] = 30
    tries: Annotated[int, number(ge=1, le=10)] = 3
    pauses: tuple[Seconds, ...] = (2, 8, 30)
    ceiling: Annotated[int, number(ge=1, le=256)] = 16
    tls: Literal["lenient", "strict"] = "lenient"
    allow_private: tuple[Text, ...] = ()
    test_targets: tuple[Text, ...] = ()
    canaries: tuple[Text, ...] = ()


@shape
class Budget:
    """用量上限."""

    pages_per_column: Count = 60
    pages_per_unit: Count = 300
    depth: Count = 6
    minutes_per_unit: Annotated[float, number(gt=0, le=600)] = 10
    window: Text = "23:00-06:00"


@shape
class Judge:
    """判断口径."""

    soon_days: Annotated[int, number(ge=0, le=90)] = 7


@shape
class Confirm:
    """确认: how often, and how far apart, a gap is seen before it counts."""

    scans: Annotated[int, number(ge=1, le=10)] = 2
    min_hours: Hours = 12


@shape
class RobotsOverride:
    """例外: a host read in spite of its robots.txt, and why."""

    host: Text
    reason: Text
    by: Text
    on: Day


@shape
class MailSettings:
    """邮件. Nothing leaves the machine until ``live``."""

    host: Blank = ""
    port: Port = 465
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Blank = ""
    sender: Blank = ""
    live: bool = False
    test_recipient: Blank = ""


@shape
class Schedule:
    """定时."""

    timezone: Text = "Asia/Shanghai"
    scan: Text = "23:00"
    digest: Text = "08:30"


@shape
class _File:
    """What settings.yaml may hold."""

    office: Office = Office()
    database: Text = field(default="sqlite:///mingcha.db", repr=False)  # may carry a password
    rules: Several = ("rules.yaml",)
    network: NetworkSettings = NetworkSettings()
    budget: Budget = Budget()
    judge: Judge = Judge()
    confirm: Confirm = Confirm()
    robots: tuple[RobotsOverride, ...] = ()
    mail: MailSettings = MailSettings()
    schedule: Schedule = Schedule()


@dataclass(frozen=True, kw_only=True)
class Settings(_File):
    """设置 of one work folder."""

    folder: Path

    @property
    def database_address(self) -> str:
        """The database; a relative SQLite file lies in the work folder."""
        scheme, mark, path = self.database.partition(":///")
        if not mark or not scheme.startswith("sqlite") or path.startswith(("/", ":")) or not path:
            return self.database
        return f"{scheme}:///{(self.folder / path).resolve().as_posix()}"

    @property
    def rules_paths(self) -> tuple[Path, ...]:
        """The catalog and its layers; the catalog that comes with the program if none is here."""
        here = tuple(self.folder / name for name in self.rules)
        return tuple(
            shipped_rules() if path.name == "rules.yaml" and not path.exists() else path
            for path in here
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of every day and hour."""
        return ZoneInfo(self.schedule.timezone)

    def to_network(self) -> Network:
        """The part a crawl needs."""
        return Network(
            **{one.name: getattr(self.network, one.name) for one in fields(self.network)},
            user_agent=user_agent(self.office.phone),
            robots_overrides=tuple(one.host for one in self.robots),
            pages_per_column=self.budget.pages_per_column,
            pages_per_unit=self.budget.pages_per_unit,
            depth=self.budget.depth,
            minutes_per_unit=self.budget.minutes_per_unit,
        )


def load(
    folder: Path,
    *,
    overrides: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read ``folder/settings.yaml``; ``overrides`` are ``network.delay=0`` as ``--set`` gives them.

    ``MINGCHA_DATABASE`` in ``environ`` goes before the file's database: only there may the
    address carry a password. Raises :class:`Mistakes` with exit code 3.
    """
    path = folder / FILE
    if not path.exists():
        raise Refusal.NO_SETTINGS.error(folder=folder)
    parsed = read(path)
    mistakes = list(parsed.mistakes)
    root = parsed.root
    if root is not None:
        root, bad_overrides = _with_overrides(root, overrides)
        made, bad_values = check(root, _File)
        mistakes += [*bad_overrides, *bad_values, *_semantic(root)]
        if made is not None and not mistakes:
            given = {one.name: getattr(made, one.name) for one in fields(made)}
            settings = Settings(folder=folder, **given)
            address = (environ or {}).get(DATABASE_VARIABLE, "")
            return replace(settings, database=address) if address else settings
    raise Refusal.SETTINGS.listing(sorted(mistakes, key=lambda mistake: mistake.line))


def default_text() -> str:
    """The settings file ``init`` writes: every setting with its default and what it does."""
    return resources.files("monitor").joinpath("data", FILE).read_text(encoding="utf-8")


def secret(variable: str, environ: Mapping[str, str]) -> str:
    """A password from ``variable``, or from the file ``variable_FILE`` names.

    The file must be readable by its owner alone.
    """
    value = environ.get(variable, "")
    if not value and (name := environ.get(f"{variable}_FILE", "")):
        value = _secret_file(Path(name), variable)
    if not value:
        raise Refusal.SECRET_MISSING.error(variable=variable)
    if value.casefold() in _EXAMPLES:
        raise Refusal.SECRET_EXAMPLE.error(variable=variable)
    return value


def _secret_file(path: Path, variable: str) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Refusal.SECRET_OPEN.error(path=path)
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refusal.SECRET_MISSING.error(variable=variable) from None


def user_agent(phone: str) -> str:
    """Who asks and whom to call about it, in the characters a header may hold.

    >>> user_agent("0550－1234567")
    'mingcha/0.1 (jiaoyuju xinxi gongkai xuncha; tel 0550-1234567)'
    """
    digits = re.sub(r"[^0-9+\- ]", "", phone.replace("－", "-").replace("—", "-")).strip()
    tel = f"; tel {digits}" if digits else ""
    return f"mingcha/{VERSION} (jiaoyuju xinxi gongkai xuncha{tel})"


def shipped_rules() -> Path:
    """The catalog that comes with the program: beside the packages, or where it was installed."""
    import sysconfig  # slow to import, and needed once

    beside = Path(__file__).resolve().parents[1] / "rules.yaml"
    installed = Path(sysconfig.get_path("data"), "share", "mingcha", "rules.yaml")
    return beside if beside.exists() else installed


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine and nothing else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


# --- overrides --------------------------------------------------------------------------


def _with_overrides(root: Node, overrides: Sequence[str]) -> tuple[Node, list[Mistake]]:
    """Lay ``--set`` values over the tree; each keeps ``--set …`` as its place."""
    mistakes: list[Mistake] = []
    for given in overrides:
        name, mark, text = given.partition("=")
        label = f"--set {given}" if "password" not in name else f"--set {name}"
        keys = name.strip().split(".")
        if not mark or not all(keys):
            mistakes.append(_at(label, Slip.NOT_AN_OVERRIDE, given=given))
        elif unknown := _unknown_setting(label, keys):
            mistakes.append(unknown)
        else:
            root = _set(root, keys, _value(text, label))
    return root, mistakes


def _value(text: str, label: str) -> Node:
    """The text as YAML would read it; as plain text when it is no YAML."""
    parsed = parse(text, path=label)
    if parsed.root is None or parsed.mistakes:
        return Node(text or None, label, 0, 0)
    return replace(parsed.root, line=0, column=0)


def _unknown_setting(label: str, keys: Sequence[str]) -> Mistake | None:
    here: Any = _File
    for key in keys:
        known = get_type_hints(here) if is_dataclass(here) else {}
        if key not in known:
            near = nearest(key, known.keys())
            slip = Slip.UNKNOWN_SETTING_NEAR if near else Slip.UNKNOWN_SETTING
            return _at(label, slip, key=key, near=near, known="、".join(known))
        here = known[key]
    return None


def _set(node: Node, keys: Sequence[str], value: Node) -> Node:
    if not keys:
        return value
    old = node.get(keys[0])
    inner = old if old and isinstance(old.value, Mapping) else Node({}, value.path, 0, 0)
    new = _set(inner, keys[1:], value)
    values = dict(node.value) if isinstance(node.value, Mapping) else {}
    return Node({**values, keys[0]: new}, node.path, node.line, node.column, node.keys)


def _at(label: str, slip: Slip, **facts: object) -> Mistake:
    what, remedy = slip.tell(**facts)
    return Mistake(path=label, what=what, remedy=remedy)


# --- what values mean -------------------------------------------------------------------

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TARGET = re.compile(
    r"(?P<host>\[[0-9a-fA-F:]+\]|[^:\s]+):(?P<first>\d{1,5})(?:-(?P<last>\d{1,5}))?"
)
_DATABASE = re.compile(r"[a-z][a-z0-9+]*://\S*", re.IGNORECASE)


def _semantic(root: Node) -> Iterator[Mistake]:
    """What the shapes cannot tell; looks at the text, so that it comes with every other mistake."""
    yield from _clocks(root)
    yield from _database(root)
    yield from _mail(root)
    for node in _texts(root, "network", "test_targets"):
        if not _is_test_target(str(node.value)):
            yield node.mistake(Slip.NOT_LOOPBACK, given=node.value)
    for node in _texts(root, "network", "allow_private"):
        if not _is_network(str(node.value)):
            yield node.mistake(Slip.BAD_NETWORK, given=node.value)
    zone = _find(root, "schedule", "timezone")
    if zone and isinstance(zone.value, str) and not _is_zone(zone.value):
        yield zone.mistake(Slip.BAD_ZONE, given=zone.value)


def _clocks(root: Node) -> Iterator[Mistake]:
    wanted = (
        (("schedule", "scan"), _CLOCK, Slip.NOT_A_CLOCK),
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
