"""问题: the verbs by which an officer decides: one verb a move, and a sheet for many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from commands.absence import proof_of
from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.lookback import lookback_lines, write_lookback
from commands.words import ChineseGroup, Day, FilePath, dry_run, out_file
from monitor.decisions import WITHDRAWALS, Decision, due_answer, resuming
from monitor.findings import CONFIRMED, SETTLED, days_overdue, key_of
from monitor.ledger.decisions import Decided, preview, take
from monitor.model import Assessment, Finding, Move, Opinion, State, UnitType
from monitor.reviews import CHOICES, HEADERS, Case, read_reviews, review_rows
from monitor.store import records
from monitor.units import lead_of
from monitor.waivers import GROUNDS
from monitor.wording import MonitorError, Objection
from reports.formats.xlsx import Sheet, write_table

_SHOWN = 20
#: 回头看的结果
_SEEN = {
    Opinion.FOUNDED.value: Move.STILL_MENDED,
    Opinion.UNFOUNDED.value: Move.NOT_MENDED,
}
_STATES = {state.value: state for state in State}
_SHEET_NOTES = (
    "每行是一个原因：同一页面或同一单位的同类问题一次审完。",
    "在“处理意见”选确认、误报或暂缓；误报、暂缓要写理由。留空的行以后再定。",
)


@click.group("findings", cls=ChineseGroup)
def findings_verb() -> None:
    """问题：确认、交办、误报、复核、销号，每一步都留下记录。

    例：mingcha findings list，再 mingcha findings show WT-2026-00001
    """


@findings_verb.command("list")
@click.option("--state", "state", metavar="环节", help="只列这个环节，如 待审核")
@click.option("--unit", metavar="单位", help="只列这个单位")
@click.option("--all", "everything", is_flag=True, help="也列已销号、已撤销的，不限条数")
@opened
def findings_list(folder: Folder, state: str | None, unit: str | None, everything: bool) -> None:
    """列出问题；默认列出还没有了结的。

    例：mingcha findings list --state 待审核
    """
    wanted = _state(state) if state else None
    code = folder.unit(unit).code if unit else ""
    found = [
        one
        for one in records.findings(folder.store)
        if (not code or one.unit == code)
        and (one.state is wanted if wanted else everything or one.state not in SETTLED)
    ]
    if not found:
        click.echo("没有这样的问题。")
        return
    counts = Counter(one.state for one in found)
    told = "，".join(f"{state.value} {counts[state]} 项" for state in State if counts[state])
    click.echo(f"共 {len(found)} 项：{told}")
    names, standing = _names(folder), _standing(folder)
    for one in found if everything else found[:_SHOWN]:
        click.echo(_line(one, names, folder))
        if judged := standing.get(key_of(one)):
            click.echo(f"　　{judged.sentence}")
    if len(found) > _SHOWN and not everything:
        click.echo(f"其余 {len(found) - _SHOWN} 项：加 --all，或 mingcha findings export")


@findings_verb.command("show")
@click.argument("number", metavar="编号")
@click.option("--proof", is_flag=True, help="佐证单：规则、时限怎么算、每晚读了哪些页面，可打印")
@opened
def findings_show(folder: Folder, number: str, proof: bool) -> None:
    """一个问题现在怎样、凭什么、经过了哪些处理；--proof 写出可打印的佐证单。

    例：mingcha findings show WT-2026-00001 --proof
    """
    one = _finding(folder, number)
    if proof:
        for line in proof_of(folder, one):
            click.echo(line)
        return
    names = _names(folder)
    click.echo(_line(one, names, folder))
    if judged := _standing(folder).get(key_of(one)):
        click.echo(f"最近的结论　{judged.status.value}：{judged.sentence}（{judged.assessed_on}）")
        if judged.page:
            click.echo(f"页面　　　　{judged.page}")
    click.echo(f"首次发现　　{one.first_seen_on}，最近见到 {one.last_seen_on}")
    if one.section:
        click.echo(f"责任科室　　{one.section}")
    events = records.finding_events(folder.store, one.number)
    if one.state is State.CONTESTED and (due := due_answer(events, folder.clock)):
        click.echo(f"申请复核　　请于 {due} 前答复")
    click.echo("处理记录")
    for event in events:
        when = event.at.astimezone(folder.now.tzinfo)
        ground = f"（{GROUNDS[event.ground]}）" if event.ground else ""
        said = "　".join(filter(None, (f"{event.reason}{ground}", event.address)))
        click.echo(f"　{when:%Y-%m-%d %H:%M}　{event.move.value}　{event.by}　{said}".rstrip())
    click.echo(f"逐条依据见 mingcha explain {names[one.unit]} {one.requirement}")


# --- one verb a move -----------------------------------------------------------------------

_NUMBERS = click.argument("numbers", metavar="编号", nargs=-1, required=True)
_BY = click.option("--by", metavar="姓名", help="谁决定的；默认是设置中的经办人")
_REASON = click.option("--reason", default="", metavar="理由", help="写进记录的理由")
_DEADLINE = click.option("--deadline", type=Day(), metavar="日期", help="整改期限，默认按设置推算")
_SECTION = click.option("--section", default="", metavar="科室", help="责任科室")
_ADDRESS = click.option("--address", default="", metavar="网址", help="整改后或实际所在的网址")
_GROUND = click.option(
    "--ground",
    type=click.Choice(list(GROUNDS)),
    metavar="C1…C10",
    help="；".join(f"{code} {told}" for code, told in GROUNDS.items()),
)
_UNTIL = click.option(
    "--until", "resume_on", type=Day(), metavar="日期", help="最后一天，默认30天后"
)


def _act(name: str, move: Move, told: str, *options: Callable[[Any], Any]) -> None:
    """Add the verb ``name`` that makes one move of any number of findings."""

    def command(
        folder: Folder, numbers: tuple[str, ...], by: str | None, dry_run: bool, **said: Any
    ) -> None:
        said = {key: value for key, value in said.items() if value is not None}
        signed = by or folder.settings.office.officer
        carry_out(
            folder,
            [Decision(finding=number, move=move, by=signed, **said) for number in numbers],
            dry_run=dry_run,
        )

    command.__doc__ = told
    made: Callable[..., Any] = opened(command)
    for option in (*reversed(options), _BY, _NUMBERS, dry_run):
        made = option(made)
    findings_verb.command(name)(made)


_act(
    "confirm",
    Move.CONFIRM,
    "确认是问题并交办，从第二天起计整改期限。\n\n例：mingcha findings confirm WT-2026-00001",
    _DEADLINE,
    _SECTION,
    _REASON,
)
_act(
    "withdraw",
    Move.WITHDRAW,
    f"不是问题，作误报撤销；同样的误判不再提出。\n\n理由可写：{'；'.join(WITHDRAWALS)}。\n\n"
    "例：mingcha findings withdraw WT-2026-00001 --reason 页面识别有误",
    _REASON,
)
_act(
    "assign",
    Move.CHANGE,
    "改责任科室或整改期限，写明理由。\n\n"
    "例：mingcha findings assign WT-2026-00001 --section 财务科 --reason 职责调整",
    _DEADLINE,
    _SECTION,
    _REASON,
)
_act(
    "respond",
    Move.RESPOND,
    "单位反馈已整改，等待复核；期限停止计算。\n\n"
    "例：mingcha findings respond WT-2026-00001 --by 刘老师 --address http://…",
    _ADDRESS,
    _REASON,
)
_act(
    "close",
    Move.CLOSE,
    "看过页面，确已整改，销号。\n\n例：mingcha findings close WT-2026-00001 --address http://…",
    _ADDRESS,
    _REASON,
)
_act(
    "return",
    Move.SEND_BACK,
    "看过页面，仍未整改，退回；期限接着计算。\n\n"
    "例：mingcha findings return WT-2026-00001 --reason 仍缺收费标准",
    _REASON,
)
_act(
    "contest",
    Move.CONTEST,
    "登记单位的复核申请，写明提出人和理由。\n\n"
    "例：mingcha findings contest WT-2026-00001 --by 刘老师 --ground C1 --address http://…",
    _GROUND,
    _ADDRESS,
    _REASON,
)
_act(
    "uphold",
    Move.UPHOLD,
    "采纳复核申请，问题撤销，逾期一并抹去。\n\n"
    "例：mingcha findings uphold WT-2026-00001 --reason 已在校园安全栏目公开",
    _REASON,
)
_act(
    "reject",
    Move.REJECT,
    "不采纳复核申请，仍需整改。\n\n"
    "例：mingcha findings reject WT-2026-00001 --reason 所附页面为上年内容",
    _REASON,
)
_act(
    "suspend",
    Move.SUSPEND,
    "网站改版等原因，暂停计时，到期自动恢复。\n\n"
    "例：mingcha findings suspend WT-2026-00001 --until 2026-12-15 --reason 网站迁移",
    _UNTIL,
    _REASON,
)


@findings_verb.command("resume")
@_NUMBERS
@_BY
@dry_run
@opened
def findings_resume(
    folder: Folder, numbers: tuple[str, ...], by: str | None, dry_run: bool
) -> None:
    """提前结束暂缓，期限接着计算。

    例：mingcha findings resume WT-2026-00001
    """
    signed = by or folder.settings.office.officer
    carry_out(
        folder,
        [
            Decision(finding=number, move=resuming(_finding(folder, number)), by=signed)
            for number in numbers
        ],
        dry_run=dry_run,
    )


# --- 回头看 ---------------------------------------------------------------------------------


@findings_verb.command("lookback")
@click.option("--xlsx", "out", type=FilePath(), metavar="文件", help="写成表格")
@opened
def findings_lookback(folder: Folder, out: Path | None) -> None:
    """列出该回头看的：销号满 30 天、90 天的抽看一部分，有问题反弹的单位全看。

    例：mingcha findings lookback --xlsx 回头看.xlsx
    """
    if out is not None:
        count = write_lookback(folder, out)
        click.echo(f"已写出 {out}，共 {count} 项")
        return
    for line in lookback_lines(folder):
        click.echo(line)


@findings_verb.command("looked")
@_NUMBERS
@click.option(
    "--as",
    "seen",
    type=click.Choice(list(_SEEN)),
    required=True,
    metavar="结果",
    help="属实：整改保持着；不属实：没有整改，转问题反弹，要写 --reason（整改提醒里会告诉单位）",
)
@_ADDRESS
@_REASON
@_BY
@dry_run
@opened
def findings_looked(
    folder: Folder,
    numbers: tuple[str, ...],
    seen: str,
    address: str,
    reason: str,
    by: str | None,
    dry_run: bool,
) -> None:
    """写下回头看的结果：属实的仍为已销号，不属实的转问题反弹。

    例：mingcha findings looked WT-2026-00001 --as 不属实 --reason 链接打开是空白页
    """
    signed = by or folder.settings.office.officer
    carry_out(
        folder,
        [
            Decision(finding=number, move=_SEEN[seen], by=signed, reason=reason, address=address)
            for number in numbers
        ],
        dry_run=dry_run,
    )


# --- many at once --------------------------------------------------------------------------


@findings_verb.command("export")
@out_file("待审核问题.xlsx")
@opened
def findings_export(folder: Folder, out: Path) -> None:
    """把待审核的问题写成表格，一个原因一行，填好后导入。

    例：mingcha findings export
    """
    names, standing = _names(folder), _standing(folder)
    waiting = [one for one in records.findings(folder.store) if one.state is State.TO_REVIEW]
    if not waiting:
        click.echo("没有待审核的问题，没有写文件。")
        return
    refuse_to_overwrite(out)
    found = review_rows(
        Case(
            finding=one,
            assessment=standing.get(key_of(one)),
            unit_name=names[one.unit],
            requirement_name=names[one.requirement],
        )
        for one in waiting
    )
    sheet = Sheet(
        name="待审核问题", header=HEADERS, rows=found, choices=CHOICES, notes=_SHEET_NOTES
    )
    with told_if_refused(out):
        write_table(out, [sheet])
    click.echo(f"待审核 {len(waiting)} 项，归为 {len(found)} 行，已写入 {out}")
    click.echo(f"填好“处理意见”后：mingcha findings import {out}")


@findings_verb.command("import")
@click.argument("sheet", metavar="文件", type=FilePath())
@_BY
@dry_run
@opened
def findings_import(folder: Folder, sheet: Path, by: str | None, dry_run: bool) -> None:
    """读回填好的表格；读不懂的行逐一说明，其余照办。

    例：mingcha findings import 待审核问题.xlsx --dry-run
    """
    known = {one.number: one for one in records.findings(folder.store)}
    decisions, mistakes = read_reviews(sheet, known, by=by or folder.settings.office.officer)
    for mistake in mistakes:
        click.echo(str(mistake))
    if mistakes:
        click.echo(f"以上 {len(mistakes)} 处没有采用，其余照办。")
    if not decisions:
        click.echo("表中没有可以照办的处理意见。")
        return
    carry_out(folder, decisions, dry_run=dry_run)


# --- shared --------------------------------------------------------------------------------


def carry_out(folder: Folder, decisions: Sequence[Decision], *, dry_run: bool) -> None:
    """Take decisions and tell each; raise the refusal of a single one."""
    do = preview if dry_run else take
    led = tuple(_with_sections(folder, decisions))
    done = do(folder.store, led, at=folder.now, clock=folder.clock)
    refused = [one for one in done if one.refused]
    if len(done) == 1 and refused:
        raise refused[0].refused or AssertionError
    names = _names(folder)
    for one in done[:_SHOWN]:
        click.echo(_told(one, names, folder))
    if len(done) > _SHOWN:
        click.echo(f"其余 {len(done) - _SHOWN} 项略。")
    click.echo(
        ("只是预览，没有写入。" if dry_run else f"已处理 {len(done) - len(refused)} 项。")
        + (f"未处理 {len(refused)} 项，原因见上。" if refused else "")
    )


def _with_sections(folder: Folder, decisions: Sequence[Decision]) -> Iterator[Decision]:
    """A bureau's own item goes to the section that leads on it, unless another one is named."""
    bureaus = {unit.code for unit in folder.units if UnitType.BUREAU in unit.types}
    found = {one.number: one for one in records.findings(folder.store) if one.unit in bureaus}
    duties = records.duties(folder.store)
    for decision in decisions:
        finding = found.get(decision.finding)
        requirement = folder.catalog.requirements.get(finding.requirement) if finding else None
        if decision.move is Move.CONFIRM and not decision.section and requirement:
            lead = lead_of(duties, requirement)
            decision = replace(decision, section=lead.section if lead else "")
        yield decision


