from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from monitor.ledger import letters
from monitor.model import (
    OFFICER_FIRST,
    TO_THE_OFFICE,
    LetterKind,
    LetterMove,
    LetterState,
    Mailing,
    Posting,
    State,
)
from monitor.store import letters as stored
from monitor.store import tables, writing
from monitor.wording import MonitorError

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=15)


def mailing(event: str = "e-1", **changes: object) -> Mailing:
    given = {
        "kind": LetterKind.MEND,
        "unit": "P-1",
        "day": date(2026, 11, 2),
        "recipient": "wang@x.cn",
        "subject": "【整改提醒】城东小学",
        "message_id": f"<{event}@x>",
        "content": b"Subject: x\r\n\r\nx\r\n",
    }
    return Mailing(event=event, **given | changes)


def claimed(store: sa.Engine, at: datetime = AT, sender: str = "one") -> letters.Claim | None:
    return letters.claim(store, sender=sender, at=at, lease=LEASE)


def handed_over(store: sa.Engine, at: datetime = AT) -> letters.Claim:
    claim = claimed(store, at)
    assert letters.hand_over(store, claim, at=at, lease=LEASE)
    return claim


def only(store: sa.Engine) -> Posting:
    (posting,) = stored.postings(store)
    return posting


def set_state(store: sa.Engine, state: LetterState) -> int:
    """The only letter, as if it had come to ``state``; its number."""
    with writing(store) as memory:
        memory.execute(sa.update(tables.letters).values(state=state.name))
    return only(store).number


def add_finding(store: sa.Engine, number: str, state: State) -> None:
    day = date(2026, 11, 1)
    with writing(store) as memory:
        if memory.scalar(sa.select(sa.func.count()).select_from(tables.scans)) == 0:
            memory.execute(sa.insert(tables.scans).values(seq=1, id="s", night=day))
        memory.execute(
            sa.insert(tables.findings).values(
                number=number,
                unit="P-1",
                requirement="S-1",
                period="",
                status="MISSING",
                state=state.name,
                first_seen_on=day,
                last_seen_on=day,
                sightings=2,
                last_scan=1,
            )
        )


# --- putting in ---------------------------------------------------------------------------


def test_the_same_event_and_recipient_is_there_once(store):
    both = [mailing(), mailing(recipient="li@x.cn")]

    assert letters.put(store, both, at=AT) == 2
    assert letters.put(store, [*both, mailing(day=date(2026, 12, 1))], at=AT) == 0
    assert len(stored.postings(store)) == 2


@pytest.mark.parametrize(
    ("kind", "hold"), list(product(LetterKind, [False, True])), ids=lambda one: str(one)
)
def test_what_waits_for_the_officer(store, kind, hold):
    letters.put(store, [mailing(kind=kind)], at=AT, hold=hold)

    waits = kind in OFFICER_FIRST or (hold and kind not in TO_THE_OFFICE)
    assert only(store).state is (LetterState.HELD if waits else LetterState.QUEUED)
    assert (claimed(store) is None) is waits


def test_a_letter_is_kept_as_it_was_written(store):
    letters.put(store, [mailing(findings=("WT-1", "WT-2"), short="城东小学：2项")], at=AT)

    kept = only(store)
    assert (kept.findings, kept.kind, kept.made_at) == (("WT-1", "WT-2"), LetterKind.MEND, AT)
    assert stored.content(store, kept.number) == (mailing().content, "城东小学：2项")
    with pytest.raises(MonitorError):
        stored.content(store, kept.number + 1)


# --- written anew while they wait ---------------------------------------------------------


def test_what_waits_is_told_in_the_words_of_today(store):
    letters.put(store, [mailing(subject="2项待整改", findings=("WT-1",))], at=AT, hold=True)

    today = mailing(subject="1项待整改", day=date(2026, 11, 3), content=b"new", short="新")
    assert letters.rewrite(store, [today], at=AT + timedelta(days=1)) == 0

    kept = only(store)
    assert (kept.subject, kept.day, kept.state) == ("1项待整改", today.day, LetterState.HELD)
    assert stored.content(store, kept.number) == (b"new", "新")
    assert kept.made_at == AT


def test_what_is_true_no_more_is_cancelled_and_comes_back_when_it_is(store):
    letters.put(store, [mailing()], at=AT)

    assert letters.rewrite(store, [], at=AT) == 0
    gone = only(store)
    assert (gone.state, gone.settled_by) == (LetterState.CANCELLED, "")
    assert "不再发送" in gone.told

    assert letters.rewrite(store, [mailing()], at=AT) == 1
    assert only(store).state is LetterState.QUEUED


