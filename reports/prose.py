"""行文: days, lists and quoted words as prose writes them; what pages hold of persons is masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import ceil

#: as much of a title or of a page's own words as a sentence quotes
LONGEST_QUOTE = 30
_WEEKDAYS = "一二三四五六日"

_LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])(\d{3})\d{9,}(\d[\dXx])(?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)([1１][3-9３-９]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)([0０]\d{2,3}[）) －—-]?)\d{3,4}(\d{4})(?!\d)")
_NARROW = re.compile("[ -~]+")
_MASKS = ((_LONG_NUMBER, r"\1****\2"), (_MOBILE, r"\1****\2"), (_LANDLINE, r"\1****\2"))


def day_words(day: date) -> str:
    """11月9日."""
    return f"{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """2026年11月9日."""
    return f"{day.year}年{day_words(day)}"


def weekday_words(day: date) -> str:
    """The day with its weekday, as mail writes a deadline.

    >>> weekday_words(date(2026, 11, 9))
    '11月9日（星期一）'
    """
    return f"{day_words(day)}（星期{_WEEKDAYS[day.weekday()]}）"


def masked(text: str) -> str:
    """Text of a page without the phone numbers and identity numbers in it.

    >>> masked("联系人王老师13812341234，0563-3012345，证号342501199001011234")
    '联系人王老师138****1234，0563-****2345，证号342****34'
    """
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


def quoted(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Text of a page as a sentence may show it: in one line, masked, cut where it is long.

    >>> quoted(" 栏目  建设中 ")
    '栏目 建设中'
    """
    shown = " ".join(masked(text).split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def ems(text: str) -> float:
    """How wide a text is, in full-width characters.

    >>> ems("2026年11月2日")
    6.5
    """
    return len(text) - sum(map(len, _NARROW.findall(text))) / 2


def lines_needed(text: str, room: float) -> int:
    """How many lines a text fills where one holds ``room`` full-width characters.

    >>> lines_needed("青禾县教育局2025年部门决算", 9)
    2
    """
    return ceil(ems(text) / room)


def few(words: Sequence[str], most: int = 5) -> str:
    """The first words and how many there are in all.

    >>> few(["标准", "依据", "电话"], most=2)
    '标准、依据等3项'
    """
    if len(words) <= most:
        return "、".join(words)
    return f"{'、'.join(words[:most])}等{len(words)}项"
