"""What a title is about, and whether two titles are about one thing."""

from __future__ import annotations

import pytest

from monitor.alike import Likeness, likeness
from monitor.docnumbers import doc_numbers
from monitor.makers import is_bare, is_of_others, places_in
from monitor.titles import read

HERE = places_in("青禾县教育局")
SAME = (
    ("关于印发《青禾县中小学校服管理办法（试行）》的通知", "《青禾县中小学校服管理办法》政策解读"),
    ("关于印发《青禾县中小学校服管理办法》的通知", "一图读懂｜中小学校服管理办法"),
    ("关于印发《青禾县校服管理办法》的通知", "云州市青禾县校服管理办法解读"),
    ("关于做好2026年幼儿园招生工作的通知", "2026年幼儿园招生政策问答"),
    ("关于做好幼儿园招生工作的通知", "2026年幼儿园招生政策问答"),
    ("关于规范中小学课后服务工作的实施意见", "【一图读懂】规范中小学课后服务工作实施意见"),
    (
        "青禾县教育局关于公布2026年义务教育阶段公办学校学区划分范围的通知",
        "2026年义务教育阶段公办学校学区划分范围解读",
    ),
    (
        "关于进一步加强学生心理健康教育的实施意见",
        "《关于进一步加强学生心理健康教育的实施意见》起草说明",
    ),
    ("青禾县教育局重大行政决策程序规定", "《青禾县教育局重大行政决策程序规定》文字解读"),
    ("关于开展校园食品安全专项整治工作的通知", "校园食品安全专项整治政策解读"),
    (
        "关于印发《青禾县义务教育学校校长教师交流轮岗实施办法》的通知",
        "关于《关于印发〈青禾县义务教育学校校长教师交流轮岗实施办法〉的通知》的解读说明",
    ),
    ("关于印发義務教育學校作業管理辦法的通知", "《义务教育学校作业管理办法》解读"),
    ("关于印发《青禾县研学旅行工作管理办法》的通 知", "《青禾县研学旅行工作管理办法》解读（二）"),
    ("关于印发青禾县中小学劳动教育实践基地建设...", "《青禾县中小学劳动教育实践基地建设标准》解读"),
    # a draft and what came of it
    (
        "关于公开征求《青禾县学区调整方案（征求意见稿）》意见的公告",
        "《青禾县学区调整方案（征求意见稿）》意见征集采纳情况反馈",
    ),
    (
        "青禾县“十五五”教育发展规划（草案）公开征求意见",
        "关于青禾县“十五五”教育发展规划（草案）公众意见采纳情况的说明",
    ),
    # a purchase
    (
        "实验小学食堂大宗食材采购项目（二标段）中标结果公告",
        "实验小学食堂大宗食材采购项目第二标段合同公告",
    ),
    ("县第一中学实验室设备采购项目成交公告", "县第一中学实验室设备采购项目政府采购合同公告"),
    # a year's money
    ("青禾县教育局2025年部门预算公开", "青禾县教育局2025年度部门决算公开说明"),
    # admission
    ("2026年第一中学自主招生工作方案", "2026年第一中学自主招生录取结果公示"),
)
OTHER = (
    ("关于做好2026年幼儿园招生工作的通知", "2025年幼儿园招生政策问答"),
    ("关于印发《青禾县中小学校服管理办法》的通知", "《白石县中小学校服管理办法》解读"),
    ("关于印发《青禾县中小学校服管理办法》的通知", "《江南省中小学校服管理办法》解读"),
    ("关于印发《青禾县中小学校服管理办法》的通知", "《青禾县中小学校车管理规定》解读"),
    ("关于印发《青禾县中小学校服管理办法》的通知", "《青禾县中小学校服管理办法实施细则》解读"),
    ("关于印发《青禾县初中招生办法》的通知", "《青禾县小学招生办法》解读"),
    ("食堂食材采购项目（一标段）中标公告", "食堂食材采购项目（二标段）合同公告"),
    ("校舍维修第三批项目中标公告", "校舍维修第2批项目合同公告"),
    ("青禾县“十四五”教育发展规划", "青禾县“十五五”教育发展规划解读"),
    ("青禾县教育局2025年部门预算", "青禾县教育局2024年度部门决算"),
    ("关于印发《校车安全管理细则》的通知", "图解《民办学校校车安全管理细则》"),
    ("关于加强近视防控工作的通知", "师德师风建设政策解读"),
)
DOUBTFUL = (
    ("关于印发《青禾县中小学校服管理办法》的通知", "青禾县召开中小学校服管理办法解读培训会"),
    ("关于印发《青禾县中小学校服选用采购管理办法》的通知", "《校服管理办法》解读"),
    ("食堂食材采购项目（一标段）中标公告", "食堂食材采购项目合同公告"),
    ("关于调整幼儿园保教费标准的实施意见", "调整幼儿园保教费标准政策问答"),
    ("关于印发《青禾县校服管理办法》的通知", "《青禾县中小学生校服管理办法》解读"),
    ("关于印发《校外供餐管理规定》的通知", "《校外供餐管理办法》解读"),
    ("关于印发《中小学校外供餐管理规定》的通知", "一图读懂《学校校外供餐管理规定》"),
    ("关于印发青禾县中小学实验室安全管理办法的通知", "青禾县中小学实验室安全管理规定解读"),
)


