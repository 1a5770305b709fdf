"""数字: assessments to the numbers a report states. Pure; every total is the sum of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.model import (
    GAPS,
    Assessment,
    Catalog,
    Finding,
    Outcome,
    State,
    Status,
    Unit,
)

_UNCONFIRMED = frozenset({State.DETECTED, State.TO_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """一行计数: one unit or one item, and how many of its cells have each status."""

    key: str
    name: str
    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def gaps(self) -> int:
        return sum(self.counts.get(status, 0) for status in GAPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """一条结论 with the names a reader needs beside it."""

    unit_name: str
    requirement_name: str
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTrouble:
    """未能核查的网站: a unit whose site could not be read, and since when."""

    unit: str
    unit_name: str
    nights: int
    last_good_on: str  # ISO day, "" when it was never read


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """核查范围: what was and was not looked at; the coverage statement's numbers."""

    columns_planned: int
    columns_read: int
    by_outcome: Mapping[Outcome, int]
    not_judged: tuple[tuple[str, str], ...]  # requirement name, why (线下公开、数据填报)
    unchecked: tuple[tuple[str, tuple[str, ...]], ...]  # requirement name, elements no check covers
    without_site: tuple[str, ...]  # names of units


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """总览 of one night's standing assessments."""

    by_unit: tuple[Line, ...]
    by_requirement: tuple[Line, ...]
    total: Line
    gaps: tuple[Row, ...]
    doubtful: tuple[Row, ...]  # UNSURE
    unreached: tuple[Row, ...]
    late: tuple[Row, ...]
    unconfirmed: Mapping[State, int]  # findings nobody has confirmed yet
    troubles: tuple[SiteTrouble, ...]
    reach: Reach


def overview(
    assessments: Iterable[Assessment],
    units: Sequence[Unit],
    catalog: Catalog,
    *,
    findings: Iterable[Finding] = (),
    troubles: tuple[SiteTrouble, ...] = (),
    reach: Reach,
) -> Overview:
    """Count assessments per unit and per item, and sort what a person must see by severity.

    ``units`` gives the order of the unit lines; an item's lines are in the catalog's order.
    """
    names = {unit.code: unit.name for unit in units}
    rows = [
        Row(
            unit_name=names.get(one.unit, one.unit),
            requirement_name=_item_name(catalog, one.requirement),
            assessment=one,
        )
        for one in assessments
    ]
    by_unit: dict[str, Counter[Status]] = {unit.code: Counter() for unit in units}
    by_item: dict[str, Counter[Status]] = {key: Counter() for key in catalog.requirements}
    total: Counter[Status] = Counter()
    for row in rows:
        status = row.assessment.status
        by_unit.setdefault(row.assessment.unit, Counter())[status] += 1
        by_item.setdefault(row.assessment.requirement, Counter())[status] += 1
        total[status] += 1
    rows.sort(key=_severity)
    return Overview(
        by_unit=tuple(
            Line(key=code, name=names.get(code, code), counts=counts)
            for code, counts in by_unit.items()
            if counts
        ),
        by_requirement=tuple(
            Line(key=key, name=_item_name(catalog, key), counts=counts)
            for key, counts in by_item.items()
            if counts
        ),
        total=Line(key="", name="合计", counts=total),
        gaps=tuple(row for row in rows if row.assessment.status in GAPS),
        doubtful=tuple(row for row in rows if row.assessment.status is Status.UNSURE),
        unreached=tuple(row for row in rows if row.assessment.status is Status.UNREACH),
        late=tuple(row for row in rows if row.assessment.late_by),
        unconfirmed=Counter(finding.state for finding in findings if finding.state in _UNCONFIRMED),
        troubles=troubles,
        reach=reach,
    )


def _item_name(catalog: Catalog, key: str) -> str:
    requirement = catalog.requirements.get(key)
    return requirement.name if requirement else key


def _severity(row: Row) -> tuple[int, str, str]:
    one = row.assessment
    return (one.status.severity, one.unit, one.requirement)
