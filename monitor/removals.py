"""撤下: which entries are gone for certain, and what that means for clocks that want them there.

Pure. The memory says what a column does not list any more; here everything that may be another
thing than a removal is left out: an entry that moved to another column or address, or a list that
is not the one it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.matching import answers
from monitor.model import Observation, Outcome, Removal, Requirement, Seen, Status, Verdict
from monitor.textform import normal_form
from monitor.timelimits import NoticePeriod, TakedownAfter
from monitor.wording import Because

#: gaps that rest on an event of their own, so that a take-down nobody registered is no excuse
_BY_EVENT = frozenset({Because.EVENT_OVERDUE, Because.NOT_AHEAD, Because.NOTICE_CUT_SHORT})
#: gaps that say "it is not there"
ABSENT = frozenset({Status.MISSING, Status.STALE})


def watched_columns(requirements: Iterable[Requirement]) -> frozenset[str]:
    """The columns in which a removal means something: their items have a clock that asks."""
    return frozenset(
        column
        for requirement in requirements
        if any(isinstance(limit, NoticePeriod | TakedownAfter) for limit in requirement.limits)
        for column in requirement.columns
    )


def still_gone(
    removals: Sequence[Removal], looks: Mapping[str, Observation]
) -> tuple[Removal, ...]:
    """Those that stand nowhere in what was seen of the unit tonight, by column id.

    A column must still list something of the time when the entry was last there: a list that was
    changed as a whole (another address, another system) has not removed this one.
    """
    if not removals:
        return ()
    titles = {normal_form(one.title) for look in looks.values() for one in look.documents}
    return tuple(
        removal
        for removal in removals
        if normal_form(removal.document.title) not in titles
        and _is_same_list(looks.get(removal.column), removal.listed_on)
    )


def _is_same_list(look: Observation | None, listed_on: date) -> bool:
    if look is None or look.outcome is not Outcome.OPENED:
        return False
    return any(
        one.first_seen_on is not None and one.first_seen_on <= listed_on for one in look.documents
    )


def removed_of(requirement: Requirement, removals: Sequence[Removal]) -> tuple[Removal, ...]:
    """Those that answered the requirement while they stood in one of its columns."""
    return tuple(
        removal
        for removal in removals
        if removal.column in requirement.columns
        and answers(requirement.match, removal.document.title)
    )


def contradicted(requirement: Requirement, verdict: Verdict, seen: Seen) -> Verdict:
    """The verdict of one clock, with regard to a clock of the same item that wants it gone.

    An item that must be taken down again is not missing because it is not there: it may have been
    up in its time. Its absence is a gap only by an event of its own, and only while no event is
    known by which it may have had to go.
    """
    if verdict.status not in ABSENT:
        return verdict
    takedowns = [limit for limit in requirement.limits if isinstance(limit, TakedownAfter)]
    if not takedowns:
        return verdict
    if verdict.because in _BY_EVENT:
        first, last = _time_of(verdict)
        if not any(limit.may_have_taken_down(first, last, seen.events) for limit in takedowns):
            return verdict
    return replace(
        verdict, status=Status.UNSURE, because=Because.MAY_BE_TAKEN_DOWN, flags=(), grounds=None
    )


def _time_of(verdict: Verdict) -> tuple[date, date]:
    """From when to when a take-down would explain what is missing."""
    first = verdict.since or date.min
    last = verdict.facts.get("missed_on")
    return first, last if isinstance(last, date) else date.max
