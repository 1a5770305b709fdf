from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import TODAY, requirement, unit, waiver

from monitor.model import Status, Waiver
from monitor.waivers import GROUNDS, standing, status_of


@pytest.mark.parametrize("ground", GROUNDS)
def test_only_the_legal_ground_makes_exempt(ground: str) -> None:
    expected = Status.EXEMPT if ground == "C6" else Status.NA

    assert status_of(waiver(ground=ground)) is expected


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, True),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
        ({"valid_until": date(2099, 1, 1)}, True),
        ({"approved_by": "王老师"}, False),
        ({"approved_by": " 王老师 "}, False),
        ({"approved_by": ""}, False),
        ({"proposed_by": " "}, False),
        ({"ground": "C11"}, False),
        ({"ground": ""}, False),
        ({"unit": "P-02"}, False),
        ({"requirement": "S-12"}, False),
    ],
    ids=[
        "approved",
        "its last day",
        "expired yesterday",
        "for long",
        "own approval",
        "own approval with blanks",
        "not approved",
        "nobody proposed",
        "no such ground",
        "no ground",
        "another unit",
        "another requirement",
    ],
)
def test_a_waiver_stands_when_someone_else_approved_it(
    changes: dict[str, object], stands: bool
) -> None:
    found = standing([waiver(**changes)], unit(), requirement(), TODAY)

    assert (found is not None) is stands


def test_what_cannot_be_waived_is_not() -> None:
    assert standing([waiver()], unit(), requirement(waivable=False), TODAY) is None


def test_the_last_valid_one_wins() -> None:
    given: list[Waiver] = [
        waiver(reason="旧"),
        waiver(reason="新", ground="C6"),
        waiver(reason="过期", valid_until=date(2026, 1, 1)),
    ]

    found = standing(given, unit(), requirement(), TODAY)

    assert found is not None
    assert found.reason == "新"
