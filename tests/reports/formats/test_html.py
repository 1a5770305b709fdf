"""A manuscript as a page: what comes from a site stays text."""

from __future__ import annotations

import lxml.html
import pytest

from monitor.model import Status
from reports.formats.html import render
from reports.manuscript import Cell, Kind, Link, Manuscript, Section, Table, TableColumn

ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)>\" onmouseover=\"alert(1)"


def page(*row: Cell, total: tuple[Cell, ...] = ()) -> lxml.html.HtmlElement:
    columns = tuple(TableColumn(heading=ATTACK, kind=Kind.TEXT) for _ in row)
    table = Table(columns=columns, rows=(row,), total=total)
    section = Section(heading=ATTACK, paragraphs=(ATTACK,), quotation=ATTACK, table=table)
    return lxml.html.fromstring(
        render(
            Manuscript(
                title=ATTACK, subtitle=ATTACK, summary=(ATTACK,), sections=(section,), foot=ATTACK
            )
        )
    )


def test_what_a_site_wrote_stays_text_wherever_it_stands() -> None:
    tree = page(ATTACK, Link(text=ATTACK, address=f"http://a.cn/{ATTACK}"), total=(ATTACK, ""))

    assert tree.xpath("//script | //img") == []
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert tree.text_content().count("alert('x')") >= 9


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_could_run_is_shown_without_a_link(address: str) -> None:
    tree = page(Link(text="打开栏目", address=address))

    assert tree.xpath("//a") == []
    assert "打开栏目" in tree.text_content()


@pytest.mark.parametrize("address", ["http://a.cn/x?a=1&b=2", "https://a.cn/", "佐证/1.html"])
def test_an_address_of_a_site_or_a_file_beside_it_is_a_link(address: str) -> None:
    (link,) = page(Link(text="查看", address=address)).xpath("//a")

    assert link.get("href") == address
    assert link.get("rel") == "noreferrer noopener"


@pytest.mark.parametrize("status", Status)
def test_a_status_is_told_by_word_and_sign_not_by_colour_alone(status: Status) -> None:
    (tag,) = page(status).xpath("//span[contains(@class, 'tag')]")

    assert tag.text_content() == f"{status.symbol} {status.value}"
    assert f".{status.name} {{ background:" in render(Manuscript(title=""))


def test_a_page_needs_nothing_from_elsewhere() -> None:
    text = render(Manuscript(title="表", sections=(Section(heading="一"),)))

    assert "http" not in text
    assert '<meta charset="utf-8">' in text
    assert 'lang="zh-CN"' in text
