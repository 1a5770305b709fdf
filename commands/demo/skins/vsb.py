"""博达站群: rows with ids line_u9_n; page 2 of n is /dir/{n-1}.htm, the last page is /dir/1.htm."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from commands.demo.records import Answer, Dates, Leaflet, Section, Shape, Site, Tenant, Website
from commands.demo.skins.markup import (
    Placed,
    Scene,
    answer,
    digits,
    files,
    inside,
    links,
    pages_of,
    scene,
)

PER_PAGE = 12
_DOWNLOAD = "/system/_content/download.jsp"


def build(site: Site, night: int) -> Website:
    """Return a school site made with the site builder; it has one tenant."""
    drawn = scene(site, night, first_number=1211)
    (tenant,) = site.tenants
    pages = {"/": answer(_home(drawn, tenant)), "/index.htm": answer(_home(drawn, tenant))}
    stored: dict[str, Answer] = {}
    for section in tenant.sections:
        if not section.gone_on(night):
            pages |= _column(drawn, tenant, section)
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        stored |= files(one, _file_number)
    missing = answer(_frame(drawn, tenant, "404", "<h2>404 页面不存在</h2>"), status=404)

    def download(parameters: Mapping[str, str]) -> Answer:
        return stored.get(parameters.get("wbfileid", ""), missing)

    return Website(pages=pages, scripts={_DOWNLOAD: download}, unknown=missing)


def _stem(section: Section) -> str:
    return f"/xxgk/{section.slug}"


def _tree_number(tenant: Tenant, section: Section) -> int:
    return 1031 + tenant.sections.index(section)


def _article_path(one: Placed) -> str:
    return f"/info/{_tree_number(one.tenant, one.section)}/{one.number}.htm"


def _file_number(one: Placed, file: Leaflet) -> str:
    return digits(one.entry.title + file.name, 7)


def _file_address(one: Placed, file: Leaflet) -> str:
    return (
        f"{_DOWNLOAD}?urltype=news.DownloadAttachUrl&owner=1402938475"
        f"&wbfileid={_file_number(one, file)}"
    )


def _page_path(section: Section, place: int, total: int) -> str:
    """Return the address of page ``place`` (from 0): counted down from the last."""
    return f"{_stem(section)}.htm" if place == 0 else f"{_stem(section)}/{total - place}.htm"


def _column(drawn: Scene, tenant: Tenant, section: Section) -> dict[str, Answer]:
    if section.shape is Shape.TEXT:
        return {_page_path(section, 0, 1): answer(_article(drawn, drawn.entries(section)[0]))}
    pages = pages_of(drawn.entries(section), PER_PAGE)
    return {
        _page_path(section, place, len(pages)): answer(
            _list(drawn, tenant, section, page, place, len(pages))
        )
        for place, page in enumerate(pages)
    }


def _list(
    drawn: Scene, tenant: Tenant, section: Section, page: tuple[Placed, ...], place: int, total: int
) -> str:
    dates = section.dates or Dates.ISO
    rows = "\n".join(
        f'<li id="line_u9_{row}"><a href="{_article_path(one)}" title="{escape(one.entry.title)}">'
        f"{escape(one.entry.title)}</a><span>{dates.write(one.entry.day)}</span></li>"
        for row, one in enumerate(page)
    )
    if not page:
        rows = f'<li class="none">{section.says}</li>'
    count = len(drawn.entries(section))
    following = (
        f'<span class="p_next p_fun"><a href="{_page_path(section, place + 1, total)}">下页</a></span>'
        if place + 1 < total
        else '<span class="p_next_d p_fun_d">下页</span>'
    )
    pager = f"""<div class="pb_sys_common pb_sys_normal"><span class="p_pages">
<span class="p_t">共{count}条</span> <span class="p_t">{place + 1}/{total}</span>
{following}</span></div>
<script>_simple_list_gotopage_fun({total},'u9_goto',1)</script>"""
    main = f"""<h3 class="lm">{section.name}</h3>
<div class="main_list"><ul>
{rows}
</ul>
{pager if page else ""}
</div>"""
    return _frame(drawn, tenant, section.name, main)


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    main = f"""<form name="_newscontent_fromname"><div class="v_news">
<h2 class="title">{escape(entry.title)}</h2>
<p class="xinxi">{entry.day.replace("-", "年", 1).replace("-", "月")}日 08:40　作者：{one.tenant.short}　点击：[<span id="dynclicks"></span>]</p>
<div id="vsb_content"><div class="v_news_content">
{inside(one, _file_address)}
</div></div></div></form>"""
    return _frame(drawn, one.tenant, one.section.name, main, entry.title)


def _home(drawn: Scene, tenant: Tenant) -> str:
    latest = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant, 8))
    return _frame(
        drawn, tenant, "首页", f'<div class="banner"></div><ul class="news">\n{latest}\n</ul>'
    )


def _frame(drawn: Scene, tenant: Tenant, place: str, main: str, title: str = "") -> str:
    menu = links((_page_path(section, 0, 1), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    return f"""<!DOCTYPE html>
<html><head><title>{escape(title or place)}-{tenant.name}</title><meta charset="UTF-8">
<META Name="keywords" Content="{tenant.name},{place}" />
<script language="javascript" src="/system/resource/js/counter.js"></script>
<script src="/_sitegray/_sitegray.js"></script>
<!--Announced by Visual SiteBuilder 9--></head><body>
<div class="header"><img src="/images/logo.png" alt="{tenant.name}"></div>
<div class="nav"><ul><li><a href="/index.htm">首页</a></li>
{menu}
</ul></div>
<div class="dqwz">当前位置：<a href="/index.htm">首页</a> &gt;&gt; <a href="/index.htm">信息公开</a> &gt;&gt; {place}</div>
<div class="ny">
{main}
</div>
<div class="ce"><h3>热点推荐</h3><ul>
{hot}
</ul></div>
<div class="foot">版权所有：{tenant.name}　地址：{tenant.place}　电话：{tenant.phone}　示例备20170101号-3</div>
</body></html>"""
