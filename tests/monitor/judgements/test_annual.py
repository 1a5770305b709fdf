from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from builders import column, document, moment, observation, unit

from monitor.judgements import Case
from monitor.judgements.annual import against_itself, flaws
from monitor.judgements.reported import Level, assigned, breakdowns, headings, plain
from monitor.model import Coverage, Extract, Observation
from monitor.wording import Noticed

#: the counts of a county's year, invented columns: they add up to the total
PARTS = (
    *(34, 11, 14, 7, 28, 124, 30, 108, 7, 8, 3, 7, 66),
    *(41, 102, 24, 23, 74, 7, 3, 1, 4, 7, 69, 718),
)
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人"


def told(text: str) -> list[Noticed]:
    return [because for because, _, _ in flaws(plain(text))]


def listed(total: int, opening: str = "其中包括") -> str:
    parts = "，".join(f"{name}类信息{count}条" for name, count in zip(NAMES, PARTS, strict=True))
    return f"本局全年主动公开信息{total}条。{opening}：{parts}。"


# --- the counts ------------------------------------------------------------------------


def test_parts_that_add_up_are_no_remark() -> None:
    (found,) = breakdowns(plain(listed(1520)))

    assert (len(found.parts), found.sum) == (25, 1520)
    assert told(listed(1520)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (listed(1519), [Noticed.PARTS_EXCEED]),
        (listed(1600), []),
        (listed(1600, "分别为"), [Noticed.PARTS_FALL_SHORT]),
        ("全年发布818条，其中重点506条，回应29条，解读17条，发布8条，监督31条。", []),
        ("保留行政权力共16项，其中许可类1项；处罚类11项，奖励类1项；其他3项，已作调整。", []),
        ("保留权力共15项，其中许可类1项；处罚类11项，奖励类1项；其他3项。", [Noticed.PARTS_EXCEED]),
        ("收到来信40件，分别为网上25件、信函15件。", []),
        ("收到来信40件，分别为网上25件、信函14件。", [Noticed.PARTS_FALL_SHORT]),
        ("召开会议3次，其中印发文件12份、培训5场。", []),
        ("比上年多公开9条，其中文件8条、通知7条。", [Noticed.PARTS_EXCEED]),
    ],
    ids=[
        "some are more than all",
        "some are fewer",
        "all are fewer",
        "some, named as such",
        "parted by semicolons",
        "sixteen of fifteen",
        "two that add up",
        "two that do not",
        "other things are counted",
        "of any year",
    ],
)
def test_arithmetic_is_claimed_where_the_text_gives_all_the_numbers(
    text: str, expected: list[Noticed]
) -> None:
    assert told(text) == expected


def test_a_count_and_its_two_halves_are_held_together() -> None:
    text = "全年政策解读17条。\n今年以来，共发布本级政策解读6篇，转发上级政策解读12篇。"
    ((because, facts, _),) = flaws(plain(text))

    assert because is Noticed.HALVES_DISAGREE
    assert (facts["value"], facts["sum"]) == (17, 18)
    assert told(text.replace("17", "18")) == []


def test_the_same_count_twice_must_agree_and_last_years_is_another() -> None:
    text = "全年召开新闻发布会2次。\n下半年工作扎实，共召开新闻发布会{}次。"

    assert told(text.format(3)) == [Noticed.SAME_COUNT_TWICE]
    assert told(text.format(2)) == []
    assert told("全年召开新闻发布会2次。\n去年共召开新闻发布会5次。") == []


# --- chapters --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "is_broken"),
    [("一二三四五", False), ("一三四五七", True), ("一二三二三", True), ("二三四", True)],
)
def test_chapters_are_numbered_through(numbers: str, is_broken: bool) -> None:
    text = "\n".join(f"{number}、本年度的{number}项情况\n正文。" for number in numbers)

    assert told(text) == ([Noticed.NUMBERS_BROKEN] if is_broken else [])


def test_items_begin_anew_below_each_chapter_and_damaged_numbers_are_told() -> None:
    sound = "（一）甲事\n（二）乙事\n（一）丙事\n（二）丁事"
    damaged = "（一）甲事\n八）乙事\n（十）丙事\n（十）丁事"

    assert told(sound) == []
    assert told(damaged) == [Noticed.NUMBERS_BROKEN]


def test_a_plan_says_who_answers_for_each_of_its_duties() -> None:
    duties = "\n".join(f"（{n}）推进公开。（责任处室：{n}处、有关处室" for n in NAMES[:14])
    text = plain(f"一、总则\n{duties}\n三、要求\n（一）重视。加强领导。")

    assert assigned(text) == 14
    assert [one.number for one in headings(text, Level.CHAPTER)] == [1, 3]