def _told(one: Decided, names: dict[str, str], folder: Folder) -> str:
    if one.finding is None:
        return f"{one.decision.finding}　未处理：{one.refused.what if one.refused else ''}"
    return _line(one.finding, names, folder)


def _line(one: Finding, names: dict[str, str], folder: Folder) -> str:
    """One finding in a line: number, state, what, whose, by when."""
    clock = ""
    if one.state in CONFIRMED and one.deadline:
        late = days_overdue(one, folder.clock)
        clock = f"　期限 {one.deadline}" + (f"（逾期 {late} 个工作日）" if late else "")
    if one.state is State.SUSPENDED:
        clock = f"　暂缓至 {one.resume_on}"
    what = f"{names.get(one.unit, one.unit)}　{names.get(one.requirement, one.requirement)}"
    period = f"（{one.period}）" if one.period else ""
    return f"{one.number}　{one.state.value}　{one.status.value}　{what}{period}{clock}"


def _finding(folder: Folder, number: str) -> Finding:
    for one in records.findings(folder.store):
        if one.number == number:
            return one
    raise Objection.NO_SUCH_FINDING.error(number=number)


def _names(folder: Folder) -> dict[str, str]:
    """What people call units and items, by code and id."""
    names = {unit.code: unit.short_name or unit.name for unit in folder.units}
    return names | {key: one.name for key, one in folder.catalog.requirements.items()}


def _standing(folder: Folder) -> dict[tuple[str, str, str], Assessment]:
    return {one.key: one for one in records.assessments(folder.store)}


def _state(word: str) -> State:
    if word in _STATES:
        return _STATES[word]
    raise MonitorError(
        "E2720",
        f"没有“{word}”这个环节",
        "没有执行任何操作。",
        f"可写：{'、'.join(_STATES)}。",
    )
