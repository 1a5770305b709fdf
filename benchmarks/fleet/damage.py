"""损坏: which nights show what they should not, and how; a fifth of all, by default.

One plan for the whole run: what hides a unit's pages, what breaks a platform's, what is our own
fault. What a night shows of a column is ``Damage.of``; "" is a clear look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.fleet.world import World

#: kind: how often, and how many nights in a row at the most
_OF_ONE_UNIT: Mapping[str, tuple[int, int]] = {
    "outage": (26, 4),
    "long outage": (2, 14),
    "challenge": (14, 6),
    "maintenance": (8, 3),
    "truncated": (12, 2),
    "blank": (12, 4),  # no row is recognised
    "undated": (10, 4),  # the rows lose their days
    "hollow": (6, 1),  # the page itself says for a night that there is nothing
    "slow": (10, 3),  # the time of the unit is over half-way
    "redesign": (4, 2),
}
#: what may befall all sites of a platform, and how many nights at the most
_OF_A_PLATFORM: Mapping[str, int] = {
    "hollow": 3,
    "misread": 3,  # another block is read as the list; the known pages tell so
    "vendor down": 2,
    "blank": 3,
}
#: damage that stands in files only: over HTTP such a page is as it is
OF_FILES = frozenset({"", "blank", "undated", "slow"})
#: times in 120 nights
_PLATFORM_TIMES, _NETWORK_TIMES = 3, 2
#: how far the clock of our machine jumps, in days: for a night, or between two looks
_JUMPS = (("jump", 40), ("jump between", 3))


@dataclass(kw_only=True)
class Damage:
    """损坏 of every night; days are ordinals."""

    units: dict[tuple[int, int], str] = field(default_factory=dict)  # unit, night
    platforms: dict[tuple[str, int], str] = field(default_factory=dict)
    network_down: set[int] = field(default_factory=set)
    jumps: dict[int, tuple[str, int]] = field(default_factory=dict)
    redesigned: dict[int, list[int]] = field(default_factory=dict)  # unit → days
    wanted: float = 0.0
    share: float = 0.0  # of the nights of a unit that were damaged

    def of(self, unit: int, platform: str, night: int) -> str:
        """What is wrong with the pages of a unit in a night, before its columns."""
        if night in self.network_down:
            return "network"
        if found := self.platforms.get((platform, night)):
            return found
        return self.units.get((unit, night), "")

    def of_column(self, kind: str, unit: int, place: int, night: int, columns: int) -> str:
        """What is wrong with one column; some damage spares the others of a unit."""
        match kind:
            case "truncated":
                return kind if (unit + place + night) % 2 else ""
            case "slow":
                return kind if place >= columns // 2 else ""
        return kind

    def era(self, unit: int, night: int) -> int:
        """How many times the site was made anew up to a night."""
        return sum(day <= night for day in self.redesigned.get(unit, ()))


def plan(world: World, share: float) -> Damage:
    """Lay the damage over the nights of a world; ``share`` of each unit's nights have some."""
    rng = Random(world.seed * 7919 + 1)
    damage = Damage(wanted=share)
    if share <= 0:
        return damage
    nights = len(world.nights)
    scale = nights / 120 * share / 0.2
    for _ in range(round(_NETWORK_TIMES * scale)):
        damage.network_down.add(rng.randint(world.first + 2, world.last - 3))
    platforms = sorted({unit.platform for unit in world.units})
    for turn in range(round(_PLATFORM_TIMES * scale)):
        kind = list(_OF_A_PLATFORM)[turn % len(_OF_A_PLATFORM)]
        start = rng.randint(world.first + 3, world.last - 4)
        platform = rng.choice(platforms)
        for day in range(
            start, start + rng.randint(min(2, _OF_A_PLATFORM[kind]), _OF_A_PLATFORM[kind])
        ):
            damage.platforms[platform, day] = kind
    for number, (kind, days) in enumerate(_JUMPS * max(1, round(scale))):
        if nights >= 20:
            damage.jumps[world.first + 8 + (number * 61 + world.seed * 13) % (nights - 12)] = (
                kind,
                days,
            )
    common = len(damage.network_down) / nights
    for number, unit in enumerate(world.units):
        of_platform = sum(name == unit.platform for name, _ in damage.platforms) / nights
        _of_unit(world, damage, number, max(0.0, share - common - of_platform), rng)
    damaged = sum(
        bool(damage.of(number, unit.platform, night))
        for number, unit in enumerate(world.units)
        for night in world.nights
    )
    damage.share = damaged / (nights * len(world.units))
    return damage


def _of_unit(world: World, damage: Damage, unit: int, share: float, rng: Random) -> None:
    kinds = list(_OF_ONE_UNIT)
    weights = [_OF_ONE_UNIT[kind][0] for kind in kinds]
    wanted = round(share * len(world.nights))
    taken = 0
    for _ in range(wanted * 20):
        if taken >= wanted:
            break
        kind = rng.choices(kinds, weights)[0]
        longest = _OF_ONE_UNIT[kind][1]
        if kind == "redesign" and len(damage.redesigned.get(unit, ())) > len(world.nights) // 120:
            continue
        days = rng.randint(longest // 2 or 1, longest)
        start = rng.randint(world.first + 1, world.last)
        # one night lies between two troubles: a page that is hollow is so for one night only
        if any((unit, day) in damage.units for day in range(start - 1, start + days + 1)):
            continue
        if kind == "redesign":
            damage.redesigned.setdefault(unit, []).append(start)
        for day in range(start, min(start + days, world.last + 1)):
            damage.units[unit, day] = kind
            taken += 1
