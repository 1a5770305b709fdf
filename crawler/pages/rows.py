"""列表行: one row of a list → its title, address and day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urljoin

import lxml.html

from crawler.pages import dates
from crawler.pages.text import INVISIBLE
from crawler.pages.undated import Undated, mistake, undated_in
from monitor.model import DateSource, NoDay, PublishDate

Element: TypeAlias = lxml.html.HtmlElement

#: a whole day, told in figures
FULL_DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?[01]?\d\s?[-/.月]\s?[0-3]?\d(?!\d)")
#: a whole day with its year last, or with the name of its month, in whatever language
OTHER_DATE = re.compile(
    r"(?<!\d)[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d(?!\d)"
    r"|(?<!\d)[0-3]?\d\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d(?!\d)"
    r"|(?<!\w)[^\W\d_]{3,12}\.?\s[0-3]?\d,\s?(?:19|20)\d\d(?!\d)"
)
#: a day, or part of one, may stand here
DATE_LIKE = re.compile(
    r"\d{1,4}\s*[-/.年月－—–‐．／]\s*\d{1,2}(?!\d)|(?<!\d)20[0-3]\d[01]\d[0-3]\d(?!\d)|\d{1,2}\s*日|[前昨]天|刚刚|\d\s*(?:天|小时|分钟)前"
    r"|[〇○零一二三四五六七八九]{4}年|[１-９]\d?\s*[日月]|(?i:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_RELATIVE = re.compile(r"(?:[前昨今]天|刚刚|(?:天|小时|分钟)前)")
_BLOCK_TAGS = frozenset(
    {"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "li", "section"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|tit|bt|biaoti|name|headline|subject)(?:$|[\s_-])", re.I
)
_SUMMARY_CLASS = re.compile(r"summary|desc|intro|abstract|zhaiyao|digest|content", re.I)
_NEVER = frozenset({"script", "style", "noscript", "select", "template"})
_BLANKS = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_TRUNCATED = re.compile(r"(?:…+|\.{2,}|⋯+|。。。)\s*$")
_TOOLTIP = re.compile(
    r"cssbody=|cssheader=|^(?:点击|请点击|单击)?(?:查看|阅读|浏览|打开|进入)?(?:全文|详情|详细|更多|链接|新窗口)?$|^标题[:：]"
)
_LEAD_MARKS = re.compile(
    r"^(?:[\s·•‧∙●○◆◇■□▪▫►▶>»★☆※→\-—–_*|、.。:：]+|[\[【(（]\s*(?:置\s*顶|最新|新|热|荐|推荐|图文?置顶|new|top|hot)\s*[\]】)）]|"
    r"(?:置顶|NEW\b|new\b|TOP\b|HOT\b)[\s:：!]*|\d{1,3}[、.．](?=[^\d]))+"
)
_TAIL_MARKS = re.compile(r"(?:[\s·•]|[\[【(（]?(?:置顶|NEW|new|New|HOT)[\]】)）]?!?)++$")
_BRACKETS = "[]()（）【】〔〕［］<>《》 \t"
_PATH_ARGUMENT = re.compile(
    r"""['"]((?:https?://|\.{0,2}/|[\w-]+/)?[\w./%-]+\.\w{2,5}(?:\?[^'"\s]*)?|(?:https?://|\.{0,2}/)[^'"\s]{2,})['"]"""
)
#: an address without dots, schemes and marks that ``urljoin`` would have to weigh
_PLAIN = re.compile(
    r"(?P<host>https?://[A-Za-z0-9.-]+(?::\d+)?(?=/))?/?[\w%-]+(?:[./][\w%-]+)*/?(?:\?[\w%=&.-]+)?"
)
_WORDS = re.compile(r"[^\W\d_]")
#: what a day in a row is of, when it is not of publication
_OTHER_DAY = re.compile(
    r"成文|生成|印发|实施|施行|失效|废止|截止|截至|更新|有效期|开始|结束|报名|制发|发文日期"
)
_PUBLISH_DAY = re.compile(r"发布|公开|发表|录入|添加|时间|日期|date|time", re.I)
_NUMBERS_ONLY = re.compile(
    r"[\d\s年月日号./\-,，]{1,12}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?",
    re.I,
)
#: longest words beside a day in one piece: 发布时间：2024-07-04 来源：教育局 点击：1200
_BESIDE = 16
_PUBLISHER = re.compile(
    r"[\s\[【(（]*(?:信息|文章|稿件)?(?:来源|发布机构|发布单位|发布部门|公开单位|公开主体|发文机关|发文单位|责任单位|单位)"
    r"\s*[:：]\s*([^\s:：\]】)）]*)"
)
_LONGEST_NAME = 40  # characters of a publisher
_LONGEST_LABEL = 12  # of a day, in a piece of its own
_LONGEST_TITLE = 500
_TITLE_LENGTH = 8  # of a link that may be the title of another row


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """列表条目: one row of a list. ``url`` is "" where the page gives no address for it.

    ``undated``: what the row shows instead of a day of publication; None where it shows nothing.
    ``publisher``: whom the row itself names as its source or publisher.
    """

    title: str
    url: str
    published: PublishDate | None = None
    undated: Undated | None = None
    publisher: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other entries of its list; without an address, its day too."""
        if self.url or self.published is None:
            return self.url, self.title
        return "", f"{self.title} {self.published.day}"


def read_row(
    element: Element,
    link: Element,
    *,
    base: str,
    beside: Sequence[str] = (),
    labels: Sequence[str] = (),
    seen_at: datetime | None = None,
) -> Entry | None:
    """Read the row ``element`` whose title is the link ``link``; None if it has no title.

    ``beside``: the texts that follow (or precede) the row outside its element;
    ``labels``: the heads of the table's columns.
    """
    url = address_of(link, base)
    title, within = _link_texts(link)
    outside = [*_cells(_own_part(element, link), link, labels), *beside]
    published = _day_of(outside, url, seen_at) or _day_of(within, url, seen_at)
    shown, tooltip = clean_title(title), link.get("title") or ""
    attribute = shown if tooltip == title else clean_title(tooltip)
    whole = chosen = _fuller(shown, attribute)
    if is_glued := published is None:
        chosen, published = _glued(chosen)
        if published is None and attribute and attribute != chosen:
            published = _glued(attribute)[1]
    else:
        chosen = _without(chosen, published.text)
    if chosen is not whole:
        chosen = clean_title(chosen)
    if not chosen or _is_date(chosen):
        return None
    if published is None:
        undated = _shown_instead([*outside, *within])
    elif undated := mistake(published.day, published.text, dates.today(seen_at)):
        published = None
        if is_glued:  # the title may end with the day of what it is about
            undated = replace(undated, ahead=None)
    return Entry(
        title=chosen[:_LONGEST_TITLE],
        url=url,
        published=published,
        undated=undated,
        publisher=_publisher_in(outside),
    )


def _publisher_in(pieces: Sequence[str]) -> str:
    """Whom a row names behind 来源, 发布机构 or the head of a column that says so."""
    for place, piece in enumerate(pieces):
        if "：" not in piece and ":" not in piece:
            continue
        if found := _PUBLISHER.match(piece):
            following = pieces[place + 1].strip() if place + 1 < len(pieces) else ""
            told = found[1] or following
            return told if 2 <= len(told) <= _LONGEST_NAME else ""
    return ""


def shows_day(element: Element, link: Element, beside: Sequence[str]) -> bool:
    """Whether a row shows a day or part of one apart from the words of its title."""
    title, within = _link_texts(link)
    texts = [*_cells(element, link, ()), *within, *beside]
    short = [text for text in texts if len(text) <= _BESIDE * 2]
    return (
        any(
            dates.day_in(text) or _RELATIVE.search(text) or undated_in(text.strip(_BRACKETS))
            for text in short
        )
        or _pieced_day(texts) is not None
        or any(_glued(clean_title(text))[1] for text in (title, link.get("title") or ""))
    )


def address_of(link: Element, base: str) -> str:
    """The absolute address behind a link, also from an onclick; "" if none can be derived."""
    href = (link.get("href") or "").strip()
    if (
        href
        and not href.startswith("#")
        and not href.lower().startswith(("javascript:", "mailto:"))
    ):
        return _join(base, href)
    for code in (
        href[11:],
        link.get("onclick") or "",
        link.get("data-url") or "",
        link.get("data-href") or "",
    ):
        if found := _PATH_ARGUMENT.search(code if "'" in code or '"' in code else f"'{code}'"):
            return _join(base, found[1])
    return ""


def clean_title(text: str) -> str:
    """``text`` in one line without bullets, 置顶 and new marks."""
    text = text[: 4 * _LONGEST_TITLE]
    text = _BLANKS.sub(" ", text if text.isprintable() else INVISIBLE.sub("", text)).strip()
    text = _LEAD_MARKS.sub("", text)
    return _TAIL_MARKS.sub("", text).strip()


def _join(base: str, href: str) -> str:
    href = _BLANKS.sub("", href)
    try:
        url = _joined_plainly(base, href) or urljoin(base, href)
    except ValueError:  # an address like http://[x
        return ""
    return url if url.startswith(("http://", "https://")) else ""


def _joined_plainly(base: str, href: str) -> str:
    """What ``urljoin`` says of a plain address, at a tenth of its price; "" for any other."""
    plain = _PLAIN.fullmatch(href)
    if plain is None:
        return ""
    if plain["host"]:
        return href
    top, folder = _folders(base)
    return top + href[1:] if href[0] == "/" else folder + href


@lru_cache(maxsize=256)
def _folders(base: str) -> tuple[str, str]:
    """The top of the site of a page, and the folder of the page."""
    return urljoin(base, "/"), urljoin(base, ".")


def _link_texts(link: Element) -> tuple[str, list[str]]:
    """The title inside a link, and the link's other texts."""
    if not len(link):
        return link.text or "", []
    if not any(child.tag in _BLOCK_TAGS for child in link.iter()):
        text = "".join(link.itertext())
        spans = [t for t in link.itertext() if t.strip()]
        return (
            text,
            [t for t in spans if DATE_LIKE.search(t) or _NUMBERS_ONLY.fullmatch(t.strip())],
        )
    blocks = [(tag, cls, text) for tag, cls, text in _blocks(link) if text]
    titled = [b for b in blocks if b[0] in _HEADINGS] or [
        b for b in blocks if _TITLE_CLASS.search(b[1])
    ]
    if not titled:
        titled = [
            b
            for b in blocks
            if not _is_date(b[2]) and len(b[2]) >= 4 and not _SUMMARY_CLASS.search(b[1])
        ]
    if not titled:
        return "".join(link.itertext()), []
    chosen = titled[0]
    rest = [
        text.strip() for text in link.itertext() if text.strip() and text.strip() not in chosen[2]
    ]
    return chosen[2], rest


