"""整改反馈表: the open problems of one unit → a sheet it fills in and sends back. Pure.

What is told is grey and locked without a password; the columns with a bold heading are open. The
hidden first column carries the problems' numbers, so rows may be sorted and columns widened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.model import Assessment, Catalog, Finding, Unit
from monitor.replies import ANSWER, HEADERS, NUMBER, OPEN_HEADERS, ReplyAnswer
from reports.problems import Problem, problems_of
from reports.workbook import Kind, Look, Sheet, Value

NAME = "整改反馈表"
_WIDTHS = {
    "序号": 6,
    "栏目": 16,
    "公开事项": 20,
    "问题描述": 40,
    "整改期限": 12,
    "整改情况": 12,
    "整改后链接": 26,
    "说明": 24,
    "填报人": 10,
    "填报日期": 13,
}
_KINDS = {"序号": Kind.NUMBER, "整改期限": Kind.DATE}
#: the day that is filled in is text: typed as 11.10 it would otherwise become the number 11.1
_LOOKS = {
    NUMBER: Look(hidden=True),
    **{
        name: Look(
            kind=_KINDS.get(name, Kind.TEXT),
            width=width,
            is_open=name in OPEN_HEADERS,
        )
        for name, width in _WIDTHS.items()
    },
}


def compose(
    unit: Unit,
    findings: Iterable[Finding],
    assessments: Iterable[Assessment],
    catalog: Catalog,
    *,
    office: str,
    on: date,
    phone: str = "",
) -> tuple[Sheet, ...]:
    """Write the sheet of ``unit``: the problems of its 整改通知, in the same order.

    Problems and assessments of other units are left out, so both may be the whole office's.
    """
    problems = problems_of(unit, findings, assessments, catalog)
    rows = [_row(place, one) for place, one in enumerate(problems, start=1)]
    asked = f"；如有疑问请致电{phone}" if phone else ""
    return (
        Sheet(
            name=NAME,
            title=f"{unit.name}信息公开问题{NAME}",
            notes=(
                f"{office}，{on.isoformat()}发出。请在标题加粗的各列填写，填好后发回{asked}。",
                "整改情况请从下拉选项中选择；选“申请复核”或“不涉及”的，请在“说明”中写明理由。",
            ),
            header=HEADERS,
            rows=rows,
            looks=_LOOKS,
            choices={ANSWER: tuple(answer.value for answer in ReplyAnswer)},
            fixed=HEADERS.index("公开事项") + 1,
            locked=True,
        ),
    )


def _row(place: int, problem: Problem) -> tuple[Value, ...]:
    return (
        problem.finding.number,
        place,
        problem.columns,
        problem.requirement.name,
        problem.seen,
        problem.deadline,
        *(None for _ in OPEN_HEADERS),
    )
