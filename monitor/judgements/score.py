"""评分: what a unit's cells of a period come to as points, by class of units. Pure.

Points are for an office's own assessment; no law fixes them, so every constant is in ``Scoring``
and is printed with the result (``terms``). Only what was looked at counts: what could not be
judged takes no points and gives none, and with too much of it a unit gets no score at all.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from monitor.findings import days_overdue
from monitor.flows import clock_of, midnight, rectified, walks, was_late
from monitor.model import Finding, Snapshot, State, Status, Unit
from monitor.parts import (
    COMPLIANT,
    NOT_OWED,
    CellOf,
    Part,
    UnitClass,
    cells_of,
    class_of,
    is_problem,
    units_of,
)
from monitor.wording import ScoreTerm

_TENTH = Decimal("0.1")
_ONE, _FULL = Decimal(1), Decimal(100)


@enum.unique
class Ranking(enum.Enum):
    """排序方式: what may be shown of how units compare. The value is the key in settings.yaml."""

    FULL = "full"
    GRADES_ONLY = "grades_only"
    NONE = "none"


@enum.unique
class Grade(enum.Enum):
    """等次, the best first. The value is the word people read."""

    EXCELLENT = "优秀"
    GOOD = "良好"
    PASS = "合格"
    POOR = "待改进"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """评分口径: every constant of a score. Credits are shares of an item's points."""

    ranking: Ranking = Ranking.GRADES_ONLY
    credit_ok: float = 1
    credit_statement: float = 1
    credit_due_soon: float = 1
    credit_stale: float = 0.5
    credit_partial: float = 0.6
    credit_broken: float = 0.5
    credit_missing: float = 0
    credit_nocol: float = 0
    credit_empty: float = 0
    credit_other: float = 0  # a confirmed problem of no such type
    overdue: float = 1  # points off for each problem that missed its deadline
    overdue_most: float = 5
    relapse: float = 1  # and for each that came back
    relapse_most: float = 3
    prompt: float = 1  # points on when all was put right in time
    excellent: float = 90
    good: float = 80
    passed: float = 60
    unknown_percent: float = 20  # with more of its items unknown a unit gets no score

    def credit(self, status: Status) -> Decimal:
        """The share of its points that an item of this status keeps."""
        name = "statement" if status is Status.STMT else status.name.lower()
        return _points(getattr(self, f"credit_{name}", self.credit_other))

    def grade(self, points: Decimal) -> Grade:
        """The grade of a score of one decimal place."""
        for grade, least in (
            (Grade.EXCELLENT, self.excellent),
            (Grade.GOOD, self.good),
            (Grade.PASS, self.passed),
        ):
            if points >= _points(least):
                return grade
        return Grade.POOR


