"""没有条目的页面: what a page without entries says or waits for."""

from __future__ import annotations

import re
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.pages.place import Place, squeeze
from crawler.pages.standing import is_elsewhere, wrappers_of
from crawler.pages.text import Page, is_shown

Element: TypeAlias = lxml.html.HtmlElement

_THINGS = "(?:内容|数据|信息|记录|文章|资料|文件|新闻|公告|公示|结果)"
#: what a page says where its list would be, blanks removed
_EMPTY = re.compile(
    rf"(?:暂时?|目前|当前)?(?:尚)?(?:没有|无)(?:找到|查到|检索到)?(?:任何|相关|有关|符合条件的|可显示的|您要的)*{_THINGS}"
    r"|没有找到|未(?:找|查|检索)到(?:任何|相关)?(?:内容|信息|数据|记录)?|暂无|建设中|正在建设|内容(?:正在)?(?:更新|维护|建设|整理)中"
    r"|敬请(?:期待|关注)|即将上线|资料(?:正在)?整理中|暂未开通|(?:该|本|此)栏目下?(?:暂)?(?:没有|无|未)"
    r"|共有?0(?:条|个|篇|项)|总数[:：]?0(?!\d)|nodata|norecord",
    re.IGNORECASE,
)
#: one of these stands in nearly all of them
_EMPTY_WORDS = ("暂无", "没有", "建设中", "敬请", "未找到")
_LONGEST_NOTICE = 30  # characters; a sentence that is longer tells of something else
_MOST_BESIDE = 10  # and so does one with more words beside the phrase
_SILENT_TAGS = frozenset(
    {"script", "style", "title", "option", "a", "noscript", "textarea", "template"}
)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|layui-hide)(?:\s|$)", re.IGNORECASE)
_TEMPLATE_TEXT = re.compile(r"\{\{[^{}]{1,80}\}\}|<%=|\$\{\w[\w.]{0,60}\}")
_TEMPLATE_MARKS = (
    "//*[@v-for or @v-if or @v-show or @v-html or @v-text or @ng-repeat or @ng-if or @ng-bind]"
)
_LOADING = re.compile(
    r"(?:加载|载入|读取)中|正在(?:加载|载入|读取)|请稍[候后]|loading\.{2,}", re.IGNORECASE
)
_SEEN_TEXTS = "//body//text()[not(parent::script or parent::style or parent::noscript)]"
_FETCHING = re.compile(
    r"\$\.(?:ajax|post|get|getJSON)\s*\(|\bfetch\s*\(|axios|XMLHttpRequest|\.load\s*\(|queryData|createApp"
    r"|new\s+Vue|ReactDOM|laytpl|jpaas-publish-server|<script[^>]{1,80}src=[^>]{0,120}"
    r"(?:list|app\.|chunk|vue|axios|data)[^>]{0,80}\.js",
)
_EMPTY_LISTS = (
    "//*[self::ul or self::ol or self::tbody or self::div][not(*) and not(normalize-space())]"
    "[self::ul or self::ol or self::tbody"
    " or contains(@id, 'list') or contains(@id, 'List') or contains(@class, 'list')"
    " or contains(@class, 'List') or contains(@id, 'app') or contains(@id, 'content')"
    " or contains(@id, 'main') or contains(@id, 'data')]"
)
#: where an application of its own puts the whole page
_EMPTY_APPS = (
    "//div[@id='app' or @id='root' or @id='__nuxt' or @id='main-app']"
    "[not(*) and not(normalize-space())]"
)
_BARE = 200  # characters of text; a page with less and no link is filled by a script
#: frames that hold furniture
_SIDE_FRAME = re.compile(
    r"tree|login|count|weather|tianqi|share|foot|head|top|bottom|tail|menu|nav|left|search|banner"
    r"|/ad[/.s_-]|map\.|calendar|stat\.|player|video|hits?[/.?]",
    re.IGNORECASE,
)


def says_empty(page: Page, tree: Element, place: Place) -> str:
    """The visible notice that the column holds nothing, "" if there is none."""
    return empty_notice(page, tree, place)[0]


def empty_notice(page: Page, tree: Element, place: Place) -> tuple[str, Element | None]:
    """The visible notice that the column holds nothing, and the element that shows it.

    It counts only after the breadcrumb and outside menus, sidebars and the footer.
    """
    crumb = place.element if tree is page.tree else None
    reached = crumb is None
    wrappers = wrappers_of(tree, place)
    for element in tree.iter():
        if element is crumb:
            reached = True
        if not reached:
            continue
        texts = [(element.tail, element.getparent())]
        if isinstance(element.tag, str) and element.tag not in _SILENT_TAGS:
            texts.insert(0, (element.text, element))
        for text, owner in texts:
            if text and owner is not None and owner.tag not in _SILENT_TAGS:
                words = squeeze(text)
                if (
                    2 <= len(words) <= _LONGEST_NOTICE
                    and _EMPTY.search(words)
                    and len(_EMPTY.sub("", words)) <= _MOST_BESIDE
                    and is_visible(owner)
                    and not is_elsewhere(owner, wrappers)
                ):
                    return words, owner
    return "", None


def may_say_empty(page: Page) -> bool:
    """Whether any word of such a notice stands in the markup; asked before it is looked for."""
    return any(word in page.text for word in _EMPTY_WORDS)


def is_visible(element: Element) -> bool:
    """Whether a reader sees an element: neither its style nor a telling class hides it."""
    above = (element, *element.iterancestors())
    return is_shown(element) and not any(_HIDDEN_CLASS.search(e.get("class", "")) for e in above)


def awaits_script(page: Page, tree: Element, place: Place) -> bool:
    """Whether a script is to fill the list: template marks, 加载中, a request and an empty list."""
    if tree.xpath(_TEMPLATE_MARKS) or tree.xpath(_EMPTY_APPS):
        return True
    if _TEMPLATE_TEXT.search(page.text) or _LOADING.search(page.text):
        for text in tree.xpath(_SEEN_TEXTS):
            if len(text) <= 200 and (_TEMPLATE_TEXT.search(text) or _LOADING.search(squeeze(text))):
                return True
    if "<script" in page.text and tree.find(".//a") is None and len(_bare_text(tree)) < _BARE:
        return not says_empty(page, tree, place)
    wrappers = wrappers_of(tree, place)
    return bool(_FETCHING.search(page.text)) and any(
        not is_elsewhere(element, wrappers) for element in tree.xpath(_EMPTY_LISTS)
    )


def frames_of(tree: Element, url: str) -> tuple[str, ...]:
    """Addresses of frames of the same host that may hold a list."""
    host = urlsplit(url).netloc
    found = []
    for frame in tree.iter("iframe", "frame", "object"):
        told = (frame.get(name) for name in ("src", "data-src", "data"))
        source = next(filter(None, told), "").strip()
        address = _joined(url, source) if source else ""
        if address != url and _host(address) == host and not _SIDE_FRAME.search(source):
            found.append(address)
    return tuple(dict.fromkeys(found))


def _bare_text(tree: Element) -> str:
    return "".join(tree.xpath(_SEEN_TEXTS)).strip()


def _joined(url: str, source: str) -> str:
    try:
        return urljoin(url, source)
    except ValueError:  # an address like http://[x
        return ""


def _host(address: str) -> str:
    return urlsplit(address).netloc if address.startswith(("http://", "https://")) else ""
