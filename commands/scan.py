"""巡查、状态: one night now, and how things stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from commands import night
from commands.folder import Folder, UnitClass, opened, silent_since
from commands.scope import ALL, Choice, begun
from commands.words import ChineseCommand, dry_run
from monitor.model import GAPS, Outcome, Plan, State, Status, UnitType
from monitor.store import queries, records
from monitor.verified import is_answered
from monitor.wording import Exit, MonitorError

#: targets a preview lists
_SHOWN = 20
#: nights without an answer after which somebody should ask the unit
_LONG_SILENCE = 3


@click.command("scan", cls=ChineseCommand)
@click.option(
    "--unit", "units", multiple=True, metavar="单位", help="只查这家单位（编码或名称），可写多次"
)
@click.option(
    "--class",
    "kinds",
    multiple=True,
    type=UnitClass(),
    metavar="类别",
    help="只查这类单位，如 小学、幼儿园，可写多次",
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
    kinds: tuple[frozenset[UnitType], ...],
    items: tuple[str, ...],
    resume: bool,
    fail_on_findings: bool,
    dry_run: bool,
) -> int:
    """巡查一晚：按目录打开各单位栏目，读取、判断并记录。

    例：mingcha scan --unit 青禾县实验小学 --dry-run
    """
    choice = Choice(
        units=frozenset(folder.unit(name).code for name in units),
        types=frozenset().union(*kinds),
        requirements=frozenset(folder.requirement(name).id for name in items),
    )
    if folder.settings.network.test_targets:
        click.echo("注意：当前设置了测试地址（network.test_targets），仅供试用。")
    if allowed := folder.settings.network.allow_private:
        click.echo(f"已放行内网地址 {'、'.join(allowed)}。")
    unfinished = _unfinished(folder, choice) if resume else ""
    if dry_run:
        _preview(begun(folder.scans / unfinished)[0] if resume else night.planned(folder, choice))
        return Exit.DONE
    try:
        done = night.run(folder, choice, scan=unfinished, tell=click.echo)
    except KeyboardInterrupt:
        click.echo("巡查停下了，读到的内容都在；可用 mingcha scan --resume 接着做。", err=True)
        raise
    if done.void:
        click.echo(f"{done.void}。")
        first = "校正本机时间" if done.is_clock_wrong else "网络恢复"
        click.echo(f"{first}后可以再执行一次 mingcha scan；不执行的，下一晚照常巡查。")
        return Exit.NETWORK
    click.echo(f"巡查 {done.scan} 完成：{_counted(done)}")
    if done.held:
        click.echo(f"{done.held}；这些结论暂缓，请看过后 mingcha night release 或 discard。")
    if done.not_reached:
        click.echo(f"有 {done.not_reached} 个栏目未轮到，可用 mingcha scan --resume 接着做。")
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
    last = queries.last_scan(folder.store)
    if last is None:
        click.echo("还没有巡查记录。先导入单位清单（mingcha units import），再执行 mingcha scan。")
    else:
        click.echo(
            f"最近一次巡查：{last.night.isoformat()}（编号 {last.id}），应查 {last.planned} 个栏目"
        )
        if last.void:
            click.echo(f"  {last.void}。")
        for outcome in Outcome:
            if count := last.counts.get(outcome):
                click.echo(f"  {outcome.value}　{count}")
    if unfinished := folder.unfinished_scan():
        how = "正在进行" if folder.is_scanning else "没有做完，可用 mingcha scan --resume 接着做"
        click.echo(f"巡查 {unfinished} {how}。")
    standing = tuple(folder.standing())
    counts = Counter(one.status for one in standing)
    told = "，".join(f"{status.value} {counts[status]}" for status in Status if counts[status])
    click.echo(f"目前结论：{told or '没有应公开的内容'}")
    if by_hand := sum(map(is_answered, standing)):
        click.echo(f"  其中 {by_hand} 项是人工核实的")
    _tell_silences(folder)
    states = Counter(finding.state for finding in records.findings(folder.store))
    waiting = "，".join(f"{state.value} {states[state]}" for state in State if states[state])
    click.echo(f"问题：{waiting or '无'}")


def _unfinished(folder: Folder, choice: Choice) -> str:
    """The scan to go on with; it has its own range."""
    if choice != ALL:
        raise MonitorError(
            "E2410",
            "--resume 接着做上一次的范围，不能再选单位、类别或事项",
            "没有执行任何操作。",
            "请去掉 --unit、--class、--item；或去掉 --resume，另做一次巡查。",
        )
    if unfinished := folder.unfinished_scan():
        return unfinished
    raise MonitorError(
        "E2401", "没有未做完的巡查", "没有执行任何操作。", "直接执行 mingcha scan 即可。"
    )


def _preview(batches: Sequence[Plan]) -> None:
    targets = [target for batch in batches for target in batch.targets]
    groups = {target.group for target in targets}
    click.echo(f"将核查 {len(targets)} 个栏目，分布在 {len(groups)} 个网站；没有打开任何网站。")
    for target in targets[:_SHOWN]:
        where = target.address or f"从首页查找（{target.home}）"
        click.echo(f"  {target.unit_names[0]}　{target.column.name}　{where}")
    if len(targets) > _SHOWN:
        click.echo(f"  其余 {len(targets) - _SHOWN} 个不再列出")


def _counted(done: night.Night) -> str:
    told = [f"{status.value} {done.counts[status]}" for status in Status if done.counts[status]]
    return "，".join(told) or "没有应核查的内容"


def _tell_silences(folder: Folder) -> None:
    names = {unit.code: unit.name for unit in folder.units}
    for silence in records.nights_unreachable(folder.store):
        advice = "请与该单位联系。" if silence.nights >= _LONG_SILENCE else ""
        click.echo(
            f"网站未能核查：{names.get(silence.unit, silence.unit)}，{silent_since(silence)}。"
            f"公开情况未知，不计入问题。{advice}"
        )
