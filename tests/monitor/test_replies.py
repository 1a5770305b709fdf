"""A returned 整改反馈表, as schools really send it back."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from monitor.replies import HEADERS, NUMBER, Reply, ReplyAnswer, read_replies
from monitor.sheets import Row, Table, Value
from monitor.wording import Mistake, Slip

ON = date(2026, 11, 20)
ITEMS = {"WT-2026-00001": "教育收费公示", "WT-2026-00002": "食堂信息", "WT-2026-00003": "招生方案"}


def row(number: int, **cells: Value) -> Row:
    """A filled-in row; ``number`` is its place in the sheet, ``n`` the problem's number."""
    filled: dict[str, Value] = {
        NUMBER: "WT-2026-00001",
        "公开事项": "教育收费公示",
        "整改情况": "已整改",
        "整改后链接": "http://school.example/fees/1.htm",
        "填报人": "王老师",
        "填报日期": date(2026, 11, 9),
    } | cells
    given = {name: value for name, value in filled.items() if value is not None}
    return Row(path="反馈.xlsx", number=number, cells=given)


def table(*rows: Row) -> Table:
    return Table(path="反馈.xlsx", header_row=4, headers=HEADERS, rows=rows)


def read(*rows: Row) -> tuple[tuple[Reply, ...], list[str]]:
    replies, mistakes = read_replies(table(*rows), ITEMS, on=ON)
    return replies, [str(mistake) for mistake in mistakes]


def test_a_filled_in_row_is_a_reply():
    replies, mistakes = read(row(5))

    assert mistakes == []
    assert replies == (
        Reply(
            finding="WT-2026-00001",
            answer=ReplyAnswer.DONE,
            address="http://school.example/fees/1.htm",
            by="王老师",
            on=date(2026, 11, 9),
            row=5,
        ),
    )


def test_rows_may_come_in_any_order_with_columns_of_the_units_own():
    second = row(5, **{NUMBER: "WT-2026-00002", "公开事项": "食堂信息", "本校意见": "请查收"})

    replies, mistakes = read(second, row(6))

    assert mistakes == []
    assert [reply.finding for reply in replies] == ["WT-2026-00002", "WT-2026-00001"]


def test_a_row_nobody_filled_in_is_no_reply_and_no_mistake():
    replies, mistakes = read(row(5, 整改情况=None, 整改后链接=None))

    assert (replies, mistakes) == ((), [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026/11/9", date(2026, 11, 9)),
        ("2026年11月9日", date(2026, 11, 9)),
        ("2026-11-09", date(2026, 11, 9)),
        ("11.9", date(2026, 11, 9)),
        (11.9, date(2026, 11, 9)),
        ("11月9日", date(2026, 11, 9)),
        ("１１．９", date(2026, 11, 9)),
        ("11.10", date(2026, 11, 10)),
        (date(2026, 11, 9), date(2026, 11, 9)),
        (datetime.combine(date(2026, 11, 9), time(8, 30)), date(2026, 11, 9)),
        (46335.0, date(2026, 11, 9)),
        (None, None),
    ],
    ids=str,
)
def test_a_day_may_be_written_as_people_write_it(written, expected):
    replies, mistakes = read(row(5, 填报日期=written))

    assert mistakes == []
    assert replies[0].on == expected


def test_a_day_without_a_year_is_shown_back():
    (reply,), _ = read(row(5, 填报日期="11.9"))

    assert [str(remark) for remark in reply.remarks] == [
        "反馈.xlsx 第5行“填报日期”：日期“11.9”没有写年份，已按 2026-11-09 理解，请确认"
    ]


def test_a_day_without_a_year_may_be_last_years_in_january():
    replies, _ = read_replies(table(row(5, 填报日期="12.30")), ITEMS, on=date(2027, 1, 5))

    assert replies[0].on == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("11.31", "没有“11.31”这一天"),
        (11.1, "日期“11.1”看不出是哪一天"),  # 11.10 typed into a cell that holds numbers
        ("11.25", "日期“11.25”看不出是哪一天"),
        (date(2026, 11, 21), "日期2026-11-21晚于今天"),
        (
            datetime.combine(date(1900, 1, 11), time(21, 36)),
            "日期“1900-01-11 21:36:00”看不出是哪一天",
        ),
        ("昨天", "日期“昨天”看不出是哪一天"),
    ],
    ids=["no such day", "lost nought", "after today", "tomorrow", "shown as a day", "words"],
)
def test_a_day_with_no_meaning_refuses_its_row(written, what):
    replies, (mistake,) = read(row(5, 填报日期=written))

    assert replies == ()
    assert mistake.startswith(f"反馈.xlsx 第5行“填报日期”：{what}")


