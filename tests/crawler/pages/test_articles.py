"""Shapes of article pages: every page here is invented, in the shape of real families."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from crawler.pages import articles, fragments
from crawler.pages.articles import read_article
from monitor.model import DateSource

SEEN = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # 2026-11-22 01:30 in Beijing
TITLE = "某县第一小学2024年秋季学期收费公示"
BODY = (
    "<p>根据上级文件要求，现将我校2024年秋季学期收费项目、标准和依据公示如下，请广大家长监督，"
    "如有疑问请于2024年9月10日前来电。</p><p>一、作业本费每生每学期三十元。</p>"
)
SIGNED = BODY + "<p>某县第一小学</p><p>2024年6月30日</p>"
JULY_4 = date(2024, 7, 4)


def page(body: str, head: str = "", url: str = "http://edu.example/a/1.html", seen_at=SEEN):
    markup = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    )
    return read_article(markup.encode(), url, seen_at=seen_at)


def under(dateline: str, body: str = SIGNED) -> str:
    """Return a page body: headline, dateline, text with other dates in it."""
    return f"<div class=main><h1>{TITLE}</h1>{dateline}<div class=con>{body}</div></div>"


#: name: (markup under the headline, where the date is found)
DATELINES = {
    "labelled, with a widget": (
        "<p>发布时间：2024-07-04 10:34 信息来源：某县政府办 阅读次数：386 字体：[大 中 小]</p>",
        DateSource.LABEL,
    ),
    "run together": (
        "<p>来源:某县教育局发布时间:2024-07-04 08:23文字大小:[  ]背景色:</p>",
        DateSource.LABEL,
    ),
    "time, source, author run together": (
        "<p>时间:2024-07-04来源:某县教育局作者: 点击:</p>",
        DateSource.LABEL,
    ),
    "blanks inside the labels": ("<p>来　源：办公室　时　间：2024年7月4日</p>", DateSource.LABEL),
    "DedeCMS": (
        "<div class=info><small>时间:</small>2024-07-04 10:34<small>来源:</small>未知"
        "<small>作者:</small>admin<small>点击:</small>12次</div>",
        DateSource.LABEL,
    ),
    "plain school line": ("<p>作者：办公室 点击：12 2024-07-04</p>", DateSource.DATELINE),
    "bare day under the headline": ("<div>2024-07-04</div>", DateSource.DATELINE),
    "bare day in brackets": ("<div>（2024年7月4日）</div>", DateSource.DATELINE),
    "bare day with time": ("<p>2024-07-04 08:17:00</p>", DateSource.DATELINE),
    "a name behind the day": ("<p>2024/07/04 10:34 某县教育局</p>", DateSource.DATELINE),
    "dots": ("<p>日期：2024.7.4</p>", DateSource.LABEL),
    "full-width digits": ("<p>发布日期：２０２４年７月４日</p>", DateSource.LABEL),
    "full-width dashes": ("<p>发布日期：２０２４－０７－０４</p>", DateSource.LABEL),
    "Chinese numerals": ("<p>发布日期：二〇二四年七月四日</p>", DateSource.LABEL),
    "no colon": ("<div>[发布时间2024年7月4日]</div>", DateSource.LABEL),
    "published on": ("<div>发布于 2024-07-04</div>", DateSource.LABEL),
    "WebPlus": (
        "<p class=arti_metas><span class=arti_publisher>发布者：校办</span>"
        "<span class=arti_update>发布时间：2024-07-04</span><span class=arti_views>浏览次数："
        "<span class=WP_VisitCount>10</span></span></p>",
        DateSource.LABEL,
    ),
    "UCAP": (
        "<div class=pages-date>2024-07-04 10:34<span class=font> 来源：某市教育局</span>"
        "<span class=font>【字体：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】</span>"
        "<a href=#>打印</a></div>",
        DateSource.DATELINE,
    ),
    "JCMS table": (
        "<table id=c><tr><td>发布日期：2024-07-04</td><td>信息来源：某市教育局</td>"
        "<td>浏览次数：</td></tr></table>",
        DateSource.LABEL,
    ),
    "label and value in cells": (
        "<table><tr><td>发布时间</td><td>2024-07-04</td><td>来源</td><td>某县教育局</td></tr></table>",
        DateSource.LABEL,
    ),
    "label and value in list entries": (
        "<ul><li>发布时间：</li><li>2024-07-04</li><li>来源：</li><li>某县教育局</li></ul>",
        DateSource.LABEL,
    ),
    "each field in an entry": (
        "<ul class=xinxi><li>时间：2024-07-04 16:22</li><li>来源：某县教育局</li></ul>",
        DateSource.LABEL,
    ),
    "updated before published": (
        "<p>更新时间：2024-08-01 发布时间：2024-07-04</p>",
        DateSource.LABEL,
    ),
    "written before published": (
        "<p>成文日期：2024-05-20 发布日期：2024-07-04 页面生成时间：2026-11-20 03:10:00</p>",
        DateSource.LABEL,
    ),
    "day glued to the time": ("<p>发布时间：2024-07-0410:34:00</p>", DateSource.LABEL),
    "torn by inline markup": (
        "<p>发布时间：<b>2024</b>年<b>07</b>月<b>04</b>日</p>",
        DateSource.LABEL,
    ),
    "English": ("<p>Published: July 4, 2024</p>", DateSource.LABEL),
}


@pytest.mark.parametrize("case", DATELINES)
def test_the_day_under_the_headline_is_the_day_of_publication(case):
    dateline, source = DATELINES[case]

    article = page(under(dateline))

    assert article.title == TITLE
    assert article.published is not None
    assert article.published.day == JULY_4
    assert article.published.source is source


@pytest.mark.parametrize(
    "dateline",
    [
        "",
        "<p>更新时间：2024-07-04</p>",
        "<p>最后更新：2024-07-04 10:34</p>",
        "<p>页面生成时间：2024-07-04</p>",
        "<p>成文日期：2024-07-04</p>",
        "<p>有效期至：2024-07-04</p>",
        "<p>今天是2024年7月4日 星期四</p>",
        "<p>会议时间：2024年7月4日</p>",
        "<p>时间：2024年7月4日 地点：学校三楼会议室</p>",
        "<p>时间：2024年7月4日</p><p>地点：学校三楼会议室</p>",
        "<p>发布时间：07-04</p>",
        "<p>发布时间：24-7-4</p>",
        "<p>发布时间：2024-07</p>",
        "<p>发布时间：2024-13-05</p>",
        "<p>发布时间：2024-02-30</p>",
        "<p>发布时间：1924-07-04</p>",
        "<p>发布时间：null</p>",
        "<p>发布时间：</p>",
        "<p>电话：2024-07-04-123</p>",
        "<ul><li><a href=1>上级通知一则</a> <span>2024-07-04</span></li></ul>",
        "<ul><li><a href=1>关于放假的通知 2024-07-04</a></li></ul>",
        "<p>Copyright 2015-2024</p>",
        "<script>document.write('2024-07-04')</script>",
        "<!-- 2024-07-04 -->",
    ],
)
def test_what_tells_no_day_of_publication_gives_none(dateline):
    assert page(under(dateline)).published is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p>今天是2026年11月22日 星期日</p><h1>{TITLE}</h1>{SIGNED}", "clock in the header"),
        (f"<h1>{TITLE}</h1>{SIGNED}<div>版权所有 2015-2026</div>", "copyright"),
        (f"<h1>{TITLE}</h1>{SIGNED}<div>最近更新：2024-07-04</div>", "updated, in the footer"),
        (
            f"<div><h1>{TITLE}</h1><div>{SIGNED}</div></div><div class=side><h3>通知公告</h3>"
            "<ul><li><a href=1>放假通知</a><span>2024-07-04</span></li></ul></div>",
            "sidebar behind",
        ),
        (
            "<div class=side><h3>通知公告</h3><ul><li><a href=1>放假通知</a><div>2024-07-04</div>"
            f"</li></ul></div><div><h1>{TITLE}</h1><div>{SIGNED}</div></div>",
            "sidebar in front",
        ),
        (
            f"<h1>{TITLE}</h1><div id=vsb_content><p>2024年7月4日</p>{BODY}</div>",
            "first line of the text",
        ),
        (f"<h1>{TITLE}（2024年7月4日）</h1>{BODY}", "in the headline"),
        (
            f"<h1>{TITLE}</h1><table><tr><td>周次</td><td>日期</td><td>内容</td></tr>"
            "<tr><td>一</td><td>2024-07-04</td><td>开学</td></tr>"
            "<tr><td>二</td><td>2024-07-11</td><td>上课</td></tr></table>",
            "a table of data",
        ),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)
def test_dates_of_other_things_are_not_the_day_of_publication(body, why):
    assert page(body, f"<title>{TITLE}-某县第一小学</title>").published is None, why


@pytest.mark.parametrize(
    ("headline", "dateline"),
    [
        ("关于暂停2019年1月9日证书发放的通知", "<p>发布时间：2024-07-04</p>"),
        ("2024年12月2日党政联席会议纪要", "<p>2024-07-04</p>"),
        ("收费公示（2024年4月17日更新）", "<p>来源：办公室 时间：2024-07-04</p>"),
    ],
)
def test_a_date_in_the_headline_does_not_hide_the_dateline(headline, dateline):
    article = page(f"<div><h2>{headline}</h2>{dateline}<div>{SIGNED}</div></div>")

    assert article.title == headline
    assert article.published is not None
    assert article.published.day == JULY_4


META = '<meta name="PubDate" content="2024-07-04 10:34">'


@pytest.mark.parametrize(
    "head",
    [
        META,
        '<meta name="pubdate" content="2024-07-04">',
        '<META NAME="publishdate" CONTENT="2024/7/4">',
        '<meta name="firstpublishedtime" content="2024-07-04-10:34:00">',
        '<meta property="article:published_time" content="2024-07-04T10:34:00+08:00">',
        '<meta property="article:published_time" content="2024-07-03T20:34:00Z">',
        '<meta name="PubDate" content="20240704">',
        '<meta name="PubDate" content="Thu, 04 Jul 2024 10:34:00 GMT">',
    ],
)
def test_a_meta_says_the_day_where_the_page_shows_none(head):
    published = page(under(""), head).published

    assert published is not None
    assert published.day == JULY_4
    assert published.source is DateSource.META


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="others" content="页面生成时间 2024-07-04 03:10:00">',
        '<meta name="PubDate" content="null">',
        '<meta name="PubDate" content="">',
        '<meta name="lastmodified" content="2024-07-04">',
        '<meta name="description" content="2024-07-04">',
    ],
)
def test_metas_of_other_things_say_nothing(head):
    assert page(under(""), head).published is None


def test_what_the_page_shows_goes_before_its_metas():
    shown = page(under("<p>发布时间：2024-07-04</p>"), '<meta name="PubDate" content="2024-07-09">')

    assert shown.published is not None
    assert shown.published.day == JULY_4


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://edu.example/zwgk/202407/t20240704_123.html", JULY_4),
        ("http://edu.example/art/2024/7/4/art_1_2.html", JULY_4),
        ("http://edu.example/zwgk/202407/123.html", None),
        ("http://edu.example/info/1021/20240704.htm", None),
    ],
)
def test_the_address_is_the_last_to_be_asked(url, day):
    alone = page(under(""), url=url).published
    beside = page(under("<p>发布时间：2024-07-09</p>"), url=url).published

    assert (alone.day if alone else None) == day
    assert beside is not None
    assert beside.day == date(2024, 7, 9)


@pytest.mark.parametrize("said", ["2062-02-06", "2026-11-24"])
def test_a_day_to_come_is_refused_and_not_replaced(said):
    article = page(
        under(f"<p>发布时间：{said}</p>"), url="http://edu.example/zwgk/202407/t20240704_123.html"
    )

    assert article.published is None


def test_tomorrow_may_be_a_matter_of_clocks():
    published = page(under("<p>发布时间：2026-11-23</p>")).published

    assert published is not None
    assert published.day == date(2026, 11, 23)


def test_without_the_moment_of_the_visit_a_future_day_stands():
    published = page(under("<p>发布时间：2028-03-01</p>"), seen_at=None).published

    assert published is not None
    assert published.day == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("发布时间：昨天 14:30", date(2026, 11, 21)),
        ("3小时前", date(2026, 11, 21)),
        ("发布于 2天前", date(2026, 11, 20)),
    ],
)
def test_relative_times_need_the_moment_of_the_visit(said, day):
    published = page(under(f"<p>{said}</p>")).published

    assert published is not None
    assert (published.day, published.source) == (day, DateSource.RELATIVE)
    assert page(under(f"<p>{said}</p>"), seen_at=None).published is None


TABLE = """<table class="table_suoyin"><tr><th>索 引 号：</th><td>003247564/202407-00103</td>
<th>组配分类：</th><td>教育收费</td></tr><tr><th>发布机构：</th><td>某县教育局</td><th>发布日期：</th>
<td>2024-07-04 10:06</td></tr><tr><th>发文字号：</th><td>某教〔2024〕12号</td><th>成文日期：</th>
<td>2024-05-20</td></tr><tr><th>信息来源：</th><td>某县教育局</td><th>有效性：</th><td>有效</td></tr>
</table>"""
LIST_BLOCK = """<ul><li><b>索引号：</b>003247564/202407-00103</li>
<li><b>发布机构：</b>某县教育局</li><li><b>成文日期：</b>2024年05月20日</li><li><b>发布日期：</b>2024年07月04日</li>
<li><b>文号：</b>某教〔2024〕12号</li><li><b>信息来源：</b>某县教育局</li></ul>"""


@pytest.mark.parametrize("block", [TABLE, LIST_BLOCK], ids=["table", "list"])
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_the_metadata_block_is_read_above_or_below_the_headline(block, above):
    headline = f"<h1>{TITLE}</h1>"
    article = page((block + headline if above else headline + block) + f"<div>{SIGNED}</div>")

    assert article.title == TITLE
    assert article.published is not None
    assert article.published.day == JULY_4
    assert article.written_on == date(2024, 5, 20)
    assert article.index_no == "003247564/202407-00103"
    assert article.doc_no == "某教〔2024〕12号"
    assert article.publisher == "某县教育局"
    assert article.source == "某县教育局"


@pytest.mark.parametrize("placeholder", ["", "--", "----", "〔〕号", "无", "null", "&nbsp;"])
def test_a_placeholder_is_not_filled_in(placeholder):
    block = TABLE.replace("某教〔2024〕12号", placeholder).replace("003247564/202407-00103", "--")

    article = page(f"{block}<h1>{TITLE}</h1><div>{SIGNED}</div>")

    assert (article.doc_no, article.index_no) == ("", "")


@pytest.mark.parametrize(
    ("line", "doc_no"),
    [
        pytest.param("启教发〔2024〕15号", "启教发〔2024〕15号", id="alone in its line"),
        pytest.param("启教发[2024]15号文件已废止", "", id="words about it"),
        pytest.param("（2024）15号", "", id="nobody's"),
    ],
)
def test_a_document_number_needs_no_label_under_the_headline(line, doc_no):
    assert page(under(f"<p>2024-07-04 10:00</p><p>{line}</p>")).doc_no == doc_no


def test_the_day_a_document_was_issued_is_no_publication_without_a_time_of_day():
    block = TABLE.replace("发布日期：", "发文日期：")

    with_time = page(f"{block}<h1>{TITLE}</h1><div>{SIGNED}</div>")
    without = page(f"{block.replace(' 10:06', '')}<h1>{TITLE}</h1><div>{SIGNED}</div>")

    assert with_time.published is not None
    assert with_time.published.day == JULY_4
    assert without.published is None


TITLES = {
    "h1": f"<h1>{TITLE}</h1><p>发布时间：2024-07-04</p>",
    "class only": f"<div class=arti_title>{TITLE}</div><p>发布时间：2024-07-04</p>",
    "above the dateline only": f"<p>{TITLE}</p><p>时间：2024-07-04 来源：校办</p>",
    "in a layout table": (
        f"<table><tr><td>{TITLE}</td></tr><tr><td>2024-07-04 10:34</td></tr></table>"
    ),
    "broken by br": ("<h1>某县第一小学<br>2024年秋季学期收费公示</h1><p>发布时间：2024-07-04</p>"),
    "inline fonts": (
        "<h1><font>某县第一</font><b>小学</b>2024年秋季学期收费公示</h1><p>2024-07-04</p>"
    ),
    "site's name in h1 first": (
        f"<h1>某县第一小学</h1><h2>{TITLE}</h2><p>发布时间：2024-07-04</p>"
    ),
    "column's name as a heading": (
        f"<h2>收费信息</h2><p>当前位置：首页 > 信息公开 > 收费信息</p><h3>{TITLE}</h3>"
        "<p>发布时间：2024-07-04</p>"
    ),
    "date left to a script": (
        f"<div>{TITLE}</div><p>时间：<script>show()</script> 来源：校办 点击：</p>"
    ),
    "hidden decoy": (
        f"<h1 style='display:none'>棋牌下载</h1><h2>{TITLE}</h2><p>发布时间：2024-07-04</p>"
    ),
    "linked row above": (
        f"<ul><li><a href=1>放假通知</a><div>2024-01-01</div></li></ul><h1>{TITLE}</h1>"
        "<p>发布时间：2024-07-04</p>"
    ),
}


@pytest.mark.parametrize("case", TITLES)
@pytest.mark.parametrize(
    "head",
    ["", "<title>某县第一小学</title>", "<title>收费信息-某县第一小学</title>"],
    ids=["no title", "site as title", "column as title"],
)
def test_the_headline_is_found_without_the_help_of_title_and_metas(case, head):
    article = page(f"<div>{TITLES[case]}<div>{SIGNED}</div></div>", head)

    assert article.title.replace(" ", "") == TITLE


@pytest.mark.parametrize("mark", ["-", "_", " - ", "|", "——", "–"])
def test_the_site_is_taken_off_the_title_of_the_document(mark):
    article = page(f"<div>{SIGNED}</div>", f"<title>{TITLE}{mark}某县第一小学</title>")

    assert article.title == TITLE


def test_the_meta_names_the_article_where_no_line_does():
    head = f'<title>某县第一小学</title><meta name="ArticleTitle" content="{TITLE}">'

    assert page(f"<div>{SIGNED}</div>", head).title == TITLE


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        (
            "<p>当前位置：<a href=/>首页</a> > <a href=/x>信息公开</a> > 收费</p>",
            "首页 > 信息公开 > 收费",
        ),
        ("<p>您的位置: 首页 >> 信息公开 >> 正文</p>", "首页 > 信息公开"),
        ("<p>您现在的位置：首页-信息公开</p>", "首页 > 信息公开"),
        ("<p>当前位置： 首页 - 信息公开 - 收费</p>", "首页 > 信息公开 > 收费"),
        ("<p>首页 · 信息公开 · 收费</p>", "首页 > 信息公开 > 收费"),
        ("<p>你所在的位置：首页 / 信息公开</p>", "首页 > 信息公开"),
        ("<p>您的位置: 首页信息公开 > 收费</p>", "首页 > 信息公开 > 收费"),
        (
            "<ul class=crumb><li>当前位置：</li><li><a href=/>首页</a></li>"
            "<li><a href=/x>信息公开</a></li></ul>",
            "首页 > 信息公开",
        ),
        (f"<p>当前位置：首页 » 信息公开 » {TITLE}</p>", "首页 > 信息公开"),
        ("<p>首页</p>", ""),
    ],
)
def test_the_breadcrumb_is_the_column_path(markup, path):
    assert page(markup + under("<p>发布时间：2024-07-04</p>")).column_path == path


@pytest.mark.parametrize(
    ("dateline", "source"),
    [
        ("来源：某县教育局 发布时间：2024-07-04", "某县教育局"),
        ("信息来源: 某县教育局 | 2024-07-04", "某县教育局"),
        ("发布时间：2024-07-04 稿源：某报 打印 关闭", "某报"),
        ("来源： 发布时间：2024-07-04", ""),
        ("来源：-- 发布时间：2024-07-04", ""),
        ("发布时间：2024-07-04 来源：省普法办、某厅【字体：大 中 小】", "省普法办、某厅"),
    ],
)
def test_the_source_is_read_from_the_dateline(dateline, source):
    assert page(under(f"<p>{dateline}</p>")).source == source


def test_money_has_sources_too():
    body = "<p>资金来源：学校自筹</p>" + SIGNED

    assert page(under("<p>发布时间：2024-07-04</p>", body)).source == ""


# --- text, tables, attachments, images -------------------------------------------------


def test_the_text_is_the_body_without_the_furniture():
    article = page(
        under("<p>发布时间：2024-07-04 点击：12</p>")
        + "<p>【打印】【关闭】</p><p>上一篇：<a href=0>旧闻</a></p><div>版权所有：某小学</div>"
    )

    assert article.text.startswith("根据上级文件要求")
    assert article.text.endswith("2024年6月30日")


def test_a_flat_page_gives_its_text_as_well():
    article = page(
        f"<div><h1>{TITLE}</h1><p>发布时间：2024-07-04</p>{BODY}<p>上一篇：旧闻</p></div>"
    )

    assert article.text.splitlines()[0].startswith("根据上级文件要求")
    assert article.text.splitlines()[-1] == "一、作业本费每生每学期三十元。"


def test_a_counter_written_by_a_script_ends_no_dateline():
    dateline = "<p>发布时间：2024-07-04 点击：[<script>clicks(7)</script>] 次</p>"

    article = page(f"<form><h1>{TITLE}</h1>{dateline}{BODY}<p>上一篇：旧闻</p></form>")

    assert article.text.splitlines()[0].startswith("根据上级文件要求")


PAGER = "<ul><li>共{n}页:</li><li>上一页</li><li>1</li><li><a href=1_2.html>下一页</a></li></ul>"


@pytest.mark.parametrize(
    ("body", "goes_on"),
    [
        pytest.param(BODY, False, id="all of it is here"),
        pytest.param(BODY + PAGER.format(n=2), True, id="a second page"),
        pytest.param(BODY + PAGER.format(n=1), False, id="one page"),
        pytest.param(BODY + "<p><a>上一页</a> 1 <a>2</a> <a>下一页</a></p>", True, id="numbers"),
        pytest.param("<p>收费标准详见附件。</p>", True, id="a file nobody finds"),
        pytest.param(BODY + "<p>附件：收费公示表</p>", True, id="a file that is named"),
        pytest.param(BODY + "<p>附件：</p><p>没有附件</p>", False, id="there is none"),
        pytest.param("<p>详见附件。</p><a href=a.pdf>公示表</a>", False, id="the file is found"),
    ],
)
def test_a_text_may_go_on_elsewhere(body, goes_on):
    article = page(under("<p>发布时间：2024-07-04</p>", body) + "<p>上一篇：旧闻</p>")

    assert article.goes_on is goes_on


def test_damaged_markup_still_gives_text_and_tables():
    body = (
        "<p>收费标准如下<table><tr><td>项目<td>标准<tr><td>作业本费<td>30<b>元</table>"
        "<p>举报电话：<font>12345</p></div></div></td>"
    )

    article = page(under("<p>发布时间：2024-07-04</p>", body))

    assert "收费标准如下" in article.text
    assert "举报电话：12345" in article.text
    assert article.tables == ((("项目", "标准"), ("作业本费", "30元")),)


def test_without_beautifulsoup_there_are_no_words(monkeypatch):
    empty = fragments.BeautifulSoup("", "lxml")
    monkeypatch.setattr(fragments, "BeautifulSoup", lambda *_, **__: empty)
    body = "<p>收费标准如下</p><table><tr><td>项目</td></tr></table><a href=a.pdf>收费公示.pdf</a>"

    article = page(under("<p>发布时间：2024-07-04</p>", body))

    assert article.title == TITLE  # lxml's part
    assert (article.text, article.tables, article.attachments, article.images) == ("", (), (), 0)


FILES = {
    "plain link": ('<a href="/files/a.pdf">收费公示.pdf</a>', "http://edu.example/files/a.pdf"),
    "upper case": ('<a href="a.PDF">公示</a>', "http://edu.example/a/a.PDF"),
    "query behind": ('<a href="a.xls?v=1">公示</a>', "http://edu.example/a/a.xls?v=1"),
    "WPS": ('<a href="a.wps">公示</a>', "http://edu.example/a/a.wps"),
    "OFD": ('<a href="a.ofd">公示</a>', "http://edu.example/a/a.ofd"),
    "VSB": (
        '附件【<a href="/system/_content/download.jsp?o=1&amp;wbfileid=7">公示.xls</a>】已下载',
        "http://edu.example/system/_content/download.jsp?o=1&wbfileid=7",
    ),
    "JCMS": (
        '<a href="/module/download/downfile.jsp?classid=0&filename=a1.pdf">公示</a>',
        "http://edu.example/module/download/downfile.jsp?classid=0&filename=a1.pdf",
    ),
    "FastDFS": (
        '<a href="/group1/M00/00/01/abc">公示</a>',
        "http://edu.example/group1/M00/00/01/abc",
    ),
    "WebPlus player": (
        '<div class="wp_pdf_player" pdfsrc="/_upload/article/files/a.pdf"></div>',
        "http://edu.example/_upload/article/files/a.pdf",
    ),
    "viewer in a frame": (
        '<iframe src="/pdfjs/viewer.html?file=%2Ffiles%2Fa.pdf"></iframe>',
        "http://edu.example/files/a.pdf",
    ),
    "embedded": ('<embed src="/files/a.pdf">', "http://edu.example/files/a.pdf"),
    "asked for by a script": (
        """<a href="javascript:;" onclick="openFile('/files/a.pdf')">公示</a>""",
        "http://edu.example/files/a.pdf",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_attachments_are_found(case):
    markup, url = FILES[case]

    article = page(under("<p>发布时间：2024-07-04</p>", f"<p>{markup}</p>"))

    assert [attachment.url for attachment in article.attachments] == [url]


def test_attachments_behind_the_body_belong_to_it():
    article = page(
        f"<div><h1>{TITLE}</h1><p>2024-07-04</p><div>{SIGNED}</div>"
        "<div class=fj>附件：<a href='/files/a.pdf'>收费公示.pdf</a></div></div>"
    )

    assert [attachment.name for attachment in article.attachments] == ["收费公示.pdf"]


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        pytest.param(
            """'<p>附件：<a href="./P1.pdf">清单.pdf<br></a></p>'""", ["清单.pdf"], id="link"
        ),
        pytest.param(
            """'<a href=\\"a.doc\\">表一<a href=b.doc>表二'""", ["表一", "表二"], id="two"
        ),
        pytest.param("""'<a href="' + file + '">清单.pdf</a>'""", [], id="put together"),
        pytest.param("""'<a href="">清单.pdf</a>'""", [], id="no address"),
        pytest.param("""'<a href="more.html">更多</a>'""", [], id="a page"),
    ],
)
def test_a_file_may_be_linked_by_a_script(markup, names):
    script = f"<script>if (n > 0 && ok) {{ document.write({markup}); }}</script>"
    inside = page(under("<p>发布时间：2024-07-04</p>", f"<p>详见附件</p><br>{script}"))
    behind = page(under("<p>发布时间：2024-07-04</p>", f"<div><p>详见附件</p></div>{script}"))

    assert [file.name for file in inside.attachments] == names
    assert [file.name for file in behind.attachments] == names


def test_pages_are_not_attachments():
    body = (
        BODY
        + "<a href='1.html'>相关通知</a><a href='mailto:a@b.example'>邮箱</a><a href='#'>顶</a>"
    )

    assert page(under("<p>2024-07-04</p>", body)).attachments == ()


@pytest.mark.parametrize(
    ("body", "images"),
    [
        ("<p><img src='/upload/0704.jpg'></p>", 1),
        ("<p>见下图。</p><p><img src='1.jpg'></p><p><img src='2.png'></p>", 2),
        (BODY + "<img src='/images/icon_pdf.gif'><a href='a.pdf'>公示</a>", 0),
        (BODY, 0),
    ],
    ids=["only a picture", "words and pictures", "icon of a file", "words"],
)
def test_pictures_that_may_hold_words_are_counted(body, images):
    assert page(under("<p>发布时间：2024-07-04</p>", body)).images == images


def test_pictures_beside_the_only_paragraph_are_counted():
    markup = f"<div><h1>{TITLE}</h1><p>2024-07-04</p><p>见下图。</p><p><img src='1.jpg'></p></div>"

    assert page(markup).images == 1


# --- plain text and mirrors ------------------------------------------------------------


def plain(lines: str):
    return read_article(lines.encode(), "http://edu.example/a/1.html")


def test_a_page_of_plain_text_is_read_by_its_lines():
    article = plain(
        "当前位置:网站首页 > 信息公开 > 某县政府办 > 监督保障\n\n某县教育局:围绕“三个坚持”发力\n\n"
        "发布时间:2024-07-04 10:34 信息来源:某县政府办 阅读次数: 字体:[    ]我要纠错"
    )

    assert article.title == "某县教育局:围绕“三个坚持”发力"
    assert article.published is not None
    assert article.published.day == JULY_4
    assert article.source == "某县政府办"
    assert article.column_path == "网站首页 > 信息公开 > 某县政府办 > 监督保障"


def test_pinyin_glosses_and_traditional_script_do_not_hide_the_labels():
    article = plain(
        "索引號 003247564/202407-00103 組配分類 專項工作\n"
        "發(fā)布機(jī)構(gòu) 某市教育體育局 發(fā)文日期 2024-07-04 10:06\n"
        "發(fā)布文號 關(guān)鍵詞 工作推進(jìn)\n"
        "信息來源 某市教育體育局 主題導(dǎo)航 綜合政務(wù)\n"
        "信息名稱 某市教體局收費(fèi)公示 內(nèi)容概述 現(xiàn)將收費(fèi)公示如下\n\n"
        "某市教體局收費(fèi)公示"
    )

    assert article.title == "某市教體局收費公示"
    assert article.published is not None
    assert article.published.day == JULY_4
    assert article.index_no == "003247564/202407-00103"
    assert article.source == article.publisher == "某市教育體育局"
    assert article.doc_no == ""


def test_dates_of_related_articles_are_not_the_mirrors_own():
    article = plain(
        "- 相關(guān)推薦\n教育局信息公開工作報告\n"
        + "本年度報告依據(jù)條例和實(shí)施辦法編制，內(nèi)容如下。" * 4
        + "\n一、概述\n【教育局信息公開工作報告】相關(guān)文章:\n"
        + "教育局工作報告05-07\n陽光高考05-09"
    )

    assert article.title == "教育局信息公開工作報告"
    assert article.published is None


# --- any bytes -------------------------------------------------------------------------

HOSTILE = {
    "nothing": b"",
    "blanks": b" \r\n\t",
    "nul": b"\0" * 2000,
    "only a comment": b"<!-- x -->",
    "only a declaration": b'<?xml version="1.0" encoding="gb2312"?>',
    "only a doctype": b"<!DOCTYPE html>",
    "a picture": bytes(range(256)) * 40,
    "an open tag": b"<a " * 20_000,
    "deep": b"<div>" * 20_000 + b"2024-07-04",
    "deep inline": b"<b>" * 20_000 + b"x",
    "a frameset": b"<html><frameset><frame src=a></frameset></html>",
    "no blocks": "发布时间：2024-07-04".encode(),
    "wide": "<html><body><h1>公示</h1></body></html>".encode("utf-16"),
    "bad addresses": b"<h1>x</h1><p>2024-07-04</p><p><a href='http://[.pdf'>a</a></p>",
    "entities": b"<p>&#0;&#xFFFF;&#xD800;&#99999999;&nbsp;</p>",
    "colons": ("：" * 5000).encode(),
    "labels": ("发布时间：" * 2000).encode(),
    "digits": ("2024-" * 5000).encode(),
    "arrows": (">" * 5000).encode(),
    "a table without end": b"<table><tr><td>" * 3000,
}


def read_all(body: bytes) -> None:
    article = read_article(body, "http://edu.example/", "text/html; charset=x-unknown")
    _ = (article.title, article.text, article.tables, article.attachments, article.images)


@pytest.mark.parametrize("case", HOSTILE)
def test_no_bytes_make_it_raise(case):
    read_all(HOSTILE[case])


def test_no_damage_makes_it_raise():
    chance = random.Random(4)
    whole = (
        TABLE + under("<p>发布时间：2024-07-04 来源：某县教育局</p>") + FILES["VSB"][0]
    ).encode()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read_all(bytes(damaged[: chance.randrange(len(damaged))]))


def test_the_body_is_not_read_before_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(articles.Body, "_content", property(lambda _: pytest.fail("was read")))

    assert page(under("<p>发布时间：2024-07-04</p>")).title == TITLE
