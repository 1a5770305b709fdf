"""What the nights up to one saw of a column: only those that count, and only of one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from test_ledger import FEES, FIRST, Office, document, night_of, observation

from monitor.model import ColumnPast, Coverage, Observation, Outcome, Uncounted
from monitor.store.past import column_past


@pytest.fixture
def office(store: sa.Engine, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def past(office: Office, number: int, uncounted: Uncounted = Uncounted()) -> ColumnPast:  # noqa: B008  frozen
    scan = str(night_of(number))
    return column_past(office.store, "U1", FEES, scan=scan, since=FIRST, uncounted=uncounted)


def nights(*numbers: int) -> tuple[date, ...]:
    return tuple(map(night_of, numbers))


def test_the_past_of_a_column_ends_with_the_night_that_asks(office: Office) -> None:
    office.night(1, observation(document(1)))
    office.night(3, observation(document(1), document(2)))
    office.night(4, observation(document(2)))
    office.night(6, observation(document(2), document(3)))

    assert past(office, 4) == ColumnPast(
        nights=nights(1, 3, 4), same_since=night_of(1), arrivals=nights(1, 3)
    )


@pytest.mark.parametrize(
    ("uncounted", "left"),
    [
        (Uncounted(scans=(str(night_of(2)),)), (1, 3)),
        (Uncounted(units=((str(night_of(2)), ("U1", "U2")),)), (1, 3)),
        (Uncounted(units=((str(night_of(2)), ("U2",)),)), (1, 2, 3)),
    ],
    ids=["void", "held for the unit", "held for another unit"],
)
def test_nights_that_do_not_count_are_left_out(
    office: Office, uncounted: Uncounted, left: tuple[int, ...]
) -> None:
    for number in (1, 2, 3):
        office.night(number, observation(document(1)))

    assert past(office, 3, uncounted).nights == nights(*left)


def test_a_night_that_could_not_judge_the_column_is_left_out(office: Office) -> None:
    office.night(1, observation(document(1)))
    office.night(2, observation(outcome=Outcome.TIMED_OUT))

    assert past(office, 2).nights == nights(1)


def test_a_night_of_a_clock_that_ran_ahead_is_left_out(office: Office) -> None:
    for number in (1, 9, 3):
        office.night(number, observation(document(1)))

    assert past(office, 3).nights == nights(1, 3)


@pytest.mark.parametrize(
    ("first", "since"),
    [
        (observation(document(1)), 1),
        (observation(document(1), address="http://a.test/old/"), 2),
        (observation(document(1), platform="jcms"), 2),
        (replace(observation(outcome=Outcome.SAYS_EMPTY), coverage=Coverage(to_end=True)), 1),
    ],
    ids=["as it was", "at another address", "by another system", "empty, at the same address"],
)
def test_where_a_column_stood_otherwise_its_past_begins_anew(
    office: Office, first: Observation, since: int
) -> None:
    office.night(1, first)
    for number in (2, 3):
        office.night(number, observation(document(1), platform="trs" if first.platform else ""))

    assert past(office, 3).same_since == night_of(since)