def test_what_a_person_cancelled_stays_cancelled(store):
    letters.put(store, [mailing()], at=AT)
    letters.decide(store, [only(store).number], LetterMove.CANCEL, by="王科员", at=AT)

    assert letters.rewrite(store, [mailing()], at=AT) == 0
    assert only(store).state is LetterState.CANCELLED


@pytest.mark.parametrize(
    "state",
    [one for one in LetterState if one not in (LetterState.HELD, LetterState.QUEUED)],
    ids=lambda one: one.name,
)
def test_what_is_under_way_or_settled_is_not_touched(store, state):
    letters.put(store, [mailing()], at=AT)
    set_state(store, state)
    before = only(store)

    letters.rewrite(store, [], at=AT + timedelta(days=1))

    assert only(store) == before


def test_what_stays_in_the_office_is_not_cancelled_by_the_letters_of_a_day(store):
    letters.put(store, [mailing(kind=LetterKind.DIGEST)], at=AT)

    letters.rewrite(store, [], at=AT)

    assert only(store).state is LetterState.QUEUED


def test_a_letter_to_nobody_waits_for_a_person_who_can_only_pass_it_on(store):
    letters.rewrite(store, [mailing(recipient="")], at=AT)

    kept = only(store)
    assert (kept.state, kept.told) == (LetterState.HELD, "无有效联系人，通知未发出")
    with pytest.raises(MonitorError, match="没有收件人"):
        letters.decide(store, [kept.number], LetterMove.RELEASE, by="王科员", at=AT)
    letters.decide(store, [kept.number], LetterMove.BY_HAND, by="王科员", at=AT)
    assert only(store).state is LetterState.BY_HAND


def test_a_second_letter_to_a_recipient_waits_for_the_next_day(store):
    letters.put(store, [mailing("e-1"), mailing("e-2", unit="P-2")], at=AT)
    tomorrow = AT + timedelta(hours=15)

    claim = letters.claim(
        store,
        sender="one",
        at=AT,
        lease=LEASE,
        written_to={("P-1", "wang@x.cn")},
        tomorrow=tomorrow,
    )

    assert claim is not None
    assert claim.unit == "P-2"
    (put_off,) = (one for one in stored.postings(store) if one.unit == "P-1")
    assert (put_off.state, put_off.next_at) == (LetterState.QUEUED, tomorrow)
    assert "改在次日" in put_off.told


# --- one sender at a time -----------------------------------------------------------------


def test_a_claimed_letter_is_nobody_elses(store):
    letters.put(store, [mailing()], at=AT)

    assert claimed(store) is not None
    assert claimed(store, sender="two") is None


def test_the_letter_that_waits_longest_goes_first(store):
    letters.put(store, [mailing("late")], at=AT + timedelta(hours=1))
    letters.put(store, [mailing("early"), mailing("next")], at=AT)

    day_after = AT + timedelta(days=1)
    assert [claimed(store, day_after).message_id for _ in range(3)] == [
        "<early@x>",
        "<next@x>",
        "<late@x>",
    ]


def test_a_letter_waits_until_its_time(store):
    letters.put(store, [mailing()], at=AT)
    letters.settle(
        store,
        claimed(store),
        LetterState.QUEUED,
        told="稍后",
        at=AT,
        again_at=AT + timedelta(minutes=5),
    )

    assert claimed(store, AT + timedelta(minutes=4)) is None
    assert only(store).failing_since == AT
    assert claimed(store, AT + timedelta(minutes=5)).turn == 2


def test_nothing_waits_when_a_person_is_in_a_hurry(store):
    letters.put(store, [mailing()], at=AT)
    letters.postpone(store, until=AT + timedelta(hours=3), told="停", at=AT)

    assert claimed(store, AT + timedelta(hours=1)) is None
    assert letters.hasten(store, at=AT + timedelta(hours=1)) == 1
    assert claimed(store, AT + timedelta(hours=1)) is not None


def test_a_sender_whose_lease_is_over_may_not_end_the_message(store):
    letters.put(store, [mailing()], at=AT)
    claim = claimed(store)

    assert not letters.hand_over(store, claim, at=AT + LEASE, lease=LEASE)
    assert only(store).state is LetterState.SENDING


def test_a_sender_whose_letter_another_one_has_may_not_end_the_message(store):
    letters.put(store, [mailing()], at=AT)
    frozen = claimed(store)
    letters.release_expired(store, at=AT + LEASE)
    # it goes by the same name, as a service does that was started again
    again = claimed(store, AT + LEASE)

    assert not letters.hand_over(store, frozen, at=AT + LEASE, lease=LEASE)
    assert letters.hand_over(store, again, at=AT + LEASE, lease=LEASE)
    assert not letters.settle(store, frozen, LetterState.REFUSED, told="", at=AT + LEASE), (
        "late news of an earlier turn"
    )


