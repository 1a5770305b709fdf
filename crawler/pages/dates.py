"""日期: the one day a page or a list row says it was published on; None instead of a guess.

Chinese page forms are read by strict patterns of our own. dateparser, whose home this is, reads
what a grammar of its own would only repeat: relative times (昨天, 3小时前), which need the
moment the page was seen, and English and HTTP forms. It is never asked about incomplete Chinese
dates: it would make 2007-04-01 out of ``07-04``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

import dateparser

from crawler.pages.days import (
    BRACKETS,
    chinese_days_in,
    joined_day,
    month_day_in,
    sane_day,
    url_day,
)
from crawler.pages.fields import Field, Kind, fields_in, open_label
from crawler.pages.text import Line
from crawler.pages.undated import NOT_SHOWN, Undated, mistake, undated_in
from monitor.model import DateSource, PublishDate

__all__ = [
    "LADDER",
    "Signs",
    "Stamp",
    "dating_of",
    "day_in",
    "days_in",
    "forget",
    "month_day_in",
    "parse_day",
    "publish_date",
    "relative_day",
    "split_day",
    "stamps_of",
    "today",
    "url_day",
]

#: every site that is read keeps the time of Beijing
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:(?:Mon|Tues?|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s-]+(?P<m1>[A-Z][a-z]{2,8})\.?[\s,-]+\d{4}"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?!\d)"
    r"(?:\s+\d\d:\d\d(?::\d\d)?\s*(?:GMT|UTC|[+-]\d{4}))?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES_MONTH = re.compile("|".join(_MONTHS))
#: only what names its day: 2周前 and 3个月前 are told of a day nobody can know
_RELATIVE = re.compile(
    r"(?:[^\s:：]{0,8}(?:[:：于]|\s)\s*)??"  # a label; 昨天 inside a sentence tells nothing
    r"((?:刚刚|今天|昨天|前天)(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"|(?:\d{1,3}|半)\s*个?(?:秒钟?|分钟?|小时|天)前"
    r"|(?:\d{1,3}|an?)\s(?:second|minute|hour|day)s?\sago|yesterday|today)\Z",
    re.IGNORECASE,
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
    "dcterms.issued",
    "citation_publication_date",
    "time",  # the only one of the page
)
_CLOCK_TIME = re.compile(r"\s*\d{1,2}:\d\d.*\Z", re.DOTALL)
_EIGHT = re.compile(r"20(?<!\d..)\d{6}(?!\d)")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?\Z")
_WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]")

TIME_OF_DAY = re.compile(r"\d{1,2}[:：]\d{1,2}(?:[:：]\d{1,2})?")
_CLOCK = re.compile("今[天日](?:是|[:：])|现在是|现在时间|当前时间|系统时间|欢迎")
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
_LINKED_NAME, _LINKED_TITLE, _BESIDE_LINKS = 4, 8, 20
_ROW_TAGS = frozenset({"li", "tr", "td", "dt", "dd"})
_TORN, _PIECES = 40, 8  # characters and pieces of a line whose day is torn apart
_FIGURES = re.compile(r"[\d\s年月日./-]+")
_NOT_DATES = frozenset({None, Kind.SOURCE, Kind.PUBLISHER, Kind.OTHER, Kind.UNKNOWN})
_MAY_BE_RELATIVE = frozenset({None, Kind.PUBLISHED, Kind.TIME})


class Stamp(NamedTuple):
    """A date in a line by itself: its line, its label (None: it has none), the day, its text.

    ``clocked``: a time of day stands beside it; ``before``: the words in front of it; ``is_row``:
    those words are a link, as in a list; ``is_clock``: it names the day of the week, as the clock
    of a page does.
    """

    place: int
    kind: Kind | None
    day: date
    text: str
    clocked: bool
    before: str
    is_row: bool
    is_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """日期线索: everything on a page that may say when it was published.

    ``near``: stamps that belong to the headline; ``far``: the others; ``words``: the lines under
    the headline; ``said``: the labels and values among them; ``table``: the 信息公开目录 block;
    ``metas``: by their names in lower case.
    """

    near: Sequence[Stamp] = ()
    far: Sequence[Stamp] = ()
    words: Sequence[str] = ()
    said: Sequence[Field] = ()
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
    yield from chinese_days_in(text)
    for found in _ENGLISH.finditer(text) if _NAMES_MONTH.search(text) else ():
        named = (found["m1"] or found["m2"]).startswith(_MONTHS)
        if named and (day := _english_day(found[0])):
            yield day, found[0]


def split_day(pieces: Sequence[str]) -> date | None:
    """Join a date that markup tore apart: ``04`` + ``2024-07``, ``07-04`` + ``2024``."""
    return joined_day(pieces) or parse_day(" ".join(piece.strip() for piece in pieces))


def relative_day(text: str, seen_at: datetime | None) -> date | None:
    """Turn 昨天, 3小时前 into a day, seen from ``seen_at``; None without it.

    Weeks and months ago name no day and stay None.
    """
    found = _RELATIVE.match(text.strip(BRACKETS)) if len(text) <= _LONGEST_DATELINE else None
    if not found or not seen_at:
        return None
    return _relative_day(found[1], seen_at.astimezone(_SHANGHAI).replace(tzinfo=None))


def forget() -> None:
    """Empty the memory of earlier lines, and of what dateparser answered."""
    fields_in.cache_clear()
    _relative_day.cache_clear()
    _english_day.cache_clear()


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
        whole = day_in(text)
        if not whole:
            if joined := _mended(line):
                text, whole = joined, day_in(joined)
            elif not _EIGHT.search(text):
                continue
        if _CLOCK.search(text):
            continue
        for kind, value in fields_in(text):
            if not (found := whole if value == text else day_in(value)):
                continue
            alone = _is_alone(found[1], value)
            said = kind
            if kind is None and alone and place:
                said = open_label(lines[place - 1].text)
            dated = said is Kind.PUBLISHED or (said is Kind.TIME and not _is_event(lines, place))
            if kind is Kind.UNKNOWN and value.startswith(found[1]):
                continue  # it is what that label says
            if kind is Kind.OTHER and found[1].isdecimal():
                continue  # a number of visitors may look like a day
            if dated or (said in _NOT_DATES and alone and not _is_in_grid(line)):
                stamps.append(
                    Stamp(
                        place,
                        said if dated else None,
                        *found,
                        clocked=TIME_OF_DAY.search(value) is not None,
                        before=value.partition(found[1])[0].strip() if kind is None else "",
                        is_row=not dated and _is_row(line, value),
                        is_clock=kind is None and _WEEKDAY.search(value) is not None,
                    )
                )
    return stamps


def _is_event(lines: Sequence[Line], place: int) -> bool:
    """Whether 时间 is told together with 地点: when people meet, not when it was published."""
    return any(_PLACE.search(line.text) for line in lines[place : place + 3])


def _mended(line: Line) -> str:
    """A short line with the day that its markup tore apart: <b>04</b><i>2024-07</i>."""
    if len(line.text) > _TORN or not len(line.block):
        return ""
    parts = islice(line.block.itertext(), 4 * _PIECES)
    pieces = [text for part in parts if (text := part.strip())]
    day = split_day(pieces) if 1 < len(pieces) <= _PIECES else None
    words = " ".join(piece for piece in pieces if not _FIGURES.fullmatch(piece))
    return f"{words} {day}".strip() if day else ""


def _is_row(line: Line, value: str) -> bool:
    """Whether the words beside a date are a link: a row of a list, not a dateline with a name."""
    shortest = _LINKED_NAME if line.block.tag in _ROW_TAGS else _LINKED_TITLE
    return any(
        len(name := "".join(link.itertext()).strip()) >= shortest and name in value
        for link in islice(line.block.iter("a"), _BESIDE_LINKS)
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
    wide = (other for other in table if len(other) >= _GRID)
    return len(list(islice(wide, _GRID))) == _GRID


def may_hold_day(text: str) -> bool:
    """Whether ``text`` could hold a full date: cheap, and wrong only by saying yes."""
    return (
        "20" in text
        or "19" in text
        or "二" in text
        or "２" in text
        or "民国" in text
        or "民國" in text
        or "令和" in text
        or "平成" in text
    )


def dating_of(signs: Signs) -> PublishDate | Undated:
    """Climb down the ladder of sources; the first one with a day decides.

    A day the page cannot have been published on is refused, and no weaker source is asked in its
    stead: what the page shows is then a mistake of the page. Where a label shows half a date, a
    weaker source may only complete it.
    """
    stated: Undated | None = None
    for source, read in LADDER:
        for day, text in read(signs):
            if stated is not None and not stated.agrees(day):
                return stated
            wrong = mistake(day, text.strip(), today(signs.seen_at))
            if wrong:
                return wrong if _is_labelled(signs, day) else replace(wrong, ahead=None)
            return PublishDate(day=day, source=source, text=text.strip())
        if read is _from_table:
            stated = _stated(signs)
    return stated or NOT_SHOWN


def publish_date(signs: Signs) -> PublishDate | None:
    """The day of publication, when the ladder gives one."""
    found = dating_of(signs)
    return found if isinstance(found, PublishDate) else None


def _is_labelled(signs: Signs, day: date) -> bool:
    """Whether the page itself calls a day that of publication; a lone one may be any event's."""
    near = (stamp.day for stamp in signs.near if stamp.kind is Kind.PUBLISHED)
    return day in near or any(day == told for told, _ in _from_table(signs))


