"""公开时限的说法: the time limits of a requirement as a reader is told them. Pure."""

from __future__ import annotations

from monitor.model import DayKind, Grounds, Requirement, TimeLimit
from monitor.periods import Age, AgeUnit, Every, MonthDay
from monitor.timelimits import (
    AfterEvent,
    BeforeEvent,
    Clock,
    ColumnMaxAge,
    NoticePeriod,
    OnOccurrence,
    PairedAfter,
    Periodic,
    Season,
    Standing,
    SubjectPeriod,
    Suspend,
    TakedownAfter,
    Unspecified,
    YearlyBy,
    YearlyWindow,
)
from monitor.triggers import Trigger
from reports.prose import full_day

_SUBJECTS = {
    SubjectPeriod.PREVIOUS_CALENDAR_YEAR: "上一年度",
    SubjectPeriod.CURRENT_YEAR: "本年度",
    SubjectPeriod.PREVIOUS_SCHOOL_YEAR: "上一学年",
    SubjectPeriod.CURRENT_SCHOOL_YEAR: "本学年",
}
_EVERY = {
    Every.DAY: "每个工作日",
    Every.WEEK: "每周",
    Every.HALF_MONTH: "每半月",
    Every.MONTH: "每月",
    Every.QUARTER: "每季度",
    Every.HALF_YEAR: "每半年",
    Every.TERM: "每学期",
    Every.SCHOOL_YEAR: "每学年",
    Every.YEAR: "每年",
}
_EVERY_ONE = {
    AgeUnit.DAY: "每天",
    AgeUnit.WEEK: "每周",
    AgeUnit.MONTH: "每月",
    AgeUnit.YEAR: "每年",
}
#: events that are the making of the information itself
_MADE = {"形成": "信息形成", "形成或变更": "信息形成或变更", "印发": "文件印发"}
_OWN_RULE = "（按本局口径）"
_PRACTICE = "（常见做法）"


def limit_text(requirement: Requirement) -> str:
    """公开时限 in words: what rules fix first, then practice, marked as such."""
    firm = [_told(one) for one in requirement.limits if one.grounds is not Grounds.DEFAULT]
    practice = [_told(one) for one in requirement.limits if one.grounds is Grounds.DEFAULT]
    parts = list(dict.fromkeys(firm))
    if practice:
        mark = _OWN_RULE if requirement.accept_defaults else _PRACTICE
        parts.append("、".join(dict.fromkeys(practice)) + mark)
    return "；".join(filter(None, parts))


def _told(limit: TimeLimit) -> str:
    text = _of_kind(limit)
    if isinstance(limit, Clock):
        if limit.grace:
            text += f"，宽限{limit.grace}天"
        if limit.effective_from is not None:
            text += f"（自{full_day(limit.effective_from)}起施行）"
    return text


def _of_kind(limit: TimeLimit) -> str:
    match limit:
        case YearlyBy():
            closes = _month_day(MonthDay(limit.month, limit.day))
            return f"每年{closes}前{_subject(limit.subject_period)}"
        case YearlyWindow():
            return f"每年{_window(limit.opens, limit.closes)}{_subject(limit.subject_period)}"
        case Season():
            return f"每年{_window(limit.opens, limit.closes)}{_noted(limit.label)}"
        case AfterEvent():
            return f"{_event(limit.event)}{_within(limit.days, limit.day_kind)}" + (
                f"，每年最迟{_month_day(limit.outer)}" if limit.outer else ""
            )
        case Periodic():
            return f"{_EVERY[limit.every]}至少{limit.min_count}条{_paused(limit.suspend)}"
        case ColumnMaxAge():
            return f"至少{_each(limit.max_age)}更新一次{_paused(limit.suspend)}"
        case Standing():
            review = limit.review_every
            return "长期公开" + (f"，{_each(review)}核对更新一次" if review else "")
        case _:
            return _of_silent_kind(limit)


def _of_silent_kind(limit: TimeLimit) -> str:
    match limit:
        case OnOccurrence():
            return "发生时公开"
        case Unspecified():
            return f"规定为“{limit.wording or '及时'}”，没有具体期限"
        case PairedAfter():
            return f"对应的信息公开{_within(limit.days, limit.day_kind)}"
        case NoticePeriod():
            days = _days(limit.days, limit.day_kind) if limit.days else ""
            return f"公示不少于{days}" if days else "按规定的公示期公示"
        case BeforeEvent():
            return f"{_event(limit.event)}前" + (f"至少{limit.lead}" if limit.lead else "")
        case TakedownAfter():
            return f"{_event(limit.event)}{_within(limit.days, limit.day_kind)}撤下"
        case _:
            return ""


def _month_day(day: MonthDay) -> str:
    return f"{day.month}月{day.day}日"


def _window(opens: MonthDay, closes: MonthDay) -> str:
    following = "次年" if closes < opens else ""
    return f"{_month_day(opens)}至{following}{_month_day(closes)}"


def _subject(period: SubjectPeriod | None) -> str:
    return _noted(_SUBJECTS[period]) if period else ""


def _noted(text: str) -> str:
    return f"（{text}）" if text else ""


def _paused(suspend: Suspend | None) -> str:
    return "（寒暑假和考试日不计）" if suspend else ""


def _event(trigger: Trigger) -> str:
    name = str(trigger)
    return _MADE.get(name, name)


def _within(days: int, kind: DayKind) -> str:
    return f"后{_days(days, kind)}内" if days else "当日"


def _days(days: int, kind: DayKind) -> str:
    return f"{days}个工作日" if kind is DayKind.WORKING else f"{days}天"


def _each(age: Age) -> str:
    return _EVERY_ONE[age.unit] if age.count == 1 else f"每{age}"
