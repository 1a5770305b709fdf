"""不涉及: asked for by a unit, approved by another person than asked, ended before its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseGroup, Day, FilePath, dry_run
from monitor.decisions import Decision
from monitor.ledger import waivers as ledger
from monitor.ledger.decisions import take
from monitor.model import Move, State, Waiver, WaiverRequest
from monitor.obligations import owed
from monitor.store import records
from monitor.waivers import (
    ASKED_FOR,
    DURATIONS,
    GROUNDS,
    LONG,
    cautions,
    is_for_long,
    is_live,
    last_day,
    may_approve,
    state_of,
)
from monitor.wording import WaiverFault
from reports.formats.xlsx import Sheet, write_table

_HEADER = ("编号", "状态", "单位", "事项", "理由", "说明", "提出人", "核准人", "有效期至", "文号")
_LAYER = "本局目录"


class OneOf(click.ParamType[str]):
    """A word of a short list."""

    name = "词"

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self._words:
            self.fail(f"没有“{value}”，可写 {'、'.join(self._words)}", param, ctx)
        return str(value)


class Number(click.ParamType[int]):
    """编号 of a request."""

    name = "编号"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not (isinstance(value, int) or (value.isdecimal() and len(value) <= 9)):
            self.fail(f"“{value}”不是编号，编号见 mingcha waive list", param, ctx)
        return int(value)


_BY = click.option("--by", default="", metavar="姓名", help="谁办理的，默认为设置中的经办人")
_NUMBERS = click.argument("numbers", metavar="编号", nargs=-1, required=True, type=Number())


@click.group("waive", cls=ChineseGroup)
def waive_verb() -> None:
    """不涉及、依法不予公开：单位提出，另一人核准，到期失效。

    例：mingcha waive list
    """


@waive_verb.command("add")
@click.argument("unit", metavar="单位")
@click.argument("item", metavar="事项")
@click.option("--reason", default="", metavar="说明", help="为什么不涉及，必须写")
@click.option(
    "--ground",
    type=OneOf(ASKED_FOR),
    default="C3",
    metavar="理由",
    help="；".join(f"{code} {GROUNDS[code]}" for code in ASKED_FOR) + "。默认 C3",
)
@click.option(
    "--for",
    "duration",
    type=OneOf(DURATIONS),
    default=LONG,
    metavar="期限",
    help=f"{'、'.join(DURATIONS)}，默认{LONG}；{LONG}的每年再确认一次",
)
@click.option("--until", type=Day(), metavar="日期", help="有效到哪一天，写了就不看 --for")
@click.option("--proof", default="", metavar="编号", help="佐证；C6 写审查记录的编号，不写内容")
@click.option(
    "--proposed-by", default="", metavar="姓名", help="单位的提出人，默认为清单中的联络员"
)
@_BY
@dry_run
@opened
def waive_add(
    folder: Folder,
    unit: str,
    item: str,
    reason: str,
    ground: str,
    duration: str,
    until: date | None,
    proof: str,
    proposed_by: str,
    by: str,
    dry_run: bool,
) -> None:
    """登记单位提出的申请；核准以后才算数。有疑点的列出提醒，不拦。

    例：mingcha waive add 青禾县实验小学 校车管理 --reason 本校没有校车 --proposed-by 王老师
    """
    whose, what = folder.unit(unit), folder.requirement(item)
    duties = owed(folder.catalog, [whose], (), folder.moment)
    if all(one.requirement.id != what.id for one in duties):
        raise WaiverFault.NOT_OWED.error(unit=whose.name, item=what.name)
    asked = Waiver(
        unit=whose.code,
        requirement=what.id,
        ground=ground,
        reason=reason,
        proposed_by=proposed_by or whose.contact.name,
        approved_by="",
        valid_until=until or last_day(duration, folder.today),
    )
    signed = by or folder.settings.office.officer
    for caution in cautions(asked, tuple(folder.standing()), folder.units, what):
        click.echo(f"提醒：{caution}")
    if dry_run:
        ledger.checked(asked, what, by=signed, at=folder.now, proof=proof)
        click.echo("只是预览，没有写入。")
        return
    kept = ledger.add(folder.store, asked, whose, what, by=signed, at=folder.now, proof=proof)
    click.echo(f"已登记第 {kept.number} 号：{_told(folder, kept)}")
    click.echo(f"核准：mingcha waive approve {kept.number} --by 核准人")


@waive_verb.command("list")
@click.option("--all", "everything", is_flag=True, help="也列已终止、已到期的")
@click.option("--unit", default="", metavar="单位", help="只列这家单位的")
@click.option("--xlsx", "out", type=FilePath(), metavar="文件", help="写成表格")
@opened
def waive_list(folder: Folder, everything: bool, unit: str, out: Path | None) -> None:
    """列出待核准的和有效的，包括本局目录里写的。

    例：mingcha waive list --xlsx 不涉及.xlsx
    """
    code = folder.unit(unit).code if unit else ""
    asked = [
        one
        for one in records.waiver_requests(folder.store)
        if (everything or is_live(one, folder.today)) and code in ("", one.waiver.unit)
    ]
    rows = [
        _row(folder, one.waiver, str(one.number), state_of(one, folder.today), one.paper)
        for one in asked
    ]
    rows += [
        _row(folder, one, "", _LAYER, "")
        for one in folder.catalog.waivers
        if code in ("", one.unit)
    ]
    if out is not None:
        refuse_to_overwrite(out)
        with told_if_refused(out):
            write_table(out, [Sheet(name="不涉及", header=_HEADER, rows=rows)])
        click.echo(f"已写出 {out}，共 {len(rows)} 项")
        return
    for number, state, *told in rows:
        click.echo("　".join(filter(None, (number and f"{number} 号", state, *told))))
    click.echo(f"共 {len(rows)} 项。")


@waive_verb.command("approve")
@_NUMBERS
@_BY
@click.option("--paper", default="", metavar="文号", help="在纸质文件上批准的，写文号")
@click.option("--approved-by", default="", metavar="姓名", help="纸质文件上的核准人")
@click.option("--on", "paper_on", type=Day(), metavar="日期", help="纸质文件的批准日期")
@dry_run
@opened
def waive_approve(
    folder: Folder,
    numbers: tuple[int, ...],
    by: str,
    paper: str,
    approved_by: str,
    paper_on: date | None,
    dry_run: bool,
) -> None:
    """核准申请，可一次写几个编号；长期的到期前 60 天内再核准一次，续一年。

    例：mingcha waive approve 3 --by 李科长
    """
    signed = by or folder.settings.office.officer
    decided = _paper(paper, approved_by, paper_on)
    approver = approved_by or signed
    for number in numbers:  # all can be approved, or none is
        may_approve(_request(folder, number), approver, folder.today)
    if dry_run:
        click.echo(f"可以核准 {len(numbers)} 项。只是预览，没有写入。")
        return
    for number in numbers:
        done = ledger.approve(
            folder.store, number, approver=approver, by=signed, at=folder.now, paper=decided
        )
        again = "" if done.number == number else f"，续为第 {done.number} 号"
        click.echo(f"已核准第 {number} 号{again}：{_told(folder, done)}")
        for settled in _settled(folder, done.waiver, approver):
            click.echo(f"　问题 {settled} 申请复核的理由成立，核定为不涉及")
    click.echo("下一次巡查起按此判断。")


def _settled(folder: Folder, waiver: Waiver, approver: str) -> Iterator[str]:
    """Settle the findings whose request for review the approval answers; their numbers."""
    asked = [
        Decision(
            finding=one.number,
            move=Move.WAIVE,
            by=approver,
            reason=waiver.reason,
            ground=waiver.ground,
        )
        for one in records.findings(folder.store)
        if one.state is State.CONTESTED
        and (one.unit, one.requirement) == (waiver.unit, waiver.requirement)
    ]
    for done in take(folder.store, asked, at=folder.now, clock=folder.clock):
        if done.finding is not None:
            yield done.finding.number


@waive_verb.command("expire")
@_NUMBERS
@_BY
@dry_run
@opened
def waive_expire(folder: Folder, numbers: tuple[int, ...], by: str, dry_run: bool) -> None:
    """提前终止，或不予核准；记录保留。

    例：mingcha waive expire 3 --by 李科长
    """
    signed = by or folder.settings.office.officer
    for number in numbers:
        if (known := _request(folder, number)).ended_at is not None:
            raise WaiverFault.ENDED.error(number=number, name=known.ended_by)
    if dry_run:
        click.echo(f"将终止 {len(numbers)} 项。只是预览，没有写入。")
        return
    for number in numbers:
        done = ledger.expire(folder.store, number, by=signed, at=folder.now)
        click.echo(f"已终止第 {number} 号：{_told(folder, done)}")
    click.echo("下一次巡查起按此判断。")


def _request(folder: Folder, number: int) -> WaiverRequest:
    for one in records.waiver_requests(folder.store):
        if one.number == number:
            return one
    raise WaiverFault.NO_SUCH_NUMBER.error(number=number)


def _paper(number: str, approver: str, day: date | None) -> ledger.Paper | None:
    given = (bool(number), bool(approver), day is not None)
    if any(given) and not all(given):
        raise WaiverFault.HALF_A_PAPER.error()
    if day is None:
        return None
    return ledger.Paper(number=number, on=datetime.combine(day, time(), BEIJING))


def _told(folder: Folder, asked: WaiverRequest) -> str:
    _, _, unit, item, ground, reason, *_ = _row(folder, asked.waiver, "", "", "")
    long = "，每年再确认" if is_for_long(asked) else ""
    return f"{unit}　{item}　{ground}（{reason}），有效至 {asked.waiver.valid_until}{long}"


def _row(folder: Folder, one: Waiver, number: str, state: str, paper: str) -> tuple[str, ...]:
    names = {unit.code: unit.name for unit in folder.units}
    item = folder.catalog.requirements.get(one.requirement)
    return (
        number,
        state,
        names.get(one.unit, one.unit),
        item.name if item else one.requirement,
        GROUNDS.get(one.ground, one.ground),
        one.reason,
        one.proposed_by,
        one.approved_by,
        str(one.valid_until or LONG),
        paper,
    )
