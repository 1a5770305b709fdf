"""What is planted in a page for search engines, and what only looks like it."""

from __future__ import annotations

import pytest

from crawler.pages.text import open_page
from crawler.pages.unseen import hidden_links
from monitor.model import HiddenLink, Hiding

SPAM = "".join(
    f"<a href='http://spam{n}.example/'>{word}</a>"
    for n, word in enumerate(("棋牌下载官网", "北京赛车开奖", "澳门葡京娱乐"))
)
BY_SCRIPT = "<script>document.getElementById('yl').style.display='none'</script>"
WRITTEN = "<script>document.write('<div style=\"display:none\">')</script>"


def found(inner: str, url: str = "http://www.school.example/fees/") -> tuple[HiddenLink, ...]:
    return hidden_links(open_page(f"<html><body>{inner}</body></html>".encode(), url))


@pytest.mark.parametrize(
    ("markup", "how"),
    [
        ("<div style='display:none'>{}</div>", Hiding.NOT_SHOWN),
        ("<div><ul style='visibility: hidden'><li>{}</li></ul></div>", Hiding.NOT_SHOWN),
        ("<div hidden>{}</div>", Hiding.NOT_SHOWN),
        ("<div style='opacity:0'>{}</div>", Hiding.NOT_SHOWN),
        ("<div style='position:absolute;left:-9999px'>{}</div>", Hiding.OFF_SCREEN),
        ("<p style='text-indent:-2000px'>{}</p>", Hiding.OFF_SCREEN),
        ("<span style='font-size:0'>{}</span>", Hiding.TINY),
        ("<div style='overflow:hidden;height:1px;width:1px'>{}</div>", Hiding.TINY),
        ("<marquee height=1 width=4 scrolldelay=3000>{}</marquee>", Hiding.TINY),
        ("<font style='COLOR:#FFFFFF'>{}</font>", Hiding.COLOURLESS),
        (f"<div id=yl>{{}}</div>{BY_SCRIPT}", Hiding.NOT_SHOWN),
        ("<style>.b,.a i{{display:none}}</style><div class='x b'>{}</div>", Hiding.NOT_SHOWN),
        (f"{WRITTEN}<div>{{}}</div>", Hiding.NOT_SHOWN),
    ],
)
def test_links_to_gambling_that_nobody_sees_are_found_however_they_are_hidden(markup, how):
    links = found(markup.format(SPAM))

    assert [(link.host, link.how, link.count) for link in links] == [
        (f"spam{n}.example", how, 1) for n in range(3)
    ]


def test_words_written_as_entities_or_torn_apart_are_read_all_the_same():
    words = "<a href=//a.example/>&#26827;&#29260;<b>游戏</b></a>"
    words += "<a href=//a.example/2>博 彩\u200b网</a>"

    (link,) = found(f"<div style=display:none>{words}</div>")

    assert (link.host, link.count) == ("a.example", 2)


@pytest.mark.parametrize(
    "inner",
    [
        SPAM,
        f"<div style='display:block;left:-10px'>{SPAM}</div>",
        "<div style=display:none><a href=http://spam.example/>棋牌下载</a></div>",
        "<div style=display:none>"
        "<a href=http://www.people.example/>人民网</a><a href=http://www.tj.example/>站长统计</a>"
        "<a href=http://www.gov.mo/>澳门特别行政区政府</a></div>",
        "<div style=display:none><a href=/a>棋牌下载</a><a href=b.htm>博彩网</a></div>",
        "<div style=display:none><a href=http://old.school.example/1>棋牌下载</a>"
        "<a href=http://school.example/2>博彩网</a></div>",
        "<div style=display:none><a href=http://jyj.x.gov.cn/1>棋牌下载</a>"
        "<a href=http://www.y.edu.cn/2>博彩网</a></div>",
        "<div style=display:none><a href=http://news.example/1>警惕网络博彩</a>"
        "<a href=http://news.example/2>我校棋牌社团</a><a href=http://news.example/3>"
        "关于开展棋牌室等场所集中清理行动工作情况的报道</a></div>",
        "<div style=display:none><a href=http://[bad/>棋牌</a><a name=x>博彩</a></div>",
    ],
    ids=[
        "links that are seen",
        "moved a little",
        "one alone",
        "a menu that opens and a counter of visits",
        "the page's own site",
        "another host of the same owner",
        "offices and universities",
        "honest words",
        "no addresses",
    ],
)
def test_what_may_be_honest_is_not_called_planted(inner):
    assert found(inner) == ()


def test_of_a_page_full_of_them_twenty_hosts_are_kept():
    many = "".join(f"<a href=http://s{n}.example/>棋牌</a>" for n in range(90))

    assert len(found(f"<div style=display:none>{many}</div>")) == 20


def test_a_page_without_markup_has_none():
    assert hidden_links(open_page(b"", "http://www.school.example/")) == ()
