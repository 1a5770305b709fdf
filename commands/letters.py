"""信件: what units are due is put into the outbox, and what may go out is sent. No verb."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from commands.files import told_if_refused
from commands.folder import Folder
from commands.snapshot import month_of, thawed
from monitor.brake import doubt_of_age, doubt_of_findings, doubt_of_sites
from monitor.findings import CONFIRMED
from monitor.ledger import letters as outbox
from monitor.ledger import snapshots
from monitor.model import (
    Assessment,
    Finding,
    FindingEvent,
    LetterKind,
    LetterState,
    Move,
    Unit,
)
from monitor.settings import secret
from monitor.store import records
from monitor.store.letters import postings, waiting
from reports import mail
from reports.examples import shown_to
from reports.formats.xlsx import write_table
from reports.kinds import reply_sheet
from reports.kinds.month_mail import month_mails
from reports.kinds.pass_on_mail import pass_on
from reports.ladder import Desk, Due, Files, Month, letters_due
from reports.outbox import Sent, may_send, refusal, send

PASSWORD = "MINGCHA_MAIL_PASSWORD"
#: all but what stays in the office waits for the officer so long after the first night
_FIRST_MONTH = timedelta(days=31)
#: a month is told of while it is news
_MONTH_TOLD_WITHIN = timedelta(days=10)
_DECISIONS = frozenset({Move.UPHOLD, Move.REJECT, Move.WAIVE})


def letters_of_day(folder: Folder) -> str:
    """Write what is due today and send what may go out; tell what became of it."""
    told = "".join((f"新写邮件 {put_due(folder, due_today(folder))} 封", *_delivered(folder)))
    waits = waiting(folder.store).counts
    shown = (LetterState.HELD, LetterState.QUEUED, LetterState.UNCLEAR, LetterState.REFUSED)
    standing = "，".join(f"{state.value} {waits[state]} 封" for state in shown if waits.get(state))
    return f"{told}。" + (f"现有{standing}。" if standing else "")


def deliver(folder: Folder) -> str:
    """Send what waits and may go out now; what became of it, "" where nothing did."""
    return "".join(_delivered(folder)).lstrip("，；")


def _delivered(folder: Folder) -> Iterator[str]:
    if refusal(folder.settings) is not None:
        return
    done = send_waiting(folder)
    for state, count in done.counts.items():
        yield f"，{state.value} {count} 封"
    if done.trouble is not None:
        yield f"；{done.trouble.what}"


def put_due(folder: Folder, due: Due) -> int:
    """Put letters into the outbox, held in the first month and after a night nobody may trust."""
    waiting_units = _held_back(folder)
    made = [
        message
        for letter in due.letters
        if letter.unit not in waiting_units
        for message in mail.compose(letter)
    ]
    doubt = own_fault(folder)
    hold = bool(doubt) or is_first_month(folder)
    new = outbox.rewrite(folder.store, made, at=folder.now, hold=hold)
    if officer := folder.settings.office.reply_to:
        to_office = (_alarm(folder, doubt, officer), _passed_on(folder, due, officer))
        for letter in to_office:
            if letter is not None:
                outbox.put(folder.store, mail.compose(letter), at=folder.now)
    return new


def _alarm(folder: Folder, doubt: str, officer: str) -> mail.Letter | None:
    """巡查异常: what only the officer hears, once for each night."""
    if not doubt:
        return None
    return mail.Letter(
        event=f"alarm:{folder.last_scan()}",
        kind=LetterKind.ALARM,
        day=folder.today,
        recipients=(officer,),
        subject=f"【巡查异常】（仅管理员）{doubt}",
        text=f"{doubt}。\n给各单位的邮件已暂停发送，留在待审；请先查明原因，再逐封放行。",
        reply_to=officer,
    )


def _passed_on(folder: Folder, due: Due, officer: str) -> mail.Letter | None:
    names = {unit.code: unit.name for unit in due.unaddressed}
    return pass_on(due.letters, postings(folder.store), names, to=officer, on=folder.today)


def _held_back(folder: Folder) -> frozenset[str]:
    """Units whose verdicts wait for the officer: nobody writes to them meanwhile."""
    waiting_nights = [one for one in records.held_nights(folder.store) if one.ruling is None]
    return frozenset(code for one in waiting_nights for code in one.units)


def own_fault(folder: Folder) -> str:
    """Why the last night may be a mistake of ours, and nothing goes out; "" when it need not."""
    scans = records.scans(folder.store)
    if scans and scans[0].void:
        return scans[0].void
    for one in records.held_nights(folder.store):
        if scans and one.scan == scans[0].id and one.ruling is None and not one.units:
            return one.reason
    sites = sum(unit.active and bool(unit.home) for unit in folder.units)
    silent = sum(one.nights > 0 for one in records.nights_unreachable(folder.store))
    nights = [scan.night for scan in scans if scan.is_valid]
    first_seen = (one.first_seen_on for one in records.findings(folder.store))
    return (
        doubt_of_sites(sites, silent)
        or doubt_of_findings(nights, first_seen)
        or doubt_of_age(max(nights, default=None), folder.today)
    )


def send_waiting(folder: Folder) -> Sent:
    """Send what may go out; after a night nobody may trust, only what stays in the office."""
    calendar, zone = folder.moment.calendar, folder.settings.zone
    is_doubted = bool(own_fault(folder))

    def window(at: datetime) -> bool:
        return not is_doubted and may_send(at, calendar, zone)

    return send(
        folder.store,
        folder.settings,
        password(folder),
        now=lambda: folder.now,
        window=window,
        sender_id=f"{socket.gethostname()}-{os.getpid()}",
    )


def write_previews(folder: Folder, place: Path) -> tuple[int, Due]:
    """Write what is due today as .eml files; how many, and whom nobody can write to."""
    due = due_today(folder)
    messages = [(letter, message) for letter in due.letters for message in mail.compose(letter)]
    for number, (letter, message) in enumerate(messages, start=1):
        target = place / f"{number:03}-{letter.kind.value}-{letter.unit}.eml"
        with told_if_refused(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(whole_message(folder, message.content))
    return len(messages), due


def is_first_month(folder: Folder) -> bool:
    """Whether the office is still in the month in which every letter waits for the officer."""
    scans = records.scans(folder.store)
    return not scans or folder.today - min(one.night for one in scans) < _FIRST_MONTH


def due_today(folder: Folder) -> Due:
    findings = records.findings(folder.store)
    assessments = tuple(folder.standing())
    office = folder.settings.office
    marked = records.examples(folder.store)

    def attach(unit: Unit, findings: Sequence[Finding], assessments: Sequence[Assessment]) -> Files:
        sheets = reply_sheet.compose(
            unit,
            findings,
            assessments,
            folder.catalog,
            office=office.name,
            on=folder.today,
            phone=office.phone,
        )
        with TemporaryDirectory(prefix="mingcha-") as place:
            path = Path(place, f"整改反馈表-{unit.name}.xlsx")
            write_table(path, sheets)
            return ((path.name, path.read_bytes()),)

    desk = Desk(
        findings=findings,
        assessments=assessments,
        catalog=folder.catalog,
        postings=postings(folder.store),
        duties=records.duties(folder.store),
        office=office,
        reply_to=office.reply_to,
        clock=folder.clock,
        attach=attach,
        answers=_answers(folder, findings),
        looks=_looks(folder, findings),
        examples=shown_to(folder.units, marked, assessments),
        month=_last_month(folder),
    )
    return letters_due((unit for unit in folder.units if unit.active), desk)


def _last_month(folder: Folder) -> Month | None:
    """月度小结 of the month that ended, in the first days of the next one, once it is frozen."""
    starts_on, ends_on = month_of(None, folder.today)
    name = f"{starts_on:%Y-%m}"
    frozen = any(one.id == name for one in snapshots.kept(folder.store))
    if not frozen or folder.today - ends_on > _MONTH_TOLD_WITHIN:
        return None
    mails = month_mails(thawed(folder, name), office=folder.settings.office, on=folder.today)
    return Month(name=name, of=mails)


def _answers(folder: Folder, findings: Sequence[Finding]) -> dict[str, FindingEvent]:
    """The last decision on a request for review, by finding, of those that were asked for."""
    found = {}
    for one in findings:
        if one.assigned_on is None:
            continue
        for event in records.finding_events(folder.store, one.number):
            if event.move in _DECISIONS:
                found[one.number] = event
    return found


def _looks(folder: Folder, findings: Sequence[Finding]) -> dict[str, FindingEvent]:
    """The look by which a finding that is open came back, of those that came back by one."""
    found = {}
    for one in findings:
        if one.state in CONFIRMED and one.fingerprint:
            for event in records.finding_events(folder.store, one.number):
                if event.move is Move.NOT_MENDED:
                    found[one.number] = event
    return found


def whole_message(folder: Folder, message: bytes) -> bytes:
    """A message as it goes out, with its sender and date."""
    given = folder.settings
    sender = given.mail.sender or "mingcha@localhost"
    return mail.stamped(message, sender=sender, name=given.office.name, at=folder.now)


def password(folder: Folder) -> str:
    return secret(PASSWORD, os.environ) if folder.settings.mail.user else ""
