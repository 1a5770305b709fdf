from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from builders import CALENDAR, assessment, document, unit

from monitor.findings import Clock, Confirm
from monitor.ledger import snapshots
from monitor.ledger import units as lists
from monitor.ledger.update import update
from monitor.model import Evidence, State, Status
from monitor.store import queries, records, tables, writing
from monitor.wording import Because, MonitorError
from monitor.workdays import WorkCalendar

MONTH = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 30)}
AT = datetime(2026, 12, 1, tzinfo=UTC)
RULES = {"rules.yaml": "columns: []\n"}
JUDGED = assessment(
    unit="P-01",
    because=Because.NONE_IN_WINDOW,
    facts={"since": date(2026, 1, 1), "words": "收费"},
    nearest=document("2025年秋季收费公示", on=date(2025, 9, 1)),
    page="http://a.cn/fees/",
    evidence=(
        Evidence(url="http://a.cn/", fetched_at=AT, http_status=200, sha256="0f", path="0/0f.gz"),
    ),
)


def night(store: sa.Engine, day: date, *judged) -> None:
    with writing(store) as memory:
        seq = memory.execute(
            sa.insert(tables.scans).values(id=str(day), night=day).returning(tables.scans.c.seq)
        ).scalar_one()
        memory.execute(
            sa.insert(tables.batches).values(
                scan=seq,
                batch=1,
                planned=1,
                damaged=0,
                complete=True,
                started_at=AT,
                recorded_at=AT,
            )
        )
    update(
        store,
        judged,
        scan=str(day),
        at=datetime(day.year, day.month, day.day, 16, tzinfo=UTC),
        confirm=Confirm(),
        clock=Clock(on=day, calendar=WorkCalendar()),
    )


@pytest.fixture
def office(store):
    """Two nights of November that saw a gap, and one of December that did not."""
    lists.replace(store, [unit(code="P-01")], at=AT)
    for day in (date(2026, 11, 20), date(2026, 11, 21)):
        night(store, day, JUDGED)
    return store


def frozen(store, name: str = "2026-11"):
    snapshots.freeze(
        store,
        name=name,
        **MONTH,
        cut_off_at=AT,
        made_by="王科员",
        at=AT,
        rules=RULES,
        assessments=records.assessments(store),
        calendar=CALENDAR,
    )
    return snapshots.thaw(store, name)


def test_what_is_frozen_comes_back_whole(office):
    kept = frozen(office)

    assert kept.units == records.units(office)
    assert kept.assessments == tuple(records.assessments(office))
    assert kept.findings == records.findings(office)
    assert kept.events == records.finding_events(office, kept.findings[0].number)
    assert (kept.nights, kept.rules, kept.made_by) == (2, RULES, "王科员")
    assert json.loads(kept.calendar) == CALENDAR.plain()


def test_what_happens_later_changes_nothing(office):
    before = frozen(office)
    night(office, date(2026, 12, 2), assessment(unit="P-01", status=Status.OK))

    assert snapshots.thaw(office, "2026-11") == before


def test_a_finding_stands_as_it_stood_at_the_cut_off(office):
    night(office, date(2026, 12, 2), assessment(unit="P-01", status=Status.OK))

    kept = frozen(office)

    assert records.findings(office)[0].state is State.DROPPED
    assert [one.state for one in kept.findings] == [State.TO_REVIEW]
    assert all(event.at <= AT for event in kept.events)


def test_what_began_after_the_cut_off_is_left_out(office):
    other = assessment(unit="P-01", requirement="S-12")
    night(office, date(2026, 12, 3), other)

    assert [one.requirement for one in frozen(office).findings] == ["S-11"]


def test_a_name_is_given_once(office):
    frozen(office)

    with pytest.raises(MonitorError) as caught:
        frozen(office)
    assert caught.value.code == "E2606"
    assert [one.id for one in snapshots.kept(office)] == ["2026-11"]


def test_a_changed_content_is_refused(office):
    frozen(office)
    with writing(office) as memory:
        memory.execute(sa.update(tables.snapshots).values(content=gzip.compress(b"{}")))

    with pytest.raises(MonitorError) as caught:
        snapshots.thaw(office, "2026-11")
    assert caught.value.code == "E5109"
    with pytest.raises(MonitorError):
        snapshots.thaw(office, "2026-10")


def test_the_verdicts_of_a_day_are_those_of_the_nights_before(office):
    night(office, date(2026, 12, 2), assessment(unit="P-01", status=Status.OK))

    then = queries.verdicts_until(office, date(2026, 11, 30))
    now = queries.verdicts_until(office, date(2026, 11, 30) + timedelta(days=9))

    assert then["P-01", "S-11"].status is Status.MISSING
    assert now["P-01", "S-11"].status is Status.OK
