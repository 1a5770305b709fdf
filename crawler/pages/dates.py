"""日期: the one day a page or a list row says it was published on; None instead of a guess.

Chinese page forms are read by strict patterns of our own. dateparser, whose home this is, reads
what a grammar of its own would only repeat: relative times (昨天, 3小时前), which need the
moment the page was seen, and English and HTTP forms. It is never asked about incomplete Chinese
dates: it would make 2007-04-01 out of ``07-04``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import dateparser

from crawler.pages.fields import Field, Kind, fields_in, open_label
from crawler.pages.text import Line
from monitor.model import DateSource, PublishDate

#: every site that is read keeps the time of Beijing
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_FIRST_YEAR, _LAST_YEAR = 1990, 2099

_NUMERALS = {"〇": 0, "○": 0, "零": 0, "O": 0, "o": 0, "Ｏ": 0, "０": 0, "0": 0}
_NUMERALS |= {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}
_ZERO = "〇○零OoＯ０0"
_SPACE = r"[\s\u200b\ufeff]*"
_NUMBER = r"\d{1,2}|[〇零]?[一二三四五六七八九]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|元"
#: a full date; ``\d`` takes full-width digits too. What stands before and after keeps numbers of
#: documents, telephones and versions out; a time may follow the day without a blank.
_FULL = re.compile(
    rf"(?<!\d)(?<!\d[-/.])(?P<year>[12１２]\d{{3}}|[一二][{_ZERO}一二三四五六七八九]{{3}}){_SPACE}"
    rf"(?:年{_SPACE}(?P<cn_month>{_NUMBER}){_SPACE}月{_SPACE}(?P<cn_day>{_NUMBER}){_SPACE}[日号]"
    rf"|(?P<dash>[-–—－‐‑/／.．]){_SPACE}(?P<month>\d{{1,2}}){_SPACE}(?P=dash){_SPACE}"
    rf"(?P<day>\d{{1,2}})日?(?:(?!\d)|(?=\d{{1,2}}[:：]\d\d))(?![-/]\d(?!\d?:)|\.\d))"
)
#: eight digits are a date only when they are all there is (meta elements, data feeds)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:[\sT]?\d{2}:?\d{2}(?::?\d{2})?)?\s*\Z")
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:\d{1,2}(?:st|nd|rd|th)?[\s-]+(?P<m1>[A-Z][a-z]{2,8})\.?[\s,-]+\d{4}"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?!\d)"
    r"(?:\s+\d\d:\d\d(?::\d\d)?\s*(?:GMT|UTC|[+-]\d{4}))?"
)
_ENGLISH_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
#: only what names its day: 2周前 and 3个月前 are told of a day nobody can know
_RELATIVE = re.compile(
    r"(?:[^\s:：]{0,8}(?:[:：于]|\s)\s*)??"  # a label; 昨天 inside a sentence tells nothing
    r"((?:刚刚|今天|昨天|前天)(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"|(?:\d{1,3}|半)\s*个?(?:秒钟?|分钟?|小时|天)前"
    r"|(?:\d{1,3}|an?)\s(?:second|minute|hour|day)s?\sago|yesterday|today)\Z",
    re.IGNORECASE,
)
_BRACKETS = "[]【】()（）〔〕［］<>《》「」 \t\r\n\u3000\xa0"
_MONTH_DAY = re.compile(
    r"(?<![\d年/.:-])(?<!年\s)(?:(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]"
    r"|(?:(?<=[\s\[【(（〔［])|^)(\d\d)[-/.](\d\d)(?=[\s\]】)）〕］]|$))"
)
_BARE_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})\Z")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\Z")
_YEAR = re.compile(r"(\d{4})\s*年?\Z")
_MONTH = re.compile(r"(\d{1,2})\s*月\Z")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?\Z")
#: addresses that carry the whole day; 202407/ alone or an 8-digit article number never do
_URL_DAY = tuple(
    re.compile(shape)
    for shape in (
        r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+\.\w+",
        r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/",
        r"/((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})/",
        r"/((?:19|20)\d\d)[-/]?(\d\d)/(\d\d)/",
        r"/((?:19|20)\d\d)/(\d\d)-?(\d\d)/",
        r"/((?:19|20)\d\d)-(\d\d)/(\d\d)/",
        r"/((?:19|20)\d\d)(\d\d)(\d\d)/",
    )
)


#: metas that say when an article was published; others (页面生成时间) never count
_METAS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "publish_time",
    "firstpublishedtime",
    "releasedate",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
)
TIME_OF_DAY = re.compile(r"\d{1,2}[:：]\d{1,2}(?:[:：]\d{1,2})?")
_CLOCK = re.compile("今天是|今日|现在是|现在时间|当前时间|系统时间|欢迎")
#: what may stand beside a bare date in a dateline
_BESIDE = re.compile(
    r"\d{1,2}[:：]\d{1,2}(?:[:：]\d{1,2})?|(?:星期|周)[一二三四五六日天]"
    r"|作者|来源|点击|浏览|阅读|访问|次数?|打印|关闭|分享|收藏|字体|字号|大|中|小|编辑|发布|发表"
    r"|[\s\d|｜丨/\\·•:：\-—_\[\]【】()（）〔〕［］]"
)
_PLACE = re.compile(r"地\s*点\s*[:：]")
#: neither is a sentence's, nor the number of a document
_PROSE = re.compile(r"[，。；！？、“”《》,;]|[〔﹝\[［]\d{4}[〕﹞\]］]|第.{1,6}号")
_LONGEST_NAME = 16
_GRID = 3  # rows and cells that make a table one of data
_LONGEST_DATELINE = 200
_LINKED_NAME = 4
_NOT_DATES = frozenset({None, Kind.SOURCE, Kind.PUBLISHER, Kind.OTHER, Kind.UNKNOWN})
_MAY_BE_RELATIVE = frozenset({None, Kind.PUBLISHED, Kind.TIME})


class Stamp(NamedTuple):
    """A date in a line by itself: its line, its label (None: it has none), the day, its text.

    ``clocked``: a time of day stands beside it; ``before``: the words in front of it; ``is_row``:
    those words are a link, as in a list.
    """

    place: int
    kind: Kind | None
    day: date
    text: str
    clocked: bool
    before: str
    is_row: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """日期线索: everything on a page that may say when it was published.

    ``near``: stamps that belong to the headline; ``far``: the others; ``words``: the lines under
    the headline; ``table``: the 信息公开目录 block; ``metas``: by their names in lower case.
    """

    near: Sequence[Stamp] = ()
    far: Sequence[Stamp] = ()
    words: Sequence[str] = ()
    table: Sequence[Field] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    seen_at: datetime | None = None


def parse_day(text: str) -> date | None:
    """Read the first full, sane date in ``text``; None if it holds none.

    >>> parse_day("发布时间：２０２４年７月４日 10:34")
    datetime.date(2024, 7, 4)
    >>> parse_day("07-04") is None
    True
    """
    found = day_in(text)
    return found[0] if found else None


def day_in(text: str) -> tuple[date, str] | None:
    """Return the first full date in ``text`` with the characters it was read from.

    >>> day_in("【2024-07-04】关于放假的通知")
    (datetime.date(2024, 7, 4), '2024-07-04')
    """
    return next(days_in(text), None)


def days_in(text: str) -> Iterator[tuple[date, str]]:
    """Yield every full date in ``text``, in order, with its characters."""
    if compact := _COMPACT.match(text):
        day = _day(*map(int, compact.groups()))
        if day:
            yield day, text.strip()
        return
    for found in _FULL.finditer(text):
        day = _day(
            _number(found["year"]),
            _number(found["cn_month"] or found["month"]),
            _number(found["cn_day"] or found["day"]),
        )
        if day:
            yield day, found[0]
    for found in _ENGLISH.finditer(text) if text.isascii() else ():
        if (found["m1"] or found["m2"])[:3].lower() in _ENGLISH_MONTHS:
            day = _english_day(found[0])
            if day:
                yield day, found[0]


def month_day_in(text: str) -> tuple[int, int] | None:
    """Return the month and day of a date without a year: ``[07-04]``, ``7月4日``.

    A page counter is not a date: one-digit numbers count only as ``7月4日`` or alone as ``7-4``.
    """
    if day_in(text):
        return None
    found = _BARE_MONTH_DAY.match(text.strip(_BRACKETS))
    for match in (found, *_MONTH_DAY.finditer(text)):
        if match:
            month, day = (int(number) for number in match.groups() if number)
            if _day(2024, month, day):  # a leap year: 02-29 is a day
                return month, day
    return None


def split_day(pieces: Sequence[str]) -> date | None:
    """Join a date that markup tore apart: ``04`` + ``2024-07``, ``07-04`` + ``2024``.

    Only neighbours that can be read in one way; day and month as two bare numbers never are,
    except in the order year, month, day.
    """
    texts = [text for piece in pieces if (text := piece.strip(_BRACKETS))]
    for place, text in enumerate(texts):
        before = texts[place - 1] if place else ""
        after = texts[place + 1] if place + 1 < len(texts) else ""
        if found := _YEAR_MONTH.match(text):
            days = [match for side in (before, after) if (match := _DAY.match(side))]
            if len(days) == 1:
                return _day(int(found[1]), int(found[2]), int(days[0][1]))
        elif found := _YEAR.match(text):
            return _day_beside_year(int(found[1]), texts, place)
    return parse_day(" ".join(texts)) or parse_day("".join(texts))


def url_day(url: str) -> date | None:
    """Return the day an address carries in one of the strong shapes; month-only shapes never.

    >>> url_day("http://a.example/zwgk/202407/t20240704_123.html")
    datetime.date(2024, 7, 4)
    >>> url_day("http://a.example/zwgk/202407/123.html") is None
    True
    """
    path = url.partition("?")[0].partition("#")[0]
    for shape in _URL_DAY:
        if found := shape.search(path):
            return _day(*map(int, found.groups()))
    return None


def relative_day(text: str, seen_at: datetime | None) -> date | None:
    """Turn 昨天, 3小时前 into a day, seen from ``seen_at``; None without it.

    Weeks and months ago name no day and stay None.
    """
    found = _RELATIVE.match(text.strip(_BRACKETS))
    if not found or not seen_at:
        return None
    return _relative_day(found[1], seen_at.astimezone(_SHANGHAI).replace(tzinfo=None))


def stamps_of(lines: Sequence[Line]) -> list[Stamp]:
    """Find the lines that could say when a page was published.

    Prose, links and clocks never do; whether a stamp belongs to the headline is for the
    caller, who knows it.
    """
    stamps = []
    for place, line in enumerate(lines):
        text = line.text
        if line.linked or len(text) > _LONGEST_DATELINE or not may_hold_day(text):
            continue
        if not day_in(text) or _CLOCK.search(text):
            continue
        for kind, value in fields_in(text):
            if not (found := day_in(value)):
                continue
            alone = _is_alone(found[1], value)
            said = kind
            if kind is None and alone and place:
                said = open_label(lines[place - 1].text)
            dated = said is Kind.PUBLISHED or (said is Kind.TIME and not _is_event(lines, place))
            if kind is Kind.UNKNOWN and value.startswith(found[1]):
                continue  # it is what that label says
            if dated or (said in _NOT_DATES and alone and not _is_in_grid(line)):
                stamps.append(
                    Stamp(
                        place,
                        said if dated else None,
                        *found,
                        clocked=TIME_OF_DAY.search(value) is not None,
                        before=value.partition(found[1])[0].strip() if kind is None else "",
                        is_row=not dated and _is_row(line, value),
                    )
                )
    return stamps


def _is_event(lines: Sequence[Line], place: int) -> bool:
    """Whether 时间 is told together with 地点: when people meet, not when it was published."""
    return any(_PLACE.search(line.text) for line in lines[place : place + 3])


def _is_row(line: Line, value: str) -> bool:
    """Whether the words beside a date are a link: a row of a list, not a dateline."""
    return any(
        len(name := "".join(link.itertext()).strip()) >= _LINKED_NAME and name in value
        for link in line.block.iter("a")
    )


def _is_in_grid(line: Line) -> bool:
    """Whether a line is a cell of a table of data, not of one that lays the page out."""
    cell = line.block
    if cell.tag not in ("td", "th", "p"):
        return False
    row = next(cell.iterancestors("tr"), None)
    table = row.getparent() if row is not None else None
    if row is None or table is None or len(row) < _GRID:
        return False
    return sum(len(other) >= _GRID for other in table) >= _GRID


def may_hold_day(text: str) -> bool:
    """Whether ``text`` could hold a full date: cheap, and wrong only by saying yes."""
    return "20" in text or "19" in text or "二" in text or "２" in text


def publish_date(signs: Signs) -> PublishDate | None:
    """Climb down the ladder of sources; the first one with a day decides.

    A day the page cannot have been published on (``Signs.seen_at``) is refused, and no weaker
    source is asked in its stead: what the page shows is then a mistake of the page.
    """
    for source, read in LADDER:
        for day, text in read(signs):
            sane = is_sane(day, signs.seen_at)
            return PublishDate(day=day, source=source, text=text.strip()) if sane else None
    return None


def _from_label(signs: Signs) -> Iterator[tuple[date, str]]:
    for kind in (Kind.PUBLISHED, Kind.TIME):
        yield from ((stamp.day, stamp.text) for stamp in signs.near if stamp.kind is kind)


def _from_table(signs: Signs) -> Iterator[tuple[date, str]]:
    for kind, value in signs.table:
        if kind is Kind.PUBLISHED and (found := day_in(value)):
            yield found


def _from_dateline(signs: Signs) -> Iterator[tuple[date, str]]:
    yield from ((stamp.day, stamp.text) for stamp in signs.near if stamp.kind is None)


def _from_meta(signs: Signs) -> Iterator[tuple[date, str]]:
    for name in _METAS:
        if found := day_in(_local(signs.metas.get(name, ""))):
            yield found


def _from_issue(signs: Signs) -> Iterator[tuple[date, str]]:
    """A document's own date has no time of day; where it has one, the system set it."""
    for kind, value in signs.table:
        if kind is Kind.ISSUED and TIME_OF_DAY.search(value):
            yield from days_in(value)


