"""Sites without end, and pages that eat time (TRP): the others get their turn, nobody is accused.

Real sites that make links for ever, real crawl children, whole nights with their invariants.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched, switched_off
from schoolpages import home, listing, page
from siteserver import Reply, Request, Route, Site

import crawler.run
from monitor.model import Observation, Outcome, Status, UnitType

NEVER_ASKED_FOR = "教育"  # in every title of a trap: none of them is what the unit owes
OWED = ("2026年秋季收费公示", "/fees/owed.html", date(2026, 9, 1))
NEWEST = date(2026, 10, 30)


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture
def office(switchboard: Switchboard, tmp_path: Path) -> Office:
    return Office(tmp_path / "科 室", switchboard)


def name_of(code: str) -> str:
    return f"青禾县{code}小学"


def rows(number: int, *, unit: str = "", step: int = 1) -> list[tuple[str, str, date | None]]:
    """Ten entries of the number-th page, newest first over all pages."""
    return [
        (
            f"第{number * 10 + n}次主题{NEVER_ASKED_FOR}活动",
            f"/news/{number * 10 + n}.html",
            NEWEST - timedelta(days=(number * 10 + n) * step),
        )
        for n in range(10)
    ]


def whole(code: str, fees: Route) -> Mapping[str, Route]:
    return {"/": home({"收费信息": "/fees/"}, unit=name_of(code)), "/fees/": fees}


def add(office: Office, code: str, fees: Route, fallback: Route | None = None) -> Site:
    site = office.add(code, name_of(code), whole(code, fees), fees="/fees/")
    if fallback is not None:
        site.fallback = fallback
    return site


def seen_of(office: Office, code: str, scan: str) -> Observation:
    return office.looks(scan)[code, "fees"]


# --- TRP-01, TRP-02: links for ever ------------------------------------------------------


def month(request: Request) -> str:
    """A calendar: every month leads to the one before, and each has entries of its own."""
    number = int(request.path.partition("=")[2] or 0)
    return listing(
        "收费信息", rows(number), following=f"/fees/?month={number + 1}", unit=name_of("A1")
    )


def session(request: Request) -> str:
    """A session id in the path, new on every page."""
    number = int(request.path.partition("=")[2] or 0)
    to = f"/fees/;jsessionid={number + 1}?s={number + 1}"
    return listing("收费信息", rows(0), following=to, unit=name_of("A1"))


def reordered(request: Request) -> str:
    """The same ten entries under ever new ways to sort them."""
    number = int(request.path.partition("=")[2] or 0)
    mixed = rows(0)[number % 10 :] + rows(0)[: number % 10]
    return listing("收费信息", mixed, following=f"/fees/?sort={number + 1}", unit=name_of("A1"))


def deeper(request: Request) -> str:
    """Every page leads one folder down, and then down the same folders again."""
    return listing("收费信息", rows(request.path.count("/")), following="a/b/", unit=name_of("A1"))


@pytest.mark.parametrize(
    ("trap", "most"),
    [(month, 60), (session, 3), (reordered, 3), (deeper, 20)],
    ids=["TRP-01 a calendar", "TRP-01 session ids", "TRP-01 sort orders", "TRP-02 folders"],
)
def test_a_list_without_end_is_left_after_its_share(office: Office, trap: Route, most: int) -> None:
    site = add(office, "A1", trap, trap)
    neighbour = add(office, "A2", listing("收费信息", [OWED], unit=name_of("A2")))

    scan = office.night(on(1))

    seen = seen_of(office, "A1", scan)
    assert seen.coverage.pages <= most
    assert len(site.paths) <= most + 5
    assert office.verdict("A1").status is Status.UNSURE
    assert seen.coverage.stopped_by
    assert seen.coverage.stopped_by in office.told(on(1), "explain", "A1", "S-FEES")
    assert office.verdict("A2").status is not Status.UNREACH
    assert neighbour.paths


def test_a_unit_without_end_is_left_after_its_share(office: Office) -> None:
    """TRP-01: three columns, each a trap, on one budget of pages."""
    office.settings["budget"] = {"pages_per_unit": 70}
    columns = {"fees": "收费信息", "admissions": "招生信息", "finance": "财务信息"}

    def trap(request: Request) -> str:
        column, _, number = request.path.strip("/").partition("/")
        number = int(number.partition("=")[2] or 0)
        to = f"/{column}/?month={number + 1}"
        return listing(columns[column], rows(number), following=to, unit=name_of("A1"))

    site = office.add(
        "A1", name_of("A1"), kind=UnitType.JUNIOR_HIGH, **{key: f"/{key}/" for key in columns}
    )
    site.fallback = trap
    site.routes["/"] = home({"收费信息": "/fees/"}, unit=name_of("A1"))

    looks = office.looks(office.night(on(1)))

    assert len(site.paths) <= 70
    assert {seen.outcome for seen in looks.values()} == {Outcome.OPENED, Outcome.BUDGET}
    assert {one.status for one in office.verdicts().values()} <= {Status.UNSURE, Status.UNREACH}


# --- TRP-03: a next page that is none ----------------------------------------------------


def back(request: Request) -> str:
    number = int(request.path.partition("=")[2] or 1)
    to = "/fees/" if number == 2 else "/fees/?page=2"
    return listing("收费信息", rows(number), following=to, unit=name_of("A1"))


def any_number(request: Request) -> str:
    """Whatever page is asked for, the first one comes, and leads to the next number."""
    number = int(request.path.partition("=")[2] or 1)
    return listing("收费信息", rows(0), following=f"/fees/?page={number + 1}", unit=name_of("A1"))


@pytest.mark.parametrize(
    ("trap", "pages"),
    [(back, 2), (any_number, 1)],
    ids=["TRP-03 the first", "TRP-03 the same list"],
)
def test_a_next_page_that_brings_nothing_new_ends_the_list_and_proves_nothing(
    office: Office, trap: Route, pages: int
) -> None:
    site = add(office, "A1", trap, trap)

    scan = office.night(on(1))

    seen = seen_of(office, "A1", scan)
    assert seen.coverage.pages == pages
    assert not seen.coverage.to_end
    assert site.paths.count("/fees/") <= 3
    assert office.verdict("A1").status is Status.UNSURE


def test_a_next_page_that_is_the_page_itself_is_the_last(office: Office) -> None:
    """TRP-03: many systems leave the link of the last page on itself."""
    site = add(office, "A1", listing("收费信息", rows(0), following="/fees/", unit=name_of("A1")))

    scan = office.night(on(1))

    assert seen_of(office, "A1", scan).coverage.to_end
    assert site.paths.count("/fees/") == 1


# --- TRP-04: one page that holds everything ----------------------------------------------


def test_of_thousands_of_entries_the_newest_are_kept(office: Office) -> None:
    """TRP-04, I7."""
    items = "".join(
        f"<li><a href='/n/{n}.html'>第{n}次活动</a>2026-10-01</li>" for n in range(5_500)
    )
    long = page("收费信息", f"<h3>收费信息</h3><ul class='list'>{items}</ul>", unit=name_of("A1"))
    add(office, "A1", long)

    scan = office.night(on(1))

    seen = seen_of(office, "A1", scan)
    assert len(seen.documents) <= 5000
    assert office.verdict("A1").status in {Status.UNSURE, Status.UNREACH}


# --- TRP-05: pinned entries --------------------------------------------------------------

AGE = """
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示]}
requirements:
  - id: S-FEES
    name: 教育收费公示
    applies_to: [primary]
    column: fees
    match: {any: [活动]}
    limits: [{kind: column_max_age, max_age: 1m, grounds: law}]
    basis: [{title: 教育收费公示制度}]
