"""发信: the letters of the outbox, one by one, to the mail server.

Every step is written down before it is taken, by ``monitor.ledger.letters``: killed at any moment,
the sender leaves each letter either untouched, or taken, or told to be unclear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from monitor.ledger import letters
from monitor.model import TO_THE_OFFICE, LetterKind, LetterState
from monitor.settings import Settings
from monitor.store import Memory
from monitor.store.letters import written_to
from monitor.wording import MailNote, MonitorError, Trouble
from monitor.workdays import WorkCalendar
from reports import mail
from reports.smtp import Answer, Line, NoService, Patience

_HOURS: Final = ((time(8, 40), time(11, 30)), (time(14, 30), time(17, 0)))
#: minutes until the next try; the last one again and again
_WAITS: Final = (1, 5, 15, 60, 180)
#: a server that puts off unknown senders (greylisting) takes nothing sooner
_AT_LEAST: Final = timedelta(minutes=5)
#: waiting mends no setting; asking often would lock the account
_AFTER_BAD_SETTINGS: Final = timedelta(hours=1)
_GIVES_UP_AFTER: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
_MAY_HAVE_ARRIVED: Final = frozenset({LetterState.SENT, LetterState.UNCLEAR})
_FEWEST_TRIES: Final = 6
_MARGIN: Final = timedelta(minutes=5)
#: so many refusals and no letter taken: it is us who are refused, not the recipients
_SUSPICIOUS: Final = 5
PATIENT: Final = Patience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """一次发信的结果: letters by what they became. ``trouble``: why it ended before all were."""

    counts: Mapping[LetterState, int]
    interrupted: int = 0  # letters of a sender that is gone, UNCLEAR now
    lost: int = 0  # claims that ran out under this sender: another one has those letters
    trouble: MonitorError | None = None


def may_send(at: datetime, calendar: WorkCalendar, zone: tzinfo) -> bool:
    """发信时段: whether a letter to a unit may go out at this moment.

    >>> from datetime import UTC
    >>> may_send(datetime(2026, 11, 2, 9, 0, tzinfo=UTC), WorkCalendar(), UTC)
    True
    """
    here = at.astimezone(zone)
    day, hour = here.date(), here.time()
    in_hours = any(begins <= hour < ends for begins, ends in _HOURS)
    return in_hours and calendar.is_workday(day) and not calendar.is_exam(day)


def refusal(settings: Settings) -> MonitorError | None:
    """Why nothing can go out with these settings, before anything is opened."""
    given = settings.mail
    if not given.live and not given.test_recipient:
        return Trouble.MAIL_OFF.error()
    if not given.host or not given.sender:
        return Trouble.MAIL_UNSET.error()
    if given.security == "none" and given.user:
        return Trouble.MAIL_PLAIN_LOGIN.error()
    return None


def send(
    engine: Memory,
    settings: Settings,
    password: str,
    *,
    now: Callable[[], datetime],
    window: Callable[[datetime], bool],
    sender_id: str,
    limit: int = 200,
    patience: Patience = PATIENT,
) -> Sent:
    """Send what is due, at most ``limit`` letters; what is for the office also out of hours.

    ``sender_id`` names this process and no other. Where a server takes so many letters a minute,
    ``limit`` and how often this is called keep its rate.
    """
    interrupted = letters.release_expired(engine, at=now().astimezone(settings.zone))
    if error := refusal(settings):
        return Sent(counts={}, interrupted=interrupted, trouble=error)
    settings = _as_servers_take_it(settings)
    counts: Counter[LetterState] = Counter()
    trouble: MonitorError | None = None
    lease = timedelta(seconds=patience.connect + 10 * patience.reply) + _MARGIN
    today = now().astimezone(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    told = written_to(engine, since=today)
    with Line(settings.mail, password, patience) as line:
        desk = _Desk(engine, settings, line, now, patience)
        for _ in range(limit):
            kinds = tuple(LetterKind) if window(now()) else tuple(TO_THE_OFFICE)
            claim = letters.claim(
                engine,
                sender=sender_id,
                at=now(),
                lease=lease,
                kinds=kinds,
                written_to=told,
                tomorrow=today + _DAY,
            )
            if claim is None:
                break
            try:
                state = desk.send(claim)
                counts[state] += 1
                if state in _MAY_HAVE_ARRIVED:
                    told.add((claim.unit, claim.recipient))
            except NoService as stop:
                desk.put_off(claim, stop)
                trouble = stop.error
                break
            if counts[LetterState.REFUSED] >= _SUSPICIOUS and not counts[LetterState.SENT]:
                trouble = Trouble.MAIL_ALL_REFUSED.error(count=_SUSPICIOUS)
                desk.wait(_AFTER_BAD_SETTINGS, trouble.what)
                break
    lost = counts.pop(LetterState.SENDING, 0)
    return Sent(counts=counts, interrupted=interrupted, lost=lost, trouble=trouble)


def _as_servers_take_it(settings: Settings) -> Settings:
    """The settings with their addresses in the form of the wire: a Chinese domain converted."""
    given = settings.mail
    tester = given.test_recipient and mail.one_address(given.test_recipient)
    wire = replace(given, sender=mail.one_address(given.sender), test_recipient=tester)
    return replace(settings, mail=wire)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One sender at work."""

    engine: Memory
    settings: Settings
    line: Line
    now: Callable[[], datetime]
    patience: Patience

    def send(self, claim: letters.Claim) -> LetterState:
        """Send a claimed letter and write down what came of it; SENDING: the claim was lost."""
        given = self.settings.mail
        recipient, content = claim.recipient, claim.content
        if given.test_recipient:
            recipient = given.test_recipient
            content = mail.redirected(content, to=recipient, meant_for=claim.recipient)
        content = mail.stamped(
            content, sender=given.sender, name=self.settings.office.name, at=self.now()
        )
        lease = timedelta(seconds=self.patience.answer) + _MARGIN

        def hand_over() -> bool:
            return letters.hand_over(self.engine, claim, at=self.now(), lease=lease)

        answer = self.line.deliver(recipient, content, hand_over=hand_over)
        if answer is None:
            return LetterState.SENDING
        return self._settle(claim, answer)

    def put_off(self, claim: letters.Claim, stop: NoService) -> None:
        """Let the whole queue wait: the server serves nobody."""
        at = self.now()
        wait = max(_wait(claim.turn), _AFTER_BAD_SETTINGS if stop.settings else timedelta())
        told = stop.error.what
        if not stop.settings and _is_given_up(claim, at):
            self._settle(claim, Answer(state=LetterState.QUEUED, said=told))
        else:
            letters.settle(
                self.engine, claim, LetterState.QUEUED, told=told, at=at, again_at=at + wait
            )
        self.wait(wait, told)

    def wait(self, long: timedelta, told: str) -> None:
        """Let the whole queue wait, and say why."""
        at = self.now()
        letters.postpone(self.engine, until=at + long, told=told, at=at)

    def _settle(self, claim: letters.Claim, answer: Answer) -> LetterState:
        at = self.now()
        state = answer.state
        if state is LetterState.QUEUED and _is_given_up(claim, at):
            state = LetterState.REFUSED
        if state is LetterState.SENT and self.settings.mail.test_recipient:
            state = LetterState.HELD  # whom it is for has not had it
        letters.settle(
            self.engine,
            claim,
            state,
            told=self._told(claim, answer, state, at),
            at=at,
            again_at=at + max(_wait(claim.turn), _AT_LEAST),
        )
        return state

    def _told(self, claim: letters.Claim, answer: Answer, state: LetterState, at: datetime) -> str:
        zone = self.settings.zone
        facts = {"address": claim.recipient, "answer": answer.said}
        if state is LetterState.QUEUED:
            return MailNote.DEFERRED.tell(**facts)
        if state is LetterState.UNCLEAR:
            return MailNote.UNCLEAR.tell(**facts, time=_hour(at, zone))
        if state is LetterState.REFUSED and answer.state is LetterState.QUEUED:
            return MailNote.GIVEN_UP.tell(**facts, time=_hour(claim.failing_since or at, zone))
        if state is LetterState.REFUSED:
            return MailNote.REFUSED.tell(**facts)
        if state is LetterState.HELD:
            return MailNote.DELIVERED_IN_TEST.tell(address=self.settings.mail.test_recipient)
        return MailNote.DELIVERED.tell()


def _wait(turn: int) -> timedelta:
    return timedelta(minutes=_WAITS[min(turn, len(_WAITS)) - 1])


def _is_given_up(claim: letters.Claim, at: datetime) -> bool:
    """Three days, and often enough: days on which nothing may be sent do not count alone."""
    since = claim.failing_since
    return since is not None and at - since >= _GIVES_UP_AFTER and claim.turn >= _FEWEST_TRIES


def _hour(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
