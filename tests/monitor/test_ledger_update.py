from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.decisions import Decision
from monitor.findings import Clock, Confirm
from monitor.ledger import decisions
from monitor.ledger import units as unit_lists
from monitor.ledger.moves import MACHINE
from monitor.ledger.update import update
from monitor.model import (
    Assessment,
    DateSource,
    Document,
    Evidence,
    Move,
    PublishDate,
    Reading,
    State,
    Status,
    Unit,
)
from monitor.store import queries, reading, records, tables, writing
from monitor.wording import Because, MonitorError
from monitor.workdays import WorkCalendar

FIRST = date(2026, 11, 1)
CONFIRM = Confirm(scans=2, min_hours=12)
CLOCK = Clock(on=date(2026, 11, 23), calendar=WorkCalendar())


def at(night: date) -> datetime:
    return datetime(night.year, night.month, night.day, 1, 30, tzinfo=UTC)


def page(night: date) -> Evidence:
    return Evidence(
        url="http://a.test/", fetched_at=at(night), http_status=200, sha256=f"sha-{night}", path="x"
    )


def assessment(status: Status = Status.OK, **said: object) -> Assessment:
    because = {
        Status.OK: Because.FOUND,
        Status.MISSING: Because.EDITION_MISSING,
        Status.STALE: Because.NEWEST_TOO_OLD,
        Status.UNREACH: Because.PAGE_NOT_OPENED,
        Status.DUE_SOON: Because.DUE_SOON,
    }.get(status, Because.NOT_LOOKED_YET)
    return replace(
        Assessment(
            unit="U1",
            requirement="S-11",
            period="2026年秋季",
            status=status,
            because=because,
            assessed_on=FIRST,
        ),
        **said,
    )


class Nights:
    """Scans are known to the memory; each call judges one of them."""

    def __init__(self, store: sa.Engine) -> None:
        self.store = store

    def judge(self, number: int, *judged: Assessment, hour: int = 1):
        night = FIRST + timedelta(days=number - 1)
        scan = str(night)
        with writing(self.store) as memory:
            known = memory.scalar(sa.select(tables.scans.c.seq).where(tables.scans.c.id == scan))
            if known is None:
                memory.execute(sa.insert(tables.scans).values(id=scan, night=night))
        dated = [
            replace(one, assessed_on=night, evidence=one.evidence or (page(night),))
            for one in judged
        ]
        return update(
            self.store,
            dated,
            scan=scan,
            at=at(night).replace(hour=hour),
            confirm=CONFIRM,
            clock=Clock(on=night, calendar=WorkCalendar()),
        )

    def rows(self) -> list[tuple[str, int, int, bool]]:
        table = tables.assessments.c
        with reading(self.store) as memory:
            query = sa.select(table.status, table.first_scan, table.last_scan, table.latest)
            return [tuple(row) for row in memory.execute(query.order_by(table.first_scan))]

    def finding(self):
        (finding,) = records.findings(self.store)
        return finding

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        with reading(self.store) as memory:
            return {
                table.name: sorted(map(tuple, memory.execute(sa.select(table))), key=repr)
                for table in tables.metadata.sorted_tables
            }


@pytest.fixture
def nights(store: sa.Engine) -> Nights:
    return Nights(store)


PAPER = Document(
    url="http://a.test/1.html",
    title="收费公示",
    published=PublishDate(day=FIRST, source=DateSource.LIST, text="2026-11-01"),
)
GAP = assessment(Status.MISSING)
GOOD = assessment(Status.OK)
BLIND = assessment(Status.UNREACH)

# --- assessments as intervals ----------------------------------------------------------


