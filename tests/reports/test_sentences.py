"""The sentences about one problem: what is known is told, what is not is left out."""

import string
from dataclasses import replace
from datetime import date

import pytest
from builders import assessment, document, finding, requirement

from monitor.completeness import FieldsPresent
from monitor.model import GAPS, Assessment, Basis, StatementRule, Status
from monitor.wording import WHOLE_LIST, Because, Flag
from reports import sentences
from reports.sentences import (
    LONGEST_SEEN,
    basis_text,
    elements_of,
    required_sentence,
    seen_sentence,
    status_told,
    task_phrase,
    todo_sentence,
    type_word,
)

FEES = requirement(
    complete=(FieldsPresent(fields=("收费标准|标准", "收费依据|依据", "举报电话|监督电话")),),
    unchecked=("收费项目", "收费范围", "退费规则"),
)
OLD = document("2025年秋季收费公示", "2025-09-01")
IN_FEES = {"column": "教育收费", "since": WHOLE_LIST, "name": FEES.name, "words": "收费"}

#: a gap of every reason, as judging tells it
GAP_CASES = {
    "missing": (
        assessment(facts=IN_FEES),
        "11月23日核查，“教育收费”栏目全部信息中未见教育收费公示。",
        "在“教育收费”栏目发布教育收费公示，内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "missing, read back to a day": (
        assessment(facts=IN_FEES | {"since": date(2025, 11, 1)}, nearest=OLD),
        "11月23日核查，“教育收费”栏目2025年11月1日以来的信息中未见教育收费公示，"
        "最接近的一条为2025年9月1日《2025年秋季收费公示》。",
        "在“教育收费”栏目发布教育收费公示，内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "edition": (
        assessment(
            status=Status.STALE,
            because=Because.EDITION_MISSING,
            facts=IN_FEES | {"period": "2026年秋季学期", "due": date(2026, 9, 30)},
            nearest=OLD,
            flags=(Flag.OWN_RULE.value,),
        ),
        "11月23日核查，“教育收费”栏目全部信息中未见2026年秋季学期的教育收费公示，"
        "应于2026年9月30日前公开，最接近的一条为2025年9月1日《2025年秋季收费公示》（按本局口径）。",
        "在“教育收费”栏目发布2026年秋季学期的教育收费公示，"
        "内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "outer day": (
        assessment(
            because=Because.OUTER_PASSED,
            facts={"due": date(2026, 4, 30)},
            flags=(Flag.PROVISIONAL.value,),
        ),
        "11月23日核查，未见教育收费公示，最迟应于2026年4月30日前公开，"
        "节假日数据暂缺（按周一至周五计）。",
        "发布教育收费公示，内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "after an event": (
        assessment(
            because=Because.EVENT_OVERDUE,
            facts={"event": "预算批复", "event_day": date(2026, 2, 1), "due": date(2026, 2, 21)},
        ),
        "11月23日核查，预算批复为2026年2月1日，应于2026年2月21日前公开，此后未见教育收费公示。",
        "发布教育收费公示，内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "a document nothing answers": (
        assessment(
            because=Because.PAIR_MISSING,
            facts={
                "trigger": "关于印发〈校服管理办法〉的通知",
                "published": date(2026, 11, 2),
                "due": date(2026, 11, 5),
                "column": "教育收费",
                "since": WHOLE_LIST,
                "others": "",
            },
        ),
        "11月23日核查，2026年11月2日公开的《关于印发〈校服管理办法〉的通知》，应于2026年11月5日前有"
        "对应的教育收费公示，“教育收费”栏目全部信息中未见。",
        "在“教育收费”栏目发布对《关于印发〈校服管理办法〉的通知》的教育收费公示，"
        "内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "ahead of an event": (
        assessment(
            because=Because.NOT_AHEAD,
            facts={"event": "自行终止", "event_day": date(2026, 9, 1), "due": date(2026, 3, 1)},
        ),
        "11月23日核查，自行终止为2026年9月1日，应于2026年3月1日前公开，未见教育收费公示。",
        "发布教育收费公示，内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。",
    ),
    "a notice cut short": (
        assessment(
            because=Because.NOTICE_CUT_SHORT,
            facts={
                "title": OLD.title,
                "published": date(2026, 11, 16),
                "due": date(2026, 11, 23),
                "listed_on": date(2026, 11, 17),
                "missed_on": date(2026, 11, 18),
            },
        ),
        "11月23日核查，《2025年秋季收费公示》应公示至2026年11月23日，2026年11月18日核查时已不在栏目中。",
        "重新发布《2025年秋季收费公示》，公示满规定的期限。",
    ),
    "no column": (
        assessment(
            status=Status.NOCOL,
            because=Because.COLUMN_NOT_FOUND,
            facts={"column": "教育收费、财务信息"},
        ),
        "11月23日核查，未找到与“教育收费”“财务信息”对应的栏目。",
        "增设“教育收费”栏目并发布教育收费公示；如已设在其他位置，请反馈地址。",
    ),
    "column gone": (
        assessment(
            status=Status.NOCOL,
            because=Because.COLUMN_GONE,
            facts={"column": "教育收费", "answer": 404},
        ),
        "11月23日核查，“教育收费”栏目的原地址已失效，首页和菜单中也未找到。",
        "增设“教育收费”栏目并发布教育收费公示；如已设在其他位置，请反馈地址。",
    ),
    "empty": (
        assessment(
            status=Status.EMPTY,
            because=Because.COLUMN_EMPTY,
            facts={"column": "教育收费", "phrase": "栏目建设中，请联系13812341234"},
        ),
        "11月23日核查，“教育收费”栏目内没有信息，页面显示“栏目建设中，请联系138****1234”。",
        "在“教育收费”栏目补充教育收费公示；确无此事项的，可发布情况说明或申请核定为不涉及。",
    ),
    "column broken": (
        assessment(
            status=Status.BROKEN,
            because=Because.COLUMN_BROKEN,
            facts={"column": "教育收费", "answer": 404},
        ),
        "11月23日核查，首页上有“教育收费”栏目的链接，但打不开。",
        "修复“教育收费”栏目的链接，使其能够打开。",
    ),
    "attachment broken": (
        assessment(
            status=Status.BROKEN,
            because=Because.ATTACHMENT_BROKEN,
            facts={"title": OLD.title, "names": "收费标准.pdf"},
        ),
        "11月23日核查，《2025年秋季收费公示》的附件打不开（收费标准.pdf）。",
        "修复《2025年秋季收费公示》的附件或重新上传。",
    ),
    "document broken": (
        assessment(
            status=Status.BROKEN, because=Because.DOCUMENT_BROKEN, facts={"title": OLD.title}
        ),
        "11月23日核查，栏目中《2025年秋季收费公示》的链接打不开。",
        "修复《2025年秋季收费公示》的链接，或重新发布。",
    ),
    "elements": (
        assessment(
            status=Status.PARTIAL,
            because=Because.ELEMENTS_MISSING,
            facts={"title": OLD.title, "missing": "收费依据、举报电话"},
        ),
        "11月23日核查，《2025年秋季收费公示》未见“收费依据”“举报电话”。",
        "在《2025年秋季收费公示》中补充“收费依据”“举报电话”。",
    ),
    "too old": (
        assessment(
            status=Status.STALE,
            because=Because.NEWEST_TOO_OLD,
            facts=IN_FEES | {"newest": date(2025, 9, 1), "since": date(2026, 5, 23)},
            nearest=OLD,
        ),
        "11月23日核查，“教育收费”栏目最新一条为2025年9月1日《2025年秋季收费公示》，"
        "2026年5月23日之后应有更新。",
        "在“教育收费”栏目发布最新的教育收费公示。",
    ),
    "review passed": (
        assessment(
            status=Status.STALE,
            because=Because.REVIEW_PASSED,
            facts=IN_FEES | {"newest": date(2025, 9, 1), "since": date(2025, 11, 23)},
        ),
        "11月23日核查，最近一次更新为2025年9月1日，2025年11月23日之后应核对更新。",
        "核对并更新“教育收费”栏目的教育收费公示。",
    ),
    "too few": (
        assessment(
            status=Status.STALE,
            because=Because.TOO_FEW,
            facts=IN_FEES | {"period": "2026年第三季度", "count": 1, "needed": 3},
            nearest=OLD,
        ),
        "11月23日核查，“教育收费”栏目2026年第三季度内只有1条，应不少于3条，"
        "最接近的一条为2025年9月1日《2025年秋季收费公示》。",
        "在“教育收费”栏目补充发布教育收费公示，至少2条。",
    ),
    "none in the period": (
        assessment(
            because=Because.TOO_FEW,
            facts={"period": "2026年10月", "count": 0, "needed": 1},
        ),
        "11月23日核查，2026年10月内没有新信息，应不少于1条。",
        "补充发布教育收费公示，至少1条。",
    ),
}


