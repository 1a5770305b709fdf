"""The verb ``schedule``: what it prints for the timers of systems, and what it passes on."""

from __future__ import annotations

import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clerk import DAY, command, english, ran, tree

from commands.timers import SYSTEMS, Table, Timer, crontab, systemd, windows
from monitor.wording import Exit

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 22, 5, tzinfo=SHANGHAI)
PLACES = [
    "/srv/信息公开巡查",
    "/srv/张三 的/信息 公开",
    "/srv/100% 完成",
    "/srv/it's",
    '/srv/"引号"',
    "/srv/$HOME",
    "/srv/back\\slash",
]


def table(place: str, program: str = "/opt/明 察/bin/python") -> Table:
    timers = [
        Timer(name="letters", word="发信", at=AT.replace(hour=8, minute=45)),
        Timer(name="scan", word="巡查", at=AT),
    ]
    return Table(timers=timers, program=program, place=place, zone=SHANGHAI, user="clerk")


def lines_with(text: str, start: str) -> list[str]:
    found = [line.removeprefix(start) for line in text.splitlines() if line.startswith(start)]
    assert found
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "信息 公开"
    place.mkdir()
    (place / "settings.yaml").write_text('schedule: {scan: "22:05"}\n', "utf-8")
    return place


# --- the texts -----------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_a_service_runs_the_words_as_they_are(place: str) -> None:
    (line,) = lines_with(systemd(table(place)), "ExecStart=")

    # systemd's own rules: %i is what stands behind the @, %% is %, $$ is $, quotes as in a shell
    shown = line.removesuffix(" %i") + " scan"
    words = shlex.split(shown.replace("%%", "%").replace("$$", "$"))

    assert words == table(place).words("scan")


def test_a_service_has_its_hour_with_the_zone_and_catches_up() -> None:
    text = systemd(table("/srv"))

    assert lines_with(text, "OnCalendar=") == [
        "*-*-* 08:45:00 Asia/Shanghai",
        "*-*-* 22:05:00 Asia/Shanghai",
        "*:0/10",
    ]
    assert text.count("Persistent=true") == 2
    assert lines_with(text, "User=") == ["clerk"]
    assert "enable --now mingcha@letters.timer mingcha@scan.timer mingcha@send.timer" in text


@pytest.mark.parametrize("place", PLACES)
def test_a_shell_that_reads_the_line_gets_the_words_as_they_are(place: str) -> None:
    (line,) = lines_with(crontab(table(place, program=sys.executable)), "05 ")
    shown = line.split(" ", 4)[4]

    # the table of times takes a bare % for the end of the line, and gives \% on as %
    assert "%" not in shown.replace("\\%", "")
    told = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {shown.replace(chr(92) + '%', '%')}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == table(place, program=sys.executable).words("scan")


def test_a_table_of_times_asks_at_every_start_what_was_missed() -> None:
    (line,) = lines_with(crontab(table("/srv")), "@reboot ")
    (sender,) = lines_with(crontab(table("/srv")), "*/10 * * * * ")

    assert shlex.split(line) == table("/srv").words()
    assert shlex.split(sender) == table("/srv").words("send")


