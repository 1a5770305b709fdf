"""整改通知: the paper that tells one unit its problems, and nothing of any other unit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from monitor.model import Unit
from reports.manuscript import (
    Annex,
    Block,
    Cell,
    Kind,
    Paper,
    PaperTable,
    Paragraph,
    Table,
    TableColumn,
)
from reports.problems import Office, Problem, addressed, contact_words, only_of
from reports.prose import day_words, full_day, lines_needed
from reports.sentences import cited, limit_text

#: as much of a table as leaves two pages for all: lines of text, characters in one
MOST_LINES = 18
_LINE = 8
_COLUMNS = (
    TableColumn(heading="序号", kind=Kind.NUMBER),
    TableColumn(heading="栏目（事项）"),
    TableColumn(heading="公开要求及依据"),
    TableColumn(heading="核查发现"),
    TableColumn(heading="整改要求"),
    TableColumn(heading="整改期限"),
)


def compose_paper(
    unit: Unit,
    problems: Sequence[Problem],
    *,
    office: Office,
    on: date,
    period: str,
    reply_by: date | None = None,
) -> Paper:
    """Write 整改通知 to ``unit``; ``problems`` come from ``problems_of``.

    ``period``: which look round it was (2026年10月). ``reply_by``: the last day to contest.
    """
    only_of(unit, problems)
    deadlines = sorted({problem.deadline for problem in problems if problem.deadline})
    return Paper(
        title="关于做好信息公开问题整改工作的通知",
        addressee=unit.name,
        blocks=(
            Paragraph(text=_opening(unit, len(problems), period, deadlines)),
            _table(problems, on),
            *_wanted(office, reply_by),
        ),
        annexes=(Annex(name="整改反馈表"),),
        signed_by=office.name,
        signed_on=on,
        contact=contact_words(office),
        checks=(
            f"本通知只发{unit.name}，所列{len(problems)}项均已经人工审核。",
            "请核对整改期限是否避开考试周和寒暑假。",
        ),
        author=office.name,
    )


def _opening(unit: Unit, count: int, period: str, deadlines: Sequence[date]) -> str:
    you = addressed(unit)
    by = ""
    if deadlines:
        last = full_day(deadlines[-1])
        by = f"请于{last}前整改到位" if len(deadlines) == 1 else f"请按表中期限整改，最迟{last}"
    answer = f"{by}，并按要求反馈。" if by else "请按本通知要求整改并反馈。"
    return (
        f"{period}，我局对各单位网站信息公开情况进行了巡查，经人工审核，"
        f"{you}有{count}项内容需要整改，详见下表。{answer}"
    )


def _table(problems: Sequence[Problem], on: date) -> PaperTable:
    """As many rows as two pages hold with the text; the reply sheet holds them all."""
    rows = [_row(place, problem, on) for place, problem in enumerate(problems, start=1)]
    ends = accumulate(max(lines_needed(str(cell), _LINE) for cell in row) for row in rows)
    count = max(1, sum(end <= MOST_LINES for end in ends))
    rest = len(rows) - count
    return PaperTable(
        title="信息公开待整改事项表",
        table=Table(columns=_COLUMNS, rows=tuple(rows[:count])),
        note=f"以上为前{count}项，其余{rest}项见附件《整改反馈表》。" if rest > 0 else "",
    )


def _row(place: int, problem: Problem, on: date) -> tuple[Cell, ...]:
    return (
        place,
        problem.short_name,
        _required(problem),
        problem.seen,
        problem.todo,
        _by(problem.deadline, on) if problem.deadline else "",
    )


def _by(deadline: date, on: date) -> str:
    return day_words(deadline) if deadline.year == on.year else full_day(deadline)


def _required(problem: Problem) -> str:
    """Limit and basis; the elements stand in 整改要求 where they are what is lacking."""
    limits = limit_text(problem.requirement)
    titles = "".join(cited(replace(one, doc_no="")) for one in problem.requirement.basis[:1])
    return "，依据".join(part for part in (limits, titles) if part)


def _wanted(office: Office, reply_by: date | None) -> tuple[Block, ...]:
    phone = f"（电话：{office.phone}）" if office.phone else ""
    until = f"在{day_words(reply_by)}前" if reply_by else "在收到本通知后3个工作日内"
    return (
        Paragraph(
            lead="一、逐项整改。",
            text="请逐项补充、更新或修复，发布前做好审核和保密审查。",
        ),
        Paragraph(
            lead="二、举一反三。",
            text="请同时检查其他栏目，同类问题一并整改，并落实专人定期更新。",
        ),
        Paragraph(
            lead="三、按时反馈。",
            text=(
                "整改后系统将自动复核，也可报送附件《整改反馈表》。有异议的，请"
                f"{until}申请复核，写明理由并附地址或说明{phone}；我局在3个工作日内答复，"
                "经复核采纳的不计入问题。"
            ),
        ),
    )
