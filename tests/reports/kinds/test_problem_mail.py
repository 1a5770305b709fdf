"""Mail about problems: one unit's own, complete in text and page, short in the subject."""

import re
from dataclasses import replace
from datetime import date

import pytest
from builders import CALENDAR, unit
from noticed import (
    ASSESSMENTS,
    CATALOG,
    FINDINGS,
    NURSERY,
    OFFICE,
    ON,
    SCHOOL,
    Office,
    many,
    school_problems,
)

from monitor.findings import Clock
from monitor.model import LetterKind, State
from reports.kinds.problem_mail import compose_mail
from reports.notices import MailText
from reports.problems import problems_of

KINDS = (
    LetterKind.MEND,
    LetterKind.DEADLINE,
    LetterKind.OVERDUE,
    LetterKind.THANKS,
    LetterKind.DECIDED,
)


def mend() -> MailText:
    return compose_mail(
        LetterKind.MEND,
        SCHOOL,
        school_problems(),
        office=OFFICE,
        on=ON,
        reply_by=date(2026, 11, 5),
        has_sheet=True,
    )


def test_the_reminder_reads_as_the_office_wants_it() -> None:
    assert mend().subject == "【整改提醒】城东小学：2项待整改，最近期限11月9日"
    assert mend().text == (
        "青石县城东小学：\n"
        "　　青石县教育局在11月的信息公开巡查中，发现你校有2项内容需要补充或更新，"
        "请于期限前处理，最近的期限为11月9日（星期一）。\n"
        "\n"
        "第1项　旧 更新不及时　｜收费信息—教育收费公示\n"
        "　应当公开：长期公开。\n"
        "　依　　据：《教育收费公示制度》\n"
        "　核查情况：10月28日核查，“收费信息”栏目全部信息中未见2026年秋季学期的教育收费公示，"
        "应于2026年9月30日前公开，最接近的一条为2025年9月1日《2025年秋季收费公示》。\n"
        "　页面地址：http://school.example/fees/\n"
        "　整改要求：在“收费信息”栏目发布2026年秋季学期的教育收费公示。\n"
        "　期　　限：11月9日（星期一）下班前\n"
        "\n"
        "第2项　空 空白栏目　｜教师队伍—教师管理（招聘、培训）\n"
        "　应当公开：长期公开。内容包括招聘、培训。\n"
        "　依　　据：《教育收费公示制度》\n"
        "　核查情况：10月28日核查，“教师队伍”栏目内没有信息，"
        "页面显示“建设中，咨询138****1234”。\n"
        "　页面地址：http://school.example/teachers/\n"
        "　整改要求：在“教师队伍”栏目补充教师管理信息；"
        "确无此事项的，可发布情况说明或申请核定为不涉及。\n"
        "　期　　限：11月13日（星期五）下班前\n"
        "\n"
        "怎样反馈：发布后不用报材料，系统将自动复核，连续两次正常后销号。"
        "也可填写附件《整改反馈表》回复本邮件。\n"
        "如认为有误：请在11月5日（星期四）前回复，写明“已在别处公开”（附地址）、"
        "“本校不涉及”（附说明）或“日期识别有误”，我们在3个工作日内答复；"
        "经复核采纳的，不计入问题。\n"
        "联系人：李科长，电话：0563-0000000\n"
        "\n"
        "青石县教育局　2026年11月2日\n"
        "本邮件由系统汇总、经政务公开办设定后发送，可直接回复。\n"
    )


