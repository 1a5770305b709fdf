"""核查记录入账: the looks of one scan, and what the next night is to remember of each column.

Only a look that could be judged, of a scan that counts, touches the memory of its column; the
others leave their row and nothing else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.absence import Absence, Place
from monitor.ledger.listings import Listing, store_again, store_listings
from monitor.ledger.sightings import LastLook
from monitor.model import JUDGED, Coverage, Document, Observation, Outcome, Remembered, Target
from monitor.store import rows, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The scan that is being recorded, inside its transaction."""

    memory: sa.Connection
    scan: int
    on: date
    wanted: Mapping[Place, Target]
    is_void: bool = False

    def store(self, chunk: tuple[Observation, ...]) -> int:
        """Store what is new among these looks at different targets; how many were."""
        places = [(seen.unit, seen.column) for seen in chunk]
        units = sorted({unit for unit, _ in places})
        known = self._outcomes(units)
        before = self._remembered(units)
        looks: list[rows.Values] = []
        remembered: list[rows.Values] = []
        confirmed: list[rows.Values] = []
        listings: list[Listing] = []
        opened_again: list[tuple[Place, tuple[Document, ...]]] = []
        for place, told in zip(places, chunk, strict=True):
            old = before.get(place)
            seen = _believed(told, old, self.wanted[place], self.scan)
            if not _is_news(seen, known.get(place)):
                continue
            shared = {"scan": self.scan} | self._behind(seen, old)
            judged = not self.is_void and _is_judged(seen)
            looks.append(rows.look_row(seen) | shared | {"judged": judged})
            if not judged:
                continue
            memory = self._memory(seen, old) | shared
            if old is not None and _is_as_before(memory, old):
                confirmed.append(_as_changes(memory))
            else:
                remembered.append(memory)
            if seen.unchanged:
                opened_again.append((place, seen.documents))
            else:
                documents = seen.documents if seen.outcome is Outcome.OPENED else ()
                listings.append(
                    Listing(
                        place=place,
                        documents=documents,
                        last=old and LastLook(scan=old.scan, night=old.verified_on),
                        absence=_absence(seen, old, self.wanted[place]),
                    )
                )
        self._replace(tables.columns_seen, looks, known)
        store_listings(self.memory, listings, scan=self.scan, on=self.on)
        store_again(self.memory, opened_again, scan=self.scan, on=self.on)
        self._replace(tables.remembered, remembered, before)
        if confirmed:
            self.memory.execute(_CONFIRM, confirmed)
        self._index_evidence(chunk)
        return len(looks)

    def _outcomes(self, units: list[str]) -> Mapping[Place, Outcome]:
        seen = tables.columns_seen.c
        # by unit, not by pairs: SQLite finds pairs by reading the whole table
        query = sa.select(seen.unit, seen.column_id, seen.outcome).where(
            seen.scan == self.scan, seen.unit.in_(units)
        )
        return {(unit, column): Outcome[name] for unit, column, name in self.memory.execute(query)}

    def _remembered(self, units: list[str]) -> Mapping[Place, sa.Row[Any]]:
        query = sa.select(tables.remembered).where(tables.remembered.c.unit.in_(units))
        return {(row.unit, row.column_id): row for row in self.memory.execute(query)}

    def _behind(self, seen: Observation, old: sa.Row[Any] | None) -> rows.Values:
        """What a look rests on: its number of documents, and the scan that has its pages."""
        own = self.scan if seen.evidence else None
        if seen.unchanged and old is not None:
            return {"listed": old.listed, "evidence_scan": own or old.evidence_scan}
        return {"listed": len(seen.documents), "evidence_scan": own}

    def _memory(self, seen: Observation, old: sa.Row[Any] | None) -> rows.Values:
        """What the next night is to know of this column."""
        said = rows.remembered_row(seen.remember)
        if seen.unchanged and old is not None:
            said = _renewed(old, said)
        return said | {
            "unit": seen.unit,
            "column_id": seen.column,
            "verified_on": self.on,
            "read_on": old.read_on if seen.unchanged and old is not None else self.on,
            "outcome": seen.outcome.name,
            "phrase": seen.phrase,
            "since": seen.coverage.since,
            "to_end": seen.coverage.to_end,
            "entries": seen.coverage.entries,
            "identity_seen": seen.identity_seen,
            "platform": seen.platform,
        }

    def _replace(self, table: sa.Table, values: list[rows.Values], known: Container[Place]) -> None:
        old = [row for row in values if (row["unit"], row["column_id"]) in known]
        if old:
            key = tuple(table.primary_key)
            row = sa.and_(*(column == sa.bindparam(f"key_{column.name}") for column in key))
            keys = [{f"key_{column.name}": one[column.name] for column in key} for one in old]
            self.memory.execute(sa.delete(table).where(row), keys)
        if values:
            self.memory.execute(sa.insert(table), values)

    def _index_evidence(self, chunk: Iterable[Observation]) -> None:
        pages = {page.sha256: rows.evidence_row(page) for seen in chunk for page in seen.evidence}
        if not pages:
            return
        sha256 = tables.evidence.c.sha256
        for stored in self.memory.scalars(sa.select(sha256).where(sha256.in_(pages))):
            del pages[stored]
        if pages:
            self.memory.execute(sa.insert(tables.evidence), list(pages.values()))


