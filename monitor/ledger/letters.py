"""待发邮件的流转: never lost, never sent twice by our doing.

A letter is claimed by one sender for a while (a lease). ``HANDING_OVER`` is written before the
server may take the message: what is found in that state after a crash may have arrived, so it is
UNCLEAR and waits for a person. What is found in any earlier state goes back into the queue.

``tries`` grows with every claim and is the claim's token: who woke up after the lease ended, and
finds another number, has lost the letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from monitor.model import (
    ASKS_TO_MEND,
    OFFICER_FIRST,
    TO_THE_OFFICE,
    LetterKind,
    LetterMove,
    LetterState,
    Mailing,
    State,
)
from monitor.store import rows, tables, writing
from monitor.store.rows.parts import list_text, listed
from monitor.wording import MailNote, Trouble

_LETTERS: Final = tables.letters
_AT: Final = _LETTERS.c
#: what a finding must be for its unit to be asked to mend it
_ASKED: Final = frozenset({State.ASSIGNED, State.REOPENED})

#: what a person can do with a letter, and what it becomes
LETTER_MOVES: Final[Mapping[tuple[LetterState, LetterMove], LetterState]] = {
    (LetterState.HELD, LetterMove.RELEASE): LetterState.QUEUED,
    (LetterState.HELD, LetterMove.CANCEL): LetterState.CANCELLED,
    (LetterState.HELD, LetterMove.BY_HAND): LetterState.BY_HAND,
    (LetterState.QUEUED, LetterMove.HOLD): LetterState.HELD,
    (LetterState.QUEUED, LetterMove.CANCEL): LetterState.CANCELLED,
    (LetterState.QUEUED, LetterMove.BY_HAND): LetterState.BY_HAND,
    (LetterState.UNCLEAR, LetterMove.RESEND): LetterState.QUEUED,
    (LetterState.UNCLEAR, LetterMove.DELIVERED): LetterState.SENT,
    (LetterState.UNCLEAR, LetterMove.BOUNCED): LetterState.REFUSED,
    (LetterState.UNCLEAR, LetterMove.BY_HAND): LetterState.BY_HAND,
    (LetterState.REFUSED, LetterMove.RESEND): LetterState.QUEUED,
    (LetterState.REFUSED, LetterMove.BY_HAND): LetterState.BY_HAND,
    (LetterState.SENT, LetterMove.BOUNCED): LetterState.REFUSED,
    (LetterState.CANCELLED, LetterMove.RESEND): LetterState.QUEUED,
}
_WITH_A_SENDER: Final = frozenset({LetterState.SENDING, LetterState.HANDING_OVER})
#: that a server took a letter may be learnt after it was taken for UNCLEAR, and after a person put
#: it back into the queue
_LATE_NEWS: Final = _WITH_A_SENDER | {LetterState.UNCLEAR, LetterState.QUEUED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """认领: one letter that one sender may send until its lease ends."""

    number: int
    turn: int  # the token; also the how-manieth try this is
    sender: str
    kind: LetterKind
    unit: str
    recipient: str
    message_id: str
    content: bytes
    failing_since: datetime | None


def put(engine: sa.Engine, mailings: Iterable[Mailing], *, at: datetime, hold: bool = False) -> int:
    """Put letters into the outbox; how many were new: the same event and recipient is there once.

    What waits for the officer is HELD, and with ``hold`` (the first month) all but what stays in
    the office. The event makes the identity, not the day: telling it again changes nothing.
    """
    with writing(engine) as memory:
        return sum(_put(memory, one, at, hold) for one in mailings)


def rewrite(
    engine: sa.Engine, mailings: Iterable[Mailing], *, at: datetime, hold: bool = False
) -> int:
    """Bring what waits for the units up to today; how many letters are new.

    ``mailings``: every letter that is true today, also those that wait already. These are told in
    today's words and wait on as they did; what waits and is true no more is cancelled. One that
    was cancelled so, not by a person, comes back when it is true again.
    """
    with writing(engine) as memory:
        stale = _waiting_letters(memory)
        new = 0
        for one in mailings:
            if (number := stale.pop((one.event, one.recipient), None)) is None:
                new += _put(memory, one, at, hold) or _revive(memory, one, at, hold)
            else:
                memory.execute(_LETTERS.update().where(_AT.seq == number).values(_told_by(one)))
        for number in stale.values():
            _settle(memory, number, LetterState.CANCELLED, MailNote.SUPERSEDED.tell(), at)
        return new


def _waiting_letters(memory: sa.Connection) -> dict[tuple[str, str], int]:
    """The letters to units that nobody is sending, by event and recipient."""
    found = memory.execute(
        sa.select(_AT.event, _AT.recipient, _AT.seq).where(
            _AT.state.in_([LetterState.HELD.name, LetterState.QUEUED.name]),
            _AT.kind.not_in([kind.name for kind in TO_THE_OFFICE]),
        )
    )
    return {(row.event, row.recipient): row.seq for row in found}


def _revive(memory: sa.Connection, mailing: Mailing, at: datetime, hold: bool) -> bool:
    by_itself = sa.func.coalesce(_AT.settled_by, "") == ""
    done = memory.execute(
        sa.update(_LETTERS)
        .where(
            _AT.event == mailing.event,
            _AT.recipient == mailing.recipient,
            _AT.state == LetterState.CANCELLED.name,
            by_itself,
        )
        .values(**_told_by(mailing), **_waiting(mailing, at, hold), settled_at=None)
    )
    return done.rowcount == 1


def _put(memory: sa.Connection, mailing: Mailing, at: datetime, hold: bool) -> bool:
    same = (_AT.event == mailing.event) & (_AT.recipient == mailing.recipient)
    if memory.scalar(sa.select(_AT.seq).where(same)) is not None:
        return False
    memory.execute(
        sa.insert(_LETTERS).values(
            **_told_by(mailing),
            event=mailing.event,
            kind=mailing.kind.name,
            unit=mailing.unit,
            recipient=mailing.recipient,
            message_id=mailing.message_id,
            tries=0,
            made_at=at,
            **_waiting(mailing, at, hold),
        )
    )
    return True


def _told_by(mailing: Mailing) -> rows.Values:
    """What a letter tells, as it was composed."""
    return {
        "day": mailing.day,
        "findings": list_text(mailing.findings),
        "subject": mailing.subject,
        "content": mailing.content,
        "short": mailing.short,
    }


def _waiting(mailing: Mailing, at: datetime, hold: bool) -> rows.Values:
    """How a letter that has not gone out yet waits; the one to nobody for the officer."""
    held = mailing.kind in OFFICER_FIRST or (hold and mailing.kind not in TO_THE_OFFICE)
    state = LetterState.HELD if held or not mailing.recipient else LetterState.QUEUED
    told = None if mailing.recipient else MailNote.NOBODY.tell()
    return {"state": state.name, "next_at": at, "told": told}


# --- by the sender ---------------------------------------------------------------------


def claim(
    engine: sa.Engine,
    *,
    sender: str,
    at: datetime,
    lease: timedelta,
    kinds: Collection[LetterKind] = tuple(LetterKind),
    written_to: Collection[tuple[str, str]] = (),
    tomorrow: datetime | None = None,
) -> Claim | None:
    """Take the letter that waits longest, for ``lease``; None when none is due.

    What asks to mend findings that are mended, or in doubt, by now is cancelled instead. A second
    letter to a unit and recipient that were ``written_to`` today waits until ``tomorrow``.
    """
    due = (
        sa.select(_LETTERS)
        .where(
            _AT.state == LetterState.QUEUED.name,
            _AT.next_at <= at,
            _AT.kind.in_([kind.name for kind in kinds]),
        )
        .order_by(_AT.next_at, _AT.seq)
        .limit(1)
    )
    with writing(engine) as memory:
        while (row := memory.execute(due).first()) is not None:
            kind, turn = LetterKind[row.kind], row.tries + 1
            if kind in ASKS_TO_MEND and _is_overtaken(memory, listed(row.findings)):
                _settle(memory, row.seq, LetterState.CANCELLED, MailNote.OVERTAKEN.tell(), at)
                continue
            if tomorrow and row.unit and (row.unit, row.recipient) in written_to:
                later = {"next_at": tomorrow, "told": MailNote.ONE_A_DAY.tell()}
                memory.execute(_LETTERS.update().where(_AT.seq == row.seq).values(later))
                continue
            memory.execute(
                sa.update(_LETTERS)
                .where(_AT.seq == row.seq, _AT.state == LetterState.QUEUED.name)
                .values(
                    state=LetterState.SENDING.name,
                    tries=turn,
                    claim=sender,
                    claim_until=at + lease,
                )
            )
            return Claim(
                number=row.seq,
                turn=turn,
                sender=sender,
                kind=kind,
                unit=row.unit or "",
                recipient=row.recipient,
                message_id=row.message_id,
                content=bytes(row.content),
                failing_since=row.failing_since,
            )
    return None


def _is_overtaken(memory: sa.Connection, numbers: tuple[str, ...]) -> bool:
    table = tables.findings.c
    states = memory.scalars(sa.select(table.state).where(table.number.in_(numbers))).all()
    return bool(states) and not any(State[state] in _ASKED for state in states)


def hand_over(engine: sa.Engine, claim: Claim, *, at: datetime, lease: timedelta) -> bool:
    """Write down that the server may take the message from now on; False: the claim is lost.

    It is committed before this returns. Without it nobody may end the message.
    """
    with writing(engine) as memory:
        done = memory.execute(
            sa.update(_LETTERS)
            .where(
                *_held_by(claim),
                _AT.state == LetterState.SENDING.name,
                _AT.claim_until > at,
            )
            .values(state=LetterState.HANDING_OVER.name, claim_until=at + lease)
        )
        return done.rowcount == 1


def settle(
    engine: sa.Engine,
    claim: Claim,
    state: LetterState,
    *,
    told: str,
    at: datetime,
    again_at: datetime | None = None,
) -> bool:
    """Write down what became of a claimed letter; False: the claim was lost meanwhile.

    ``again_at``: when to try again, for a letter that goes back into the queue. That a server did
    take a letter is never too late to learn.
    """
    open_states = _LATE_NEWS if state is LetterState.SENT else _WITH_A_SENDER
    values: rows.Values = {"state": state.name, "told": told, "claim_until": None}
    if state is LetterState.QUEUED:
        values |= {
            "next_at": again_at or at,
            "failing_since": sa.func.coalesce(_AT.failing_since, at),
        }
    elif state is not LetterState.HELD:  # tried out, and waiting still
        values |= {"settled_at": at}
    with writing(engine) as memory:
        done = memory.execute(
            sa.update(_LETTERS)
            .where(*_held_by(claim), _AT.state.in_([one.name for one in open_states]))
            .values(values)
        )
        return done.rowcount == 1


def postpone(engine: sa.Engine, *, until: datetime, told: str, at: datetime) -> int:
    """Let the whole queue wait, when it is the server that does not serve; how many wait."""
    with writing(engine) as memory:
        return memory.execute(
            sa.update(_LETTERS)
            .where(_AT.state == LetterState.QUEUED.name, _AT.next_at < until)
            .values(next_at=until, told=told, failing_since=sa.func.coalesce(_AT.failing_since, at))
        ).rowcount


def release_expired(engine: sa.Engine, *, at: datetime) -> int:
    """Take letters from senders that are gone; how many are UNCLEAR now.

    What was not handed over goes back into the queue: nobody can have received it.
    """
    gone = sa.select(_AT.seq, _AT.recipient, _AT.claim_until).where(_AT.claim_until <= at)
    with writing(engine) as memory:
        memory.execute(
            sa.update(_LETTERS)
            .where(_AT.state == LetterState.SENDING.name, _AT.claim_until <= at)
            .values(
                state=LetterState.QUEUED.name,
                told=MailNote.INTERRUPTED.tell(),
                next_at=at,
                claim_until=None,
            )
        )
        unclear = memory.execute(gone.where(_AT.state == LetterState.HANDING_OVER.name)).all()
        for row in unclear:
            told = MailNote.UNCLEAR.tell(address=row.recipient, time=f"{at:%Y-%m-%d %H:%M}")
            _settle(memory, row.seq, LetterState.UNCLEAR, told, at)
        return len(unclear)


def _held_by(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (_AT.seq == claim.number, _AT.claim == claim.sender, _AT.tries == claim.turn)


def _settle(
    memory: sa.Connection, number: int, state: LetterState, told: str, at: datetime
) -> None:
    memory.execute(
        sa.update(_LETTERS)
        .where(_AT.seq == number)
        .values(state=state.name, told=told, settled_at=at, claim_until=None)
    )


# --- by a person -----------------------------------------------------------------------


def decide(
    engine: sa.Engine,
    numbers: Collection[int],
    move: LetterMove,
    *,
    by: str,
    at: datetime,
    reason: str = "",
) -> tuple[LetterState, ...]:
    """What the officer does with these letters, all or none; their new states."""
    with writing(engine) as memory:
        return tuple(_decide(memory, number, move, by, at, reason) for number in numbers)


def _decide(
    memory: sa.Connection, number: int, move: LetterMove, by: str, at: datetime, reason: str
) -> LetterState:
    found = memory.execute(
        sa.select(_AT.state, _AT.recipient).where(_AT.seq == number)
    ).one_or_none()
    if found is None:
        raise Trouble.LETTER_ABSENT.error(number=number)
    before = LetterState[found.state]
    after = LETTER_MOVES.get((before, move))
    if after is None:
        raise Trouble.LETTER_MOVE.error(number=number, state=before.value, move=move.value)
    if after is LetterState.QUEUED and not found.recipient:
        raise Trouble.LETTER_NOBODY.error(number=number)
    waits = after in (LetterState.QUEUED, LetterState.HELD)
    memory.execute(
        sa.update(_LETTERS)
        .where(_AT.seq == number)
        .values(
            state=after.name,
            told=reason or move.value,
            next_at=at if waits else _AT.next_at,
            failing_since=None if waits else _AT.failing_since,
            settled_at=None if waits else at,
            settled_by=by,
        )
    )
    return after


def hasten(engine: sa.Engine, *, at: datetime) -> int:
    """立即重试: let nothing in the queue wait for its next try; how many would have waited."""
    with writing(engine) as memory:
        return memory.execute(
            sa.update(_LETTERS)
            .where(_AT.state == LetterState.QUEUED.name, _AT.next_at > at)
            .values(next_at=at)
        ).rowcount
