"""单项否决预演: the units held against the veto thresholds, as lines or a sheet. No verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from commands.folder import Folder
from commands.latest import cases
from monitor.judgements.rehearsal import (
    Reach,
    Rehearsed,
    Rehearsing,
    Visits,
    concerns,
    rehearsed,
)
from monitor.model import Unit
from monitor.store import queries
from reports.workbook import Sheet, Value

_BORROWED = "标准约束政府网站，学校是借用"
_HEADER = ("单位编码", "单位", "否决情形", "预演结果", "所见", "否决线", "说明")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """预演结果 of the units that are asked, and how many are not."""

    units: tuple[tuple[Unit, tuple[Rehearsed, ...]], ...]
    others: int
    rules: Rehearsing
    unknown_columns: tuple[str, ...] = ()  # named in the settings and not in the catalog

    def notes(self) -> Iterator[str]:
        """Yield what must be known before a line of it is read."""
        yield "单项否决预演（国办秘函〔2019〕19号），按已保存的核查结果推算，不是检查结论"
        if self.rules.schools:
            yield _BORROWED
        elif self.others:
            how = "要看的把 rehearsal.schools 改为 true"
            yield f"{_BORROWED}；{self.others} 家单位没有预演（{how}）"
        if self.unknown_columns:
            yield f"设置里的栏目“{'”“'.join(self.unknown_columns)}”不在目录中，没有算"

    def lines(self) -> Iterator[str]:
        """Yield it for the screen."""
        yield from self.notes()
        for unit, found in self.units:
            reached = sum(one.reach is Reach.REACHED for one in found)
            yield f"{unit.name}　达到否决线 {reached} 项"
            for one in found:
                seen = f"　{one.value}" if one.value else ""
                yield f"　{one.fault.value}　{one.reach.value}{seen}（否决线：{one.limit}）"
                if one.note:
                    yield f"　　{one.note}"


def rehearse(folder: Folder, only: Unit | None, letters: Mapping[str, date]) -> Rehearsal:
    """Hold one unit, or all that are asked, against every fault."""
    rules = folder.settings.to_rehearsing()
    active = [unit for unit in folder.units if unit.active]
    asked = [unit for unit in active if only in (None, unit) and concerns(unit, rules)]
    since = folder.today - timedelta(days=rules.visits_days - 1)
    visits = queries.visits(folder.store, since=since)
    named = {*rules.news_columns, *rules.policy_columns}
    return Rehearsal(
        units=tuple(
            (
                case.unit,
                rehearsed(
                    case,
                    rules,
                    folder.moment,
                    visits=_visits(visits.get(case.unit.code, (0, 0))),
                    letter_on=letters.get(case.unit.code),
                ),
            )
            for case in cases(folder, asked)
        ),
        others=len(active) - len(asked) if only is None else int(not asked),
        rules=rules,
        unknown_columns=tuple(sorted(named - folder.catalog.columns.keys())),
    )


def _visits(counted: tuple[int, int]) -> Visits:
    made, failed = counted
    return Visits(made=made, failed=failed)


def sheet_of(found: Rehearsal) -> Sheet:
    """单项否决预演 as a sheet: a row for each unit and fault."""
    return Sheet(
        name="单项否决预演",
        title="单项否决预演",
        notes=tuple(found.notes()),
        header=_HEADER,
        rows=[_row(unit, one) for unit, those in found.units for one in those],
    )


def _row(unit: Unit, one: Rehearsed) -> tuple[Value, ...]:
    return (
        *(unit.code, unit.name, one.fault.value, one.reach.value),
        *(one.value, one.limit, one.note),
    )
