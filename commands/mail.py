"""邮件: what units are due, looked at, tried, sent; the outbox and what a person does with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from commands.folder import BEIJING, Folder, opened
from commands.letters import (
    due_today,
    own_fault,
    password,
    put_due,
    send_waiting,
    whole_message,
    write_previews,
)
from commands.words import ChineseGroup, FilePath, dry_run
from monitor.ledger import letters as outbox
from monitor.model import (
    LetterKind,
    LetterMove,
    LetterState,
    Posting,
)
from monitor.store.letters import content, postings, waiting
from monitor.wording import MailNote, MonitorError, Trouble
from reports import mail
from reports.ladder import Due
from reports.outbox import refusal
from reports.smtp import Line, NoService, Patience

_SHOWN = 20
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
    count, due = write_previews(folder, place) if place else (0, due_today(folder))
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
        with Line(given, password(folder), Patience()) as line:
            answer = line.deliver(
                message.recipient, whole_message(folder, message.content), hand_over=lambda: True
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
def mailsend_waiting(folder: Folder, dry_run: bool) -> None:
    """写好今天该发的邮件，再发出待发的；第一个月全部先待审。

    例：mingcha mail send --dry-run
    """
    due = due_today(folder)
    _tell_unaddressed(due)
    if dry_run:
        counts = Counter(letter.kind for letter in due.letters)
        told = "，".join(f"{kind.value} {counts[kind]} 封" for kind in LetterKind if counts[kind])
        click.echo(f"将写 {len(due.letters)} 封" + (f"：{told}" if told else ""))
        click.echo("演练模式：不会发送邮件，没有写入。")
        return
    click.echo(f"新写 {put_due(folder, due)} 封。")
    if (wrong := refusal(folder.settings)) is not None:
        _tell_waiting(folder)
        raise wrong
    if own_fault(folder):
        click.echo("本次巡查结果异常，已暂停发送。")
    done = send_waiting(folder)
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


# --- what is told ---------------------------------------------------------------------------


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
