"""周期报告的表: 表1 by type, 附件1 by class, 附件3 what could not be checked. Pure.

A column nobody needs this month (待人工核实, 撤销/核准) is left out, not printed as zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.model import Outcome
from monitor.parts import Part
from monitor.wording import Because
from reports.manuscript import Cell, Kind, Link, PaperTable, Table, TableColumn
from reports.period import ClassLine, PeriodFigures, TypeLine, Unreached
from reports.phrases import counted, percent

BY_CLASS = "分类统计表"
UNREACHED = "未能核查事项及原因"

_TOTAL = "合计"
_UNITS = "单位：个、项"

_CHECK_SITE = "请单位检查网站运行情况"
_LET_IN = "请单位放行监测地址，或安排人工核查"
_CHECK_ADDRESS = "请核对登记的网址"
_BY_HAND = "安排人工核查"
_NEXT_NIGHT = "下次巡查时核查"
#: 处理建议 by what the opening came to; anything else: _CHECK_SITE
_ADVICE: Mapping[str, str] = {
    Outcome.CERTIFICATE.value: "请单位检查网站安全证书",
    Outcome.OLD_TLS.value: "请单位升级网站的加密协议",
    Outcome.LOGIN.value: "请单位取消公开栏目的登录限制",
    Outcome.MAINTENANCE.value: "维护结束后核查",
    Outcome.CHALLENGED.value: _LET_IN,
    Outcome.BLOCKED.value: _LET_IN,
    Outcome.ROBOTS.value: _LET_IN,
    Outcome.ASKED_TO_WAIT.value: _LET_IN,
    Outcome.OFFSITE.value: _CHECK_ADDRESS,
    Outcome.REDIRECTS.value: _CHECK_ADDRESS,
    Outcome.FORBIDDEN_ADDRESS.value: _CHECK_ADDRESS,
    Outcome.TOO_LARGE.value: _BY_HAND,
    Outcome.PARSER_KILLED.value: _BY_HAND,
    Outcome.BUDGET.value: _NEXT_NIGHT,
    Outcome.NOT_REACHED.value: _NEXT_NIGHT,
}
_ADVICE_BECAUSE = {
    Because.SITE_IN_REPAIR: "维护结束后核查",
    Because.NOT_LOOKED_YET: _NEXT_NIGHT,
    Because.SITE_GUARDED: _LET_IN,
}


def by_type(figures: PeriodFigures) -> PaperTable:
    """表1 问题类型统计表. Units have no total: one unit can have problems of several types."""
    total = figures.types_total
    lifted = bool(total.withdrawn + total.waived)

    def row(line: TypeLine) -> tuple[Cell, ...]:
        out = (line.withdrawn + line.waived,) if lifted else ()
        return (line.carried, line.new, line.closed, *out, line.open)

    return PaperTable(
        title="表1　问题类型统计表",
        unit="单位：项、个",
        table=Table(
            columns=(
                _number("序号"),
                TableColumn(heading="问题类型"),
                _number("上月遗留"),
                _number("本月新增"),
                _number("本月销号"),
                *([_number("撤销或核准")] if lifted else []),
                _number("月末在办"),
                _number("涉及单位数"),
                _number("其中逾期"),
            ),
            rows=tuple(
                (
                    place,
                    line.type.value if line.type else _TOTAL,
                    *row(line),
                    line.units,
                    line.overdue,
                )
                for place, line in enumerate(figures.types, start=1)
            ),
            total=(_TOTAL, None, *row(total), None, total.overdue),
        ),
    )


def by_class(figures: PeriodFigures) -> PaperTable:
    """附件1 分类统计表, with the note that says what the rate is of."""
    lines = {line.unit_class.value: line for line in figures.classes if line.unit_class}
    return PaperTable(
        title="",  # its annex has it
        unit=_UNITS,
        table=_of_lines("单位类别", lines, figures.total),
        note=_rate_note(figures.total),
    )


def by_parent(figures: PeriodFigures) -> PaperTable:
    """The same by 主管单位: each of them, and the units under it, in lines of their own."""
    return PaperTable(
        title="按主管单位统计",
        unit=_UNITS,
        table=_of_lines("主管单位", figures.parents, figures.total),
        note="注：主管单位本身和所属单位分行统计，每个单位只计一次。",
    )


def _of_lines(first: str, lines: Mapping[str, ClassLine], total: ClassLine) -> Table:
    has_doubts = bool(total.to_verify)

    def row(name: str, line: ClassLine) -> tuple[Cell, ...]:
        doubts = (line.to_verify,) if has_doubts else ()
        return (
            name,
            line.units,
            line.owed,
            line.of(Part.UNREACHED),
            *doubts,
            line.checked,
            line.compliant,
            line.of(Part.PROBLEM),
            percent(line.compliant, line.checked) or None,
        )

    return Table(
        columns=(
            TableColumn(heading=first),
            _number("单位数"),
            _number("应公开项"),
            _number("未能核查"),
            *([_number("待人工核实")] if has_doubts else []),
            _number("实际核查"),
            _number("达标"),
            _number("问题"),
            _number("达标率"),
        ),
        rows=tuple(row(name, line) for name, line in lines.items()),
        total=row(_TOTAL, total),
    )


def _rate_note(total: ClassLine) -> str:
    apart = (Part.NOT_CONCERNED, Part.EXEMPT, Part.UNREACHED)
    counts = [(part.value, total.of(part)) for part in apart]
    told = counted([*counts, ("待人工核实", total.to_verify)])
    by_hand = counted(
        (
            ("达标中", total.compliant_by_hand),
            ("问题中", total.by_hand.get(Part.PROBLEM, 0)),
            ("不涉及中", total.by_hand.get(Part.NOT_CONCERNED, 0)),
        )
    )
    return (
        f"注：达标率＝达标÷实际核查{f'，{told}未计入' if told else ''}；实际核查不足5项的不计算。"
        f"{f'由人工核实得出的：{by_hand}。' if by_hand else ''}"
        "兼有两个学段的单位计入较高学段，只计一次。"
    )


def unreached(figures: PeriodFigures) -> PaperTable:
    """附件3 未能核查事项及原因: one line for the items of a unit with the same reason."""
    return PaperTable(
        title="",
        table=Table(
            columns=(
                _number("序号"),
                TableColumn(heading="单位"),
                TableColumn(heading="网址", kind=Kind.LINK),
                TableColumn(heading="原因"),
                _number("项数"),
                TableColumn(heading="首次发生"),
                _number("连续天数"),
                TableColumn(heading="处理建议"),
            ),
            rows=tuple(
                (
                    place,
                    row.unit.name,
                    _site(row.site),
                    row.reason,
                    row.count,
                    _began(row, figures.last_day),
                    row.nights or None,
                    _advice(row),
                )
                for place, row in enumerate(figures.unreached, start=1)
            ),
            total=(_TOTAL, None, None, None, figures.total.of(Part.UNREACHED), None, None, None),
        ),
        note="注：以上事项是否公开未知，不作为问题处理。",
    )


def _number(heading: str) -> TableColumn:
    return TableColumn(heading=heading, kind=Kind.NUMBER)


def _site(address: str) -> Link | None:
    """The address as people write it: without scheme and closing slash."""
    if not address:
        return None
    return Link(text=address.partition("://")[2].rstrip("/") or address, address=address)


def _began(row: Unreached, last_day: date) -> str:
    """The first night that failed; where nights lie between, only after which day it was."""
    if row.last_good_on is None:
        return "首次巡查起"
    if row.nights == (last_day - row.last_good_on).days:
        return (row.last_good_on + timedelta(days=1)).isoformat()
    return f"{row.last_good_on.isoformat()}之后"


def _advice(row: Unreached) -> str:
    return _ADVICE.get(row.reason) or _ADVICE_BECAUSE.get(row.because, _CHECK_SITE)
