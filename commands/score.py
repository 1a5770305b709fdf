"""评分: points of a period as they come out now, class by class; computed and shown, no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.rehearse import rehearse, sheet_of
from commands.snapshot import standing_today, thawed
from commands.words import ChineseCommand, Day, FilePath
from monitor.judgements.score import (
    ClassScores,
    Ranking,
    Scoring,
    UnitScore,
    Veto,
    scores,
    terms,
)
from monitor.model import Catalog, Snapshot, Unit
from monitor.wording import MonitorError
from reports.formats.xlsx import write_table
from reports.period import LEAST_NIGHTS
from reports.workbook import Kind, Look, Sheet, Value

#: items of one unit that are named
_SHOWN = 20
_COUNTS = ("应公开项", "达标项", "其中情况说明", "问题项", "未能核查及待核实")
_POINTS = ("基础得分", "整改加减分", "得分")


@click.command("score", cls=ChineseCommand)
@click.argument("name", metavar="快照", required=False)
@click.option("--unit", default="", metavar="单位", help="只看这个单位，逐项列出失分")
@click.option(
    "--veto",
    "vetoes",
    multiple=True,
    metavar="单位=理由",
    help="一票否决，由人提出，可写多次",
)
@click.option("--by", default="", metavar="姓名", help="谁提出一票否决，默认为设置中的经办人")
@click.option("--rehearsal", is_flag=True, help="改看单项否决预演（国办秘函〔2019〕19号）")
@click.option(
    "--letter",
    "letters",
    multiple=True,
    metavar="单位=日期",
    help="预演用：最早一封未答复来信的收到日期，可写多次",
)
@click.option("--xlsx", "out", type=FilePath(), metavar="文件", help="写成表格")
@opened
def score_verb(
    folder: Folder,
    name: str | None,
    unit: str,
    vetoes: tuple[str, ...],
    by: str,
    rehearsal: bool,
    letters: tuple[str, ...],
    out: Path | None,
) -> None:
    """按类别算出各单位的得分和等次，口径一并列出；只算不存。不写快照就算本月到今天为止的。

    例：mingcha score 2026-10 --xlsx 评分.xlsx
    """
    only = folder.unit(unit) if unit else None
    if (rehearsal and (name or vetoes)) or (letters and not rehearsal):
        raise MonitorError(
            "E2437",
            "评分和预演的选项不能混用",
            "没有执行任何操作。",
            "快照和 --veto 用于评分，--letter 与 --rehearsal 一起用；预演只看现在。",
        )
    if rehearsal:
        received = {code: _day(text) for code, text in _pairs(folder, "--letter", letters)}
        found = rehearse(folder, only, received)
        sheets = [sheet_of(found)]
        lines = found.lines()
    else:
        snapshot = thawed(folder, name) if name else standing_today(folder)
        signed = by or folder.settings.office.officer
        cast = [
            Veto(unit=code, reason=reason, by=_signed(signed))
            for code, reason in _pairs(folder, "--veto", vetoes)
        ]
        scoring = folder.settings.to_scoring()
        classes = _of(only, scores(snapshot, scoring, cast))
        sheets = [*(_sheet(one, scoring) for one in classes), _terms_sheet(snapshot, scoring)]
        lines = _told(classes, snapshot, scoring, only)
    if out is not None:
        refuse_to_overwrite(out)
        with told_if_refused(out):
            write_table(out, sheets)
        click.echo(f"已写出 {out}")
        return
    for line in lines:
        click.echo(line)


def _pairs(folder: Folder, option: str, given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The unit's code and what is said of it, of words like 单位=理由."""
    for text in given:
        name, mark, said = text.replace("＝", "=", 1).partition("=")
        if not (mark and said.strip()):
            raise MonitorError(
                "E2435",
                f"{option} “{text}”写得不对",
                "没有执行任何操作。",
                "请写成 单位=内容 的样子，名称里有空格的用引号括起来。",
            )
        yield folder.unit(name.strip()).code, said.strip()


def _day(text: str) -> date:
    try:
        return Day().convert(text, None, None)
    except click.BadParameter as bad:
        raise MonitorError(
            "E2438", f"--letter 的日期不能用：{bad.message}", "没有执行任何操作。", "请改正后重试。"
        ) from None


def _signed(name: str) -> str:
    if not name:
        raise MonitorError(
            "E2436",
            "没有写明是谁提出的一票否决",
            "没有执行任何操作。",
            "请加 --by 姓名，或在设置里填写 office.officer。",
        )
    return name


def _of(only: Unit | None, classes: Sequence[ClassScores]) -> list[ClassScores]:
    """The classes, or of the one a unit is in that unit alone."""
    if only is None:
        return list(classes)
    found = []
    for one in classes:
        scored = tuple(each for each in one.scored if each.unit.code == only.code)
        unscored = tuple(each for each in one.unscored if each.unit.code == only.code)
        if scored or unscored:
            kept = ClassScores(unit_class=one.unit_class, scored=scored, unscored=unscored)
            found.append(kept)
    return found


# --- on the screen ---------------------------------------------------------------------


