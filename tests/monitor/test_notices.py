"""How long a notice must stay up, and when it must be gone: what two nights of the memory prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import document, moment

from monitor.kinds import BadFields
from monitor.model import (
    GAPS,
    Coverage,
    DayKind,
    Document,
    Grounds,
    Removal,
    Seen,
    Status,
    Verdict,
)
from monitor.timelimits import NoticePeriod, TakedownAfter, arithmetic
from monitor.triggers import PublicationOf, event_key
from monitor.wording import Because

LAW = Grounds.LAW
WHOLE = Coverage(to_end=True)


def day(text: str) -> date:
    return date.fromisoformat(text)


def judged(
    limit: NoticePeriod | TakedownAfter,
    today: str,
    *documents: Document,
    removed: tuple[Removal, ...] = (),
    coverage: Coverage = WHOLE,
    events: dict[str, tuple[date, ...]] | None = None,
) -> Verdict:
    seen = Seen(documents=documents, removed=removed, coverage=coverage, events=events or {})
    return limit.judge(seen, moment(day(today)))


def removal(
    published: str | None, listed_on: str, missed_on: str, title: str = "拟聘公示"
) -> Removal:
    return Removal(
        document=document(title, published),
        column="fees",
        listed_on=day(listed_on),
        missed_on=day(missed_on),
    )


# --- notice_period -----------------------------------------------------------------------


def notice(**changes: Any) -> NoticePeriod:
    return NoticePeriod(**{"grounds": LAW, "days": 5} | changes)


#: published on a Monday, five working days: up to the next Monday
MONDAY = "2026-11-09"


@pytest.mark.parametrize(
    ("today", "because"),
    [
        ("2026-11-09", Because.ON_NOTICE),
        ("2026-11-16", Because.ON_NOTICE),
        ("2026-11-17", Because.FOUND),
    ],
    ids=["first day", "last day", "over"],
)
def test_a_notice_that_is_up_is_in_order(today: str, because: Because) -> None:
    found = judged(notice(), today, document("拟聘公示", MONDAY))

    assert (found.status, found.because) == (Status.OK, because)
    assert found.facts.get("due", day("2026-11-16")) == day("2026-11-16")


@pytest.mark.parametrize(
    ("listed_on", "missed_on", "status"),
    [
        ("2026-11-10", "2026-11-11", Status.MISSING),
        ("2026-11-14", "2026-11-15", Status.MISSING),
        ("2026-11-15", "2026-11-16", Status.UNSURE),
        ("2026-11-10", "2026-11-16", Status.UNSURE),
        ("2026-11-10", "2026-11-20", Status.UNSURE),
        ("2026-11-16", "2026-11-17", Status.OK),
    ],
    ids=[
        "gone after two days",
        "gone the night before the last day",
        "gone on its last day, perhaps at its end",
        "not looked at in between",
        "the next good night came too late",
        "stayed to the end",
    ],
)
def test_a_notice_cut_short_is_a_gap_only_where_two_nights_prove_it(
    listed_on: str, missed_on: str, status: Status
) -> None:
    found = judged(notice(), "2026-11-23", removed=(removal(MONDAY, listed_on, missed_on),))

    assert found.status is status
    assert "不详" not in found.because.tell(**found.facts)


def test_the_gap_needs_the_list_read_back_to_the_day_of_the_notice() -> None:
    found = judged(notice(), "2026-11-23", removed=(removal(MONDAY, "2026-11-10", "2026-11-11"),))

    assert found.since == day(MONDAY)
    assert found.nearest is not None
    assert found.because.tell(**found.facts) == (
        "“拟聘公示”（2026-11-09）应公示至2026-11-16，2026-11-10还在栏目中，2026-11-11核查时已不见"
    )


def test_grace_shortens_the_period() -> None:
    gone = (removal(MONDAY, "2026-11-12", "2026-11-13"),)

    assert judged(notice(grace=2), "2026-11-23", removed=gone).status is Status.MISSING
    assert judged(notice(grace=3), "2026-11-23", removed=gone).status is Status.UNSURE


def test_the_working_days_of_a_notice_follow_the_holidays() -> None:
    """From 09-30 five working days lead over National Day to 10-13, with 10-10 made up."""
    gone = (removal("2026-09-30", "2026-10-11", "2026-10-12"),)

    assert judged(notice(), "2026-11-23", removed=gone).status is Status.MISSING
    assert judged(notice(day_kind=DayKind.CALENDAR), "2026-11-23", removed=gone).status is Status.OK


@pytest.mark.parametrize(
    "listed",
    [document("拟聘公示（更正）", "2026-11-11"), document("第二批拟聘公示", MONDAY)],
    ids=["put up anew", "another of the same day"],
)
def test_what_something_newer_stands_for_is_not_held_against_a_unit(listed: Document) -> None:
    gone = (removal(MONDAY, "2026-11-10", "2026-11-11"),)

    assert judged(notice(), "2026-11-23", listed, removed=gone).status is Status.OK


@pytest.mark.parametrize(
    ("limit", "today", "published"),
    [
        (notice(days=None), "2026-11-23", MONDAY),
        (notice(), "2026-11-23", None),
        (notice(), "2026-11-23", "2027-01-05"),
        (notice(effective_from=day("2026-11-10")), "2026-11-23", MONDAY),
        (notice(), "2027-06-01", MONDAY),
        (notice(), "2027-03-10", "2027-03-01"),
    ],
    ids=[
        "no number of days is set",
        "no day of publication",
        "dated in the future",
        "before the rule",
        "half a year later",
        "the holidays are not known",
    ],
)
def test_nothing_is_claimed_of_a_notice_whose_end_is_not_known(
    limit: NoticePeriod, today: str, published: str | None
) -> None:
    start = published or MONDAY
    gone = (removal(published, start, str(day(start) + timedelta(days=1))),)

    assert judged(limit, today, removed=gone).status not in GAPS


def test_nothing_there_and_nothing_remembered_is_for_a_person_and_gives_way() -> None:
    found = judged(notice(), "2026-11-23")

    assert (found.status, found.weak) == (Status.UNSURE, True)


def test_a_period_of_no_days_is_a_mistake() -> None:
    with pytest.raises(BadFields):
        notice(days=0)


def test_the_arithmetic_of_a_notice_starts_at_its_own_day() -> None:
    lines = arithmetic(notice(), {}, moment(), (document("拟聘公示", "2026-09-30"),))

    assert lines == (
        "公示不少于 5 个工作日",
        "“拟聘公示”自 2026-09-30 起公示",
        "自次日起第 5 个工作日，跳过放假 7 天、周末 1 天 → 2026-10-13",
        "调休上班的 2026-10-10 计入工作日",
        "今天 2026-11-23",
    )


# --- takedown_after ----------------------------------------------------------------------


def takedown(**changes: Any) -> TakedownAfter:
    return TakedownAfter(**{"grounds": LAW, "event": "公示期满", "days": 3} | changes)


LIST = document("助学金名单公示", "2026-10-08")
OVER = {"公示期满": (day("2026-10-16"),)}


@pytest.mark.parametrize(
    ("today", "overstay_by"),
    [("2026-10-16", None), ("2026-10-19", None), ("2026-10-20", 1), ("2026-11-23", 35)],
    ids=["the event", "due day", "the day after", "weeks later"],
)
def test_what_should_be_gone_is_told_with_its_due_day(today: str, overstay_by: int | None) -> None:
    found = judged(takedown(), today, LIST, events=OVER)

    assert found.status is Status.OK
    assert found.facts.get("overstay_by") == overstay_by
    if overstay_by:
        assert found.facts["due"] == day("2026-10-19")
        assert found.documents == (LIST,)
        assert found.because.tell(**found.facts) == (
            f"已公开：助学金名单公示（2026-10-08）；应于2026-10-19前撤下，已超{overstay_by}个自然日"
        )


def test_working_days_and_grace_move_the_day_of_taking_down() -> None:
    working = takedown(day_kind=DayKind.WORKING)

    assert judged(working, "2026-10-21", LIST, events=OVER).because is Because.FOUND
    assert judged(working, "2026-10-22", LIST, events=OVER).facts["overstay_by"] == 1
    late = judged(takedown(grace=10), "2026-10-30", LIST, events=OVER)
    assert late.facts["overstay_by"] == 1


def test_a_weekend_is_no_overstay_in_working_days() -> None:
    friday = {"公示期满": (day("2026-10-16"),)}
    limit = takedown(days=0, day_kind=DayKind.WORKING)

    assert judged(limit, "2026-10-18", LIST, events=friday).because is Because.FOUND
    assert judged(limit, "2026-10-19", LIST, events=friday).facts["overstay_by"] == 1


def test_what_came_after_the_event_need_not_go() -> None:
    found = judged(takedown(), "2026-11-23", document("名单公示", "2026-10-17"), events=OVER)

    assert found.because is Because.FOUND


def test_of_several_nobody_can_tell_which_was_meant() -> None:
    other = document("营养餐名单公示", "2026-10-09")
    found = judged(takedown(), "2026-11-23", LIST, other, events=OVER)

    assert (found.status, found.because) == (Status.OK, Because.OVERSTAY_OPEN)
    assert "overstay_by" not in found.facts
    assert "2条" in found.because.tell(**found.facts)
    assert judged(takedown(), "2027-06-01", LIST, other, events=OVER).because is Because.FOUND


@pytest.mark.parametrize("event", ["公开", "发布"])
def test_each_document_may_be_told_to_go_by_its_own_day(event: str) -> None:
    limit = takedown(event=event, days=10)
    newer = document("营养餐名单公示", "2026-11-20")
    found = judged(limit, "2026-11-23", LIST, newer)

    assert found.because is Because.OVERSTAYED
    assert found.facts["title"] == LIST.title
    assert found.facts["overstay_by"] == 36


def test_without_a_known_event_nothing_must_go() -> None:
    assert judged(takedown(), "2026-11-23", LIST).because is Because.FOUND
    nothing = judged(takedown(), "2026-11-23")
    assert (nothing.status, nothing.weak) == (Status.UNSURE, True)


def test_another_items_publication_may_be_what_ends_it() -> None:
    limit = takedown(event=PublicationOf(of="E-13", name="聘用结果"))
    events = {event_key(limit.event): (day("2026-10-16"),)}

    found = judged(limit, "2026-11-23", LIST, events=events)

    assert found.facts["overstay_by"] == 35
    assert arithmetic(limit, events, moment())[0] == "“聘用结果公开”发生于 2026-10-16"


def test_what_was_taken_down_counts_as_published() -> None:
    gone = (removal("2026-10-08", "2026-10-16", "2026-10-17"),)
    found = judged(takedown(), "2026-11-23", removed=gone, events=OVER)

    assert (found.status, found.because) == (Status.OK, Because.TAKEN_DOWN)


def test_an_empty_column_is_what_a_take_down_asks_for() -> None:
    found = judged(takedown(), "2026-11-23", events=OVER)

    assert (found.status, found.weak) == (Status.UNSURE, True)
    assert found.because is Because.MAY_BE_TAKEN_DOWN


@pytest.mark.parametrize("days", [0, 5])
def test_no_take_down_ever_opens_a_gap(days: int) -> None:
    for limit in (takedown(days=days), takedown(days=days, event="公开")):
        for documents in ((), (LIST,), (LIST, document("名单", "2025-01-01"))):
            for events in ({}, OVER):
                found = judged(limit, "2026-11-23", *documents, events=events)
                assert found.status not in GAPS
        assert not limit.asks(moment())


def test_no_overstay_is_claimed_where_the_holidays_are_not_known() -> None:
    limit = takedown(day_kind=DayKind.WORKING)
    listed = document("名单公示", "2027-03-01")

    found = judged(limit, "2027-04-01", listed, events={"公示期满": (day("2027-03-05"),)})

    assert found.because is Because.FOUND


def test_a_rule_of_tomorrow_takes_nothing_down_today() -> None:
    young = replace(takedown(), effective_from=day("2026-10-17"))

    assert judged(young, "2026-11-23", LIST, events=OVER).because is Because.FOUND


def test_the_arithmetic_of_a_take_down() -> None:
    assert arithmetic(takedown(), OVER, moment()) == (
        "“公示期满”发生于 2026-10-16",
        "自次日起第 3 个自然日 → 2026-10-19",
        "今天 2026-11-23",
    )
    own = arithmetic(takedown(event="公开"), {}, moment(), (LIST,))
    assert own[:3] == (
        "公开后第 3 个自然日之前撤下",
        "“助学金名单公示”公开于 2026-10-08",
        "自次日起第 3 个自然日 → 2026-10-11",
    )
