"""A school and a kindergarten with problems, as papers and mail are written about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from builders import assessment, column, document, finding, requirement, unit

from monitor.model import (
    Assessment,
    Catalog,
    Finding,
    Requirement,
    Snapshot,
    State,
    Status,
    UnitType,
)
from monitor.wording import WHOLE_LIST, Because
from reports.problems import Problem, problems_of

ON = date(2026, 11, 2)


@dataclass(frozen=True)
class Office:
    name: str = "青石县教育局"
    phone: str = "0563-0000000"
    officer: str = "李科长"


OFFICE = Office()
SCHOOL = unit(name="青石县城东小学", short_name="城东小学")
NURSERY = unit(
    code="K-01",
    name="青石县河西幼儿园",
    short_name="河西幼儿园",
    types=frozenset({UnitType.KINDERGARTEN}),
    home="http://nursery.example/",
)
EVERYONE = frozenset({UnitType.PRIMARY, UnitType.KINDERGARTEN})
FEES = requirement(applies_to=EVERYONE)
TEACHERS = requirement(
    id="S-17",
    name="教师管理（招聘、培训）",
    applies_to=EVERYONE,
    columns=("teachers", "notices"),
    unchecked=("招聘", "培训"),
)
CATALOG = Catalog(
    columns={
        "fees": column(),
        "teachers": column(id="teachers", name="教师队伍", aliases=("师资队伍",)),
        "notices": column(id="notices", name="通知公告", aliases=()),
    },
    requirements={one.id: one for one in (FEES, TEACHERS)},
)


def late_fees(**changes: Any) -> Assessment:
    return assessment(
        **{
            "status": Status.STALE,
            "because": Because.EDITION_MISSING,
            "facts": {
                "period": "2026年秋季学期",
                "due": date(2026, 9, 30),
                "column": "收费信息",
                "since": WHOLE_LIST,
            },
            "period": "2026年秋季学期",
            "nearest": document("2025年秋季收费公示", "2025-09-01"),
            "page": "http://school.example/fees/",
            "assessed_on": date(2026, 10, 28),
        }
        | changes
    )


def no_teachers(**changes: Any) -> Assessment:
    return assessment(
        **{
            "requirement": "S-17",
            "status": Status.EMPTY,
            "because": Because.COLUMN_EMPTY,
            "facts": {"column": "教师队伍", "phrase": "建设中，咨询13812341234"},
            "page": "http://school.example/teachers/",
            "assessed_on": date(2026, 10, 28),
        }
        | changes
    )


ASSESSMENTS = (late_fees(), no_teachers(), late_fees(unit="K-01", page="http://nursery.example/"))


def open_finding(judged: Assessment, **changes: Any) -> Finding:
    return finding(
        **{
            "number": f"2026-{judged.unit}-{judged.requirement}",
            "unit": judged.unit,
            "requirement": judged.requirement,
            "period": judged.period,
            "status": judged.status,
            "state": State.ASSIGNED,
            "sightings": 2,
            "assigned_on": date(2026, 10, 30),
            "deadline": date(2026, 11, 9),
            "last_seen_on": date(2026, 10, 28),
        }
        | changes
    )


FINDINGS = (
    open_finding(ASSESSMENTS[0], number="2026-0047"),
    open_finding(ASSESSMENTS[1], number="2026-0048", deadline=date(2026, 11, 13)),
    open_finding(ASSESSMENTS[2], number="2026-0101"),
)


def school_problems() -> tuple[Problem, ...]:
    return problems_of(SCHOOL, FINDINGS, ASSESSMENTS, CATALOG)


def many(count: int) -> tuple[Problem, ...]:
    """So many problems of the school, each of an item of its own."""
    wanted: list[Requirement] = [
        requirement(id=f"S-{place}", name=f"事项{place}") for place in range(1, count + 1)
    ]
    return tuple(
        Problem(
            requirement=one,
            finding=open_finding(assessment(requirement=one.id), number=f"2026-{one.id}"),
            columns="收费信息",
        )
        for one in wanted
    )


def snapshot(**changes: Any) -> Snapshot:
    return Snapshot(
        **{
            "id": "2026-10",
            "starts_on": date(2026, 10, 1),
            "ends_on": date(2026, 10, 31),
            "cut_off_at": datetime(2026, 10, 31, 16, tzinfo=UTC),
            "made_by": "李科长",
            "nights": 30,
            "catalog": CATALOG,
            "units": (SCHOOL, NURSERY),
            "assessments": ASSESSMENTS,
            "findings": FINDINGS,
            "events": (),
        }
        | changes
    )
