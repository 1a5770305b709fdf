from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawler.politeness import Gate, Host, wait_asked
from monitor.model import Outcome

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_an_address_is_asked_one_thing_at_a_time_with_a_pause_between():
    starts: list[float] = []
    inside = 0

    async def visit(gate: Gate) -> None:
        nonlocal inside
        async with gate.turn(0.02):
            inside += 1
            assert inside == 1
            starts.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0)
            inside -= 1

    async def all_at_once() -> None:
        gate = Gate()
        await asyncio.gather(*(visit(gate) for _ in range(5)))

    asyncio.run(all_at_once())

    assert all(later - earlier >= 0.019 for earlier, later in pairwise(starts))


def test_a_visit_that_fails_lets_the_next_one_in():
    async def two() -> str:
        gate = Gate()
        with pytest.raises(ValueError, match="first"):
            async with gate.turn(0):
                raise ValueError("first")
        async with gate.turn(0):
            return "second"

    assert asyncio.run(two()) == "second"


def test_a_host_that_cannot_be_connected_to_is_given_up_after_three():
    host = Host(gate=Gate())

    for _ in range(2):
        host.note_failure(Outcome.TIMED_OUT)
    assert host.resting is None
    host.note_failure(Outcome.REFUSED)
    assert host.resting is Outcome.REFUSED


def test_an_answer_between_makes_it_another_count():
    host = Host(gate=Gate())

    host.note_failure(Outcome.TIMED_OUT)
    host.note_failure(Outcome.TIMED_OUT)
    host.note_body("/a", 200, b"<a href='/b'>b</a>")
    host.note_failure(Outcome.TIMED_OUT)

    assert host.resting is None


@pytest.mark.parametrize("outcome", [Outcome.TRUNCATED, Outcome.PROTOCOL, Outcome.TOO_LARGE])
def test_a_host_that_answers_badly_is_still_there(outcome):
    host = Host(gate=Gate())

    for _ in range(5):
        host.note_failure(outcome)

    assert host.resting is None


@pytest.mark.parametrize(
    ("bodies", "resting"),
    [
        ([("/1", b"no"), ("/2", b"no"), ("/3", b"no")], Outcome.BLOCKED),
        ([("/1", b"no"), ("/1", b"no"), ("/1", b"no")], None),
        ([("/1", b"no"), ("/2", b"yes"), ("/3", b"no")], None),
        ([(f"/{n}", b"<a href=/>x</a>") for n in range(3)], None),
        ([(f"/{n}", b"x" * 5000) for n in range(3)], None),
    ],
    ids=["three addresses", "one address", "a different one", "a page with links", "long pages"],
)
def test_the_same_few_words_for_everything_mean_we_were_shut_out(bodies, resting):
    host = Host(gate=Gate())

    for url, body in bodies:
        host.note_body(url, 200, body)

    assert host.resting is resting


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("3600", 3600),
        (" 5 ", 5),
        ("Fri, 20 Nov 2026 15:02:00 GMT", 120),
        ("Fri, 20 Nov 2026 14:00:00 GMT", 0),
        ("1000000000", 1e9),
        ("later", None),
        ("-5", None),
        ("", None),
    ],
)
def test_how_long_a_host_asks_to_wait(said, seconds):
    assert wait_asked(said, NOW) == seconds