@pytest.mark.parametrize(
    ("word", "answer"),
    [(word.value, word) for word in ReplyAnswer]
    + [("正在整改", ReplyAnswer.GOING_ON), (" 已整改　", ReplyAnswer.DONE)],
)
def test_the_answer_is_a_word_of_the_drop_down_or_means_one(word, answer):
    (reply,), _ = read(row(5, 整改情况=word, 说明="理由见附件"))

    assert reply.answer is answer


def test_rows_that_cannot_be_used_are_all_named_and_the_others_stand():
    replies, mistakes = read(
        row(5),
        row(6, **{NUMBER: "WT-2026-09999"}),
        row(7, **{NUMBER: None}),
        row(8, **{NUMBER: "WT-2026-00002", "公开事项": "食堂信息"}, 整改情况="好了"),
        row(9, **{NUMBER: "WT-2026-00003", "公开事项": "招生方案"}, 整改情况=None),
    )

    assert [reply.finding for reply in replies] == ["WT-2026-00001"]
    assert mistakes == [
        "反馈.xlsx 第6行“问题编号”：没有编号为“WT-2026-09999”的待整改问题，"
        "这一行没有采用，请用最近发出的反馈表填写",
        "反馈.xlsx 第7行“问题编号”：没有问题编号，这一行没有采用，请勿删改隐藏的编号列",
        "反馈.xlsx 第8行“整改情况”：不认识“好了”，可填：已整改、整改中、申请复核、不涉及",
        "反馈.xlsx 第9行“整改情况”：没有填写，请补上",
    ]


def test_a_number_that_was_left_behind_in_sorting_is_refused():
    replies, (mistake,) = read(row(5, 公开事项="食堂信息"))

    assert replies == ()
    assert "编号“WT-2026-00001”对应的事项是“教育收费公示”，表中写的是“食堂信息”" in mistake


def test_two_different_answers_to_one_problem_are_both_named_and_neither_taken():
    replies, mistakes = read(row(5), row(9, 整改情况="整改中"))

    assert replies == ()
    assert [mistake.partition("，")[0] for mistake in mistakes] == [
        "反馈.xlsx 第5行“问题编号”：问题“WT-2026-00001”在第9行另有不同的填写",
        "反馈.xlsx 第9行“问题编号”：问题“WT-2026-00001”在第5行另有不同的填写",
    ]


def test_the_same_answer_twice_counts_once():
    replies, mistakes = read(row(5), row(9))

    assert mistakes == []
    assert [reply.row for reply in replies] == [5]


def test_two_links_for_one_problem_are_two_answers():
    replies, mistakes = read(row(5), row(9, 整改后链接="http://school.example/other.htm"))

    assert (len(replies), len(mistakes)) == (0, 2)


@pytest.mark.parametrize("word", ["申请复核", "不涉及"])
def test_what_asks_for_a_decision_needs_a_reason(word):
    replies, mistakes = read(row(5, 整改情况=word))

    assert replies == ()
    assert mistakes == ["反馈.xlsx 第5行“说明”：没有填写，请补上"]


def test_a_link_is_repaired_and_shown_back_or_refused():
    (repaired,), _ = read(row(5, 整改后链接="http:/school.example/x"))
    replies, (mistake,) = read(row(5, 整改后链接="见学校公众号"))

    assert repaired.address == "http://school.example/x"
    assert len(repaired.remarks) == 1
    assert replies == ()
    assert "“见学校公众号”不是网址" in mistake


def test_a_sheet_without_its_columns_gives_nothing():
    what, remedy = Slip.MISSING_HEADER.tell(name=NUMBER)
    missing = Mistake(path="反馈.xlsx", line=4, what=what, remedy=remedy)
    broken = replace(table(row(5)), mistakes=(missing,))

    replies, mistakes = read_replies(broken, ITEMS, on=ON)

    assert (replies, len(mistakes)) == ((), 1)
