"""公示期: until which day a notice says that it stands. Pure.

Told as two days (5月6日至5月12日), or as a number of days from a first one. Days are counted from
the next day on (民法典第二百零一条); of two that a text may mean, the later one. A text that gives
no single answer, or none that is certain, has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from monitor.workdays import WorkCalendar

_YEAR: Final = r"(?:(?P<{0}y>20\d\d)\s?[年./-]\s?)"
_MONTH_DAY: Final = r"(?P<{0}m>\d{{1,2}})\s?[月./-]\s?(?P<{0}d>\d{{1,2}})(?!\d)\s?[日号]?"
_DAY: Final = _YEAR + "?" + _MONTH_DAY
#: what may stand behind a day: 上午8:00, （星期三）
_BEHIND: Final = (
    r"(?:\s?[（(](?:星期|周)[一二三四五六日天][）)])?"
    r"(?:\s?(?:[上下]午|凌晨|晚上?|中午)?\s?\d{1,2}\s?[:：时点]\s?(?:\d\d\s?分?)?)?\s?"
)
_TO: Final = r"(?:起)?\s?(?:至|到|—+|－|–|-{1,2}|~|～|―)\s?"
_SPAN: Final = re.compile(
    _DAY.format("a") + _BEHIND + _TO + rf"(?:{_DAY.format('b')}|(?P<only>\d{{1,2}})(?!\d)\s?[日号])"
)
_LABEL: Final = re.compile(
    r"公示(?:期|时间|日期|期限|时限|起止时间|期间|时段)|公示(?=[^\n]{0,10}?(?:自|从|20\d\d|\d{1,2}月"
    r"|[\d一二三四五六七八九十两]{1,3}\s?个?(?:工作|自然)?[日天]))"
)
_REACH: Final = 60  # characters behind a label in which its days stand
_FIRST: Final = re.compile(r"(?:自|从)?\s?" + _DAY.format("a") + _BEHIND + r"(?:起|开始|始)")
_NUMBER: Final = r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})"
_COUNT: Final = re.compile(
    _NUMBER
    + r"\s?(?:[（(]\s?\d{1,3}\s?[）)])?\s?"
    + r"(?P<kind>个?工作日|个?自然日|个?日历日|日(?!起|前|后|内)|天)"
)
#: days that are no part of the notice: 公示期满后5个工作日内发放
_AFTERWARDS: Final = re.compile(r"(?:期满|结束|届满|到期|期间?届满|之?[后内前])")
_NUMERALS: Final = {numeral: n for n, numeral in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_FAR: Final = timedelta(days=183)
_LONGEST: Final = 120  # days of a notice; longer, it was misread


def last_day(text: str, published: date | None, calendar: WorkCalendar) -> date | None:
    """The last day of the notice that ``text`` gives, None where it gives none for certain.

    ``published``: the day of publication, from which days are counted where no other is named.

    >>> last_day("公示期：2026年5月6日至5月12日", None, WorkCalendar())
    datetime.date(2026, 5, 12)
    >>> last_day("公示期为五个工作日", date(2026, 5, 6), WorkCalendar(covered=frozenset({2026})))
    datetime.date(2026, 5, 13)
    """
    spans: set[date | None] = set()
    counts: set[date | None] = set()
    for said in _told(text):
        if span := _SPAN.search(said):
            spans.add(_end_of_span(span, published))
        elif count := _counted(said):
            counts.add(_end_of_count(count, said, published, calendar))
    ends = spans or counts
    return ends.pop() if len(ends) == 1 else None


def _told(text: str) -> Iterator[str]:
    """What stands behind each label, to the end of its sentence."""
    for label in _LABEL.finditer(text):
        said = re.split(r"[。；;]", text[label.end() : label.end() + _REACH], maxsplit=1)[0]
        lines = said.split("\n")
        # a label alone in its line or its cell speaks of the next one
        yield lines[0] if len(lines[0].strip(" ：:\t")) > 1 else " ".join(lines[:2])


def _counted(said: str) -> re.Match[str] | None:
    for count in _COUNT.finditer(said):
        if not _AFTERWARDS.search(said[: count.start()]) and not said[count.end() :].startswith(
            ("内", "后", "前")
        ):
            return count
    return None


def _end_of_span(span: re.Match[str], published: date | None) -> date | None:
    first = _day(span["ay"], span["am"], span["ad"], near=published)
    if first is None:
        return None
    month = span["bm"] or span["am"]
    last = _day(span["by"] or str(first.year), month, span["bd"] or span["only"], near=first)
    if last is not None and last < first and not span["by"] and int(month) < first.month:
        last = _day(str(first.year + 1), month, span["bd"], near=first)
    if last is None or not 0 <= (last - first).days <= _LONGEST:
        return None
    return last


def _end_of_count(
    count: re.Match[str], said: str, published: date | None, calendar: WorkCalendar
) -> date | None:
    days = _number(count["n"])
    first = published
    if named := _FIRST.search(said):
        first = _day(named["ay"], named["am"], named["ad"], near=published)
    if first is None or not 0 < days <= _LONGEST:
        return None
    if "工作日" not in count["kind"]:
        return first + timedelta(days=days)
    last = calendar.add_workdays(first, days)
    return None if calendar.is_provisional(first, last) else last


def _day(year: str | None, month: str, day: str, *, near: date | None) -> date | None:
    """A day; one without a year is of the year that brings it closest to ``near``."""
    if year:
        return _real(int(year), int(month), int(day))
    if near is None:
        return None
    around = (_real(near.year + step, int(month), int(day)) for step in (-1, 0, 1))
    closest = min((abs(one - near), one) for one in around if one) if month else None
    return closest[1] if closest and closest[0] <= _FAR else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """A number of days in digits or in Chinese numerals.

    >>> [_number(text) for text in ("7", "五", "十", "十五", "二十")]
    [7, 5, 10, 15, 20]
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