def _blocks(link: Element) -> Iterator[tuple[str, str, str]]:
    """Tag, class and text of every innermost block of a link, and of its loose text."""
    for node in link.iter():
        if node.tag in _BLOCK_TAGS and not any(
            c.tag in _BLOCK_TAGS for c in node.iterdescendants()
        ):
            text = _BLANKS.sub(" ", "".join(node.itertext())).strip()
            yield node.tag, f"{node.get('class') or ''}", text
        if node.tail and node is not link and node.tail.strip() and node.getparent() is link:
            yield "", "", node.tail.strip()
    if link.text and link.text.strip():
        yield "", "", link.text.strip()


def _own_part(element: Element, link: Element) -> Element:
    """The part of a row that is its title's own, where stray end tags put two rows into one."""
    others = [
        other
        for other in element.iter("a")
        if other is not link and len("".join(other.itertext()).strip()) >= _TITLE_LENGTH
    ]
    if element is link or not others:
        return element
    foreign = {above for other in others for above in other.iterancestors()}
    part = link
    while (above := part.getparent()) is not None and above not in foreign:
        part = above
    days = [text for text in texts_outside(part, link) if len(text) <= _BESIDE * 2]
    return part if any(FULL_DATE.search(text) for text in days) else element


def _cells(element: Element, link: Element, labels: Sequence[str]) -> list[str]:
    """The texts of a row outside its link, each with the head of its table column before it."""
    if element is link:
        return []
    if labels and element.tag == "tr":
        found = []
        for place, cell in enumerate(element):
            head = labels[place] if place < len(labels) else ""
            found += [f"{head}：{text}" if head else text for text in texts_outside(cell, link)]
        return found
    return list(texts_outside(element, link))