def test_an_assessment_comes_back_as_a_reader_is_shown_it(nights):
    document = Document(
        url="http://a.test/1.html",
        title="2026年秋季收费公示",
        published=PublishDate(day=date(2026, 9, 1), source=DateSource.LABEL, text="2026-09-01"),
        first_seen_on=date(2026, 9, 2),
        reading=Reading.WHOLE,
    )
    judged = assessment(
        Status.OK,
        because=Because.FOUND_LATE,
        facts={
            "title": document.title,
            "published": date(2026, 9, 1),
            "late_by": 3,
            "words": ("收费", "公示"),
            "outcome": Status.OK,
            "share": 0.5,
            "nothing": None,
        },
        late_by=3,
        documents=(document,),
        nearest=replace(document, published=None, title="费用说明"),
        page="http://a.test/",
        evidence=(page(FIRST),),
        flags=("按本局口径",),
        unchecked=("举报电话",),
        last_verified_on=date(2026, 10, 1),
        catalog_digest="c",
    )
    nights.judge(1, judged)

    (kept,) = records.assessments(nights.store)

    assert kept == replace(judged, facts={**judged.facts, "outcome": "正常"})
    assert kept.sentence == judged.sentence


def test_a_fact_nobody_can_read_back_is_refused(nights):
    with pytest.raises(TypeError, match="fact of type object"):
        nights.judge(1, assessment(facts={"odd": object()}))

    assert nights.rows() == []


def test_the_same_verdict_extends_its_row_with_the_last_nights_facts(nights):
    for number, days in enumerate((3, 2, 1), start=1):
        nights.judge(number, assessment(Status.DUE_SOON, facts={"days": days}))

    (kept,) = records.assessments(nights.store)

    assert nights.rows() == [("DUE_SOON", 1, 3, True)]
    assert kept.facts == {"days": 1}
    assert kept.assessed_on == FIRST + timedelta(days=2)


def test_another_verdict_begins_a_row_and_the_past_stays_readable(nights):
    nights.judge(1, GOOD)
    nights.judge(2, BLIND)
    nights.judge(3, GOOD)

    past = [
        next(records.assessments(nights.store, str(FIRST + timedelta(days=day)))).status
        for day in range(3)
    ]

    assert nights.rows() == [("OK", 1, 1, False), ("UNREACH", 2, 2, False), ("OK", 3, 3, True)]
    assert past == [Status.OK, Status.UNREACH, Status.OK]


def test_the_same_night_again_changes_nothing(nights):
    nights.judge(1, GAP)
    nights.judge(2, GAP)
    before = nights.everything()

    nights.judge(2, GAP, hour=23)

    assert nights.everything() == before


@pytest.mark.parametrize("quiet", [0, 2], ids=["a new row", "a row of three nights"])
def test_a_night_judged_again_otherwise_holds_once(nights, quiet):
    for number in range(1, quiet + 2):
        nights.judge(number, GOOD)
    last = quiet + 1
    nights.judge(last, GAP)

    held = list(records.assessments(nights.store, str(FIRST + timedelta(days=last - 1))))

    assert [one.status for one in held] == [Status.MISSING]
    assert len(list(records.assessments(nights.store))) == 1


def test_a_late_result_of_an_older_night_does_not_replace_a_newer_one(nights):
    nights.judge(1)
    nights.judge(2, GOOD)
    nights.judge(1, GAP)

    assert nights.rows() == [("OK", 2, 2, True)]


def test_a_new_period_takes_the_place_of_the_old_one(nights):
    nights.judge(1, GOOD)
    nights.judge(2, replace(GOOD, period="2027年春季"), replace(GOOD, requirement="S-12"))

    latest = [(one.requirement, one.period) for one in records.assessments(nights.store)]

    assert latest == [("S-11", "2027年春季"), ("S-12", "2026年秋季")]


def test_what_has_no_period_has_one_row_too(nights):
    for number in (1, 2):
        nights.judge(number, replace(GOOD, period=""))

    (kept,) = records.assessments(nights.store)

    assert kept.period == ""
    assert len(nights.rows()) == 1


def test_a_long_stream_is_stored_in_parts_as_one_whole(nights):
    many = [replace(GOOD, unit=f"U{number:04}") for number in range(2500)]

    updated = nights.judge(1, *many)

    assert updated.assessed == len(nights.rows()) == 2500
    assert updated.by_status == {Status.OK: 2500}


