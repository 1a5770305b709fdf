"""核查范围说明: what no look of ours could judge, and what was approved not to count. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Snapshot, Where
from monitor.parts import NOT_OWED
from monitor.wording import NoGap
from reports.manuscript import PaperTable, Table, TableColumn
from reports.period import PeriodFigures

SCOPE = "核查范围说明"
_OFF_THE_WEB = {Where.INPUT: NoGap.INPUT.value, Where.OFFLINE: NoGap.OFFLINE.value}


def scope_tables(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[PaperTable]:
    """Write the tables that have rows; none where all that is owed was judged whole."""
    listed = {cell.requirement for cell in figures.cells}
    items = [one for key, one in snapshot.catalog.requirements.items() if key in listed]
    off_the_web = [one for one in items if one.where in _OFF_THE_WEB]
    if off_the_web:
        yield _table(
            "不在网站公开、未自动核查的事项",
            ("公开事项", "公开方式"),
            [(one.name, _OFF_THE_WEB[one.where]) for one in off_the_web],
        )
    unchecked = [one for one in items if one.unchecked and one.where not in _OFF_THE_WEB]
    if unchecked:
        yield _table(
            "已核对是否公开、是否及时，未自动核对要素的事项",
            ("公开事项", "未自动核对的要素"),
            [(one.name, "、".join(one.unchecked)) for one in unchecked],
        )
    if waived := list(_waived(snapshot, figures)):
        yield _table(
            "已核准不涉及、依法不公开的事项", ("单位", "公开事项", "核准理由", "有效期至"), waived
        )


def _waived(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[tuple[str, ...]]:
    counted = {cell.item: cell.unit.name for cell in figures.cells if cell.part in NOT_OWED}
    for one in snapshot.catalog.waivers:
        if (name := counted.get((one.unit, one.requirement))) is not None:
            item = snapshot.catalog.requirements.get(one.requirement)
            until = one.valid_until.isoformat() if one.valid_until else "长期"
            yield name, item.name if item else one.requirement, one.reason, until


def _table(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> PaperTable:
    return PaperTable(
        title=title,
        table=Table(columns=tuple(TableColumn(heading=one) for one in headings), rows=tuple(rows)),
    )
