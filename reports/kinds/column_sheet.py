"""栏目应公开内容清单: what must stand in each column of one unit, for a new contact. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from monitor.model import (
    Assessment,
    Column,
    Event,
    Moment,
    Obligation,
    Requirement,
    Snapshot,
    Status,
    Unit,
    Waiver,
    Where,
)
from monitor.obligations import not_judged, owed
from monitor.parts import TO_VERIFY, CellOf, Part, cells_of, units_of
from monitor.periods import months_later
from monitor.timelimits import Season, YearlyBy, YearlyWindow
from monitor.waivers import status_of
from reports.manuscript import (
    Block,
    Cell,
    Heading,
    Kind,
    Paper,
    PaperTable,
    Paragraph,
    Table,
    TableColumn,
)
from reports.phrases import cut_off_words, first_level
from reports.problems import Office, addressed, contact_words
from reports.sentences import basis_text, elements_of, limit_text, status_told

_MOST_ALIASES = 4
_YEARLY = (YearlyBy, YearlyWindow, Season)
_ITEM_COLUMNS = ("公开事项", "公开要素", "公开时限", "公开依据")
_NOT_OWED = frozenset({Status.NA, Status.EXEMPT})
#: what a part is shown as; the others are shown by the verdict behind them
_SHOWN = {
    Part.NORMAL: Status.OK,
    Part.LATE: Status.OK,
    Part.DUE_SOON: Status.DUE_SOON,
    Part.STATED: Status.STMT,
    Part.NOT_CONCERNED: Status.NA,
    Part.EXEMPT: Status.EXEMPT,
    **dict.fromkeys(TO_VERIFY, Status.UNSURE),
}


def compose(
    snapshot: Snapshot,
    unit: Unit,
    *,
    office: Office,
    on: Moment,
    events: Iterable[Event] = (),
    waivers: Iterable[Waiver] = (),
) -> Paper:
    """Write the list of ``unit`` as it holds on this day: one table for each column.

    ``events`` and ``waivers``: those of the office's sheets, beside the catalog's own.
    """
    obligations = list(owed(snapshot.catalog, [unit], events, on, waivers=waivers))
    cells = {
        (cell.requirement, cell.period): cell
        for cell in cells_of(snapshot, units_of(snapshot))
        if cell.unit.code == unit.code
    }
    parts = (
        ("本单位网站的栏目", _tables(obligations, Where.SITE, cells, on)),
        ("在指定平台公开的内容", _tables(obligations, Where.PLATFORM, cells, on)),
        ("不在网站上核查的内容", _elsewhere(not_judged(snapshot.catalog, unit))),
    )
    told = [(heading, blocks) for heading, blocks in parts if blocks]
    return Paper(
        title=f"{unit.name}栏目应公开内容清单",
        subtitle=f"数据截至{cut_off_words(snapshot.cut_off_at)}",
        blocks=(
            Paragraph(text=_opening(unit, obligations)),
            *(
                block
                for place, (heading, blocks) in enumerate(told, start=1)
                for block in (Heading(level=1, text=first_level(place, heading)), *blocks)
            ),
        ),
        signed_by=office.name,
        signed_on=on.today,
        sealed=False,
        contact=contact_words(office),
        author=office.name,
    )


def _opening(unit: Unit, obligations: Sequence[Obligation]) -> str:
    return (
        f"{addressed(unit)}应在网站和指定平台公开{len(obligations)}项内容，按栏目列出如下。"
        "标“常见做法”的时限只供参考，不据此认定问题；“下次到期”为“—”的，按“公开时限”一栏办理。"
    )


def _tables(
    obligations: Iterable[Obligation],
    where: Where,
    cells: Mapping[tuple[str, str], CellOf],
    on: Moment,
) -> tuple[Block, ...]:
    """One table for each column, in the order the catalog first asks for it."""
    groups: dict[str, list[Obligation]] = {}
    columns: dict[str, Column] = {}
    for one in obligations:
        if one.requirement.where is where and one.columns:
            first = one.columns[0]
            columns[first.id] = first
            groups.setdefault(first.id, []).append(one)
    return tuple(
        PaperTable(
            title=f"“{columns[key].name}”栏目",
            table=Table(
                columns=(
                    *(TableColumn(heading=heading) for heading in _ITEM_COLUMNS),
                    TableColumn(heading="目前情况", kind=Kind.STATUS),
                    TableColumn(heading="下次到期"),
                ),
                rows=tuple(_row(one, cells, on) for one in group),
            ),
            note=_aliases(columns[key]),
        )
        for key, group in groups.items()
    )


def _aliases(column: Column) -> str:
    names = "".join(f"“{alias}”" for alias in column.aliases[:_MOST_ALIASES])
    return f"栏目也可以叫{names}。" if names else ""


def _row(one: Obligation, cells: Mapping[tuple[str, str], CellOf], on: Moment) -> tuple[Cell, ...]:
    cell = cells.get((one.requirement.id, one.period))
    state = _state(one, cell)
    due = None if state in _NOT_OWED else next_due(one, on, cell.assessment if cell else None)
    others = "".join(f"“{column.name}”" for column in one.columns[1:])
    item = f"{one.requirement.name}（也可放在{others}栏目）" if others else one.requirement.name
    return (item, *_told(one.requirement), state, due.isoformat() if due else "")


def _told(requirement: Requirement) -> tuple[Cell, ...]:
    return (
        "、".join(elements_of(requirement)),
        limit_text(requirement),
        basis_text(requirement),
    )


def _state(one: Obligation, cell: CellOf | None) -> Status:
    """What the unit may read: a gap that nobody confirmed is for a person to verify."""
    if one.waiver is not None:
        return status_of(one.waiver)
    if cell is None:
        return Status.NEW
    if cell.part is Part.PROBLEM and cell.finding is not None:
        return status_told(cell.finding, cell.assessment)
    if cell.part in _SHOWN:
        return _SHOWN[cell.part]
    return cell.assessment.status if cell.assessment else Status.NEW


def next_due(one: Obligation, on: Moment, assessment: Assessment | None) -> date | None:
    """The nearest day from today on by which something is due; None for what has no day."""
    days = [_lapse(assessment)] if assessment else []
    for limit in one.requirement.limits:
        due = limit.due("", one.events, on)
        if due is not None and due < on.today and isinstance(limit, _YEARLY):
            # the edition still in judgement is past; asked a year on, its successor answers
            then = Moment(today=months_later(due, 12), calendar=on.calendar)
            due = limit.due("", one.events, then)
        days.append(due)
    return min((day for day in days if day is not None and day >= on.today), default=None)


def _lapse(assessment: Assessment) -> date | None:
    """The day on which what is there will no longer do, where judging has told it."""
    due = assessment.facts.get("due")
    return due if assessment.status is Status.DUE_SOON and isinstance(due, date) else None


def _elsewhere(requirements: Sequence[Requirement]) -> tuple[Block, ...]:
    if not requirements:
        return ()
    return (
        PaperTable(
            title="线下公开或由登记表提供的内容",
            table=Table(
                columns=tuple(TableColumn(heading=heading) for heading in _ITEM_COLUMNS),
                rows=tuple((one.name, *_told(one)) for one in requirements),
            ),
        ),
    )
