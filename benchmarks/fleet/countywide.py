"""全县的播种: backdatings, changed days, and entries gone without a word, here and there."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from random import Random

from benchmarks.fleet.duties import PARTNER, TRIGGER
from benchmarks.fleet.sowing import Sowing
from benchmarks.fleet.world import NEVER, World

#: kinds of clock whose entries come again and again, and those under which nothing is owed
STEADY = frozenset({"column_max_age", "periodic"})
LOOSE = frozenset({"on_occurrence", "unspecified", "notice_period", "before_event"})


def plant_backdated(world: World, rng: Random, serials: count[int]) -> None:
    """120 of them in 60 units and 120 nights, beside those of the gaps that were mended so."""
    nights = len(world.nights)
    wanted = round(120 * len(world.units) * len(world.duties) * nights / (60 * 30 * 120))
    open_to = [
        place
        for place in world.columns
        if world.duties[place[1]].kind in STEADY | LOOSE
        and world.duties[place[1]] not in {PARTNER, TRIGGER}
    ]
    for _ in range(wanted):
        unit, duty = rng.choice(open_to)
        sowing = Sowing(
            rng=rng,
            world=world,
            unit=unit,
            duty_number=duty,
            column=world.columns[unit, duty],
            serials=serials,
            habit="sloppy",
        )
        day = rng.randint(world.first + 10, world.last - 3)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            sowing.publish(day, claimed=day - rng.randint(8, min(150, day - world.first + 60)))


def plant_redated(world: World, rng: Random) -> None:
    """Entries whose day is changed to a later one: the column looks fresh, and nothing is new."""
    for _ in range(max(1, len(world.units) * len(world.nights) // 240)):
        unit, duty = rng.choice(list(world.columns))
        column = world.columns[unit, duty]
        column.refresh()
        if world.duties[duty].kind not in STEADY:
            continue
        day = rng.randint(world.first + 10, world.last - 3)
        old = [
            one
            for one in column.shown(day)
            if one.claimed and not one.sham and one.vanishes > day + 1 and one.claimed < day - 20
        ]
        if old:
            entry = rng.choice(old)
            column.entries.remove(entry)
            column.entries.append(replace(entry, vanishes=day))
            column.entries.append(replace(entry, appears=day, claimed=day, sham="redated"))
            world.redated.append((unit, duty, entry.serial, day))


def plant_removals(world: World, rng: Random) -> None:
    """Entries that are gone one day without a word, where the list goes on: 30 in 120 nights."""
    nights = len(world.nights)
    wanted = max(2, len(world.units) * nights * 30 // (60 * 120))
    taken = {(backdated.unit, backdated.serial) for backdated in world.backdated}
    places = [
        place
        for place in world.columns
        if world.duties[place[1]].kind in STEADY | LOOSE
        and world.duties[place[1]] not in {PARTNER, TRIGGER}
    ]
    for _ in range(wanted * 3):
        if wanted <= 0:
            break
        unit, duty = rng.choice(places)
        column = world.columns[unit, duty]
        column.refresh()
        day = rng.randint(world.first + min(15, nights // 3), world.last - min(10, nights // 4))
        old = [
            one
            for one in column.shown(day)
            if one.vanishes == NEVER
            and one.appears < day - 10
            and not one.sham
            and (unit, one.serial) not in taken
        ]
        if len(old) > 3:
            entry = old[len(old) // 2]
            column.entries.remove(entry)
            column.entries.append(replace(entry, vanishes=day))
            world.removals.append((unit, duty, entry.serial, day))
            wanted -= 1
