"""An officer's morning: two findings wait for review; decide, undo nothing, freeze the month."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import ITEMS, UNIT, Ran, english, office, ran, school, tree
from siteserver import SiteServer, serving

from monitor.model import State
from monitor.reviews import ANSWER, HEADERS, NUMBERS, REASON
from monitor.sheets import read_table
from monitor.store import open_store, records
from monitor.wording import Exit
from reports.formats.xlsx import Sheet, write_table

FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
MORNING = "2026-11-25"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office after two nights: one item is missing, one column is not there."""
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        _two_nights(place, server)
    return place


def _two_nights(place: Path, server: SiteServer) -> None:
    office(place, [("A1", UNIT, school(server).url)], server.targets)
    for day in ("2026-11-23", "2026-11-24"):
        done = ran("scan", "--dir", place, "--today", day)
        assert done.code == 0, done.told


@pytest.fixture
def place(reviewed: Path, tmp_path: Path) -> Path:
    """A copy of that office, to decide in."""
    copy = tmp_path / "信息公开巡查"
    copy.mkdir()
    for path in reviewed.iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    return copy


def findings(place: Path, *words: object) -> Ran:
    done = ran("findings", *words, "--dir", place, "--today", MORNING)
    assert english(done.told) == []
    return done


def states(place: Path) -> list[State]:
    store = open_store(f"sqlite:///{place / 'mingcha.db'}")
    try:
        return [one.state for one in records.findings(store)]
    finally:
        store.dispose()


def returned(place: Path, *answers: dict[str, str]) -> Path:
    sheet = place / "交回.xlsx"
    rows = [[row.get(name) for name in HEADERS] for row in answers]
    write_table(sheet, [Sheet(name="待审核问题", header=HEADERS, rows=rows)])
    return sheet


def test_what_waits_is_listed_with_its_reason(place: Path) -> None:
    done = findings(place, "list")

    assert done.out.startswith("共 2 项：待审核 2 项\n")
    assert f"{FIRST}　待审核　" in done.out
    assert "网站首页及菜单中未找到“食堂管理”栏目" in done.out
    assert "没有这样的问题" in findings(place, "list", "--state", "待整改").out
    assert findings(place, "list", "--state", "审核中").code == Exit.INPUT


def test_a_confirmed_finding_has_its_deadline_and_its_history(place: Path) -> None:
    done = findings(place, "confirm", FIRST, SECOND)

    assert done.code == 0
    assert "期限 2026-12-09" in done.out
    assert "已处理 2 项。" in done.out
    shown = findings(place, "show", FIRST).out
    assert "确认并交办　王科员" in shown
    assert "再次发现　mingcha" in shown
    assert states(place) == [State.ASSIGNED, State.ASSIGNED]


def test_a_dry_run_decides_nothing(place: Path) -> None:
    before = tree(place)

    done = findings(place, "confirm", FIRST, "--dry-run")

    assert "待整改" in done.out
    assert "只是预览" in done.out
    assert {name: text for name, text in tree(place).items() if "mingcha" not in name} == {
        name: text for name, text in before.items() if "mingcha" not in name
    }
    assert states(place) == [State.TO_REVIEW, State.TO_REVIEW]


def test_a_request_is_answered_by_another_person(place: Path) -> None:
    findings(place, "confirm", FIRST)
    findings(place, "contest", FIRST, "--by", "刘老师", "--ground", "C1", "--reason", "在校务栏")

    own = findings(place, "uphold", FIRST, "--by", "刘老师", "--reason", "属实")
    done = findings(place, "uphold", FIRST, "--reason", "属实")

    assert (own.code, done.code) == (Exit.INPUT, 0)
    assert "提出申请的人不能自己作决定" in own.err
    assert "在校务栏（已公开，在其他位置）" in findings(place, "show", FIRST).out
    assert states(place) == [State.WITHDRAWN, State.TO_REVIEW]


def test_an_approved_waiver_answers_the_request(place: Path) -> None:
    shown = findings(place, "confirm", FIRST).out
    (item,) = [name for name in ITEMS.values() if name in shown]
    findings(place, "contest", FIRST, "--by", "刘老师", "--ground", "C3", "--reason", "没有此事")
    shared = ("--dir", place, "--today", MORNING)

    added = ran(
        *("waive", "add", UNIT, item, "--reason", "本校没有此事", "--proposed-by", "刘老师"),
        *shared,
    )
    done = ran("waive", "approve", 1, "--by", "李科长", *shared)

    assert (added.code, done.code) == (0, 0), added.told + done.told
    assert f"问题 {FIRST} 申请复核的理由成立，核定为不涉及" in done.out
    assert states(place) == [State.WAIVED, State.TO_REVIEW]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("confirm", "WT-9"), "没有编号为 WT-9 的问题"),
        (("withdraw", FIRST), "没有写明理由"),
        (("close", FIRST), "问题目前是“待审核”，不能“销号”"),
        (("confirm", FIRST, "--deadline", "2026-11-01"), "整改期限早于今天"),
        (("suspend", FIRST, "--until", "2027-02-01", "--reason", "改版"), "30天以内"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    place: Path, words: tuple[str, ...], told: str
) -> None:
    done = findings(place, *words)

    assert done.code == Exit.INPUT
    assert told in done.err
    assert states(place) == [State.TO_REVIEW, State.TO_REVIEW]


def test_a_sheet_goes_out_and_comes_back(place: Path) -> None:
    sheet = place / "待审核问题.xlsx"

    done = findings(place, "export", "--out", sheet)

    assert "待审核 2 项，归为 2 行" in done.out
    numbers = [row.text(NUMBERS) for row in read_table(sheet, known=HEADERS).rows]
    assert sorted(numbers) == [FIRST, SECOND]
    answered = returned(
        place,
        {NUMBERS: FIRST, ANSWER: "确认"},
        {NUMBERS: SECOND, ANSWER: "误报"},
        {NUMBERS: "WT-9", ANSWER: "确认"},
    )
    back = findings(place, "import", answered)
    assert "第3行" in back.out
    assert "第4行" in back.out
    assert "以上 2 处没有采用，其余照办。" in back.out
    assert states(place) == [State.ASSIGNED, State.TO_REVIEW]
    again = findings(
        place, "import", returned(place, {NUMBERS: SECOND, ANSWER: "误报", REASON: "其他"})
    )
    assert again.code == 0
    assert states(place) == [State.ASSIGNED, State.WITHDRAWN]


def test_a_month_is_frozen_once(place: Path) -> None:
    first = ran("snapshot", "freeze", "2026-11", "--dir", place, "--today", "2026-12-01")
    findings(place, "confirm", FIRST)
    again = ran("snapshot", "freeze", "2026-11", "--dir", place, "--today", "2026-12-01")
    listed = ran("snapshot", "list", "--dir", place)

    assert (first.code, again.code) == (0, Exit.INPUT)
    assert "已经有了" in again.err
    assert "数据截止 2026-12-01 00:00" in listed.out
    assert "王科员 冻结" in listed.out
