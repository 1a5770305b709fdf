"""文内要素: what the documents behind a verdict hold inside, and what nobody could read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.completeness import element_of
from monitor.completeness.lines import lines_of, looked_at
from monitor.model import (
    ALONE,
    Beside,
    Coverage,
    Document,
    FileState,
    Grounds,
    Hint,
    Observation,
    Place,
    Reading,
    RemarkKind,
    Requirement,
    Shortfall,
    Status,
    Verdict,
)
from monitor.wording import LOOKED_AT, Because, Flag, Noticed

#: a file in one of these was read, or its state is a reason of its own
_CERTAIN = frozenset({FileState.OPENS, FileState.NOT_TRIED, FileState.BROKEN})
_MOST_FILES_TOLD = 3
_MOST_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """要素核对的结果 of documents taken together; elements are the words of the checks."""

    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()  # missing, or nobody could tell
    broken: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()  # not checked: the words of the documents were not kept
    is_whole: bool = False  # one of the documents alone lacks nothing
    places: tuple[Place, ...] = ()  # where each element stands first
    hints: tuple[Hint, ...] = ()
    looked: str = ""  # where was looked, for a reader


def looked_into(requirement: Requirement, verdict: Verdict, beside: Beside = ALONE) -> Verdict:
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
    read = documents_read(whole)
    seen = examined(requirement, read, beside)
    found = _verdict(requirement, verdict, read, seen)
    if seen.hints:
        hint = "；".join(one.sentence for one in seen.hints)
        found = replace(found, facts={**found.facts, "hint": hint})
    return found


def documents_read(documents: Sequence[Document]) -> list[Document]:
    """The documents that are looked into: the newest, and of the others those that were opened."""
    older = [found for found in documents[1:] if found.reading is not Reading.LISTED]
    return [*documents[:1], *older]


def examined(
    requirement: Requirement, documents: Sequence[Document], beside: Beside = ALONE
) -> Examined:
    """Check what an item asks for in its documents, the newest first, all of them together.

    Checks that rest on common practice accuse nobody: what they miss is a hint. A bureau that has
    accepted the time limits of common practice has not accepted these; it writes them as its own.
    """
    firm = {one for one in requirement.complete if one.grounds is not Grounds.DEFAULT}
    found = [
        {check: check.check(document, beside) for check in requirement.complete}
        for document in documents
    ]
    lacks = [_joined(one for check, one in here.items() if check in firm) for here in found]
    missing = _shared([lack.missing for lack in lacks])
    everything = [_joined(here.values()) for here in found]
    seen = Examined(
        missing=missing,
        absent=_shared([(*lack.missing, *lack.unread) for lack in lacks]),
        broken=lacks[0].broken,
        untold=_shared([lack.untold for lack in lacks]),
        is_whole=not all(any((lack.missing, lack.unread, lack.broken)) for lack in lacks),
        places=tuple({one.word: one for all_ in everything for one in all_.places}.values()),
        hints=tuple(
            replace(hint, facts={"name": requirement.name, **hint.facts})
            for hint in everything[0].hints
        ),
        looked=looked_at(lines_of(tuple(beside.texts.get(documents[0].digest, ())))),
    )
    perhaps = [_joined(one for check, one in here.items() if check not in firm) for here in found]
    unread = _shared([(*lack.unread, *lack.untold) for lack in perhaps])
    seen = replace(seen, untold=tuple(dict.fromkeys((*seen.untold, *unread))))
    if names := _shared([lack.missing for lack in perhaps]):
        hint = _perhaps(requirement, documents[0], names, seen)
        return replace(seen, hints=(*seen.hints, hint))
    return seen


def narrowest(looks: Sequence[Observation]) -> Coverage:
    """Return what was read of every one of several columns."""
    partial = [look.coverage.since for look in looks if not look.coverage.to_end]
    known = [since for since in partial if since is not None]
    return Coverage(
        pages=sum(look.coverage.pages for look in looks),
        entries=sum(look.coverage.entries for look in looks),
        since=max(known) if known and len(known) == len(partial) else None,
        to_end=not partial,
    )


def marked_recognised(verdict: Verdict, documents: Sequence[Document]) -> Verdict:
    """Say of a good verdict that some of what it rests on was read off a picture."""
    if not any(document.reading is Reading.RECOGNISED for document in documents):
        return verdict
    return replace(verdict, flags=(*verdict.flags, Flag.RECOGNISED.value))


def _verdict(
    requirement: Requirement, verdict: Verdict, read: Sequence[Document], seen: Examined
) -> Verdict:
    facts: dict[str, object] = {"title": read[0].title}
    if seen.is_whole or not (seen.broken or seen.absent):
        untold = _elements(requirement, seen.untold)
        return marked_recognised(replace(verdict, untold=untold), read)
    if seen.broken:
        facts["names"] = "、".join(seen.broken)
        status, because = Status.BROKEN, Because.ATTACHMENT_BROKEN
    elif seen.missing:
        facts["missing"] = "、".join(_lacking(requirement, seen.missing, seen))
        facts["looked"] = _looked(seen)
        status, because = Status.PARTIAL, Because.ELEMENTS_MISSING
    else:
        facts["missing"] = "、".join(_elements(requirement, seen.absent))
        status, because = Status.UNSURE, Because.ELEMENTS_UNREAD
        if files := _unread_files(read[0]):
            facts["files"] = "；".join(files)
            because = Because.FILES_UNREAD
    return replace(verdict, status=status, because=because, facts=facts)


def _unread_files(document: Document) -> list[str]:
    """The files of a document whose words nobody could read for certain, each with the reason."""
    return [
        f"{file.name or file.url}：{file.state.value}"
        for file in document.attachments
        if file.state not in _CERTAIN
    ][:_MOST_FILES_TOLD]


def _perhaps(
    requirement: Requirement, document: Document, words: Sequence[str], seen: Examined
) -> Hint:
    names = _lacking(requirement, words, seen)
    more = f"等{len(names)}项" if len(names) > _MOST_TOLD else ""
    facts = {
        "title": document.title,
        "name": requirement.name,
        "missing": "、".join(names[:_MOST_TOLD]) + more,
    }
    return Hint(kind=RemarkKind.LACKING, because=Noticed.PERHAPS_LACKING, facts=facts)


def _looked(seen: Examined) -> str:
    return LOOKED_AT.format(looked=seen.looked) if seen.looked else ""


def _lacking(requirement: Requirement, words: Sequence[str], seen: Examined) -> tuple[str, ...]:
    """What is missing in the words of the law; of a table without numbers also where it stands."""
    where = {place.word: f"（{place.where}）" for place in seen.places if place.word in words}
    named = {element_of(word, requirement.elements): where.get(word, "") for word in words}
    return tuple(f"{element}{place}" for element, place in named.items())


def _elements(requirement: Requirement, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(element_of(word, requirement.elements) for word in words))


def _joined(found: Iterable[Shortfall]) -> Shortfall:
    lacks = list(found)
    return Shortfall(
        missing=tuple(word for one in lacks for word in one.missing),
        unread=tuple(word for one in lacks for word in one.unread),
        broken=tuple(name for one in lacks for name in one.broken),
        untold=tuple(word for one in lacks for word in one.untold),
        places=tuple(place for one in lacks for place in one.places),
        hints=tuple(hint for one in lacks for hint in one.hints),
    )


def _shared(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words that stand in every group, in the order of the first."""
    return tuple(word for word in groups[0] if all(word in group for group in groups[1:]))
