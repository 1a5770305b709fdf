"""定时: the timetable, in one process. The only file that imports APScheduler.

``python -m scheduler --dir 文件夹`` runs the night at the time ``schedule.scan`` names until it is
ended; ``--once scan`` runs the job now and ends, for an outside timer (systemd, Task Scheduler).
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from commands import logs, night
from commands.folder import Folder
from monitor.wording import MonitorError

log = logging.getLogger("mingcha.schedule")


def scan(place: Path) -> None:
    """Run one night; a mistake of input or surroundings is told and the timetable goes on."""
    folder = Folder(place)
    with logs.kept(place, verbose=False):
        try:
            done = night.run(folder, tell=log.info)
            log.info("scan finished", extra={"scan": done.scan, "planned": done.planned})
        except MonitorError as mistake:
            log.error("scan refused", extra={"code": mistake.code, "told": str(mistake)})
            print(mistake)
        finally:
            folder.close()


JOBS = {"scan": scan}


def timetable(folder: Folder) -> BlockingScheduler:
    """Return the timetable of an office: each job at its hour, never twice at a time."""
    zone = folder.settings.zone
    scheduler = BlockingScheduler(timezone=zone)
    for name, job in JOBS.items():
        hour, minute = getattr(folder.settings.schedule, name).split(":")
        scheduler.add_job(
            job,
            CronTrigger(hour=int(hour), minute=int(minute), timezone=zone),
            args=[folder.path],
            id=name,
            # a machine that was off at the hour runs the job once when it is back
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler


def main() -> None:
    parser = argparse.ArgumentParser(description="按设置的时间定时巡查")
    parser.add_argument("--dir", type=Path, default=Path(), help="工作文件夹")
    parser.add_argument("--once", choices=sorted(JOBS), help="现在执行一次就结束")
    said = parser.parse_args()
    if said.once:
        JOBS[said.once](said.dir)
        return
    try:
        timetable(Folder(said.dir)).start()
    except (KeyboardInterrupt, SystemExit):
        log.info("timetable ended")


if __name__ == "__main__":
    main()
