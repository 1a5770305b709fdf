"""佐证单: what a finding rests on, night by night, for whoever doubts it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import DAY, UNIT, english, office, ran, school
from siteserver import Reply, Site, SiteServer, serving

from monitor.wording import Exit

NEXT, THIRD = "2026-11-24", "2026-11-25"
NUMBER = "WT-2026-00001"


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def site(server: SiteServer) -> Site:
    return school(server)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer, site: Site) -> Path:
    """Two nights that saw a list without the item, and one in which the site was ill."""
    units = [("A1", UNIT, site.url)]
    place = office(tmp_path_factory.mktemp("scanned") / "office", units, server.targets)
    for day in (DAY, NEXT):
        assert ran("scan", "--dir", place, "--today", day).code == 0
    with pytest.MonkeyPatch.context() as here:
        here.setitem(site.routes, "/plan/", Reply(status=503))
        here.setitem(site.routes, "/", Reply(status=503))
        assert ran("scan", "--dir", place, "--today", THIRD).code == 0
    return place


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned, tmp_path / "office")


def proof(place: Path, *words: str) -> str:
    done = ran("findings", "show", NUMBER, *words, "--dir", place, "--today", THIRD)
    assert done.code == 0, done.told
    assert english(done.out) == []
    return done.out


def test_every_night_that_counts_is_told_with_what_was_read(place: Path, site: Site) -> None:
    told = proof(place, "--proof")

    assert told.startswith(f"佐证单　{NUMBER}　{UNIT}　年度工作计划\n")
    assert "标题含任一　计划" in told
    assert "三、逐晚所见：共 3 晚，其中 2 晚见到问题，计入；其余不计" in told
    first, second, third = told.split("\n2026-11-2")[1:4]
    for night, day in ((first, DAY), (second, NEXT)):
        assert night.startswith(f"{day[-1]}　应公开未公开　计入\n")
        assert f"地址　　{site.url}/plan/" in night
        assert "读取　　读 1 页 1 条，读到末页" in night
        assert "条目　　1 条，日期自 2026-10-09 至 2026-10-09；标题与本项相符的 0 条" in night
        assert f"取自 {site.url}/plan/" in night
        sha256 = night.split("sha256 ")[1][:64]
        assert (place / "evidence" / sha256[0] / f"{sha256}.gz").exists()
        assert "版本　　目录 80c5dad65828　日历 " in night
    assert third.startswith("5　未能核查　不计\n")
    assert "取自" not in third


def test_the_rule_is_the_one_that_was_in_force(place: Path) -> None:
    """Also when the item was taken out of the catalog since."""
    rules = (place / "rules.yaml").read_text("utf-8")
    item = next(line for line in rules.splitlines() if "X-2" in line)
    before = proof(place, "--proof").rpartition("佐证单于")[0]
    (place / "rules.yaml").write_text(rules.replace(item + "\n", ""), "utf-8")

    after = proof(place, "--proof").rpartition("佐证单于")[0]

    assert after == before


def test_without_being_asked_for_it_is_not_written(place: Path) -> None:
    assert "佐证单" not in proof(place)


def test_a_finding_that_is_not_there_has_none(place: Path) -> None:
    done = ran("findings", "show", "WT-2026-00099", "--proof", "--dir", place, "--today", THIRD)

    assert done.code == Exit.INPUT


def test_a_verdict_tells_by_what_it_was_made(place: Path) -> None:
    told = ran("explain", UNIT, "X-2", "--dir", place, "--today", THIRD).out

    (line,) = [one for one in told.splitlines() if one.startswith("  版本　　")]
    assert "目录 80c5dad65828　日历 " in line
    assert line.endswith("/1")
