"""The sample county as generator and server; what the program makes of it is tested elsewhere."""

from __future__ import annotations

import ast
import csv
import http.client
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest

from commands.demo import expected, leaflets
from commands.demo.county import MEMBERS, SITES
from commands.demo.records import NIGHTS, Dates, Mood, Shape, Site
from commands.demo.server import Server
from commands.demo.sheet import HEADER, sheet_rows
from commands.demo.skins import website

DEMO = Path(expected.__file__).parent
LINK = re.compile(r"""(?:href|src)=["']([^"'#]+)["']""")
#: the sites that show something on the first night
OPEN = [site for site in SITES if site.mood(1) is Mood.UP]
STATUSES = {
    *("MISSING", "NOCOL", "EMPTY", "BROKEN", "STALE", "PARTIAL", "DUE_SOON"),
    *("UNSURE", "UNREACH", "STMT", "OK", "NA", "EXEMPT", "NEW"),
}


@pytest.fixture(scope="module")
def county() -> Iterator[Server]:
    with Server() as server:
        yield server


class Reply:
    """One answer, read whole."""

    def __init__(self, address: str, **headers: str) -> None:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        try:
            path = quote(parts.path) + (
                f"?{quote(parts.query, safe='=&%/')}" if parts.query else ""
            )
            connection.request("GET", path or "/", headers=headers)
            reply = connection.getresponse()
            self.status, self.headers, self.body = reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    @property
    def text(self) -> str:
        return self.body.decode("gb18030" if b"charset=gb2312" in self.body else "utf-8")


# --- the generator ---------------------------------------------------------------------


def test_the_county_knows_nothing_of_the_house() -> None:
    allowed = {"commands", *sys.stdlib_module_names}
    for file in DEMO.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top, _, rest = name.partition(".")
                assert top in allowed, (file.name, name)
                assert top != "commands" or rest.startswith("demo"), (file.name, name)


def test_the_committed_table_is_what_is_planted() -> None:
    with expected.FILE.open(encoding="utf-8", newline="") as stored:
        header, *rows = csv.reader(stored)

    assert tuple(header) == expected.HEADER
    assert [tuple(row) for row in rows] == list(expected.rows())


def test_every_status_occurs_and_few_are_unsure() -> None:
    rows = list(expected.rows())

    assert {row[3] for row in rows} == STATUSES
    for night in ("1", "2", "3"):
        counts = Counter(row[3] for row in rows if row[0] == night)
        assert counts["UNSURE"] <= 0.15 * counts.total()


def test_one_gap_is_mended_and_one_opens_on_the_second_night() -> None:
    by_night = [
        {row[1:3]: row[3] for row in expected.rows() if row[0] == night} for night in ("1", "2")
    ]

    changed = {
        cell: (status, by_night[1][cell])
        for cell, status in by_night[0].items()
        if by_night[1][cell] != status
    }
    assert changed == {
        ("QH003", "S-11"): ("MISSING", "OK"),
        ("QH010", "E-11"): ("OK", "BROKEN"),
    }


def test_every_cell_has_one_truth_and_a_reason() -> None:
    rows = list(expected.rows())

    assert max(Counter(row[:3] for row in rows).values()) == 1
    assert all(row[4] for row in rows)


def test_pages_are_the_same_every_time() -> None:
    for site in SITES:
        for night in (1, 2, 3):
            first, again = website(site, night), website(site, night)
            assert (first and first.pages) == (again and again.pages)


def test_nothing_is_dated_after_the_night_it_is_shown() -> None:
    for member in MEMBERS:
        for plot in member.plots:
            for entry in plot.section.entries if plot.section else ():
                night = NIGHTS[entry.first_night - 1]
                assert entry.day <= night.isoformat(), (member.code, entry.title)


def test_the_county_is_varied_enough_to_be_hard() -> None:
    sections = [section for site in SITES for tenant in site.tenants for section in tenant.sections]

    assert len({site.skin for site in SITES}) >= 6
    assert len(MEMBERS) >= 14
    assert sum(len(section.entries) >= 60 for section in sections) >= 2
    assert {Dates.MONTH_DAY, Dates.NONE} <= {section.dates for section in sections}
    assert {Shape.TEXT, Shape.EMPTY, Shape.SHELL} <= {section.shape for section in sections}
    assert any(len(site.tenants) >= 3 for site in SITES)


@pytest.mark.parametrize("night", [1, 2, 3])
def test_no_night_looks_like_an_outage_of_our_own(night: int) -> None:
    shut = sum(site.mood(night) is not Mood.UP for site in SITES)

    assert 0 < shut < 3


def test_the_sheet_has_a_row_for_every_unit(county: Server) -> None:
    header, *rows = sheet_rows(county.addresses)
    late = sheet_rows(county.addresses, with_late=True)

    assert tuple(header) == HEADER
    assert all(len(row) == len(HEADER) for row in late)
    assert len(rows) == len(MEMBERS) - 1
    assert len(late) == len(MEMBERS) + 1
    without_site = [row[1] for row in rows if not row[5]]
    assert without_site == ["青禾县石门小学"]


@pytest.mark.parametrize(
    ("write", "start"),
    [(leaflets.docx, b"PK"), (leaflets.xlsx, b"PK"), (leaflets.pdf, b"%PDF")],
    ids=["docx", "xlsx", "pdf"],
)
def test_a_leaflet_is_the_file_it_says(write: leaflets.Writer, start: bytes) -> None:
    written = write((("项目", "金额"), ("总计", "12万元")))

    assert written.startswith(start)
    assert written == write((("项目", "金额"), ("总计", "12万元")))
    if start == b"PK":
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            assert archive.testzip() is None


