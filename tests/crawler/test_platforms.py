"""Platforms: small invented sites, one a family, read from page to page as the spider would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.pages.lists import End, Listing, Shape, listing_of
from crawler.pages.text import Page, open_page
from crawler.platforms import PLATFORMS, platform_of

SITES = sorted(
    path.parent for path in (Path(__file__).parents[1] / "sites").glob("*/expected.yaml")
)


def expected_of(folder: Path) -> dict[str, Any]:
    return YAML(typ="safe").load(folder / "expected.yaml")


def pages_of(folder: Path, expected: dict[str, Any]) -> Iterator[tuple[Page, Listing]]:
    """The pages of a column, from the first one to where no address leads on."""
    address, listing = expected["start"], None
    while address:
        body = (folder / expected["pages"][address]).read_bytes()
        page = open_page(body, address)
        listing = listing_of(page, before=listing)
        yield page, listing
        address = listing.data_address or listing.next_page


@pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)
def test_a_site_is_read_to_its_end_as_expected(folder: Path) -> None:
    expected = expected_of(folder)
    read = list(pages_of(folder, expected))
    entries = [
        [entry.title, entry.published.day if entry.published else None, entry.url]
        for _, listing in read
        for entry in listing.entries
    ]

    assert entries == expected["entries"]
    assert {listing.platform for _, listing in read} == {expected["platform"]}
    last = read[-1][1]
    assert (last.shape, last.end) == (Shape(expected["shape"]), End(expected["end"]))
    assert last.says_empty == expected.get("says_empty", "")
    assert len(read) == len(expected["pages"])


def test_every_family_has_a_site_of_its_own() -> None:
    assert {platform.name for platform in PLATFORMS} == {
        expected_of(folder)["platform"] for folder in SITES
    }


@pytest.mark.parametrize(
    ("url", "markup", "name"),
    [
        ("http://a.example/zwgk/public/column/12?type=4&catId=9", "", "longxun"),
        ("http://a.example/col/col1229063379/index.html", "", "jcms"),
        ("http://a.example/art/2026/7/4/art_12_34.html", "", "jcms"),
        ("http://a.example/XxgkContent/showList/174/105276/page_1.html", "", "openness"),
        ("http://a.example/info/1021/2345.htm", "", "vsb"),
        ("http://a.example/x.htm", "<!--Announced by Visual SiteBuilder 9-->", "vsb"),
        ("http://a.example/zwgk/202607/t20260704_1.html", "", "trs"),
        ("http://a.example/zwgk/", "<div class='TRS_Editor'></div>", "trs"),
        ("http://a.example/news/12.html", "<p>校园新闻</p>", "generic"),
    ],
)
def test_a_family_is_known_by_address_or_mark(url: str, markup: str, name: str) -> None:
    assert platform_of(open_page(f"<html><body>{markup}</body></html>".encode(), url)).name == name


def test_a_shell_without_its_numbers_names_no_address() -> None:
    page = open_page(
        b"<html><body><div id='con'></div></body></html>",
        "http://a.example/public/column/12?type=4",
    )

    assert listing_of(page).data_address == ""


def test_later_records_are_asked_for_by_number_when_no_address_is_ready_made() -> None:
    rows = "".join(
        f"<record><![CDATA[<li><a href='/art/2026/9/{n}/art_3_{n}.html'>收费公示第{n}号</a>"
        f"<span>2026-09-0{n}</span></li>]]></record>"
        for n in (1, 2, 3)
    )
    island = f"<datastore><totalrecord>9</totalrecord>{rows}</datastore>"
    call = (
        "$('#u').jpage({totalRecord:9,perPage:3,proxyUrl:'/module/jpage/dataproxy.jsp',"
        "columnid:'3',unitid:'u',webid:'8'});"
    )
    body = (
        f"<html><body><div id='u'><script type='text/xml'>{island}</script></div>"
        f"<script>{call}</script></body></html>"
    )
    listing = listing_of(open_page(body.encode(), "http://a.example/col/col3/index.html"))

    assert listing.next_page == (
        "http://a.example/module/jpage/dataproxy.jsp?webid=8&columnid=3&unitid=u"
        "&startrecord=4&endrecord=12&perpage=3"
    )
    assert listing.end is End.MORE
