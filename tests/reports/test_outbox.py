from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from mailroom import IMPATIENT, START, Mailroom, letter
from postoffice import PASSWORD, Cut, PostOffice, Say, Silence, Step, at, certificate, opened

from monitor.model import LetterKind, LetterState
from monitor.store import letters as stored
from monitor.store import open_store
from monitor.workdays import WorkCalendar
from reports.outbox import may_send
from reports.smtp import Line, NoService

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "ready.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def room(tmp_path: Path, empty: Path) -> Iterator[Callable[..., Mailroom]]:
    """Makes a mailroom for a post office."""
    made = []

    def make(office: PostOffice, **changes: object) -> Mailroom:
        memory = tmp_path / "mingcha.db"
        shutil.copy(empty, memory)
        made.append(Mailroom(memory, office.settings(**changes)))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Certificates by what is wrong with them."""
    folder = tmp_path_factory.mktemp("papers")
    return {
        "good": certificate(folder / "good.pem"),
        "another name": certificate(folder / "name.pem", host="mail.example.cn"),
        "expired": certificate(folder / "old.pem", years=(2020, 2021)),
    }


# --- what goes out ----------------------------------------------------------------------


def test_a_letter_goes_out_once_with_sender_and_date(room):
    with opened() as office:
        mailroom = room(office)
        mailroom.put()

        first, second = mailroom.send(), mailroom.send_later()

    assert first.counts == {LetterState.SENT: 1}
    assert second.counts == {}
    (accepted,) = office.journal
    assert accepted.recipient == "wang@school.example.cn"
    assert accepted.message["From"] == "青禾县教育局 <jyj@example.cn>"
    assert accepted.message["Date"].datetime == START
    assert accepted.message_id == mailroom.posting.message_id
    assert mailroom.posting.told == "已发"


def test_many_letters_go_over_one_connection(room):
    with opened() as office:
        mailroom = room(office)
        mailroom.put_many(20)

        mailroom.send()

    assert len(office.visits) == 1
    assert len(office.journal) == 20
    assert office.visits[0].commands[-1] == "QUIT"


def test_the_same_event_told_again_is_no_second_letter(room):
    with opened() as office:
        mailroom = room(office)

        assert mailroom.put(letter("e-1"), letter("e-1", day=date(2026, 11, 3))) == 1
        mailroom.send()
        assert mailroom.put(letter("e-1", day=date(2026, 11, 4))) == 0
        mailroom.send()

    assert len(office.journal) == 1


def test_a_run_sends_no_more_than_its_limit(room):
    with opened() as office:
        mailroom = room(office)
        mailroom.put_many(5)

        sent = mailroom.send(limit=3)

    assert sent.counts == {LetterState.SENT: 3}
    assert mailroom.counts == {LetterState.SENT: 3, LetterState.QUEUED: 2}


def test_out_of_hours_only_the_office_gets_letters(room):
    with opened() as office:
        mailroom = room(office)
        mailroom.put(letter("e-1"), letter("e-2", kind=LetterKind.DIGEST, unit=""))

        mailroom.send(window=lambda _: False)

    assert [one.kind for one in mailroom.postings(LetterState.SENT)] == [LetterKind.DIGEST]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-02 08:39", False),
        ("2026-11-02 08:40", True),
        ("2026-11-02 11:29", True),
        ("2026-11-02 11:30", False),
        ("2026-11-02 14:30", True),
        ("2026-11-02 17:00", False),
        ("2026-11-07 09:00", False),
        ("2026-10-10 09:00", True),
        ("2026-10-05 09:00", False),
    ],
    ids=[
        "a minute early",
        "the first minute",
        "before noon",
        "noon",
        "afternoon",
        "the last minute is over",
        "a Saturday",
        "a Saturday that is worked",
        "a holiday",
    ],
)
def test_letters_go_out_in_office_hours(when, expected):
    calendar = WorkCalendar({date(2026, 10, 10): True, date(2026, 10, 5): False})
    here = datetime.fromisoformat(when).replace(tzinfo=SHANGHAI)

    assert may_send(here.astimezone(UTC), calendar, SHANGHAI) is expected


# --- where nothing may be opened -----------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"live": False}, "E3801"),
        ({"host": "", "live": False, "test_recipient": "me@example.cn"}, "E3802"),
        ({"sender": ""}, "E3802"),
        ({"security": "none", "user": "jyj"}, "E3803"),
    ],
    ids=["not live", "no server", "no sender", "a password in clear"],
)
def test_settings_that_forbid_it_open_nothing(room, changes, code):
    with opened() as office:
        mailroom = room(office, **changes)
        mailroom.put()

        sent = mailroom.send()

        assert sent.trouble.code == code
        assert office.visits == []
    assert mailroom.posting.state is LetterState.QUEUED
    assert mailroom.posting.tries == 0


def test_in_a_trial_every_letter_goes_to_the_one_who_tries(room):
    with opened() as office:
        mailroom = room(office, live=False, test_recipient="me@example.cn")
        mailroom.put(letter(recipients=("wang@school.example.cn", "li@school.example.cn")))

        mailroom.send()

    assert {one.recipient for one in office.journal} == {"me@example.cn"}
    assert {one.message["To"] for one in office.journal} == {"me@example.cn"}
    for one, meant in zip(office.journal, ("wang", "li"), strict=True):
        for kind in ("plain", "html"):
            text = one.message.get_body((kind,)).get_content()
            assert f"本应发给：{meant}@school.example.cn" in text
        plain = one.message.get_body(("plain",)).get_content()
        assert plain.startswith("【测试邮件】")
        assert "城东小学" in plain
    assert "没有发给收件人" in mailroom.postings()[0].told
    assert {one.state for one in mailroom.postings()} == {LetterState.HELD}


def test_chinese_domains_in_the_settings_are_converted_for_the_wire(room):
    with opened() as office:
        mailroom = room(office, sender="jyj@教育.中国", test_recipient="me@教育.中国")
        mailroom.put()

        mailroom.send()

    (accepted,) = office.journal
    assert accepted.recipient == "me@xn--wcvs22d.xn--fiqs8s"
    assert accepted.message["From"].addresses[0].domain == "xn--wcvs22d.xn--fiqs8s"


# --- encryption and login ------------------------------------------------------------------


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_password_goes_over_an_encrypted_line_only(room, papers, monkeypatch, security):
    monkeypatch.setenv("SSL_CERT_FILE", str(papers["good"]))
    with opened(security=security, certificate=papers["good"]) as office:
        mailroom = room(office, user="jyj@example.cn")
        mailroom.put_many(2)

        sent = mailroom.send()

    assert sent.counts == {LetterState.SENT: 2}
    (visit,) = office.visits
    assert visit.encrypted
    logins = [line for line in visit.commands if line.startswith("AUTH")]
    assert len(logins) == 1
    before = visit.commands[: visit.commands.index("STARTTLS")] if security == "starttls" else []
    assert not any(line.startswith(("AUTH", "MAIL")) for line in before)


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("paper", ["nobody vouches for", "another name", "expired"])
def test_a_bad_certificate_gets_neither_password_nor_letter(
    room, papers, monkeypatch, security, paper
):
    shown = papers.get(paper, papers["good"])
    if paper in papers:
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
    with opened(security=security, certificate=shown) as office:
        mailroom = room(office, user="jyj@example.cn")
        mailroom.put_many(2)

        sent = mailroom.send()

    assert sent.trouble.code == "E4801"
    assert not any("AUTH" in line for visit in office.visits for line in visit.commands)
    assert office.journal == []
    assert mailroom.counts == {LetterState.QUEUED: 2}
    assert PASSWORD not in str(sent.trouble)


def test_a_line_by_itself_gives_no_password_in_clear():
    with (
        opened() as office,
        Line(office.settings(user="jyj"), PASSWORD, IMPATIENT) as line,
        pytest.raises(NoService) as refused,
    ):
        line.deliver("wang@x.cn", b"x\r\n", hand_over=lambda: True)

    assert refused.value.error.code == "E3803"
    assert office.visits == []


def test_a_server_that_hides_its_encryption_gets_no_password(room):
    with opened() as office:
        mailroom = room(office, security="starttls", user="jyj@example.cn")
        mailroom.put()

        sent = mailroom.send()

    assert sent.trouble.code == "E3805"
    assert "不支持加密" in str(sent.trouble)
    assert not any(line.startswith(("AUTH", "MAIL")) for line in office.visits[0].commands)


def test_a_server_that_speaks_in_clear_where_tls_is_set_gets_nothing(room):
    with opened() as office:
        mailroom = room(office, security="tls", user="jyj@example.cn")
        mailroom.put()

        sent = mailroom.send()

    assert sent.trouble.code == "E3805"
    assert office.journal == []


def test_a_refused_login_stops_the_whole_queue(room, papers, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(papers["good"]))
    with opened(
        at(Step.AUTH, Say("535 wrong password")), security="tls", certificate=papers["good"]
    ) as office:
        mailroom = room(office, user="jyj@example.cn")
        mailroom.put_many(3)

        sent = mailroom.send()
        soon = mailroom.send_later(by=timedelta(minutes=30))
        after = mailroom.send_later()

    assert sent.trouble.code == "E3804"
    assert "535 wrong password" in str(sent.trouble)
    assert soon.counts == {}
    assert len(office.visits) == 2
    assert after.counts == {LetterState.SENT: 3}


# --- what the server answers -----------------------------------------------------------------

#: where, what the server does, what the letter becomes, whether the queue stops
ANSWERS = {
    "421 at the banner": (Step.BANNER, Say("421 too many"), LetterState.QUEUED, True),
    "554 at the banner": (Step.BANNER, Say("554 go away"), LetterState.QUEUED, True),
    "cut at the banner": (Step.BANNER, Cut(), LetterState.QUEUED, True),
    "cut at the greeting": (Step.EHLO, Cut(), LetterState.QUEUED, True),
    "421 at MAIL": (Step.MAIL, Say("421 closing"), LetterState.QUEUED, True),
    "451 at MAIL": (Step.MAIL, Say("451 busy"), LetterState.QUEUED, False),
    "550 at MAIL": (Step.MAIL, Say("550 not you"), LetterState.QUEUED, True),
    "530 at MAIL": (Step.MAIL, Say("530 log in first"), LetterState.QUEUED, True),
    "552 at MAIL": (Step.MAIL, Say("552 too large"), LetterState.REFUSED, False),
    "450 at RCPT": (Step.RCPT, Say("450 mailbox busy"), LetterState.QUEUED, False),
    "452 at RCPT": (Step.RCPT, Say("452 no room"), LetterState.QUEUED, False),
    "550 at RCPT": (Step.RCPT, Say("550 no such user"), LetterState.REFUSED, False),
    "cut at RCPT": (Step.RCPT, Cut(), LetterState.QUEUED, False),
    "no SMTP at RCPT": (Step.RCPT, Say("hello there"), LetterState.QUEUED, False),
    "554 at DATA": (Step.DATA, Say("554 no valid recipients"), LetterState.REFUSED, False),
    "cut at DATA": (Step.DATA, Cut(), LetterState.QUEUED, False),
    "451 after the dot": (Step.DOT, Say("451 try later"), LetterState.QUEUED, False),
    "421 after the dot": (Step.DOT, Say("421 try later"), LetterState.QUEUED, False),
    "554 after the dot": (Step.DOT, Say("554 looks like spam"), LetterState.REFUSED, False),
    "no SMTP after the dot": (Step.DOT, Say("hello"), LetterState.UNCLEAR, False),
    "half an answer": (Step.DOT, Say("250-almost"), LetterState.UNCLEAR, False),
    "silence after the dot": (Step.DOT, Silence(), LetterState.UNCLEAR, False),
    "silence, taken": (Step.DOT, Silence(take=True), LetterState.UNCLEAR, False),
    "cut after the dot": (Step.DOT, Cut(), LetterState.UNCLEAR, False),
    "cut after the dot, taken": (Step.DOT, Cut(take=True), LetterState.UNCLEAR, False),
}


@pytest.mark.parametrize(("step", "action", "state", "stops"), ANSWERS.values(), ids=list(ANSWERS))
def test_what_an_answer_means_depends_on_where_it_comes(room, step, action, state, stops):
    with opened(at(step, action)) as office:
        mailroom = room(office)
        mailroom.put_many(2)

        sent = mailroom.send()
        now = {one.event: one for one in mailroom.postings()}
        mailroom.send_later(times=3, by=timedelta(hours=2))

        accepted = office.times_accepted
    assert now["event-0"].state is state
    assert now["event-1"].state is (LetterState.QUEUED if stops else LetterState.SENT)
    assert (sent.trouble is not None) is stops
    assert max(accepted.values()) == 1
    finally_ = {one.event: one.state for one in mailroom.postings()}
    assert finally_["event-1"] is LetterState.SENT
    assert finally_["event-0"] is (LetterState.SENT if state is LetterState.QUEUED else state)
    assert all(one.told for one in mailroom.postings())


def test_a_refused_letter_names_the_address_and_the_answer(room):
    with opened(at(Step.RCPT, Say("550 no such user"))) as office:
        mailroom = room(office)
        mailroom.put()

        mailroom.send()

    assert mailroom.posting.told == (
        "wang@school.example.cn 被拒收：550 no such user。请更新联系人邮箱。"
    )


def test_a_server_that_refuses_every_letter_gets_five_and_no_more(room):
    with opened(at(Step.RCPT, Say("554 relay access denied"), times=99)) as office:
        mailroom = room(office)
        mailroom.put_many(20)

        sent = mailroom.send()
        mailroom.send_later(by=timedelta(minutes=30))

    assert sent.trouble.code == "E4804"
    assert mailroom.counts == {LetterState.REFUSED: 5, LetterState.QUEUED: 15}


def test_a_few_bad_addresses_among_good_ones_stop_nothing(room):
    with opened(at(Step.RCPT, Say("550 no such user"), times=4)) as office:
        mailroom = room(office)
        mailroom.put_many(20)

        mailroom.send()

    assert mailroom.counts == {LetterState.REFUSED: 4, LetterState.SENT: 16}


def test_a_letter_nobody_takes_for_days_is_given_up_and_said_so(room):
    with opened(at(Step.RCPT, Say("451 later"), times=99)) as office:
        mailroom = room(office)
        mailroom.put()

        mailroom.send()
        mailroom.send_later(times=40, by=timedelta(hours=4))

    assert mailroom.posting.state is LetterState.REFUSED
    assert mailroom.posting.told.startswith(
        "wang@school.example.cn 自 2026-11-02 09:00 起多次未能送达"
    )
    assert timedelta(days=3) <= mailroom.posting.settled_at - START <= timedelta(days=3, hours=8)


def test_two_tries_around_a_long_holiday_are_not_enough_to_give_up(room):
    with opened(at(Step.RCPT, Say("451 later"), times=2)) as office:
        mailroom = room(office)
        mailroom.put()

        mailroom.send()
        mailroom.send_later(by=timedelta(days=8))
        mailroom.send_later()

    assert mailroom.posting.state is LetterState.SENT


def test_the_outbox_tells_how_many_wait_since_when_and_why(room):
    with opened() as office:
        mailroom = room(office)
    mailroom.put_many(3)

    sent = mailroom.send()
    mailroom.send_later()

    waiting = stored.waiting(mailroom.engine)
    assert sent.trouble.code == "E4802"
    assert waiting.counts == {LetterState.QUEUED: 3}
    assert waiting.failing_since == START
    assert waiting.told == "邮件服务器 127.0.0.1 无法连接：对方拒绝连接"
