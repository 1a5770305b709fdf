from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import column, document, moment, observation, unit

from monitor.judgements import Case, remarked
from monitor.model import Outcome, Remark, RemarkKind, WaitingLetter


def told(*sent: date, **changes: Any) -> list[Remark]:
    waiting = tuple(WaitingLetter(sent_on=day, state="办理中") for day in sent)
    look = observation(document(), waiting=waiting, column="responses", **changes)
    case = Case(
        unit=unit(),
        looks={"responses": look},
        columns={"responses": column(id="responses", name="局长信箱")},
    )
    return list(remarked(case, moment()))


def test_letters_waiting_beyond_three_months_are_counted_with_the_oldest() -> None:
    (one,) = told(date(2026, 7, 1), date(2026, 5, 4), date(2026, 11, 1))

    assert (one.kind, one.column) == (RemarkKind.UNANSWERED, "responses")
    assert one.sentence == (
        "“局长信箱”栏目的页面上有2封来信超过3个月仍未答复，最早的一封是2026-05-04的，写着“办理中”"
    )


@pytest.mark.parametrize(
    ("sent", "late"),
    [(date(2026, 8, 22), True), (date(2026, 8, 23), False), (date(2026, 11, 23), False)],
    ids=["three months and a day", "three months", "today"],
)
def test_a_letter_is_late_after_three_months(sent: date, late: bool) -> None:
    assert bool(told(sent)) is late


@pytest.mark.parametrize(
    "changes", [{"identity_seen": False}, {"outcome": Outcome.OTHER_UNIT}], ids=["whose", "others"]
)
def test_a_page_of_others_tells_nothing(changes: dict[str, Any]) -> None:
    assert told(date(2026, 5, 4), **changes) == []
