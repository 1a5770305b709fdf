"""对账（续）: backdatings, linked duties and removals beside the truth, where they are judged."""

from __future__ import annotations

from benchmarks.fleet import hooks
from benchmarks.fleet.duties import PARTNER
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import NEVER, Fact, Place

#: days between the day an entry bears and the last night without it, from which on it is plain
DECIDABLE_FROM = 7


def backdated(truth: Truth, said: tuple[hooks.Backdating, ...] | None) -> dict[str, object]:
    if said is None:
        return {"backdating": "not judged yet"}
    planted = {_entry(truth, one.unit, one.duty, one.serial): one for one in truth.world.backdated}
    decidable = {
        name
        for name, one in planted.items()
        if (last := truth.last_absent(one.unit, one.duty, one.published)) is not None
        and last - one.claimed > DECIDABLE_FROM
        and truth.first_shown(one.unit, one.duty, one.published) is not None
    }
    flagged = {one.entry for one in said}
    shams = {
        _entry(truth, unit, duty, one.serial)
        for (unit, duty), column in truth.world.columns.items()
        for one in column.entries
        if one.sham
    }
    honest = sum(len(column.entries) for column in truth.world.columns.values()) - len(planted)
    false = flagged - planted.keys() - shams
    unread = overstated = 0
    for one in said:
        place = _place(truth, one.entry)
        unread += not truth.is_clear(*place, _night_shown(truth, one.absent))
        if (real := planted.get(one.entry)) is not None:
            overstated += one.days_late > real.published - real.claimed
    return {
        "backdating": "judged",
        "backdated": len(planted),
        "backdated_decidable": len(decidable),
        "backdated_said": len(said),
        "honest_entries": honest,
        "backdated_recall": round(len(flagged & decidable) / max(1, len(decidable)), 4),
        "backdated_false": len(false),
        "backdated_false_per_5000": round(len(false) * 5000 / max(1, honest), 3),
        "backdated_on_unread": unread,
        "backdated_overstated": overstated,
        "backdated_examples": {
            "missed": sorted(map(str, decidable - flagged))[:5],
            "false": sorted(map(str, false))[:5],
        },
    }


def pairs(truth: Truth, said: frozenset[tuple[str, str]] | None) -> dict[str, object]:
    """Documents said to lack their partner, beside those that lacked it long enough to be seen."""
    if said is None:
        return {"links": "not judged yet"}
    duties, world = truth.world.duties, truth.world
    if PARTNER not in duties:
        return {"links": "not asked"}
    place = duties.index(PARTNER)
    wanting: dict[tuple[str, str], bool] = {}
    for one in world.pairs:
        end = min(one.followed or NEVER, world.last + 1)
        looks = [
            night
            for night in range(one.due + 1, end)
            if truth.is_clear(one.unit, place, night)
            and not world.columns[one.unit, place].fault(night)
            and world.fact((one.unit, place), night) is Fact.GAP
        ]
        if end > one.due + 1:
            wanting[world.units[one.unit].code, one.doc_no] = bool(looks)
    seen = {name for name, is_seen in wanting.items() if is_seen}
    right = len(said & wanting.keys())
    return {
        "links": "judged",
        "pairs_wanting": len(seen),
        "links_precision": round(right / len(said), 4) if said else None,
        "links_recall": round(len(said & seen) / len(seen), 4) if seen else None,
        "links_examples": {
            "missed": sorted(map(str, seen - said))[:5],
            "false": sorted(map(str, said - wanting.keys()))[:5],
        },
    }


def removed(truth: Truth, said: frozenset[hooks.EntryName] | None) -> dict[str, object]:
    if said is None:
        return {"removals": "not judged yet"}
    gone = {
        _entry(truth, unit, duty, serial)
        for unit, duty, serial, day in truth.world.removals
        if day + 6 <= truth.world.last
    }
    return {
        "removals": "judged",
        "removed": len(gone),
        "removed_found": len(said & gone),
        "removed_false": len(said - gone),
    }


def _entry(truth: Truth, unit: int, duty: int, serial: int) -> hooks.EntryName:
    return truth.world.units[unit].code, truth.world.duties[duty].column, serial


def _place(truth: Truth, entry: hooks.EntryName) -> Place:
    world = truth.world
    unit = next(number for number, one in enumerate(world.units) if one.code == entry[0])
    return unit, next(number for number, one in enumerate(world.duties) if one.column == entry[1])


def _night_shown(truth: Truth, day: int) -> int:
    """The night that bears a day by the office's clock: another one where that jumped."""
    jumped = (
        night
        for night, (kind, days) in truth.damage.jumps.items()
        if kind == "jump" and night + days == day and day > truth.world.last
    )
    return next(jumped, day)
