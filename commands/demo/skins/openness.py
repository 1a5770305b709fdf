"""公开控制器: /OpennessContent/showList/branch/topic/page_n.html; its header carries today's date."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

from html import escape

from commands.demo.records import (
    NIGHTS,
    Answer,
    Dates,
    Leaflet,
    Section,
    Shape,
    Site,
    Tenant,
    Website,
)
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

PER_PAGE = 10
_ROOT = "/OpennessContent"


def build(site: Site, night: int) -> Website:
    """Return one host with a branch for each of its schools."""
    drawn = scene(site, night, first_number=30861)
    pages = {"/": answer(_branches(drawn))}
    for tenant in site.tenants:
        pages[home(tenant)] = answer(_home(drawn, tenant))
        for section in tenant.sections:
            if not section.gone_on(night):
                pages |= _column(drawn, tenant, section)
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        pages |= files(one, _file_path)
    missing = "<html><head><title>404</title></head><body>Not Found</body></html>"
    return Website(pages=pages, unknown=answer(missing, status=404))


def home(tenant: Tenant) -> str:
    return f"/Openness/index/{_branch(tenant)}.html"


def _branch(tenant: Tenant) -> str:
    return digits(tenant.code, 3)


def _topic(tenant: Tenant, section: Section) -> int:
    return 305 + tenant.sections.index(section)


def _page_path(tenant: Tenant, section: Section, number: int = 1) -> str:
    return f"{_ROOT}/showList/{_branch(tenant)}/{_topic(tenant, section)}/page_{number}.html"


def _article_path(one: Placed) -> str:
    return f"{_ROOT}/show/{one.number}.html"


def _file_path(one: Placed, file: Leaflet) -> str:
    return (
        f"/uploadfile/{one.entry.day[:4]}/{digits(one.entry.title + file.name, 14)}.{file.suffix}"
    )


def _column(drawn: Scene, tenant: Tenant, section: Section) -> dict[str, Answer]:
    if section.shape is Shape.TEXT:
        only = drawn.entries(section)[0]
        return {_page_path(tenant, section): answer(_article(drawn, only))}
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
        f'<tr><td class="bt"><a href="{_article_path(one)}" title="{escape(one.entry.title)}">'
        f"{escape(one.entry.title)}</a></td><td>{tenant.short}</td>"
        f'<td class="fbrq">{dates.write(one.entry.day)}</td></tr>'
        for one in page
    )
    block = f"""<table class="m-list"><thead><tr><th>标题</th><th>发布机构</th><th>发布日期</th></tr></thead><tbody>
{rows}
</tbody></table>"""
    if not page:
        block = f'<div class="listright-box"><p>{section.says}</p></div>'
    numbers = "".join(
        f'<a href="{_page_path(tenant, section, other)}">{other}</a>'
        for other in range(1, total + 1)
    )
    if number < total:
        numbers += f'<a href="{_page_path(tenant, section, number + 1)}">下一页</a>'
    pager = f'<div class="g-page">共{total}页 {numbers}</div>' if page else ""
    main = f'<h3 class="g-title">{section.name}</h3>\n{block}\n{pager}'
    return _frame(drawn, tenant, section.name, main, section.name)


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    main = f"""<div class="g-detailbox"><h1>{escape(entry.title)}</h1>
<div class="g-info">发布日期：{entry.day}　发布机构：{one.tenant.name}　浏览：次</div>
<div class="newscontnet"><div class="text">
{inside(one, _file_path)}
</div></div></div>"""
    return _frame(drawn, one.tenant, entry.title, main, f"{one.section.name} &gt; 正文")


def _home(drawn: Scene, tenant: Tenant) -> str:
    latest = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant, 8))
    main = f'<h3 class="g-title">最新公开</h3><ul>\n{latest}\n</ul>'
    return _frame(drawn, tenant, f"{tenant.name}信息公开", main, "信息公开")


def _frame(drawn: Scene, tenant: Tenant, title: str, main: str, place: str) -> str:
    tree = links((_page_path(tenant, section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    today = NIGHTS[drawn.night - 1]
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="SiteName" content="{drawn.site.title}"></head><body>
<div class="head"><span>今天是{today.year}年{today.month}月{today.day}日</span>
<a href="/">{drawn.site.title}</a></div>
<div class="local">当前位置：<a href="/">首页</a> &gt; <a href="{home(tenant)}">{tenant.name}</a> &gt; {place}</div>
<div class="m-left"><h3>公开目录</h3><ul>
{tree}
</ul></div>
<div class="m-right">
{main}
</div>
<div class="m-hot"><h3>热点推荐</h3><ul>
{hot}
</ul></div>
<div class="foot">{drawn.site.title}　地址：{tenant.place}　电话：{tenant.phone}　版权所有 2018-2026</div>
</body></html>"""


def _branches(drawn: Scene) -> str:
    names = links((home(tenant), tenant.name) for tenant in drawn.site.tenants)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{drawn.site.title}</title></head><body>
<h1>{drawn.site.title}</h1><ul>
{names}
</ul></body></html>"""
