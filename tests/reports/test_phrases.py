"""Set phrases: no word says more than its number, no rate without what it is of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.phrases import (
    change_words,
    counted,
    cut_off_words,
    first_level,
    long_day,
    named_units,
    numeral,
    percent,
    points,
    rate,
    second_level,
    share_word,
    standing_word,
)


@pytest.mark.parametrize(
    ("count", "total", "word"),
    [
        (0, 60, ""),
        (1, 0, ""),
        (1, 60, "个别"),
        (5, 50, "个别"),
        (5, 49, "少数"),
        (6, 60, "少数"),
        (15, 60, "少数"),
        (16, 60, "部分"),
        (30, 60, "部分"),
        (31, 60, "多数"),
        (48, 60, "多数"),
        (49, 60, "绝大多数"),
        (59, 60, "绝大多数"),
        (60, 60, "全部"),
        (1, 1, "全部"),
        (1, 2, "部分"),
    ],
    ids=lambda value: str(value),
)
def test_a_quantity_word_agrees_with_its_share(count: int, total: int, word: str) -> None:
    assert share_word(count, total) == word


@pytest.mark.parametrize(
    ("count", "total", "told"),
    [
        (1152, 1280, "90.0%（1152/1280）"),
        (5, 5, "100.0%（5/5）"),
        (0, 5, "0.0%（0/5）"),
        (1999, 2000, "99.9%（1999/2000）"),
        (9999, 10000, "99.9%（9999/10000）"),
        (1, 10000, "0.1%（1/10000）"),
        (1, 16, "6.3%（1/16）"),
        (4, 4, "4/4"),
        (0, 1, "0/1"),
        (0, 0, "无数据"),
    ],
    ids=lambda value: str(value),
)
def test_a_rate_is_told_with_its_numbers(count: int, total: int, told: str) -> None:
    assert rate(count, total) == told


def test_a_rate_for_a_column_is_empty_where_there_is_none() -> None:
    assert [percent(197, 210), percent(4, 4), percent(0, 0)] == ["93.8%", "", ""]


@pytest.mark.parametrize(
    ("count", "total", "word"),
    [
        (90, 100, "总体良好"),
        (8999, 10000, "总体平稳"),
        (75, 100, "总体平稳"),
        (7499, 10000, "问题较为突出"),
        (4, 4, ""),
        (0, 0, ""),
    ],
    ids=lambda value: str(value),
)
def test_the_whole_is_judged_by_the_rate_not_by_its_rounding(
    count: int, total: int, word: str
) -> None:
    assert standing_word(count, total) == word


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ((90, 100), (888, 1000), "上升1.2个百分点"),
        ((90, 100), (903, 1000), "下降0.3个百分点"),
        ((90, 100), (9001, 10000), "持平"),
    ],
    ids=["better", "worse", "as good as the same"],
)
def test_a_change_is_told_in_points(
    now: tuple[int, int], before: tuple[int, int], told: str
) -> None:
    assert change_words(points(now, before) or Decimal()) == told


def test_there_is_no_change_without_two_rates() -> None:
    assert points((4, 4), (90, 100)) is None
    assert points((90, 100), (0, 0)) is None


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_headings_are_numbered_in_chinese(number: int, told: str) -> None:
    assert numeral(number) == told
    assert first_level(number, "总体情况") == f"{told}、总体情况"
    assert second_level(number, "问题分布") == f"（{told}）问题分布。"


def test_a_day_is_told_with_its_weekday() -> None:
    assert long_day(date(2026, 11, 9)) == "2026年11月9日（星期一）"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 10, 31, 16, tzinfo=UTC), "2026年10月31日24时"),
        (datetime(2026, 11, 2, 1, tzinfo=UTC), "2026年11月2日9时"),
        (datetime(2026, 11, 2, 1, 5, tzinfo=UTC), "2026年11月2日9时5分"),
    ],
    ids=["midnight is the end of the day", "a whole hour", "minutes"],
)
def test_the_cut_off_is_told_in_beijing_time(at: datetime, told: str) -> None:
    assert cut_off_words(at) == told


def test_a_long_list_of_units_is_counted() -> None:
    names = ["甲校", "乙校", "丙校"]

    assert named_units(names, most=3) == "甲校、乙校、丙校"
    assert named_units(names, most=2) == "甲校、乙校等3个单位"
    assert named_units([]) == ""


def test_a_clause_without_a_number_is_left_out() -> None:
    assert counted([("期限内", 96), ("逾期", 0), ("申请复核", 11)]) == "期限内96项、申请复核11项"
    assert counted([("逾期", 0)]) == ""
