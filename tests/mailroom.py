"""An outbox with letters in it, and a sender whose clock the test turns."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from postoffice import PASSWORD

from monitor.ledger import letters
from monitor.model import LetterKind, LetterState, Posting
from monitor.settings import Settings
from monitor.settings.sections import MailSettings, Office
from monitor.store import letters as stored
from monitor.store import open_store
from reports.mail import Letter, compose
from reports.outbox import Sent, send
from reports.smtp import Patience

#: nine o'clock of a Monday in Shanghai
START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
#: a server of the tests answers at once, or is not meant to answer
IMPATIENT = Patience(connect=5, reply=5, answer=0.3)
#: longer than any lease
LATER = timedelta(hours=1)


def letter(event: str = "finding-1", **changes: object) -> Letter:
    given = {
        "kind": LetterKind.MEND,
        "unit": "P-1",
        "day": date(2026, 11, 2),
        "recipients": ("wang@school.example.cn",),
        "subject": "【整改提醒】城东小学：2项待整改，最近期限11月9日",
        "text": "城东小学：\n　　有2项内容需要补充或更新，请于期限前处理。\n",
    }
    return Letter(event=event, **given | changes)


class Clock:
    """What time it is, for one sender."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, by: timedelta = LATER) -> None:
        self.at += by


class Mailroom:
    """The outbox of an office, its settings, and one sender."""

    def __init__(self, memory: Path, mail: MailSettings) -> None:
        self.engine: sa.Engine = open_store(f"sqlite:///{memory}")
        self.settings = Settings(
            folder=memory.parent, mail=mail, office=Office(name="青禾县教育局")
        )
        self.clock = Clock()
        self._numbers = count(1)

    def close(self) -> None:
        self.engine.dispose()

    def put(self, *written: Letter, hold: bool = False) -> int:
        mailings = [one for each in written or (letter(),) for one in compose(each)]
        return letters.put(self.engine, mailings, at=self.clock(), hold=hold)

    def put_many(self, number: int) -> int:
        return self.put(*(letter(f"event-{n}", unit=f"P-{n}") for n in range(number)))

    def send(self, **changes: object) -> Sent:
        """One run of a sender of its own name, as the timetable starts it."""
        given = {
            "now": self.clock,
            "window": lambda _: True,
            "sender_id": f"sender-{next(self._numbers)}",
            "patience": IMPATIENT,
        }
        return send(self.engine, self.settings, PASSWORD, **given | changes)

    def send_later(self, times: int = 1, by: timedelta = LATER) -> Sent:
        """Further runs, each ``by`` after the one before; what the last one did."""
        for _ in range(times):
            self.clock.later(by)
            sent = self.send()
        return sent

    def postings(self, *states: LetterState) -> tuple[Posting, ...]:
        return stored.postings(self.engine, states)

    @property
    def posting(self) -> Posting:
        """The only letter there is."""
        (only,) = self.postings()
        return only

    @property
    def counts(self) -> Counter[LetterState]:
        return Counter(one.state for one in self.postings())
