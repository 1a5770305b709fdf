"""定时: the timetable, in one process. The only file that imports APScheduler; nobody imports it.

``python -m scheduler --dir 文件夹`` runs each job at its hour until it is ended, and at the start,
once, what was missed while it was off. ``--once scan`` runs what is due now of the jobs named, of
all when none is, and ends: for an outside timer, whose text ``--timers systemd`` tells. ``--show``
only tells the hours.
"""

from __future__ import annotations

import argparse
import getpass
import io
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from operator import attrgetter
from pathlib import Path

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from commands import logs, night, timers
from commands.folder import Folder
from commands.jobs import (
    Job,
    Office,
    attempt,
    due_of,
    is_behind,
    last_of,
    next_of,
    owed_of,
    skip,
    tell,
    turn,
)
from commands.letters import deliver, letters_of_day
from commands.morning import digest_of_day
from commands.report import draft_of_month
from monitor.settings.sections import Schedule
from monitor.timetable import every_day, is_first_workday, is_workday
from monitor.wording import Exit, MonitorError, Timed

log = logging.getLogger("mingcha.schedule")


def scan(folder: Folder) -> str:
    """巡查: one night over all units, unless a scan that a person began is still running."""
    if folder.is_scanning:
        return Timed.STILL_RUNNING.tell(job="巡查")
    done = night.run(folder, tell=log.info)
    if done.void:
        return f"{done.void}。"
    told = Timed.SCANNED.tell(scan=done.scan, planned=done.planned)
    return f"{told}{done.held}。" if done.held else told


def monthly(folder: Folder) -> str:
    """月报: freeze last month and write its report and ledger for the officer to check."""
    return draft_of_month(folder, folder.path / "报告")


def digest(folder: Folder) -> str:
    """摘要: tell the officer what is new since yesterday, if anything is."""
    return digest_of_day(folder)


def letters(folder: Folder) -> str:
    """发信: write what each unit is due today, and send what may go out."""
    return letters_of_day(folder)


def send(_: Job, folder: Folder) -> None:
    """送信: what waits and may go out now; also what the officer released meanwhile."""
    tell(deliver(folder))


JOBS = (
    Job(
        name="monthly",
        word="月报",
        hour=attrgetter("monthly"),
        days=is_first_workday,
        run=monthly,
    ),
    Job(
        name="digest",
        word="摘要",
        hour=attrgetter("digest"),
        days=is_workday,
        run=digest,
    ),
    Job(
        name="letters",
        word="发信",
        hour=attrgetter("letters"),
        days=is_workday,
        run=letters,
    ),
    Job(
        name="scan",
        word="巡查",
        hour=attrgetter("scan"),
        days=every_day,
        run=scan,
        tells_missed=True,
    ),
)


#: asked every few minutes, not for a day: letters wait for the hours of sending, and for servers
SENDER = Job(
    name=timers.SENDER,
    word=timers.SENDER_WORD,
    hour=attrgetter("letters"),
    days=is_workday,
    run=deliver,
)


def timetable(office: Office) -> BlockingScheduler:
    """Return the timetable of an office: each job at its hour, never twice at a time."""
    with office.opened() as folder:
        zone = folder.settings.zone
        scheduler = BlockingScheduler(timezone=zone)
        for job in JOBS:
            hour = due_of(job, folder).hour
            # an hour that is changed meanwhile holds from the next start on: no night falls between
            kept = replace(job, hour=partial(_always, hour.isoformat()))
            at_once = {"next_run_time": datetime.now(zone)} if is_behind(job, folder) else {}
            scheduler.add_job(
                attempt,
                CronTrigger(hour=hour.hour, minute=hour.minute, timezone=zone),
                args=[office, kept, turn],
                id=job.name,
                # a machine that slept at the hour runs the job once when it is awake
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                **at_once,
            )

    scheduler.add_job(
        attempt,
        CronTrigger(minute=f"*/{timers.SENDER_MINUTES}", timezone=zone),
        args=[office, SENDER, send],
        id=SENDER.name,
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )

    def still_running(event: JobSubmissionEvent) -> None:
        """Keep that a job was due while its run before went on: the library leaves it out."""
        due_on = event.scheduled_run_times[-1].astimezone(zone).date()
        job = next((job for job in JOBS if job.name == event.job_id), None)
        if job is not None:  # that letters are still being sent is no news
            attempt(office, job, lambda job, folder: skip(job, due_on, folder))

    scheduler.add_listener(still_running, EVENT_JOB_MAX_INSTANCES)
    return scheduler


