"""刹车: whether what a night brought can be believed, before anybody is written to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from monitor.wording import NightDoubt

#: of the sites: more than one in five, and three at least
_SHARE, _SITES_AT_LEAST = 5, 3
#: new findings: more than three times the usual number, and five at least
_TIMES, _NEW_AT_LEAST = 3, 5
#: what is usual is told by the nights of so many days, and not by a few of them
_USUAL_OVER = timedelta(days=30)
_NIGHTS_AT_LEAST = 7


def doubt_of_sites(sites: int, silent: int) -> str:
    """Why the last night may be our own network's fault; "" where it need not be.

    ``silent``: the sites that did not answer.
    """
    if silent < _SITES_AT_LEAST or silent * _SHARE <= sites:
        return ""
    return NightDoubt.SILENT.tell(sites=sites, silent=silent)


def doubt_of_findings(nights: Sequence[date], first_seen: Iterable[date]) -> str:
    """Why so many new findings may be our own mistake; "" where they need not be.

    ``nights``: those that ended, in any order. ``first_seen``: the night of each finding. What is
    usual is the median of the nights before, over 30 days; seven of them at least.
    """
    if not nights:
        return ""
    last = max(nights)
    counts = dict.fromkeys((day for day in nights if last - day <= _USUAL_OVER), 0)
    for day in first_seen:
        if day in counts:
            counts[day] += 1
    new = counts.pop(last)
    if len(counts) < _NIGHTS_AT_LEAST or new < _NEW_AT_LEAST:
        return ""
    usual = median(counts.values())
    return NightDoubt.MANY_NEW.tell(new=new, usual=f"{usual:g}") if new > _TIMES * usual else ""
