"""系统定时任务: the texts with which an operating system runs a job at its hour. No verb.

Nothing is changed here: a person reads the text, and puts it where it says. All three run
``python -m scheduler --once``, which knows by itself what is owed.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

_SERVICE = """\
# 存为 /etc/systemd/system/mingcha-scan.service
[Unit]
Description=明察 信息公开巡查
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User={user}
ExecStart={command}

# 存为 /etc/systemd/system/mingcha-scan.timer
[Unit]
Description=明察 每晚巡查

[Timer]
OnCalendar=*-*-* {hour:%H:%M}:00 {zone}
Persistent=true

[Install]
WantedBy=timers.target

# 存好以后执行：systemctl daemon-reload && systemctl enable --now mingcha-scan.timer
"""
_CRONTAB = """\
# 执行 crontab -e，加入下面一行。本机时间 {local:%H:%M} 是 {zone} 的 {hour:%H:%M}
{local:%M} {local:%H} * * * {command}
"""
_WINDOWS = """\
# 在 PowerShell 里执行。本机时间 {local:%H:%M} 是 {zone} 的 {hour:%H:%M}；关机错过的，开机后补做
Register-ScheduledTask -TaskName '明察 每晚巡查' `
  -Action (New-ScheduledTaskAction -Execute {program} -Argument {arguments}) `
  -Trigger (New-ScheduledTaskTrigger -Daily -At '{local:%H:%M}') `
  -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable -WakeToRun)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """一项系统定时任务: what is run, and the next instant at which it is due."""

    words: Sequence[str]  # the program, whole, and its arguments
    at: datetime  # in the zone of the settings
    zone: ZoneInfo
    user: str = ""

    @property
    def local(self) -> datetime:
        """The same instant by the machine's own clock, which some systems go by."""
        return self.at.astimezone()


def systemd(timer: Timer) -> str:
    """A service and its timer; it knows zones, and makes good for a night the machine was off."""
    command = " ".join(map(_of_unit, timer.words))
    return _SERVICE.format(command=command, hour=timer.at, zone=timer.zone, user=timer.user)


def crontab(timer: Timer) -> str:
    """One line; it goes by the clock of the machine and takes % for the end of the line."""
    command = shlex.join(timer.words).replace("%", "\\%")
    return _CRONTAB.format(command=command, hour=timer.at, zone=timer.zone, local=timer.local)


def windows(timer: Timer) -> str:
    """A command for PowerShell; the older one for the prompt cannot make good for a lost night."""
    program, *arguments = timer.words
    return _WINDOWS.format(
        program=_of_powershell(program),
        arguments=_of_powershell(subprocess.list2cmdline(arguments)),
        hour=timer.at,
        zone=timer.zone,
        local=timer.local,
    )


def _of_unit(word: str) -> str:
    """A word of ExecStart=: quoted, and % and $ mean themselves."""
    for mark, escaped in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(mark, escaped)
    return f'"{word}"'


def _of_powershell(word: str) -> str:
    """A text PowerShell takes as it stands; it reads typographic quotes as quotes, too."""
    return "'" + "".join(mark * 2 if mark in "'‘’‚‛" else mark for mark in word) + "'"


SYSTEMS: dict[str, Callable[[Timer], str]] = {
    "systemd": systemd,
    "crontab": crontab,
    "windows": windows,
}
