"""整改反馈: a returned 整改反馈表 → what the unit answers to each problem. Pure.

In: the table as it was read and the problems it may answer. Out: the replies that have one meaning,
and every row that has none, named; a row with a mistake changes nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.cells import LOST_NOUGHT, BadCell, read_day, read_month_day
from monitor.model import Word
from monitor.sheets import Row, Table
from monitor.textform import normal_form
from monitor.units.reading import Reading
from monitor.wording import Mistake, Slip

NUMBER = "问题编号"  # the hidden first column
ITEM = "公开事项"
ANSWER = "整改情况"
ADDRESS = "整改后链接"
NOTE = "说明"
BY = "填报人"
ON = "填报日期"
#: what the unit fills in
OPEN_HEADERS = (ANSWER, ADDRESS, NOTE, BY, ON)
HEADERS = (NUMBER, "序号", "栏目", ITEM, "问题描述", "整改期限", *OPEN_HEADERS)
#: without these a sheet is no 整改反馈表
REQUIRED = (NUMBER, ANSWER)


@enum.unique
class ReplyAnswer(Word):
    """整改情况: what a unit says of one problem. The value is the word of the drop-down."""

    DONE = "已整改"
    GOING_ON = "整改中"
    CONTESTED = "申请复核"
    NOT_CONCERNED = "不涉及"


#: the answers that ask the office for a decision, and so need a reason
_REASONED = frozenset({ReplyAnswer.CONTESTED, ReplyAnswer.NOT_CONCERNED})
_OTHER_WORDS = {
    "已完成整改": ReplyAnswer.DONE,
    "整改完成": ReplyAnswer.DONE,
    "已完成": ReplyAnswer.DONE,
    "正在整改": ReplyAnswer.GOING_ON,
    "复核": ReplyAnswer.CONTESTED,
    "申诉": ReplyAnswer.CONTESTED,
    "不涉及本单位": ReplyAnswer.NOT_CONCERNED,
}
_ANSWERS = {answer.value: answer for answer in ReplyAnswer} | _OTHER_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """反馈: what a unit answers to one problem, and how its cells were understood."""

    finding: str
    answer: ReplyAnswer
    address: str = ""  # 整改后链接
    note: str = ""
    by: str = ""
    on: date | None = None
    row: int = 0  # where it stands in the sheet
    remarks: tuple[Mistake, ...] = ()  # to show back: a repaired address, a day without a year


def read_replies(
    table: Table, items: Mapping[str, str], *, on: date
) -> tuple[tuple[Reply, ...], tuple[Mistake, ...]]:
    """Read the replies of ``table`` and what is wrong with the other rows.

    ``items`` maps the numbers of the problems that may be answered to the names of their items;
    ``on`` is the day the sheet came back. Rows may come in any order; one without an answer, a link
    or a note is no reply. Two rows that answer one problem differently are both refused.
    """
    sheet = Reading(table)
    if table.mistakes:
        return (), tuple(sheet.mistakes)
    replies: dict[str, list[Reply]] = {}
    rows: dict[int, Row] = {}
    for row in sheet.rows:
        reply = _reply(sheet, row, items, on)
        if reply is not None:
            replies.setdefault(reply.finding, []).append(reply)
            rows[row.number] = row
    kept = []
    for number, given in replies.items():
        if len({replace(reply, row=0, remarks=()) for reply in given}) == 1:
            kept.append(given[0])
            continue
        for reply in given:
            others = "、".join(str(other.row) for other in given if other is not reply)
            sheet.wrong(rows[reply.row], NUMBER, Slip.REPLIES_DIFFER, number=number, others=others)
    return tuple(kept), tuple(sorted(sheet.mistakes, key=lambda mistake: mistake.line))


def _reply(sheet: Reading, row: Row, items: Mapping[str, str], on: date) -> Reply | None:
    if not any(row.text(name) for name in (ANSWER, ADDRESS, NOTE)):
        return None
    mistakes, remarks = len(sheet.mistakes), len(sheet.remarks)
    number = _number(sheet, row, items)
    answer = _answer(sheet, row)
    address = sheet.address(row, ADDRESS)
    note = sheet.text(row, NOTE, needed=answer in _REASONED)
    by = sheet.text(row, BY)
    day = _day(sheet, row, on)
    if len(sheet.mistakes) > mistakes or answer is None:
        return None
    return Reply(
        finding=number,
        answer=answer,
        address=address,
        note=note,
        by=by,
        on=day,
        row=row.number,
        remarks=tuple(sheet.remarks[remarks:]),
    )


def _number(sheet: Reading, row: Row, items: Mapping[str, str]) -> str:
    """The problem's number, when it is one of ``items`` and stands beside its own item.

    Whoever sorts only the columns in sight leaves the hidden one behind.
    """
    number = sheet.text(row, NUMBER)
    given = sheet.text(row, ITEM)
    if not number:
        sheet.wrong(row, NUMBER, Slip.NO_NUMBER)
    elif number not in items:
        sheet.wrong(row, NUMBER, Slip.NO_SUCH_NUMBER, given=number)
    elif given and normal_form(given) != normal_form(items[number]):
        slip = Slip.OTHER_ITEM
        sheet.wrong(row, ITEM, slip, number=number, item=items[number], given=given)
    return number


def _answer(sheet: Reading, row: Row) -> ReplyAnswer | None:
    given = sheet.text(row, ANSWER, needed=True)
    answer = _ANSWERS.get(normal_form(given))
    if given and answer is None:
        words = [word.value for word in ReplyAnswer]
        sheet.unknown(row, ANSWER, (Slip.NO_SUCH_WORD, Slip.NO_SUCH_WORD_NEAR), given, words)
    return answer


# --- days ---------------------------------------------------------------------------------

_YEARS = range(2000, 2100)
#: how long ago a day without a year may be: no sheet is out for longer
_RECENT = timedelta(days=180)


def _day(sheet: Reading, row: Row, on: date) -> date | None:
    """The day of the reply; one without a year is the last such day before ``on``."""
    if not row.text(ON):
        return None
    value = row.cells[ON]
    try:
        day = _without_year(value, on)
        if day is not None:
            slip = Slip.DATE_WITHOUT_YEAR
            sheet.note(row, ON, slip, given=row.text(ON), read=day.isoformat())
            return day
        day, was_number = read_day(value)
    except BadCell as bad:
        sheet.wrong(row, ON, bad.slip, **bad.facts)
        return None
    if day.year not in _YEARS:  # 11.9 typed into a cell that shows days
        sheet.wrong(row, ON, Slip.DATE_UNCLEAR, given=row.text(ON))
        return None
    if day > on:
        sheet.wrong(row, ON, Slip.DATE_AHEAD, day=day.isoformat())
        return None
    if was_number:
        sheet.note(row, ON, Slip.DAY_READ, given=row.text(ON), read=day.isoformat())
    return day


def _without_year(value: object, on: date) -> date | None:
    found = read_month_day(value)
    if found is None:
        return None
    month, number = found
    if isinstance(value, float) and number in LOST_NOUGHT:
        raise BadCell(Slip.DATE_UNCLEAR, given=value)
    days = []
    for year in (on.year, on.year - 1):
        with suppress(ValueError):
            days.append(date(year, month, number))
    if not days:
        raise BadCell(Slip.DATE_IMPOSSIBLE, given=value)
    near = [day for day in days if timedelta() <= on - day <= _RECENT]
    if not near:
        raise BadCell(Slip.DATE_UNCLEAR, given=value)
    return near[0]
