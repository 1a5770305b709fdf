"""Entries that stand in no list of links: bare files, and rows of text with a day."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages.lists import Listing, Shape, read_list

HOST = "http://www.school.example"
FILES = {"2026年春季收费公示.pdf": "/up/a.pdf", "2025年秋季收费公示.docx": "/up/b.docx"}
TRAIL = '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="./">收费公示</a></div>'


def read(main: str, *, trail: str = TRAIL, after: str = "") -> Listing:
    markup = (
        "<html><head><meta charset=utf-8><title>收费公示-启明小学</title></head><body>"
        '<div class="nav"><a href="/up/guide.pdf">网站使用指南</a></div>'
        f'{trail}<div class="con">{main}</div>{after}<div class="footer">'
        "<p>版权所有：启明小学。</p></div></body></html>"
    )
    return read_list(markup.encode(), f"{HOST}/xxgk/sfgs/")


def files(shape: str) -> str:
    days = ("2026-03-01", "2025-09-02")
    return "".join(
        shape.format(title=title, url=url, day=day)
        for (title, url), day in zip(FILES.items(), days, strict=True)
    )


def told(listing: Listing) -> list[tuple[str, str, date | None]]:
    return [
        (one.title, one.url.removeprefix(HOST), one.published.day if one.published else None)
        for one in listing.entries
    ]


UNDATED = [(title, url, None) for title, url in FILES.items()]
DATED = [
    (title, url, day)
    for (title, url), day in zip(FILES.items(), (date(2026, 3, 1), date(2025, 9, 2)), strict=True)
]


@pytest.mark.parametrize(
    "main",
    [
        "<ul>@</ul>|<li><a href='{url}'>{title}</a></li>",
        "<div>@</div>|<p><a href='{url}'>{title}</a></p>",
        "<p>@</p>|<a href='{url}'>{title}</a><br>",
        "<table>@</table>|<tr><td>·</td><td><a href='{url}'>{title}</a></td></tr>",
    ],
    ids=["items", "paragraphs", "line by line", "a table"],
)
def test_bare_files_without_a_day_are_entries(main: str) -> None:
    around, row = main.split("|")
    listing = read(around.replace("@", files(row)))

    assert listing.shape is Shape.LIST
    assert told(listing) == UNDATED
    assert listing.is_loose


@pytest.mark.parametrize(
    "row",
    [
        "<p><a href='{url}'>{title}</a>（{day}）</p>",
        "<p><span>{day}</span><a href='{url}'>{title}</a></p>",
        "<a href='{url}'>{title}</a> {day}<br>",
        "<p>{title} {day} <a href='{url}'>下载</a></p>",
        "<p><b>{title}</b><i>{day}</i><a href='{url}'>[点击下载]</a></p>",
    ],
    ids=["behind", "before", "behind a bare link", "before 下载", "in parts"],
)
def test_a_day_beside_a_file_is_its_day(row: str) -> None:
    assert told(read(files(row))) == DATED


def test_one_file_alone_is_an_entry() -> None:
    row = "<p><a href='/up/a.pdf'>收费公示表.pdf</a></p>"

    assert told(read(row)) == [("收费公示表.pdf", "/up/a.pdf", None)]


SAYS = "<p>根据上级文件要求，现将我校春季学期收费项目、标准和依据公示如下，请广大家长监督。</p>"


@pytest.mark.parametrize(
    "page",
    [
        read(SAYS + files("<p><a href='{url}'>{title}</a></p>")),
        read("<p>学校简介</p>"),
        read("", after=f"<div class='side'>{files('<p><a href={url}>{title}</a></p>')}</div>"),
        read("", after=f"<h3>常用链接</h3>{files('<p><a href={url}>{title}</a></p>')}"),
        read("", trail=files("<p><a href={url}>{title}</a></p>") + TRAIL),
    ],
    ids=["of an article", "none", "in a sidebar", "under a heading", "before the breadcrumb"],
)
def test_files_that_are_not_the_columns_are_no_entries(page: Listing) -> None:
    assert page.entries == ()
    assert page.shape is Shape.UNKNOWN


def test_a_column_that_says_it_is_empty_is_not_filled_with_files() -> None:
    assert read(f"<p>暂无内容</p>{files('<p><a href={url}>{title}</a></p>')}").entries == ()


ROWS = {"食堂收费标准公示": "2026-03-01", "课后服务收费公示": "2025-09-02"}
LINELESS = [(title, "", date.fromisoformat(day)) for title, day in ROWS.items()]


def lines(shape: str) -> str:
    return "".join(shape.format(title=title, day=day) for title, day in ROWS.items())


@pytest.mark.parametrize(
    "main",
    [
        "<ul>@</ul>|<li>{title}<span>{day}</span></li>",
        "<ul>@</ul>|<li>{title} {day}</li>",
        "<div>@</div>|<p>{day} {title}</p>",
        "<div>@</div>|<dl><dt>{title}</dt><dd>{day}</dd></dl>",
        (
            "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>@</table>"
            "|<tr><td>1</td><td>{title}</td><td>{day}</td></tr>"
        ),
        (
            "<table><tr><td>名称</td><td>成文日期</td><td>公开日期</td></tr>@</table>"
            "|<tr><td>{title}</td><td>2019-01-01</td><td>{day}</td></tr>"
        ),
    ],
    ids=["items", "in one text", "days first", "terms", "a table", "two days"],
)
def test_rows_of_text_with_a_day_are_entries_without_an_address(main: str) -> None:
    around, row = main.split("|")
    listing = read(around.replace("@", lines(row)))

    assert told(listing) == LINELESS
    assert listing.is_loose


@pytest.mark.parametrize(
    "main",
    [
        "<ul><li>食堂收费标准公示</li><li>课后服务收费公示</li></ul>",
        "<p>食堂收费标准公示 2026-03-01</p>",
        (
            "<table><tr><th>收费项目</th><th>执行时间</th></tr><tr><td>学费</td>"
            "<td>2024-09-01</td></tr><tr><td>住宿费</td><td>2024-09-01</td></tr></table>"
        ),
        "<table><tr><td>学费收费项目</td><td>2024-09-01</td></tr></table>" * 2,
        f"{SAYS}<p>食堂收费标准公示 2026-03-01</p><p>课后服务收费公示 2025-09-02</p>",
        "<p>发布时间：2026-03-01</p><p>更新时间：2026-03-02</p>",
    ],
    ids=["no day", "one line", "of another day", "no head", "of an article", "a dateline"],
)
def test_text_that_is_no_row_of_a_list_is_no_entry(main: str) -> None:
    assert read(main).entries == ()


def test_rows_of_one_title_and_two_days_are_two_entries() -> None:
    listing = read("<ul><li>收费公示 2026-03-01</li><li>收费公示 2025-03-01</li></ul>")

    assert [day for _, _, day in told(listing)] == [date(2026, 3, 1), date(2025, 3, 1)]
