"""Addresses proposed and accepted: what a clerk sees, what the sheet holds, what is written."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from clerk import UNIT, Ran, english, office, ran, school, tree
from python_calamine import CalamineWorkbook
from schoolpages import home, page
from siteserver import Reply, Site, SiteServer, serving

from commands.demo import expected
from commands.demo.records import NIGHTS
from commands.demo.server import Server
from commands.demo.sheet import sheet_rows
from commands.demonstrate import import_units, write_settings
from commands.files import held
from commands.folder import Folder
from monitor.store import open_store, records
from monitor.units.proposals import PROPOSAL_HEADERS
from reports.formats.xlsx import Sheet, write_table

#: the small catalog's columns
COLUMNS = ("收费信息", "计划总结", "食堂管理")


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with serving() as running:
        yield running


def discovered(place: Path, *words: str, out: str = "栏目地址.xlsx") -> tuple[Ran, list[dict]]:
    """Search, and read the sheet that was written."""
    sheet = place / out
    done = ran("discover", *words, "--out", sheet, "--dir", place)
    assert not english(done.told)
    return done, rows_of(sheet) if sheet.exists() else []


def rows_of(sheet: Path) -> list[dict]:
    grid = CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    top = next(at for at, row in enumerate(grid) if row[0] == PROPOSAL_HEADERS[0])
    return [dict(zip(grid[top], row, strict=True)) for row in grid[top + 1 :]]


def by_column(rows: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    return {row["栏目"]: (row["把握"], row["采用"]) for row in rows}


def accepted(place: Path, rows: Sequence[Sequence[object]], *words: str) -> Ran:
    """Read a sheet back that a person has filled in."""
    sheet = place / "填好.xlsx"
    write_table(sheet, [Sheet(name="栏目地址", header=PROPOSAL_HEADERS, rows=rows)])
    return ran("discover", "--accept", sheet, *words, "--dir", place)


def entrances(place: Path) -> dict[str, dict[str, str]]:
    store = open_store(f"sqlite:///{place / 'mingcha.db'}")
    try:
        return {unit.code: dict(unit.entrances) for unit in records.units(store)}
    finally:
        store.dispose()


def one_school(tmp_path: Path, server: SiteServer) -> tuple[Path, Site]:
    site = school(server)
    units = [("P-01", UNIT, f"{site.url}/")]
    return office(tmp_path / "局", units, server.targets), site


# --- a site of its own -----------------------------------------------------------------


def test_what_is_certain_is_accepted_beforehand_and_the_rest_is_told(
    tmp_path: Path, server: SiteServer
) -> None:
    place, site = one_school(tmp_path, server)

    done, rows = discovered(place, UNIT)

    assert done.code == 0
    assert by_column(rows) == {
        "收费信息": ("确定", "是"),
        "计划总结": ("确定", "是"),
        "食堂管理": ("没有找到", ""),
    }
    assert rows[0]["网址"] == f"{site.url}/fees/"
    assert rows[2]["依据"].startswith(f"从 {site.url}/ 起看了")
    assert "没有找到　1：食堂管理" in done.out


def test_a_search_leaves_no_trace_but_its_sheet(tmp_path: Path, server: SiteServer) -> None:
    place, _ = one_school(tmp_path, server)
    before = tree(place)

    discovered(place, UNIT, out="新.xlsx")

    after = tree(place)
    assert set(after) - set(before) == {"新.xlsx", *(name for name in after if "logs" in name)}
    assert entrances(place) == {"P-01": {}}
    store = open_store(f"sqlite:///{place / 'mingcha.db'}")
    assert (records.scans(store), tuple(records.findings(store))) == ((), ())
    store.dispose()


def test_a_preview_opens_and_writes_nothing(tmp_path: Path, server: SiteServer) -> None:
    place, site = one_school(tmp_path, server)

    done, rows = discovered(place, "--all", "--dry-run")

    assert (done.code, rows, site.requests) == (0, [], [])
    assert f"{UNIT}　3 个栏目，从 {site.url}/ 找起" in done.out


def test_an_earlier_sheet_is_not_overwritten(tmp_path: Path, server: SiteServer) -> None:
    place, site = one_school(tmp_path, server)
    (place / "栏目地址.xlsx").write_bytes(b"filled in")

    done = ran("discover", UNIT, "--out", place / "栏目地址.xlsx", "--dir", place)

    assert done.code == 2
    assert site.requests == []
    assert (place / "栏目地址.xlsx").read_bytes() == b"filled in"


def test_what_could_not_be_opened_is_not_called_missing(tmp_path: Path, server: SiteServer) -> None:
    closed = server.site({"/": Reply(reset=True)})
    place = office(tmp_path / "局", [("P-01", UNIT, f"{closed.url}/")], server.targets)

    done, rows = discovered(place, UNIT)

    assert {row["把握"] for row in rows} == {"没能查看"}
    assert f"没能查看的 1 家：{UNIT}，" in done.out
    assert "没有找到" not in done.out


def test_a_menu_that_a_script_fills_is_told(tmp_path: Path, server: SiteServer) -> None:
    scripted = "<div class='menu' id='m'></div><script>fill('m')</script>"
    site = server.site({"/": home({"招生信息": "/zs/"}, more=scripted)})
    place = office(tmp_path / "局", [("P-01", UNIT, f"{site.url}/")], server.targets)

    _, rows = discovered(place, UNIT)

    assert {row["把握"] for row in rows} == {"没有找到"}
    assert all("没有看全" in row["依据"] for row in rows)


@pytest.mark.parametrize(
    "words", [(), (UNIT, "--all"), (UNIT, "--accept", "x.xlsx")], ids=["none", "both", "accept"]
)
def test_a_verb_said_by_halves_is_refused(tmp_path: Path, words: Sequence[str]) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://x.example/")], [])

    done = ran("discover", *words, "--dir", place)

    assert done.code == 2
    assert "没有执行任何操作" in done.err


def test_a_scan_that_is_running_has_the_sites_to_itself(tmp_path: Path, server: SiteServer) -> None:
    place, site = one_school(tmp_path, server)

    with held(place / "scans" / ".lock"):
        done, rows = discovered(place, UNIT)

    assert (done.code, rows, site.requests) == (2, [], [])
    assert "巡查正在进行" in done.err


def test_a_unit_without_a_site_and_without_an_office_above_it_is_told(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "")], [])

    done = ran("discover", "--all", "--dir", place)

    assert done.code == 0
    assert f"{UNIT}：没有登记网站，主管单位也没有，无处可找" in done.out


# --- a county's platform ---------------------------------------------------------------


def test_a_school_without_a_site_is_found_on_that_of_its_office(
    tmp_path: Path, server: SiteServer
) -> None:
    def carried(title: str, inner: str, crumbs: str) -> str:
        return page(title, inner, unit="青禾县政务公开", crumbs=crumbs)

    fees = "<a href='/jyly/xiangyang/sfgs.htm'>收费信息</a>"
    rows = [
        f"<li><a href='/i/{n}.htm'>第{n}学期收费标准</a><span>2026-0{n}-01</span></li>"
        for n in range(1, 5)
    ]
    site = server.site(
        {
            "/": carried("首页", "<div class='nav'><a href='/jyly/'>教育领域</a></div>", ""),
            "/jyly/": carried("教育领域", f"<a href='/jyly/xiangyang/'>{UNIT}</a>", "教育领域"),
            "/jyly/xiangyang/": carried(UNIT, f"<ul><li>{fees}</li></ul>", f"教育领域 &gt; {UNIT}"),
            "/jyly/xiangyang/sfgs.htm": carried(
                "收费信息",
                f"<h3>收费信息</h3><ul>{''.join(rows)}</ul>",
                f"{UNIT} &gt; 收费信息",
            ),
        }
    )
    place = office(tmp_path / "局", [], server.targets)
    sheet = place / "单位清单.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("单位编码", "单位名称", "单位类别", "网站首页", "邮箱", "主管单位"),
                ("J-01", "青禾县教育局", "教育局", f"{site.url}/", "", ""),
                ("P-01", UNIT, "小学", "", "", "J-01"),
            ]
        )
    assert ran("units", "import", sheet, "--dir", place).code == 0

    _, rows_ = discovered(place, UNIT)

    found = {row["栏目"]: row for row in rows_}
    assert found["收费信息"]["网址"] == f"{site.url}/jyly/xiangyang/sfgs.htm"
    assert (found["收费信息"]["把握"], found["收费信息"]["采用"]) == ("确定", "是")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    """The sample county in its first night."""
    place = tmp_path_factory.mktemp("county")
    with Server() as running:
        write_settings(place, running.addresses)
        take_in(place, sheet_rows(running.addresses))
        yield place, running


def take_in(place: Path, rows: list[list[str]]) -> None:
    folder = Folder(place, today=NIGHTS[0])
    import_units(folder, rows)
    folder.close()


def test_accepted_addresses_change_no_verdict_in_the_sample_county(
    county: tuple[Path, Server],
) -> None:
    place, _ = county
    on = ("--today", NIGHTS[0].isoformat(), "--dir", place)

    done = ran("discover", "--all", "--out", place / "栏目地址.xlsx", *on)
    taken = ran("discover", "--accept", place / "栏目地址.xlsx", *on)
    scanned = ran("scan", *on)

    assert (done.code, taken.code, scanned.code) == (0, 0, 0), done.told + taken.told
    assert "没能查看的 2 家：青禾县第三小学、青禾县云岭镇初级中学，" in done.out
    assert len(entrances(place)["QH005"]) > len(entrances(place)["QH014"]) == 0
    folder = Folder(place, today=NIGHTS[0])
    judged = {(one.unit, one.requirement): one.status.name for one in folder.standing()}
    folder.close()
    truth = {row[1:3]: row[3] for row in expected.rows() if row[0] == "1"}
    assert judged == truth


def test_on_the_sample_platform_a_school_is_found_from_the_front_page(
    county: tuple[Path, Server],
) -> None:
    place, running = county
    front, name = f"{running.addresses['gongkai']}/", "青禾县实验小学"
    rows = sheet_rows(running.addresses)
    at = rows[0].index("网站首页"), rows[0].index("信息公开栏目地址")
    for row in rows:
        if name in row:
            organ = row[at[0]].partition("?")[0]
            row[at[0]], row[at[1]] = front, ""
    take_in(place, rows)

    ran("discover", name, "--out", place / "一校.xlsx", "--dir", place)

    found = [row for row in rows_of(place / "一校.xlsx") if row["网址"]]
    assert len(found) > 10
    assert {row["把握"] for row in found} == {"确定"}
    assert {row["网址"].partition("?")[0] for row in found} == {organ}


# --- accepting -------------------------------------------------------------------------

GOOD = ("P-01", UNIT, "收费信息", "http://a.example/fees/", "确定", "", None, "是")


def test_accepted_addresses_are_shown_and_then_written(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://a.example/")], [])
    rows = [GOOD, ("P-01", UNIT, "计划总结", "http://a.example/plan/", "存疑", "", None, "否")]

    preview = accepted(place, rows, "--dry-run")
    before = entrances(place)
    done = accepted(place, rows)

    assert "新增 1 · 修改 0 · 不变 0 · 不采用 1" in preview.out
    assert f"{UNIT}　收费信息　http://a.example/fees/" in preview.out
    assert before == {"P-01": {}}
    assert done.code == 0
    assert entrances(place) == {"P-01": {"fees": "http://a.example/fees/"}}


def test_another_address_is_a_change_and_nothing_is_taken_away(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://a.example/")], [])
    accepted(
        place, [GOOD, ("P-01", UNIT, "计划总结", "http://a.example/plan/", "", "", None, "是")]
    )

    done = accepted(place, [(*GOOD[:3], "http://b.example/", *GOOD[4:])])

    assert "新增 0 · 修改 1" in done.out
    assert "http://a.example/fees/ → http://b.example/" in done.out
    assert entrances(place) == {
        "P-01": {"fees": "http://b.example/", "plan": "http://a.example/plan/"}
    }


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("P-09", *GOOD[1:]), "单位编码"),
        (("P-01", "青禾县东风小学", *GOOD[2:]), "单位"),
        ((*GOOD[:2], "收费信", *GOOD[3:]), "栏目"),
        ((*GOOD[:3], "没有", *GOOD[4:]), "网址"),
        ((*GOOD[:3], None, *GOOD[4:]), "网址"),
        ((*GOOD[:7], "也许"), "采用"),
    ],
    ids=["unit", "name", "column", "none", "blank", "word"],
)
def test_a_wrong_row_is_told_with_its_column_and_the_others_are_taken(
    tmp_path: Path, row: Sequence[object], told: str
) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://a.example/")], [])
    other = ("P-01", UNIT, "计划总结", "http://a.example/plan/", "", "", None, "是")

    done = accepted(place, [row, other])

    assert f"第2行“{told}”" in done.out
    assert not english(done.told)
    assert entrances(place) == {"P-01": {"plan": "http://a.example/plan/"}}


def test_two_addresses_for_one_column_are_both_left(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://a.example/")], [])

    done = accepted(place, [GOOD, (*GOOD[:3], "http://b.example/", *GOOD[4:])])

    assert "这个栏目在第2行采用了另一个网址" in done.out
    assert entrances(place) == {"P-01": {}}


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("P-01", UNIT, "http://a.example/")], [])

    done = ran("discover", "--accept", place / "单位清单.csv", "--dir", place)

    assert done.code == 2
    assert "没有变动" in done.err


def test_an_address_known_already_is_not_accepted_again(tmp_path: Path, server: SiteServer) -> None:
    place, _ = one_school(tmp_path, server)
    _, rows = discovered(place, UNIT)
    first = [tuple(row[name] for name in PROPOSAL_HEADERS[:7]) for row in rows if row["网址"]]
    accepted(place, [(*row, "是") for row in first])

    _, again = discovered(place, UNIT, out="再找.xlsx")

    assert {row["采用"] for row in again} == {""}
    assert all("单位清单中已是这个网址" in row["依据"] for row in again if row["网址"])
