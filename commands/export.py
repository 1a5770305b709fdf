"""导出: verdicts as data, the overview as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseGroup
from crawler import evidence
from crawler.pages.text import lines_of, open_page
from monitor.model import Evidence, Outcome, Status
from monitor.obligations import not_judged
from monitor.store import queries, records
from reports import figures
from reports.formats import html, terminal
from reports.kinds import overview, proof
from reports.manuscript import Manuscript


@click.group("export", cls=ChineseGroup)
def export_verb() -> None:
    """导出核查结论和巡查情况表。

    例：mingcha export overview --html 巡查情况.html
    """


@export_verb.command("assessments")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON，每行一条")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到文件，不写则显示在屏幕上",
)
@opened
def export_assessments(folder: Folder, as_json: bool, out: Path | None) -> None:
    """每个单位、事项、期次一行：结论、理由、日期、页面、佐证。"""
    lines = (
        json.dumps(row, ensure_ascii=False) if as_json else _plain(row) for row in _rows(folder)
    )
    if out is None:
        for line in lines:
            click.echo(line)
        return
    with out.open("w", encoding="utf-8") as file:
        count = sum(1 for line in lines if file.write(f"{line}\n"))
    click.echo(f"已写出 {out}，共 {count} 行")


@export_verb.command("overview")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写成网页；不写则显示在屏幕上",
)
@opened
def export_overview(folder: Folder, page: Path | None) -> None:
    """巡查情况：按单位、按事项的数量，问题及佐证，核查范围说明。"""
    if page is None:
        click.echo(terminal.render(compose(folder, None)))
    else:
        write_overview(folder, page)
        click.echo(f"已写出 {page}")


def write_overview(folder: Folder, page: Path) -> None:
    """Write the overview and, in a folder beside it, one readable sheet for each proof."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(html.render(compose(folder, page)))


def compose(folder: Folder, page: Path | None) -> Manuscript:
    """The overview's manuscript; with ``page`` given its proofs are written beside it."""
    proofs = _Proofs(folder, page)
    return overview.compose(
        figures.overview(
            folder.standing(),
            folder.units,
            folder.catalog,
            findings=records.findings(folder.store),
            troubles=tuple(_troubles(folder)),
            reach=_reach(folder),
        ),
        office=folder.settings.office.name,
        on=folder.today,
        nights=len(records.scans(folder.store)),
        proof=proofs.address,
    )


class _Proofs:
    """The proof sheets of one page, each written once."""

    def __init__(self, folder: Folder, page: Path | None) -> None:
        self._folder = folder
        self._place = page.with_name(f"{page.stem}-佐证") if page else None
        self._written: set[str] = set()

    def address(self, row: figures.Row) -> str:
        """Where the reader finds what was seen, "" when there is nothing or no page."""
        if self._place is None or not row.assessment.evidence:
            return ""
        kept = row.assessment.evidence[0]
        if kept.sha256 not in self._written:
            self._written.add(kept.sha256)
            self._write(kept, self._place)
        return f"{self._place.name}/{kept.sha256[:16]}.html"

    def _write(self, kept: Evidence, place: Path) -> None:
        place.mkdir(exist_ok=True)
        body = evidence.load(self._folder.evidence, kept.sha256)
        sheet = proof.compose(
            url=kept.url,
            fetched_at=kept.fetched_at.astimezone(BEIJING),
            sha256=kept.sha256,
            file=kept.path,
            text="\n".join(line.text for line in lines_of(open_page(body, kept.url).tree)),
        )
        (place / f"{kept.sha256[:16]}.html").write_bytes(html.render(sheet))


def _troubles(folder: Folder) -> Iterator[figures.SiteTrouble]:
    names = {unit.code: unit.name for unit in folder.units}
    for silence in records.nights_unreachable(folder.store):
        yield figures.SiteTrouble(
            unit=silence.unit,
            unit_name=names.get(silence.unit, silence.unit),
            nights=silence.nights,
            last_good_on=silence.last_answer_on.isoformat() if silence.last_answer_on else "",
        )


def _reach(folder: Folder) -> figures.Reach:
    last = folder.last_scan()
    scan = next((one for one in records.scans(folder.store) if one.id == last), None)
    outside = {
        (one.name, "线下公开或按表填报")
        for unit in folder.units
        for one in not_judged(folder.catalog, unit)
    }
    counts = scan.counts if scan else {}
    return figures.Reach(
        columns_planned=scan.planned if scan else 0,
        columns_read=counts.get(Outcome.OPENED, 0) + counts.get(Outcome.SAYS_EMPTY, 0),
        by_outcome=counts,
        not_judged=tuple(sorted(outside)),
        unchecked=tuple(
            (one.name, one.unchecked)
            for one in folder.catalog.requirements.values()
            if one.unchecked
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
