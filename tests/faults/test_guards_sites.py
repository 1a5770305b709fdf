"""Guards against false accusations, a whole site at a time: down, behind a wall, in repair."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import walls
from office import Office, Switchboard, on, switched, switched_off
from schoolpages import UNIT, home, listing, page
from siteserver import NOT_FOUND, Route, Site

import monitor.assess
from monitor.ledger import moves
from monitor.model import (
    GAPS,
    Assessment,
    Finding,
    Observation,
    Outcome,
    State,
    Status,
    UnitType,
)

# --- GRD-03, GRD-04: a page that is a wall -----------------------------------------------

WALLS: dict[str, dict[str, Route]] = {"GRD-03": walls.CHALLENGES, "GRD-04": walls.MAINTENANCE}
SHAPES = [(guard, shape) for guard, table in WALLS.items() for shape in table]
MEANT = {
    "GRD-03": {Outcome.CHALLENGED, Outcome.BLOCKED},
    "GRD-04": {Outcome.MAINTENANCE},
}
every_shape = pytest.mark.parametrize(("guard", "shape"), SHAPES)
ITEMS = {"S-FEES": "fees", "S-ADMISSIONS": "admissions", "S-FINANCE": "finance"}


def behind(office: Office, code: str, wall: Route) -> None:
    """A unit whose every page is the wall: one column has an address, two must be found."""
    site = office.add(code, f"青禾县{code}中学", kind=UnitType.JUNIOR_HIGH, fees="/fees/")
    site.fallback = wall


def column_behind(office: Office, code: str, wall: Route) -> None:
    """A unit whose home page is whole and leads to a column that is the wall."""
    menu = home({"收费信息": "/fees/", "招生信息": "/zs/"})
    office.add(code, UNIT, {"/": menu, "/fees/": wall}, fees="/fees/")


@dataclass(frozen=True, kw_only=True)
class Walled:
    """All shapes after two nights."""

    office: Office
    verdicts: Mapping[tuple[str, str], Assessment]
    findings: Mapping[tuple[str, str], tuple[Finding, ...]]
    looks: Mapping[tuple[str, str], Observation]
    whole: Mapping[tuple[str, str], str]  # guard and shape → code of the unit wholly behind it
    column: Mapping[tuple[str, str], str]


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture(scope="module")
def walled(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Walled:
    office = Office(tmp_path_factory.mktemp("walls") / "科 室", switchboard)
    whole, column = {}, {}
    for number, (guard, shape) in enumerate(SHAPES):
        whole[guard, shape], column[guard, shape] = f"W{number:02}", f"C{number:02}"
        behind(office, f"W{number:02}", WALLS[guard][shape])
        column_behind(office, f"C{number:02}", WALLS[guard][shape])
    office.night(on(1))
    scan = office.night(on(2))
    return Walled(
        office=office,
        verdicts=office.verdicts(),
        findings=office.findings(),
        looks=office.looks(scan),
        whole=whole,
        column=column,
    )


def test_there_are_enough_shapes() -> None:
    assert {guard: len(table) >= 15 for guard, table in WALLS.items()} == dict.fromkeys(WALLS, True)


@every_shape
def test_a_wall_is_no_column(walled: Walled, guard: str, shape: str) -> None:
    whole, column = walled.whole[guard, shape], walled.column[guard, shape]
    places = [(whole, item) for item in ITEMS] + [(column, "S-FEES")]

    assert {walled.verdicts[place].status for place in places} == {Status.UNREACH}
    assert {walled.looks[code, ITEMS[item]].outcome for code, item in places} <= MEANT[guard]
    assert not walled.findings.keys() & set(places)


@every_shape
def test_the_officer_reads_what_stands_in_the_way(walled: Walled, guard: str, shape: str) -> None:
    code = walled.whole[guard, shape]
    phrase = walled.looks[code, "fees"].phrase
    facts = {
        "GRD-03": ("无法自动核查", "放行监测地址", "不计入问题"),
        "GRD-04": (f"网站显示“{phrase}”", "本次未核查", "不计入问题"),
    }

    sentence = walled.verdicts[code, "S-FEES"].sentence

    assert [fact for fact in facts[guard] if fact not in sentence] == []


@pytest.mark.parametrize("guard", WALLS)
def test_the_explanation_names_the_unit_and_the_days(walled: Walled, guard: str) -> None:
    code = walled.whole[guard, next(iter(WALLS[guard]))]

    told = walled.office.told(on(2), "explain", code, "S-FEES")

    assert f"青禾县{code}中学 · 教育收费公示" in told
    assert "网站已连续 2 晚无法访问（尚未成功过），公开情况未知" in told


@pytest.mark.parametrize(
    ("guard_off", "look"), [("GRD-03", "_challenge"), ("GRD-04", "_maintenance")]
)
def test_without_the_guard_a_wall_is_taken_for_an_empty_column(
    guard_off: str,
    look: str,
    switchboard: Switchboard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(tmp_path / "科 室", switchboard)
    column_behind(office, "C1", list(WALLS[guard_off].values())[-1])
    patch = (
        "import crawler.outcome as it\n"
        f"it._LOOKS = tuple(look for look in it._LOOKS if look is not it.{look})\n"
    )
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", patch))

    office.night(on(1))

    assert office.verdict("C1").status is Status.EMPTY
    assert office.states("C1") == [State.DETECTED]


# --- GRD-01, GRD-21: a site that is down for two weeks -----------------------------------

UP, DOWN, BACK = 2, 14, 17  # two nights up, fourteen down; the night after
LAST_SEEN = on(UP)
SILENT = {"one night": 1, "three nights": 3, "a week": 7, "two weeks": DOWN}
LOOKED_AT = {UP, BACK, *(UP + nights for nights in SILENT.values())}
#: code: what the column shows on night 1, on night 2, and when the site is back
SHOWN = {
    "good": ("fees", "fees", "fees"),
    "mended": ("empty", "empty", "fees"),
    "once": ("fees", "empty", "empty"),
}


@dataclass(frozen=True, kw_only=True)
class Silent:
    """The office after its sites came back, and what stood on each night before."""

    office: Office
    verdicts: Mapping[tuple[str, int], Assessment]
    findings: Mapping[tuple[str, int], tuple[Finding, ...]]
    told: Mapping[tuple[str, int], str]  # explain by code, status by ""
    scans: Mapping[int, str]
    down: Path  # a copy of the work folder as it stood in the last silent night


@pytest.fixture(scope="module")
def silent(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Silent:
    place = tmp_path_factory.mktemp("down")
    office = Office(place / "科 室", switchboard)
    sites = {code: office.add(code, f"青禾县{code}小学", fees="/fees/") for code in SHOWN}
    verdicts, findings, told, scans = {}, {}, {}, {}
    for number in range(1, BACK + 1):
        if number in (1, 2, BACK):
            for code, site in sites.items():
                show(site, code, SHOWN[code][min(number, 3) - 1])
        if number == UP + 1:
            for site in sites.values():
                switchboard.hang_up(site)
        if number == BACK:
            shutil.copytree(office.place, place / "当时")
            for site in sites.values():
                switchboard.pick_up(site)
        scans[number] = office.night(on(number))
        if number not in LOOKED_AT:
            continue
        told["", number] = office.told(on(number), "status")
        for code in SHOWN:
            verdicts[code, number] = office.verdict(code)
            findings[code, number] = office.findings().get((code, "S-FEES"), ())
            told[code, number] = office.told(on(number), "explain", code, "S-FEES")
    return Silent(
        office=office,
        verdicts=verdicts,
        findings=findings,
        told=told,
        scans=scans,
        down=place / "当时",
    )


def show(site: Site, code: str, what: str) -> None:
    unit = f"青禾县{code}小学"
    rows = [(f"第{n}号收费事项的公示", f"/fees/{n}.html", on(1)) for n in range(1, 6)]
    if what == "fees":
        column = listing("收费信息", rows, unit=unit)
    else:
        column = page("收费信息", "<div class='list'>暂无数据</div>", unit=unit, crumbs="收费信息")
    site.routes = {
        "/robots.txt": NOT_FOUND,
        "/": home({"收费信息": "/fees/", "招生信息": "/zs/"}, unit=unit),
        "/fees/": column,
    }


NIGHTS_DOWN = pytest.mark.parametrize("nights", SILENT.values(), ids=SILENT)


@NIGHTS_DOWN
@pytest.mark.parametrize("code", SHOWN)
def test_a_site_that_is_down_says_nothing_of_its_columns(
    silent: Silent, code: str, nights: int
) -> None:
    found = silent.verdicts[code, UP + nights]

    assert found.status is Status.UNREACH
    assert found.last_verified_on == LAST_SEEN
    assert "不计入问题" in found.sentence


@NIGHTS_DOWN
@pytest.mark.parametrize("code", SHOWN)
def test_an_open_gap_keeps_its_state_and_its_dates(silent: Silent, code: str, nights: int) -> None:
    before, now = silent.findings[code, UP], silent.findings[code, UP + nights]

    assert now == before
    assert [one.state for one in now] == {
        "good": [],
        "mended": [State.TO_REVIEW],
        "once": [State.DETECTED],
    }[code]


@NIGHTS_DOWN
def test_the_officer_is_told_how_long_a_site_is_silent(silent: Silent, nights: int) -> None:
    told = silent.told["", UP + nights]

    for code in SHOWN:
        line = next(line for line in told.splitlines() if f"青禾县{code}小学" in line)
        assert f"已连续 {nights} 晚无法访问（最近一次成功：{LAST_SEEN}）" in line
        assert "公开情况未知，不计入问题" in line
        assert ("请与该单位联系" in line) is (nights >= 3)


@NIGHTS_DOWN
def test_a_gap_says_when_it_was_last_checked(silent: Silent, nights: int) -> None:
    told = silent.told["mended", UP + nights]

    assert f"上次成功核查：{LAST_SEEN}" in told
    assert f"首次 {on(1)}，最近 {on(2)}" in told


def test_when_the_site_is_back_the_count_goes_on_where_it_stopped(silent: Silent) -> None:
    (once,), (mended,) = silent.findings["once", BACK], silent.findings["mended", BACK]

    assert silent.verdicts["good", BACK].status is Status.OK
    assert (once.state, once.sightings) == (State.TO_REVIEW, 2)
    assert (once.first_seen_on, once.last_seen_on) == (on(2), on(BACK))
    assert (mended.state, mended.last_seen_on) == (State.DROPPED, on(2))
    assert "网站未能核查" not in silent.told["", BACK]


def test_without_the_guard_a_site_that_is_down_is_accused(
    silent: Silent, switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRD-01; off: ``monitor.doubts.doubt``, where "could not look" is kept from "not there"."""
    monkeypatch.setattr(monitor.assess, "doubt", lambda *_: None)

    office = judged_again(silent, tmp_path / "科 室", switchboard)

    assert office.verdict("good").status in GAPS
    assert office.states("good") == [State.DETECTED]


def test_without_the_guard_a_gap_nobody_checked_looks_checked(
    silent: Silent, switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRD-21; off: ``monitor.ledger.moves``, which lets only what decided something touch it."""
    monkeypatch.setattr(moves, "_DECIDED", frozenset(Status))

    office = judged_again(silent, tmp_path / "科 室", switchboard)

    (lie,) = office.findings()["mended", "S-FEES"]
    assert lie.last_verified_on == on(UP + DOWN)
    assert silent.findings["mended", UP + DOWN][0].last_verified_on == LAST_SEEN


def judged_again(silent: Silent, place: Path, switchboard: Switchboard) -> Office:
    """A copy of the office in its last silent night, which is judged once more."""
    shutil.copytree(silent.down, place)
    office = Office(place, switchboard)
    office.judge_again(on(UP + DOWN), silent.scans[UP + DOWN])
    return office
