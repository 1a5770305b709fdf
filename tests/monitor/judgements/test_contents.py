from __future__ import annotations

from typing import Any

import pytest
from builders import assessment, document, moment, obligation, observation, requirement, unit

from monitor.completeness import TotalsAgree, YearsAgree
from monitor.judgements import Case, remarked
from monitor.model import Extract, Match, Outcome, Remark, RemarkKind, Status

BUDGET = document("2026年部门预算", digest="d")
TEXT = "2025年部门预算\n收支总表\n收入总计 5.00 支出总计 4.00"
CHECKS = (
    YearsAgree(of=("预算",)),
    TotalsAgree(table="收支总表", first="收入总计", second="支出总计"),
)


def told(**changes: Any) -> list[Remark]:
    owed = obligation(requirement=requirement(match=Match(any=("预算",)), complete=CHECKS))
    one = assessment(status=Status.OK, documents=(BUDGET,))
    case = Case(
        unit=unit(),
        judged=((owed, one),),
        looks={"fees": observation(BUDGET, **changes)},
        texts={"d": (Extract(text=TEXT, file="预算.pdf", where="第1页"),)},
    )
    return list(remarked(case, moment()))


def test_years_and_totals_that_differ_are_two_remarks_on_the_document() -> None:
    one, other = told()

    assert one.kind is other.kind is RemarkKind.DIFFERING
    assert one.page == other.page == BUDGET.url
    assert one.key != other.key
    assert "第1页" in one.sentence
    assert "第1页" in other.sentence


@pytest.mark.parametrize(
    "changes", [{"identity_seen": False}, {"outcome": Outcome.UNREAD}], ids=["nobody's", "unread"]
)
def test_what_may_be_another_units_is_not_remarked_on(changes: dict[str, Any]) -> None:
    assert told(**changes) == []
