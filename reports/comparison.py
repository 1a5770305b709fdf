"""与上月比较: the change of the rate, and what only another way of counting brought. Pure.

口径: which items of which units are counted, and by which rules. Months are compared over what
both counted by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.model import Requirement
from monitor.parts import CHECKED, COMPLIANT, CellOf, Item
from reports.period import PeriodFigures
from reports.phrases import points


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """达标率的变化, and over how much it was compared."""

    points: Decimal
    units: int
    items: int
    is_whole: bool  # both periods count the same by the same rules: 口径没有调整


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """口径调整: problems of items that came to the list, left it, or are judged by other rules."""

    added: int = 0
    removed: int = 0


def compare(figures: PeriodFigures, last: PeriodFigures | None) -> Change | None:
    """Return the change since ``last``; None where there is nothing fit to compare."""
    if last is None or last.is_first_look:
        return None
    now_items, last_items = _items(figures), _items(last)
    altered = _altered(figures, last)
    both = {one for one in now_items & last_items if one[1] not in altered}
    change = points(_compliance(figures.cells, both), _compliance(last.cells, both))
    if change is None:
        return None
    return Change(
        points=change,
        units=len({unit for unit, _ in both}),
        items=len(both),
        is_whole=now_items == last_items == both,
    )


def recount(figures: PeriodFigures, last: PeriodFigures | None) -> Recount:
    """Count the new and the closed problems that say nothing of what the units did."""
    if last is None or last.is_first_look:
        return Recount()
    altered = _altered(figures, last)
    return Recount(
        added=_apart(figures.came, _items(last), altered),
        removed=_apart(figures.mended, _items(figures), altered),
    )


def _items(figures: PeriodFigures) -> set[Item]:
    return {cell.item for cell in figures.cells}


def _apart(moved: Mapping[Item, int], counted: set[Item], altered: set[str]) -> int:
    return sum(times for item, times in moved.items() if item not in counted or item[1] in altered)


def _altered(figures: PeriodFigures, last: PeriodFigures) -> set[str]:
    """The requirements that both have and that are judged otherwise now."""
    now, before = figures.requirements, last.requirements
    return {key for key in now.keys() & before.keys() if _rule(now[key]) != _rule(before[key])}


def _rule(requirement: Requirement) -> Requirement:
    """What decides a verdict: neither the name nor what is only told."""
    return replace(requirement, name="", unchecked=(), themes=(), basis=(), confidence="", weight=1)


def _compliance(cells: Iterable[CellOf], items: set[Item]) -> tuple[int, int]:
    parts = [cell.part for cell in cells if cell.item in items]
    return sum(part in COMPLIANT for part in parts), sum(part in CHECKED for part in parts)
