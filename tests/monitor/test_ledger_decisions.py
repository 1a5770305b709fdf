from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from builders import CALENDAR, assessment, document

from monitor.decisions import Decision
from monitor.findings import Clock, Confirm
from monitor.ledger.decisions import preview, take
from monitor.ledger.update import update
from monitor.model import Evidence, Move, State, Status
from monitor.store import records, tables, writing
from monitor.store.checked import check_chain
from monitor.wording import Because, MonitorError

FIRST = date(2026, 11, 2)  # a Monday
CONFIRM = Confirm(scans=2, min_hours=12)
PAGE = Evidence(
    url="http://a.cn/fees/",
    fetched_at=datetime(2026, 11, 2, tzinfo=UTC),
    http_status=200,
    sha256="9f" * 32,
    path="9/9f.gz",
)
GAP = assessment(unit="U1", status=Status.MISSING, because=Because.NONE_IN_WINDOW, evidence=(PAGE,))
GOOD = assessment(unit="U1", status=Status.OK, because=Because.FOUND)


class Office:
    """Nights that judge one obligation, and an officer who decides."""

    def __init__(self, store: sa.Engine) -> None:
        self.store = store

    def night(self, number: int, judged) -> None:
        day = FIRST + timedelta(days=number - 1)
        with writing(self.store) as memory:
            memory.execute(sa.insert(tables.scans).values(id=str(day), night=day))
        seen = [type(judged)(**{**_fields(judged), "assessed_on": day})]
        update(
            self.store,
            seen,
            scan=str(day),
            at=_at(day),
            confirm=CONFIRM,
            clock=Clock(on=day, calendar=CALENDAR),
        )

    def decide(self, number: int, *decisions: Decision, do=take):
        day = FIRST + timedelta(days=number - 1)
        return do(self.store, decisions, at=_at(day), clock=Clock(on=day, calendar=CALENDAR))

    @property
    def states(self) -> list[State]:
        return [one.state for one in records.findings(self.store)]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _fields(record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def said(move: Move, finding: str = "WT-2026-00001", **more) -> Decision:
    return Decision(finding=finding, move=move, by=more.pop("by", "王科员"), reason="属实", **more)


@pytest.fixture
def office(store) -> Office:
    office = Office(store)
    office.night(1, GAP)
    office.night(2, GAP)
    return office


def test_a_finding_lives_from_detected_to_closed_and_every_step_leaves_a_record(office):
    office.decide(2, said(Move.CONFIRM))
    office.night(3, GAP)
    office.night(4, GOOD)
    office.night(5, GOOD)
    office.night(7, GOOD)

    (finding,) = records.findings(office.store)
    assert (finding.state, finding.closed_on) == (State.CLOSED, FIRST + timedelta(days=6))
    told = records.finding_events(office.store, finding.number)
    assert [(event.move, event.from_state, event.to_state, event.by) for event in told] == [
        (Move.DETECT, None, State.DETECTED, "mingcha"),
        (Move.SEEN_AGAIN, State.DETECTED, State.TO_REVIEW, "mingcha"),
        (Move.CONFIRM, State.TO_REVIEW, State.ASSIGNED, "王科员"),
        (Move.SEEN_GOOD, State.ASSIGNED, State.RESPONDED, "mingcha"),
        (Move.SEEN_GOOD, State.RESPONDED, State.CLOSED, "mingcha"),
    ]
    assert told[2].evidence == PAGE.sha256
    assert all(event.at for event in told)


def test_what_was_closed_and_is_seen_twice_again_is_reopened_with_its_history(office):
    office.decide(2, said(Move.CONFIRM))
    for number in (3, 7):
        office.night(number, GOOD)
    office.night(20, GAP)
    assert office.states == [State.CLOSED]

    office.night(21, GAP)

    (finding,) = records.findings(office.store)
    assert finding.state is State.REOPENED
    assert finding.deadline == CALENDAR.add_workdays(FIRST + timedelta(days=20), 3)


def test_what_was_withdrawn_stays_so_while_the_page_is_the_same(office):
    office.decide(2, said(Move.WITHDRAW))
    office.night(3, GAP)
    office.night(4, GAP)
    assert office.states == [State.WITHDRAWN]

    office.night(5, assessment(unit="U1", status=Status.EMPTY, because=Because.COLUMN_EMPTY))

    assert office.states == [State.WITHDRAWN, State.DETECTED]


def test_a_suspended_finding_goes_on_by_itself_with_the_days_added(office):
    office.decide(2, said(Move.CONFIRM))
    office.decide(3, said(Move.SUSPEND, resume_on=FIRST + timedelta(days=9)))
    office.night(10, GAP)
    assert office.states == [State.SUSPENDED]

    office.night(11, GAP)

    (finding,) = records.findings(office.store)
    assert finding.state is State.ASSIGNED
    assert finding.deadline == CALENDAR.add_workdays(FIRST + timedelta(days=1), 10 + 6)


def test_one_that_cannot_be_taken_is_told_and_the_others_are_taken(office):
    done = office.decide(2, said(Move.CLOSE), said(Move.CONFIRM), said(Move.CONFIRM, "WT-9"))

    assert [one.finding and one.finding.state for one in done] == [None, State.ASSIGNED, None]
    assert isinstance(done[0].refused, MonitorError)
    assert office.states == [State.ASSIGNED]


def test_a_preview_shows_the_same_and_keeps_nothing(office):
    (shown,) = office.decide(2, said(Move.CONFIRM), do=preview)

    assert shown.finding is not None
    assert shown.finding.state is State.ASSIGNED
    assert office.states == [State.TO_REVIEW]
    assert len(records.finding_events(office.store, "WT-2026-00001")) == 2
    assert office.decide(2, said(Move.CONFIRM))[0].finding == shown.finding


# --- 回头看 ---------------------------------------------------------------------------------

NUMBER = "WT-2026-00001"
OTHER_GOOD = assessment(
    unit="U1",
    status=Status.OK,
    because=Because.FOUND,
    documents=(document("2026年秋季收费公示（更正）"),),
)


@pytest.fixture
def closed(office) -> Office:
    """An office whose only finding was closed by the look of the seventh night."""
    office.decide(2, said(Move.CONFIRM))
    for number in (3, 7):
        office.night(number, GOOD)
    assert office.states == [State.CLOSED]
    return office


def test_a_look_that_finds_it_mended_is_kept_in_its_history_and_moves_nothing(closed):
    (before,) = records.findings(closed.store)
    seen = Decision(finding=NUMBER, move=Move.STILL_MENDED, by="王科员", reason="附件能打开")

    (done,) = closed.decide(40, seen)

    last = records.finding_events(closed.store, NUMBER)[-1]
    assert done.finding == before
    assert records.findings(closed.store) == (before,)
    assert (last.move, last.by, last.reason) == (Move.STILL_MENDED, "王科员", "附件能打开")
    assert (last.from_state, last.to_state) == (State.CLOSED, State.CLOSED)


def test_a_look_that_finds_it_not_mended_reopens_it_with_a_term_of_its_own(closed):
    (done,) = closed.decide(40, said(Move.NOT_MENDED))

    assert done.finding.state is State.REOPENED
    assert done.finding.deadline == CALENDAR.add_workdays(FIRST + timedelta(days=39), 3)
    assert records.findings(closed.store) == (done.finding,)


def test_every_look_is_on_the_chain(closed):
    closed.decide(40, said(Move.STILL_MENDED))
    closed.decide(41, said(Move.NOT_MENDED))

    assert check_chain(closed.store).breaches == ()


def test_a_look_that_finds_it_not_mended_wants_to_hear_what_was_seen(closed):
    (done,) = closed.decide(40, Decision(finding=NUMBER, move=Move.NOT_MENDED, by="王科员"))

    assert done.refused.code == "E2712"
    assert closed.states == [State.CLOSED]


def test_only_a_closed_finding_is_looked_back_at(office):
    done = office.decide(2, said(Move.STILL_MENDED), said(Move.NOT_MENDED))

    assert [one.refused.code for one in done] == ["E2701", "E2701"]


def test_the_verdict_that_closed_it_by_mistake_neither_answers_nor_closes_it_again(closed):
    closed.decide(40, said(Move.NOT_MENDED))

    for number in (41, 45, 50):
        closed.night(number, GOOD)

    (finding,) = records.findings(closed.store)
    assert (finding.state, finding.good_on) == (State.REOPENED, None)


def test_something_new_is_an_answer_that_a_person_checks(closed):
    closed.decide(40, said(Move.NOT_MENDED))

    for number in (41, 45, 50):
        closed.night(number, OTHER_GOOD)

    assert closed.states == [State.RESPONDED]
    closed.decide(50, said(Move.CLOSE))
    (finding,) = records.findings(closed.store)
    assert (finding.state, finding.fingerprint) == (State.CLOSED, "")


def test_what_is_sent_back_after_a_look_is_not_answered_by_the_same_once_more(closed):
    closed.decide(40, said(Move.NOT_MENDED))
    closed.night(41, OTHER_GOOD)
    closed.decide(41, said(Move.SEND_BACK))

    closed.night(45, OTHER_GOOD)

    assert closed.states == [State.ASSIGNED]


def test_a_unit_that_answers_waits_for_a_person_too(closed):
    closed.decide(40, said(Move.NOT_MENDED))
    closed.decide(41, said(Move.RESPOND))

    for number in (42, 46):
        closed.night(number, GOOD)

    assert closed.states == [State.RESPONDED]


def test_histories_are_those_of_which_something_happened_since(closed):
    whole = records.finding_events(closed.store, NUMBER)

    assert records.histories(closed.store, since=whole[-1].at) == {NUMBER: whole}
    assert records.histories(closed.store, since=whole[-1].at + timedelta(seconds=1)) == {}
