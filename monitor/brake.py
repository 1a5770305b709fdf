"""刹车: whether what a night brought can be believed, before anybody is written to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from monitor.wording import NightDoubt

#: of the sites: more than one in five, and three at least
_SHARE, _SITES_AT_LEAST = 5, 3
#: of the units: more than one in ten, and five at least; among fewer than ten more than half
_ONE_IN, _UNITS_AT_LEAST, _FEW_UNITS = 10, 5, 10
#: new findings: more than three times the usual number, and five at least
_TIMES, _NEW_AT_LEAST = 3, 5
#: so long what a night saw is told to units
_FRESH = timedelta(days=7)
#: what is usual is told by the nights of so many days, and not by a few of them
_USUAL_OVER = timedelta(days=30)
_NIGHTS_AT_LEAST = 7


@dataclass(frozen=True, slots=True)
class Hold:
    """一次刹车: why what a night was judged to be waits, and whose; no units: everybody's."""

    reason: str
    units: frozenset[str] = frozenset()


def hold_of(
    worse: Collection[str],
    looked_at: Collection[str],
    groups: Mapping[str, Collection[str]],
) -> Hold | None:
    """Whether a night waits until an officer has looked at it; None: it is believed.

    ``worse``: units that lost something which the calendar does not explain; ``looked_at``: all
    that have a site; ``groups``: the units of each platform, by its name for readers. More than a
    tenth of the units and five at least (of fewer than ten more than half), or more than a fifth
    of one platform's and three at least.
    """
    total = len(looked_at)
    if total < _FEW_UNITS:
        if len(worse) * 2 > total and len(worse) > 1:
            return Hold(NightDoubt.MANY_WORSE.tell(count=len(worse), total=total))
        return None
    if len(worse) * _ONE_IN > total and len(worse) >= _UNITS_AT_LEAST:
        return Hold(NightDoubt.MANY_WORSE.tell(count=len(worse), total=total))
    held: set[str] = set()
    reasons = []
    for name, units in groups.items():
        count = len(set(worse) & set(units))
        if count >= _SITES_AT_LEAST and count * _SHARE > len(units):
            held |= set(units)
            reasons.append(
                NightDoubt.PLATFORM_WORSE.tell(platform=name, count=count, total=len(units))
            )
    return Hold("；".join(reasons), frozenset(held)) if held else None


def doubt_of_sites(sites: int, silent: int) -> str:
    """Why the last night may be our own network's fault; "" where it need not be.

    ``silent``: the sites that did not answer.
    """
    if silent < _SITES_AT_LEAST or silent * _SHARE <= sites:
        return ""
    return NightDoubt.SILENT.tell(sites=sites, silent=silent)


def doubt_of_age(last: date | None, today: date) -> str:
    """Why nobody is written to by what the ``last`` night that counts saw; "" while it is fresh.

    A night that lies ahead, or long ago, may also be the machine's clock: by a wrong one every
    deadline has passed.
    """
    if last is None or timedelta() <= today - last <= _FRESH:
        return ""
    return NightDoubt.NIGHT_NOT_FRESH.tell(today=today, last=last)


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
