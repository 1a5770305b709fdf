"""定时: the night at its hour, by a process that stays or by the timer of the system."""

from __future__ import annotations

import getpass
import runpy
import sys
from datetime import date, datetime, time
from typing import Any, NoReturn

import click

from commands import timers
from commands.folder import Folder, opened
from commands.words import ChineseCommand, ChineseGroup, folder_options
from monitor.wording import MonitorError


class SystemName(click.ParamType[str]):
    """The kind of timer a system has; 'cron' is how many know the second."""

    name = "系统"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = "crontab" if value == "cron" else str(value)
        if found not in timers.SYSTEMS:
            self.fail(f"没有“{value}”，可写 {'、'.join(timers.SYSTEMS)}", param, ctx)
        return found


@click.group("schedule", cls=ChineseGroup)
def schedule_verb() -> None:
    """每晚按设置的时刻（schedule.scan）自动巡查。

    例：mingcha schedule show
    """


@schedule_verb.command("run", cls=ChineseCommand)
@click.option("--once", is_flag=True, help="现在该巡查的巡查完就结束，供系统的定时任务用")
@folder_options
def schedule_run(once: bool, **common: Any) -> None:
    """一直开着，到时间就巡查；停机错过的，启动时补一次。

    例：mingcha schedule run
    """
    _timetable(*(("--once", "scan") if once else ()), **common)


@schedule_verb.command("show", cls=ChineseCommand)
@folder_options
def schedule_show(**common: Any) -> None:
    """下次什么时候巡查，上次按时间执行得怎样。

    例：mingcha schedule show
    """
    _timetable("--show", **common)


@schedule_verb.command("install", cls=ChineseCommand)
@click.option("--print", "is_printed", is_flag=True, help="显示要写入系统的内容，不改动系统")
@click.option(
    "--for",
    "system",
    type=SystemName(),
    default="windows" if sys.platform == "win32" else "systemd",
    help=f"哪一种系统：{'、'.join(timers.SYSTEMS)}",
)
@opened
def schedule_install(folder: Folder, is_printed: bool, system: str) -> None:
    """显示用系统的定时任务巡查这个文件夹要写的内容，由管理人员自己加入。

    例：mingcha schedule install --print --for windows
    """
    if not is_printed:
        raise MonitorError(
            "E2413",
            "程序不替您改动系统的设置",
            "没有改动任何设置。",
            "请加上 --print，把显示的内容交给管理这台电脑的人。",
        )
    place = str(folder.path.resolve())
    words = [sys.executable, "-m", "scheduler", "--once", "scan", "--dir", place]
    zone = folder.settings.zone
    hour = time.fromisoformat(folder.settings.schedule.scan)
    at = datetime.combine(folder.today, hour, tzinfo=zone)
    timer = timers.Timer(words=words, at=at, zone=zone, user=getpass.getuser())
    click.echo(timers.SYSTEMS[system](timer), nl=False)


def _timetable(
    *words: str, folder: str, overrides: tuple[str, ...], today: date | None, verbose: bool
) -> NoReturn:
    """Become the timetable: it is a program of its own, which nobody imports."""
    sys.argv = ["scheduler", "--dir", folder, *words]
    for given in overrides:
        sys.argv += ["--set", given]
    if today:
        sys.argv += ["--today", today.isoformat()]
    if verbose:
        sys.argv.append("--verbose")
    runpy.run_module("scheduler", run_name="__main__")
    raise AssertionError("the timetable ends its process")
