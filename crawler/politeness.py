"""礼貌: what is remembered of a host during one scan, and how long to wait before asking again."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from crawler.robots import Robots
from monitor.model import Outcome

#: failures to connect, one after the other, after which a host is left alone for this scan
_GIVEN_UP_AFTER = 3
#: a host that answers different addresses with the same short body so often has shut us out
_SAME_BODIES = 3
_SHORT = 1024  # bytes
#: seconds of Retry-After that are waited for; a longer wish ends the scan of that host
_LONGEST_WAIT = 60.0

NO_CONNECTION = frozenset({Outcome.REFUSED, Outcome.TIMED_OUT, Outcome.NO_NAME})


class Gate:
    """One network address: one request at a time, with a pause after each."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._free_at = 0.0

    @contextlib.asynccontextmanager
    async def turn(self, pause: float) -> AsyncIterator[None]:
        """Hold the address for one request; the next turn starts ``pause`` or a half more later."""
        loop = asyncio.get_running_loop()
        async with self._lock:
            wait = self._free_at - loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._free_at = loop.time() + pause * random.uniform(1, 1.5)


@dataclass(slots=True)
class Host:
    """一台主机 as this scan knows it."""

    gate: Gate
    place: str = ""  # its network address, or what stands for it
    robots: asyncio.Task[Robots] | None = None
    failures: int = 0  # to connect, in a row
    resting: Outcome | None = None  # why it is left alone from now on
    bodies: deque[tuple[str, bytes]] = field(default_factory=lambda: deque(maxlen=_SAME_BODIES))

    def note_failure(self, outcome: Outcome) -> None:
        """Count a request that brought no response, all its tries included."""
        if outcome in NO_CONNECTION:
            self.failures += 1
            if self.failures >= _GIVEN_UP_AFTER:
                self.resting = outcome

    def note_body(self, url: str, status: int, body: bytes) -> None:
        """Notice a host that turned us away half-way and says so with status 200."""
        self.failures = 0
        if status != 200 or len(body) > _SHORT or b"<a" in body:
            self.bodies.clear()
            return
        self.bodies.append((url, body))
        if (
            len({url for url, _ in self.bodies}) == _SAME_BODIES
            and len({body for _, body in self.bodies}) == 1
        ):
            self.resting = Outcome.BLOCKED


def wait_asked(retry_after: str, now: datetime) -> float | None:
    """Seconds a Retry-After asks for, None when it asks for nothing sensible.

    >>> from datetime import UTC
    >>> wait_asked("120", datetime(2026, 1, 1, tzinfo=UTC)), wait_asked("soon", datetime.min)
    (120.0, None)
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def is_short_wait(seconds: float) -> bool:
    """Whether a wish to wait is one that a night can grant."""
    return seconds <= _LONGEST_WAIT
