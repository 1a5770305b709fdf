from __future__ import annotations

import pytest

from crawler.pages.text import (
    is_shown,
    lines_of,
    open_page,
    visible_text,
)


@pytest.mark.parametrize(
    "body", [b"", b"  \r\n", b"<!-- x -->", b"\0\0\0\0", b"<?xml version='1.0'?>"]
)
def test_without_markup_there_is_no_tree_or_no_line(body):
    assert lines_of(open_page(body, "").tree) == []


def test_control_characters_do_not_stop_the_parser():
    page = open_page("<p>收\x00费\x0b标\x1f准</p>".encode(), "")

    assert page.tree is not None
    assert visible_text(page.tree) == "收费标准"


def seen(markup: str) -> list[str]:
    tree = open_page(f"<html><body>{markup}</body></html>".encode(), "").tree
    assert tree is not None
    return visible_text(tree).splitlines()


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<div>一<div>二</div>三</div>", ["一", "二", "三"]),
        ("一<br>二<br/><br>三", ["一", "二", "三"]),
        ("<p>招<font>生</font><b>简</b>章</p>", ["招生简章"]),
        ("<h1>题</h1><span>日期</span>", ["题", "日期"]),
        ("<table><tr><td>一</td><td>二</td></tr></table>", ["一", "二"]),
        ("<p><a>首页</a> <a>公开</a></p>", ["首页 公开"]),
        ("<p><a>首页</a><a>公开</a></p>", ["首页公开"]),
        ("<p>一\n  二\t三</p><p>四</p><p>五</p><p>六</p>", ["一 二 三", "四", "五", "六"]),
        ("<pre>一\n二</pre>", ["一", "二"]),
        ("<p>一<!-- 二 -->三</p>", ["一三"]),
        ("<script>一</script><style>二</style><p>三</p>", ["三"]),
        ("<noscript><p>一</p></noscript><p>二</p>", ["二"]),
        ("<div style='DISPLAY : none'><p>一</p></div><p>二</p>", ["二"]),
        ("<div hidden><p>一</p></div><p>二</p>", ["二"]),
        ("<div id=js_content style='visibility:hidden;opacity:0'>一</div>", ["一"]),
        ("<h1>题<ucaptitle>目</ucaptitle></h1>", ["题目"]),
    ],
)
def test_lines_are_what_a_browser_shows(markup, lines):
    assert seen(markup) == lines


def test_plain_text_keeps_its_lines():
    tree = open_page("标题\n\n发布时间：2024-07-04\n".encode(), "").tree

    assert [line.text for line in lines_of(tree)] == ["标题", "发布时间：2024-07-04"]


def test_a_line_knows_whether_it_is_a_link():
    tree = open_page(b"<p><a href=1>a</a></p><p><a href=1>a</a> b</p>", "").tree

    assert [(line.text, line.linked) for line in lines_of(tree)] == [("a", True), ("a b", False)]


def test_what_is_hidden_is_known_from_above():
    tree = open_page(b"<div style='display:none'><p><b id=x>a</b></p></div>", "").tree
    assert tree is not None

    assert not is_shown(tree.get_element_by_id("x"))
