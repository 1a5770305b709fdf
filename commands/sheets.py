"""单位、事件登记: the verbs that take in and give out the office's own sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.words import ChineseGroup, FilePath, dry_run, out_file
from monitor.ledger import units as ledger
from monitor.store import records
from monitor.units import (
    EVENT_HEADERS,
    Listing,
    Remarks,
    UnitsChange,
    compare,
    event_names,
    read_duties,
    read_events,
    read_units,
    rows_of,
    template_rows,
    unassigned,
)
from reports.formats.xlsx import Sheet, write_table

_SHOWN = 10
_Row = TypeVar("_Row")


@click.group("units", cls=ChineseGroup)
def units_verb() -> None:
    """单位清单：谁、网站在哪、有哪些属性。

    例：mingcha units template，填好后 mingcha units import 单位清单.xlsx
    """


@units_verb.command("template")
@out_file("单位清单.xlsx")
@opened  # for the options every verb has
def units_template(_: Folder, out: Path) -> None:
    """写出空的单位清单，带下拉选项和两行示例。

    例：mingcha units template
    """
    _write(out, "单位清单", template_rows())


@units_verb.command("import")
@click.argument("sheet", metavar="文件", type=FilePath())
@dry_run
@opened
def units_import(folder: Folder, sheet: Path, dry_run: bool) -> None:
    """导入单位清单；先列出新增、修改、停用，历史记录不删除。

    例：mingcha units import 单位清单.xlsx --dry-run
    """
    units, remarks = read_units(sheet, folder.catalog.columns)
    _tell_remarks(remarks)
    _tell_changes(compare(records.units(folder.store), units))
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    ledger.replace(folder.store, units, at=folder.now)
    click.echo(f"已导入 {len(units)} 家单位。下一步：mingcha units check")


@units_verb.command("export")
@out_file("单位清单.xlsx")
@opened
def units_export(folder: Folder, out: Path) -> None:
    """把现有单位清单写成表格，改好后可再导入。

    例：mingcha units export --out 单位清单-现有.xlsx
    """
    _write(out, "单位清单", rows_of(folder.units, folder.catalog.columns))


@units_verb.command("check")
@opened
def units_check(folder: Folder) -> None:
    """逐个打开各单位网站首页，每个只开一次，说明能否打开。

    例：mingcha units check
    """
    from crawler.run import fetch_one  # opens sites: no other verb here does

    units = [unit for unit in folder.units if unit.active]
    bad = 0
    for unit in units:
        if not unit.home:
            click.echo(f"—　{unit.name}：没有登记网站，需人工核查")
            continue
        found = fetch_one(unit.home, folder.settings.to_network())
        if found.outcome is None:
            click.echo(f"✓　{unit.name}：{found.status}，{found.seconds:.1f} 秒")
        else:
            bad += 1
            click.echo(f"✗　{unit.name}：{found.outcome.value}（{unit.home}）")
    click.echo(f"共 {len(units)} 家，打不开 {bad} 家。打不开的请先用浏览器核对网址。")


@units_verb.command("duties")
@click.argument("sheet", metavar="文件", type=FilePath())
@dry_run
@opened
def units_duties(folder: Folder, sheet: Path, dry_run: bool) -> None:
    """导入任务分解表（哪个事项由哪个科室负责），并列出还没有分给科室的事项。

    例：mingcha units duties 任务分解.xlsx
    """
    duties, remarks = read_duties(sheet, folder.catalog)
    _tell_remarks(remarks)
    open_items = unassigned(duties, folder.catalog)
    _tell_some(
        "尚未分给科室",
        open_items,
        lambda item: f"{item} {folder.catalog.requirements[item].name}",
    )
    click.echo(f"共 {len(duties)} 条分工，原有 {len(records.duties(folder.store))} 条。")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    ledger.replace_duties(folder.store, duties, at=folder.now)
    click.echo("已导入。")


@click.group("events", cls=ChineseGroup)
def events_verb() -> None:
    """事件登记：批复、决定、签订等日子，是“之后若干日内公开”的起点。

    例：mingcha events import 事件登记.xlsx
    """


@events_verb.command("template")
@out_file("事件登记.xlsx")
@opened
def events_template(folder: Folder, out: Path) -> None:
    """写出空的事件登记表，事件名称可从下拉选项中选。

    例：mingcha events template
    """
    choices = {"事件": event_names(folder.catalog)}
    _write(out, "事件登记", Listing(header=EVENT_HEADERS, rows=(), choices=choices))


@events_verb.command("import")
@click.argument("sheet", metavar="文件", type=FilePath())
@dry_run
@opened
def events_import(folder: Folder, sheet: Path, dry_run: bool) -> None:
    """导入事件登记表，替换原来登记的事件；停用的仍留在历史中。

    例：mingcha events import 事件登记.xlsx
    """
    events, remarks = read_events(sheet, folder.units, folder.catalog)
    _tell_remarks(remarks)
    click.echo(f"共 {len(events)} 件，原有 {len(records.events(folder.store))} 件。")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    ledger.replace_events(folder.store, events, at=folder.now)
    click.echo("已导入，下一次巡查起按此计算时限。")


@events_verb.command("list")
@opened
def events_list(folder: Folder) -> None:
    """列出已登记的事件。

    例：mingcha events list
    """
    names = {unit.code: unit.name for unit in folder.units}
    events = records.events(folder.store)
    for event in events:
        whose = names.get(event.unit, event.unit) if event.unit else "全部单位"
        click.echo(f"{event.day.isoformat()}　{whose}　{event.event}　{event.doc_no}".rstrip())
    click.echo(f"共 {len(events)} 件。")


def _write(out: Path, name: str, listing: Listing) -> None:
    sheet = Sheet(name=name, header=listing.header, rows=listing.rows, choices=listing.choices)
    refuse_to_overwrite(out)
    with told_if_refused(out):
        write_table(out, [sheet])
    click.echo(f"已写出 {out}")


def _tell_remarks(remarks: Remarks) -> None:
    _tell_some("请留意", remarks, str)


def _tell_changes(change: UnitsChange) -> None:
    click.echo(
        f"新增 {len(change.added)} · 修改 {len(change.changed)} · 停用 {len(change.deactivated)}"
    )
    _tell_some("新增", change.added, lambda unit: f"{unit.code} {unit.name}")
    _tell_some(
        "修改",
        change.changed,
        lambda pair: f"{pair[0].name}：{'、'.join(field.name for field in pair[1])}",
    )
    _tell_some("停用", change.deactivated, lambda unit: f"{unit.code} {unit.name}")


def _tell_some(heading: str, rows: tuple[_Row, ...], say: Callable[[_Row], str]) -> None:
    """Count first, then at most ten lines."""
    if not rows:
        return
    click.echo(f"{heading} {len(rows)} 处：")
    for row in rows[:_SHOWN]:
        click.echo(f"  {say(row)}")
    if len(rows) > _SHOWN:
        click.echo(f"  其余 {len(rows) - _SHOWN} 处不再列出")
