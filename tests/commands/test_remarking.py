"""提示 as an officer meets them: beside the gaps, looked at, said what they are worth."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import FEES, UNIT, Ran, english, office, ran, school
from schoolpages import article, home, listing
from siteserver import Reply, SiteServer, serving

from monitor.sheets import read_table
from monitor.wording import Exit

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def server() -> Iterator[SiteServer]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, server: SiteServer) -> Path:
    site = school(server)
    rows = [
        ("2025年秋季收费公示", "/fees/1.html", "2025-09-01"),
        ("2026年秋季收费公示", "/fees/9.html", "2026-09"),
    ]
    site.routes |= {
        "/fees/": listing("收费信息", rows),
        "/fees/9.html": article(
            "2026年秋季收费公示", "", "现将本学期收费项目和标准公布如下，请家长监督。"
        ),
    }
    folder = office(
        tmp_path_factory.mktemp("scanned") / "office", [("A1", UNIT, f"{site.url}/")], [site.netloc]
    )
    assert ran("scan", "--dir", folder, "--today", DAY).code == Exit.DONE
    return folder


@pytest.fixture
def place(scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(scanned, tmp_path / "office")


def remarks(folder: Path, *words: object) -> Ran:
    return ran("remarks", *words, "--dir", folder, "--today", DAY)


def test_a_night_remarks_on_what_is_no_gap(place: Path) -> None:
    told = remarks(place, "list")

    assert told.code == Exit.DONE
    assert "信息未标日期 1 条" in told.out
    assert "“收费信息”栏目有1条信息未标日期，如“2026年秋季收费公示”" in told.out
    assert english(told.out) == []


def test_what_was_looked_at_leaves_the_list_and_stays_in_the_sheet(place: Path) -> None:
    said = remarks(place, "say", 1, "--as", "属实", "--note", "已电话告知", "--by", "王科员")
    assert said.code == Exit.DONE, said.told

    assert remarks(place, "list").out == "没有这样的提示。\n"
    assert remarks(place, "list", "--all", "--xlsx", "提示.xlsx").code == Exit.DONE
    table = read_table(Path("提示.xlsx"), known=["编号", "备注"])
    assert [row.text("备注") for row in table.rows] == ["已电话告知"]


def test_a_preview_writes_nothing(place: Path) -> None:
    assert remarks(place, "say", 1, "--as", "属实", "--dry-run").code == Exit.DONE

    assert "1 号" in remarks(place, "list").out


@pytest.mark.parametrize("number", [9, 10**12], ids=["unknown", "absurd"])
def test_a_number_that_is_not_there_is_told(place: Path, number: int) -> None:
    told = remarks(place, "say", number, "--as", "属实")

    assert told.code == Exit.INPUT
    assert f"没有第 {number} 号提示" in told.told


def test_what_a_columns_page_shows_is_remarked_on_with_its_proof(
    server: SiteServer, tmp_path: Path
) -> None:
    site = school(server)
    rows = [("2026年秋季收费公示", "/fees/1.html", "2028-03-01"), *FEES]
    planted = "".join(f"<a href='http://s{n}.example/'>棋牌下载</a>" for n in range(3))
    letters = (
        "<table><tr><th>标题</th><th>来信时间</th><th>办理状态</th></tr>"
        "<tr><td>校车线路</td><td>2026-05-04</td><td>未回复</td></tr></table>"
    )
    more = f"{letters}<div style='display:none'>{planted}</div></body>"
    site.routes["/fees/"] = listing("收费信息", rows).replace("</body>", more)
    site.routes["/fees/1.html"] = article("2026年秋季收费公示", "2028-03-01", "现将标准公布如下。")
    folder = office(tmp_path / "office", [("A1", UNIT, f"{site.url}/")], [site.netloc])

    assert ran("scan", "--dir", folder, "--today", DAY).code == Exit.DONE

    told = ran("remarks", "list", "--dir", folder, "--today", DAY)
    assert "“2026年秋季收费公示”标注“2028-03-01" in told.out
    assert "有3个读者看不见的外站链接（设为不显示）" in told.out
    assert "1封来信超过3个月仍未答复，最早的一封是2026-05-04的" in told.out
    assert "棋牌" not in told.out
    assert "校车线路" not in told.out
    assert english(told.out) == []


def test_a_platform_that_fails_is_one_remark_until_it_is_well_again(
    server: SiteServer, tmp_path: Path
) -> None:
    site = server.site({})
    site.fallback = Reply(status=503)
    units = [(f"A{n}", f"青禾县第{n}小学", f"{site.url}/{n}/") for n in range(1, 5)]
    folder = office(tmp_path / "office", units, [site.netloc])

    def night(day: str) -> str:
        assert ran("scan", "--dir", folder, "--today", day).code == Exit.DONE
        return ran("remarks", "list", "--dir", folder, "--today", day).out

    (told,) = [line for line in night(DAY).splitlines() if "单位中" in line]
    assert "4个单位中，4个都是同一情况（对方网站内部出错）" in told
    assert all(name in told for _, name, _ in units)

    for number, (_, name, _) in enumerate(units, start=1):
        columns = {"收费信息": f"/{number}/fees/", "学校概况": f"/{number}/about/"}
        site.routes[f"/{number}/"] = home(columns, unit=name)
        site.routes[f"/{number}/fees/"] = listing("收费信息", FEES, unit=name)
    assert "共用平台故障" not in night("2026-11-24")