def test_a_stream_that_breaks_off_leaves_nothing(nights):
    def broken():
        for number in range(1500):
            yield replace(GOOD, unit=f"U{number:04}")
        raise OSError("the reader went away")

    nights.judge(1)
    with pytest.raises(OSError, match="went away"):
        update(nights.store, broken(), scan=str(FIRST), at=at(FIRST), confirm=CONFIRM, clock=CLOCK)

    assert nights.rows() == []


def test_a_scan_nobody_recorded_is_refused_in_words(store):
    with pytest.raises(MonitorError, match="没有编号为"):
        update(store, [GOOD], scan="2030-01-01", at=at(FIRST), confirm=CONFIRM, clock=CLOCK)


# --- findings --------------------------------------------------------------------------


def test_a_gap_is_detected_once_and_reviewed_after_its_second_sighting(nights):
    first = nights.judge(1, GAP)
    detected = nights.finding()
    second = nights.judge(2, GAP)
    reviewed = nights.finding()
    third = nights.judge(3, GAP)

    assert first.moves == {Move.DETECT: 1}
    assert (detected.number, detected.state) == ("WT-2026-00001", State.DETECTED)
    assert detected.status is Status.MISSING
    assert second.moves == {Move.SEEN_AGAIN: 1}
    assert (reviewed.state, reviewed.sightings) == (State.TO_REVIEW, 2)
    assert reviewed.first_seen_on == FIRST
    assert third.moves == {}
    assert nights.finding().last_seen_on == FIRST + timedelta(days=2)


def test_every_move_tells_who_when_why_and_the_page(nights):
    nights.judge(1, GAP)
    nights.judge(2, GAP)

    detected, again = records.finding_events(nights.store, "WT-2026-00001")

    assert (detected.from_state, detected.to_state) == (None, State.DETECTED)
    assert (again.from_state, again.to_state) == (State.DETECTED, State.TO_REVIEW)
    assert again.by == MACHINE
    assert again.at == at(FIRST + timedelta(days=1))
    assert again.reason == GAP.sentence
    assert again.evidence == f"sha-{FIRST + timedelta(days=1)}"


@pytest.mark.parametrize("blind", [Status.UNREACH, Status.UNSURE, Status.NEW])
def test_a_night_that_decided_nothing_touches_no_finding(nights, blind):
    nights.judge(1, GAP)
    before = nights.finding()

    nights.judge(2, assessment(blind))

    assert nights.finding() == before


def test_a_gap_stays_with_the_day_it_was_last_verified(nights):
    nights.judge(1, GAP)
    for number in range(2, 9):
        nights.judge(number, BLIND)

    assert nights.finding().last_verified_on == FIRST


def test_an_unconfirmed_finding_is_dropped_by_one_good_look_and_a_new_gap_is_a_new_finding(nights):
    nights.judge(1, GAP)
    nights.judge(2, GOOD)
    nights.judge(3, GAP)

    old, new = records.findings(nights.store)

    assert (old.state, new.state) == (State.DROPPED, State.DETECTED)
    assert (old.number, new.number) == ("WT-2026-00001", "WT-2026-00002")


def test_the_same_night_judged_again_is_no_second_sighting(nights):
    nights.judge(1, GAP, hour=1)
    nights.judge(1, GAP, hour=23)

    assert nights.finding().state is State.DETECTED


def test_two_scans_within_hours_are_one_sighting(nights):
    nights.judge(1, GAP, hour=20)
    nights.judge(2, GAP, hour=1)

    assert nights.finding().state is State.DETECTED

    nights.judge(3, GAP, hour=1)

    assert nights.finding().state is State.TO_REVIEW


def test_numbers_go_on_through_the_year_and_begin_anew(nights):
    nights.judge(1, GAP, replace(GAP, unit="U2"))
    nights.judge(2, replace(GAP, unit="U3"))
    nights.judge(62, replace(GAP, unit="U4"))

    assert [finding.number for finding in records.findings(nights.store)] == [
        "WT-2026-00001",
        "WT-2026-00002",
        "WT-2026-00003",
        "WT-2027-00001",
    ]


# --- questions -------------------------------------------------------------------------