def _always(hour: str, _: Schedule) -> str:
    return hour


def started(folder: Folder) -> str:
    """The line that tells the zone and the next hours."""
    times = [Timed.NEXT.tell(job=job.word, at=next_of(job, folder)) for job in JOBS]
    return Timed.STARTED.tell(zone=folder.settings.zone, times="，".join(times))


def stay(office: Office) -> None:
    """Keep the timetable until somebody ends it."""
    try:
        with office.opened() as folder:
            tell(started(folder))
        timetable(office).start()
    except (KeyboardInterrupt, SystemExit):
        tell(Timed.STOPPED.value)
        # the thread of a night that is running would keep the process for hours: its crawl ends
        # with us, what was seen stays, and the next start takes the run again
        os._exit(Exit.DONE)


def once(office: Office, names: Sequence[str]) -> Exit:
    """Run each job of ``names`` (none: every job) of which a day is owed now; the first mistake."""
    first = Exit.DONE
    for job in JOBS:
        if not names or job.name in names:
            code = _once(office, job)
            first = first or code
    if not names or SENDER.name in names:
        code = attempt(office, SENDER, send)
        first = first or code
    return first


def _once(office: Office, job: Job) -> Exit:
    with office.opened() as folder:
        if owed_of(job, folder).day is None:
            tell(Timed.NOTHING_DUE.tell(job=job.word, at=next_of(job, folder)))
            return Exit.DONE
    return attempt(office, job, turn)


def show(office: Office) -> None:
    """Tell the next hours and what the last runs came to."""
    with office.opened() as folder:
        folder.leaves_no_trace = True
        print(started(folder))
        for job in JOBS:
            print(last_of(job, folder))


def print_timers(office: Office, system: str) -> None:
    """Print the text by which a system starts each job at its hour."""
    with office.opened() as folder:
        zone, hours = folder.settings.zone, folder.settings.schedule
        table = timers.Table(
            timers=[
                timers.Timer(
                    name=job.name,
                    word=job.word,
                    at=datetime.combine(
                        folder.today, time.fromisoformat(job.hour(hours)), tzinfo=zone
                    ),
                )
                for job in JOBS
            ],
            program=sys.executable,
            place=str(folder.path.resolve()),
            zone=zone,
            user=getpass.getuser(),
        )
        print(timers.SYSTEMS[system](table), end="")


def main() -> int:
    """Do what the words after ``-m scheduler`` ask for; the exit code."""
    parser = argparse.ArgumentParser(prog="scheduler", description="按设置的时间定时巡查")
    parser.add_argument("--dir", type=Path, default=Path(), help="工作文件夹")
    parser.add_argument("--set", dest="overrides", action="append", default=[], help="项=值")
    parser.add_argument("--today", type=date.fromisoformat, help="当作这一天来做")
    parser.add_argument("--verbose", action="store_true", help="显示运行记录")
    names = [*(job.name for job in JOBS), SENDER.name]
    parser.add_argument("--once", choices=names, nargs="*", help="到时间的做完就结束")
    parser.add_argument("--timers", choices=list(timers.SYSTEMS), help="系统定时任务的写法")
    parser.add_argument("--show", action="store_true", help="只说明各项的时间")
    said = parser.parse_args()
    offset = Folder(said.dir, today=said.today).clock_offset
    office = Office(place=said.dir, overrides=tuple(said.overrides), clock_offset=offset)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # we tell it in our own words
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that cannot show everything
    with logs.kept(said.dir, verbose=said.verbose):
        try:
            if said.once is not None:
                return once(office, said.once)
            if said.timers:
                print_timers(office, said.timers)
            else:
                (show if said.show else stay)(office)
        except MonitorError as mistake:  # of the settings or the database, before any job
            print(mistake, file=sys.stderr)
            return mistake.exit_code
    return Exit.DONE


if __name__ == "__main__":
    sys.exit(main())
