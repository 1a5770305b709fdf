"""What is gone from a column though its duty still runs: told, and only if nothing explains it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    age,
    assessment,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    waiver,
)

from monitor.judgements import Case
from monitor.judgements.vanished import taken_down_silently
from monitor.model import (
    Assessment,
    Document,
    Grounds,
    Match,
    Obligation,
    Remark,
    Removal,
    Requirement,
    Status,
)
from monitor.timelimits import ColumnMaxAge, NoticePeriod, TakedownAfter

LISTED_ON = date(2026, 11, 10)
FIRST_SEEN = date(2026, 9, 2)
GONE = Removal(
    document=document("2026年秋季收费公示", "2026-09-01", first_seen_on=FIRST_SEEN),
    column="fees",
    listed_on=LISTED_ON,
    missed_on=LISTED_ON + timedelta(days=1),
    missed_again_on=LISTED_ON + timedelta(days=2),
)
STAYS = document("教材目录", "2026-09-01", first_seen_on=FIRST_SEEN)
LAW = Grounds.LAW


def remarks(
    *removed: Removal,
    listed: tuple[Document, ...] = (STAYS,),
    items: tuple[Requirement, ...] = (requirement(),),
    status: Status = Status.OK,
    **owed: Any,
) -> list[Remark]:
    judged: tuple[tuple[Obligation, Assessment], ...] = tuple(
        (obligation(requirement=item, **owed), assessment(status=status)) for item in items
    )
    case = Case(
        unit=obligation().unit,
        judged=judged,
        looks={"fees": observation(*listed)},
        columns={"fees": column()},
        removed=removed or (GONE,),
    )
    return list(taken_down_silently(case, moment()))


def test_what_is_gone_is_told_with_the_nights_that_prove_it() -> None:
    (told,) = remarks()

    assert told.sentence == (
        "“2026年秋季收费公示”（2026-09-01）2026-11-10还在“收费信息”栏目，"
        "2026-11-11、2026-11-12两晚把列表读全都没有见到，本单位其他栏目也没有；"
        "对应事项：教育收费公示，没有到期撤下的规定"
    )
    assert told.subject == GONE.document.url


def test_one_night_is_not_enough() -> None:
    assert remarks(replace(GONE, missed_again_on=None)) == []


def test_an_entry_of_two_items_is_told_once() -> None:
    other = requirement(id="S-12", name="服务性收费")

    (told,) = remarks(items=(requirement(), other))

    assert "对应事项：教育收费公示、服务性收费" in told.sentence


@pytest.mark.parametrize(
    "said",
    [
        {"items": (requirement(match=Match(any=("预算",))),)},
        {"items": (requirement(columns=("news",)),)},
        {"items": (requirement(limits=(NoticePeriod(grounds=LAW, days=5),)),)},
        {"items": (requirement(limits=(TakedownAfter(grounds=LAW, event="公示期满"),)),)},
        {
            "items": (
                requirement(),
                requirement(id="S-12", limits=(NoticePeriod(grounds=LAW, days=5),)),
            )
        },
        {"items": (requirement(limits=(ColumnMaxAge(grounds=LAW, max_age=age("60d")),)),)},
        {"items": (requirement(match=Match()),)},
        {"status": Status.NA, "waiver": waiver()},
        {"status": Status.EXEMPT},
    ],
    ids=[
        "it answered nothing",
        "of another column",
        "its time may be over",
        "it had to go",
        "it is a notice, too",
        "older than what is asked for",
        "any entry will do, and others are there",
        "not owed",
        "exempt",
    ],
)
def test_what_no_duty_asks_for_may_go(said: dict[str, Any]) -> None:
    assert remarks(**said) == []


def test_of_a_column_in_which_any_entry_will_do_the_last_one_counts() -> None:
    assert len(remarks(items=(requirement(match=Match()),), status=Status.STALE)) == 1


@pytest.mark.parametrize(
    ("title", "first_seen_on", "is_told"),
    [
        ("2026年秋季收费公示（更新）", LISTED_ON, False),
        ("2026年春季收费公示表", LISTED_ON, True),
        ("2027年秋季收费公示", LISTED_ON, False),
        ("2026年秋季收费公示（更新）", FIRST_SEEN, True),
    ],
    ids=["a new version", "another matter", "the next one", "it stood beside it all the time"],
)
def test_a_successor_explains_it(title: str, first_seen_on: date, is_told: bool) -> None:
    next_one = document(title, "2026-11-09", first_seen_on=first_seen_on)

    assert bool(remarks(listed=(STAYS, next_one))) is is_told


@pytest.mark.parametrize(("lost", "is_told"), [(4, True), (6, False)], ids=["few", "most of it"])
def test_a_list_that_lost_most_of_itself_was_made_anew(lost: int, is_told: bool) -> None:
    gone = [
        replace(GONE, document=document(f"{name}类收费", "2026-09-01", first_seen_on=FIRST_SEEN))
        for name in "甲乙丙丁戊己"[:lost]
    ]

    assert len(remarks(*gone)) == (lost if is_told else 0)
