from __future__ import annotations

import pytest

from crawler.pages.articles import read_article
from crawler.pages.fragments import Fragment, Prose, content_of, fragment_of
from crawler.pages.text import open_page


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
