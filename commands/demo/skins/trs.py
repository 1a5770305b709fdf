"""县政府门户: a directory of static pages; page 2 is index_1.html, articles are tYYYYMMDD_n.html."""

# ruff: noqa: E501  markup keeps its lines whole, as real pages do

from __future__ import annotations

from html import escape

from commands.demo.records import (
    Answer,
    Dates,
    Entry,
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
    day_digits,
    files,
    inside,
    links,
    pages_of,
    scene,
)

ROOT = "/zwgk/bmxxgk/"
PER_PAGE = 20
#: the portal's own menu: name and path
_PORTAL = (
    ("首页", "/"),
    ("走进青禾", "/zjqh/"),
    ("县内要闻", "/xnyw/"),
    ("部门公开", ROOT),
    ("政民互动", "/zmhd/"),
    ("专题专栏", "/ztzl/"),
)
#: other departments of the portal, without anything of their own in the sample county
_OTHER_OFFICES = (
    ("县政府办公室", "xzfb"),
    ("县发展和改革委员会", "xfgw"),
    ("县财政局", "xczj"),
    ("县卫生健康委员会", "xwjw"),
    ("县民政局", "xmzj"),
)


def build(site: Site, night: int) -> Website:
    """Return the portal with the directories of its departments."""
    drawn = scene(site, night, first_number=3120415)
    pages: dict[str, Answer] = {"/": answer(_portal(drawn)), ROOT: answer(_offices(drawn))}
    for name, path in (*_PORTAL[1:3], *_PORTAL[4:]):
        pages[path] = answer(_elsewhere(drawn, name))
    for name, folder in _OTHER_OFFICES:
        pages[f"{ROOT}{folder}/"] = answer(_elsewhere(drawn, name))
    for tenant in site.tenants:
        pages[home(tenant)] = answer(_department(drawn, tenant))
        for section in tenant.sections:
            if not section.gone_on(night):
                pages |= _column(drawn, tenant, section)
    for one in drawn.articles():
        pages[_article_path(one)] = answer(_article(drawn, one))
        pages |= files(one, _file_path)
    missing = "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>"
    return Website(pages=pages, unknown=answer(missing, status=404))


def home(tenant: Tenant) -> str:
    return f"{ROOT}{tenant.code}/"


def _folder(tenant: Tenant, section: Section) -> str:
    return f"{home(tenant)}{section.slug}/"


def _article_path(one: Placed) -> str:
    day = day_digits(one.entry)
    return f"{_folder(one.tenant, one.section)}{day[:6]}/t{day}_{one.number}.html"


def _file_near(one: Placed, file: Leaflet) -> str:
    """Return the address beside the article, as its page writes it."""
    place = one.entry.files.index(file)
    return f"./P0{day_digits(one.entry)}{one.number:09d}{place:03d}.{file.suffix}"


def _file_path(one: Placed, file: Leaflet) -> str:
    folder = _article_path(one).rpartition("/")[0]
    return f"{folder}/{_file_near(one, file).removeprefix('./')}"


def _column(drawn: Scene, tenant: Tenant, section: Section) -> dict[str, Answer]:
    folder = _folder(tenant, section)
    if section.shape is Shape.TEXT:
        return {folder: answer(_article(drawn, drawn.entries(section)[0], is_column=True))}
    pages = pages_of(drawn.entries(section), PER_PAGE)
    return {
        folder + ("" if place == 0 else f"index_{place}.html"): answer(
            _list(drawn, tenant, section, page, place, len(pages))
        )
        for place, page in enumerate(pages)
    }


def _list(
    drawn: Scene, tenant: Tenant, section: Section, page: tuple[Placed, ...], place: int, total: int
) -> str:
    dates = section.dates or Dates.ISO
    folder = _folder(tenant, section)
    rows = "\n".join(
        f'<li><a href="./{_article_path(one).removeprefix(folder)}" target="_blank" '
        f'title="{escape(one.entry.title)}">{escape(_cut(one.entry.title))}</a>'
        f"<span>{dates.write(one.entry.day)}</span></li>"
        for one in page
    )
    block = f'<ul class="gl_list">\n{rows}\n</ul>'
    pager = (
        f'<div class="page"><script type="text/javascript">createPageHTML({total}, {place}, '
        '"index", "html");</script></div>'
    )
    if not page:
        block = f'<div class="gl_list"><p class="none">{section.says}</p></div>'
        pager = ""
    main = f'<h2 class="lm_title">{section.name}</h2>\n{block}\n{pager}'
    meta = f'<meta name="ColumnName" content="{section.name}">\n<meta name="ColumnType" content="政务公开">'
    return _frame(drawn, tenant, section.name, meta, main, trail=(section.name,))


def _article(drawn: Scene, one: Placed, *, is_column: bool = False) -> str:
    entry = one.entry
    meta = (
        f'<meta name="ArticleTitle" content="{escape(entry.title)}">\n'
        f'<meta name="PubDate" content="{entry.day} 09:20">\n'
        f'<meta name="ContentSource" content="{one.tenant.name}">\n'
        f'<meta name="ColumnName" content="{one.section.name}">'
    )
    main = f"""{_head_table(one)}
<h1 class="xl_title">{escape(entry.title)}</h1>
<div class="xl_xx"><span>发布时间：{entry.day} 09:20</span>　<span>信息来源：{one.tenant.name}</span>
<span>浏览次数：<b id="hits">--</b></span> <span>【字体：大 中 小】</span></div>
<div class="xl_content"><div class="TRS_Editor">
{inside(one, _file_path if is_column else _file_near)}
</div></div>
<div class="xl_foot">【打印本页】【关闭窗口】</div>"""
    return _frame(drawn, one.tenant, entry.title, meta, main, trail=(one.section.name, "正文"))


