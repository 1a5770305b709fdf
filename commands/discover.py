"""找栏目: addresses of columns, proposed for the clerk to accept in bulk; nothing is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import click

import crawler.run
from commands import night
from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, UnitClass, opened
from commands.scope import Choice
from commands.words import ChineseCommand, FilePath, dry_run, out_file
from crawler.plan import plan
from monitor.ledger import units as ledger
from monitor.model import Column, Discovery, Plan, Sureness, Unit, UnitType
from monitor.units.proposals import (
    ACCEPT,
    ADDRESS,
    NOT_FOUND,
    NOT_OPENED,
    PROPOSAL_CHOICES,
    PROPOSAL_HEADERS,
    Accepted,
    proposal_rows,
    read_proposals,
    sureness_of,
    with_entrances,
)
from monitor.wire import read_scan, scan_name
from monitor.wording import Clue, Exit, MonitorError
from reports.formats.xlsx import Sheet, write_table
from reports.manuscript import Link
from reports.workbook import Kind, Look

#: units, or changes, that a screen shows
_SHOWN = 10
#: politeness groups searched before we look whether a scan wants the sites
_GROUPS = 16
_NOTES = (
    "“确定”的已在“采用”列填“是”，其余请打开网址看一看再填；“没有找到”不等于没有，可自己补上网址。",
    "填好后：mingcha discover --accept 本文件。留空和“否”的不采用，单位清单里原有的网址不会删去。",
)
_LOOKS = {
    ADDRESS: Look(kind=Kind.LINK, width=44),
    "依据": Look(width=70),
    "最新一条": Look(kind=Kind.DATE),
    ACCEPT: Look(is_open=True),
}


@click.command("discover", cls=ChineseCommand)
@click.argument("units", metavar="单位…", nargs=-1)
@click.option("--all", "every", is_flag=True, help="找全部单位的")
@click.option(
    "--class",
    "kinds",
    multiple=True,
    type=UnitClass(),
    metavar="类别",
    help="只找这类单位的（与 --all 同用），如 小学、幼儿园，可写多次",
)
@out_file("栏目地址.xlsx")
@click.option(
    "--accept",
    "sheet",
    type=FilePath(),
    metavar="文件",
    help="读回填好的栏目地址表，把采用的网址写入单位清单",
)
@dry_run
@opened
def discover_verb(
    folder: Folder,
    units: tuple[str, ...],
    every: bool,
    kinds: tuple[frozenset[UnitType], ...],
    out: Path,
    sheet: Path | None,
    dry_run: bool,
) -> int:
    """替单位清单找栏目网址：从首页、菜单和所在平台找，写明把握和依据，由人采用。

    例：mingcha discover --all，看过、填好后 mingcha discover --accept 栏目地址.xlsx
    """
    if sheet is not None:
        _refuse_both(units, every)
        _accept(folder, sheet, dry_run=dry_run)
        return Exit.DONE
    choice = _choice(folder, units, every, kinds)
    batches, siteless = _planned(folder, choice)
    _tell_siteless(siteless)
    if not batches:
        click.echo("没有要找的栏目，没有写文件。")
        return Exit.DONE
    if dry_run:
        _preview(folder, batches)
        return Exit.DONE
    refuse_to_overwrite(out)
    found: list[Discovery] = []
    try:
        _search(folder, batches, found)
    finally:  # what was found by then is worth having, whatever stopped us
        if found:
            whole = _whole(folder, batches, found)
            _tell(folder, whole)
            _write(folder, whole, out)
    return Exit.DONE


def _refuse_both(units: Sequence[str], every: bool) -> None:
    if units or every:
        raise MonitorError(
            "E2415",
            "--accept 与要找的单位不能同时写",
            "没有执行任何操作。",
            "先写出表格并填好，再单独执行 mingcha discover --accept 文件。",
        )


def _choice(
    folder: Folder, units: Sequence[str], every: bool, kinds: Sequence[frozenset[UnitType]]
) -> Choice:
    if bool(units) == every:
        raise MonitorError(
            "E2414",
            "没有写找哪些单位的栏目" if not units else "单位和 --all 只能写一样",
            "没有执行任何操作。",
            "请写 mingcha discover 单位，或 mingcha discover --all。",
        )
    return Choice(
        units=frozenset(folder.unit(name).code for name in units),
        types=frozenset().union(*kinds),
    )


# --- looking ---------------------------------------------------------------------------


def _planned(folder: Folder, choice: Choice) -> tuple[tuple[Plan, ...], tuple[Unit, ...]]:
    """What would be looked for, batch by batch; and the units for which there is nowhere to look.

    A unit without a site is looked for on that of its 主管单位. Known addresses are left out: the
    eyes shall find them by themselves.
    """
    by_code = {unit.code: unit for unit in folder.units}
    wants = tuple(night.wanted(folder, choice))
    owing = {want.unit for want in wants}
    starts = {code: _start(by_code[code], by_code) for code in owing}
    batches = plan(
        (replace(want, look_for=()) for want in wants),
        units=(replace(by_code[code], home=home, entrances={}) for code, home in starts.items()),
        catalog=folder.catalog,
        remembered={},
        network=folder.settings.to_network(),
        scan="discover",
        night=folder.today,
        clock_offset=folder.clock_offset,
        groups=_GROUPS,
    )
    siteless = tuple(by_code[code] for code in sorted(owing) if not starts[code])
    return batches, siteless


def _start(unit: Unit, by_code: Mapping[str, Unit]) -> str:
    """Where to begin for a unit: its own address, or that of the nearest office above it."""
    known: set[str] = set()
    above: Unit | None = unit
    while above is not None and above.code not in known:
        known.add(above.code)
        if place := above.home or above.disclosure_home:
            return place
        above = by_code.get(above.parent)
    return ""


def _search(folder: Folder, batches: Sequence[Plan], found: list[Discovery]) -> None:
    """Look for all columns, batch by batch; stops when a scan begins, which goes first."""
    for number, batch in enumerate(batches, 1):
        if folder.is_scanning:
            effect, remedy = "没有再打开网站。", "请等它做完后再找；进展见 mingcha status。"
            raise MonitorError("E2416", "巡查正在进行，同一网站不宜同时打开", effect, remedy)
        with TemporaryDirectory(prefix="mingcha-") as place:
            try:
                crawler.run.search(batch, Path(place), seconds=folder.seconds_for(batch))
            finally:  # also what was found before a person, or a disk, stopped us
                file = Path(place, scan_name(batch.night, batch.batch))
                found += read_scan(file).discoveries()
        if len(batches) > 1:
            click.echo(f"第 {number} 批，共 {len(batches)} 批：已找 {len(batch.targets)} 个栏目")


def _whole(
    folder: Folder, batches: Iterable[Plan], found: Iterable[Discovery]
) -> tuple[Discovery, ...]:
    """A discovery for each target, in the order of the 单位清单 and of the catalog."""
    by_key = {one.key: one for one in found}
    not_reached = (Clue.NOT_REACHED.tell(),)
    every = (
        by_key.get(target.key)
        or Discovery(unit=target.unit, column=target.column.id, looked=not_reached)
        for batch in batches
        for target in batch.targets
    )
    units = {unit.code: place for place, unit in enumerate(folder.units)}
    columns = {column: place for place, column in enumerate(folder.catalog.columns)}
    return tuple(sorted(every, key=lambda one: (units[one.unit], columns[one.column])))


def _tell_siteless(units: Sequence[Unit]) -> None:
    for unit in units[:_SHOWN]:
        click.echo(
            f"{unit.name}：没有登记网站，主管单位也没有，无处可找；"
            "请在单位清单里填信息公开栏目地址或主管单位"
        )
    if len(units) > _SHOWN:
        click.echo(f"其余 {len(units) - _SHOWN} 家没有登记网站的不再列出")


def _preview(folder: Folder, batches: Sequence[Plan]) -> None:
    names = {unit.code: unit.name for unit in folder.units}
    targets = [target for batch in batches for target in batch.targets]
    starts = {target.unit: target.home for target in targets}
    counts = Counter(target.unit for target in targets)
    click.echo(f"将为 {len(counts)} 家单位找 {len(targets)} 个栏目：")
    for code, count in [*counts.items()][:_SHOWN]:
        click.echo(f"  {names[code]}　{count} 个栏目，从 {starts[code]} 找起")
    if len(counts) > _SHOWN:
        click.echo(f"  其余 {len(counts) - _SHOWN} 家不再列出")
    click.echo("只是预览，没有打开网站，也没有写文件。")


def _tell(folder: Folder, found: Sequence[Discovery]) -> None:
    """A short table for each unit: which columns, and how sure."""
    names = {unit.code: unit.name for unit in folder.units}
    by_unit = [(code, tuple(own)) for code, own in groupby(found, key=lambda one: one.unit)]
    for code, own in by_unit[:_SHOWN]:
        click.echo(f"{names[code]}（{code}）　应有 {len(own)} 个栏目")
        for word in _WORDS:
            alike = [one for one in own if sureness_of(one) == word]
            if alike and word == NOT_OPENED:
                click.echo(f"  {word}：{alike[0].looked[0]}")
            elif alike:
                titles = "、".join(folder.catalog.columns[one.column].name for one in alike)
                click.echo(f"  {word}　{len(alike)}：{titles}")
    if len(by_unit) > _SHOWN:
        click.echo(f"其余 {len(by_unit) - _SHOWN} 家见表格")
    if closed := [names[code] for code, own in by_unit if not own[0].opened]:
        more = "等" if len(closed) > _SHOWN else ""
        click.echo(
            f"{NOT_OPENED}的 {len(closed)} 家：{'、'.join(closed[:_SHOWN])}{more}，"
            "请先用浏览器核对首页网址"
        )
    counts = Counter(map(sureness_of, found))
    told = "，".join(f"{word} {counts[word]}" for word in _WORDS if counts[word])
    click.echo(f"共 {len(by_unit)} 家、{len(found)} 个栏目：{told}")


_WORDS = (*(one.value for one in Sureness), NOT_FOUND, NOT_OPENED)


def _write(folder: Folder, found: Sequence[Discovery], out: Path) -> None:
    place = PROPOSAL_HEADERS.index(ADDRESS)
    rows = [
        tuple(
            Link(text=str(cell), address=str(cell)) if at == place and cell else cell
            for at, cell in enumerate(row)
        )
        for row in proposal_rows(found, folder.units, folder.catalog.columns)
    ]
    accepted = sum(row[-1] == "是" for row in rows)
    sheet = Sheet(
        name="栏目地址",
        header=PROPOSAL_HEADERS,
        rows=rows,
        choices=PROPOSAL_CHOICES,
        notes=_NOTES,
        looks=_LOOKS,
    )
    with told_if_refused(out):
        write_table(out, [sheet])
    known = {(unit.code, column) for unit in folder.units for column in unit.entrances}
    already = len({(one.unit, one.column) for one in found} & known)
    told = f"，单位清单中已有网址的 {already} 个不预填" if already else ""
    click.echo(f"已写出 {out}：{len(rows)} 行，已预填采用 {accepted} 行{told}，其余请看过再填")
    click.echo(f"填好后：mingcha discover --accept {out}")


# --- accepting -------------------------------------------------------------------------


def _accept(folder: Folder, path: Path, *, dry_run: bool) -> None:
    """Write the accepted addresses into the 单位清单, as its columns 栏目：…."""
    columns = folder.catalog.columns
    said = read_proposals(path, folder.units, columns)
    for mistake in (*said.remarks, *said.mistakes):
        click.echo(str(mistake))
    if said.mistakes:
        click.echo(f"以上有 {len(said.mistakes)} 处没有采用，其余照办。")
    by_code = {unit.code: unit for unit in folder.units}
    kept = {one: by_code[one.unit].entrances.get(one.column, "") for one in said.taken}
    added = [one for one, known in kept.items() if not known]
    changed = [one for one, known in kept.items() if known not in {"", one.address}]
    click.echo(
        f"新增 {len(added)} · 修改 {len(changed)} · 不变 {len(kept) - len(added) - len(changed)}"
        f" · 不采用 {said.left}"
    )
    _tell_changes("新增", added, by_code, columns, lambda one: one.address)
    _tell_changes("修改", changed, by_code, columns, lambda one: f"{kept[one]} → {one.address}")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    if not added and not changed:
        click.echo("单位清单没有变动。")
        return
    ledger.replace(folder.store, with_entrances(folder.units, said.taken), at=folder.now)
    click.echo("已写入单位清单，下一次巡查按这些网址打开；查看：mingcha units export")


def _tell_changes(
    heading: str,
    changes: Sequence[Accepted],
    units: Mapping[str, Unit],
    columns: Mapping[str, Column],
    say: Callable[[Accepted], str],
) -> None:
    """Count first, then at most ten lines."""
    if not changes:
        return
    click.echo(f"{heading} {len(changes)} 处：")
    for one in changes[:_SHOWN]:
        click.echo(f"  {units[one.unit].name}　{columns[one.column].name}　{say(one)}")
    if len(changes) > _SHOWN:
        click.echo(f"  其余 {len(changes) - _SHOWN} 处不再列出")
