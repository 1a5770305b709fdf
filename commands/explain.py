"""说明: why a verdict is what it is, from what was stored."""

from __future__ import annotations

from collections.abc import Iterator

import click

from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseCommand
from monitor.model import Assessment, Observation, Requirement, Unit
from monitor.obligations import owed
from monitor.store import records
from monitor.timelimits import arithmetic
from monitor.wording import MonitorError

#: documents of a column that are listed, the newest first
_LISTED = 5


@click.command("explain", cls=ChineseCommand)
@click.argument("unit", metavar="单位")
@click.argument("item", metavar="事项")
@opened
def explain_verb(folder: Folder, unit: str, item: str) -> None:
    """一条结论为什么是这样：栏目怎么打开的、读到了什么、时限怎么算、凭哪个页面。

    例：mingcha explain 青禾县实验小学 教育收费公示
    """
    whose, what = folder.unit(unit), folder.requirement(item)
    for line in explained(folder, whose, what):
        click.echo(line)


def explained(folder: Folder, unit: Unit, requirement: Requirement) -> Iterator[str]:
    """Yield the lines of an explanation; raises when the unit does not owe the item."""
    found = [
        one
        for one in folder.standing()
        if (one.unit, one.requirement) == (unit.code, requirement.id)
    ]
    if not found:
        raise MonitorError(
            "E2404",
            f"{unit.name}没有“{requirement.name}”这一项",
            "没有可说明的结论。",
            "可能是类别不适用、属性不符，或目录中已停用；见 mingcha catalog show。",
        )
    one = found[0]
    period = f"　{one.period}" if one.period else ""
    yield f"说明　{unit.name} · {requirement.name}（{requirement.id}）{period}"
    flags = "".join(f"（{flag}）" for flag in one.flags)
    yield f"  结论　　{one.status.symbol} {one.status.value}{flags}"
    yield f"  理由　　{one.sentence}"
    if one.last_verified_on:
        yield f"  　　　　上次成功核查：{one.last_verified_on.isoformat()}"
    yield from _looks(folder, unit, requirement)
    yield from _clocks(folder, unit, requirement)
    yield from _documents(one)
    for basis in requirement.basis:
        yield f"  依据　　《{basis.title}》{basis.doc_no}{basis.article}"
    if one.unchecked:
        yield f"  未核对　{'、'.join(one.unchecked)}"
    yield from _proofs(folder, one)
    yield from _findings(folder, one)


def _looks(folder: Folder, unit: Unit, requirement: Requirement) -> Iterator[str]:
    last = folder.last_scan()
    if not last:
        return
    for code, looks in records.looks(folder.store, last):
        if code == unit.code:
            for column in requirement.columns:
                if column in looks:
                    yield from _look(folder, looks[column])
            return


def _look(folder: Folder, look: Observation) -> Iterator[str]:
    name = folder.catalog.columns[look.column].name
    said = f"（“{look.phrase}”）" if look.phrase else ""
    yield f"  栏目　　{name}：{look.outcome.value}{said}　{look.address}".rstrip()
    covered = look.coverage
    if covered.pages:
        end = "读到末页" if covered.to_end else f"读到 {covered.since or '不详'}"
        identity = "已见本单位名称" if look.identity_seen else "未见本单位名称"
        unchanged = "，与上次相同" if look.unchanged else ""
        stopped = f"；{covered.stopped_by}" if covered.stopped_by else ""
        yield (
            f"  　　　　读 {covered.pages} 页 {covered.entries} 条，{end}{unchanged}，"
            f"{identity}{stopped}"
        )
    for remark in look.remarks:
        yield f"  　　　　{remark}"
    newest = sorted(look.documents, key=lambda one: str(one.day or ""), reverse=True)[:_LISTED]
    for number, document in enumerate(newest, 1):
        dated = document.published
        day = f"{dated.day.isoformat()}（取自{dated.source.value}）" if dated else "未标日期"
        yield f"  　　　　{number}. {document.title}　{day}"


def _clocks(folder: Folder, unit: Unit, requirement: Requirement) -> Iterator[str]:
    events = records.events(folder.store)
    days = {}
    for obligation in owed(folder.catalog, (unit,), events, folder.moment):
        if obligation.requirement.id == requirement.id:
            days = dict(obligation.events)
    label = "时限"
    for limit in requirement.limits:
        for line in arithmetic(limit, days, folder.moment):
            yield f"  {label}　　{line}"
            label = "　　"


def _documents(one: Assessment) -> Iterator[str]:
    for document in one.documents[:_LISTED]:
        yield f"  对应　　{document.title}　{document.url}"
        for attachment in document.attachments:
            yield f"  　　　　附件 {attachment.name}：{attachment.state.value}"
    if one.nearest and one.nearest not in one.documents:
        day = one.nearest.day.isoformat() if one.nearest.day else "未标日期"
        yield f"  最接近　{one.nearest.title}（{day}）　{one.nearest.url}"


def _proofs(folder: Folder, one: Assessment) -> Iterator[str]:
    for proof in one.evidence:
        at = proof.fetched_at.astimezone(BEIJING)
        yield f"  佐证　　{at:%Y-%m-%d} 访问 {proof.url}（{proof.http_status}）"
        yield f"  　　　　留存文件 {proof.path}"


def _findings(folder: Folder, one: Assessment) -> Iterator[str]:
    for finding in records.findings(folder.store):
        if (finding.unit, finding.requirement) == (one.unit, one.requirement):
            yield (
                f"  问题　　{finding.number}　{finding.state.value}"
                f"（首次 {finding.first_seen_on}，最近 {finding.last_seen_on}）"
            )
