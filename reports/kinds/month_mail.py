"""月度小结: four numbers and the list of what is open, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.model import LetterKind, Unit
from reports.envelope import (
    FOOT,
    MOST_ENTRIES,
    contact,
    mail_text,
    rest_line,
    short_list,
    signature,
    subject_line,
)
from reports.notices import Entry, Line, MailText, Notice
from reports.problems import Office, Problem, addressed, only_of
from reports.prose import weekday_words
from reports.sentences import type_word
from reports.standing import UnitNumbers


def compose_month(
    unit: Unit,
    numbers: UnitNumbers,
    problems: Sequence[Problem],
    *,
    office: Office,
    on: date,
    month: str,
) -> MailText:
    """Write a unit how its month ended; ``month`` as people say it (10月)."""
    only_of(unit, problems)
    point = f"{month}达标{numbers.compliant}项，问题{numbers.problems}项"
    notice = Notice(
        subject=subject_line(LetterKind.MONTH, unit, point),
        greeting=unit.name,
        opening=(f"{addressed(unit)}{month}信息公开情况：{numbers.told}。",),
        entries=tuple(
            _entry(place, problem) for place, problem in enumerate(problems[:MOST_ENTRIES], start=1)
        ),
        rest=rest_line(len(problems)),
        notes=contact(office),
        signature=signature(office, on),
        foot=FOOT,
    )
    names = short_list([problem.requirement.name for problem in problems])
    return mail_text(notice, office, numbers.told, f"待整改：{names}" if names else "")


def _entry(place: int, problem: Problem) -> Entry:
    lines = [Line(label="目前环节", text=problem.finding.state.value)]
    if problem.deadline:
        lines.append(Line(label="整改期限", text=weekday_words(problem.deadline)))
    return Entry(
        number=f"第{place}项",
        kind=type_word(problem.status),
        name=problem.name,
        lines=tuple(lines),
    )
