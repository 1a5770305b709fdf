"""巡查范围: what a scan takes, and how a scan that was begun keeps it beside its plans.

A scan's folder appears whole: with it stand the plans of all batches, so that whoever goes on
with the scan reads what was planned and judges what was asked for.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.model import Plan, Unit, UnitType
from monitor.wire import plan_name, read_plan, write_plan
from monitor.wording import Trouble

_FILE = "scope.json"
#: the families of publishing systems whose pages this scan cannot be believed to have read
_FAILING = "failing.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """巡查范围: which units, classes and items; empty means all."""

    units: frozenset[str] = frozenset()
    types: frozenset[UnitType] = frozenset()
    requirements: frozenset[str] = frozenset()

    def takes(self, unit: Unit) -> bool:
        return (not self.units or unit.code in self.units) and (
            not self.types or bool(self.types & unit.types)
        )


ALL = Choice()


def told(choice: Choice) -> dict[str, tuple[str, ...]]:
    """A choice as plain values."""
    return {
        "units": tuple(sorted(choice.units)),
        "types": tuple(sorted(one.value for one in choice.types)),
        "requirements": tuple(sorted(choice.requirements)),
    }


def choice_of(said: Mapping[str, Sequence[str]]) -> Choice:
    """The choice of such values; raises KeyError and ValueError where they are none."""
    return Choice(
        units=frozenset(said["units"]),
        types=frozenset(map(UnitType, said["types"])),
        requirements=frozenset(said["requirements"]),
    )


def begin(place: Path, batches: Iterable[Plan], choice: Choice) -> None:
    """Make the folder of a scan with the plans of its batches."""
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)  # of a start that was cut off
    fresh.mkdir(parents=True)
    said = json.dumps(told(choice), ensure_ascii=False)
    (fresh / _FILE).write_text(said, encoding="utf-8")
    for batch in batches:
        write_plan(fresh / plan_name(batch.night, batch.batch), batch)
    fresh.rename(place)


def note_failing(place: Path, platforms: Iterable[str]) -> None:
    """Keep which families failed their known pages in a scan; once noted, it stays noted."""
    names = sorted(failing_in(place).union(platforms))
    if names:
        (place / _FAILING).write_text(json.dumps(names), encoding="utf-8")


def failing_in(place: Path) -> frozenset[str]:
    """The families that failed their known pages in a scan."""
    try:
        return frozenset(json.loads((place / _FAILING).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError) as error:
        raise Trouble.PLAN_UNREADABLE.error(path=place / _FAILING) from error


def begun(place: Path) -> tuple[tuple[Plan, ...], Choice]:
    """Read the plans of a scan that was begun, the first batch first, and what it takes."""
    plans = sorted(map(read_plan, place.glob("plan-*.jsonl")), key=lambda plan: plan.batch)
    try:
        said = json.loads((place / _FILE).read_text(encoding="utf-8"))
        choice = choice_of(said)
    except (OSError, ValueError, KeyError) as error:
        raise Trouble.PLAN_UNREADABLE.error(path=place / _FILE) from error
    return tuple(plans), choice
