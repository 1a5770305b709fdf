from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    TODAY,
    assessment,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    unit,
    waiver,
)

from monitor.judgements import Case, doubted
from monitor.model import Assessment, Document, Match, Observation, Status
from monitor.wording import Because

APPROVED = date(2026, 3, 2)
LATER = date(2026, 5, 12)
MOVES = requirement(
    id="S-17", name="人事任免", columns=("staff",), match=Match(any=("任免", "任命", "聘任"))
)


def declared(ground: str = "C4", **changes: Any) -> Any:
    given = waiver(requirement="S-17", ground=ground, approved_on=APPROVED, **changes)
    return obligation(requirement=MOVES, waiver=given)


def judged(status: Status = Status.NA) -> Assessment:
    return assessment(requirement="S-17", status=status, because=Because.NOT_CONCERNED)


def verdict(
    *own: Document,
    owed: Any = None,
    status: Status = Status.NA,
    superior: tuple[Document, ...] = (),
    **look: Any,
) -> Assessment:
    case = Case(
        unit=unit(),
        judged=((owed or declared(), judged(status)),),
        looks={"notices": observation(*own, **{"column": "notices"} | look)},
        superior={"orders": observation(*superior, unit="B-01", column="orders")},
        columns={
            "notices": column(id="notices", name="通知公告"),
            "orders": column(name="人事信息"),
        },
    )
    return doubted(case, moment()).judged[0][1]


def test_a_declaration_is_reopened_by_an_entry_of_that_matter_elsewhere_on_the_site() -> None:
    found = verdict(document("关于李某同志任命的通知", on=LATER))

    assert found.status is Status.UNSURE
    assert found.sentence == (
        "核准为“本期未发生”，但“通知公告”栏目有“关于李某同志任命的通知”（2026-05-12），请人工核实"
    )
    assert found.nearest is not None
    assert found.nearest.url


def test_a_superiors_notice_that_names_the_unit_reopens_it() -> None:
    named = document("关于青石县实验小学张某同志任命的通知", on=LATER)
    other = document("关于青石县第二中学张某同志任命的通知", on=LATER)

    assert verdict(superior=(other, named)).status is Status.UNSURE
    assert verdict(superior=(other,)).status is Status.NA


def test_a_statement_of_the_unit_is_held_to_the_same() -> None:
    entry = document("关于李某同志任命的通知", on=LATER)
    owed = obligation(requirement=MOVES)

    assert verdict(entry, owed=owed, status=Status.STMT).status is Status.UNSURE


@pytest.mark.parametrize(
    "entry",
    [
        document("关于李某同志任命的通知", on=APPROVED - timedelta(days=1)),
        document("关于李某同志任命的通知", on=None),
        document("转发县教育局关于干部任免工作的通知", on=LATER),
        document("我校组织学习干部任免条例", on=LATER),
        document("2026年春季收费公示", on=LATER),
        document("关于本年度未发生人事任免的情况说明", on=LATER),
        document("关于李某同志任命的通知", on=TODAY + timedelta(days=3)),
    ],
    ids=[
        "known at approval",
        "undated",
        "passed on",
        "taught",
        "another matter",
        "the statement itself",
        "not yet",
    ],
)
def test_what_is_no_evidence_leaves_it(entry: Document) -> None:
    assert verdict(entry).status is Status.NA


@pytest.mark.parametrize("ground", ["C6", "C9"])
def test_only_nothing_there_can_be_contradicted_by_something_there(ground: str) -> None:
    entry = document("关于李某同志任命的通知", on=LATER)

    assert verdict(entry, owed=declared(ground)).status is Status.NA


def test_another_units_page_is_no_evidence() -> None:
    entry = document("关于李某同志任命的通知", on=LATER)

    assert verdict(entry, identity_seen=False).status is Status.NA


# --- the bar: 40 declarations, 15 of them contradicted ---------------------------------

_MATTERS = {
    "人事任免": (
        ("任免", "任命", "聘任"),
        "关于{name}同志任命的通知",
        "关于聘任{name}为主任的决定",
    ),
    "招标采购": (
        ("招标", "采购", "中标"),
        "{name}食堂设备采购公告",
        "校服采购项目中标公示（{name}）",
    ),
    "教育收费": (
        ("收费", "服务费"),
        "2026年秋季学期教育收费公示",
        "课后服务收费标准（{name}年级）",
    ),
    "行政处罚": (
        ("行政处罚", "处罚决定"),
        "关于对{name}培训机构的处罚决定",
        "行政处罚信息公示表",
    ),
}
_ELSEWHERE = (
    "关于举办秋季运动会的通知",
    "转发省教育厅关于规范教育收费的通知",
    "我校开展采购工作廉政教育",
    "2026年秋季作息时间表",
    "学校召开人事任免工作会议",
    "学习《行政处罚法》宣传活动",
    "致家长的一封信",
    "课后服务收费政策问答",
)


def _declaration(
    chance: random.Random, matter: str, contradicted: bool
) -> tuple[Case, tuple[str, ...]]:
    words, *titles = _MATTERS[matter]
    item = requirement(id=matter, name=matter, columns=("own",), match=Match(any=words))
    given = waiver(requirement=matter, ground="C4", approved_on=APPROVED)
    owed = obligation(requirement=item, waiver=given)
    entries = [
        document(title, on=APPROVED + timedelta(days=chance.randrange(1, 200)))
        for title in chance.sample(_ELSEWHERE, 4)
    ]
    told: tuple[str, ...] = ()
    if contradicted:
        title = chance.choice(titles).format(name=chance.choice("王李张赵"))
        told = (title,)
        entries.append(document(title, on=APPROVED + timedelta(days=chance.randrange(1, 200))))
    chance.shuffle(entries)
    looks: dict[str, Observation] = {"notices": observation(*entries, column="notices")}
    verdicts = ((owed, replace(judged(), requirement=matter)),)
    return Case(unit=unit(), judged=verdicts, looks=looks), told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_forty_declarations_the_contradicted_are_reopened_and_no_other(seed: int) -> None:
    chance = random.Random(seed)
    reopened = wrongly = 0
    for number in range(40):
        matter = chance.choice(list(_MATTERS))
        case, told = _declaration(chance, matter, contradicted=number < 15)
        found = doubted(case, moment()).judged[0][1]
        if found.status is Status.UNSURE and told:
            reopened += found.nearest is not None and found.nearest.title in told
        wrongly += found.status is Status.UNSURE and not told

    assert reopened >= 13
    assert wrongly <= 1
