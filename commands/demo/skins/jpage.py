"""大汉栏目页: the list hides in CDATA records of a script; more comes from dataproxy.jsp."""

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
    scene,
)

PER_PAGE = 15
GROUP = 3 * PER_PAGE  # the first answer carries three pages at once
_PROXY = "/module/web/jpage/dataproxy.jsp"
_DOWNLOAD = "/module/download/downfile.jsp"


def build(site: Site, night: int) -> Website:
    """Return a school site made with the platform; it has one tenant."""
    drawn = scene(site, night, first_number=50211)
    (tenant,) = site.tenants
    pages = {"/": answer(_home(drawn, tenant)), "/index.html": answer(_home(drawn, tenant))}
    for section in tenant.sections:
        if not section.gone_on(night):
            pages[_column_path(tenant, section)] = answer(_column(drawn, tenant, section))
    stored: dict[str, Answer] = {}
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        stored |= files(one, _file_name)
    missing = answer(
        _frame(drawn, tenant, "提示信息", "<p>您访问的页面不存在或已删除</p>"), status=404
    )

    def records(parameters: Mapping[str, str]) -> Answer:
        return _records(drawn, tenant, parameters)

    def download(parameters: Mapping[str, str]) -> Answer:
        return stored.get(parameters.get("filename", ""), missing)

    return Website(pages=pages, scripts={_PROXY: records, _DOWNLOAD: download}, unknown=missing)


def _number(tenant: Tenant, section: Section) -> int:
    return 1229001 + tenant.sections.index(section)


def _column_path(tenant: Tenant, section: Section) -> str:
    return f"/col/col{_number(tenant, section)}/index.html"


def _article_path(one: Placed) -> str:
    year, month, day = one.entry.day.split("-")
    column = _number(one.tenant, one.section)
    return f"/art/{year}/{int(month)}/{int(day)}/art_{column}_{one.number}.html"


def _file_name(one: Placed, file: Leaflet) -> str:
    return f"{digits(one.entry.title + file.name, 18)}.{file.suffix}"


def _file_address(one: Placed, file: Leaflet) -> str:
    return f"{_DOWNLOAD}?classid=0&showname={file.name}&filename={_file_name(one, file)}"


def _row(one: Placed) -> str:
    dates = one.section.dates or Dates.ISO
    title = escape(one.entry.title)
    return (
        f"<li><a href='{_article_path(one)}' title='{title}' target='_blank'>{title}</a>"
        f"<span>{dates.write(one.entry.day)}</span></li>"
    )