def nobody_looked(target: Target) -> Observation:
    """The look that stands for none."""
    return Observation(
        unit=target.unit,
        column=target.column.id,
        outcome=Outcome.NOT_REACHED,
        address=target.address,
    )


def _is_news(seen: Observation, known: Outcome | None) -> bool:
    """The first look of a scan counts; only "nobody looked" gives way to a look."""
    return known is None or (
        known is Outcome.NOT_REACHED and seen.outcome is not Outcome.NOT_REACHED
    )


def _is_judged(seen: Observation) -> bool:
    """Whether the look may replace what is remembered of the column."""
    if seen.outcome is Outcome.OPENED and not seen.unchanged:
        # a page in which nothing was recognised does not show that its entries are gone
        return bool(seen.documents or seen.coverage.entries)
    return seen.outcome in JUDGED


def _believed(told: Observation, old: sa.Row[Any] | None, target: Target, scan: int) -> Observation:
    """The look with what its "unchanged" refers to filled in from the memory.

    A look older than the memory, and an "unchanged" that does not refer to what is remembered,
    say nothing: to read either as today's list could show entries as missing that are there.
    """
    if old is not None and old.scan > scan:
        return nobody_looked(target)
    if not told.unchanged:
        return told
    if old is None or not _refers_to(target.remembered, old):
        return nobody_looked(target)
    coverage = told.coverage
    is_told = coverage.to_end or coverage.since is not None
    return replace(
        told,
        outcome=Outcome[old.outcome],
        phrase=told.phrase or old.phrase or "",
        platform=told.platform or old.platform or "",
        coverage=replace(
            coverage,
            entries=coverage.entries or old.entries,
            since=coverage.since if is_told else old.since,
            to_end=coverage.to_end if is_told else old.to_end,
        ),
    )


def _absence(seen: Observation, old: sa.Row[Any] | None, target: Target) -> Absence | None:
    """What the last reading of this very list proves of the entries it did not hold.

    Nothing, if it is not the unit's alone; ``is_same`` tells of one found at another place or in
    another form. A page without a list has no form.
    """
    if old is None or old.read_on is None or target.shared or seen.outcome is not Outcome.OPENED:
        return None
    now = seen.remember
    was_list = old.outcome == Outcome.OPENED.name
    return Absence(
        on=old.read_on,
        reach=Coverage(since=old.since, to_end=old.to_end),
        is_plain=was_list and (old.address or "") == now.address,
        is_same=not was_list
        or (
            ("" in {old.address or "", now.address} or old.address == now.address)
            and (old.platform or "") == seen.platform
            and (old.signature or "") in {"", now.signature}
        ),
        address=seen.address,
        platform=seen.platform,
    )


_NOTHING: Final = Remembered()


def _refers_to(asked: Remembered, kept: sa.Row[Any]) -> bool:
    """Whether what was asked with is what is kept; validators may have been left out on purpose."""
    return (
        asked != _NOTHING
        and asked.list_digest == (kept.list_digest or "")
        and asked.etag in {"", kept.etag}
        and asked.last_modified in {"", kept.last_modified}
    )


def _renewed(kept: sa.Row[Any], said: rows.Values) -> rows.Values:
    """What was remembered of a list that did not change, with the validators of today."""
    return {
        "address": said["address"] or kept.address or "",
        "etag": said["etag"] or kept.etag or "",
        "last_modified": said["last_modified"] or kept.last_modified or "",
        "list_digest": kept.list_digest or "",
        "signature": said["signature"] or kept.signature or "",
        "newest": said["newest"] or kept.newest,
    }


#: what each night writes of a column that is as it was
_MOVING: Final = ("scan", "verified_on", "read_on", "evidence_scan")
_STAYING: Final = tuple(one.name for one in tables.remembered.c if one.name not in _MOVING)
_CONFIRM: Final = (
    sa.update(tables.remembered)
    .where(
        tables.remembered.c.unit == sa.bindparam("key_unit"),
        tables.remembered.c.column_id == sa.bindparam("key_column"),
    )
    .values({name: sa.bindparam(f"new_{name}") for name in _MOVING})
)


def _is_as_before(values: rows.Values, kept: sa.Row[Any]) -> bool:
    known = kept._mapping
    return all(known[name] == values[name] for name in _STAYING)


def _as_changes(values: rows.Values) -> rows.Values:
    keys = {"key_unit": values["unit"], "key_column": values["column_id"]}
    return keys | {f"new_{name}": values[name] for name in _MOVING}