def _told(
    classes: Sequence[ClassScores], snapshot: Snapshot, scoring: Scoring, only: Unit | None
) -> Iterator[str]:
    frozen = f"快照 {snapshot.id}" if snapshot.id else "截至今天，没有冻结"
    yield f"{snapshot.starts_on} 至 {snapshot.ends_on}（{frozen}）"
    if not classes:
        yield "没有可评分的单位。"
        return
    if snapshot.nights < LEAST_NIGHTS:
        nights = f"有效巡查 {snapshot.nights} 晚，不足 {LEAST_NIGHTS} 晚"
        yield f"{nights}：问题还没有确认，得分只供内部参考"
    for of_class in classes:
        yield f"{of_class.unit_class.value}　评分 {len(of_class.scored)} 家"
        for one in of_class.scored:
            yield f"　{_line(one, scoring)}"
            if only is not None:
                yield from (f"　　{line}" for line in _detail(one, snapshot.catalog))
        for one in of_class.unscored:
            known = f"应公开 {one.owed} 项，未能核查和待核实 {one.unknown} 项"
            yield f"　{one.unit.name}　核查不足，不参与排序（{known}）"
    if contested := sum(one.contested for one in classes):
        yield f"另有 {contested} 项正在申请复核，没有计入"
    yield "口径："
    for number, term in enumerate(terms(scoring), start=1):
        yield f"　{number}　{term}"


def _line(one: UnitScore, scoring: Scoring) -> str:
    parts = [f"第 {one.rank} 位"] if one.rank else []
    parts.append(one.unit.name)
    if scoring.ranking is Ranking.FULL:
        parts.append(f"{one.total} 分")
    if scoring.ranking is not Ranking.NONE and one.grade is not None:
        parts.append(one.grade.value)
    stated = f"（其中情况说明 {one.stated} 项）" if one.stated else ""
    parts.append(
        f"应公开 {one.owed} 项，达标 {one.compliant} 项{stated}，问题 {one.problems} 项，"
        f"未能核查和待核实 {one.unknown} 项"
    )
    if one.veto is not None:
        parts.append(_veto(one.veto))
    return "　".join(parts)


def _veto(veto: Veto) -> str:
    return f"一票否决：{veto.reason}（{veto.by}）"


def _detail(one: UnitScore, catalog: Catalog) -> Iterator[str]:
    """How the points of one unit come about: its own business, whatever may be compared."""
    yield f"基础得分 {one.base}，整改加减分 {one.adjusted:+}，得分 {one.total}"
    if one.overdue or one.relapses or one.is_prompt:
        prompt = "，本期应整改的全部按期完成" if one.is_prompt else ""
        yield f"整改逾期 {one.overdue} 项，问题反弹 {one.relapses} 项{prompt}"
    for loss in one.losses[:_SHOWN]:
        known = catalog.requirements.get(loss.requirement)
        name = known.name if known else loss.requirement
        period = f"（{loss.period}）" if loss.period else ""
        yield f"失 {loss.lost} 分　{name}{period}　{loss.status.value}，本项 {loss.worth} 分"
    if len(one.losses) > _SHOWN:
        yield f"另有 {len(one.losses) - _SHOWN} 项失分没有列出"


# --- as a sheet ------------------------------------------------------------------------


def _sheet(of_class: ClassScores, scoring: Scoring) -> Sheet:
    """得分情况表 of one class; what may not be compared has no column."""
    is_full = scoring.ranking is Ranking.FULL
    is_graded = scoring.ranking is not Ranking.NONE
    header = (
        *(("位次",) if is_full else ()),
        "单位",
        *_COUNTS,
        *(_POINTS if is_full else ()),
        *(("等次",) if is_graded else ()),
        "备注",
    )
    rows = [
        (
            *((one.rank,) if is_full else ()),
            one.unit.name,
            *(one.owed, one.compliant, one.stated, one.problems, one.unknown),
            *(map(_number, (one.base, one.adjusted, one.total)) if is_full else ()),
            *((one.grade.value if one.grade else None,) if is_graded else ()),
            _note(one),
        )
        for one in (*of_class.scored, *of_class.unscored)
    ]
    return Sheet(
        name=of_class.unit_class.value,
        title=f"{of_class.unit_class.value}得分情况表",
        header=header,
        rows=rows,
        looks=dict.fromkeys(("位次", *_COUNTS), Look(kind=Kind.NUMBER))
        | dict.fromkeys(_POINTS, Look(kind=Kind.TENTHS)),
    )


def _number(points: Decimal | None) -> Value:
    return None if points is None else float(points)


def _note(one: UnitScore) -> str:
    notes = ["核查不足，不参与排序"] if one.total is None else []
    notes += [f"正在申请复核的 {one.contested} 项没有计入"] if one.contested else []
    notes += [_veto(one.veto)] if one.veto is not None else []
    return "；".join(notes)


def _terms_sheet(snapshot: Snapshot, scoring: Scoring) -> Sheet:
    title = f"统计口径（{snapshot.starts_on} 至 {snapshot.ends_on}）"
    rows = [(number, term) for number, term in enumerate(terms(scoring), start=1)]
    looks = {"序号": Look(kind=Kind.NUMBER)}
    return Sheet(name="统计口径", title=title, header=("序号", "口径"), rows=rows, looks=looks)
