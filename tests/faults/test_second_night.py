"""The night after: what did not change is not read again, and no change stays hidden for ever.

Real servers with validators, honest and not; whole nights with their invariants.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from office import FIRST, Office, Switchboard, on, switched
from schoolpages import UNIT, article, home, listing
from siteserver import Reply, Request, Route

from monitor.model import State, Status

CATALOG = """
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示]}
requirements:
  - id: S-FEES
    name: 教育收费公示
    applies_to: [primary]
    column: fees
    match: {any: [收费]}
    limits: [{kind: column_max_age, max_age: 6m, grounds: law}]
    complete: [{kind: fields_present, fields: [举报电话]}]
    basis: [{title: 教育收费公示制度}]
"""
WORDS = "现将收费标准予以公示，举报电话12345。"


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture
def office(switchboard: Switchboard, tmp_path: Path) -> Office:
    made = Office(tmp_path / "科 室", switchboard)
    (made.place / "catalog.yaml").write_text(CATALOG, "utf-8")
    return made


def days(year: int) -> list[date]:
    return [date(year, 10, 9 - n) for n in range(6)]


def fees(year: int) -> str:
    rows = [
        (f"第{n}号收费事项的公示", f"/{year}/{n}.html", day) for n, day in enumerate(days(year))
    ]
    return listing("收费信息", rows)


def details(words: str = WORDS) -> dict[str, Route]:
    """The pages of this year's entries and of last year's."""
    return {
        f"/{year}/{n}.html": article(f"第{n}号收费事项的公示", day, words)
        for year in (2025, 2026)
        for n, day in enumerate(days(year))
    }


NEW, OLD = fees(2026), fees(2025)


def constant(body: str) -> Route:
    """A server that says nothing has changed, whatever it has to show."""

    def answer(request: Request) -> Reply:
        if request.headers.get("if-none-match") == '"1"':
            return Reply(status=304, headers={"ETag": '"1"'})
        return Reply(body=body, headers={"ETag": '"1"'})

    return answer


@pytest.mark.parametrize("validators", [True, False], ids=["validators", "none"])
def test_what_did_not_change_costs_one_request_a_column(office: Office, validators: bool) -> None:
    routes = {"/": home({"收费信息": "/fees/"}), **details()}
    site = office.add(
        "A1", UNIT, {**routes, "/fees/": Reply(body=NEW, validators=validators)}, fees="/fees/"
    )
    office.night(on(1))
    first, before = office.verdict("A1"), len(site.paths)
    site.requests.clear()

    scan = office.night(on(2))

    second = office.verdict("A1")
    assert before > 5
    assert site.paths == ["/fees/"]
    assert office.looks(scan)["A1", "fees"].unchanged
    assert (second.status, second.because) == (first.status, first.because)
    assert second.status is Status.OK


def test_a_gap_is_not_repeated_on_the_servers_word_alone(office: Office) -> None:
    """One ETag for ever: the unit has published since, and must not be accused a second time."""
    site = office.add("A1", UNIT, {"/fees/": constant(OLD), **details()}, fees="/fees/")
    office.night(on(1))
    assert office.verdict("A1").status is Status.STALE
    site.routes["/fees/"] = constant(NEW)

    office.night(on(2))

    assert office.verdict("A1").status is Status.OK


def test_a_gap_that_is_there_is_seen_again_in_its_list_only(office: Office) -> None:
    site = office.add("A1", UNIT, {"/fees/": constant(OLD), **details()}, fees="/fees/")
    office.night(on(1))
    site.requests.clear()

    office.night(on(2))

    assert office.verdict("A1").status is Status.STALE
    assert site.paths == ["/fees/"]
    assert "if-none-match" not in site.requests[-1].headers


def test_a_change_that_is_hidden_is_seen_within_a_month(office: Office) -> None:
    """All was well, then all entries went; the server goes on saying nothing changed."""
    site = office.add("A1", UNIT, {"/fees/": constant(NEW), **details()}, fees="/fees/")
    office.night(on(1))
    site.routes["/fees/"] = constant(OLD)
    office.night(on(2))
    assert office.verdict("A1").status is Status.OK

    office.night(FIRST + timedelta(days=30))

    assert office.verdict("A1").status is Status.STALE


@pytest.mark.parametrize(
    ("broken", "again"), [({0}, 1), (set(range(6)), 5)], ids=["another answers", "none answers"]
)
def test_a_dead_link_is_tried_again_where_a_verdict_rests_on_it(
    office: Office, broken: set[int], again: int
) -> None:
    routes = {"/fees/": Reply(body=NEW, validators=True), **details()}
    site = office.add("A1", UNIT, routes, fees="/fees/")
    whole = dict(site.routes)
    for number in broken:
        del site.routes[f"/2026/{number}.html"]
    office.night(on(1))
    first = office.verdict("A1").status
    site.routes, _ = whole, site.requests.clear()

    office.night(on(2))

    assert first in ({Status.OK} if again == 1 else {Status.BROKEN, Status.UNSURE})
    assert office.verdict("A1").status is Status.OK
    assert len(set(site.paths)) >= again


def test_a_fault_inside_that_was_mended_is_seen_though_the_list_is_the_same(office: Office) -> None:
    site = office.add(
        "A1",
        UNIT,
        {"/fees/": Reply(body=NEW, validators=True), **details("现予公示。")},
        fees="/fees/",
    )
    office.night(on(1))
    assert office.verdict("A1").status is Status.PARTIAL
    site.routes |= details()

    office.night(on(2))

    assert office.verdict("A1").status is Status.OK


TWO_ITEMS = (
    CATALOG
    + """
  - id: S-ADMISSIONS
    name: 招生简章
    applies_to: [primary]
    column: fees
    match: {any: [招生]}
    limits: [{kind: column_max_age, max_age: 6m, grounds: law}]
    complete: [{kind: fields_present, fields: [举报电话]}, {kind: attachment_opens}]
    basis: [{title: 中小学校信息公开办法}]
