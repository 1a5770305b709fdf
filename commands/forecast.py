"""预告: what falls due in the days ahead, told before it does; nothing is stored or sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.latest import cases
from commands.words import ChineseCommand, FilePath
from monitor.judgements.forecast import Expected, Standing, expected, horizon, left_out
from monitor.judgements.risk import History, ranked
from monitor.store import queries
from monitor.wording import Flag
from reports.formats.xlsx import write_table
from reports.workbook import Kind, Look, Sheet, Value

_SHOWN = 20
_LONGEST = 250
_HEADER = (
    *("最迟日期", "风险", "单位编码", "单位", "事项编号", "公开事项", "要做的事", "现状"),
    *("期次", "起因", "说明", "算法", "标注"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """What was found for the span asked about."""

    until: date
    found: tuple[Expected, ...]
    unknown: int  # items nobody knows to concern their unit


class Workdays(click.ParamType[int]):
    """How far to look ahead; a year at most, for so far the calendar reaches."""

    name = "天数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not text.isdecimal() or not 1 <= int(text[:9]) <= _LONGEST:
            self.fail(f"“{value}”不能用，请写 1 至 {_LONGEST} 的数", param, ctx)
        return int(text)


@click.command("forecast", cls=ChineseCommand)
@click.option("--unit", default="", metavar="单位", help="只看这个单位")
@click.option(
    "--days",
    type=Workdays(),
    default=20,
    metavar="天数",
    help="今后多少个工作日，默认 20",
)
@click.option("--explain", is_flag=True, help="逐项说明日期怎么算")
@click.option("--all", "everything", is_flag=True, help="已公开的也列，不限条数")
@click.option("--xlsx", "out", type=FilePath(), metavar="文件", help="写成表格")
@opened
def forecast_verb(
    folder: Folder, unit: str, days: int, explain: bool, everything: bool, out: Path | None
) -> None:
    """今后一段时间各单位要公开什么，最迟哪天，哪些容易误期；风险高的在前。只看不存，不发信。

    例：mingcha forecast --unit 向阳小学 --explain
    """
    ahead = _looked_ahead(folder, unit, days)
    wanted = [one for one in ahead.found if everything or _is_open(one)]
    for line in _summed_up(folder, ahead, days):
        click.echo(line)
    if out is not None:
        refuse_to_overwrite(out)
        with told_if_refused(out):
            write_table(out, [_sheet(ahead, wanted)])
        click.echo(f"已写出 {out}，共 {len(wanted)} 项")
        return
    shown = wanted if everything else wanted[:_SHOWN]
    for one in shown:
        for line in _told(one, explain=explain):
            click.echo(line)
    if len(wanted) > len(shown):
        click.echo(f"其余 {len(wanted) - len(shown)} 项加 --all 或 --xlsx 文件 查看")


def _looked_ahead(folder: Folder, unit: str, days: int) -> _Ahead:
    units = (folder.unit(unit),) if unit else folder.units
    on = folder.moment
    until = horizon(on, days)
    found: list[Expected] = []
    unknown = 0
    for case in cases(folder, units):
        found += expected(case, folder.catalog, on, until)
        unknown += left_out([one for one, _ in case.judged])
    history = History.of(queries.past_turns(folder.store))
    return _Ahead(until=until, found=ranked(found, history, on), unknown=unknown)


def _is_open(one: Expected) -> bool:
    return one.standing is not Standing.PUBLISHED


def _summed_up(folder: Folder, ahead: _Ahead, days: int) -> Iterator[str]:
    still = [one for one in ahead.found if _is_open(one)]
    yield f"{folder.today} 起 {days} 个工作日，至 {ahead.until}：要做的 {len(still)} 项"
    if folder.moment.calendar.is_provisional(folder.today, ahead.until):
        year = ahead.until.year
        yield f"{year} 年的放假安排尚未公布，工作日暂按周一至周五计，公布后日期可能变动"
    levels = Counter(one.level for one in still)
    if still:
        yield "风险" + "，".join(f"{level} {levels[level]} 项" for level in "高中低")
    published = len(ahead.found) - len(still)
    if published:
        yield f"另有 {published} 项已经公开，没有列出（加 --all 列出）"
    if ahead.unknown:
        yield f"另有 {ahead.unknown} 项是否涉及本单位还不知道，没有列入：请在单位清单里补填属性"


def _told(one: Expected, *, explain: bool) -> Iterator[str]:
    day = one.day
    flags = "".join(f"（{flag}）" for flag in one.flags)
    named = f"{one.requirement.name}（{one.requirement.id}）"
    parts = (str(one.due), f"风险{one.level}", one.unit.name, named, _to_do(one))
    yield "　".join(parts) + flags
    what = "；".join(part for part in (day.period, day.of, *one.reasons) if part)
    if what:
        yield f"　　{what}"
    if explain:
        yield from (f"　　　　{step}" for step in one.steps)


def _to_do(one: Expected) -> str:
    what = f"应{one.day.act.value}"
    is_plain = one.standing is Standing.OWED
    return what if is_plain else f"{what}（{one.standing.value}）"


def _sheet(ahead: _Ahead, wanted: Sequence[Expected]) -> Sheet:
    provisional = any(Flag.PROVISIONAL.value in one.flags for one in wanted)
    notes = ["风险只用来排序：以往是否按时，到期日前后有没有长假、寒暑假。"]
    notes += ["有的日期要等放假安排公布后才能确定，见“标注”。"] if provisional else []
    return Sheet(
        name="预告",
        title=f"至 {ahead.until} 到期的公开事项",
        notes=tuple(notes),
        header=_HEADER,
        rows=[_row(one) for one in wanted],
        looks={"最迟日期": Look(kind=Kind.DATE)},
        fixed=2,
    )


def _row(one: Expected) -> tuple[Value, ...]:
    return (
        *(one.due, one.level, one.unit.code, one.unit.name),
        *(one.requirement.id, one.requirement.name),
        *(one.day.act.value, one.standing.value),
        *(one.day.period, one.day.of, "；".join(one.reasons)),
        *("；".join(one.steps), "；".join(one.flags)),
    )
