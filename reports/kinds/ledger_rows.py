"""台账的行: each problem as one row, with the columns and in the order of 台账. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.edits import BETWEEN_REMARKS, CHECKED, OPENS, Checked
from monitor.findings import Clock, days_overdue
from monitor.flows import clock_of
from monitor.model import (
    GAPS,
    Assessment,
    Catalog,
    Duty,
    Evidence,
    Finding,
    FindingEvent,
    Requirement,
    Snapshot,
    State,
    Status,
    Unit,
)
from monitor.parts import ProblemType, UnitClass, class_of, type_of
from monitor.sheets import Value as Cell
from monitor.wording import RowRemark
from reports.manuscript import Link
from reports.period import PeriodFigures
from reports.problems import column_names
from reports.prose import day_words, quoted
from reports.sentences import basis_text, limit_text, seen_sentence, status_told
from reports.workbook import Kind, Look, Mark, Paint, Value

#: 台账 A–Z: heading, kind, width; as narrow as can be read, for all of them share a page of A4
COLUMNS: tuple[tuple[str, Kind, float], ...] = (
    ("序号", Kind.NUMBER, 5),
    ("问题编号", Kind.TEXT, 14),
    ("单位类别", Kind.TEXT, 8),
    ("责任单位", Kind.TEXT, 16),
    ("责任科室/责任人", Kind.TEXT, 12),
    ("联系电话", Kind.TEXT, 13),
    ("一级栏目", Kind.TEXT, 11),
    ("公开事项", Kind.TEXT, 14),
    ("公开时限", Kind.TEXT, 14),
    ("公开依据", Kind.TEXT, 16),
    ("问题类型", Kind.TEXT, 10),
    ("问题描述", Kind.TEXT, 28),
    ("页面地址", Kind.LINK, 6),
    ("首次发现", Kind.DATE, 11),
    ("最近核查", Kind.DATE, 11),
    ("交办日期", Kind.DATE, 11),
    ("整改期限", Kind.DATE, 11),
    ("状态", Kind.TEXT, 10),
    ("逾期天数", Kind.NUMBER, 6),
    ("催办次数", Kind.NUMBER, 6),
    ("整改情况", Kind.TEXT, 16),
    ("整改后链接", Kind.LINK, 8),
    ("复核结果", Kind.TEXT, 8),
    ("销号日期", Kind.DATE, 11),
    ("佐证编号", Kind.TEXT, 11),
    ("备注", Kind.TEXT, 12),
)
HEADER = tuple(name for name, _, _ in COLUMNS)
LOOKS = {name: Look(kind=kind, width=width) for name, kind, width in COLUMNS}

#: the states a row of 台账 can be in
_STATES = (
    State.ASSIGNED,
    State.RESPONDED,
    State.CONTESTED,
    State.REOPENED,
    State.SUSPENDED,
    State.CLOSED,
)
CHOICES = {
    "单位类别": tuple(kind.value for kind in UnitClass),
    "问题类型": (
        *(status.value for status in Status if status in GAPS),
        ProblemType.OTHER.value,
    ),
    "状态": tuple(state.value for state in _STATES),
    CHECKED: tuple(word.value for word in Checked),
}
#: as much of a note as a cell shows well
_LONGEST_NOTE = 200
#: how far ahead a deadline can be and still be soon
_SOON_WITHIN = timedelta(days=31)
#: characters of a page's hash that its files are named by
_EVIDENCE_DIGITS = 16


def ledger_rows(
    snapshot: Snapshot,
    figures: PeriodFigures,
    *,
    duties: Iterable[Duty] = (),
    reminders: Mapping[str, int],
) -> tuple[tuple[Value, ...], ...]:
    """The open problems, the longest overdue first, then what was closed in the period.

    ``reminders``: how often each problem was urged, by its number; blank where nobody counted.
    """
    book = _Sources.of(snapshot, duties, reminders)
    closed = [
        one
        for one in snapshot.findings
        if one.state is State.CLOSED
        and one.closed_on is not None
        and snapshot.starts_on <= one.closed_on <= snapshot.ends_on
    ]
    ordered = [
        *sorted(figures.problems, key=book.order),
        *sorted(closed, key=book.order),
    ]
    return tuple((place, *book.row(one)) for place, one in enumerate(ordered, start=1))


def cells_by_number(snapshot: Snapshot, *, duties: Iterable[Duty]) -> dict[str, dict[str, Cell]]:
    """The cells of every problem by their headings, whether or not the period has a row of it.

    What an edited ledger is compared with. A link is its address.
    """
    book = _Sources.of(snapshot, duties, {})
    return {
        one.number: {
            name: cell.address if isinstance(cell, Link) else cell
            for name, cell in zip(HEADER[1:], book.row(one), strict=True)
        }
        for one in snapshot.findings
    }


def marks(today: date, is_due_soon: Callable[[date], bool]) -> tuple[Mark, ...]:
    """标色: closed rows grey, overdue ones red, those whose deadline is near amber."""
    ahead = (today + timedelta(days=days) for days in range(_SOON_WITHIN.days))
    last = max((day for day in ahead if is_due_soon(day)), default=None)
    soon = (
        (Mark(column="整改期限", paint=Paint.SOON, least=today, most=last),)
        if last is not None
        else ()
    )
    return (
        Mark(column="状态", paint=Paint.DONE, word=State.CLOSED.value),
        Mark(column="逾期天数", paint=Paint.LATE, least=1),
        *soon,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What a row is gathered from, by the keys that lead to it."""

    catalog: Catalog
    units: Mapping[str, Unit]
    standing: Mapping[tuple[str, str, str], Assessment]
    lives: Mapping[str, Sequence[FindingEvent]]
    duties: Mapping[str, Duty]
    reminders: Mapping[str, int]
    clock: Clock

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        duties: Iterable[Duty],
        reminders: Mapping[str, int],
    ) -> _Sources:
        lives: dict[str, list[FindingEvent]] = {}
        for event in snapshot.events:
            lives.setdefault(event.finding, []).append(event)
        return cls(
            catalog=snapshot.catalog,
            units={unit.code: unit for unit in snapshot.units},
            standing={one.key: one for one in snapshot.assessments},
            lives=lives,
            duties={duty.subject: duty for duty in duties},
            reminders=reminders,
            clock=clock_of(snapshot),
        )

    def order(self, finding: Finding) -> tuple[int, int, str, str]:
        overdue = self._overdue_days(finding) or 0
        return (-overdue, finding.status.severity, finding.unit, finding.number)

    def row(self, finding: Finding) -> tuple[Value, ...]:
        """The cells B–Z of one problem."""
        unit = self.units.get(finding.unit) or Unit(code=finding.unit, name=finding.unit)
        requirement = self.catalog.requirements.get(finding.requirement)
        standing = self.standing.get((finding.unit, finding.requirement, finding.period))
        life = self.lives.get(finding.number, ())
        is_closed = finding.state is State.CLOSED
        address = next((event.address for event in reversed(life) if event.address), "")
        return (
            finding.number,
            class_of(unit).value,
            unit.name,
            self._responsible(finding, unit, requirement),
            unit.contact.phone or unit.responsible.phone,
            *self._item(finding, requirement, standing),
            Link(text=OPENS, address=standing.page) if standing and standing.page else None,
            finding.first_seen_on,
            finding.last_verified_on or finding.last_seen_on,
            finding.assigned_on,
            finding.deadline,
            finding.state.value,
            self._overdue_days(finding),
            self.reminders.get(finding.number),
            _answered(life),
            Link(text=OPENS, address=address) if address else None,
            _checked(finding, life),
            finding.closed_on if is_closed else None,
            _evidence_number(life, standing.evidence if standing else ()),
            _remarks(finding, standing),
        )

    def _overdue_days(self, finding: Finding) -> int | None:
        return days_overdue(finding, self.clock) or None

    def _item(
        self, finding: Finding, requirement: Requirement | None, standing: Assessment | None
    ) -> tuple[Value, ...]:
        """The cells G–L: where, what, by when, on what basis, and what was seen instead."""
        kind = _type_word(finding)
        if requirement is None:  # the item left the catalog
            return (None, finding.requirement, None, None, kind, _seen_plainly(finding))
        columns = column_names(requirement, self.catalog)
        is_told = status_told(finding, standing) in GAPS
        return (
            columns,
            requirement.name,
            limit_text(requirement),
            basis_text(requirement),
            kind,
            seen_sentence(finding, standing, requirement, column=columns)
            if is_told
            else _seen_plainly(finding),
        )

    def _responsible(self, finding: Finding, unit: Unit, requirement: Requirement | None) -> str:
        """The section and the person; a bureau's own items go by who leads on them."""
        subjects = (finding.requirement, *(requirement.columns if requirement else ()))
        duty = next((self.duties[key] for key in subjects if key in self.duties), None)
        if finding.section and duty and duty.section == finding.section and duty.person:
            return f"{finding.section}/{duty.person}"
        section = finding.section or unit.section
        person = "" if finding.section else unit.responsible.name or unit.contact.name
        return "/".join(filter(None, (section, person)))


