"""Our own network is down (GRD-02): the night is void, nothing opens, closes or counts.

Canaries and schools are sites on loopback that leave their ports; the nights are whole ones.
"""

from __future__ import annotations

import contextlib
import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched
from schoolpages import home, listing, page
from siteserver import Reply, Request, Route, Site

import scheduler
from commands import letters, morning, night, void
from commands.folder import Folder
from commands.scope import ALL, begin
from monitor.model import Outcome, State, Status
from monitor.store import records
from monitor.wording import MonitorError

#: the columns on the first night and on the second: one would open a gap, one would close one
GOOD, MENDED = "好", "改"
CODES = (GOOD, MENDED)
VOID = "本次巡查作废：监测服务器自身网络异常（2 个对照网址全部打不开），原有结论和问题都不变"


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


class County:
    """Two schools and two canaries."""

    def __init__(self, place: Path, server: Switchboard) -> None:
        self.office = Office(place, server)
        self.schools = {
            code: self.office.add(code, f"青禾县{code}小学", fees="/fees/") for code in CODES
        }
        self.canaries = [server.site({"/": "<html><body>门户</body></html>"}) for _ in range(2)]
        self.office.settings["network"]["canaries"] = [site.url + "/" for site in self.canaries]
        self.show(good="fees", mended="empty")

    def show(self, *, good: str, mended: str) -> None:
        for code, what in ((GOOD, good), (MENDED, mended)):
            unit = f"青禾县{code}小学"
            self.schools[code].routes |= {
                "/": home({"收费信息": "/fees/", "招生信息": "/zs/"}, unit=unit),
                "/fees/": fees(unit) if what == "fees" else nothing(unit),
            }

    def everybody(self, do: Callable[[Site], None]) -> None:
        for site in (*self.canaries, *self.schools.values()):
            do(site)

    @contextlib.contextmanager
    def opened(self, number: int) -> Iterator[Folder]:
        folder = Folder(self.office.place, today=on(number))
        try:
            yield folder
        finally:
            folder.close()

    def stand(self) -> dict[str, object]:
        """What a void night leaves as it is, by table."""
        with self.opened(1) as folder:
            rows = self.office._records(folder)
        kept = ("assessments", "findings", "finding_events", "remembered", "documents", "evidence")
        return {name: rows[name] for name in kept}


def fees(unit: str) -> str:
    rows = [(f"第{n}号收费事项的公示", f"/fees/{n}.html", on(1)) for n in range(1, 6)]
    return listing("收费信息", rows, unit=unit)


def nothing(unit: str) -> str:
    return page("收费信息", "<div class='list'>暂无数据</div>", unit=unit, crumbs="收费信息")


