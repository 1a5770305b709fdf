"""工作摘要: the numbers of the morning, written to the officer when something is new. No verb."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, fields

from commands.folder import Folder
from commands.lookback import waiting_looks
from commands.scope import failing_in
from crawler.canary import labels
from monitor.findings import days_overdue
from monitor.ledger import letters as outbox
from monitor.model import Finding, LetterKind, LetterState, Posting, RemarkKind, Scan, State
from monitor.store import queries, records
from monitor.store.letters import postings, waiting
from monitor.wording import Alert
from reports import mail
from reports.kinds.digest import Health, Morning, compose, subject

#: letters that wait for the server or for a person
_WAITING = (LetterState.HELD, LetterState.QUEUED, LetterState.UNCLEAR, LetterState.REFUSED)
_UNFINISHED = "最近一次巡查没有做完，可用 mingcha scan --resume 接着做。"
_NUMBER = re.compile(r"(\w+)=(\d+)")


def digest_of_day(folder: Folder) -> str:
    """Put today's digest into the outbox if there is news; tell what was done."""
    office = folder.settings.office
    if not office.reply_to:
        return "没有登记经办人邮箱（office.reply_to），没有写工作摘要。"
    now = morning(folder)
    before = _last(postings(folder.store))
    text = compose(now, before, health(folder), on=folder.today)
    if not text:
        return "没有新的情况，没有写工作摘要。"
    letter = mail.Letter(
        event=f"digest:{folder.today}",
        kind=LetterKind.DIGEST,
        day=folder.today,
        recipients=(office.reply_to,),
        subject=subject(now, on=folder.today),
        text=text,
        # the numbers themselves, for the comparison of tomorrow
        findings=tuple(f"{name}={count}" for name, count in asdict(now).items()),
        reply_to=office.reply_to,
    )
    outbox.put(folder.store, mail.compose(letter), at=folder.now)
    return f"工作摘要已写给 {office.reply_to}。"


def morning(folder: Folder) -> Morning:
    """What waits for the officer now."""
    found = records.findings(folder.store)
    scan = queries.last_scan(folder.store)
    letters = waiting(folder.store).counts
    remarks = [
        one.remark.kind
        for one in records.remarks(folder.store)
        if one.ended_on is None and one.opinion is None
    ]
    late = [days_overdue(one, folder.clock) for one in found]
    return Morning(
        new=sum(scan is not None and one.first_seen_on == scan.night for one in found),
        to_review=_count(found, State.TO_REVIEW),
        due_today=sum(one.state in _RUNNING and one.deadline == folder.today for one in found),
        newly_overdue=late.count(1),
        overdue=sum(days > 0 for days in late),
        to_check=_count(found, State.RESPONDED),
        contested=_count(found, State.CONTESTED),
        unreached_units=len(records.nights_unreachable(folder.store)),
        exposed=remarks.count(RemarkKind.EXPOSED),
        overstaying=remarks.count(RemarkKind.OVERSTAY),
        to_look_back=len(waiting_looks(folder)),
        letters=sum(letters.get(state, 0) for state in _WAITING),
    )


def health(folder: Folder) -> Health:
    """How the last night went, and the room that is left."""
    scan = queries.last_scan(folder.store)
    free = shutil.disk_usage(folder.path).free / 2**30
    if scan is None:
        return Health(free_gb=free)
    took = (scan.finished_at - scan.started_at).total_seconds() if scan.finished_at else 0
    return Health(
        started_at=scan.started_at,
        minutes=round(took / 60),
        pages=queries.pages_read(folder.store, scan.id),
        free_gb=free,
        trouble="".join(_troubles(folder, scan)),
    )


def _troubles(folder: Folder, scan: Scan) -> Iterator[str]:
    """What was wrong with the last night itself."""
    if scan.void:
        yield f"{scan.void}。"
    elif not scan.finished_at:
        yield _UNFINISHED
    if failing := failing_in(folder.scans / scan.id):
        yield Alert.READERS_FAILED.tell(platforms="、".join(labels(failing)))


_RUNNING = frozenset({State.ASSIGNED, State.REOPENED})


def _count(found: tuple[Finding, ...], state: State) -> int:
    return sum(one.state is state for one in found)


def _last(sent: tuple[Posting, ...]) -> Morning | None:
    """The numbers of the last digest, None before the first."""
    last = next((one for one in sent if one.kind is LetterKind.DIGEST and one.findings), None)
    if last is None:
        return None
    said = {found[1]: int(found[2]) for text in last.findings if (found := _NUMBER.fullmatch(text))}
    return Morning(**{field.name: said.get(field.name, 0) for field in fields(Morning)})