def _type_word(finding: Finding) -> str:
    """问题类型: the very kind of gap, where 表1 counts two kinds as one."""
    return finding.status.value if finding.status in GAPS else type_of(finding).value


def _seen_plainly(finding: Finding) -> str:
    """核查发现 of what the sentence bank has no words for."""
    return f"{day_words(finding.last_seen_on)}核查，发现“{_type_word(finding)}”问题。"


def _answered(life: Sequence[FindingEvent]) -> str:
    """整改情况: what was said when it was last answered or contested."""
    told = (State.RESPONDED, State.CONTESTED)
    said = (event.reason for event in reversed(life) if event.to_state in told)
    return quoted(next(said, ""), _LONGEST_NOTE)


def _checked(finding: Finding, life: Sequence[FindingEvent]) -> str | None:
    """复核结果: closed, waiting for a look, or answered and found wanting since."""
    if finding.state is State.CLOSED:
        return Checked.PASSED.value
    if finding.state is State.RESPONDED:
        return Checked.TO_CHECK.value
    turned_back = {State.ASSIGNED, State.REOPENED}
    failed = any(
        event.from_state in {State.RESPONDED, State.CLOSED} and event.to_state in turned_back
        for event in life
    )
    return Checked.FAILED.value if failed else None


def _evidence_number(life: Sequence[FindingEvent], seen: Sequence[Evidence]) -> str:
    """佐证编号: the beginning of the hash that the stored page is named by."""
    kept = [event.evidence for event in life if event.evidence]
    sha256 = seen[0].sha256 if seen else kept[-1] if kept else ""
    return sha256[:_EVIDENCE_DIGITS]


def _remarks(finding: Finding, standing: Assessment | None) -> str:
    remarks = list(standing.flags) if standing else []
    if finding.state is State.SUSPENDED and finding.resume_on:
        remarks.append(RowRemark.SUSPENDED.value.format(day=finding.resume_on.isoformat()))
    if standing and standing.status is Status.UNREACH:
        remarks.append(RowRemark.NOT_SEEN.value)
    return BETWEEN_REMARKS.join(remarks)
