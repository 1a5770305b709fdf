from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import (
    TODAY,
    assessment,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    unit,
)

from monitor.judgements import Case, doubted, yields
from monitor.judgements.yields import NIGHTS, fallen
from monitor.model import GAPS, Assessment, Coverage, Outcome, Status, Yield
from monitor.wording import Because

TONIGHT = Yield(night=TODAY, entries=0, pages=1, to_end=True, address="http://a/fees/")


def nights(*entries: int, look: Yield = TONIGHT) -> tuple[Yield, ...]:
    """The nights before, told from the first to the last; given back the last first."""
    days = range(len(entries), 0, -1)
    return tuple(
        replace(look, night=TODAY - timedelta(days=ago), entries=count)
        for ago, count in zip(days, entries, strict=True)
    )[::-1]


def is_doubted(now: int, *before: int, look: Yield = TONIGHT) -> bool:
    return fallen(replace(look, entries=now), nights(*before, look=look)) is not None


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (2, [40] * 9),
        (0, [40] * 9),
        (13, [40] * 9),
        (1, [6] * 9),
        (2, [40] * 9 + [2]),
        (3, [40] * 9 + [2]),
        (2, [40] * 6 + [2, 40, 40] + [2]),
        (2, [20, 25, 30, 35, 38, 40, 40, 41, 41]),
        (2, [40, 2] * 8),
    ],
    ids=[
        "two of forty",
        "none of forty",
        "just under a third",
        "one of six",
        "the second night",
        "the second night, one more",
        "again, after it was whole",
        "a list that grew",
        "flapping",
    ],
)
def test_far_fewer_than_ever_is_a_doubt(now: int, before: Sequence[int]) -> None:
    assert is_doubted(now, *before)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (2, [40] * 9 + [2, 2]),
        (2, [40] * 9 + [2] * 20),
        (14, [40] * 9),
        (41, [40] * 9),
        (0, [5] * 9),
        (2, [40] * 8),
        (2, []),
        (2, [2] * 20),
    ],
    ids=[
        "the third night",
        "for weeks",
        "a third is left",
        "one more",
        "five are few",
        "eight nights tell nothing yet",
        "the first night",
        "always short",
    ],
)
def test_what_is_not_far_fewer_or_stays_so_is_believed(now: int, before: Sequence[int]) -> None:
    assert not is_doubted(now, *before)


def test_a_night_with_two_scans_is_one_night() -> None:
    twice = [replace(TONIGHT, night=TODAY - timedelta(days=1), entries=2)] * 2

    assert fallen(replace(TONIGHT, entries=2), (*twice, *nights(*[40] * 9))) is not None


@pytest.mark.parametrize("change", [{"address": "http://a/new/"}, {"platform": "vsb"}], ids=str)
def test_a_new_place_is_no_proof_and_begins_the_nights_anew(change: dict[str, str]) -> None:
    before = nights(*[40] * 9, 2, 2)
    here = replace(TONIGHT, **change, entries=2)

    found = fallen(here, before)

    assert found is not None
    assert found.nights == 1
    assert fallen(replace(TONIGHT, entries=2), before) is None


# --- lists of which only a part is read ---------------------------------------------------

PART = replace(TONIGHT, to_end=False)


def test_of_a_list_that_is_read_in_part_the_pages_are_compared() -> None:
    """On new year's day one page is enough where twenty were read the day before."""
    twenty_pages = replace(PART, pages=20)
    before = nights(*[400] * 9, look=twenty_pages)

    assert fallen(replace(PART, entries=20), before) is None
    found = fallen(replace(PART, entries=2), before)
    assert found is not None
    assert (found.usual, found.now, found.by_page) == (20, 2, True)


def test_an_unchanged_list_has_the_pages_it_was_read_from() -> None:
    """To see that nothing has changed one page is opened."""
    read, *kept = nights(*[40] * 10, look=replace(PART, pages=2))[::-1]
    unchanged = [replace(one, pages=1, unchanged=True) for one in kept]
    before = (*unchanged[::-1], read)

    found = fallen(replace(PART, entries=5), before)

    assert found is not None
    assert found.usual == 20
    # of a list nobody has read in that time nobody knows how many pages it has
    assert fallen(replace(PART, entries=5), tuple(unchanged[::-1])) is None


def test_a_list_that_seems_to_end_where_it_never_ended_has_lost_its_next_pages() -> None:
    before = nights(*[100] * 9, look=replace(PART, pages=5))

    assert fallen(replace(TONIGHT, entries=20), before) is not None


# --- what it does to verdicts -------------------------------------------------------------

FEES = requirement(id="S-FEES", columns=("fees",))


def verdict(status: Status, *, now: int, before: Sequence[int] = (40,) * 9) -> Assessment:
    look = observation(
        *(document(f"第{n}号通知", url=f"http://a/{n}.html") for n in range(now)),
        column="fees",
        outcome=Outcome.OPENED if now else Outcome.SAYS_EMPTY,
        coverage=Coverage(pages=1, entries=now, to_end=True),
        address=TONIGHT.address,
    )
    usual = nights(*before, look=replace(TONIGHT, platform=look.platform))
    owed = obligation(requirement=FEES)
    case = Case(
        unit=unit(),
        judged=((owed, assessment(requirement="S-FEES", status=status)),),
        looks={"fees": look},
        columns={"fees": column(id="fees", name="收费信息")},
        yields={"fees": usual},
    )
    return doubted(case, moment()).judged[0][1]


@pytest.mark.parametrize("status", sorted(GAPS, key=lambda one: one.name), ids=lambda one: one.name)
def test_no_gap_rests_on_such_a_look(status: Status) -> None:
    found = verdict(status, now=2)

    assert (found.status, found.because) == (Status.UNSURE, Because.FAR_FEWER)
    assert found.sentence == (
        "“收费信息”栏目平时有 40 条，这次只有 2 条（第 1 晚），"
        "可能是读取有误；连续 3 晚如此才作认定，请人工核实"
    )


@pytest.mark.parametrize("status", [Status.OK, Status.DUE_SOON, Status.NA], ids=str)
def test_what_is_there_to_see_is_there(status: Status) -> None:
    assert verdict(status, now=2).status is status


def test_a_gap_of_a_list_as_long_as_ever_stands() -> None:
    """The calendar makes gaps of pages that did not change (GRD-25)."""
    assert verdict(Status.MISSING, now=40).status is Status.MISSING
    assert verdict(Status.MISSING, now=39).status is Status.MISSING


def test_a_column_that_is_emptied_is_one_after_some_nights() -> None:
    assert verdict(Status.EMPTY, now=0).status is Status.UNSURE
    assert verdict(Status.EMPTY, now=0, before=(40,) * 9 + (0,) * (NIGHTS - 1)).status is (
        Status.EMPTY
    )


def test_without_the_guard_one_night_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off: ``yields.NIGHTS``."""
    monkeypatch.setattr(yields, "NIGHTS", 1)

    assert verdict(Status.MISSING, now=2).status is Status.MISSING