def _from_afar(signs: Signs) -> Iterator[tuple[date, str]]:
    """Labels far from the headline count when they all say the same."""
    found = {stamp.day: stamp.text for stamp in signs.far if stamp.kind is Kind.PUBLISHED}
    if len(found) == 1:
        yield from found.items()


def _from_clocked(signs: Signs) -> Iterator[tuple[date, str]]:
    """A lone date with a time of day below the text is the system's; a signature has none."""
    found = {stamp.day: stamp.text for stamp in signs.far if _is_clock_set(stamp)}
    if len(found) == 1:
        yield from found.items()


def _is_clock_set(stamp: Stamp) -> bool:
    return not stamp.kind and stamp.clocked and not stamp.is_row


def _from_relative(signs: Signs) -> Iterator[tuple[date, str]]:
    for text in signs.words:
        for kind, value in fields_in(text):
            if kind in _MAY_BE_RELATIVE and (day := relative_day(value, signs.seen_at)):
                yield day, value


def _from_url(signs: Signs) -> Iterator[tuple[date, str]]:
    if day := url_day(signs.url):
        yield day, signs.url


#: in order of trust. What is shown goes before the metas: where the two differ, people see the
#: first; the address is last, it carries the day its record was made.
LADDER: tuple[tuple[DateSource, Callable[[Signs], Iterator[tuple[date, str]]]], ...] = (
    (DateSource.LABEL, _from_label),
    (DateSource.TABLE, _from_table),
    (DateSource.DATELINE, _from_dateline),
    (DateSource.META, _from_meta),
    (DateSource.TABLE, _from_issue),
    (DateSource.LABEL, _from_afar),
    (DateSource.DATELINE, _from_clocked),
    (DateSource.RELATIVE, _from_relative),
    (DateSource.URL, _from_url),
)


