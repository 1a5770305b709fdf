from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import TODAY, assessment, requirement

from monitor.model import GAPS, Answer, Assessment, Remembered, Status, Verification
from monitor.verified import (
    MEANINGS,
    answered,
    day_of,
    holds,
    is_answered,
    lasts_until,
    listed_now,
    objection,
    questions,
    settled,
)
from monitor.wording import Because, Flag, Slip

LISTED = "fees|aaaa|2026-11-02"


def unsure(**changes: Any) -> Assessment:
    return assessment(
        **{
            "status": Status.UNSURE,
            "because": Because.NEAR_WORD,
            "facts": {"title": "缴费说明", "word": "缴费"},
            "page": "http://school.example/fees/",
        }
        | changes
    )


def said(answer: Answer = Answer.PUBLISHED, **changes: Any) -> Verification:
    return Verification(
        **{
            "unit": "P-01",
            "requirement": "S-11",
            "period": "",
            "answer": answer,
            "by": "王科员",
            "at": datetime(2026, 11, 20, 9, tzinfo=UTC),
            "address": "http://school.example/fees/1.html",
            "note": "校门口公示栏",
            "digest": LISTED,
            "valid_until": TODAY + timedelta(days=30),
        }
        | changes
    )


def judged_with(
    machine: Assessment, answer: Verification, listed: str = LISTED, on: date = TODAY
) -> Assessment:
    return settled(machine, answer, requirement(unchecked=("标准",)), listed=listed, on=on)


# --- what an answer makes of a verdict ---------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer.PUBLISHED, Status.OK),
        (Answer.OFFLINE, Status.OK),
        (Answer.NOT_CONCERNED, Status.NA),
        (Answer.NOT_PUBLISHED, Status.MISSING),
    ],
    ids=lambda word: word.value,
)
def test_an_answer_decides_what_the_machine_left_open(answer: Answer, status: Status) -> None:
    found = judged_with(unsure(), said(answer))

    assert found.status is status
    assert found.flags == (Flag.VERIFIED.value,)
    assert found.sentence.startswith("人工核实：")
    assert "王科员" in found.sentence
    assert "2026-11-20" in found.sentence
    assert found.facts["unsure"] == unsure().sentence


@pytest.mark.parametrize(
    "status", [status for status in Status if status is not Status.UNSURE], ids=lambda s: s.name
)
@pytest.mark.parametrize("answer", Answer, ids=lambda word: word.value)
def test_any_other_verdict_of_the_machine_stays(status: Status, answer: Answer) -> None:
    machine = unsure(status=status)

    assert judged_with(machine, said(answer)) == machine


def test_what_nobody_checked_inside_is_still_told() -> None:
    assert judged_with(unsure(), said()).unchecked == ("标准",)
    assert judged_with(unsure(), said(Answer.NOT_PUBLISHED)).unchecked == ()


def test_the_reasons_of_people_are_not_those_of_the_machine() -> None:
    by_people = {meaning.because for meaning in MEANINGS.values()}

    assert set(MEANINGS) == set(Answer)
    assert {because for because in Because if because.value.startswith("人工核实")} == by_people


def test_a_second_answer_keeps_what_the_machine_was_unsure_of() -> None:
    first = answered(unsure(), said(), requirement())

    second = answered(first, said(Answer.NOT_PUBLISHED), requirement())

    assert second.facts["unsure"] == unsure().sentence
    assert second.flags == (Flag.VERIFIED.value,)
    assert second.status in GAPS


def test_an_answer_given_after_midnight_is_of_that_day_here() -> None:
    assert day_of(said(at=datetime(2026, 11, 20, 16, 30, tzinfo=UTC))) == date(2026, 11, 21)


# --- how long it holds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "stands"),
    [(TODAY, True), (TODAY - timedelta(days=1), False), (None, True)],
    ids=["its last day", "the day after", "no last day"],
)
def test_an_answer_ends_after_its_last_day(until: date | None, stands: bool) -> None:
    assert holds(said(valid_until=until), listed=LISTED, on=TODAY) is stands


@pytest.mark.parametrize(
    ("then", "now", "stands"),
    [
        ("fees|aaaa|2026-11-02", "fees|aaaa|2026-11-02", True),
        ("fees|aaaa|2026-11-02", "fees|bbbb|2026-11-02", False),
        ("fees||2026-11-02", "fees|bbbb|2026-11-02", True),
        ("fees|aaaa|2026-11-02", "fees||2026-11-02", True),
        ("fees|aaaa|2026-11-02", "fees||2026-11-20", False),
        ("fees||", "fees|bbbb|2026-11-02", False),
        ("fees|aaaa|2026-11-02", "fees||", False),
        ("fees||", "fees||", True),
        ("", "", True),
        ("fees|aaaa|\nplan|cccc|", "fees|aaaa|\nplan|dddd|", False),
        ("fees|aaaa|\nplan|cccc|", "fees|aaaa|", True),
    ],
    ids=[
        "the same list",
        "another list",
        "a digest we did not have then",
        "no digest tonight, the same newest entry",
        "no digest, a newer entry",
        "a list where there was none",
        "a list that is gone",
        "never read",
        "no columns",
        "one of two lists changed",
        "a column the catalog dropped",
    ],
)
def test_an_answer_holds_until_a_column_lists_something_else(
    then: str, now: str, stands: bool
) -> None:
    assert holds(said(digest=then), listed=now, on=TODAY) is stands
    assert (judged_with(unsure(), said(digest=then), now).status is Status.OK) is stands


