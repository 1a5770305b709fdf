from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from builders import assessment, requirement

from monitor.findings import Clock, Confirm
from monitor.ledger.update import update
from monitor.ledger.verifications import verify
from monitor.model import Answer, Assessment, Catalog, Status, Verification
from monitor.store import reading, records, tables, writing
from monitor.wording import Because
from monitor.workdays import WorkCalendar

NIGHTS = [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)]
CATALOG = Catalog(columns={}, requirements={"S-11": requirement(columns=("fees",))})


def said(answer: Answer = Answer.OFFLINE, **changes: Any) -> Verification:
    return Verification(
        **{
            "unit": "P-01",
            "requirement": "S-11",
            "period": "2026年",
            "answer": answer,
            "by": "王科员",
            "at": datetime(2026, 11, 23, 1, tzinfo=UTC),
            "note": "校门口公示栏",
            "address": "http://school.example/a",
            "valid_until": date(2027, 11, 23),
        }
        | changes
    )


def night(store: sa.Engine, on: date, status: Status = Status.UNSURE) -> None:
    """Judge one night: the item is unsure."""
    because = {Status.UNSURE: Because.EVENT_UNKNOWN, Status.UNREACH: Because.PAGE_NOT_OPENED}
    judged = assessment(
        status=status, period="2026年", because=because[status], assessed_on=on, facts={}
    )
    with writing(store) as memory:
        memory.execute(sa.insert(tables.scans).values(id=str(on), night=on))
    update(
        store,
        [judged],
        scan=str(on),
        at=datetime(on.year, on.month, on.day, tzinfo=UTC),
        confirm=Confirm(),
        clock=Clock(on=on, calendar=WorkCalendar()),
    )


def standing(store: sa.Engine, scan: str | None = None) -> Assessment:
    (one,) = records.assessments(store, scan)
    return one


@pytest.mark.parametrize("nights", [1, 2, 3])
def test_an_answer_stands_at_once_in_the_verdict_of_the_last_night_only(
    store: sa.Engine, nights: int
) -> None:
    for on in NIGHTS[:nights]:
        night(store, on)

    assert verify(store, [said()], CATALOG) == 1

    assert standing(store).status is Status.OK
    assert standing(store).because is Because.VERIFIED_OFFLINE
    for on in NIGHTS[: nights - 1]:
        assert standing(store, str(on)).status is Status.UNSURE


def test_who_said_what_and_when_comes_back_as_it_was_said(store: sa.Engine) -> None:
    night(store, NIGHTS[0])

    verify(store, [said()], CATALOG)

    kept = records.verifications(store)["P-01", "S-11", "2026年"]
    assert kept == said(digest="fees||")


def test_answers_are_only_added_and_the_last_one_holds(store: sa.Engine) -> None:
    night(store, NIGHTS[0])

    verify(store, [said()], CATALOG)
    verify(store, [said(Answer.NOT_PUBLISHED, by="李科长")], CATALOG)

    with reading(store) as memory:
        kept = memory.execute(sa.select(tables.verifications.c.said_by)).scalars().all()
    assert kept == ["王科员", "李科长"]
    assert standing(store).status is Status.MISSING
    assert "李科长" in standing(store).sentence


def test_an_answer_to_what_nobody_could_open_changes_nothing(store: sa.Engine) -> None:
    night(store, NIGHTS[0], Status.UNREACH)

    assert verify(store, [said()], CATALOG) == 0
    assert standing(store).status is Status.UNREACH


def test_an_answer_before_the_first_night_waits_for_it(store: sa.Engine) -> None:
    assert verify(store, [said()], CATALOG) == 0
    assert list(records.assessments(store)) == []
    assert len(records.verifications(store)) == 1


def test_the_answer_to_another_period_is_another_answer(store: sa.Engine) -> None:
    night(store, NIGHTS[0])

    assert verify(store, [said(period="2025年")], CATALOG) == 0
    assert standing(store).status is Status.UNSURE


def test_a_digest_is_that_of_the_list_when_the_answer_was_given(store: sa.Engine) -> None:
    night(store, NIGHTS[0])
    with writing(store) as memory:
        memory.execute(
            sa.insert(tables.remembered).values(
                unit="P-01",
                column_id="fees",
                scan=1,
                verified_on=NIGHTS[0],
                outcome="OPENED",
                list_digest="mark:abcdef",
                newest=date(2026, 9, 1),
                to_end=True,
                entries=1,
                listed=1,
                identity_seen=True,
            )
        )

    verify(store, [said()], CATALOG)

    (kept,) = records.verifications(store).values()
    assert kept.digest == "fees|abcdef|2026-09-01"
