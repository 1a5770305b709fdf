"""Assessments of an invented county, counted: one of every status, four schools, three items."""

from __future__ import annotations

from itertools import product

from builders import assessment, column, requirement, unit

from monitor.model import Assessment, Catalog, Status
from reports.figures import Overview, Reach, overview

REACH = Reach(
    columns_planned=0,
    columns_read=0,
    by_outcome={},
    not_judged=(),
    unchecked=(),
    without_site=(),
)
UNITS = [unit(code=f"P-{number}", name=f"第{number}小学") for number in range(1, 5)]
CATALOG = Catalog(
    columns={"fees": column()},
    requirements={key: requirement(id=key, name=f"事项{key}") for key in ("S-2", "S-1", "S-3")},
)
#: every status, spread over units and items
ALL = [
    assessment(unit=one.code, requirement=key, status=status)
    for status, (one, key) in zip(
        Status, [*product(UNITS[:3], CATALOG.requirements)] * 2, strict=False
    )
]


def seen(*assessments: Assessment, **changes: object) -> Overview:
    return overview(assessments, UNITS, CATALOG, **{"reach": REACH} | changes)
