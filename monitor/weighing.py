"""权衡: the clocks of one item over the documents that answer it → one verdict. Pure.

A gap must rest on grounds that the bureau accepted and on a list that was read far enough; new days
of old words make none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.dating import as_dated
from monitor.model import (
    GAPS,
    Coverage,
    Grounds,
    Moment,
    Requirement,
    Seen,
    Status,
    TimeLimit,
    Verdict,
)
from monitor.removals import ABSENT, contradicted
from monitor.wording import FIRST_ENTRY, Because, Flag

_OWN_RULE = Flag.OWN_RULE.value
#: what should be gone and is there
_STAYS = frozenset({Because.OVERSTAYED, Because.OVERSTAY_OPEN})


def weigh(requirement: Requirement, seen: Seen, on: Moment) -> Verdict:
    """Judge every clock: the worst strong verdict wins, weak ones give way.

    Among equals the one that tells most wins: lateness, what stays too long, then documents, and
    of these the fewest: a clock that knows editions finds only those of the current one. Where one
    clock wants gone what another wants there, absence is for a person (``removals.contradicted``).
    """
    if len(requirement.limits) == 1:
        return _of_limit(requirement, requirement.limits[0], seen, on)
    verdicts = [_of_limit(requirement, limit, seen, on) for limit in requirement.limits]
    if not verdicts:
        return Verdict(status=Status.UNSURE, because=Because.NO_TIME_LIMIT, facts={"wording": ""})
    if any(verdict.status in ABSENT for verdict in verdicts):
        verdicts = [contradicted(requirement, verdict, seen) for verdict in verdicts]
    return min(
        verdicts,
        key=lambda verdict: (
            verdict.weak,
            verdict.status.severity,
            "late_by" not in verdict.facts,
            verdict.because not in _STAYS,
            not verdict.documents,
            len(verdict.documents),
        ),
    )


def _of_limit(requirement: Requirement, limit: TimeLimit, seen: Seen, on: Moment) -> Verdict:
    """Judge one clock; its gap must rest on accepted grounds and on a list read far enough."""
    verdict = limit.judge(seen, on)
    if verdict.status not in GAPS:
        return verdict
    if (redated := _only_redated(limit, seen, on)) is not None:
        return redated
    grounds = verdict.grounds or limit.grounds
    if grounds is Grounds.DEFAULT:
        if not requirement.accept_defaults:
            return Verdict(
                status=Status.UNSURE,
                because=Because.DEFAULT_NOT_ACCEPTED,
                facts=verdict.facts,
                nearest=verdict.nearest,
                since=verdict.since,
            )
        verdict = replace(verdict, flags=(*verdict.flags, _OWN_RULE))
    needed = limit.since(on) if verdict.since is None else verdict.since
    if not seen.coverage.reaches(needed):
        return Verdict(
            status=Status.UNSURE,
            because=Because.NOT_READ_FAR_ENOUGH,
            facts=_far(seen.coverage, needed),
            nearest=verdict.nearest,
            since=needed,
        )
    return verdict if verdict.since is not None else replace(verdict, since=needed)


def _only_redated(limit: TimeLimit, seen: Seen, on: Moment) -> Verdict | None:
    """UNSURE, if it is no gap by the days that are shown, but they are new days of old words.

    The words are the same as far as they can be read; that is not enough to accuse anyone.
    """
    if all(document.redated_from is None for document in seen.documents):
        return None
    shown = limit.judge(replace(seen, documents=tuple(map(as_dated, seen.documents))), on)
    if shown.status in GAPS:
        return None
    newest = max(
        (document for document in seen.documents if document.redated_from is not None),
        key=lambda document: document.day or date.min,
    )
    facts = {
        "title": newest.title,
        "published": newest.day,
        "since": newest.unchanged_since,
    }
    return Verdict(
        status=Status.UNSURE, because=Because.REDATED, facts=facts, documents=shown.documents
    )


def _far(coverage: Coverage, needed: date) -> dict[str, object]:
    facts: dict[str, object] = {"needed": FIRST_ENTRY if needed == date.min else needed}
    if coverage.since is not None:
        facts["since"] = coverage.since
    return facts
