"""数据快照: freezing a month, listing what was frozen, and what differs between two."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, time, timedelta

import click

from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseGroup, dry_run
from monitor.catalog import load_texts
from monitor.ledger import snapshots
from monitor.ledger.snapshots import Frozen
from monitor.model import Snapshot, Status
from monitor.store import records
from monitor.wording import MonitorError
from monitor.workdays import WorkCalendar


@click.group("snapshot", cls=ChineseGroup)
def snapshot_verb() -> None:
    """数据快照：冻结一个月的数据，各份报告都由它生成，数字互相一致。

    例：mingcha snapshot freeze 2026-10
    """


@snapshot_verb.command("freeze")
@click.argument("month", metavar="月份", required=False)
@click.option("--name", metavar="名称", help="快照的名称，默认就是月份")
@click.option("--by", metavar="姓名", help="谁冻结的；默认是设置中的经办人")
@dry_run
@opened
def snapshot_freeze(
    folder: Folder, month: str | None, name: str | None, by: str | None, dry_run: bool
) -> None:
    """冻结一个月的数据，默认是上个月；冻结以后不再变。

    例：mingcha snapshot freeze 2026-10
    """
    starts_on, ends_on = month_of(month, folder.today)
    called = name or f"{starts_on:%Y-%m}"
    counts = Counter(one.status for one in folder.standing(ends_on))
    told = "，".join(f"{status.value} {counts[status]} 项" for status in Status if counts[status])
    click.echo(f"{starts_on} 至 {ends_on}：{told}")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    freeze(folder, called, starts_on, ends_on, by=by or folder.settings.office.officer)
    click.echo(f"已冻结为 {called}。下一步：mingcha report monthly {called}")


@snapshot_verb.command("list")
@opened
def snapshot_list(folder: Folder) -> None:
    """列出已冻结的数据快照。

    例：mingcha snapshot list
    """
    found = snapshots.kept(folder.store)
    if not found:
        click.echo("还没有数据快照。")
    for one in found:
        click.echo(
            f"{one.id}　{one.starts_on} 至 {one.ends_on}　"
            f"数据截止 {one.cut_off_at.astimezone(BEIJING):%Y-%m-%d %H:%M}　"
            f"{one.made_by} 冻结　校验值 {one.sha256[:12]}"
        )


@snapshot_verb.command("diff")
@click.argument("earlier", metavar="名称")
@click.argument("later", metavar="名称")
@opened
def snapshot_diff(folder: Folder, earlier: str, later: str) -> None:
    """两份数据快照之间，哪些单位的哪些事项结论变了。

    例：mingcha snapshot diff 2026-09 2026-10
    """
    before, after = (snapshots.thaw(folder.store, name) for name in (earlier, later))
    names = {unit.code: unit.name for unit in (*before.units, *after.units)}
    items = {key: one.name for key, one in folder.catalog.requirements.items()}
    old, new = _statuses(before), _statuses(after)
    changed = [key for key in sorted({*old, *new}) if old.get(key) is not new.get(key)]
    click.echo(f"共 {len({*old, *new})} 项，结论有变化的 {len(changed)} 项")
    for unit, item in changed:
        was, now = (side.get((unit, item)) for side in (old, new))
        click.echo(
            f"{names.get(unit, unit)}　{items.get(item, item)}　"
            f"{was.value if was else '未列入'} → {now.value if now else '未列入'}"
        )


def _statuses(frozen: Frozen) -> dict[tuple[str, str], Status]:
    return {(one.unit, one.requirement): one.status for one in frozen.assessments}


def freeze(folder: Folder, name: str, starts_on: date, ends_on: date, *, by: str) -> None:
    """Freeze a month of the office under ``name``."""
    end = datetime.combine(ends_on + timedelta(days=1), time(), BEIJING)
    snapshots.freeze(
        folder.store,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        cut_off_at=min(end, folder.now),
        made_by=by,
        at=folder.now,
        rules=dict(folder.catalog.files),
        assessments=folder.standing(ends_on),
        calendar=folder.moment.calendar,
    )


def month_of(month: str | None, today: date) -> tuple[date, date]:
    """First and last day of a month written 2026-10; of last month when none is.

    >>> month_of("2026-02", date(2026, 11, 23))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> month_of(None, date(2026, 1, 4))[0]
    datetime.date(2025, 12, 1)
    """
    try:
        first = date.fromisoformat(f"{month}-01") if month else _before(today)
    except ValueError:
        raise MonitorError(
            "E2721", f"“{month}”不是月份", "没有执行任何操作。", "请写成 2026-10 的样子。"
        ) from None
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def standing_today(folder: Folder) -> Snapshot:
    """The month so far, as it stands now; frozen nowhere."""
    starts_on = folder.today.replace(day=1)
    scans = records.scans(folder.store)
    findings = records.findings(folder.store)
    return Snapshot(
        id="",
        starts_on=starts_on,
        ends_on=folder.today,
        cut_off_at=folder.now,
        made_by=folder.settings.office.officer,
        nights=len({one.night for one in scans if one.night >= starts_on and one.is_valid}),
        catalog=folder.catalog,
        units=folder.units,
        assessments=tuple(folder.standing()),
        findings=findings,
        events=tuple(
            event for one in findings for event in records.finding_events(folder.store, one.number)
        ),
        silent={
            one.unit: (one.nights, one.last_answer_on)
            for one in records.nights_unreachable(folder.store)
        },
        calendar=folder.moment.calendar,
    )


def thawed(folder: Folder, name: str) -> Snapshot:
    """A snapshot with its catalog, as it was when it was frozen."""
    frozen = snapshots.thaw(folder.store, name)
    calendar = folder.moment.calendar
    if frozen.calendar:
        calendar = WorkCalendar.of_plain(json.loads(frozen.calendar))
    return Snapshot(
        id=frozen.id,
        starts_on=frozen.starts_on,
        ends_on=frozen.ends_on,
        cut_off_at=frozen.cut_off_at,
        made_by=frozen.made_by,
        nights=frozen.nights,
        catalog=load_texts(frozen.rules.items(), units=frozen.units),
        units=frozen.units,
        assessments=frozen.assessments,
        findings=frozen.findings,
        events=frozen.events,
        silent=frozen.silent,
        calendar=calendar,
    )
