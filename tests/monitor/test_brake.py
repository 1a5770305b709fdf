"""When a night is not believed: too many silent sites, too many new findings at once."""

from datetime import date, timedelta

import pytest

from monitor.brake import Hold, doubt_of_age, doubt_of_findings, doubt_of_sites, hold_of

LAST = date(2026, 11, 20)
NIGHTS = [LAST - timedelta(days=n) for n in range(31)]


@pytest.mark.parametrize(
    ("sites", "silent", "is_doubted"),
    [(10, 3, True), (15, 3, False), (16, 3, False), (14, 3, True), (3, 2, False), (100, 21, True)],
    ids=["a third", "a fifth", "less", "more than a fifth", "only two", "many"],
)
def test_more_than_a_fifth_of_the_sites_and_three_of_them(sites, silent, is_doubted):
    assert bool(doubt_of_sites(sites, silent)) is is_doubted


def seen(last: int, *, usual: int = 2) -> list[date]:
    return [LAST] * last + [night for night in NIGHTS[1:] for _ in range(usual)]


@pytest.mark.parametrize(
    ("last", "usual", "is_doubted"),
    [(6, 2, False), (7, 2, True), (4, 0, False), (5, 0, True)],
    ids=["three times", "more", "few, where none is usual", "five, where none is usual"],
)
def test_more_than_three_times_the_usual_number_of_new_findings(last, usual, is_doubted):
    doubt = doubt_of_findings(NIGHTS, seen(last, usual=usual))

    assert bool(doubt) is is_doubted


def test_the_doubt_names_both_numbers():
    assert doubt_of_findings(NIGHTS, seen(40)) == (
        "一晚新发现 40 项问题，平时一般 2 项，本次巡查结果异常"
    )


def test_a_single_wild_night_of_the_past_does_not_change_what_is_usual():
    wild = [NIGHTS[5]] * 500

    assert doubt_of_findings(NIGHTS, [*seen(9), *wild])


def test_what_is_usual_is_not_told_by_a_few_nights_or_by_last_year():
    assert doubt_of_findings(NIGHTS[:7], seen(40)) == ""
    assert doubt_of_findings(NIGHTS[:8], seen(40)) != ""
    long_ago = [LAST - timedelta(days=n) for n in range(40, 90)]
    assert doubt_of_findings([LAST, *long_ago], [LAST] * 40) == ""
    assert doubt_of_findings([], []) == ""


# --- units that get worse at once --------------------------------------------------------


def held(worse: int, total: int, *, platform: int = 0) -> Hold | None:
    """What becomes of a night of so many units, the first ``platform`` of them on one platform."""
    units = [f"U{n:03}" for n in range(total)]
    groups = {"县平台": units[:platform], "别的平台": units[platform : platform + 2]}
    return hold_of(units[:worse], units, groups)


@pytest.mark.parametrize(
    ("worse", "total", "is_held"),
    [
        *((5, 49, True), (5, 50, False), (6, 50, True), (4, 12, False)),
        *((5, 9, True), (4, 9, False), (5, 8, True), (4, 8, False), (2, 3, True), (1, 1, False)),
    ],
)
def test_more_than_a_tenth_of_the_units_and_five_of_them_or_most_of_a_few(worse, total, is_held):
    found = held(worse, total)

    assert bool(found) is is_held
    assert found is None or not found.units


@pytest.mark.parametrize(
    ("worse", "platform", "is_held"),
    [(3, 14, True), (3, 15, False), (4, 19, True), (2, 5, False)],
)
def test_more_than_a_fifth_of_one_platform_holds_that_platform_only(worse, platform, is_held):
    found = held(worse, 200, platform=platform)

    assert (found is not None and len(found.units) == platform) is is_held
    assert found is None or "县平台" in found.reason


@pytest.mark.parametrize(
    ("days", "is_doubted"),
    [(-1, True), (0, False), (7, False), (8, True), (366, True)],
    ids=["the night lies ahead", "tonight", "a week", "more than a week", "the clock is a year on"],
)
def test_nobody_is_written_to_by_a_night_of_another_time(days: int, is_doubted: bool) -> None:
    last = date(2026, 11, 2)

    assert bool(doubt_of_age(last, last + timedelta(days=days))) is is_doubted
    assert doubt_of_age(None, last) == ""
