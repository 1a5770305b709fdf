"""刹车 as an office meets it: many units worse at once, held, then released or discarded."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import Ran, english, office, ran, school
from schoolpages import UNIT, empty
from siteserver import Site, SiteServer, serving

from commands.folder import Folder
from monitor.model import State
from monitor.store import records
from monitor.wording import Exit

FIRST, SECOND, THIRD = "2026-11-20", "2026-11-21", "2026-11-23"
NAMES = [UNIT, "青禾县第二小学", "青禾县第三小学"]


@pytest.fixture
def county(tmp_path: Path) -> tuple[Path, list[Site]]:
    """Three schools, looked at once, all of whose fee columns then say that they are empty."""
    with serving() as server:
        sites = [_of(server, name) for name in NAMES]
        units = [
            (f"A{number}", name, f"{site.url}/")
            for number, (name, site) in enumerate(zip(NAMES, sites, strict=True))
        ]
        place = office(tmp_path / "office", units, [site.netloc for site in sites])
        assert ran("scan", "--dir", place, "--today", FIRST).code == Exit.DONE
        for site, name in zip(sites, NAMES, strict=True):
            site.routes["/fees/"] = empty("收费信息").replace(UNIT, name)
        yield place, sites


def _of(server: SiteServer, name: str) -> Site:
    site = school(server)
    site.routes |= {
        path: page.replace(UNIT, name)
        for path, page in site.routes.items()
        if isinstance(page, str)
    }
    return site


def night(place: Path, *words: object, day: str = SECOND) -> Ran:
    return ran("night", *words, "--dir", place, "--today", day)


def fee_findings(place: Path) -> list[State]:
    folder = Folder(place)
    found = [one.state for one in records.findings(folder.store) if one.requirement == "X-1"]
    folder.close()
    return found


def test_a_night_in_which_all_get_worse_waits_and_moves_nothing(county) -> None:
    place, _ = county
    told = ran("scan", "--dir", place, "--today", SECOND)

    assert "3 个单位中有 3 个同时变差，疑似本系统读取有误" in told.out
    assert fee_findings(place) == []
    listed = night(place, "list").out
    assert "暂缓，等经办人决定" in listed
    assert "第 1 号暂缓" in listed
    assert english(told.out + listed) == []


def test_released_it_counts_as_the_night_it_was(county) -> None:
    place, _ = county
    ran("scan", "--dir", place, "--today", SECOND)

    done = night(place, "release", 1, "--reason", "已打开核对，确实没有内容", day=THIRD)

    assert done.code == Exit.DONE, done.told
    assert fee_findings(place) == [State.DETECTED] * 3
    again = night(place, "release", 1, "--reason", "再放一次", day=THIRD)
    assert again.code == Exit.INPUT
    assert "第 1 号已处理：王科员 于" in again.told
    ran("scan", "--dir", place, "--today", THIRD)
    assert fee_findings(place) == [State.TO_REVIEW] * 3


def test_discarded_it_never_counts_and_the_next_is_compared_with_the_one_before(county) -> None:
    place, _ = county
    ran("scan", "--dir", place, "--today", SECOND)

    done = night(place, "discard", 1, "--reason", "平台当晚升级", "--by", "李科长")
    ran("scan", "--dir", place, "--today", THIRD)

    assert done.code == Exit.DONE, done.told
    assert fee_findings(place) == []
    assert "第 2 号暂缓" in night(place, "list", day=THIRD).out


def test_what_only_the_calendar_changes_is_not_held(tmp_path: Path) -> None:
    with serving() as server:
        sites = [_of(server, name) for name in NAMES]
        units = [
            (f"A{number}", name, f"{site.url}/")
            for number, (name, site) in enumerate(zip(NAMES, sites, strict=True))
        ]
        place = office(tmp_path / "office", units, [site.netloc for site in sites])
        rules = place / "rules.yaml"
        text = rules.read_text("utf-8").replace(
            "kind: standing", "kind: column_max_age, max_age: 3m", 1
        )
        rules.write_text(text, "utf-8")
        assert ran("scan", "--dir", place, "--today", FIRST).code == Exit.DONE
        told = ran("scan", "--dir", place, "--today", "2026-12-15")

    assert "变差" not in told.out
    assert fee_findings(place) == [State.DETECTED] * 3
