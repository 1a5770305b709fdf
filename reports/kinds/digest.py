"""工作摘要: what the officer reads in the morning, if anything is new since yesterday. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from reports.phrases import BEIJING
from reports.prose import day_words, weekday_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """今晨的数: what waits for the officer."""

    new: int = 0  # found by the last night
    to_review: int = 0
    due_today: int = 0
    newly_overdue: int = 0
    overdue: int = 0  # 仍未整改, told in its letters once and here every day
    to_check: int = 0  # 已反馈待复核
    contested: int = 0
    unreached_units: int = 0
    letters: int = 0
    exposed: int = 0  # 疑似泄露个人信息, that nobody has looked at
    overstaying: int = 0  # 超期未撤, likewise
    to_look_back: int = 0  # 待回头看


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """系统状况. ``trouble``: what the officer must know, in whole sentences; "" for nothing."""

    started_at: datetime | None = None  # of the last scan; None: there was none
    minutes: int = 0
    pages: int = 0
    free_gb: float | None = None
    trouble: str = ""


#: what is counted of one day, not standing from day to day: any of it is news
_OF_THE_DAY = ("new", "due_today", "newly_overdue")
_NAMES = {
    "overdue": "仍未整改",
    "to_review": "待审核",
    "to_check": "待复核",
    "contested": "申请复核",
    "unreached_units": "未能核查单位",
    "letters": "待发邮件",
    "exposed": "疑似泄露个人信息",
    "overstaying": "超期未撤",
    "to_look_back": "待回头看",
}


def compose(now: Morning, before: Morning | None, health: Health, *, on: date) -> str:
    """Write the digest of ``on``, or "" when there is nothing to send.

    ``before``: the last one's numbers, None for the first.
    """
    if not _is_news(now, before, health):
        return ""
    lines = (
        f"{weekday_words(on)}信息公开巡查工作摘要",
        _counts(now),
        _private(now),
        _closed(now),
        _changes(now, before),
        _system(health),
        health.trouble,
    )
    return "\n".join(line for line in lines if line) + "\n"


def subject(now: Morning, *, on: date) -> str:
    """The line of the inbox."""
    return f"【工作摘要】{day_words(on)}：新发现{now.new}项，待审核{now.to_review}项"


def _is_news(now: Morning, before: Morning | None, health: Health) -> bool:
    if health.trouble or any(getattr(now, name) for name in _OF_THE_DAY):
        return True
    compared = before or Morning()
    return any(getattr(now, name) != getattr(compared, name) for name in _NAMES)


def _counts(now: Morning) -> str:
    return " · ".join(
        (
            f"新发现 {now.new}（待审核 {now.to_review}）",
            f"今日到期 {now.due_today}",
            f"新逾期 {now.newly_overdue}",
            f"仍未整改 {now.overdue}",
            f"待复核 {now.to_check}",
            f"申请复核 {now.contested}",
            f"未能核查 {now.unreached_units} 个单位",
            f"待发邮件 {now.letters}",
        )
    )


def _private(now: Morning) -> str:
    """What only the officer is told, and passes on in private."""
    told = [
        f"{_NAMES[name]} {count} 条"
        for name in ("exposed", "overstaying")
        if (count := getattr(now, name))
    ]
    listed = "明细见 mingcha remarks list，请以非公开方式通知单位"
    return f"{'，'.join(told)}：{listed}。" if told else ""


def _closed(now: Morning) -> str:
    """How many closed findings wait for a person's look."""
    if not now.to_look_back:
        return ""
    return f"待回头看 {now.to_look_back} 项（已销号，请打开页面再看）：mingcha findings lookback。"


def _changes(now: Morning, before: Morning | None) -> str:
    """What stands higher or lower than yesterday."""
    if before is None:
        return ""
    told = [
        f"{_NAMES[field.name]}{'增加' if change > 0 else '减少'} {abs(change)}"
        for field in fields(now)
        if field.name in _NAMES
        and (change := getattr(now, field.name) - getattr(before, field.name))
    ]
    return f"与上一次相比：{'，'.join(told)}。" if told else ""


def _system(health: Health) -> str:
    if health.started_at is None:
        told = ["尚无巡查记录"]
    else:
        at = health.started_at.astimezone(BEIJING)
        told = [
            f"最近一次巡查 {day_words(at.date())} {at:%H:%M} 开始",
            f"用时 {_duration(health.minutes)}",
            f"读取 {health.pages} 页",
        ]
    if health.free_gb is not None:
        told.append(f"磁盘剩余 {health.free_gb:.1f} GB")
    return f"系统状况：{'，'.join(told)}。"


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
