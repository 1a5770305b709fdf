from __future__ import annotations

from typing import Any

import pytest
from builders import column, document, moment, observation, unit

from monitor.judgements import Case, remarked
from monitor.model import Outcome, RemarkKind


def case(**looks: Any) -> Case:
    return Case(unit=unit(), looks=looks, columns={"fees": column()})


def kinds(told: Case) -> list[RemarkKind]:
    return [one.kind for one in remarked(told, moment())]


def test_entries_without_a_day_are_told_once_for_a_column_with_an_example() -> None:
    look = observation(document("收费一览", on=None), document("收费依据", on=None), document())

    (one,) = remarked(case(fees=look), moment())

    assert one.kind is RemarkKind.UNDATED
    assert one.sentence == "“收费信息”栏目有2条信息未标日期，如“收费一览”"


def test_a_fault_of_the_site_is_told_once_whatever_columns_met_it() -> None:
    said = ("网站安全证书已于2026-11-01过期",)
    looks = {"fees": observation(remarks=said), "plan": observation(remarks=said)}

    (one,) = remarked(case(**looks), moment())

    assert (one.kind, one.column, one.sentence) == (RemarkKind.SITE, "", said[0])


def test_a_wall_around_a_disclosure_column_is_a_remark_and_no_gap() -> None:
    (one,) = remarked(case(fees=observation(outcome=Outcome.CHALLENGED)), moment())

    assert one.kind is RemarkKind.FENCED
    assert "收费信息" in one.sentence


@pytest.mark.parametrize(
    "changes",
    [{"identity_seen": False}, {"outcome": Outcome.OTHER_UNIT}],
    ids=["nobody's page", "another unit's page"],
)
def test_what_may_be_another_units_is_not_remarked_on(changes: dict[str, Any]) -> None:
    assert kinds(case(fees=observation(document(on=None), **changes))) == []
