"""系统定时任务: the texts with which an operating system runs the jobs at their hours. No verb.

Nothing is changed here: a person reads the text, and puts it where it says. All three run
``python -m scheduler --once``, which knows by itself what is owed: a job is called every day at its
hour, also where it has work on some days only.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_SERVICE = """\
# 存为 /etc/systemd/system/mingcha@.service
[Unit]
Description=明察 信息公开巡查（%i）
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User={user}
ExecStart={command} %i
"""
_TIMER = """
# 存为 /etc/systemd/system/mingcha@{name}.timer
[Unit]
Description=明察 {word}

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00 {zone}
Persistent=true

[Install]
WantedBy=timers.target
"""
_SENDER = """
# 存为 /etc/systemd/system/mingcha@{name}.timer
[Unit]
Description=明察 {word}

[Timer]
OnCalendar=*:0/{minutes}

[Install]
WantedBy=timers.target
"""
_ENABLE = """
# 存好以后执行：systemctl daemon-reload && systemctl enable --now {files}
# 关机错过的，开机后补做
"""
_CRONTAB = """\
# 执行 crontab -e，加入下面几行。左边是本机时间，“#”后面是 {zone} 的时间
"""
_CRONTAB_LINE = """\
# {word} {at:%H:%M}
{local:%M} {local:%H} * * * {command}
"""
_CRONTAB_SENDER = """\
# {word}，每 {minutes} 分钟看一次
*/{minutes} * * * * {command}
"""
_CRONTAB_START = """\
# 关机错过的，开机后补做
@reboot {command}
"""
_WINDOWS = """\
# 在 PowerShell 里执行。左边是本机时间，括号内是 {zone} 的时间；关机错过的，开机后补做
"""
_WINDOWS_TASK = """
# {word} {local:%H:%M}（{at:%H:%M}）
Register-ScheduledTask -TaskName '明察 {word}' `
  -Action (New-ScheduledTaskAction -Execute {program} -Argument {arguments}) `
  -Trigger (New-ScheduledTaskTrigger -Daily -At '{local:%H:%M}') `
  -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable -WakeToRun)
"""
_WINDOWS_SENDER = """
# {word}，每 {minutes} 分钟看一次
Register-ScheduledTask -TaskName '明察 {word}' `
  -Action (New-ScheduledTaskAction -Execute {program} -Argument {arguments}) `
  -Trigger (New-ScheduledTaskTrigger -Once -At '00:00' `
    -RepetitionInterval (New-TimeSpan -Minutes {minutes})) `
  -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable)
"""
#: what is called every few minutes: its name, its word
SENDER, SENDER_WORD, SENDER_MINUTES = "send", "送信", 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """一项定时任务: the job, its word, and the next instant at which it is called."""

    name: str
    word: str
    at: datetime  # in the zone of the settings

    @property
    def local(self) -> datetime:
        """The same instant by the machine's own clock, which some systems go by."""
        return self.at.astimezone()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """定时表 of a work folder: what is called when, and by which words."""

    timers: Sequence[Timer]
    program: str
    place: str  # the work folder, whole
    zone: ZoneInfo
    user: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All that is called, by name."""
        return (*(timer.name for timer in self.timers), SENDER)

    def words(self, *names: str) -> list[str]:
        """The program and its arguments for some jobs; for all that are owed when none is named."""
        return [self.program, "-m", "scheduler", "--dir", self.place, "--once", *names]


def systemd(table: Table) -> str:
    """A service for every job and their timers; it knows zones, and makes good for an off night."""
    command = " ".join(map(_of_unit, table.words()))
    parts = [
        _SERVICE.format(command=command, user=table.user),
        *(
            _TIMER.format(name=timer.name, word=timer.word, at=timer.at, zone=table.zone)
            for timer in table.timers
        ),
        _SENDER.format(name=SENDER, word=SENDER_WORD, minutes=SENDER_MINUTES),
        _ENABLE.format(files=" ".join(f"mingcha@{name}.timer" for name in table.names)),
    ]
    return "".join(parts)


def crontab(table: Table) -> str:
    """A line a job; it goes by the clock of the machine and takes % for the end of the line.

    It forgets what a machine that was off has missed: the last line asks at every start.
    """
    parts = [_CRONTAB.format(zone=table.zone)]
    for timer in table.timers:
        command = _of_crontab(table.words(timer.name))
        parts.append(
            _CRONTAB_LINE.format(word=timer.word, at=timer.at, local=timer.local, command=command)
        )
    sender = _of_crontab(table.words(SENDER))
    parts.append(_CRONTAB_SENDER.format(word=SENDER_WORD, minutes=SENDER_MINUTES, command=sender))
    parts.append(_CRONTAB_START.format(command=_of_crontab(table.words())))
    return "".join(parts)


def windows(table: Table) -> str:
    """Commands for PowerShell; the older one for the prompt cannot make good for a lost night."""
    parts = [_WINDOWS.format(zone=table.zone)]
    for timer in table.timers:
        action = _action(table, timer.name)
        parts.append(
            _WINDOWS_TASK.format(word=timer.word, at=timer.at, local=timer.local, **action)
        )
    sender = _action(table, SENDER)
    parts.append(_WINDOWS_SENDER.format(word=SENDER_WORD, minutes=SENDER_MINUTES, **sender))
    return "".join(parts)


def _action(table: Table, name: str) -> dict[str, str]:
    program, *arguments = table.words(name)
    return {
        "program": _of_powershell(program),
        "arguments": _of_powershell(subprocess.list2cmdline(arguments)),
    }


def _of_unit(word: str) -> str:
    """A word of ExecStart=: quoted, and % and $ mean themselves."""
    for mark, escaped in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(mark, escaped)
    return f'"{word}"'


def _of_crontab(words: Sequence[str]) -> str:
    return shlex.join(words).replace("%", "\\%")


def _of_powershell(word: str) -> str:
    """A text PowerShell takes as it stands; it reads typographic quotes as quotes, too."""
    return "'" + "".join(mark * 2 if mark in "'‘’‚‛" else mark for mark in word) + "'"


SYSTEMS: dict[str, Callable[[Table], str]] = {
    "systemd": systemd,
    "crontab": crontab,
    "windows": windows,
}
