"""What was recorded is what is there, or it is told what was changed, lost or cut off."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import DAY, UNIT, Ran, english, office, ran, school
from siteserver import SiteServer, serving

from crawler import evidence
from monitor.wording import Exit

WEST = "青禾县西门小学"
NEXT = "2026-11-24"


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, server: SiteServer) -> Path:
    """Two nights, and each thing that people do: a finding confirmed, an answer, a waiver."""
    units = [("A1", UNIT, school(server).url), ("A3", WEST, "")]
    place = office(tmp_path_factory.mktemp("worked") / "office", units, server.targets)
    for words in (
        ("scan", "--today", DAY),
        ("scan", "--today", NEXT),
        ("findings", "confirm", "WT-2026-00001", "--by", "王科员"),
        ("verify", WEST, "X-1", "--answer", "线下公开", "--note", "公示栏", "--by", "李科长"),
        (*("waive", "add", WEST, "X-3", "--reason", "没有食堂"), "--proposed-by", "赵校长"),
        ("waive", "approve", "1", "--by", "李科长"),
        ("snapshot", "freeze", "2026-10"),
    ):
        day = () if "--today" in words else ("--today", NEXT)
        done = ran(*words, *day, "--dir", place)
        assert done.code == 0, done.told
    return place


@pytest.fixture
def place(worked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(worked, tmp_path / "office")


def check(place: Path, *words: str) -> Ran:
    return ran("verify-log", "--dir", place, "--today", NEXT, *words)


def change(place: Path, statement: str) -> None:
    """Do what no verb does."""
    with contextlib.closing(sqlite3.connect(place / "mingcha.db")) as memory, memory:
        assert memory.execute(statement).rowcount != 0


def one(place: Path, query: str) -> str:
    with contextlib.closing(sqlite3.connect(place / "mingcha.db")) as memory:
        return str(memory.execute(query).fetchone()[0])


def test_what_nobody_touched_is_as_it_was_written(place: Path) -> None:
    done = check(place, "--all")

    assert done.code == 0, done.told
    assert "逐条核对，与写入时一致。" in done.out
    assert "问题的处理记录 5 条，人工核实 1 条，不涉及 1 条" in done.out
    assert english(done.out) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE finding_events SET moved_by = '赵科员' WHERE seq = 3",
            "问题的处理记录第 3 条与入链时不一致：内容被改动过",
        ),
        ("DELETE FROM finding_events WHERE seq = 2", "问题的处理记录第 2 条入链后不见了"),
        ("DELETE FROM finding_events WHERE seq = 3", "问题的处理记录第 3 条入链后不见了"),
        (
            "INSERT INTO finding_events SELECT 6, finding, move, from_state, to_state,"
            " moved_by, moved_at, reason, evidence, address, ground, scan FROM finding_events"
            " WHERE seq = 3",
            "问题的处理记录第 6 条没有入链：不是由本程序写入的",
        ),
        ("UPDATE findings SET state = 'CLOSED'", "问题 WT-2026-00001 现为“已销号”"),
        ("UPDATE findings SET deadline = '2027-01-01'", "问题清单与最近一次入链时不一致"),
        ("DELETE FROM findings", "问题清单与最近一次入链时不一致"),
        ("UPDATE verifications SET note = '公示栏 '", "人工核实第 1 条与入链时不一致"),
        ("UPDATE waivers SET approved_by = '赵科长'", "不涉及第 1 条与入链时不一致"),
        ("UPDATE snapshots SET content = x'00'", "数据快照 2026-10 的内容与冻结时不一致"),
        ("UPDATE snapshots SET made_by = '别人'", "数据快照第 2026-10 条与入链时不一致"),
        ("UPDATE judgings SET sha256 = 'x' WHERE seq = 1", "判断记录第 1 条与入链时不一致"),
        ("UPDATE bases SET content = x'00'", "判断所据的一份文本"),
        ("UPDATE chain SET digest = 'x' WHERE seq = 2", "校验链第 2 条校验不符"),
        ("UPDATE chain SET sha256 = 'x' WHERE seq = 2", "校验链第 3 条校验不符"),
        ("DELETE FROM chain WHERE seq = 2", "校验链缺第 2 条"),
        ("DELETE FROM chain_end", "校验链没有链尾"),
        (
            "DELETE FROM chain WHERE seq = (SELECT MAX(seq) FROM chain)",
            "末尾被截去或另加过",
        ),
    ],
)
def test_what_was_changed_behind_the_program_is_named(
    place: Path, statement: str, told: str
) -> None:
    change(place, statement)

    done = check(place)

    assert done.code == Exit.FINDINGS
    assert told in done.out
    assert english(done.out) == []


def test_a_remark_of_a_person_is_on_the_chain(place: Path) -> None:
    change(
        place,
        "INSERT INTO remarks (seq, unit, kind, column_id, requirement, subject, because,"
        " first_seen_on, last_seen_on) VALUES (9, 'A1', 'SITE', '-', '-', '-', 'SITE',"
        " '2026-11-23', '2026-11-23')",
    )
    said = ran("remarks", "say", "9", "--as", "不属实", "--dir", place, "--today", NEXT)
    assert said.code == 0, said.told
    assert check(place).code == 0

    change(place, "UPDATE remarks SET last_seen_on = '2026-11-25' WHERE seq = 9")
    assert check(place).code == 0  # what the nights move is not on it

    change(place, "UPDATE remarks SET opinion = 'OTHER' WHERE seq = 9")
    assert "提示的看法第 9 条与入链时不一致" in check(place).out


def test_a_chain_that_was_cut_with_its_end_shows_by_a_value_noted_before(place: Path) -> None:
    noted = check(place).out.split("校验值 ")[1].split("\n")[0]
    assert check(place, "--expect", noted).code == 0
    assert check(place, "--expect", noted[:16]).code == 0
    last = int(one(place, "SELECT MAX(seq) FROM chain"))
    before = one(place, f"SELECT sha256 FROM chain WHERE seq = {last - 1}")
    change(place, f"DELETE FROM chain WHERE seq = {last}")
    change(place, f"UPDATE chain_end SET links = {last - 1}, sha256 = '{before}'")
    change(place, "DELETE FROM snapshots")

    assert check(place).code == 0  # the last thing done is gone, and nothing in the memory says so
    done = check(place, "--expect", noted)

    assert done.code == Exit.FINDINGS
    assert "不在校验链上：链被截短或重写过" in done.out


def test_every_byte_of_a_stored_page_counts(place: Path) -> None:
    sha256 = one(place, "SELECT sha256 FROM evidence LIMIT 1")
    page = place / "evidence" / sha256[0] / f"{sha256}.gz"
    whole = page.read_bytes()
    unnoticed = []
    for at in range(len(whole)):
        page.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with contextlib.suppress(evidence.DamagedEvidence):
            evidence.load(place / "evidence", sha256)
            unnoticed.append(at)
    assert unnoticed == []

    page.write_bytes(gzip.compress(b"another page", mtime=0))
    done = check(place, "--all")
    assert done.code == Exit.FINDINGS
    assert f"留存页面不见了或被改动过：evidence/{sha256[0]}/{sha256}.gz（" in done.out

    page.unlink()
    assert check(place, "--all").code == Exit.FINDINGS


def test_the_pages_behind_an_open_finding_are_read_without_being_asked_for(place: Path) -> None:
    sha256 = one(place, "SELECT evidence FROM finding_events WHERE seq = 1")
    (place / "evidence" / sha256[0] / f"{sha256}.gz").unlink()

    done = check(place)

    assert done.code == Exit.FINDINGS
    assert f"evidence/{sha256[0]}/{sha256}.gz（问题 WT-2026-00001）" in done.out