def alike(title: str, other: str) -> Likeness:
    return max(
        likeness(one, said)
        for one in read(title, HERE).subjects
        for said in read(other, HERE).subjects
    )


@pytest.mark.parametrize(("title", "other"), SAME)
def test_titles_of_one_matter_are_the_same_whatever_custom_adds(title: str, other: str) -> None:
    assert alike(title, other) >= Likeness.SAME


@pytest.mark.parametrize(("title", "other"), OTHER)
def test_what_is_named_otherwise_is_another_matter(title: str, other: str) -> None:
    assert alike(title, other) is Likeness.OTHER


@pytest.mark.parametrize(("title", "other"), DOUBTFUL)
def test_what_nobody_can_tell_by_the_title_is_left_to_a_person(title: str, other: str) -> None:
    assert alike(title, other) is Likeness.LIKE


def test_one_title_may_name_two_documents() -> None:
    subjects = read("《青禾县校车管理办法》和《青禾县校服管理细则》政策解读", HERE).subjects

    assert [one.core for one in subjects] == ["校车管理办法", "校服管理细则"]


@pytest.mark.parametrize(
    "title",
    ["关于贯彻落实《学前教育法》的实施意见", "关于学习宣传《家庭教育促进法》的通知"],
)
def test_what_is_only_cited_is_not_what_a_title_is_about(title: str) -> None:
    (subject,) = read(title).subjects

    assert not subject.quoted
    assert "法" in subject.core
    assert len(subject.core) > len("家庭教育促进法")


# --- document numbers ----------------------------------------------------------------------

SPELLED = (
    "青教〔2026〕5号",
    "青教[2026]5号",
    "青教（2026）5号",
    "青教〔2026〕 05 号",
    "青教【2026】5号",
    "青 教 ﹝２０２６﹞ ５ 号",
    "青教〔2026〕第5号",
)


@pytest.mark.parametrize("text", SPELLED)
def test_a_number_is_the_same_however_it_is_spelled(text: str) -> None:
    (number,) = doc_numbers(text)

    assert number.is_same(next(doc_numbers("青教〔2026〕5号")))


@pytest.mark.parametrize(
    "text",
    [
        "青教〔2025〕5号",
        "青教〔2026〕15号",
        "青教办〔2026〕5号",
        "白教〔2026〕5号",
        "教〔2026〕5号",
    ],
)
def test_another_number_or_agency_is_another_document(text: str) -> None:
    (number,) = doc_numbers(text)

    assert not number.is_same(next(doc_numbers("青教〔2026〕5号")))


def test_a_number_in_a_title_is_no_part_of_the_name() -> None:
    title = read("关于印发《青禾县校服管理办法》的通知（青教〔2026〕5号）", HERE)

    assert title.subjects[0].core == "校服管理办法"
    assert title.doc_nos[0].number == 5


# --- whose paper it is ---------------------------------------------------------------------

NAMES = ("青禾县教育局",)


@pytest.mark.parametrize(
    "title",
    [
        "青禾县教育局关于印发《校服管理办法》的通知",
        "县教育局关于印发《校服管理办法》的通知",
        "青禾县教体局关于印发《校服管理办法》的通知",
        "青禾县教育局 青禾县财政局关于印发《校服管理办法》的通知",
        "青禾县教育局等四部门关于印发《校服管理办法》的通知",
        "【规范性文件】青禾县教育局关于印发《校服管理办法》的通知",
        "关于印发《校服管理办法》的通知",
        "青禾县校服管理办法",
        "关于印发《义务教育学区管理办法》的通知",
        "关于印发《县域普通高中振兴方案》的通知",
        "关于印发《中小学教师县管校聘实施办法》的通知",
    ],
)
def test_a_paper_is_ones_own_unless_it_says_otherwise(title: str) -> None:
    assert not is_of_others(title, NAMES, HERE)


@pytest.mark.parametrize(
    "title",
    [
        "转发省教育厅关于印发《校服管理办法》的通知",
        "青禾县教育局转发市教育局关于做好招生工作的通知",
        "教育部关于印发《校服管理办法》的通知",
        "教育部等八部门关于印发《校服管理办法》的通知",
        "国务院办公厅关于印发《校服管理办法》的通知",
        "江南省教育厅关于印发《校服管理办法》的通知",
        "云州市教育局关于印发《校服管理办法》的通知",
        "青禾县人民政府办公室关于印发《校服管理办法》的通知",
        "江南省学前教育条例",
        "中华人民共和国义务教育法",
        "关于印发《江南省校服管理办法》的通知",
    ],
)
def test_a_paper_of_another_body_says_so(title: str) -> None:
    assert is_of_others(title, NAMES, HERE)


def test_the_bare_name_of_a_regulation_is_told_apart_from_a_letter() -> None:
    assert is_bare("未成年人学校保护规定", NAMES, HERE)
    assert not is_bare("关于印发未成年人学校保护规定的通知", NAMES, HERE)
    assert not is_bare("青禾县未成年人学校保护规定", NAMES, HERE)
