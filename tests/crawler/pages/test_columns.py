"""Columns: which links of a page are known columns, which only sound like one, which are menus."""

from __future__ import annotations

import pytest

from crawler.pages.columns import (
    breadcrumb,
    confirms,
    find_columns,
    links_of,
    near_columns,
    submenus,
)
from crawler.pages.text import Page, open_page
from monitor.model import Column

HOME = "http://www.school.example/index.html"
FEES = Column(id="fees", name="教育收费", aliases=("收费信息", "收费公示", "收费标准"))
GUIDE = Column(id="guide", name="信息公开指南", aliases=("公开指南",))
BUDGET = Column(id="budget", name="部门预算", aliases=("预算公开",))
ACCOUNTS = Column(id="accounts", name="部门决算", aliases=("决算公开",))
NOTICES = Column(id="notices", name="通知公告", aliases=("公告", "通知"))


def places(opened: Page, columns: list[Column]) -> dict[str, str]:
    """The best address of each column that the page links to."""
    return {key: links[0].address for key, links in find_columns(opened, columns).items()}


def page(markup: str) -> Page:
    head = "<head><meta charset='utf-8'><title>启明小学</title></head>"
    return open_page(f"<html>{head}<body>{markup}</body></html>".encode(), HOME)


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("教育收费", FEES),
        ("收费公示", FEES),
        ("收 费 公 示", FEES),
        ("收費公示", FEES),
        ("» 收费公示", FEES),
        ("收费公示(12)", FEES),
        ("学校收费公示", FEES),
        ("收费公示专栏", FEES),
        ("2026年收费公示", FEES),
        ("学校信息公开指南", GUIDE),
        ("公告", NOTICES),
    ],
)
def test_a_column_is_found_by_any_of_its_names(label: str, column: Column) -> None:
    found = places(page(f"<a href='xw/'>新闻</a><a href='x/sf/'>{label}</a>"), [column])

    assert found == {column.id: "http://www.school.example/x/sf/"}


@pytest.mark.parametrize(
    ("markup", "column"),
    [
        ("<a href='xw/'>收费管理制度汇编</a>", FEES),
        ("<a href='xw/'>民办学校收费公示</a>", FEES),
        ("<a href='/info/1021/33.htm'>收费公示</a>", FEES),
        ("<a href='202609/t20260901_1.html'>收费公示</a>", FEES),
        ("<a href='/files/sf.pdf'>收费公示</a>", FEES),
        ("<a href='javascript:;'>收费公示</a>", FEES),
        ("<p>收费公示</p>", FEES),
        ("<a href='xw/'>缴费通知书</a>", NOTICES),
        ("<a href='xw/'>本校对2026年秋季学期收费公示栏进行更新的说明</a>", FEES),
    ],
)
def test_what_is_not_the_column_is_not_taken_for_it(markup: str, column: Column) -> None:
    assert find_columns(page(markup), [column]) == {}


def test_an_exact_name_goes_before_an_alias_and_an_alias_before_a_longer_label() -> None:
    longer = "<a href='a/'>学校收费公示</a>"
    alias = "<a href='b/'>收费公示</a>"
    name = "<a href='c/'>教育收费</a>"

    assert places(page(longer + alias + name), [FEES])["fees"].endswith("/c/")
    assert places(page(longer + alias), [FEES])["fees"].endswith("/b/")
    assert places(page(longer), [FEES])["fees"].endswith("/a/")


def test_a_name_that_belongs_to_another_column_is_left_to_it() -> None:
    assert places(page("<a href='a/'>部门决算</a>"), [BUDGET, ACCOUNTS]) == {
        "accounts": "http://www.school.example/a/"
    }


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("收费项目一览", True),
        ("服务性收费", True),
        ("教育缴费收费", True),
        ("教育收费管理办法汇编", True),
        ("学校概况", False),
        ("校园新闻", False),
        ("教育教学", False),
        ("信息公开", False),
        ("首页", False),
    ],
)
def test_a_label_that_sounds_like_a_column_is_told(label: str, near: bool) -> None:
    found = near_columns(page(f"<a href='a/'>{label}</a>"), [FEES])

    assert {key: link.label for key, link in found.items()} == ({"fees": label} if near else {})


