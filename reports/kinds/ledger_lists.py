"""台账的附表: what each unit and column comes to, what is not owed, what was not seen. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from monitor.edits import OPENS
from monitor.model import FindingEvent, Snapshot, State, Waiver
from monitor.parts import CHECKED, COMPLIANT, NOT_OWED, TO_VERIFY, CellOf, Part, class_of
from reports.manuscript import Link
from reports.period import PeriodFigures
from reports.phrases import NO_DATA, percent
from reports.problems import column_names
from reports.workbook import Kind, Value

_COUNTS = ("应公开项", "未能核查", "待人工核实", "实际核查", "达标", "问题")
#: what is no text, in these sheets and in 总览
KINDS = dict.fromkeys(
    (*_COUNTS, "序号", "数量", "其中逾期", "达标率", "连续未能访问夜数"), Kind.NUMBER
) | {
    "有效期至": Kind.DATE,
    "最近一次核查成功": Kind.DATE,
    "页面地址": Kind.LINK,
}

# --- 按单位、按栏目 ------------------------------------------------------------------------

_TALLY = dict.fromkeys(_COUNTS, 11) | {"其中逾期": 10, "达标率": 10}
BY_UNIT = {"序号": 6, "单位类别": 12, "责任单位": 36} | _TALLY
BY_COLUMN = {"序号": 6, "一级栏目": 48} | _TALLY


def by_unit(figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    """按单位: what the items of each unit count as."""
    units = {cell.unit.code: cell.unit for cell in figures.cells}
    lines = _lines(figures, lambda unit, _: unit)
    for place, (code, (parts, overdue)) in enumerate(lines.items(), start=1):
        unit = units[code]
        yield place, class_of(unit).value, unit.name, *_tally(parts, overdue)


def by_column(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    """按栏目: the same by column; what may stand in either of two counts under both their names."""
    names = {
        key: column_names(requirement, snapshot.catalog)
        for key, requirement in snapshot.catalog.requirements.items()
    }
    lines = _lines(figures, lambda _, item: names.get(item) or item)
    for place, (name, (parts, overdue)) in enumerate(lines.items(), start=1):
        yield place, name, *_tally(parts, overdue)


def _lines(
    figures: PeriodFigures, key: Callable[[str, str], str]
) -> dict[str, tuple[Counter[Part], int]]:
    """What the cells count as and how many are overdue, by a key of unit and item."""
    parts: dict[str, Counter[Part]] = {}
    for cell in figures.cells:
        parts.setdefault(key(*cell.item), Counter())[cell.part] += 1
    overdue = Counter(
        key(one.unit, one.requirement)
        for one in figures.problems
        if one.number in figures.overdue_numbers
    )
    return {name: (counts, overdue[name]) for name, counts in parts.items()}


def _tally(parts: Counter[Part], overdue: int) -> tuple[Value, ...]:
    compliant = sum(parts[part] for part in COMPLIANT)
    checked = sum(parts[part] for part in CHECKED)
    return (
        sum(count for part, count in parts.items() if part not in NOT_OWED),
        parts[Part.UNREACHED],
        sum(parts[part] for part in TO_VERIFY),
        checked,
        compliant,
        parts[Part.PROBLEM],
        overdue,
        percent(compliant, checked) or (f"{compliant}/{checked}" if checked else NO_DATA),
    )


# --- 不涉及及暂缓、未能核查 ----------------------------------------------------------------

WAIVED = {
    "序号": 6,
    "单位类别": 12,
    "责任单位": 30,
    "公开事项": 30,
    "期次": 12,
    "核定结果": 14,
    "理由": 50,
    "提出人": 10,
    "核准人": 10,
    "有效期至": 12,
}
UNREACHED = {
    "序号": 6,
    "单位类别": 12,
    "责任单位": 30,
    "一级栏目": 20,
    "公开事项": 28,
    "页面地址": 10,
    "原因": 56,
    "最近一次核查成功": 19,
    "连续未能访问夜数": 19,
}


def not_owed(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    """不涉及及暂缓: what a unit does not owe, on what ground, approved by whom."""
    waivers = {(one.unit, one.requirement): one for one in snapshot.catalog.waivers}
    decisions = {one.finding: one for one in snapshot.events if one.to_state is State.WAIVED}
    cells = (cell for cell in figures.cells if cell.part in NOT_OWED)
    for place, cell in enumerate(cells, start=1):
        decision = decisions.get(cell.finding.number) if cell.finding else None
        yield (
            place,
            class_of(cell.unit).value,
            cell.unit.name,
            _item_name(snapshot, cell),
            cell.period,
            cell.part.value,
            *_grounds(cell, waivers.get(cell.item), decision),
        )


def _grounds(
    cell: CellOf, waiver: Waiver | None, decision: FindingEvent | None
) -> tuple[Value, ...]:
    """Reason, proposer, approver and last day: of the waiver, or of what decided the problem."""
    if waiver is not None:
        return waiver.reason, waiver.proposed_by, waiver.approved_by, waiver.valid_until
    if decision is not None:
        return decision.reason, None, decision.by, None
    # switched off for this unit in the catalog
    return cell.assessment.sentence if cell.assessment else None, None, None, None


def unreached(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    """未能核查: what could not be looked at, why, and since when."""
    cells = (cell for cell in figures.cells if cell.part is Part.UNREACHED)
    for place, cell in enumerate(cells, start=1):
        one = cell.assessment
        requirement = snapshot.catalog.requirements.get(cell.requirement)
        nights, answered_on = snapshot.silent.get(cell.unit.code, (0, None))
        address = (one.page if one else "") or cell.unit.home
        yield (
            place,
            class_of(cell.unit).value,
            cell.unit.name,
            column_names(requirement, snapshot.catalog) if requirement else None,
            _item_name(snapshot, cell),
            Link(text=OPENS, address=address) if address else None,
            one.sentence if one else None,
            (one.last_verified_on if one else None) or answered_on,
            nights or None,
        )


def _item_name(snapshot: Snapshot, cell: CellOf) -> str:
    requirement = snapshot.catalog.requirements.get(cell.requirement)
    return requirement.name if requirement else cell.requirement
