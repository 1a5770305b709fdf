"""已告知的: what letters, or the officer by hand, told a unit already. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from monitor.model import LetterKind, LetterState, Posting
from reports.problems import Problem

_WAITING = frozenset({LetterState.HELD, LetterState.QUEUED})


class Told:
    """已告知的, of the postings to one unit."""

    def __init__(self, postings: Sequence[Posting]) -> None:
        self._postings = [one for one in postings if _is_told(one)]

    def is_written_to(self, recipient: str, *, after: date) -> bool:
        return any(one.recipient == recipient and one.day > after for one in self._postings)

    def has(self, kinds: Collection[LetterKind], key: str) -> bool:
        return any(one.kind in kinds and key in one.findings for one in self._postings)

    def since(self, problem: Problem, kind: LetterKind, day: date | None) -> bool:
        """Whether the problem was told in a letter of this kind on or after ``day``."""
        return any(
            one.kind is kind
            and problem.finding.number in one.findings
            and (day is None or one.day >= day)
            for one in self._postings
        )


def _is_told(one: Posting) -> bool:
    """Whether a letter went out, or may have, or a person settled that it need not."""
    if one.state is LetterState.CANCELLED:
        return bool(one.settled_by)
    return one.state not in _WAITING
