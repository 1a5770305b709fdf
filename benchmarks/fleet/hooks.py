"""接口: what the program says beside its findings; None as long as it judges no such thing.

``score`` compares with the truth what stands here. A judgement that is built elsewhere is asked
for here by the trace it leaves in the memory; where that trace is another in the end, it is these
functions that change. Entries are named by unit code, column id and the number in their address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from benchmarks.fleet.duties import PARTNER
from monitor.model import RemarkKind
from monitor.store import reading, tables
from monitor.wording import Because

EntryName = tuple[str, str, int]

_DOCUMENTS = tables.documents.c
_SERIAL = re.compile(r"/(\d+)\.html$")
#: the reason of a document without its partner, once there is one
_UNPAIRED = "PAIR_MISSING"
_DOC_NO = re.compile(r"望小〔\d{4}〕\d+号")
#: how far before an unseen night an entry's day must lie, in days
_TOLERANCE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdating:
    """一条倒签 as the program knows it; days are ordinals."""

    entry: EntryName
    claimed: int
    absent: int  # the last night that was read and did not show it

    @property
    def days_late(self) -> int:
        """The least number of days it came after the day it bears."""
        return self.absent - self.claimed


def backdated(store: sa.Engine) -> tuple[Backdating, ...]:
    """Every entry that was remarked on: it bears a day well before a night that did not show it."""
    query = sa.select(
        _DOCUMENTS.unit,
        _DOCUMENTS.column_id,
        _DOCUMENTS.url,
        _DOCUMENTS.published_on,
        _DOCUMENTS.last_absent_on,
        _DOCUMENTS.first_seen_on,
    ).where(_DOCUMENTS.last_absent_on.is_not(None), _DOCUMENTS.published_on.is_not(None))
    found = []
    remarks = tables.remarks.c
    remarked = sa.select(remarks.unit, remarks.column_id, remarks.subject).where(
        remarks.kind == RemarkKind.BACKDATED.name
    )
    with reading(store) as memory:
        told = {tuple(row) for row in memory.execute(remarked)}
        for unit, column, url, claimed, absent, first in memory.execute(query):
            serial = _SERIAL.search(url)
            if (unit, column, first.isoformat()) not in told:
                continue
            if serial and claimed < absent - _TOLERANCE:
                found.append(
                    Backdating(
                        entry=(unit, column, int(serial[1])),
                        claimed=claimed.toordinal(),
                        absent=absent.toordinal(),
                    )
                )
    return tuple(found)


def judges_links() -> bool:
    return _UNPAIRED in Because.__members__


@dataclass(kw_only=True)
class Watch:
    """What only the night itself shows: the facts of a verdict are those of its last night."""

    # unit, number of the document → on how many nights it was said
    unpaired: Counter[tuple[str, str]] = field(default_factory=Counter)

    def look(self, store: sa.Engine) -> None:
        """Take in what a night said, not what only stands since another one."""
        if not judges_links():
            return
        judged = tables.assessments.c
        tonight = sa.select(sa.func.max(tables.scans.c.seq)).scalar_subquery()
        query = sa.select(judged.unit, judged.facts).where(
            judged.latest,
            judged.last_scan == tonight,
            judged.requirement == PARTNER.id,
            judged.because == _UNPAIRED,
        )
        with reading(store) as memory:
            for unit, facts in memory.execute(query):
                self.unpaired.update({(unit, doc_no) for doc_no in _numbers(json.loads(facts))})

    def lacking_partner(self) -> Mapping[tuple[str, str], int] | None:
        """Every document of which it was said that what must follow it has not; how often."""
        return self.unpaired if judges_links() else None


def removed(store: sa.Engine) -> frozenset[EntryName] | None:
    """Every entry of which it was said that it was taken down without a word."""
    told = tables.remarks.c
    query = sa.select(told.unit, told.column_id, told.subject).where(
        told.kind == RemarkKind.REMOVED.name
    )
    with reading(store) as memory:
        return frozenset(
            (unit, column, int(serial[1]) if (serial := _SERIAL.search(url)) else 0)
            for unit, column, url in memory.execute(query)
        )


def _numbers(facts: Any) -> list[str]:
    return _DOC_NO.findall(json.dumps(facts, ensure_ascii=False))
