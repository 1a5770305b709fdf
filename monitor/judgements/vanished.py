"""静默撤稿: an entry that answered a duty, is gone, and nothing says that it had to go. Pure.

That it is gone is proven before: by two nights that read its part of the list
(``monitor/store/removed.py``) and by a list that is still the same one (``removals.still_gone``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final

from monitor.findings import GOOD
from monitor.judgements.case import Case
from monitor.judgements.likeness import are_copies, bare
from monitor.matching import answers
from monitor.model import (
    Assessment,
    Moment,
    Obligation,
    Remark,
    RemarkKind,
    Removal,
    Requirement,
    Status,
)
from monitor.textform import normal_form
from monitor.timelimits import NoticePeriod, TakedownAfter
from monitor.wording import Noticed

_NOT_OWED: Final = frozenset({Status.NA, Status.EXEMPT})
#: a list that lost so many entries at once, and more than it kept, was made anew
_REBUILT: Final = 5
#: a new version may stand beside the old one for so long
_REPLACED_WITHIN: Final = timedelta(days=7)
#: letters of a title that another one may hold whole only when it is a new version of it
_SHORTEST_TITLE: Final = 6
_UNDATED: Final = "未标日期"


def taken_down_silently(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield the entries that are gone though their duty still runs and lets nothing go."""
    proven = [one for one in case.removed if one.missed_again_on is not None]
    at_once = Counter((one.column, one.missed_on) for one in proven)
    for removal in proven:
        look = case.looks[removal.column]
        lost = at_once[removal.column, removal.missed_on]
        if (lost >= _REBUILT and lost > len(look.documents)) or _has_successor(case, removal):
            continue
        duties = [
            (obligation, judged)
            for obligation, judged in case.judged
            if _answered(obligation.requirement, removal)
        ]
        if any(_lets_go(obligation.requirement) for obligation, _ in duties):
            continue
        owed = [one.requirement for one, judged in duties if _still_owed(one, judged, removal, on)]
        if owed:
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.REMOVED,
                because=Noticed.VANISHED,
                facts={
                    "title": removal.document.title,
                    "published": removal.document.day or _UNDATED,
                    "column": case.name_of(removal.column),
                    "listed": removal.listed_on,
                    "missed": removal.missed_on,
                    "again": removal.missed_again_on,
                    "items": "、".join(dict.fromkeys(one.name for one in owed)),
                    "url": removal.document.url,
                },
                column=removal.column,
                subject=removal.document.url,
                page=look.address,
                evidence=look.evidence,
            )


def _answered(requirement: Requirement, removal: Removal) -> bool:
    return removal.column in requirement.columns and answers(
        requirement.match, removal.document.title
    )


def _lets_go(requirement: Requirement) -> bool:
    """Whether what answers it must, or may, come down again."""
    return any(isinstance(limit, NoticePeriod | TakedownAfter) for limit in requirement.limits)


def _still_owed(obligation: Obligation, judged: Assessment, removal: Removal, on: Moment) -> bool:
    """Whether a duty that asks today is poorer without the entry.

    Where any entry of a column will do, one less is told only when the others do not suffice.
    """
    requirement = obligation.requirement
    if judged.status in _NOT_OWED or obligation.unit.code in requirement.switched_off:
        return False
    if not (requirement.match.any or requirement.match.all) and judged.status in GOOD:
        return False
    day = removal.document.day
    return any(day is None or day >= limit.since(on) for limit in requirement.limits)


def _has_successor(case: Case, removal: Removal) -> bool:
    """Whether an entry that came while it went is its new version, or the next of its kind."""
    since = removal.listed_on - _REPLACED_WITHIN
    if (first := removal.document.first_seen_on) is not None:
        since = max(since, first)
    return any(
        one.first_seen_on is not None
        and one.first_seen_on > since
        and _is_version(one.title, removal.document.title)
        for look in case.looks.values()
        for one in look.documents
    )


def _is_version(title: str, before: str) -> bool:
    one, other = normal_form(title), normal_form(before)
    if min(len(one), len(other)) >= _SHORTEST_TITLE and (one in other or other in one):
        return True
    return are_copies(_bare(one), _bare(other))


#: a title is held against each that is gone
_bare = lru_cache(maxsize=4096)(bare)
