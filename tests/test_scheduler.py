from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import scheduler
from commands.folder import BEIJING, Folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "settings.yaml").write_text(
        'office: {name: 示例县教育局}\nschedule: {scan: "22:30"}\n', encoding="utf-8"
    )
    return tmp_path


def test_the_night_begins_at_the_hour_of_the_settings_in_beijing(place: Path) -> None:
    (job,) = scheduler.timetable(Folder(place)).get_jobs()

    fires = job.trigger.get_next_fire_time(None, datetime(2026, 11, 23, 12, tzinfo=BEIJING))

    assert fires == datetime(2026, 11, 23, 22, 30, tzinfo=BEIJING)
    assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)


def test_an_outside_timer_can_run_the_job_once_and_a_mistake_is_told(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", "--dir", str(place), "--once", "scan"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0
    assert "没有需要打开的栏目" in done.stdout  # no units yet
    assert "scan refused" in (place / "mingcha.log").read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr
