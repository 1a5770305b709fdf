"""Every verb as a careless clerk types it: told in Chinese, with a code, never with a traceback."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from clerk import DAY, UNIT, english, office, ran, ran_outside, tree

from commands import VERBS, cli, main
from commands.folder import Folder
from commands.words import explain_usage
from monitor.wording import Exit


def verbs(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every verb that can be typed, also the verbs of verbs."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from verbs(command, (*path, name))


ALL_VERBS = list(verbs())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder whose one unit has no site: nothing here opens an address."""
    monkeypatch.delenv("MINGCHA_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    return office(tmp_path / "信息公开 巡查", [("A1", UNIT, "")], [])


# --- help --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL_VERBS, ids=" ".join)
def test_the_help_of_every_verb_is_chinese_with_an_example(path: tuple[str, ...]) -> None:
    done = ran(*path, "--help")

    assert done.code == 0
    assert not done.err
    assert done.out.startswith("用法：mingcha")
    assert re.search(r"例：mingcha \w", done.out)
    assert english(done.out) == []
    assert "[required]" not in done.out


def test_the_first_page_lists_every_verb_with_its_other_name() -> None:
    for words in ((), ("--help",)):
        done = ran(*words)

        assert done.code == 0
        assert all(f"{verb}（{alias}）" in done.out for verb, (_, alias, _) in VERBS.items())


@pytest.mark.parametrize("verb", VERBS)
def test_the_other_name_of_a_verb_is_the_verb(verb: str) -> None:
    alias = VERBS[verb][1]

    by_alias, by_verb = (ran(name, "--help").out for name in (alias, verb))

    assert by_alias.replace(f"mingcha {alias}", f"mingcha {verb}") == by_verb


# --- what is typed wrongly ---------------------------------------------------------------

MISTYPED = {
    "a verb that is not there": ("scna", "是不是 scan"),
    "nothing like a verb": ("qqq", "没有“qqq”这个动作"),
    "an option that is not there": ("scan --resum", "是不是 --resume"),
    "an option before the verb": ("--dir x status", "选项要写在动作后面"),
    "an option without its value": ("scan --unit", "“--unit”后面没有写值"),
    "a value for a flag": ("scan --dry-run=yes", "“--dry-run”后面不用写值"),
    "a class nobody has": ("scan --class 小学校", "是不是“小学”"),
    "a class without likeness": ("scan --class xyz", "可写 教育局、"),
    "a day that is not there": ("status --today 2026-13-01", "不是日期"),
    "a word for a day": ("status --today 昨天", "不是日期"),
    "a day nobody works on": ("status --today 0999-01-01", "2000 至 2099"),
    "a name cut in two": ("explain 示例县 第一 小学 X-1", "请用引号括起来"),
    "an item left out": ("explain 第一小学", "没有写事项"),
    "no file": ("units import", "没有写文件"),
    "an empty file name": ("catalog diff ''", "没有写文件名"),
    "half a verb": ("units", "后面还要写做什么"),
    "half a verb misspelt": ("catalog shwo", "是不是 show"),
    "no address": ("try", "没有写要试查的网址"),
    "no address at all": ("try 你好", "不是网址"),
    "a unit nobody knows": (f"scan --unit {UNIT[:-1]}校", f"是不是“{UNIT}”"),
    "an item nobody knows": ("catalog show 收费公告", "是不是“收费公示”"),
    "an item of nothing": ("explain A1 没这回事", "全部事项见 mingcha catalog list"),
    "a range beside --resume": ("scan --resume --unit A1", "不能再选单位"),
    "nothing to go on with": ("scan --resume", "没有未做完的巡查"),
    "nothing to open": ("scan", "没有需要打开的栏目"),
}


@pytest.mark.parametrize(("line", "told"), MISTYPED.values(), ids=MISTYPED)
def test_what_is_typed_wrongly_is_told_and_changes_nothing(
    line: str, told: str, place: Path
) -> None:
    before = tree(place)

    done = ran(*line.replace("''", " ").split(" "), *_in(place, line))

    assert done.code == Exit.INPUT
    assert told in done.err
    assert re.search(r"〔E2\d{3}〕", done.err)
    assert english(done.told) == []
    assert tree(place) == before


def _in(place: Path, line: str) -> list[object]:
    """The work folder, where the verb comes so far as to need one."""
    ends_early = line.endswith(("--unit", "units")) or line.startswith("--dir")
    return [] if ends_early else ["--dir", place]


def test_every_kind_of_usage_mistake_of_the_library_has_a_sentence() -> None:
    kinds = {
        kind
        for kind in vars(click.exceptions).values()
        if isinstance(kind, type) and issubclass(kind, click.UsageError)
    }

    assert {kind.__name__ for kind in kinds} == {
        "BadArgumentUsage",
        "BadOptionUsage",
        "BadParameter",
        "MissingParameter",
        "NoArgsIsHelpError",
        "NoSuchCommand",
        "NoSuchOption",
        "UsageError",
    }
    assert "命令写得不对" in explain_usage(click.UsageError("anything the library may say"))


@pytest.mark.parametrize(
    "day", ["2026-11-23", "2026/11/23", "2026年11月23日", "２０２６－１１－２３"]
)
def test_a_day_may_be_written_as_people_write_it(day: str, place: Path) -> None:
    assert "今天按 2026-11-23 计算" in ran("doctor", "--dir", place, "--today", day).out


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_a_day_far_away_is_only_counted_provisionally(day: str, place: Path) -> None:
    assert ran("catalog", "check", "--dir", place, "--today", day).code == 0
    assert ran("status", "--dir", place, "--today", day).code == 0


# --- surroundings ------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["status", "scan", "explain A1 X-1", "export overview", "doctor"])
def test_a_folder_without_settings_is_told_once(verb: str, tmp_path: Path) -> None:
    done = ran(*verb.split(), "--dir", tmp_path / "空 文件夹")

    assert done.code == Exit.SETTINGS
    assert done.told.count("没有设置文件 settings.yaml") == 1
    assert "mingcha init" in done.told


BROKEN_SETTINGS = {
    "an indentation": ("network: {delay: 1}\n  tries: 2\n", "settings.yaml 第"),
    "an unknown key": ("netwrok: {delay: 1}\n", "是否为“network”"),
    "a word for a number": ("network: {delay: 快}\n", "delay"),
    "a clock that is none": ("schedule: {scan: '25:00'}\n", "不是时刻"),
    "another coding": ("office: {name: 教育局}\n".encode("gbk"), "UTF-8"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN_SETTINGS.values(), ids=BROKEN_SETTINGS)
def test_broken_settings_are_told_with_their_place(
    text: str | bytes, told: str, place: Path
) -> None:
    (place / "settings.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())

    done = ran("status", "--dir", place)

    assert done.code == Exit.SETTINGS
    assert "〔E3101〕" in done.err
    assert told in done.err
    assert english(done.err) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("network.dely=1", "是否为“delay”"),
        ("network.delay", "写法有误"),
        ("network.delay=很快", "不是数字"),
        ("nothing.at.all=1", "没有设置项"),
    ],
)
def test_a_wrong_override_is_told(given: str, told: str, place: Path) -> None:
    done = ran("status", "--dir", place, "--set", given)

    assert done.code == Exit.SETTINGS
    assert told in done.err


def test_broken_rules_are_told_with_their_place(place: Path) -> None:
    text = (place / "rules.yaml").read_text("utf-8")
    (place / "rules.yaml").write_text(text.replace("kind: standing", "kind: standnig", 1), "utf-8")

    done = ran("catalog", "check", "--dir", place)

    assert done.code == Exit.INPUT
    assert re.search(r"rules\.yaml 第\d+行.*standing", done.err)


def damaged(file: Path) -> None:
    file.write_bytes(b"this was a database once" * 400)


def newer(file: Path) -> None:
    with sqlite3.connect(file) as memory:
        memory.execute("update alembic_version set version_num = '9999'")
    memory.close()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("happen", [damaged, newer, a_folder])
def test_a_database_that_cannot_be_used_is_told(happen: object, place: Path) -> None:
    for beside in place.glob("mingcha.db-*"):
        beside.unlink()
    happen(place / "mingcha.db")  # type: ignore[operator]

    for words in (("status",), ("scan",), ("export", "overview"), ("doctor",)):
        done = ran(*words, "--dir", place)

        assert done.code == Exit.DATABASE, done.told
        assert "〔E7001〕" not in done.told
        assert english(done.told) == []


def test_a_locked_database_is_told(place: Path) -> None:
    address = f"sqlite:///{place / 'mingcha.db'}?timeout=0"
    other = sqlite3.connect(place / "mingcha.db", isolation_level=None)
    other.execute("begin immediate")
    try:
        done = ran(
            "units",
            "import",
            place / "单位清单.csv",
            "--dir",
            place,
            "--set",
            f"database={address}",
        )
    finally:
        other.close()

    assert done.code == Exit.DATABASE
    assert "被其他程序占用" in done.err


REFUSED_FILES = {
    "a sheet that is not there": "units import 没有.xlsx",
    "a folder for a sheet": "units import 文件夹",
    "a page for a sheet": "units import 页面.html",
    "a sheet of something else": "units import 别的.csv",
    "an events sheet of something else": "events import 别的.csv",
    "a duties sheet of something else": "units duties 别的.csv",
    "a form that is not one": "catalog import 别的.csv",
    "a form that is not there": "catalog import 没有.xlsx",
    "a layer that is not there": "catalog diff 没有.yaml",
    "a layer that is a sheet": "catalog diff 别的.csv",
    "a page that is not there": "try --file 没有.html",
    "a folder for a page": "try --file 文件夹",
}


@pytest.mark.parametrize("line", REFUSED_FILES.values(), ids=REFUSED_FILES)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_taken(line: str, place: Path) -> None:
    Path("文件夹").mkdir()
    Path("页面.html").write_text("<html><body>单位清单</body></html>", "utf-8")
    Path("别的.csv").write_text("菜名,价格\n红烧肉,18\n", "gbk")
    before = tree(place)

    done = ran(*line.split(), "--dir", place)

    assert done.code == Exit.INPUT, done.told
    assert re.search(r"〔E2\d{3}〕", done.err)
    assert english(done.told) == []
    assert tree(place) == before


def test_a_messy_sheet_is_told_line_by_line(place: Path) -> None:
    Path("单位清单.csv").write_text(
        "单位编码,单位名称,单位类别,网站首页,邮箱\n"
        "P1,东门小学,小学,http:/a.example.cn,\n"
        "P1,西门小学,小学校,www.b.example.cn,x\n"
        ",南门小学,小学,ftp//,\n",
        "gbk",
    )

    done = ran("units", "import", "单位清单.csv", "--dir", place)

    assert done.code == Exit.INPUT
    assert "第3行“单位类别”" in done.err
    assert "第4行“单位编码”" in done.err
    assert "没有导入任何单位" in done.err


# --- files that are written --------------------------------------------------------------

WRITING = {
    "units template": "--out",
    "units export": "--out",
    "events template": "--out",
    "export assessments": "--out",
    "export overview": "--html",
}


@pytest.mark.parametrize(("verb", "option"), WRITING.items(), ids=WRITING)
def test_a_file_that_cannot_be_written_is_told(verb: str, option: str, place: Path) -> None:
    Path("是文件").write_text("", "utf-8")
    done = ran(*verb.split(), option, Path("是文件", "结果.xlsx"), "--dir", place)

    assert done.code == Exit.SETTINGS, done.told
    assert "写不了文件" in done.err
    assert list(Path().glob("**/*.part")) == []


@pytest.mark.parametrize("verb", ["units template", "units export", "events template"])
def test_a_sheet_that_may_be_filled_in_is_not_overwritten(verb: str, place: Path) -> None:
    Path("表.xlsx").write_text("a day's work", "utf-8")
    done = ran(*verb.split(), "--out", "表.xlsx", "--dir", place)

    assert done.code == Exit.INPUT
    assert "已经存在" in done.err
    assert Path("表.xlsx").read_text("utf-8") == "a day's work"


def test_a_template_can_be_taken_in_again(place: Path) -> None:
    assert ran("units", "export", "--out", "现有.xlsx", "--dir", place).code == 0

    done = ran("units", "import", "现有.xlsx", "--dir", place)

    assert "新增 0 · 修改 0 · 停用 0" in done.out


def test_init_makes_a_folder_that_works_and_leaves_it_alone_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ran("init", "新 文件夹", "--dry-run").code == 0
    assert not Path("新 文件夹").exists()
    assert ran("init", "新 文件夹").code == 0
    text = Path("新 文件夹", "settings.yaml").read_text("utf-8")

    again = ran("init", "新 文件夹")

    assert again.code == Exit.INPUT
    assert "已经初始化过" in again.err
    assert Path("新 文件夹", "settings.yaml").read_text("utf-8") == text
    assert "还没有巡查记录" in ran("status", "--dir", "新 文件夹").out


# --- nothing in it yet -------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb", ["status", "export overview", "export assessments --json", "events list", "units check"]
)
def test_an_office_without_units_is_no_mistake(verb: str, tmp_path: Path) -> None:
    empty = office(tmp_path / "空", [], [])

    done = ran(*verb.split(), "--dir", empty)

    assert done.code == 0
    assert not done.err


