"""网站声明（robots.txt）: an answer to /robots.txt → what may be opened, by RFC 9309. Pure.

The only file that imports Protego.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

from protego import Protego

from monitor.model import Outcome, RobotsFile
from monitor.wording import SiteRemark

#: how old a copy may be that stands for a file which cannot be read: nights are a day apart, give
#: or take their length (RFC 9309 section 2.4 lets it be older than a day in this case only)
KEPT_FOR: Final = timedelta(hours=36)
#: characters of a copy; a longer file is not kept, since half of its rules might allow too much
_KEPT_AT_MOST: Final = 64 * 1024
#: a server that is there and does not give its file; of one that is not, no page would come either
_FILE_UNREAD: Final = frozenset(
    {Outcome.ROBOTS_UNREAD, Outcome.TIMED_OUT, Outcome.TRUNCATED, Outcome.PROTOCOL}
)
_BEIJING: Final = timezone(timedelta(hours=8))
_MOST = 500 * 1024  # bytes a reader must take in (RFC 9309 section 2.5)
_LONGEST_PAUSE = 30.0  # seconds of Crawl-delay that are obeyed; more would only mean "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """访问规则 of one host. ``rules`` None: no rules; ``away``: nothing may be opened, and why."""

    rules: Protego | None = None
    away: Outcome | None = None
    text: str | None = None  # as it was read, to be kept; None: there is nothing to keep
    remark: str = ""  # on the site, in Chinese

    def refuses(self, url: str, agent: str) -> Outcome | None:
        """Why an address may not be opened; None when it may."""
        if self.away or self.rules is None or self.rules.can_fetch(url, agent):
            return self.away
        return Outcome.ROBOTS

    def pause(self, agent: str) -> float:
        """Seconds between requests that the host asks for; 0 when it does not."""
        delay = self.rules.crawl_delay(agent) if self.rules else None
        return min(delay or 0.0, _LONGEST_PAUSE)


def read_robots(*, status: int, body: bytes, failure: Outcome | None) -> Robots:
    """Read the answer: 4xx means no rules, 5xx or silence means stay away this time.

    A home page sent under the name of robots.txt holds no rules either.
    """
    if failure is not None and failure is not Outcome.REDIRECTS:
        return Robots(away=failure)
    if status >= 500:
        return Robots(away=Outcome.ROBOTS_UNREAD)
    if not 200 <= status < 300:
        return Robots()
    text = body[:_MOST].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        return Robots()
    kept = text if len(text) <= _KEPT_AT_MOST else None
    return Robots(rules=Protego.parse(text), text=kept)


def by_last_copy(now: Robots, last: RobotsFile | None, *, at: datetime) -> Robots:
    """What holds ``at`` a moment: the last good copy, where the file itself cannot be read."""
    if last is None or now.away not in _FILE_UNREAD or at - last.read_at > KEPT_FOR:
        return now
    day = last.read_at.astimezone(_BEIJING).date()
    return Robots(rules=Protego.parse(last.text), remark=SiteRemark.ROBOTS_UNREAD.tell(day=day))
