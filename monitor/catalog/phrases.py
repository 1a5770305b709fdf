"""公开时限的说法: what an office writes in the time-limit cell → limits of the rule language.

Pure. A phrase that is not understood yields nothing; it is never bent into a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from monitor.textform import normal_form

Limit = dict[str, object]

MAX_TEXT = 300
LONGEST_EVENT = 20  # characters: a longer name of an event is prose

_DIGITS = "〇零一二三四五六七八九两"
_NUMBER = rf"(?:\d+|[{_DIGITS}十百]+)"
_VALUES = dict(zip("〇零一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))


def read_number(text: str) -> int:
    """A number below one thousand in digits or in Chinese.

    >>> [read_number(text) for text in ("20", "二十", "十五", "一百二十", "两")]
    [20, 20, 15, 120, 2]
    """
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _VALUES[char]
    return total + digit


def read_limits(text: str) -> tuple[Limit, ...]:
    """The limits a phrase asks for, each still without ``grounds``; nothing when not understood.

    >>> read_limits("自信息形成或者变更之日起２０个工作日内")
    ({'kind': 'after_event', 'event': '形成或变更', 'days': 20, 'day_kind': 'working'},)
    >>> read_limits("按上级要求")
    ()
    """
    made: list[Limit] = []
    words = _EXCEPTION.sub("", normal_form(text.replace("\n", ";")[:MAX_TEXT]))
    for clause in filter(None, re.split(r"[;。,]", words)):
        read = _clause(clause)
        if read is None:
            return ()
        made += [limit for limit in read if limit not in made]
    certain = [limit for limit in made if limit["kind"] != "unspecified"]
    return tuple(certain or made)


def _clause(clause: str) -> list[Limit] | None:
    """The limits of one clause; [] for words that carry none; None when not understood."""
    for pattern, make in _PHRASES:
        if found := pattern.search(clause):
            return make(found)
    return [] if _FILLING.fullmatch(clause) else None


# --- phrases ----------------------------------------------------------------------------


def _after_event(found: re.Match[str]) -> list[Limit] | None:
    event = _event(found["event"])
    if event is None:
        return None
    unit = found["unit"]
    days = read_number(found["n"]) * (31 if unit == "月" else 7 if unit in ("周", "星期") else 1)
    kind = "working" if unit == "工作日" else "calendar"
    return [{"kind": "after_event", "event": event, "days": days, "day_kind": kind}]


_EVENT_EDGE = re.compile(r"^(?:自|在|于|应当?|须|按规定)+|(?:信息)?(?:之日|当日|之后|以后|后|的)+$")
_MADE_OR_CHANGED = re.compile(
    r"(?:.*信息)?(?:形成|产生|生成|制作)(?:或者?|、|和|及)?\(?(?:变更|更新|修改)\)?"
)


def _event(words: str) -> str | None:
    """The name of the event that starts the clock; 形成或变更 when none is named."""
    name = _EVENT_EDGE.sub("", words)
    if not name or name in ("信息", "信息形成", "形成") or _MADE_OR_CHANGED.fullmatch(name):
        return "形成或变更"
    return name if len(name) <= LONGEST_EVENT and not re.search(r"\d", name) else None


def _same_day(found: re.Match[str]) -> list[Limit] | None:
    event = _event(found["event"])
    if event is None:
        return None
    return [{"kind": "after_event", "event": event, "days": 0, "day_kind": "calendar"}]


def _notice(found: re.Match[str]) -> list[Limit]:
    kind = "working" if found["unit"] == "工作日" else "calendar"
    stay = {"kind": "notice_period", "days": read_number(found["n"]), "day_kind": kind}
    return [{"kind": "on_occurrence"}, stay]


def _yearly_by(found: re.Match[str]) -> list[Limit] | None:
    month = read_number(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["end"]:
        day = (date(2023 + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    else:
        day = read_number(found["day"])
    try:
        date(2024, month, day)
    except ValueError:
        return None
    limit: Limit = {"kind": "yearly_by", "month": month, "day": day}
    if found["year"] in ("次年", "下一年", "下年", "翌年", "第二年", "下一年度", "下年度"):
        limit["subject_period"] = "previous_calendar_year"
    return [limit]


def _months(found: re.Match[str]) -> list[Limit] | None:
    first = read_number(found["first"])
    last = read_number(found["last"] or found["first"])
    if not 1 <= first <= 12 or not 1 <= last <= 12:
        return None
    end = (date(2023 + last // 12, last % 12 + 1, 1) - timedelta(days=1)).day
    return [{"kind": "yearly_window", "from": f"{first:02}-01", "to": f"{last:02}-{end:02}"}]


_EVERY: Mapping[str, str] = {
    "个工作日": "day",
    "工作日": "day",
    "日": "day",
    "天": "day",
    "周": "week",
    "星期": "week",
    "半月": "half_month",
    "半个月": "half_month",
    "月": "month",
    "个月": "month",
    "季": "quarter",
    "季度": "quarter",
    "个季度": "quarter",
    "半年": "half_year",
    "学期": "term",
    "个学期": "term",
    "学年": "school_year",
    "学年度": "school_year",
    "年": "year",
    "年度": "year",
}


def _periodic(found: re.Match[str]) -> list[Limit]:
    count = read_number(found["n"]) if found["n"] else 1
    return [{"kind": "periodic", "every": _EVERY[found["every"]], "min_count": count}]


def _standing(_: re.Match[str]) -> list[Limit]:
    return [{"kind": "standing"}]


def _unspecified(found: re.Match[str]) -> list[Limit]:
    return [{"kind": "unspecified", "wording": found.string[:60]}]


_UNIT = r"(?:个)?(?P<unit>工作日|自然日|日|天|月|周|星期)"
_DONE = (
    r"(?:向社会|主动|予以|进行|应当?|须|在网上|对外)*(?:公开|公布|公示|发布|更新|公告|公示结果)?"
)
_PERIODS = "|".join(sorted(_EVERY, key=len, reverse=True))
_YEAR = r"(?P<year>每年度?|次年|下一年度?|下年度?|翌年|第二年|当年|年度?)?"

#: tried in this order: the particular before the general
_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Limit] | None]], ...] = (
    (
        re.compile(
            rf"公[示告](?:期|时间|期限)?(?:应|为|一般为|原则上)*"
            rf"(?:不少于|不得少于|不低于|至少|不短于|>=|≥)?(?P<n>{_NUMBER}){_UNIT}(?!内|之内|以内)"
        ),
        _notice,
    ),
    (
        re.compile(
            rf"^(?P<event>.*?)(?:之日|日)?(?:起|后|以后|之后)?(?:的)?"
            rf"(?P<n>{_NUMBER}){_UNIT}(?:之内|以内|内)(?:及时)?{_DONE}$"
        ),
        _after_event,
    ),
    (re.compile(rf"^(?P<event>.*?)(?:的)?(?:当日|当天|即日){_DONE}$"), _same_day),
    (
        re.compile(
            rf"^{_YEAR}(?:的)?(?P<month>{_NUMBER})月"
            rf"(?:(?P<day>{_NUMBER})[日号]?|(?P<end>底|末|月底))(?:之前|以前|前){_DONE}$"
        ),
        _yearly_by,
    ),
    (
        re.compile(
            rf"^(?:每年|年度)(?P<first>{_NUMBER})月?(?:份)?"
            rf"(?:[至到~\-—](?P<last>{_NUMBER})月(?:份)?)?(?:底前|期间|内|中)?{_DONE}$"
        ),
        _months,
    ),
    (
        re.compile(
            rf"^(?:按|每|分)(?:1|一)?(?P<every>{_PERIODS})(?:度)?(?:内|初|末|开学初|开学前|开学时|一般)?"
            rf"(?:至少|不少于)?{_DONE}(?:至少|不少于)?(?:(?P<n>{_NUMBER})[次条期])?(?:以上)?$"
        ),
        _periodic,
    ),
    (re.compile(r"长期|常年|始终|动态|实时|即时|持续|常态|随时"), _standing),
    (
        re.compile(
            r"及时|适时|定期|不定期|按规定|按照规定|根据需要|按程序|视情况|相关规定|按进度|根据实际"
        ),
        _unspecified,
    ),
)
_EXCEPTION = re.compile(
    r"[(,]?(?:法律|国家|上级).{0,10}另有规定的?(?:除外|,?(?:从其规定|按其规定|依照其规定))?\)?"
)
_FILLING = re.compile(r"(?:公开|公示)?(?:时限|期限)?:?")