def test_what_goes_into_a_chat_group_is_four_lines() -> None:
    assert mend().short.splitlines() == [
        "【整改提醒】城东小学：2项待整改，最近期限11月9日",
        "教育收费公示、教师管理",
        "最近期限：11月9日（星期一）",
        "联系：李科长 0563-0000000",
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_nothing_of_another_unit_is_in_a_mail(kind: LetterKind) -> None:
    school = compose_mail(kind, SCHOOL, school_problems(), office=OFFICE, on=ON)
    own = problems_of(NURSERY, FINDINGS, ASSESSMENTS, CATALOG)
    nursery = compose_mail(kind, NURSERY, own, office=OFFICE, on=ON)

    for mail, other in ((school, NURSERY), (nursery, SCHOOL)):
        for text in (mail.subject, mail.text, mail.html, mail.short):
            assert other.name not in text
            assert other.short_name not in text
            assert other.home not in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_text_and_page_say_the_same(kind: LetterKind) -> None:
    mail = compose_mail(kind, SCHOOL, school_problems(), office=OFFICE, on=ON)

    page = re.sub(r"<style.*?</style>|<title>.*?</title>|<[^>]+>", "", mail.html, flags=re.S)
    shown = re.sub(r"\s", "", page.replace("&amp;", "&"))
    for line in mail.text.splitlines():
        for part in re.split(r"[　｜：]", line):
            assert re.sub(r"\s", "", part) in shown


def test_a_page_carries_nothing_but_text_and_links() -> None:
    assert not re.findall(r"<(?:img|script|link|iframe)|url\(", mend().html)
    assert '<a href="http://school.example/fees/">http://school.example/fees/</a>' in mend().html


def test_what_a_page_says_cannot_become_markup() -> None:
    problem = replace(school_problems()[0], proof="<b>", example="javascript:alert(1)")

    mail = compose_mail(LetterKind.MEND, SCHOOL, [problem], office=OFFICE, on=ON)

    assert "&lt;b&gt;" in mail.html
    assert 'href="javascript' not in mail.html


def test_more_than_ten_are_counted() -> None:
    mail = compose_mail(LetterKind.MEND, SCHOOL, many(12), office=OFFICE, on=ON, has_sheet=True)

    assert mail.text.count("｜") == 10
    assert "以上为前10项，其余2项见附件《整改反馈表》。" in mail.text
    assert "事项1、事项2、事项3等12项" in mail.short


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_a_subject_is_short_and_begins_with_kind_and_unit(kind: LetterKind) -> None:
    long_named = unit(name="青石县" + "实验" * 20 + "学校", short_name="")

    for one in (SCHOOL, long_named):
        mail = compose_mail(kind, one, school_problems(), office=OFFICE, on=ON)
        assert len(mail.subject) <= 40
        assert mail.subject.startswith(f"【{kind.value}】{(one.short_name or one.name)[:4]}")
        assert len(mail.short.splitlines()) <= 4


def test_a_marked_example_is_the_only_foreign_address() -> None:
    assert "可参考" not in mend().text
    marked = [replace(one, example="http://good.example/") for one in school_problems()[:1]]

    mail = compose_mail(LetterKind.MEND, SCHOOL, marked, office=OFFICE, on=ON)

    assert "　可参考　：同类单位的做法　http://good.example/\n" in mail.text


def test_what_is_overdue_is_told_with_its_days() -> None:
    on = date(2026, 11, 11)
    problems = problems_of(
        SCHOOL, FINDINGS, ASSESSMENTS, CATALOG, clock=Clock(on=on, calendar=CALENDAR)
    )

    mail = compose_mail(LetterKind.OVERDUE, SCHOOL, problems[:1], office=OFFICE, on=on)

    assert mail.subject == "【催办】城东小学：1项已逾期2个工作日"
    assert "　期　　限：11月9日（星期一），已逾期2个工作日\n" in mail.text
    assert "最长已逾期2个工作日，请尽快处理" in mail.text


def test_thanks_are_short() -> None:
    mail = compose_mail(LetterKind.THANKS, SCHOOL, school_problems(), office=OFFICE, on=ON)

    assert mail.subject == "【整改确认】城东小学：2项已销号，谢谢"
    assert mail.text.splitlines()[:2] == [
        "青石县城东小学：",
        "　　你校的2项整改内容（教育收费公示、教师管理）经连续核查已正常，现予销号，感谢配合。",
    ]
    assert "第1项" not in mail.text


@pytest.mark.parametrize(
    ("state", "subject", "line"),
    [
        (State.WITHDRAWN, "第2026-0047号问题已撤销", "复核结果：已撤销，不计入问题"),
        (State.WAIVED, "第2026-0047号问题已核定为不涉及", "复核结果：已核定为不涉及，不计入问题"),
        (State.ASSIGNED, "第2026-0047号问题未予采纳", "复核结果：未予采纳，请按期整改"),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_a_decision_is_told_with_its_reason(state: State, subject: str, line: str) -> None:
    problem = school_problems()[0]
    decided = replace(
        problem, finding=replace(problem.finding, state=state), answer="已与你校电话核对"
    )

    mail = compose_mail(LetterKind.DECIDED, SCHOOL, [decided], office=OFFICE, on=ON)

    assert mail.subject == f"【复核结果】城东小学：{subject}"
    assert f"　{line}\n　理　　由：已与你校电话核对\n" in mail.text
    assert ("整改要求" in mail.text) == (state is State.ASSIGNED)


def test_what_the_office_has_not_filled_in_is_left_out() -> None:
    bare = Office(name="", phone="", officer="")
    problem = replace(school_problems()[0], assessment=None)
    undated = replace(problem, finding=replace(problem.finding, deadline=None))

    mail = compose_mail(LetterKind.MEND, SCHOOL, [undated], office=bare, on=ON)

    assert mail.subject == "【整改提醒】城东小学：1项待整改"
    assert "　　本局在11月的信息公开巡查中" in mail.text
    for word in ("联系", "电话", "页面地址", "期　　限", "不详", "None"):
        assert word not in mail.text + mail.short
