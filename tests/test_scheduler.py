"""The timetable: when it runs, what it makes good for, and that it outlives a mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import scheduler
from commands.files import held
from commands.folder import BEIJING, Folder
from commands.jobs import Job, Office, attempt, turn
from monitor.ledger import runs
from monitor.ledger.runs import Run
from monitor.wording import Exit

#: due at every instant of a day, so that no test depends on the hour at which it is run
MIDNIGHT = 'office: {name: 示例县教育局}\nschedule: {scan: "00:00"}\n'
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 0, 0, tzinfo=BEIJING)
SCAN = next(job for job in scheduler.JOBS if job.name == "scan")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "settings.yaml").write_text(MIDNIGHT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def folder(place: Path) -> Iterator[Folder]:
    folder = Folder(place, today=TODAY)
    yield folder
    folder.close()


def office(place: Path, *settings: str, today: date = TODAY) -> Office:
    offset = Folder(place, today=today).clock_offset
    return Office(place=place, overrides=settings, clock_offset=offset)


def settle(folder: Folder, *, days_ago: int = 0, told: str = "") -> None:
    day = TODAY - timedelta(days=days_ago)
    assert runs.begin(folder.store, "scan", day, at=AT)
    runs.finish(folder.store, "scan", day, at=AT, told=told)


def last(folder: Folder) -> Run:
    run = runs.last(folder.store, "scan")
    assert run is not None
    return run


def doing(said: str, calls: list[date]) -> Job:
    """A job that is due like the scan and only tells."""

    def run(folder: Folder) -> str:
        calls.append(folder.today)
        return said

    return replace(SCAN, run=run)


def failing(error: Exception) -> Job:
    def run(folder: Folder) -> str:
        raise error

    return replace(SCAN, run=run)


# --- the table ---------------------------------------------------------------------------


def test_the_night_begins_at_the_hour_of_the_settings_in_the_zone_of_the_settings(
    place: Path,
) -> None:
    job = scheduler.timetable(office(place, "schedule.scan=22:30")).get_job("scan")

    fires = job.trigger.get_next_fire_time(None, datetime(2026, 11, 23, 12, tzinfo=BEIJING))

    assert fires == datetime(2026, 11, 23, 22, 30, tzinfo=BEIJING)
    assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)


def test_what_waits_is_sent_every_few_minutes(place: Path) -> None:
    job = scheduler.timetable(office(place)).get_job("send")

    fires = job.trigger.get_next_fire_time(None, datetime(2026, 11, 23, 14, 31, tzinfo=BEIJING))

    assert fires == datetime(2026, 11, 23, 14, 40, tzinfo=BEIJING)
    assert attempt(*job.args) is Exit.DONE


def test_a_new_office_waits_for_its_first_night(place: Path) -> None:
    job = scheduler.timetable(office(place)).get_job("scan")

    assert not hasattr(job, "next_run_time")  # the library asks the trigger


def test_an_office_that_is_up_to_date_waits_too(place: Path, folder: Folder) -> None:
    settle(folder)

    job = scheduler.timetable(office(place)).get_job("scan")

    assert not hasattr(job, "next_run_time")


def test_a_missed_night_is_made_good_for_at_the_start(place: Path, folder: Folder) -> None:
    settle(folder, days_ago=1)

    job = scheduler.timetable(office(place)).get_job("scan")

    assert job.next_run_time <= datetime.now(BEIJING)


def test_an_hour_changed_by_day_does_not_lose_the_night(place: Path, folder: Folder) -> None:
    job = scheduler.timetable(office(place)).get_job("scan")
    (place / "settings.yaml").write_text(MIDNIGHT.replace("00:00", "23:59"), encoding="utf-8")

    job.func(*job.args)

    assert last(folder).due_on == TODAY


# --- one run -----------------------------------------------------------------------------


def test_a_day_is_run_once_however_often_it_is_asked_for(folder: Folder) -> None:
    calls: list[date] = []
    for _ in range(3):
        turn(doing("完成", calls), folder)

    assert calls == [TODAY]
    assert (last(folder).due_on, last(folder).told) == (TODAY, "完成")


@pytest.mark.parametrize(
    ("days_ago", "told"),
    [
        (1, "完成"),
        (2, "2026-11-22 无扫描数据。完成"),
        (8, "2026-11-16–2026-11-22 无扫描数据。完成"),
    ],
    ids=["none missed", "one night missed", "a week missed"],
)
def test_nights_without_data_are_told_with_the_run_after_them(
    folder: Folder, capsys: pytest.CaptureFixture[str], days_ago: int, told: str
) -> None:
    settle(folder, days_ago=days_ago)

    turn(doing("完成", []), folder)

    assert last(folder).told == told
    assert capsys.readouterr().out == f"{told}\n"


def test_a_run_that_was_cut_off_is_taken_again_by_the_next_start(folder: Folder) -> None:
    calls: list[date] = []
    runs.begin(folder.store, "scan", TODAY, at=folder.now - timedelta(minutes=10))

    turn(doing("完成", calls), folder)

    assert calls == [TODAY]
    assert last(folder).finished_at is not None


def test_a_run_that_goes_on_in_another_process_is_not_taken_from_it(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[date] = []
    runs.begin(folder.store, "scan", TODAY, at=folder.now)
    with held(folder.scans / ".scan.lock"):
        turn(doing("完成", calls), folder)

    assert calls == []
    assert last(folder).finished_at is None
    assert capsys.readouterr().out == "上一次巡查尚未结束，跳过本次。\n"


# --- mistakes ------------------------------------------------------------------------------


def test_a_mistake_of_surroundings_is_told_and_ends_the_run(
    place: Path, folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    code = attempt(office(place), SCAN, turn)

    assert code is Exit.INPUT
    assert "没有需要打开的栏目" in capsys.readouterr().out  # no units yet
    assert last(folder).told.startswith("没有需要打开的栏目")
    assert last(folder).finished_at is not None


def test_a_bug_of_one_job_is_kept_whole_and_told_in_one_sentence(
    place: Path, folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    code = attempt(office(place), failing(RuntimeError("boom")), turn)

    assert code is Exit.BUG
    assert capsys.readouterr().out == "巡查没有做完，程序内部出错，详情已写入运行记录。\n"
    assert "boom" in (place / "mingcha.log").read_text("utf-8")
    assert last(folder).told == "巡查没有做完，程序内部出错，详情已写入运行记录。"


def test_settings_that_went_wrong_at_noon_do_not_end_the_timetable(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "settings.yaml").write_text("schedule: {scan: 25:00}\n", encoding="utf-8")

    code = attempt(office(place), SCAN, turn)

    assert code is Exit.SETTINGS
    assert "settings.yaml" in capsys.readouterr().out


def test_a_run_that_is_stopped_by_hand_is_not_finished(folder: Folder) -> None:
    def stopped(_: Folder) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        turn(replace(SCAN, run=stopped), folder)

    assert last(folder).finished_at is None


# --- the program ---------------------------------------------------------------------------


def test_an_outside_timer_runs_what_is_due_once_and_a_mistake_is_its_exit_code(
    place: Path,
) -> None:
    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scheduler", "--dir", str(place), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    first, second = asked("--once", "scan"), asked("--once", "scan")

    assert first.returncode == Exit.INPUT
    assert "没有需要打开的栏目" in first.stdout  # no units yet
    assert second.returncode == Exit.DONE
    assert second.stdout.startswith("没有到时间的巡查，没有执行。下次巡查 ")
    assert "Traceback" not in first.stderr + second.stderr
    lines = (place / "mingcha.log").read_text("utf-8").splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert {"job begun", "job refused"} <= set(events)