def _datastore(
    tenant: Tenant, section: Section, entries: tuple[Placed, ...], start: int, stop: int
) -> str:
    """Return the records ``start`` … ``stop`` (from 1), and where the next ones are."""
    records = "\n".join(
        f"<record><![CDATA[\n{_row(one)}]]></record>" for one in entries[start - 1 : stop]
    )
    following = ""
    if stop < len(entries):
        following = (
            f'<nextgroup><![CDATA[<a href="{_PROXY}?startrecord={stop + 1}&endrecord={stop + GROUP}'
            f'&perpage={PER_PAGE}&{_identity(tenant, section)}"></a>]]></nextgroup>'
        )
    pages = -(-len(entries) // PER_PAGE)
    return f"""<datastore>
{following}
<recordset>
{records}
</recordset>
<totalrecord>{len(entries)}</totalrecord><totalpage>{pages}</totalpage>
</datastore>"""


def _identity(tenant: Tenant, section: Section) -> str:
    return (
        f"col=1&appid=1&webid=12&path=%2F&columnid={_number(tenant, section)}"
        f"&sourceContentType=1&unitid={_unit(section)}&permissiontype=0"
    )


def _unit(section: Section) -> str:
    return digits(section.slug, 5)


def _records(drawn: Scene, tenant: Tenant, parameters: Mapping[str, str]) -> Answer:
    wanted = parameters.get("columnid", "")
    for section in tenant.sections:
        if str(_number(tenant, section)) == wanted:
            entries = drawn.entries(section)
            start = int(parameters.get("startrecord", "1"))
            stop = int(parameters.get("endrecord", str(GROUP)))
            text = _datastore(tenant, section, entries, start, stop)
            return Answer(body=text.encode(), media="text/xml; charset=utf-8")
    return answer("<datastore></datastore>", status=404)


def _column(drawn: Scene, tenant: Tenant, section: Section) -> str:
    entries = drawn.entries(section)
    if section.shape is Shape.TEXT:
        return _article(drawn, entries[0])
    unit = _unit(section)
    if entries:
        block = f"""<div id="{unit}" class="default_pgContainer">
<script type="text/xml">{_datastore(tenant, section, entries, 1, GROUP)}</script></div>
<script>$('#{unit}').jpage({{totalRecord:{len(entries)},perPage:{PER_PAGE},
proxyUrl:'{_PROXY}',paras:'{_identity(tenant, section)}'}});</script>"""
    else:
        block = f'<div id="{unit}" class="default_pgContainer"><p class="nodata">{section.says}</p></div>'
    meta = f'<meta name="ColumnName" content="{section.name}">'
    trail = (
        f'<a href="/">首页</a> &gt; <a href="{_column_path(tenant, section)}">{section.name}</a>'
    )
    main = f"""<div class="bt-position">您的位置：{trail}</div>
<h3 class="lmmc">{section.name}</h3>
<div class="main-lm">
{block}
</div>"""
    return _frame(drawn, tenant, section.name, main, meta)


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    column = _column_path(one.tenant, one.section)
    meta = (
        f'<meta name="ArticleTitle" content="{escape(entry.title)}">\n'
        f'<meta name="pubdate" content="{entry.day} 10:05">\n'
        f'<meta name="ColumnName" content="{one.section.name}">'
    )
    main = f"""<div class="bt-position">您的位置：<a href="/">首页</a> &gt; <a href="{column}">{one.section.name}</a></div>
<div id="article" class="main-con">
<h1 class="title">{escape(entry.title)}</h1>
<p class="info"><span>日期：{entry.day}</span><span>来源：{one.tenant.name}</span><span>浏览量：<i id="visit"></i></span></p>
<div id="zoom" class="zoom"><!--ZJEG_RSS.content.begin-->
{inside(one, _file_address)}
<!--ZJEG_RSS.content.end--></div></div>"""
    return _frame(drawn, one.tenant, entry.title, main, meta)


def _home(drawn: Scene, tenant: Tenant) -> str:
    blocks = "\n".join(
        f"""<div class="box"><h3>{section.name}<a class="more" href="{_column_path(tenant, section)}">更多</a></h3><ul>
{links((_article_path(one), one.entry.title) for one in drawn.entries(section)[:5])}
</ul></div>"""
        for section in tenant.sections[-2:]
    )
    return _frame(drawn, tenant, "首页", f'<div class="banner">{tenant.name}欢迎您</div>\n{blocks}')


def _frame(drawn: Scene, tenant: Tenant, title: str, main: str, meta: str = "") -> str:
    menu = links((_column_path(tenant, section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{tenant.name} {escape(title)}</title>
<meta name="SiteName" content="{tenant.name}">
{meta}
<script src="/script/jquery.js"></script><script src="/script/jpage.js"></script></head><body>
<div class="logo"><img src="/picture/logo.png" alt="{tenant.name}"></div>
<ul class="menu"><li><a href="/">网站首页</a></li>
{menu}
</ul>
<div class="content">
{main}
</div>
<div class="hot"><h3>热点推荐</h3><ul>
{hot}
</ul></div>
<div class="foot">主办单位：{tenant.name}　地址：{tenant.place}　电话：{tenant.phone}　示例备20160101号-2</div>
</body></html>"""
