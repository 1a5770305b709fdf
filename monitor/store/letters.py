"""读取待发邮件: how the letters stand. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import LetterKind, LetterState, Posting
from monitor.store import reading, tables
from monitor.store.rows.parts import listed
from monitor.wording import Trouble

_LETTERS: Final = tables.letters
#: all but what is long
_HEAD: Final = [column for column in _LETTERS.c if column.name not in ("content", "short")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """待发情况: how many letters there are in each state, and why the queue does not move."""

    counts: Mapping[LetterState, int]
    failing_since: datetime | None  # None: nothing that waits has failed yet
    told: str  # what was said of the letter that has failed longest


def postings(
    engine: sa.Engine, states: Collection[LetterState] = (), *, unit: str = ""
) -> tuple[Posting, ...]:
    """The letters in these states, or all of them; the newest first."""
    query = sa.select(*_HEAD).order_by(_LETTERS.c.seq.desc())
    if states:
        query = query.where(_LETTERS.c.state.in_([state.name for state in states]))
    if unit:
        query = query.where(_LETTERS.c.unit == unit)
    with reading(engine) as memory:
        return tuple(map(posting, memory.execute(query)))


def written_to(engine: sa.Engine, *, since: datetime) -> set[tuple[str, str]]:
    """The units and recipients that a letter went to since then, or is going to, or may have."""
    table = _LETTERS.c
    gone = (LetterState.SENT.name, LetterState.UNCLEAR.name)
    going = (LetterState.SENDING.name, LetterState.HANDING_OVER.name)
    query = sa.select(table.unit, table.recipient).where(
        table.state.in_(going) | (table.state.in_(gone) & (table.settled_at >= since))
    )
    with reading(engine) as memory:
        return {(row.unit or "", row.recipient) for row in memory.execute(query)}


def content(engine: sa.Engine, number: int) -> tuple[bytes, str]:
    """The message of a letter, as it goes out but for sender and date, and the same in short."""
    with reading(engine) as memory:
        found = memory.execute(
            sa.select(_LETTERS.c.content, _LETTERS.c.short).where(_LETTERS.c.seq == number)
        ).one_or_none()
    if found is None:
        raise Trouble.LETTER_ABSENT.error(number=number)
    return bytes(found.content), found.short or ""


def waiting(engine: sa.Engine) -> Waiting:
    """How the outbox stands."""
    table = _LETTERS.c
    counted = sa.select(table.state, sa.func.count()).group_by(table.state)
    failing = (
        sa.select(table.failing_since, table.told)
        .where(table.state == LetterState.QUEUED.name, table.failing_since.is_not(None))
        .order_by(table.failing_since, table.seq)
        .limit(1)
    )
    with reading(engine) as memory:
        counts = {LetterState[state]: count for state, count in memory.execute(counted)}
        worst = memory.execute(failing).first()
    return Waiting(
        counts=counts,
        failing_since=worst.failing_since if worst else None,
        told=(worst.told or "") if worst else "",
    )


def posting(row: sa.Row[Any]) -> Posting:
    """The record of a row."""
    return Posting(
        number=row.seq,
        event=row.event,
        kind=LetterKind[row.kind],
        unit=row.unit or "",
        day=row.day,
        recipient=row.recipient,
        findings=listed(row.findings),
        subject=row.subject,
        message_id=row.message_id,
        state=LetterState[row.state],
        tries=row.tries,
        next_at=row.next_at,
        failing_since=row.failing_since,
        told=row.told or "",
        made_at=row.made_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by or "",
    )
