"""问题清单及整改台账: a snapshot and its figures → the sheets of one workbook. Pure.

Every number of the papers of the same period is a number or a count of rows here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from monitor.model import Duty, Snapshot, State, Waiver
from reports.flows import is_overdue
from reports.kinds.ledger_rows import (
    CHOICES,
    HEADER,
    LOOKS,
    OPENS,
    last_day,
    ledger_rows,
    marks,
)
from reports.manuscript import Link
from reports.parts import (
    CHECKED,
    COMPLIANT,
    NOT_OWED,
    TO_VERIFY,
    CellOf,
    Part,
    class_of,
)
from reports.period import PeriodFigures
from reports.phrases import NO_DATA, cut_off_words, percent, rate
from reports.problems import column_names
from reports.prose import full_day
from reports.workbook import Kind, Look, Paper, Sheet, Value, dictionary

NAME = "问题清单及整改台账"
LEDGER = "台账"
NO_NIGHT = "本月无有效扫描数据。"
FIRST_LOOK = "本期有效巡查不足两次，以下为初次摸底情况，待第二次核查。"


def compose(
    snapshot: Snapshot,
    figures: PeriodFigures,
    *,
    office: str,
    today: date,
    is_due_soon: Callable[[date], bool],
    duties: Iterable[Duty] = (),
    reminders: Mapping[str, int] | None = None,
    paper: Paper = Paper.A4,
) -> tuple[Sheet, ...]:
    """Write the sheets of the period's ledger, the hidden one of drop-downs last.

    ``is_due_soon`` tells whether a deadline is at most two working days after ``today``.
    ``reminders``: how often each problem was urged, by its number.
    """
    is_month = _is_month(snapshot.starts_on, snapshot.ends_on)
    period = period_words(snapshot.starts_on, snapshot.ends_on)
    stated = f"统计期间：{_span(snapshot.starts_on, snapshot.ends_on)}　"
    stated += f"数据截止：{cut_off_words(snapshot.cut_off_at)}"

    def sheet(name: str, columns: Mapping[str, float], rows: Iterable[tuple[Value, ...]]) -> Sheet:
        """A sheet of counts or lists; what is counted stands in columns of numbers."""
        return Sheet(
            name=name,
            title=f"{office}{period}信息公开{name}",
            notes=(stated,),
            header=tuple(columns),
            rows=tuple(rows),
            looks={
                heading: Look(kind=_KINDS.get(heading, Kind.TEXT), width=width)
                for heading, width in columns.items()
            },
            paper=paper,
        )

    ledger = Sheet(
        name=LEDGER,
        title=f"{office}{period}信息公开{NAME}",
        notes=(stated,),
        header=HEADER,
        rows=ledger_rows(snapshot, figures, duties=duties, reminders=reminders or {}),
        looks=LOOKS,
        choices=CHOICES,
        marks=marks(today, is_due_soon),
        fixed=HEADER.index("责任科室/责任人"),
        paper=paper,
    )
    unreached = (cell for cell in figures.cells if cell.part is Part.UNREACHED)
    not_owed = (cell for cell in figures.cells if cell.part in NOT_OWED)
    return (
        sheet("说明", _NOTES, _notes(figures, office, today)),
        sheet("总览", _SUMMARY, _summary(figures, "月" if is_month else "期")),
        ledger,
        sheet("按单位", _BY_UNIT, _by_unit(figures)),
        sheet("按栏目", _BY_COLUMN, _by_column(snapshot, figures)),
        sheet("不涉及及暂缓", _NOT_OWED, _not_owed(snapshot, not_owed)),
        sheet("未能核查", _UNREACHED, _unreached(snapshot, unreached)),
        dictionary((ledger,)),
    )


def period_words(first: date, last: date) -> str:
    """2026年10月 for a whole month, the two days for any other span.

    >>> period_words(date(2026, 10, 1), date(2026, 10, 31))
    '2026年10月'
    """
    return f"{first.year}年{first.month}月" if _is_month(first, last) else _span(first, last)


def _is_month(first: date, last: date) -> bool:
    following = last + timedelta(days=1)
    months = 12 * (following.year - first.year) + following.month - first.month
    return first.day == following.day == 1 and months == 1


def _span(first: date, last: date) -> str:
    return f"{full_day(first)}至{full_day(last)}"


_COUNTS = ("应公开项", "未能核查", "待人工核实", "实际核查", "达标", "问题")
_KINDS = dict.fromkeys((*_COUNTS, "序号", "数量", "其中逾期", "连续未能访问夜数"), Kind.NUMBER) | {
    "有效期至": Kind.DATE,
    "最近一次核查成功": Kind.DATE,
    "页面地址": Kind.LINK,
}

# --- 说明 ----------------------------------------------------------------------------------

_NOTES = {"项目": 18, "内容": 110}


def _notes(figures: PeriodFigures, office: str, today: date) -> Iterator[tuple[Value, ...]]:
    yield "编制单位", office
    yield "制表日期", full_day(today)
    yield "有效巡查", f"{figures.nights}夜"
    if not figures.nights:
        yield "数据情况", NO_NIGHT
    elif figures.is_first_look:
        yield "数据情况", FIRST_LOOK
    yield from _DEFINITIONS


_DEFINITIONS = (
    (
        "台账范围",
        "已经人工确认的问题：待整改、已反馈待复核、申请复核、问题反弹、暂缓计时各项即为期末在办问题；"
        "本期已销号的列在其后，不计入在办问题。尚未经人工审核的不列入。",
    ),
    ("未能核查", "因网站无法访问等原因没有看到的事项，不计入问题，也不计入达标率的分母。"),
    (
        "待人工核实",
        "程序无法判断，或尚待第二次核查、尚待审核的事项，不计入问题和达标率的分母。",
    ),
    ("达标", "正常、临期、超时公开、已作情况说明四类之和。"),
    ("达标率", "达标项数除以实际核查项数；实际核查不足5项的只列项数。"),
    ("逾期天数", "自整改期限次日起算至数据截止日的自然日；已反馈、暂缓计时的停止计算。"),
    ("标色", "红字为逾期，黄底为两个工作日内到期，灰字为已销号；逾期与否另见“逾期天数”一列。"),
    ("填写", "“整改情况”“整改后链接”“复核结果”“备注”可直接填写；请勿改动“问题编号”。"),
    ("佐证编号", "留存页面的校验值前16位，可据此调取当时页面。"),
)

# --- 总览 ----------------------------------------------------------------------------------

_SUMMARY = {"类别": 14, "指标": 24, "数量": 10, "单位": 8, "说明": 70}


def _summary(figures: PeriodFigures, turn: str) -> Iterator[tuple[Value, ...]]:
    total, flow, done = figures.total, figures.types_total, figures.rectified
    waiting = f"其中待确认{total.of(Part.DETECTED)}、待审核{total.of(Part.TO_REVIEW)}"
    parts = "、".join(
        f"{part.value}{total.of(part)}" for part in Part if part in COMPLIANT and total.of(part)
    )
    yield "核查结果", "巡查单位", total.units, "个", None
    yield "核查结果", "目录项次", total.listed, "项", None
    yield "核查结果", "应公开项", total.owed, "项", None
    yield "核查结果", "未能核查", total.of(Part.UNREACHED), "项", "未计入达标率"
    yield "核查结果", "待人工核实", total.to_verify, "项", waiting if total.to_verify else None
    yield "核查结果", "实际核查", total.checked, "项", None
    yield "核查结果", "达标", total.compliant, "项", parts or None
    yield "核查结果", "问题", total.of(Part.PROBLEM), "项", None
    yield "核查结果", "达标率", None, None, rate(total.compliant, total.checked)
    for part in (Part.NOT_CONCERNED, Part.EXEMPT):
        yield "核查结果", part.value, total.of(part), "项", None
    yield "整改进展", f"上{turn}遗留", flow.carried, "项", None
    yield "整改进展", f"本{turn}新增", flow.new, "项", None
    yield "整改进展", f"本{turn}销号", flow.closed, "项", None
    yield "整改进展", "撤销和核准", flow.withdrawn + flow.waived, "项", None
    yield "整改进展", f"{turn}末在办", flow.open, "项", None
    yield "整改进展", "期限内", figures.within, "项", None
    yield "整改进展", "逾期", figures.overdue, "项", None
    for state in (State.CONTESTED, State.SUSPENDED):
        yield "整改进展", state.value, figures.states.get(state, 0), "项", None
    yield "整改进展", "按期整改率", None, None, rate(done.on_time, done.due)
    for line in figures.types:
        if line.type is not None and (line.open or line.closed):
            told = (
                f"上{turn}遗留{line.carried}，本{turn}新增{line.new}，本{turn}销号{line.closed}；"
            )
            told += f"涉及{line.units}个单位；其中逾期{line.overdue}"
            yield "问题类型", line.type.value, line.open, "项", told
    for group in figures.classes:
        if group.unit_class is not None:
            told = f"{group.units}个单位，实际核查{group.checked}项，达标{group.compliant}项，"
            told += f"达标率{rate(group.compliant, group.checked)}"
            yield "单位类别", group.unit_class.value, group.of(Part.PROBLEM), "项问题", told


# --- 按单位、按栏目 ------------------------------------------------------------------------

_TALLY = dict.fromkeys(_COUNTS, 11) | {"其中逾期": 10, "达标率": 10}
_BY_UNIT = {"序号": 6, "单位类别": 12, "责任单位": 36} | _TALLY
_BY_COLUMN = {"序号": 6, "一级栏目": 48} | _TALLY


def _by_unit(figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    units = {cell.unit.code: cell.unit for cell in figures.cells}
    lines = _lines(figures, lambda unit, _: unit)
    for place, (code, (parts, overdue)) in enumerate(lines.items(), start=1):
        unit = units[code]
        yield place, class_of(unit).value, unit.name, *_tally(parts, overdue)


def _by_column(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[tuple[Value, ...]]:
    """By the columns an item may stand in: an item that may stand in any of two is one line."""
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
    on = last_day(figures)
    parts: dict[str, Counter[Part]] = {}
    for cell in figures.cells:
        parts.setdefault(key(*cell.item), Counter())[cell.part] += 1
    overdue = Counter(
        key(one.unit, one.requirement) for one in figures.problems if is_overdue(one, on)
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
        percent(compliant, checked) or (None if checked else NO_DATA),
    )


# --- 不涉及及暂缓、未能核查 ----------------------------------------------------------------

_NOT_OWED = {
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
_UNREACHED = {
    "序号": 6,
    "单位类别": 12,
    "责任单位": 30,
    "一级栏目": 20,
    "公开事项": 28,
    "页面地址": 10,
    "原因": 56,
    "最近一次核查成功": 12,
    "连续未能访问夜数": 12,
}


def _not_owed(snapshot: Snapshot, cells: Iterable[CellOf]) -> Iterator[tuple[Value, ...]]:
    waivers = {(one.unit, one.requirement): one for one in snapshot.catalog.waivers}
    for place, cell in enumerate(cells, start=1):
        waiver = waivers.get(cell.item)
        yield (
            place,
            class_of(cell.unit).value,
            cell.unit.name,
            _item_name(snapshot, cell),
            cell.period,
            cell.part.value,
            *_grounds(waiver, cell),
        )


def _grounds(waiver: Waiver | None, cell: CellOf) -> tuple[Value, ...]:
    if waiver is None:  # switched off for this unit in the catalog
        return cell.assessment.sentence if cell.assessment else None, None, None, None
    return waiver.reason, waiver.proposed_by, waiver.approved_by, waiver.valid_until


def _unreached(snapshot: Snapshot, cells: Iterable[CellOf]) -> Iterator[tuple[Value, ...]]:
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
