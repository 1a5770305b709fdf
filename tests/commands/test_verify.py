"""人工核实 as a clerk does it: what is unsure is answered, and asked anew when the list changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from clerk import UNIT, english, office, ran, school, tree
from schoolpages import article, home, listing
from siteserver import Site, SiteServer, serving

from commands.folder import Folder
from monitor.model import Status
from monitor.sheets import read_table
from monitor.units.answers import ANSWER_HEADERS
from monitor.wording import Exit
from reports.formats.xlsx import Sheet, write_table

DAY = "2026-11-23"
SECOND = "青禾县第二小学"
NEAR = [("2026年秋季缴费说明", "/fees/1.html", date(2026, 9, 1))]


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer) -> Path:
    """After one night: three items of the second school, which has no site, are unsure."""
    site = school(server)
    units = [("A1", UNIT, f"{site.url}/"), ("A2", SECOND, "")]
    folder = office(tmp_path_factory.mktemp("scanned") / "office", units, [site.netloc])
    assert ran("scan", "--dir", folder, "--today", DAY).code == Exit.DONE
    return folder


@pytest.fixture
def place(scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(scanned, tmp_path / "office")


def statuses(folder: Path, day: str = DAY) -> dict[tuple[str, str], Status]:
    opened = Folder(folder, today=date.fromisoformat(day))
    found = {(one.unit, one.requirement): one.status for one in opened.standing()}
    opened.close()
    return found


def verify(folder: Path, *words: object, day: str = DAY):
    return ran("verify", *words, "--dir", folder, "--today", day)


def test_an_answer_stands_at_once_and_says_whose_it_is(place: Path) -> None:
    done = verify(
        place,
        SECOND,
        "收费公示",
        "--answer",
        "线下公开",
        "--note",
        "校门口公示栏",
        "--by",
        "李科长",
    )

    assert done.code == Exit.DONE, done.told
    assert "记下 1 项回答" in done.out
    assert statuses(place)["A2", "X-1"] is Status.OK
    told = ran("explain", SECOND, "X-1", "--dir", place, "--today", DAY).out
    assert "✓ 正常（人工核实）" in told
    assert "人工核实：已在线下公开（校门口公示栏），李科长，2026-11-23" in told
    assert "机器未能断定：该单位未登记网站，需人工核查" in told
    assert "其中 1 项是人工核实的" in ran("status", "--dir", place, "--today", DAY).out


def test_a_preview_writes_nothing(place: Path) -> None:
    before = tree(place)

    done = verify(place, SECOND, "X-1", "--answer", "未公开", "--dry-run")

    assert "只是预览，没有写入" in done.out
    assert statuses(place)["A2", "X-1"] is Status.UNSURE
    assert {name for name in tree(place) if name not in before} <= {
        name for name in tree(place) if name.endswith(("-shm", "-wal", ".log", ".jsonl"))
    }


REFUSED = {
    "a verdict of the machine": ([UNIT, "X-1", "--answer", "未公开"], "机器已有结论"),
    "nothing asked": ([], "请选一种用法"),
    "half a question": ([SECOND, "X-1"], "请选一种用法"),
    "two ways at once": (["--sheet", "a.xlsx", "--export", "b.xlsx"], "请选一种用法"),
    "no address": ([SECOND, "X-1", "--answer", "已公开"], "没有写地址"),
    "not an address": ([SECOND, "X-1", "--answer", "已公开", "--address", "网上"], "不是网址"),
    "no note": ([SECOND, "X-1", "--answer", "不涉及"], "没有写说明"),
    "no such answer": ([SECOND, "X-1", "--answer", "公开"], "是不是“"),
    "an item not owed": ([SECOND, "X-4", "--answer", "未公开"], "没有应公开的"),
    "over already": (
        [SECOND, "X-1", "--answer", "未公开", "--until", "2026-11-01"],
        "早于今天",
    ),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_answered_is_told_and_changes_nothing(
    words: list[str], told: str, place: Path
) -> None:
    before = statuses(place)

    done = verify(place, *words)

    assert done.code == Exit.INPUT
    assert told in done.err
    assert english(done.told) == []
    assert statuses(place) == before


def test_an_answer_is_not_lost_unseen(place: Path) -> None:
    verify(place, SECOND, "X-1", "--answer", "未公开")

    second = verify(place, SECOND, "X-1", "--answer", "不涉及", "--note", "不收费")
    assert second.code == Exit.INPUT
    assert "已有回答“未公开”（王科员，2026-11-23）" in second.err
    assert statuses(place)["A2", "X-1"] is Status.MISSING

    third = verify(place, SECOND, "X-1", "--answer", "不涉及", "--note", "不收费", "--replace")
    assert third.code == Exit.DONE
    assert statuses(place)["A2", "X-1"] is Status.NA


# --- by sheet ----------------------------------------------------------------------------


def exported(folder: Path) -> tuple[Path, list[list[str]]]:
    path = folder.parent / "人工核实.xlsx"
    path.unlink(missing_ok=True)
    done = verify(folder, "--export", path)
    assert done.code == Exit.DONE, done.told
    rows = read_table(path, known=ANSWER_HEADERS).rows
    return path, [[row.text(name) for name in ANSWER_HEADERS] for row in rows]


def filled(folder: Path, rows: list[list[str]], **cells: str) -> Path:
    path = folder.parent / "已填.xlsx"
    for row in rows:
        for name, value in cells.items():
            row[ANSWER_HEADERS.index(name)] = value
    write_table(path, [Sheet(name="人工核实", header=ANSWER_HEADERS, rows=rows)])
    return path


def test_one_cause_is_one_row_and_its_answer_is_for_all_of_it(place: Path) -> None:
    _, rows = exported(place)

    assert len(rows) == 1
    assert rows[0][1] == "X-1 收费公示；X-2 年度工作计划；X-3 食堂管理公示"
    assert rows[0][3] == "该单位未登记网站，需人工核查"

    done = verify(place, "--sheet", filled(place, rows, 答复="线下公开", 说明="公示栏"))

    assert done.code == Exit.DONE, done.told
    assert "记下 3 项回答\n现有人工核实 3 项；仍待人工核实 0 项（0.0%）。" in done.out
    shares = list(statuses(place).values())
    assert shares.count(Status.UNSURE) <= 0.05 * len(shares)
    assert exported(place)[1] == []


def test_a_wrong_row_is_named_and_the_others_are_taken(place: Path) -> None:
    _, (row,) = exported(place)
    rows = [
        [*row[:1], "X-1", *row[2:4], "已公开", *row[5:]],
        [*row[:1], "X-2", *row[2:4], "不清楚", *row[5:]],
        [*row[:1], "X-3", *row[2:4], "未公开", *row[5:]],
    ]

    done = verify(place, "--sheet", filled(place, rows))

    assert done.code == Exit.INPUT
    assert "第2行“地址”：答“已公开”没有写地址" in done.out
    assert "第3行“答复”：不认识“不清楚”" in done.out
    assert statuses(place)["A2", "X-3"] is Status.MISSING
    assert statuses(place)["A2", "X-1"] is statuses(place)["A2", "X-2"] is Status.UNSURE


def test_the_same_sheet_again_changes_nothing_and_another_answer_is_not_taken(
    place: Path,
) -> None:
    _, rows = exported(place)
    sheet = filled(place, rows, 答复="线下公开", 说明="公示栏")
    verify(place, "--sheet", sheet)

    again = verify(place, "--sheet", sheet)
    assert again.code == Exit.DONE
    assert "3 项与已有的回答相同" in again.out
    assert "记下 0 项回答" in again.out

    sheet = filled(place, rows, 答复="未公开", 说明="")
    other = verify(place, "--sheet", sheet)
    assert other.code == Exit.INPUT
    assert "没有记下 3 处" in other.out
    assert statuses(place)["A2", "X-1"] is Status.OK

    assert verify(place, "--sheet", sheet, "--replace").code == Exit.DONE
    assert statuses(place)["A2", "X-1"] is Status.MISSING


def test_a_sheet_a_person_may_have_filled_in_is_not_written_over(place: Path) -> None:
    path, _ = exported(place)

    assert verify(place, "--export", path).code == Exit.INPUT


# --- until the list changes ----------------------------------------------------------------


def near_school(server: SiteServer) -> Site:
    """A school whose column of fees holds a title that may be the item under another word."""
    routes: dict[str, str] = {
        "/": home({"收费信息": "/fees/", "计划总结": "/plan/"}),
        "/fees/": listing("收费信息", NEAR),
        "/plan/": listing("计划总结", [("2026年工作计划", "/plan/1.html", date(2026, 3, 2))]),
        "/fees/1.html": article("2026年秋季缴费说明", date(2026, 9, 1), "说明如下。"),
        "/fees/2.html": article("新的通知", date(2026, 11, 25), "通知如下。"),
        "/plan/1.html": article("2026年工作计划", date(2026, 3, 2), "计划如下。"),
    }
    return server.site(dict(routes))


def test_an_answer_holds_night_after_night_until_the_list_changes(
    tmp_path: Path, server: SiteServer
) -> None:
    site = near_school(server)
    folder = office(tmp_path / "office", [("A1", UNIT, f"{site.url}/")], [site.netloc])
    rules = (folder / "rules.yaml").read_text("utf-8")
    (folder / "rules.yaml").write_text(
        rules.replace("{any: [收费]}", "{any: [收费], near: [缴费]}"), "utf-8"
    )

    def night(day: str) -> Status:
        assert ran("scan", "--dir", folder, "--today", day).code == Exit.DONE
        return statuses(folder, day)["A1", "X-1"]

    assert night("2026-11-23") is Status.UNSURE
    verify(folder, UNIT, "X-1", "--answer", "已公开", "--address", f"{site.url}/fees/1.html")
    assert statuses(folder)["A1", "X-1"] is Status.OK

    assert night("2026-11-24") is Status.OK

    news = ("新的通知", "/fees/2.html", date(2026, 11, 25))
    site.routes["/fees/"] = listing("收费信息", [news, *NEAR])
    assert night("2026-11-25") is Status.UNSURE

    done = verify(
        folder,
        *(UNIT, "X-1", "--answer", "已公开", "--address", f"{site.url}/fees/1.html"),
        day="2026-11-25",
    )
    assert "记下 1 项回答" in done.out
    assert night("2026-11-26") is Status.OK
