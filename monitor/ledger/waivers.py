"""不涉及入账: asked for, approved, confirmed for another year, ended; one transaction each.

Nothing is deleted, and what was decided is not decided again: a waiver that is confirmed anew gets
a number of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from monitor.ledger.chain import seal
from monitor.model import Requirement, Unit, Waiver, WaiverRequest
from monitor.store import rows, tables, writing
from monitor.waivers import LEGAL, LONG, is_live, last_day, may_approve, state_of
from monitor.wording import WaiverFault

_TABLE: Final = tables.waivers


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """纸质批件: a decision that was taken on paper."""

    number: str
    on: datetime


def add(
    engine: sa.Engine,
    asked: Waiver,
    unit: Unit,
    requirement: Requirement,
    *,
    by: str,
    at: datetime,
    proof: str = "",
) -> WaiverRequest:
    """提出: keep what a unit asks for, entered ``by`` an officer; it stands once approved."""
    request = checked(asked, requirement, by=by, at=at, proof=proof)
    with writing(engine) as memory:
        for known in _of_item(memory, asked):
            if is_live(known, at.date()):
                raise WaiverFault.ALREADY.error(
                    unit=unit.name,
                    item=requirement.name,
                    number=known.number,
                    state=state_of(known, at.date()),
                )
        return _inserted(memory, request)


def checked(
    asked: Waiver, requirement: Requirement, *, by: str, at: datetime, proof: str = ""
) -> WaiverRequest:
    """Return a request as it would be kept, without a number; raise what is wrong with it."""
    if not requirement.waivable:
        raise WaiverFault.NOT_WAIVABLE.error(item=requirement.name)
    if not asked.reason.strip():
        raise WaiverFault.NO_REASON.error()
    if not asked.proposed_by.strip():
        raise WaiverFault.NO_PROPOSER.error()
    if not by.strip():
        raise WaiverFault.NOBODY.error()
    if asked.ground == LEGAL and not proof.strip():
        raise WaiverFault.NO_PROOF.error()
    if asked.valid_until is not None and asked.valid_until < at.date():
        raise WaiverFault.UNTIL_PAST.error(until=asked.valid_until)
    return WaiverRequest(
        number=0,
        waiver=replace(asked, approved_by=""),
        added_by=by,
        proposed_at=at,
        proof=proof,
    )


def approve(
    engine: sa.Engine,
    number: int,
    *,
    approver: str,
    by: str,
    at: datetime,
    paper: Paper | None = None,
) -> WaiverRequest:
    """核准, or confirm one that was approved for long for another year from today.

    ``approver`` decided, ``by`` entered it: the same person unless it was decided on paper.
    """
    if not by.strip() or not approver.strip():
        raise WaiverFault.NOBODY.error()
    if paper is not None and paper.on > at:
        raise WaiverFault.PAPER_AHEAD.error(day=paper.on.date())
    with writing(engine) as memory:
        known = _request(memory, number)
        may_approve(known, approver, at.date())
        waiver = replace(known.waiver, approved_by=approver)
        approved = replace(
            known,
            waiver=waiver,
            paper=paper.number if paper else "",
            approved_at=paper.on if paper else at,
            recorded_by=by,
        )
        if known.approved_at is not None:
            until = last_day(LONG, at.date())
            again = replace(waiver, valid_until=until)
            return _inserted(memory, replace(approved, waiver=again, proposed_at=at))
        _change(memory, approved)
        return approved


def expire(engine: sa.Engine, number: int, *, by: str, at: datetime) -> WaiverRequest:
    """终止: end one before its time, or turn down one that waits."""
    if not by.strip():
        raise WaiverFault.NOBODY.error()
    with writing(engine) as memory:
        known = _request(memory, number)
        if known.ended_at is not None:
            raise WaiverFault.ENDED.error(number=number, name=known.ended_by)
        ended = replace(known, ended_by=by, ended_at=at)
        _change(memory, ended)
        return ended


def _request(memory: sa.Connection, number: int) -> WaiverRequest:
    row = memory.execute(sa.select(_TABLE).where(_TABLE.c.seq == number)).one_or_none()
    if row is None:
        raise WaiverFault.NO_SUCH_NUMBER.error(number=number)
    return rows.waiver_request(row)


def _of_item(memory: sa.Connection, asked: Waiver) -> tuple[WaiverRequest, ...]:
    same = (_TABLE.c.unit == asked.unit) & (_TABLE.c.requirement == asked.requirement)
    return tuple(map(rows.waiver_request, memory.execute(sa.select(_TABLE).where(same))))


def _inserted(memory: sa.Connection, request: WaiverRequest) -> WaiverRequest:
    added = memory.execute(
        sa.insert(_TABLE).values(rows.waiver_request_row(request)).returning(_TABLE.c.seq)
    )
    number = int(added.scalar_one())
    seal(memory, _TABLE, [number])
    return replace(request, number=number)


def _change(memory: sa.Connection, request: WaiverRequest) -> None:
    changed = rows.waiver_request_row(request)
    memory.execute(sa.update(_TABLE).where(_TABLE.c.seq == request.number).values(changed))
    seal(memory, _TABLE, [request.number])
