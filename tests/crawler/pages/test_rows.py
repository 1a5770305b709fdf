"""列表行: the address behind a link is what a browser makes of it, plain or not."""

from __future__ import annotations

from urllib.parse import urljoin

import lxml.html
import pytest

from crawler.pages.rows import address_of

PAGES = (
    "http://www.x.cn",
    "http://www.x.cn/zwgk/",
    "https://www.x.cn:8080/zwgk/index.html?page=2",
    "http://www.x.cn/a//b/../c/list.html",
)
PLAIN = ("t20260101_1.html", "/m1/index.html", "info/1021/3.htm", "a/", "show?id=3&type=教育")
ABSOLUTE = ("http://a.cn/x/1.html", "https://a.cn:81/x/", "http://a.cn")
ODD = (
    "../a.html",
    "./a.html",
    "//b.cn/a",
    "/a//b.html",
    "?page=2",
    "a.html?",
    "a;b=1/c.html",
    "..",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("href", PLAIN + ABSOLUTE + ODD)
def test_an_address_is_joined_as_browsers_join_it(page, href):
    link = lxml.html.fromstring(f'<a href="{href}">收费公示</a>')

    assert address_of(link, page) == urljoin(page, href)


@pytest.mark.parametrize("href", ["javascript:void(0)", "#top", "mailto:a@b.cn", "http://[x/a", ""])
def test_what_is_no_address_of_a_page_gives_none(href):
    link = lxml.html.fromstring(f'<a href="{href}">收费公示</a>')

    assert not address_of(link, "http://www.x.cn/zwgk/")
