"""标题与位置: which line of a page is its headline, and where the page says it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from crawler.pages.dates import Stamp
from crawler.pages.fields import Kind, fields_in, open_label
from crawler.pages.text import Line, is_prose, is_shown

_HERE = re.compile(
    r"\W{0,3}(?:(?:您|你|当前|所在|现在|目前|當前)[^:：>»]{0,8}?(?:位置|栏目|這裡|这里)|位置(?=\s*[:：]))"
    r"[^:：>»\w]{0,3}(?:是|为)?\s*[:：]?\s*"
)
_HOMES = ("网站首页", "首页", "首 页", "主页", "本站首页", "網站首頁", "首頁")
_ARROWS = re.compile(r"\s*(?:[-–—]?>|＞|»|›|→|⟩|>)+\s*|\s*::\s*")
_DASHES = re.compile(r"\s+[-–—·•|/\\]+\s+|\s*[|｜/·]\s*")
_TIGHT = re.compile(r"(?<=页)[-–—_/]|(?<!^)[-–—_/](?=[^-–—_/]*$)")
_OWN_WORDS = frozenset(
    (
        "正文",
        "内容",
        "详情",
        "详细内容",
        "详细信息",
        "详情信息",
        "信息详情",
        "文章详情",
        "新闻详情",
        "文章内容",
        "信息内容",
        "查看",
        "阅读正文",
    )
)
_CRUMB_LENGTH = 160
_CRUMB_LINES = 10  # a breadcrumb made of list entries

_MARKED = frozenset({"h1", "h2"})
_HEADINGS = {"h1": 3, "h2": 2, "h3": 2, "h4": 1, "h5": 1}
_HEADING_CLASS = re.compile(
    r"title|biaoti|headline|(?:^|[\s_-])(?:bt|tit|ti)(?:$|[\s_-])", re.IGNORECASE
)
_SUBTITLE_CLASS = re.compile(r"sub-?_?title|fu-?biao|ftitle|title2\b", re.IGNORECASE)
#: what may follow the headline in the page's <title>
_SUFFIX = re.compile(r"\s*[-_|｜—–·•>»~:：]|\s")
_NO_HEADLINE = re.compile(
    r"[（(【\[]?(?:责任编辑|编辑|作者|记者)|(?:上|下)一[篇条页]|[【\[]?(?:打印|关闭|字体|字号)|附件|您好|欢迎|版权所有|搜索|热门|登录|设为首页"
    r"|相关|更多|返回|首\s?页"
)
_TITLE_PARTS = re.compile(r"[-_|｜—–]+")
_SENTENCE = re.compile(r"[。；，,;]|[:：]$")
_DAY_SIGNS = re.compile("[年月日号时分秒]|星期.")
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 2, 150
_LONGEST_H1 = 20_000  # characters of what is marked as the headline
_PROSE_LENGTH = 60
_SMALL_SIGNS = 3  # the most that class and place can add
#: a dateline whose date is missing or written by a script
_DATELINE_SIGN = re.compile("(?:来源|时间|日期|作者|点击|浏览)[^:：]{0,3}[:：]")
_DATELINE_KINDS = frozenset({Kind.PUBLISHED, Kind.TIME, Kind.SOURCE})
_NO_FIELD = frozenset({None, Kind.OTHER, Kind.UNKNOWN})
_TRAIL_ARROWS = 2
_HEADING_ALONE = 3
_HEADLINE_LINES = 3
_BESIDE = 3  # lines under the breadcrumb
_ENOUGH = 4


class Breadcrumb(NamedTuple):
    """所在位置: the line it stands in (-1: none) and the names on the way, from the home page."""

    place: int = -1
    names: tuple[str, ...] = ()


class Headline(NamedTuple):
    """标题: its words and its first and last line; no line (-1) when only metas name it."""

    text: str = ""
    first: int = -1
    last: int = -1


def breadcrumb(lines: Sequence[Line]) -> Breadcrumb:
    """Find 当前位置, or a line that leads from 首页 somewhere."""
    homes: list[int] = []
    for place, line in enumerate(lines):
        text = line.text
        if len(text) > _CRUMB_LENGTH:
            continue
        if here := _HERE.match(text):
            rest = text[here.end() :]
            names = _names(rest if _leads(rest) else _gathered(rest, lines[place + 1 :]))
            if names:
                return Breadcrumb(place, names)
        elif text.startswith(_HOMES):
            if _ARROWS.search(text):
                return Breadcrumb(place, _names(text))
            homes.append(place)
    for place in homes:
        if _leads(lines[place].text):
            return Breadcrumb(place, _names(lines[place].text))
    return Breadcrumb()


def headline_of(
    lines: Sequence[Line],
    stamps: Sequence[Stamp],
    crumb: Breadcrumb,
    *,
    document: str,
    article: str,
    refused: Collection[str],
) -> Headline:
    """Weigh every line that could be the headline; its words in the metas decide most.

    ``document`` is the page's <title>; ``article`` is what metas or the 信息公开目录 block call
    the article; ``refused`` are names of site and column, which are a headline only when the
    article is called so. A line right above a dateline needs no more than that.
    """
    names = f"{article}\n{document}"
    prose = next(_prose(lines, crumb), len(lines))
    followed = _followed(lines, stamps, prose)
    best, most = -1, 0
    for place, line in enumerate(lines):
        text = line.text
        if not _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE and not (
            _LONGEST_HEADLINE < len(text) <= _LONGEST_H1 and line.block.tag in _MARKED
        ):
            continue
        weight = followed.get(place, 0) + _HEADINGS.get(line.block.tag, 0)
        if text in names:
            weight += _named(text, article, document)
        if not weight or weight + _SMALL_SIGNS <= most:
            continue
        weight += _small_signs(line) + (place > crumb.place)
        if place > prose or (is_prose(line) and text not in names):
            weight -= 3
        if text in refused and text != article:
            weight -= 3
        if weight > most and _may_be_headline(lines, place, crumb):
            best, most = place, weight
    if most >= _ENOUGH:
        return _whole(lines, best, stamps, (article, document))
    return (
        _beside_stamp(stamps, crumb)
        or (Headline(article) if article else None)
        or (_whole(lines, best, stamps, ()) if most >= _HEADING_ALONE else None)
        or _above_prose(lines, crumb)
        or Headline(_without_site(document, refused))
    )


def _followed(lines: Sequence[Line], stamps: Sequence[Stamp], prose: int) -> dict[int, int]:
    """Weigh lines by how closely a dateline follows, be its date there or left to a script.

    A bare date below the first ``prose`` is a signature.
    """
    weights: dict[int, int] = {}
    places = {
        stamp.place
        for stamp in stamps
        if not stamp.is_row and (stamp.kind or stamp.clocked or stamp.place < prose)
    }
    if not places:
        places = {place for place, line in enumerate(lines) if _is_undated_dateline(line.text)}
    for place in places:
        for distance, weight in ((1, 6), (2, 2), (3, 1)):
            weights[place - distance] = max(weights.get(place - distance, 0), weight)
    return weights


def _prose(lines: Sequence[Line], crumb: Breadcrumb) -> Iterator[int]:
    """Yield the places of paragraphs."""
    for place in range(crumb.place + 1, len(lines)):
        if is_prose(lines[place]):
            yield place


def _is_undated_dateline(text: str) -> bool:
    """Whether a line is 时间：… 来源：… with the date missing."""
    if len(text) > _LONGEST_HEADLINE or not _DATELINE_SIGN.search(text):
        return False
    kinds = [kind for kind, _ in fields_in(text)]
    return len(kinds) > 1 and any(kind in _DATELINE_KINDS for kind in kinds)


def _small_signs(line: Line) -> int:
    block = line.block
    names = f"{block.get('class', '')} {block.get('id', '')}"
    weight = -5 if line.linked else 0
    if _SUBTITLE_CLASS.search(names):
        return weight - 4
    return weight + (2 if _HEADING_CLASS.search(names) else 0)


def _beside_stamp(stamps: Sequence[Stamp], crumb: Breadcrumb) -> Headline | None:
    """Take a headline that shares its line with the date, right under the breadcrumb."""
    for stamp in stamps:
        if stamp.before and 0 < stamp.place - crumb.place <= _BESIDE and crumb.place >= 0:
            return Headline(stamp.before, stamp.place, stamp.place)
    return None


def _above_prose(lines: Sequence[Line], crumb: Breadcrumb) -> Headline | None:
    """Take the short line above the first paragraph, where a page has no other sign."""
    for after in _prose(lines, crumb):
        place = after - 1
        if place <= crumb.place:
            continue
        line = lines[place]
        if (
            _SHORTEST_HEADLINE < len(line.text) <= _PROSE_LENGTH
            and not line.linked
            and not _SENTENCE.search(line.text)
            and _may_be_headline(lines, place, crumb)
        ):
            return Headline(line.text, place, place)
    return None


def _named(text: str, article: str, document: str) -> int:
    """Weigh a line by the metas and the <title> that hold it."""
    if text == article:
        return 8
    if document == text:
        return 2  # or it is the site's name
    if document.startswith(text) and len(text) >= 2 and _SUFFIX.match(document, len(text)):
        return 5
    return 0


def _may_be_headline(lines: Sequence[Line], place: int, crumb: Breadcrumb) -> bool:
    text = lines[place].text
    label = open_label(lines[place - 1].text) if place else None
    return (
        place != crumb.place
        and not _NO_HEADLINE.match(text)
        and not _HERE.match(text)
        and len(_ARROWS.findall(text)) < _TRAIL_ARROWS
        and not open_label(text)
        and fields_in(text)[0].kind in _NO_FIELD
        and any(character.isalpha() for character in _DAY_SIGNS.sub("", text))
        and label in (None, Kind.TITLE)  # else it is that label's value
        and is_shown(lines[place].block)
    )


def _whole(
    lines: Sequence[Line], first: int, stamps: Sequence[Stamp], known: Sequence[str]
) -> Headline:
    """Join the lines a headline was broken into."""
    taken = {stamp.place for stamp in stamps}
    block = lines[first].block
    while first and block.tag in _HEADINGS and lines[first - 1].block is block:
        first -= 1
    text, last = lines[first].text, first
    squeezed = ["".join(name.split()) for name in known if name]
    while last + 1 < len(lines) and last + 1 not in taken and last - first < _HEADLINE_LINES:
        after = lines[last + 1]
        joined = "".join((text + after.text).split())
        same_heading = after.block is block and block.tag in _HEADINGS
        longer = any(name.startswith(joined) for name in squeezed)
        if not same_heading and (not longer or "".join(text.split()) in squeezed):
            break
        text, last = f"{text} {after.text}", last + 1
    return Headline(text, first, last)


def _without_site(document: str, refused: Collection[str]) -> str:
    """Take the site's name off a <title>; "" when nothing else is there."""
    if document in refused:
        return ""
    first, *others = (part.strip() for part in _TITLE_PARTS.split(document))
    return first if others and first not in refused else document if not others else ""


def _leads(text: str) -> bool:
    return bool(_ARROWS.search(text) or _DASHES.search(text))


def _gathered(rest: str, after: Sequence[Line]) -> str:
    """Join a breadcrumb whose steps stand in lines of their own."""
    steps = [rest] if rest else []
    for line in after[:_CRUMB_LINES]:
        if not line.linked and any(character.isalnum() for character in line.text):
            break
        steps.append(line.text)
    return " > ".join(steps)


def _names(text: str) -> tuple[str, ...]:
    marks = next((marks for marks in (_ARROWS, _DASHES, _TIGHT) if marks.search(text)), _DASHES)
    parts = marks.split(text)
    names = [name for part in parts if (name := part.strip(" -–—>|·/：:[]【】"))]
    if names:
        for home in _HOMES:  # 首页政务公开 > …: the mark between the first two was lost
            if names[0].startswith(home) and names[0] != home:
                names[:1] = [home, names[0][len(home) :].strip()]
                break
    while names and names[-1] in _OWN_WORDS:
        names.pop()
    return tuple(names)
