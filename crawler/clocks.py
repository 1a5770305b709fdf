"""时钟: the machine's clock beside one that nobody sets, and beside those of the servers."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

#: a server whose clock seems so many seconds later than before was answered out of a store before
_LATER: Final = 3600.0
#: seconds by which a clock must have been set to be told; whoever judges the night knows how many
#: are too many
_TOLD: Final = 60.0


def steady() -> float:
    """Seconds of a clock that nobody sets, and that runs on while the machine sleeps.

    Linux: CLOCK_BOOTTIME. Windows: what Python calls monotonic runs on too (GetTickCount64,
    QueryPerformanceCounter). macOS stops it: there a sleep in mid-scan is taken for a jump.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """看表: by how much the clock was set since the first look at it."""

    def __init__(self, at: datetime) -> None:
        self._first = at
        self._steady = steady()
        self._told = 0.0

    def jump(self, at: datetime) -> float:
        """Seconds the clock has gone on more than it should have; less than 0: was set back."""
        return (at - self._first).total_seconds() - (steady() - self._steady)

    def news(self, at: datetime) -> float | None:
        """The jump, where it is another than was told last."""
        jump = self.jump(at)
        if abs(jump - self._told) < _TOLD:
            return None
        self._told = jump
        return jump


class ServerClocks:
    """对方服务器的时间: how far ahead of ours each is, by the newest answer it gave."""

    def __init__(self) -> None:
        self._ahead: dict[str, float] = {}

    def news(self, place: str, headers: Mapping[str, str], *, at: datetime) -> float | None:
        """What a response that came ``at`` says that is not known of this server yet, in seconds.

        An answer out of a store bears the day it was made, and can only seem too old.
        """
        sent = sent_at(headers)
        if sent is None:
            return None
        ahead = (sent - at).total_seconds()
        known = self._ahead.get(place)
        if known is not None and ahead < known + _LATER:
            return None
        self._ahead[place] = ahead
        return ahead


def sent_at(headers: Mapping[str, str]) -> datetime | None:
    """When a response was sent by its server's clock, None where it does not tell.

    ``Date`` is when it was made, ``Age`` how long it lay in stores since (RFC 9110, 6.6.1; RFC
    9111, 5.1).
    """
    age = headers.get("age", "")
    seconds = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
    try:
        made = parsedate_to_datetime(headers.get("date", ""))
        at = made if made.tzinfo else made.replace(tzinfo=UTC)
        return at.astimezone(UTC) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None
