"""一项问题: what papers and mail tell a unit of one problem, or of what will soon lapse. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from monitor.findings import UNCONFIRMED, Clock, days_overdue
from monitor.model import (
    Assessment,
    Catalog,
    Finding,
    FindingEvent,
    Requirement,
    State,
    Status,
    Unit,
    UnitType,
)
from monitor.parts import is_problem
from reports.prose import full_day, quoted
from reports.sentences import (
    matter_of,
    seen_sentence,
    status_told,
    task_phrase,
    todo_sentence,
)


class Office(Protocol):
    """本局, as ``settings.Office`` holds it: who signs and whom to ask."""

    @property
    def name(self) -> str: ...

    @property
    def phone(self) -> str: ...

    @property
    def officer(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """一项问题 of a unit: the finding, its item, and the verdict as it stands."""

    finding: Finding
    requirement: Requirement
    assessment: Assessment | None = None
    columns: str = ""  # names of the item's columns, any of which will do
    proof: str = ""  # 页面留存: the attached file's name, or an address
    example: str = ""  # 可参考: an address the officer has marked as a good example
    answer: str = ""  # 复核结果: the reason that was decided on
    looked: FindingEvent | None = None  # 回头看不属实: what a person saw that nights do not
    overdue: int = 0  # 逾期: working days

    @property
    def name(self) -> str:
        """栏目—事项, the column it is first looked for in."""
        return _placed(self.columns, self.requirement.name)

    @property
    def short_name(self) -> str:
        """The same without what the item lists in brackets, for a narrow column."""
        return _placed(self.columns, matter_of(self.requirement.name))

    @property
    def status(self) -> Status:
        return status_told(self.finding, self.assessment)

    @property
    def seen(self) -> str:
        return seen_sentence(self.finding, self.assessment, self.requirement, column=self.columns)

    @property
    def todo(self) -> str:
        return todo_sentence(self.finding, self.assessment, self.requirement, column=self.columns)

    @property
    def task(self) -> str:
        return task_phrase(self.finding, self.assessment, self.requirement)

    @property
    def page(self) -> str:
        return self.assessment.page if self.assessment else ""

    @property
    def deadline(self) -> date | None:
        return self.finding.deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """将到期的一项: an item in order today that will not be after ``due``."""

    requirement: Requirement
    assessment: Assessment
    due: date
    columns: str = ""

    @property
    def name(self) -> str:
        return _placed(self.columns, self.requirement.name)

    @property
    def seen(self) -> str:
        """What there is now, and until when it will do."""
        newest = max(self.assessment.documents, key=lambda one: one.day or date.min, default=None)
        last = full_day(self.due)
        if newest is not None and newest.day is not None:
            title = quoted(newest.title)
            return f"最新一条为{full_day(newest.day)}《{title}》，最迟{last}需要更新。"
        period = self.assessment.period
        return f"{f'{period}的内容' if period else ''}尚未见到，最迟{last}公开。"


def problems_of(
    unit: Unit,
    findings: Iterable[Finding],
    assessments: Iterable[Assessment],
    catalog: Catalog,
    *,
    states: Collection[State] | None = None,
    examples: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> tuple[Problem, ...]:
    """The unit's open problems that a person confirmed, the nearest deadline first.

    All may be the whole office's: what is of other units is left out. ``states``: those in them
    instead, for what was closed or decided. ``examples``: addresses by requirement. ``clock``: what
    逾期 is counted by, where it is told. An item that left the catalog has no words to be told with
    and is left out too.
    """
    standing = {one.key: one for one in assessments if one.unit == unit.code}
    own = [
        Problem(
            finding=one,
            requirement=requirement,
            assessment=standing.get((one.unit, one.requirement, one.period)),
            columns=column_names(requirement, catalog),
            example=(examples or {}).get(one.requirement, ""),
            overdue=days_overdue(one, clock) if clock else 0,
        )
        for one in findings
        if one.unit == unit.code
        and (is_problem(one) if states is None else one.state in states)
        and (requirement := catalog.requirements.get(one.requirement)) is not None
    ]
    return tuple(sorted(own, key=_urgency))


def lapses_of(unit: Unit, assessments: Iterable[Assessment], catalog: Catalog) -> tuple[Lapse, ...]:
    """What of the unit's will soon lapse, the nearest day first."""
    own = [
        Lapse(
            requirement=requirement,
            assessment=one,
            due=due,
            columns=column_names(requirement, catalog),
        )
        for one in assessments
        if one.unit == unit.code
        and one.status is Status.DUE_SOON
        and isinstance(due := one.facts.get("due"), date)
        and (requirement := catalog.requirements.get(one.requirement)) is not None
    ]
    return tuple(sorted(own, key=lambda lapse: (lapse.due, lapse.requirement.id)))


def only_of(unit: Unit, problems: Sequence[Problem]) -> None:
    """Raise ValueError when a letter to ``unit`` would tell of another one's problem, or of one
    that nobody confirmed.
    """
    for problem in problems:
        if problem.finding.unit != unit.code or problem.finding.state in UNCONFIRMED:
            raise ValueError(f"{problem.finding.number} is not for {unit.code}")


def column_names(requirement: Requirement, catalog: Catalog) -> str:
    """The names of the columns an item may stand in."""
    known = [catalog.columns[key].name for key in requirement.columns if key in catalog.columns]
    return "、".join(known)


def contact_words(office: Office) -> str:
    """附注: whom to ask."""
    officer = f"联系人：{office.officer}" if office.officer else ""
    phone = f"电话：{office.phone}" if office.phone else ""
    return "，".join(filter(None, (officer, phone)))


def addressed(unit: Unit) -> str:
    """How a unit is spoken to: 你园, 你校, 你单位."""
    if unit.types == {UnitType.KINDERGARTEN}:
        return "你园"
    if not unit.types or unit.types & {UnitType.BUREAU, UnitType.SECTION}:
        return "你单位"
    return "你校"


def _placed(columns: str, name: str) -> str:
    first = columns.partition("、")[0]
    return f"{first}—{name}" if first and first != matter_of(name) else name


def _urgency(problem: Problem) -> tuple[date, int, str]:
    return (problem.deadline or date.max, problem.status.severity, problem.finding.number)
