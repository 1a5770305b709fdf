"""提醒阶梯: which one letter each unit is due today, and what it is about. Pure.

One letter to a recipient on a day at most, with all problems of that step together; what was told
once, by letter or by hand, is not told again. What still waits in the outbox was not told: it is
written anew each day, so that what goes out is true on that day.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from monitor.cells import BadCell, read_mail
from monitor.findings import Clock
from monitor.model import (
    Assessment,
    Catalog,
    Duty,
    Finding,
    FindingEvent,
    LetterKind,
    Posting,
    State,
    Unit,
    UnitType,
)
from monitor.units import lead_of
from reports.holidays import holiday_after
from reports.kinds.lapse_mail import compose_lapse
from reports.kinds.problem_mail import compose_mail
from reports.mail import Letter
from reports.notices import MailText
from reports.problems import Lapse, Office, Problem, lapses_of, problems_of
from reports.told import Told

#: how long after it was closed a unit is still thanked
_THANKED_WITHIN = timedelta(days=7)
#: working days before the deadline of the last reminder
_LAST_CALL = 2
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_BEFORE_LAPSE = frozenset({LetterKind.LAPSE, LetterKind.HOLIDAY})
_MAY_BE_ANSWERED = frozenset({State.ASSIGNED, State.WITHDRAWN, State.WAIVED})
_RUNNING = frozenset({State.ASSIGNED, State.REOPENED})
#: the files of a letter: name and content
Files = tuple[tuple[str, bytes], ...]
_OfUnit = TypeVar("_OfUnit", Finding, Assessment, Posting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """今天要写的信, and the units that have nobody to write to: theirs have no recipients."""

    letters: tuple[Letter, ...]
    unaddressed: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """月度小结 that are due: of which month, and what a unit is told; None: it had nothing."""

    name: str  # 2026-10
    of: Callable[[Unit], MailText | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """写信要看的一切: the memory's records of a day, and the office that signs."""

    findings: Sequence[Finding]
    assessments: Sequence[Assessment]
    catalog: Catalog
    postings: Sequence[Posting]
    duties: Sequence[Duty]
    office: Office
    reply_to: str
    clock: Clock
    attach: Callable[[Unit, Sequence[Finding], Sequence[Assessment]], Files]  # the reply sheet
    answers: Mapping[str, FindingEvent] = field(default_factory=dict)  # by finding: 复核决定
    looks: Mapping[str, FindingEvent] = field(default_factory=dict)  # by finding: 回头看不属实
    examples: Callable[[Unit], Mapping[str, str]] = lambda _: {}  # by item: 可参考
    month: Month | None = None


#: what a letter of one step is about: problems, or what will lapse, or the month as a whole
Subject = tuple[tuple[Problem, ...], tuple[Lapse, ...], MailText | None]


def letters_due(units: Iterable[Unit], desk: Desk) -> Due:
    """Write today's letters: all that are true and were not told yet, also those that wait."""
    findings, assessments, postings = (
        _by_unit(desk.findings),
        _by_unit(desk.assessments),
        _by_unit(desk.postings),
    )
    written: list[Letter] = []
    unaddressed: list[Unit] = []
    for unit in units:
        own = replace(
            desk,
            findings=findings[unit.code],
            assessments=assessments[unit.code],
            postings=postings[unit.code],
        )
        letters = tuple(_of_unit(unit, own))
        written += letters
        if any(not letter.recipients for letter in letters):
            unaddressed.append(unit)
    return Due(letters=tuple(written), unaddressed=tuple(unaddressed))


def _by_unit(records: Iterable[_OfUnit]) -> defaultdict[str, list[_OfUnit]]:
    found: defaultdict[str, list[_OfUnit]] = defaultdict(list)
    for one in records:
        found[one.unit].append(one)
    return found


