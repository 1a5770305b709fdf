"""翻页: where the next page of a list is, and whether there is one."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from crawler.addresses import to_post
from crawler.pages.place import squeeze
from crawler.pages.rows import address_of
from crawler.pages.text import Page, text_in
from crawler.platforms import Paging, Platform
from crawler.platforms.files import in_place_of_number, in_query, with_number

#: 下一页, and what it is called where sites of other languages say it in one or two words
_NEXT = re.compile(
    r"[\[<]?(?:下一?页|后一?页|下一頁|后页|较[旧早](?:文章|的?文章)?|Next(?:Page)?|Older(?:Posts|Entries|News)?"
    r"|次へ|次のページ|다음(?:페이지)?|siguiente|suivante?|pagesuivante|weiter|nächste(?:seite)?|próxim[ao]"
    r"|successiv[ao]|avanti|volgende|następna|след(?:ующая)?\.?|вперед|далее|наступна|sonraki|التالي)[\]>»›→]*",
    re.IGNORECASE,
)
_ARROW = re.compile(r">|›")
_DOUBLE_ARROW = re.compile(r">>|»|>>>")
_DISABLED = re.compile(r"disabled?|\bp_next_d\b|\bno\b|nolink", re.IGNORECASE)
#: what a pager counts, once the markup between is one blank: 共 62 条 当前第 1 / 5 页
_PLACE = re.compile(
    r"(?:第|页次|页码|当前页?) ?[:：]? ?(\d{1,4}) ?页? ?[/,，] ?共? ?(\d{1,4}) ?(?:页|$|(?=[^\d]))"
    r"|(?<![\d/-]) ?(\d{1,4}) ?/ ?(\d{1,4}) ?页|第 ?(\d{1,4}) ?页 ?[,，;；(（]? ?共 ?(\d{1,4}) ?页"
)
_PAGES = re.compile(r"(?:共有?|总页数[:：]?) ?(\d{1,5}) ?(?:页|$)")
_PAGE = re.compile(r"(?:当前第?|第|页次[:：]?) ?(\d{1,4}) ?页")
_TOTAL = re.compile(r"(?:共有?|总[共数]|合计) ?[:：]? ?(\d{1,6}) ?(?:条|个|篇|项|则)")
_COUNTED = re.compile(r"[页条篇](?![面\u4e00-\u9fff])|[页条篇](?=[共第当每记信次数])")
_MARKUP = re.compile(r"<[^<>]{0,200}>|&nbsp;|\s")
_AROUND = 240  # characters of markup before a 页 or 条 that may hold its numbers
_BEHIND = 60  # and behind it: 页次 9 / 106
_MOST_COUNTS = 60
_SCRIPT_PAGES = re.compile(r"(?:totalPages?|pageCount|nPageCount)['\"]?\s*[:=]\s*['\"]?(\d{1,5})")
_CURRENT = re.compile(
    r"class=[\"'](?:[\w-]{1,20} )?(?:thisclass|current|active|cur|now|on|dq|this|selected|hover)"
    r"(?: [\w-]{1,20})?[\"'][^<>]{0,80}>\s*(?:<(?:a|span|b)\b[^<>]{0,80}>)?\s*\[?(\d{1,4})\]?\s*<"
)
_ADDRESS_PAGE = re.compile(
    r"[_-](\d{1,4})\.\w+$|[?&](?:page|pageno|pagenum|pageindex|currentpage|p)=(\d{1,4})\b"
    r"|/list(\d{1,4})\.(?:htm|psp)$|/page/(\d{1,4})/?$",
    re.IGNORECASE,
)
#: a pager that only a script can turn
_SCRIPT_PAGER = re.compile(
    r"__doPostBack\('[^']*[Pp]ager|laypage|createPageHTML|\.pagination\(|\.jPages\(|atob\("
    r"|turnpage|\.Paging\("
)
#: by the attributes, which are fewer than the elements
_EMPTY_PAGERS = etree.XPath(
    "(//@class[contains(., 'pagination') or contains(., 'pager') or contains(., 'fenye')]"
    " | //@id[contains(., 'pager') or contains(., 'fenye') or contains(., 'page_div')"
    "   or . = 'pagination'])"
    "/parent::*[not(*[not(self::script)]) and not(normalize-space(text()))]"
)
_HEAD_NEXT = etree.XPath("/html/head/link[@rel='next'][@href]")
_BUTTONS = etree.XPath(
    "//button | //input[@type='button' or @type='submit'] | //*[@onclick][not(self::a)]"
)
_LOAD_MORE = etree.XPath(
    "//text()[contains(., '加载更多') or contains(., '点击加载') or contains(., '显示更多')]"
    "[not(parent::script or parent::style)]"
    # 查看更多 is a link to a fuller list, unless only a script answers it
    " | //*[contains(., '查看更多') and (@onclick or starts-with(@href, 'javascript'))]"
)
#: a choice of pages: at least two numbers from 1 on, and nothing else
_CHOICE = etree.XPath(
    "//select[option[2]][not(option[string(number(normalize-space(.))) = 'NaN'])]"
)
_PAGER_MARK = re.compile(r"pag(?:e|er|ing|ination)|fenye|fy\b|next", re.IGNORECASE)
_LONGEST_LABEL = 12
#: how sure a link to the next page is, surest first
_WORD, _SIGN, _NUMBER, _DOUBLE_SIGN = range(4)


@enum.unique
class End(enum.Enum):
    """末页与否: whether this page is the last of its list."""

    LAST = "last"
    MORE = "more"
    UNKNOWN = "unknown"  # a pager is there and cannot be followed


#: how systems of no known family write the number of a page
_USUAL_TURNS = (
    with_number("_"),
    with_number("-"),
    in_place_of_number,
    in_query("page"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """下一页: where it may be, best first, and how sure the end is.

    ``linked``: those of the candidates that the page itself links to as its next page.
    ``guesses``: places to try where a pager is there and tells no address.
    """

    candidates: tuple[str, ...]
    linked: tuple[str, ...]
    guesses: tuple[str, ...]
    end: End
    page: int | None
    pages: int | None
    total: int | None


def next_of(page: Page, platform: Platform, *, count: int) -> Next:
    """Find the page after ``page``, which holds ``count`` entries."""
    told = (platform.paging(page) if platform.paging else None) or Paging()
    counted = _counted(page.text)
    pages = told.pages or counted.pages
    total = told.total or counted.total
    number = told.page or counted.page or (_marked(page, pages) if pages else None)
    linked, dead = _linked(page, number or _addressed(page.url))
    over = (
        told.last
        or (pages is not None and number is not None and number >= pages)
        or (number in (None, 1) and total is not None and 0 < total <= count)
    )
    computed = told.candidates or _turned(page.url, platform, number, pages)
    candidates = () if over else tuple(dict.fromkeys((*linked, *computed)))
    if candidates:
        end = End.MORE
    elif over or pages == 1:
        end = End.LAST
    elif told.more or dead or (pages or 0) > 1 or (total or 0) > count or _is_scripted(page):
        end = End.UNKNOWN
    else:
        end = End.LAST
    guesses = _guesses(page.url, platform, number) if end is End.UNKNOWN else ()
    return Next(
        candidates=candidates,
        linked=linked,
        guesses=guesses,
        end=end,
        page=number,
        pages=pages,
        total=total,
    )


def _turned(url: str, platform: Platform, number: int | None, pages: int | None) -> tuple[str, ...]:
    """The address of the page after this one, where a family writes its number into it."""
    if platform.turn is None or number is None or pages is None:
        return ()
    return tuple(filter(None, (platform.turn(url, number + 1),)))


def _guesses(url: str, platform: Platform, number: int | None) -> tuple[str, ...]:
    """Where the next page may be, by the family's way of numbering or by the usual ones.

    Some count from 0: their number 1 is the second page and is tried first, because behind a 2 that
    answers nobody would notice the page left out.
    """
    if to_post(url)[0]:
        return ()
    here = number or _addressed(url)
    if platform.turn is not None:
        places = [platform.turn(url, here + 1)]
    elif here == 1:
        places = [turn(url, n) for turn in _USUAL_TURNS for n in (1, 2)]
    else:
        places = [turn(url, here + 1) for turn in _USUAL_TURNS if turn(url, here) == url]
    return tuple(dict.fromkeys(place for place in places if place and place != url))


def _marked(page: Page, pages: int) -> int | None:
    """The page number that the pager marks as the current one, or that the address carries."""
    found = _CURRENT.search(page.text)
    number = int(found[1]) if found else _addressed(page.url)
    return number if 1 <= number <= pages else None


def _addressed(url: str) -> int:
    """The page number an address carries; 1 if it carries none."""
    found = _ADDRESS_PAGE.search(url)
    return int(next(filter(None, found.groups()))) if found else 1


def _counted(text: str) -> Paging:
    """What the pager prints: 共62条 第1/5页."""
    printed = "\n".join(_windows(text))
    place, pages, total = (shape.search(printed) for shape in (_PLACE, _PAGES, _TOTAL))
    return Paging(
        page=_number(place, 1, 3, 5) or _number(_PAGE.search(printed), 1),
        pages=_number(place, 2, 4, 6) or _number(pages, 1) or _scripted_pages(text),
        total=_number(total, 1),
    )


def _scripted_pages(text: str) -> int | None:
    """The number of pages that a script of the page states."""
    may_be = "ages" in text or "ageCount" in text
    return _number(_SCRIPT_PAGES.search(text), 1) if may_be else None


def _windows(text: str) -> Iterator[str]:
    """The words before the 页 and 条 of a page, with a blank for the markup between."""
    counted = (place for place in _places(text) if _COUNTED.match(text, place))
    for place in islice(counted, _MOST_COUNTS):
        window = text[max(0, place - _AROUND) : place + 1 + _BEHIND]
        yield " ".join(_MARKUP.sub(" ", window).split())[-60:]


def _places(text: str) -> list[int]:
    """Where 页, 条 and 篇 stand; a pattern would take ten times as long to find none."""
    places = []
    for mark in "页条篇":
        place = text.find(mark)
        while place >= 0:
            places.append(place)
            place = text.find(mark, place + 1)
    return sorted(places)


def _number(found: re.Match[str] | None, *groups: int) -> int | None:
    return next((int(found[group]) for group in groups if found[group]), None) if found else None


def _linked(page: Page, number: int) -> tuple[tuple[str, ...], bool]:
    """Addresses behind links to the next page, and whether there is one that cannot be opened."""
    if page.tree is None:
        return (), False
    ranked: list[tuple[int, str]] = []
    dead = False
    for link in _HEAD_NEXT(page.tree):
        if (address := address_of(link, page.url)) and _is_sibling(address, page.url, strict=False):
            ranked.append((_WORD, address))
    for rank, link in _next_links(page.tree, str(number + 1)):
        address = address_of(link, page.url)
        if address and _is_sibling(address, page.url, strict=rank > _WORD):
            ranked.append((rank, address))
        elif not address and not _is_disabled(link):
            dead = dead or rank == _WORD or (rank == _NUMBER and _is_in_pager(link))
    ranked.sort(key=lambda place: place[0])
    return tuple(dict.fromkeys(address for _, address in ranked)), dead


def _next_links(
    tree: lxml.html.HtmlElement, following: str
) -> Iterator[tuple[int, lxml.html.HtmlElement]]:
    """Links that may lead on: by word, by arrow, by the number that follows."""
    for link in tree.iter("a"):
        text = squeeze(text_in(link))
        if len(text) > _LONGEST_LABEL:
            continue
        if not text:
            images = (image.get("alt") or "" for image in link.iter("img"))
            text = squeeze(link.get("title") or next(images, ""))
        sign = _sign_in(text)
        if sign == _WORD or link.get("rel") == "next":
            yield _WORD, link
        elif sign == _DOUBLE_SIGN and "next" in (link.get("class") or ""):
            yield _SIGN, link
        elif sign is not None:
            yield sign, link
        elif text.strip("[]") == following:
            yield _NUMBER, link


@lru_cache(maxsize=8192)  # the menus of a site stand on each of its pages
def _sign_in(label: str) -> int | None:
    """How sure a label says that its link leads on; None if it does not."""
    if _NEXT.fullmatch(label):
        return _WORD
    if _ARROW.fullmatch(label):
        return _SIGN
    return _DOUBLE_SIGN if _DOUBLE_ARROW.fullmatch(label) else None


def _is_in_pager(link: lxml.html.HtmlElement) -> bool:
    """Whether a number stands in a pager, not below a row of pictures."""
    above = (element for element, _ in zip(link.iterancestors(), range(3), strict=False))
    return any(
        _PAGER_MARK.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in above
    )


def _is_disabled(link: lxml.html.HtmlElement) -> bool:
    parent = link.getparent()
    marks = [link.get("class") or "", parent.get("class") or "" if parent is not None else ""]
    return (
        "disabled" in link.attrib
        or any(_DISABLED.search(mark) for mark in marks)
        or not link.get("href")
    )


def _is_sibling(address: str, here: str, *, strict: bool) -> bool:
    """Whether an address can be another page of the list at ``here``."""
    there, this = urlsplit(address), urlsplit(here)
    if there.netloc != this.netloc or (there.path, there.query) == (this.path, this.query):
        return False
    if not strict:
        return True
    folder, stem = this.path.rpartition("/")[0], this.path.rpartition(".")[0] or this.path
    return there.path.rpartition("/")[0] == folder or there.path.startswith(stem)


def _chooses_page(select: lxml.html.HtmlElement) -> bool:
    """Whether a drop-down counts 1, 2, 3 …: years and amounts do not."""
    numbers = [squeeze("".join(option.itertext())) for option in select.iter("option")]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _is_scripted(page: Page) -> bool:
    """Whether only a script turns the page: a button, an empty pager, 加载更多."""
    if page.tree is None:
        return False
    if _SCRIPT_PAGER.search(page.text) or _EMPTY_PAGERS(page.tree):
        return True
    # one character is found many times faster than two
    if "更" in page.text and "更多" in page.text and _LOAD_MORE(page.tree):
        return True
    if any(map(_chooses_page, _CHOICE(page.tree))):
        return True
    return "下" in page.text and any(
        _NEXT.fullmatch(squeeze(button.get("value") or "".join(button.itertext())))
        and "disabled" not in button.attrib
        and not _DISABLED.search(button.get("class") or "")
        for button in _BUTTONS(page.tree)
    )
