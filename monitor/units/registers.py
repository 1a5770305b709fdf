"""任务分解、事件登记: two more sheets of the office → frozen records.

In: the path of a sheet, the catalog, the units. Out: the records and the remarks to show back; any
mistake refuses the whole sheet, and all are told at once with row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from monitor.cells import BadCell, read_day, read_mail
from monitor.model import Catalog, Duty, Event, Requirement, Unit, UnitType
from monitor.sheets import Row, read_table
from monitor.textform import normal_form
from monitor.triggers import INSPECTION, MIGRATION
from monitor.units.reading import Reading, Remarks
from monitor.wording import Refusal, Slip

DUTY_HEADERS = ("事项或栏目", "责任科室", "配合科室", "责任人", "审核人", "邮箱")
EVENT_HEADERS = ("单位", "事件", "日期", "登记人", "文号")
ALL_UNITS = "全部"


def read_duties(path: Path, catalog: Catalog) -> tuple[tuple[Duty, ...], Remarks]:
    """任务分解: who in the bureau leads on which item or column; exactly one section each."""
    table = read_table(
        path,
        known=DUTY_HEADERS,
        required=("事项或栏目", "责任科室"),
        other_names={"事项": "事项或栏目", "栏目": "事项或栏目", "牵头科室": "责任科室"},
    )
    sheet = Reading(table)
    subjects = _subjects(catalog)
    duties: dict[str, Duty] = {}
    rows: dict[str, int] = {}
    for row in sheet.rows:
        duty = _duty(sheet, row, subjects)
        if duty is None:
            continue
        if duty.subject in duties:
            given, first = row.text("事项或栏目"), rows[duty.subject]
            section = duties[duty.subject].section
            slip = Slip.DUPLICATE_SUBJECT
            sheet.wrong(row, "事项或栏目", slip, given=given, first=first, section=section)
            continue
        duties[duty.subject], rows[duty.subject] = duty, row.number
    return sheet.done(Refusal.DUTIES, tuple(duties.values()))


def unassigned(duties: Iterable[Duty], catalog: Catalog) -> tuple[str, ...]:
    """The bureau's own items that no section leads on, neither by item nor by column."""
    given = {duty.subject for duty in duties}
    return tuple(
        requirement.id
        for requirement in catalog.requirements.values()
        if UnitType.BUREAU in requirement.applies_to
        and not given & {requirement.id, *requirement.columns}
    )


def lead_of(duties: Iterable[Duty], requirement: Requirement) -> Duty | None:
    """Who in the bureau leads on an item: by the item itself, else by a column it stands in."""
    by_subject = {duty.subject: duty for duty in duties}
    subjects = (requirement.id, *requirement.columns)
    return next((by_subject[key] for key in subjects if key in by_subject), None)


def read_events(
    path: Path, units: Sequence[Unit], catalog: Catalog
) -> tuple[tuple[Event, ...], Remarks]:
    """事件登记: on which day something happened that starts a clock."""
    table = read_table(path, known=EVENT_HEADERS, required=EVENT_HEADERS[:3])
    sheet = Reading(table)
    codes = {normal_form(name): unit.code for unit in units for name in (*unit.names, unit.code)}
    names = event_names(catalog)
    seen: dict[tuple[str, str, object], int] = {}
    events = []
    for row in sheet.rows:
        event = _event(sheet, row, codes, names)
        if event is None:
            continue
        key = (event.unit, event.event, event.day)
        if key in seen:
            sheet.wrong(row, "事件", Slip.DUPLICATE_EVENT, first=seen[key])
            continue
        seen[key] = row.number
        events.append(event)
    return sheet.done(Refusal.EVENTS, tuple(events))


def event_names(catalog: Catalog) -> tuple[str, ...]:
    """The events that clocks of the catalog wait for, and those that judgements know."""
    named = (
        getattr(limit, "event", "")
        for requirement in catalog.requirements.values()
        for limit in requirement.limits
    )
    of_clocks = (name for name in named if isinstance(name, str) and name)
    return tuple(dict.fromkeys((*of_clocks, MIGRATION, INSPECTION)))


def _subjects(catalog: Catalog) -> dict[str, str]:
    """Ids by what a person may call an item or a column; an item goes before a column."""
    subjects: dict[str, str] = {}
    for column in catalog.columns.values():
        for name in (*column.aliases, column.name, column.id):
            subjects[normal_form(name).casefold()] = column.id
    for requirement in catalog.requirements.values():
        for name in (requirement.name, requirement.id):
            subjects[normal_form(name).casefold()] = requirement.id
    return subjects


def _duty(sheet: Reading, row: Row, subjects: dict[str, str]) -> Duty | None:
    given = sheet.text(row, "事项或栏目", needed=True)
    subject = subjects.get(normal_form(given).casefold(), "")
    if given and not subject:
        slips = (Slip.UNKNOWN_SUBJECT, Slip.UNKNOWN_SUBJECT_NEAR)
        sheet.unknown(row, "事项或栏目", slips, given, subjects)
    sections = _several(sheet.text(row, "责任科室", needed=True))
    if len(sections) > 1:
        sheet.wrong(row, "责任科室", Slip.TWO_LEADS, given=row.text("责任科室"))
    duty = Duty(
        subject=subject,
        section=sections[0] if sections else "",
        co_sections=_several(sheet.text(row, "配合科室")),
        person=sheet.text(row, "责任人"),
        reviewer=sheet.text(row, "审核人"),
        mail=sheet.cell(row, "邮箱", read_mail, ""),
    )
    return duty if subject and len(sections) == 1 else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[、,，;；/ ]+", text) if part)


def _event(sheet: Reading, row: Row, codes: dict[str, str], names: Sequence[str]) -> Event | None:
    before = len(sheet.mistakes)
    given = sheet.text(row, "单位", needed=True)
    unit = "" if given == ALL_UNITS else codes.get(normal_form(given))
    if given and unit is None:
        sheet.unknown(row, "单位", (Slip.UNKNOWN_UNIT, Slip.UNKNOWN_UNIT_NEAR), given, codes)
    name = sheet.text(row, "事件", needed=True)
    known = {normal_form(event): event for event in names}
    event = known.get(normal_form(name))
    if name and event is None:
        sheet.unknown(row, "事件", (Slip.UNKNOWN_EVENT, Slip.UNKNOWN_EVENT_NEAR), name, names)
    day = None
    try:
        day, was_number = read_day(row.cells.get("日期", ""))
        if was_number:
            sheet.note(row, "日期", Slip.DAY_READ, given=row.text("日期"), read=day.isoformat())
    except BadCell as bad:
        blank = not row.text("日期")
        sheet.wrong(row, "日期", Slip.EMPTY_CELL if blank else bad.slip, **bad.facts)
    by, doc_no = sheet.text(row, "登记人"), sheet.text(row, "文号")
    if len(sheet.mistakes) > before or unit is None or event is None or day is None:
        return None
    return Event(unit=unit, event=event, day=day, by=by, doc_no=doc_no)