def texts_outside(element: Element, link: Element) -> Iterator[str]:
    """Yield the texts of a row that are not inside its title's link."""
    if element is link or not isinstance(element.tag, str) or element.tag in _NEVER:
        return
    if element.text and (text := element.text.strip()):
        yield text
    elif element.tag == "time" and not len(element) and element.get("datetime"):
        yield element.get("datetime")
    for child in element:
        yield from texts_outside(child, link)
        if child.tail and (text := child.tail.strip()):
            yield text


def _is_date(text: str) -> bool:
    """Whether ``text`` is a day and nothing else."""
    text = text.strip(_BRACKETS)
    if _NUMBERS_ONLY.fullmatch(text):
        return True
    hit = dates.day_in(text) if DATE_LIKE.search(text) else None
    return hit is not None and not _WORDS.search(text.replace(hit[1], ""))


def _day_of(pieces: Sequence[str], url: str, seen_at: datetime | None) -> PublishDate | None:
    """The day of publication that stands among the texts of a row.

    Two days that nothing tells apart are none: a document has a day of its own, a notice has the
    days it lasts.
    """
    found: list[PublishDate] = []
    before = ""
    for piece in pieces:
        days, is_labelled = _days_of_piece(before, piece)
        if is_labelled:
            return days[0]
        found += days
        before = piece if len(piece) <= _LONGEST_LABEL else ""
    if found:
        return found[0] if len({one.day for one in found}) == 1 else _by_address(found, url)
    return _pieced_day(pieces) or _half_day(pieces, url) or _relative_day(pieces, seen_at)