"""


def pinned(count: int) -> list[tuple[str, str, date | None]]:
    return [
        (f"置顶：第{n}号活动须知", f"/top/{n}.html", date(2020, 1, n)) for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [0, 1, 3, 5], ids=lambda count: f"TRP-05 {count} pinned")
def test_old_entries_on_top_do_not_make_a_column_stale(office: Office, count: int) -> None:
    (office.place / "catalog.yaml").write_text(AGE, "utf-8")
    first = listing(
        "收费信息", [*pinned(count), *rows(0)], following="/fees/2.html", unit=name_of("A1")
    )
    site = add(office, "A1", first)
    site.routes["/fees/2.html"] = listing("收费信息", rows(1, step=30), unit=name_of("A1"))

    office.night(on(1))

    assert office.verdict("A1").status is Status.OK


def test_a_first_page_of_pinned_entries_only_is_read_on_from(office: Office) -> None:
    """TRP-05: nothing but old pinned entries on the first page; what is new comes after."""
    (office.place / "catalog.yaml").write_text(AGE, "utf-8")
    first = listing("收费信息", pinned(10), following="/fees/2.html", unit=name_of("A1"))
    site = add(office, "A1", first)
    site.routes["/fees/2.html"] = listing("收费信息", rows(0), unit=name_of("A1"))

    office.night(on(1))

    assert office.verdict("A1").status in {Status.OK, Status.UNSURE}


# --- TRP-06, TRP-07: hosts that eat the night --------------------------------------------

COLUMNS = {"fees": "收费信息", "admissions": "招生信息", "finance": "财务信息"}
WORDS = {"fees": "收费事项", "admissions": "招生工作", "finance": "经费收支"}


def three(office: Office, code: str, *, delay: float = 0) -> Site:
    """A unit with three columns that hold what is owed."""
    site = office.add(
        code,
        name_of(code),
        kind=UnitType.JUNIOR_HIGH,
        **{key: f"/{key}/" for key in COLUMNS},
    )
    for key, name in COLUMNS.items():
        own = [(f"{WORDS[key]}公示之{n}", f"/{key}/{n}.html", on(1)) for n in range(6)]
        body = listing(name, own, unit=name_of(code))
        site.routes[f"/{key}/"] = Reply(body=body, delay=delay)
    return site


def test_a_slow_host_has_its_share_and_its_columns_take_turns(office: Office) -> None:
    """TRP-06: one column a night is all it can give: three nights, and all three were read."""
    office.settings["budget"] = {"minutes_per_unit": 0.02}
    three(office, "A1", delay=1.3)
    others = [three(office, f"B{number}") for number in range(5)]

    started = time.monotonic()
    nights = [office.looks(office.night(on(number))) for number in (1, 2, 3)]

    read = [
        {
            column
            for (code, column), seen in night.items()
            if code == "A1" and seen.outcome is Outcome.OPENED
        }
        for night in nights
    ]
    assert [len(columns) for columns in read] == [1, 1, 1]
    assert set().union(*read) == set(COLUMNS)
    for night in nights:
        assert {seen.outcome for (code, _), seen in night.items() if code != "A1"} == {
            Outcome.OPENED
        }
        assert {seen.outcome for (code, _), seen in night.items()} == {
            Outcome.OPENED,
            Outcome.BUDGET,
        }
    assert all(site.paths for site in others)
    assert time.monotonic() - started < 60
    assert "本次巡查时间已用完" in office.told(on(3), "explain", "A1", missed(nights[2]))


def missed(night: Mapping[tuple[str, str], Observation]) -> str:
    """An item whose column was not reached."""
    column = next(key for (code, key), seen in night.items() if seen.outcome is Outcome.BUDGET)
    return f"S-{column.upper()}"


def test_a_dead_host_is_given_up_however_often_it_is_linked(
    office: Office, switchboard: Switchboard
) -> None:
    """TRP-07: a hundred entries on a host that takes connections and says nothing."""
    office.settings["network"] |= {"timeout": 0.5}
    dead = switchboard.site({"/robots.txt": Reply(delay=60)})
    links = [(f"收费事项公示之{n}", f"{dead.url}/{n}.html", None) for n in range(100)]
    site = add(office, "A1", listing("收费信息", links, unit=name_of("A1")))
    site.fallback = Reply(delay=60)

    started = time.monotonic()
    office.night(on(1))

    assert time.monotonic() - started < 15
    assert dead.connections <= 3
    assert office.verdict("A1").status not in {Status.MISSING, Status.BROKEN}


# --- TRP-09: a page that stops the reader ------------------------------------------------


def test_a_page_that_stops_the_reader_costs_that_page(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TRP-09: the child is ended when it is stuck, the page left out, the night goes on."""
    add(office, "A1", listing("收费信息", [OWED], unit=name_of("A1")) + "<!-- stuck -->")
    add(office, "A2", listing("收费信息", [OWED, *rows(0)], unit=name_of("A2")))
    patch = (
        "import crawler.sight as it\n"
        "read = it.open_page\n"
        "def stuck(body, *rest):\n"
        "    while b'stuck' in body:\n"
        "        pass\n"
        "    return read(body, *rest)\n"
        "it.open_page = stuck\n"
    )
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "with", patch))
    monkeypatch.setitem(crawler.run.scan.__kwdefaults__, "patience", 2.0)

    scan = office.night(on(1))

    assert seen_of(office, "A1", scan).outcome is Outcome.PARSER_KILLED
    assert office.verdict("A1").status is Status.UNREACH
    assert office.verdict("A2").status is Status.OK


