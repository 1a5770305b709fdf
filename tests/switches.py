"""A guard of the program taken out, in a process of its own and in all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: what an interpreter does at its start: the one module is compiled from other words
_SITE = """\
import importlib.machinery as machinery
import sys

MODULE, OLD, NEW = {module!r}, {stands!r}, {without!r}


class Loader(machinery.SourceFileLoader):
    def get_code(self, name):
        source = self.get_data(self.path).decode()
        if source.count(OLD) != 1:
            raise SystemExit(f"{{MODULE}} holds its guard {{source.count(OLD)}} times")
        return compile(source.replace(OLD, NEW), self.path, "exec", dont_inherit=True)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != MODULE:
            return None
        spec = machinery.PathFinder.find_spec(name, path)
        spec.loader = Loader(name, spec.origin)
        return spec


sys.meta_path.insert(0, Finder)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One guard: what is so because of it, and where it stands."""

    keeps: str
    module: str
    stands: str  # once in the module
    without: str  # the same place with the guard off
    test: str  # as pytest names it; fails without the guard


def guards() -> tuple[Guard, ...]:
    """The guards of ``guards.toml``."""
    listed = tomllib.loads((ROOT / "tests" / "guards.toml").read_text("utf-8"))
    return tuple(Guard(**one) for one in listed["guard"])


def run_without(guard: Guard, place: Path) -> subprocess.CompletedProcess[str]:
    """Run the test of a guard in a process in which it is off; ``place``: an empty folder."""
    site = _SITE.format(module=guard.module, stands=guard.stands, without=guard.without)
    (place / "sitecustomize.py").write_text(site, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", guard.test],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
