from __future__ import annotations

import pytest

from crawler.pages.articles import read_article
from crawler.pages.text import (
    Fragment,
    Prose,
    content_of,
    decode,
    fragment_of,
    is_shown,
    lines_of,
    open_page,
    visible_text,
)

WORDS = "某县教育局关于2024年义务教育收费公示的通知，请各学校认真贯彻执行。"
NAMES = "朱镕基、陶喆、㛃、〇"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("gbk", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-16-be", ""),
        ("big5", "big5"),
    ],
)
def test_the_bytes_decide_and_the_declaration_is_a_hint(encoding, declared):
    words = "某縣教育局關於收費公示的通知" if encoding == "big5" else WORDS
    markup = f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"

    page = open_page(
        markup.encode(encoding), "http://edu.example/", f"text/html; charset={declared}"
    )

    assert page.tree is not None
    assert visible_text(page.tree) == words
    assert not page.doubtful


def test_rare_characters_of_names_survive_a_page_declared_gb2312():
    body = f"<meta charset=gb2312><p>{NAMES}</p>".encode("gb18030")

    text, encoding, doubtful = decode(body, "text/html; charset=gb2312")

    assert NAMES in text
    assert encoding == "gb18030"
    assert not doubtful


def test_big5_is_found_without_a_declaration():
    words = "本校家長會訂於週六上午舉行，敬請各位家長準時出席，謝謝您的支持與愛護。" * 3

    text, encoding, _ = decode(words.encode("big5"))

    assert (text, encoding) == (words, "big5")


@pytest.mark.parametrize(
    "body",
    [
        ("<p>" + WORDS * 5).encode() + ("<p>" + WORDS).encode("gb18030"),
        WORDS.encode("utf-8")[:-1] * 4,
        f"<p>{WORDS}锟斤拷锟斤拷</p>".encode(),
        (WORDS * 5).encode("utf-8").decode("latin-1").encode("utf-8"),
        f"<p>{WORDS}\ufffd\ufffd\ufffd</p>".encode(),
    ],
    ids=["two charsets", "cut characters", "read wrongly before", "twice encoded", "lost before"],
)
def test_lost_characters_make_a_page_doubtful(body):
    assert open_page(body, "").doubtful


def test_words_of_other_languages_are_no_damage():
    page = open_page(f"<p>{WORDS}</p><p>Café Münster, où êtes-vous?</p>".encode(), "")

    assert not page.doubtful


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


# --- fragments -------------------------------------------------------------------------


def test_a_fragment_mends_what_is_damaged():
    fragment = Fragment("<td>收费<p>标准<table><tr><td>项目<td>元<tr><td>作业本<td>30</div>")

    assert fragment.lines[:2] == ("收费", "标准")
    assert fragment.tables == ((("项目", "元"), ("作业本", "30")),)


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    fragment = Fragment(
        "<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>旁</td></tr></table>"
    )

    assert fragment.tables == ((("外 内", "旁"),), (("内",),))


def test_a_fragment_gives_links_of_every_kind():
    fragment = Fragment(
        "<a href=a.pdf>甲</a><iframe src=b.pdf></iframe><embed src=c.pdf>"
        "<object data=d.pdf></object><div pdfsrc=e.pdf></div><a>无</a>"
        "<a href='javascript:;' onclick=\"open('/f.pdf')\">己</a>"
    )

    assert [link.address for link in fragment.links] == [
        "a.pdf",
        "b.pdf",
        "c.pdf",
        "d.pdf",
        "e.pdf",
        "/f.pdf",
    ]
    assert fragment.links[0].name == "甲"


def test_formatting_is_taken_out_and_hidden_text_with_it():
    tree = open_page(
        "<div><p><span style='font:x'>收<b>费</b></span>"
        "<span style='display: none'>棋牌</span>标准</p></div>".encode(),
        "",
    ).tree
    assert tree is not None

    assert fragment_of(tree).lines == ("收费标准",)
    assert Fragment("<p>收费<span style='display:none'>棋牌</span></p>").lines == ("收费",)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>收费标准</p><p>每人30元</p>",
        "<p>收费<br>标准</p> <p><br></p> <p> </p>",
        "成员：<span>郭书 </span> <span>况立</span><div>里<p>层</p>外</div>尾",
        "<div><div>一<b>二</b>\n三</div><h3>四</h3></div><!-- 五 -->",
        "<section><p>&nbsp;缩进　全角</p></section>",
    ],
)
def test_paragraphs_need_no_mending(markup):
    tree = open_page(f"<div id=x>{markup}</div>".encode(), "").tree
    assert tree is not None
    body = tree.get_element_by_id("x")

    content = content_of(body)

    assert isinstance(content, Prose)
    assert content.lines == fragment_of(body).lines


@pytest.mark.parametrize(
    "markup",
    [
        "<a href=1>1</a>",
        "<img src=1>",
        "<table><tr><td>1</table>",
        "<p style='display:NONE'>1</p>",
        "<script>document.write('<a href=1.pdf>1</a>')</script>",
        "<div pdfsrc=1.pdf></div>",
        "<pre>1</pre>",
    ],
)
def test_what_is_more_than_paragraphs_is_mended(markup):
    tree = open_page(f"<div id=x><p>收费</p>{markup}</div>".encode(), "").tree
    assert tree is not None

    assert isinstance(content_of(tree.get_element_by_id("x")), Fragment)


def test_a_fragment_leaves_the_page_as_it_was():
    tree = open_page(b"<div><p><b>a</b>b</p></div>", "").tree
    assert tree is not None
    fragment_of(tree)

    assert tree.find(".//b") is not None


def test_links_mean_what_they_mean_to_a_browser() -> None:
    markup = (
        '<html><head><base href="/upload/"></head><body><div class="content"><h1>年度报告</h1>'
        '<p>全文见附件。</p><p><a href="2026.docx">年度报告全文.docx</a></p></div></body></html>'
    )

    (file,) = read_article(markup.encode(), "http://edu.example/xxgk/1.html").attachments

    assert file.url == "http://edu.example/upload/2026.docx"
