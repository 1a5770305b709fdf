"""手工小站: one folder of pages without any platform; some columns may be filled by a script."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

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

PER_PAGE = 18
_SCRIPT = "/static/js/app.3f2a91c.js"


def build(site: Site, night: int) -> Website:
    """Return the site of one school."""
    drawn = scene(site, night, first_number=101)
    (tenant,) = site.tenants
    front = answer(_home(drawn, tenant))
    pages = {"/": front, "/index.html": front}
    for section in tenant.sections:
        if not section.gone_on(night):
            pages |= _column(drawn, tenant, section)
    for one in drawn.articles():
        if one.section.shape is not Shape.SHELL:
            pages[_article_path(one)] = answer(_article(drawn, one))
            pages |= files(one, _file_path)
    if any(section.shape is Shape.SHELL for section in tenant.sections):
        bundle = b"!function(e){var t={};function n(r){return t[r]}n(0)}([]);\n"
        pages[_SCRIPT] = Answer(body=bundle, media="application/javascript")
    missing = "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>"
    return Website(pages=pages, unknown=answer(missing, status=404))


def _page_path(section: Section, number: int = 1) -> str:
    return f"/{section.slug}.html" if number == 1 else f"/{section.slug}_{number}.html"


def _article_path(one: Placed) -> str:
    return f"/{one.section.slug}/{one.entry.day[:4]}/{one.number}.html"


def _file_path(one: Placed, file: Leaflet) -> str:
    return f"/files/{digits(one.entry.title + file.name, 6)}.{file.suffix}"


def _column(drawn: Scene, tenant: Tenant, section: Section) -> dict[str, Answer]:
    if section.shape is Shape.TEXT:
        return {_page_path(section): answer(_article(drawn, drawn.entries(section)[0]))}
    if section.shape is Shape.SHELL:
        main = f'<div id="app" data-cid="{digits(section.slug, 4)}"></div>\n<script src="{_SCRIPT}"></script>'
        return {_page_path(section): answer(_frame(drawn, tenant, section.name, main))}
    pages = pages_of(drawn.entries(section), PER_PAGE)
    return {
        _page_path(section, number): answer(_list(drawn, tenant, section, page, number, len(pages)))
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
        f'<li><i>{dates.write(one.entry.day)}</i><a href="{_article_path(one)}">{escape(one.entry.title)}</a></li>'
        for one in page
    )
    block = (
        f'<ul class="news-list">\n{rows}\n</ul>'
        if page
        else f'<div class="news-list">{section.says}</div>'
    )
    following = f'<a href="{_page_path(section, number + 1)}">下一页</a>' if number < total else ""
    pager = f'<div class="pager">第 {number}/{total} 页 {following}</div>' if total > 1 else ""
    return _frame(drawn, tenant, section.name, f"<h2>{section.name}</h2>\n{block}\n{pager}")


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    main = f"""<h1>{escape(entry.title)}</h1>
<p class="date">{entry.day}　{one.tenant.short}</p>
<div class="article">
{inside(one, _file_path)}
</div>"""
    return _frame(drawn, one.tenant, one.section.name, main, entry.title)


def _home(drawn: Scene, tenant: Tenant) -> str:
    latest = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant, 8))
    main = (
        f"<p>{tenant.name}位于{tenant.place}，欢迎家长和社会各界监督。</p>\n<ul>\n{latest}\n</ul>"
    )
    return _frame(drawn, tenant, "首页", main)


def _frame(drawn: Scene, tenant: Tenant, place: str, main: str, title: str = "") -> str:
    menu = links((_page_path(section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(title or place)} | {tenant.name}</title></head><body>
<header><a href="/index.html">{tenant.name}</a></header>
<nav><ul><li><a href="/index.html">首页</a></li>
{menu}
</ul></nav>
<main><p class="crumbs">当前位置：<a href="/index.html">首页</a> / {place}</p>
{main}
</main>
<aside><h3>热点推荐</h3><ul>
{hot}
</ul></aside>
<footer>{tenant.name}　{tenant.place}　{tenant.phone}　示例备20200101号</footer>
</body></html>"""
