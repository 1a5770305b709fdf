"""台账: the ledger of today as a workbook, and the sheets that units send back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.findings import carry_out
from commands.folder import Folder, opened
from commands.snapshot import standing_today
from commands.words import ChineseGroup, FilePath, dry_run, out_file
from monitor.decisions import Decision
from monitor.findings import CONFIRMED
from monitor.model import Finding, Move, Unit
from monitor.replies import HEADERS, REQUIRED, Reply, ReplyAnswer, read_replies
from monitor.sheets import read_table
from monitor.store import records
from reports.formats.xlsx import write_table
from reports.kinds import ledger_book
from reports.period import period_figures
from reports.tieouts import tie_outs

#: what each answer does; 整改中 is noted by nobody: the deadline runs on
_MOVES = {
    ReplyAnswer.DONE: (Move.RESPOND, ""),
    ReplyAnswer.CONTESTED: (Move.CONTEST, "C9"),
    ReplyAnswer.NOT_CONCERNED: (Move.CONTEST, "C3"),
}


@click.group("ledger", cls=ChineseGroup)
def ledger_verb() -> None:
    """台账：写出当前的问题清单及整改台账，读回单位交来的整改反馈表。

    例：mingcha ledger export
    """


@ledger_verb.command("export")
@out_file("问题清单及整改台账.xlsx")
@opened
def ledger_export(folder: Folder, out: Path) -> None:
    """写出本月到今天为止的台账；月报用的台账由 report monthly 写出。

    例：mingcha ledger export
    """
    refuse_to_overwrite(out)
    snapshot = standing_today(folder)
    figures = period_figures(snapshot)
    tie_outs(figures)
    sheets = ledger_book.compose(
        snapshot,
        figures,
        office=folder.settings.office.name,
        today=folder.today,
        is_due_soon=folder.is_due_soon,
        duties=records.duties(folder.store),
    )
    with told_if_refused(out):
        write_table(out, sheets)
    click.echo(f"在办问题 {len(figures.problems)} 项，已写入 {out}")


@ledger_verb.command("import")
@click.argument("sheet", metavar="文件", type=FilePath())
@dry_run
@opened
def ledger_import(folder: Folder, sheet: Path, dry_run: bool) -> None:
    """读回一份整改反馈表；读不懂的行逐一说明，其余照办。

    例：mingcha ledger import 整改反馈表-向阳小学.xlsx --dry-run
    """
    items = {key: one.name for key, one in folder.catalog.requirements.items()}
    found = records.findings(folder.store)
    known = {
        one.number: items.get(one.requirement, one.requirement)
        for one in found
        if one.state in CONFIRMED
    }
    table = read_table(sheet, known=HEADERS, required=REQUIRED)
    replies, mistakes = read_replies(table, known, on=folder.today)
    for told in (*mistakes, *(remark for reply in replies for remark in reply.remarks)):
        click.echo(str(told))
    if mistakes:
        click.echo(f"以上 {len(mistakes)} 处没有采用，其余照办。")
    going_on = sum(reply.answer is ReplyAnswer.GOING_ON for reply in replies)
    if going_on:
        click.echo(f"整改中 {going_on} 项，期限照常计算。")
    decisions = tuple(_decisions(replies, found, folder.units))
    if not decisions:
        click.echo("表中没有可以照办的反馈。")
        return
    carry_out(folder, decisions, dry_run=dry_run)


def _decisions(
    replies: Sequence[Reply], findings: Sequence[Finding], units: Sequence[Unit]
) -> Iterator[Decision]:
    """What the replies ask for, signed by whoever filled in the sheet, else the unit's contact."""
    unit_of = {one.number: one.unit for one in findings}
    contacts = {unit.code: unit.contact.name or unit.name for unit in units}
    for reply in replies:
        if reply.answer in _MOVES:
            move, ground = _MOVES[reply.answer]
            yield Decision(
                finding=reply.finding,
                move=move,
                by=reply.by or contacts.get(unit_of[reply.finding], ""),
                reason=reply.note,
                ground=ground,
                address=reply.address,
            )
