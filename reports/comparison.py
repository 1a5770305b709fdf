"""与上月比较: the change of the rate, over the units and items that both periods have. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.parts import CHECKED, COMPLIANT, CellOf
from reports.period import PeriodFigures
from reports.phrases import points


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """达标率的变化, and over how much it was compared."""

    points: Decimal
    units: int
    items: int
    is_whole: bool  # both periods have the same units and items: 口径没有调整


def compare(figures: PeriodFigures, last: PeriodFigures | None) -> Change | None:
    """Return the change since ``last``; None where there is nothing fit to compare."""
    if last is None or last.is_first_look:
        return None
    now_items = {cell.item for cell in figures.cells}
    last_items = {cell.item for cell in last.cells}
    both = now_items & last_items
    change = points(_compliance(figures.cells, both), _compliance(last.cells, both))
    if change is None:
        return None
    return Change(
        points=change,
        units=len({unit for unit, _ in both}),
        items=len(both),
        is_whole=now_items == last_items,
    )


def _compliance(cells: Iterable[CellOf], items: set[tuple[str, str]]) -> tuple[int, int]:
    parts = [cell.part for cell in cells if cell.item in items]
    return sum(part in COMPLIANT for part in parts), sum(part in CHECKED for part in parts)
