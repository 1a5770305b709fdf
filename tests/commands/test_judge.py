"""A night judged again from what is stored, and what is told when it is not what it was."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import DAY, UNIT, Ran, english, office, ran, ran_outside, school, take_in
from siteserver import Site, SiteServer, serving

from monitor.wording import Exit

EAST, WEST = "青禾县东门小学", "青禾县西门小学"
NEXT, THIRD = "2026-11-24", "2026-11-25"


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def site(server: SiteServer) -> Site:
    return school(server)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer, site: Site) -> Path:
    """An office after one night: a school lacks a column, another has no site."""
    units = [("A1", UNIT, site.url), ("A3", WEST, "")]
    place = office(tmp_path_factory.mktemp("scanned") / "office", units, server.targets)
    assert ran("scan", "--dir", place, "--today", DAY).code == 0
    return place


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned, tmp_path / "office")


def judge(place: Path, *words: object, day: str = DAY) -> Ran:
    return ran("judge", "--dir", place, "--today", THIRD, "--as-of", day, *words)


def change(place: Path, *statements: str) -> None:
    """Do what no verb does."""
    with contextlib.closing(sqlite3.connect(place / "mingcha.db")) as memory, memory:
        for statement in statements:
            memory.execute(statement)


def memory_of(place: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(place / "mingcha.db")) as memory:
        return list(memory.iterdump())


def test_a_night_judged_again_comes_to_the_same_bytes(place: Path, tmp_path: Path) -> None:
    before = memory_of(place)

    first = judge(place, "--json", tmp_path / "1.jsonl")
    again = ran_outside(
        *("judge", "--dir", place, "--today", THIRD, "--as-of", DAY),
        *("--json", tmp_path / "2.jsonl"),
        environ={"PYTHONHASHSEED": "7"},
    )

    assert first.code == again.code == 0, first.told + again.told
    assert "与当晚的结论逐字节一致。" in first.out
    assert "结论　　应公开未公开 1，未设栏目 1，待人工核实 3，正常 1" in first.out
    assert english(first.out) == []
    written = (tmp_path / "1.jsonl").read_bytes()
    assert written == (tmp_path / "2.jsonl").read_bytes()
    assert f"校验值　{hashlib.sha256(written).hexdigest()}" in first.out
    assert memory_of(place) == before


def test_what_changes_later_changes_no_night_that_was(
    place: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other rules, another calendar, another list of units, another page: the night stays."""
    told = judge(place).out
    rules = (place / "rules.yaml").read_text("utf-8").replace("any: [收费]", "any: [别的]")
    (place / "rules.yaml").write_text(rules, "utf-8")
    (place / "calendar.yaml").write_text(
        "notices: [{title: 通知, days: {2026-11-20: off}}]\n", "utf-8"
    )
    take_in(place, [("A1", UNIT, site.url), ("A2", EAST, ""), ("A3", WEST, "")])
    monkeypatch.setitem(
        site.routes, "/fees/", "<html><body><h3>收费信息</h3>暂无内容</body></html>"
    )
    scanned = ran("scan", "--dir", place, "--today", NEXT)

    again = judge(place)

    assert scanned.code == 0, scanned.told
    assert again.code == 0, again.told
    assert again.out == told
    assert judge(place, day=NEXT).code == 0
    assert judge(place, day=NEXT).out != told


def test_an_answer_given_after_the_night_is_no_difference(place: Path) -> None:
    before = judge(place)
    said = ("--answer", "线下公开", "--note", "公示栏", "--by", "李科长")
    assert ran("verify", WEST, "X-1", *said, "--dir", place, "--today", DAY).code == 0

    again = judge(place)

    assert again.code == 0, again.told
    assert "其中 1 项此后由人工核实回答" in again.out
    assert before.out.splitlines()[-1] == again.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE assessments SET status = 'OK' WHERE status <> 'OK'",
            "复判 未设栏目",
        ),
        ("UPDATE documents SET title = '别的'", "当晚 正常，复判 "),
        ("UPDATE columns_seen SET outcome = 'TIMED_OUT'", "复判 未能核查"),
        ("DELETE FROM assessments", "当晚 没有结论，复判 正常"),
    ],
    ids=["a verdict", "an entry", "a look", "no verdicts"],
)
def test_what_was_changed_in_the_memory_comes_out(place: Path, statement: str, told: str) -> None:
    change(place, statement)

    again = judge(place)

    assert again.code == Exit.FINDINGS
    assert told in again.out
    assert "复判与当晚不一致，请先执行 mingcha verify-log" in again.out


def test_a_night_whose_basis_is_damaged_is_not_judged_by_another(place: Path) -> None:
    change(place, "UPDATE bases SET content = x'00'")

    again = judge(place)

    assert again.code == Exit.DATABASE
    assert "那一晚判断所据的" in again.err
    assert "应公开目录" in again.err


def test_a_night_that_left_no_basis_is_judged_as_far_as_it_can_be(place: Path) -> None:
    change(place, "DELETE FROM judgings", "UPDATE scans SET catalog_digest = 'other'")

    again = judge(place)

    assert again.code == 0, again.told
    assert "不能还原　当晚的日历没有留存" in again.out
    assert "不能还原　当晚的目录没有留存" in again.out
    assert "与当晚的结论逐条一致。" in again.out


def test_without_a_night_there_is_nothing_to_judge(place: Path) -> None:
    again = judge(place, day="2026-11-22")

    assert again.code == Exit.INPUT
    assert "到 2026-11-22 为止还没有判断过的巡查" in again.err
