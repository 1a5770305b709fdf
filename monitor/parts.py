"""归类: what each cell of a snapshot counts as in its period, under which class and type. Pure.

A cell counts as a problem while a confirmed finding is open, whatever tonight's look says; a gap
nobody has confirmed waits for a person.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.model import GAPS, Assessment, Finding, Snapshot, State, Status, Unit, UnitType
from monitor.verified import is_answered

#: states that only what a person confirmed can be in
ONLY_CONFIRMED = frozenset({State.ASSIGNED, State.RESPONDED, State.CONTESTED, State.REOPENED})


#: a unit's code and a requirement's id: what is compared from one month to another
Item = tuple[str, str]


@enum.unique
class ProblemType(enum.Enum):
    """问题类型, in the order of 表1. The value is the word people read."""

    MISSING = "应公开未公开"
    NO_COLUMN = "未设栏目/空白栏目"
    STALE = "更新不及时"
    PARTIAL = "要素不全"
    BROKEN = "链接失效"
    OTHER = "其他"


_TYPES = {
    Status.MISSING: ProblemType.MISSING,
    Status.NOCOL: ProblemType.NO_COLUMN,
    Status.EMPTY: ProblemType.NO_COLUMN,
    Status.STALE: ProblemType.STALE,
    Status.PARTIAL: ProblemType.PARTIAL,
    Status.BROKEN: ProblemType.BROKEN,
}


def type_of(finding: Finding) -> ProblemType:
    """The type a finding is counted under: its present status."""
    return _TYPES.get(finding.status, ProblemType.OTHER)


@enum.unique
class UnitClass(enum.Enum):
    """单位类别 of 附件1, in its order; the value is the word people read."""

    BUREAU = "教育局"
    SECTION = "机关科室"
    UNIVERSITY = "高等学校"
    SENIOR_HIGH = "高中"
    JUNIOR_HIGH = "初中"
    PRIMARY = "小学"
    KINDERGARTEN = "幼儿园"
    VOCATIONAL = "中职、特教"
    OTHER = "其他"


#: a unit of several types is counted once, under the first of them that stands here
_CLASSES = (
    (UnitType.BUREAU, UnitClass.BUREAU),
    (UnitType.SECTION, UnitClass.SECTION),
    (UnitType.UNIVERSITY, UnitClass.UNIVERSITY),
    (UnitType.SENIOR_HIGH, UnitClass.SENIOR_HIGH),
    (UnitType.JUNIOR_HIGH, UnitClass.JUNIOR_HIGH),
    (UnitType.PRIMARY, UnitClass.PRIMARY),
    (UnitType.KINDERGARTEN, UnitClass.KINDERGARTEN),
    (UnitType.SECONDARY_VOCATIONAL, UnitClass.VOCATIONAL),
    (UnitType.SPECIAL, UnitClass.VOCATIONAL),
)


def class_of(unit: Unit) -> UnitClass:
    """The one class a unit is counted under: of two school stages the higher."""
    return next((found for kind, found in _CLASSES if kind in unit.types), UnitClass.OTHER)


@enum.unique
class Part(enum.Enum):
    """归类: what one cell counts as in the period; each cell is in exactly one part."""

    NORMAL = "正常"
    LATE = "超时公开"  # public, after its day
    DUE_SOON = "临期"
    STATED = "已作情况说明"
    PROBLEM = "问题"
    UNREACHED = "未能核查"
    UNSURE = "无法自动判断"
    DETECTED = "待确认"
    TO_REVIEW = "待审核"
    NOT_CONCERNED = "不涉及"
    EXEMPT = "依法不公开"


COMPLIANT = frozenset({Part.NORMAL, Part.LATE, Part.DUE_SOON, Part.STATED})
TO_VERIFY = frozenset({Part.UNSURE, Part.DETECTED, Part.TO_REVIEW})
CHECKED = COMPLIANT | {Part.PROBLEM}
NOT_OWED = frozenset({Part.NOT_CONCERNED, Part.EXEMPT})

_PARTS = {
    Status.OK: Part.NORMAL,
    Status.DUE_SOON: Part.DUE_SOON,
    Status.STMT: Part.STATED,
    Status.UNSURE: Part.UNSURE,
    Status.UNREACH: Part.UNREACHED,
    Status.NEW: Part.UNREACHED,
    Status.NA: Part.NOT_CONCERNED,
    Status.EXEMPT: Part.EXEMPT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOf:
    """一个目录项次: an obligation, what it counts as, and the records it was read from.

    Without an assessment: an open finding of a period that is judged no more.
    """

    unit: Unit
    requirement: str
    period: str
    part: Part
    assessment: Assessment | None = None
    finding: Finding | None = None

    @property
    def item(self) -> Item:
        """What is compared from one month to another."""
        return (self.unit.code, self.requirement)

    @property
    def is_by_hand(self) -> bool:
        """Whether what it counts as rests on 人工核实, not on a look of ours."""
        return self.assessment is not None and is_answered(self.assessment)


def is_problem(finding: Finding) -> bool:
    """Whether a finding is open and a person confirmed it.

    What was suspended before anyone confirmed it has no day of assignment.
    """
    if finding.state is State.SUSPENDED:
        return finding.assigned_on is not None
    return finding.state in ONLY_CONFIRMED


def units_of(snapshot: Snapshot) -> dict[str, Unit]:
    """The units that count: those on the list, and who left it but still has cells."""
    listed = {unit.code: unit for unit in snapshot.units}
    concerned = {one.unit for one in snapshot.assessments}
    concerned |= {one.unit for one in snapshot.findings if is_problem(one)}
    units = {code: unit for code, unit in listed.items() if unit.active or code in concerned}
    units |= {code: Unit(code=code, name=code) for code in sorted(concerned - listed.keys())}
    return units


def cells_of(snapshot: Snapshot, units: Mapping[str, Unit]) -> Iterator[CellOf]:
    standing = _standing(snapshot.findings)
    seen = set()
    for one in snapshot.assessments:
        finding = standing.get(one.key)
        seen.add(one.key)
        yield CellOf(
            unit=units[one.unit],
            requirement=one.requirement,
            period=one.period,
            part=_part(one, finding),
            assessment=one,
            finding=finding,
        )
    for key, finding in standing.items():
        if key not in seen and is_problem(finding):
            yield CellOf(
                unit=units[finding.unit],
                requirement=finding.requirement,
                period=finding.period,
                part=Part.PROBLEM,
                finding=finding,
            )


def _standing(findings: Iterable[Finding]) -> dict[tuple[str, str, str], Finding]:
    """The finding that speaks for each obligation: a problem before any other, then the last."""
    ordered = sorted(findings, key=lambda one: (is_problem(one), one.first_seen_on, one.number))
    return {(one.unit, one.requirement, one.period): one for one in ordered}


def _part(assessment: Assessment, finding: Finding | None) -> Part:
    if finding is not None and is_problem(finding):
        return Part.PROBLEM
    if assessment.status not in GAPS:
        part = _PARTS[assessment.status]
        return Part.LATE if part is Part.NORMAL and assessment.late_by else part
    state = finding.state if finding else State.DETECTED
    if state is State.WITHDRAWN:  # a person said it is no problem
        return Part.NORMAL
    if state is State.WAIVED:
        return Part.NOT_CONCERNED
    return Part.TO_REVIEW if state in {State.TO_REVIEW, State.SUSPENDED} else Part.DETECTED