# --- TRP-10: entrances that only lead on -------------------------------------------------


def refresh(to: str) -> str:
    return (
        f"<html><head><meta http-equiv='refresh' content='0; url={to}'></head><body></body></html>"
    )


@pytest.mark.parametrize(
    ("front", "statuses"),
    [
        ({"/": refresh("/a"), "/a": refresh("/b"), "/b": "menu"}, {Status.OK}),
        (
            {"/": refresh("/a"), "/a": refresh("/b"), "/b": refresh("/c"), "/c": refresh("/d")},
            {Status.UNREACH},
        ),
        ({"/": "<html><script>location.href='/b';</script></html>", "/b": "menu"}, {Status.OK}),
        (
            {"/": "<html><frameset><frame src='/b'></frameset></html>", "/b": "menu"},
            {Status.OK, Status.UNSURE},
        ),
        (
            {"/": "<html><body><img src='/a.jpg' onclick='enter()'></body></html>"},
            {Status.UNSURE},
        ),
    ],
    ids=[
        "TRP-10 two hops",
        "TRP-10 four hops",
        "TRP-10 a script",
        "TRP-10 frames",
        "TRP-10 a picture",
    ],
)
def test_an_entrance_that_leads_on_is_followed_or_proves_nothing(
    office: Office, front: Mapping[str, str], statuses: set[Status]
) -> None:
    menu = home({"收费信息": "/fees/", "招生信息": "/zs/"}, unit=name_of("A1"))
    fees = listing("收费信息", [OWED, *rows(0)], unit=name_of("A1"))
    shown = {path: menu if what == "menu" else what for path, what in front.items()}
    office.add("A1", name_of("A1"), {**shown, "/fees/": fees})

    office.night(on(1))

    assert office.verdict("A1").status in statuses
