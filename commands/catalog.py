"""目录: the verbs around the catalog: list, show, check, compare, import."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from commands.files import refuse_to_overwrite, write_whole
from commands.folder import Folder, UnitClass, opened
from commands.judging import judged
from commands.words import ChineseGroup, FilePath, dry_run
from monitor.catalog import CatalogChange, check, diff, import_form, load
from monitor.model import Catalog, Requirement, Status, UnitType
from monitor.timelimits import arithmetic


@click.group("catalog", cls=ChineseGroup)
def catalog_verb() -> None:
    """应公开目录：每一项要公开什么、谁公开、放在哪里、何时之前。

    例：mingcha catalog show S-11
    """


@catalog_verb.command("list")
@click.option(
    "--class", "kinds", type=UnitClass(), metavar="类别", help="只列一类单位的事项，如 小学"
)
@opened
def catalog_list(folder: Folder, kinds: frozenset[UnitType] | None) -> None:
    """列出公开事项：编号、名称、栏目。

    例：mingcha catalog list --class 小学
    """
    folder.only_looks()
    shown = [
        one
        for one in folder.catalog.requirements.values()
        if kinds is None or kinds & one.applies_to
    ]
    for one in shown:
        columns = "、".join(folder.catalog.columns[column].name for column in one.columns)
        click.echo(f"{one.id}　{one.name}　{columns or '不在网上核查'}")
    click.echo(f"共 {len(shown)} 项。")


@catalog_verb.command("show")
@click.argument("item", metavar="事项")
@opened
def catalog_show(folder: Folder, item: str) -> None:
    """列出一项的全部规则：栏目别名、对应词、时限及今天怎么算、要素、依据。

    例：mingcha catalog show 教育收费公示
    """
    folder.only_looks()
    one = folder.requirement(item)
    for line in _described(one, folder.catalog):
        click.echo(line)
    for limit in one.limits:
        for line in arithmetic(limit, {}, folder.moment):
            click.echo(f"  {line}")


@catalog_verb.command("check")
@opened
def catalog_check(folder: Folder) -> None:
    """核对目录：有误之处一次列全；没有误，则列出哪些事项能查出未公开。

    例：mingcha catalog check
    """
    folder.only_looks()
    report = check(folder.catalog)
    click.echo(f"目录没有错误：{report.requirements} 个事项，{report.columns} 个栏目。")
    click.echo(f"仅靠巡查即可查出未公开：{len(report.by_crawling)} 项")
    click.echo(f"登记事件日期后可查出未公开：{len(report.with_events)} 项")
    if report.if_removed:
        click.echo(f"只有见到公示提前撤下才能认定：{len(report.if_removed)} 项")
    click.echo(f"不会自动判为未公开：{len(report.never)} 项")
    for reason, count in Counter(report.never.values()).most_common():
        names = [key for key, why in report.never.items() if why is reason]
        click.echo(f"  {reason.value} {count} 项：{'、'.join(names)}")
    if report.doubts:
        click.echo(f"请留意 {len(report.doubts)} 处：")
    for doubt in report.doubts:
        click.echo(f"  {doubt}")


@catalog_verb.command("diff")
@click.argument("layer", metavar="文件", type=FilePath())
@opened
def catalog_diff(folder: Folder, layer: Path) -> None:
    """加上一个分层文件会改变什么；已有巡查的，再说明会影响哪些结论。

    例：mingcha catalog diff 本局目录.yaml
    """
    new = load([*folder.settings.rules_paths, layer], on=folder.today, units=folder.units)
    changes = diff(folder.catalog, new)
    for change in changes:
        click.echo(_told(change))
    click.echo(f"共 {len(changes)} 处变动。")
    if not (last := folder.last_judged()):
        return
    before = {one.key[:2]: one.status for one in judged(folder, last)}
    after = {one.key[:2]: one.status for one in judged(folder, last, catalog=new)}
    moves = Counter(
        (before.get(key), after.get(key))
        for key in {**before, **after}
        if before.get(key) is not after.get(key)
    )
    click.echo(f"按最近一次巡查所见重新判断，{sum(moves.values())} 个结论会改变：")
    for (old, now), count in sorted(moves.items(), key=lambda move: -move[1]):
        click.echo(f"  {_status(old)} → {_status(now)}　{count} 个")


@catalog_verb.command("import")
@click.argument("form", metavar="文件", type=FilePath())
@click.option(
    "--out",
    type=FilePath(),
    default=Path("导入目录.yaml"),
    metavar="文件",
    help="写到哪个分层文件，默认 导入目录.yaml",
)
@click.option("--by", default="", metavar="姓名", help="经办人，默认为设置中的经办人")
@click.option(
    "--class",
    "kinds",
    type=UnitClass(),
    metavar="类别",
    default="教育局",
    help="这些事项由哪类单位公开，默认教育局",
)
@dry_run
@opened
def catalog_import(
    folder: Folder,
    form: Path,
    out: Path,
    by: str,
    kinds: frozenset[UnitType],
    dry_run: bool,
) -> None:
    """读入本局的标准目录表（一级、二级事项那种），写成分层文件，核对后再启用。

    例：mingcha catalog import 标准目录.xlsx --out 本局目录.yaml
    """
    found = import_form(
        form,
        folder.catalog,
        by=by or folder.settings.office.officer,
        on=folder.today,
        applies_to=kinds,
    )
    click.echo(f"读出 {found.count} 个事项。")
    if found.unread:
        click.echo(f"其中 {len(found.unread)} 行的公开时限未能理解，暂不判断，请在文件中补上：")
    for one in found.unread:
        click.echo(f"  第{one.row}行“{one.name}”：{one.text or '（空）'}")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    refuse_to_overwrite(out)
    write_whole(out, [found.text])
    click.echo(f"已写出 {out}，请逐项核对；核对后把文件名加到 settings.yaml 的 rules。")


def _described(one: Requirement, catalog: Catalog) -> list[str]:
    columns = [catalog.columns[column] for column in one.columns]
    lines = [f"{one.id}　{one.name}"]
    lines += [f"  栏目　{column.name}（又名 {'、'.join(column.aliases)}）" for column in columns]
    for label, words in (
        ("标题含任一", one.match.any),
        ("标题须全含", one.match.all),
        ("标题不得含", one.match.none),
        ("近似词", one.match.near),
    ):
        if words:
            lines.append(f"  {label}　{'、'.join(words)}")
    if one.unchecked:
        lines.append(f"  未自动核对的要素　{'、'.join(one.unchecked)}")
    for basis in one.basis:
        lines.append(f"  依据　《{basis.title}》{basis.doc_no}{basis.article}")
    return lines


def _told(change: CatalogChange) -> str:
    fields = "、".join(change.fields)
    return f"{change.change.value}　{change.id}　{change.name}" + (
        f"（{fields}）" if fields else ""
    )


def _status(status: Status | None) -> str:
    return status.value if status else "无此项"
