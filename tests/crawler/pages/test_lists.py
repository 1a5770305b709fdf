"""List pages: what is an entry, what is furniture, and what a page without entries says."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.pages.lists import End, Listing, Shape, read_list
from monitor.model import DateSource

URL = "http://www.school.example/xxgk/sfgs/index.html"
SEEN_AT = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TITLES = ("2026年秋季学期收费项目公示", "关于课后服务收费标准的公告", "食堂伙食费收支情况公示")
DAYS = ("2026-09-01", "2026-06-18", "2026-03-02")


def page(main: str, *, head: str = "", before: str = "", after: str = "") -> bytes:
    """A school's page with menu, breadcrumb and footer around ``main``."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>收费公示-启明小学</title>{head}</head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/xxgk/">信息公开</a></li>
<li><a href="/xwzx/">新闻中心</a></li><li><a href="/jyjx/">教育教学</a></li></ul></div>
{before}
<div class="content"><div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a>
&gt; <a href="./">收费公示</a></div>{main}</div>
{after}
<div class="footer"><ul><li><a href="http://www.gov.example/">县人民政府</a></li>
<li><a href="http://jyj.gov.example/">县教育体育局</a></li></ul><p>版权所有 2015-2026 启明小学</p></div>
</body></html>""".encode()


def read(main: str, url: str = URL, **around: str) -> Listing:
    return read_list(page(main, **around), url, seen_at=SEEN_AT)


def rows(shape: str, titles: tuple[str, ...] = TITLES, days: tuple[str, ...] = DAYS) -> str:
    """Three rows of one ``shape``, with {n}, {title}, {day}, {y}, {m}, {d} filled in."""
    return "\n".join(
        shape.format(n=n, title=title, day=day, y=day[:4], m=day[5:7], d=day[8:])
        for n, (title, day) in enumerate(zip(titles, days, strict=True), start=1)
    )


def told(listing: Listing) -> list[tuple[str, str | None]]:
    return [
        (entry.title, entry.published.day.isoformat() if entry.published else None)
        for entry in listing.entries
    ]


DATED = list(zip(TITLES, DAYS, strict=True))
UNDATED = [(title, None) for title in TITLES]

SHAPES = {
    "li with span": '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><span>{day}</span></li>',
    "date before": '<ul>{rows}</ul>|<li><span>{day}</span><a href="t{n}.html">{title}</a></li>',
    "date in brackets": '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a> [{day}]</li>',
    "date in the link": '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}<i>{day}</i></a></li>',
    "date glued to the title": '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}({day})</a></li>',
    "date in the title attribute": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html" title="{title} {day}">{title}</a></li>'
    ),
    "Chinese date": '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><em>{y}年{m}月{d}日</em></li>',
    "slashes and a time": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><i>{y}/{m}/{d} 10:34:00</i></li>'
    ),
    "day over year-month": (
        '<ul>{rows}</ul>|<li><div class="date"><b>{d}</b><i>{y}-{m}</i></div>'
        '<a href="t{n}.html">{title}</a></li>'
    ),
    "split inside the link": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html"><div class="time"><b>{d}</b><p>{y}/{m}</p></div>'
        '<div class="title">{title}</div></a></li>'
    ),
    "year under month-day": (
        '<ul>{rows}</ul>|<li><p><span>{m}-{d}</span><em>{y}</em></p><a href="t{n}.html">{title}</a></li>'
    ),
    "table rows": (
        '<table>{rows}</table>|<tr><td>·</td><td><a href="t{n}.html">{title}</a></td><td>{day}</td></tr>'
    ),
    "table with head": (
        "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>{rows}</table>|"
        '<tr><td>{n}</td><td><a href="t{n}.html">{title}</a></td><td>{day}</td></tr>'
    ),
    "table with 成文日期 too": (
        "<table><thead><tr><th>名称</th><th>成文日期</th><th>发布日期</th></tr></thead><tbody>{rows}"
        '</tbody></table>|<tr><td><a href="t{n}.html">{title}</a></td><td>2020-01-0{n}</td>'
        "<td>{day}</td></tr>"
    ),
    "dl rows": '<div>{rows}</div>|<dl><dt><a href="t{n}.html">{title}</a></dt><dd>{day}</dd></dl>',
    "dt and dd in one dl": '<dl>{rows}</dl>|<dt><a href="t{n}.html">{title}</a></dt><dd>{day}</dd>',
    "bare links and breaks": '<div>{rows}</div>|<a href="t{n}.html">{title}</a> <span>{day}</span><br>',
    "dates before bare links": (
        '<div class="box">{rows}</div>|<span>{day}</span> <a href="t{n}.html">{title}</a><br>'
    ),
    "cards": (
        '<div>{rows}</div>|<a class="box" href="t{n}.html"><h3>{title}</h3><p>本校按文件要求公示…</p>'
        "<span>{day}</span></a>"
    ),
    "cards with a picture": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html"><img src="{n}.jpg"></a><div><h4><a href="t{n}.html">{title}'
        '</a></h4><p>摘要：2019年1月1日起执行的旧标准同时废止，请家长知悉。</p><span>发布时间：{day}</span>'
        '<a href="t{n}.html">[详情]</a></div></li>'
    ),
    "column name before the title": (
        '<ul>{rows}</ul>|<li><a href="../">[收费]</a><a href="t{n}.html">{title}</a><span>{day}</span></li>'
    ),
    "label and clicks beside the day": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><span>日期：{day} 点击：103{n}</span></li>'
    ),
    "update day is not the day": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><span>更新时间：2026-11-01</span>'
        "<span>发布时间：{day}</span></li>"
    ),
    "torn words": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html"><font>{title}</font></a><span>{day}</span></li>'
    ),
    "rows in groups": (
        '{rows}|<ul class="five"><li><a href="t{n}.html">{title}</a><span>{day}</span></li>'
        '<li><a href="u{n}.html">{title}</a><span>{day}</span></li></ul>'
    ),
    "commented-out dates": (
        '<ul>{rows}</ul>|<li><a href="t{n}.html">{title}</a><!--span>2001-01-01</span--><span>{day}'
        "</span></li>"
    ),
    "ids of 博达": '<ul>{rows}</ul>|<li id="line_u9_{n}"><a href="../info/1021/{n}.htm">{title}</a><span>{day}</span></li>',
    "hidden rows of 博达": (
        '<ul>{rows}</ul>|<li id="line_u9_{n}" style="display:none"><a href="../info/1021/{n}.htm">{title}'
        "</a><span>{day}</span></li>"
    ),
    "hidden data": (
        '<ul id="initData" style="display:none">{rows}</ul>|<li><a href="/a/{n}.html">{title}</a>'
        "<span>{day}</span></li>"
    ),
    "CDATA records": (
        '<div id="77"><script type="text/xml"><datastore><recordset>{rows}</recordset></datastore>'
        "</script></div>|<record><![CDATA[<li><a href='/art/2026/9/1/art_9_{n}.html' title='{title}'>"
        "{title}</a><span>{day}</span></li>]]></record>"
    ),
    "broken CDATA records": (
        '<div id="77"><script type="text/xml"><datastore>{rows}</datastore></script></div>|'
        "<table><record><![CDATA[<li style=<br/><a href='/art/2026/9/1/art_9_{n}.html' title='{title}'>"
        "{title}</a></b></td><span>{day}</span></li></table>]]></record>"
    ),
    "document.write": (
        '<script>{rows}</script>|document.writeln("<li><a href=\\"a/{n}.html\\">{title}<\\/a>'
        '<span>{day}</span></li>");'
    ),
    "textarea": (
        '<textarea style="display:none"><ul>{rows}</ul></textarea>|<li><a href="a/{n}.html">{title}</a>'
        "<span>{day}</span></li>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_rows_of_any_shape_give_title_and_day(shape: str) -> None:
    frame, row = shape.rsplit("|", 1)
    listing = read(frame.replace("{rows}", rows(row)))

    expected = DATED
    if "u{n}" in row:
        expected = [pair for pair in DATED for _ in range(2)]
    assert told(listing) == expected
    assert listing.shape is Shape.LIST


LI = '<li><a href="{href}"{more}>{text}</a><span>2026-09-01</span></li>'


@pytest.mark.parametrize(
    ("text", "more", "title"),
    [
        ("关于公布2026年义务教育阶段收费…", ' title="关于公布2026年义务教育阶段收费项目的通知"', "关于公布2026年义务教育阶段收费项目的通知"),
        ("关于公布2026年义务教育阶段收费...", ' title="点击查看"', "关于公布2026年义务教育阶段收费..."),
        ("教育收费公示栏的通知", ' title="cssbody=[b] cssheader=[h] body=[x]"', "教育收费公示栏的通知"),
        ("·教育收费公示栏的通知", "", "教育收费公示栏的通知"),
        ("【置顶】教育收费公示栏的通知", "", "教育收费公示栏的通知"),
        ("[置顶]教育收费公示栏的通知new", "", "教育收费公示栏的通知"),
        ("【研究生】导师变更申请表", "", "【研究生】导师变更申请表"),
        ("<font color=red>教育收费</font>公示栏的通知", "", "教育收费公示栏的通知"),
        ("关于2025年12月31日前缴费的通知", "", "关于2025年12月31日前缴费的通知"),
        ("1、教育收费公示栏的通知", "", "教育收费公示栏的通知"),
        ("教育\n   收费公示栏的通知", "", "教育 收费公示栏的通知"),
    ],
    ids=["cut short", "junk tooltip", "markup tooltip", "bullet", "pinned", "pinned and new", "bracketed words",
         "inline markup", "day inside the words", "number before", "line break"],
)  # fmt: skip
def test_a_title_is_told_whole_and_without_marks(text: str, more: str, title: str) -> None:
    other = LI.format(href="x9.html", more="", text="食堂伙食费收支情况公示")
    listing = read(f"<ul>{LI.format(href='x1.html', more=more, text=text)}{other}</ul>")

    assert told(listing)[0] == (title, "2026-09-01")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('href="./202609/t20260901_1.html"', "http://www.school.example/xxgk/sfgs/202609/t20260901_1.html"),
        ('href="https://mp.weixin.qq.com/s/AbC-1"', "https://mp.weixin.qq.com/s/AbC-1"),
        ('href="/files/收费公示.pdf"', "http://www.school.example/files/收费公示.pdf"),
        ("href=\"javascript:;\" onclick=\"jump('./t1.html')\"", "http://www.school.example/xxgk/sfgs/t1.html"),
        ("href=\"javascript:open('/info/5.htm')\"", "http://www.school.example/info/5.htm"),
        ("href=\"javascript:;\" onclick=\"show('12345')\"", ""),
        ('href="javascript:;"', ""),
        ('href="http://[bad/"', ""),
    ],
    ids=["relative", "WeChat", "file", "onclick path", "script path", "opaque id", "no address", "broken address"],
)  # fmt: skip
def test_an_entry_keeps_its_address_wherever_it_leads(link: str, url: str) -> None:
    main = f"<ul><li><a {link}>{TITLES[0]}</a><span>2026-09-01</span></li>{rows(LI.format(href='t{n}.html', more='', text='{title}'))}</ul>"

    assert read(main).entries[0].url == url


@pytest.mark.parametrize(
    ("row", "day", "source"),
    [
        ('<a href="a1.html">{t}</a><span>09-01</span>', None, None),
        ('<a href="202609/t20260901_7.html">{t}</a><span>09-01</span>', date(2026, 9, 1), DateSource.URL),
        ('<a href="202609/t20260901_7.html">{t}</a><span>09-02</span>', None, None),
        ('<a href="202609/t20260901_7.html">{t}</a>', None, None),
        ('<a href="a1.html">{t}</a><span>昨天</span>', date(2026, 11, 21), DateSource.RELATIVE),
        ('<a href="a1.html">{t}</a><span>3天前</span>', date(2026, 11, 19), DateSource.RELATIVE),
        ('<a href="a1.html">{t}</a><span>成文日期：2026-09-01</span>', None, None),
        ('<a href="a1.html">{t}</a><span>截止时间：2026-12-01</span>', None, None),
        ('<a href="a1.html">{t}</a><span>2026-13-01</span>', None, None),
    ],
    ids=["no year", "year in the address", "address of another day", "day only in the address", "yesterday",
         "days ago", "written on", "closing day", "no such day"],
)  # fmt: skip
def test_a_day_is_read_or_left_out_never_guessed(
    row: str, day: date | None, source: DateSource | None
) -> None:
    main = f"<ul class='list'><li>{row.format(t=TITLES[0])}</li><li>{row.format(t=TITLES[1])}</li></ul>"
    published = read(main).entries[0].published

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
    listing = read(
        f"<ul>{old}{rows('<li><a href=t{n}.html>{title}</a><span>{day}</span></li>')}</ul>"
    )

    assert told(listing) == [("收费公示制度", "2021-03-01"), *DATED]


def test_a_single_dated_row_is_a_list() -> None:
    listing = read(
        '<ul class="list"><li><a href="t1.html">收费公示</a><span>2026-09-01</span></li></ul>'
    )

    assert told(listing) == [("收费公示", "2026-09-01")]


def test_all_tabs_under_the_heading_are_read() -> None:
    tabs = "".join(
        f'<ul class="{state}"><li><a href="{n}a.html">{n}月收费公示表</a><span>2026-0{n}-01</span></li>'
        f'<li><a href="{n}b.html">{n}月退费公示表</a><span>2026-0{n}-02</span></li></ul>'
        for n, state in ((9, "on"), (8, ""), (7, ""))
    )
    listing = read(
        f'<div class="tab"><span>九月</span><span>八月</span></div><div class="panels">{tabs}</div>'
    )

    assert len(listing.entries) == 6


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
    beside_list = read(
        "<ul>" + rows('<li><a href="t{n}.html">{title}</a><span>{day}</span></li>') + "</ul>",
        after=side,
    )
    beside_nothing = read('<div class="list"><p>暂无内容</p></div>', after=side)

    assert told(beside_list) == DATED
    assert beside_nothing.entries == ()
    assert beside_nothing.shape is Shape.EMPTY


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
        "<script>if(!n){html='暂无数据';}</script><p>学校简介</p>",
        '<div style="display:none">暂无数据</div><p>学校简介</p>',
        '<div class="hide"><p>暂无数据</p></div><p>学校简介</p>',
        "<a href='?result=暂无相关信息'>学校简介</a>",
        "<p>本县正在建设中的三所学校将于明年建成，届时将新增学位三千个以上，缓解入学压力。</p>",
        "",
    ],
    ids=[
        "in a script",
        "hidden",
        "hidden by class",
        "in an address",
        "inside a sentence",
        "nothing at all",
    ],
)
def test_a_phrase_nobody_sees_says_nothing(main: str) -> None:
    listing = read(main)

    assert listing.says_empty == ""
    assert listing.shape is not Shape.EMPTY


def test_a_phrase_beside_entries_says_nothing() -> None:
    listing = read(
        "<ul>" + rows(LI.format(href="t{n}.html", more="", text="{title}")) + "</ul><p>暂无内容</p>"
    )

    assert listing.shape is Shape.LIST
    assert listing.says_empty == ""


@pytest.mark.parametrize(
    "main",
    [
        '<ul id="list"></ul><script>$.ajax({url:"/api/list"})</script>',
        '<ul><li v-for="one in list"><a :href="one.url">{{one.title}}</a></li></ul>',
        '<ul><li><a href="{{url}}">{{title}}</a><span>{{date}}</span></li></ul>',
        '<div class="list">数据加载中...</div>',
        '<tbody id="dataList"></tbody><div>暂无数据</div><script>fetch("/list.json").then(show)</script><ul id="x"></ul>',
    ],
    ids=["empty list and a request", "v-for", "braces", "loading", "phrase before the script ran"],
)
def test_a_list_a_script_has_yet_to_fill_is_a_shell(main: str) -> None:
    listing = read(main)

    assert listing.entries == ()
    assert listing.shape is Shape.SHELL
    assert listing.says_empty == ""


def test_an_application_without_any_markup_is_a_shell() -> None:
    body = (
        b'<html><head><script src="app.js"></script></head><body><div id="app"></div></body></html>'
    )

    assert read_list(body, URL).shape is Shape.SHELL


def test_a_frame_of_the_same_host_is_named() -> None:
    listing = read(
        '<iframe src="right.html?cat=12"></iframe><iframe src="/tree.jsp"></iframe>'
        '<iframe src="http://tianqi.example/"></iframe>'
    )

    assert listing.shape is Shape.FRAME
    assert listing.frames == ("http://www.school.example/xxgk/sfgs/right.html?cat=12",)


def test_a_block_of_sub_columns_is_a_menu() -> None:
    listing = read(
        '<ul class="sub"><li><a href="xf/">学费</a></li><li><a href="hsf/">伙食费</a></li>'
        '<li><a href="zsf/">住宿费</a></li></ul>'
    )

    assert listing.shape is Shape.MENU
    assert listing.entries == ()
    assert listing.subcolumns[0] == ("学费", "http://www.school.example/xxgk/sfgs/xf/")


def test_a_menu_that_names_this_column_is_one_of_neighbours() -> None:
    listing = read(
        '<ul class="sub"><li><a href="/xxgk/sfgs/index.html">收费公示</a></li><li><a href="../jgsz/">机构设置</a>'
        "</li></ul>"
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


LIST = "<ul>" + rows('<li><a href="t{n}.html">{title}</a><span>{day}</span></li>') + "</ul>"
FOLDER = "http://www.school.example/xxgk/sfgs/"


@pytest.mark.parametrize(
    ("pager", "following", "end"),
    [
        ("", "", End.LAST),
        ('<a href="list_2.html">下一页</a>', "list_2.html", End.MORE),
        ('<a href="index_2.html">&gt;</a>', "index_2.html", End.MORE),
        ('<span>1</span><a href="?page=2">2</a> 第1页/共3页', "index.html?page=2", End.MORE),
        ('<a href="#">下一页</a> 共1页', "", End.LAST),
        ('<a class="disabled" href="javascript:;">下一页</a>', "", End.LAST),
        ('<a href="javascript:go(2)">下一页</a>', "", End.UNKNOWN),
        ("<script>createPageHTML(9, 0, \"index\", \"html\");</script>", "index_1.html", End.MORE),
        ("<script>createPageHTML('page_div', 9, 1, 'list', 'shtml', 176);</script>", "list_2.shtml", End.MORE),
        ("<script>createPageHTML(1, 0, \"index\", \"html\");</script>", "", End.LAST),
        ("<script>Pager({size:25, current:0, prefix:'index', suffix:'htm'});</script>", "index_1.htm", End.MORE),
        ("<script>var countPage = 25//共\nvar currentPage = 24</script>", "", End.LAST),
        ("<script>var countPage = 25\nvar currentPage = 1</script>", "index_2.html", End.MORE),
        ("<div id='pages'>PGEgaHJlZj0i</div><script>pages.innerHTML=atob(x)</script>", "", End.UNKNOWN),
        ("共3条 1/1 页", "", End.LAST),
        ("共62条", "", End.UNKNOWN),
        ('<a href="http://other.example/2.html">下一页</a>', "", End.LAST),
    ],
    ids=["no pager", "word", "arrow", "number", "only one page", "disabled", "script link", "TRS", "集约化",
         "TRS last", "Pager", "countPage last", "countPage", "encoded", "counted one", "counted more",
         "other host"],
)  # fmt: skip
def test_the_next_page_is_found_or_said_to_be_unknown(pager: str, following: str, end: End) -> None:
    listing = read(f"{LIST}<div class='pages'>{pager}</div>")

    assert listing.next_page.removeprefix(FOLDER) == following
    assert listing.end is end


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b"<",
        b"<a href='http://[' onclick=>x</a>" * 50,
        b"<div>" * 5000,
        b"<record><![CDATA[" * 500,
        b'{"data": [{"title": 1, "url": {}}]}',
        b"[" * 3000,
        b"document.write(" * 100,
        "<ul>".encode("utf-16") + b"\x81",
        b"<table><tr><td><a href=x>" * 300,
    ],
    ids=["nothing", "no text", "one sign", "broken links", "deep", "open records", "odd JSON", "nested JSON",
         "writes", "mixed", "open tables"],
)  # fmt: skip
def test_no_bytes_whatever_raise(body: bytes) -> None:
    assert isinstance(read_list(body, URL, "text/html", seen_at=SEEN_AT), Listing)


def test_a_list_of_data_is_read_like_a_page() -> None:
    body = (
        '{"code":200,"data":{"results":[{"title":"收费公示","url":"/a/1.html","publishedTimeStr":'
        '"2026-09-01 08:00:00"},{"title":"退费公示","url":"/a/2.html","publishedTimeStr":"2026-08-01"}]}}'
    )
    listing = read_list(body.encode(), "http://www.gov.example/common/search/1?page=1")

    assert told(listing) == [("收费公示", "2026-09-01"), ("退费公示", "2026-08-01")]


def test_the_signature_names_the_block_not_its_content() -> None:
    first, second = read(LIST), read(LIST.replace("t1.html", "t9.html").replace("食堂", "校车"))

    assert first.signature
    assert first.signature == second.signature
    assert first.signature != read(LIST.replace("ul>", "ol>")).signature
