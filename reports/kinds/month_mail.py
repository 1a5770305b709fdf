"""月度小结: four numbers and the list of what is open, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from monitor.model import Assessment, Finding, LetterKind, Snapshot, State, Unit
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
from reports.problems import Office, Problem, addressed, only_of, problems_of
from reports.prose import weekday_words
from reports.sentences import type_word
from reports.standing import UnitNumbers, numbers_of


def month_mails(
    snapshot: Snapshot, *, office: Office, on: date
) -> Callable[[Unit], MailText | None]:
    """How to write a unit about the month of ``snapshot``; None for one that had nothing in it."""
    assessments: defaultdict[str, list[Assessment]] = defaultdict(list)
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    for judged in snapshot.assessments:
        assessments[judged.unit].append(judged)
    for finding in snapshot.findings:
        findings[finding.unit].append(finding)

    def of_unit(unit: Unit) -> MailText | None:
        own = replace(
            snapshot,
            units=tuple(one for one in snapshot.units if one.code == unit.code),
            assessments=tuple(assessments[unit.code]),
            findings=tuple(findings[unit.code]),
        )
        problems = problems_of(unit, own.findings, own.assessments, own.catalog)
        if not own.units or not (problems or any(_is_closed_in(own, one) for one in own.findings)):
            return None
        month = f"{snapshot.starts_on.month}月"
        return compose_month(
            unit, numbers_of(own, unit), problems, office=office, on=on, month=month
        )

    return of_unit


def _is_closed_in(snapshot: Snapshot, one: Finding) -> bool:
    """Whether the unit put it right within the month."""
    return (
        one.state is State.CLOSED
        and one.closed_on is not None
        and snapshot.starts_on <= one.closed_on <= snapshot.ends_on
    )


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