def test_statuses_are_counted_by_unit_and_by_requirement(nights):
    nights.judge(
        1, GAP, replace(GOOD, requirement="S-12"), replace(GAP, unit="U2"), replace(GOOD, unit="U3")
    )

    assert queries.statuses_by_unit(nights.store) == {
        "U1": {Status.MISSING: 1, Status.OK: 1},
        "U2": {Status.MISSING: 1},
        "U3": {Status.OK: 1},
    }
    assert queries.statuses_by_requirement(nights.store, str(FIRST)) == {
        "S-11": {Status.MISSING: 2, Status.OK: 1},
        "S-12": {Status.OK: 1},
    }


def test_past_turns_tell_what_was_late_and_by_how_much(nights):
    late = replace(
        GOOD,
        late_by=11,
        because=Because.FOUND_LATE,
        facts={"day_kind": "工作日"},
        documents=(PAPER,),
    )
    nights.judge(1, replace(late, period="2025年度"), replace(GOOD, documents=(PAPER,)))

    assert {
        (turn.period, turn.is_late, turn.late_by, turn.day_kind)
        for turn in queries.past_turns(nights.store)
    } == {("2026年秋季", False, 0, ""), ("2025年度", True, 11, "工作日")}


@pytest.mark.parametrize(
    ("status", "moves", "is_late"),
    [
        (Status.MISSING, (Move.CONFIRM,), True),
        (Status.MISSING, (Move.WITHDRAW,), None),
        (Status.MISSING, (), None),
        (Status.PARTIAL, (Move.CONFIRM,), None),
    ],
    ids=["confirmed", "a mistake", "nobody said so", "a matter of elements"],
)
def test_only_a_confirmed_problem_of_time_makes_a_turn_late(nights, status, moves, is_late):
    gap = replace(GAP, status=status)
    nights.judge(1, gap)
    nights.judge(2, gap)
    for move in moves:
        decision = Decision(
            finding=nights.finding().number, move=move, by="李科长", reason="已核对页面"
        )
        decisions.take(nights.store, [decision], at=at(FIRST), clock=CLOCK)

    turns = list(queries.past_turns(nights.store))

    assert [(turn.is_late, turn.found) for turn in turns] == ([(True, status)] if is_late else [])


def test_what_waits_or_could_not_be_looked_at_is_no_turn(nights):
    nights.judge(1, GOOD, replace(BLIND, requirement="S-12"))

    assert list(queries.past_turns(nights.store)) == []


def test_an_exported_row_is_ready_for_json(nights):
    document = Document(
        url="http://a.test/1.html",
        title="旧公示",
        published=PublishDate(day=date(2025, 9, 1), source=DateSource.LIST, text="2025-09-01"),
        first_seen_on=date(2026, 1, 2),
    )
    unit_lists.replace(nights.store, [Unit(code="U1", name="实验小学")], at=at(FIRST))
    stale = assessment(
        Status.STALE,
        facts={"newest": date(2025, 9, 1), "since": date(2026, 5, 1)},
        documents=(document,),
    )
    nights.judge(1, stale, replace(GOOD, requirement="S-12", documents=(document,)))
    nights.judge(2, stale)

    gap, good = json.loads(
        json.dumps(list(queries.exported(nights.store, {"S-11": "教育收费公示"})))
    )

    assert gap == {
        "unit": "U1",
        "unit_name": "实验小学",
        "requirement": "S-11",
        "requirement_name": "教育收费公示",
        "period": "2026年秋季",
        "status": "STALE",
        "because": {
            "code": "NEWEST_TOO_OLD",
            "text": "最新一条为2025-09-01，早于2026-05-01",
        },
        "late_by": None,
        "newest_on": "2025-09-01",
        "page": "",
        "evidence": [
            {
                "url": "http://a.test/",
                "fetched_at": "2026-11-02T01:30:00+00:00",
                "http_status": 200,
                "sha256": "sha-2026-11-02",
                "path": "x",
            }
        ],
        "first_seen_on": "2026-11-01",
        "assessed_on": "2026-11-02",
        "flags": [],
        "unchecked": [],
    }
    assert good["first_seen_on"] == "2026-01-02"
