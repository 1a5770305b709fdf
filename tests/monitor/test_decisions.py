from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import CALENDAR, TODAY, assessment, finding

from monitor.decisions import Decision, cause_of, decide, due_answer, may, resuming
from monitor.findings import MOVES, Clock, IllegalMove
from monitor.model import Finding, FindingEvent, Move, State
from monitor.wording import Because, MonitorError

CLOCK = Clock(on=TODAY, calendar=CALENDAR)
MACHINE = frozenset({Move.DETECT, Move.SEEN_AGAIN, Move.SEEN_GOOD})
BY_PEOPLE = [(state, move) for state, move in MOVES if state and move not in MACHINE]


def known(state: State) -> Finding:
    is_assigned = state not in {State.DETECTED, State.TO_REVIEW}
    return finding(
        state=state,
        assigned_on=TODAY if is_assigned else None,
        deadline=TODAY + timedelta(days=14) if is_assigned else None,
        paused_on=TODAY if state in {State.RESPONDED, State.SUSPENDED} else None,
    )


def said(move: Move, **more: object) -> Decision:
    whole = {"by": "王科员", "reason": "看过页面", "ground": "C1"}
    return Decision(finding="2026-0001", move=move, **(whole | more))


def event(move: Move, by: str) -> FindingEvent:
    return FindingEvent(
        finding="2026-0001",
        move=move,
        from_state=State.ASSIGNED,
        to_state=State.CONTESTED,
        by=by,
        at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize(("state", "move"), BY_PEOPLE)
def test_every_line_of_the_table_can_be_decided(state: State, move: Move) -> None:
    after = decide(known(state), said(move), CLOCK)

    assert after.state is MOVES[state, move]
    assert may(known(state), move)


@pytest.mark.parametrize("state", State)
def test_what_is_not_in_the_table_is_refused(state: State) -> None:
    for move in set(Move) - {move for known_state, move in MOVES if known_state is state}:
        with pytest.raises(IllegalMove):
            decide(known(state), said(move), CLOCK)


@pytest.mark.parametrize(
    ("state", "decision", "code"),
    [
        (State.TO_REVIEW, said(Move.CONFIRM, by=" "), "E2711"),
        (State.TO_REVIEW, said(Move.WITHDRAW, reason=""), "E2712"),
        (State.RESPONDED, said(Move.SEND_BACK, reason=""), "E2712"),
        (State.ASSIGNED, said(Move.CONTEST, ground=""), "E2713"),
        (State.ASSIGNED, said(Move.CONTEST, ground="C11"), "E2713"),
        (State.TO_REVIEW, said(Move.CONFIRM, deadline=date(2026, 11, 22)), "E2714"),
        (State.ASSIGNED, said(Move.SUSPEND, resume_on=TODAY), "E2715"),
        (State.ASSIGNED, said(Move.SUSPEND, resume_on=date(2026, 12, 24)), "E2715"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_decision_lacks_is_told(state: State, decision: Decision, code: str) -> None:
    with pytest.raises(MonitorError) as caught:
        decide(known(state), decision, CLOCK)

    assert caught.value.code == code
    assert "2026-0001" in str(caught.value)


@pytest.mark.parametrize("move", [Move.UPHOLD, Move.REJECT, Move.WAIVE])
def test_nobody_answers_their_own_request(move: Move) -> None:
    asked = (event(Move.CONTEST, "刘老师"),)

    with pytest.raises(MonitorError) as caught:
        decide(known(State.CONTESTED), said(move, by="刘老师"), CLOCK, events=asked)

    assert caught.value.code == "E2717"
    assert decide(known(State.CONTESTED), said(move), CLOCK, events=asked)


def test_a_withdrawal_remembers_what_was_taken_for_a_gap() -> None:
    after = decide(known(State.TO_REVIEW), said(Move.WITHDRAW), CLOCK, sets_aside="f")

    assert (after.state, after.fingerprint, after.closed_on) == (State.WITHDRAWN, "f", TODAY)


def test_an_officer_may_set_the_deadline_and_the_section() -> None:
    day = date(2026, 12, 31)

    after = decide(
        known(State.TO_REVIEW), said(Move.CONFIRM, deadline=day, section="财务科"), CLOCK
    )

    assert (after.deadline, after.section) == (day, "财务科")


def test_a_suspension_ends_after_thirty_days_at_the_latest() -> None:
    after = decide(known(State.ASSIGNED), said(Move.SUSPEND), CLOCK)

    assert after.resume_on == TODAY + timedelta(days=30)
    assert resuming(after) is Move.RESUME
    assert resuming(known(State.TO_REVIEW)) is Move.REVIEW_ON


def test_a_request_is_answered_within_three_working_days() -> None:
    assert due_answer((), CLOCK) is None
    assert due_answer((event(Move.CONTEST, "刘老师"),), CLOCK) == date(2026, 11, 26)


def test_what_one_look_settles_is_one_cause() -> None:
    page = {"page": "http://a.cn/fees/", "because": Because.COLUMN_EMPTY}
    first, second = finding(), finding(number="2026-0002", unit="P-02")
    no_column = assessment(because=Because.COLUMN_NOT_FOUND, page="http://a.cn/")

    assert cause_of(first, assessment(**page)) == cause_of(second, assessment(**page))
    assert cause_of(first, no_column) != cause_of(second, no_column)
    assert cause_of(first, assessment(**page)) != cause_of(first, no_column)
    assert cause_of(first, None) == ("2026-0001",)
