"""人工核实表: what waits for a person → rows to fill in, and the filled sheet → answers.

One cause is one row, which names every item it concerns. A row that is wrong is told with its
column and left out; the others are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from monitor.cells import BadCell, read_day
from monitor.model import Answer, Catalog, Requirement, Unit
from monitor.sheets import Row, read_table
from monitor.textform import normal_form
from monitor.units.listing import Listing
from monitor.units.reading import Reading
from monitor.verified import Question
from monitor.wording import Mistake, Refusal, Slip

ANSWER_HEADERS: Final = (
    "单位",
    "事项",
    "页面",
    "待核实的原因",
    "答复",
    "地址",
    "说明",
    "核实人",
    "有效期至",
)
ANSWER_CHOICES: Final = tuple(answer.value for answer in Answer)
_REQUIRED: Final = ("单位", "事项", "答复")
_WORDS: Final = {answer.value: answer for answer in Answer}
_BETWEEN: Final = re.compile(r"[;；\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """一项回答 as the sheet gives it; ``period`` None: the row does not name it."""

    row: Row
    unit: str
    requirement: str
    period: str | None
    answer: Answer
    address: str = ""
    note: str = ""
    by: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """回答: those that could be read, rows left blank, and what is wrong with the others."""

    taken: tuple[Reply, ...]
    blank: int
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]


def answer_rows(questions: Iterable[Question], units: Iterable[Unit], catalog: Catalog) -> Listing:
    """The sheet to fill in: one row for each cause."""
    names = {unit.code: unit.name for unit in units}
    return Listing(
        header=ANSWER_HEADERS,
        rows=tuple(
            (
                names[one.unit],
                "；".join(
                    _item(catalog.requirements[about.requirement], about.period)
                    for about in one.assessments
                ),
                one.page,
                one.reason,
                *("" for _ in ANSWER_HEADERS[4:]),
            )
            for one in questions
        ),
        choices={"答复": ANSWER_CHOICES},
    )


def read_answers(path: Path, units: Sequence[Unit], catalog: Catalog) -> Replies:
    """Read a sheet of answers; raises only when its header is not that of one."""
    sheet = Reading(read_table(path, known=ANSWER_HEADERS, required=_REQUIRED))
    if sheet.mistakes:
        sheet.done(Refusal.ANSWERS, None)
    codes = {normal_form(name): unit.code for unit in units for name in (*unit.names, unit.code)}
    items = {
        normal_form(name): one
        for one in catalog.requirements.values()
        for name in (one.name, one.id)
    }
    taken: dict[tuple[str, str], Reply] = {}
    blank = 0
    for row in sheet.rows:
        if not row.text("答复"):
            blank += 1
            continue
        before = len(sheet.mistakes)
        replies = tuple(_replies(sheet, row, codes, items))
        for reply in replies:
            first = taken.get((reply.unit, reply.requirement))
            if first is not None:
                told = {"item": items[normal_form(reply.requirement)].name}
                sheet.wrong(row, "事项", Slip.ANSWER_TWICE, first=first.row.number, **told)
        if len(sheet.mistakes) == before:
            taken |= {(reply.unit, reply.requirement): reply for reply in replies}
    return Replies(
        taken=tuple(taken.values()),
        blank=blank,
        mistakes=tuple(sheet.mistakes),
        remarks=tuple(sheet.remarks),
    )


def _item(requirement: Requirement, period: str) -> str:
    return f"{requirement.id} {requirement.name}" + (f"（{period}）" if period else "")


def _replies(
    sheet: Reading, row: Row, codes: Mapping[str, str], items: Mapping[str, Requirement]
) -> Iterator[Reply]:
    """The answers of a row, one for each item; what is wrong is noted."""
    given = sheet.text(row, "单位", needed=True)
    unit = codes.get(normal_form(given))
    if given and unit is None:
        sheet.unknown(row, "单位", (Slip.UNKNOWN_UNIT, Slip.UNKNOWN_UNIT_NEAR), given, codes)
    word = sheet.text(row, "答复")
    answer = _WORDS.get(word)
    if answer is None:
        slips = (Slip.NO_SUCH_WORD, Slip.NO_SUCH_WORD_NEAR)
        sheet.unknown(row, "答复", slips, word, ANSWER_CHOICES)
    address = sheet.address(row, "地址")
    until = _until(sheet, row)
    sheet.text(row, "事项", needed=True)
    for part in filter(None, map(str.strip, _BETWEEN.split(row.text("事项")))):
        found = _named(part, items)
        if found is None:
            slips = (Slip.UNKNOWN_REQUIREMENT, Slip.UNKNOWN_REQUIREMENT_NEAR)
            sheet.unknown(row, "事项", slips, part, items)
        elif unit is not None and answer is not None:
            requirement, period = found
            yield Reply(
                row=row,
                unit=unit,
                requirement=requirement.id,
                period=period,
                answer=answer,
                address=address,
                note=sheet.text(row, "说明"),
                by=sheet.text(row, "核实人"),
                until=until,
            )


def _named(part: str, items: Mapping[str, Requirement]) -> tuple[Requirement, str | None] | None:
    """The item a person means by id, by name, or as the sheet writes it, and its period."""
    if (found := items.get(normal_form(part))) is not None:
        return found, None
    head, _, rest = part.partition(" ")
    found = items.get(normal_form(head))
    if found is None or not (text := normal_form(rest)).startswith(normal_form(found.name)):
        return None
    period = text.removeprefix(normal_form(found.name))
    return found, period.strip("()（）")


def _until(sheet: Reading, row: Row) -> date | None:
    if not row.text("有效期至"):
        return None
    try:
        day, was_number = read_day(row.cells["有效期至"])
    except BadCell as bad:
        sheet.wrong(row, "有效期至", bad.slip, **bad.facts)
        return None
    if was_number:
        given = row.text("有效期至")
        sheet.note(row, "有效期至", Slip.DAY_READ, given=given, read=day.isoformat())
    return day