def test_announced_parts_must_be_there() -> None:
    text = "本报告包括概述、主动公开、依申请公开、收费减免、存在问题及改进措施五部分。\n"
    chapters = ["概述", "主动公开情况", "依申请公开情况", "收费和减免情况", "存在的问题及改进措施"]
    whole = text + "\n".join(f"{n}、{c}" for n, c in zip("一二三四五", chapters, strict=True))

    assert told(whole) == []
    ((because, facts, _),) = flaws(plain(whole.rsplit("\n", 1)[0]))
    assert because is Noticed.PARTS_ABSENT
    assert (facts["count"], facts["there"]) == (5, 4)
    assert facts["absent"] == "存在问题及改进措施"


# --- against the site ------------------------------------------------------------------


def case(text: str, counted: int, **look: object) -> Case:
    report = document("2025年度政务公开工作总结", on=date(2026, 1, 12), digest="d1")
    entries = [document(f"第{n}号解读", on=date(2025, 3, 1)) for n in range(counted)]
    looks: dict[str, Observation] = {
        "report": observation(report, column="report"),
        "reading": observation(*entries, document(on=date(2024, 5, 5)), **look),
    }
    columns = {"reading": column(id="reading", name="政策解读", aliases=())}
    return Case(unit=unit(), looks=looks, columns=columns, texts={"d1": (Extract(text=text),)})


def test_a_stated_count_is_set_beside_the_entries_of_that_year() -> None:
    (one,) = against_itself(case("全年发布政策解读30条。", 12), moment())

    assert one.sentence == (
        "《2025年度政务公开工作总结》写“政策解读”30条，该栏目2025年的信息系统统计为12条"
    )


@pytest.mark.parametrize(
    ("stated", "look"),
    [
        (14, {}),
        (30, {"coverage": Coverage(since=date(2025, 6, 1))}),
        (30, {"identity_seen": False}),
    ],
    ids=["a few more", "not read back to New Year", "perhaps another unit's"],
)
def test_counts_are_compared_only_where_ours_is_known(stated: int, look: dict[str, object]) -> None:
    assert list(against_itself(case(f"全年发布政策解读{stated}条。", 12, **look), moment())) == []


# --- the bar: 40 reports, no false flag, nineteen in twenty of the planted found ------

_TOPICS = (
    "政策文件",
    "人事信息",
    "招生信息",
    "财政资金",
    "教育督导",
    "校园安全",
    "学生资助",
    "教师招聘",
)
_HEADS = ("总体情况", "主动公开情况", "依申请公开情况", "监督保障情况", "存在的问题和改进措施")


def _report(chance: random.Random, fault: str) -> str:
    """A report of invented counts, sound but for one planted fault."""
    topics = chance.sample(_TOPICS, chance.randrange(3, 7))
    counts = [chance.randrange(1, 300) for _ in topics]
    total, word = sum(counts), chance.choice(["分别为", "其中", "其中包括"])
    if word != "分别为":
        total += chance.randrange(0, 90)
    if fault == "sum":
        total = sum(counts) - chance.randrange(1, 9)
    parts = chance.choice(["，", "、", "；"]).join(
        f"{topic}{count}条" for topic, count in zip(topics, counts, strict=True)
    )
    own, passed = chance.randrange(1, 20), chance.randrange(1, 20)
    whole = own + passed + (chance.randrange(1, 6) if fault == "halves" else 0)
    meetings = chance.randrange(2, 9)
    again = meetings + (1 if fault == "twice" else 0)
    files = chance.randrange(3, 30)
    numbers = list("一二三四五")
    if fault == "chapters":
        numbers[chance.randrange(1, 4)] = "七"
    bodies = (
        f"2025年，本局共召开专题会议{meetings}次，比上年增加1次，印发文件{files}份。",
        f"全年在网站公开信息{total}条，{word}{parts}。回应类政策解读{whole}条。",
        f"收到申请{chance.randrange(1, 9)}件，均按期答复。截至年底累计公开{total * 3}条。",
        f"发布本级回应类政策解读{own}条，转发上级回应类政策解读{passed}条。开展培训2次。",
        f"一是队伍不稳，二是形式单一。以上情况已在全年{again}次会议上研究，共召开专题会议{again}次。",
    )
    named = "、".join(_HEADS[:4]) + "、存在的问题和改进措施、附表六部分"
    opening = f"本报告包括{named}。\n" if fault == "parts" else "现将本年度情况报告如下。\n"
    return opening + "\n".join(
        f"{number}、{head}\n{body}"
        for number, head, body in zip(numbers, _HEADS, bodies, strict=True)
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_forty_reports_the_faulty_are_found_and_no_sound_one_is_flagged(seed: int) -> None:
    chance = random.Random(seed)
    kinds = ("", "sum", "halves", "twice", "chapters", "parts")
    count: Counter[str] = Counter()
    for number in range(40):
        fault = kinds[number % len(kinds)]
        found = told(_report(chance, fault))
        count["planted"] += bool(fault)
        count["found"] += bool(fault and found)
        count["false"] += len(found) - bool(fault and found)

    assert count["false"] == 0
    assert count["found"] >= 0.95 * count["planted"]