# --- the server ------------------------------------------------------------------------


def test_every_unit_with_a_site_names_itself_on_its_home_page(county: Server) -> None:
    county.turn_to(1)
    silent = {site.host for site in SITES if site.mood(1) is not Mood.UP}
    for member, row in zip(MEMBERS, sheet_rows(county.addresses, with_late=True)[1:], strict=True):
        if member.host and member.host not in silent:
            reply = Reply(row[5])
            assert reply.status == 200, member.name
            assert member.name in reply.text
            assert row[19] == "" or Reply(row[19]).status == 200


@pytest.mark.parametrize("site", OPEN, ids=lambda site: site.host)
def test_no_link_is_dead_but_the_planted_ones(county: Server, site: Site) -> None:
    county.turn_to(1)
    base = county.addresses[site.host]
    lost = {
        file.name
        for tenant in site.tenants
        for section in tenant.sections
        for entry in section.entries
        for file in entry.files
        if file.lost
    }
    gone = sum(section.gone_on(1) for tenant in site.tenants for section in tenant.sections)
    seen, waiting, dead = set(), [base + "/"], []
    while waiting:
        address = waiting.pop()
        if address in seen or re.search(r"\.(css|js|gif|png|jsp)$|/(so|wzdt)/$", address):
            continue
        seen.add(address)
        reply = Reply(address)
        is_notice = "不存在" in reply.text[:3000] if b"<html" in reply.body[:200] else False
        if reply.status != 200 or is_notice:
            dead.append(address)
        elif "html" in reply.headers["Content-Type"]:
            found = (urljoin(address, unescape(link)) for link in LINK.findall(reply.text))
            waiting += [link for link in found if link.startswith(base)]

    assert len(dead) == len(lost) + gone
    assert len(seen) > 50


def test_a_hidden_list_comes_whole_from_its_data_address(county: Server) -> None:
    county.turn_to(1)
    news = "/col/col1229015/index.html"
    page = Reply(county.addresses["yizhong"] + news).text
    following = re.search(r'href="(/module/web/jpage/dataproxy.jsp[^"]+)"', page)
    assert following is not None
    rest = Reply(county.addresses["yizhong"] + following[1]).text

    assert len(re.findall("<record>", page)) == 45
    assert len(re.findall("<record>", rest)) == 64 - 45
    assert "<nextgroup>" not in rest


def test_a_shell_names_the_address_that_fills_it(county: Server) -> None:
    county.turn_to(1)
    base = county.addresses["gongkai"]
    home = next(row for row in sheet_rows(county.addresses) if row[0] == "QH005")[5]
    settings = dict(re.findall(r"(\w+):'([^']*)'", Reply(home).text.partition("data:{")[2]))
    pages = []
    for number in range(1, 7):
        query = "&".join(f"{name}={value}" for name, value in settings.items())
        query = query.replace("pageIndex=1", f"pageIndex={number}")
        pages.append(Reply(f"{base}/zwgk/site/label/8888?{query}").text)

    counts = [page.count("<li>") for page in pages]
    assert "<ul" not in Reply(home).text.partition("xxgk_lmcon")[2].partition("</script>")[0]
    assert counts == [15, 15, 15, 15, 2, 0]
    assert "pageCount:5" in pages[0]


def test_a_page_is_not_sent_again_until_it_changes(county: Server) -> None:
    county.turn_to(1)
    fees = county.addresses["erzhong"] + "/list.asp?id=5"
    first = Reply(fees)

    again = Reply(fees, **{"If-None-Match": first.headers["ETag"]})
    by_date = Reply(fees, **{"If-Modified-Since": first.headers["Last-Modified"]})
    county.turn_to(2)
    changed = Reply(fees, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status, by_date.status, changed.status) == (304, 304, 200)
    assert "2026年秋季学期教育收费公示" not in first.text
    assert "2026年秋季学期教育收费公示" in changed.text
    assert changed.headers["Last-Modified"] > first.headers["Last-Modified"]


def test_a_site_that_goes_down_refuses_and_keeps_its_address(county: Server) -> None:
    county.turn_to(2)
    address = county.addresses["baishi"] + "/"
    assert Reply(address).status == 200

    county.turn_to(3)
    with pytest.raises(ConnectionRefusedError):
        Reply(address)
    county.turn_to(1)

    assert Reply(address).status == 200


@pytest.mark.parametrize(
    ("host", "night", "path", "status", "words"),
    [
        ("sanxiao", 1, "/", 412, "$_ts"),
        ("yunling", 1, "/", 200, "系统维护中"),
        ("yunling", 3, "/", 200, "云岭镇初级中学"),
        ("qiming", 1, "/no/such/page.html", 200, "不存在或已删除"),
        ("portal", 1, "/no/such/page.html", 404, "404"),
        ("portal", 1, "/robots.txt", 200, "Disallow: /admin/"),
        ("erzhong", 1, "/robots.txt", 404, "不存在"),
        ("zhixiao", 1, "/xxgk/zzzc.htm", 200, "资助政策"),
        ("zhixiao", 2, "/xxgk/zzzc.htm", 404, "404"),
    ],
    ids=[
        *("challenge", "maintenance", "maintenance over", "soft 404", "real 404"),
        *("robots", "no robots", "column there", "column gone"),
    ],
)
def test_a_host_answers_in_its_own_way(
    county: Server, host: str, night: int, path: str, status: int, words: str
) -> None:
    county.turn_to(night)
    reply = Reply(county.addresses[host] + path)

    assert reply.status == status
    assert words in reply.text


def test_a_night_that_does_not_exist_is_refused(county: Server) -> None:
    with pytest.raises(ValueError, match="nights 1 to 3"):
        county.turn_to(4)
