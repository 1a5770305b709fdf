"""暗链: links of a page that its readers do not see and that were planted for search engines. Pure.

Pages hide links for many good reasons: menus that open, parts of a carousel, counters of visits.
So a hidden link counts only if it leads to somebody else's site and its words are of a trade that
no school or bureau would link to.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.pages.text import INVISIBLE, Page, text_in
from monitor.hosts import owner_of
from monitor.model import HiddenLink, Hiding

Element: TypeAlias = lxml.html.HtmlElement

#: what is bought in hidden links; words that an honest page links with are not among them
_TRADES: Final = re.compile(
    "棋牌|博彩|六合彩|时时彩|快乐彩|北京赛车|pk10|娱乐城|赌场|赌球|百家乐|老虎机|轮盘赌|真人荷官|真人娱乐"
    "|体育投注|外围投注|电竞下注|电子游艺|捕鱼达人|德州扑克|彩票(?:平台|投注|计划|代理|娱乐|注册)|注册送彩金"
    "|澳门(?:新?葡京|金沙|威尼斯|银河|永利|皇冠|赌)|成人视频|成人电影|一夜情|约炮|裸聊|色情|情色|代孕|迷药|壮阳"
    "|传奇私服|私服发布|代开发票|办证刻章"
)
#: and these speak of such trades honestly: warnings, clubs, news
_HONEST: Final = re.compile(
    "警惕|防范|防止|预防|打击|严禁|禁止|远离|拒绝|抵制|查处|整治|治理|举报|监管|案|罪|危害|安全|宣传|教育"
    "|社团|社|比赛|大赛|竞赛|锦标赛|学校|学生|家长|通知|公告|公示|新闻|招聘|采购|项目|课程"
)
_LONGEST: Final = 16  # characters of what is bought: a few words to be found by
_AT_LEAST: Final = 2  # one alone may be anything
#: who may be linked to whatever the words say
_OFFICIAL: Final = re.compile(r"\.(?:gov|edu|mil)(?:\.[a-z]{2})?$")
_FULL_ADDRESS: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_STYLES: Final = (
    (
        Hiding.NOT_SHOWN,
        re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])"),
    ),
    (Hiding.OFF_SCREEN, re.compile(r"(?:left|top|right|bottom|text-indent)\s*:\s*-\d{3,}")),
    (
        Hiding.TINY,
        re.compile(
            r"font-size\s*:\s*[012](?:px|pt)?\s*(?:;|!|$)"
            r"|(?<![\w-])(?:width|height)\s*:\s*[0-3](?:px)?\s*(?:;|!|$)"
        ),
    ),
    (
        Hiding.COLOURLESS,
        re.compile(r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?|white|transparent)\b"),
    ),
)
_TINY_TAGS: Final = frozenset({"marquee", "iframe", "div", "table", "td"})
_RULES: Final = re.compile(r"([^{}]{1,200})\{([^{}]{1,500})\}")
_NAMES: Final = re.compile(r"[.#][\w-]+")
_HIDDEN_BY_SCRIPT: Final = re.compile(
    r"getElementById\(\s*['\"]([\w-]+)['\"]\s*\)\s*\.\s*style\s*\.\s*(?:display|visibility)"
    r"\s*=\s*['\"](?:none|hidden)"
)
_WRITTEN: Final = re.compile(r"document\.write(?:ln)?\s*\(")
#: hosts that are kept of one page
_MOST: Final = 20


def hidden_links(page: Page) -> tuple[HiddenLink, ...]:
    """The planted links of a page that nobody sees, a host a record; most pages have none."""
    if page.tree is None:
        return ()
    suspected = [
        (host, link)
        for link in page.tree.iter("a")
        if (href := link.get("href")) and (host := _foreign(href, page.url)) and _is_of_trade(link)
    ]
    if not suspected:
        return ()
    hidden = _hidden_names(page.tree)
    found = Counter((host, how) for host, link in suspected if (how := _hiding(link, hidden)))
    if found.total() < _AT_LEAST:
        return ()
    return tuple(
        HiddenLink(host=host, how=how, count=count)
        for (host, how), count in sorted(found.items(), key=lambda one: (-one[1], one[0][0]))
    )[:_MOST]


def _foreign(href: str, url: str) -> str:
    """The host an address leads to when that is somebody else's, else ""."""
    if not _FULL_ADDRESS.match(href):
        return ""
    try:
        host = (urlsplit(urljoin(url, href.strip())).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if host and _is_foreign(host, urlsplit(url).hostname or "") else ""


@lru_cache(maxsize=4096)
def _is_foreign(host: str, own: str) -> bool:
    """Whether two hosts have different owners, as far as their names tell.

    >>> _is_foreign("b.example.cn", "www.example.cn"), _is_foreign("b.com.cn", "a.com.cn")
    (False, True)
    """
    if host == own or _OFFICIAL.search(host):
        return False
    return owner_of(host) != owner_of(own)


def _is_of_trade(link: Element) -> bool:
    text = text_in(link) or link.get("title") or ""
    plain = INVISIBLE.sub("", "".join(text.split())).lower()
    return (
        len(plain) <= _LONGEST
        and _TRADES.search(plain) is not None
        and _HONEST.search(plain) is None
    )


def _hidden_names(tree: Element) -> dict[str, Hiding]:
    """Names (``#id``, ``.class``) that the page's own styles and scripts hide."""
    names: dict[str, Hiding] = {}
    for rules in tree.iter("style"):
        for selector, body in _RULES.findall(rules.text or ""):
            if how := _of_style(body):
                for chain in selector.split(","):  # of ``.nav li .sub`` the last is hidden
                    last = chain.split()[-1:]
                    names |= dict.fromkeys(_NAMES.findall("".join(last)), how)
    for script in tree.iter("script"):
        for name in _HIDDEN_BY_SCRIPT.findall(script.text or ""):
            names[f"#{name}"] = Hiding.NOT_SHOWN
    return names


def _hiding(link: Element, names: dict[str, Hiding]) -> Hiding | None:
    """How a link is hidden from readers; None where they may see it."""
    for element in (link, *link.iterancestors()):
        if element.get("hidden") is not None:
            return Hiding.NOT_SHOWN
        if how := _of_style(element.get("style") or ""):
            return how
        if element.tag in _TINY_TAGS and _is_tiny(element):
            return Hiding.TINY
        marks = [
            f"#{element.get('id')}",
            *(f".{name}" for name in element.get("class", "").split()),
        ]
        if names and (how := next((names[mark] for mark in marks if mark in names), None)):
            return how
        before = element.getprevious()
        if before is not None and before.tag == "script" and _writes_hiding(before.text or ""):
            return Hiding.NOT_SHOWN
    return None


def _of_style(style: str) -> Hiding | None:
    lower = style.lower()
    return next((how for how, pattern in _STYLES if lower and pattern.search(lower)), None)


def _is_tiny(element: Element) -> bool:
    return any(
        (element.get(name) or "").strip() in {"0", "1", "2", "3"} for name in ("width", "height")
    )


def _writes_hiding(script: str) -> bool:
    """``document.write('<div style="display:none">')`` right before the links."""
    return bool(_WRITTEN.search(script)) and _of_style(script) is not None
