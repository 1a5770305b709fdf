"""对账（续）: backdatings, linked duties and removals beside the truth, where they are judged."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.fleet import almanac, hooks
from benchmarks.fleet.duties import PARTNER
from benchmarks.fleet.truth import LOOKS, Truth
from benchmarks.fleet.world import NEVER, Backdated, Fact, Place

#: days between the day an entry bears and the last night without it, from which on it is plain
DECIDABLE_FROM = 7
#: an entry without a clock of its own says nothing of today after so many days
_A_YEAR = 365


def backdated(truth: Truth, said: tuple[hooks.Backdating, ...]) -> dict[str, object]:
    planted = {_entry(truth, one.unit, one.duty, one.serial): one for one in truth.world.backdated}
    decidable = {name for name, one in planted.items() if _is_decidable(truth, one)}
    flagged = {one.entry for one in said}
    shams = {
        _entry(truth, unit, duty, one.serial)
        for (unit, duty), column in truth.world.columns.items()
        for one in column.entries
        if one.sham
    }
    honest = sum(len(column.entries) for column in truth.world.columns.values()) - len(planted)
    false = flagged - planted.keys() - shams
    unread: list[str] = []
    overstated = 0
    for one in said:
        place, night = _place(truth, one.entry), _night_shown(truth, one.absent)
        if not truth.is_clear(*place, night):
            unit = truth.world.units[place[0]]
            unread.append(f"{one.entry} {night} {truth.damage.of(place[0], unit.platform, night)}")
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
        "backdated_on_unread": len(unread),
        "backdated_overstated": overstated,
        "backdated_examples": {
            "missed": sorted(map(str, decidable - flagged))[:5],
            "false": sorted(map(str, false))[:5],
            "on unread": unread[:5],
        },
    }


def _is_decidable(truth: Truth, one: Backdated) -> bool:
    """Whether a list of before and one of after prove it.

    Both are of the same address: a list that stands elsewhere since the site was made anew is not
    the one that was read without the entry, and its absence there proves nothing here.
    """
    last = truth.last_absent(one.unit, one.duty, one.published)
    first = truth.first_shown(one.unit, one.duty, one.published)
    if last is None or first is None or last - one.claimed <= DECIDABLE_FROM:
        return False
    return truth.damage.era(one.unit, last) == truth.damage.era(one.unit, first)


def pairs(truth: Truth, named: Mapping[tuple[str, str], int] | None) -> dict[str, object]:
    """Documents said to lack their partner, beside those that lacked it long enough to be seen.

    ``named``: how many nights' verdicts said so. Held to what all gaps are held to: told is what
    two nights say, and asked for what two clear looks show. A night whose clock ran ahead takes a
    due day for passed, and nothing in its pages can tell; nobody is told of it, since the next
    night takes it back. What one night says is told beside it.
    """
    if named is None:
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
            wanting[world.units[one.unit].code, one.doc_no] = len(looks) >= LOOKS
    seen = {name for name, is_seen in wanting.items() if is_seen}
    said = {name for name, nights in named.items() if nights >= LOOKS}
    right = len(said & wanting.keys())
    at_once = len(named.keys() & wanting.keys())
    return {
        "links": "judged",
        "pairs_wanting": len(seen),
        "links_precision": round(right / len(said), 4) if said else None,
        "links_recall": round(len(said & seen) / len(seen), 4) if seen else None,
        "links_precision_of_one_night": round(at_once / len(named), 4) if named else None,
        "links_examples": {
            "missed": sorted(map(str, seen - said))[:5],
            "false": sorted(map(str, said - wanting.keys()))[:5],
        },
    }


def removed(truth: Truth, said: frozenset[hooks.EntryName] | None) -> dict[str, object]:
    """Entries said to be gone without a word, beside those a duty is the poorer for."""
    if said is None:
        return {"removals": "not judged yet"}
    planted = {_entry(truth, *one[:3]): one for one in truth.world.removals}
    owed = {name for name, one in planted.items() if _is_owed(truth, *one)}
    return {
        "removals": "judged",
        "removed": len(planted),
        "removed_owed": len(owed),
        "removed_found": len(said & owed),
        "removed_false": len(said - planted.keys()),
        "removed_examples": {
            "missed": sorted(map(str, owed - said))[:5],
            "false": sorted(map(str, said - planted.keys()))[:5],
        },
    }


def _is_owed(truth: Truth, unit: int, duty_number: int, serial: int, day: int) -> bool:
    """Whether a duty asks for the entry when it goes, and two looks show that it is gone.

    Where any entry of a column will do, none of them is owed as long as the others suffice.
    """
    world, place = truth.world, (unit, duty_number)
    duty, column = world.duties[duty_number], world.columns[place]
    looks = [night for night in range(day, world.last + 1) if truth.is_clear(*place, night)]
    claimed = max(one.claimed or one.appears for one in column.entries if one.serial == serial)
    if len(looks) < 2 or duty.kind in {"notice_period", "takedown_after"}:
        return False
    if world.fact(place, day) is Fact.GAP:
        return not column.planted_fault(day)
    if duty.any_title:
        return False
    if duty.age:
        return looks[1] <= almanac.age_after(claimed, duty.age)
    if duty.every:
        return claimed >= almanac.last_closed(duty.every, looks[1])[0]
    return claimed >= looks[1] - _A_YEAR


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
