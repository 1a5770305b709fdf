from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from builders import assessment, document, moment, obligation, observation, unit

from monitor.judgements import Case, doubted
from monitor.judgements.likeness import bare, candidates, likeness, print_of
from monitor.judgements.originality import copied, left_open, papers, within_unit
from monitor.model import Document, Extract, RemarkKind, Status
from monitor.wording import Noticed

REPORT = "2026年学校工作总结"
BODY = (
    "一年来，学校围绕立德树人开展工作。上学期组织了读书节，借阅图书一千余册；下学期改造操场，更换照明。"
    "教师参加县级教研活动十余次，三位青年教师上了公开课。食堂实行陪餐，家长委员会每月查看一次。"
    "存在的不足是课后服务内容不够丰富，校园广播设备陈旧，明年将逐项改进并请家长监督。"
)


def case(*entries: tuple[Document, str], **changes: Any) -> Case:
    texts = {entry.digest: (Extract(text=text),) for entry, text in entries}
    looks = {"work": observation(*(entry for entry, _ in entries), column="work")}
    return Case(**{"unit": unit(), "looks": looks, "texts": texts} | changes)


def entry(title: str = REPORT, text: str = BODY, **changes: Any) -> tuple[Document, str]:
    url = changes.pop("url", f"http://school.example/{title}")
    return document(title, **{"digest": f"d{hash((title, text))}", "url": url} | changes), text


def told(*entries: tuple[Document, str]) -> list[Noticed]:
    return [one.because for one in within_unit(case(*entries), moment())]


# --- how alike ---------------------------------------------------------------------------


def test_a_copy_in_another_name_with_other_numbers_is_a_copy() -> None:
    one = bare(f"向阳小学2026年总结。{BODY}", ["向阳小学"])
    other = bare(f"青山小学2025年总结。{BODY}", ["青山小学"])

    assert one == other
    assert print_of(one) == print_of(other)


def test_a_few_changed_words_still_share_a_band_of_the_fingerprint() -> None:
    one, other = bare(BODY), bare(BODY.replace("读书节", "科技节").replace("操场", "厕所"))
    prints = [print_of(one), print_of(other), print_of(bare("别的事情" * 40))]

    assert list(candidates(prints, [1])) == [(1, 0)]
    assert likeness(one, other) > 90


# --- one unit ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text", "left"),
    [
        ("年度报告", "自20××年1月1日起至12月31日止，由××教育局编制。", "20××"),
        ("年度报告", "XX小学在XX县教育局领导下开展工作。", "XX小学"),
        ("实施方案", "由（填写单位名称）负责落实。", "（填写单位名称）"),
        ("好人好事", "三年级某同学拾金不昧，受到某某小学表扬。", ""),
        ("转学申请表", "XX学校意见：XX学校意见：20××年", ""),
        (REPORT, BODY, ""),
    ],
    ids=["the year", "names, twice", "a hint", "one name kept back", "a form", "a whole text"],
)
def test_what_is_left_to_be_filled_in_makes_a_template(title: str, text: str, left: str) -> None:
    assert left_open(title, text) == left
    assert told(entry(title, text + BODY)) == ([Noticed.LEFT_OPEN] if left else [])


def test_words_that_programs_put_for_others_are_told() -> None:
    assert told(entry(text=f"教导局认真贯彻当局信息公开条例。{BODY}")) == [Noticed.SPUN]


def test_a_text_that_says_nothing_is_told_unless_a_file_says_it() -> None:
    assert told(entry("公告", "详见附件。")) == [Noticed.THIN]


def test_the_same_text_with_a_later_day_is_told_once() -> None:
    first = entry(on=date(2026, 3, 1), url="http://school.example/1")
    again = entry(on=date(2026, 9, 1), url="http://school.example/2")
    elsewhere = entry(on=date(2026, 3, 1), url="http://school.example/3")

    assert told(first, again) == [Noticed.REPOSTED]
    assert told(first, elsewhere) == []


def test_last_years_text_with_another_year_is_told_and_a_new_one_is_not() -> None:
    last = entry("2025年学校工作总结", BODY.replace("一千", "九百"))
    fresh = entry(text=BODY[::-1])

    assert told(last, entry()) == [Noticed.OF_LAST_YEAR]
    assert told(last, fresh) == []


def test_a_fee_notice_may_be_the_same_every_year() -> None:
    last, now = entry("2025年秋季收费公示"), entry("2026年秋季收费公示", f"{BODY}收费标准不变。")

    assert told(last, now) == []


