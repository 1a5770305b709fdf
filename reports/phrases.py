"""套语: quantity words, rates, numerals and lists as official papers write them. Pure.

A word says no more than its number: the shares below are the only way to a quantity word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from reports.prose import full_day

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")

#: below this denominator a rate is no rate: the counts are written
LEAST_FOR_A_RATE = 5
NO_DATA = "无数据"

#: 个别 is also bounded in number
_MOST_FOR_SINGLE = 5
#: up to and with this share (in percent) of the units that were checked
_SHARES = ((25, "少数"), (50, "部分"), (80, "多数"))

_DIGITS = "零一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"
_TENTH = Decimal("0.1")
_CUT_OFF = re.compile(r"数据截止[:：](\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时(?:(\d{1,2})分)?")


# --- numbers ---------------------------------------------------------------------------


def share_word(count: int, total: int) -> str:
    """The quantity word for ``count`` of ``total`` units; "" for none.

    >>> share_word(17, 60), share_word(60, 60)
    ('部分', '全部')
    """
    if count <= 0 or total <= 0:
        return ""
    if count >= total:
        return "全部"
    if count * 10 <= total and count <= _MOST_FOR_SINGLE:
        return "个别"
    return next((word for most, word in _SHARES if count * 100 <= most * total), "绝大多数")


def standing_word(count: int, total: int) -> str:
    """总体良好、总体平稳、问题较为突出; "" where there is no rate."""
    if total < LEAST_FOR_A_RATE:
        return ""
    if count * 100 >= 90 * total:
        return "总体良好"
    return "总体平稳" if count * 100 >= 75 * total else "问题较为突出"


def percent(count: int, total: int) -> str:
    """A rate alone, for a column beside its numbers; "" where there is no rate.

    What is not whole is never rounded to 100.0%, what is not nothing never to 0.0%.

    >>> percent(1999, 2000), percent(1, 4)
    ('99.9%', '')
    """
    if total < LEAST_FOR_A_RATE:
        return ""
    share = (Decimal(count) * 100 / total).quantize(_TENTH, ROUND_HALF_UP)
    if count < total:
        share = min(share, Decimal("99.9"))
    if count > 0:
        share = max(share, _TENTH)
    return f"{share}%"


def rate(count: int, total: int) -> str:
    """A rate with its numerator and denominator; the counts alone where there is no rate.

    >>> rate(1152, 1280), rate(3, 4), rate(0, 0)
    ('90.0%（1152/1280）', '3/4', '无数据')
    """
    if total <= 0:
        return NO_DATA
    share = percent(count, total)
    return f"{share}（{count}/{total}）" if share else f"{count}/{total}"


def points(now: tuple[int, int], before: tuple[int, int]) -> Decimal | None:
    """The change of a rate in percentage points; None when either is no rate."""
    if min(now[1], before[1]) < LEAST_FOR_A_RATE:
        return None
    change = Decimal(now[0]) * 100 / now[1] - Decimal(before[0]) * 100 / before[1]
    return change.quantize(_TENTH, ROUND_HALF_UP)


def change_words(change: Decimal) -> str:
    """上升1.2个百分点, 下降0.3个百分点, 持平."""
    if not change:
        return "持平"
    return f"{'上升' if change > 0 else '下降'}{abs(change)}个百分点"


# --- numerals --------------------------------------------------------------------------


def numeral(number: int) -> str:
    """The Chinese numeral of 1 to 99, for headings.

    >>> [numeral(number) for number in (1, 10, 11, 20, 21)]
    ['一', '十', '十一', '二十', '二十一']
    """
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def first_level(number: int, heading: str) -> str:
    """一、总体情况."""
    return f"{numeral(number)}、{heading}"


def second_level(number: int, heading: str) -> str:
    """（一）巡查范围和结果。: a run-in heading ends with a full stop."""
    return f"（{numeral(number)}）{heading}。"


# --- days ------------------------------------------------------------------------------


def long_day(day: date) -> str:
    """A day with its weekday.

    >>> long_day(date(2026, 11, 9))
    '2026年11月9日（星期一）'
    """
    return f"{full_day(day)}（星期{_WEEKDAYS[day.weekday()]}）"


def cut_off_words(at: datetime) -> str:
    """数据截止时间 in Beijing time: midnight is the end of the day before.

    >>> cut_off_words(datetime(2026, 11, 1, tzinfo=BEIJING))
    '2026年10月31日24时'
    """
    here = at.astimezone(BEIJING)
    if (here.hour, here.minute) == (0, 0):
        return f"{full_day(here.date() - timedelta(days=1))}24时"
    minutes = f"{here.minute}分" if here.minute else ""
    return f"{full_day(here.date())}{here.hour}时{minutes}"


def read_cut_off(text: str) -> datetime | None:
    """数据截止时间 as :func:`cut_off_words` writes it, to the minute; None where there is none.

    >>> read_cut_off("数据截止：2026年10月31日24时") == datetime(2026, 11, 1, tzinfo=BEIJING)
    True
    """
    found = _CUT_OFF.search(text)
    if not found:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        midnight = datetime(year, month, day, tzinfo=BEIJING)
    except ValueError:
        return None
    return midnight + timedelta(hours=hour, minutes=minute)


# --- lists -----------------------------------------------------------------------------


def named_units(names: Sequence[str], most: int = 5) -> str:
    """The first names, and how many units there are in all.

    >>> named_units(["甲校", "乙校"]), named_units(["甲校", "乙校", "丙校"], most=2)
    ('甲校、乙校', '甲校、乙校等3个单位')
    """
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}个单位"


def counted(pairs: Iterable[tuple[str, int]], joint: str = "、") -> str:
    """What there is any of, with its number: a clause whose number is zero is left out.

    >>> counted((("期限内", 96), ("逾期", 0), ("申请复核", 11)))
    '期限内96项、申请复核11项'
    """
    return joint.join(f"{what}{count}项" for what, count in pairs if count)
