from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders import (
    assessment,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    unit,
)

from monitor.judgements import Case, remarked
from monitor.model import (
    Grounds,
    Match,
    Observation,
    Outcome,
    Remark,
    RemarkKind,
    Requirement,
    Status,
    Where,
)
from monitor.timelimits import YearlyBy

FEES = column(id="fees", name="收费信息", aliases=("收费公示",))
NOTICES = column(id="notices", name="通知公告", aliases=())
SHOWN = document("青石县实验小学2026年秋季学期教育收费公示", "2026-09-01")


def told(
    elsewhere: Observation,
    status: Status = Status.MISSING,
    own: Requirement | None = None,
    others: tuple[Requirement, ...] = (),
) -> list[Remark]:
    own = own or requirement()
    judged = [(obligation(requirement=own), assessment(status=status))]
    judged += [(obligation(requirement=one), assessment(status=Status.OK)) for one in others]
    case = Case(
        unit=unit(),
        judged=tuple(judged),
        looks={"fees": observation(), "notices": elsewhere},
        columns={"fees": FEES, "notices": NOTICES},
    )
    return [one for one in remarked(case, moment()) if one.kind is RemarkKind.MISFILED]


def notices(*titles: str, **changes: Any) -> Observation:
    entries = [document(title, "2026-09-01") for title in titles] or [SHOWN]
    return observation(*entries, **{"column": "notices"} | changes)


@pytest.mark.parametrize("status", [Status.MISSING, Status.EMPTY, Status.NOCOL, Status.STALE])
def test_what_an_item_lacks_in_its_own_column_is_told_where_it_stands(status: Status) -> None:
    (one,) = told(notices(), status)

    assert (one.column, one.requirement, one.page) == ("notices", "S-11", SHOWN.url)
    assert one.sentence == (
        "“青石县实验小学2026年秋季学期教育收费公示”（2026-09-01）放在“通知公告”栏目，"
        "符合“教育收费公示”的要求；该事项应在“收费信息”栏目公开，"
        f"那里的核查结论是{status.value}，请核对是否放错了栏目"
    )


@pytest.mark.parametrize(
    "status", [Status.OK, Status.PARTIAL, Status.UNSURE, Status.UNREACH, Status.STMT, Status.NA]
)
def test_an_item_that_is_there_or_not_decided_is_not_looked_for(status: Status) -> None:
    assert told(notices(), status) == []


@pytest.mark.parametrize("title", ["2026年秋季收费公示", "关于教育收费公示的公告", "收费公示"])
def test_a_title_that_names_the_matter_and_nothing_else_is_it(title: str) -> None:
    assert len(told(notices(title))) == 1


@pytest.mark.parametrize(
    "title",
    [
        "校车收费公示",
        "2026年秋季收费工作",
        "转发县局教育收费公示",
        "教育收费公示培训",
        "教育收费公示解读",
        "关于2026年秋季学期未发生教育收费公示的说明",
    ],
    ids=["of something else", "other words", "passed on", "about it", "refused by it", "nothing"],
)
def test_a_title_that_says_more_or_less_is_not_taken_for_the_item(title: str) -> None:
    assert told(notices(title)) == []


@pytest.mark.parametrize(
    "look",
    [
        notices(identity_seen=False),
        notices(outcome=Outcome.OTHER_UNIT),
        observation(replace(SHOWN, published=None), column="notices"),
        observation(column="notices"),
    ],
    ids=["nobody's page", "another unit's page", "undated", "empty"],
)
def test_what_is_not_certain_is_not_told(look: Observation) -> None:
    assert told(look) == []


def test_an_entry_that_is_asked_for_where_it_stands_is_in_its_place() -> None:
    there = requirement(id="S-99", name="收费公告", columns=("notices",))

    assert told(notices(), others=(there,)) == []
    assert len(told(notices(), others=(replace(there, match=Match()),))) == 1


def test_an_old_entry_that_would_not_settle_the_item_is_not_told() -> None:
    yearly = requirement(limits=(YearlyBy(month=10, day=1, grounds=Grounds.LAW),))
    old = document("教育收费公示", "2025-09-01")

    assert told(observation(old, column="notices"), own=yearly) == []
    assert len(told(notices("教育收费公示"), own=yearly)) == 1


@pytest.mark.parametrize(
    "changes",
    [{"where": Where.PLATFORM}, {"match": Match()}, {"columns": ("fees", "notices")}],
    ids=["an item of a platform", "an item any entry answers", "one of its columns"],
)
def test_items_that_no_column_of_the_site_must_hold_are_left_out(changes: dict[str, Any]) -> None:
    assert told(notices(), own=requirement(**changes)) == []


def test_the_newest_of_several_is_named_once() -> None:
    older = document("2025年秋季收费公示", "2025-09-01")

    (one,) = told(observation(older, SHOWN, column="notices"))

    assert one.page == SHOWN.url
