"""A column whose list suddenly yields far fewer entries than ever (GRD-10, of one column).

Whole nights: a school lists forty entries for ten nights; then its page is built otherwise, and our
reader finds two of them. No brake sees that: it is one unit.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, on, switched
from schoolpages import home, listing, page
from siteserver import Site

from monitor.judgements import yields
from monitor.model import State, Status
from monitor.wording import Because

CODE, UNIT = "A1", "青禾县甲小学"
ROWS = [(f"第{n}号收费事项的公示", f"/fees/{n}.html", on(1)) for n in range(1, 41)]
OTHERS = [(f"第{n}号通知", f"/fees/other{n}.html", on(1)) for n in range(1, 3)]
WHOLE = listing("收费信息", ROWS, unit=UNIT)
#: a reader that finds two rows of forty, neither of them the one that is owed
MISREAD = listing("收费信息", OTHERS, unit=UNIT)
EMPTIED = page("收费信息", "<div class='list'>暂无数据</div>", unit=UNIT, crumbs="收费信息")
USUAL = 10  # nights before


class School:
    def __init__(self, office: Office, site: Site) -> None:
        self.office = office
        self.site = site
        self.last = USUAL

    def night(self, shown: str) -> Status:
        self.site.routes["/fees/"] = shown
        self.last += 1
        self.office.night(on(self.last))
        return self.office.verdict(CODE).status


@pytest.fixture(scope="module")
def ten_nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with switched() as server:
        office = Office(tmp_path_factory.mktemp("ten") / "科 室", server)
        routes = {"/": home({"收费信息": "/fees/"}, unit=UNIT), "/fees/": WHOLE}
        site = office.add(CODE, UNIT, routes, fees="/fees/")
        for number in range(1, USUAL + 1):
            office.night_as_told(on(number))
        assert office.verdict(CODE).status is Status.OK
        yield School(office, site)


@pytest.fixture
def school(ten_nights: School, tmp_path: Path) -> School:
    """The school after ten nights; what a test does to it is its own."""
    here = copy.copy(ten_nights)
    here.office = copy.copy(ten_nights.office)
    here.office.place = tmp_path / "科 室"
    shutil.copytree(ten_nights.office.place, here.office.place)
    return here


def test_a_list_that_is_misread_for_two_nights_accuses_nobody(school: School) -> None:
    assert [school.night(MISREAD), school.night(MISREAD)] == [Status.UNSURE] * 2

    said = school.office.verdict(CODE)
    assert said.because is Because.FAR_FEWER
    assert "平时有 40 条，这次只有 2 条（第 2 晚）" in said.sentence
    assert said.sentence in school.office.told(on(school.last), "explain", CODE, "S-FEES")
    assert school.night(WHOLE) is Status.OK
    assert school.office.findings() == {}


@pytest.mark.parametrize("left", [MISREAD, EMPTIED], ids=["two are left", "none is left"])
def test_a_list_that_was_really_taken_down_is_a_finding_on_the_third_night(
    school: School, left: str
) -> None:
    *doubted, third, fourth = [school.night(left) for _ in range(4)]

    gap = Status.MISSING if left is MISREAD else Status.EMPTY
    assert (doubted, third, fourth) == ([Status.UNSURE] * 2, gap, gap)
    (finding,) = school.office.findings()[CODE, "S-FEES"]
    assert (finding.state, finding.sightings) == (State.TO_REVIEW, 2)
    assert finding.first_seen_on == on(USUAL + 3)


def test_without_the_guard_it_is_a_finding_at_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GRD-10; off: ``monitor.judgements.yields.NIGHTS``."""
    monkeypatch.setattr(yields, "NIGHTS", 1)

    assert school.night(MISREAD) is Status.MISSING
    assert school.office.states(CODE) == [State.DETECTED]


def test_such_a_night_is_judged_again_to_the_same(school: School) -> None:
    school.night(MISREAD)
    doubtful = on(school.last).isoformat()
    school.night(MISREAD)
    school.night(MISREAD)

    assert "逐字节一致" in school.office.told(on(school.last), "judge", "--as-of", doubtful)
