from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.ledger import runs
from monitor.ledger.runs import Run

DUE = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def begin(store: sa.Engine, due_on: date = DUE, at: datetime = AT, *, alone: bool = False) -> bool:
    return runs.begin(store, "scan", due_on, at=at, alone=alone)


def finish(store: sa.Engine, due_on: date = DUE, told: str = "完成") -> None:
    runs.finish(store, "scan", due_on, at=AT + HOUR, told=told)


def test_a_day_is_run_once(store: sa.Engine) -> None:
    assert begin(store)
    finish(store)

    assert not begin(store, at=AT + 48 * HOUR, alone=True)
    assert runs.last(store, "scan") == Run(
        job="scan", due_on=DUE, started_at=AT, finished_at=AT + HOUR, told="完成"
    )


def test_other_days_and_other_jobs_are_runs_of_their_own(store: sa.Engine) -> None:
    begin(store)

    assert begin(store, DUE + timedelta(days=1))
    assert runs.begin(store, "digest", DUE, at=AT)
    assert runs.last(store, "monthly") is None


def test_a_run_that_another_process_is_at_is_not_begun(store: sa.Engine) -> None:
    begin(store)

    assert not begin(store, at=AT + HOUR)


@pytest.mark.parametrize(
    ("later", "alone"),
    [(12 * HOUR, False), (timedelta(minutes=10), True)],
    ids=["half a day later", "by who knows that nobody is at it"],
)
def test_a_run_that_was_cut_off_is_taken_again_once(
    store: sa.Engine, later: timedelta, alone: bool
) -> None:
    begin(store)

    assert begin(store, at=AT + later, alone=alone)
    assert not begin(store, at=AT + 3 * later, alone=alone)


def test_a_run_taken_again_is_finished_like_any_other(store: sa.Engine) -> None:
    begin(store)
    begin(store, at=AT + HOUR, alone=True)
    finish(store)

    last = runs.last(store, "scan")

    assert last is not None
    assert (last.started_at, last.told) == (AT + HOUR, "完成")


def test_what_was_cut_off_leaves_its_day_open(store: sa.Engine) -> None:
    begin(store)
    open_day = runs.last(store, "scan")
    finish(store)
    settled = runs.last(store, "scan")

    assert open_day is not None
    assert settled is not None
    assert open_day.settled_on == DUE - timedelta(days=1)
    assert settled.settled_on == DUE


def test_the_last_run_is_that_of_the_latest_day(store: sa.Engine) -> None:
    later = DUE + timedelta(days=400)  # the clock stood in another year
    for day in (DUE - timedelta(days=3), later, DUE):
        begin(store, day)
        finish(store, day)

    newest, known = runs.last(store, "scan"), runs.last(store, "scan", by=DUE)

    assert newest is not None
    assert known is not None
    assert (newest.due_on, known.due_on) == (later, DUE)


def test_of_many_who_begin_at_once_one_does(store: sa.Engine) -> None:
    began = []
    gate = threading.Barrier(8)

    def come() -> None:
        gate.wait()
        began.append(begin(store))

    comers = [threading.Thread(target=come) for _ in range(8)]
    for one in comers:
        one.start()
    for one in comers:
        one.join()

    assert sorted(began) == [False] * 7 + [True]
