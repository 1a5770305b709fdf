"""单位信息公开情况表（一校一页）: how one unit stands, for its head, on one page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from types import MappingProxyType

from monitor.model import Finding, Snapshot, State, Unit, Waiver
from monitor.parts import class_of
from monitor.waivers import standing
from reports.manuscript import (
    Block,
    Cell,
    Kind,
    Paper,
    PaperTable,
    Paragraph,
    Table,
    TableColumn,
)
from reports.phrases import cut_off_words
from reports.problems import Office, Problem, problems_of
from reports.prose import day_words, few, full_day, lines_needed
from reports.standing import UnitNumbers, numbers_of

MOST_PROBLEMS = 10
#: what leaves one page for all: lines of text, characters in one of each column that wraps
_MOST_LINES = 20
_NAME_ROOM, _TASK_ROOM = 7, 8
_MOST_CLOSED = 3
MOST_MONTHS = 12
_MOST_WAIVED = 6


def compose(
    snapshot: Snapshot,
    unit: Unit,
    *,
    office: Office,
    on: date,
    waivers: Iterable[Waiver] = (),
    past: Mapping[date, UnitNumbers] = MappingProxyType({}),
) -> Paper:
    """Write the sheet of ``unit``.

    ``waivers``: those approved beside the catalog's own. ``past``: the unit's numbers of earlier
    months, by their first day, as they were frozen.
    """
    problems = problems_of(unit, snapshot.findings, snapshot.assessments, snapshot.catalog)
    approved = (*snapshot.catalog.waivers, *waivers)
    foot = (_closed(snapshot, unit), _waived(snapshot, unit, approved, on), _asked(office))
    return Paper(
        title=f"{unit.name}信息公开情况表",
        subtitle=f"数据截至{cut_off_words(snapshot.cut_off_at)}",
        blocks=(
            _header(unit),
            _numbers(numbers_of(snapshot, unit), past),
            *_problems(problems, [line for line in foot if line]),
        ),
        author=office.name,
    )


def _header(unit: Unit) -> PaperTable:
    told: tuple[tuple[str, Cell], ...] = (
        ("单位类别", class_of(unit).value),
        ("网站", unit.home or "未登记网站"),
        ("联络员", unit.contact.name or "未登记"),
        ("联系电话", unit.contact.phone or "未登记"),
    )
    return PaperTable(
        title="",
        table=Table(
            columns=tuple(TableColumn(heading=name) for name, _ in told),
            rows=(tuple(value for _, value in told),),
        ),
    )


def _numbers(numbers: UnitNumbers, past: Mapping[date, UnitNumbers]) -> PaperTable:
    told = (
        ("应公开", numbers.owed),
        ("达标", numbers.compliant),
        ("问题", numbers.problems),
        ("未能核查", numbers.unreached),
    )
    note = f"另有待人工核实{numbers.to_verify}项，" if numbers.to_verify else ""
    return PaperTable(
        title="",
        table=Table(
            columns=tuple(
                TableColumn(heading=f"{name}（项）", kind=Kind.NUMBER) for name, _ in told
            ),
            rows=(tuple(count for _, count in told),),
        ),
        note="\n".join(filter(None, (f"{note}未能核查和待人工核实均不计入问题。", _months(past)))),
    )


def _months(past: Mapping[date, UnitNumbers]) -> str:
    """How many problems each of the last months ended with; the year where it changes."""
    told, year = [], 0
    for month in sorted(past)[-MOST_MONTHS:]:
        begins = f"{month.year}年" if month.year != year else ""
        told.append(f"{begins}{month.month}月{past[month].problems}项")
        year = month.year
    return f"各月月末问题：{'、'.join(told)}。" if told else ""


def _problems(problems: Sequence[Problem], foot: Sequence[str]) -> tuple[Block, ...]:
    """As many rows as the page holds, with the foot in small letters under them."""
    if not problems:
        return (Paragraph(text="目前没有待整改的问题。"), *(Paragraph(text=line) for line in foot))
    shown = _fitting(problems)
    rest = len(problems) - len(shown)
    more = [f"其余{rest}项见《整改反馈表》。"] if rest > 0 else []
    return (
        PaperTable(
            title="",
            table=Table(
                columns=(
                    TableColumn(heading="序号", kind=Kind.NUMBER),
                    TableColumn(heading="栏目—事项"),
                    TableColumn(heading="问题类型", kind=Kind.STATUS),
                    TableColumn(heading="整改要求"),
                    TableColumn(heading="整改期限"),
                    TableColumn(heading="目前环节"),
                ),
                rows=tuple(
                    (
                        place,
                        problem.short_name,
                        problem.status,
                        problem.task,
                        problem.deadline.isoformat() if problem.deadline else "",
                        problem.finding.state.value,
                    )
                    for place, problem in enumerate(shown, start=1)
                ),
            ),
            note="\n".join((*more, *foot)),
        ),
    )


def _fitting(problems: Sequence[Problem]) -> Sequence[Problem]:
    ends = accumulate(
        max(lines_needed(one.short_name, _NAME_ROOM), lines_needed(one.task, _TASK_ROOM), 2)
        for one in problems[:MOST_PROBLEMS]
    )
    return problems[: max(1, sum(end <= _MOST_LINES for end in ends))]


def _closed(snapshot: Snapshot, unit: Unit) -> str:
    """The last that were closed."""
    closed = [
        (one.closed_on, one)
        for one in snapshot.findings
        if one.unit == unit.code and one.state is State.CLOSED and one.closed_on
    ]
    closed.sort(key=lambda pair: (pair[0], pair[1].number), reverse=True)
    told = [f"{_item(snapshot, one)}（{day_words(day)}）" for day, one in closed[:_MOST_CLOSED]]
    return f"最近销号：{'、'.join(told)}。" if told else ""


def _waived(snapshot: Snapshot, unit: Unit, waivers: Sequence[Waiver], on: date) -> str:
    """What was approved as 不涉及 or 暂缓, and until when."""
    told = []
    for requirement in snapshot.catalog.requirements.values():
        if (waiver := standing(waivers, unit, requirement, on)) is not None:
            until = waiver.valid_until
            told.append(f"{requirement.name}（{f'至{full_day(until)}' if until else '长期'}）")
    return f"已核准不涉及或暂缓：{few(told, most=_MOST_WAIVED)}。" if told else ""


def _asked(office: Office) -> str:
    contact = " ".join(part for part in (office.officer, office.phone) if part)
    return f"咨询：{contact}。" if contact else ""


def _item(snapshot: Snapshot, finding: Finding) -> str:
    requirement = snapshot.catalog.requirements.get(finding.requirement)
    return requirement.name if requirement else finding.requirement
