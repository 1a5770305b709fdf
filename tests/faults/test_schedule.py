"""Faults of the timetable (SCH): the machine's zone, a process asleep, a week off, a long scan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES
from clerk import UNIT, office, school
from siteserver import Reply, Request, SiteServer, serving

import scheduler
from commands.files import held
from commands.folder import BEIJING, Folder
from commands.jobs import Office
from monitor.ledger import runs
from monitor.ledger.runs import Run
from monitor.store import records

STILL_RUNNING = "上一次巡查尚未结束，跳过本次。"


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


def work_folder(place: Path, hour: str = "00:00") -> Path:
    """An office without units; by default its night is due at every instant of a day."""
    place.mkdir(parents=True)
    (place / "settings.yaml").write_text(f'schedule: {{scan: "{hour}"}}\n', "utf-8")
    return place


def county(place: Path, server: SiteServer, hour: str = "00:00") -> Path:
    """An office with one school."""
    site = school(server)
    office(place, [("A1", UNIT, site.url)], server.targets)
    with (place / "settings.yaml").open("a", encoding="utf-8") as file:
        file.write(f'schedule: {{scan: "{hour}"}}\n')
    return place


@contextmanager
def child(
    *words: str | Path, environ: Mapping[str, str | None] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A process of the timetable; it is gone at the end of the block."""
    told = {**os.environ, "PYTHONUNBUFFERED": "1", **(environ or {})}
    process = subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in told.items() if value is not None},
    )
    late = threading.Timer(60, process.kill)
    late.start()
    try:
        yield process
    finally:
        late.cancel()
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def ended(process: subprocess.Popen[str]) -> str:
    """End the timetable the way a person does; what it said last."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    assert process.returncode == 0
    return out.rstrip("\n").rpartition("\n")[2]


@contextmanager
def memory(place: Path) -> Iterator[Folder]:
    folder = Folder(place)
    try:
        yield folder
    finally:
        folder.close()


def run_of(place: Path, by: date | None = None) -> Run:
    with memory(place) as folder:
        run = runs.last(folder.store, "scan", by=by)
    assert run is not None
    return run


def settle(place: Path, day: date) -> None:
    at = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    with memory(place) as folder:
        assert runs.begin(folder.store, "scan", day, at=at)
        runs.finish(folder.store, "scan", day, at=at, told="")


# --- SCH-01: the server runs in UTC --------------------------------------------------------


def next_night() -> str:
    now = datetime.now(BEIJING)
    tonight = now.replace(hour=23, minute=0)
    return f"{tonight if now < tonight else tonight + timedelta(days=1):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("zone", ["", "UTC", "America/New_York", None], ids=str)
def test_the_zone_comes_from_the_settings_whatever_the_machine_says(
    tmp_path: Path, zone: str | None
) -> None:
    place = work_folder(tmp_path / "科 室", "23:00")
    possible = {next_night()}
    with child("-m", "scheduler", "--dir", place, environ={"TZ": zone}) as process:
        told = line_of(process)
        possible.add(next_night())  # the hour may pass meanwhile
        last = ended(process)

    assert told.startswith("时区 Asia/Shanghai，下次")
    assert told.rpartition("下次巡查 ")[2] in possible
    assert last == "定时程序已停止。"


# --- SCH-02: asleep at the appointed second ------------------------------------------------

#: the real timetable, its night due in half a second
SOON = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
import scheduler
from commands.jobs import Office
timetable = scheduler.timetable(Office(place=Path(sys.argv[1])))
job = timetable.get_job("scan")
job.modify(next_run_time=datetime.now(timetable.timezone) + timedelta(seconds=0.5))
print("ready")
timetable.start()
"""
#: the library forgives one second unless told otherwise
ASLEEP = 1.8


def test_a_process_that_sleeps_through_its_second_runs_when_it_wakes(tmp_path: Path) -> None:
    place = work_folder(tmp_path / "科 室")
    with child("-c", SOON, place) as process:
        assert line_of(process) == "ready"
        process.send_signal(signal.SIGSTOP)
        time.sleep(ASLEEP)  # the second must really pass while the process is stopped
        process.send_signal(signal.SIGCONT)
        told = line_of(process)

    assert told == "没有需要打开的栏目〔E2409〕"  # it ran; the office has no units
    assert run_of(place).finished_at is not None


