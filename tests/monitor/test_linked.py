"""Linked duties from the looks of a night to the verdict, and on a generated fleet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import CALENDAR, TODAY, column, document, moment, obligation, observation, unit
from pairsets import DECOYS, LATE, MISSING, PER_UNIT, UNITS, Bureau, fleet

from monitor.assess import assess
from monitor.catalog import load
from monitor.linked import pairs_of
from monitor.model import (
    GAPS,
    Assessment,
    Catalog,
    Coverage,
    Document,
    Grounds,
    Match,
    Moment,
    Observation,
    Outcome,
    Pair,
    Status,
    UnitType,
)
from monitor.settings import shipped_rules
from monitor.timelimits import PairedAfter
from monitor.wording import Because, Flag
from monitor.workdays import WorkCalendar

CATALOG = load([shipped_rules()])
BUREAU = unit(code="B-01", name="青禾县教育局", short_name="", types=frozenset({UnitType.BUREAU}))
DUTY = CATALOG.requirements["B-10"]
RULE = document("关于印发《青禾县校服管理办法》的通知", "2026-03-02")
SAID = document("《青禾县校服管理办法》政策解读", "2026-03-05")
OTHER = document("一图读懂学生资助政策", "2026-02-02")


def night(
    *rules: Document, said: tuple[Document, ...] = (OTHER,), **changes: Any
) -> dict[str, Observation]:
    """The looks of a night; ``changes`` are those of the look at the interpretations."""
    return {
        "normative-documents": observation(*rules, unit="B-01", column="normative-documents"),
        "interpretation": observation(
            *said, **{"unit": "B-01", "column": "interpretation"} | changes
        ),
    }


def pairs(
    looks: dict[str, Observation], on: Moment, catalog: Catalog = CATALOG
) -> tuple[Pair, ...] | None:
    return pairs_of(catalog.requirements["B-10"], catalog, looks, BUREAU, on)


def judged(
    looks: dict[str, Observation],
    on: date = TODAY,
    *,
    catalog: Catalog = CATALOG,
    calendar: WorkCalendar = CALENDAR,
) -> Assessment:
    today = moment(on, calendar=calendar)
    duty = catalog.requirements["B-10"]
    places = (column(id="interpretation", name="本级政策解读"),)
    owing = obligation(unit=BUREAU, requirement=duty, columns=places)
    seen = [looks[name] for name in duty.columns if name in looks]
    return assess(owing, seen, today, pairs=pairs(looks, today, catalog))


# --- the verdict ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 3, 4), Status.DUE_SOON),
        (date(2026, 3, 5), Status.DUE_SOON),
        (date(2026, 3, 6), Status.MISSING),
    ],
    ids=["a day left", "the last day", "the day after"],
)
def test_a_document_nothing_answers_is_a_gap_on_the_day_after(on: date, status: Status) -> None:
    found = judged(night(RULE), on)

    assert found.status is status
    assert found.facts["due"] == date(2026, 3, 5)


def test_the_gap_names_the_document_and_its_day() -> None:
    found = judged(night(RULE))

    assert found.requirement == "B-10"
    assert found.because is Because.PAIR_MISSING
    assert found.sentence == (
        "应于2026-03-05前公开对《关于印发〈青禾县校服管理办法〉的通知》的本级政策解读，未见"
    )


def test_a_gap_counts_what_else_is_open_and_names_the_oldest() -> None:
    later = document("关于印发《青禾县校车管理规定》的通知", "2026-05-06")
    found = judged(night(later, RULE))

    assert found.sentence.endswith("，未见，另有1份文件的也未见")
    assert "校服" in found.sentence


def test_days_off_are_not_counted() -> None:
    """2026-09-30 is followed by the holidays of October; the tenth is worked."""
    rule = document(RULE.title, "2026-09-29")

    assert judged(night(rule)).facts["due"] == date(2026, 10, 9)


def test_an_answer_in_time_is_ok_and_a_late_one_says_by_how_much() -> None:
    in_time = judged(night(RULE, said=(SAID,)))
    late = judged(night(RULE, said=(document(SAID.title, "2026-03-10"),)))

    assert (in_time.status, in_time.late_by) == (Status.OK, None)
    assert (late.status, late.late_by) == (Status.OK, 3)
    assert late.because is Because.FOUND_LATE


def test_an_undated_answer_is_one_but_never_late() -> None:
    found = judged(night(RULE, said=(document(SAID.title, None),)))

    assert (found.status, found.late_by) == (Status.OK, None)


def test_a_title_that_may_be_the_answer_is_for_a_person() -> None:
    near = document("青禾县召开校服管理办法政策解读会", "2026-03-04")
    found = judged(night(RULE, said=(near,)))

    assert found.status is Status.UNSURE
    assert found.because is Because.PAIR_UNCLEAR
    assert found.nearest == near
    assert near.title in found.sentence


def test_an_answer_in_another_column_is_one() -> None:
    looks = night(RULE, SAID)

    assert judged(looks).status is Status.OK


def test_an_entry_of_the_column_without_the_word_leaves_a_doubt() -> None:
    odd = document("青禾县校服管理办法来了", "2026-03-04")

    assert judged(night(RULE, said=(odd,))).status is Status.UNSURE


def test_a_column_that_is_not_there_is_missed_when_something_is_due() -> None:
    looks = night(RULE, said=(), outcome=Outcome.NO_COLUMN)

    assert judged(looks).status is Status.NOCOL
    assert judged(looks, date(2026, 3, 3)).status not in GAPS


# --- what may not be said ------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": Outcome.TIMED_OUT},
        {"outcome": Outcome.SHELL},
        {"identity_seen": False},
        {"coverage": Coverage(since=date(2026, 2, 20))},
        {"coverage": Coverage()},
    ],
    ids=["not opened", "filled by a script", "of nobody", "not read far enough", "not read"],
)
def test_interpretations_not_read_whole_are_never_missed(changes: dict[str, Any]) -> None:
    assert judged(night(RULE, **changes)).status not in GAPS


def test_a_list_read_far_enough_is_enough() -> None:
    looks = night(RULE, coverage=Coverage(since=date(2026, 1, 31)))

    assert judged(looks).status is Status.MISSING


@pytest.mark.parametrize(
    "changes",
    [{"outcome": Outcome.TIMED_OUT}, {"identity_seen": False}, {"outcome": Outcome.UNREAD}],
    ids=["not opened", "of nobody", "not read"],
)
def test_documents_not_conclusively_read_ask_for_nothing(changes: dict[str, Any]) -> None:
    looks = night(RULE)
    looks["normative-documents"] = replace(looks["normative-documents"], **changes)

    assert pairs(looks, moment()) is None
    assert judged(looks).status is Status.OK  # by what stands in the column


def test_a_provisional_calendar_makes_no_claim_of_lateness() -> None:
    unknown = WorkCalendar()
    late = judged(night(RULE, said=(document(SAID.title, "2026-03-10"),)), calendar=unknown)
    missing = judged(night(RULE), calendar=unknown)

    assert late.late_by is None
    assert missing.status is Status.UNSURE
    assert missing.because is Because.PAIR_PROVISIONAL


NOT_ASKED = {
    "handed on": document("转发省教育厅关于印发《校服管理办法》的通知", "2026-03-02"),
    "of a higher body": document("教育部关于印发《校服管理办法》的通知", "2026-03-02"),
    "of the county": document("青禾县人民政府办公室关于印发《校服管理办法》的通知", "2026-03-02"),
    "a bare regulation": document("未成年人学校保护规定", "2026-03-02"),
    "a clearance": document("关于公布规范性文件清理结果的通知", "2026-03-02"),
    "a repeal": document("关于废止《校服管理办法》的通知", "2026-03-02"),
    "of another publisher": document(
        "关于印发《校服管理办法》的通知", "2026-03-02", publisher="江南省教育厅"
    ),
    "written long ago": document(
        "关于印发《校服管理办法》的通知", "2026-03-02", written_on=date(2025, 6, 1)
    ),
    "numbered long ago": document(
        "关于印发《校服管理办法》的通知", "2026-07-02", doc_no="青教〔2025〕5号"
    ),
    "older than the window": document("关于印发《校服管理办法》的通知", "2025-11-03"),
    "undated": document("关于印发《校服管理办法》的通知", None),
    "dated ahead": document("关于印发《校服管理办法》的通知", "2027-03-02"),
    "its own interpretation": document("《校服管理办法》印发解读", "2026-03-02"),
}


@pytest.mark.parametrize("other", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_owes_no_interpretation_of_its_own_is_not_asked(other: Document) -> None:
    assert judged(night(other)).status is Status.OK


def test_a_document_from_before_the_rule_is_not_asked() -> None:
    clock = PairedAfter(
        of="B-08",
        days=3,
        day_kind=next(iter(CATALOG.links)).day_kind,
        grounds=Grounds.LOCAL,
        effective_from=date(2026, 3, 3),
    )
    duty = replace(DUTY, limits=(*DUTY.limits[:-1], clock))
    catalog = replace(CATALOG, requirements={**CATALOG.requirements, "B-10": duty})
    newer = document(RULE.title, "2026-03-03")

    assert judged(night(RULE), catalog=catalog).status is Status.OK
    assert judged(night(newer), catalog=catalog).status is Status.MISSING


def test_a_document_in_another_column_of_its_item_is_not_asked() -> None:
    """The column of policies holds higher papers too."""
    looks = night(document("关于印发《青禾县校车管理规定》的通知", "2026-10-08"), said=(SAID,))
    looks["policy"] = observation(RULE, unit="B-01", column="policy")
    found = pairs(looks, moment())

    assert found is not None
    assert [pair.trigger.title for pair in found] == ["关于印发《青禾县校车管理规定》的通知"]


def test_a_clock_on_practice_alone_is_no_gap_until_it_is_accepted() -> None:
    duty = CATALOG.requirements["B-12"]
    decided = document("关于印发《青禾县学区调整方案》的通知", "2026-03-02")
    asked = document("关于征求《青禾县学区调整方案》意见的公告", "2026-01-05")
    looks = {
        name: observation(decided, asked, unit="B-01", column=name)
        for name in ("decisions", "notices")
    }
    found = []
    for accepted in (False, True):
        owing = obligation(unit=BUREAU, requirement=replace(duty, accept_defaults=accepted))
        said = pairs_of(duty, CATALOG, looks, BUREAU, moment())
        seen = [looks[name] for name in duty.columns]
        found.append(assess(owing, seen, moment(), pairs=said))

    assert [one.status for one in found] == [Status.UNSURE, Status.MISSING]
    assert Flag.OWN_RULE.value in found[1].flags


# --- a fleet -------------------------------------------------------------------------------

#: in the fleet every paper is one that owes an interpretation
EVERY = Match(any=("通知", "意见", "办法", "细则", "规定", "方案", "计划", "规划", "规程", "标准"))
EVERY = replace(EVERY, any=(*EVERY.any, "规范", "预案", "清单"))
_ALL = replace(CATALOG.requirements["B-08"], match=EVERY)
FLEET_RULES = replace(CATALOG, requirements={**CATALOG.requirements, "B-08": _ALL})
CLOCK = next(limit for limit in DUTY.limits if isinstance(limit, PairedAfter))


def claims(bureau: Bureau, on: Moment) -> dict[str, tuple[str, int, date]]:
    """What is said of each document: missing, late or nothing, by how much, and its due day."""
    found = pairs_of(DUTY, FLEET_RULES, bureau.looks, bureau.unit, on)
    assert found is not None
    said = {}
    for pair in found:
        late_by = CLOCK.late_by(pair, on)
        is_missing = not pair.partners and pair.near is None
        claim = "missing" if is_missing else "late" if late_by else ""
        said[pair.trigger.title] = (claim, late_by, CLOCK.due_of(pair, on))
    return said


def measured(seed: int) -> tuple[float, float, int]:
    """Precision and recall of what is claimed missing or late, and the due days that are wrong."""
    right = claimed = planted = wrong_days = 0
    for bureau in fleet(seed):
        said = claims(bureau, moment())
        truth = {one.title: one for one in bureau.planted}
        claimed += sum(1 for claim, _, _ in said.values() if claim)
        for title, one in truth.items():
            claim, late_by, due = said.get(title, ("", 0, one.due))
            wrong_days += due != one.due
            planted += one.fate != "answered"
            right += bool(claim) and (claim, late_by) == (one.fate, one.late_by)
    return right / claimed, right / planted, wrong_days


def test_the_fleet_is_what_it_should_be() -> None:
    planted = [one for bureau in fleet(1) for one in bureau.planted]
    fates = [one.fate for one in planted]

    assert len(planted) == PER_UNIT * len(UNITS) == 200
    assert (fates.count("missing"), fates.count("late")) == (MISSING, LATE) == (50, 30)
    assert DECOYS == 40


@pytest.mark.parametrize("seed", range(1, 9))
def test_gaps_and_lateness_are_found_among_decoys(seed: int) -> None:
    precision, recall, wrong_days = measured(seed)
    print(f"seed {seed}: precision {precision:.3f}, recall {recall:.3f}, due days {wrong_days} off")

    assert precision >= 0.95
    assert recall >= 0.92
    assert wrong_days == 0


def test_the_verdict_of_a_bureau_names_a_document_nobody_answered() -> None:
    for bureau in fleet(3):
        duty = FLEET_RULES.requirements["B-10"]
        said = pairs_of(duty, FLEET_RULES, bureau.looks, bureau.unit, moment())
        owing = obligation(unit=bureau.unit, requirement=duty)
        found = assess(owing, [bureau.looks["interpretation"]], moment(), pairs=said)
        missing = {
            one.title.replace("《", "〈").replace("》", "〉"): one.due
            for one in bureau.planted
            if one.fate == "missing"
        }

        assert found.status is Status.MISSING
        assert missing[str(found.facts["trigger"])] == found.facts["due"]
