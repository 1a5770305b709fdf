"""Hazards of real pages: nothing is guessed, and nothing that is there is lost.

Every page here is invented, in the shape of real ones.
"""

from __future__ import annotations

import re
import signal
import time
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import crawler.pages
from crawler.pages.articles import Article, Damage, read_article
from crawler.pages.lists import Listing, Shape, read_list
from crawler.pages.undated import undated_in
from monitor.model import DateSource, NoDay

URL = "http://www.school.example/xxgk/sfgs/index.html"
SEEN = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))
ROWS = [
    ("2026年秋季学期收费项目公示", "2026-09-01"),
    ("关于课后服务收费的公告", "2026-06-18"),
    ("食堂伙食费收支情况公示", "2026-03-02"),
]
TEXT = (
    "<p>根据上级文件要求，现将我校2024年秋季学期收费项目、标准和依据公示如下，请广大家长监督。</p>"
    "<p>一、作业本费每生每学期三十元。</p>"
)


def rows(shape: str) -> str:
    filled = (
        shape.format(n=n, title=title, day=day) for n, (title, day) in enumerate(ROWS, start=1)
    )
    return "".join(filled)


def listing(main: str) -> Listing:
    markup = (
        "<html><head><meta charset=utf-8><title>收费公示-启明小学</title></head><body>"
        "<p>当前位置：<a href=/>首页</a> &gt; <a href=./>收费公示</a></p>"
        f"<div>{main}</div></body></html>"
    )
    return read_list(markup.encode(), URL, seen_at=SEEN)


def told(main: str) -> list[tuple[str, str | None]]:
    return [
        (entry.title, entry.published.day.isoformat() if entry.published else None)
        for entry in listing(main).entries
    ]


def article(body: str, head: str = "", url: str = URL) -> Article:
    markup = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_article(markup.encode(), url, seen_at=SEEN)


def dated(line: str, head: str = "", url: str = URL) -> Article:
    return article(f"<div><h1>启明小学收费公示</h1>{line}<div>{TEXT}</div></div>", head, url)


PLAIN = "<ul>" + rows("<li><a href=t{n}.html>{title}</a><span>{day}</span></li>") + "</ul>"
SPAM = "".join(
    f"<li><a href=http://spam.example/{n}.html>棋牌下载官方网站之{n}</a> 2026-11-01</li>"
    for n in range(30)
)


@pytest.mark.parametrize(
    "hidden",
    ["display:none", "position:absolute;left:-9999px", "text-indent:-9999px", "top: -2000px"],
)
def test_planted_links_are_neither_entries_nor_hide_the_list(hidden):
    assert told(f"<div style='{hidden}'><ul>{SPAM}</ul></div>{PLAIN}") == ROWS
    assert told(f"<div style='{hidden}'><ul>{SPAM}</ul></div>") == []


@pytest.mark.parametrize(
    "row",
    [
        "<li onclick=\"location.href='/a/{n}.html'\"><span>{title}</span><span>{day}</span></li>",
        "<div onclick=\"window.open('/a/{n}.html')\"><h4>{title}</h4><em>{day}</em></div>",
        "<li onclick=\"go('./a/{n}.html')\">{title} {day}</li>",
    ],
)
def test_rows_that_a_script_opens_are_entries(row):
    assert told(f"<ul>{rows(row)}</ul>") == ROWS
    assert all("/a/" in entry.url for entry in listing(f"<ul>{rows(row)}</ul>").entries)


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href=n{n}.html>{title}</a><time datetime={day}T08:00:00+08:00></time></li>",
        "<li><a href=n{n}.html>{title}</a><time datetime={day}>{day}</time></li>",
    ],
)
def test_a_day_may_stand_where_only_machines_look(row):
    assert told(f"<ul>{rows(row)}</ul>") == ROWS


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("２０２６－０９－０１", "2026-09-01"),
        ("2026–09–01", "2026-09-01"),
        ("20260901", "2026-09-01"),
        ("二〇二六年九月一日", "2026-09-01"),
        ("Sep 1, 2026", "2026-09-01"),
        ("25/12/2025", "2025-12-25"),
    ],
)
def test_rows_show_days_in_many_forms(shown, day):
    row = f"<li><a href=a{{n}}.html>{{title}}</a><span>{shown}</span></li>"

    assert [read for _, read in told(f"<ul>{rows(row)}</ul>")] == [day] * 3


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("26-7-4", NoDay.AMBIGUOUS),
        ("05/06/2026", NoDay.AMBIGUOUS),
        ("2020-01-01</span><span>2026-07-04", NoDay.AMBIGUOUS),
        ("2026-07-04 ~ 2026-07-14", NoDay.AMBIGUOUS),
        ("2062-02-06", NoDay.FUTURE),
        ("2026-11-24", NoDay.FUTURE),
        ("1970-01-01", NoDay.DEFAULT),
        ("1999-11-30", NoDay.DEFAULT),
        ("2026-13-01", NoDay.IMPOSSIBLE),
        ("07-04", NoDay.INCOMPLETE),
    ],
)
def test_a_row_says_what_it_shows_instead_of_a_day(shown, why):
    row = f"<li><a href=../info/1021/45{{n}}.htm>{{title}}</a><span>{shown}</span></li>"
    entries = listing(f"<ul>{rows(row)}</ul>").entries

    assert [entry.title for entry in entries] == [title for title, _ in ROWS]
    assert [entry.published for entry in entries] == [None] * 3
    assert [entry.undated and entry.undated.why for entry in entries] == [why] * 3