def _of_unit(unit: Unit, desk: Desk) -> Iterator[Letter]:
    head, contact = _address(unit.responsible.mail), _address(unit.contact.mail)
    if head and head != contact:
        yield from _to_head(unit, head, desk)
    told = Told([one for one in desk.postings if one.recipient != head or head == contact])
    step = next(_steps(unit, desk, told), None)
    if step is None:
        return
    kind, (problems, lapses, month) = step
    on = desk.clock.on
    is_away = unit.code in desk.clock.schools and desk.clock.calendar.is_vacation(on)
    since = on - (_WEEK if is_away else _DAY)

    def may_hear(recipient: str) -> bool:
        return not told.is_written_to(recipient, after=since)

    for recipient, some in _by_recipient(unit, problems, desk).items():
        if may_hear(recipient):
            yield _letter(kind, unit, recipient, some, desk)
    if lapses and may_hear(contact):
        yield _lapse_letter(kind, unit, contact, lapses, desk)
    if month and desk.month and may_hear(contact):
        yield _made(kind, unit, contact, month, (desk.month.name,), desk)


def _to_head(unit: Unit, head: str, desk: Desk) -> Iterator[Letter]:
    """What the unit's head hears too: what is overdue, and what was rejected on review."""
    told = Told([one for one in desk.postings if one.recipient == head])
    asked = Told(desk.postings)
    over = [
        one
        for one in _running(unit, desk)
        if one.overdue
        and asked.since(one, LetterKind.MEND, _assigned(one))
        and not told.since(one, LetterKind.OVERDUE, one.deadline)
    ]
    rejected = [one for one in _answered(unit, desk, told) if one.finding.state is State.ASSIGNED]
    for kind, problems in ((LetterKind.OVERDUE, over), (LetterKind.DECIDED, rejected)):
        if problems and not told.is_written_to(head, after=desk.clock.on - _DAY):
            yield _letter(kind, unit, head, problems, desk)
            return


def _running(unit: Unit, desk: Desk) -> tuple[Problem, ...]:
    """The problems whose deadline runs."""
    found = problems_of(
        unit,
        desk.findings,
        desk.assessments,
        desk.catalog,
        states=_RUNNING,
        examples=desk.examples(unit),
        clock=desk.clock,
    )
    looks = desk.looks
    return tuple(replace(one, looked=looks.get(one.finding.number)) for one in found)


def _steps(unit: Unit, desk: Desk, told: Told) -> Iterator[tuple[LetterKind, Subject]]:
    """What the unit may be written about, the most pressing first."""
    clock = desk.clock
    running = _running(unit, desk)
    new = [one for one in running if not told.since(one, LetterKind.MEND, _assigned(one))]
    near = [one for one in running if one not in new and _is_near(one, clock, told)]
    if new:
        yield LetterKind.MEND, _about(one for one in running if one in new or one in near)
    over = [one for one in running if one.overdue]
    if over := [one for one in over if not told.since(one, LetterKind.OVERDUE, one.deadline)]:
        yield LetterKind.OVERDUE, _about(over)
    if answered := _answered(unit, desk, told):
        yield LetterKind.DECIDED, _about(answered)
    if near:
        yield LetterKind.DEADLINE, _about(near)
    closed = problems_of(unit, desk.findings, desk.assessments, desk.catalog, states={State.CLOSED})
    if thanked := [one for one in closed if _is_thanked(one, clock.on, told)]:
        yield LetterKind.THANKS, _about(thanked)
    lapses = lapses_of(unit, desk.assessments, desk.catalog)
    if soon := [one for one in lapses if not told.has(_BEFORE_LAPSE, _lapse_key(one))]:
        holiday = holiday_after(clock.on, clock.calendar)
        in_holiday = [one for one in soon if holiday and one.due <= holiday[1]]
        if in_holiday:
            yield LetterKind.HOLIDAY, ((), tuple(in_holiday), None)
        yield LetterKind.LAPSE, ((), tuple(soon), None)
    if desk.month and not told.has({LetterKind.MONTH}, desk.month.name):
        month = desk.month.of(unit)
        if month:
            yield LetterKind.MONTH, ((), (), month)


def _about(problems: Iterable[Problem]) -> Subject:
    return tuple(problems), (), None


def _answered(unit: Unit, desk: Desk, told: Told) -> tuple[Problem, ...]:
    """What was decided on requests for review, and the unit has not heard of."""
    found = problems_of(
        unit, desk.findings, desk.assessments, desk.catalog, states=_MAY_BE_ANSWERED
    )
    return tuple(
        replace(one, answer=event.reason)
        for one in found
        if (event := desk.answers.get(one.finding.number)) is not None
        and not told.since(one, LetterKind.DECIDED, event.at.date())
    )


