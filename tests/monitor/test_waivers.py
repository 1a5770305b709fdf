from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import TODAY, assessment, document, requirement, unit, waiver

from monitor.model import Assessment, Status, Waiver, WaiverRequest
from monitor.waivers import (
    GROUNDS,
    cautions,
    is_live,
    last_day,
    may_approve,
    standing,
    state_of,
    status_of,
)
from monitor.wording import MonitorError


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


# --- asking and approving ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("duration", "on", "until"),
    [
        ("本学期", "2026-11-23", "2027-01-31"),
        ("本学期", "2027-01-31", "2027-01-31"),
        ("本学期", "2027-02-01", "2027-07-31"),
        ("本学期", "2026-08-01", "2027-01-31"),
        ("本年度", "2026-12-31", "2026-12-31"),
        ("长期", "2026-11-23", "2027-11-22"),
        ("长期", "2028-02-29", "2029-02-27"),
    ],
)
def test_a_waiver_ends_with_what_it_was_asked_for(duration: str, on: str, until: str) -> None:
    assert last_day(duration, date.fromisoformat(on)) == date.fromisoformat(until)


def asked(**changes: Any) -> WaiverRequest:
    given = {"number": 3, "added_by": "王科员", "proposed_at": datetime(2026, 11, 1, tzinfo=UTC)}
    about = waiver(approved_by="", valid_until=date(2027, 10, 31))
    return WaiverRequest(**given | {"waiver": about} | changes)


LEGAL_ONE = waiver(ground="C6", approved_by="", valid_until=date(2027, 10, 31))
APPROVED = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("request_", "approver", "on", "code"),
    [
        (asked(), "李科长", TODAY, None),
        (asked(), "王科员", TODAY, None),
        (asked(), " 王 老师", TODAY, "E2859"),
        (asked(waiver=LEGAL_ONE), "王科员", TODAY, "E2860"),
        (asked(waiver=LEGAL_ONE), "王老师", TODAY, "E2859"),
        (asked(waiver=LEGAL_ONE), "李副局长", TODAY, None),
        (asked(ended_at=APPROVED, ended_by="李科长"), "李科长", TODAY, "E2861"),
        (asked(), "李科长", date(2027, 11, 1), "E2866"),
        (asked(approved_at=APPROVED), "李科长", TODAY, "E2865"),
        (asked(approved_at=APPROVED), "李科长", date(2027, 9, 15), None),
        (
            asked(approved_at=APPROVED, waiver=waiver(valid_until=date(2027, 1, 31))),
            "李科长",
            date(2027, 1, 20),
            "E2862",
        ),
    ],
    ids=[
        "another person",
        "who entered it",
        "who proposed it",
        "a legal ground by who entered it",
        "a legal ground by who proposed it",
        "a legal ground by a second officer",
        "ended",
        "waited too long",
        "approved, far from its end",
        "approved for long, near its end",
        "approved for a term",
    ],
)
def test_who_may_approve(
    request_: WaiverRequest, approver: str, on: date, code: str | None
) -> None:
    if code is None:
        may_approve(request_, approver, on)
    else:
        with pytest.raises(MonitorError) as refused:
            may_approve(request_, approver, on)
        assert refused.value.code == code
        assert "不详" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "state", "live"),
    [
        ({}, "待核准", True),
        ({"approved_at": APPROVED}, "已核准", True),
        ({"approved_at": APPROVED, "waiver": waiver(valid_until=APPROVED.date())}, "已到期", False),
        ({"ended_at": APPROVED, "ended_by": "李科长"}, "已终止", False),
    ],
)
def test_where_a_request_stands(changes: dict[str, Any], state: str, live: bool) -> None:
    assert state_of(asked(**changes), TODAY) == state
    assert is_live(asked(**changes), TODAY) is live


# --- what speaks against one -----------------------------------------------------------

SCHOOLS = [unit(code=f"P-0{number}", name=f"第{number}小学") for number in range(1, 7)]


def warned(*standing: Assessment) -> list[str]:
    return list(cautions(waiver(), standing, SCHOOLS, requirement()))


def owed_by(code: str, statuses: Sequence[Status]) -> list[Assessment]:
    return [
        assessment(unit=code, requirement=f"S-{number}", status=status)
        for number, status in enumerate(statuses, 11)
    ]


def test_a_unit_that_waives_more_than_a_sixth_is_pointed_out() -> None:
    few = owed_by("P-01", [Status.MISSING] * 20)
    many = owed_by("P-01", [Status.MISSING] * 16 + [Status.NA] * 4)

    assert warned(*few) == []
    assert warned(*many) == ["第1小学的 20 个事项中，连同本项有 5 个不涉及，超过 15%"]


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([Status.OK, Status.STMT, Status.MISSING], True),
        ([Status.OK, Status.MISSING, Status.MISSING], False),
        ([Status.OK, Status.OK], False),
        ([Status.OK, Status.OK, Status.UNREACH, Status.NA, Status.UNSURE], False),
    ],
    ids=["most publish it", "few publish it", "too few to tell", "too few were seen"],
)
def test_what_most_others_publish_is_pointed_out(others: list[Status], told: bool) -> None:
    others_stand = [
        assessment(unit=school.code, status=status)
        for school, status in zip(SCHOOLS[1:], others, strict=False)
    ]

    found = warned(*owed_by("P-01", [Status.MISSING] * 20), *others_stand)

    assert bool(found) is told


def test_what_stands_on_the_units_own_site_is_pointed_out() -> None:
    own = owed_by("P-01", [Status.MISSING] * 20)
    own[0] = assessment(status=Status.OK, documents=(document("食堂收费公示", TODAY),))

    assert warned(*own) == [f"该单位网站上有“食堂收费公示”（{TODAY}），与“不涉及”不符"]