@pytest.mark.parametrize(
    ("zone", "minute_and_hour"),
    [("UTC", "05 14"), ("Asia/Shanghai", "05 22"), ("Asia/Kolkata", "35 19")],
)
def test_a_timer_without_zones_gets_the_hour_of_the_machine(
    place: Path, zone: str, minute_and_hour: str
) -> None:
    text = subprocess.run(
        command("schedule", "install", "--print", "--for", "crontab", "--dir", place),
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": zone, "PATH": "", "PYTHONUTF8": "1", "USER": "clerk"},
    ).stdout

    night = text.splitlines().index("# 巡查 22:05")
    assert text.splitlines()[night + 1].startswith(f"{minute_and_hour} * * * ")
    assert "Asia/Shanghai 的时间" in text


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (r"D:\政务公开\信息公开巡查", r"--dir D:\政务公开\信息公开巡查 "),
        (r"C:\Users\张三\信息 公开", r"""--dir "C:\Users\张三\信息 公开" """),
        (r"D:\公开 资料" + "\\", r"""--dir "D:\公开 资料\\" """),
        (r"D:\it's", r"--dir D:\it''s "),
        (r"D:\‘引号’", r"--dir D:\‘‘引号’’ "),
    ],
    ids=["Chinese", "a blank", "a blank and a slash at the end", "a quote", "Chinese quotes"],
)
def test_powershell_gets_the_folder_as_it_is(place: str, told: str) -> None:
    text = windows(table(place, program=r"C:\Program Files\Python\python.exe"))

    assert r"-Execute 'C:\Program Files\Python\python.exe'" in text
    assert f"-Argument '-m scheduler {told}--once scan'" in text
    assert "-TaskName '明察 发信'" in text
    assert "-RepetitionInterval (New-TimeSpan -Minutes 10)" in text


# --- the verb ------------------------------------------------------------------------------


@pytest.mark.parametrize("system", SYSTEMS)
def test_printing_changes_nothing(place: Path, system: str) -> None:
    before = tree(place)

    done = ran("schedule", "install", "--print", "--for", system, "--dir", place)

    assert done.code == Exit.DONE
    assert done.out.count(str(place)) >= 1
    for job in ("monthly", "digest", "letters", "scan", "send"):
        assert job in done.out
    for hour in ("08:00", "08:30", "08:45", "22:05"):
        assert hour in done.out
    assert english(done.out.split("[Unit]", 1)[0]) == []
    assert tree(place) == before


def test_without_print_nothing_is_done_and_the_way_is_told(place: Path) -> None:
    done = ran("schedule", "install", "--dir", place)

    assert done.code == Exit.INPUT
    assert "--print" in done.err


def test_a_system_nobody_knows_is_refused_with_those_that_are(place: Path) -> None:
    done = ran("schedule", "install", "--print", "--for", "launchd", "--dir", place)

    assert done.code == Exit.INPUT
    assert "可写 systemd、crontab、windows" in done.err


def test_another_name_for_the_table_of_times_is_understood(place: Path) -> None:
    told = {
        ran("定时", "install", "--print", "--for", one, "--dir", place).out
        for one in ("cron", "crontab")
    }

    assert len(told) == 1


def test_the_next_hour_is_shown_and_nothing_is_made(place: Path) -> None:
    before = tree(place)

    done = ran("schedule", "show", "--dir", place, "--today", DAY, "--set", "schedule.scan=23:59")

    first, *others = done.out.splitlines()
    assert first.startswith("时区 Asia/Shanghai，下次月报 2026-12-01 08:00，下次摘要 2026-11-2")
    assert first.endswith(f"，下次巡查 {DAY} 23:59")
    assert others == [f"{job}还没有按时间执行过。" for job in ("月报", "摘要", "发信", "巡查")]
    assert tree(place) == before


def test_what_a_run_came_to_is_shown_afterwards(place: Path) -> None:
    settings = ("--dir", place, "--today", DAY, "--set", "schedule.scan=00:00")

    first = ran("schedule", "once", "巡查", *settings)
    again = ran("schedule", "once", "scan", *settings)
    shown = ran("schedule", "show", *settings)

    assert first.code == Exit.INPUT
    assert "没有需要打开的栏目" in first.out
    assert again.out.startswith("没有到时间的巡查，没有执行。")
    assert f"上次巡查：应于 {DAY} 执行，{DAY} " in shown.out
    assert shown.out.endswith("开始。没有需要打开的栏目〔E2409〕\n")
    assert "发信还没有按时间执行过。" in shown.out


@pytest.mark.parametrize("words", [("once",), ("show",), ("install", "--print")])
def test_a_folder_without_settings_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = ran("schedule", *words, "--dir", tmp_path)

    assert done.code == Exit.SETTINGS
    assert "settings.yaml" in done.told
    assert list(tmp_path.iterdir()) == []
