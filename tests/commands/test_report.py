"""A month of an office: decide, freeze, report; a notice goes out, its reply comes back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from clerk import UNIT, Ran, english, office, ran, school
from siteserver import serving

from commands.folder import Folder
from commands.report import one_at_a_time
from monitor.model import State
from monitor.replies import ANSWER, HEADERS, NOTE, NUMBER, REQUIRED
from monitor.sheets import read_table
from monitor.store import open_store, records
from monitor.wording import Exit
from reports.formats.xlsx import Sheet, write_table

FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
DECEMBER = "2026-12-01"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office after two nights that confirmed one finding, with its month frozen."""
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        office(place, [("A1", UNIT, school(server).url)], server.targets)
        for day in ("2026-11-23", "2026-11-24"):
            asked(place, "scan", day=day)
    asked(place, "findings", "confirm", FIRST)
    asked(place, "snapshot", "freeze", "2026-11", day="2026-12-01")
    return place


def asked(place: Path, *words: object, day: str = "2026-11-25", code: int = 0) -> Ran:
    done = ran(*words, "--dir", place, "--today", day)
    assert done.code == code, done.told
    assert english(done.told) == []
    return done


def test_a_month_is_reported_in_word_excel_and_html_and_never_over_an_edited_file(place, tmp_path):
    words = ("report", "monthly", "2026-11", "--folder", tmp_path)

    done = asked(place, *words, day="2026-12-01")
    asked(place, *words, day="2026-12-01")
    asked(place, *words, "--clean", day="2026-12-01")

    assert "达标 1 项，问题 1 项" in done.out
    stem = "2026年11月信息公开自查自纠报告"
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{stem}{form}{kind}"
        for form in ("（送审稿）", "（送审稿）-2", "")
        for kind in (".docx", ".html")
    } | {f"2026年11月问题清单及整改台账{number}.xlsx" for number in ("", "-2", "-3")}
    page = (tmp_path / f"{stem}（送审稿）.html").read_text("utf-8")
    assert "问题1项" in page.replace(" ", "")
    assert "【" not in (tmp_path / f"{stem}.html").read_text("utf-8")


def test_two_officers_at_once_get_one_report(place, tmp_path):
    """RPT-11: whoever comes second is told who is at it, and no file is written twice."""
    with one_at_a_time(Folder(place)):
        second = ran(
            "report",
            "monthly",
            "2026-11",
            "--dir",
            place,
            "--folder",
            tmp_path,
            "--today",
            DECEMBER,
        )

    assert second.code == Exit.INPUT
    assert "报告正在生成（由 王科员 发起）" in second.err
    assert list(tmp_path.iterdir()) == []
    asked(place, "report", "monthly", "2026-11", "--folder", tmp_path, day=DECEMBER)
    assert len(list(tmp_path.iterdir())) == 3


def test_who_was_killed_over_a_report_keeps_nobody_from_the_next(place, tmp_path):
    """The lock is the system's, not a file's that is left lying about."""
    (place / ".正在生成报告").write_text("李科长", "utf-8")
    (place / ".报告.lock").touch()

    asked(place, "report", "monthly", "2026-11", "--folder", tmp_path, day=DECEMBER)

    assert len(list(tmp_path.iterdir())) == 3


def test_a_report_of_a_past_month_does_not_follow_what_changed_since(place, tmp_path):
    """RPT-13: what was frozen stays, whatever rules, units and findings became."""
    words = ("report", "monthly", "2026-11", "--clean")
    asked(place, *words, "--folder", tmp_path / "早", day=DECEMBER)
    rules = place / "rules.yaml"
    before = rules.read_text("utf-8")
    rules.write_text(before.replace("收费公示", "收费目录"), "utf-8")
    asked(place, "findings", "close", SECOND, "--reason", "x", code=Exit.INPUT)

    asked(place, *words, "--folder", tmp_path / "晚", day=DECEMBER)

    rules.write_text(before, "utf-8")
    for name in ("2026年11月信息公开自查自纠报告.docx", "2026年11月问题清单及整改台账.xlsx"):
        assert (tmp_path / "早" / name).read_bytes() == (tmp_path / "晚" / name).read_bytes()


def test_a_units_sheet_tells_the_months_that_were_frozen(place, tmp_path):
    asked(place, "report", "unit", UNIT, "--folder", tmp_path, day=DECEMBER)

    (paper,) = tmp_path.glob("*.docx")
    whole = zipfile.ZipFile(paper).read("word/document.xml").decode("utf-8")
    assert "各月月末问题：2026年11月1项。" in re.sub(r"<[^>]+>", "", whole)


def test_a_month_nobody_froze_is_told(place, tmp_path):
    done = ran("report", "monthly", "2026-09", "--dir", place, "--folder", tmp_path)

    assert done.code == Exit.INPUT
    assert "没有名为 2026-09 的数据快照" in done.err
    assert list(tmp_path.iterdir()) == []


def test_only_what_was_confirmed_is_noticed_and_the_reply_comes_back(place, tmp_path):
    asked(place, "report", "notice", UNIT, "--folder", tmp_path)

    (sheet,) = tmp_path.glob("整改反馈表-*.xlsx")
    table = read_table(sheet, known=HEADERS, required=REQUIRED)
    assert [row.text(NUMBER) for row in table.rows] == [FIRST]
    reply = tmp_path / "交回.xlsx"
    rows = [
        [{NUMBER: number, ANSWER: "已整改", NOTE: "已补"}.get(name) for name in HEADERS]
        for number in (FIRST, SECOND)
    ]
    write_table(reply, [Sheet(name="反馈", header=HEADERS, rows=rows)])

    done = asked(place, "ledger", "import", reply, "--dry-run")

    assert "第3行" in done.out
    assert "已反馈待复核" in done.out
    asked(place, "ledger", "import", reply)
    store = open_store(f"sqlite:///{place / 'mingcha.db'}")
    assert [one.state for one in records.findings(store)] == [State.RESPONDED, State.TO_REVIEW]
    told = records.finding_events(store, FIRST)[-1]
    assert (told.by, told.reason) == (UNIT, "已补")
    store.dispose()


def test_the_ledger_of_today_is_written_and_not_over_an_old_one(place, tmp_path):
    out = tmp_path / "台账.xlsx"

    done = asked(place, "ledger", "export", "--out", out)

    assert "在办问题 1 项" in done.out
    assert out.stat().st_size
    assert ran("ledger", "export", "--out", out, "--dir", place).code == Exit.INPUT
