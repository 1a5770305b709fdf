"""提示: what is worth a look beside the gaps, listed for the officer, who says what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.words import ChineseGroup, FilePath, dry_run
from monitor.ledger.remarks import say
from monitor.model import KeptRemark, Opinion, RemarkKind
from monitor.store import records
from monitor.wording import MonitorError
from reports.formats.xlsx import Sheet, write_table
from reports.workbook import Value

_HEADER = (
    *("编号", "单位", "类别", "栏目", "所见", "首次见到", "最近见到", "不再见到"),
    *("看法", "谁看的", "备注", "页面"),
)
_SHOWN = 20
_KINDS = {kind.value: kind for kind in RemarkKind}
_OPINIONS = {one.value: one for one in Opinion}


@click.group("remarks", cls=ChineseGroup)
def remarks_verb() -> None:
    """提示：问题之外值得看一眼的情况。提示不是问题，不进通报，不计分，不发给单位。

    例：mingcha remarks list
    """


@remarks_verb.command("list")
@click.option("--unit", default="", metavar="单位", help="只列这个单位")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    metavar="类别",
    help="只列这一类：" + "、".join(_KINDS),
)
@click.option("--all", "everything", is_flag=True, help="也列看过的和不再见到的，不限条数")
@click.option("--xlsx", "out", type=FilePath(), metavar="文件", help="写成表格")
@opened
def remarks_list(
    folder: Folder, unit: str, kind: str | None, everything: bool, out: Path | None
) -> None:
    """列出提示；默认列出还看得见、还没有人看过的。

    例：mingcha remarks list --kind 信息未标日期
    """
    code = folder.unit(unit).code if unit else ""
    found = [
        one
        for one in records.remarks(folder.store)
        if code in ("", one.remark.unit)
        and (kind is None or one.remark.kind is _KINDS[kind])
        and (everything or (one.ended_on is None and one.opinion is None))
    ]
    names = {unit.code: unit.name for unit in folder.units}
    if out is not None:
        refuse_to_overwrite(out)
        with told_if_refused(out):
            rows = [_row(folder, one, names) for one in found]
            write_table(out, [Sheet(name="提示", header=_HEADER, rows=rows)])
        click.echo(f"已写出 {out}，共 {len(found)} 条")
        return
    for line in _told(found, names, everything=everything):
        click.echo(line)


@remarks_verb.command("say")
@click.argument("numbers", metavar="编号", nargs=-1, required=True, type=int)
@click.option(
    "--as",
    "opinion",
    type=click.Choice(list(_OPINIONS)),
    required=True,
    metavar="看法",
    help="属实；不属实的以后不再提示",
)
@click.option("--note", default="", metavar="文字", help="备注")
@click.option("--by", default="", metavar="姓名", help="谁看的，默认为设置中的经办人")
@dry_run
@opened
def remarks_say(
    folder: Folder, numbers: tuple[int, ...], opinion: str, note: str, by: str, dry_run: bool
) -> None:
    """写下看过以后的看法，可一次写几个编号。

    例：mingcha remarks say 3 4 --as 不属实 --note 是转载的旧文
    """
    known = {one.number for one in records.remarks(folder.store)}
    for number in numbers:
        if number not in known:
            raise MonitorError(
                "E2422",
                f"没有第 {number} 号提示",
                "没有写入。",
                "编号见 mingcha remarks list --all。",
            )
    if dry_run:
        click.echo(f"将写下 {len(numbers)} 条看法。只是预览，没有写入。")
        return
    signed = by or folder.settings.office.officer
    for number in numbers:
        say(folder.store, number, _OPINIONS[opinion], by=signed, at=folder.now, text=note)
    click.echo(f"已写下 {len(numbers)} 条看法：{opinion}。")


def _told(found: list[KeptRemark], names: dict[str, str], *, everything: bool) -> Iterator[str]:
    if not found:
        yield "没有这样的提示。"
        return
    counts = Counter(one.remark.kind for one in found)
    kinds = "，".join(f"{kind.value} {counts[kind]} 条" for kind in RemarkKind if counts[kind])
    yield f"共 {len(found)} 条：{kinds}"
    for one in found if everything else found[:_SHOWN]:
        told = one.remark
        said = f"（{one.opinion.value}，{one.by}）" if one.opinion else ""
        gone = f"，{one.ended_on} 起不再见到" if one.ended_on else ""
        yield (
            f"{one.number} 号　{names.get(told.unit, told.unit)}　{told.kind.value}"
            f"　{one.first_seen_on} 起{gone}{said}"
        )
        yield f"　　{told.sentence}"
        if told.page:
            yield f"　　{told.page}"
    if len(found) > _SHOWN and not everything:
        yield f"其余 {len(found) - _SHOWN} 条：加 --all，或 --xlsx 文件"


def _row(folder: Folder, one: KeptRemark, names: dict[str, str]) -> tuple[Value, ...]:
    told = one.remark
    column = folder.catalog.columns.get(told.column)
    return (
        one.number,
        names.get(told.unit, told.unit),
        told.kind.value,
        column.name if column else told.column,
        told.sentence,
        one.first_seen_on,
        one.last_seen_on,
        one.ended_on,
        one.opinion.value if one.opinion else "",
        one.by,
        one.note,
        told.page,
    )
