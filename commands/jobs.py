"""定时任务: one run of a job of the timetable, for the day on which it is due. No verb.

What is owed comes from the table ``runs``, not from the process that asks: a timetable that was
off, an outside timer and a second start of the service all find the same answer there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from commands import logs
from commands.files import held
from commands.folder import Folder
from monitor.ledger import runs
from monitor.settings.sections import Schedule
from monitor.timetable import Days, Due, Owed, next_due, owed
from monitor.wording import Exit, MonitorError, Timed

log = logging.getLogger("mingcha.schedule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """定时任务: its word, its hour in the settings, its days; ``run`` does it and tells the end."""

    name: str
    word: str
    hour: Callable[[Schedule], str]
    days: Days
    run: Callable[[Folder], str]
    tells_missed: bool = False  # a day without it is a day without data


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Opens the work folder anew for every run: settings and lists change between two nights."""

    place: Path
    overrides: tuple[str, ...] = ()
    clock_offset: float = 0.0

    @contextmanager
    def opened(self) -> Iterator[Folder]:
        """The folder as it is now; given back at the end of the block."""
        folder = Folder(self.place, self.overrides)
        folder.clock_offset = self.clock_offset
        try:
            yield folder
        finally:
            folder.close()


def turn(job: Job, folder: Folder) -> None:
    """Run the job for the day that is owed, if one is; told and kept is also what was missed."""
    due = owed_of(job, folder)
    if due.day is None:
        return
    with held(folder.scans / f".{job.name}.lock") as is_free:
        # a lock here says nothing of another machine, with which a server's database may be shared
        alone = is_free and folder.store.name == "sqlite"
        if not is_free or not runs.begin(
            folder.store, job.name, due.day, at=folder.now, alone=alone
        ):
            skip(job, due.day, folder)
            return
        log.info("job begun", extra={"job": job.name, "due": due.day, "missed": len(due.missed)})
        missed = _missed(due.missed) if job.tells_missed else ""
        try:
            said = job.run(folder)
        except Exception as error:  # any: a run that has ended must not look cut off
            said = str(error) if isinstance(error, MonitorError) else _broke_off(job)
            _finish(job, due.day, folder, missed + said)
            tell(missed)
            raise
        _finish(job, due.day, folder, missed + said)
        tell(missed + said)


def skip(job: Job, due_on: date, folder: Folder) -> None:
    """Record that a day has no run because the run before it has not ended."""
    said = Timed.STILL_RUNNING.tell(job=job.word)
    if runs.begin(folder.store, job.name, due_on, at=folder.now):
        _finish(job, due_on, folder, said)
    tell(said)


def attempt(office: Office, job: Job, what: Callable[[Job, Folder], None]) -> Exit:
    """Do ``what`` with the folder opened; a mistake is told, and the timetable goes on."""
    try:
        with office.opened() as folder:
            what(job, folder)
    except MonitorError as mistake:
        log.error("job refused", extra={"job": job.name, "code": mistake.code})
        tell(str(mistake))
        return mistake.exit_code
    except Exception as bug:  # of one job; the others, and the next night, do not suffer from it
        logs.keep_bug(bug, office.place)
        tell(_broke_off(job))
        return Exit.BUG
    return Exit.DONE


def owed_of(job: Job, folder: Folder) -> Owed:
    """Which day the job has to make good now, and which are lost."""
    return owed(due_of(job, folder), settled=_settled_on(job, folder), now=_now(folder))


def is_behind(job: Job, folder: Folder) -> bool:
    """Whether a day was missed while nobody was here; a folder without a run has missed none."""
    return _settled_on(job, folder) is not None and owed_of(job, folder).day is not None


def due_of(job: Job, folder: Folder) -> Due:
    """When the job is due in this office."""
    hour = time.fromisoformat(job.hour(folder.settings.schedule))
    return Due(hour=hour, days=job.days, calendar=folder.moment.calendar)


def next_of(job: Job, folder: Folder) -> str:
    """When the job is due next, as people read it."""
    at = next_due(due_of(job, folder), now=_now(folder))
    return f"{at:%Y-%m-%d %H:%M}" if at else "不详"


def last_of(job: Job, folder: Folder) -> str:
    """What the last run came to, as people read it."""
    run = runs.last(folder.store, job.name)
    if run is None:
        return Timed.NEVER_RUN.tell(job=job.word)
    begun = run.started_at.astimezone(folder.settings.zone)
    said = run.told.partition("\n")[0] if run.finished_at else Timed.NOT_FINISHED.value
    return Timed.LAST.tell(job=job.word, due=run.due_on, at=f"{begun:%Y-%m-%d %H:%M}", said=said)


def tell(said: str) -> None:
    """Say a sentence to whoever reads the window or the journal, and keep it."""
    if said:
        log.info("told", extra={"said": said})
        print(said, flush=True)


def _now(folder: Folder) -> datetime:
    """The present instant in the zone of the settings; the machine's zone is never asked."""
    return folder.now.astimezone(folder.settings.zone)


def _settled_on(job: Job, folder: Folder) -> date | None:
    """The last day for which the job has nothing left to do; None where no job ever ran.

    A job that never ran is measured from the first run of any: an office asks for no month that
    ended before it began, and gets the first one even if the machine was off on its day.
    """
    today = _now(folder).date()
    known = runs.last(folder.store, job.name, by=today)
    return known.settled_on if known else runs.began_on(folder.store, by=today)


def _finish(job: Job, due_on: date, folder: Folder, said: str) -> None:
    runs.finish(folder.store, job.name, due_on, at=folder.now, told=said)


def _missed(days: tuple[date, ...]) -> str:
    if not days:
        return ""
    sentence = Timed.DAYS_MISSED if len(days) > 1 else Timed.DAY_MISSED
    return sentence.tell(first=days[0], last=days[-1])


def _broke_off(job: Job) -> str:
    return Timed.BROKE_OFF.tell(job=job.word)
