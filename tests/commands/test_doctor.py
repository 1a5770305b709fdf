"""自检: each line says what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import UNIT, english, office, ran
from siteserver import SiteServer

from monitor.wording import Exit


@pytest.fixture
def server() -> Iterator[SiteServer]:
    made = SiteServer()
    yield made
    made.close()


def lines(place: Path, *words: str) -> tuple[int, list[str]]:
    done = ran("doctor", "--dir", place, *words)
    assert done.err == ""
    assert english(done.out) == []
    return done.code, done.out.splitlines()


def test_a_folder_in_order_has_no_cross(tmp_path: Path) -> None:
    place = office(
        tmp_path / "信息公开 巡查", [("A1", UNIT, "http://127.0.0.1:9")], ["127.0.0.1:9"]
    )

    code, told = lines(place)

    assert code == 0
    assert [line for line in told if line.startswith("✗")] == []
    assert any(line.startswith("✓　数据库可用，单位 1 家") for line in told)
    assert any(line.startswith("!　设置了测试地址") for line in told)
    assert any(line.startswith("✓　域名可以解析（127.0.0.1）") for line in told)


def test_what_is_missing_comes_with_a_remedy(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [], [])
    (place / "settings.yaml").write_text("office: {name: }\n", "utf-8")

    code, told = lines(place)

    assert code == 0
    warned = [line for line in told if line.startswith("!")]
    assert any("没有填写本局名称或电话。请在 settings.yaml" in line for line in warned)
    assert any("还没有单位。请执行 mingcha units import" in line for line in warned)


def test_a_name_that_is_not_known_is_a_matter_of_the_network(tmp_path: Path) -> None:
    home = "http://no-such-school.invalid/"

    code, told = lines(office(tmp_path / "局", [("A1", UNIT, home)], []))

    assert code == Exit.NETWORK
    assert "✗　域名无法解析（no-such-school.invalid）。请检查网络和 DNS 设置" in told


@pytest.mark.parametrize(("day", "is_known"), [("2026-11-23", True), ("2031-01-05", False)])
def test_a_year_without_holidays_is_told(day: str, is_known: bool, tmp_path: Path) -> None:
    _, told = lines(office(tmp_path / "局", [], []), "--today", day)

    year = day[:4]
    assert (f"✓　{year} 年放假调休数据已有" in told) is is_known
    assert any(f"没有 {year} 年的放假调休数据" in line for line in told) is not is_known


def test_every_check_is_made_though_one_fails(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [], [])
    (place / "rules.yaml").write_text("columns: [\n", "utf-8")

    code, told = lines(place)

    assert code == Exit.INPUT
    assert any(line.startswith("✗　目录文件有") for line in told)
    assert told[-1][0] in "✓!✗"
    assert any("今天按" in line for line in told)


@pytest.mark.parametrize(
    ("up", "down", "code", "said"),
    [
        (0, 0, Exit.DONE, "!　没有设置对照网址（network.canaries）。请填两三个"),
        (2, 0, Exit.DONE, "✓　2 个对照网址都能打开"),
        (1, 1, Exit.DONE, "!　部分对照网址打不开（http://127.0.0.1:9/）。请核对网址"),
        (0, 1, Exit.NETWORK, "✗　对照网址都打不开（http://127.0.0.1:9/）。请检查本机网络"),
    ],
)
def test_canaries_are_asked(
    server: SiteServer, tmp_path: Path, up: int, down: int, code: int, said: str
) -> None:
    sites = [server.site({"/": "<html><body>门户</body></html>"}) for _ in range(up)]
    canaries = [site.url + "/" for site in sites] + ["http://127.0.0.1:9/"] * down
    place = office(tmp_path / "局", [], [*server.targets, "127.0.0.1:9"])
    words = ("--set", f"network.canaries=[{','.join(canaries)}]", "--set", "network.tries=1")

    ended, told = lines(place, *words)

    assert ended == code
    assert any(line.startswith(said) for line in told)
