"""读设置: settings.yaml and the environment → one frozen :class:`Settings`.

In: the work folder and what ``--set`` says. Out: settings with every value checked; all mistakes
at once. Passwords never stand in the file: see :func:`secret`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.judgements.rehearsal import Rehearsing
from monitor.judgements.score import Ranking, Scoring
from monitor.model import Network
from monitor.settings.meaning import DATABASE_VARIABLE, mistakes_of_meaning
from monitor.settings.overrides import with_overrides
from monitor.settings.sections import FileSettings
from monitor.wording import Refusal
from monitor.yamlfile import check, parse, read

FILE = "settings.yaml"
VERSION = "0.1"
_EXAMPLES = frozenset({"change-me", "changeme", "password", "请填写", "xxxxxx"})


@dataclass(frozen=True, kw_only=True)
class Settings(FileSettings):
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

    def to_scoring(self) -> Scoring:
        """The constants of a score."""
        said = {one.name: getattr(self.score, one.name) for one in fields(self.score)}
        return Scoring(**said | {"ranking": Ranking(self.score.ranking)})

    def to_rehearsing(self) -> Rehearsing:
        """The thresholds of a rehearsal."""
        return Rehearsing(
            **{one.name: getattr(self.rehearsal, one.name) for one in fields(self.rehearsal)}
        )


def load(
    folder: Path,
    *,
    overrides: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    needed: bool = True,
) -> Settings:
    """Read ``folder/settings.yaml``; ``overrides`` are ``network.delay=0`` as ``--set`` gives them.

    A folder without the file is refused, or has the default settings where none are ``needed``.

    ``MINGCHA_DATABASE`` in ``environ`` goes before the file's database: only there may the
    address carry a password. Raises :class:`Mistakes` with exit code 3.
    """
    path = folder / FILE
    if path.exists():
        parsed = read(path)
    elif needed:
        raise Refusal.NO_SETTINGS.error(folder=folder)
    else:
        parsed = parse(default_text(), path=FILE)
    mistakes = list(parsed.mistakes)
    root = parsed.root
    if root is not None:
        root, bad_overrides = with_overrides(root, overrides)
        made, bad_values = check(root, FileSettings)
        mistakes += [*bad_overrides, *bad_values, *mistakes_of_meaning(root)]
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

    beside = Path(__file__).resolve().parents[2] / "rules.yaml"
    installed = Path(sysconfig.get_path("data"), "share", "mingcha", "rules.yaml")
    return beside if beside.exists() else installed