def test_what_the_catalog_looks_for_is_not_what_a_page_lists() -> None:
    def listed(mark: str) -> str:
        kept = Remembered(list_digest=f"{mark}:0123456789abcdef99", newest=date(2026, 11, 2))
        return listed_now("P-01", ["fees", "plan"], {("P-01", "fees"): kept})

    assert listed("old") == listed("new") == "fees|0123456789abcdef|2026-11-02\nplan||"


def test_not_published_is_believed_for_a_month_only() -> None:
    assert lasts_until(Answer.NOT_PUBLISHED, TODAY) == TODAY + timedelta(days=30)
    assert lasts_until(Answer.OFFLINE, TODAY) == TODAY + timedelta(days=365)


# --- what is not taken ---------------------------------------------------------------------

OBJECTIONS = {
    "not owed": ({}, None, Slip.ANSWER_NOT_OWED),
    "could not look": ({}, unsure(status=Status.UNREACH), Slip.ANSWER_NOT_LOOKED),
    "never looked": ({}, unsure(status=Status.NEW), Slip.ANSWER_NOT_LOOKED),
    "decided": ({}, unsure(status=Status.MISSING), Slip.ANSWER_DECIDED),
    "nobody": ({"by": " "}, unsure(), Slip.ANSWER_NOBODY),
    "no address": ({"address": ""}, unsure(), Slip.ANSWER_NO_ADDRESS),
    "no place": ({"answer": Answer.OFFLINE, "note": ""}, unsure(), Slip.ANSWER_NO_NOTE),
    "past": ({"valid_until": TODAY - timedelta(days=1)}, unsure(), Slip.ANSWER_UNTIL_PAST),
    "for too long": (
        {"answer": Answer.NOT_PUBLISHED, "valid_until": TODAY + timedelta(days=31)},
        unsure(),
        Slip.ANSWER_UNTIL_FAR,
    ),
    "fine": ({}, unsure(), None),
    "not there, no note": ({"answer": Answer.NOT_PUBLISHED, "note": ""}, unsure(), None),
}


@pytest.mark.parametrize(("changes", "judged", "slip"), OBJECTIONS.values(), ids=OBJECTIONS)
def test_an_answer_that_is_not_taken_says_why(
    changes: dict[str, Any], judged: Assessment | None, slip: Slip | None
) -> None:
    found = objection(
        said(**changes), judged, requirement(), unit="实验小学", before=None, on=TODAY
    )

    assert (found and found[1]) == slip
    if found:
        _, wrong, facts = found
        assert "不详" not in "".join(wrong.tell(**facts))


def test_what_cannot_be_waived_cannot_be_answered_away() -> None:
    asked = said(Answer.NOT_CONCERNED)

    found = objection(
        asked, unsure(), requirement(waivable=False), unit="实验小学", before=None, on=TODAY
    )

    assert found
    assert found[1] is Slip.NOT_WAIVABLE


def test_an_answer_that_stands_is_not_lost_unseen_but_one_that_lapsed_is_asked_anew() -> None:
    stands = answered(unsure(), said(), requirement())
    asked = {"unit": "实验小学", "before": said(), "on": TODAY}

    found = objection(said(Answer.NOT_PUBLISHED), stands, requirement(), **asked)

    assert found
    assert found[1] is Slip.ANSWER_GIVEN
    assert objection(said(), unsure(), requirement(), **asked) is None


# --- what is asked together ----------------------------------------------------------------


def test_one_cause_is_one_question() -> None:
    alike = unsure(), unsure(requirement="S-12")
    others = [
        unsure(unit="P-02"),
        unsure(page="http://school.example/other/"),
        unsure(facts={"title": "另一条", "word": "缴费"}),
    ]

    found = questions([*alike, unsure(status=Status.OK), *others])

    assert [len(one.assessments) for one in found] == [2, 1, 1, 1]
    assert found[0].assessments == alike
    assert found[0].reason == unsure().sentence


def test_what_was_answered_is_asked_no_more() -> None:
    settled_one = answered(unsure(), said(), requirement())

    assert is_answered(settled_one)
    assert questions([settled_one, replace(settled_one, status=Status.MISSING)]) == ()
