"""周期数字: a snapshot to the numbers of a period. Pure.

Problems come from the findings, everything else from the assessments; the two are counted apart,
so that ``reports.tieouts`` can find a number that does not fit.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from monitor.findings import ON_THE_CLOCK, days_overdue
from monitor.flows import (
    Learnt,
    Rectified,
    Walk,
    clock_of,
    last_day,
    learnt,
    midnight,
    rectified,
    walks,
)
from monitor.model import Assessment, Finding, Requirement, Snapshot, State, Unit
from monitor.parts import (
    CHECKED,
    COMPLIANT,
    NOT_OWED,
    TO_VERIFY,
    CellOf,
    Item,
    Part,
    ProblemType,
    UnitClass,
    cells_of,
    class_of,
    is_problem,
    type_of,
    units_of,
)
from monitor.wording import Because

Key = TypeVar("Key", bound=enum.Enum)
One = TypeVar("One")

#: fewer valid nights than this, and nothing has been seen twice
LEAST_NIGHTS = 2
#: with one 主管单位 for all, counting by it would say the total again
LEAST_PARENTS = 2
_NO_PARENT = "未登记主管单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLine:
    """表1 的一行: what happened to the problems of one type, and where they stand."""

    type: ProblemType | None  # None: 合计
    carried: int
    new: int
    closed: int
    withdrawn: int
    waived: int
    open: int
    units: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """附件1 的一行: the cells of one class of units, by what they count as."""

    unit_class: UnitClass | None  # None: 合计
    units: int
    listed: int  # 目录项次
    owed: int  # 应公开
    checked: int  # 实际核查
    compliant: int  # 达标
    to_verify: int  # 待人工核实
    parts: Mapping[Part, int]
    by_hand: Mapping[Part, int]  # of these, what rests on a person's answer (人工核实)

    def of(self, part: Part) -> int:
        """How many cells count as ``part``."""
        return self.parts.get(part, 0)

    @property
    def compliant_by_hand(self) -> int:
        """How many of 达标 rest on 人工核实."""
        return sum(self.by_hand.get(part, 0) for part in COMPLIANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """未能核查事项的一行: the items of a unit that one and the same reason kept from being read."""

    unit: Unit
    site: str
    because: Because
    reason: str
    count: int
    last_good_on: date | None  # None: never read
    nights: int  # in a row without an answer; 0: the site answers, its pages do not


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """周期数字: everything a period's reports state as a number."""

    starts_on: date
    ends_on: date
    cut_off_at: datetime
    nights: int
    cells: tuple[CellOf, ...]
    problems: tuple[Finding, ...]  # open and confirmed: the rows of 台账
    types: tuple[TypeLine, ...]
    types_total: TypeLine
    classes: tuple[ClassLine, ...]
    parents: Mapping[str, ClassLine]  # by 主管单位; empty where all units have the same
    total: ClassLine
    states: Mapping[State, int]  # of the problems
    problems_by_unit: Mapping[str, int]
    overdue_numbers: frozenset[str]  # of the problems
    within: int  # 期限内, with what was answered in time
    unreached: tuple[Unreached, ...]
    clean_units: tuple[Unit, ...]
    rectified: Rectified
    learnt: Learnt
    requirements: Mapping[str, Requirement]  # of the catalog it was judged by
    came: Mapping[Item, int]  # how often each became a problem in the period
    mended: Mapping[Item, int]  # how often each was closed in it

    @property
    def is_first_look(self) -> bool:
        """初次摸底: nothing can have been seen on two nights of the period."""
        return self.nights < LEAST_NIGHTS

    @property
    def last_day(self) -> date:
        """The day its deadlines are judged as of: 24时 still belongs to the day before."""
        return last_day(self.cut_off_at)

    @property
    def overdue(self) -> int:
        """How many problems are past their deadline."""
        return len(self.overdue_numbers)

    @property
    def units_checked(self) -> int:
        """Units of which at least one item was looked at with a result."""
        return len({cell.unit.code for cell in self.cells if cell.part in CHECKED})


def period_figures(snapshot: Snapshot) -> PeriodFigures:
    """Count a snapshot. Days are judged as of its cut-off, which its states are of too."""
    findings = snapshot.findings
    units = units_of(snapshot)
    cells = tuple(cells_of(snapshot, units))
    problems = tuple(one for one in findings if is_problem(one))
    clock = clock_of(snapshot)
    overdue = {one.number for one in problems if days_overdue(one, clock)}
    ways = walks(findings, snapshot.events, midnight(snapshot.starts_on))
    of_type = _grouped(ProblemType, findings, type_of)
    of_class = _grouped(UnitClass, cells, lambda cell: class_of(cell.unit))
    members = Counter(class_of(unit) for unit in units.values())
    return PeriodFigures(
        starts_on=snapshot.starts_on,
        ends_on=snapshot.ends_on,
        cut_off_at=snapshot.cut_off_at,
        nights=snapshot.nights,
        cells=cells,
        problems=problems,
        types=tuple(_type_line(kind, found, ways, overdue) for kind, found in of_type.items()),
        types_total=_type_line(None, findings, ways, overdue),
        classes=tuple(
            _class_line(kind, members[kind], found)
            for kind, found in of_class.items()
            if members[kind]
        ),
        parents=_by_parent(snapshot, units, cells),
        total=_class_line(None, len(units), cells),
        states=Counter(one.state for one in problems),
        problems_by_unit=Counter(one.unit for one in problems),
        overdue_numbers=frozenset(overdue),
        within=sum(one.state in ON_THE_CLOCK and one.number not in overdue for one in problems),
        unreached=_unreached(cells, snapshot),
        clean_units=tuple(_clean(units.values(), cells)),
        rectified=rectified(findings, ways, overdue, units),
        learnt=learnt(findings, snapshot.events, midnight(snapshot.starts_on)),
        requirements=snapshot.catalog.requirements,
        came=_by_item(findings, lambda one: ways[one.number].new),
        mended=_by_item(findings, lambda one: ways[one.number].left.get(State.CLOSED, 0)),
    )


