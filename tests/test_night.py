"""The whole path as one story: three nights on the sample county, against its expected file."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from clerk import ran

from commands import demonstrate, night
from commands.demo.expected import FILE
from commands.demo.records import NIGHTS
from commands.demo.server import Server
from commands.demo.sheet import sheet_rows
from commands.folder import Folder
from monitor.model import GAPS, State, Status
from monitor.sheets import read_table
from monitor.store import records
from monitor.units.answers import ANSWER_HEADERS
from reports.formats.xlsx import Sheet, write_table

Cell = tuple[str, str]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The work folder after three nights and the late unit's import."""
    place = tmp_path_factory.mktemp("county") / "青禾县 样例"
    demonstrate.make_room(place)
    with Server() as server:
        demonstrate.write_settings(place, server.addresses)
        for number, day in enumerate(NIGHTS, 1):
            server.turn_to(number)
            folder = Folder(place, today=day)
            if number == 1:
                demonstrate.import_units(folder, sheet_rows(server.addresses))
            night.run(folder, tell=lambda _: None)
            folder.close()
        folder = Folder(place, today=NIGHTS[-1])
        demonstrate.import_units(folder, sheet_rows(server.addresses, with_late=True))
    yield folder
    folder.close()


def expected() -> dict[int, dict[Cell, tuple[Status, str]]]:
    nights: dict[int, dict[Cell, tuple[Status, str]]] = defaultdict(dict)
    with Path(FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cell = (row["unit"], row["requirement"])
            nights[int(row["night"])][cell] = (Status[row["status"]], row["reason"])
    return nights


def seen_on(county: Folder, number: int) -> dict[Cell, Status]:
    scan = f"{NIGHTS[number - 1]:%Y%m%d}"
    found = {
        (one.unit, one.requirement): one.status for one in records.assessments(county.store, scan)
    }
    if number == len(NIGHTS):
        found = {(one.unit, one.requirement): one.status for one in county.standing()}
    return found


@pytest.mark.parametrize("number", range(1, len(NIGHTS) + 1))
def test_every_cell_is_as_a_careful_officer_would_say(county: Folder, number: int) -> None:
    wanted, found = expected()[number], seen_on(county, number)

    wrong = {
        cell: (found.get(cell), *wanted.get(cell, (None, "")))
        for cell in wanted.keys() | found.keys()
        if cell not in wanted or found.get(cell) is not wanted[cell][0]
    }

    assert wrong == {}


@pytest.mark.parametrize("number", range(1, len(NIGHTS) + 1))
def test_nobody_is_accused_falsely(county: Folder, number: int) -> None:
    wanted = expected()[number]

    accused = {cell: status for cell, status in seen_on(county, number).items() if status in GAPS}

    assert {cell: s for cell, s in accused.items() if wanted[cell][0] not in GAPS} == {}


def test_every_status_occurs() -> None:
    assert {status for status, _ in expected()[len(NIGHTS)].values()} == set(Status)


def test_a_gap_goes_to_review_only_at_its_second_sighting(county: Folder) -> None:
    states = {finding.state for finding in records.findings(county.store)}
    events = [
        event
        for finding in records.findings(county.store)
        for event in records.finding_events(county.store, finding.number)
    ]

    assert states <= {State.DETECTED, State.TO_REVIEW, State.DROPPED}
    assert all(event.at and event.by and event.to_state for event in events)
    assert State.TO_REVIEW in states


# --- what people answer ------------------------------------------------------------------


def test_a_person_answers_what_is_unsure_and_hardly_any_is_left(
    county: Folder, tmp_path: Path
) -> None:
    place = shutil.copytree(county.path, tmp_path / "copy", ignore=shutil.ignore_patterns("scans"))
    day = NIGHTS[-1]
    asked, filled = tmp_path / "待答.xlsx", tmp_path / "已答.xlsx"
    before = statuses(place)
    assert ran("verify", "--export", asked, "--dir", place, "--today", day).code == 0
    rows = [
        [row.text(name) for name in ANSWER_HEADERS]
        for row in read_table(asked, known=ANSWER_HEADERS).rows
    ]
    for row in rows:
        row[ANSWER_HEADERS.index("答复")] = "线下公开"
        row[ANSWER_HEADERS.index("说明")] = "单位公示栏"
    write_table(filled, [Sheet(name="人工核实", header=ANSWER_HEADERS, rows=rows)])

    done = ran("verify", "--sheet", filled, "--by", "李科长", "--dir", place, "--today", day)

    assert done.code == 0, done.told
    after = statuses(place)
    unsure = [cell for cell, status in before.items() if status is Status.UNSURE]
    assert 0 < len(rows) < len(unsure)
    assert sum(status is Status.UNSURE for status in after.values()) <= 0.05 * len(after)
    assert {cell: after[cell] for cell in before if cell not in unsure} == {
        cell: status for cell, status in before.items() if cell not in unsure
    }


def statuses(place: Path) -> dict[Cell, Status]:
    folder = Folder(place, today=NIGHTS[-1])
    found = {(one.unit, one.requirement): one.status for one in folder.standing()}
    folder.close()
    return found
