"""公开平台: schools as organs of one host; column pages are shells filled from site/label/8888."""

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

PREFIX = "/zwgk"
PER_PAGE = 15
_SITE_ID = "6789012"
_FEED = f"{PREFIX}/site/label/8888"
_TEMPLATE = "/qhx/xxgk/publicInfoList_newest2020"


def build(site: Site, night: int) -> Website:
    """Return the platform with all its organs."""
    drawn = scene(site, night, first_number=7450011)
    pages = {"/": answer(_organs(drawn)), f"{PREFIX}/": answer(_organs(drawn))}
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        pages |= files(one, _file_path)
    missing = answer(_notice(site, "您访问的页面不存在或已删除"), status=404)

    def fragment(parameters: Mapping[str, str]) -> Answer:
        return _fragment(drawn, parameters)

    scripts = {_FEED: fragment}
    for tenant in site.tenants:

        def column(parameters: Mapping[str, str], tenant: Tenant = tenant) -> Answer:
            return _column(drawn, tenant, parameters.get("catId", ""), missing)

        scripts[_organ_path(tenant)] = column
    return Website(pages=pages, scripts=scripts, unknown=missing)


def organ(tenant: Tenant) -> str:
    """Return the number of a school on the platform."""
    return digits(tenant.code, 7)


def home(tenant: Tenant) -> str:
    return f"{_organ_path(tenant)}?type=4&action=list"


def _organ_path(tenant: Tenant) -> str:
    return f"{PREFIX}/public/column/{organ(tenant)}"


def _category(tenant: Tenant, section: Section) -> str:
    return str(int(organ(tenant)) % 10000 * 100 + tenant.sections.index(section) + 11)


def _column_address(tenant: Tenant, section: Section) -> str:
    return f"{home(tenant)}&nav=3&catId={_category(tenant, section)}"


def _article_path(one: Placed) -> str:
    return f"{PREFIX}/public/{organ(one.tenant)}/{one.number}.html"


def _file_path(one: Placed, file: Leaflet) -> str:
    return f"/group3/M00/0A/{digits(one.entry.title + file.name, 12)}.{file.suffix}"


def _section(tenant: Tenant, category: str) -> Section | None:
    for section in tenant.sections:
        if _category(tenant, section) == category:
            return section
    return None


def _column(drawn: Scene, tenant: Tenant, category: str, missing: Answer) -> Answer:
    section = _section(tenant, category)
    if not category:
        return answer(_shell(drawn, tenant, tenant.sections[-1]))
    if section is None or section.gone_on(drawn.night):
        return missing
    if section.shape is Shape.TEXT:
        return answer(_article(drawn, drawn.entries(section)[0]))
    return answer(_shell(drawn, tenant, section))


def _query(tenant: Tenant, section: Section) -> str:
    return (
        f"IsAjax=1&dataType=html&labelName=publicInfoList&siteId={_SITE_ID}"
        f"&organId={organ(tenant)}&catId={_category(tenant, section)}&pageIndex=1"
        f"&pageSize={PER_PAGE}&type=4&action=list&isDate=true&dateFormat=yyyy-MM-dd&length=50"
        f"&sortType=1&fuzzySearch=false&fromCode=title&keyWords=&isInvalid=0"
        f"&result=暂无相关信息&file={_TEMPLATE}"
    )


def _shell(drawn: Scene, tenant: Tenant, section: Section) -> str:
    """Return the column page: menu, breadcrumb, and a script that asks for the list."""
    settings = ",".join(
        f"{name}:'{value}'"
        for name, _, value in (pair.partition("=") for pair in _query(tenant, section).split("&"))
    )
    main = f"""<h2 class="xxgk_lm">{section.name}</h2>
<div class="xxgk_list" id="xxgk_lmcon"></div>
<script type="text/javascript">
var organId='{organ(tenant)}', catId='{_category(tenant, section)}', siteId='{_SITE_ID}';
$.ajax({{url:'{_FEED}',type:'GET',data:{{{settings}}},
success:function(html){{$('#xxgk_lmcon').html(html);}}}});
</script>"""
    return _frame(drawn, tenant, section.name, main, section.name)


