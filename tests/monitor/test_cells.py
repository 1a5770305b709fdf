from __future__ import annotations

from datetime import date, datetime, time

import pytest

from monitor.cells import BadCell, read_address, read_day, read_mail, read_yes_no
from monitor.wording import Slip


@pytest.mark.parametrize(
    ("typed", "address", "repaired"),
    [
        ("http://www.a.cn/x?id=1", "http://www.a.cn/x?id=1", False),
        ("https://www.a.cn:8443/", "https://www.a.cn:8443/", False),
        ("www.a.cn", "http://www.a.cn", False),
        ("www.a.cn/xx gk/", "http://www.a.cn/xxgk/", False),
        ("//www.a.cn/", "http://www.a.cn/", False),
        ("ｈｔｔｐ：／／ｗｗｗ．ａ．ｃｎ／", "http://www.a.cn/", False),
        (" http://www.a.cn/ ，", "http://www.a.cn/", False),
        ("http:/www.a.cn/x", "http://www.a.cn/x", True),
        ("http//www.a.cn", "http://www.a.cn", True),
        ("http:www.a.cn", "http://www.a.cn", True),
        ("http:\\\\www.a.cn\\b", "http://www.a.cn/b", True),
        ("http://www。a。cn", "http://www.a.cn", True),
        ("10.1.2.3:8080/x", "http://10.1.2.3:8080/x", False),
        ("http://127.0.0.1:8000/s1/", "http://127.0.0.1:8000/s1/", False),
        ("http://教育.中国/", "http://教育.中国/", False),
        ("http.a.cn", "http://http.a.cn", False),
        ("", "", False),
        ("无", "", False),
        ("——", "", False),
    ],
)
def test_an_address_is_understood(typed, address, repaired):
    assert read_address(typed) == (address, repaired)


@pytest.mark.parametrize(
    "typed",
    [
        "第一小学",
        "ftp://a.cn",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://u:p@a.cn/",
        "http://a.cn:99999/",
        "http://a.cn:0/",
        "http://http://a.cn",
        "http://a",
        "http://",
        "http://10.0.0.300/",
        "http://-a.cn/",
        "a@b.cn",
    ],
)
def test_what_is_no_address_is_not_made_one(typed):
    with pytest.raises(BadCell) as raised:
        read_address(typed)

    assert raised.value.slip is Slip.BAD_ADDRESS
    assert raised.value.facts == {"given": typed}


@pytest.mark.parametrize(
    ("typed", "mail"),
    [
        ("zhang@example.cn", "zhang@example.cn"),
        (" zhang.san-1@jyj.example.gov.cn ", "zhang.san-1@jyj.example.gov.cn"),
        ("zhang＠example．cn", "zhang@example.cn"),
        ("a@教育.中国", "a@xn--wcvs22d.xn--fiqs8s"),
        ("", ""),
        ("暂无", ""),
        ("a@b.cn\x0b", "a@b.cn"),
    ],
)
def test_one_mail_address_is_understood(typed, mail):
    assert read_mail(typed) == mail


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.cn, evil@x.cn",
        "a@b.cn;c@d.cn",
        '"x" <a@b.cn>',
        "a@b@c.cn",
        "a" * 300 + "@b.cn",
        "-a@b.cn",
        ".a@b.cn",
        "a@b",
        "a@b.cn\r\nBcc: x@y.cn",
        "张三@b.cn",
        "a b@c.cn",
        "13800000000",
    ],
)
def test_anything_but_one_mail_address_is_refused(typed):
    with pytest.raises(BadCell):
        read_mail(typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [(word, True) for word in ["是", "有", "√", "✓", "1", "１", "Y", "yes", "TRUE", "对"]]
    + [(word, False) for word in ["否", "无", "没有", "×", "0", "０", "N", "no", "False"]]
    + [(word, None) for word in ("", "不详", "待定")],
)
def test_yes_no_and_not_known(typed, wanted):
    assert read_yes_no(typed) is wanted


def test_a_word_that_is_neither_yes_nor_no_is_refused():
    with pytest.raises(BadCell):
        read_yes_no("看情况")


def test_a_column_can_have_words_of_its_own():
    assert read_yes_no("民办", yes=("民办",), no=("公办",)) is True
    assert read_yes_no("公办", yes=("民办",), no=("公办",)) is False


SECOND_OF_MARCH = date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "2026年3月2日",
        "2026年03月02日",
        "2026年3月2号",
        "２０２６年３月２日",
        "2026 年 3 月 2 日",
        "2026-3-2",
        "2026.3.2",
        "2026/03/02",
        "20260302",
        20260302,
        20260302.0,
        "二〇二六年三月二日",
        "二○二六年三月二日",
        "2026年3月2日（星期一）",
        "2026-03-02 10:20",
        "2026-03-02T10:20:30",
        "2026年3月2日 10:20",
        SECOND_OF_MARCH,
        datetime.combine(SECOND_OF_MARCH, time(8)),
    ],
    ids=str,
)
def test_a_day_written_out_is_understood(typed):
    assert read_day(typed) == (SECOND_OF_MARCH, False)


def test_the_number_behind_a_date_cell_is_understood_and_shown_back():
    assert read_day(46083) == (SECOND_OF_MARCH, True)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("二〇二六年十二月三十一日", date(2026, 12, 31)), ("一九九九年十月十日", date(1999, 10, 10))],
)
def test_chinese_numerals(typed, wanted):
    assert read_day(typed)[0] == wanted


@pytest.mark.parametrize(
    "typed",
    [
        "3月2日",
        "2026年3月",
        "2026.3",
        "26.3.2",
        "02/03/2026",
        "2026-3/2",
        "2026 3 2",
        "2026-3-210:20",
        "明天",
        "0226.3.2",
        "2026年三月",
        12,
        "",
    ],
    ids=str,
)
def test_a_day_with_more_than_one_meaning_is_not_guessed(typed):
    with pytest.raises(BadCell) as raised:
        read_day(typed)

    assert raised.value.slip is Slip.DATE_UNCLEAR


@pytest.mark.parametrize("typed", ["2026-02-30", "2025年2月29日", "20261301", "2026.4.31"])
def test_a_day_that_never_was_is_told_as_such(typed):
    with pytest.raises(BadCell) as raised:
        read_day(typed)

    assert raised.value.slip is Slip.DATE_IMPOSSIBLE
