"""报告: the month's report and ledger from a snapshot, notices and sheets for units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import click

from commands.files import held, told_if_refused, write_whole
from commands.folder import Folder, opened
from commands.snapshot import freeze, month_of, standing_today, thawed
from commands.words import ChineseGroup, FilePath, dry_run
from monitor.ledger import snapshots
from monitor.model import Snapshot, Unit
from monitor.parts import Part
from monitor.store import records
from monitor.wording import MonitorError
from reports.formats.docx import write_paper
from reports.formats.html import render_paper
from reports.formats.xlsx import write_table
from reports.kinds import column_sheet, ledger_book, monthly, notice, reply_sheet, unit_sheet
from reports.manuscript import Paper
from reports.period import PeriodFigures, period_figures
from reports.problems import Problem, problems_of
from reports.standing import UnitNumbers, numbers_of
from reports.tieouts import tie_outs
from reports.workbook import Sheet

#: what no file name can hold on one system or another
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\u200e-\u202e]')
_LONGEST_NAME = 80  # characters; a name of a file may have 255 bytes
#: working days within which a unit may ask for a review
_CONTESTED_WITHIN = 3

_FOLDER = click.option(
    "--folder",
    "place",
    type=FilePath(),
    default=Path("报告"),
    metavar="文件夹",
    help="写到哪个文件夹，默认 报告",
)
_CLEAN = click.option("--clean", is_flag=True, help="定稿：去掉核对框和【】")


@click.group("report", cls=ChineseGroup)
def report_verb() -> None:
    """报告：月度自查自纠报告和台账、整改通知、一校一页、栏目清单。

    例：mingcha report monthly 2026-10
    """


@report_verb.command("monthly")
@click.argument("name", metavar="快照")
@_FOLDER
@_CLEAN
@dry_run
@opened
def report_monthly(folder: Folder, name: str, place: Path, clean: bool, dry_run: bool) -> None:
    """由一份数据快照写出月度报告（Word 和网页）和台账（Excel），数字先核对一致。

    例：mingcha report monthly 2026-10
    """
    snapshot = thawed(folder, name)
    figures = checked(snapshot)
    click.echo(_told(figures))
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    with one_at_a_time(folder):
        for written in draft(folder, snapshot, figures, place, clean=clean):
            click.echo(f"已写出 {written}")


@report_verb.command("notice")
@click.argument("unit", metavar="单位", required=False)
@_FOLDER
@_CLEAN
@dry_run
@opened
def report_notice(
    folder: Folder, unit: str | None, place: Path, clean: bool, dry_run: bool
) -> None:
    """给有待整改问题的单位写整改通知（Word）和整改反馈表（Excel），一单位一份。

    例：mingcha report notice 向阳小学
    """
    wanted = [folder.unit(unit)] if unit else list(folder.units)
    findings = records.findings(folder.store)
    standing = records.assessments(folder.store)
    owing = [
        (one, problems)
        for one in wanted
        if (problems := problems_of(one, findings, standing, folder.catalog))
    ]
    for one, problems in owing:
        click.echo(f"{one.name}：{len(problems)} 项")
    if not owing:
        click.echo("没有待整改的问题，没有写文件。")
        return
    if dry_run:
        click.echo("只是预览，没有写入。")
        return
    with one_at_a_time(folder):
        for one, problems in owing:
            sheets = reply_sheet.compose(
                one,
                findings,
                standing,
                folder.catalog,
                office=folder.settings.office.name,
                on=folder.today,
                phone=folder.settings.office.phone,
            )
            for written in _notice(folder, one, problems, sheets, place, clean=clean):
                click.echo(f"已写出 {written}")


def _notice(
    folder: Folder,
    unit: Unit,
    problems: tuple[Problem, ...],
    sheets: Sequence[Sheet],
    place: Path,
    *,
    clean: bool,
) -> Iterator[Path]:
    """Write the notice of one unit and the sheet it answers on."""
    paper = notice.compose_paper(
        unit,
        problems,
        office=folder.settings.office,
        on=folder.today,
        period=f"{folder.today.year}年{folder.today.month}月",
        reply_by=folder.moment.calendar.add_workdays(folder.today, _CONTESTED_WITHIN),
    )
    yield _write_paper(place, f"整改通知-{unit.name}", paper, clean=clean)
    target = free_name(place, f"整改反馈表-{unit.name}", ".xlsx")
    with told_if_refused(target):
        write_table(target, sheets, author=folder.settings.office.name)
    yield target


@report_verb.command("unit")
@click.argument("unit", metavar="单位")
@_FOLDER
@opened
def report_unit(folder: Folder, unit: str, place: Path) -> None:
    """一校一页：一个单位现在的数字、在办的问题、最近销号的。

    例：mingcha report unit 向阳小学
    """
    one = folder.unit(unit)
    paper = unit_sheet.compose(
        standing_today(folder),
        one,
        office=folder.settings.office,
        on=folder.today,
        waivers=folder.waivers,
        past=_past_months(folder, one),
    )
    stem = f"信息公开情况表-{one.name}"
    with one_at_a_time(folder):
        click.echo(f"已写出 {_write_paper(place, stem, paper, clean=True)}")


@report_verb.command("columns")
@click.argument("unit", metavar="单位")
@_FOLDER
@opened
def report_columns(folder: Folder, unit: str, place: Path) -> None:
    """栏目应公开内容清单：一个单位每个栏目要放什么、依据、现状、下次最迟哪天；交给新联络员。

    例：mingcha report columns 向阳小学
    """
    one = folder.unit(unit)
    paper = column_sheet.compose(
        standing_today(folder),
        one,
        office=folder.settings.office,
        on=folder.moment,
        events=records.events(folder.store),
        waivers=folder.waivers,
    )
    stem = f"栏目应公开内容清单-{one.name}"
    with one_at_a_time(folder):
        click.echo(f"已写出 {_write_paper(place, stem, paper, clean=True)}")


# --- shared --------------------------------------------------------------------------------


def draft(
    folder: Folder, snapshot: Snapshot, figures: PeriodFigures, place: Path, *, clean: bool = False
) -> Iterator[Path]:
    """Write the report of a month, as Word and as a page, and its ledger; yield each file."""
    office = folder.settings.office
    paper = monthly.compose(
        snapshot,
        figures,
        office=monthly.Office(name=office.name, contact=office.officer, phone=office.phone),
        signed_on=folder.today,
        last=_month_before(folder, snapshot),
    )
    month = f"{snapshot.starts_on.year}年{snapshot.starts_on.month}月"
    stem = f"{month}信息公开自查自纠报告{'' if clean else '（送审稿）'}"
    yield _write_paper(place, stem, paper, clean=clean)
    page = free_name(place, stem, ".html")
    write_whole(page, [render_paper(paper, clean=clean)])
    yield page
    sheets = ledger_book.compose(
        snapshot,
        figures,
        office=office.name,
        today=folder.today,
        is_due_soon=folder.is_due_soon,
        duties=records.duties(folder.store),
    )
    target = free_name(place, f"{month}问题清单及整改台账", ".xlsx")
    with told_if_refused(target):  # the same snapshot gives the same bytes, whenever it is written
        write_table(target, sheets, author=office.name, made_at=snapshot.cut_off_at)
    yield target


def draft_of_month(folder: Folder, place: Path) -> str:
    """Freeze last month and write its drafts; tell what was written."""
    starts_on, ends_on = month_of(None, folder.today)
    name = f"{starts_on:%Y-%m}"
    if not any(one.id == name for one in snapshots.kept(folder.store)):
        freeze(folder, name, starts_on, ends_on, by=folder.settings.office.officer)
    snapshot = thawed(folder, name)
    with one_at_a_time(folder):
        written = list(draft(folder, snapshot, checked(snapshot), place))
    return f"{name} 的报告和台账已写在 {place}，共 {len(written)} 份。"


@contextmanager
def one_at_a_time(folder: Folder) -> Iterator[None]:
    """Let nobody else write papers of this office meanwhile: two would take the same file name."""
    who = folder.path / ".正在生成报告"
    with held(folder.path / ".报告.lock") as is_free:
        if not is_free:
            by = who.read_text("utf-8") if who.exists() else ""
            raise MonitorError(
                "E2434",
                f"报告正在生成{f'（由 {by} 发起）' if by else ''}",
                "没有另写一份。",
                "请等它写完，再看是否还需要生成。",
            )
        write_whole(who, [folder.settings.office.officer])
        try:
            yield
        finally:
            who.unlink(missing_ok=True)


def checked(snapshot: Snapshot) -> PeriodFigures:
    """The figures, once every sum in them holds."""
    figures = period_figures(snapshot)
    tie_outs(figures)
    return figures


def _month_before(folder: Folder, snapshot: Snapshot) -> PeriodFigures | None:
    """The figures of the month before, where that was frozen."""
    end = snapshot.starts_on - timedelta(days=1)
    before = [one for one in snapshots.kept(folder.store) if one.ends_on == end]
    return period_figures(thawed(folder, before[-1].id)) if before else None


def _past_months(folder: Folder, unit: Unit) -> dict[date, UnitNumbers]:
    """How the unit ended each of the last months that were frozen; the last snapshot of a month."""
    this_month = folder.today.replace(day=1)
    months = {
        one.starts_on: one.id
        for one in snapshots.kept(folder.store)
        if one.starts_on.day == 1 and one.starts_on < this_month
    }
    last = sorted(months)[-unit_sheet.MOST_MONTHS :]
    return {month: numbers_of(thawed(folder, months[month]), unit) for month in last}


def _told(figures: PeriodFigures) -> str:
    total = figures.total
    return (
        f"有效巡查 {figures.nights} 晚；应公开 {total.owed} 项，实际核查 {total.checked} 项，"
        f"达标 {total.compliant} 项，问题 {total.of(Part.PROBLEM)} 项，"
        f"未能核查 {total.of(Part.UNREACHED)} 项，待人工核实 {total.to_verify} 项"
    )


def _write_paper(place: Path, stem: str, paper: Paper, *, clean: bool) -> Path:
    target = free_name(place, stem, ".docx")
    with told_if_refused(target):
        write_paper(target, paper, clean=clean)
    return target


def free_name(place: Path, stem: str, kind: str) -> Path:
    """A name nobody has: what an officer has edited is never written over."""
    with told_if_refused(place):
        place.mkdir(parents=True, exist_ok=True)
    stem = _UNFIT.sub("_", stem)[:_LONGEST_NAME]
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    for name in names:
        if not (target := place / f"{name}{kind}").exists():
            return target
    raise MonitorError(
        "E3109",
        f"{place} 中已有近百份“{stem}”",
        "没有写入。",
        "请移走旧文件，或用 --folder 换一个文件夹。",
    )
