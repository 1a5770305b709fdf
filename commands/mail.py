"""邮件: what units are due, looked at, tried, sent; the outbox and what a person does with it."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from commands.files import told_if_refused
from commands.folder import BEIJING, Folder, opened
from commands.snapshot import month_of, thawed
from commands.words import ChineseGroup, FilePath, dry_run
from monitor.brake import doubt_of_findings, doubt_of_sites
from monitor.ledger import letters as outbox
from monitor.ledger import snapshots
from monitor.model import (
    Assessment,
    Finding,
    FindingEvent,
    LetterKind,
    LetterMove,
    LetterState,
    Move,
    Posting,
    Unit,
)
from monitor.settings import secret
from monitor.store import records
from monitor.store.letters import content, postings, waiting
from monitor.wording import MailNote, MonitorError, Trouble
from reports import mail
from reports.examples import shown_to
from reports.formats.xlsx import write_table
from reports.kinds import reply_sheet
from reports.kinds.month_mail import month_mails
from reports.kinds.pass_on_mail import pass_on
from reports.ladder import Desk, Due, Files, Month, letters_due
from reports.outbox import Sent, may_send, refusal, send
from reports.smtp import Line, NoService, Patience

PASSWORD = "MINGCHA_MAIL_PASSWORD"
_SHOWN = 20
#: all but what stays in the office waits for the officer so long after the first night
_FIRST_MONTH = timedelta(days=31)
#: a month is told of while it is news
_MONTH_TOLD_WITHIN = timedelta(days=10)
_DECISIONS = frozenset({Move.UPHOLD, Move.REJECT, Move.WAIVE})
_WORDS = {
    "release": (LetterMove.RELEASE, "放行待审的邮件"),
    "hold": (LetterMove.HOLD, "把待发的邮件留下待审"),
    "cancel": (LetterMove.CANCEL, "取消，不发"),
    "by-hand": (
        LetterMove.BY_HAND,
        "已用电话、微信或 OA 通知，不再发同一封（短消息见 outbox --show）",
    ),
    "resend": (LetterMove.RESEND, "重发（投递结果不明、退信或已取消的）"),
    "delivered": (LetterMove.DELIVERED, "问过对方，确已收到"),
    "bounced": (LetterMove.BOUNCED, "收到退信，标记未送达"),
}


@click.group("mail", cls=ChineseGroup)
def mail_verb() -> None:
    """邮件：预览、试发、发送给各单位的提醒，查看待发邮件。

    例：mingcha mail preview
    """


@mail_verb.command("preview")
@click.option("--folder", "place", type=FilePath(), metavar="文件夹", help="写成 .eml 文件")
@click.option("--short", "in_short", is_flag=True, help="写成短消息，可粘贴到微信群")
@opened
def mail_preview(folder: Folder, place: Path | None, in_short: bool) -> None:
    """今天各单位该收到什么；只看，不发，也不放进待发邮件。

    例：mingcha mail preview --folder 邮件预览
    """
    count, due = write_previews(folder, place) if place else (0, _due(folder))
    if not due.letters:
        click.echo("今天没有要写的邮件。")
    for letter in due.letters[:_SHOWN]:
        click.echo(f"收件人　{'、'.join(letter.recipients) or '（无有效联系人）'}")
        click.echo(letter.short if in_short else f"主　题　{letter.subject}\n\n{letter.text}")
        click.echo("")
    if len(due.letters) > _SHOWN:
        click.echo(f"其余 {len(due.letters) - _SHOWN} 封略。")
    if place is not None:
        click.echo(f"已写出 {count} 封，在 {place}")
    _tell_unaddressed(due)


@mail_verb.command("test")
@click.option("--to", required=True, metavar="邮箱", help="试发到哪个邮箱")
@opened
def mail_test(folder: Folder, to: str) -> None:
    """向自己的邮箱发一封试信，核对服务器、密码和加密。

    例：mingcha mail test --to wang@example.cn
    """
    given = folder.settings.mail
    if not given.host or not given.sender:
        raise Trouble.MAIL_UNSET.error()
    letter = mail.Letter(
        event=f"test:{folder.now.isoformat()}",
        kind=LetterKind.DIGEST,
        day=folder.today,
        recipients=(to,),
        subject="【试发】信息公开巡查的邮件设置可用",
        text="这是一封试信。收到它，说明邮件设置可用；不需要回复。",
        reply_to=folder.settings.office.reply_to,
    )
    (message,) = mail.compose(letter)
    try:
        with Line(given, _password(folder), Patience()) as line:
            answer = line.deliver(
                message.recipient, _whole(folder, message.content), hand_over=lambda: True
            )
    except NoService as stop:
        raise stop.error from None
    if answer is None or answer.state is not LetterState.SENT:
        told = answer.said if answer else ""
        raise MonitorError(
            "E4301", f"试信没有发出：{told}", "没有改动任何数据。", "请核对设置后再试。"
        )
    click.echo(f"试信已交给邮件服务器，请到 {message.recipient} 查收。")


@mail_verb.command("send")
@dry_run
@opened
def mail_send(folder: Folder, dry_run: bool) -> None:
    """写好今天该发的邮件，再发出待发的；第一个月全部先待审。

    例：mingcha mail send --dry-run
    """
    due = _due(folder)
    _tell_unaddressed(due)
    if dry_run:
        counts = Counter(letter.kind for letter in due.letters)
        told = "，".join(f"{kind.value} {counts[kind]} 封" for kind in LetterKind if counts[kind])
        click.echo(f"将写 {len(due.letters)} 封" + (f"：{told}" if told else ""))
        click.echo("演练模式：不会发送邮件，没有写入。")
        return
    click.echo(f"新写 {_put(folder, due)} 封。")
    if (wrong := refusal(folder.settings)) is not None:
        _tell_waiting(folder)
        raise wrong
    if own_fault(folder):
        click.echo("本次巡查结果异常，已暂停发送。")
    done = _send(folder)
    for state, count in done.counts.items():
        click.echo(f"{state.value} {count} 封")
    _tell_waiting(folder)
    if done.trouble is not None:
        raise done.trouble


@mail_verb.command("outbox")
@click.option("--state", metavar="状态", help="只列这个状态，如 待审、投递结果不明")
@click.option("--show", "number", type=int, metavar="序号", help="看这一封的全文")
@opened
def mail_outbox(folder: Folder, state: str | None, number: int | None) -> None:
    """列出邮件和它们的状态；看某一封的全文和短消息。

    例：mingcha mail outbox --state 待审
    """
    if number is not None:
        message, short = content(folder.store, number)
        click.echo(mail.readable(message))
        if short:
            click.echo(f"\n短消息（可粘贴到微信群）：\n{short}")
        return
    states = {one.value: one for one in LetterState}
    if state is not None and state not in states:
        raise MonitorError(
            "E2722",
            f"没有“{state}”这个状态",
            "没有执行任何操作。",
            f"可写：{'、'.join(states)}。",
        )
    found = postings(folder.store, (states[state],) if state else ())
    _tell_waiting(folder)
    for one in found[:_SHOWN]:
        click.echo(_line(one))
    if len(found) > _SHOWN:
        click.echo(f"其余 {len(found) - _SHOWN} 封：加 --state 筛选。")


_WAY = click.option(
    "--way",
    type=click.Choice(["电话", "微信", "OA"]),
    metavar="方式",
    help="怎样通知的：电话、微信或 OA",
)


def _add(name: str, move: LetterMove, told: str) -> None:
    """Add the verb ``name`` by which a person moves letters."""

    def command(
        folder: Folder,
        numbers: tuple[int, ...],
        by: str | None,
        reason: str,
        way: str | None = None,
    ) -> None:
        signed = by or folder.settings.office.officer
        if way:
            reason = "；".join(filter(None, (MailNote.BY_HAND.tell(way=way), reason)))
        after = outbox.decide(folder.store, numbers, move, by=signed, at=folder.now, reason=reason)
        for number, state in zip(numbers, after, strict=True):
            click.echo(f"第 {number} 封：{state.value}")

    command.__doc__ = f"{told}。\n\n例：mingcha mail {name} 12"
    made: Any = opened(command)
    for option in (
        *((_WAY,) if move is LetterMove.BY_HAND else ()),
        click.option("--reason", default="", metavar="说明", help="写进记录"),
        click.option("--by", metavar="姓名", help="谁决定的；默认是设置中的经办人"),
        click.argument("numbers", metavar="序号", nargs=-1, required=True, type=int),
    ):
        made = option(made)
    mail_verb.command(name)(made)


for _name, (_move, _told) in _WORDS.items():
    _add(_name, _move, _told)


# --- shared --------------------------------------------------------------------------------


def letters_of_day(folder: Folder) -> str:
    """Write what is due today and send what may go out; tell what became of it."""
    told = "".join((f"新写邮件 {_put(folder, _due(folder))} 封", *_delivered(folder)))
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
    done = _send(folder)
    for state, count in done.counts.items():
        yield f"，{state.value} {count} 封"
    if done.trouble is not None:
        yield f"；{done.trouble.what}"


def _put(folder: Folder, due: Due) -> int:
    """Put letters into the outbox, held in the first month and after a night nobody may trust."""
    made = [message for letter in due.letters for message in mail.compose(letter)]
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


def own_fault(folder: Folder) -> str:
    """Why the last night may be a mistake of ours, and nothing goes out; "" when it need not."""
    sites = sum(unit.active and bool(unit.home) for unit in folder.units)
    silent = sum(one.nights > 0 for one in records.nights_unreachable(folder.store))
    nights = [scan.night for scan in records.scans(folder.store) if scan.finished_at]
    first_seen = (one.first_seen_on for one in records.findings(folder.store))
    return doubt_of_sites(sites, silent) or doubt_of_findings(nights, first_seen)


def _send(folder: Folder) -> Sent:
    """Send what may go out; after a night nobody may trust, only what stays in the office."""
    calendar, zone = folder.moment.calendar, folder.settings.zone
    is_doubted = bool(own_fault(folder))

    def window(at: datetime) -> bool:
        return not is_doubted and may_send(at, calendar, zone)

    return send(
        folder.store,
        folder.settings,
        _password(folder),
        now=lambda: folder.now,
        window=window,
        sender_id=f"{socket.gethostname()}-{os.getpid()}",
    )


def write_previews(folder: Folder, place: Path) -> tuple[int, Due]:
    """Write what is due today as .eml files; how many, and whom nobody can write to."""
    due = _due(folder)
    messages = [(letter, message) for letter in due.letters for message in mail.compose(letter)]
    for number, (letter, message) in enumerate(messages, start=1):
        target = place / f"{number:03}-{letter.kind.value}-{letter.unit}.eml"
        with told_if_refused(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_whole(folder, message.content))
    return len(messages), due


def is_first_month(folder: Folder) -> bool:
    """Whether the office is still in the month in which every letter waits for the officer."""
    scans = records.scans(folder.store)
    return not scans or folder.today - min(one.night for one in scans) < _FIRST_MONTH


def _due(folder: Folder) -> Due:
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


def _whole(folder: Folder, message: bytes) -> bytes:
    """A message as it goes out, with its sender and date."""
    given = folder.settings
    sender = given.mail.sender or "mingcha@localhost"
    return mail.stamped(message, sender=sender, name=given.office.name, at=folder.now)


def _password(folder: Folder) -> str:
    return secret(PASSWORD, os.environ) if folder.settings.mail.user else ""


def _tell_unaddressed(due: Due) -> None:
    for unit in due.unaddressed:
        click.echo(
            f"{unit.name}无有效联系人，通知未发出；请在单位清单补上邮箱，或告知后用 by-hand 登记。"
        )


def _tell_waiting(folder: Folder) -> None:
    now = waiting(folder.store)
    shown: Sequence[LetterState] = [state for state in LetterState if now.counts.get(state)]
    if not shown:
        click.echo("待发邮件是空的。")
        return
    click.echo("，".join(f"{state.value} {now.counts[state]} 封" for state in shown))
    if now.failing_since is not None:
        since = now.failing_since.astimezone(BEIJING)
        click.echo(f"自 {since:%Y-%m-%d %H:%M} 起未能发出：{now.told}")


def _line(one: Posting) -> str:
    told = f"　{one.told}" if one.told else ""
    return f"{one.number}　{one.state.value}　{one.day}　{one.recipient}　{one.subject}{told}"
