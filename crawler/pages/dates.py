"""日期: the one day a page or a list row says it was published on; None instead of a guess.

Chinese page forms are read by strict patterns of our own. dateparser, whose home this is, reads
what a grammar of its own would only repeat: relative times (昨天, 3小时前), which need the
moment the page was seen, and English and HTTP forms. It is never asked about incomplete Chinese
dates: it would make 2007-04-01 out of ``07-04``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import dateparser

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
    rf"(?<!\d)(?<!\d[-/.])(?P<year>[12]\d{{3}}|[一二][{_ZERO}一二三四五六七八九]{{3}}){_SPACE}"
    rf"(?:年{_SPACE}(?P<cn_month>{_NUMBER}){_SPACE}月{_SPACE}(?P<cn_day>{_NUMBER}){_SPACE}[日号]"
    rf"|(?P<dash>[-–—－‐‑/／.．]){_SPACE}(?P<month>\d{{1,2}}){_SPACE}(?P=dash){_SPACE}"
    rf"(?P<day>\d{{1,2}})日?(?:(?!\d)|(?=\d{{1,2}}[:：]\d\d))(?![-/]\d|\.\d))"
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
    for found in _ENGLISH.finditer(text):
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


def is_sane(day: date, seen_at: datetime | None) -> bool:
    """Whether a page seen then can have been published on ``day``: at most a day ahead."""
    return seen_at is None or day <= seen_at.astimezone(_SHANGHAI).date() + timedelta(days=1)


@lru_cache(maxsize=4096)
def _relative_day(text: str, seen_at: datetime) -> date | None:
    parsed = dateparser.parse(
        text, languages=["zh", "en"], settings={"RELATIVE_BASE": seen_at}
    )
    return parsed.date() if parsed else None


@lru_cache(maxsize=4096)
def _english_day(text: str) -> date | None:
    parsed = dateparser.parse(
        text, languages=["en"], settings={"TIMEZONE": "Asia/Shanghai", "TO_TIMEZONE": "Asia/Shanghai"}
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
