"""存疑: why a look at a column proves nothing, told so that the reader knows what to do.

"Could not look" is never "not there": what this gives back can neither open a gap nor close one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from monitor.model import DOUBTFUL, UNOPENED, Observation, Outcome, Status, Verdict
from monitor.wording import Because

#: outcomes that have a sentence of their own
_OWN_SENTENCE = {
    Outcome.CHALLENGED: Because.SITE_GUARDED,
    Outcome.BLOCKED: Because.SITE_GUARDED,
    Outcome.OLD_TLS: Because.OLD_TLS,
    Outcome.MAINTENANCE: Because.SITE_IN_REPAIR,
    Outcome.SHELL: Because.FILLED_BY_SCRIPT,
    Outcome.UNPLACED: Because.LIST_UNPLACED,
    Outcome.LAYOUT_CHANGED: Because.LAYOUT_CHANGED,
    Outcome.OTHER_UNIT: Because.OTHER_UNIT,
    Outcome.SIMILAR: Because.SIMILAR_COLUMN,
}
#: and those that have another one when the look knows more
_WITH_PHRASE = {
    Outcome.SHELL: Because.SIGNED_BY_SCRIPT,  # what the list cannot be asked for without
    Outcome.UNPLACED: Because.LIST_SHARED,  # the page that shows it too
}


def doubt(look: Observation, column: Callable[[], str]) -> Verdict | None:
    """Why a look proves nothing, None if it does.

    ``column`` gives the name a reader knows it by; few looks need one.
    """
    if look.outcome in UNOPENED:
        return _not_judged(look, column, Status.UNREACH, Because.PAGE_NOT_OPENED)
    if look.outcome in DOUBTFUL:
        return _not_judged(look, column, Status.UNSURE, Because.PAGE_NOT_READ)
    if not look.identity_seen:
        return Verdict(status=Status.UNSURE, because=Because.IDENTITY_NOT_SEEN)
    if look.outcome is Outcome.OPENED and not look.documents:
        return Verdict(status=Status.UNSURE, because=Because.ENTRIES_NOT_RECOGNISED)
    return None


def is_misread(looks: Iterable[Observation], failing: frozenset[str]) -> bool:
    """Whether a unit's pages are of a family that does not even read its known pages rightly.

    One page is enough: what the others were taken for rests on the same reader.
    """
    return bool(failing) and any(look.platform in failing for look in looks)


def worse(one: Verdict | None, other: Verdict | None) -> Verdict | None:
    """Return the doubt a person can do more about: UNSURE before UNREACH."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda verdict: verdict.status.severity)


def _not_judged(
    look: Observation, column: Callable[[], str], status: Status, otherwise: Because
) -> Verdict:
    facts = {"outcome": look.outcome.value, "column": column()}
    because = _OWN_SENTENCE.get(look.outcome, otherwise)
    if look.phrase:
        facts["phrase"] = look.phrase
        because = _WITH_PHRASE.get(look.outcome, because)
    return Verdict(status=status, because=because, facts=facts)
