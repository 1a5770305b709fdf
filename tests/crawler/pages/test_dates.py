from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from crawler.pages import dates
from crawler.pages.dates import (
    Signs,
    Stamp,
    day_in,
    month_day_in,
    parse_day,
    publish_date,
    relative_day,
    split_day,
    url_day,
)
from crawler.pages.fields import Field, Kind
from monitor.model import DateSource

JULY_4 = date(2024, 7, 4)
SEEN = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # half past one on the 22nd in Beijing


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-04",
        "2024-7-4",
        "2024/07/04",
        "2024.7.4",
        "2024年7月4日",
        "2024年07月04日",
        "2024 年 7 月 4 日",
        "2024年7月4号",
        "２０２４年７月４日",
        "２０２４－０７－０４",
        "2024—07—04",
        "二〇二四年七月四日",
        "二○二四年七月四日",
        "二零二四年七月四日",
        "二O二四年七月四日",
        "2024年七月四日",
        "[2024-07-04]",
        "（2024-07-04）",
        "【2024-07-04】",
        "发布时间：2024-07-04 10:34",
        "2024-07-0410:34:00",
        "2024-07-04T10:34:00",
        "2024-07-04 星期四",
        "关于放假的通知2024-07-04",
        "20240704",
        "20240704 10:34",
        "July 4, 2024",
        "4 July 2024",
        "Thu, 04 Jul 2024 10:34:00 GMT",
        "时间：2024-13-05 改为 2024-07-04",
    ],
)
def test_a_full_date_is_read(text):
    assert parse_day(text) == JULY_4


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二四年十二月三十一日", date(2024, 12, 31)),
        ("二〇二四年十月二十日", date(2024, 10, 20)),
        ("二〇二四年元月廿五日", date(2024, 1, 25)),
        ("一九九八年十一月十一日", date(1998, 11, 11)),
        ("2024-02-29", date(2024, 2, 29)),
        ("Thu, 04 Jul 2024 22:34:00 GMT", date(2024, 7, 5)),
    ],
)
def test_numerals_leap_days_and_time_zones(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07-04",
        "2024-07",
        "2024年7月",
        "24-7-4",
        "05/06/2026",
        "2024/13/05",
        "2023-02-29",
        "2024-07-32",
        "1989-07-04",
        "2100-07-04",
        "12",
        "2024",
        "202407041",
        "关于2024年7月工作的通知",
        "113417-2024-07-04-1",
        "192.168.2024.07.04",
        "2024-07-04-5",
        "2024-07/04",
        "电话 024-2024-07-04",
        "12024-07-04",
        "Version 4, 2024",
        "4 Foo 2024",
    ],
)
def test_what_is_no_full_sane_date_is_none(text):
    assert parse_day(text) is None


def test_a_date_comes_with_its_characters():
    assert day_in("发布：２０２４年７月４日 来源") == (JULY_4, "２０２４年７月４日")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07-04", (7, 4)),
        ("[07-04]", (7, 4)),
        ("【07-04】", (7, 4)),
        ("07/04", (7, 4)),
        ("7月4日", (7, 4)),
        ("02-29", (2, 29)),
        ("放假通知 07-04", (7, 4)),
        ("7-4", (7, 4)),
        ("1/7", None),
        ("13-40", None),
        ("2024-07-04", None),
        ("2024年7月4日", None),
        ("2024-07", None),
        ("08:30-11:30", None),
        ("12-1234", None),
        ("第7-4号", None),
    ],
)
def test_a_date_without_its_year(text, expected):
    assert month_day_in(text) == expected


