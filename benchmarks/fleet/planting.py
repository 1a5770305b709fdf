"""播种: a seed → the world, with each gap, sham, fix, removal, pair and backdating planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from random import Random

from benchmarks.fleet import almanac
from benchmarks.fleet.countywide import plant_backdated, plant_redated, plant_removals
from benchmarks.fleet.duties import (
    DUTIES,
    PARTNER,
    TRIGGER,
    Duty,
    Shown,
    due_days,
    edition_of,
    event_due,
    is_gap,
)
from benchmarks.fleet.pairs import plant_pairs
from benchmarks.fleet.persons import plant_persons
from benchmarks.fleet.sowing import Sowing, steady_days
from benchmarks.fleet.world import NEVER, Case, Column, UnitPlan, World

#: how often an item of a unit has a gap of its own, in 120 nights
_GAP_SHARE = {"punctual": 0.03, "late": 0.12, "sloppy": 0.30}
_LATE_SHARE = {"punctual": 0.04, "late": 0.40, "sloppy": 0.55}
_SHAM_SHARE = 0.45
_RELAPSE_SHARE = 0.25
_SLOT = 120
#: the systems that sites stand on, by the mark that each leaves in its pages
PLATFORMS = {
    "dedecms": "/plus/count.php",
    "kesion": "/KS_Inc/common/kesion.common.js",
    "siteserver": "/SiteServer/style.css",
}
_FAULTS = ("emptied", "removed", "broken")


def build(*, seed: int, units: int, columns: int, nights: int, first: int) -> World:
    """The world of a seed; the same arguments give the same world."""
    rng = Random(seed)
    world = World(
        seed=seed,
        first=first,
        last=first + nights - 1,
        units=[_unit(number, rng) for number in range(units)],
        duties=list(DUTIES[:columns]),
        columns={},
    )
    serials = count(1)
    for number, unit in enumerate(world.units):
        for place, duty in enumerate(world.duties):
            column = Column()
            world.columns[number, place] = column
            sowing = Sowing(
                rng=rng,
                world=world,
                unit=number,
                duty_number=place,
                column=column,
                serials=serials,
                habit=unit.habit,
            )
            _PLANTERS.get(duty.kind, _plant_loose)(sowing)
    if PARTNER in world.duties and TRIGGER in world.duties:
        plant_pairs(world, rng, serials)
    plant_backdated(world, rng, serials)
    plant_redated(world, rng)
    plant_removals(world, rng)
    plant_persons(world, Random(seed * 104_729 + 7), serials)
    for column in world.columns.values():
        column.refresh()
    return world


def _unit(number: int, rng: Random) -> UnitPlan:
    habit = rng.choices(("punctual", "late", "sloppy"), (50, 30, 20))[0]
    return UnitPlan(
        code=f"U{number:04}",
        name=f"望溪县第{number + 101}小学",
        habit=habit,
        platform=list(PLATFORMS)[number % len(PLATFORMS)],
    )


# --- what comes again and again ---------------------------------------------------------


def _plant_steady(sowing: Sowing) -> None:
    """Entries at the pace of the clock; in a slot of 120 nights perhaps one gap."""
    duty, rng = sowing.duty, sowing.rng
    days = steady_days(sowing)
    gaps: list[tuple[int, Case, list[int]]] = []
    for start in range(sowing.first, sowing.last, _SLOT):
        if not sowing.happens(_GAP_SHARE):
            continue
        stops = start + rng.randint(5, 45)
        if rng.random() < 0.4:
            sowing.fault(stops, rng.choice(_FAULTS))
            continue
        begins = _first_gap(duty, [day for day in days if day < stops], stops)
        if begins > sowing.last - 3:
            continue
        case = _sham_and_fix(sowing, begins, "stopped")
        gaps.append((stops, case, [day for day in days if stops <= day < case.fixed_on]))
    silent = {day for _, _, missed in gaps for day in missed}
    for day in days:
        if day not in silent:
            sowing.publish(day)
    for _, case, missed in gaps:
        sowing.column.cases.append(case)
        if case.sham:
            _plant_sham(sowing, case)
        if case.fixed_on < NEVER:
            _catch_up(sowing, case, missed)


def _first_gap(duty: Duty, days: list[int], start: int) -> int:
    shown = [Shown(day) for day in days]
    return next((day for day in range(start, start + 400) if is_gap(duty, shown, (), day)), NEVER)


def _catch_up(sowing: Sowing, case: Case, missed: list[int]) -> None:
    """The gap is mended: with something new, and by the sloppy also with the dates of then."""
    fixed = case.fixed_on
    is_burst = sowing.habit == "sloppy" and sowing.rng.random() < 0.6
    backdated = [day for day in missed if fixed - day >= 8] if is_burst else []
    for day in backdated[-9:]:
        sowing.publish(fixed, claimed=day)
    for _ in range(sowing.duty.count):
        sowing.publish(fixed, claimed=fixed)
    if case.relapse_on < NEVER:
        sowing.withdraw(case.relapse_on, since=fixed)


def _sham_and_fix(sowing: Sowing, begins: int, kind: str, *, longest: int = 400) -> Case:
    """When a gap that begins on a day is answered in appearance, in truth, and broken again."""
    rng = sowing.rng
    sham = ""
    sham_on = fixed_on = relapse_on = NEVER
    if rng.random() < _SHAM_SHARE:
        sham = rng.choice(_shams(sowing))
        sham_on = begins + rng.randint(10, 18)
        fixed_on = sham_on + rng.randint(14, 30)
    elif rng.random() < 0.8:
        fixed_on = begins + rng.randint(4, 45)
    fixed_on = min(fixed_on, begins + longest)
    if sham_on >= fixed_on:
        sham, sham_on = "", NEVER
    return Case(
        kind=kind,
        starts=begins,
        sham=sham,
        sham_on=sham_on,
        fixed_on=fixed_on,
        relapse_on=relapse_on,
    )


def _shams(sowing: Sowing) -> tuple[str, ...]:
    duty = sowing.duty
    if duty.is_yearly:
        return ("placeholder", "home", "retitled")
    if duty.any_title and sowing.duty_number > 1:
        return ("placeholder", "home", "undated", "moved", "moved", "moved", "redated")
    if duty.kind == "standing" and not duty.age:
        # what must be there and nothing more is there without a day, too: that is no sham
        return ("placeholder", "home")
    return ("placeholder", "home", "undated", "redated")


def _plant_sham(sowing: Sowing, case: Case, *, edition: str = "", due: int = 0) -> None:
    """Something that fills the list and answers nothing."""
    day = case.sham_on
    if case.sham in {"retitled", "redated"}:
        sowing.dress_up(day, edition=edition, due=due)
        return
    for _ in range(sowing.duty.count):
        sowing.publish(
            day,
            claimed=None if case.sham == "undated" else day,
            sham=case.sham,
            edition=edition,
            due=due,
        )


# --- what is owed once a year, once for an event, for ever -------------------------------


def _plant_yearly(sowing: Sowing) -> None:
    duty, rng = sowing.duty, sowing.rng
    sowing.fill()
    for due in due_days(duty, sowing.first - 400, sowing.last + 200):
        edition = edition_of(duty, due)
        if due < sowing.first or not sowing.happens(_LATE_SHARE):
            day = due - rng.randint(3, 14)
            is_stated = duty.kind in {"yearly_by", "yearly_window"} and rng.random() < 0.06
            sowing.publish(
                day,
                claimed=day,
                edition=edition,
                due=due,
                is_statement=is_stated and bool(duty.about),
            )
            continue
        begins = due + 1 + duty.grace
        if duty.fields and rng.random() < 0.3:
            _plant_lacking(sowing, due, edition)
            continue
        case = _sham_and_fix(sowing, begins, "late edition", longest=140)
        fixed = min(case.fixed_on, due + 140)
        case = replace(case, fixed_on=fixed)
        sowing.column.cases.append(case)
        if case.sham:
            _plant_sham(sowing, case, edition=edition, due=due)
        sowing.publish(fixed, claimed=fixed, edition=edition, due=due)


def _plant_lacking(sowing: Sowing, due: int, edition: str) -> None:
    """The edition comes in time, but lacks what must stand in it, or leads nowhere."""
    rng = sowing.rng
    day = due - rng.randint(3, 14)
    fixed = due + rng.randint(8, 50)
    is_dead = rng.random() < 0.4
    entry = sowing.publish(
        day, claimed=day, edition=edition, due=due, lacks=not is_dead, is_dead=is_dead
    )
    sowing.change(entry, fixed, lacks=False, is_dead=False)
    kind = "dead link" if is_dead else "partial"
    sowing.column.cases.append(Case(kind=kind, starts=due + 1, fixed_on=fixed))


def _plant_event(sowing: Sowing) -> None:
    """What an event starts, each time; one that every unit must have is always there."""
    duty, rng = sowing.duty, sowing.rng
    sowing.fill()
    days = [sowing.first - rng.randint(90, 140)]
    next_one = sowing.first + rng.randint(3, 60)
    while next_one <= sowing.last:
        days.append(next_one)
        next_one += rng.randint(200, 300)
    for event in days:
        sowing.column.events.append(event)
        due = event_due(duty, event)
        if event == days[0] or not sowing.happens(_LATE_SHARE):
            sowing.publish(event + rng.randint(0, max(1, due - event - 1)))
            continue
        case = _sham_and_fix(sowing, due + 1, "event unanswered", longest=100)
        case = replace(case, fixed_on=min(case.fixed_on, due + 100))
        sowing.column.cases.append(case)
        if case.sham:
            _plant_sham(sowing, case)
        sowing.publish(case.fixed_on)


def _plant_standing(sowing: Sowing) -> None:
    """Always there; looked through once a year where the rule says so."""
    duty, rng = sowing.duty, sowing.rng
    sowing.fill()
    if duty.age:
        lapses = sowing.happens(_GAP_SHARE)
        day = sowing.first - (365 - rng.randint(8, 50) if lapses else rng.randint(5, 200))
        sowing.publish(day - 300)
        sowing.publish(day)
        while (ends := almanac.age_after(day, duty.age)) < sowing.last:
            if lapses:
                case = _sham_and_fix(sowing, ends + 1, "not looked through", longest=300)
                sowing.column.cases.append(case)
                if case.sham:
                    _plant_sham(sowing, case)
                lapses = False
                day = case.fixed_on
            else:
                day = ends - rng.randint(10, 60)
            if day > sowing.last:
                break
            sowing.publish(day)
        return
    sowing.publish(sowing.first - rng.randint(60, 300))
    for start in range(sowing.first, sowing.last, _SLOT):
        if not sowing.happens(_GAP_SHARE):
            continue
        begins = start + rng.randint(5, 60)
        if rng.random() < 0.6:
            sowing.fault(begins, rng.choice(_FAULTS))
            continue
        # taken down without a word, and put back; shown for a while, and taken down again
        case = _sham_and_fix(sowing, begins, "taken down", longest=_SLOT - 70)
        if case.fixed_on < NEVER and rng.random() < _RELAPSE_SHARE:
            case = replace(case, relapse_on=case.fixed_on + rng.randint(15, 35))
        sowing.withdraw(begins, since=0)
        sowing.column.cases.append(case)
        if case.sham:
            _plant_sham(sowing, case)
        if case.fixed_on >= NEVER:
            break
        sowing.publish(case.fixed_on)
        if case.relapse_on < NEVER:
            sowing.withdraw(case.relapse_on, since=0)
            sowing.column.cases.append(Case(kind="relapse", starts=case.relapse_on))
            break


def _plant_loose(sowing: Sowing) -> None:
    """Nobody can say that something is owed: entries come when they come."""
    rng, duty = sowing.rng, sowing.duty
    day = sowing.first - rng.randint(100, 200)
    while day <= sowing.last:
        sowing.publish(day)
        day += rng.randint(15, 70)
    if duty.papers:  # of papers that want a partner there are those of ``pairs``, and no others
        others = [replace(one, is_filler=True) for one in sowing.column.entries]
        sowing.column.entries[:] = others
    if duty.statement == "required" or rng.random() < 0.08:
        for start in range(sowing.first, sowing.last, _SLOT):
            if sowing.happens(_GAP_SHARE):
                kind = rng.choice(_FAULTS) if duty.statement == "required" else "broken"
                sowing.fault(start + rng.randint(5, 70), kind)


_PLANTERS: dict[str, Callable[[Sowing], None]] = {
    "column_max_age": _plant_steady,
    "periodic": _plant_steady,
    "yearly_by": _plant_yearly,
    "yearly_window": _plant_yearly,
    "season": _plant_yearly,
    "outer": _plant_yearly,
    "after_event": _plant_event,
    "standing": _plant_standing,
}
