"""记得多少: what of the memory a night may rely on, and what must be seen again.

Asked whether a list has changed, a site may say no for ever: its server sends one ETag whatever the
page says, or a fault inside a document was mended and the list is the same. What would accuse a
unit is therefore seen again; all the rest is read anew every few weeks.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from commands.folder import Folder
from monitor.findings import GOOD
from monitor.model import GAPS, Assessment, Remembered, Status
from monitor.store import records
from monitor.wording import Because

Place = tuple[str, str]

#: gaps that are seen inside documents, whose list is the same when they are mended
_BY_THE_INSIDE: Final = frozenset({Status.PARTIAL, Status.BROKEN})
_UNREAD: Final = frozenset({Because.ELEMENTS_UNREAD, Because.FILES_UNREAD})

#: a column that did not change is read whole after so many days, a few columns each night
_SOONEST: Final = 22
_SPREAD: Final = 7
#: and after so many where a person is asked, because what is inside could not be read
_UNREADABLE: Final = 7


def recalled(folder: Folder) -> Mapping[Place, Remembered]:
    """What each column showed last, as far as this night may go by it."""
    kept = dict(records.remembered(folder.store))
    earliest = folder.today - timedelta(days=_SOONEST + _SPREAD)
    read_on = records.read_whole_on(folder.store, since=earliest)
    age = {place: (folder.today - read_on.get(place, earliest)).days for place in kept}
    anew = {place for place in kept if age[place] >= _SOONEST + _own_number(place)}
    questions = records.open_questions(folder.store)
    for one in records.assessments(folder.store):
        if one.status in GOOD:
            continue
        for place in _places(folder, one) & kept.keys():
            is_unread = one.because in _UNREAD and age[place] >= _UNREADABLE
            if one.status in _BY_THE_INSIDE or is_unread or place in questions:
                anew.add(place)
            elif one.status in GAPS:
                # the list itself must say it again, not the server's word that nothing changed
                kept[place] = replace(kept[place], etag="", last_modified="")
    for place in anew:
        kept[place] = replace(kept[place], etag="", last_modified="", list_digest="")
    return kept


def _own_number(place: Place) -> int:
    """A number of days that is always the same for a column, and not for all columns."""
    return zlib.crc32("/".join(place).encode()) % _SPREAD


def _places(folder: Folder, one: Assessment) -> set[Place]:
    requirement = folder.catalog.requirements.get(one.requirement)
    return {(one.unit, column) for column in requirement.columns} if requirement else set()
