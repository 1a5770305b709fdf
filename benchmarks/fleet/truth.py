"""真相: what is so in every night of a world, and its digest, written before anything is judged.

    python benchmarks/fleet/truth.py [--seeds 1 2 3] [--write]

In: a seed and a size. Out: for every unit and item what a careful inspector with full sight knows
of it in each night, as spans; the planted backdatings, pairs, removals and changed days; from which
clear look a gap is provable. ``--write`` keeps the digests and counts in ``truth.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.fleet.damage import OF_FILES, Damage, plan
from benchmarks.fleet.duties import PARTNER, TRIGGER
from benchmarks.fleet.planting import build
from benchmarks.fleet.world import NEVER, Fact, Place, World

KEPT = Path(__file__).with_name("truth.json")
#: nights begin here: every kind of yearly clock has a due day in the 120 that follow
FIRST = date(2024, 3, 4).toordinal()
SEEDS = (1, 2, 3)
UNITS, COLUMNS, NIGHTS, DAMAGE = 60, 30, 120, 0.2
#: clear looks that show a gap before a finding of it may be confirmed
LOOKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """一个真缺口: from which night it is so, seen, provable, and the first night it is not so."""

    unit: int
    duty: int
    starts: int
    seen_on: int  # first clear look that shows it
    provable_on: int  # second such look
    ends: int  # first night on which it is mended, in truth
    turns_sham: int  # first night on which it only looks mended


@dataclass(kw_only=True)
class Truth:
    """真相 of one seed."""

    world: World
    damage: Damage
    spans: dict[tuple[int, int], list[tuple[str, int, int]]]
    gaps: list[Gap]
    crawled: frozenset[int] = frozenset()  # nights over HTTP, whose pages are as sites show them

    @cached_property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where what a unit code and the id of an item name is in the world."""
        return {
            (unit.code, duty.id): (number, place)
            for number, unit in enumerate(self.world.units)
            for place, duty in enumerate(self.world.duties)
        }

    def is_clear(self, unit: int, duty: int, night: int) -> bool:
        """Whether a look at what an item is judged by shows in a night what is there."""
        duties = self.world.duties
        is_linked = duties[duty] is PARTNER and TRIGGER in duties
        if is_linked and not self.is_clear(unit, duties.index(TRIGGER), night):
            return False
        damage, plans = self.damage, self.world.units
        kind = damage.of(unit, plans[unit].platform, night)
        if night in self.crawled and kind in OF_FILES:
            return True
        if night in damage.jumps:
            return False
        return not (kind and damage.of_column(kind, unit, duty, night, len(self.world.duties)))

    def last_absent(self, unit: int, duty: int, before: int) -> int | None:
        """The last clear look before a day; what came up on it was then not there."""
        looks = (night for night in range(before - 1, self.world.first - 1, -1))
        return next((night for night in looks if self._shows_list(unit, duty, night)), None)

    def first_shown(self, unit: int, duty: int, day: int) -> int | None:
        looks = range(max(day, self.world.first), self.world.last + 1)
        return next((night for night in looks if self._shows_list(unit, duty, night)), None)

    def _shows_list(self, unit: int, duty: int, night: int) -> bool:
        fault = self.world.columns[unit, duty].fault(night)
        return not fault and self.is_clear(unit, duty, night)

    def told(self) -> dict[str, object]:
        """Everything, as plain lists: what the digest is taken of."""
        world = self.world
        return {
            "units": [(one.code, one.habit, one.platform) for one in world.units],
            "items": {f"{unit}/{duty}": spans for (unit, duty), spans in self.spans.items()},
            "entries": [
                (
                    unit,
                    duty,
                    one.serial,
                    one.title,
                    one.claimed,
                    one.appears,
                    one.vanishes,
                    one.sham,
                )
                for (unit, duty), column in world.columns.items()
                for one in column.entries
            ],
            "gaps": [
                (one.unit, one.duty, one.starts, one.seen_on, one.provable_on, one.ends)
                for one in self.gaps
            ],
            "backdated": [
                (one.unit, one.duty, one.serial, one.published, one.claimed)
                for one in world.backdated
            ],
            "redated": world.redated,
            "removals": world.removals,
            "pairs": [
                (one.unit, one.trigger, one.partner, one.published, one.due, one.followed)
                for one in world.pairs
            ],
            "persons": [
                (one.unit, one.duty, one.serial, one.published, one.shows, one.decoys)
                for one in world.persons.values()
            ],
            "damage": [
                sorted((unit, night, kind) for (unit, night), kind in self.damage.units.items()),
                sorted((name, day, kind) for (name, day), kind in self.damage.platforms.items()),
                sorted(self.damage.network_down),
                sorted(self.damage.jumps.items()),
            ],
        }

    def digest(self) -> str:
        text = json.dumps(self.told(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def counts(self) -> dict[str, object]:
        world = self.world
        nights: Counter[str] = Counter()
        for spans in self.spans.values():
            for fact, first, last in spans:
                nights[fact] += last - first + 1
        decidable = [
            one
            for one in world.backdated
            if (last := self.last_absent(one.unit, one.duty, one.published)) is not None
            and last > one.claimed
            and self.first_shown(one.unit, one.duty, one.published) is not None
        ]
        return {
            "item_nights": dict(sorted(nights.items())),
            "gaps": len(self.gaps),
            "provable": sum(one.provable_on < NEVER for one in self.gaps),
            "mended": sum(one.ends < NEVER for one in self.gaps),
            "shams": dict(
                sorted(
                    Counter(
                        case.sham
                        for column in world.columns.values()
                        for case in column.cases
                        if case.sham and case.sham_on <= world.last
                    ).items()
                )
            ),
            "backdated": len(world.backdated),
            "decidable": len(decidable),
            "redated": len(world.redated),
            "removals": len(world.removals),
            "pairs": len(world.pairs),
            "pairs_missing": sum(one.followed is None for one in world.pairs),
            "pairs_late": sum(
                one.followed is not None and one.followed > one.due for one in world.pairs
            ),
            "decoys": world.decoys,
            "lists_of_persons": len(world.persons),
            "numbers_of_persons": sum(len(one.shows) for one in world.persons.values()),
            "number_decoys": sum(len(one.decoys) for one in world.persons.values()),
            "entries": sum(len(column.entries) for column in world.columns.values()),
            "damaged_share": round(self.damage.share, 4),
        }


def truth_of(
    seed: int,
    *,
    units: int = UNITS,
    columns: int = COLUMNS,
    nights: int = NIGHTS,
    damage: float = DAMAGE,
    first: int = FIRST,
) -> Truth:
    """The world of a seed, its damage, and what is so in it."""
    world = build(seed=seed, units=units, columns=columns, nights=nights, first=first)
    spans = {place: world.spans(place) for place in world.columns}
    truth = Truth(world=world, damage=plan(world, damage), spans=spans, gaps=[])
    for (unit, duty), told in spans.items():
        truth.gaps.extend(_gaps(truth, unit, duty, told))
    return truth


def _gaps(truth: Truth, unit: int, duty: int, spans: list[tuple[str, int, int]]) -> list[Gap]:
    """The gaps of one item; what looks mended in between is the same gap."""
    found: list[Gap] = []
    for place, (fact, first, last) in enumerate(spans):
        if fact != Fact.GAP.value:
            continue
        following = spans[place + 1] if place + 1 < len(spans) else None
        is_sham = following is not None and following[0] == Fact.SHAM.value
        after = spans[place + 2] if is_sham and place + 2 < len(spans) else None
        looks = [night for night in range(first, last + 1) if truth.is_clear(unit, duty, night)]
        ends = last + 1 if following is not None and not is_sham else NEVER
        if is_sham and after is not None:
            ends = after[1]
        found.append(
            Gap(
                unit=unit,
                duty=duty,
                starts=first,
                seen_on=looks[0] if looks else NEVER,
                provable_on=looks[LOOKS - 1] if len(looks) >= LOOKS else NEVER,
                ends=ends,
                turns_sham=last + 1 if is_sham else NEVER,
            )
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    kept: dict[str, object] = {}
    for seed in said.seeds:
        truth = truth_of(seed)
        kept[str(seed)] = {"sha256": truth.digest(), **truth.counts()}
        print(seed, json.dumps(kept[str(seed)]))
    if said.write:
        size = {"units": UNITS, "columns": COLUMNS, "nights": NIGHTS, "damage": DAMAGE}
        text = json.dumps({"size": size, "seeds": kept}, ensure_ascii=False, indent=1)
        KEPT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