def test_a_later_day_in_its_own_place_is_told_as_one_of_publication():
    row = "<li><a href=t{n}.html>{title}</a><span>2028-03-01</span></li>"

    shown = [entry.undated for entry in listing(f"<ul>{rows(row)}</ul>").entries]

    assert [one and one.ahead for one in shown] == [date(2028, 3, 1)] * 3


def test_a_later_day_at_the_end_of_a_title_may_be_that_of_what_it_is_about():
    row = "<li><a href=t{n}.html>{title} 2028-03-01</a></li>"

    shown = [entry.undated for entry in listing(f"<ul>{rows(row)}</ul>").entries]

    assert [one and (one.why, one.ahead) for one in shown] == [(NoDay.FUTURE, None)] * 3


@pytest.mark.parametrize(
    ("line", "ahead"),
    [
        ("发布时间：2028-03-01", date(2028, 3, 1)),
        ("2028-03-01", None),
        ("时间：2028-03-01", None),
    ],
    ids=["labelled", "a lone day", "a time of whatever"],
)
def test_a_later_day_of_an_article_is_one_of_publication_where_a_label_says_so(line, ahead):
    page = dated(f"<p>{line}</p>")

    assert page.undated is not None
    assert (page.undated.why, page.undated.ahead) == (NoDay.FUTURE, ahead)


@pytest.mark.parametrize("shown", ["09-01", "26-9-1", "01/09/2026", "2020-01-01 2026-09-01"])
def test_the_address_completes_what_a_row_shows(shown):
    row = f"<li><a href=t20260901_{{n}}.html>{{title}}</a><span>{shown}</span></li>"

    assert [day for _, day in told(f"<ul>{rows(row)}</ul>")] == ["2026-09-01"] * 3


def test_a_tooltip_that_all_rows_share_hides_no_title():
    row = "<li><a href=t{n}.html title='启明小学收费栏目之文章标题'>{title}…</a> {day}</li>"

    assert [title for title, _ in told(f"<ul>{rows(row)}</ul>")] == [f"{t}…" for t, _ in ROWS]


@pytest.mark.parametrize(
    ("line", "url", "day"),
    [
        ("发布时间：2024年7月", "t20240709_1.html", date(2024, 7, 9)),
        ("发布时间：07-09", "t20240709_1.html", date(2024, 7, 9)),
        ("发布时间：24-7-9", "t20240709_1.html", date(2024, 7, 9)),
        ("发布时间：2024年7月", "t20240809_1.html", None),
        ("发布时间：07-04", "t20240709_1.html", None),
        ("发布时间：2024-02-30", "t20240709_1.html", None),
        ("发布时间：1970-01-01", "t20240709_1.html", None),
        ("更新时间：2024-07-04", "t20240709_1.html", date(2024, 7, 9)),
    ],
)
def test_a_weaker_source_completes_half_a_day_and_never_corrects_one(line, url, day):
    published = dated(f"<p>{line}</p>", url=f"http://www.school.example/{url}").published

    assert (published.day if published else None) == day


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"datePublished": "2024-07-03T20:00:00Z"}</script>',
        '<meta itemprop="datePublished" content="2024-07-04">',
        '<meta name="PubDate" content="1720022400000">',
        '<meta name="PubDate" content="1720022400">',
        '<meta name="PubDate" content="2024-07-04T00:30:00+0800">',
        '<meta name="citation_publication_date" content="2024/07/04">',
    ],
)
def test_machines_are_told_the_day_in_many_ways(head):
    published = dated("", head).published

    assert published is not None
    assert (published.day, published.source) == (date(2024, 7, 4), DateSource.META)


def test_elements_tell_machines_the_day_when_they_agree():
    time_of = "<time datetime=2024-07-{}T08:00:00+08:00>July {}</time>".format

    assert (one := dated(time_of("04", 4)).published)
    assert one.day == date(2024, 7, 4)
    assert dated(time_of("04", 4) + time_of("09", 9)).published is None