def _stated(signs: Signs) -> Undated | None:
    """What the label of publication shows where it shows no whole day."""
    for kind, value in (*signs.said, *signs.table):
        if kind is Kind.PUBLISHED and (shown := undated_in(_CLOCK_TIME.sub("", value))):
            return shown
    return None


def _from_label(signs: Signs) -> Iterator[tuple[date, str]]:
    for kind in (Kind.PUBLISHED, Kind.TIME):
        yield from ((stamp.day, stamp.text) for stamp in signs.near if stamp.kind is kind)


def _from_table(signs: Signs) -> Iterator[tuple[date, str]]:
    for kind, value in signs.table:
        if kind is Kind.PUBLISHED and (found := day_in(value)):
            yield found


def _from_dateline(signs: Signs) -> Iterator[tuple[date, str]]:
    clock = today(signs.seen_at)
    for stamp in signs.near:
        if stamp.kind is None and not (stamp.is_clock and stamp.day == clock):
            yield stamp.day, stamp.text


def _from_meta(signs: Signs) -> Iterator[tuple[date, str]]:
    for name in _METAS:
        if found := day_in(_instant(signs.metas.get(name, ""))):
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


#: in order of trust. What is shown goes before the metas: both may differ, and people see the
#: first; the address comes last, it carries the day its record was made
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


def _instant(text: str) -> str:
    """Turn seconds or milliseconds since 1970 into a day in Beijing; any other text stays."""
    if not _EPOCH.match(text):
        return text
    return datetime.fromtimestamp(int(text[:10]), _SHANGHAI).date().isoformat()


def _is_alone(day: str, text: str) -> bool:
    """Whether nothing but furniture and a name stands beside the day."""
    beside = text.replace(day, "", 1)
    return not _PROSE.search(beside) and len(_BESIDE.sub("", beside)) <= _LONGEST_NAME


@lru_cache(maxsize=16)  # asked of every row, and the same of a unit's whole walk
def today(seen_at: datetime | None) -> date | None:
    """Return the day in Beijing."""
    return seen_at.astimezone(_SHANGHAI).date() if seen_at else None


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
    return sane_day(parsed.year, parsed.month, parsed.day) if parsed else None
