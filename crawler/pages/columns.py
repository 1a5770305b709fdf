"""栏目: the links of a page → the known columns they lead to, and the menus worth reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.pages.place import breadcrumb, place_of
from crawler.pages.rows import address_of
from crawler.pages.text import Page, text_in
from monitor.model import Column
from monitor.textform import normal_form

__all__ = [
    "ColumnLink",
    "breadcrumb",
    "columns_behind",
    "confirms",
    "find_columns",
    "links_named",
    "links_of",
    "near_columns",
    "own_words",
    "site_maps",
    "submenus",
]

#: what stands around a label and is none of it
_AROUND = re.compile(r"^[^\w]+|[^\w)]+$|\(\d+\)$|(?:更多|more)$", re.IGNORECASE)
_LONGEST_LABEL = 18
#: words a label may carry beside a column's name and still be that column
_EXTRA = re.compile(
    r"(?:本?(?:学校|校|园|幼儿园|局|县|市|区|州|单位|部门)|我[校园局]|中心校|教育|教体|政府|义务|信息|公开|公示|公告|专栏|栏目?"
    r"|专区|平台|情况|工作|管理|一览表?|统计表?|表|目录|事项|内容|有关|相关|及|与|和|的|[()、]|(?:20\d\d)?年度?|\d{1,3})+"
)
_SHORTEST_CORE = 4  # characters; a shorter name must be the whole label
#: words that tell nothing of a column
_COMMON = re.compile(r"信息|公开|公示|教育|学校|工作|管理|情况|政府|部门|专栏|相关|有关")
_WEAK = re.compile(
    r"制度|指南|目录|年报|(?:年度)?报告|计划|结果|政策|标准|项目|清单|通知|公告|文件|申请|数据|统计"
)
_ALIKE = 0.6  # of characters in common, for a label to sound like a name
#: addresses that can only be an article's, or a file's
_ARTICLE = re.compile(
    r"/t\d{8}_\d+\.|/art/\d{4}/|/art_\w+\.|/info/\d+/\d+\.htm|/c\d+a\d+/page\.|/(?:post|content|article|doc)_\w+\."
    r"|\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|jpe?g|png|mp4)(?:$|\?)|mp\.weixin\.qq\.com/s",
    re.IGNORECASE,
)
#: menus that lead to disclosure columns
_DISCLOSURE = re.compile(
    r"(?:信息|政务|校务|园务|事务|办事|主动|党务|财务|村务)公开|公共企事业|企事业单位|公开(?:目录|内容|专栏|平台|栏)"
    r"|^公开$|法定主动公开|重点领域|重点工作公开|公示公开|教育领域|基础教育公开"
)
_SITE_MAP = re.compile(r"(?:网站|本站|站点)(?:地图|导航)|栏目导航")
_HOME = re.compile(r"(?:网站|本站|返回)?(?:首页|主页)|home", re.IGNORECASE)
_NAV_MARK = re.compile(
    r"(?:^|[\s_-])(?:\w*nav\w*|\w*menu\w*|header?|top)(?:$|[\s_-])", re.IGNORECASE
)
_MENU_FRAME = re.compile(r"tree|menu|left|nav|top|head|catalog|mulu", re.IGNORECASE)
_LONGEST_MENU_LABEL = 10


class _Link(NamedTuple):
    """A link of the page: its label in normal form, as shown, and its address."""

    form: str
    label: str
    address: str


class ColumnLink(NamedTuple):
    """栏目入口: a link that leads to a column; ``exact``: its words are a name of the column."""

    label: str
    address: str
    exact: bool = False


def find_columns(page: Page, columns: Sequence[Column]) -> dict[str, tuple[ColumnLink, ...]]:
    """Return, by column id, the links of the page to each of ``columns``, the best first.

    An exact name goes before an exact alias, an alias before a label that holds one beside
    words that add nothing: 学校收费公示 is 收费公示. Links to articles are no columns.
    """
    return _sorted_to(_links(page), columns)


def columns_behind(
    labelled: Iterable[tuple[str, str]], columns: Sequence[Column]
) -> dict[str, tuple[ColumnLink, ...]]:
    """The same for links given as label and address."""
    links = (_Link(_form(label), " ".join(label.split()), address) for label, address in labelled)
    return _sorted_to((link for link in links if link.form and link.address), columns)


def _sorted_to(
    every: Iterable[_Link], columns: Sequence[Column]
) -> dict[str, tuple[ColumnLink, ...]]:
    links = [link for link in every if not _ARTICLE.search(link.address)]
    taken = {form for column in columns for form in _names(column)}
    loose = [link for link in links if link.form not in taken]
    found = {}
    for column in columns:
        names = _names(column)
        places = [
            ColumnLink(link.label, link.address, exact=True)
            for name in names
            for link in links
            if link.form == name
        ]
        places += [
            ColumnLink(link.label, link.address) for link in loose if _holds(link.form, names)
        ]
        if places:
            found[column.id] = _first_of_each(places)
    return found


def near_columns(page: Page, columns: Sequence[Column]) -> dict[str, ColumnLink]:
    """Return, by column id, a link whose label only sounds like one of ``columns``.

    Where there is one, a person has to look: nobody may say that the column is missing.
    """
    links = [link for link in _links(page, every=True) if not _HOME.fullmatch(link.form)]
    found = {}
    for column in columns:
        names = _names(column)
        if link := next((link for link in links if _sounds_like(link.form, names)), None):
            found[column.id] = ColumnLink(link.label, link.address)
    return found


def links_named(page: Page, names: Sequence[str]) -> tuple[str, ...]:
    """Return where links lead whose words are one of ``names``: a unit's entry on a platform."""
    forms = [normal_form(name) for name in names]
    return tuple(
        dict.fromkeys(
            link.address
            for link in _links(page)
            if (link.form in forms or _holds(link.form, forms))
            and not _ARTICLE.search(link.address)
        )
    )


