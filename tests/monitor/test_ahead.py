"""What must be published ahead of an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import age, document, moment

from monitor.model import Coverage, Document, Grounds, Seen, Status, Verdict
from monitor.timelimits import BeforeEvent, arithmetic
from monitor.triggers import DayOf, PublicationOf, event_key
from monitor.wording import Because

WHOLE = Coverage(to_end=True)


def ahead(**changes: Any) -> BeforeEvent:
    given = {"grounds": Grounds.LAW, "event": "终止", "lead": age("6m")}
    return BeforeEvent(**given | changes)


def judged(
    limit: BeforeEvent,
    today: str,
    *documents: Document,
    event: str = "2026-09-01",
    coverage: Coverage = WHOLE,
) -> Verdict:
    days = tuple(map(date.fromisoformat, event.split()))
    seen = Seen(documents=documents, events={event_key(limit.event): days}, coverage=coverage)
    return limit.judge(seen, moment(date.fromisoformat(today)))


def on(day: str | None, title: str = "终止办学公告") -> Document:
    return document(title, day)


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-02-01", Status.OK),
        ("2026-02-22", Status.DUE_SOON),
        ("2026-03-01", Status.DUE_SOON),
        ("2026-03-02", Status.MISSING),
        ("2026-11-23", Status.MISSING),
    ],
    ids=["weeks left", "7 days left", "the due day", "the day after", "after the event"],
)
def test_six_months_ahead_of_an_event_that_is_still_to_come(today: str, status: Status) -> None:
    found = judged(ahead(), today)

    assert found.status is status
    assert "不详" not in found.because.tell(**found.facts)


@pytest.mark.parametrize(
    ("published", "late_by"),
    [("2025-09-15", None), ("2026-03-01", None), ("2026-03-02", 1), ("2026-09-10", 193)],
    ids=["early", "the due day", "a day late", "after the event"],
)
def test_published_too_late_is_lateness_and_no_gap(published: str, late_by: int | None) -> None:
    found = judged(ahead(), "2026-11-23", on(published))

    assert found.status is Status.OK
    assert found.facts.get("late_by") == late_by


def test_the_first_announcement_counts() -> None:
    found = judged(ahead(), "2026-11-23", on("2026-08-01"), on("2026-02-01"))

    assert "late_by" not in found.facts


@pytest.mark.parametrize(
    ("documents", "coverage"),
    [
        ((on("2026-08-01"), on(None)), WHOLE),
        ((on("2026-08-01"),), Coverage(since=date(2026, 6, 1))),
    ],
    ids=["an undated one may be the first", "the list was not read back"],
)
def test_no_lateness_is_claimed_where_an_earlier_one_may_stand(
    documents: tuple[Document, ...], coverage: Coverage
) -> None:
    found = judged(ahead(), "2026-11-23", *documents, coverage=coverage)

    assert found.status is Status.OK
    assert "late_by" not in found.facts


def test_without_a_lead_the_day_of_the_event_is_early_enough() -> None:
    limit = ahead(lead=None)

    assert judged(limit, "2026-09-01").status is Status.DUE_SOON
    assert judged(limit, "2026-09-02").status is Status.MISSING
    assert "late_by" not in judged(limit, "2026-11-23", on("2026-09-01")).facts


def test_grace_moves_the_gap_and_the_lateness() -> None:
    limit = ahead(grace=10)

    assert judged(limit, "2026-03-11").status is Status.DUE_SOON
    assert judged(limit, "2026-03-12").status is Status.MISSING
    assert judged(limit, "2026-11-23", on("2026-03-12")).facts["late_by"] == 1


def test_an_unknown_event_gives_way_and_what_is_there_is_there() -> None:
    nothing = ahead().judge(Seen(coverage=WHOLE), moment())
    there = ahead().judge(Seen(documents=(on("2026-08-01"),), coverage=WHOLE), moment())

    assert (nothing.status, nothing.weak) == (Status.UNSURE, True)
    assert nothing.because is Because.EVENT_UNKNOWN
    assert there.status is Status.OK
    assert not ahead().asks(moment())


def test_an_announcement_of_the_event_before_is_none_of_this_one() -> None:
    events = "2025-09-01 2026-09-01"

    gap = judged(ahead(), "2026-11-23", on("2025-02-01"), event=events)

    assert gap.status is Status.MISSING
    assert gap.since == date(2025, 9, 2)
    assert gap.nearest is not None


def test_two_events_close_together_may_be_announced_by_one_document() -> None:
    found = judged(ahead(), "2026-11-23", on("2026-02-01"), event="2026-08-25 2026-09-01")

    assert found.status is Status.OK
    assert "late_by" not in found.facts


def test_what_stood_there_years_before_is_only_the_nearest() -> None:
    gap = judged(ahead(lead=None), "2026-11-23", on("2019-03-01", "学校章程"))

    assert gap.status is Status.MISSING
    assert gap.nearest is not None


def test_once_the_last_event_is_answered_the_next_one_is_waited_for() -> None:
    events = "2026-03-01 2027-05-25"
    limit = ahead()

    assert judged(limit, "2026-11-22", on("2025-08-01"), event=events).status is Status.DUE_SOON
    assert judged(limit, "2026-11-01", on("2025-08-01"), event=events).status is Status.OK
    assert judged(limit, "2026-11-22", event=events).status is Status.MISSING


def test_a_due_day_before_the_rule_was_in_force_opens_no_gap() -> None:
    young = ahead(effective_from=date(2026, 3, 2))

    assert judged(young, "2026-11-23").status is Status.UNSURE
    assert judged(young, "2026-02-01").because is Because.NOT_YET_DUE


def test_a_second_title_of_another_item_may_be_no_event_of_its_own() -> None:
    limit = ahead(lead=None, event=PublicationOf(of="B-20", name="部门预算"))
    answered = judged(limit, "2026-11-23", on("2026-05-01"), event="2026-05-10 2026-09-01")
    old = judged(limit, "2026-11-23", on("2025-05-01"), event="2025-06-01 2026-09-01")

    assert (answered.status, answered.because) == (Status.UNSURE, Because.ANSWER_UNCLEAR)
    assert "部门预算公开" in answered.because.tell(**answered.facts)
    assert old.status is Status.MISSING


def test_the_arithmetic_tells_the_event_the_lead_and_the_due_day() -> None:
    events = {"终止": (date(2026, 9, 1),)}

    assert arithmetic(ahead(grace=3), events, moment()) == (
        "“终止”发生于 2026-09-01",
        "应提前 6个月 公开，最迟 2026-03-01",
        "宽限 3 天，至 2026-03-04",
        "今天 2026-11-23",
    )
    assert arithmetic(ahead(lead=None), events, moment())[1] == "应在此之前公开，最迟 2026-09-01"
    unseen = ahead(event=PublicationOf(of="B-20", day=DayOf.WRITTEN))
    assert arithmetic(unseen, {}, moment())[0] == "栏目中未见“B-20成文”的日期"
