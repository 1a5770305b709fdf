from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from formerly import database_of_step

from monitor.ledger.chain import seal, seal_findings
from monitor.store import Memory, open_store, proofs, reading, tables, writing
from monitor.store.checked import check_chain
from monitor.store.sealed import digest_of
from monitor.wording import Breach

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ANSWER = {
    "unit": "U1",
    "requirement": "S-11",
    "period": "",
    "answer": "OFFLINE",
    "said_by": "李科长",
    "said_at": AT,
}


def answer(store: Memory, **changes: object) -> None:
    """Keep one answer as the ledger does: the row and its link in one transaction."""
    table = tables.verifications
    with writing(store) as memory:
        said = sa.insert(table).values(**{**ANSWER, **changes}).returning(table.c.seq)
        seal(memory, table, [memory.scalar(said)])


def breaches(store: Memory) -> list[Breach]:
    return [told for told, _ in check_chain(store).breaches]


def test_each_link_holds_the_one_before_it(store):
    answer(store)
    answer(store, note="公示栏")
    answer(store, period="2026年")

    chain = check_chain(store)

    assert (chain.links, chain.breaches) == (3, ())
    assert chain.rows["人工核实"] == 3
    with reading(store) as memory:
        kept = memory.scalars(sa.select(proofs.chain.c.sha256).order_by("seq")).all()
    assert len(set(kept)) == 3
    assert chain.sha256 == kept[-1]


def test_an_empty_memory_has_an_empty_chain(store):
    assert (check_chain(store).links, breaches(store)) == (0, [])


def test_what_is_empty_counts_alike_on_every_database():
    row = {"seq": 1, "note": "", "said_at": AT, "valid_until": None, "active": False}

    assert digest_of(row) == digest_of({"seq": 1, "said_at": AT, "active": False, "new": None})
    assert digest_of(row) != digest_of(row | {"note": "公示栏"})
    assert digest_of(row) != digest_of(row | {"valid_until": date(2026, 12, 1)})


def test_two_writers_at_once_make_one_chain(store):
    second = sa.create_engine(store.url) if store.dialect.name == "postgresql" else None
    other = second or open_store(str(store.url))
    begin = threading.Barrier(2)

    def write(engine: Memory, by: str) -> None:
        begin.wait()
        for number in range(15):
            answer(engine, said_by=by, note=str(number))

    writers = [
        threading.Thread(target=write, args=(store, "李科长")),
        threading.Thread(target=write, args=(other, "王科员")),
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    other.dispose()

    assert (check_chain(store).links, breaches(store)) == (30, [])


def test_what_was_not_finished_is_not_on_the_chain(store):
    answer(store)
    table = tables.verifications

    def cut_off() -> None:
        with writing(store) as memory:
            said = sa.insert(table).values(**ANSWER).returning(table.c.seq)
            seal(memory, table, [memory.scalar(said)])
            raise OSError("the power went")

    with pytest.raises(OSError, match="power"):
        cut_off()
    answer(store)

    assert (check_chain(store).links, breaches(store)) == (2, [])


def test_a_lost_end_keeps_nobody_from_writing(store):
    answer(store)
    with writing(store) as memory:
        memory.execute(sa.delete(proofs.chain_end))
    assert breaches(store) == [Breach.NO_END]

    answer(store)

    assert (check_chain(store).links, breaches(store)) == (2, [])


def test_findings_that_stand_as_they_stood_make_no_link(store):
    with writing(store) as memory:
        memory.execute(sa.insert(tables.scans).values(id="s1", night=AT.date()))
        seal_findings(memory)
        seal_findings(memory)

    assert check_chain(store).links == 1
    assert breaches(store) == []


def test_rows_of_a_database_of_before_are_on_the_chain_from_the_upgrade(address):
    lines = (
        "INSERT INTO scans (seq, id, night) VALUES (1, 's1', '2026-11-01')",
        "INSERT INTO findings (number, unit, requirement, period, status, state, first_seen_on,"
        " last_seen_on, sightings, sighted_at, last_scan) VALUES ('WT-1', 'U1', 'S-11', '-',"
        " 'MISSING', 'DETECTED', '2026-11-01', '2026-11-02', 2, '2026-11-01 01:30:00', 1)",
        "INSERT INTO finding_events (seq, finding, move, to_state, moved_by, moved_at, scan)"
        " VALUES (1, 'WT-1', 'DETECT', 'DETECTED', 'mingcha', '2026-11-01 00:00:00.5', 1)",
        "INSERT INTO verifications (seq, unit, requirement, period, answer, said_by, said_at,"
        " valid_until) VALUES (4, 'U1', 'S-11', '-', 'OFFLINE', '李科长',"
        " '2026-11-01 00:00:00', '2026-12-01')",
        "INSERT INTO waivers (seq, unit, requirement, ground, reason, proposed_by, proposed_at,"
        " added_by, valid_until) VALUES (2, 'U1', 'S-11', 'C3', '没有食堂', '赵校长',"
        " '2026-11-01 00:00:00', '王科员', '2027-11-01')",
        "INSERT INTO remarks (seq, unit, kind, column_id, requirement, subject, because,"
        " first_seen_on, last_seen_on, opinion, said_by, said_at) VALUES (7, 'U1', 'SITE', '-',"
        " '-', 'x', 'SITE', '2026-11-01', '2026-11-01', 'UNFOUNDED', '王科员',"
        " '2026-11-01 00:00:00')",
        "INSERT INTO remarks (seq, unit, kind, column_id, requirement, subject, because,"
        " first_seen_on, last_seen_on) VALUES (8, 'U1', 'SITE', '-', '-', 'y', 'SITE',"
        " '2026-11-01', '2026-11-01')",
    )
    database_of_step(address, "0008", lines)

    store = open_store(address)

    chain = check_chain(store)
    assert chain.breaches == ()
    assert chain.links == 5  # four rows, and all findings together
    answer(store)
    assert breaches(store) == []
    store.dispose()


def test_looks_of_before_that_were_remembered_are_known_as_such(address):
    look = (
        "INSERT INTO columns_seen (scan, unit, column_id, outcome, http_status, pages, entries,"
        " listed, to_end, identity_seen, unchanged, still_linked) VALUES (1, 'U1',"
    )
    lines = (
        "INSERT INTO scans (seq, id, night) VALUES (1, 's1', '2026-11-01')",
        f"{look} 'a', 'OPENED', 200, 1, 3, 3, true, true, false, false)",
        f"{look} 'b', 'OPENED', 200, 1, 0, 0, true, true, false, false)",
        f"{look} 'c', 'TIMED_OUT', 0, 0, 0, 0, false, false, false, false)",
        f"{look} 'd', 'NO_COLUMN', 200, 1, 0, 0, true, true, false, false)",
    )
    database_of_step(address, "0008", lines)

    store = open_store(address)

    seen = tables.columns_seen.c
    with reading(store) as memory:
        judged = memory.scalars(sa.select(seen.column_id).where(seen.judged).order_by("column_id"))
        assert judged.all() == ["a", "d"]
    store.dispose()
