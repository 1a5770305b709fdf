"""系统时钟: whether the machine's clock can be believed, by what it is held against. Pure.

Lateness, deadlines and the order of nights are all counted in days: a night of a wrong clock says
nothing. What is held against it: a clock that nobody sets, those of the servers that answered, and
the last night that counts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from statistics import median
from typing import Final

from monitor.wording import NightDoubt

#: seconds between two looks by which a clock may be off the one that nobody sets; a machine that
#: sets itself by the net a little at a time stays below 13 in a night (500 ppm, RFC 5905)
JUMP: Final = 600.0
#: seconds by which the servers may be off ours: of a wrong time zone some are half a day off
TOLERANCE: Final = 86_400.0
#: fewer servers than these prove nothing; of these the one in the middle speaks
SERVERS_AT_LEAST: Final = 3


def doubt_of_jump(seconds: float) -> str:
    """Why nothing counts after the clock was set by so many ``seconds``; "" if it was not."""
    return NightDoubt.CLOCK_JUMPED.tell(by=_told(seconds)) if abs(seconds) > JUMP else ""


def doubt_of_servers(ahead: Collection[float]) -> str:
    """Why the clock is not believed beside those of servers; "" where it may be right.

    ``ahead``: of each server, by how many seconds its clock is ahead of ours.
    """
    by = _agreed(ahead)
    if by is None or abs(by) <= TOLERANCE:
        return ""
    return NightDoubt.CLOCK_AND_SERVERS.tell(count=len(ahead), by=_told(-by))


def doubt_of_order(today: date, last: date | None, ahead: Collection[float]) -> str:
    """Why a night cannot come before the ``last`` one that counts; "" if it does not.

    Where enough servers say that it is today, it is the night in the memory that was wrong.
    """
    if last is None or today >= last:
        return ""
    by = _agreed(ahead)
    if by is not None and abs(by) <= TOLERANCE:
        return ""
    return NightDoubt.CLOCK_BEFORE_LAST.tell(today=today, last=last)


def _agreed(ahead: Collection[float]) -> float | None:
    """What servers have to say together; None where they are too few."""
    return median(ahead) if len(ahead) >= SERVERS_AT_LEAST else None


def _told(seconds: float) -> str:
    """By how much a clock is fast or slow, in words.

    >>> _told(366 * 86400.0), _told(-3600.0), _told(1200.0), _told(36 * 3600.0)
    ('快了 366 天', '慢了 1 小时', '快了 20 分钟', '快了 1 天 12 小时')
    """
    way = "快了" if seconds > 0 else "慢了"
    minutes = round(abs(seconds) / 60)
    if minutes < 60:
        return f"{way} {minutes} 分钟"
    days, hours = divmod(round(minutes / 60), 24)
    if not days:
        return f"{way} {hours} 小时"
    return f"{way} {days} 天 {hours} 小时" if hours and days < 7 else f"{way} {days} 天"