def _local(text: str) -> str:
    """Turn an instant of UTC into the time of Beijing; any other text stays."""
    if text.rstrip().endswith(("Z", "+00:00")):
        try:
            return datetime.fromisoformat(text.strip()).astimezone(_SHANGHAI).isoformat(" ")
        except ValueError:
            return text
    return text


def _is_alone(day: str, text: str) -> bool:
    """Whether nothing but furniture and a name stands beside the day."""
    beside = text.replace(day, "", 1)
    return not _PROSE.search(beside) and len(_BESIDE.sub("", beside)) <= _LONGEST_NAME


def is_sane(day: date, seen_at: datetime | None) -> bool:
    """Whether a page seen then can have been published on ``day``: at most a day ahead."""
    return seen_at is None or day <= seen_at.astimezone(_SHANGHAI).date() + timedelta(days=1)


@lru_cache(maxsize=4096)
def _relative_day(text: str, seen_at: datetime) -> date | None:
    parsed = dateparser.parse(text, languages=["zh", "en"], settings={"RELATIVE_BASE": seen_at})
    return parsed.date() if parsed else None


@lru_cache(maxsize=4096)
def _english_day(text: str) -> date | None:
    parsed = dateparser.parse(
        text,
        languages=["en"],
        settings={"TIMEZONE": "Asia/Shanghai", "TO_TIMEZONE": "Asia/Shanghai"},
    )
    return _day(parsed.year, parsed.month, parsed.day) if parsed else None


def _day_beside_year(year: int, texts: Sequence[str], place: int) -> date | None:
    """Read month and day from the neighbours of a lone year."""
    around = texts[max(place - 2, 0) : place + 3]
    for text in texts[max(place - 1, 0) : place + 2]:
        if found := month_day_in(text):
            return _day(year, *found)
    after = texts[place + 1 : place + 3]
    if len(after) == 2 and (month := _DAY.match(after[0]) or _MONTH.match(after[0])):
        if day := _DAY.match(after[1]):
            return _day(year, int(month[1]), int(day[1]))
    before = texts[max(place - 2, 0) : place]
    if len(before) == 2:
        for first, second in (before, before[::-1]):
            if (month := _MONTH.match(first)) and (day := _DAY.match(second)):
                return _day(year, int(month[1]), int(day[1]))
    return parse_day(" ".join(around))


def _number(text: str) -> int:
    """Read Arabic digits or Chinese numerals: 2024, 二〇二四, 十一, 廿五, 元."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    if len(text) == 4:
        return int("".join(str(_NUMERALS[character]) for character in text))
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    return (_NUMERALS[tens] if tens else 1 if ten else 0) * 10 + (
        _NUMERALS[ones[-1]] if ones else 0
    )


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
