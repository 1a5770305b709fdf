"""What falls due, what a period comes to in points, how far a veto is: as an officer asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import UNIT, Ran, english, office, ran, school
from siteserver import SiteServer, serving

from monitor.sheets import read_table
from monitor.wording import Exit

DAY = "2026-11-23"
STANDING = "match: {any: [%s]}, limits: [{kind: standing, grounds: law}]"
CLOCKS = {
    "计划": "{kind: yearly_by, month: 11, day: 30, grounds: law}",
    "收费": "{kind: periodic, every: term, grounds: default}",
}
#: a unit whose site nobody runs any more
SILENT = "青禾县河口小学"


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer) -> Path:
    """One night: of three items a primary school owes, two have a day in these weeks."""
    site = school(server)
    folder = office(
        tmp_path_factory.mktemp("scanned") / "office",
        [("A1", UNIT, f"{site.url}/"), ("A2", SILENT, "http://127.0.0.1:9/")],
        [site.netloc, "127.0.0.1:9"],
    )
    rules = folder / "rules.yaml"
    text = rules.read_text("utf-8")
    for word, clock in CLOCKS.items():
        old = STANDING % word
        assert old in text
        text = text.replace(old, old.replace("{kind: standing, grounds: law}", clock))
    rules.write_text(text, "utf-8")
    assert ran("scan", "--dir", folder, "--today", DAY).code == Exit.DONE
    return folder


@pytest.fixture
def place(scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(scanned, tmp_path / "office")


def asked(folder: Path, *words: object, today: str = DAY) -> Ran:
    done = ran(*words, "--dir", folder, "--today", today)
    assert english(done.told) == []
    return done


# --- what falls due --------------------------------------------------------------------


def test_what_falls_due_is_told_with_its_day_and_how_it_stands(place: Path) -> None:
    told = asked(place, "forecast", "--explain").out.splitlines()

    assert told[0] == "2026-11-23 起 20 个工作日，至 2026-12-21：要做的 2 项"
    assert f"2026-11-30　风险低　{UNIT}　年度工作计划（X-2）　应公开" in told
    assert f"2026-11-30　风险低　{SILENT}　年度工作计划（X-2）　应公开（尚未核查）" in told
    assert "　　　　本期为2026年度，2025-12-01起公开的算本期，最迟 2026-11-30" in told


def test_only_one_unit_is_told_where_one_is_asked_for(place: Path) -> None:
    assert SILENT not in asked(place, "forecast", "--unit", UNIT).out


def test_what_an_earlier_night_saw_still_counts_where_the_last_could_not_look(
    place: Path,
) -> None:
    closed = ("--set", "network.test_targets=[]", "--today", "2026-11-24")
    assert ran("scan", "--dir", place, *closed).code == Exit.DONE

    told = asked(place, "forecast", "--unit", UNIT, today="2026-11-24").out

    assert f"2026-11-30　风险低　{UNIT}　年度工作计划（X-2）　应公开\n" in told


def test_a_shorter_span_holds_less(place: Path) -> None:
    assert "要做的 0 项" in asked(place, "forecast", "--days", 4).out
    assert "要做的 2 项" in asked(place, "forecast", "--days", 5).out


@pytest.mark.parametrize("days", ["0", "251", "-3", "许多"])
def test_a_span_nobody_can_count_is_refused_in_chinese(place: Path, days: str) -> None:
    done = asked(place, "forecast", "--days", days)

    assert done.code == Exit.INPUT
    assert "请写 1 至 250 的数" in done.err


def test_what_is_there_already_is_only_counted_and_listed_when_asked_for(place: Path) -> None:
    here = {"today": "2027-01-11"}
    told = asked(place, "forecast", **here).out
    every = asked(place, "forecast", "--all", **here).out

    assert "2027 年的放假安排尚未公布" in told
    assert "另有 1 项已经公开，没有列出" in told
    assert f"{UNIT}　收费公示（X-1）　应公开（已公开）" in every
    assert f"{SILENT}　收费公示（X-1）　应公开（尚未核查）（节假日数据暂缺" in told
    assert "时限是惯例，法规没有写明" in told


def test_the_forecast_as_a_sheet_has_its_reasons_and_its_count(place: Path) -> None:
    assert "共 2 项" in asked(place, "forecast", "--xlsx", "预告.xlsx").out

    table = read_table(Path("预告.xlsx"), known=["最迟日期", "算法"])
    assert [row.text("单位编码") for row in table.rows] == ["A1", "A2"]
    assert all(row.text("算法").startswith("本期为2026年度") for row in table.rows)
    assert asked(place, "forecast", "--xlsx", "预告.xlsx").code == Exit.INPUT


# --- points ----------------------------------------------------------------------------


def test_a_unit_of_which_too_little_is_known_has_no_score(place: Path) -> None:
    told = asked(place, "score").out

    assert f"{SILENT}　核查不足，不参与排序（应公开 3 项，未能核查和待核实 3 项）" in told
    assert "　12　只评等次，不列得分和位次，按单位编码排列" in told
    assert "有效巡查 1 晚，不足 2 晚" in told


def test_by_default_grades_are_shown_and_neither_points_nor_ranks(place: Path) -> None:
    assert "第 1 位" not in asked(place, "score").out
    lenient = ("--set", "score.unknown_percent=100")

    told = asked(place, "score", *lenient).out
    full = asked(place, "score", *lenient, "--set", "score.ranking=full").out
    none = asked(place, "score", *lenient, "--set", "score.ranking=none").out

    assert f"　{UNIT}　优秀　应公开 3 项" in told
    assert f"　第 1 位　{UNIT}　100.0 分　优秀" in full
    assert f"　{UNIT}　应公开 3 项" in none


def test_one_unit_is_told_how_its_points_come_about(place: Path) -> None:
    told = asked(place, "score", "--unit", UNIT, "--set", "score.unknown_percent=100").out

    assert "基础得分 100.0，整改加减分 +0，得分 100.0" in told
    assert SILENT not in told


def test_a_veto_needs_a_reason_and_is_signed(place: Path) -> None:
    lenient = ("--set", "score.unknown_percent=100")

    told = asked(place, "score", *lenient, "--veto", f"{UNIT}=伪造日期，已核实", "--by", "李科长")

    assert f"{UNIT}　待改进" in told.out
    assert "一票否决：伪造日期，已核实（李科长）" in told.out
    assert asked(place, "score", "--veto", UNIT).code == Exit.INPUT
    unsigned = asked(place, "score", "--veto", f"{UNIT}=x", "--set", "office.officer=")
    assert (unsigned.code, "谁提出" in unsigned.err) == (Exit.INPUT, True)


def test_the_sheet_has_a_table_for_each_class_and_the_rules(place: Path) -> None:
    words = ("--set", "score.unknown_percent=100", "--set", "score.ranking=full")

    assert asked(place, "score", *words, "--xlsx", "评分.xlsx").code == Exit.DONE

    (first, *_) = read_table(Path("评分.xlsx"), known=["位次", "单位", "得分"]).rows
    assert (first.text("位次"), first.text("单位"), first.text("得分")) == ("1", UNIT, "100")


# --- vetoes ----------------------------------------------------------------------------


def test_schools_are_rehearsed_only_where_the_office_says_so(place: Path) -> None:
    told = asked(place, "score", "--rehearsal").out

    assert "2 家单位没有预演" in told
    assert UNIT not in told


def test_the_rehearsal_says_what_is_known_and_what_is_not(place: Path) -> None:
    words = ("--set", "rehearsal.schools=true", "--letter", f"{UNIT}=2026-08-22")

    told = asked(place, "score", "--rehearsal", *words).out

    assert "1 次访问中 1 次打不开，占 100.0%" in told
    assert "系统每晚只访问一次，次数不足" in told
    assert "留言长期未答复　达到否决线　最早一封 2026-08-22 收到，已 93 天" in told
    assert "系统看不到来信" in told
    assert "设置里的栏目“news”“normative-documents”“notices”“policy”“press”不在目录中" in told
    assert asked(place, "score", "--rehearsal", *words, "--xlsx", "预演.xlsx").code == Exit.DONE
    table = read_table(Path("预演.xlsx"), known=["否决情形", "预演结果"])
    assert len(table.rows) == 14


@pytest.mark.parametrize(
    "words",
    [
        ("--rehearsal", "2026-10"),
        ("--rehearsal", "--veto", f"{UNIT}=x"),
        ("--letter", f"{UNIT}=2026-08-01"),
        ("--rehearsal", "--letter", f"{UNIT}=八月"),
    ],
    ids=["a snapshot", "a veto", "a letter and no rehearsal", "no day"],
)
def test_what_does_not_go_together_is_refused(place: Path, words: tuple[str, ...]) -> None:
    done = asked(place, "score", *words)

    assert done.code == Exit.INPUT
    assert "没有执行任何操作" in done.err
