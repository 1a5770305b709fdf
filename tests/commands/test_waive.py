"""不涉及 as an office does it: asked for by a school, approved by another, ended in time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from clerk import PLAN, UNIT, Ran, english, office, ran, school
from schoolpages import article, listing
from siteserver import SiteServer, serving

from commands.folder import Folder
from monitor.model import Status
from monitor.sheets import read_table
from monitor.store import records
from monitor.wording import Exit

DAY = "2026-11-23"
SECOND = "青禾县第二小学"
ASKED = (SECOND, "X-3", "--reason", "本校没有食堂", "--proposed-by", "刘老师")


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer) -> Path:
    site = school(server)
    units = [("A1", UNIT, f"{site.url}/"), ("A2", SECOND, "")]
    folder = office(tmp_path_factory.mktemp("scanned") / "office", units, [site.netloc])
    assert ran("scan", "--dir", folder, "--today", DAY).code == Exit.DONE
    return folder


@pytest.fixture
def place(scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(scanned, tmp_path / "office")


def waive(folder: Path, *words: object, day: str = DAY) -> Ran:
    return ran("waive", *words, "--dir", folder, "--today", day)


def status_after_a_night(folder: Path, day: str) -> Status:
    assert ran("scan", "--dir", folder, "--today", day).code == Exit.DONE
    opened = Folder(folder, today=date.fromisoformat(day))
    found = {(one.unit, one.requirement): one.status for one in opened.standing()}
    opened.close()
    return found["A2", "X-3"]


def test_a_waiver_counts_from_its_approval_to_its_end(place: Path) -> None:
    added = waive(place, "add", *ASKED, "--for", "本学期")
    assert added.code == Exit.DONE, added.told
    assert "已登记第 1 号" in added.out
    assert status_after_a_night(place, "2026-11-24") is Status.UNSURE

    approved = waive(place, "approve", 1, "--by", "李科长", day="2026-11-24")
    assert approved.code == Exit.DONE, approved.told
    assert status_after_a_night(place, "2026-11-25") is Status.NA
    told = ran("explain", SECOND, "X-3", "--dir", place, "--today", "2026-11-25").out
    assert "第 1 号：刘老师 提出，李科长 2026-11-24 核准，有效至 2027-01-31" in told

    assert status_after_a_night(place, "2027-02-01") is Status.UNSURE
    assert waive(place, "list", day="2027-02-01").out == "共 0 项。\n"


def test_what_was_approved_as_not_there_is_asked_about_when_it_shows_elsewhere(
    tmp_path: Path, server: SiteServer
) -> None:
    site = school(server)
    folder = office(tmp_path / "office", [("A1", UNIT, f"{site.url}/")], [site.netloc])
    asked = (UNIT, "X-3", "--reason", "没有食堂", "--ground", "C4", "--proposed-by", "刘老师")
    waive(folder, "add", *asked)
    waive(folder, "approve", 1, "--by", "李科长")
    shown = ("食堂大米采购公告", "/plan/2.html", date(2026, 11, 24))
    site.routes["/plan/"] = listing("计划总结", [shown, *PLAN])
    site.routes[shown[1]] = article(shown[0], shown[2], "现将采购事项公告如下。")

    assert ran("scan", "--dir", folder, "--today", "2026-11-24").code == Exit.DONE

    told = ran("explain", UNIT, "X-3", "--dir", folder, "--today", "2026-11-24").out
    assert "核准为“本期未发生”，但“计划总结”栏目有“食堂大米采购公告”（2026-11-24）" in told
    assert "待人工核实" in told


def test_a_waiver_that_is_ended_counts_no_more(place: Path) -> None:
    waive(place, "add", *ASKED)
    waive(place, "approve", 1)

    assert waive(place, "expire", 1, "--by", "李科长").code == Exit.DONE
    assert status_after_a_night(place, "2026-11-24") is Status.UNSURE
    assert "已终止" in waive(place, "list", "--all").out


def test_a_legal_ground_makes_exempt_when_a_second_officer_signs_on_paper(place: Path) -> None:
    waive(place, "add", *ASKED, "--ground", "C6", "--proof", "审查〔2026〕3号")
    alone = waive(place, "approve", 1)
    assert alone.code == Exit.INPUT
    assert "须由第二人核准" in alone.err

    paper = ("--paper", "示教〔2026〕8号", "--approved-by", "赵副局长", "--on", "2026-11-20")
    done = waive(place, "approve", 1, *paper)

    assert done.code == Exit.DONE, done.told
    assert "赵副局长　2027-11-22　示教〔2026〕8号" in waive(place, "list").out
    assert status_after_a_night(place, "2026-11-24") is Status.EXEMPT


REFUSED = {
    "nobody proposed": (["add", SECOND, "X-3", "--reason", "没有"], "没有写是谁提出的"),
    "an item not owed": (["add", SECOND, "X-4", "--reason", "没有"], "没有应公开的"),
    "no reason": (["add", SECOND, "X-3"], "没有写为什么不涉及"),
    "another way to ask": (["add", *ASKED, "--ground", "C1"], "可写 C3、C4、C6、C9"),
    "no such term": (["add", *ASKED, "--for", "一辈子"], "可写 长期、本年度、本学期"),
    "no record": (["add", *ASKED, "--ground", "C6"], "没有写审查记录的编号"),
    "over already": (["add", *ASKED, "--until", "2026-11-01"], "早于今天"),
    "no such number": (["approve", "7"], "没有第 7 号申请"),
    "not a number": (["approve", "七"], "“七”不是编号"),
    "half a paper": (["approve", "1", "--paper", "8号"], "写全文号、核准人和日期"),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    words: list[str], told: str, place: Path
) -> None:
    done = waive(place, *words)

    assert done.code == Exit.INPUT
    assert told in done.err
    assert english(done.told) == []
    assert "共 0 项" in waive(place, "list", "--all").out


def test_an_item_that_must_be_public_is_refused_with_the_reason(place: Path) -> None:
    rules = (place / "rules.yaml").read_text("utf-8")
    rules = rules.replace("name: 食堂管理公示,", "name: 食堂管理公示, waivable: false,")
    (place / "rules.yaml").write_text(rules, "utf-8")

    done = waive(place, "add", *ASKED)

    assert done.code == Exit.INPUT
    assert "“食堂管理公示”是必须公开的事项" in done.err


def test_of_several_numbers_all_are_approved_or_none(place: Path) -> None:
    waive(place, "add", *ASKED)

    assert waive(place, "approve", 1, 2, "--by", "李科长").code == Exit.INPUT
    assert "待核准" in waive(place, "list").out


def test_a_doubt_is_told_and_does_not_stand_in_the_way(place: Path) -> None:
    done = waive(place, "add", UNIT, "X-1", "--reason", "不收费", "--proposed-by", "刘老师")

    assert done.code == Exit.DONE
    assert "提醒：该单位网站上有“2026年秋季学期教育收费公示”（2026-09-01）" in done.out
    assert "超过 15%" in done.out


@pytest.mark.parametrize(
    "words", [("add", *ASKED), ("approve", 1), ("expire", 1)], ids=lambda words: words[0]
)
def test_a_preview_writes_nothing(words: tuple[object, ...], place: Path) -> None:
    if words[0] != "add":
        waive(place, "add", *ASKED)
    opened = Folder(place)
    before = records.waiver_requests(opened.store)

    done = waive(place, *words, "--dry-run")

    assert done.code == Exit.DONE, done.told
    assert "只是预览，没有写入" in done.out
    assert records.waiver_requests(opened.store) == before
    opened.close()


def test_the_list_goes_into_a_sheet_with_those_of_the_layers(place: Path, tmp_path: Path) -> None:
    (place / "本局目录.yaml").write_text(
        "layer: {name: 本局, by: 李科长, on: 2026-03-01}\n"
        "waivers:\n"
        "  - {unit: A1, requirement: X-2, ground: C3, reason: 由教育局统一公开,"
        " proposed_by: 王老师, approved_by: 李科长}\n",
        "utf-8",
    )
    settings = (place / "settings.yaml").read_text("utf-8")
    (place / "settings.yaml").write_text(settings + "rules: [rules.yaml, 本局目录.yaml]\n", "utf-8")
    waive(place, "add", *ASKED)

    done = waive(place, "list", "--xlsx", tmp_path / "不涉及.xlsx")

    assert "共 2 项" in done.out
    rows = read_table(tmp_path / "不涉及.xlsx", known=("编号", "状态", "单位", "事项")).rows
    assert [(row.text("编号"), row.text("状态"), row.text("单位")) for row in rows] == [
        ("1", "待核准", SECOND),
        ("", "本局目录", UNIT),
    ]