def _by_item(findings: Iterable[Finding], times: Callable[[Finding], int]) -> Counter[Item]:
    counts: Counter[Item] = Counter()
    for one in findings:
        counts[one.unit, one.requirement] += times(one)
    return +counts


def _grouped(
    kinds: type[Key], all_of: Iterable[One], kind_of: Callable[[One], Key]
) -> dict[Key, list[One]]:
    """All of them by kind, with every kind in its order."""
    groups: dict[Key, list[One]] = {kind: [] for kind in kinds}
    for one in all_of:
        groups[kind_of(one)].append(one)
    return groups


def _type_line(
    kind: ProblemType | None,
    findings: Sequence[Finding],
    ways: Mapping[str, Walk],
    overdue: set[str],
) -> TypeLine:
    own = [ways[one.number] for one in findings]
    problems = [one for one in findings if is_problem(one)]
    return TypeLine(
        type=kind,
        carried=sum(walk.carried for walk in own),
        new=sum(walk.new for walk in own),
        closed=sum(walk.left.get(State.CLOSED, 0) for walk in own),
        withdrawn=sum(walk.left.get(State.WITHDRAWN, 0) for walk in own),
        waived=sum(walk.left.get(State.WAIVED, 0) for walk in own),
        open=len(problems),
        units=len({one.unit for one in problems}),
        overdue=sum(one.number in overdue for one in problems),
    )


def _class_line(kind: UnitClass | None, units: int, cells: Sequence[CellOf]) -> ClassLine:
    return ClassLine(
        unit_class=kind,
        units=units,
        listed=len(cells),
        owed=sum(cell.part not in NOT_OWED for cell in cells),
        checked=sum(cell.part in CHECKED for cell in cells),
        compliant=sum(cell.part in COMPLIANT for cell in cells),
        to_verify=sum(cell.part in TO_VERIFY for cell in cells),
        parts=Counter(cell.part for cell in cells),
        by_hand=Counter(cell.part for cell in cells if cell.is_by_hand),
    )


def _by_parent(
    snapshot: Snapshot, units: Mapping[str, Unit], cells: Iterable[CellOf]
) -> dict[str, ClassLine]:
    """Each 主管单位 apart from the units under it, in the order of the list."""
    listed = {**{unit.code: unit for unit in snapshot.units}, **units}
    above = {unit.parent for unit in units.values() if unit.parent}
    if len(above) < LEAST_PARENTS:
        return {}

    def line_of(unit: Unit) -> str:
        if unit.code in above:
            return unit.name
        return f"{listed[unit.parent].name}所属单位" if unit.parent in listed else _NO_PARENT

    bodies = [unit.name for code, unit in listed.items() if code in above]
    names = [line for body in bodies for line in (body, f"{body}所属单位")]
    members = Counter(map(line_of, units.values()))
    own: dict[str, list[CellOf]] = {}
    for cell in cells:
        own.setdefault(line_of(cell.unit), []).append(cell)
    return {
        name: _class_line(None, members[name], own.get(name, ()))
        for name in (*names, _NO_PARENT)
        if members[name]
    }


def _clean(units: Iterable[Unit], cells: Iterable[CellOf]) -> Iterator[Unit]:
    """Units to praise: nothing found, nothing suspected, and at most a fifth not known."""
    counts: dict[str, Counter[Part]] = {}
    for cell in cells:
        counts.setdefault(cell.unit.code, Counter())[cell.part] += 1
    for unit in units:
        own = counts.get(unit.code, Counter())
        compliant = sum(own[part] for part in COMPLIANT)
        unknown = own[Part.UNREACHED] + own[Part.UNSURE]
        suspect = own[Part.PROBLEM] + own[Part.DETECTED] + own[Part.TO_REVIEW]
        if compliant and not suspect and unknown * 5 <= compliant + unknown:
            yield unit


def _unreached(cells: Iterable[CellOf], snapshot: Snapshot) -> tuple[Unreached, ...]:
    groups: dict[tuple[str, Because, str], list[CellOf]] = {}
    for cell in cells:
        if cell.part is Part.UNREACHED and (one := cell.assessment) is not None:
            groups.setdefault((one.unit, one.because, _reason(one)), []).append(cell)
    rows = []
    for (code, because, reason), own in groups.items():
        unit = own[0].unit
        nights, answered_on = snapshot.silent.get(code, (0, None))
        looks = [cell.assessment.last_verified_on for cell in own if cell.assessment]
        known = [day for day in looks if day]
        rows.append(
            Unreached(
                unit=unit,
                site=unit.home,
                because=because,
                reason=reason,
                count=len(own),
                last_good_on=answered_on or max(known, default=None),
                nights=nights,
            )
        )
    return tuple(rows)


def _reason(assessment: Assessment) -> str:
    """Why it could not be read: the outcome, which the sentence of a page not opened holds."""
    outcome = assessment.facts.get("outcome")
    return str(outcome) if outcome else assessment.sentence
