"""人工核实: a person answers what the machine cannot decide: one item, or a sheet of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder, opened
from commands.words import ChineseCommand, Day, FilePath, dry_run
from monitor.cells import BadCell, read_address
from monitor.ledger.verifications import verify
from monitor.model import Answer, Assessment, Verification
from monitor.store import records
from monitor.textform import normal_form
from monitor.units.answers import ANSWER_CHOICES, Reply, answer_rows, read_answers
from monitor.verified import Objection, is_answered, lasts_until, objection, questions
from monitor.wording import Exit, Mistake, MonitorError, Slip, nearest
from reports.formats.xlsx import Sheet, write_table

_SHOWN = 10
_NOTES = (
    "一行是一个原因：同一单位、同一页面、同样的原因。答复管这一行的全部事项；答复不同的，复制成几行，各留相应的事项。",
    "在“答复”选一个：已公开（写地址）、未公开、线下公开（写说明）、不涉及（写说明）。留空的行以后再答。",
)

Key = tuple[str, str]


class AnswerWord(click.ParamType[Answer]):
    """答复: one of the four words."""

    name = "答复"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Answer:
        by_word = {one.value: one for one in Answer}
        found = value if isinstance(value, Answer) else by_word.get(normal_form(value))
        if found is None:
            near = nearest(value, by_word)
            hint = f"是不是“{near}”" if near else f"可写 {'、'.join(ANSWER_CHOICES)}"
            self.fail(f"没有“{value}”这种答复，{hint}", param, ctx)
        return found


class Address(click.ParamType[str]):
    """网址 as typed, mended as in a sheet."""

    name = "网址"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return read_address(value)[0]
        except BadCell:
            self.fail(f"“{value}”不是网址，请写成 http://www.example.cn/ 的样子", param, ctx)


@click.command("verify", cls=ChineseCommand)
@click.argument("unit", metavar="单位", required=False)
@click.argument("item", metavar="事项", required=False)
@click.option("--answer", type=AnswerWord(), metavar="答复", help="、".join(ANSWER_CHOICES))
@click.option(
    "--address", type=Address(), default="", metavar="网址", help="公开在哪个网址，答“已公开”时写"
)
@click.option(
    "--note", default="", metavar="说明", help="公开在哪里，或为什么不涉及；线下公开、不涉及时写"
)
@click.option(
    "--until",
    type=Day(),
    metavar="日期",
    help="有效到哪一天；最长一年，“未公开”最长 30 天，不写就是最长",
)
@click.option("--by", default="", metavar="姓名", help="谁核实的，默认为设置中的经办人")
@click.option("--export", "out", type=FilePath(), metavar="文件", help="把待人工核实的写成表格")
@click.option("--sheet", type=FilePath(), metavar="文件", help="读入填好的表格")
@click.option("--replace", is_flag=True, help="改掉已有的回答；原来的回答仍留在记录里")
@dry_run
@opened
def verify_verb(
    folder: Folder,
    unit: str | None,
    item: str | None,
    answer: Answer | None,
    address: str,
    note: str,
    until: date | None,
    by: str,
    out: Path | None,
    sheet: Path | None,
    replace: bool,
    dry_run: bool,
) -> int:
    """人工核实：机器不能断定的（待人工核实），由人看过后回答；可以一项一项答，也可以用表格。

    例：mingcha verify 青禾县实验小学 教育收费公示 --answer 线下公开 --note 校门口公示栏
    """
    asked = (out is not None, sheet is not None, unit is not None)
    if sum(asked) != 1 or (unit is not None and (item is None or answer is None)):
        raise MonitorError(
            "E2420",
            "请选一种用法：写单位、事项和 --answer；或 --export 文件；或 --sheet 文件",
            "没有执行任何操作。",
            "例子见 mingcha verify --help。",
        )
    signed = by or folder.settings.office.officer
    if out is not None:
        _export(folder, out, dry_run=dry_run)
        return Exit.DONE
    office = _Office.of(folder, replacing=replace)
    if sheet is not None:
        return _take_sheet(office, sheet, signed, dry_run=dry_run)
    assert unit is not None
    assert item is not None
    assert answer is not None
    key = folder.unit(unit).code, folder.requirement(item).id
    said = office.said(key, answer, by=signed, address=address, note=note, until=until)
    if (wrong := office.objection(said)) is not None:
        _, slip, facts = wrong
        what, remedy = slip.tell(**facts)
        raise MonitorError("E2421", what, "没有记下回答。", f"{remedy}。")
    _keep(office, [said], dry_run=dry_run)
    return Exit.DONE


@dataclass(frozen=True, kw_only=True)
class _Office:
    """How everything stands, and what was answered so far."""

    folder: Folder
    names: Mapping[str, str]
    standing: Mapping[Key, Assessment]
    before: Mapping[tuple[str, str, str], Verification]
    replacing: bool

    @classmethod
    def of(cls, folder: Folder, *, replacing: bool) -> _Office:
        return cls(
            folder=folder,
            names={unit.code: unit.name for unit in folder.units},
            standing={(one.unit, one.requirement): one for one in folder.standing()},
            before=records.verifications(folder.store),
            replacing=replacing,
        )

    def said(
        self,
        key: Key,
        answer: Answer,
        *,
        by: str,
        address: str = "",
        note: str = "",
        until: date | None = None,
    ) -> Verification:
        """An answer to how an item of a unit stands now."""
        unit, requirement = key
        judged = self.standing.get(key)
        return Verification(
            unit=unit,
            requirement=requirement,
            period=judged.period if judged else "",
            answer=answer,
            by=by,
            at=self.folder.now,
            address=address,
            note=note,
            valid_until=until or lasts_until(answer, self.folder.today),
        )

    def objection(self, said: Verification) -> Objection | None:
        """Why it is not taken."""
        before = self.before.get((said.unit, said.requirement, said.period))
        return objection(
            said,
            self.standing.get((said.unit, said.requirement)),
            self.folder.catalog.requirements[said.requirement],
            unit=self.names[said.unit],
            before=None if self.replacing else before,
            on=self.folder.today,
        )

    def has_said(self, said: Verification) -> bool:
        """Whether the same answer stands already."""
        judged = self.standing.get((said.unit, said.requirement))
        before = self.before.get((said.unit, said.requirement, said.period))
        if self.replacing or judged is None or before is None or not is_answered(judged):
            return False
        same = (said.answer, said.address, said.note)
        return same == (before.answer, before.address, before.note)


def _take_sheet(office: _Office, sheet: Path, signed: str, *, dry_run: bool) -> int:
    """Take what can be taken; rows that are wrong are named with their column."""
    read = read_answers(sheet, office.folder.units, office.folder.catalog)
    mistakes = list(read.mistakes)
    taken: list[Verification] = []
    known = 0
    for reply in read.taken:
        said = office.said(
            (reply.unit, reply.requirement),
            reply.answer,
            by=reply.by or signed,
            address=reply.address,
            note=reply.note,
            until=reply.until,
        )
        if office.has_said(said):
            known += 1
        elif (wrong := _wrong(office, reply, said)) is not None:
            mistakes.append(wrong)
        else:
            taken.append(said)
    _tell_some("请留意", read.remarks)
    _tell_some("没有记下", sorted(mistakes, key=lambda one: one.line))
    told = [f"{read.blank} 行没有填答复"] if read.blank else []
    told += [f"{known} 项与已有的回答相同"] if known else []
    if told:
        click.echo(f"{'，'.join(told)}。")
    _keep(office, taken, dry_run=dry_run)
    return Exit.INPUT if mistakes else Exit.DONE


def _wrong(office: _Office, reply: Reply, said: Verification) -> Mistake | None:
    if reply.period is not None and reply.period != normal_form(said.period):
        item = office.folder.catalog.requirements[said.requirement].name
        given, period = f"{item}（{reply.period}）", said.period or "不分期"
        return reply.row.mistake("事项", Slip.ANSWER_OLD_PERIOD, given=given, period=period)
    if (wrong := office.objection(said)) is None:
        return None
    column, slip, facts = wrong
    return reply.row.mistake(column, slip, **facts)


def _keep(office: _Office, answers: Sequence[Verification], *, dry_run: bool) -> None:
    names, items = office.names, office.folder.catalog.requirements
    for said in answers[:_SHOWN]:
        click.echo(
            f"{names[said.unit]}　{items[said.requirement].name}　{said.answer.value}"
            f"（{said.by}，有效至 {said.valid_until}）"
        )
    if len(answers) > _SHOWN:
        click.echo(f"其余 {len(answers) - _SHOWN} 项不再列出")
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    decided = verify(office.folder.store, answers, office.folder.catalog) if answers else 0
    later = len(answers) - decided
    click.echo(
        f"记下 {len(answers)} 项回答" + (f"，其中 {later} 项下一次巡查起生效" if later else "")
    )
    _tell_left(office.folder)


def _tell_left(folder: Folder) -> None:
    """How much still waits, and how much is known by a person only."""
    standing = tuple(folder.standing())
    waiting = questions(standing)
    unsure = sum(len(one.assessments) for one in waiting)
    share = unsure * 100 / max(len(standing), 1)
    by_hand = sum(map(is_answered, standing))
    click.echo(f"现有人工核实 {by_hand} 项；仍待人工核实 {unsure} 项（{share:.1f}%）。")


def _export(folder: Folder, out: Path, *, dry_run: bool) -> None:
    waiting = questions(folder.standing())
    listing = answer_rows(waiting, folder.units, folder.catalog)
    count = sum(len(one.assessments) for one in waiting)
    if not dry_run:
        refuse_to_overwrite(out)
        sheet = Sheet(
            name="人工核实",
            header=listing.header,
            rows=listing.rows,
            choices=listing.choices,
            notes=_NOTES,
        )
        with told_if_refused(out):
            write_table(out, [sheet])
    done = "只是预览，没有写出" if dry_run else f"已写出 {out}"
    click.echo(f"{done}：待人工核实 {count} 项，归为 {len(waiting)} 行")


def _tell_some(heading: str, told: Iterable[Mistake]) -> None:
    listed = list(told)
    if listed:
        click.echo(f"{heading} {len(listed)} 处：")
    for one in listed:
        click.echo(f"  {one}")