def _head_table(one: Placed) -> str:
    entry = one.entry
    cells = (
        ("索引号", f"11QH{one.tenant.code.upper()}/{entry.day[:4]}-{one.number % 100000:05d}"),
        ("组配分类", one.section.name),
        ("发布机构", one.tenant.name),
        ("成文日期", _written(entry)),
        ("发布日期", entry.day),
        ("发文字号", entry.doc_no or "--"),
        ("有效性", "有效"),
        ("名　称", entry.title),
    )
    rows = "".join(
        f"<tr><td class='l'>{left[0]}：</td><td>{escape(left[1])}</td>"
        f"<td class='l'>{right[0]}：</td><td>{escape(right[1])}</td></tr>\n"
        for left, right in zip(cells[::2], cells[1::2], strict=True)
    )
    return f'<table class="xl_table" width="100%"><tbody>\n{rows}</tbody></table>'


def _written(entry: Entry) -> str:
    return Dates.CHINESE.write(entry.written or entry.day)


def _cut(title: str) -> str:
    """Lists of the portal cut long titles; the whole one stands in the title attribute."""
    return title if len(title) <= 30 else title[:28] + "…"


def _department(drawn: Scene, tenant: Tenant) -> str:
    latest = "\n".join(
        f'<li><a href="{_article_path(one)}">{escape(one.entry.title)}</a><span>{one.entry.day[5:]}</span></li>'
        for one in drawn.hot(tenant, 8)
    )
    main = f'<h2 class="lm_title">最新信息</h2>\n<ul class="gl_list">\n{latest}\n</ul>'
    meta = f'<meta name="ColumnName" content="{tenant.name}">'
    return _frame(drawn, tenant, f"{tenant.name}政府信息公开", meta, main, trail=())


def _frame(
    drawn: Scene, tenant: Tenant, title: str, meta: str, main: str, trail: tuple[str, ...]
) -> str:
    tree = links((_folder(tenant, section), section.name) for section in tenant.sections)
    hot = links((_article_path(one), one.entry.title) for one in drawn.hot(tenant))
    crumbs = " &gt; ".join(
        (
            '<a href="/">首页</a>',
            '<a href="/zwgk/bmxxgk/">部门信息公开</a>',
            f'<a href="{home(tenant)}">{tenant.name}</a>',
            *trail,
        )
    )
    return f"""{_top(drawn.site.title, title, meta)}
<div class="wz">当前位置：{crumbs}</div>
<div class="left"><h3>政府信息公开目录</h3><ul class="tree">
{tree}
</ul></div>
<div class="right">
{main}
</div>
<div class="side"><h3>热点推荐</h3><ul>
{hot}
</ul></div>
{_foot(drawn.site.title)}"""


def _top(site: str, title: str, meta: str = "") -> str:
    menu = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in _PORTAL)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>{escape(title)}_{site}</title>
<meta name="SiteName" content="{site}">
<meta name="SiteIDCode" content="0000000000">
{meta}
<script type="text/javascript">
function createPageHTML(count, current, name, ext) {{ /* 由平台生成页码 */ }}
</script></head><body>
<div class="header"><a href="/"><b>{site}</b></a><form action="/so/"><input name="q"></form></div>
<ul class="nav">{menu}</ul>"""


def _foot(site: str) -> str:
    return f"""<div class="footer"><p>{site}　主办单位：青禾县人民政府办公室　承办：青禾县数据资源管理中心</p>
<p>网站标识码：0000000000　备案号：示例备20150101号-1　联系电话：0550-0000100　<a href="/wzdt/">网站地图</a></p>
<p>版权所有 2015-2026</p></div></body></html>"""


def _portal(drawn: Scene) -> str:
    departments = links((home(tenant), tenant.name) for tenant in drawn.site.tenants)
    return f"""{_top(drawn.site.title, "首页")}
<div class="box"><h3><a href="{ROOT}">部门信息公开</a></h3><ul>
{departments}
</ul></div>
<div class="box"><h3>县情概况</h3><p>青禾县辖八镇五乡，是虚构的示例县。</p></div>
{_foot(drawn.site.title)}"""


def _elsewhere(drawn: Scene, name: str) -> str:
    """Return a page of the portal that is no department's of ours."""
    return f"""{_top(drawn.site.title, name)}
<div class="wz">当前位置：<a href="/">首页</a> &gt; {name}</div>
<div class="box"><h3>{name}</h3><p>本页面由县政府办公室维护。</p></div>
{_foot(drawn.site.title)}"""


def _offices(drawn: Scene) -> str:
    others = links((f"{ROOT}{folder}/", name) for name, folder in _OTHER_OFFICES)
    departments = links((home(tenant), tenant.name) for tenant in drawn.site.tenants)
    return f"""{_top(drawn.site.title, "部门信息公开")}
<div class="box"><ul>
{others}
{departments}
</ul></div>
{_foot(drawn.site.title)}"""
