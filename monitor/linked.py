"""关联公开: what a unit's columns show of its linked duties: the looks of a night → pairs. Pure.

Only columns that were conclusively read say anything. What a unit did not make itself (转发, a
higher body's paper) asks for no partner of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from monitor.docnumbers import doc_numbers
from monitor.doubts import doubt
from monitor.makers import is_bare, is_of_others, places_in
from monitor.matching import answering, answers
from monitor.model import (
    Catalog,
    Document,
    Link,
    Match,
    Moment,
    Observation,
    Outcome,
    Pair,
    Requirement,
    Unit,
)
from monitor.pairing import paired
from monitor.periods import DAY

_NOTHING = Match()


def pairs_of(
    requirement: Requirement,
    catalog: Catalog,
    looks: Mapping[str, Observation],
    unit: Unit,
    on: Moment,
    *,
    judged_only: bool = True,
) -> tuple[Pair, ...] | None:
    """The pairs of all links that end in ``requirement``, from the unit's looks by column.

    None when no column with what owes a partner was conclusively read. ``judged_only``: leave
    out links without a day, which no clock judges.
    """
    read = {column: look for column, look in looks.items() if _is_conclusive(look)}
    all_owing = [
        catalog.requirements[link.trigger]
        for link in links_to(requirement, catalog, judged_only=False)
    ]
    found: list[Pair] = []
    was_read = False
    for link in links_to(requirement, catalog, judged_only=judged_only):
        owing = catalog.requirements[link.trigger]
        columns = [name for name in link.columns or owing.columns if name in read]
        was_read = was_read or bool(columns)
        documents = [document for name in columns for document in read[name].documents]
        triggers = tuple(_asked(documents, owing, requirement, link, unit, on))
        if triggers:
            found += _paired(triggers, requirement, all_owing, link, read, unit)
    return tuple(found) if was_read else None


def links_to(
    requirement: Requirement, catalog: Catalog, *, judged_only: bool = True
) -> Iterator[Link]:
    """The links whose partner is this requirement."""
    for link in catalog.links:
        if link.partner == requirement.id and (link.within is not None or not judged_only):
            yield link


def _is_conclusive(look: Observation) -> bool:
    return look.outcome is Outcome.OPENED and doubt(look, str) is None


def _asked(
    documents: Iterable[Document],
    owing: Requirement,
    partner: Requirement,
    link: Link,
    unit: Unit,
    on: Moment,
) -> Iterator[Document]:
    """The documents that ask for a partner: dated, the unit's own, and no partners themselves."""
    places = _own_places(unit)
    for document in answering(documents, owing.match):
        day = document.day
        if day is None or day > on.today + DAY:
            continue
        if link.match != _NOTHING and not answers(link.match, document.title):
            continue
        if partner.match != _NOTHING and answers(partner.match, document.title):
            continue
        if not _is_of_others(document, unit, places) and not _is_old(document, day):
            yield document


def _is_of_others(document: Document, unit: Unit, places: tuple[str, ...]) -> bool:
    """Whether its title or its publisher says that it is another body's, or may well be."""
    said = document.publisher
    if said and any(name in said or name.endswith(said) for name in unit.names):
        return is_of_others(document.title, (), places)
    if any(word in said for word in _HIGHER):
        return True
    names = unit.names
    return is_of_others(document.title, names, places) or is_bare(document.title, names, places)


def _is_old(document: Document, day: date) -> bool:
    """Whether it was made long before it was published here: moved from an older site, perhaps
    without what went with it.
    """
    if document.written_on is not None:
        return day - document.written_on > _AT_HAND
    numbers = (*doc_numbers(document.doc_no), *doc_numbers(document.title))
    return any(date(number.year, 12, 31) + _AT_HAND < day for number in numbers)


#: a document is published at the latest so long after it was made, else it was made elsewhere
_AT_HAND = timedelta(days=90)
#: a publisher with one of these is another body, unless it is the unit
_HIGHER = ("省", "教育部", "国务院", "人民政府", "政府办", "自治区", "财政部", "人大")


def _paired(
    triggers: Iterable[Document],
    requirement: Requirement,
    all_owing: Sequence[Requirement],
    link: Link,
    read: Mapping[str, Observation],
    unit: Unit,
) -> tuple[Pair, ...]:
    """A partner counts wherever it stands.

    What only stands among partners, or is another body's, can leave a doubt, no more.
    """
    places = _own_places(unit)
    everywhere = {document.url: document for look in read.values() for document in look.documents}
    called_so = answering(everywhere.values(), requirement.match)
    partners = [one for one in called_so if not is_of_others(one.title, unit.names, places)]
    doubtful = {one.url: one for one in called_so} | {
        document.url: document
        for name in requirement.columns
        if name in read
        for document in read[name].documents
        # where both stand in one column, what owes a partner is none
        if not any(name in one.columns and answers(one.match, document.title) for one in all_owing)
    }
    for partner in partners:
        del doubtful[partner.url]
    return paired(
        triggers,
        partners,
        doubtful=doubtful.values(),
        of=link.trigger,
        keys=link.keys,
        own_places=places,
    )


def _own_places(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for name in unit.names for place in places_in(name)))
