"""标注日期可信与否: which day of an entry counts, by what earlier nights saw of it. Pure.

The day a page bears is the unit's word. It does not count as new where the same words bore an
earlier day before, and it was not yet public on a night whose list, read that far, did not hold it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from monitor.model import Document, Verdict
from monitor.wording import Because, Flag

#: an entry bears the day of its paper, is put up some days later, and a list may come from a cache
TOLERANCE = timedelta(days=7)


def counted_on(document: Document) -> date | None:
    """The day that counts for how new it is: of the same words, that of their first sight.

    Never earlier than the night on which they were first seen; what was before, nobody knows.
    """
    day = document.day
    if day is None or document.redated_from is None or document.unchanged_since is None:
        return day
    return min(day, max(document.redated_from, document.unchanged_since))


def appeared_on(document: Document) -> date | None:
    """The day before which it was not public: its own, or that of the night without it."""
    return document.last_absent_on if is_backdated(document) else document.day


def is_backdated(document: Document) -> bool:
    """Whether it bears a day well before a night that read its list that far without seeing it."""
    day, absent = document.day, document.last_absent_on
    return day is not None and absent is not None and day < absent - TOLERANCE


def as_dated(document: Document) -> Document:
    """The document taken at its word."""
    return replace(document, redated_from=None, unchanged_since=None)


def marked(verdict: Verdict) -> Verdict:
    """Say of a good verdict that the days it rests on are to be looked at."""
    many = verdict.because is Because.ENOUGH
    behind = verdict.documents if many else verdict.documents[:1]
    flags = (*_redated(behind), *_backdated(behind))
    return replace(verdict, flags=(*verdict.flags, *flags)) if flags else verdict


def _redated(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        if counted_on(document) != document.day:
            return (Flag.REDATED.tell(since=document.unchanged_since),)
    return ()


def _backdated(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        if is_backdated(document):
            facts = {"published": document.day, "first": document.first_seen_on}
            return (Flag.BACKDATED.tell(absent=document.last_absent_on, **facts),)
    return ()
