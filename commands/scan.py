"""巡查、状态: one night now, and how things stand."""

from __future__ import annotations

import click

from commands import night
from commands.folder import Folder, opened
from commands.words import ChineseCommand, dry_run
from monitor.model import GAPS, Status, UnitType
from monitor.store import records
from monitor.wording import Exit, MonitorError


@click.command("scan", cls=ChineseCommand)
@click.option(
    "--unit", "units", multiple=True, metavar="单位", help="只查这家单位（编码或名称），可写多次"
)
@click.option(
    "--class",
    "kinds",
    multiple=True,
    type=click.Choice([one.value for one in UnitType]),
    help="只查这类单位，可写多次",
)
@click.option(
    "--item", "items", multiple=True, metavar="事项", help="只查这个事项（编号或名称），可写多次"
)
@click.option("--resume", is_flag=True, help="接着做上一次没有做完的巡查")
@click.option("--fail-on-findings", is_flag=True, help="发现问题时以退出码 1 结束")
@dry_run
@opened
def scan_verb(
    folder: Folder,
    units: tuple[str, ...],
    kinds: tuple[str, ...],
    items: tuple[str, ...],
    resume: bool,
    fail_on_findings: bool,
    dry_run: bool,
) -> int:
    """巡查一晚：按目录打开各单位栏目，读取、判断并记录。

    例：mingcha scan --unit 青禾县实验小学 --dry-run
    """
    choice = night.Choice(
        units=frozenset(folder.unit(name).code for name in units),
        types=frozenset(map(UnitType, kinds)),
        requirements=frozenset(folder.requirement(name).id for name in items),
    )
    if folder.settings.network.test_targets:
        click.echo("注意：当前设置了测试地址（network.test_targets），仅供试用。")
    if dry_run:
        _preview(folder, choice)
        return Exit.DONE
    unfinished = folder.unfinished_scan() if resume else ""
    if resume and not unfinished:
        raise MonitorError(
            "E2401", "没有未做完的巡查", "没有执行任何操作。", "直接执行 mingcha scan 即可。"
        )
    done = night.run(folder, choice, scan=unfinished, tell=click.echo)
    click.echo(f"巡查 {done.scan} 完成：{_counted(done)}")
    if done.damaged:
        click.echo(f"有 {done.damaged} 行记录损坏，已跳过，对应栏目按未轮到处理。")
    click.echo("查看：mingcha status；网页：mingcha export overview --html 巡查情况.html")
    found = any(done.counts[status] for status in GAPS)
    return Exit.FINDINGS if fail_on_findings and found else Exit.DONE


@click.command("status", cls=ChineseCommand)
@opened
def status_verb(folder: Folder) -> None:
    """最近一次巡查、各类结论的数量、打不开的网站、待办。

    例：mingcha status
    """
    last = folder.last_scan()
    if not last:
        click.echo("还没有巡查过。先导入单位清单（mingcha units import），再执行 mingcha scan。")
        return
    scan = next(one for one in records.scans(folder.store) if one.id == last)
    click.echo(f"最近一次巡查：{scan.id}，核查 {scan.planned} 个栏目")
    for outcome, count in scan.counts.items():
        click.echo(f"  {outcome.value}　{count}")
    counts = dict.fromkeys(Status, 0)
    for one in records.assessments(folder.store):
        counts[one.status] += 1
    click.echo("结论：" + "，".join(f"{status.value} {n}" for status, n in counts.items() if n))
    _tell_silences(folder)
    states = [finding.state for finding in records.findings(folder.store)]
    waiting = "，".join(f"{state.value} {states.count(state)}" for state in dict.fromkeys(states))
    click.echo(f"问题：{waiting or '无'}")


def _preview(folder: Folder, choice: night.Choice) -> None:
    batches = night.planned(folder, choice)
    targets = [target for batch in batches for target in batch.targets]
    groups = {target.group for target in targets}
    click.echo(f"将核查 {len(targets)} 个栏目，分布在 {len(groups)} 个网站；没有打开任何网站。")
    for target in targets[:20]:
        where = target.address or f"从首页查找（{target.home}）"
        click.echo(f"  {target.unit_names[0]}　{target.column.name}　{where}")
    if len(targets) > 20:
        click.echo(f"  其余 {len(targets) - 20} 个不再列出")


def _counted(done: night.Night) -> str:
    told = [f"{status.value} {done.counts[status]}" for status in Status if done.counts[status]]
    return "，".join(told) or "没有应核查的内容"


def _tell_silences(folder: Folder) -> None:
    names = {unit.code: unit.name for unit in folder.units}
    for silence in records.nights_unreachable(folder.store):
        last = silence.last_answer_on
        good = f"最近一次成功：{last.isoformat()}" if last else "尚未成功过"
        click.echo(
            f"网站未能核查：{names.get(silence.unit, silence.unit)}，"
            f"已连续 {silence.nights} 次（{good}）。公开情况未知，不计入问题。"
        )