def test_a_number_of_seconds_in_the_page_is_no_day():
    assert dated("<p>发布时间：1709600000</p>").published is None
    assert dated("<p>浏览次数：20240704</p>").published is None


def test_days_of_three_kinds_are_kept_apart():
    read = dated("<p>成文日期：2024-05-20 发布日期：2024-07-04 更新时间：2024-11-01</p>")

    assert read.published is not None
    assert read.published.day == date(2024, 7, 4)
    assert read.written_on == date(2024, 5, 20)
    assert read.updated_on == date(2024, 11, 1)


def test_the_clock_of_the_page_is_no_dateline():
    assert dated("<p>2026年11月22日 星期日 09:00:00</p>").published is None
    assert dated("<p>2024年7月4日 星期四</p>").published is not None


def test_a_page_of_wechat_is_read_as_it_will_be_shown():
    read = article(
        "<div id=page-content><h1 id=activity-name>启明小学收费公示</h1><div id=meta_content>"
        "<span>原创</span><a id=js_name>启明小学</a><em id=publish_time>2024-07-04 10:34</em></div>"
        f"<div id=js_content style='visibility:hidden;opacity:0'>{TEXT}</div></div>"
    )

    assert read.published is not None
    assert read.published.day == date(2024, 7, 4)
    assert read.text.startswith("根据上级文件要求")


@pytest.mark.parametrize(
    ("body", "damage"),
    [
        (TEXT, set()),
        ("<p>" + "收费标准公示，".encode().decode("latin-1") + "</p>", {Damage.MENDED}),
        ("<p>發(fā)布機(jī)構(gòu)：縣教導(dǎo)局，請(qǐng)監(jiān)督收費</p>", {Damage.GLOSSED}),
        ("<p>關於收費標準與依据说明费用的公示，請監督。</p>", {Damage.MIXED}),
        ("<p>收费标准锟斤拷锟斤拷公示</p>", {Damage.LOST}),
    ],
    ids=["none", "mojibake", "pinyin", "half converted", "lost"],
)
def test_damage_is_told(body, damage):
    read = article(f"<div><h1>收费</h1><p>2024-07-04</p><div>{body}</div></div>")

    assert read.damage == damage
    assert "ǐ" not in read.text
    assert "æ" not in read.text


def test_a_title_keeps_no_control_and_no_end_of_the_line():
    read = article(f"<h1>收费\u202e公\u0007示\u200b&#1;&#31;标题</h1><p>2024-07-04</p>{TEXT}")
    entries = listing(
        "<ul><li><a href=t1.html>收费\u202e公示&#1;标题</a> 2024-07-04</li>"
        f"<li><a href=t2.html>{'收费公示' * 3000}</a> 2024-07-04</li></ul>"
    ).entries

    assert read.title == "收费公示标题"
    assert entries[0].title == "收费公示标题"
    assert len(entries[1].title) == 500
    assert len(article(f"<h1>{'收费公示' * 5000}</h1><p>2024-07-04</p>{TEXT}").title) == 500


def test_no_entity_is_looked_up_outside_the_page():
    markup = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY out SYSTEM "file:///etc/passwd">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<html><body><h1>公示</h1><p>2024-07-04</p><p>&out;&b;</p>{TEXT}</body></html>"
    )

    read = read_article(markup.encode(), URL)

    assert "root:" not in read.text
    assert "aaaaaaaaaaa" not in read.text


def test_a_page_beyond_what_people_read_is_not_looked_into():
    vast = PLAIN * 20_000

    assert listing(vast).shape is Shape.UNKNOWN
    assert listing(vast).says_empty == ""
    assert article(vast).text == ""


#: what blows up a careless pattern; none is asked about more than 2000 characters at once
NASTY = (
    *("发布时间" + " " * 1990 + "x", " " * 1990 + "x", "1" * 40 + "日", "2024-" * 400, "(" * 1990),
    *("a" * 1990 + "!", "一" * 1990, "2024年" * 400, "<a " * 660, "页 / " * 490, "/" * 1990),
    *("发" * 1990 + "：", "《" * 1990, "附件" * 990, "1 2 " * 490, "=\"'" * 660, "\n" * 1990),
)
MODULES = [
    import_module(found.name) for found in walk_packages(crawler.pages.__path__, "crawler.pages.")
]
PATTERNS = {
    f"{Path(module.__file__ or '').stem}.{name}": pattern
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_is_blown_up_by_what_a_page_holds(name):
    def give_up(*_: object) -> None:
        raise TimeoutError

    pattern = PATTERNS[name]
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 30)
    try:
        began = time.process_time()
        for text in NASTY:
            pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
        assert time.process_time() - began < 2
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_what_is_no_date_at_all_shows_nothing_of_one():
    assert undated_in("启明小学") is None
    assert undated_in("2024-07-04") is None
    assert undated_in("") is None