@pytest.fixture(scope="module")
def first_night(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> County:
    made = County(tmp_path_factory.mktemp("first") / "科 室", switchboard)
    made.office.night(on(1))
    assert [made.office.verdict(code).status for code in CODES] == [Status.OK, Status.EMPTY]
    return made


@pytest.fixture
def county(first_night: County, switchboard: Switchboard, tmp_path: Path) -> Iterator[County]:
    """The county after its first night; whatever a test does to it is undone."""
    here = copy.copy(first_night)
    here.office = copy.copy(first_night.office)
    here.office.place = tmp_path / "科 室"
    here.office.settings = copy.deepcopy(first_night.office.settings)
    here.office._units = list(first_night.office._units)
    shutil.copytree(first_night.office.place, here.office.place)
    sites = (*here.canaries, *here.schools.values())
    routes = [dict(site.routes) for site in sites]
    yield here
    for site, whole in zip(sites, routes, strict=True):
        switchboard.leave(site)
        switchboard.pick_up(site)
        site.routes = whole
        site.requests.clear()


def test_a_night_without_network_changes_nothing(county: County, switchboard: Switchboard) -> None:
    before = county.stand()
    county.everybody(switchboard.hang_up)

    done = county.office.night_as_told(on(2))

    assert done.void == VOID
    assert county.stand() == before
    with county.opened(2) as folder:
        last, first = records.scans(folder.store)
        assert (last.void, last.is_valid, first.is_valid) == (VOID, False, True)
        assert last.planned == sum(last.counts.values()) == len(CODES)
        assert records.nights_unreachable(folder.store) == ()
        assert folder.unfinished_scan() == ""


def test_the_operator_is_told_in_one_sentence(county: County, switchboard: Switchboard) -> None:
    county.everybody(switchboard.hang_up)

    with county.opened(2) as folder:
        assert scheduler.scan(folder) == f"{VOID}。"

    assert f"{VOID}。" in county.office.told(on(2), "status")
    with county.opened(2) as folder:
        assert morning.health(folder).trouble == f"{VOID}。"
        assert letters.own_fault(folder) == VOID
    # and what is said of a unit is what the night before has seen
    assert "暂无数据" in county.office.told(on(2), "explain", MENDED, "S-FEES")


def test_the_night_after_goes_on_where_the_last_one_stopped(
    county: County, switchboard: Switchboard
) -> None:
    county.everybody(switchboard.hang_up)
    county.office.night_as_told(on(2))
    county.everybody(switchboard.pick_up)

    county.office.night(on(3))

    (finding,) = county.office.findings()[MENDED, "S-FEES"]
    assert (finding.state, finding.sightings) == (State.TO_REVIEW, 2)
    assert (finding.first_seen_on, finding.last_seen_on) == (on(1), on(3))
    assert county.office.verdict(GOOD).status is Status.OK
    with county.opened(3) as folder:
        assert letters.own_fault(folder) == ""


def failing_midway(county: County, switchboard: Switchboard) -> None:
    """While the schools are read, the canaries go; what the schools show has changed."""
    county.show(good="empty", mended="fees")
    shown = county.schools[GOOD].routes["/fees/"]

    def last_answer(_: Request) -> Route:
        for site in county.canaries:
            switchboard.leave(site)
        return shown

    county.schools[GOOD].routes["/fees/"] = last_answer


def test_what_was_seen_while_the_network_failed_neither_opens_nor_closes(
    county: County, switchboard: Switchboard
) -> None:
    before = county.stand()
    failing_midway(county, switchboard)

    scan = county.office.night(on(2))

    seen = {code: look.outcome for (code, _), look in county.office.looks(scan).items()}
    assert seen == {GOOD: Outcome.SAYS_EMPTY, MENDED: Outcome.OPENED}
    assert county.stand() == before | {"evidence": county.stand()["evidence"]}


def test_without_the_guard_such_a_night_counts(
    county: County, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRD-02; off: ``crawler.outside.is_cut_off``."""
    monkeypatch.setattr(void, "is_cut_off", lambda _: False)
    failing_midway(county, switchboard)

    county.office.night(on(2))

    assert county.office.states(GOOD) == [State.DETECTED]
    assert county.office.states(MENDED) == [State.DROPPED]


def test_sites_that_are_down_while_a_canary_answers_are_the_sites_matter(
    county: County, switchboard: Switchboard
) -> None:
    for site in (county.canaries[0], *county.schools.values()):
        switchboard.hang_up(site)

    county.office.night(on(2))

    assert {county.office.verdict(code).status for code in CODES} == {Status.UNREACH}
    with county.opened(2) as folder:
        assert [one.nights for one in records.nights_unreachable(folder.store)] == [1, 1]


def test_a_night_without_canaries_is_a_night_as_ever(
    county: County, switchboard: Switchboard
) -> None:
    county.office.settings["network"]["canaries"] = []
    county.everybody(switchboard.hang_up)

    county.office.night(on(2))

    assert {county.office.verdict(code).status for code in CODES} == {Status.UNREACH}


@pytest.mark.parametrize("how", ["led away", "asked to log in", "the gateway's word"])
def test_a_network_that_answers_in_place_of_the_canaries_is_down(
    county: County, switchboard: Switchboard, how: str
) -> None:
    portal = switchboard.site({"/": "<html><body>请先登录上网</body></html>"})
    answer = {
        "led away": Reply(status=302, headers={"Location": portal.url + "/"}),
        "asked to log in": Reply(status=511, body="<html>login</html>"),
        "the gateway's word": Reply(status=504, body="<html>gateway</html>"),
    }[how]
    for site in county.canaries:
        site.routes["/"] = answer

    assert county.office.night_as_told(on(2)).void == VOID
    assert portal.paths == []


def test_sites_are_left_alone_once_the_network_is_known_to_be_down(
    county: County, switchboard: Switchboard
) -> None:
    """Sixty schools are two batches; in the first one the canaries go."""
    unit = "青禾县第{}小学"
    more = [
        county.office.add(
            f"M{n}",
            unit.format(n),
            {
                "/": home({"收费信息": "/fees/"}, unit=unit.format(n)),
                "/fees/": fees(unit.format(n)),
            },
            fees="/fees/",
        )
        for n in range(60)
    ]
    for site in more:
        whole = site.routes["/fees/"]
        site.routes["/fees/"] = lambda _, whole=whole: (
            [switchboard.leave(one) for one in county.canaries] and whole
        )

    done = county.office.night_as_told(on(2))

    assert (done.void, done.planned) == (VOID, 62)
    assert 0 < done.not_reached < 62
    asked = [site for site in (*more, *county.schools.values()) if site.requests]
    assert len([site for site in more if not site.requests]) >= done.not_reached - len(CODES)
    assert asked


def test_an_interrupted_scan_is_not_gone_on_with_in_a_dead_network(
    county: County, switchboard: Switchboard
) -> None:
    """It would be void as a whole, with all that it has seen already."""
    with county.opened(2) as folder:
        name = folder.new_scan()
        begin(folder.scans / name, night.planned(folder, scan=name), ALL)
        county.everybody(switchboard.hang_up)

        with pytest.raises(MonitorError) as refused:
            night.run(folder, scan=folder.unfinished_scan(), tell=lambda _: None)

        assert refused.value.code == "E4413"
        county.everybody(switchboard.pick_up)
        assert night.run(folder, scan=folder.unfinished_scan(), tell=lambda _: None).void == ""