@pytest.mark.parametrize(("judged", "seen", "todo"), GAP_CASES.values(), ids=GAP_CASES)
def test_a_gap_is_told_with_what_was_seen_and_what_to_do(
    judged: Assessment, seen: str, todo: str
) -> None:
    found = finding(status=judged.status)

    assert seen_sentence(found, judged, FEES) == seen
    assert todo_sentence(found, judged, FEES) == todo


def test_every_reason_of_a_gap_is_among_the_cases() -> None:
    told = {judged.because for judged, _, _ in GAP_CASES.values()}

    assert told >= {key for key in sentences._SEEN if isinstance(key, Because)}


@pytest.mark.parametrize("status", sorted(GAPS, key=lambda one: one.severity))
@pytest.mark.parametrize("known", [False, True], ids=["nothing known", "no facts"])
def test_what_is_not_known_is_left_out(status: Status, known: bool) -> None:
    found = finding(status=status, last_seen_on=date(2026, 11, 20))
    judged = assessment(status=status, because=Because.NONE_IN_WINDOW) if known else None

    seen, todo = seen_sentence(found, judged, FEES), todo_sentence(found, judged, FEES)

    assert seen.startswith("11月23日核查，" if known else "11月20日核查，")
    assert FEES.name in seen
    assert FEES.name in todo
    for text in (seen, todo):
        assert not [mark for mark in ("不详", "None", "“”", "《》", "{", "，，") if mark in text]


