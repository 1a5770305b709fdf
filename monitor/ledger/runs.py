"""定时任务入账: which job was begun for which day, and what came of it; one row a job and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from monitor.store import reading, tables, writing
from monitor.wording import Timed

#: after so long, a run that did not finish is taken to have ended with its process
_AT_MOST = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """一次定时任务."""

    job: str
    due_on: date
    started_at: datetime
    finished_at: datetime | None = None
    told: str = ""

    @property
    def settled_on(self) -> date:
        """The last day for which nothing is left to do: the day before one that was cut off."""
        return self.due_on if self.finished_at else self.due_on - timedelta(days=1)


def begin(engine: sa.Engine, job: str, due_on: date, *, at: datetime, alone: bool = False) -> bool:
    """Begin the run of ``job`` for ``due_on``; False: it is done, or another process is at it.

    A run that was cut off is taken again once: when twelve hours are over, or at once for a caller
    who knows that no other process is at it (``alone``).
    """
    runs = tables.runs.c
    of_day = (runs.job == job) & (runs.due_on == due_on)
    with writing(engine) as memory:
        found = memory.execute(sa.select(tables.runs).where(of_day)).one_or_none()
        if found is None:
            memory.execute(sa.insert(tables.runs).values(job=job, due_on=due_on, started_at=at))
            return True
        if found.finished_at or found.told or not (alone or found.started_at <= at - _AT_MOST):
            return False
        again = {"started_at": at, "told": Timed.TAKEN_AGAIN.value}
        memory.execute(sa.update(tables.runs).where(of_day).values(again))
        return True


def finish(engine: sa.Engine, job: str, due_on: date, *, at: datetime, told: str) -> None:
    """Finish a run that was begun; what is ``told`` of it stays with it."""
    runs = tables.runs.c
    with writing(engine) as memory:
        memory.execute(
            sa.update(tables.runs)
            .where(runs.job == job, runs.due_on == due_on)
            .values(finished_at=at, told=told)
        )


def began_on(engine: sa.Engine, *, by: date) -> date | None:
    """Return the first day for which any job was run, None before the first; not after ``by``."""
    runs = tables.runs.c
    with reading(engine) as memory:
        return memory.execute(sa.select(sa.func.min(runs.due_on)).where(runs.due_on <= by)).scalar()


def last(engine: sa.Engine, job: str, *, by: date | None = None) -> Run | None:
    """Return the run of the latest due day; ``by``: not later than that day.

    A clock that once stood in the next year leaves rows of days that are still to come.
    """
    runs = tables.runs.c
    query = sa.select(tables.runs).where(runs.job == job).order_by(runs.due_on.desc()).limit(1)
    with reading(engine) as memory:
        found = memory.execute(
            query if by is None else query.where(runs.due_on <= by)
        ).one_or_none()
    if found is None:
        return None
    return Run(
        job=found.job,
        due_on=found.due_on,
        started_at=found.started_at,
        finished_at=found.finished_at,
        told=found.told or "",
    )
