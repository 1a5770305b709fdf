"""A manuscript as a page: what comes from a site stays text."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from monitor.model import Status
from reports.formats.docx import write_paper
from reports.formats.html import render, render_paper
from reports.manuscript import (
    Annex,
    Cell,
    Heading,
    Kind,
    Link,
    Manuscript,
    Paper,
    PaperTable,
    Paragraph,
    Section,
    Table,
    TableColumn,
)

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


# --- papers ----------------------------------------------------------------------------


def paper(text: str = "某市教育局信息公开情况", *, address: str = "https://a.cn/") -> Paper:
    columns = (
        TableColumn(heading=text),
        TableColumn(heading="数", kind=Kind.NUMBER),
        TableColumn(heading="结论", kind=Kind.STATUS),
        TableColumn(heading="地址", kind=Kind.LINK),
    )
    row = (text, 7, Status.STALE, Link(text=text, address=address))
    table = PaperTable(
        title=text,
        table=Table(columns=columns, rows=(row,), total=(None, 7, "", None)),
        unit=text,
        note=text,
    )
    return Paper(
        title=text,
        subtitle=text,
        addressee=text,
        blocks=(Heading(level=1, text=text), Paragraph(lead=text, text=text), table),
        annexes=(
            Annex(name=text, blocks=(Heading(level=3, text=text), table)),
            Annex(name="台账"),
        ),
        signed_by=text,
        signed_on=date(2026, 11, 2),
        contact="联系人：【　】",
        checks=(text, "核对【主送机关】"),
        author=text,
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("clean", [False, True], ids=["working copy", "sent"])
def test_a_paper_says_on_its_page_what_it_says_in_its_file(tmp_path: Path, clean: bool) -> None:
    page = lxml.html.fromstring(render_paper(paper(), clean=clean))
    write_paper(tmp_path / "报告.docx", paper(), clean=clean)

    with zipfile.ZipFile(tmp_path / "报告.docx") as archive:
        document = lxml.html.etree.fromstring(archive.read("word/document.xml"))
    in_file = squeezed("".join(document.itertext()))
    assert squeezed(page.body.text_content()) == in_file
    assert ("【" in in_file) is not clean
    assert ("送审前请核对" in in_file) is not clean


def test_a_paper_needs_nothing_from_elsewhere_and_lets_nothing_run() -> None:
    tree = lxml.html.fromstring(render_paper(paper(ATTACK)))

    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert tree.xpath("//script | //img | //link | //iframe | //form") == []
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert tree.text_content().count("alert('x')") > 20


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% for x in y %}", "${7*7}", "]]>", "&lt;"])
def test_words_of_a_paper_are_never_a_template(text: str) -> None:
    assert text in lxml.html.fromstring(render_paper(paper(text))).text_content()


def test_what_cannot_be_printed_is_left_out() -> None:
    assert "第一小学" in render_paper(paper("第一\x0b小\u202e学"))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "佐证/1.html", "file:///etc/passwd"])
def test_a_paper_leads_to_sites_only(address: str) -> None:
    tree = lxml.html.fromstring(render_paper(paper(address=address)))

    assert tree.xpath("//a") == []


def test_a_cell_of_a_paper_is_never_blank() -> None:
    tree = lxml.html.fromstring(render_paper(paper()))

    cells = [cell.text_content() for cell in tree.xpath("//td")]
    assert cells[:8] == [
        *("某市教育局信息公开情况", "7", "旧 更新不及时", "某市教育局信息公开情况"),
        *("—", "7", "—", "—"),
    ]
