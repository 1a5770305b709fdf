"""Pages of an invented school, for tests that need a site rather than a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

UNIT = "青禾县向阳小学"


def page(title: str, inner: str, *, unit: str = UNIT, crumbs: str = "") -> str:
    """A whole page of the school's site around ``inner``."""
    place = (
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; {crumbs}</div>'
        if crumbs
        else ""
    )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<title>{title}-{unit}</title></head><body>"
        f"<div class='header'><h2>{unit}</h2></div>{place}<div class='main'>{inner}</div>"
        f"<div class='footer'><p>主办单位：{unit}　电话：0555-1234567</p></div>"
        "</body></html>"
    )


def home(columns: Mapping[str, str], *, unit: str = UNIT, more: str = "") -> str:
    """A home page whose menu links to ``columns`` (label → address)."""
    links = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in columns.items())
    news = "".join(
        f'<li><a href="/news/{n}.html">校园开展第{n}次主题教育活动</a></li>' for n in range(6)
    )
    return page(
        "首页",
        f"<div class='nav'><ul>{links}</ul></div>"
        f"<div class='news'><h3>校园新闻</h3><ul>{news}</ul></div>{more}",
        unit=unit,
    )


def listing(
    name: str,
    rows: Iterable[tuple[str, str, date | None]],
    *,
    following: str = "",
    pager: str = "",
    unit: str = UNIT,
) -> str:
    """A list page of the column ``name``; rows are title, address, day."""
    items = "".join(
        f'<li><a href="{url}" title="{title}">{title}</a>'
        + (f"<span>{day}</span>" if day else "")
        + "</li>"
        for title, url, day in rows
    )
    if following:
        pager = f'<div class="page"><a href="{following}">下一页</a></div>'
    return page(
        name, f"<h3>{name}</h3><ul class='list'>{items}</ul>{pager}", unit=unit, crumbs=name
    )


def empty(name: str, phrase: str = "暂无数据") -> str:
    """A column that says it holds nothing."""
    return page(name, f"<h3>{name}</h3><div class='list'><p>{phrase}</p></div>", crumbs=name)


def article(
    title: str,
    day: date | None,
    text: str,
    *,
    files: Mapping[str, str] | None = None,
    unit: str = UNIT,
) -> str:
    """An article page; ``files`` are names and addresses of attachments."""
    dateline = f"发布时间：{day} 09:30　来源：{unit}" if day else f"来源：{unit}"
    links = "".join(f'<p><a href="{url}">{name}</a></p>' for name, url in (files or {}).items())
    words = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return page(
        title,
        f"<div class='article'><h1>{title}</h1><div class='info'>{dateline}</div>"
        f"<div class='content'>{words}{links}</div></div>",
        unit=unit,
        crumbs="正文",
    )
