"""What the papers of a month cost beside writing the same content with the library alone.

    python benchmarks/papers.py [--units 2000] [--items 30] [--problems 5000] [--case docx]

A month is made up once: units that owe every item, some of them found, missing, not reached or not
owed, with as many open problems as asked for. ``xlsx`` writes its ledger (R2); the reference hands
the very same cells to xlsxwriter and nothing else. ``docx`` writes its report (R1) with a list of
all problems. CPU of this process, the median of the rounds; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import xlsxwriter

from monitor.model import (
    Assessment,
    Basis,
    Catalog,
    Column,
    Evidence,
    Finding,
    FindingEvent,
    Grounds,
    Move,
    Person,
    Requirement,
    Snapshot,
    State,
    Status,
    Unit,
    UnitType,
)
from monitor.timelimits import Standing
from monitor.wording import Because
from reports.formats.docx import write_paper
from reports.formats.xlsx import write_table
from reports.kinds import ledger_book, monthly
from reports.manuscript import Annex, Link, PaperTable, Table, TableColumn
from reports.period import period_figures
from reports.workbook import Sheet

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
CUT_OFF = datetime(2026, 10, 31, 16, tzinfo=UTC)
ROUNDS = 3
#: of one round's cells, every so many were not reached, and every so many are not owed
UNREACHED_EVERY, NOT_OWED_EVERY = 41, 53
WANTED_RATIO = 2.0
WANTED_PEAK_MB = 300
WANTED_SECONDS = 3.0  # of CPU, for the report in Word

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=2_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--problems", type=int, default=5_000)
    parser.add_argument("--case", choices=CASES, action="append", help="all of them by default")
    said = parser.parse_args()
    month = _month(said.units, said.items, said.problems)
    measured: dict[str, object] = {"units": said.units, "items": said.items}
    measured["problems"] = said.problems
    with tempfile.TemporaryDirectory(prefix="mingcha-reports-") as place:
        for name in said.case or CASES:
            measured[name] = CASES[name](month, Path(place))
    print(json.dumps(measured))


# --- the ledger ----------------------------------------------------------------------------


def _xlsx(month: Snapshot, folder: Path) -> dict[str, object]:
    seconds, figures = _timed(lambda: period_figures(month))
    print(f"counted in {seconds:.1f} s")

    def compose() -> tuple[Sheet, ...]:
        return ledger_book.compose(
            month,
            figures,
            office="示例县教育局",
            today=LAST,
            is_due_soon=lambda day: LAST <= day <= LAST + timedelta(days=4),
        )

    composing, writing, dumping = [], [], []
    for _ in range(ROUNDS):
        seconds, sheets = _timed(compose)
        composing.append(seconds)
        writing.append(_timed(lambda: write_table(folder / "r2.xlsx", sheets))[0])  # noqa: B023
        peak = _peak()
        dumping.append(_timed(lambda: _dump(folder / "bare.xlsx", sheets))[0])  # noqa: B023
    composed, written = statistics.median(composing), statistics.median(writing)
    dumped = statistics.median(dumping)
    cells = sum(len(row) for sheet in sheets for row in sheet.rows)
    print(f"ledger of {cells} cells: composed {composed:.2f} s, written {written:.2f} s")
    print(f"the same cells by the library alone: {dumped:.2f} s")
    return {
        "cells": cells,
        "composed_seconds": round(composed, 2),
        "written_seconds": round(written, 2),
        "reference_seconds": round(dumped, 2),
        "ratio": round(written / dumped, 3),
        "ratio_with_composing": round((composed + written) / dumped, 3),
        "wanted_ratio": WANTED_RATIO,
        "file_kb": (folder / "r2.xlsx").stat().st_size // 1024,
        "peak_mb": peak,
        "wanted_peak_mb": WANTED_PEAK_MB,
    }


def _dump(path: Path, sheets: Sequence[Sheet]) -> None:
    """The cells and nothing else: one format for days, no looks, no lists, no marks."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for at, row in enumerate((sheet.header, *sheet.rows)):
                for column, value in enumerate(row):
                    if isinstance(value, Link):
                        page.write_url(at, column, value.address, string=value.text)
                    elif isinstance(value, date):
                        page.write_datetime(at, column, value, day)
                    elif isinstance(value, (int, float)):
                        page.write_number(at, column, value)
                    elif value:
                        page.write_string(at, column, value)


# --- the report ----------------------------------------------------------------------------


def _docx(month: Snapshot, folder: Path) -> dict[str, object]:
    figures = period_figures(month)
    office = monthly.Office(name="示例县教育局")

    def write() -> None:
        paper = monthly.compose(month, figures, office=office, signed_on=LAST)
        listed = Annex(name="问题清单", blocks=(_list_of(month),))
        write_paper(folder / "r1.docx", replace(paper, annexes=(*paper.annexes, listed)))

    seconds = statistics.median(_timed(write)[0] for _ in range(ROUNDS))
    print(f"report with its list of {len(month.findings)} problems: {seconds:.2f} s")
    return {
        "seconds": round(seconds, 2),
        "wanted_seconds": WANTED_SECONDS,
        "file_kb": (folder / "r1.docx").stat().st_size // 1024,
        "peak_mb": _peak(),
        "wanted_peak_mb": WANTED_PEAK_MB,
    }


