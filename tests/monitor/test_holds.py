"""Nights that wait: kept once, ruled on once, and void only while they wait as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from monitor.brake import Hold
from monitor.ledger.holds import hold, rule
from monitor.model import Ruling
from monitor.store import records, tables, writing

NIGHT = date(2026, 11, 20)
AT = datetime(2026, 11, 21, 1, tzinfo=UTC)


@pytest.fixture
def scan(store: sa.Engine) -> str:
    with writing(store) as memory:
        memory.execute(sa.insert(tables.scans).values(seq=1, id="20261120", night=NIGHT))
        memory.execute(
            sa.insert(tables.batches).values(
                scan=1,
                batch=1,
                planned=9,
                damaged=0,
                complete=True,
                started_at=AT,
                recorded_at=AT,
            )
        )
    return "20261120"


def valid(store: sa.Engine) -> bool:
    return records.scans(store)[0].is_valid


def test_a_night_that_waits_as_a_whole_does_not_count_until_it_is_released(
    store: sa.Engine, scan: str
) -> None:
    hold(store, scan, Hold("多个单位同时变差"), at=AT)
    waits = valid(store)

    assert rule(store, 1, Ruling.RELEASED, by="王科员", at=AT, note="已核对")

    assert (waits, valid(store)) == (False, True)
    (one,) = records.held_nights(store)
    assert (one.scan, one.night, one.reason, one.units) == (
        scan,
        NIGHT,
        "多个单位同时变差",
        frozenset(),
    )
    assert (one.ruling, one.by, one.at, one.note) == (Ruling.RELEASED, "王科员", AT, "已核对")


def test_a_night_that_is_discarded_never_counts(store: sa.Engine, scan: str) -> None:
    hold(store, scan, Hold("多个单位同时变差"), at=AT)

    assert rule(store, 1, Ruling.DISCARDED, by="王科员", at=AT)

    assert not valid(store)


def test_where_only_some_units_wait_the_night_counts(store: sa.Engine, scan: str) -> None:
    hold(store, scan, Hold("平台异常", frozenset({"U2", "U1"})), at=AT)

    assert valid(store)
    assert records.held_nights(store)[0].units == {"U1", "U2"}


def test_a_night_is_kept_once_and_ruled_on_once(store: sa.Engine, scan: str) -> None:
    hold(store, scan, Hold("平台异常"), at=AT)
    hold(store, scan, Hold("又一次"), at=AT)

    assert [one.reason for one in records.held_nights(store)] == ["平台异常"]
    assert rule(store, 1, Ruling.RELEASED, by="王科员", at=AT)
    assert not rule(store, 1, Ruling.DISCARDED, by="李科长", at=AT)
    assert not rule(store, 7, Ruling.DISCARDED, by="李科长", at=AT)
    assert records.held_nights(store)[0].by == "王科员"
