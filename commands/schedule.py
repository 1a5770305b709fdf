"""定时: the jobs at their hours, by a process that stays or by the timer of the system."""

from __future__ import annotations

import runpy
import sys
from datetime import date
from typing import Any, NoReturn

import click

from commands import timers
from commands.words import ChineseCommand, ChineseGroup, folder_options
from monitor.wording import MonitorError

#: what people write for a job, by its name
_NAMES = {
    "巡查": "scan",
    "发信": "letters",
    "摘要": "digest",
    "月报": "monthly",
    timers.SENDER_WORD: timers.SENDER,
}


class JobName(click.ParamType[str]):
    """A job of the timetable, by its Chinese word or its name in the settings."""

    name = "工作"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = _NAMES.get(value, value)
        if found not in _NAMES.values():
            self.fail(f"没有“{value}”这项工作，可写 {'、'.join(_NAMES)}", param, ctx)
        return str(found)


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
    """到设置的时刻自己做：夜里巡查，工作日给经办人写摘要、给单位写信，月初写上月报告。

    例：mingcha schedule show
    """


@schedule_verb.command("run", cls=ChineseCommand)
@folder_options
def schedule_run(**common: Any) -> None:
    """一直开着，到时间就做：巡查、摘要、发信、月报；停机错过的，启动时补做一次。

    例：mingcha schedule run
    """
    _timetable(**common)


@schedule_verb.command("once", cls=ChineseCommand)
@click.argument("jobs", metavar="工作", nargs=-1, type=JobName())
@folder_options
def schedule_once(jobs: tuple[str, ...], **common: Any) -> None:
    """把已到时间还没有做的做完就结束，供系统的定时任务用；不写工作就是各项都看。

    例：mingcha schedule once 巡查
    """
    _timetable("--once", *jobs, **common)


@schedule_verb.command("show", cls=ChineseCommand)
@folder_options
def schedule_show(**common: Any) -> None:
    """各项工作下次是什么时候，上次按时间做得怎样。

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
@folder_options
def schedule_install(is_printed: bool, system: str, **common: Any) -> None:
    """显示用系统的定时任务做这些工作要写的内容，由管理人员自己加入。

    例：mingcha schedule install --print --for windows
    """
    if not is_printed:
        raise MonitorError(
            "E2413",
            "程序不替您改动系统的设置",
            "没有改动任何设置。",
            "请加上 --print，把显示的内容交给管理这台电脑的人。",
        )
    _timetable("--timers", system, **common)


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