def _list_of(month: Snapshot) -> PaperTable:
    """All problems in one table, with the address of each."""
    columns = ("编号", "单位", "事项", "类型", "期限", "页面")
    rows = tuple(
        (
            one.number,
            one.unit,
            one.requirement,
            one.status,
            str(one.deadline),
            Link(text="页面地址", address=f"http://{one.unit}.test/"),
        )
        for one in month.findings
    )
    heads = tuple(TableColumn(heading=name) for name in columns)
    return PaperTable(title="", table=Table(columns=heads, rows=rows))


CASES: Mapping[str, Callable[[Snapshot, Path], dict[str, object]]] = {
    "xlsx": _xlsx,
    "docx": _docx,
}


# --- the month -----------------------------------------------------------------------------


def _month(units: int, items: int, problems: int) -> Snapshot:
    catalog = _catalog(items)
    owing = tuple(_unit(number) for number in range(units))
    every = max(1, units * items // problems) if problems else 0
    assessments, findings, events = [], [], []
    turn = 0
    for unit in owing:
        for requirement in catalog.requirements.values():
            turn += 1
            is_problem = every and turn % every == 0 and len(findings) < problems
            status = Status.MISSING if is_problem else _status(turn)
            assessments.append(_assessment(unit, requirement, status, turn))
            if is_problem:
                found = _finding(unit, requirement, len(findings) + 1)
                findings.append(found)
                events += _life(found)
    return Snapshot(
        id="2026-10",
        starts_on=FIRST,
        ends_on=LAST,
        cut_off_at=CUT_OFF,
        made_by="经办人",
        nights=30,
        catalog=catalog,
        units=owing,
        assessments=tuple(assessments),
        findings=tuple(findings),
        events=tuple(events),
    )


def _catalog(items: int) -> Catalog:
    basis = (Basis(title="政府信息公开条例", doc_no="国令第711号", article="第二十条"),)
    names = [f"C-{number:02}" for number in range(items)]
    return Catalog(
        columns={name: Column(id=name, name=f"第{name[2:]}类信息公开") for name in names},
        requirements={
            f"R{name}": Requirement(
                id=f"R{name}",
                name=f"第{name[2:]}项应当主动公开的信息",
                applies_to=frozenset({UnitType.PRIMARY}),
                columns=(name,),
                limits=(Standing(grounds=Grounds.LAW),),
                basis=basis,
            )
            for name in names
        },
    )


def _unit(number: int) -> Unit:
    return Unit(
        code=f"U{number:05}",
        name=f"示例县第{number}小学",
        types=frozenset({UnitType.PRIMARY}),
        home=f"http://u{number}.test/",
        section="办公室",
        contact=Person(name="联络员", phone=f"0550-{number:07}"),
    )


def _status(turn: int) -> Status:
    if turn % UNREACHED_EVERY == 0:
        return Status.UNREACH
    return Status.NA if turn % NOT_OWED_EVERY == 0 else Status.OK


_BECAUSE = {
    Status.MISSING: Because.NONE_IN_WINDOW,
    Status.UNREACH: Because.PAGE_NOT_OPENED,
    Status.NA: Because.NOT_CONCERNED,
    Status.OK: Because.FRESH,
}


def _assessment(unit: Unit, requirement: Requirement, status: Status, turn: int) -> Assessment:
    facts = {"column": f"第{turn % 30}类信息公开", "words": "公示", "since": "最后一页"}
    page = f"{unit.home}{requirement.columns[0]}/list.htm"
    proof = Evidence(
        url=page, fetched_at=CUT_OFF, http_status=200, sha256=f"{turn:064x}", path=f"{turn:x}"
    )
    return Assessment(
        unit=unit.code,
        requirement=requirement.id,
        period="",
        status=status,
        because=_BECAUSE[status],
        facts=facts,
        page=page,
        evidence=(proof,) if status is Status.MISSING else (),
        assessed_on=LAST,
    )


def _finding(unit: Unit, requirement: Requirement, number: int) -> Finding:
    return Finding(
        number=f"WT-2026-{number:05}",
        unit=unit.code,
        requirement=requirement.id,
        period="",
        status=Status.MISSING,
        state=State.ASSIGNED,
        first_seen_on=FIRST,
        last_seen_on=LAST,
        last_verified_on=LAST,
        assigned_on=FIRST + timedelta(days=2),
        deadline=FIRST + timedelta(days=10 + number % 30),
    )


def _life(finding: Finding) -> list[FindingEvent]:
    moves = (
        (Move.DETECT, None, State.DETECTED),
        (Move.SEEN_AGAIN, State.DETECTED, State.TO_REVIEW),
        (Move.CONFIRM, State.TO_REVIEW, State.ASSIGNED),
        (Move.RESPOND, State.ASSIGNED, State.RESPONDED),
        (Move.SEND_BACK, State.RESPONDED, State.ASSIGNED),
    )
    begun = datetime(2026, 10, 1, 16, tzinfo=UTC)
    return [
        FindingEvent(
            finding=finding.number,
            move=move,
            from_state=before,
            to_state=after,
            by="经办人",
            at=begun + timedelta(days=day),
            reason="已在栏目中补充发布，请复核",
            address=f"http://{finding.unit}.test/{finding.number}.htm",
        )
        for day, (move, before, after) in enumerate(moves)
    ]


# --- measuring -----------------------------------------------------------------------------


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _peak() -> int:
    """The most memory this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