def _by_address(found: Sequence[PublishDate], url: str) -> PublishDate | None:
    """The one of several days that the row's address carries too."""
    return next((one for one in found if one.day == dates.url_day(url)), None)


def _shown_instead(pieces: Sequence[str]) -> Undated | None:
    """What a row without a day of publication shows of one."""
    days = dict.fromkeys(hit[1] for piece in pieces for hit in _days(piece))
    if len(days) > 1:
        return Undated(why=NoDay.AMBIGUOUS, text=" ".join(days))
    short = (piece for piece in pieces if len(piece) <= _BESIDE)
    return next((shown for piece in short if (shown := undated_in(piece.strip(_BRACKETS)))), None)


def _days(piece: str) -> list[tuple[date, str]]:
    return list(dates.days_in(piece)) if DATE_LIKE.search(piece) and len(piece) <= 200 else []


@lru_cache(maxsize=4096)  # the same few days stand in the lists of a whole county
def _days_of_piece(before: str, piece: str) -> tuple[tuple[PublishDate, ...], bool]:
    """The days in one text, and whether the words before the first call it that of publication."""
    hits = _days(piece)
    if not hits:
        return (), False
    first = hits[0][1]
    label = f"{before} {piece[: piece.find(first)]}"[-24:]
    if _OTHER_DAY.search(label):
        return (), False
    is_labelled = _PUBLISH_DAY.search(label) is not None
    if not is_labelled and len(_BLANKS.sub("", piece)) - len(first) > _BESIDE:
        return (), False
    days = (PublishDate(day=day, source=DateSource.LIST, text=text) for day, text in hits)
    return tuple(days), is_labelled


def _pieced_day(pieces: Sequence[str]) -> PublishDate | None:
    """A day in split markup: ``<b>04</b><i>2024-07</i>``."""
    numbers = [p.strip(_BRACKETS) for p in pieces if _NUMBERS_ONLY.fullmatch(p.strip(_BRACKETS))]
    day = dates.split_day(numbers) if len(numbers) > 1 else None
    return PublishDate(day=day, source=DateSource.LIST, text=" ".join(numbers)) if day else None


def _half_day(pieces: Sequence[str], url: str) -> PublishDate | None:
    """Part of a day, 07-04 or 24-7-4, when the row's address tells the same day whole."""
    day = dates.url_day(url) if url else None
    if day is None:
        return None
    for piece in pieces:
        if len(piece) <= _BESIDE and (half := undated_in(piece.strip(_BRACKETS))):
            agreed = half.agrees(day)
            return PublishDate(day=day, source=DateSource.URL, text=piece) if agreed else None
    return None


def _relative_day(pieces: Sequence[str], seen_at: datetime | None) -> PublishDate | None:
    if seen_at is None:
        return None
    for piece in pieces:
        if (
            len(piece) <= _BESIDE
            and _RELATIVE.search(piece)
            and (day := dates.relative_day(piece, seen_at))
        ):
            return PublishDate(day=day, source=DateSource.RELATIVE, text=piece)
    return None


def _fuller(shown: str, attribute: str) -> str:
    """The title attribute where the shown text is cut short, else the shown text."""
    if not attribute or attribute == shown or _TOOLTIP.search(attribute):
        return shown
    if not shown:
        return attribute
    stem = _TRUNCATED.sub("", shown).replace(" ", "")
    if len(attribute) > len(shown) and attribute.replace(" ", "").startswith(
        stem[: max(4, len(stem) - 2)]
    ):
        return attribute
    told = (
        stem[:4] in attribute or stem[-4:] in attribute
    )  # or it is the column's name, in each row
    if _TRUNCATED.search(shown) and len(attribute) >= len(stem) and told:
        return attribute
    return shown


def _glued(title: str) -> tuple[str, PublishDate | None]:
    """A title without the day glued to its end or its start, and that day."""
    for part, at_end in ((title[-26:], True), (title[:26], False)):
        hit = dates.day_in(part) if DATE_LIKE.search(part) else None
        if hit is None or not (rest := _without(title, hit[1], at_end=at_end)) or rest == title:
            continue
        return rest, PublishDate(day=hit[0], source=DateSource.LIST, text=hit[1])
    return title, None


def _without(title: str, day: str, *, at_end: bool | None = None) -> str:
    """``title`` without ``day`` at its end or start, when the day stands apart from the words."""
    place = title.rfind(day)
    if place < 0:
        return title
    before, after = title[:place], title[place + len(day) :]
    apart = "年" not in day or before.endswith(tuple("([（【 ")) or after.startswith(" ")
    if at_end is not False and not after.strip(_BRACKETS) and apart:
        return before.rstrip("([（【［〔 \t|-—")
    if at_end is not True and not before.strip(_BRACKETS) and apart:
        return after.lstrip(")]）】］〕 \t|-—:：")
    return title
