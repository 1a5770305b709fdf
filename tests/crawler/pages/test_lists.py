"""List pages: what is an entry, what is furniture, and what a page without entries says."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.pages.lists import End, Listing, Shape, listing_of, read_list
from crawler.pages.text import open_page
from monitor.model import DateSource

HOST = "http://www.school.example"
FOLDER = f"{HOST}/xxgk/sfgs/"
URL = f"{FOLDER}index.html"
SEEN_AT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))
DATED = [
    ("2026年秋季学期收费项目公示", "2026-09-01"),
    ("关于课后服务收费标准的公告", "2026-06-18"),
    ("食堂伙食费收支情况公示", "2026-03-02"),
]
TITLES = [title for title, _ in DATED]
UNDATED = [(title, None) for title in TITLES]


def page(main: str, *, before: str = "", after: str = "") -> bytes:
    """A school's page with menu, breadcrumb and footer around ``main``."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>收费公示-启明小学</title></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li>
<li><a href="/xxgk/">信息公开</a></li><li><a href="/xwzx/">新闻中心</a></li></ul></div>
{before}
<div class="content"><div class="dqwz">当前位置：<a href="/">首页</a> &gt;
<a href="/xxgk/">信息公开</a> &gt; <a href="./">收费公示</a></div>{main}</div>
{after}
<div class="footer"><ul><li><a href="http://www.gov.example/">县人民政府</a></li>
<li><a href="http://jyj.gov.example/">县教育体育局</a></li></ul>
<p>版权所有 2015-2026 启明小学</p></div></body></html>""".encode()


def read(main: str, url: str = URL, **around: str) -> Listing:
    return read_list(page(main, **around), url, seen_at=SEEN_AT)


def rows(shape: str) -> str:
    """Three rows of one ``shape``: {a} is the usual link, {n} its number, {y}-{m}-{d} the day."""
    filled = []
    for n, (title, day) in enumerate(DATED, start=1):
        y, m, d = day.split("-")
        link = f'<a href="t{n}.html">{title}</a>'
        filled.append(shape.format(a=link, n=n, title=title, day=day, y=y, m=m, d=d))
    return "\n".join(filled)


def told(listing: Listing) -> list[tuple[str, str | None]]:
    return [
        (entry.title, entry.published.day.isoformat() if entry.published else None)
        for entry in listing.entries
    ]


LI = "<li>{a}<span>{day}</span></li>"
#: what is around the rows | one row
SHAPES = {
    "li with span": "<ul>@</ul>|<li>{a}<span>{day}</span></li>",
    "date before": "<ul>@</ul>|<li><span>{day}</span>{a}</li>",
    "date in brackets": "<ul>@</ul>|<li>{a} [{day}]</li>",
    "date in the link": '<ul>@</ul>|<li><a href="t{n}.html">{title}<i>{day}</i></a></li>',
    "date glued to the title": '<ul>@</ul>|<li><a href="t{n}.html">{title}({day})</a></li>',
    "date in the title attribute": (
        '<ul>@</ul>|<li><a href="t{n}.html" title="{title} {day}">{title}</a></li>'
    ),
    "Chinese date": "<ul>@</ul>|<li>{a}<em>{y}年{m}月{d}日</em></li>",
    "slashes and a time": "<ul>@</ul>|<li>{a}<i>{y}/{m}/{d} 10:34:00</i></li>",
    "day over year-month": "<ul>@</ul>|<li><div><b>{d}</b><i>{y}-{m}</i></div>{a}</li>",
    "split inside the link": (
        '<ul>@</ul>|<li><a href="t{n}.html"><div><b>{d}</b><p>{y}/{m}</p></div>'
        '<div class="title">{title}</div></a></li>'
    ),
    "year under month-day": "<ul>@</ul>|<li><p><span>{m}-{d}</span><em>{y}</em></p>{a}</li>",
    "table rows": "<table>@</table>|<tr><td>·</td><td>{a}</td><td>{day}</td></tr>",
    "table with head": (
        "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>@</table>|"
        "<tr><td>{n}</td><td>{a}</td><td>{day}</td></tr>"
    ),
    "table with 成文日期 too": (
        "<table><thead><tr><th>名称</th><th>成文日期</th><th>发布日期</th></tr></thead>"
        "<tbody>@</tbody></table>|<tr><td>{a}</td><td>2020-01-0{n}</td><td>{day}</td></tr>"
    ),
    "dl rows": "<div>@</div>|<dl><dt>{a}</dt><dd>{day}</dd></dl>",
    "dt and dd in one dl": "<dl>@</dl>|<dt>{a}</dt><dd>{day}</dd>",
    "bare links and breaks": "<div>@</div>|{a} <span>{day}</span><br>",
    "dates before bare links": "<div>@</div>|<span>{day}</span> {a}<br>",
    "cards": (
        '<div>@</div>|<a class="box" href="t{n}.html"><h3>{title}</h3>'
        "<p>本校按文件要求公示…</p><span>{day}</span></a>"
    ),
    "cards with a picture": (
        '<ul>@</ul>|<li><a href="t{n}.html"><img src="{n}.jpg"></a><div><h4>{a}</h4>'
        "<p>摘要：2019年1月1日起执行的旧标准同时废止，请家长知悉。</p>"
        '<span>发布时间：{day}</span><a href="t{n}.html">[详情]</a></div></li>'
    ),
    "column name before the title": (
        '<ul>@</ul>|<li><a href="../">[收费]</a>{a}<span>{day}</span></li>'
    ),
    "label and clicks beside the day": (
        "<ul>@</ul>|<li>{a}<span>日期：{day} 点击：103{n}</span></li>"
    ),
    "update day is not the day": (
        "<ul>@</ul>|<li>{a}<span>更新时间：2026-11-01</span><span>发布时间：{day}</span></li>"
    ),
    "words in a font of their own": (
        '<ul>@</ul>|<li><a href="t{n}.html"><font>{title}</font></a><span>{day}</span></li>'
    ),
    "commented-out dates": (
        "<ul>@</ul>|<li>{a}<!--span>2001-01-01</span--><span>{day}</span></li>"
    ),
    "hidden rows of 博达": (
        '<ul>@</ul>|<li id="line_u9_{n}" style="display:none">{a}<span>{day}</span></li>'
    ),
    "hidden data": ('<ul id="initData" style="display:none">@</ul>|<li>{a}<span>{day}</span></li>'),
    "CDATA records": (
        '<div><script type="text/xml"><datastore><recordset>@</recordset></datastore></script>'
        "</div>|<record><![CDATA[<li>{a}<span>{day}</span></li>]]></record>"
    ),
    "broken CDATA records": (
        '<div><script type="text/xml"><datastore>@</datastore></script></div>|<table><record>'
        "<![CDATA[<li style=<br/>{a}</b></td><span>{day}</span></li></table>]]></record>"
    ),
    "document.write": (
        '<script>@</script>|document.writeln("<li><a href=\\"a/{n}.html\\">{title}<\\/a>'
        '<span>{day}</span></li>");'
    ),
    "textarea": "<textarea><ul>@</ul></textarea>|<li>{a}<span>{day}</span></li>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_rows_of_any_shape_give_title_and_day(shape: str) -> None:
    around, row = shape.rsplit("|", 1)
    listing = read(around.replace("@", rows(row)))

    assert told(listing) == DATED
    assert listing.shape is Shape.LIST


def test_a_list_cut_into_groups_is_one_list() -> None:
    pair = '<li>{a}<span>{day}</span></li><li><a href="u{n}.html">{title}</a><b>{day}</b></li>'
    groups = "".join(
        f"<ul class='five'>{rows(pair)}</ul>".replace(".html", f"{n}.html") for n in range(20)
    )
    single = '<ul class="five"><li><a href="last.html">旧公示</a><span>2020-01-01</span></li></ul>'

    assert len(read(f"<div>{groups}{single}</div>").entries) == 121


LIST = f"<ul>{rows(LI)}</ul>"
NOTICE = "教育收费公示栏的通知"


@pytest.mark.parametrize(
    ("text", "attribute", "title"),
    [
        pytest.param("关于公布2026年收费…", "关于公布2026年收费项目的通知", None, id="cut short"),
        pytest.param(
            "关于公布2026年收费...", "点击查看", "关于公布2026年收费...", id="junk tooltip"
        ),
        pytest.param(NOTICE, "cssbody=[b] cssheader=[h] body=[x]", NOTICE, id="markup tooltip"),
        pytest.param(f"·{NOTICE}", "", NOTICE, id="bullet"),
        pytest.param(f"【置顶】{NOTICE}", "", NOTICE, id="pinned"),
        pytest.param(f"[置顶]{NOTICE}new", "", NOTICE, id="pinned and new"),
        pytest.param(f"1、{NOTICE}", "", NOTICE, id="number before"),
        pytest.param("<font color=red>教育收费</font>公示栏的通知", "", NOTICE, id="inline markup"),
        pytest.param("教育\n   收费公示栏的通知", "", "教育 收费公示栏的通知", id="line break"),
        pytest.param(
            "【研究生】导师变更申请表", "", "【研究生】导师变更申请表", id="bracketed words"
        ),
        pytest.param("关于2025年12月31日前缴费的通知", "", None, id="day inside the words"),
    ],
)
def test_a_title_is_told_whole_and_without_marks(
    text: str, attribute: str, title: str | None
) -> None:
    row = f'<li><a href="t0.html" title="{attribute}">{text}</a><span>2026-10-01</span></li>'
    listing = read(f"<ul>{row}{rows(LI)}</ul>")

    assert told(listing) == [(title or attribute or text, "2026-10-01"), *DATED]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        pytest.param(
            'href="./202609/t20260901_1.html"', f"{FOLDER}202609/t20260901_1.html", id="relative"
        ),
        pytest.param(
            'href="https://mp.weixin.qq.com/s/Ab-1"', "https://mp.weixin.qq.com/s/Ab-1", id="WeChat"
        ),
        pytest.param('href="/files/收费.pdf"', f"{HOST}/files/收费.pdf", id="file"),
        pytest.param(
            "href='javascript:;' onclick=\"go('./t1.html')\"", f"{FOLDER}t1.html", id="onclick"
        ),
        pytest.param("href=\"javascript:open('/info/5.htm')\"", f"{HOST}/info/5.htm", id="script"),
        pytest.param("href='javascript:;' onclick=\"go('12345')\"", "", id="opaque number"),
        pytest.param('href="javascript:;"', "", id="no address"),
        pytest.param('href="http://[bad/"', "", id="broken address"),
    ],
)
def test_an_entry_keeps_its_address_wherever_it_leads(link: str, url: str) -> None:
    first = f"<li><a {link}>{NOTICE}</a><span>2026-10-01</span></li>"

    assert read(f"<ul>{first}{rows(LI)}</ul>").entries[0].url == url


DAY_1 = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("address", "shown", "day", "source"),
    [
        pytest.param("a1.html", "09-01", None, None, id="no year"),
        pytest.param("t20260901_7.html", "09-01", DAY_1, DateSource.URL, id="year in the address"),
        pytest.param("t20260901_7.html", "09-02", None, None, id="address of another day"),
        pytest.param("t20260901_7.html", "", None, None, id="day only in the address"),
        pytest.param("a1.html", "昨天", date(2026, 11, 21), DateSource.RELATIVE, id="yesterday"),
        pytest.param("a1.html", "3天前", date(2026, 11, 19), DateSource.RELATIVE, id="days ago"),
        pytest.param("a1.html", "成文日期：2026-09-01", None, None, id="written on"),
        pytest.param("a1.html", "截止时间：2026-12-01", None, None, id="closing day"),
        pytest.param("a1.html", "2026-13-01", None, None, id="no such day"),
    ],
)
def test_a_day_is_read_or_left_out_never_guessed(
    address: str, shown: str, day: date | None, source: DateSource | None
) -> None:
    row = f'<li><a href="{address}">{{}}</a><span>{shown}</span></li>'
    listing = read("<ul>" + row.format(TITLES[0]) + rows(LI) + "</ul>")
    published = listing.entries[0].published

    assert (published.day if published else None) == day
    assert (published.source if published else None) == source


def test_without_the_moment_of_seeing_yesterday_is_no_day() -> None:
    main = rows('<li><a href="a{n}.html">{title}</a><span>昨天</span></li>')
    listing = read_list(page(f"<ul>{main}</ul>"), URL)

    assert told(listing) == UNDATED


def test_undated_rows_with_addresses_of_articles_are_entries() -> None:
    main = rows('<li><a href="../info/1021/45{n}.htm">{title}</a></li>')

    assert told(read(f"<ul>{main}</ul>")) == UNDATED


def test_pinned_entries_stay_in_their_place() -> None:
    old = '<li><b>[置顶]</b><a href="t0.html">收费公示制度</a><span>2021-03-01</span></li>'
    listing = read(f"<ul>{old}{rows(LI)}</ul>")

    assert told(listing) == [("收费公示制度", "2021-03-01"), *DATED]


def test_a_single_dated_row_is_a_list() -> None:
    row = '<li><a href="t20260901_1.html">收费公示</a><span>2026-09-01</span></li>'
    listing = read(f'<ul class="list">{row}</ul>')

    assert told(listing) == [("收费公示", "2026-09-01")]


def test_all_tabs_under_the_heading_are_read() -> None:
    row = '<li><a href="{n}{k}.html">{n}月收费公示表{k}</a><span>2026-0{n}-01</span></li>'
    tabs = "".join(
        f'<ul class="{state}">{row.format(n=n, k=1)}{row.format(n=n, k=2)}</ul>'
        for n, state in ((9, "on"), (8, ""), (7, ""))
    )
    bar = '<div class="tab"><span>九月</span><span>八月</span><span>七月</span></div>'

    assert len(read(f"{bar}<div>{tabs}</div>").entries) == 6


SIDEBAR = (
    '<div class="{cls}"><h3>{name}</h3><ul>'
    + rows('<li><a href="/xwzx/{n}.html">校园新闻之{title}</a><span>{day}</span></li>')
    + "</ul></div>"
)


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        ("sidebar", "栏目文章"),
        ("box", "热点推荐"),
        ("box", "最新更新"),
        ("box", "通知公告"),
        ("right-hot", "新闻"),
    ],
    ids=["by class", "hot", "latest", "another column", "hot by class"],
)
def test_a_sidebar_is_not_the_column(cls: str, name: str) -> None:
    side = SIDEBAR.format(cls=cls, name=name)
    beside_list = read(LIST, after=side)
    beside_nothing = read('<div class="list"><p>暂无内容</p></div>', after=side)

    assert told(beside_list) == DATED
    assert beside_nothing.entries == ()
    assert beside_nothing.shape is Shape.EMPTY


UNLABELLED = (
    "<ul>"
    + rows('<li><a href="/xwzx/{n}.html">校园新闻之{title}</a><span>{day}</span></li>')
    + "</ul>"
)
TRAIL = '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="./">收费公示</a></div>'
#: where a side list without a heading stands beside a column that shows nothing
BESIDE_NOTHING = {
    "before the breadcrumb": f'<div class="a">{UNLABELLED}</div><div class="b">{TRAIL}</div>',
    "in the other half": (
        f'<div class="con-left">{TRAIL}<div></div></div><div class="con-right">{UNLABELLED}</div>'
    ),
    "after an empty list": f'{TRAIL}<ul class="newslist"></ul><div class="b">{UNLABELLED}</div>',
    "after a notice": (
        f'<div class="a">{TRAIL}<p>暂无内容</p></div><div class="b">{UNLABELLED}</div>'
    ),
    "before a notice": (
        f'<div class="b">{UNLABELLED}</div><div class="a">{TRAIL}<p>暂无内容</p></div>'
    ),
}
#: the same places, and a list that is the column's own
OF_ITS_OWN = {
    "beside the side list": (
        f'<div class="a">{UNLABELLED}</div><div class="b">{TRAIL}<h2>收费公示</h2>{LIST}</div>'
    ),
    "in the half of the breadcrumb": (
        f'<div class="con-left">{TRAIL}{LIST}</div><div class="con-right">{UNLABELLED}</div>'
    ),
    "under the breadcrumb, halves below it": (
        f'{TRAIL}<div class="left"><p>校训</p></div><div class="right">{LIST}</div>'
    ),
    "under its heading, a notice above": (
        f"{TRAIL}<p>暂无附件下载</p><div><h2>收费公示</h2>{LIST}</div>"
    ),
    "in the half beside its menu": (
        '<div class="left"><ul><li><a href="/xxgk/zs/">招生</a></li><li><a href="./">收费公示</a>'
        f'</li></ul></div><div class="right">{TRAIL}{LIST}</div>'
    ),
    "cut into groups, the first empty": (
        f'{TRAIL}<ul class="list5"></ul>' + LIST.replace("<ul>", '<ul class="list5">')
    ),
    "above a notice": f"{TRAIL}{LIST}<p>暂无评论信息</p>",
    "before the breadcrumb, of the column's folder": f"<div>{LIST}</div>{TRAIL}",
}


def bare(main: str) -> Listing:
    markup = (
        "<html><head><meta charset=utf-8><title>收费公示-启明小学</title></head><body>"
        f"<div class='wrap'>{main}</div><div class='footer'><a href='/'>启明小学</a></div></body>"
    )
    return read_list(markup.encode(), URL, seen_at=SEEN_AT)


@pytest.mark.parametrize("main", BESIDE_NOTHING.values(), ids=BESIDE_NOTHING)
def test_a_side_list_without_a_heading_leaves_open_whether_the_column_is_empty(main: str) -> None:
    listing = bare(main)

    assert listing.shape is Shape.UNPLACED
    assert (listing.entries, listing.says_empty) == ((), "")


@pytest.mark.parametrize("main", OF_ITS_OWN.values(), ids=OF_ITS_OWN)
def test_a_list_of_the_columns_own_is_read_wherever_side_lists_stand(main: str) -> None:
    listing = bare(main)

    assert listing.shape is Shape.LIST
    assert told(listing) == DATED


@pytest.mark.parametrize(
    "phrase",
    [
        "暂无内容",
        "栏目建设中，敬请期待！",
        "没有找到相关信息",
        "共 0 条",
        "对不起，此栏目下没有内容",
    ],
)
def test_a_column_that_says_it_is_empty_is_believed(phrase: str) -> None:
    listing = read(f'<div class="list"><p>{phrase}</p></div>')

    assert listing.shape is Shape.EMPTY
    assert listing.says_empty == "".join(phrase.split())


@pytest.mark.parametrize(
    "main",
    [
        pytest.param("<script>if(!n){html='暂无数据';}</script>", id="in a script"),
        pytest.param('<div style="display:none">暂无数据</div>', id="hidden"),
        pytest.param('<div class="hide"><p>暂无数据</p></div>', id="hidden by class"),
        pytest.param("<a href='?result=暂无相关信息'>学校简介</a>", id="in an address"),
        pytest.param(
            "<p>正在建设中的三所学校将于明年建成，新增学位三千个以上。</p>", id="in prose"
        ),
        pytest.param("", id="nothing at all"),
    ],
)
def test_a_phrase_nobody_sees_says_nothing(main: str) -> None:
    listing = read(main)

    assert listing.says_empty == ""
    assert listing.shape is not Shape.EMPTY


def test_a_phrase_beside_entries_says_nothing() -> None:
    listing = read(f"{LIST}<p>暂无内容</p>")

    assert listing.shape is Shape.LIST
    assert listing.says_empty == ""


@pytest.mark.parametrize(
    "main",
    [
        pytest.param('<ul id="list"></ul><script>$.ajax({url:"/a"})</script>', id="a request"),
        pytest.param('<ul><li v-for="one in list">{{one.title}}</li></ul>', id="v-for"),
        pytest.param('<li><a href="{{url}}">{{title}}</a><span>{{date}}</span></li>', id="braces"),
        pytest.param('<div class="list">数据加载中...</div>', id="loading"),
        pytest.param('<div id="app"></div><script src="/js/app.js"></script>', id="application"),
        pytest.param(
            '<ul id="list"></ul><div>暂无数据</div><script>fetch("/a")</script>',
            id="phrase before the script ran",
        ),
    ],
)
def test_a_list_a_script_has_yet_to_fill_is_a_shell(main: str) -> None:
    listing = read(main)

    assert listing.entries == ()
    assert listing.shape is Shape.SHELL
    assert listing.says_empty == ""


def test_a_frame_of_the_same_host_is_named() -> None:
    listing = read(
        '<iframe src="right.html?cat=12"></iframe><iframe src="/tree.jsp"></iframe>'
        '<iframe src="http://tianqi.example/"></iframe>'
    )

    assert listing.shape is Shape.FRAME
    assert listing.frames == (f"{FOLDER}right.html?cat=12",)


def test_a_block_of_sub_columns_is_a_menu() -> None:
    listing = read(
        '<ul class="sub"><li><a href="xf/">学费</a></li><li><a href="hsf/">伙食费</a></li>'
        '<li><a href="zsf/">住宿费</a></li></ul>'
    )

    assert listing.shape is Shape.MENU
    assert listing.entries == ()
    assert listing.subcolumns[0] == ("学费", f"{FOLDER}xf/")


def test_a_menu_that_names_this_column_is_one_of_neighbours() -> None:
    listing = read(
        '<ul class="sub"><li><a href="/xxgk/sfgs/index.html">收费公示</a></li>'
        '<li><a href="/xxgk/sfgs/jgsz/">机构设置</a></li></ul>'
    )

    assert listing.subcolumns == ()


def test_hidden_links_to_other_hosts_are_no_entries() -> None:
    spam = rows('<li><a href="http://spam.example/{n}.html">{title}</a><span>{day}</span></li>')

    assert read(f'<ul style="display:none">{spam}</ul>').entries == ()


def test_neighbours_of_an_article_are_no_entries() -> None:
    listing = read(
        "<h1>收费公示</h1><p>正文</p><p><a href='1.html'>上一篇：旧公示 2026-01-01</a></p>"
        "<p><a href='3.html'>下一篇：新公示 2026-03-01</a></p>"
    )

    assert listing.entries == ()


def script(code: str) -> str:
    return f"<script>{code}</script>"


TRS = "createPageHTML({}, {}, 'index', 'html');"
UCAP = "createPageHTML('page_div', {}, {}, 'list', 'shtml', 176);"
PAGER = "Pager({size:25, current:0, prefix:'index', suffix:'htm'});"


@pytest.mark.parametrize(
    ("pager", "following", "end"),
    [
        pytest.param("", "", End.LAST, id="no pager"),
        pytest.param('<a href="list_2.html">下一页</a>', "list_2.html", End.MORE, id="word"),
        pytest.param('<a href="index_2.html">&gt;</a>', "index_2.html", End.MORE, id="arrow"),
        pytest.param(
            '<b>1</b><a href="?page=2">2</a> 第1页/共3页',
            "index.html?page=2",
            End.MORE,
            id="number",
        ),
        pytest.param('<a href="#">下一页</a> 共1页', "", End.LAST, id="only one page"),
        pytest.param('<a class="disabled" href="#">下一页</a>', "", End.LAST, id="disabled"),
        pytest.param('<a href="javascript:go(2)">下一页</a>', "", End.UNKNOWN, id="script link"),
        pytest.param(script(TRS.format(9, 0)), "index_1.html", End.MORE, id="TRS"),
        pytest.param(script(TRS.format(9, 8)), "", End.LAST, id="TRS last"),
        pytest.param(script(UCAP.format(9, 1)), "list_2.shtml", End.MORE, id="集约化"),
        pytest.param(script(UCAP.format(9, 9)), "", End.LAST, id="集约化 last"),
        pytest.param(script(PAGER), "index_1.htm", End.MORE, id="Pager"),
        pytest.param(
            script("var countPage = 25 //共\nvar currentPage = 1"),
            "index_2.html",
            End.MORE,
            id="countPage",
        ),
        pytest.param("<p>PGEg</p>" + script("p.innerHTML=atob(x)"), "", End.UNKNOWN, id="encoded"),
        pytest.param('<a href="index_2.html">2</a>', "index_2.html", End.MORE, id="bare numbers"),
        pytest.param('<a href="javascript:go(2)">2</a>', "", End.UNKNOWN, id="script numbers"),
        pytest.param('<button onclick="go()">下一页</button>', "", End.UNKNOWN, id="button"),
        pytest.param("<button disabled>下一页</button>", "", End.LAST, id="button at the end"),
        pytest.param('<div class="more">点击加载更多</div>', "", End.UNKNOWN, id="load more"),
        pytest.param('<a href="javascript:;">查看更多</a>', "", End.UNKNOWN, id="more by script"),
        pytest.param('<a href="/more/">查看更多</a>', "", End.LAST, id="a fuller list elsewhere"),
        pytest.param(
            "<select onchange=go()><option>1</option><option>2</option></select>",
            "",
            End.UNKNOWN,
            id="a choice of pages",
        ),
        pytest.param(
            "<select onchange=go()><option>2025</option><option>2026</option></select>",
            "",
            End.LAST,
            id="a choice of years",
        ),
        pytest.param('<div id="pagination"></div>', "", End.UNKNOWN, id="empty pager"),
        pytest.param("共3条 1/1 页", "", End.LAST, id="all counted"),
        pytest.param("共62条", "", End.UNKNOWN, id="more counted"),
        pytest.param('<a href="http://b.example/2.html">下一页</a>', "", End.LAST, id="other host"),
    ],
)
def test_the_next_page_is_found_or_said_to_be_unknown(pager: str, following: str, end: End) -> None:
    listing = read(f"{LIST}<div class='pages'>{pager}</div>")

    assert listing.next_page.removeprefix(FOLDER) == following
    assert listing.end is end


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00\xff\xfe", id="no text"),
        pytest.param(b"<", id="one sign"),
        pytest.param(b"<a href='http://[' onclick=>x</a>" * 50, id="broken links"),
        pytest.param(b"<div>" * 5000, id="deep"),
        pytest.param(b"<record><![CDATA[" * 500, id="open records"),
        pytest.param(b'{"data": [{"title": 1, "url": {}}]}', id="odd JSON"),
        pytest.param(b"[" * 3000, id="nested JSON"),
        pytest.param(b"document.write(" * 100, id="writes"),
        pytest.param(b"<script>a=<a /a>" + b'"\\' * 200_000 + b"</script>", id="open strings"),
        pytest.param(b"<script>a=[{a:" + b"'\\" * 200_000 + b"</script>", id="open lists"),
        pytest.param(b"<script>" + b"$.ajax({url:" * 50_000 + b"</script>", id="open calls"),
        pytest.param(b"<record><item><![CDATA[" * 20_000, id="open records"),
        pytest.param("<ul>".encode("utf-16") + b"\x81", id="mixed"),
        pytest.param(b"<table><tr><td><a href=x>" * 300, id="open tables"),
    ],
)
def test_no_bytes_whatever_raise(body: bytes) -> None:
    assert isinstance(read_list(body, URL, "text/html", seen_at=SEEN_AT), Listing)


def test_a_list_of_data_is_read_like_a_page() -> None:
    results = [
        {"title": title, "url": f"/a/{n}/content.shtml", "publishedTimeStr": f"{day} 08:00:00"}
        for n, (title, day) in enumerate(DATED)
    ]
    body = json.dumps({"code": 200, "data": {"results": results}}).encode()

    assert told(read_list(body, f"{HOST}/common/search/1?page=1")) == DATED


def test_the_signature_names_the_block_not_its_content() -> None:
    first, second = read(LIST), read(LIST.replace("t1.html", "t9.html").replace("食堂", "校车"))

    assert first.signature
    assert first.signature == second.signature
    assert first.signature != read(LIST.replace("ul>", "ol>")).signature


def test_a_row_that_swallowed_another_keeps_its_own_day():
    first, second, third = (
        f'<td><a href="t{n}.html">{title}</a></td><td><i>{day}</i></td>'
        for n, (title, day) in enumerate(DATED, start=1)
    )
    swallowed, own = (f"<td><table><tr>{row}</tr></table></td>" for row in (third, first))

    listing = read(f"<table><tr>{swallowed}{own}</tr><tr>{second}</tr></table>")

    assert told(listing) == DATED[:2]


# --- the page after a page ----------------------------------------------------------------

OLDER = '<ul class="list"><li><a href="t9.html">2019年秋季学期收费项目公示</a> 2019-09-01</li></ul>'
HEAVIER = "<h3>热点新闻</h3><ol>{}</ol>".format(
    "".join(
        f"<li><a href=/news/t{n}.html>{n}号新闻说的是别的事情</a> 2026-10-0{n}</li>"
        for n in range(1, 9)
    )
)


def after(first: str, main: str) -> Listing:
    """The page ``main`` read as the one that follows ``first``."""
    before = read(first)
    assert before.is_plain
    return listing_of(open_page(page(main), f"{FOLDER}index_1.html"), before=before)


def test_what_follows_is_read_where_the_list_stood() -> None:
    first = LIST.replace("<ul>", '<ul class="list">')

    assert [entry.url for entry in after(first, OLDER + HEAVIER).entries] == [f"{FOLDER}t9.html"]


@pytest.mark.parametrize("main", [LIST, LIST.replace("ul>", "ol>"), LIST + HEAVIER])
def test_a_page_read_as_the_next_is_the_page_read_by_itself(main: str) -> None:
    url = f"{FOLDER}index_1.html"
    alone = listing_of(open_page(page(main), url))

    following = after(LIST, main)

    assert following.entries == alone.entries
    assert (following.end, following.next_candidates) == (alone.end, alone.next_candidates)


def test_two_lists_at_one_path_are_weighed_again() -> None:
    twice = LIST + "<h3>友情链接</h3>" + LIST.replace("t1.html", "t7.html")

    assert not read(twice).is_plain


def test_the_family_of_the_page_before_is_kept_and_an_address_may_tell_another() -> None:
    before = read(LIST + "<script>createPageHTML(3, 0, 'index', 'html')</script>")

    same = listing_of(open_page(page(LIST), f"{FOLDER}index_1.html"), before=before)
    other = listing_of(open_page(page(LIST), f"{HOST}/col/col12/index.html"), before=before)

    assert (before.platform, same.platform, other.platform) == ("trs", "trs", "jcms")


# --- sites of other languages -----------------------------------------------------------

WORDS = ("Tarifs de la cantine", "Inscriptions 2026", "Rapport annuel", "Compte rendu", "Menus")
DAYS = ("24/06/2026", "05/06/2026", "11/05/2026", "02/04/2026", "30/03/2026")


def elsewhere(row: str, days: tuple[str, ...] = DAYS, pager: str = "") -> Listing:
    rows = "".join(
        row.format(title=title, day=day, n=n)
        for n, (title, day) in enumerate(zip(WORDS, days, strict=True))
    )
    body = f"<html><body><h1>Actualités</h1><div class='list'>{rows}</div>{pager}</body></html>"
    return read_list(body.encode(), "http://school.example/actualites/")


@pytest.mark.parametrize(
    "row",
    [
        "<article><h2><a href='/actualites/a-{n}'>{title}</a></h2><time>{day}</time></article>",
        "<div class='views-row'><span>{day}</span><a href='/actualites/a-{n}'>{title}</a></div>",
        "<li><a href='/a/a-{n}'>{title}</a> {day} <a href='/a/a-{n}'>Lire la suite</a></li>",
    ],
    ids=["articles", "rows of a view", "with a second link"],
)
def test_days_with_the_year_last_are_read_where_the_list_shows_their_order(row: str) -> None:
    found = elsewhere(row)

    assert [entry.title for entry in found.entries] == list(WORDS)
    assert [str(entry.published.day) for entry in found.entries if entry.published] == [
        *("2026-06-24", "2026-06-05", "2026-05-11", "2026-04-02", "2026-03-30")
    ]


@pytest.mark.parametrize(
    ("days", "certain"),
    [
        (("04/06/2026", "05/06/2026", "11/05/2026", "02/04/2026", "03/03/2026"), ()),
        (("24/06/2026", "06/24/2026", "11/05/2026", "02/04/2026", "30/03/2026"), (0, 1, 4)),
    ],
    ids=["no row tells", "rows contradict each other"],
)
def test_an_order_nothing_proves_gives_no_day(
    days: tuple[str, ...], certain: tuple[int, ...]
) -> None:
    found = elsewhere("<li><a href='/a/a-{n}'>{title}</a><span>{day}</span></li>", days)

    assert len(found.entries) == len(WORDS)
    dated = tuple(place for place, entry in enumerate(found.entries) if entry.published)
    assert dated == certain  # there is no month 24


@pytest.mark.parametrize(
    "word",
    ["Page suivante", "Weiter", "Next »", "次へ", "다음", "След.", "Siguiente", "Older posts"],
)
def test_the_next_page_is_known_by_its_word_in_other_languages(word: str) -> None:
    row = "<li><a href='/a/a-{n}'>{title}</a><span>{day}</span></li>"

    found = elsewhere(row, pager=f"<div><a href='/actualites/?page=2'>{word}</a></div>")

    assert found.linked == ("http://school.example/actualites/?page=2",)


def test_the_head_of_a_page_tells_its_next_one() -> None:
    found = read_list(
        b"<html><head><link rel='next' href='/news/page/2/'></head><body><ul>"
        b"<li><a href='/news/2026/03/01/a.html'>Fees of the spring term</a> 2026-03-01</li>"
        b"<li><a href='/news/2026/02/01/b.html'>Fees of the winter term</a> 2026-02-01</li>"
        b"</ul></body></html>",
        "http://school.example/news/",
    )

    assert found.next_page == "http://school.example/news/page/2/"
