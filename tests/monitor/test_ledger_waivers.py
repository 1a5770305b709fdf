from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from builders import requirement, unit, waiver

from monitor.ledger.waivers import Paper, add, approve, expire
from monitor.model import WaiverRequest
from monitor.store import records
from monitor.wording import MonitorError

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
UNTIL = date(2027, 11, 22)


def added(
    store: sa.Engine, *, by: str = "王科员", proof: str = "", **changes: Any
) -> WaiverRequest:
    asked = waiver(**{"approved_by": "", "valid_until": UNTIL} | changes)
    return add(store, asked, unit(), requirement(), by=by, at=AT, proof=proof)


def approved(store: sa.Engine, number: int, **changes: Any) -> WaiverRequest:
    return approve(store, number, **{"approver": "李科长", "by": "李科长", "at": AT} | changes)


def refusal(call: Any) -> str:
    with pytest.raises(MonitorError) as refused:
        call()
    assert "不详" not in str(refused.value)
    return refused.value.code


def test_what_is_asked_for_does_not_stand_yet(store: sa.Engine) -> None:
    request = added(store)

    assert request.number == 1
    assert records.waiver_requests(store) == (request,)
    assert records.waivers(store) == ()


def test_who_asked_who_approved_and_who_entered_it_are_kept(store: sa.Engine) -> None:
    added(store, proof="会议纪要3号")

    approved(store, 1)

    (kept,) = records.waiver_requests(store)
    assert kept.waiver == waiver(approved_by="李科长", valid_until=UNTIL)
    assert (kept.added_by, kept.recorded_by, kept.approved_at) == ("王科员", "李科长", AT)
    assert kept.proof == "会议纪要3号"
    assert records.waivers(store) == (replace(kept.waiver, approved_on=date(2026, 11, 23)),)


def test_a_decision_on_paper_is_of_its_own_day_and_person(store: sa.Engine) -> None:
    added(store, ground="C6", proof="审查〔2026〕3号")
    signed = datetime(2026, 11, 20, tzinfo=UTC)

    done = approved(
        store, 1, approver="赵副局长", by="王科员", paper=Paper(number="示教〔2026〕8号", on=signed)
    )

    assert (done.waiver.approved_by, done.approved_at) == ("赵副局长", signed)
    assert (done.paper, done.recorded_by) == ("示教〔2026〕8号", "王科员")
    assert records.waiver_requests(store) == (done,)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"proposed_by": " "}, "E2853"),
        ({"by": ""}, "E2854"),
        ({"ground": "C6"}, "E2855"),
        ({"valid_until": date(2026, 11, 22)}, "E2856"),
    ],
    ids=["nobody proposed", "nobody entered", "a legal ground without its record", "over already"],
)
def test_a_request_that_lacks_something_is_not_kept(
    changes: dict[str, Any], code: str, store: sa.Engine
) -> None:
    assert refusal(lambda: added(store, **changes)) == code
    assert records.waiver_requests(store) == ()


def test_what_must_be_public_cannot_be_asked_for(store: sa.Engine) -> None:
    core = requirement(waivable=False)

    assert refusal(lambda: add(store, waiver(), unit(), core, by="王科员", at=AT)) == "E2852"


def test_the_same_is_not_asked_for_twice_until_the_first_has_ended(store: sa.Engine) -> None:
    added(store)

    assert refusal(lambda: added(store, reason="再说一次")) == "E2857"
    expire(store, 1, by="李科长", at=AT)
    assert added(store).number == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"approver": "王老师"}, "E2859"),
        ({"by": ""}, "E2854"),
        ({"paper": Paper(number="1号", on=datetime(2026, 12, 1, tzinfo=UTC))}, "E2864"),
    ],
    ids=["by who proposed it", "by nobody", "on a paper of tomorrow"],
)
def test_what_may_not_be_approved_stays_as_it_was(
    changes: dict[str, Any], code: str, store: sa.Engine
) -> None:
    before = added(store)

    assert refusal(lambda: approved(store, 1, **changes)) == code
    assert records.waiver_requests(store) == (before,)


def test_a_legal_ground_needs_a_second_officer(store: sa.Engine) -> None:
    added(store, ground="C6", proof="审查〔2026〕3号")

    assert refusal(lambda: approved(store, 1, approver="王科员", by="王科员")) == "E2860"
    assert approved(store, 1).approved_at == AT


def test_one_for_long_is_confirmed_for_another_year_under_a_number_of_its_own(
    store: sa.Engine,
) -> None:
    added(store)
    approved(store, 1)
    next_year = datetime(2027, 11, 1, 2, tzinfo=UTC)

    again = approved(store, 1, approver="赵科长", by="赵科长", at=next_year)

    first, second = records.waiver_requests(store)
    assert (first.waiver.approved_by, first.waiver.valid_until) == ("李科长", UNTIL)
    assert second == again
    assert second.waiver.valid_until == date(2028, 10, 31)


def test_what_was_ended_stands_no_more_and_is_not_forgotten(store: sa.Engine) -> None:
    added(store)
    approved(store, 1)

    ended = expire(store, 1, by="李科长", at=AT)

    assert records.waivers(store) == ()
    assert records.waiver_requests(store) == (ended,)
    assert refusal(lambda: expire(store, 1, by="李科长", at=AT)) == "E2861"
    assert refusal(lambda: approved(store, 1)) == "E2861"


@pytest.mark.parametrize("act", [approved, lambda store, n: expire(store, n, by="李科长", at=AT)])
def test_a_number_nobody_gave_is_told(act: Any, store: sa.Engine) -> None:
    assert refusal(lambda: act(store, 7)) == "E2858"
