"""Numbers of persons on a site: told to the officer that night, kept nowhere, gone when mended."""

from __future__ import annotations

import email
import email.policy
import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from office import FIRST, Office, Switchboard, on, switched
from paperwork import workbook
from personlists import card_number, id_number, mobile_number
from schoolpages import UNIT, article, empty, home, listing, page
from siteserver import Reply, Route

from commands.folder import Folder
from commands.letters import letters_of_day
from commands.morning import digest_of_day
from crawler import evidence
from monitor.model import KeptRemark, LetterKind, RemarkKind, Status, UnitType
from monitor.store import records
from monitor.store.letters import postings

OFFICER = "officer@bureau.example.cn"
LOT = random.Random(7)
IDS = tuple(id_number(LOT) for _ in range(12))
CARDS = tuple(card_number(LOT) for _ in range(4))
MOBILES = tuple(mobile_number(LOT) for _ in range(4))
HOME = "青石镇向阳村大塘组五十五号"
PLANTED = (*IDS, *CARDS, *MOBILES, HOME)
DAY = date(2026, 10, 30)
COLUMNS = {"kind": UnitType.JUNIOR_HIGH, "fees": "/fees/", "admissions": "/admissions/"}

HEADER = ("姓名", "班级", "身份证号", "银行卡号", "联系电话", "家庭住址")
ROWS = tuple(
    (f"学生{n}", "三（1）班", IDS[n], CARDS[n], MOBILES[n], HOME if n == 0 else "某村")
    for n in range(3)
)
TITLES = {
    "list": "2026年秋季助学金名单公示",
    "fees": "2026年秋季收费公示",
    "statement": "关于无此类事项的情况说明",
    "named": f"学生{IDS[7]}获奖名单",
}


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture
def office(switchboard: Switchboard, tmp_path: Path) -> Office:
    made = Office(tmp_path / "科 室", switchboard)
    made.settings["office"] = {"name": "青禾县教育局", "reply_to": OFFICER, "officer": "李科长"}
    return made


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table>{lines}</table>"


def routes(*, sheet: bytes) -> dict[str, Route]:
    rows = [
        (TITLES["fees"], "/a/1.html", DAY),
        (TITLES["list"], "/a/2.html", DAY),
        (TITLES["statement"], "/a/3.html", DAY),
        (TITLES["named"], f"/a/{IDS[8]}.html", DAY),
    ]
    parted = f"{IDS[5][:6]}<span lang='EN-US'>{IDS[5][6:]}</span>"
    return {
        "/": home({"收费信息": "/fees/"}),
        "/fees/": Reply(
            body=listing("收费信息", rows).replace("</body>", f"<p>{IDS[6]}</p></body>"),
            validators=True,
        ),
        "/admissions/": page(
            "招生信息",
            f"<div class='content'><p>现将适龄儿童名单公布如下，{'请家长留意' * 9}。</p>"
            f"{table((HEADER, *ROWS))}</div>",
            crumbs="招生信息",
        ),
        "/a/1.html": article(TITLES["fees"], DAY, "现将收费标准予以公示，举报电话：13805550000。"),
        "/a/2.html": article(
            TITLES["list"],
            DAY,
            f"公示期：2026年10月30日至11月5日。{table((HEADER, *ROWS[:2]))}",
            files={f"名单{IDS[9]}.xlsx": "/up/名单.xlsx"},
        ),
        "/a/3.html": article(
            TITLES["statement"], DAY, f"经手人身份证号：{parted}、{IDS[4]}，卡号{CARDS[3]}。"
        ),
        f"/a/{IDS[8]}.html": page("获奖", "<p>见名单。</p>"),
        "/up/名单.xlsx": sheet,
    }


def opened(office: Office, day: date) -> Folder:
    return Folder(office.place, today=day)


def remarks(office: Office, kind: RemarkKind) -> list[KeptRemark]:
    folder = opened(office, FIRST)
    try:
        return [one for one in records.remarks(folder.store) if one.remark.kind is kind]
    finally:
        folder.close()


