"""A sender that is killed again and again, over a server that fails as servers do.

The sender is a real child process on a real outbox file. The server's rule, or the parent, kills
it; what became of every letter is counted from the server's journal.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from mailroom import IMPATIENT, LATER, Mailroom
from postoffice import Action, Cut, PostOffice, Rule, Say, Silence, Step, Visit, opened, usual

from monitor.ledger import letters
from monitor.model import LetterState
from monitor.settings.sections import MailSettings

#: a letter at rest: taken, or shown to a person with the reason
AT_REST = {LetterState.SENT, LetterState.REFUSED, LetterState.UNCLEAR}
_PATIENCE = replace(IMPATIENT, answer=0.1)


def children() -> ForkServerContext:
    """Where children come from: a server that has imported what takes long."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reports.outbox", "cryptography.x509"])
    return context


def work(memory: Path, mail: MailSettings, hours: int, sender: str, guarded: bool) -> None:
    """What the child does: one run of a sender, ``hours`` after the start."""
    if not guarded:
        letters.hand_over = lambda *_, **__: True
    room = Mailroom(memory, mail)
    room.clock.later(LATER * hours)
    room.send(sender_id=sender, limit=1_000_000, patience=_PATIENCE)
    room.close()


class Senders:
    """Senders of one outbox, each a child of its own; ``hours`` is the time on their clocks."""

    def __init__(self, memory: Path, mail: MailSettings, *, guarded: bool = True) -> None:
        self.hours = 0
        self._given = (memory, mail)
        self._guarded = guarded
        self._context = children()
        self._started: list[ForkServerProcess] = []

    def start(self) -> ForkServerProcess:
        name = f"child-{len(self._started)}"
        child = self._context.Process(
            target=work, args=(*self._given, self.hours, name, self._guarded)
        )
        child.start()
        self._started.append(child)
        return child

    @property
    def pid(self) -> int:
        """Of the one that was started last."""
        return self._started[-1].pid or 0

    def kill(self) -> None:
        """End the one that was started last, as a power cut would."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        for child in self._started:
            child.kill()
            child.join()
            child.close()


@contextmanager
def senders(memory: Path, mail: MailSettings, *, guarded: bool = True) -> Iterator[Senders]:
    """Senders that are gone at the end of the block."""
    made = Senders(memory, mail, guarded=guarded)
    try:
        yield made
    finally:
        made.close()


def violations(room: Mailroom, office: PostOffice) -> list[str]:
    """What breaks the promises: a letter taken twice, or lost, or in doubt without a word."""
    taken = office.times_accepted
    found = [f"{name} was taken {times} times" for name, times in taken.items() if times > 1]
    for one in room.postings():
        if one.state not in AT_REST:
            found.append(f"{one.event} is still {one.state.name}")
        elif one.state is LetterState.SENT and not taken[one.message_id]:
            found.append(f"{one.event} is called sent and was not taken")
        elif one.state is LetterState.REFUSED and taken[one.message_id]:
            found.append(f"{one.event} is called refused and was taken")
        elif not one.told:
            found.append(f"{one.event} is {one.state.name} without a word")
    return found


# --- the storm --------------------------------------------------------------------------

#: of every thousand messages, how many meet this
FAULTS: tuple[tuple[int, Step, Action], ...] = (
    (30, Step.RCPT, Say("451 greylisted")),
    (10, Step.RCPT, Say("550 no such user")),
    (10, Step.RCPT, Say("421 too many")),
    (10, Step.RCPT, Cut()),
    (10, Step.DATA, Cut()),
    (10, Step.BODY, Cut()),
    (10, Step.DOT, Say("451 try later")),
    (10, Step.DOT, Cut()),
    (10, Step.DOT, Cut(take=True)),
    (5, Step.DOT, Silence()),
    (5, Step.DOT, Silence(take=True)),
)


@dataclass(frozen=True, kw_only=True)
class Storm:
    """What came of it."""

    violations: list[str]
    counts: Counter[LetterState]
    kills: int
    rounds: int
    connections: int


def storm(memory: Path, *, number: int, kills: int, seed: int) -> Storm:
    """Send ``number`` letters with faults and ``kills`` kills of the sender; what came of it."""
    chance = random.Random(seed)
    with opened() as office:
        room = Mailroom(memory, office.settings())
        room.put_many(number)
        with senders(memory, room.settings.mail) as crowd:
            killed = _weather(room, office, crowd, chance, number, kills)
        done = Storm(
            violations=violations(room, office),
            counts=room.counts,
            kills=killed,
            rounds=crowd.hours,
            connections=len(office.visits),
        )
        room.close()
    return done


def _weather(
    room: Mailroom,
    office: PostOffice,
    crowd: Senders,
    chance: random.Random,
    number: int,
    kills: int,
) -> int:
    """Start senders and kill them until every letter is at rest; how many were killed."""
    killed = 0
    while killed < kills or not set(room.counts) <= AT_REST:
        if set(room.counts) <= AT_REST:  # all are sent, and the storm is not over
            number += 100
            room.put_many(number)
        crowd.hours += 1
        left = kills - killed
        by_server = left > 0 and chance.random() < 0.7
        until = chance.randint(1, max(2, 6 * number // max(1, kills)))
        office.rule = _faulty(random.Random(chance.random()), crowd, until if by_server else 0)
        child = crowd.start()
        if left > 0 and not by_server:
            child.join(chance.uniform(0.05, 0.15))
            child.kill()
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        office.rule = usual
    return killed


def _faulty(chance: random.Random, crowd: Senders, kill_at: int) -> Rule:
    """Faults as they fall; at the ``kill_at``-th step the sender is killed."""
    steps = 0

    def rule(step: Step, _: Visit) -> Action | None:
        nonlocal steps
        steps += 1
        if steps == kill_at:
            crowd.kill()
        drawn = chance.uniform(0, 1000)
        for often, where, action in FAULTS:
            if where is step and (drawn := drawn - often) < 0:
                return action
        return None

    return rule
