"""One page, told and not kept: what kind it is, what was read, what stood in the way."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from clerk import UNIT, english, office, ran, school, tree
from schoolpages import article, empty, listing, page
from siteserver import Reply, serving

from commands.attempt import read
from crawler.run import Fetched
from monitor.wording import Exit

#: formats.md: the keys of ``try --json``
KEYS = {
    *("kind", "outcome", "encoding", "platform", "title", "published", "written_on", "source"),
    *("publisher", "index_no", "doc_no", "column_path", "attachments", "entries", "next_page"),
    *("says_empty", "shape"),
}
ROWS = [
    (f"关于做好第{n}批次招生工作的通知", f"/info/1021/{5300 + n}.htm", date(2026, 3, n + 1))
    for n in range(8)
]
PROSE = (
    "为做好本年度招生工作，根据上级有关规定，结合我校实际，现将有关事项通知如下，请遵照执行。" * 3
)
HISTORY = (
    "学校创办于一九五六年，现有教学班三十六个，教职工一百零二人，" * 3 + "是全县规模较大的小学。"
)
NEWS = "<h3>最新动态</h3><ul>" + "".join(
    f"<li><a href='/dt/{n}.html'>校园开展第{n}次主题活动</a><span>2026-05-{n + 1:02}</span></li>"
    for n in range(6)
)

PAGES = {
    "a list": (listing("招生信息", ROWS), "list"),
    "a list without days": (listing("招生信息", [(t, u, None) for t, u, _ in ROWS]), "list"),
    "a list of one": (listing("招生信息", ROWS[:1]), "list"),
    "a column that says it is empty": (empty("招生信息"), "list"),
    "an article": (article("招生通知", date(2026, 3, 2), PROSE), "detail"),
    "an article without a day": (article("招生通知", None, PROSE), "detail"),
    "an introduction without a day": (
        page("学校简介", f"<h1>学校简介</h1><div class='content'><p>{HISTORY}</p></div>"),
        "detail",
    ),
    "an article with news beside it": (
        article("招生通知", date(2026, 3, 2), PROSE).replace("<div class='footer'", NEWS + "</ul>"),
        "detail",
    ),
}


@pytest.mark.parametrize(("body", "kind"), PAGES.values(), ids=PAGES)
def test_a_page_is_a_list_or_an_article(body: str, kind: str) -> None:
    fetched = Fetched(asked="", url="http://a.example/zs/", status=200, body=body.encode())

    assert read(fetched, seen_at=None).kind == kind


def _as_latin_1(body: str) -> bytes:
    """The bytes of a page that somebody stored anew in the belief that they were Latin 1."""
    return body.encode().decode("latin-1").encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return office(tmp_path / "局", [], [])


@pytest.mark.parametrize("name", PAGES)
def test_the_keys_are_always_the_same(name: str, place: Path) -> None:
    file = place / "存下来的 页面.html"
    file.write_text(PAGES[name][0], "utf-8")
    before = tree(place)

    done = ran("try", "--file", file, "--url", "http://a.example/zs/", "--json", "--dir", place)

    assert done.code == 0
    told = json.loads(done.out)
    assert set(told) == KEYS
    assert told["kind"] == PAGES[name][1]
    assert told["outcome"] == "OPENED"
    assert tree(place) == before


def test_a_saved_page_needs_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(listing("招生信息", ROWS), "utf-8")

    done = ran("try", "--file", file, "--json", "--dir", tmp_path / "没有")

    told = json.loads(done.out)
    assert [row["title"] for row in told["entries"]] == [title for title, _, _ in ROWS]
    assert told["entries"][0]["published"]["day"] == "2026-03-01"


def test_an_article_gives_day_source_and_files(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    body = article("招生通知", date(2026, 3, 2), PROSE, files={"附件1.招生计划.xlsx": "/a.xlsx"})
    file.write_text(body, "gbk", errors="xmlcharrefreplace")

    done = ran("try", "--file", file, "--url", "http://a.example/zs/1.html", "--json")

    told = json.loads(done.out)
    assert told["title"] == "招生通知"
    assert told["published"]["day"] == "2026-03-02"
    assert told["source"] == UNIT
    assert told["attachments"] == [
        {"name": "附件1.招生计划.xlsx", "url": "http://a.example/a.xlsx"}
    ]


@pytest.mark.parametrize(
    ("dateline", "told"),
    [
        ("", "未标注发布日期"),
        ("发布时间：2026年3月", "发布日期不完整：“2026年3月”"),
        ("发布时间：2026-02-30", "不是有效日期：“2026-02-30”"),
        ("发布时间：1970-01-01", "发布日期明显有误：“1970-01-01”"),
    ],
)
def test_a_page_without_a_day_says_why(dateline: str, told: str, tmp_path: Path) -> None:
    body = f"<h1>招生通知</h1><div class='info'>{dateline}</div><div><p>{PROSE}</p></div>"
    (tmp_path / "a.html").write_text(page("招生通知", body), "utf-8")

    done = ran("try", "--file", tmp_path / "a.html")

    assert f"  发布日期　没有。{told}\n" in done.out


def test_a_row_shows_what_stands_in_the_place_of_its_day(tmp_path: Path) -> None:
    body = listing("招生信息", ROWS).replace("2026-03-03", "2026-02-30")
    (tmp_path / "a.html").write_text(body, "utf-8")

    done = ran("try", "--file", tmp_path / "a.html")

    assert "  没有日期　  关于做好第2批次招生工作的通知（不是有效日期：“2026-02-30”）" in done.out
    assert "字符　" not in done.out


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (_as_latin_1(article("招生通知", date(2026, 3, 2), PROSE)), "乱码，已还原"),
        (
            article(
                "招生通知", date(2026, 3, 2), PROSE.replace("招生", "招(zhāo)生(shēng)")
            ).encode(),
            "夹注拼音，已去除",
        ),
        (_as_latin_1(listing("招生信息", ROWS)), "乱码，已还原"),
    ],
    ids=["an article read as another charset", "with glosses in pinyin", "a list"],
)
def test_damaged_characters_are_told(body: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(body)

    done = ran("try", "--file", tmp_path / "a.html")

    assert f"  字符　　　{told}\n" in done.out


def test_addresses_are_opened_and_nothing_is_kept(tmp_path: Path) -> None:
    with serving() as server:
        site = school(server)
        site.routes["/busy/"] = Reply(
            status=503, body="<html><title>503</title><body>503 Service Unavailable</body></html>"
        )
        place = office(tmp_path / "局", [], [*server.targets, "127.0.0.1:9"])
        before = tree(place)

        seen = ran("try", f"{site.netloc}/fees/", "--dir", place)  # typed without http://
        busy = ran("try", f"{site.url}/busy/", "--dir", place)
        silent = ran("try", "http://127.0.0.1:9/", "--json", "--dir", place)

        assert seen.code == 0
        assert "列表页（本页 1 条" in seen.out
        assert "栏目　　　“收费信息”" in seen.out
        assert "2026年秋季学期教育收费公示（取自列表）　→ 收费公示" in seen.out
        assert "未保存任何数据" in seen.out
        assert "不计入问题" in busy.out
        assert silent.code == Exit.NETWORK
        told = json.loads(silent.out)
        assert set(told) == KEYS
        assert told["outcome"] == "REFUSED"
        assert english(seen.told + busy.told + silent.err) == []
        assert tree(place) == before


def test_this_machine_is_not_a_site(tmp_path: Path) -> None:
    done = ran("try", "http://127.0.0.1/", "--dir", office(tmp_path / "局", [], []))

    assert done.code == Exit.NETWORK
    assert "地址指向内部网络" in done.out


def test_a_saved_list_and_the_catalog_need_no_settings(tmp_path: Path) -> None:
    rows = [(f"2026年第{n}号公示", f"/a/content_{n}.html", date(2026, 9, n)) for n in range(1, 9)]
    (tmp_path / "list.html").write_text(listing("收费信息", rows), encoding="utf-8")
    saved, address = str(tmp_path / "list.html"), "http://school.example/fees/"

    found = ran("try", "--file", saved, "--url", address, "--dir", str(tmp_path))
    checked = ran("catalog", "check", "--dir", str(tmp_path))

    assert (found.code, checked.code) == (0, 0)
    assert "列表页（本页 8 条" in found.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.html"]