PREVIEWS = {
    "units": "units import 新.csv",
    "events": "events import 事件.csv",
    "a form": "catalog import 目录.csv",
    "a scan": "scan",
    "a folder": "init 另一个",
}


@pytest.mark.parametrize("line", PREVIEWS.values(), ids=PREVIEWS)
def test_a_preview_changes_no_file(line: str, tmp_path: Path, place: Path) -> None:
    Path("新.csv").write_text(
        "单位编码,单位名称,单位类别,网站首页,邮箱\nA9,北门小学,小学,,\n", "utf-8"
    )
    Path("目录.csv").write_text(
        "一级事项,公开事项,公开内容,公开时限\n学生管理,资助政策,资助政策,长期公开\n", "utf-8"
    )
    Path("事件.csv").write_text("单位,事件,日期,登记人,文号\n", "utf-8")
    fresh = office(tmp_path / "新局", [], [])  # has no database yet

    for here in (place, fresh):
        before = tree(tmp_path)
        where = [] if line.startswith("init") else ["--dir", here]

        done = ran(*line.split(), "--dry-run", *where)

        assert done.code in {0, Exit.INPUT}, done.told  # an empty sheet is refused
        assert tree(tmp_path) == before


# --- our own mistakes --------------------------------------------------------------------


def test_a_bug_of_ours_goes_whole_into_the_log_and_is_told_in_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Folder) -> None:
        raise LookupError("nobody expected this")

    monkeypatch.setattr(Folder, "unfinished_scan", broken)

    done = ran("status", "--dir", place)

    assert done.code == Exit.BUG
    assert f"详情已写入 {place / 'mingcha.log'}" in done.err
    assert len(done.err.splitlines()) == 1
    line = json.loads((place / "mingcha.log").read_text("utf-8").splitlines()[-1])
    assert "nobody expected this" in line["exception"]
    assert line["level"] == "error"
    assert "nobody expected this" in ran("status", "--dir", place, "--verbose").err


