"""导出: verdicts as data, the overview as a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import click

from commands.files import write_whole
from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseGroup, FilePath
from crawler import evidence
from crawler.pages.text import lines_of, open_page
from monitor.model import JUDGED, Evidence, Outcome, Scan, Status
from monitor.obligations import not_judged
from monitor.store import queries, records
from monitor.wording import NoGap
from reports import figures
from reports.formats import html, terminal
from reports.kinds import overview, proof
from reports.manuscript import Cell, Link, Manuscript


@click.group("export", cls=ChineseGroup)
def export_verb() -> None:
    """导出核查结论和巡查情况表。

    例：mingcha export overview --html 巡查情况.html
    """


@export_verb.command("assessments")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON，每行一条")
@click.option(
    "--out",
    type=FilePath(),
    metavar="文件",
    help="写到文件，不写则显示在屏幕上",
)
@opened
def export_assessments(folder: Folder, as_json: bool, out: Path | None) -> None:
    """每个单位、事项、期次一行：结论、理由、日期、页面、佐证。

    例：mingcha export assessments --json --out 结论.jsonl
    """
    lines = (
        json.dumps(row, ensure_ascii=False) if as_json else _plain(row) for row in _rows(folder)
    )
    if out is None:
        for line in lines:
            click.echo(line)
        return
    kept = list(lines)
    write_whole(out, (f"{line}\n" for line in kept))
    click.echo(f"已写出 {out}，共 {len(kept)} 行")


@export_verb.command("overview")
@click.option(
    "--html",
    "page",
    type=FilePath(),
    metavar="文件",
    help="写成网页；不写则显示在屏幕上",
)
@opened
def export_overview(folder: Folder, page: Path | None) -> None:
    """巡查情况：按单位、按事项的数量，问题及佐证，核查范围说明。

    例：mingcha export overview --html 巡查情况.html
    """
    if page is None:
        click.echo(terminal.render(compose(folder)).rstrip("\n"))
    else:
        damaged = write_overview(folder, page)
        click.echo(f"已写出 {page}")
        if damaged:
            click.echo(f"有 {damaged} 份留存页面缺失或损坏，报告中未附，已逐处注明。", err=True)


def write_overview(folder: Folder, page: Path) -> int:
    """Write the overview and, in a folder beside it, one readable sheet for each proof.

    Return how many stored pages could not be read back.
    """
    proofs = _Proofs(folder, page)
    write_whole(page, [html.render(_composed(folder, proofs.cell))])
    return len(proofs.damaged)


def compose(folder: Folder) -> Manuscript:
    """The overview's manuscript without proofs."""
    return _composed(folder, lambda _: None)


def _composed(folder: Folder, proof: Callable[[figures.Row], Cell]) -> Manuscript:
    scans = [scan for scan in records.scans(folder.store) if not scan.void]
    standing = tuple(folder.standing())
    nights = {scan.night for scan in scans if not JUDGED.isdisjoint(scan.counts)}
    return overview.compose(
        figures.overview(
            standing,
            folder.units,
            folder.catalog,
            findings=records.findings(folder.store),
            troubles=tuple(_troubles(folder)),
            reach=_reach(
                folder, scans[0] if scans else None, {one.requirement for one in standing}
            ),
        ),
        office=folder.settings.office.name,
        on=scans[0].night if scans else folder.today,
        nights=len(nights),
        proof=proof,
    )


class _Proofs:
    """The proof sheets of one page, each written once."""

    def __init__(self, folder: Folder, page: Path) -> None:
        self._evidence = folder.evidence
        self._place = page.with_name(f"{page.stem}-佐证")
        self._written: set[str] = set()
        self.damaged: set[str] = set()

    def cell(self, row: figures.Row) -> Cell:
        """What leads the reader to what was seen; None when nothing was stored."""
        if not row.assessment.evidence:
            return None
        kept = row.assessment.evidence[0]
        name = f"{kept.sha256[:16]}.html"
        if kept.sha256 not in self._written | self.damaged:
            try:
                body = evidence.load(self._evidence, kept.sha256)
            except evidence.DamagedEvidence:
                self.damaged.add(kept.sha256)
            else:
                write_whole(self._place / name, [_sheet(kept, body)])
                self._written.add(kept.sha256)
        if kept.sha256 in self.damaged:
            return "留存文件缺失或损坏"
        return Link(text="查看", address=f"{quote(self._place.name)}/{name}")


def _sheet(kept: Evidence, body: bytes) -> str:
    """One stored page as a sheet that anyone can read."""
    return html.render(
        proof.compose(
            url=kept.url,
            fetched_at=kept.fetched_at.astimezone(BEIJING),
            sha256=kept.sha256,
            file=f"evidence/{kept.path}",
            text="\n".join(line.text for line in lines_of(open_page(body, kept.url).tree)),
        )
    )


def _troubles(folder: Folder) -> Iterator[figures.SiteTrouble]:
    names = {unit.code: unit.name for unit in folder.units}
    for silence in records.nights_unreachable(folder.store):
        yield figures.SiteTrouble(
            unit=silence.unit,
            unit_name=names.get(silence.unit, silence.unit),
            nights=silence.nights,
            last_good_on=silence.last_answer_on.isoformat() if silence.last_answer_on else "",
        )


def _reach(folder: Folder, scan: Scan | None, judged: Container[str]) -> figures.Reach:
    outside = {
        (one.name, NoGap[one.where.name].value): None  # in the order of the catalog
        for unit in folder.units
        if unit.active
        for one in not_judged(folder.catalog, unit)
    }
    counts = scan.counts if scan else {}
    return figures.Reach(
        columns_planned=scan.planned if scan else 0,
        columns_read=counts.get(Outcome.OPENED, 0) + counts.get(Outcome.SAYS_EMPTY, 0),
        by_outcome=counts,
        not_judged=tuple(outside),
        unchecked=tuple(
            (one.name, one.unchecked)
            for one in folder.catalog.requirements.values()
            if one.unchecked and one.id in judged
        ),
        without_site=tuple(unit.name for unit in folder.units if unit.active and not unit.home),
    )


def _rows(folder: Folder) -> Iterator[Mapping[str, object]]:
    """What is owed today, as it stands; what was never assessed comes last, as NEW."""
    items = {key: one.name for key, one in folder.catalog.requirements.items()}
    names = {unit.code: unit.name for unit in folder.units}
    owed = {(one.unit, one.requirement): one for one in folder.standing()}
    for row in queries.exported(folder.store, items):
        if owed.pop((str(row["unit"]), str(row["requirement"])), None):
            yield row
    for one in owed.values():
        yield queries.as_exported(
            one, unit_name=names[one.unit], requirement_name=items[one.requirement]
        )


def _plain(row: Mapping[str, object]) -> str:
    because = row["because"]
    text = because["text"] if isinstance(because, dict) else ""
    return (
        f"{row['unit_name']}　{row['requirement_name']}　{row['period']}　"
        f"{Status[str(row['status'])].value}　{text}"
    )