"""
)


def two_items(fees: str, admissions: str) -> dict[str, Route]:
    """Two pages of list, with the words of either item's documents."""
    rows = [
        (f"第{n}号{matter}事项的公示", f"/{matter}/{n}.html", date(2026, 10, 20 - n))
        for n in range(4)
        for matter in ("收费", "招生")
    ]
    pages: dict[str, Route] = {
        url: article(title, day, fees if "收费" in title else admissions)
        for title, url, day in rows
    }
    older = [(f"第{n}号动态", f"/n/{n}.html", date(2026, 9, 20 - n)) for n in range(4)]
    first = listing("收费信息", rows, following="/fees/2.html")
    return pages | {"/fees/": first, "/fees/2.html": listing("收费信息", older)}


def test_of_a_gap_inside_documents_only_those_are_opened_again(office: Office) -> None:
    (office.place / "catalog.yaml").write_text(TWO_ITEMS, "utf-8")
    site = office.add("A1", UNIT, two_items("现予公示。", WORDS), fees="/fees/")
    office.night(on(1))
    before = len(site.paths)
    first = {item: office.verdict("A1", item).status for item in ("S-FEES", "S-ADMISSIONS")}
    site.requests.clear()

    scan = office.night(on(2))

    assert first == {"S-FEES": Status.PARTIAL, "S-ADMISSIONS": Status.OK}
    assert before == 10
    assert sorted(site.paths) == ["/fees/", *(f"/收费/{n}.html" for n in range(4))]
    assert office.verdict("A1").status is Status.PARTIAL
    assert office.looks(scan)["A1", "fees"].unchanged
    assert len(office.looks(scan)["A1", "fees"].documents) == 12


@pytest.mark.parametrize("number", [0, 3], ids=["the newest", "the oldest"])
def test_any_of_them_that_is_mended_is_seen_the_same_night(office: Office, number: int) -> None:
    """Its server says of every page that nothing has changed; nobody asks it."""
    (office.place / "catalog.yaml").write_text(TWO_ITEMS, "utf-8")
    pages = two_items("现予公示。", WORDS)
    site = office.add(
        "A1", UNIT, {path: constant(str(body)) for path, body in pages.items()}, fees="/fees/"
    )
    office.night(on(1))
    assert office.verdict("A1").status is Status.PARTIAL
    site.routes[f"/收费/{number}.html"] = constant(
        article(f"第{number}号收费事项的公示", date(2026, 10, 20 - number), WORDS)
    )

    office.night(on(2))

    assert office.verdict("A1").status is Status.OK
    assert office.states("A1") == [State.DROPPED]


def test_a_document_that_does_not_open_again_confirms_no_gap(office: Office) -> None:
    (office.place / "catalog.yaml").write_text(TWO_ITEMS, "utf-8")
    site = office.add("A1", UNIT, two_items("现予公示。", WORDS), fees="/fees/")
    office.night(on(1))
    for number in range(4):
        site.routes[f"/收费/{number}.html"] = Reply(status=503, body="busy")

    office.night(on(2))
    second = office.verdict("A1").status
    site.routes |= two_items("现予公示。", WORDS)
    office.night(on(3))

    assert second is Status.UNSURE
    assert office.verdict("A1").status is Status.PARTIAL


def test_a_dead_file_that_was_put_back_is_seen_the_same_night(office: Office) -> None:
    (office.place / "catalog.yaml").write_text(TWO_ITEMS, "utf-8")
    with_file = f"{WORDS}<a href='/plan.rar'>招生计划.rar</a>"
    site = office.add("A1", UNIT, two_items(WORDS, with_file), fees="/fees/")
    office.night(on(1))
    assert office.verdict("A1", "S-ADMISSIONS").status is Status.BROKEN
    site.routes["/plan.rar"] = Reply(
        body=b"Rar!\x1a\x07", headers={"Content-Type": "application/octet-stream"}
    )
    site.requests.clear()

    office.night(on(2))

    assert office.verdict("A1", "S-ADMISSIONS").status is Status.OK
    assert not any(path.startswith("/收费/") for path in site.paths)


def test_what_a_person_is_asked_about_is_opened_again_after_a_week(office: Office) -> None:
    """What stands in a file stands there tomorrow, too; it may have been typed within a week."""
    inside = "<a href='/notice.rar'>收费标准.rar</a>"
    file = Reply(body=b"Rar!\x1a\x07", headers={"Content-Type": "application/octet-stream"})
    routes = {
        "/fees/": Reply(body=NEW, validators=True),
        "/notice.rar": file,
        **details(inside),
    }
    site = office.add("A1", UNIT, routes, fees="/fees/")
    office.night(on(1))
    assert office.verdict("A1").status is Status.UNSURE
    site.routes |= details()
    site.requests.clear()

    office.night(on(2))
    second = list(site.paths)
    office.night(on(9))

    assert second == ["/fees/"]
    assert office.verdict("A1").status is Status.OK
