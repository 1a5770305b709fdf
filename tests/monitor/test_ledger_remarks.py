from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.ledger.remarks import RemarksKept, note, say
from monitor.model import Evidence, Opinion, Remark, RemarkKind
from monitor.store import records
from monitor.wording import Noticed

FIRST = date(2026, 11, 20)
SECOND = FIRST + timedelta(days=1)
THIRD = FIRST + timedelta(days=2)
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
READ = {("P-01", "fees"), ("P-01", "")}


def remark(**changes: Any) -> Remark:
    return Remark(
        **{
            "unit": "P-01",
            "kind": RemarkKind.UNDATED,
            "because": Noticed.UNDATED,
            "facts": {"column": "收费信息", "count": 2, "title": "收费一览", "day": FIRST},
            "column": "fees",
            "page": "http://school.example/fees/",
            "evidence": (
                Evidence(url="http://s/", fetched_at=AT, http_status=200, sha256="ab", path="a/b"),
            ),
        }
        | changes
    )


def test_a_remark_comes_back_as_it_was_made(store: sa.Engine) -> None:
    note(store, [remark()], on=FIRST, read=READ)

    (kept,) = records.remarks(store)
    assert kept.remark == remark()
    assert (kept.first_seen_on, kept.last_seen_on, kept.ended_on) == (FIRST, FIRST, None)


def test_the_same_night_again_changes_nothing(store: sa.Engine) -> None:
    note(store, [remark()], on=FIRST, read=READ)
    before = records.remarks(store)

    assert note(store, [remark()], on=FIRST, read=READ) == RemarksKept()
    assert records.remarks(store) == before


def test_seen_again_it_is_the_same_remark_with_the_facts_of_the_last_night(
    store: sa.Engine,
) -> None:
    note(store, [remark()], on=FIRST, read=READ)
    note(store, [remark(facts={"count": 3})], on=SECOND, read=READ)

    (kept,) = records.remarks(store)
    assert kept.remark.facts == {"count": 3}
    assert (kept.first_seen_on, kept.last_seen_on) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("read", "ended"),
    [(READ, SECOND), (set(), None), ({("P-01", "")}, None)],
    ids=["the column was read", "nothing was read", "only other columns were read"],
)
def test_it_ends_with_the_night_that_read_its_place_without_it(
    store: sa.Engine, read: set[tuple[str, str]], ended: date | None
) -> None:
    note(store, [remark()], on=FIRST, read=READ)
    note(store, [], on=SECOND, read=read)

    assert records.remarks(store)[0].ended_on == ended


def test_what_comes_back_after_it_ended_is_a_new_remark(store: sa.Engine) -> None:
    note(store, [remark()], on=FIRST, read=READ)
    note(store, [], on=SECOND, read=READ)

    assert note(store, [remark()], on=THIRD, read=READ).new == 1
    assert [one.ended_on for one in records.remarks(store)] == [SECOND, None]


def test_what_a_person_called_unfounded_is_not_made_again(store: sa.Engine) -> None:
    note(store, [remark()], on=FIRST, read=READ)
    assert say(store, 1, Opinion.UNFOUNDED, by="王科员", at=AT, text="页面下方有日期")
    note(store, [], on=SECOND, read=READ)

    assert note(store, [remark()], on=THIRD, read=READ).new == 0
    (kept,) = records.remarks(store)
    assert (kept.opinion, kept.by, kept.at) == (Opinion.UNFOUNDED, "王科员", AT)
    assert (kept.note, kept.last_seen_on) == ("页面下方有日期", THIRD)


def test_nothing_can_be_said_of_a_remark_that_is_not_there(store: sa.Engine) -> None:
    assert not say(store, 7, Opinion.FOUNDED, by="王科员", at=AT)
