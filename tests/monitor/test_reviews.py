from __future__ import annotations

from datetime import date
from pathlib import Path

from builders import assessment, finding

from monitor.model import Move, State
from monitor.reviews import (
    ANSWER,
    BY,
    DEADLINE,
    HEADERS,
    NUMBERS,
    REASON,
    UNTIL,
    Case,
    read_reviews,
    review_rows,
)
from monitor.wording import Because
from reports.formats.xlsx import Sheet, write_table


def case(number: str, unit: str = "P-01", **judged: object) -> Case:
    return Case(
        finding=finding(number=number, unit=unit, state=State.TO_REVIEW),
        assessment=assessment(**judged),
        unit_name=f"第{unit}小学",
        requirement_name="收费公示",
    )


WAITING = {
    number: finding(number=number, state=State.TO_REVIEW) for number in ("W-1", "W-2", "W-3", "W-4")
}


def returned(place: Path, *answers: dict[str, object]) -> Path:
    """A sheet as an officer gives it back: one row an answer."""
    path = place / "审核.xlsx"
    rows = [[row.get(name) for name in HEADERS] for row in answers]
    write_table(path, [Sheet(name="待审核问题", header=HEADERS, rows=rows)])
    return path


def test_one_cause_is_one_row_and_the_largest_comes_first():
    page = {"page": "http://a.cn/fees/", "because": Because.COLUMN_EMPTY}

    rows = review_rows([case("W-1"), case("W-2", **page), case("W-3", "P-02", **page)])

    assert [row[:3] for row in rows] == [
        ("W-2、W-3", 2, "第P-01小学、第P-02小学"),
        ("W-1", 1, "第P-01小学"),
    ]
    assert all(len(row) == len(HEADERS) for row in rows)


def test_answers_are_read_back_row_by_row(tmp_path):
    path = returned(
        tmp_path,
        {NUMBERS: "W-1、W-2", ANSWER: "确认", DEADLINE: date(2026, 12, 9)},
        {NUMBERS: "W-3", ANSWER: "误报", REASON: "页面识别有误", BY: "李科员"},
        {NUMBERS: "W-4", ANSWER: "暂缓", REASON: "网站改版", UNTIL: "2026年12月9日"},
    )

    decisions, mistakes = read_reviews(path, WAITING, by="王科员")

    assert not mistakes
    told = [(one.finding, one.move, one.by, one.deadline, one.resume_on) for one in decisions]
    assert told == [
        ("W-1", Move.CONFIRM, "王科员", date(2026, 12, 9), None),
        ("W-2", Move.CONFIRM, "王科员", date(2026, 12, 9), None),
        ("W-3", Move.WITHDRAW, "李科员", None, None),
        ("W-4", Move.SUSPEND, "王科员", None, date(2026, 12, 9)),
    ]


def test_strange_rows_are_named_with_their_place_and_the_others_count(tmp_path):
    moved_on = WAITING | {"W-5": finding(number="W-5", state=State.ASSIGNED)}
    path = returned(
        tmp_path,
        {NUMBERS: "W-1", ANSWER: "同意"},
        {NUMBERS: "W-9", ANSWER: "确认"},
        {NUMBERS: "W-5", ANSWER: "确认"},
        {NUMBERS: "W-2", ANSWER: "误报"},
        {NUMBERS: "W-3", ANSWER: "确认", DEADLINE: "下周"},
        {NUMBERS: "W-4", ANSWER: "确认"},
        {NUMBERS: "W-4", ANSWER: "误报", REASON: "其他"},
    )

    decisions, mistakes = read_reviews(path, moved_on, by="王科员")

    assert [(one.finding, one.move) for one in decisions] == [("W-4", Move.CONFIRM)]
    assert [(one.line, one.column) for one in mistakes] == [
        (2, ANSWER),
        (3, NUMBERS),
        (4, NUMBERS),
        (5, REASON),
        (6, DEADLINE),
        (8, NUMBERS),
    ]


def test_rows_without_an_answer_are_left_for_later(tmp_path):
    path = returned(tmp_path, {NUMBERS: "W-1"}, {NUMBERS: "W-2", REASON: "再看"})

    assert read_reviews(path, WAITING, by="王科员") == ((), ())
