"""问题清单及整改台账: a snapshot and its figures → the sheets of one workbook. Pure.

Every number of the papers of the same period is a number or a count of rows here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from monitor.model import Duty, Snapshot, State
from monitor.parts import COMPLIANT, Part
from reports.kinds.ledger_lists import (
    BY_COLUMN,
    BY_UNIT,
    KINDS,
    UNREACHED,
    WAIVED,
    by_column,
    by_unit,
    not_owed,
    unreached,
)
from reports.kinds.ledger_rows import CHOICES, HEADER, LOOKS, ledger_rows, marks
from reports.period import PeriodFigures, TypeLine
from reports.phrases import cut_off_words, rate
from reports.prose import day_words, full_day
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
            title=f"{office}{period}信息公开{NAME}（{name}）",
            notes=(stated,),
            header=tuple(columns),
            rows=tuple(rows),
            looks={
                heading: Look(kind=KINDS.get(heading, Kind.TEXT), width=width)
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
    return (
        sheet("说明", _NOTES, _notes(figures, office, today)),
        sheet("总览", _SUMMARY, _summary(figures, "月" if is_month else "期")),
        ledger,
        sheet("按单位", BY_UNIT, by_unit(figures)),
        sheet("按栏目", BY_COLUMN, by_column(snapshot, figures)),
        sheet("不涉及及暂缓", WAIVED, not_owed(snapshot, figures)),
        sheet("未能核查", UNREACHED, unreached(snapshot, figures)),
        dictionary((ledger,)),
    )


def period_words(first: date, last: date) -> str:
    """2026年10月 for a month from its first day, the two days for any other span.

    >>> period_words(date(2026, 10, 1), date(2026, 10, 22))
    '2026年10月'
    """
    return f"{first.year}年{first.month}月" if _is_month(first, last) else _span(first, last)


def _is_month(first: date, last: date) -> bool:
    """Whether it is a month's, as the report of the same snapshot calls it, be it over or not."""
    return first.day == 1 and (first.year, first.month) == (last.year, last.month)


def _span(first: date, last: date) -> str:
    """The two days; what they share is told once.

    >>> _span(date(2026, 11, 1), date(2026, 11, 22)), _span(date(2026, 11, 1), date(2026, 12, 5))
    ('2026年11月1日至22日', '2026年11月1日至12月5日')
    """
    if (first.year, first.month) == (last.year, last.month):
        return f"{full_day(first)}至{last.day}日"
    return f"{full_day(first)}至{day_words(last) if first.year == last.year else full_day(last)}"


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
    (
        "逾期天数",
        "自整改期限次日起至数据截止日，按工作日计；已反馈的算到反馈之日，申请复核、暂缓计时的不算逾期。",
    ),
    ("标色", "红字为逾期，黄底为两个工作日内到期，灰字为已销号；逾期与否另见“逾期天数”一列。"),
    (
        "填写",
        "可填“整改情况”“整改后链接”“复核结果”“备注”，填好后用 mingcha ledger import 读回；"
        "行、列可以重新排序，可以删行、加列，请勿改动“问题编号”“责任单位”“公开事项”。",
    ),
    (
        "复核结果",
        "只对已反馈待复核的问题填：填“通过”即销号；填“未通过”即退回整改，须在“备注”写明原因。",
    ),
    (
        "整改情况",
        "待整改、问题反弹的，填写“整改情况”或“整改后链接”即登记为已反馈待复核；"
        "链接请写网址全文，显示为“打开”的保持不变。",
    ),
    (
        "备注",
        "填了“通过”或“未通过”时，备注作为理由记入处理经过，不再出现在以后的台账中；单独填写的备注不读回。",
    ),
    (
        "其他各列",
        "改动不读回，导入时逐处说明应使用的命令；写表以后又有变动的问题，导入时说明，不作处理。",
    ),
    ("佐证编号", "留存页面的校验值前16位，可据此调取当时页面。"),
)

# --- 总览 ----------------------------------------------------------------------------------

_SUMMARY = {"类别": 18, "指标": 24, "数量": 10, "单位": 8, "说明": 70}


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
            yield "问题类型", line.type.value, line.open, "项", _told(line, turn)
    for group in figures.classes:
        if group.unit_class is not None:
            told = f"{group.units}个单位，达标率{rate(group.compliant, group.checked)}"
            yield "各类单位的问题", group.unit_class.value, group.of(Part.PROBLEM), "项", told


def _told(line: TypeLine, turn: str) -> str:
    """What happened to the problems of a type; what did not happen is not printed as 0."""
    counts = {
        f"上{turn}遗留": line.carried,
        f"本{turn}新增": line.new,
        f"本{turn}销号": line.closed,
        "其中逾期": line.overdue,
    }
    told = [f"{word}{count}" for word, count in counts.items() if count]
    if line.units:
        told.append(f"涉及{line.units}个单位")
    return "，".join(told)
