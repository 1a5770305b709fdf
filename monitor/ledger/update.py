"""核查结论入账: a night's assessments → the memory, and what they do to the findings.

In: assessments as a stream. Out: how many of each status, and the moves they made. One transaction;
the same night again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

import sqlalchemy as sa

from monitor.brake import Hold
from monitor.findings import Clock, Confirm
from monitor.ledger.chain import seal_findings
from monitor.ledger.judgings import note_judging
from monitor.ledger.moves import move_findings
from monitor.ledger.verdicts import extend_verdicts
from monitor.model import Assessment, Given, Move, Status
from monitor.store import rows, tables, writing
from monitor.wording import Trouble

#: assessments handled at once
_CHUNK: Final = 1000


class Braked(Exception):
    """What was judged is not believed, or not of all units; nothing of it was stored."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(hold.reason)
        self.hold = hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """核查结论入账的结果."""

    scan: str
    assessed: int = 0
    by_status: Mapping[Status, int] = field(default_factory=dict)
    moves: Mapping[Move, int] = field(default_factory=dict)


def update(
    engine: sa.Engine,
    assessments: Iterable[Assessment],
    *,
    scan: str,
    at: datetime,
    confirm: Confirm,
    clock: Clock,
    running: Collection[str] = (),
    brake: Callable[[], Hold | None] = lambda: None,
    given: Given | None = None,
) -> Updated:
    """Store what ``scan``, whose looks were taken ``at``, was judged to have seen.

    ``running``: items whose finding goes on into the next period. ``brake`` is asked when all was
    judged: with a ``Hold`` nothing is stored, and ``Braked`` is raised. ``given``: by what it was
    judged; kept with the digest of all verdicts, so that it can be judged again.
    """
    by_status: Counter[Status] = Counter()
    moves: Counter[Move] = Counter()
    digest = hashlib.sha256()
    with writing(engine) as memory:
        seq = memory.scalar(sa.select(tables.scans.c.seq).where(tables.scans.c.id == scan))
        if seq is None:
            raise Trouble.NO_SUCH_SCAN.error(scan=scan)
        remaining = iter(assessments)
        while chunk := {judged.key: judged for judged in islice(remaining, _CHUNK)}:
            for values in extend_verdicts(memory, chunk, scan=seq):
                digest.update(f"{rows.assessment_text(values)}\n".encode("utf-8", "replace"))
            moves.update(
                move_findings(
                    memory,
                    chunk,
                    scan=seq,
                    at=at,
                    confirm=confirm,
                    clock=clock,
                    running=running,
                )
            )
            by_status.update(judged.status for judged in chunk.values())
        if (hold := brake()) is not None:
            raise Braked(hold)
        seal_findings(memory)
        if given is not None:
            note_judging(
                memory,
                given,
                scan=seq,
                at=at,
                verdicts=by_status.total(),
                sha256=digest.hexdigest(),
            )
    return Updated(scan=scan, assessed=by_status.total(), by_status=by_status, moves=moves)