def test_common_words_alone_make_no_label_sound_alike() -> None:
    labels = "<a href='a/'>办事指南</a><a href='b/'>信息公开</a><a href='c/'>公开栏</a>"

    assert near_columns(page(labels), [GUIDE]) == {}


def test_menus_of_disclosure_come_first_then_the_menu_of_the_site() -> None:
    below = "<ul><li><a href='/jx/a/'>教研动态</a></li></ul>"
    menu = (
        "<li><a href='/'>首页</a></li><li><a href='/xxgk/'>学校概况</a></li>"
        f"<li><a href='/jx/'>教育教学</a>{below}</li>"
    )
    boxes = (
        "<a href='/gk/'>信息公开</a><a href='http://gov.example/'>政务公开</a>"
        "<a href='/info/1/2.htm'>校务公开</a><iframe src='/menu.html'></iframe>"
    )
    found = submenus(page(f"<div class='nav'><ul>{menu}</ul></div><div>{boxes}</div>"))

    assert found == (
        "http://www.school.example/gk/",
        "http://www.school.example/menu.html",
        "http://www.school.example/xxgk/",
    )


HERE = "<a href='/'>首页</a>"


@pytest.mark.parametrize(
    ("markup", "crumbs"),
    [
        (
            f"<p>当前位置：{HERE} &gt; <a href='/gk/'>公开</a> &gt; 收费</p>",
            ("首页", "公开", "收费"),
        ),
        (f"<div>您现在的位置是：<span>{HERE}»收费公示</span></div>", ("首页", "收费公示")),
        (f"<div class='crumbs'>{HERE}/<a>收费公示</a></div>", ("首页", "收费公示")),
        (f"<p>{HERE} &gt;&gt; 收费公示</p>", ("首页", "收费公示")),
        (f"<div>{HERE} - <a href='/gk/'>收费公示</a></div>", ()),
        ("<p>联系我们的位置在县城东路</p>", ()),
    ],
    ids=["usual", "in a span", "by class", "without label", "a menu line", "a sentence"],
)
def test_the_breadcrumb_is_read_in_its_order(markup: str, crumbs: tuple[str, ...]) -> None:
    assert breadcrumb(page(markup)) == crumbs


@pytest.mark.parametrize(
    ("markup", "confirmed"),
    [
        ("<p>当前位置：<a href='/'>首页</a> &gt; 收费公示</p>", True),
        ("<h2>学校收费公示</h2>", True),
        ("<p>当前位置：<a href='/'>首页</a> &gt; 通知公告</p><h2>通知公告</h2>", False),
        ("<p>收费公示</p>", False),
    ],
    ids=["breadcrumb", "heading", "another column", "only a word"],
)
def test_a_page_is_confirmed_by_what_it_calls_itself(markup: str, confirmed: bool) -> None:
    assert confirms(page(markup), FEES) is confirmed


def test_a_column_name_in_the_metas_confirms() -> None:
    with_meta = page("").text.replace(
        "<title>", '<meta name="columnname" content="收费信息"><title>'
    )

    assert confirms(open_page(with_meta.encode(), HOME), FEES)


def test_all_links_are_told_once_and_whole() -> None:
    found = links_of(page("<a href='a/'>甲</a><a href='a/'>乙</a><a href='javascript:;'>丙</a>"))

    assert found == ("http://www.school.example/a/",)


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"<a href='http://['>x</a>", b"<a>" * 400])
def test_no_bytes_whatever_raise(body: bytes) -> None:
    opened = open_page(body, HOME)

    assert find_columns(opened, [FEES]) == {}
    assert near_columns(opened, [FEES]) == {}
    assert submenus(opened) == breadcrumb(opened) == links_of(opened) == ()
    assert not confirms(opened, FEES)
