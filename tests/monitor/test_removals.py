"""Which entries are gone for certain, and clocks of one item that want opposite things."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import column, document, md, moment, obligation, observation, requirement

from monitor.assess import assess
from monitor.model import (
    Assessment,
    Coverage,
    DayKind,
    Document,
    Grounds,
    Match,
    Observation,
    Outcome,
    Removal,
    Status,
    TimeLimit,
)
from monitor.removals import removed_of, still_gone, watched_columns
from monitor.timelimits import (
    AfterEvent,
    NoticePeriod,
    OnOccurrence,
    Season,
    Standing,
    TakedownAfter,
)
from monitor.wording import Because

LAW = Grounds.LAW
LISTED_ON, MISSED_ON = date(2026, 11, 10), date(2026, 11, 11)
GONE = Removal(
    document=document("拟聘人员收费公示", "2026-11-09"),
    column="fees",
    listed_on=LISTED_ON,
    missed_on=MISSED_ON,
)
OLD = document("2024年收费标准", "2024-09-01", first_seen_on=date(2026, 11, 1))
OTHER = document("校运动会新闻", "2026-11-20", first_seen_on=date(2026, 11, 1))

NOTICE = NoticePeriod(grounds=LAW, days=5)
TAKEDOWN = TakedownAfter(grounds=LAW, event="公示期满")
AUTUMN = Season(grounds=LAW, opens=md("08-15"), closes=md("09-30"), label="秋季")
BUDGET = AfterEvent(grounds=LAW, event="budget", days=20, day_kind=DayKind.WORKING)


@pytest.mark.parametrize(
    ("looks", "is_gone"),
    [
        ({"fees": observation(OLD)}, True),
        ({"fees": observation(OLD, replace(GONE.document, url="http://b.example/"))}, False),
        ({"fees": observation(OLD), "news": observation(GONE.document)}, False),
        ({"fees": observation(replace(OLD, first_seen_on=MISSED_ON))}, False),
        ({"fees": observation(outcome=Outcome.SAYS_EMPTY)}, False),
        ({"fees": observation(OLD, outcome=Outcome.TIMED_OUT)}, False),
        ({}, False),
    ],
    ids=[
        "the rest of the list still stands",
        "it stands at another address",
        "it stands in another column of the unit",
        "the whole list is another one",
        "the column says it is empty",
        "the column was not opened",
        "nobody looked",
    ],
)
def test_an_entry_is_gone_only_from_a_list_that_is_still_the_same(
    looks: dict[str, Observation], is_gone: bool
) -> None:
    assert still_gone((GONE,), looks) == ((GONE,) if is_gone else ())


def test_a_removal_counts_for_the_items_it_answered() -> None:
    assert removed_of(requirement(), (GONE,)) == (GONE,)
    assert removed_of(requirement(match=Match(any=("预算",))), (GONE,)) == ()
    assert removed_of(requirement(columns=("news",)), (GONE,)) == ()


def test_only_columns_whose_clocks_ask_are_watched() -> None:
    watching = requirement(columns=("fees", "news"), limits=(Standing(grounds=LAW), NOTICE))

    assert watched_columns([watching, requirement(columns=("plans",))]) == {"fees", "news"}


# --- in an assessment --------------------------------------------------------------------


def judged(
    *documents: Document,
    limits: tuple[TimeLimit, ...],
    removed: tuple[Removal, ...] = (GONE,),
    events: dict[str, tuple[date, ...]] | None = None,
    look: Observation | None = None,
    **changes: Any,
) -> Assessment:
    item = requirement(limits=limits, **changes)
    owing = obligation(requirement=item, events=events or {}, columns=(column(),))
    return assess(owing, [look or observation(*documents)], moment(), removed=removed)


def test_a_notice_cut_short_is_a_gap_with_a_sentence_a_person_can_check() -> None:
    found = judged(OTHER, limits=(OnOccurrence(grounds=LAW), NOTICE))

    assert (found.status, found.because) == (Status.MISSING, Because.NOTICE_CUT_SHORT)
    assert found.sentence == (
        "“拟聘人员收费公示”（2026-11-09）应公示至2026-11-16，2026-11-10还在栏目中，2026-11-11核查时已不见"
    )
    assert found.nearest == GONE.document


@pytest.mark.parametrize(
    ("look", "status"),
    [
        (observation(OTHER, coverage=Coverage(since=date(2026, 11, 10))), Status.UNSURE),
        (observation(outcome=Outcome.TIMED_OUT), Status.UNREACH),
        (observation(OTHER, identity_seen=False), Status.UNSURE),
        (observation(OTHER, document("关于缴费的通知", "2026-11-12")), Status.UNSURE),
    ],
    ids=["not read back to its day", "not opened", "not the unit's own page", "a near word"],
)
def test_what_tonight_does_not_show_is_no_gap(look: Observation, status: Status) -> None:
    assert judged(look=look, limits=(NOTICE,)).status is status


def test_a_notice_of_practice_opens_no_gap_before_it_is_accepted() -> None:
    limits = (replace(NOTICE, grounds=Grounds.DEFAULT),)

    assert judged(OTHER, limits=limits).because is Because.DEFAULT_NOT_ACCEPTED
    assert judged(OTHER, limits=limits, accept_defaults=True).flags == ("按本局口径",)


@pytest.mark.parametrize(
    ("limits", "events", "status"),
    [
        ((AUTUMN,), {}, Status.MISSING),
        ((AUTUMN, TAKEDOWN), {}, Status.UNSURE),
        ((AUTUMN, TAKEDOWN), {"公示期满": (date(2026, 9, 30),)}, Status.UNSURE),
        ((Standing(grounds=LAW), TAKEDOWN), {}, Status.UNSURE),
        ((BUDGET, TAKEDOWN), {"budget": (date(2026, 3, 2),)}, Status.MISSING),
        (
            (BUDGET, TAKEDOWN),
            {"budget": (date(2026, 3, 2),), "公示期满": (date(2026, 4, 1),)},
            Status.UNSURE,
        ),
        (
            (BUDGET, TAKEDOWN),
            {"budget": (date(2026, 3, 2),), "公示期满": (date(2025, 4, 1),)},
            Status.MISSING,
        ),
    ],
    ids=[
        "a season alone",
        "it may have been taken down unseen",
        "it had to be taken down",
        "always there, and gone again",
        "its own event is known, no take-down is",
        "a take-down after the event is known",
        "the take-down was of the year before",
    ],
)
def test_what_must_come_down_again_is_not_missing_because_it_is_not_there(
    limits: tuple[TimeLimit, ...], events: dict[str, tuple[date, ...]], status: Status
) -> None:
    for order in itertools.permutations(limits):
        found = judged(OTHER, limits=order, removed=(), events=events)
        assert found.status is status
        assert "不详" not in found.sentence


def test_an_empty_column_is_no_gap_where_things_must_come_down() -> None:
    empty = observation(outcome=Outcome.SAYS_EMPTY, phrase="暂无内容")

    assert judged(look=empty, limits=(AUTUMN,)).status is Status.EMPTY
    assert judged(look=empty, limits=(AUTUMN, TAKEDOWN)).status is Status.UNSURE


def test_a_take_down_explains_a_notice_that_was_cut_short() -> None:
    revoked = {"公示期满": (date(2026, 11, 10),)}

    assert judged(OTHER, limits=(NOTICE, TAKEDOWN)).status is Status.MISSING
    assert judged(OTHER, limits=(NOTICE, TAKEDOWN), events=revoked).status is not Status.MISSING


def test_of_what_is_in_order_an_overstay_is_told_before_the_rest() -> None:
    listed = document("助学收费公示", "2026-10-08")
    ended = {"公示期满": (date(2026, 10, 16),)}
    limits = (OnOccurrence(grounds=LAW), NOTICE, TAKEDOWN)

    for order in itertools.permutations(limits):
        found = judged(listed, limits=order, removed=(), events=ended)
        assert (found.status, found.because) == (Status.OK, Because.OVERSTAYED)
        assert found.facts["overstay_by"] == 38
        assert found.late_by is None
