"""When the machine's clock is not believed: set in mid-scan, alone in the world, or behind."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.timekeeping import JUMP, TOLERANCE, doubt_of_jump, doubt_of_order, doubt_of_servers

DAY = 86_400.0
TODAY, LAST = date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize("seconds", [JUMP + 1, -JUMP - 1, 365 * DAY, -56 * 365 * DAY])
def test_a_clock_set_by_more_than_ten_minutes_is_doubted(seconds: float) -> None:
    assert doubt_of_jump(seconds)


@pytest.mark.parametrize("seconds", [0.0, JUMP, -JUMP])
def test_a_clock_that_is_put_right_is_believed(seconds: float) -> None:
    assert doubt_of_jump(seconds) == ""


def test_a_clock_that_most_servers_speak_against_is_doubted() -> None:
    assert doubt_of_servers([2 * DAY, 2 * DAY, 0.0])


@pytest.mark.parametrize(
    "ahead",
    [[], [9 * DAY, 9 * DAY], [9 * DAY, 0.0, 1.0], [TOLERANCE] * 3],
    ids=["none", "two", "one of three", "a day"],
)
def test_few_servers_or_one_that_is_wrong_prove_nothing(ahead: list[float]) -> None:
    assert doubt_of_servers(ahead) == ""


def test_a_night_before_the_last_one_needs_servers_that_say_so() -> None:
    assert doubt_of_order(TODAY, LAST, [])
    assert doubt_of_order(TODAY, LAST, [0.0, 1.0, 2.0]) == ""
    assert doubt_of_order(TODAY, TODAY, []) == ""
    assert doubt_of_order(TODAY, None, []) == ""