def test_the_details_of_a_refusal_are_shown_on_request(place: Path) -> None:
    short = ran("catalog", "diff", "没有.yaml", "--dir", place)
    long = ran("catalog", "diff", "没有.yaml", "--dir", place, "--verbose")

    assert "Traceback" not in short.err
    assert long.err.startswith(short.err)
    assert "Traceback" in long.err


def test_a_full_disk_in_the_middle_is_no_bug_of_ours(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Folder) -> None:
        raise OSError(28, "No space left on device", "mingcha.db-wal")

    monkeypatch.setattr(Folder, "unfinished_scan", full)

    done = ran("status", "--dir", place)

    assert done.code == Exit.SETTINGS
    assert "磁盘已满" in done.err
    assert english(done.err) == []


# --- other machines ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("explain", "A1", "X-1"), "结论"),
        (("doctor",), "数据库可用"),
        (("snapshot", "freeze", "2026-10"), "已冻结为 2026-10"),
        (("report", "columns", "A1"), "已写出"),
    ],
    ids=lambda part: part[0] if isinstance(part, tuple) else "",
)
def test_a_gbk_console_is_served(
    words: tuple[str, ...], told: str, place: Path, tmp_path: Path
) -> None:
    """In a folder whose name is Chinese with a blank, on a machine that reaches nothing."""
    where = ("--folder", tmp_path / "栏目 清单") if words[0] == "report" else ()

    done = ran_outside(*words, *where, "--dir", place, environ={"PYTHONIOENCODING": "gbk"})

    assert " " in place.name
    assert done.code == 0, done.told
    assert told in done.out


def test_words_from_a_console_of_another_coding_are_understood(place: Path) -> None:
    done = ran("explain", os.fsdecode(UNIT.encode("gbk")), "X-1", "--dir", place)

    assert done.code == 0
    assert UNIT in done.out


def test_a_machine_without_a_home_is_served(place: Path) -> None:
    done = ran_outside("status", "--today", DAY, environ={"HOME": "", "MINGCHA_DIR": str(place)})

    assert done.code == 0
    assert not done.err


def test_main_never_returns() -> None:
    with pytest.raises(SystemExit):
        main(["--version"])


@pytest.mark.parametrize("verb", ["status", "scan", "export overview", "doctor"])
def test_a_folder_that_may_not_be_written_to_is_told(verb: str, place: Path) -> None:
    for path in [place, *place.iterdir()]:
        path.chmod(0o555 if path.is_dir() else 0o444)

    done = ran_outside(*verb.split(), "--dir", place, held_to_rights=True)

    place.chmod(0o755)
    assert done.code in {Exit.SETTINGS, Exit.DATABASE}, done.told
    assert re.search(r"〔E[35]\d{3}〕|✗", done.told)
    assert english(done.told) == []
