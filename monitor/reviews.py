"""处理意见表: unconfirmed findings as rows to decide, one cause a row, and the answers read back.

A row that cannot be read is named with its place and left alone; the others count. A row whose
findings have moved on since it was written is left alone too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.cells import BadCell, read_day
from monitor.decisions import WITHDRAWALS, Decision, cause_of
from monitor.model import Assessment, Finding, Move, State
from monitor.sheets import Row, Value, read_table
from monitor.units.reading import Reading
from monitor.wording import Mistake, Slip

NUMBERS, ANSWER, REASON = "问题编号", "处理意见", "理由"
DEADLINE, UNTIL, BY = "整改期限", "暂缓至", "经办人"
HEADERS = (
    NUMBERS,
    "项数",
    "责任单位",
    "公开事项",
    "问题类型",
    "看到的情况",
    "页面地址",
    "首次发现",
    "最近核查",
    ANSWER,
    REASON,
    DEADLINE,
    UNTIL,
    BY,
)
ANSWERS: Mapping[str, Move] = {
    "确认": Move.CONFIRM,
    "误报": Move.WITHDRAW,
    "暂缓": Move.SUSPEND,
}
CHOICES: Mapping[str, tuple[str, ...]] = {ANSWER: tuple(ANSWERS), REASON: WITHDRAWALS}
_BETWEEN = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """一条待审核的问题 with what a reader needs beside it."""

    finding: Finding
    assessment: Assessment | None
    unit_name: str
    requirement_name: str


def review_rows(cases: Iterable[Case]) -> tuple[tuple[Value, ...], ...]:
    """One row for each cause, the most findings first; the answer is left blank."""
    groups: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        groups.setdefault(cause_of(case.finding, case.assessment), []).append(case)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group[0].finding.number))
    return tuple(map(_row, ordered))


def _row(group: Sequence[Case]) -> tuple[Value, ...]:
    first = group[0]
    judged = first.assessment
    return (
        _BETWEEN.join(case.finding.number for case in group),
        len(group),
        _BETWEEN.join(dict.fromkeys(case.unit_name for case in group)),
        _BETWEEN.join(dict.fromkeys(case.requirement_name for case in group)),
        first.finding.status.value,
        judged.sentence if judged else "",
        judged.page if judged else "",
        min(case.finding.first_seen_on for case in group),
        max(case.finding.last_seen_on for case in group),
        *([None] * 5),
    )


def read_reviews(
    path: Path, findings: Mapping[str, Finding], *, by: str
) -> tuple[tuple[Decision, ...], tuple[Mistake, ...]]:
    """The decisions of a returned sheet, and the rows that are left alone with their reason.

    ``by``: who signs where the sheet names nobody. Rows without an answer are not decided yet.
    """
    table = read_table(path, known=HEADERS, required=(NUMBERS, ANSWER))
    sheet = Reading(table)
    decisions: list[Decision] = []
    answered: dict[str, int] = {}
    for row in sheet.rows:
        if not row.text(ANSWER):
            continue
        before = len(sheet.mistakes)
        made = tuple(_decisions(sheet, row, findings, by))
        for one in made:
            if (first := answered.setdefault(one.finding, row.number)) != row.number:
                sheet.wrong(row, NUMBERS, Slip.ANSWERED_TWICE, number=one.finding, first=first)
        if len(sheet.mistakes) == before:
            decisions += made
    return tuple(decisions), tuple(sheet.mistakes)


def _decisions(
    sheet: Reading, row: Row, findings: Mapping[str, Finding], by: str
) -> Iterable[Decision]:
    given = sheet.text(row, ANSWER)
    move = ANSWERS.get(given)
    if move is None:
        sheet.wrong(row, ANSWER, Slip.UNKNOWN_ANSWER, given=given, known="、".join(ANSWERS))
        return
    reason = sheet.text(row, REASON)
    if move is not Move.CONFIRM and not reason:
        sheet.wrong(row, REASON, Slip.EMPTY_CELL)
        return
    deadline, until = (_day(sheet, row, name) for name in (DEADLINE, UNTIL))
    for number in filter(None, sheet.text(row, NUMBERS).split(_BETWEEN)):
        known = findings.get(number)
        if known is None:
            sheet.wrong(row, NUMBERS, Slip.UNKNOWN_FINDING, given=number)
        elif known.state is not State.TO_REVIEW:
            sheet.wrong(row, NUMBERS, Slip.MOVED_ON, given=number, state=known.state.value)
        else:
            yield Decision(
                finding=number,
                move=move,
                by=sheet.text(row, BY) or by,
                reason=reason,
                deadline=deadline if move is Move.CONFIRM else None,
                resume_on=until if move is Move.SUSPEND else None,
            )


def _day(sheet: Reading, row: Row, name: str) -> date | None:
    if not row.text(name):
        return None
    try:
        return read_day(row.cells.get(name, ""))[0]
    except BadCell as bad:
        sheet.wrong(row, name, bad.slip, **bad.facts)
        return None
