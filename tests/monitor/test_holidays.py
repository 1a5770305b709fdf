from __future__ import annotations

from datetime import date

import pytest

from monitor.holidays import FIXED_DAYS_OFF, calendar
from monitor.wording import Mistakes


def extra(tmp_path, text: str):
    path = tmp_path / "日历.yaml"
    path.write_text(text, "utf-8")
    return path


NOTICE_OF_2027 = """\
notices:
  - title: 关于2027年部分节假日安排的通知
    year: 2027
    days: {2027-01-01: off, 2027-01-02: work, 2026-12-31: off}
vacations:
  - {label: 寒假, from: 2027-01-23, to: 2027-02-21}
"""


def test_exam_days_are_read_and_told_when_they_run_backwards(tmp_path):
    text = "exams:\n  - {label: 高考, from: 2026-06-07, to: 2026-06-09}\n"

    assert calendar(2026, 2026, extra(tmp_path, text)).is_exam(date(2026, 6, 9))
    with pytest.raises(Mistakes) as told:
        calendar(2026, 2026, extra(tmp_path, text.replace("06-09", "06-05")))
    assert "第2行" in str(told.value)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 16), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
    ],
)
def test_the_state_councils_notice_is_followed(day, worked):
    assert calendar(2026, 2026).is_workday(day) is worked


def test_a_year_without_data_is_provisional():
    days = calendar(2026, 2027)

    assert not days.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert days.is_provisional(date(2026, 12, 31), date(2027, 1, 4))


def test_years_that_were_not_asked_for_are_not_covered():
    assert calendar(2026, 2026).is_provisional(date(2025, 1, 1), date(2025, 1, 2))


def test_a_notice_of_the_office_covers_a_year_and_moves_days(tmp_path):
    days = calendar(2026, 2027, extra(tmp_path, NOTICE_OF_2027))

    assert not days.is_provisional(date(2027, 1, 1), date(2027, 12, 31))
    assert not days.is_workday(date(2027, 1, 1))
    assert days.is_workday(date(2027, 1, 2))  # a Saturday
    assert not days.is_workday(date(2026, 12, 31))  # a Thursday of the year before
    assert not days.is_workday(date(2027, 10, 1))  # fixed in the regulation


def test_the_office_goes_before_the_library(tmp_path):
    text = "notices: [{title: 更正, days: {2026-02-16: work}}]\n"

    assert calendar(2026, 2026, extra(tmp_path, text)).is_workday(date(2026, 2, 16))


def test_vacations_are_known_with_both_their_ends(tmp_path):
    days = calendar(2027, 2027, extra(tmp_path, NOTICE_OF_2027))

    around = [(1, 22), (1, 23), (2, 21), (2, 22)]
    assert [days.is_vacation(date(2027, *day)) for day in around] == [False, True, True, False]


def test_the_fixed_days_are_those_that_do_not_follow_the_moon():
    known = calendar(2026, 2026)

    assert not any(known.is_workday(date(2026, month, day)) for month, day in FIXED_DAYS_OFF)


@pytest.mark.parametrize(
    ("text", "line", "wanted"),
    [
        ("notices: [{title: 甲, days: {2027-02-30: off}}]\n", 1, "“2027-02-30”没有这一天"),
        ("notices: [{title: 甲, days: {2027-1-3: off}}]\n", 1, "“2027-1-3”不是日期"),
        ("notices:\n  - {title: 甲, days: {2027-01-03: wrok}}\n", 2, "是否为“work”？"),
        ("notices: [{days: {2027-01-03: work}}]\n", 1, "缺少“title”"),
        ("notices: [{title: 甲, year: 2027, days: {2025-01-03: work}}]\n", 1, "不在2027年内"),
        (
            "notices:\n  - {title: 甲, days: {2027-01-03: off}}\n"
            "  - {title: 乙, days: {2027-01-03: work}}\n",
            3,
            "2027-01-03已在第2行写过",
        ),
        ("vacations:\n  - {label: 甲, from: 2027-02-02, to: 2027-02-01}\n", 2, "早于开始日"),
        ("holidays: []\n", 1, "未知字段“holidays”"),
        ("notices: [\n", 2, "格式有误"),
    ],
)
def test_a_mistake_in_a_calendar_file_tells_its_line(tmp_path, text, line, wanted):
    with pytest.raises(Mistakes) as raised:
        calendar(2027, 2027, extra(tmp_path, text))

    assert raised.value.code == "E2301"
    found = [one for one in raised.value.mistakes if wanted in str(one)]
    assert found, raised.value.details
    assert found[0].line == line


def test_a_calendar_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Mistakes) as raised:
        calendar(2027, 2027, tmp_path / "没有.yaml")

    assert "找不到文件" in raised.value.details[0]


def test_days_off_bear_the_name_of_their_holiday(tmp_path):
    days = calendar(2026, 2027, extra(tmp_path, NOTICE_OF_2027))

    assert days.days_off(date(2026, 9, 30), date(2026, 10, 8)) == (("国庆节", 7),)
    assert days.days_off(date(2027, 9, 30), date(2027, 10, 3)) == (("国庆节", 3),)
    notice = "关于2027年部分节假日安排的通知"
    assert days.days_off(date(2026, 12, 30), date(2026, 12, 31)) == ((notice, 1),)
    assert days.away(date(2027, 1, 1), date(2027, 12, 31)) == (("寒假", 30),)
