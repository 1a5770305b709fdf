"""未见之夜: for entries seen for the first time, the last night that shows they were not there.

Whoever puts an entry up late may write any day on it. A list that was read that far and did not
hold it says better since when it can have been public.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from monitor.dating import TOLERANCE
from monitor.model import Coverage, Outcome, Ruling
from monitor.store import rows, tables
from monitor.store.rows.parts import listed

#: (unit code, column id)
Place = tuple[str, str]

_DOCUMENTS: Final = tables.documents.c
#: titles asked for in one statement
_ASKED: Final = 500
#: scans that are searched for a night that counts, and for a second sight of an empty column
_LOOKED_BACK: Final = 60
_NOT_MODIFIED: Final = 304
#: a reading of so long ago is told as it is, without a look for what came after it
_RECENTLY: Final = timedelta(days=3)
_OPENED: Final = Outcome.OPENED.name
_EMPTY: Final = Outcome.SAYS_EMPTY.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """未见: the night a list was last read, not only found to be unchanged, and how far."""

    on: date
    reach: Coverage
    is_plain: bool = True  # a list at an address that is known
    is_same: bool = True  # as far as is known, it stood where it stands tonight, in the same form
    address: str = ""  # tonight's
    platform: str = ""


def note_absence(
    memory: sa.Connection,
    added: Iterable[rows.Values],
    absences: Mapping[Place, Absence | None],
    *,
    listed: Mapping[Place, Collection[str]],
    scan: int,
    on: date,
) -> None:
    """Set ``last_absent_on`` of new entries; None where nothing proves they were not there.

    ``listed``: the identities of all that a column lists tonight.

    An entry that bears an earlier day than that night may also have moved: from another column, or
    to another address. Its title was seen before, then.
    """
    readings = _Readings(memory, listed, scan=scan, on=on)
    late: dict[str, list[rows.Values]] = {}
    for values in added:
        place = (values["unit"], values["column_id"])
        absence = absences[place]
        day = values["published_on"]
        if values["first_seen_on"] != on and (before := values["last_absent_on"]):
            # its day may be an earlier one now: another part of the list must have been read
            is_late = day is not None and day < before - TOLERANCE
            if is_late and not readings.reached(place, before, day):
                values["last_absent_on"] = None
        if absence is None or values["first_seen_on"] != on:
            continue
        values["last_absent_on"] = night = readings.last_without(place, absence, day)
        if night is not None and day is not None and day < night:
            late.setdefault(values["unit"], []).append(values)
    for unit, doubtful in late.items():
        seen_before = _titles_before(memory, unit, {values["title"] for values in doubtful}, scan)
        for values in doubtful:
            if values["title"] in seen_before:
                values["last_absent_on"] = None


class _Readings:
    """读到列表的各晚: those that count, looked up where the last reading does not settle it.

    Void nights prove nothing, nor do those of units whose verdicts wait or were discarded: a night
    is held after it was recorded. One that bears a later day than tonight, by a wrong clock, was a
    reading, but nobody knows of which night.
    """

    def __init__(
        self,
        memory: sa.Connection,
        listed: Mapping[Place, Collection[str]],
        *,
        scan: int,
        on: date,
    ) -> None:
        self._memory = memory
        self._listed = listed
        self._on = on
        self._scan = scan
        self._nights: dict[int, date] = {}
        self._uncounted: dict[int, frozenset[str]] = {}  # without units: the whole scan
        self._known: dict[Place, list[Absence]] = {}

    def last_without(self, place: Place, last: Absence, day: date | None) -> date | None:
        """The last night whose list was read as far as ``day``; ``last``: the last of all."""
        counts = self._counts(place[0], last.on)
        if counts and not last.is_same:
            return None
        is_new = last.on >= self._on - _RECENTLY and (day is None or day >= last.on - TOLERANCE)
        if counts and last.is_plain and is_new:
            return last.on if last.reach.reaches(day or date.min) else None
        if place not in self._known:
            self._known[place] = list(self._of(place, last))
        reaching = (one.on for one in self._known[place] if one.reach.reaches(day or date.min))
        return next(reaching, None)

    def reached(self, place: Place, night: date, day: date) -> bool:
        """Whether a look of a night read this list as far as ``day``."""
        seen, scans = tables.columns_seen.c, tables.scans.c
        of_night = self._memory.scalars(sa.select(scans.seq).where(scans.night == night))
        query = sa.select(tables.columns_seen).where(
            seen.scan.in_(list(of_night)),
            seen.unit == place[0],
            seen.column_id == place[1],
            seen.outcome == _OPENED,
        )
        return any(
            Coverage(since=row.since, to_end=row.to_end).reaches(day) and self._shares(row, place)
            for row in self._memory.execute(query).all()
        )

    def _counts(self, unit: str, night: date) -> bool:
        """Whether each scan of a night before tonight counts for a unit."""
        of_night = [seq for seq, day in self._all_nights().items() if day == night]
        is_counted = not any(self._is_uncounted(seq, unit) for seq in of_night)
        return bool(of_night) and is_counted and night < self._on

    def _of(self, place: Place, last: Absence) -> Iterator[Absence]:
        """The nights that read this very list, the newest first.

        A list of one page that was found to be equal was read, too: there is no more of it. That a
        column is empty is believed at the second sight, as it is when a unit is told so, and only
        where nothing was listed before: a site whose data is down says the same.
        """
        looks = [(row, self._proves(row, last)) for row in self._looks(place)]
        once_full = any(row.outcome == _OPENED and row.listed for row, _ in looks)
        empty = 0 if once_full else sum(proves for _, proves in looks)
        equal: date | None = None  # the last night that found what the reading before it holds
        for row, proves in looks:
            if row.unchanged:
                if equal is None and proves and row.http_status != _NOT_MODIFIED:
                    equal = self._past(row)
                continue
            is_whole = row.outcome == _OPENED and row.to_end and row.pages == 1
            night = equal if equal is not None and is_whole else self._past(row)
            equal = None
            if not proves or night is None:
                continue
            if self._shares(row, place) if row.outcome == _OPENED else empty > 1:
                yield Absence(on=night, reach=Coverage(since=row.since, to_end=row.to_end))

    def _proves(self, row: sa.Row[Any], last: Absence) -> bool:
        """Whether a look counts, and was at the list of tonight; an empty page has no form."""
        platform = row.platform or ""
        return (
            not self._is_uncounted(row.scan, row.unit)
            and (row.address or "") == last.address
            and (platform == last.platform or (row.outcome == _EMPTY and not platform))
        )

    def _shares(self, row: sa.Row[Any], place: Place) -> bool:
        """Whether a list held, with its day, anything that tonight's holds.

        Else it may have been another one, read in its place, or one whose days were lost.
        """
        query = sa.select(_DOCUMENTS.identity).where(
            _DOCUMENTS.unit == place[0],
            _DOCUMENTS.column_id == place[1],
            _DOCUMENTS.first_scan <= row.scan,
            sa.or_(_DOCUMENTS.last_scan.is_(None), _DOCUMENTS.last_scan >= row.scan),
            _DOCUMENTS.published_on.is_not(None),
        )
        return not frozenset(self._memory.scalars(query)).isdisjoint(self._listed[place])

    def _past(self, row: sa.Row[Any]) -> date | None:
        night = self._nights[row.scan]
        return night if night < self._on else None

    def _looks(self, place: Place) -> Iterable[sa.Row[Any]]:
        seen = tables.columns_seen.c
        # each scan by its number: SQLite would read all units of a range of them
        query = sa.select(tables.columns_seen).where(
            seen.scan.in_(list(self._all_nights())),
            seen.unit == place[0],
            seen.column_id == place[1],
            seen.judged,
            seen.outcome.in_((_OPENED, _EMPTY)),
        )
        return self._memory.execute(query.order_by(seen.scan.desc())).all()

    def _is_uncounted(self, scan: int, unit: str) -> bool:
        units = self._uncounted.get(scan)
        return units is not None and (not units or unit in units)

    def _all_nights(self) -> Mapping[int, date]:
        """The last scans before this one with their nights."""
        if self._nights:
            return self._nights
        scans, holds = tables.scans.c, tables.holds.c
        query = sa.select(scans.seq, scans.night, scans.void).where(scans.seq < self._scan)
        found = self._memory.execute(query.order_by(scans.seq.desc()).limit(_LOOKED_BACK)).all()
        waiting = sa.select(holds.scan, holds.units).where(
            holds.units.is_not(None),
            sa.or_(holds.ruling.is_(None), holds.ruling != Ruling.RELEASED.name),
        )
        for scan, units in self._memory.execute(waiting):
            self._uncounted[scan] = frozenset(listed(units))
        self._uncounted |= {row.seq: frozenset() for row in found if row.void}
        self._nights |= {row.seq: row.night for row in found}
        return self._nights


def _titles_before(memory: sa.Connection, unit: str, titles: set[str], scan: int) -> set[str]:
    found: set[str] = set()
    asked = sorted(titles)
    for start in range(0, len(asked), _ASKED):
        query = sa.select(_DOCUMENTS.title).where(
            _DOCUMENTS.unit == unit,
            _DOCUMENTS.title.in_(asked[start : start + _ASKED]),
            _DOCUMENTS.first_scan < scan,
        )
        found.update(memory.scalars(query))
    return found
