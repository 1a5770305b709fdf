"""勾稽: the equations that every number of a period must keep, before a file is written. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from monitor.model import State
from monitor.parts import COMPLIANT, NOT_OWED, TO_VERIFY, Part
from monitor.wording import Trouble
from reports.period import ClassLine, PeriodFigures, TypeLine

_Equation = tuple[str, int, str, int]  # what, how many, what it must equal, how many


def tie_outs(figures: PeriodFigures) -> None:
    """Raise MonitorError naming the two numbers of the first equation that does not hold."""
    for left, one, right, other in _equations(figures):
        if one != other:
            raise Trouble.TIE_OUT.error(left=left, one=one, right=right, other=other)


def _equations(figures: PeriodFigures) -> Iterator[_Equation]:
    total, ends = figures.total, figures.types_total
    problems = total.of(Part.PROBLEM)
    for line in (*figures.classes, total):
        yield from _within_a_class(line)
    for line in figures.parents.values():
        yield from _within_a_class(line)
    for name, sums in _CLASS_SUMS.items():
        whole = sums(total)
        yield name, whole, f"各类单位{name}之和", sum(map(sums, figures.classes))
        if figures.parents:
            by_parent = sum(map(sums, figures.parents.values()))
            yield name, whole, f"各主管单位{name}之和", by_parent
    for kind in (*figures.types, ends):
        word = kind.type.value if kind.type else "合计"
        flow = kind.carried + kind.new - kind.closed - kind.withdrawn - kind.waived
        yield f"{word}月末在办", kind.open, "上月遗留＋本月新增－本月销号－撤销和核准", flow
    for name, sums_of in _TYPE_SUMS.items():
        yield f"合计{name}", sums_of(ends), f"各类型{name}之和", sum(map(sums_of, figures.types))
    yield "问题", problems, "各类型月末在办之和", sum(line.open for line in figures.types)
    yield "问题", problems, "各单位问题之和", sum(figures.problems_by_unit.values())
    yield "问题", problems, "各环节问题之和", sum(figures.states.values())
    yield "问题", problems, "台账行数", len(figures.problems)
    held = figures.states.get(State.CONTESTED, 0) + figures.states.get(State.SUSPENDED, 0)
    yield (
        "问题",
        problems,
        "期限内＋逾期＋申请复核＋暂缓计时",
        figures.within + figures.overdue + held,
    )
    yield "逾期", figures.overdue, "各类型逾期之和", sum(line.overdue for line in figures.types)
    yield (
        "未能核查",
        total.of(Part.UNREACHED),
        "未能核查事项表各行之和",
        sum(row.count for row in figures.unreached),
    )
    done = figures.rectified
    yield (
        "本月销号",
        ends.closed,
        "按期完成＋逾期完成＋销号后反弹",
        done.on_time + done.late + done.bounced,
    )


def _within_a_class(line: ClassLine) -> Iterator[_Equation]:
    word = f"{line.unit_class.value}的" if line.unit_class else ""
    compliant = sum(line.of(part) for part in COMPLIANT)
    to_verify = sum(line.of(part) for part in TO_VERIFY)
    problems, unreached = line.of(Part.PROBLEM), line.of(Part.UNREACHED)
    not_owed = sum(line.of(part) for part in NOT_OWED)
    yield f"{word}达标", line.compliant, "正常＋临期＋超时公开＋已作情况说明", compliant
    yield f"{word}待人工核实", line.to_verify, "待确认＋待审核＋无法自动判断", to_verify
    yield f"{word}实际核查", line.checked, "达标＋问题", line.compliant + problems
    yield (
        f"{word}应公开项",
        line.owed,
        "达标＋问题＋未能核查＋待人工核实",
        line.compliant + problems + unreached + line.to_verify,
    )
    yield f"{word}目录项次", line.listed, "应公开项＋不涉及＋依法不公开", line.owed + not_owed


_CLASS_SUMS: Mapping[str, Callable[[ClassLine], int]] = {
    "单位数": lambda line: line.units,
    "目录项次": lambda line: line.listed,
    "应公开项": lambda line: line.owed,
    "未能核查": lambda line: line.of(Part.UNREACHED),
    "待人工核实": lambda line: line.to_verify,
    "实际核查": lambda line: line.checked,
    "达标": lambda line: line.compliant,
    "问题": lambda line: line.of(Part.PROBLEM),
}
_TYPE_SUMS: Mapping[str, Callable[[TypeLine], int]] = {
    "上月遗留": lambda line: line.carried,
    "本月新增": lambda line: line.new,
    "本月销号": lambda line: line.closed,
    "撤销和核准": lambda line: line.withdrawn + line.waived,
    "月末在办": lambda line: line.open,
    "逾期": lambda line: line.overdue,
}
