"""台账: the ledger of today as a workbook; read back with what officers and units filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.findings import carry_out
from commands.folder import Folder, opened
from commands.snapshot import standing_today
from commands.words import ChineseGroup, FilePath, dry_run, out_file
from monitor import edits
from monitor.decisions import Decision
from monitor.findings import CONFIRMED
from monitor.model import Finding, FindingEvent, Move, Unit
from monitor.replies import HEADERS, REQUIRED, Reply, ReplyAnswer, read_replies
from monitor.sheets import Table, read_table
from monitor.store import records
from monitor.wording import Mistake, Refusal
from reports.formats.xlsx import write_table
from reports.kinds import ledger_book
from reports.kinds.ledger_book import LEDGER
from reports.kinds.ledger_rows import HEADER, cells_by_number
from reports.period import period_figures
from reports.phrases import read_cut_off
from reports.tieouts import tie_outs

#: what only one of the two sheets has: by these a file is told
_OF_LEDGER = frozenset(HEADER) - frozenset(HEADERS)
_OF_REPLIES = frozenset(HEADERS) - frozenset(HEADER)
#: what each answer does; 整改中 is noted by nobody: the deadline runs on
_MOVES = {
    ReplyAnswer.DONE: (Move.RESPOND, ""),
    ReplyAnswer.CONTESTED: (Move.CONTEST, "C9"),
    ReplyAnswer.NOT_CONCERNED: (Move.CONTEST, "C3"),
}


@click.group("ledger", cls=ChineseGroup)
def ledger_verb() -> None:
    """台账：写出当前的问题清单及整改台账，填好后读回；也读回单位交来的整改反馈表。

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
@click.option("--by", metavar="姓名", help="谁填的台账；默认是设置中的经办人")
@dry_run
@opened
def ledger_import(folder: Folder, sheet: Path, by: str | None, dry_run: bool) -> None:
    """读回经办人填好的台账，或单位交来的整改反馈表；没有采用的逐处说明，其余照办。

    例：mingcha ledger import 问题清单及整改台账.xlsx --dry-run
    """
    headers = read_table(sheet, known={*HEADER, *HEADERS}, named=LEDGER).headers
    if sum(name in _OF_LEDGER for name in headers) > sum(name in _OF_REPLIES for name in headers):
        table = read_table(sheet, known=HEADER, required=edits.REQUIRED, named=LEDGER)
        read = _read_ledger(folder, table, by=by or folder.settings.office.officer)
    else:
        read = _read_replies(folder, read_table(sheet, known=HEADERS, required=REQUIRED))
    for mistake in read.mistakes:
        click.echo(str(mistake))
    if read.mistakes:
        click.echo(f"以上 {len(read.mistakes)} 处没有采用，其余照办。")
    for remark in read.remarks:
        click.echo(str(remark))
    for told in read.told:
        click.echo(told)
    if not read.decisions:
        click.echo("表中没有要照办的填写，没有写入。")
        return
    carry_out(folder, read.decisions, dry_run=dry_run)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a sheet that came back asks for, and what is to be told of it."""

    decisions: tuple[Decision, ...]
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]
    told: tuple[str, ...] = ()


def _read_ledger(folder: Folder, table: Table, *, by: str) -> _Read:
    _refuse_unreadable(table)
    snapshot = standing_today(folder)
    events: dict[str, list[FindingEvent]] = {}
    for event in snapshot.events:
        events.setdefault(event.finding, []).append(event)
    cells = cells_by_number(snapshot, duties=records.duties(folder.store))
    found = edits.read_edits(
        table,
        {
            one.number: edits.Standing(
                state=one.state, cells=cells[one.number], events=events.get(one.number, ())
            )
            for one in snapshot.findings
        },
        by=by,
        on=folder.today,
        written_at=read_cut_off(" ".join(table.notes)),
    )
    return _Read(decisions=found.decisions, mistakes=found.mistakes, remarks=found.remarks)


def _read_replies(folder: Folder, table: Table) -> _Read:
    _refuse_unreadable(table)
    items = {key: one.name for key, one in folder.catalog.requirements.items()}
    found = records.findings(folder.store)
    known = {
        one.number: items.get(one.requirement, one.requirement)
        for one in found
        if one.state in CONFIRMED
    }
    replies, mistakes = read_replies(table, known, on=folder.today)
    going_on = sum(reply.answer is ReplyAnswer.GOING_ON for reply in replies)
    return _Read(
        decisions=tuple(_decisions(replies, found, folder.units)),
        mistakes=mistakes,
        remarks=tuple(remark for reply in replies for remark in reply.remarks),
        told=(f"整改中 {going_on} 项，期限照常计算。",) if going_on else (),
    )


def _refuse_unreadable(table: Table) -> None:
    """A sheet without its header, or of another kind, is refused as a whole."""
    if table.mistakes:
        raise Refusal.RETURNED.listing(table.mistakes)


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
