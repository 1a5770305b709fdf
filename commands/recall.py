"""记得多少: what of the memory a night may rely on, and what must be seen again.

Asked whether a list has changed, a site may say no for ever: its server sends one ETag whatever the
page says, or a fault inside a document was mended and the list is the same. What would accuse a
unit is therefore seen again; all the rest is read anew every few weeks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from commands.folder import Folder
from monitor.findings import GOOD
from monitor.model import GAPS, Assessment, Remembered, Status
from monitor.store import records
from monitor.wording import Because

Place = tuple[str, str]

#: a column that did not change is read whole after so many days, a few columns each night
_SOONEST: Final = 22
_SPREAD: Final = 7


def recalled(folder: Folder) -> Mapping[Place, Remembered]:
    """What each column showed last, as far as this night may go by it."""
    kept = dict(records.remembered(folder.store))
    for place in _stale(folder, kept):
        kept[place] = _forgotten(kept[place])
    questions = records.open_questions(folder.store)
    for one in records.assessments(folder.store):
        for place in _places(folder, one):
            if place not in kept or one.status in GOOD:
                continue
            if _rests_on_inside(one) or place in questions:
                kept[place] = _forgotten(kept[place])
            elif one.status in GAPS:
                # the list itself must say it again, not the server's word that nothing changed
                kept[place] = replace(kept[place], etag="", last_modified="")
    return kept


def _stale(folder: Folder, kept: Mapping[Place, Remembered]) -> Iterator[Place]:
    """Columns that are due to be read whole."""
    read_on = records.read_whole_on(
        folder.store, since=folder.today - timedelta(days=_SOONEST + _SPREAD)
    )
    for place in kept:
        days = _SOONEST + zlib.crc32("/".join(place).encode()) % _SPREAD
        if place not in read_on or (folder.today - read_on[place]).days >= days:
            yield place


def _places(folder: Folder, one: Assessment) -> Iterator[Place]:
    requirement = folder.catalog.requirements.get(one.requirement)
    for column in requirement.columns if requirement else ():
        yield one.unit, column


def _rests_on_inside(one: Assessment) -> bool:
    unread = {Because.ELEMENTS_UNREAD, Because.FILES_UNREAD}
    return one.status in {Status.PARTIAL, Status.BROKEN} or one.because in unread


def _forgotten(last: Remembered) -> Remembered:
    return replace(last, etag="", last_modified="", list_digest="")
