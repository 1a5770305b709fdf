"""What the mail server, the network and a dying sender do to letters (MAI-01 … MAI-25).

Lost and doubled letters are counted from the server's journal. What each answer at each step
means is a table in tests/reports/test_outbox.py, hostile titles and addresses in test_mail.py.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from mailroom import IMPATIENT, START, Mailroom, letter
from mailstorm import senders, storm, violations
from postoffice import Action, Cut, PostOffice, Say, Silence, Step, Visit, at, opened, usual

from monitor.ledger import letters
from monitor.model import LetterMove, LetterState, Status
from monitor.store import letters as stored
from monitor.store import open_store, tables
from reports.smtp import Line

Room = Callable[..., Mailroom]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "ready.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def memory(tmp_path: Path, empty: Path) -> Path:
    return Path(shutil.copy(empty, tmp_path / "mingcha.db"))


@pytest.fixture
def room(memory: Path) -> Iterator[Room]:
    made = []

    def make(office: PostOffice, **changes: object) -> Mailroom:
        made.append(Mailroom(memory, office.settings(**changes)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


# --- the server ---------------------------------------------------------------------------


def test_mai_01_a_queue_waits_for_a_server_that_is_down(room):
    with opened() as gone:
        mailroom = room(gone)
    mailroom.put_many(3)

    mailroom.send()
    tried = [mailroom.send_later(by=minutes(1)).trouble is not None for _ in range(120)]

    # one try after 1, 5, 15, 60 minutes, not one a minute
    assert [place for place, was in enumerate(tried, start=1) if was] == [1, 6, 21, 81]
    assert stored.waiting(mailroom.engine).failing_since == START
    with opened() as office:
        mailroom.settings = replace(mailroom.settings, mail=office.settings())
        mailroom.send_later(by=timedelta(hours=3))
        assert violations(mailroom, office) == []
        assert len(office.journal) == 3


def test_mai_01_a_name_that_leads_nowhere_is_said(room):
    with opened() as office:
        mailroom = room(office, host="mail.example.invalid")
        mailroom.put()

        sent = mailroom.send()

    assert "域名无法解析" in str(sent.trouble)


def test_mai_02_a_server_that_puts_off_unknown_senders_is_asked_again_after_five_minutes(room):
    with opened(at(Step.RCPT, Say("451 greylisted"))) as office:
        mailroom = room(office)
        mailroom.put()

        mailroom.send()
        too_soon = mailroom.send_later(by=minutes(4))
        mailroom.send_later(by=minutes(1))

        assert too_soon.counts == {}
        assert violations(mailroom, office) == []
        assert mailroom.posting.state is LetterState.SENT


def test_mai_05_of_three_contacts_one_is_refused_and_nobody_hears_twice(room):
    def rule(step: Step, visit: Visit) -> Action | None:
        gone = step is Step.RCPT and visit.recipient.startswith("gone@")
        return Say("550 user unknown") if gone else None

    with opened(rule) as office:
        mailroom = room(office)
        mailroom.put(letter(recipients=("a@x.cn", "gone@x.cn", "b@x.cn")))

        mailroom.send()
        mailroom.send_later(times=3)

        assert sorted(one.recipient for one in office.journal) == ["a@x.cn", "b@x.cn"]
        (refused,) = mailroom.postings(LetterState.REFUSED)
        assert refused.told == "gone@x.cn 被拒收：550 user unknown。请更新联系人邮箱。"
        assert violations(mailroom, office) == []


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("failure", [Silence, Cut], ids=["MAI-06 silence", "MAI-07 cut"])
def test_mai_06_07_what_nobody_knows_waits_for_a_person(room, failure, taken):
    with opened(at(Step.DOT, failure(take=taken))) as office:
        mailroom = room(office)
        mailroom.put()

        mailroom.send()
        mailroom.send_later(times=3, by=timedelta(days=1))
        unclear = mailroom.posting
        move = LetterMove.DELIVERED if taken else LetterMove.RESEND
        letters.decide(mailroom.engine, [unclear.number], move, by="张三", at=mailroom.clock())
        mailroom.send_later()

        assert unclear.state is LetterState.UNCLEAR
        assert unclear.told == (
            "投递结果不明：wang@school.example.cn（2026-11-02 09:00）。"
            "请核实后选择“重发”或“已送达”。"
        )
        assert mailroom.posting.state is LetterState.SENT
        assert violations(mailroom, office) == []


@pytest.mark.parametrize("action", [Cut(), Say("421 closing")], ids=["cut", "told"])
def test_mai_08_a_server_that_hung_up_before_the_final_dot_has_taken_nothing(action):
    with (
        opened(at(Step.BODY, action)) as office,
        Line(office.settings(), "", IMPATIENT) as line,
    ):

        def after_it_hung_up() -> bool:
            return office.visits[0].over.wait(20)

        first = line.deliver("wang@x.cn", b"Message-ID: <x>\r\n\r\n", hand_over=after_it_hung_up)
        again = line.deliver("wang@x.cn", b"Message-ID: <x>\r\n\r\n", hand_over=lambda: True)

        assert first is not None
        assert first.state is LetterState.QUEUED
        assert again is not None
        assert again.state is LetterState.SENT
        assert office.times_accepted == {"<x>": 1}


def test_mai_12_a_server_that_takes_twenty_a_minute_gets_them_all_later(room):
    def rule(step: Step, _: Visit) -> Action | None:
        this_minute = len(office.journal) - before
        return Say("421 too many") if step is Step.MAIL and this_minute >= 20 else None

    before = 0
    with opened(rule) as office:
        mailroom = room(office)
        mailroom.put_many(50)

        while mailroom.counts[LetterState.QUEUED]:
            before = len(office.journal)
            mailroom.send()
            mailroom.clock.later(minutes(1))

        assert len(office.journal) == 50
        assert violations(mailroom, office) == []
    assert mailroom.clock() - START <= minutes(30)


@pytest.mark.parametrize("features", [(), ("8BITMIME", "SMTPUTF8")], ids=["bare", "modern"])
def test_mai_18_every_server_can_read_a_letter(room, features):
    with opened(features=features) as office:
        mailroom = room(office)
        mailroom.put(letter(subject="题" * 300, text="长" * 3000 + "😀"))

        mailroom.send()

        (accepted,) = office.journal
        assert accepted.raw.isascii()
        assert max(map(len, accepted.raw.split(b"\r\n"))) <= 998
        assert accepted.message["Subject"] == "题" * 119 + "…"
        text = accepted.message.get_body(("plain",)).get_content()
        assert text.strip() == "长" * 3000 + "😀"


@pytest.mark.parametrize(
    "body",
    [b".\r\n", b"..\r\n.x\r\n", b"x\r\n.\r\ny", b".", b"MAIL FROM:<x@y.cn>\r\n.\r\nDATA\r\n"],
    ids=["a dot", "two dots", "a dot between", "no line end", "a command"],
)
def test_mai_25_dots_arrive_as_they_left(body):
    message = b"Message-ID: <x>\r\nSubject: x\r\n\r\n" + body
    with (
        opened() as office,
        Line(office.settings(), "", IMPATIENT) as line,
    ):
        line.deliver("wang@x.cn", message, hand_over=lambda: True)

        (accepted,) = office.journal
        assert accepted.content == message.removesuffix(b"\r\n") + b"\r\n"
        assert not re.search(rb"(?<!\r)\n", accepted.raw)


def test_mai_13_a_letter_about_what_is_mended_while_the_server_is_down_is_not_sent(room):
    with opened() as gone:
        mailroom = room(gone)
    day = START.date()
    with mailroom.engine.begin() as memory:
        memory.execute(sa.insert(tables.scans).values(seq=1, id="s", night=day))
        memory.execute(
            sa.insert(tables.findings).values(
                number="WT-1",
                unit="P-1",
                requirement="S-1",
                period="",
                status=Status.MISSING.name,
                state="ASSIGNED",
                first_seen_on=day,
                last_seen_on=day,
                sightings=2,
                last_scan=1,
            )
        )
    mailroom.put(letter("e-1", findings=("WT-1",)), letter("e-2"))

    mailroom.send()
    with mailroom.engine.begin() as memory:
        memory.execute(sa.update(tables.findings).values(state="CLOSED"))
    with opened() as office:
        mailroom.settings = replace(mailroom.settings, mail=office.settings())
        mailroom.send_later()

        (cancelled,) = mailroom.postings(LetterState.CANCELLED)
        assert cancelled.event == "e-1"
        assert len(office.journal) == 1


# --- the sender ---------------------------------------------------------------------------

#: where the sender is killed, and what may have become of its letter then
KILLS = {
    "before it may speak": (Step.BANNER, {LetterState.QUEUED}),
    "after EHLO": (Step.EHLO, {LetterState.QUEUED}),
    "after MAIL": (Step.MAIL, {LetterState.QUEUED}),
    "after RCPT": (Step.RCPT, {LetterState.QUEUED}),
    "at DATA": (Step.DATA, {LetterState.QUEUED}),
    "in the body": (Step.BODY, {LetterState.QUEUED, LetterState.UNCLEAR}),
    "after the dot": (Step.DOT, {LetterState.UNCLEAR}),
    "after the answer": (Step.ANSWERED, {LetterState.UNCLEAR, LetterState.SENT}),
}


def killed_at(step: Step, room: Room, memory: Path, *, guarded: bool = True) -> list[str]:
    """A sender is killed at ``step``; what became of its letter, then what broke in the end."""
    with opened() as office:
        mailroom = room(office)
        mailroom.put()
        with senders(memory, office.settings(), guarded=guarded) as crowd:

            def rule(here: Step, _: Visit) -> Action | None:
                if here is step:
                    crowd.kill()
                    # what a dead sender had already sent is taken all the same
                    return Cut(take=True) if here is Step.DOT else None
                return None

            office.rule = rule
            child = crowd.start()
            child.join()
            assert child.exitcode == -signal.SIGKILL
            letters.release_expired(mailroom.engine, at=START + timedelta(hours=1))
            state = mailroom.posting.state
            office.rule = usual
            crowd.hours = 2
            crowd.start().join()
        return [state.name, *violations(mailroom, office)]


@pytest.mark.parametrize(("step", "states"), KILLS.values(), ids=list(KILLS))
def test_mai_09_a_sender_killed_at_any_point_loses_nothing_and_doubles_nothing(
    room, memory, step, states
):
    state, *broken = killed_at(step, room, memory)

    assert LetterState[state] in states
    assert broken == []


def test_mai_09_without_the_word_before_the_dot_a_letter_is_taken_twice(room, memory):
    _, *broken = killed_at(Step.DOT, room, memory, guarded=False)

    assert len(broken) == 1
    assert broken[0].endswith("was taken 2 times")


def test_mai_09_a_thousand_letters_through_a_storm(memory):
    seed = 20261102
    done = storm(memory, number=1000, kills=30, seed=seed)

    assert done.violations == [], f"seed {seed}"
    assert done.kills == 30
    assert sum(done.counts.values()) >= 1000
    assert done.counts[LetterState.SENT] > 900


def test_mai_10_two_senders_at_once_send_each_letter_once(room, memory):
    with opened() as office:
        mailroom = room(office)
        mailroom.put_many(200)
        with senders(memory, office.settings()) as crowd:
            both = [crowd.start(), crowd.start()]
            for child in both:
                child.join()

            assert [child.exitcode for child in both] == [0, 0]
        assert violations(mailroom, office) == []
        assert len(office.journal) == 200
        assert len(office.visits) == 2


def test_mai_11_a_sender_that_was_frozen_past_its_lease_does_not_end_the_message(room):
    def rule(step: Step, visit: Visit) -> Action | None:
        if step is Step.DATA and visit.number == 1:
            mailroom.clock.later()
        return None

    with opened(rule) as office:
        mailroom = room(office)
        mailroom.put()

        sent = mailroom.send(limit=1)
        assert (sent.lost, sent.counts) == (1, {})
        assert office.journal == []
        mailroom.send()

        assert len(office.journal) == 1
        assert violations(mailroom, office) == []


def test_mai_11_a_sender_that_stood_still_while_another_one_sent_does_not_end_the_message(
    room, memory
):
    stands_still = threading.Event()

    def rule(step: Step, visit: Visit) -> Action | None:
        if step is Step.DATA and visit.number == 1:
            os.kill(crowd.pid, signal.SIGSTOP)
            stands_still.set()
        return None

    with opened() as office:
        mailroom = room(office)
        mailroom.put()
        with senders(memory, office.settings()) as crowd:
            office.rule = rule
            frozen = crowd.start()
            assert stands_still.wait(20)
            mailroom.clock.later()
            mailroom.send()
            assert len(office.journal) == 1
            # it still believes in its lease: the clock it was given stands still as well
            os.kill(crowd.pid, signal.SIGCONT)
            frozen.join()

            assert frozen.exitcode == 0
        assert len(office.journal) == 1
        assert violations(mailroom, office) == []


def test_mai_22_a_trial_opens_no_connection(room):
    with opened() as office:
        mailroom = room(office, live=False)
        mailroom.put_many(3)

        mailroom.send()

        assert office.visits == []
        assert mailroom.counts == {LetterState.QUEUED: 3}


def test_mai_23_a_night_told_again_with_the_clock_set_back_sends_nothing(room):
    with opened() as office:
        mailroom = room(office)
        mailroom.put_many(3)
        mailroom.send()

        mailroom.clock.at = START - timedelta(days=1)
        mailroom.put_many(3)
        mailroom.send()
        mailroom.send_later(times=2, by=timedelta(days=1))

        assert len(office.journal) == 3
        assert violations(mailroom, office) == []
