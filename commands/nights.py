"""夜巡: the nights as they were, and what an officer rules on those that wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta

import click

from commands.folder import BEIJING, Folder, opened
from commands.night import judge_scan
from commands.scope import begun
from commands.words import ChineseGroup, dry_run
from monitor.ledger.holds import rule
from monitor.model import HeldNight, Ruling, Scan, Status
from monitor.store import records
from monitor.wording import MonitorError

_SHOWN = 14
_NUMBER = click.argument("number", metavar="编号", type=int)
_REASON = click.option("--reason", required=True, metavar="理由", help="为什么")
_BY = click.option("--by", default="", metavar="姓名", help="谁决定的，默认为设置中的经办人")


@click.group("night", cls=ChineseGroup)
def night_verb() -> None:
    """夜巡：各晚的情况；一晚之内许多单位同时变差的，先暂缓，由经办人放行或作废。

    例：mingcha night list
    """


@night_verb.command("list")
@click.option("--all", "everything", is_flag=True, help="不限晚数")
@opened
def night_list(folder: Folder, everything: bool) -> None:
    """列出最近各晚，暂缓的写明为什么、涉及谁。

    例：mingcha night list
    """
    scans = records.scans(folder.store, newest=None if everything else _SHOWN)
    held = {one.scan: one for one in records.held_nights(folder.store)}
    if not scans:
        click.echo("还没有巡查过。")
    for scan in scans:
        click.echo(f"{scan.night}　{scan.id}　{scan.planned} 个栏目　{_standing(scan, held)}")
        if (one := held.get(scan.id)) is not None:
            click.echo(f"　　第 {one.number} 号暂缓：{one.reason}；涉及{_whose(folder, one)}")
            if one.ruling is not None:
                click.echo(f"　　{_ruled(one)}")


@night_verb.command("release")
@_NUMBER
@_REASON
@_BY
@dry_run
@opened
def night_release(folder: Folder, number: int, reason: str, by: str, dry_run: bool) -> None:
    """放行：看过网站，确实变差了；这一晚的结论照算。

    例：mingcha night release 1 --reason 已打开三家网站核对，确实没有内容
    """
    one = _waiting(folder, number)
    if dry_run:
        click.echo(f"将放行第 {number} 号（{one.night}）。只是预览，没有写入。")
        return
    _rule(folder, one, Ruling.RELEASED, by, reason)
    counts = judge_released(folder, one)
    click.echo(f"已放行第 {number} 号，按 {one.night} 所见判断 {counts.total()} 项。")


@night_verb.command("discard")
@_NUMBER
@_REASON
@_BY
@dry_run
@opened
def night_discard(folder: Folder, number: int, reason: str, by: str, dry_run: bool) -> None:
    """作废：是平台故障或读取有误；这一晚的结论不算，看到的都留着。

    例：mingcha night discard 1 --reason 平台当晚升级，页面显示暂无数据
    """
    one = _waiting(folder, number)
    if dry_run:
        click.echo(f"将作废第 {number} 号（{one.night}）。只是预览，没有写入。")
        return
    _rule(folder, one, Ruling.DISCARDED, by, reason)
    click.echo(f"已作废第 {number} 号（{one.night}），各项结论维持原状。")


def judge_released(folder: Folder, one: HeldNight) -> Counter[Status]:
    """Judge a released night for the day it was: its sightings count from its looks."""
    _, choice = begun(folder.scans / one.scan)  # what was not scanned is not judged either
    return judge_scan(
        folder,
        one.scan,
        replace(choice, units=one.units) if one.units else choice,
        on=replace(folder.moment, today=one.night),
        at=_instant_of(folder, one),
    )


def _rule(folder: Folder, one: HeldNight, ruling: Ruling, by: str, reason: str) -> None:
    """Write the ruling; another officer may have been quicker."""
    signed = by or folder.settings.office.officer
    if not rule(folder.store, one.number, ruling, by=signed, at=folder.now, note=reason):
        _waiting(folder, one.number)


def _waiting(folder: Folder, number: int) -> HeldNight:
    known = {one.number: one for one in records.held_nights(folder.store)}
    if (one := known.get(number)) is None:
        raise MonitorError(
            "E2417",
            f"没有第 {number} 号暂缓",
            "没有写入。",
            "编号见 mingcha night list。",
        )
    if one.ruling is not None:
        raise MonitorError(
            "E2418",
            f"第 {number} 号已处理：{_ruled(one)}",
            "没有写入。",
            "处理过的不能再改；有问题的逐项撤销或交办。",
        )
    return one


def _instant_of(folder: Folder, one: HeldNight) -> datetime:
    """When the looks of the night were taken: its sightings count from there."""
    for scan in records.scans(folder.store):
        if scan.id == one.scan:
            return scan.finished_at or scan.started_at
    return datetime.combine(one.night, time(), BEIJING) + timedelta(days=1)


def _standing(scan: Scan, held: dict[str, HeldNight]) -> str:
    if (one := held.get(scan.id)) is not None:
        return one.ruling.value if one.ruling else "暂缓，等经办人决定"
    if scan.void:
        return f"不算：{scan.void}"
    return "有效" if scan.is_valid else "没有做完"


def _ruled(one: HeldNight) -> str:
    assert one.ruling is not None
    assert one.at is not None
    when = one.at.astimezone(BEIJING)
    return f"{one.by} 于 {when:%Y-%m-%d %H:%M} {one.ruling.value}（{one.note}）"


def _whose(folder: Folder, one: HeldNight) -> str:
    if not one.units:
        return "全部单位"
    names = [unit.name for unit in folder.units if unit.code in one.units]
    return f"{len(names)} 个单位：{'、'.join(names)}"
