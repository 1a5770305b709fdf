"""What the memory keeps of the days an entry bears: one row a change, none a night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from test_ledger import FIRST, Office, at, document, observation, rows_of_documents

from monitor.model import (
    Coverage,
    DateSource,
    Document,
    Observation,
    Outcome,
    PublishDate,
    Reading,
    Remembered,
)
from monitor.store import tables, writing

TO_END = Coverage(pages=1, entries=1, to_end=True)
EMPTY = observation(outcome=Outcome.SAYS_EMPTY, coverage=TO_END)


@pytest.fixture
def office(store: sa.Engine, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def on(number: int) -> date:
    """The day of the number-th night."""
    return FIRST + timedelta(days=number - 1)


def dated(day: date, *, words: str = "d1", **said: object) -> Document:
    published = PublishDate(day=day, source=DateSource.LIST, text=str(day))
    read = {"reading": Reading.WHOLE, "digest": words} if words else {}
    return document(1, **{"published": published, **read} | said)


def listed(*documents: Document, **said: object) -> Observation:
    """A list read anew: its digest is of the days and titles it shows."""
    digest = "/".join(f"{one.title} {one.day}" for one in documents)
    return observation(*documents, **{"remember": Remembered(list_digest=digest)} | said)


# --- new days of old words -------------------------------------------------------------


def test_the_same_words_under_a_new_day_keep_the_old_one(office: Office) -> None:
    office.night(1, listed(dated(date(2026, 3, 2))))
    office.night(2, listed(dated(date(2026, 10, 30))))
    kept = office.night(3, listed(dated(date(2026, 10, 30)), document(2)))

    (told,) = (one for one in kept["U1"].documents if one.title == "第1号公示")
    assert (told.redated_from, told.unchanged_since) == (date(2026, 3, 2), FIRST)
    assert told.day == date(2026, 10, 30)


@pytest.mark.parametrize(
    "now",
    [
        {"words": "d2"},
        {"words": ""},
        {"reading": Reading.PARTLY},
        {"published": PublishDate(day=date(2026, 10, 30), source=DateSource.LABEL, text="")},
    ],
    ids=["other words", "not opened", "with pictures", "a day from another place"],
)
def test_what_may_be_new_is_not_called_re_dated(office: Office, now: dict[str, object]) -> None:
    office.night(1, listed(dated(date(2026, 3, 2))))

    kept = office.night(2, listed(dated(date(2026, 10, 30), **now)))

    assert kept["U1"].documents[0].redated_from is None
    assert kept["U1"].documents[0].first_seen_on == FIRST


def test_words_that_could_not_be_read_for_a_night_are_not_new_words(office: Office) -> None:
    office.night(1, listed(dated(date(2026, 3, 2))))
    failed = office.night(2, listed(dated(date(2026, 10, 30), words="", reading=Reading.UNOPENED)))
    kept = office.night(3, listed(dated(date(2026, 10, 30)), document(2)))

    assert failed["U1"].documents[0].redated_from is None
    assert kept["U1"].documents[1].redated_from == date(2026, 3, 2)


def test_a_day_counted_back_from_now_moves_by_itself(office: Office) -> None:
    def relative(number: int) -> Document:
        published = PublishDate(day=on(number), source=DateSource.RELATIVE, text="刚刚")
        return dated(on(number), published=published)

    office.night(1, listed(relative(1)))
    kept = office.night(2, listed(relative(2)))

    assert kept["U1"].documents[0].redated_from is None


# --- a day that moves along with the nights --------------------------------------------


@pytest.mark.parametrize("words", ["d1", ""], ids=["opened", "only listed"])
def test_a_day_that_moves_each_night_is_no_row_a_night(office: Office, words: str) -> None:
    office.night(1, listed(dated(date(2026, 3, 2), words=words)))
    for number in range(2, 12):
        kept = office.night(number, listed(dated(on(number), words=words)))

    assert rows_of_documents(office.store) == [("第1号公示", 1, 1), ("第1号公示", 2, None)]
    (told,) = kept["U1"].documents
    assert (told.day, told.first_seen_on) == (on(11), FIRST)
    assert told.unchanged_since == FIRST
    assert told.redated_from == (date(2026, 3, 2) if words else FIRST)


def test_each_night_of_a_moving_day_can_still_be_looked_at(office: Office) -> None:
    seen = [office.night(number, listed(dated(on(number)))) for number in range(1, 6)]

    again = [office.seen(on(number)) for number in range(1, 6)]

    assert [one["U1"].documents[0].day for one in again] == [on(n) for n in range(1, 6)]
    assert [one["U1"].documents[0].day for one in seen] == [on(n) for n in range(1, 6)]


def test_a_day_that_stops_moving_stays_where_it_stopped(office: Office) -> None:
    for number in range(1, 4):
        office.night(number, listed(dated(on(number))))
    office.night(4, listed(dated(on(3)), document(2)))
    kept = office.night(5, listed(dated(on(3)), document(2), document(3)))

    days = {one.title: one for one in kept["U1"].documents}
    assert days["第1号公示"].day == on(3)
    assert (days["第1号公示"].redated_from, days["第1号公示"].unchanged_since) == (on(1), on(1))
    assert office.seen(on(2))["U1"].documents[0].day == on(2)


# --- the last night without it ---------------------------------------------------------


def absent(seen: dict[str, Observation], title: str = "第1号公示") -> date | None:
    (found,) = (one for one in seen["U1"].documents if one.title == title)
    return found.last_absent_on


def test_a_list_that_did_not_hold_an_entry_says_since_when_it_can_be_there(office: Office) -> None:
    first = office.night(1, listed(document(2)))
    office.night(2, listed(document(2), document(3)))
    kept = office.night(3, listed(document(2), document(3), document(1)))
    later = office.night(4, listed(document(2), document(3), dated(date(2026, 3, 1))))

    assert absent(first, "第2号公示") is None
    assert absent(kept) == on(2)
    assert absent(later) == on(2)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"coverage": Coverage(pages=1, entries=1, since=date(2026, 10, 2))}, {}),
        ({"outcome": Outcome.TIMED_OUT, "remember": Remembered()}, {}),
        (
            {"remember": Remembered(address="http://a.test/old/")},
            {"remember": Remembered(address="http://a.test/xxgk/")},
        ),
        ({"platform": "trs"}, {}),
        ({"remember": Remembered(signature="div/ul")}, {"remember": Remembered(signature="ol")}),
    ],
    ids=["not read that far", "not read", "another address", "another system", "another layout"],
)
def test_no_list_proves_more_than_it_showed(
    office: Office, before: dict[str, object], now: dict[str, object]
) -> None:
    office.night(1, listed(document(2), **before))

    kept = office.night(2, listed(document(2), document(1), **now))

    assert absent(kept) is None


QUIET = replace(observation(), unchanged=True, coverage=Coverage(), remember=Remembered())
REMEMBERED = Remembered(list_digest=f"第2号公示 {document(2).day}")


@pytest.mark.parametrize(
    ("pages", "http_status", "proof"),
    [(1, 304, 1), (1, 200, 9), (2, 200, 1)],
    ids=["the server says so", "its one page was read", "its first page was read"],
)
def test_a_list_is_read_when_all_of_it_was_seen_to_be_the_same(
    office: Office, pages: int, http_status: int, proof: int
) -> None:
    office.night(1, listed(document(2), coverage=Coverage(pages=pages, entries=1, to_end=True)))
    office.night(9, replace(QUIET, http_status=http_status), remembered=REMEMBERED)

    kept = office.night(10, listed(document(2), document(1)))

    assert absent(kept) == on(proof)


def voided(office: Office, number: int) -> None:
    with writing(office.store) as memory:
        this = tables.scans.c.night == on(number)
        memory.execute(sa.update(tables.scans).where(this).values(void="本机网络不通"))


def waits(office: Office, number: int, *, units: str = '["U1"]', ruling: str | None = None) -> None:
    with writing(office.store) as memory:
        values = {"reason": "多家变差", "units": units, "held_at": at(on(number)), "ruling": ruling}
        memory.execute(sa.insert(tables.holds).values(scan=number, **values))


@pytest.mark.parametrize(
    ("held", "proof"),
    [
        (lambda office: None, 2),
        (lambda office: voided(office, 2), 1),
        (lambda office: waits(office, 2), 1),
        (lambda office: waits(office, 2, ruling="DISCARDED"), 1),
        (lambda office: waits(office, 2, ruling="RELEASED"), 2),
        (lambda office: waits(office, 2, units='["U10"]'), 2),
    ],
    ids=["it counts", "void", "it waits", "discarded", "released", "another unit waits"],
)
@pytest.mark.parametrize("day", [date(2026, 10, 1), on(3)], ids=["an old day", "a new day"])
def test_a_night_that_does_not_count_did_not_see_that_an_entry_was_not_there(
    office: Office, held: Callable[[Office], None], proof: int, day: date
) -> None:
    office.night(1, listed(document(2)))
    office.night(2, listed(document(2), document(3)))
    held(office)

    kept = office.night(3, listed(document(2), document(3), dated(day)))

    assert absent(kept) == on(proof)


def test_what_only_repeats_a_night_that_does_not_count_is_no_reading(office: Office) -> None:
    office.night(1, listed(document(2), document(3)))
    office.night(2, listed(document(2)))
    waits(office, 2)
    office.night(3, QUIET, remembered=REMEMBERED)

    kept = office.night(4, listed(document(2), document(1)))

    assert absent(kept) == on(1)


@pytest.mark.parametrize("day", [date(2026, 10, 1), on(40)], ids=["an old day", "a new day"])
def test_a_night_of_a_clock_that_ran_ahead_hides_no_earlier_one(office: Office, day: date) -> None:
    office.night(1, listed(document(2)))
    office.night(40, listed(document(2)))

    kept = office.night(20, listed(document(2), dated(day)))
    assert absent(kept) == on(1)


@pytest.mark.parametrize(
    "other",
    [
        listed(document(8), document(9)),
        listed(document(2, published=None)),
        listed(document(2), coverage=Coverage(since=date(2026, 10, 2)), remember=Remembered()),
        observation(outcome=Outcome.GONE, address=""),
    ],
    ids=["another list in its place", "its days were lost", "read in part", "gone"],
)
def test_a_list_that_was_not_read_rightly_for_a_night_is_no_proof_and_hides_none(
    office: Office, other: Observation
) -> None:
    known = Remembered(address="http://a.test/xxgk/", list_digest="1")
    office.night(1, listed(document(2), remember=known))
    office.night(2, other)

    kept = office.night(3, listed(document(2), document(1), remember=known))

    assert absent(kept) == on(1)


def test_before_a_night_that_does_not_count_the_list_stood_at_the_same_address(
    office: Office,
) -> None:
    office.night(1, listed(document(2), address="http://a.test/old/"))
    office.night(2, listed(document(2), document(3)))
    waits(office, 2)

    kept = office.night(3, listed(document(2), document(3), document(1)))

    assert absent(kept) is None


def test_what_was_read_by_a_clock_that_ran_ahead_may_be_found_to_be_equal(office: Office) -> None:
    office.night(1, listed(document(3)))
    office.night(40, listed(document(2)))
    office.night(12, QUIET, remembered=REMEMBERED)

    kept = office.night(20, listed(document(2), document(1)))

    assert absent(kept) == on(12)


def test_two_nights_on_which_a_column_was_empty_and_that_do_not_count_prove_nothing(
    office: Office,
) -> None:
    office.night(1, EMPTY)
    office.night(2, EMPTY)
    voided(office, 2)

    kept = office.night(3, listed(document(1)))

    assert absent(kept) is None


def test_an_entry_that_only_moved_was_public_before(office: Office) -> None:
    office.night(1, listed(document(2), document(1)))
    moved = document(1, url="https://new.test/1.html")

    kept = office.night(2, listed(document(2), moved))

    assert absent(kept) is None


def test_an_entry_that_came_back_was_public_before(office: Office) -> None:
    office.night(1, listed(document(2), document(1)))
    office.night(2, listed(document(2)))

    kept = office.night(3, listed(document(2), document(1)))

    assert absent(kept) is None


def test_what_came_back_keeps_the_night_that_had_not_seen_it(office: Office) -> None:
    office.night(1, listed(document(2)))
    office.night(2, listed(document(2), document(1)))
    office.night(3, listed(document(2)))

    kept = office.night(4, listed(document(2), document(1)))

    assert absent(kept) == on(1)


@pytest.mark.parametrize(
    ("since", "proof"), [(date(2026, 9, 1), None), (None, on(1))], ids=["in part", "to its end"]
)
def test_a_day_that_is_changed_to_an_earlier_one_stands_in_another_part_of_the_list(
    office: Office, since: date | None, proof: date | None
) -> None:
    office.night(1, listed(document(2), coverage=Coverage(since=since, to_end=since is None)))
    office.night(2, listed(document(2), dated(on(2))))

    kept = office.night(3, listed(document(2), dated(date(2026, 3, 1))))

    assert absent(kept) == proof


def test_a_page_that_was_only_empty_for_a_while_did_not_lack_what_is_new(office: Office) -> None:
    office.night(1, listed(document(2)))
    office.night(20, EMPTY)
    office.night(21, EMPTY)

    kept = office.night(22, listed(document(2), document(1)))

    assert absent(kept) == on(1)


@pytest.mark.parametrize(("nights", "proof"), [(1, None), (2, on(2))], ids=["once", "twice"])
def test_that_a_column_was_empty_is_believed_at_the_second_sight(
    office: Office, nights: int, proof: date | None
) -> None:
    for number in range(1, nights + 1):
        office.night(number, EMPTY)

    kept = office.night(nights + 1, listed(document(1)))

    assert absent(kept) == proof