def _fragment(drawn: Scene, parameters: Mapping[str, str]) -> Answer:
    by_organ = {organ(tenant): tenant for tenant in drawn.site.tenants}
    tenant = by_organ.get(parameters.get("organId", ""))
    section = _section(tenant, parameters.get("catId", "")) if tenant else None
    if section is None:
        return answer('<div class="xxgk_none">参数错误</div>', status=404)
    pages = pages_of(drawn.entries(section), PER_PAGE)
    asked = int(parameters.get("pageIndex", "1"))
    page = pages[asked - 1] if asked <= len(pages) else ()
    if not page:
        return answer(f'<div class="xxgk_none">{section.says}</div>')
    dates = section.dates or Dates.ISO
    rows = "\n".join(
        f'<li><a href="{_article_path(one)}" target="_blank" title="{escape(one.entry.title)}">'
        f'{escape(one.entry.title)}</a><span class="date">{dates.write(one.entry.day)}</span></li>'
        for one in page
    )
    pager = f"<script>Ls.pagination('#page_public_info',function(){{}},{{pageCount:{len(pages)},pageIndex:{asked}}});</script>"
    return answer(
        f'<ul class="xxgk_nav_list">\n{rows}\n</ul>\n<div id="page_public_info"></div>{pager}'
    )


def _article(drawn: Scene, one: Placed) -> str:
    entry = one.entry
    meta = (
        f'<meta name="ArticleTitle" content="{escape(entry.title)}">\n'
        f'<meta name="PubDate" content="{entry.day} 15:30">\n'
        f'<meta name="ContentSource" content="{one.tenant.name}">'
    )
    main = f"""<table class="table_suoyin"><tbody>
<tr><th>索 引 号：</th><td>{organ(one.tenant)}/{entry.day[:4]}-{one.number % 100000}</td><th>信息分类：</th><td>{one.section.name}</td></tr>
<tr><th>发布机构：</th><td>{one.tenant.name}</td><th>发文日期：</th><td>{entry.day}</td></tr>
<tr><th>发文字号：</th><td id="_fileNum">{entry.doc_no or "无"}</td><th>有 效 性：</th><td>有效</td></tr>
</tbody></table>
<h1 class="newstitle">{escape(entry.title)}</h1>
<div class="newsinfo">发布时间：{entry.day} 15:30　信息来源：{one.tenant.name}　阅读次数：<span id="hit">--</span>　字体：【大 中 小】</div>
<div class="newscontnet" id="zoom">
{inside(one, _file_path)}
</div>
<div class="wztool">我要纠错　政策咨询　扫一扫在手机打开当前页</div>"""
    return _frame(drawn, one.tenant, entry.title, main, f"{one.section.name} &gt; 正文", meta)


def _frame(drawn: Scene, tenant: Tenant, title: str, main: str, place: str, meta: str = "") -> str:
    tree = links((_column_address(tenant, section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}-{tenant.name}</title>
<meta name="SiteName" content="{drawn.site.title}">
<meta name="SiteId" content="{_SITE_ID}">
{meta}
<script src="/assets/jquery.min.js"></script></head><body>
<div class="top"><a href="{PREFIX}/">{drawn.site.title}</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="{PREFIX}/">公共企事业单位信息公开</a> &gt; <a href="{home(tenant)}">{tenant.name}</a> &gt; {place}</div>
<div class="xxgk_left"><h3>{tenant.name}信息公开目录</h3><ul class="xxgk_menu">
{tree}
</ul></div>
<div class="xxgk_right">
{main}
</div>
<div class="xxgk_hot"><h3>热点推荐</h3><ul>
{hot}
</ul></div>
{_foot(drawn.site.title)}"""


def _foot(title: str) -> str:
    return f"""<div class="footer">{title}　主办单位：青禾县人民政府办公室　技术支持：示例公司
<br>示例备20150101号-1　网站标识码：0000000000</div></body></html>"""


def _organs(drawn: Scene) -> str:
    tree = links((home(tenant), tenant.name) for tenant in drawn.site.tenants)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{drawn.site.title}</title></head><body>
<h1>{drawn.site.title}</h1><h2>教育领域</h2><ul>
{tree}
</ul>
{_foot(drawn.site.title)}"""


def _notice(site: Site, text: str) -> str:
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{site.title}</title></head><body><p>{text}</p>
{_foot(site.title)}"""