def site_maps(page: Page) -> tuple[str, ...]:
    """Return the addresses of the pages that list every column of the site."""
    return tuple(
        dict.fromkeys(link.address for link in _links(page) if _SITE_MAP.fullmatch(link.form))
    )


def submenus(page: Page) -> tuple[str, ...]:
    """Return the addresses of menus that may lead to more columns, disclosure menus first."""
    if page.tree is None:
        return ()
    host = urlsplit(page.url).netloc
    own, menus = [], []
    for link in page.tree.iter("a"):
        form = _form(text_in(link) or link.get("title") or "")
        if not 2 <= len(form) <= _LONGEST_LABEL or _HOME.fullmatch(form):
            continue
        address = address_of(link, page.url).partition("#")[0]
        if not address or urlsplit(address).netloc != host or _ARTICLE.search(address):
            continue
        if _DISCLOSURE.search(form):
            own.append(address)
        elif len(form) <= _LONGEST_MENU_LABEL and _is_top_of_menu(link):
            menus.append(address)
    frames = [
        urljoin(page.url, source)
        for frame in page.tree.iter("frame", "iframe")
        if (source := frame.get("src") or "") and _MENU_FRAME.search(source) and "//" not in source
    ]
    return tuple(
        address for address in dict.fromkeys((*own, *frames, *menus)) if address != page.url
    )


def confirms(page: Page, column: Column) -> bool:
    """Whether the page calls itself that column: by ColumnName, breadcrumb, title or heading."""
    if own_words(page, column):
        return True
    names = _names(column)
    headings = page.tree.iter("h1", "h2", "h3") if page.tree is not None else ()
    own = (_form("".join(heading.itertext())) for heading in headings)
    return any(form in names or _holds(form, names) for form in own)


def own_words(page: Page, column: Column) -> str:
    """The words by which a page itself says that it is that column; "" if it does not.

    Its breadcrumb where that says so, else its ColumnName or its title. A heading is not enough: a
    home page has one above each of its lists.
    """
    names = _names(column)
    place = place_of(page)
    if any((form := _form(crumb)) in names or _holds(form, names) for crumb in place.crumbs[-2:]):
        return " > ".join(place.crumbs)
    own = ((name, normal_form(name)) for name in place.names)
    return next((name for name, form in own if form in names or _holds(form, names)), "")


def links_of(page: Page) -> tuple[str, ...]:
    """Return the absolute address of every link of the page."""
    if page.tree is None:
        return ()
    found = (address_of(link, page.url) for link in page.tree.iter("a", "area"))
    return tuple(dict.fromkeys(address for address in found if address))


def _links(page: Page, *, every: bool = False) -> Iterator[_Link]:
    """Links with short labels; only those with an address unless ``every``."""
    if page.tree is None:
        return
    for link in page.tree.iter("a", "area"):
        text = text_in(link).strip() or link.get("title") or link.get("alt") or ""
        if not text:
            text = next((image.get("alt") or "" for image in link.iter("img")), "")
        form = _form(text)
        if not 2 <= len(form) <= _LONGEST_LABEL:
            continue
        address = address_of(link, page.url)
        if address or every:
            yield _Link(form, " ".join(text.split()), address)


def _first_of_each(places: Sequence[ColumnLink]) -> tuple[ColumnLink, ...]:
    """The links with addresses of their own, each the first time it stands there."""
    found: dict[str, ColumnLink] = {}
    for place in places:
        found.setdefault(place.address, place)
    return tuple(found.values())


def _form(text: str) -> str:
    """A label in normal form, without the marks around it."""
    if len(text) > 10 * _LONGEST_LABEL:
        return ""
    return _AROUND.sub("", _AROUND.sub("", normal_form(text)))


def _names(column: Column) -> tuple[str, ...]:
    return tuple(normal_form(name) for name in (column.name, *column.aliases))


def _holds(form: str, names: Sequence[str]) -> bool:
    """Whether a label is one of the names and nothing else that matters."""
    for name in names:
        if len(name) >= _SHORTEST_CORE and name in form:
            before, _, after = form.partition(name)
            if _EXTRA.fullmatch(before + after):
                return True
    return False


def _sounds_like(form: str, names: Sequence[str]) -> bool:
    if len(_COMMON.sub("", form)) < 2:
        return False
    for name in names:
        core = _COMMON.sub("", name)
        if len(core) >= 2 and not _WEAK.fullmatch(core) and core in form:
            return True
        if name in form or SequenceMatcher(None, name, form).ratio() >= _ALIKE:
            return True
    return False


def _is_top_of_menu(link: lxml.html.HtmlElement) -> bool:
    """Whether a link is a first-level item of a menu that shows no items of its own below it."""
    item = None
    for above in link.iterancestors():
        if above.tag == "li":
            if item is not None:
                return False  # its label was read with the menu it stands in
            item = above
        if above.tag == "nav" or _NAV_MARK.search(
            f"{above.get('class') or ''} {above.get('id') or ''}"
        ):
            return item is None or item.find(".//ul") is None
    return False
