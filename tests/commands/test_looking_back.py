"""Thirty days after closing: what is listed to be looked at again, and what is written of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from clerk import UNIT, Ran, english, office, ran, school
from siteserver import serving

from commands.folder import Folder
from commands.letters import due_today
from commands.morning import morning
from monitor.sheets import read_table
from monitor.wording import Exit

FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
CLOSED_ON, DUE_ON, PAST = "2026-11-25", "2026-12-25", "2027-01-25"
ALL = ("--set", "lookback.percent=100")
NONE = ("--set", "lookback.percent=0")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose two findings were looked at and closed by its officer."""
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        office(place, [("A1", UNIT, school(server).url)], server.targets)
        for day in ("2026-11-23", "2026-11-24"):
            done = ran("scan", "--dir", place, "--today", day)
            assert done.code == 0, done.told
    for words in (
        ("confirm",),
        ("respond", "--address", "http://school.example/plan.htm"),
        ("close", "--reason", "看过页面"),
    ):
        done = findings(place, words[0], FIRST, SECOND, *words[1:], on=CLOSED_ON)
        assert done.code == 0, done.told
    return place


@pytest.fixture
def place(settled: Path, tmp_path: Path) -> Path:
    """A copy of that office, to look back in."""
    copy = tmp_path / "信息公开巡查"
    copy.mkdir()
    for path in settled.iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    return copy


def findings(place: Path, *words: object, on: str = DUE_ON) -> Ran:
    done = ran("findings", *words, "--dir", place, "--today", on)
    assert english(done.told) == []
    return done


def test_what_is_due_is_listed_with_its_closing_and_its_page(place: Path) -> None:
    done = findings(place, "lookback", *ALL)

    assert done.out.startswith("待回头看 2 项：抽查 2 项\n")
    assert f"{FIRST}　" in done.out
    assert "2026-11-25 销号，已满 30 天，最迟 2027-01-24（抽查）" in done.out
    assert "销号依据　王科员销号：看过页面（佐证编号 " in done.out
    assert "页面　　　http://school.example/plan.htm" in done.out
    assert "mingcha findings looked 编号 --as 不属实 --reason" in done.out


@pytest.mark.parametrize(
    ("day", "options"),
    [("2026-12-24", ALL), (PAST, ALL), (DUE_ON, NONE)],
    ids=["not due yet", "no longer", "no share"],
)
def test_without_any_that_is_told(place: Path, day: str, options: tuple[str, ...]) -> None:
    assert findings(place, "lookback", *options, on=day).out == "没有等待回头看的问题。\n"


def test_of_the_usual_share_one_at_least_is_listed(place: Path) -> None:
    first, again = (findings(place, "lookback").out for _ in range(2))

    assert "抽查" in first
    assert first == again


def test_the_list_is_a_sheet_too(place: Path) -> None:
    sheet = place / "回头看.xlsx"

    done = findings(place, "lookback", "--xlsx", sheet, *ALL)
    again = findings(place, "lookback", "--xlsx", sheet, *ALL)

    assert "共 2 项" in done.out
    table = read_table(sheet, known=("编号", "销号日期", "谁销的号", "页面"))
    assert [row.text("编号") for row in table.rows] == [FIRST, SECOND]
    assert {row.text("谁销的号") for row in table.rows} == {"王科员销号"}
    assert {row.text("页面") for row in table.rows} == {"http://school.example/plan.htm"}
    assert again.code == Exit.INPUT


def test_one_found_mended_stays_closed_and_is_listed_no_more(place: Path) -> None:
    done = findings(place, "looked", FIRST, "--as", "属实", "--reason", "仍能打开")

    assert done.code == 0
    assert f"{FIRST}　已销号" in done.out
    assert "回头看属实　王科员　仍能打开" in findings(place, "show", FIRST).out
    assert FIRST not in findings(place, "lookback", *ALL).out
    assert FIRST in findings(place, "lookback", *ALL, on="2027-02-23").out


def test_one_found_not_mended_comes_back_and_all_of_its_unit_are_looked_at(place: Path) -> None:
    done = findings(place, "looked", FIRST, "--as", "不属实", "--reason", "打开是空白页")

    assert f"{FIRST}　问题反弹" in done.out
    assert "期限 2026-12-30" in done.out
    assert "回头看不属实　王科员　打开是空白页" in findings(place, "show", FIRST).out
    listed = findings(place, "lookback", *NONE).out
    assert listed.startswith("待回头看 1 项：单位有问题反弹 1 项\n")
    assert SECOND in listed


def test_what_was_seen_must_be_said_of_one_not_mended(place: Path) -> None:
    done = findings(place, "looked", FIRST, "--as", "不属实")
    shown = findings(place, "looked", FIRST, "--as", "不属实", "--reason", "空白", "--dry-run")

    assert done.code == Exit.INPUT
    assert "没有写明理由" in done.err
    assert "只是预览" in shown.out
    assert "回头看" not in findings(place, "show", FIRST).out


def test_the_morning_tells_how_many_wait(place: Path) -> None:
    folder = Folder(place, ("lookback.percent=100",), today=date.fromisoformat(DUE_ON))
    try:
        assert morning(folder).to_look_back == 2
    finally:
        folder.close()


def test_the_unit_is_written_what_was_seen(place: Path) -> None:
    findings(place, "looked", FIRST, "--as", "不属实", "--reason", "打开是空白页")
    folder = Folder(place, today=date.fromisoformat(DUE_ON))
    try:
        (letter,) = due_today(folder).letters
    finally:
        folder.close()

    assert letter.findings == (FIRST,)
    assert "12月25日回头看：打开是空白页。整改后请反馈，由工作人员复核" in letter.text
