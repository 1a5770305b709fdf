"""动态: a long column of news, enough for several pages, the same every time."""

from __future__ import annotations

from datetime import date, timedelta

from commands.demo.records import Entry

_BODY = (
    "活动当天天气晴好，师生准时参加，现场秩序井然。",
    "相关负责同志介绍了前一阶段的工作，大家结合实际进行了交流。",
    "下一步，将继续做好后续工作，并把好的做法坚持下去。",
)


def stream(topics: tuple[str, ...], count: int, newest: str, every: int) -> tuple[Entry, ...]:
    """Return ``count`` entries going back from ``newest``, one each ``every`` days."""
    start = date.fromisoformat(newest)
    entries = []
    for place in range(count):
        day = start - timedelta(days=place * every)
        topic = topics[place % len(topics)]
        week = day.isocalendar().week
        entries.append(
            Entry(
                title=f"{topic}（{day.year}年第{week}周）",
                day=day.isoformat(),
                body=(f"{day.month}月{day.day}日，{topic}。", *_BODY),
            )
        )
    return tuple(entries)
