"""What leaves the house: rows that hold everything, a page that a reader can trust."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from clerk import DAY, ITEMS, UNIT, Ran, english, office, ran, school, take_in
from siteserver import Site, serving

from monitor.model import GAPS, Status

#: formats.md: the keys of ``export assessments --json``
KEYS = {
    *("unit", "unit_name", "requirement", "requirement_name", "period", "status", "because"),
    *("late_by", "newest_on", "page", "evidence", "first_seen_on", "assessed_on", "flags"),
    "unchecked",
}
HOSTILE = '<script>alert("1")</script>小学'


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as server:
        yield school(server)


@pytest.fixture(scope="module")
def place(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office after one night, and after a unit came that nobody looked at yet."""
    units = [
        ("A1", UNIT, site.url),
        ("A2", "东门小学", "http://127.0.0.1:9"),
        ("A3", "西门小学", ""),
    ]
    place = office(
        tmp_path_factory.mktemp("导出") / "信息公开 巡查", units, [site.netloc, "127.0.0.1:9"]
    )
    assert exported(place, "scan").code == 0
    take_in(place, [*units, ("A4", HOSTILE, site.url)])
    return place


def exported(place: Path, *words: object) -> Ran:
    return ran(*words, "--dir", place, "--today", DAY)


def test_every_obligation_is_one_row(place: Path) -> None:
    done = exported(place, "export", "assessments", "--json")

    rows = [json.loads(line) for line in done.out.splitlines()]

    assert len(rows) == 4 * len(ITEMS)
    assert {(row["unit"], row["requirement"]) for row in rows} == {
        (unit, item) for unit in ("A1", "A2", "A3", "A4") for item in ITEMS
    }
    assert all(set(row) == KEYS for row in rows)
    assert Counter(row["status"] for row in rows) == {
        "OK": 1,
        "MISSING": 1,
        "NOCOL": 1,
        "UNREACH": 3,
        "UNSURE": 3,
        "NEW": 3,
    }
    for row in rows:
        assert set(row["because"]) == {"code", "text"}
        assert (row["assessed_on"], row["late_by"]) == (DAY, None)
        assert Status[row["status"]] not in GAPS or row["evidence"]


def test_rows_go_to_a_file(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "新 文件夹" / "结论.jsonl"

    done = exported(place, "export", "assessments", "--json", "--out", file)

    assert f"共 {4 * len(ITEMS)} 行" in done.out
    assert len(list(map(json.loads, file.read_text("utf-8").splitlines()))) == 4 * len(ITEMS)


@pytest.fixture(scope="module")
def page(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("报告") / "巡查 #1 情况.html"
    done = exported(place, "export", "overview", "--html", page)
    assert done.code == 0, done.told
    return page


def tables(page: Path) -> dict[str, list[list[str]]]:
    """The rows of the table under each heading, the sums too."""
    tree = lxml.html.fromstring(page.read_text("utf-8"))
    found = {}
    for heading in tree.xpath("//h2"):
        for table in heading.xpath("following-sibling::*[self::h2 or descendant::table][1]//table"):
            found[heading.text_content().partition("、")[2]] = [
                [cell.text_content().strip() for cell in row.xpath("./td")]
                for row in table.xpath(".//tr[td]")
            ]
    return found


def test_totals_are_the_sums_of_their_rows(page: Path) -> None:
    for heading in ("按单位", "按公开事项"):
        *rows, total = [list(map(int, row[1:])) for row in tables(page)[heading]]

        assert total == [sum(column) for column in zip(*rows, strict=True)]
        assert all(row[-1] == sum(row[:-1]) for row in [*rows, total])
        assert total[-1] == 4 * len(ITEMS)


def test_what_a_person_must_look_at_is_listed_once(page: Path) -> None:
    found = tables(page)

    assert [row[1] for row in found["发现的问题"]] == ["年度工作计划", "食堂管理公示"]
    assert found["待人工核实"] == [
        ["西门小学", "、".join(ITEMS.values()), "3", "该单位未登记网站，需人工核查", "", ""],
        ["合计", "", "3", "", "", ""],
    ]
    assert found["未能核查的网站"] == [["东门小学", "1", "尚无"]]


def test_the_page_says_what_it_does_not_know(page: Path) -> None:
    text = lxml.html.fromstring(page.read_text("utf-8")).text_content()

    assert "初次摸底情况" in text
    assert f"数据截止 {DAY}" in text
    assert "目前只有一次有效巡查，所列问题均待第二次核查" in text
    assert "线下公开、未自动判断的 1 项：依申请公开。" in text
    assert "未登记网站、需人工核查的单位：西门小学。" in text
    assert english(text) == []


def test_nothing_on_the_page_is_alive(page: Path) -> None:
    text = page.read_text("utf-8")

    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"\b(?:javascript|data):", text)


def test_every_proof_is_there_and_readable(page: Path) -> None:
    links = lxml.html.fromstring(page.read_text("utf-8")).xpath("//a/@href")
    proofs = {unquote(link) for link in links if not link.startswith("http")}

    assert proofs
    for proof in proofs:
        text = (page.parent / proof).read_text("utf-8")
        assert UNIT in text
        assert "校验值" in text


def test_a_damaged_proof_is_told_and_the_rest_goes_on(place: Path, tmp_path: Path) -> None:
    rows = map(json.loads, exported(place, "export", "assessments", "--json").out.splitlines())
    gaps = [row for row in rows if row["status"] in ("MISSING", "NOCOL")]
    spoilt, gone = (place / "evidence" / gap["evidence"][0]["path"] for gap in gaps)
    kept = {file: file.read_bytes() for file in (spoilt, gone)}
    try:
        spoilt.write_bytes(b"\x1f\x8b not the page that was stored")
        gone.unlink()

        done = exported(place, "export", "overview", "--html", tmp_path / "a.html")
    finally:
        for file, body in kept.items():
            file.write_bytes(body)

    assert done.code == 0
    assert "有 2 份留存页面缺失或损坏" in done.err
    assert [row[-1] for row in tables(tmp_path / "a.html")["发现的问题"]] == [
        "留存文件缺失或损坏"
    ] * 2


def test_an_office_that_never_looked_says_so(tmp_path: Path) -> None:
    place = office(tmp_path / "局", [("A1", UNIT, "")], [])

    exported(place, "export", "overview", "--html", tmp_path / "a.html")

    text = lxml.html.fromstring((tmp_path / "a.html").read_text("utf-8")).text_content()
    assert "尚无巡查记录" in text
    assert "未发现问题" not in text
    assert "均能打开" not in text


def test_the_overview_on_a_screen_has_the_same_numbers(place: Path) -> None:
    done = exported(place, "export", "overview")

    assert "共核查 4 家单位、12 项应公开内容：正常 1 项，发现问题 2 项" in done.out
    assert re.search(r"^1 青禾县向阳小学　年度工作计划　× 应公开未公开", done.out, re.MULTILINE)
    assert max(map(len, done.out.splitlines())) <= 100


def test_the_unit_list_goes_out_as_it_came_in(place: Path, tmp_path: Path) -> None:
    assert exported(place, "units", "export", "--out", tmp_path / "单位.xlsx").code == 0
    with (place / "单位清单.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 5

    done = exported(place, "units", "import", tmp_path / "单位.xlsx", "--dry-run")

    assert "新增 0 · 修改 0 · 停用 0" in done.out
