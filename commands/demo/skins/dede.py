"""织梦类小站: /a/dir/list_5_2.html, /a/dir/20260830/520.html; unknown addresses answer 200."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

from html import escape

from commands.demo.records import Answer, Dates, Leaflet, Section, Shape, Site, Tenant, Website
from commands.demo.skins.markup import (
    Placed,
    Scene,
    answer,
    day_digits,
    digits,
    files,
    inside,
    links,
    pages_of,
    scene,
)

PER_PAGE = 10


def build(site: Site, night: int) -> Website:
    """Return the site of one school."""
    drawn = scene(site, night, first_number=401)
    (tenant,) = site.tenants
    front = answer(_home(drawn, tenant))
    pages = {"/": front, "/index.html": front}
    for section in tenant.sections:
        if not section.gone_on(night):
            pages |= _column(drawn, tenant, section)
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        pages |= files(one, _file_path)
    text = "<p>您访问的页面不存在或已删除，3 秒后返回首页。</p>"
    missing = _frame(drawn, tenant, "提示信息", text, "")
    status = 200 if site.soft_404 else 404
    return Website(pages=pages, unknown=answer(missing, status=status))


def _folder(section: Section) -> str:
    return f"/a/{section.slug}/"


def _page_path(tenant: Tenant, section: Section, number: int) -> str:
    if number == 1:
        return _folder(section)
    return f"{_folder(section)}list_{tenant.sections.index(section) + 3}_{number}.html"


def _article_path(one: Placed) -> str:
    return f"{_folder(one.section)}{day_digits(one.entry)}/{one.number}.html"


def _file_path(one: Placed, file: Leaflet) -> str:
    return f"/uploads/soft/{day_digits(one.entry)[2:]}/{digits(one.entry.title + file.name, 8)}.{file.suffix}"


def _column(drawn: Scene, tenant: Tenant, section: Section) -> dict[str, Answer]:
    if section.shape is Shape.TEXT:
        return {_folder(section): answer(_article(drawn, drawn.entries(section)[0]))}
    pages = pages_of(drawn.entries(section), PER_PAGE)
    return {
        _page_path(tenant, section, number): answer(
            _list(drawn, tenant, section, page, number, len(pages))
        )
        for number, page in enumerate(pages, start=1)
    }


def _list(
    drawn: Scene,
    tenant: Tenant,
    section: Section,
    page: tuple[Placed, ...],
    number: int,
    total: int,
) -> str:
    dates = section.dates or Dates.ISO
    rows = "\n".join(
        f'<li>[<b><a href="{_folder(section)}">{section.name}</a></b>]'
        f'<a href="{_article_path(one)}" class="title">{escape(one.entry.title)}</a>'
        f'<span class="info">{dates.write(one.entry.day)}</span></li>'
        for one in page
    )
    if not page:
        rows = f"<li>{section.says}</li>"
    numbers = "".join(
        f'<li class="thisclass">{other}</li>'
        if other == number
        else f'<li><a href="{_page_path(tenant, section, other)}">{other}</a></li>'
        for other in range(1, total + 1)
    )
    if number < total:
        numbers += f'<li><a href="{_page_path(tenant, section, number + 1)}">下一页</a></li>'
    count = len(drawn.entries(section))
    pager = f'<ul class="pagelist">{numbers}<li><span class="pageinfo">共 <b>{total}</b>页<b>{count}</b>条</span></li></ul>'
    main = f"""<div class="listbox"><ul class="e2">
{rows}
</ul></div>
<div class="dede_pages">{pager if page else ""}</div>"""
    trail = f'<a href="{_folder(section)}">{section.name}</a> &gt; 列表'
    return _frame(drawn, tenant, section.name, main, trail)


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    main = f"""<div class="viewbox"><div class="title"><h2>{escape(entry.title)}</h2></div>
<div class="info"><small>时间:</small>{entry.day} 16:20<small>来源:</small>{one.tenant.name}<small>作者:</small>admin <small>点击:</small><span id="hits"></span>次</div>
<div class="content">
{inside(one, _file_path)}
</div></div>"""
    trail = f'<a href="{_folder(one.section)}">{one.section.name}</a> &gt; 正文'
    return _frame(drawn, one.tenant, entry.title, main, trail)


def _home(drawn: Scene, tenant: Tenant) -> str:
    latest = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant, 8))
    return _frame(
        drawn,
        tenant,
        "首页",
        f'<dl class="tbox"><dt>最新动态</dt><dd><ul>\n{latest}\n</ul></dd></dl>',
        "",
    )


def _frame(drawn: Scene, tenant: Tenant, title: str, main: str, trail: str) -> str:
    menu = links((_folder(section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    place = (
        f'<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> &gt; {trail}</div>'
        if trail
        else ""
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}_{tenant.name}</title>
<link href="/templets/default/style/dedecms.css" rel="stylesheet" /></head><body>
<div class="header"><h1><a href="/">{tenant.name}</a></h1></div>
<div id="navMenu"><ul><li><a href="/">主页</a></li>
{menu}
</ul></div>
<div class="pleft">{place}
{main}
</div>
<div class="pright"><dl class="tbox"><dt>热点推荐</dt><dd><ul>
{hot}
</ul></dd></dl></div>
<div class="footer">Copyright 2012-2026 {tenant.name} 版权所有　地址：{tenant.place}　电话：{tenant.phone}　示例备20120101号</div>
</body></html>"""
