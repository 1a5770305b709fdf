"""看表: whether the machine's clock lets a night count; why it does not. No verb."""

from __future__ import annotations

import logging

from commands.folder import Folder
from crawler.clocks import ClockWatch
from monitor.store import records
from monitor.timekeeping import doubt_of_jump, doubt_of_order, doubt_of_servers
from monitor.wire import ScanFile

log = logging.getLogger("mingcha.night")


class NightClock:
    """The clock over one night: how it went on here, and what the crawl has seen of it.

    A day that a person tells (``--today``) is not held against the last night: only the machine's
    own clock is in question.
    """

    def __init__(self, folder: Folder, scan: str) -> None:
        self._folder = folder
        self._scan = scan
        self._watch = ClockWatch(folder.now)
        self._last = records.last_night(folder.store, beside=scan)
        self._jump = 0.0
        self._servers: dict[str, float] = {}

    def doubt(self, file: ScanFile) -> str:
        """Why nothing of the night counts, by this batch and those before; "" if it may count."""
        here = self._watch.jump(self._folder.now)
        self._jump = max(self._jump, here, file.jump, key=abs)
        self._servers |= file.servers
        ahead = self._servers.values()
        is_told = bool(self._folder.clock_offset)
        void = (
            doubt_of_jump(self._jump)
            or doubt_of_servers(ahead)
            or doubt_of_order(self._folder.today, None if is_told else self._last, ahead)
        )
        if void:
            log.error("clock not believed", extra={"scan": self._scan, "why": void})
        return void