def everything_in(place: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder as bytes, also what is packed in it."""
    for path in place.rglob("*"):
        if path.is_file():
            yield from unpacked(str(path), path.read_bytes())


def unpacked(name: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, body
    if body[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}!", gzip.decompress(body))
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for inner in packed.namelist():
                yield from unpacked(f"{name}!{inner}", packed.read(inner))


def in_mails(office: Office) -> Iterator[tuple[str, bytes]]:
    folder = opened(office, FIRST)
    try:
        with folder.store.connect() as memory:
            for number, content in memory.exec_driver_sql("SELECT seq, content FROM letters"):
                message = email.message_from_bytes(content, policy=email.policy.default)
                for part in message.walk():
                    if not part.is_multipart():
                        payload = part.get_payload(decode=True)
                        yield from unpacked(f"letter {number}", payload)
    finally:
        folder.close()


def holding(found: Iterator[tuple[str, bytes]]) -> set[tuple[str, str]]:
    wanted = {value: (value.encode(), value.encode("utf-16-le")) for value in PLANTED}
    return {
        (name, value)
        for name, body in found
        for value, forms in wanted.items()
        if any(form in body for form in forms)
    }


def test_no_number_that_a_site_shows_is_kept_anywhere_in_the_work_folder(office, monkeypatch):
    monkeypatch.chdir(office.place)  # where papers go that are given no place
    office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(FIRST)
    office.night(on(2))
    for words in (
        ("remarks", "list", "--all"),
        ("remarks", "list", "--xlsx", str(office.place / "提示.xlsx")),
        ("export", "overview", "--html", str(office.place / "情况.html")),
        ("ledger", "export", "--out", str(office.place / "台账.xlsx")),
        ("explain", "P-1", "S-FEES"),
        ("report", "unit", "P-1"),
    ):
        (office.place / f"{words[0]}.txt").write_text(office.told(on(2), *words), "utf-8")
    folder = opened(office, on(2))
    digest_of_day(folder)
    letters_of_day(folder)
    folder.close()

    assert holding(everything_in(office.place)) == set()
    assert holding(in_mails(office)) == set()


def test_the_officer_is_told_that_night_and_nobody_else(office):
    office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(FIRST)

    folder = opened(office, FIRST)
    (letter,) = [one for one in postings(folder.store) if one.kind is LetterKind.PRIVATE]
    folder.close()
    told = {one.remark.facts["title"]: one for one in remarks(office, RemarkKind.EXPOSED)}
    assert letter.recipient == OFFICER
    assert letter.unit == ""
    one = told[TITLES["list"]].remark
    assert one.facts["what"] == "身份证号4个、银行卡号3个、手机号码3个、家庭住址1个"
    assert f"{IDS[9][:4]}**********{IDS[9][-4:]}" in one.sentence
    assert office.verdict("P-1").status is Status.OK
    told_in = [name for name, body in in_mails(office) if one.sentence.encode() in body]
    assert set(told_in) == {f"letter {letter.number}"}


def test_a_night_that_waits_for_the_officer_tells_of_persons_at_once(office):
    clean = routes(sheet=b"") | {
        "/fees/": listing("收费信息", [(TITLES["fees"], "/a/1.html", DAY)]),
        "/admissions/": listing("招生信息", [(TITLES["fees"], "/a/1.html", DAY)]),
    }
    sites = [office.add(f"P-{n}", UNIT, dict(clean), **COLUMNS) for n in (1, 2)]
    office.night(FIRST)
    for site in sites:
        site.routes["/fees/"] = empty("收费信息")
    rows = [(TITLES["fees"], "/a/1.html", DAY), (TITLES["list"], "/a/2.html", DAY)]
    sites[0].routes["/admissions/"] = listing("招生信息", rows)

    office.night(on(2))

    folder = opened(office, on(2))
    assert [one.ruling for one in records.held_nights(folder.store)] == [None]
    assert len([one for one in postings(folder.store) if one.kind is LetterKind.PRIVATE]) == 1
    folder.close()
    assert len(remarks(office, RemarkKind.EXPOSED)) == 1


def test_what_is_mended_is_seen_the_next_night_though_the_list_is_the_same(office):
    site = office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(FIRST)
    site.routes |= routes(sheet=workbook(HEADER[:2], *(row[:2] for row in ROWS)))
    site.routes["/a/2.html"] = article(TITLES["list"], DAY, "公示期满，名单已撤下。")

    office.night(on(2))

    ended = {one.remark.facts["title"]: one.ended_on for one in remarks(office, RemarkKind.EXPOSED)}
    assert ended[TITLES["list"]] == on(2)


def test_a_night_that_cannot_look_ends_nothing(office):
    site = office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(FIRST)
    before = remarks(office, RemarkKind.EXPOSED)
    site.routes["/up/名单.xlsx"] = Reply(reset=True)
    site.routes["/a/3.html"] = Reply(status=503)

    office.night(on(2))

    assert [one.ended_on for one in remarks(office, RemarkKind.EXPOSED)] == [None] * len(before)


def test_a_second_night_opens_nothing_but_what_tells_of_persons(office):
    site = office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(FIRST)
    asked = len(site.paths)

    office.night(on(2))

    assert "/a/1.html" not in site.paths[asked:]
    assert len(site.paths[asked:]) <= 6


def test_a_list_that_outstays_its_notice_is_told_with_its_day(office):
    office.add("P-1", UNIT, routes(sheet=workbook(HEADER, *ROWS)), **COLUMNS)
    office.night(on(5))  # 6 November: the notice ended yesterday
    assert remarks(office, RemarkKind.OVERSTAY) == []

    office.night(date(2026, 12, 15))

    (one,) = remarks(office, RemarkKind.OVERSTAY)
    assert one.remark.facts["due"] == date(2026, 11, 5)
    assert one.remark.facts["days"] == 40
    assert "超40天" in one.remark.sentence


def test_the_hash_of_a_stored_page_is_that_of_the_masked_page(tmp_path):
    body = f"<p>身份证号{IDS[0]}</p>".encode()

    sha256, _ = evidence.store(tmp_path, body)

    kept = evidence.load(tmp_path, sha256)
    assert IDS[0].encode() not in kept
    assert len(kept) == len(body)


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    first = evidence.key(tmp_path)

    assert evidence.key(tmp_path) == first
    assert len(first) == 32
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
