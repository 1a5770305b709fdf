"""老式校园网: hand-written ASP in nested tables, GBK declared as gb2312, no meta data."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from commands.demo.records import Answer, Dates, Leaflet, Section, Shape, Site, Tenant, Website
from commands.demo.skins.markup import (
    Placed,
    Scene,
    day_digits,
    digits,
    files,
    inside,
    pages_of,
    scene,
)

PER_PAGE = 15


def build(site: Site, night: int) -> Website:
    """Return the old site of one school."""
    drawn = scene(site, night, first_number=311)
    (tenant,) = site.tenants
    front = _page(_home(drawn, tenant))
    missing = _page(_frame(drawn, tenant, "<p>对不起，您要找的页面不存在！</p>"), status=404)
    shown = {str(one.number): one for one in drawn.articles()}
    pages = {"/": front, "/index.asp": front}
    for one in shown.values():
        pages |= files(one, _file_path)

    def listing(parameters: Mapping[str, str]) -> Answer:
        return _listing(drawn, tenant, parameters, missing)

    def article(parameters: Mapping[str, str]) -> Answer:
        one = shown.get(parameters.get("id", ""))
        return _page(_article(drawn, one)) if one else missing

    scripts: dict[str, Callable[[Mapping[str, str]], Answer]] = {
        "/list.asp": listing,
        "/show.asp": article,
    }
    return Website(pages=pages, scripts=scripts, unknown=missing)


def _page(text: str, status: int = 200) -> Answer:
    # old servers name no charset in the header; only the page does
    return Answer(body=text.encode("gbk", "xmlcharrefreplace"), media="text/html", status=status)


def _file_path(one: Placed, file: Leaflet) -> str:
    return f"/upfiles/{day_digits(one.entry)}{digits(file.name, 6)}.{file.suffix}"


def _listing(
    drawn: Scene, tenant: Tenant, parameters: Mapping[str, str], missing: Answer
) -> Answer:
    chosen = parameters.get("id", "")
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(tenant.sections):
        return missing
    section = tenant.sections[int(chosen) - 1]
    if section.gone_on(drawn.night):
        return missing
    if section.shape is Shape.TEXT:
        return _page(_article(drawn, drawn.entries(section)[0]))
    pages = pages_of(drawn.entries(section), PER_PAGE)
    number = int(parameters.get("page", "1"))
    if not 1 <= number <= len(pages):
        return missing
    return _page(_list(drawn, tenant, section, pages[number - 1], number, len(pages)))


def _list(
    drawn: Scene,
    tenant: Tenant,
    section: Section,
    page: tuple[Placed, ...],
    number: int,
    total: int,
) -> str:
    dates = section.dates or Dates.SLASH
    rows = "\n".join(
        f'<tr><td height="24">·<a href="show.asp?id={one.number}">{escape(one.entry.title)}</a></td>'
        f'<td width="90" align="right"><font color="#999999">{dates.write(one.entry.day)}</font></td></tr>'
        for one in page
    )
    if not page:
        rows = f'<tr><td height="24" align="center">{section.says}</td></tr>'
    steps = [f"共{total}页 第{number}页"]
    place = tenant.sections.index(section) + 1
    if number > 1:
        steps.append(f'<a href="list.asp?id={place}&page={number - 1}">上一页</a>')
    if number < total:
        steps.append(f'<a href="list.asp?id={place}&page={number + 1}">下一页</a>')
    main = f"""<table width="100%" border="0"><tr><td class="bt"><b>{section.name}</b></td></tr></table>
<table width="98%" border="0" align="center" class="lb">
{rows}
</table>
<table width="100%"><tr><td align="center">{" ".join(steps) if page else ""}</td></tr></table>"""
    return _frame(drawn, tenant, main, section.name)


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    main = f"""<table width="96%" border="0" align="center">
<tr><td align="center"><font size="4"><b>{escape(entry.title)}</b></font></td></tr>
<tr><td align="center" class="xx">作者：{one.tenant.short}　发布时间：{Dates.SLASH.write(entry.day)} 9:12:00　点击数：</td></tr>
<tr><td class="nr">
{inside(one, _file_path)}
</td></tr>
<tr><td align="right">[<a href="javascript:window.close()">关闭窗口</a>]</td></tr></table>"""
    return _frame(drawn, one.tenant, main, f"{one.section.name}&nbsp;&gt;&nbsp;正文")


def _home(drawn: Scene, tenant: Tenant) -> str:
    rows = "\n".join(
        f'<tr><td>·<a href="show.asp?id={one.number}">{escape(one.entry.title)}</a></td></tr>'
        for one in drawn.hot(tenant, 8)
    )
    main = (
        f'<marquee scrollamount="3">欢迎访问{tenant.name}网站</marquee>\n<table>\n{rows}\n</table>'
    )
    return _frame(drawn, tenant, main)


def _frame(drawn: Scene, tenant: Tenant, main: str, place: str = "") -> str:
    menu = "\n".join(
        f'<td align="center"><a href="list.asp?id={number}">{section.name}</a></td>'
        for number, section in enumerate(tenant.sections, start=1)
    )
    hot = "\n".join(
        f'<tr><td>·<a href="show.asp?id={one.number}">{escape(one.entry.title)}</a></td></tr>'
        for one in drawn.hot(tenant)
    )
    trail = f' &gt; <a href="#">信息公开</a> &gt; {place}' if place else ""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{tenant.name}</title></head><body bgcolor="#FFFFFF">
<table width="980" align="center"><tr><td><img src="images/top.gif" alt="{tenant.name}"></td></tr></table>
<table width="980" align="center" bgcolor="#CC0000"><tr><td align="center"><a href="index.asp">网站首页</a></td>
{menu}
</tr></table>
<table width="980" align="center"><tr><td>当前位置：<a href="index.asp">首页</a>{trail}</td>
<td align="right"><script>var d=new Date();document.write('今天是'+d.getFullYear()+'年');</script></td></tr></table>
<table width="980" align="center"><tr><td width="220" valign="top">
<table width="100%"><tr><td><b>热点推荐</b></td></tr>
{hot}
</table></td><td valign="top">
{main}
</td></tr></table>
<table width="980" align="center"><tr><td align="center">版权所有 {tenant.name} 2008-2026　地址：{tenant.place}　电话：{tenant.phone}
<br>示例备20080101号</td></tr></table></body></html>"""
