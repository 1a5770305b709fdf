from __future__ import annotations

from datetime import date

import pytest
from builders import TODAY, document, requirement, unit

from monitor.completeness import AttachmentOpens, FieldsPresent
from monitor.matching import (
    STATEMENT_TITLES,
    STATEMENT_WORDS,
    answering,
    answers,
    look_for,
    near_word,
    nearest,
    statement,
)
from monitor.model import Document, Match, Reading, StatementRule
from monitor.wording import Doubt

FEES = Match(any=("收费",), none=("解读",), near=("缴费", "费用"))


@pytest.mark.parametrize(
    ("match", "title", "found"),
    [
        (FEES, "2026年秋季收费公示", True),
        (FEES, "2026年秋季 收 费 公示", True),
        (FEES, "2026年秋季收\u200b费公示", True),
        (FEES, "2026年秋季收費公示", True),
        (FEES, "收费政策解读", False),
        (FEES, "缴费通知", False),
        (FEES, "关于2026年未发生收费的情况说明", False),
        (FEES, "收费情况说明", True),
        (Match(), "任何标题", True),
        (Match(none=("解读",)), "任何标题", True),
        (Match(none=("解读",)), "政策解读", False),
        (Match(all=("预算", "公开")), "2026年预算公开", True),
        (Match(all=("预算", "公开")), "2026年预算", False),
        (Match(any=("预算", "决算"), all=("部门",)), "部门决算", True),
        (Match(any=("ＡＢ",)), "ab与AB", True),
    ],
)
def test_a_title_answers_by_its_words(match: Match, title: str, found: bool) -> None:
    assert answers(match, title) is found
    assert bool(answering([document(title)], match)) is found


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("缴费通知", "缴费"),
        ("费 用公示", "费用"),
        ("收费与缴费", None),
        ("缴费政策解读", "缴费"),
        ("招生简章", None),
    ],
    ids=["near", "with a blank", "it answers", "excluded, yet near", "neither"],
)
def test_a_near_word_is_told_unless_the_title_answers(title: str, word: str | None) -> None:
    assert near_word(FEES, title) == word


def test_answers_keep_their_order() -> None:
    first, second = document("收费甲"), document("收费乙", "2020-01-01")

    assert answering([second, document("通知"), first], FEES) == (second, first)


def test_the_nearest_miss_is_the_newest_one() -> None:
    old, new = document("缴费通知", "2025-01-01"), document("收费解读", "2026-01-01")

    assert nearest([old, document("收费公示"), new, document("通知")], FEES) is new
    assert nearest([document("通知")], FEES) is None


START = date(2026, 7, 1)
MATTER = "收费"
NAMES = "青石县实验小学|实验小学"


def stated(**changes: object) -> Document:
    given: dict[str, object] = {"title": "青石县实验小学关于未发生收费的情况说明", "on": TODAY}
    return document(**given | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("page", "doubt"),
    [
        (stated(), None),
        (stated(title="关于未发生收费的说明", publisher="实验小学"), None),
        (stated(title="关于未发生收费的说明", elements=frozenset({NAMES})), None),
        (
            stated(title="收费情况说明", elements=frozenset({STATEMENT_WORDS, NAMES})),
            None,
        ),
        (
            stated(title="情况说明", elements=frozenset({STATEMENT_WORDS, NAMES, MATTER})),
            None,
        ),
        (stated(title="关于未发生收费的情况说明"), Doubt.NO_UNIT),
        (stated(on=None), Doubt.NO_DAY),
        (stated(on="2026-12-30"), Doubt.NO_DAY),
        (stated(title="收费情况说明", reading=Reading.PARTLY), Doubt.NOT_READ),
        (stated(title="收费情况说明", reading=Reading.LISTED), Doubt.NOT_READ),
        (
            stated(title="实验小学关于未发生的情况说明", reading=Reading.PARTLY),
            Doubt.NO_MATTER,
        ),
    ],
    ids=[
        "title says all",
        "publisher is the unit",
        "text names the unit",
        "text says it",
        "text says everything",
        "no unit",
        "undated",
        "dated ahead",
        "not read whole",
        "only listed",
        "matter unknown",
    ],
)
def test_a_statement_says_nothing_happened_of_what_and_whose(
    page: Document, doubt: Doubt | None
) -> None:
    found = statement([page], requirement(), unit(), START, TODAY)

    assert found == (page, doubt)


@pytest.mark.parametrize(
    "page",
    [
        stated(on="2026-06-30"),
        stated(reading=Reading.BROKEN),
        document("实验小学收费情况说明"),
        document("关于未发生安全事故的情况说明"),
        document("关于未发生收费的通知"),
        document("栏目建设中"),
    ],
    ids=["expired", "broken", "explains something", "another matter", "no statement", "nothing"],
)
def test_what_is_no_statement_of_this_is_passed_over(page: Document) -> None:
    assert statement([page], requirement(), unit(), START, TODAY) == (None, None)


def test_a_clear_statement_wins_over_a_doubtful_one() -> None:
    clear = stated()

    assert statement([stated(on=None), clear], requirement(), unit(), START, TODAY) == (clear, None)


def test_the_eyes_are_told_titles_words_and_files() -> None:
    checks = (FieldsPresent(fields=("标准", "依据")), AttachmentOpens())
    wanted = look_for(requirement(complete=checks), unit())

    assert [one.match for one in wanted] == [requirement().match, STATEMENT_TITLES]
    assert wanted[0].words == ("标准", "依据")
    assert wanted[0].attachments
    assert wanted[1].words == (STATEMENT_WORDS, MATTER, NAMES)
    assert not wanted[1].attachments


def test_no_statement_is_looked_for_where_none_is_accepted() -> None:
    strict = requirement(statement=StatementRule.REFUSED)

    assert len(look_for(strict, unit())) == 1
    assert not look_for(strict, unit())[0].attachments


def test_a_requirement_without_words_is_named_by_its_name() -> None:
    item = requirement(match=Match(), name="学校章程")

    assert look_for(item, unit())[1].words[1] == "学校章程"