def test_a_night_without_an_answer_tells_the_gap_as_it_was_last_seen() -> None:
    found = finding(status=Status.EMPTY, last_seen_on=date(2026, 11, 20))
    tonight = assessment(status=Status.UNREACH, because=Because.PAGE_NOT_OPENED)

    assert seen_sentence(found, tonight, FEES).startswith("11月20日核查，")
    assert status_told(found, tonight) is Status.EMPTY
    assert status_told(found, assessment(status=Status.STALE)) is Status.STALE


def test_a_period_that_is_not_in_the_facts_is_not_told() -> None:
    judged = assessment(facts=IN_FEES, period="2026年秋季学期")
    found = finding(period="2026年秋季学期")

    assert "2026年" not in seen_sentence(found, judged, FEES) + seen_sentence(found, None, FEES)


def test_an_element_is_told_in_the_words_of_the_law_not_by_the_stump_that_finds_it() -> None:
    budget = requirement(
        complete=(FieldsPresent(fields=("收支总|收支预算", "三公", "运行经费|公用经费")),),
        elements=("部门收支总表", "三公经费支出表", "绩效目标"),
        unchecked=("部门收支总表", "绩效目标"),
    )

    assert elements_of(budget) == ("部门收支总表", "三公经费支出表", "运行经费", "绩效目标")


def test_an_element_that_only_says_the_name_again_is_not_told() -> None:
    news = requirement(name="学校动态更新", unchecked=("学校动态",))

    assert required_sentence(news) == "长期公开。"


def test_a_long_title_is_cut_and_the_sentence_stays_short() -> None:
    endless = "关于" * 90
    judged = assessment(
        facts=IN_FEES | {"column": endless, "period": "2026年"}, nearest=document(endless)
    )

    seen = seen_sentence(finding(), judged, requirement(name="事项" * 40))

    assert len(seen) <= LONGEST_SEEN
    assert seen.endswith("。")
    assert len(seen_sentence(finding(), replace(judged, facts=IN_FEES), FEES)) <= LONGEST_SEEN


def test_numbers_of_persons_on_a_page_are_masked() -> None:
    titled = document("退费联系13812341234，0563-3012345，342501199001011234")

    seen = seen_sentence(finding(), assessment(facts=IN_FEES, nearest=titled), FEES)

    assert "138****1234" in seen
    assert not [number for number in ("13812341234", "3012345", "199001") if number in seen]


def test_who_may_not_state_that_there_was_nothing_is_not_told_to() -> None:
    strict = replace(FEES, statement=StatementRule.REFUSED, waivable=False)

    assert todo_sentence(finding(status=Status.EMPTY), None, strict) == "补充教育收费公示。"


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("教育收费公示", "教育收费公示"),
        ("教师管理（招聘、职称、培训）", "教师管理信息"),
        ("学校动态更新", "学校动态"),
        ("学校（单位）决算", "学校（单位）决算"),
        ("更新", "更新信息"),
        ("招生信息——普通高中、中职", "招生信息——普通高中、中职"),
    ],
)
def test_a_matter_is_told_as_something_to_publish(name: str, published: str) -> None:
    todo = todo_sentence(finding(status=Status.STALE), None, requirement(name=name))

    assert todo == f"发布最新的{published}。"


def test_a_narrow_column_holds_the_task_alone() -> None:
    judged = assessment(facts=IN_FEES)

    assert task_phrase(finding(), judged, FEES) == "发布教育收费公示"


def test_the_column_may_be_named_by_the_caller() -> None:
    todo = todo_sentence(finding(status=Status.STALE), None, FEES, column="教育收费")

    assert todo == "在“教育收费”栏目发布最新的教育收费公示。"


def test_what_is_required_is_told_with_its_limit_and_elements() -> None:
    assert required_sentence(FEES) == (
        "长期公开。内容包括收费标准、收费依据、举报电话、收费项目、收费范围等6项。"
    )
    assert required_sentence(requirement(limits=())) == "教育收费公示。"


def test_a_basis_is_cited_by_title_number_and_article() -> None:
    wanted = requirement(
        basis=(
            Basis(title="政府信息公开条例", doc_no="国务院令第711号", article="第二十条"),
            Basis(title="《关于推进政务公开工作的意见》实施细则"),
            Basis(title="预算法"),
        )
    )

    assert basis_text(wanted) == (
        "《政府信息公开条例》（国务院令第711号）第二十条；《〈关于推进政务公开工作的意见〉实施细则》"
    )


def test_a_type_is_told_with_its_symbol() -> None:
    assert type_word(Status.STALE) == "旧 更新不及时"


def test_every_clause_names_facts_that_there_are() -> None:
    known = sentences._facts(finding(), assessment(), FEES, "")
    named = {
        name
        for table in (sentences._SEEN, sentences._TODO)
        for entry in table.values()
        for clause in entry
        for form in clause
        for _, name, *_ in string.Formatter().parse(form)
        if name
    }

    assert named <= set(known)