# --- SCH-03: a week off --------------------------------------------------------------------


def test_after_a_week_off_one_night_is_made_good_for_and_the_others_are_told(
    tmp_path: Path, server: SiteServer
) -> None:
    place = county(tmp_path / "科 室", server)
    today = datetime.now(BEIJING).date()
    settle(place, today - timedelta(days=8))

    with child("-m", "scheduler", "--dir", place) as process:
        told = line_of(process)
        while "巡查 2" not in told or told.startswith("时区"):  # the other jobs tell theirs
            told = line_of(process)
        last = ended(process)

    days = [today - timedelta(days=7), today - timedelta(days=1)]
    assert told.startswith(f"{days[0]}–{days[1]} 无扫描数据。巡查 ")
    assert last == "定时程序已停止。"
    assert run_of(place).told == told
    with memory(place) as folder:
        (scan,) = records.scans(folder.store)
        findings = records.findings(folder.store)
    assert scan.night == today
    assert {one.first_seen_on for one in findings} == {today}  # no gap is dated back


def test_a_timetable_ended_in_the_middle_of_a_night_ends_at_once_and_takes_it_again(
    tmp_path: Path, server: SiteServer
) -> None:
    place = county(tmp_path / "科 室", server)
    settle(place, datetime.now(BEIJING).date() - timedelta(days=1))
    (site,) = server.sites
    home, asked, gone = site.routes["/"], threading.Event(), threading.Event()

    def silent(_: Request) -> Reply | str | bytes:
        asked.set()
        gone.wait(20)
        return Reply(reset=True)

    site.routes["/"] = silent
    with child("-m", "scheduler", "--dir", place) as process:
        assert asked.wait(30)
        last = ended(process)
    gone.set()
    cut_off = run_of(place)
    site.routes["/"] = home
    with child("-m", "scheduler", "--dir", place, "--once", "scan") as process:
        told = line_of(process)

    assert last == "定时程序已停止。"
    assert cut_off.finished_at is None
    assert told.startswith("巡查 ")
    assert run_of(place).told == told


# --- SCH-06: the scan before is still running ----------------------------------------------


def test_a_night_due_while_a_scan_runs_elsewhere_is_left_out_and_recorded(tmp_path: Path) -> None:
    place = work_folder(tmp_path / "科 室")
    with (
        held(place / "scans" / ".lock"),
        child("-m", "scheduler", "--dir", place, "--once", "scan") as process,
    ):
        out, _ = process.communicate(timeout=30)

    assert out == f"{STILL_RUNNING}\n"
    assert process.returncode == 0
    assert run_of(place).told == STILL_RUNNING
    assert run_of(place).finished_at is not None


def test_a_night_due_while_the_one_before_goes_on_is_left_out_and_recorded(
    tmp_path: Path, server: SiteServer
) -> None:
    # the last instant of the day: the run begun now is yesterday's, and tonight's comes on top
    place = county(tmp_path / "科 室", server, "23:59")
    timetable = scheduler.timetable(Office(place=place))
    left_out, done = threading.Event(), threading.Event()
    timetable.add_listener(lambda _: left_out.set(), EVENT_JOB_MAX_INSTANCES)
    timetable.add_listener(lambda _: done.set(), EVENT_JOB_EXECUTED)
    (site,) = server.sites
    home = site.routes["/"]

    def slow(_: Request) -> str:
        """Answer only after the next night was due."""
        timetable.modify_job("scan", next_run_time=datetime.now(BEIJING))
        assert left_out.wait(10)
        site.routes["/"] = home
        assert isinstance(home, str)
        return home

    site.routes["/"] = slow
    job = timetable.get_job("scan")
    job.modify(next_run_time=datetime.now(BEIJING))
    clock = threading.Thread(target=timetable.start, daemon=True)
    clock.start()
    try:
        assert done.wait(60)
    finally:
        timetable.shutdown(wait=False)
        clock.join(30)

    tonight = run_of(place)
    before = run_of(place, by=tonight.due_on - timedelta(days=1))
    assert tonight.told == STILL_RUNNING
    assert before.told.startswith("巡查 ")
    assert before.finished_at is not None
    with memory(place) as folder:
        assert len(records.scans(folder.store)) == 1
