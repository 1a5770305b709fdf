"""日: a day in the forms Chinese pages write it, and only where it is written whole.

Strict on purpose: 07-04 has no year, 24-7-4 no century, 2024/13/05 no month, and a number of a
document is no date. Nothing here guesses; a form that can be read in two ways gives None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_FIRST_YEAR, _LAST_YEAR = 1990, 2099

_NUMERALS = {"〇": 0, "○": 0, "零": 0, "O": 0, "o": 0, "Ｏ": 0, "０": 0, "0": 0}
_NUMERALS |= {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}
_ZERO = "〇○零OoＯ０0"
_SPACE = r"[\s\u200b\ufeff]*"
_DIGIT = "[一二三四五六七八九]"
_NUMBER = rf"\d{{1,2}}|[〇零]?{_DIGIT}|[一二三]?十{_DIGIT}?|廿{_DIGIT}?|元"
#: a full date; ``\d`` takes full-width digits too. What stands before and after keeps numbers of
#: documents, telephones and versions out; a time may follow the day without a blank. What may not
#: stand before is asked behind the first character: a pattern that begins with one class of
#: characters skips the rest of a text many times faster
FULL = re.compile(
    rf"(?P<year>[12１２一二](?<!\d.)(?<!\d[-/.].)"
    rf"(?:(?<=[12１２])\d{{3}}|(?<=[一二])[{_ZERO}一二三四五六七八九]{{3}})){_SPACE}"
    rf"(?:年{_SPACE}(?P<cn_month>{_NUMBER}){_SPACE}[月⽉]{_SPACE}(?P<cn_day>{_NUMBER}){_SPACE}[日号⽇]"
    rf"|(?P<dash>[-–—－‐‑/／.．]){_SPACE}(?P<month>\d{{1,2}}){_SPACE}(?P=dash){_SPACE}"
    rf"(?P<day>\d{{1,2}})日?(?:(?!\d)|(?=\d{{1,2}}[:：]\d\d))(?![-/]\d(?!\d?:)|\.\d))"
)
_BEIJING = ZoneInfo("Asia/Shanghai")
_MIDNIGHT = re.compile(r"\s?24:00(?::00)?(?!\d)")
_ZONED = re.compile(r"[T\s]?(\d{1,2}):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)(?![\d:])")
#: years that are counted from an emperor or a republic
_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988}
_ERA_DAY = re.compile(
    rf"(?P<era>民[国國]|令和|平成)\s*(?P<year>\d{{1,3}}|元)\s*年\s*(?P<month>{_NUMBER})\s*月\s*"
    rf"(?P<day>{_NUMBER})\s*日"
)
#: as the rest of the world writes it; only what can be read in one way is a day
_DAY_FIRST = re.compile(r"(\d(?<![\d./-].)\d?)([./-])(\d{1,2})\2(20\d\d)(?![\d./-])")
#: eight digits are a date only when they are all there is (meta elements, data feeds)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:[\sT]?\d{2}:?\d{2}(?::?\d{2})?)?\s*\Z")
BRACKETS = "[]【】()（）〔〕［］<>《》「」 \t\r\n\u3000\xa0"
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


def chinese_days_in(text: str) -> Iterator[tuple[date, str]]:
    """Yield every full date in ``text``, in order, with the characters it was read from."""
    if compact := _COMPACT.match(text):
        if day := sane_day(*map(int, compact.groups())):
            yield day, text.strip()
        return
    told = False
    for found in FULL.finditer(text):
        if day := day_of_full(found):
            yield _in_beijing(day, text, found.end()), found[0]
            told = True
    if told:
        return
    if "年" in text and (era := _ERA_DAY.search(text)):
        year = _ERAS[era["era"]] + _number(era["year"])
        if day := sane_day(year, _number(era["month"]), _number(era["day"])):
            yield day, era[0]
    elif turned := _DAY_FIRST.search(text):
        first, second = int(turned[1]), int(turned[3])
        month, number = sorted((first, second))
        day = sane_day(int(turned[4]), month, number)
        if day and number > 12:  # 05/06/2026 can be read in two ways
            yield day, turned[0]


def day_of_full(found: re.Match[str]) -> date | None:
    """Return the day that a match of ``FULL`` writes, if there is such a day."""
    return sane_day(
        _number(found["year"]),
        _number(found["cn_month"] or found["month"]),
        _number(found["cn_day"] or found["day"]),
    )


def _in_beijing(day: date, text: str, end: int) -> date:
    """Return the day in Beijing where a time with its zone follows; 24:00 is the next day."""
    following = text[end : end + 40]
    if ":" not in following:
        return day
    if _MIDNIGHT.match(following):
        return day + timedelta(days=1)
    found = _ZONED.match(following)
    if not found:
        return day
    try:
        at = datetime.fromisoformat(f"{day} {found[1]:0>2}:{found[2]}{found[3]}")
    except ValueError:
        return day
    return at.astimezone(_BEIJING).date()


def month_day_in(text: str) -> tuple[int, int] | None:
    """Return the month and day of a date without a year: ``[07-04]``, ``7月4日``.

    A page counter is not a date: one-digit numbers count only as ``7月4日`` or alone as ``7-4``.
    """
    if _first_day(text):
        return None
    found = _BARE_MONTH_DAY.match(text.strip(BRACKETS))
    for match in (found, *_MONTH_DAY.finditer(text)):
        if match:
            month, day = (int(number) for number in match.groups() if number)
            if sane_day(2024, month, day):  # a leap year: 02-29 is a day
                return month, day
    return None


def joined_day(pieces: Sequence[str]) -> date | None:
    """Join a date that markup tore apart: ``04`` + ``2024-07``, ``07-04`` + ``2024``.

    Only neighbours that can be read in one way; day and month as two bare numbers never are,
    except in the order year, month, day.
    """
    texts = [text for piece in pieces if (text := piece.strip(BRACKETS))]
    for place, text in enumerate(texts):
        before = texts[place - 1] if place else ""
        after = texts[place + 1] if place + 1 < len(texts) else ""
        if found := _YEAR_MONTH.match(text):
            days = [match for side in (before, after) if (match := _DAY.match(side))]
            if len(days) == 1:
                return sane_day(int(found[1]), int(found[2]), int(days[0][1]))
        elif found := _YEAR.match(text):
            return _day_beside_year(int(found[1]), texts, place)
    return _first_day("".join(texts))


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
            return sane_day(*map(int, found.groups()))
    return None


def _day_beside_year(year: int, texts: Sequence[str], place: int) -> date | None:
    """Read month and day from the neighbours of a lone year."""
    around = texts[max(place - 2, 0) : place + 3]
    for text in texts[max(place - 1, 0) : place + 2]:
        if found := month_day_in(text):
            return sane_day(year, *found)
    after = texts[place + 1 : place + 3]
    if len(after) == 2:
        month, day = _DAY.match(after[0]) or _MONTH.match(after[0]), _DAY.match(after[1])
        if month and day:
            return sane_day(year, int(month[1]), int(day[1]))
    before = texts[max(place - 2, 0) : place]
    if len(before) == 2:
        for first, second in (before, before[::-1]):
            if (month := _MONTH.match(first)) and (day := _DAY.match(second)):
                return sane_day(year, int(month[1]), int(day[1]))
    return _first_day(" ".join(around))


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


def sane_day(year: int, month: int, day: int) -> date | None:
    """Return the day, if the calendar has it and a page can be of that year."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_day(text: str) -> date | None:
    return next((day for day, _ in chinese_days_in(text)), None)
