"""预期结论: what a careful officer would say of every cell on every night.

Written from what is planted in the county, never from what the program says. ``expected.csv`` is
the same table as a file; ``python -m commands.demo.expected`` writes it anew after a change here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from commands.demo.county import MEMBERS, SITES, Member
from commands.demo.records import NIGHTS, Mood

FILE = Path(__file__).with_name("expected.csv")
_SITE_BY_HOST = {site.host: site for site in SITES}
#: why a whole site could not be read that night
_UNREACHED = {
    Mood.CHALLENGE: "网站要求先通过访问验证，看不到内容，不算问题",
    Mood.MAINTENANCE: "网站显示系统维护中，看不到内容，不算问题",
    Mood.DOWN: "网站拒绝连接，看不到内容，不算问题",
}
#: decided by the county's layer, whatever the site shows
_DECIDED = frozenset({"NA", "EXEMPT"})

HEADER = ("night", "unit", "requirement", "status", "reason")


def rows() -> Iterator[tuple[str, ...]]:
    """Yield what a careful officer would say: night, unit, requirement, status, reason."""
    for night in range(1, len(NIGHTS) + 1):
        for member in MEMBERS:
            claims = (claim for plot in member.plots for claim in plot.claims)
            for claim in sorted(claims, key=lambda claim: claim.requirement):
                status, reason = claim.statuses[night - 1], claim.reason
                if status not in _DECIDED:
                    status, reason = _as_seen(member, night, status, reason)
                if status:
                    yield str(night), member.code, claim.requirement, status, reason


def _as_seen(member: Member, night: int, status: str, reason: str) -> tuple[str, str]:
    """Return status and reason as far as the unit could be looked at; "" for no row yet."""
    if member.joins_late:
        last = night == len(NIGHTS)
        return ("NEW", "第三夜之后才加入单位清单，还没有巡查过") if last else ("", "")
    if not member.host:
        return "UNSURE", "该单位没有网站，只能人工核查"
    mood = _SITE_BY_HOST[member.host].mood(night)
    if mood is not Mood.UP:
        return "UNREACH", _UNREACHED[mood]
    return status, reason


def main() -> None:
    """Write the table to ``FILE``."""
    with FILE.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(rows())


if __name__ == "__main__":
    main()
