"""历次所见: what an entry's row keeps of the days it bore while its words were the same.

Every change of a day begins a row of its own, so the rows are the history. Two things they would
lose are kept beside: since when the words are the same, and that a day moves along each night,
which would be a row a night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import DateSource, Reading
from monitor.store import rows

#: the fields of ``kept``
KEPT: Final = ("words", "words_since", "words_day", "nightly")

_NOT_SEEN: Final = frozenset({Reading.UNOPENED.name, Reading.BROKEN.name})


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLook:
    """上一次: the scan and the night in which the column was last looked at, and judged."""

    scan: int
    night: date


def continues(
    row: sa.Row[Any], values: rows.Values, *, on: date, last: LastLook | None
) -> rows.Values | None:
    """What the row keeps if it goes on with what ``on`` saw; None if that begins a new one.

    A row whose day was that of its night at every look goes on while that is so.
    """
    if row.title != values["title"]:
        return None
    day, source = values["published_on"], values["date_source"]
    moved = day != row.published_on
    if row.nightly:
        along = day == on and (moved or (last is not None and last.night == on))
        return kept(row, values, on=on) | {"nightly": True} if along else None
    if not moved:
        return kept(row, values, on=on)
    begins = (
        last is not None
        and day == on
        and row.published_on == last.night
        and row.first_scan == last.scan
        and source == row.date_source != DateSource.RELATIVE.name
    )
    return kept(row, values, on=on) | {"nightly": True} if begins else None


def kept(row: sa.Row[Any] | None, values: rows.Values, *, on: date) -> rows.Values:
    """Since when the words are those of tonight, and the day they bore then.

    Words that could not be read tonight are taken for those of the last time.
    """
    words = _words(values)
    if row is not None and (values["reading"] in _NOT_SEEN or (words and row.words == words)):
        words, since, day = row.words, row.words_since, row.words_day
    elif words is not None:
        since, day = on, values["published_on"]
    else:
        since = day = None
    return {"words": words, "words_since": since, "words_day": day, "nightly": None}


def _words(values: rows.Values) -> str | None:
    """All that an entry says and where its day stands; None where more may stand in pictures.

    A day that is read in another place is another day, whatever the unit did.
    """
    source = values["date_source"]
    if values["reading"] != Reading.WHOLE.name or not values["digest"] or source is None:
        return None
    return None if source == DateSource.RELATIVE.name else f"{source}:{values['digest']}"