def test_a_good_verdict_that_rests_on_templates_alone_is_for_a_person() -> None:
    template = entry("年度报告", f"自20××年1月1日起。{BODY}")
    good = assessment(status=Status.OK, documents=(template[0],))
    told_of = case(template, judged=((obligation(), good),))

    (_, found), = doubted(told_of, moment()).judged  # fmt: skip

    assert found.status is Status.UNSURE
    assert "20××" in found.sentence


def test_a_whole_text_beside_a_template_leaves_the_verdict() -> None:
    template, whole = entry("年度报告", f"自20××年起。{BODY}"), entry()
    good = assessment(status=Status.OK, documents=(template[0], whole[0]))
    told_of = case(template, whole, judged=((obligation(), good),))

    assert doubted(told_of, moment()).judged[0][1] == good


# --- the bar: 400 texts, 60 padded, 60 passed on -----------------------------------------

_TOPICS = (
    *("读书节", "运动会", "教研活动", "课后服务", "食堂管理"),
    *("校园安全", "家校合作", "劳动教育", "艺术展演", "控辍保学"),
    *("教师培训", "图书馆", "心理辅导", "科技小组", "防溺水"),
    *("体质监测", "合唱团", "校舍维修", "志愿服务", "值班巡查"),
)
_VERBS = ("组织了", "改进了", "坚持开展", "认真落实", "逐步推进", "第一次举办", "每月检查")
_ENDS = (
    "，参加的有{n}人次，效果比往年好。",
    "，为此召开了{n}次会议，责任落实到人。",
    "；家长提出意见{n}条，都作了答复。",
    "，还存在时间不足、场地紧张的问题。",
    "，计划下学期增加到{n}次。",
)


def _own_text(chance: random.Random) -> str:
    def sentence() -> str:
        end = chance.choice(_ENDS).format(n=chance.randrange(2, 90))
        return chance.choice(_VERBS) + chance.choice(_TOPICS) + end

    return "".join(sentence() for _ in range(chance.randrange(14, 26)))


def _reworded(text: str, chance: random.Random) -> str:
    for _ in range(4):
        text = text.replace(chance.choice(_TOPICS), chance.choice(_TOPICS), 1)
    return text


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_four_hundred_texts_the_padded_are_found_and_what_is_passed_on_is_not(seed: int) -> None:
    chance = random.Random(seed)
    texts: list[tuple[str, str, bool]] = []  # title, text, padded
    for number in range(280):
        texts.append((f"202{number % 7}年工作总结（{number}）", _own_text(chance), False))
    above = "根据省教育厅通知要求，现转发给你们，请遵照执行。" + _own_text(chance)
    for number in range(60):
        texts.append((f"转发省教育厅年度工作要点的通知（{number}）", above, False))
    for number in range(60):
        source = texts[chance.randrange(280)][1]
        padded = (
            _reworded(source, chance),
            f"XX小学20××年工作总结。{_own_text(chance)}",
            _reworded(source, chance).replace("。", "，", 2),
        )[number % 3]
        texts.append((f"2026年工作总结（抄{number}）", padded, True))
    listed, kept, wrong = [], {}, set()
    for number, (title, text, _) in enumerate(texts):
        own = unit(code=f"P-{number:03}", name=f"第{number}小学", short_name="")
        # the copies came later
        day, url = date(2026, 1 + (number > 340), 5), f"http://s/{number}"
        seen = document(title, on=day, digest=f"d{number}", url=url)
        told_of = case((seen, text), unit=own)
        kept |= told_of.texts
        wrong |= {one.unit for one in within_unit(told_of, moment())}
        listed += [paper for paper, _ in papers(told_of, {})]

    wrong |= {one.unit for one in copied(listed, range(len(listed)), kept)}

    planted = {f"P-{number:03}" for number, (_, _, padded) in enumerate(texts) if padded}
    passed_on = {f"P-{number:03}" for number in range(280, 340)}
    assert not wrong & passed_on
    assert len(wrong & planted) >= 0.85 * len(planted)
    assert len(wrong & planted) >= 0.95 * len(wrong)


def test_of_two_copies_the_later_is_remarked_on_and_names_the_other() -> None:
    first = case(entry(on=date(2026, 1, 5)), unit=unit(code="P-01", name="向阳小学"))
    second = case(
        entry(on=date(2026, 2, 5), text=f"{BODY}。", url="http://b/1"),
        unit=unit(code="P-02", name="青山小学", short_name=""),
    )
    listed = [paper for told_of in (first, second) for paper, _ in papers(told_of, {})]

    (one,) = copied(listed, {0, 1}, dict(first.texts) | dict(second.texts))

    assert (one.unit, one.kind) == ("P-02", RemarkKind.COPIED)
    assert "向阳小学" in one.sentence