#: what cells that are no problem are credited as; the others are not known
_CREDITED = {
    Part.NORMAL: Status.OK,
    Part.LATE: Status.OK,
    Part.STATED: Status.STMT,
    Part.DUE_SOON: Status.DUE_SOON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """一票否决: said by a person, with the reason; nothing here does it by itself."""

    unit: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """失分: an item that did not keep all its points."""

    requirement: str
    period: str
    status: Status
    worth: Decimal  # its points of 100
    lost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """一个单位的得分. Without ``total`` too little of it is known."""

    unit: Unit
    owed: int
    compliant: int  # with what was stated
    stated: int
    problems: int
    unknown: int
    contested: int  # left out
    losses: tuple[Loss, ...] = ()
    base: Decimal | None = None
    overdue: int = 0
    relapses: int = 0
    is_prompt: bool = False
    adjusted: Decimal = Decimal(0)
    total: Decimal | None = None
    grade: Grade | None = None
    rank: int | None = None
    veto: Veto | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScores:
    """一类单位的得分: never one table of nursery schools and high schools."""

    unit_class: UnitClass
    scored: tuple[UnitScore, ...]  # in the order that may be shown
    unscored: tuple[UnitScore, ...]  # 核查不足，不参与排序

    @property
    def contested(self) -> int:
        return sum(one.contested for one in (*self.scored, *self.unscored))


def scores(
    snapshot: Snapshot, scoring: Scoring = Scoring(), vetoes: Iterable[Veto] = ()
) -> tuple[ClassScores, ...]:
    """Score every unit of a snapshot that owes anything, class by class."""
    units = units_of(snapshot)
    own: dict[str, list[CellOf]] = {code: [] for code in units}
    for cell in cells_of(snapshot, units):
        own[cell.unit.code].append(cell)
    kept = _Kept.of(snapshot, units)
    weights = {key: _points(one.weight) for key, one in snapshot.catalog.requirements.items()}
    by_veto = {one.unit: one for one in vetoes}
    found: dict[UnitClass, list[UnitScore]] = {kind: [] for kind in UnitClass}
    for code, unit in units.items():
        counted = [cell for cell in own[code] if cell.part not in NOT_OWED]
        if counted:
            one = _scored(unit, counted, weights, kept, scoring)
            found[class_of(unit)].append(_vetoed(one, by_veto.get(code)))
    return tuple(
        ClassScores(
            unit_class=kind,
            scored=_ordered([one for one in those if one.total is not None], scoring.ranking),
            unscored=tuple(
                sorted((one for one in those if one.total is None), key=lambda one: one.unit.code)
            ),
        )
        for kind, those in found.items()
        if those
    )


def terms(scoring: Scoring) -> Iterator[str]:
    """Yield the rules of the score in words, with every constant."""
    for term in ScoreTerm:
        if term.name not in _OWN_TERM or term.name == scoring.ranking.name:
            yield term.tell(**{name: _said(scoring, name) for name in Scoring.__slots__})


_OWN_TERM = frozenset(ranking.name for ranking in Ranking)


def _said(scoring: Scoring, name: str) -> str:
    value = getattr(scoring, name)
    return f"{value:g}" if isinstance(value, int | float) else value.value


# --- one unit --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """整改 in the period, by unit: what missed its deadline, what came back, who was in time."""

    overdue: Mapping[str, int]
    relapses: Mapping[str, int]
    prompt: frozenset[str]

    @classmethod
    def of(cls, snapshot: Snapshot, units: Mapping[str, Unit]) -> _Kept:
        """What is contested at the cut-off is left out of all three."""
        findings = [one for one in snapshot.findings if one.state is not State.CONTESTED]
        counted = {one.number for one in findings}
        events = [event for event in snapshot.events if event.finding in counted]
        ways = walks(findings, events, midnight(snapshot.starts_on))
        clock = clock_of(snapshot)
        running = {one.number for one in findings if is_problem(one) and days_overdue(one, clock)}

        def missed(one: Finding) -> bool:
            is_closed = one.state is State.CLOSED and ways[one.number].left.get(State.CLOSED, 0)
            return one.number in running or bool(is_closed and was_late(one))

        relapses = Counter[str]()
        for one in findings:
            relapses[one.unit] += ways[one.number].reopened
        return cls(
            overdue=Counter(one.unit for one in findings if missed(one)),
            relapses=relapses,
            prompt=frozenset(
                one.code for one in rectified(findings, ways, running, units).prompt_units
            ),
        )


def _scored(
    unit: Unit,
    cells: Sequence[CellOf],
    weights: Mapping[str, Decimal],
    kept: _Kept,
    scoring: Scoring,
) -> UnitScore:
    contested = sum(map(_is_contested, cells))
    judged = [(cell, status) for cell in cells if (status := _status_of(cell)) is not None]
    parts = Counter(cell.part for cell in cells)
    one = UnitScore(
        unit=unit,
        owed=len(cells),
        compliant=sum(parts[part] for part in COMPLIANT),
        stated=parts[Part.STATED],
        problems=parts[Part.PROBLEM] - contested,
        unknown=len(cells) - contested - len(judged),
        contested=contested,
        overdue=kept.overdue.get(unit.code, 0),
        relapses=kept.relapses.get(unit.code, 0),
        is_prompt=unit.code in kept.prompt,
    )
    whole = sum((weights.get(cell.requirement, _ONE) for cell, _ in judged), Decimal())
    if not whole or one.unknown * 100 > _points(scoring.unknown_percent) * one.owed:
        return one
    losses: list[Loss] = []
    base = Decimal()
    for cell, status in judged:
        worth = _FULL * weights.get(cell.requirement, _ONE) / whole
        points = worth * scoring.credit(status)
        base += points
        if points != worth:
            losses.append(
                Loss(
                    requirement=cell.requirement,
                    period=cell.period,
                    status=status,
                    worth=_rounded(worth),
                    lost=_rounded(worth - points),
                )
            )
    adjusted = _adjusted(one, scoring)
    total = _rounded(min(_FULL, max(Decimal(), _rounded(base) + adjusted)))
    return replace(
        one,
        losses=tuple(sorted(losses, key=lambda loss: (-loss.lost, loss.requirement))),
        base=_rounded(base),
        adjusted=adjusted,
        total=total,
        grade=scoring.grade(total),
    )


def _is_contested(cell: CellOf) -> bool:
    return cell.finding is not None and cell.finding.state is State.CONTESTED


def _status_of(cell: CellOf) -> Status | None:
    """What a cell is credited as; None: nobody knows yet, or it is contested."""
    if _is_contested(cell):
        return None
    if cell.part is Part.PROBLEM:
        assert cell.finding is not None
        return cell.finding.status
    return _CREDITED.get(cell.part)


def _adjusted(one: UnitScore, scoring: Scoring) -> Decimal:
    """整改加减分."""
    overdue = min(one.overdue * _points(scoring.overdue), _points(scoring.overdue_most))
    relapse = min(one.relapses * _points(scoring.relapse), _points(scoring.relapse_most))
    prompt = _points(scoring.prompt) if one.is_prompt else Decimal()
    return prompt - overdue - relapse


def _vetoed(one: UnitScore, veto: Veto | None) -> UnitScore:
    """With the veto a person cast: the last grade, whatever the points."""
    if veto is None:
        return one
    return replace(one, veto=veto, grade=Grade.POOR)


# --- one class -------------------------------------------------------------------------


def _ordered(those: Sequence[UnitScore], ranking: Ranking) -> tuple[UnitScore, ...]:
    """Equal scores share a rank (1, 2, 2, 4); inside a tie, and without ranks, by code."""
    by_code = sorted(those, key=lambda one: one.unit.code)
    if ranking is not Ranking.FULL:
        return tuple(by_code)
    totals = [one.total for one in by_code if one.total is not None and one.veto is None]
    ranked = [replace(one, rank=_rank(one, totals)) for one in by_code]
    return tuple(sorted(ranked, key=lambda one: one.rank or len(ranked) + 1))


def _rank(one: UnitScore, totals: Iterable[Decimal]) -> int | None:
    if one.total is None or one.veto is not None:
        return None
    return 1 + sum(other > one.total for other in totals)


def _points(number: float) -> Decimal:
    """The number as it is written, not as a binary fraction."""
    return Decimal(str(number))


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(_TENTH, ROUND_HALF_UP)