@pytest.mark.parametrize(
    ("pieces", "day"),
    [
        (["04", "2024-07"], JULY_4),
        (["04", "2024.07"], JULY_4),
        (["2024/07", "04"], JULY_4),
        (["2024年07月", "04日"], JULY_4),
        (["04", "2024年7月"], JULY_4),
        (["07-04", "2024"], JULY_4),
        (["[07-04]", "2024"], JULY_4),
        (["2024", "07-04"], JULY_4),
        (["2024年", "7月4日"], JULY_4),
        (["2024年", "7月", "4日"], JULY_4),
        (["2024", "07", "04"], JULY_4),
        (["04", "7月", "2024"], JULY_4),
        (["04", "Jul", "2024"], JULY_4),
        (["2024-", "07-04"], JULY_4),
        (["放假通知", "04", "2024-07"], JULY_4),
        (["04", "07", "2024"], None),
        (["03", "2024-07", "04"], None),
        (["04", "07"], None),
        (["2024-07"], None),
        (["32", "2024-07"], None),
        ([], None),
    ],
    ids=str,
)
def test_torn_dates_are_joined_only_when_they_can_be_read_in_one_way(pieces, day):
    assert split_day(pieces) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/zwgk/202407/t20240704_9141761.html", JULY_4),
        ("/art/2024/7/4/art_1_2.html", JULY_4),
        ("/2024/0704/c123a4567/page.htm", JULY_4),
        ("/20240704/0123456789abcdef.html", JULY_4),
        ("/2024-07/04/content_1.html", JULY_4),
        ("/2024/07-04/3019999.html", JULY_4),
        ("/columns/x/202407/04/y.html", JULY_4),
        ("/a/2024-07-04/1.html", JULY_4),
        ("/zwgk/202407/1.html", None),
        ("/2024/07/1.html", None),
        ("/art/2024/art_1_2.html", None),
        ("/info/1021/20240704.htm", None),
        ("/P020240704123456.pdf", None),
        ("/t20241304_1.html", None),
        ("/list.html?from=/2024/7/4/", None),
    ],
)
def test_only_strong_shapes_of_addresses_carry_a_day(path, day):
    assert url_day(f"http://edu.example{path}") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("刚刚", date(2026, 11, 22)),
        ("今天 01:10", date(2026, 11, 22)),
        ("昨天", date(2026, 11, 21)),
        ("昨天 14:30", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("5分钟前", date(2026, 11, 22)),
        ("3小时前", date(2026, 11, 21)),
        ("3天前", date(2026, 11, 19)),
        ("[3天前]", date(2026, 11, 19)),
        ("发布于 2天前", date(2026, 11, 20)),
        ("2 days ago", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 21)),
        ("2周前", None),
        ("3个月前", None),
        ("今天是星期日", None),
        ("昨天我校召开家长会", None),
        ("2024-07-04", None),
        ("07-04", None),
    ],
)
def test_relative_times_are_days_in_beijing(text, day):
    assert relative_day(text, SEEN) == day
    assert relative_day(text, SEEN.astimezone(timezone(timedelta(hours=-8)))) == day
    assert relative_day(text, None) is None


def test_without_dateparser_relative_and_english_dates_are_none(monkeypatch):
    monkeypatch.setattr(dates, "dateparser", SimpleNamespace(parse=lambda *_, **__: None))
    dates.forget()

    assert relative_day("昨天 14:30", SEEN) is None
    assert parse_day("July 4, 2024") is None
    assert parse_day("2024年7月4日") == JULY_4  # our own
    dates.forget()


def test_dateparser_is_never_asked_about_chinese_dates(monkeypatch):
    def ask(*_: object, **__: object) -> None:
        pytest.fail("was asked")

    monkeypatch.setattr(dates, "dateparser", SimpleNamespace(parse=ask))

    assert parse_day("2024年7月4日") == JULY_4
    assert parse_day("07-04") is None
    assert relative_day("07-04", SEEN) is None


# --- the ladder ------------------------------------------------------------------------


def stamp(day: str, kind: Kind | None = None, *, clocked: bool = False, row: bool = False):
    found = date.fromisoformat(day)
    return Stamp(3, kind, found, day, clocked=clocked, before="", is_row=row)


def test_the_ladder_is_climbed_down_in_order_of_trust():
    signs = {
        "near": [
            stamp("2024-07-03"),
            stamp("2024-07-02", Kind.TIME),
            stamp("2024-07-01", Kind.PUBLISHED),
        ],
        "table": [Field(Kind.PUBLISHED, "2024-07-04"), Field(Kind.ISSUED, "2024-07-05 10:06")],
        "metas": {"pubdate": "2024-07-06"},
        "far": [stamp("2024-07-07", Kind.PUBLISHED), stamp("2024-07-08", clocked=True)],
        "words": ["3天前"],
        "url": "http://edu.example/t20240709_1.html",
    }
    steps = []
    for drop in (
        lambda: signs["near"].pop(),
        lambda: signs["near"].pop(),
        lambda: signs["table"].pop(0),
        lambda: signs["near"].pop(),
        lambda: signs["metas"].clear(),
        lambda: signs["table"].clear(),
        lambda: signs["far"].pop(0),
        lambda: signs["far"].clear(),
        lambda: signs["words"].clear(),
        lambda: signs.update(url=""),
    ):
        found = publish_date(Signs(**signs, seen_at=SEEN))
        assert found is not None
        steps.append((found.day.isoformat()[5:], found.source))
        drop()

    assert publish_date(Signs(**signs, seen_at=SEEN)) is None
    assert steps == [
        ("07-01", DateSource.LABEL),
        ("07-02", DateSource.LABEL),
        ("07-04", DateSource.TABLE),
        ("07-03", DateSource.DATELINE),
        ("07-06", DateSource.META),
        ("07-05", DateSource.TABLE),
        ("07-07", DateSource.LABEL),
        ("07-08", DateSource.DATELINE),
        ("11-19", DateSource.RELATIVE),
        ("07-09", DateSource.URL),
    ]


def test_labels_afar_that_disagree_say_nothing():
    far = [stamp("2024-07-07", Kind.PUBLISHED), stamp("2024-07-08", Kind.PUBLISHED)]

    assert publish_date(Signs(far=far)) is None


@pytest.mark.parametrize(
    "far", [[stamp("2024-07-07")], [stamp("2024-07-07", clocked=True, row=True)]], ids=str
)
def test_signatures_and_rows_afar_say_nothing(far):
    assert publish_date(Signs(far=far)) is None