def _is_near(one: Problem, clock: Clock, told: Told) -> bool:
    """Half-way, and again two working days before the deadline: what was missed is not made up."""
    mark = _last_mark(one, clock)
    return mark is not None and not told.since(one, LetterKind.DEADLINE, mark)


def _last_mark(one: Problem, clock: Clock) -> date | None:
    """The last day on which to remind; None before the first one, and after the deadline."""
    assigned, deadline = _assigned(one), one.deadline
    if assigned is None or deadline is None or clock.on > deadline:
        return None
    days = clock.calendar.workdays_between(assigned, deadline)
    marks = {
        clock.calendar.add_workdays(assigned, days // 2),
        clock.calendar.add_workdays(assigned, max(days - _LAST_CALL, 0)),
    }
    return max((mark for mark in marks if assigned < mark <= clock.on), default=None)


def _is_thanked(one: Problem, on: date, told: Told) -> bool:
    closed = one.finding.closed_on
    return (
        closed is not None
        and on - closed <= _THANKED_WITHIN
        and told.since(one, LetterKind.MEND, None)
        and not told.since(one, LetterKind.THANKS, closed)
    )


# --- the letters ---------------------------------------------------------------------------


def _letter(
    kind: LetterKind, unit: Unit, recipient: str, problems: Sequence[Problem], desk: Desk
) -> Letter:
    on = desk.clock.on
    asks = kind is LetterKind.MEND
    files = desk.attach(unit, desk.findings, desk.assessments) if asks else ()
    text = compose_mail(
        kind,
        unit,
        problems,
        office=desk.office,
        on=on,
        reply_by=desk.clock.after(3) if asks else None,
        has_sheet=bool(files),
    )
    keys = tuple(one.finding.number for one in problems)
    turns = [str(_turn(kind, one, desk)) for one in problems]
    return _made(kind, unit, recipient, text, keys, desk, files=files, turn="/".join(turns))


def _turn(kind: LetterKind, one: Problem, desk: Desk) -> object:
    """What tells this letter about a problem from the next one of its kind."""
    if kind is LetterKind.DECIDED:
        return desk.answers[one.finding.number].at
    return _last_mark(one, desk.clock) if kind is LetterKind.DEADLINE else _assigned(one)


def _lapse_letter(
    kind: LetterKind, unit: Unit, recipient: str, lapses: Sequence[Lapse], desk: Desk
) -> Letter:
    on = desk.clock.on
    holiday = holiday_after(on, desk.clock.calendar) if kind is LetterKind.HOLIDAY else None
    name = holiday[0] if holiday else ""
    text = compose_lapse(unit, lapses, office=desk.office, on=on, holiday=name)
    return _made(kind, unit, recipient, text, tuple(map(_lapse_key, lapses)), desk)


def _made(
    kind: LetterKind,
    unit: Unit,
    recipient: str,
    text: MailText,
    keys: tuple[str, ...],
    desk: Desk,
    *,
    files: Files = (),
    turn: str = "",
) -> Letter:
    """A letter whose event is what it tells, not the day it is told on."""
    told = hashlib.sha256("\n".join((*keys, turn)).encode()).hexdigest()[:24]
    return Letter(
        event=f"{kind.name}:{unit.code}:{told}",
        kind=kind,
        unit=unit.code,
        day=desk.clock.on,
        recipients=(recipient,) if recipient else (),
        subject=text.subject,
        text=text.text,
        html=text.html,
        short=text.short,
        attachments=files,
        findings=keys,
        reply_to=desk.reply_to,
    )


def _by_recipient(
    unit: Unit, problems: Sequence[Problem], desk: Desk
) -> Mapping[str, list[Problem]]:
    """Whom each problem goes to: the section that leads on a bureau's item, else the contact."""
    found: dict[str, list[Problem]] = {}
    for one in problems:
        lead = lead_of(desk.duties, one.requirement) if UnitType.BUREAU in unit.types else None
        mail = lead.mail if lead else ""
        found.setdefault(_address(mail or unit.contact.mail), []).append(one)
    return found


def _address(text: str) -> str:
    """The address as it can be written to, "" for none."""
    try:
        return read_mail(text)
    except BadCell:
        return ""


def _assigned(one: Problem) -> date | None:
    return one.finding.assigned_on


def _lapse_key(one: Lapse) -> str:
    return f"{one.requirement.id}@{one.due}"