# --- after a crash ------------------------------------------------------------------------


def test_what_was_not_handed_over_goes_back_into_the_queue(store):
    letters.put(store, [mailing()], at=AT)
    claimed(store)

    assert letters.release_expired(store, at=AT + LEASE - timedelta(seconds=1)) == 0
    assert only(store).state is LetterState.SENDING
    assert letters.release_expired(store, at=AT + LEASE) == 0
    assert only(store).state is LetterState.QUEUED


def test_what_was_handed_over_is_unclear_and_nobody_sends_it(store):
    letters.put(store, [mailing()], at=AT)
    handed_over(store)

    assert letters.release_expired(store, at=AT + LEASE) == 1
    assert only(store).state is LetterState.UNCLEAR
    assert "投递结果不明：wang@x.cn" in only(store).told
    assert claimed(store, AT + timedelta(days=9)) is None


@pytest.mark.parametrize("meanwhile", ["unclear", "to be sent again"])
def test_that_a_letter_was_taken_is_never_too_late_to_learn(store, meanwhile):
    letters.put(store, [mailing()], at=AT)
    claim = handed_over(store)
    letters.release_expired(store, at=AT + LEASE)
    if meanwhile == "to be sent again":
        letters.decide(store, [claim.number], LetterMove.RESEND, by="张三", at=AT + LEASE)

    assert letters.settle(store, claim, LetterState.SENT, told="已发", at=AT + LEASE)
    assert only(store).state is LetterState.SENT


# --- MAI-13 -------------------------------------------------------------------------------

ASKED = {State.ASSIGNED, State.REOPENED}


@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
def test_a_letter_about_what_is_mended_meanwhile_is_not_sent(store, state):
    add_finding(store, "WT-1", state)
    letters.put(store, [mailing(findings=("WT-1",))], at=AT)

    claim = claimed(store)

    assert (claim is not None) is (state in ASKED)
    if state not in ASKED:
        assert only(store).state is LetterState.CANCELLED
        assert only(store).told == "发送前问题已整改或正在复核，不再发送"


def test_a_letter_goes_out_while_one_of_its_findings_stands(store):
    add_finding(store, "WT-1", State.CLOSED)
    add_finding(store, "WT-2", State.ASSIGNED)
    letters.put(store, [mailing(findings=("WT-1", "WT-2"))], at=AT)

    assert claimed(store) is not None


def test_a_letter_of_thanks_is_about_what_is_mended(store):
    add_finding(store, "WT-1", State.CLOSED)
    letters.put(store, [mailing(kind=LetterKind.THANKS, findings=("WT-1",))], at=AT)

    assert claimed(store) is not None


# --- by a person --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "move"), list(product(LetterState, LetterMove)), ids=lambda one: one.name
)
def test_a_person_can_do_what_the_table_says_and_nothing_else(store, state, move):
    letters.put(store, [mailing()], at=AT)
    number = set_state(store, state)
    after = letters.LETTER_MOVES.get((state, move))

    if after is None:
        with pytest.raises(MonitorError) as refused:
            letters.decide(store, [number], move, by="张三", at=AT)
        assert refused.value.code == "E2804"
        assert only(store).state is state
    else:
        assert letters.decide(store, [number], move, by="张三", at=AT, reason="电话说过") == (
            after,
        )
        assert (only(store).state, only(store).settled_by) == (after, "张三")
        assert only(store).told == "电话说过"


def test_nothing_a_person_does_touches_a_letter_on_its_way():
    on_their_way = {LetterState.SENDING, LetterState.HANDING_OVER}

    assert not on_their_way & {state for state, _ in letters.LETTER_MOVES}


def test_only_a_person_brings_an_unclear_letter_back(store):
    letters.put(store, [mailing()], at=AT)
    claim = handed_over(store)
    letters.release_expired(store, at=AT + LEASE)

    letters.decide(store, [claim.number], LetterMove.RESEND, by="张三", at=AT + LEASE)

    assert claimed(store, AT + LEASE).turn == 2


def test_a_decision_about_several_letters_is_whole_or_not_at_all(store):
    letters.put(store, [mailing("e-1"), mailing("e-2")], at=AT, hold=True)
    numbers = [one.number for one in stored.postings(store)]

    with pytest.raises(MonitorError):
        letters.decide(store, [*numbers, 999], LetterMove.RELEASE, by="张三", at=AT)
    assert {one.state for one in stored.postings(store)} == {LetterState.HELD}
    letters.decide(store, numbers, LetterMove.RELEASE, by="张三", at=AT)

    assert stored.waiting(store).counts == {LetterState.QUEUED: 2}
