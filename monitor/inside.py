"""文内要素: what the documents behind a verdict hold inside, and what nobody could read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.completeness import element_of
from monitor.model import Document, FileState, Reading, Requirement, Shortfall, Status, Verdict
from monitor.wording import Because, Flag

#: a file in one of these was read, or its state is a reason of its own
_CERTAIN = frozenset({FileState.OPENS, FileState.NOT_TRIED, FileState.BROKEN})
_MOST_FILES_TOLD = 3


def looked_into(requirement: Requirement, verdict: Verdict) -> Verdict:
    """Look into the documents found: do they open, and do they hold what they must.

    What one of them lacks another may hold (a budget and its explanation are often two pages), so
    an element is missing only where none of them has it.
    """
    whole = [found for found in verdict.documents if found.reading is not Reading.BROKEN]
    if not whole:
        broken = verdict.documents[0]
        return replace(
            verdict,
            status=Status.BROKEN,
            because=Because.DOCUMENT_BROKEN,
            facts={"title": broken.title, "url": broken.url},
        )
    if not requirement.complete:
        return verdict
    older = [found for found in whole[1:] if found.reading is not Reading.LISTED]
    read = [whole[0], *older]
    lacks = [_lacks(requirement, document) for document in read]
    if not all(any((lack.missing, lack.unread, lack.broken)) for lack in lacks):
        return marked_recognised(verdict, read)
    document, lack = read[0], lacks[0]
    absent = _shared([(*lack.missing, *lack.unread) for lack in lacks])
    missing = _shared([lack.missing for lack in lacks])
    if lack.broken:
        facts = {"title": document.title, "names": "、".join(lack.broken)}
        status, because = Status.BROKEN, Because.ATTACHMENT_BROKEN
    elif missing:
        facts = {"title": document.title, "missing": _elements(requirement, missing)}
        status, because = Status.PARTIAL, Because.ELEMENTS_MISSING
    elif absent:
        facts = {"title": document.title, "missing": _elements(requirement, absent)}
        status, because = Status.UNSURE, Because.ELEMENTS_UNREAD
        if files := _unread_files(document):
            facts |= {"files": "；".join(files)}
            because = Because.FILES_UNREAD
    else:
        return marked_recognised(verdict, read)
    return replace(verdict, status=status, because=because, facts=facts)


def marked_recognised(verdict: Verdict, documents: Sequence[Document]) -> Verdict:
    """Say of a good verdict that some of what it rests on was read off a picture."""
    if not any(document.reading is Reading.RECOGNISED for document in documents):
        return verdict
    return replace(verdict, flags=(*verdict.flags, Flag.RECOGNISED.value))


def _unread_files(document: Document) -> list[str]:
    """The files of a document whose words nobody could read for certain, each with the reason."""
    return [
        f"{file.name or file.url}：{file.state.value}"
        for file in document.attachments
        if file.state not in _CERTAIN
    ][:_MOST_FILES_TOLD]


def _lacks(requirement: Requirement, document: Document) -> Shortfall:
    found = [check.check(document) for check in requirement.complete]
    return Shortfall(
        missing=tuple(word for one in found for word in one.missing),
        unread=tuple(word for one in found for word in one.unread),
        broken=tuple(name for one in found for name in one.broken),
    )


def _elements(requirement: Requirement, words: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(element_of(word, requirement.elements) for word in words))


def _shared(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words that stand in every group, in the order of the first."""
    return tuple(word for word in groups[0] if all(word in group for group in groups[1:]))
