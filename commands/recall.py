"""记得多少: what of the memory a night may rely on, and what must be seen again.

Asked whether a list has changed, a site may say no for ever: its server sends one ETag whatever the
page says, or a fault inside a document was mended and the list is the same. What would accuse a
unit is therefore seen again: its list, the documents inside which something is missing, and a list
that lost an entry. All the rest is read anew every few weeks.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from commands.claims import GONE_SINCE
from commands.folder import Folder
from commands.judging import uncounted
from monitor.assess import KEPT
from monitor.findings import GOOD
from monitor.matching import answers
from monitor.model import GAPS, Assessment, Document, Remembered
from monitor.store import records
from monitor.store.removed import missed_once
from monitor.wording import Because

Place = tuple[str, str]

#: gaps that are seen inside documents, whose list is the same when they are mended
_BY_THE_INSIDE: Final = frozenset(
    {Because.ELEMENTS_MISSING, Because.ATTACHMENT_BROKEN, Because.DOCUMENT_BROKEN}
)
_UNREAD: Final = frozenset({Because.ELEMENTS_UNREAD, Because.FILES_UNREAD})

#: a column that did not change is read whole after so many days, a few columns each night
_SOONEST: Final = 22
_SPREAD: Final = 7
#: and after so many where a person is asked, because what is inside could not be read
_UNREADABLE: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """所记: what each column showed last, as far as a night may go by it.

    ``again``: documents that are opened again though their list is the same.
    """

    columns: Mapping[Place, Remembered]
    again: Mapping[Place, tuple[Document, ...]]


def recalled(folder: Folder) -> Recalled:
    """What of the memory the night of today may go by."""
    kept = dict(records.remembered(folder.store))
    read_on = records.read_whole_on(folder.store)
    longest = _SOONEST + _SPREAD
    age = {
        place: (folder.today - read_on[place]).days if place in read_on else longest
        for place in kept
    }
    anew = {place for place in kept if age[place] >= _SOONEST + _own_number(place)}
    questions = records.open_questions(folder.store)
    again: defaultdict[Place, list[Document]] = defaultdict(list)
    by_the_inside: list[Assessment] = []
    for place, documents in records.exposing(folder.store).items():
        again[place] += documents  # until it is mended, every night looks whether it is
    for one in records.assessments(folder.store):
        if one.status in GOOD:
            continue
        if one.because in _BY_THE_INSIDE:
            by_the_inside.append(one)
        for place in _places(folder, one) & kept.keys():
            again[place] += questions.get(place, ())
            is_unread = one.because in _UNREAD and age[place] >= _UNREADABLE
            if is_unread or one.because is Because.COLUMN_BROKEN:
                anew.add(place)
            elif one.status in GAPS:
                # the list itself must say it again, not the server's word that nothing changed
                kept[place] = replace(kept[place], etag="", last_modified="")
    # one night missed an entry there: a second must read the list itself
    lost = missed_once(
        folder.store,
        since=folder.today - GONE_SINCE,
        uncounted=uncounted(folder),
    )
    for place in lost & kept.keys():
        kept[place] = replace(kept[place], etag="", last_modified="")
    looked_into = records.looked_into(folder.store, {one.unit for one in by_the_inside})
    for one in by_the_inside:
        for place in _places(folder, one):
            again[place] += _behind(folder, one, looked_into.get(place, ()))
    for place in anew:
        kept[place] = replace(kept[place], etag="", last_modified="", list_digest="")
    return Recalled(
        columns=kept,
        again={place: tuple(dict.fromkeys(found)) for place, found in again.items() if found},
    )


def _behind(folder: Folder, one: Assessment, opened: tuple[Document, ...]) -> Iterator[Document]:
    """The opened documents that a gap inside documents rests on: what one lacks, each may hold.

    An assessment keeps the first of its documents; where it has fewer, these are all.
    """
    match = folder.catalog.requirements[one.requirement].match
    shown = {document.url for document in one.documents}
    for document in opened:
        is_behind = document.url in shown if len(shown) < KEPT else answers(match, document.title)
        if is_behind:
            yield document


def _own_number(place: Place) -> int:
    """A number of days that is always the same for a column, and not for all columns."""
    return zlib.crc32("/".join(place).encode()) % _SPREAD


def _places(folder: Folder, one: Assessment) -> set[Place]:
    requirement = folder.catalog.requirements.get(one.requirement)
    return {(one.unit, column) for column in requirement.columns} if requirement else set()
