"""A robots.txt that cannot be read tonight (NET-24): the last good one holds for a night.

Whole nights over real servers. On the first night every robots.txt is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched, switched_off
from schoolpages import home, listing
from siteserver import NOT_FOUND, Reply, Route, Site

from monitor.model import Assessment, Observation, Outcome, Status

ALLOWS, FORBIDS = "User-agent: *\nDisallow: /admin/\n", "User-agent: *\nDisallow: /fees/\n"
UNREAD: Mapping[str, Reply] = {
    "500": Reply(status=500),
    "503": Reply(status=503),
    "never comes": Reply(delay=30),
    "is cut": Reply(body=ALLOWS, cut=3),
}
#: what the site says of itself on the first night, and what the second comes to without its file
SAID: Mapping[str, tuple[Route, Outcome]] = {
    "allows": (ALLOWS, Outcome.OPENED),
    "is empty": ("", Outcome.OPENED),
    "forbids": (FORBIDS, Outcome.ROBOTS),
    "is not there": (NOT_FOUND, Outcome.ROBOTS_UNREAD),
}
REMARK = f"网站声明（robots.txt）暂时无法读取，按{on(1)}读到的执行"


@dataclass(frozen=True, kw_only=True)
class Nights:
    """What came of three nights, by unit and number of the night; the third one is a day later."""

    office: Office
    codes: Mapping[tuple[str, str], str]
    looks: Mapping[tuple[str, int], Observation]
    verdicts: Mapping[tuple[str, int], Assessment]


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


def whole(office: Office, code: str, robots: Route) -> Site:
    unit = f"青禾县{code}小学"
    rows = [(f"第{n}号收费事项的公示", f"/fees/{n}.html", on(1)) for n in range(1, 6)]
    routes: dict[str, Route] = {
        "/robots.txt": robots,
        "/": home({"收费信息": "/fees/"}, unit=unit),
        "/fees/": listing("收费信息", rows, unit=unit),
    }
    return office.add(code, unit, routes, fees="/fees/")


@pytest.fixture(scope="module")
def nights(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    office = Office(tmp_path_factory.mktemp("robots") / "科 室", switchboard)
    office.settings["network"]["timeout"] = 2
    codes, sites = {}, {}
    for number, (said, unread) in enumerate((said, unread) for said in SAID for unread in UNREAD):
        code = codes[said, unread] = f"R{number:02}"
        sites[code] = whole(office, code, SAID[said][0]), UNREAD[unread]
    looks, verdicts = {}, {}
    for number in (1, 2, 3):
        for site, unread in sites.values():
            if number > 1:
                site.routes["/robots.txt"] = unread
        for (code, _), look in office.looks(office.night(on(number))).items():
            looks[code, number], verdicts[code, number] = look, office.verdict(code)
    return Nights(office=office, codes=codes, looks=looks, verdicts=verdicts)


each = pytest.mark.parametrize(
    ("said", "unread"), [(said, unread) for said in SAID for unread in UNREAD]
)


def silent(outcome: Outcome, unread: str) -> Outcome:
    """The server that never answers, or breaks off, is told by that."""
    told = {"never comes": Outcome.TIMED_OUT, "is cut": Outcome.TRUNCATED}
    return told.get(unread, outcome) if outcome is Outcome.ROBOTS_UNREAD else outcome


@each
def test_the_night_after_goes_by_what_the_file_said(nights: Nights, said: str, unread: str) -> None:
    look = nights.looks[nights.codes[said, unread], 2]

    assert look.outcome is silent(SAID[said][1], unread)
    assert (REMARK in look.remarks) is (look.outcome is Outcome.OPENED)


@each
def test_two_nights_later_nothing_is_opened(nights: Nights, said: str, unread: str) -> None:
    look = nights.looks[nights.codes[said, unread], 3]

    assert look.outcome is silent(Outcome.ROBOTS_UNREAD, unread)
    assert nights.verdicts[nights.codes[said, unread], 3].status is Status.UNREACH


def test_the_officer_reads_why_nothing_was_opened(nights: Nights) -> None:
    code = nights.codes["allows", "500"]

    told = nights.office.told(on(3), "explain", code, "S-FEES")

    assert "网站声明（robots.txt）暂时无法读取，按规范不访问" in told
    assert "不计入问题" in told
    assert "不允许自动访问" not in told


def test_without_the_guard_nothing_stands_for_the_file(
    switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NET-24; off: ``crawler.robots.by_last_copy``."""
    office = Office(tmp_path / "科 室", switchboard)
    site = whole(office, "R1", ALLOWS)
    office.night(on(1))
    site.routes["/robots.txt"] = Reply(status=500)
    patch = "import crawler.fetch as it\nit.by_last_copy = lambda now, *_, **__: now\n"
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", patch))

    scan = office.night(on(2))

    assert office.looks(scan)["R1", "fees"].outcome is Outcome.ROBOTS_UNREAD
