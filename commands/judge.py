"""复判: a past night judged again from what is stored, beside what was decided then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path

import click

from commands.files import write_whole
from commands.folder import BEIJING, Folder, opened
from commands.judging import Judge, given_of_scan
from commands.scope import ALL, begun
from commands.texts import Texts
from commands.words import ChineseCommand, Day, FilePath
from monitor.model import Assessment, Given, Judging, Scan, Status
from monitor.store import judgings, queries, records
from monitor.store.replayed import Difference, Replayed, compare
from monitor.wording import Exit, MonitorError, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """一晚的复判: by what it is judged again, and what of that could not be taken back."""

    given: Given
    judging: Judging | None = None  # None: a night of a program that did not note it
    lost: tuple[str, ...] = ()


@click.command("judge", cls=ChineseCommand)
@click.option(
    "--as-of", "day", type=Day(), metavar="日期", help="复判到这一天为止最近的一晚，默认今天"
)
@click.option("--json", "out", type=FilePath(), metavar="文件", help="把逐条结论写成文件")
@opened
def judge_verb(folder: Folder, day: date | None, out: Path | None) -> None:
    """只凭留存的记录，把过去一晚重新判断一遍，与当晚的结论逐条对照；不改动任何记录。

    例：mingcha judge --as-of 2026-10-31
    """
    folder.leaves_no_trace = True
    scan = _scan(folder, day or folder.today)
    lines: list[str] = []
    is_same = True
    for night in nights_of(folder, scan):
        done = judged_again(folder, scan, night)
        lines += done.lines
        for line in _told(folder, scan, night, done):
            click.echo(line)
        is_same &= came_to_the_same(night, done)
    if out is not None:
        write_whole(out, lines)
        click.echo(f"已写出 {out}，共 {len(lines)} 行")
    if not is_same:
        click.echo("复判与当晚不一致，请先执行 mingcha verify-log 查清原因，再采用当晚的结论。")
        raise click.exceptions.Exit(Exit.FINDINGS)


def _scan(folder: Folder, day: date) -> Scan:
    """The last night up to a day that counts and was judged."""
    for scan in records.scans(folder.store):
        if scan.night <= day and not scan.void:
            noted = judgings.judgings_of(folder.store, scan.id)
            if noted or queries.statuses_by_unit(folder.store, scan.id):
                return scan
    raise MonitorError(
        "E2441",
        f"到 {day} 为止还没有判断过的巡查",
        "没有复判。",
        "各晚的情况见 mingcha night list。",
    )


def nights_of(folder: Folder, scan: Scan) -> Iterator[Night]:
    """How the scan was judged: once, and again for units whose verdicts had waited."""
    noted = judgings.judgings_of(folder.store, scan.id)
    for judging in noted:
        if judging.missing:
            raise Trouble.BASIS_LOST.error(parts="、".join(judging.missing), night=scan.night)
        yield Night(given=judgings.given_then(folder.store, judging), judging=judging)
    if not noted:
        yield _before_it_was_noted(folder, scan)


def _before_it_was_noted(folder: Folder, scan: Scan) -> Night:
    """By what is known now, as far back as the memory keeps the days of it."""
    at = scan.finished_at or scan.started_at
    place = folder.scans / scan.id
    choice = begun(place)[1] if place.exists() else ALL
    given = given_of_scan(folder, scan.id, choice, on=replace(folder.moment, today=scan.night))
    lost = ["当晚的日历没有留存，按现在的日历计算"]
    if given.catalog.digest != scan.catalog_digest:
        lost.append("当晚的目录没有留存，按现行目录判断")
    lost += [
        f"{name}后来改动过 {count} 行，按现在的算"
        for name, count in queries.changed_since(folder.store, at).items()
        if count
    ]
    lost.append("信息条目的正文和附件后来有变动的，按后来所见")
    given = replace(
        given,
        waivers=records.waivers(folder.store, at),
        answers=tuple((said, said.digest) for said, _ in given.answers if said.at <= at),
    )
    return Night(given=given, lost=tuple(lost))


def judged_again(folder: Folder, scan: Scan, night: Night) -> Replayed:
    """Judge it again, from the memory and the pages beside it; nothing is stored."""
    judge = Judge(folder.store, scan.id, night.given, Texts(folder.evidence))
    judged: Iterator[Assessment] = (one for case in judge.cases() for _, one in case.judged)
    at: datetime = night.judging.at if night.judging else scan.finished_at or scan.started_at
    return compare(folder.store, scan.id, judged, at=at)


def came_to_the_same(night: Night, done: Replayed) -> bool:
    """Whether what comes out is what was decided; to the byte, where that was noted."""
    if night.judging is None:
        return not done.differences
    is_stored = not done.differences or night.judging.is_late
    return night.judging.sha256 == done.sha256 and is_stored


def _told(folder: Folder, scan: Scan, night: Night, done: Replayed) -> Iterator[str]:
    given, judging = night.given, night.judging
    at = f"，{judging.at.astimezone(BEIJING):%Y-%m-%d %H:%M} 判断" if judging else ""
    yield f"复判　{scan.night} 的巡查 {scan.id}{at}，共 {len(done.lines)} 项"
    yield f"  版本　　{_versions(folder, given)}"
    if judging is not None:
        yield f"  判断所据　{'、'.join(judgings.KEPT)}，均为当时所存"
    for line in night.lost:
        yield f"  不能还原　{line}"
    if given.program != (here := version("mingcha")):
        yield f"  程序　　当晚为 {given.program or '未记'}，现在为 {here}"
    counts = (f"{one.value} {done.counts[one]}" for one in Status if done.counts.get(one))
    yield f"  结论　　{'，'.join(counts)}"
    if done.answered:
        yield f"  其中 {done.answered} 项此后由人工核实回答，与当晚不同属正常"
    if judging is not None and judging.is_late:
        yield "  这一部分放行时，更新的一晚已经判断，现有结论以更新的一晚为准"
    else:
        yield from _differing(folder, given, done.differences)
    yield f"  校验值　{done.sha256}"
    if came_to_the_same(night, done):
        yield "与当晚的结论逐字节一致。" if judging else "与当晚的结论逐条一致。"
    elif not done.differences and judging is not None:
        yield f"结论逐条相同，但依据的细节与当晚不同（当晚校验值 {judging.sha256}）。"
    else:
        yield f"与当晚的结论有 {len(done.differences)} 项不一致。"


def _versions(folder: Folder, given: Given) -> str:
    calendar = judgings.calendar_digest(given.moment.calendar)
    return versions(given.catalog.digest, calendar, given.reader)


def versions(catalog: str, calendar: str, reader: str) -> str:
    """By which rules, calendar and eyes a verdict was made, in one short line."""
    told = (("目录", catalog[:12]), ("日历", calendar[:12]), ("读取", reader))
    return "　".join(f"{name} {said or '未记'}" for name, said in told)


def _differing(folder: Folder, given: Given, differences: Sequence[Difference]) -> Iterator[str]:
    names = {unit.code: unit.name for unit in (*given.units, *folder.units)}
    for one in differences:
        unit, requirement, period = one.key
        known = given.catalog.requirements.get(requirement)
        item = f"{known.name if known else requirement}{f'（{period}）' if period else ''}"
        before = one.stored.value if one.stored else "没有结论"
        now = one.now.value if one.now else "没有结论"
        told = f"当晚 {before}，复判 {now}" if before != now else f"{now}，理由或佐证不同"
        yield f"  {names.get(unit, unit)}　{item}：{told}"
