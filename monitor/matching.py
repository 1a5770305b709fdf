"""对应: which documents answer a requirement, the nearest miss, and the 情况说明.

Words are compared in normal form (``textform``); there are no patterns, only words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from monitor.model import (
    Document,
    LookFor,
    Match,
    Reading,
    Requirement,
    StatementRule,
    Unit,
)
from monitor.textform import normal_form
from monitor.wording import Doubt

#: how a 情况说明 says that there was nothing; seen whole in ``Document.elements``
STATEMENT_WORDS = "未发生|没有发生|无相关|不涉及|未开展|未产生"
STATEMENT_TITLES = Match(any=("说明",))

_NOTHING = tuple(STATEMENT_WORDS.split("|"))
_EXPLAINS = "说明"
_STATES = "情况说明"


def answers(match: Match, title: str) -> bool:
    """Whether a document of this title answers; one that says nothing happened does not.

    >>> answers(Match(any=("收费",), none=("解读",)), "2026年秋季收 费公示")
    True
    >>> answers(Match(any=("收费",)), "关于2026年未发生收费的情况说明")
    False
    """
    text = normal_form(title)
    words = _normal(match)
    return _holds(words, text) and not _says_nothing(text)


def near_word(match: Match, title: str) -> str | None:
    """Return the near word that ``title`` holds, if it does not answer."""
    text = normal_form(title)
    words = _normal(match)
    found = next((word for word in words.near if word in text), None)
    return None if found is None or _holds(words, text) else found


def answering(documents: Iterable[Document], match: Match) -> tuple[Document, ...]:
    """Return the documents that answer, in the order given."""
    words = _normal(match)
    found = []
    for document in documents:
        text = normal_form(document.title)
        if _holds(words, text) and not _says_nothing(text):
            found.append(document)
    return tuple(found)


def nearest(documents: Iterable[Document], match: Match) -> Document | None:
    """Return the newest document that misses by little: a near word, or one word of ``any``."""
    words = _normal(match)
    missed = [
        document
        for document in documents
        if any(word in normal_form(document.title) for word in (*words.near, *words.any))
        and not answers(match, document.title)
    ]
    return max(missed, key=lambda document: document.day or date.min, default=None)


def statement(
    documents: Iterable[Document], requirement: Requirement, unit: Unit, start: date, on: date
) -> tuple[Document | None, Doubt | None]:
    """Return the 情况说明 for a requirement since ``start`` and what is doubtful about it.

    A statement says in its title or text that nothing happened, names the matter and the unit,
    and is dated in the period. What is surely none of ours is passed over.
    """
    doubtful: tuple[Document | None, Doubt | None] = (None, None)
    for document in documents:
        if not _may_state(document, requirement):
            continue
        if document.day is not None and document.day < start:
            continue
        doubt = _doubt(document, requirement, unit, on)
        if doubt is None:
            return document, None
        if doubtful[0] is None:
            doubtful = document, doubt
    return doubtful


def look_for(requirement: Requirement, unit: Unit, *, opened: bool = False) -> tuple[LookFor, ...]:
    """Return what the eyes are to look for: answers with their elements, and statements.

    ``opened``: the words of the answers are asked for, whatever they hold.
    """
    words = dict.fromkeys(word for check in requirement.complete for word in check.words)
    answer = LookFor(
        match=requirement.match,
        words=tuple(words),
        attachments=any(check.attachments for check in requirement.complete),
        opened=opened,
    )
    if requirement.statement is StatementRule.REFUSED:
        return (answer,)
    stated = (STATEMENT_WORDS, _matter(requirement), _names(unit))
    return (answer, LookFor(match=STATEMENT_TITLES, words=tuple(filter(None, stated))))


@lru_cache(maxsize=4096)
def _normal(match: Match) -> Match:
    """Return the match with every word in normal form."""
    return Match(
        any=tuple(map(normal_form, match.any)),
        all=tuple(map(normal_form, match.all)),
        none=tuple(map(normal_form, match.none)),
        near=tuple(map(normal_form, match.near)),
    )


def _holds(words: Match, text: str) -> bool:
    # plain loops: this runs for every title of every column, a million times a night
    for word in words.none:
        if word in text:
            return False
    for word in words.all:
        if word not in text:
            return False
    if not words.any:
        return True
    for word in words.any:  # noqa: SIM110
        if word in text:
            return True
    return False


def _says_nothing(text: str) -> bool:
    return _EXPLAINS in text and any(word in text for word in _NOTHING)


def _may_state(document: Document, requirement: Requirement) -> bool:
    """Whether it says nothing happened, or might, its text not having been read whole."""
    text = normal_form(document.title)
    if _EXPLAINS not in text or document.reading is Reading.BROKEN:
        return False
    says_so = _says_nothing(text) or STATEMENT_WORDS in document.elements
    is_about = _is_about(document, requirement)
    if document.reading is Reading.WHOLE:
        return says_so and is_about
    return says_so or (is_about and _STATES in text)


def _doubt(document: Document, requirement: Requirement, unit: Unit, on: date) -> Doubt | None:
    text = normal_form(document.title)
    if not (_says_nothing(text) or STATEMENT_WORDS in document.elements):
        return Doubt.NOT_READ
    if not _is_about(document, requirement):
        return Doubt.NO_MATTER
    if document.day is None or document.day > on:
        return Doubt.NO_DAY
    if not _names_unit(document, unit):
        return Doubt.NO_UNIT
    return None


def _is_about(document: Document, requirement: Requirement) -> bool:
    text = normal_form(document.title)
    words = _normal(requirement.match).any or (normal_form(requirement.name),)
    return _matter(requirement) in document.elements or any(word in text for word in words)


def _names_unit(document: Document, unit: Unit) -> bool:
    text = normal_form(document.title) + normal_form(document.publisher)
    return _names(unit) in document.elements or any(
        normal_form(name) in text for name in unit.names
    )


def _matter(requirement: Requirement) -> str:
    return "|".join(requirement.match.any or (requirement.name,))


def _names(unit: Unit) -> str:
    return "|".join(unit.names)
