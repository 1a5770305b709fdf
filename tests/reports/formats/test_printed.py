"""Papers as they leave the printer: how many pages, and none of them mostly white."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from noticed import OFFICE, ON, SCHOOL, many, snapshot
from pypdf import PdfReader

from monitor.model import Catalog
from reports.formats.docx import write_paper
from reports.kinds import notice, unit_sheet
from reports.manuscript import Paper
from reports.problems import Problem

LONG = (
    "权责清单及其动态调整、公开与监督办法的执行情况、"
    "年度考核和整改落实情况、社会评议结果及其运用、责任追究情况"
)

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


def pages(paper: Paper, place: Path, *, clean: bool = False) -> list[str]:
    """The text of each page, without blanks."""
    path = place / "文书.docx"
    write_paper(path, paper, clean=clean)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", place, path]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return [
        "".join(page.extract_text().split()) for page in PdfReader(path.with_suffix(".pdf")).pages
    ]


def wordy(count: int) -> tuple[Problem, ...]:
    """Problems of long items: their rows are tall."""
    return tuple(
        replace(
            one,
            columns="权责清单和动态调整情况",
            requirement=replace(one.requirement, name=f"{one.requirement.id}{LONG}"),
        )
        for one in many(count)
    )


@pytest.mark.parametrize("clean", [False, True], ids=["to be checked", "as sent"])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_notice_is_two_pages_and_its_table_begins_on_the_first(
    tmp_path: Path, count: int, clean: bool
) -> None:
    paper = notice.compose_paper(
        SCHOOL, wordy(count), office=OFFICE, on=ON, period="2026年10月", reply_by=date(2026, 11, 5)
    )

    first, *more = pages(paper, tmp_path, clean=clean)

    assert "核查发现" in first
    assert "11月9日" in first  # a row stands under the heading
    assert len(more) <= 1
    assert "按时反馈" in (more or [first])[-1]  # the signature is not without its text


def test_the_sheet_of_a_unit_is_one_page_however_much_is_wrong(tmp_path: Path) -> None:
    found = wordy(12)
    catalog = Catalog(
        columns={}, requirements={one.requirement.id: one.requirement for one in found}
    )
    frozen = snapshot(catalog=catalog, findings=tuple(one.finding for one in found), assessments=())

    paper = unit_sheet.compose(frozen, SCHOOL, office=OFFICE, on=ON)

    assert len(pages(paper, tmp_path)) == 1
