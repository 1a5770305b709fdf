"""What the timetable does on the first working day: last month's drafts, and the letters."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from clerk import UNIT, office, ran, school
from siteserver import serving

import scheduler
from commands.folder import Folder
from commands.jobs import Job, turn
from monitor.holidays import calendar
from monitor.ledger import runs
from monitor.timetable import Due


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office after two nights of November."""
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        office(place, [("A1", UNIT, school(server).url)], server.targets)
        for day in ("2026-11-23", "2026-11-24"):
            assert ran("scan", "--dir", place, "--today", day).code == 0
    return place


def job(name: str) -> Job:
    return next(one for one in scheduler.JOBS if one.name == name)


def done(place: Path, name: str, on: date, *settings: str) -> str:
    """Run a job as the timetable does, on a day; what is kept of it."""
    folder = Folder(place, (f"schedule.{name}=00:00", *settings), on)
    try:
        turn(job(name), folder)
        turn(job(name), folder)  # a second start of the service finds it done
        run = runs.last(folder.store, name)
        assert run is not None
        return run.told
    finally:
        folder.close()


def test_the_month_is_drafted_once_on_its_first_working_day(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = done(place, "monthly", date(2026, 12, 1))

    assert told == f"2026-11 的报告和台账已写在 {place / '报告'}，共 3 份。"
    assert capsys.readouterr().out.count("的报告和台账") == 1
    assert len(list((place / "报告").iterdir())) == 3


def test_letters_are_written_and_wait_where_nothing_may_be_sent(place: Path) -> None:
    ran("findings", "confirm", "WT-2026-00001", "--dir", place, "--today", "2026-11-25")

    told = done(place, "letters", date(2026, 11, 26))

    # the school has no address: its letter waits for the officer to pass it on
    assert told == "新写邮件 1 封。现有待审 1 封。"


def test_the_officer_hears_what_is_new_and_nothing_when_nothing_is(place: Path) -> None:
    settings = ("schedule.digest=00:00", "office.reply_to=wang@bureau.example")

    first, again = (
        done(place, "digest", on, *settings) for on in (date(2026, 11, 27), date(2026, 11, 30))
    )

    assert first == "工作摘要已写给 wang@bureau.example。"
    listed = ran("mail", "outbox", "--dir", place).out
    line = next(line for line in listed.splitlines() if "【工作摘要】" in line)
    shown = ran("mail", "outbox", "--show", line.partition("　")[0], "--dir", place).out
    assert shown.startswith("收件人　wang@bureau.example\n主　题　【工作摘要】")
    assert "今日到期" in shown
    assert again in {"没有新的情况，没有写工作摘要。", first}
    nobody = done(place, "digest", date(2026, 12, 1), "schedule.digest=00:00")
    assert "没有登记经办人邮箱" in nobody


@pytest.mark.parametrize(
    ("name", "on", "is_due"),
    [
        ("monthly", date(2026, 12, 1), True),
        ("monthly", date(2026, 12, 2), False),
        ("monthly", date(2026, 10, 8), True),  # the first working day after the holidays
        ("letters", date(2026, 10, 10), True),  # a Saturday that is worked
        ("letters", date(2026, 10, 11), False),
        ("scan", date(2026, 10, 4), True),
    ],
)
def test_each_job_has_its_days(name: str, on: date, is_due: bool) -> None:
    due = Due(hour=time(), days=job(name).days, calendar=calendar(2025, 2027))

    assert due.asks(on) is is_due
