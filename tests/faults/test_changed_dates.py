"""Days that were changed after they were first seen: to look fresh, or to look in time.

Whole nights over a real server; HTM-20 and HTM-21 of what a monitor must survive.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched
from schoolpages import UNIT, article, home, listing

from commands.folder import Folder
from monitor.ledger import units
from monitor.model import Event, Status
from monitor.wording import Because

CATALOG = """
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示]}
requirements:
  - id: S-FEES
    name: 教育收费公示
    applies_to: [primary]
    column: fees
    match: {any: [收费]}
    limits: [{kind: column_max_age, max_age: 1m, grounds: law}]
    complete: [{kind: fields_present, fields: [举报电话]}]
    basis: [{title: 教育收费公示制度}]
  - id: S-BUDGET
    name: 部门预算
    applies_to: [primary]
    column: fees
    match: {any: [预算]}
    limits: [{kind: after_event, event: 预算批复, days: 20, day_kind: working, grounds: law}]
    basis: [{title: 预算法}]
"""
FEES, BUDGET = "2026年收费公示", "2026年部门预算公开"
OTHER = ("关于收费的旧公示", "/old.html", date(2025, 3, 2))
APPROVED = date(2026, 9, 1)  # due on 29 September: the 20th was worked, 25 to 27 were holidays


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture
def office(switchboard: Switchboard, tmp_path: Path) -> Office:
    made = Office(tmp_path / "科 室", switchboard)
    (made.place / "catalog.yaml").write_text(CATALOG, "utf-8")
    (made.place / "settings.yaml").write_text("rules: [catalog.yaml]", "utf-8")
    folder = Folder(made.place, today=on(1))
    approval = Event(unit="", event="预算批复", day=APPROVED)
    units.replace_events(folder.store, [approval], at=folder.now)
    folder.close()
    return made


def shown(office_site: dict[str, object], *rows: tuple[str, str, date], words: str = "甲") -> None:
    """Put these rows into the list, each with its page of the same day."""
    office_site["/fees/"] = listing("收费信息", rows)
    for title, url, day in rows:
        text = f"现将收费标准予以公示（{words}），举报电话12345。"
        office_site[url] = article(title, day, text)


def test_a_day_that_moves_each_night_makes_nothing_new(office: Office) -> None:
    site = office.add("A1", UNIT, {"/": home({"收费信息": "/fees/"})}, fees="/fees/")
    statuses = []
    for number in range(10):
        day = on(1) + timedelta(days=5 * number)
        shown(site.routes, (FEES, "/a.html", day), OTHER)
        scan = office.night(day)
        statuses.append(office.verdict("A1").status)
    last = office.verdict("A1")

    assert statuses == [Status.OK] * 5 + [Status.DUE_SOON] * 2 + [Status.UNSURE] * 3
    assert last.because is Because.REDATED
    assert "内容自2026-11-02起未变，仅日期更新" in last.sentence
    (moving,) = (one for one in office.looks(scan)["A1", "fees"].documents if one.title == FEES)
    assert (moving.first_seen_on, moving.day) == (on(1), day)
    assert "原标 2026-11-02，内容自 2026-11-02 起未变" in office.told(
        day, "explain", "A1", "教育收费公示"
    )


def test_new_words_under_a_new_day_are_new(office: Office) -> None:
    site = office.add("A1", UNIT, {"/": home({"收费信息": "/fees/"})}, fees="/fees/")
    for number, words in enumerate("甲乙"):
        day = on(1) + timedelta(days=40 * number)
        shown(site.routes, (FEES, "/a.html", day), OTHER, words=words)
        office.night(day)

    assert (office.verdict("A1").status, office.verdict("A1").flags) == (Status.OK, ())


def test_an_entry_put_up_late_under_an_early_day_is_late(office: Office) -> None:
    site = office.add("A1", UNIT, {"/": home({"收费信息": "/fees/"})}, fees="/fees/")
    honest = (FEES, "/a.html", date(2026, 11, 1))
    shown(site.routes, honest, OTHER)
    office.night(on(1))
    before = office.verdict("A1", "S-BUDGET").status
    shown(site.routes, honest, (BUDGET, "/b.html", date(2026, 9, 20)), OTHER)

    office.night(on(2))

    found = office.verdict("A1", "S-BUDGET")
    assert before is Status.MISSING
    assert (found.status, found.because) == (Status.OK, Because.FOUND_UNSEEN)
    assert found.late_by == 20  # working days from 29 September to the night of 2 November
    assert found.flags == (
        "标注日期2026-09-20，首次发现2026-11-03（2026-11-02列表中尚无），请核实",
    )
    told = office.told(on(2), "explain", "A1", "部门预算")
    assert "至少晚20个工作日" in told
    assert "首次发现 2026-11-03，2026-11-02 列表中尚无" in told


def test_what_the_first_night_finds_is_taken_at_its_word(office: Office) -> None:
    site = office.add("A1", UNIT, {"/": home({"收费信息": "/fees/"})}, fees="/fees/")
    shown(site.routes, (BUDGET, "/b.html", date(2026, 9, 20)), OTHER)

    office.night(on(1))

    found = office.verdict("A1", "S-BUDGET")
    assert (found.status, found.late_by, found.flags) == (Status.OK, None, ())
