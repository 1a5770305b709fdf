from __future__ import annotations

import io

import docx
import pytest
import xlsxwriter

from crawler.pages.attachments import kind_of, read_file
from monitor.model import FileState


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def workbook(*rows: tuple[str, ...]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("收费")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def pdf(text: str) -> bytes:
    """Make a PDF of one page by hand, with the offsets its table of objects needs."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return body + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, start)
    )


def test_words_of_a_word_file_are_read_with_its_tables():
    found = read_file(word("收费依据如下", rows=(("项目", "标准"), ("住宿费", "300元"))))

    assert found.state is FileState.OPENS
    assert found.whole
    assert "收费依据如下" in found.text
    assert "300元" in found.text


def test_cells_of_a_workbook_are_read():
    found = read_file(workbook(("项目", "举报电话"), ("课本费", "0000")))

    assert (found.state, found.whole) == (FileState.OPENS, True)
    assert "举报电话" in found.text


def test_text_of_a_pdf_is_read():
    found = read_file(pdf("Budget 2026"))

    assert (found.state, found.whole) == (FileState.OPENS, True)
    assert "Budget 2026" in found.text


def test_a_scan_opens_but_its_words_stay_unknown():
    found = read_file(pdf(""))

    assert found.state is FileState.OPENS
    assert not found.whole


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"", FileState.BROKEN),
        (b"<!DOCTYPE html><title>login</title>", FileState.GATED),
        (b"\r\n <html>captcha", FileState.GATED),
        (word("x")[:-400], FileState.UNREADABLE),
        (workbook(("x",))[:-300], FileState.UNREADABLE),
        (pdf("x")[:60], FileState.UNREADABLE),
        (b"\x00" * 64, FileState.UNREADABLE),
        (b"\x89PNG\r\n\x1a\n", FileState.OPENS),
        (b"Rar!\x1a\x07", FileState.OPENS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, FileState.OPENS),
    ],
    ids=lambda case: case.name if isinstance(case, FileState) else kind_of(case) or "unknown",
)
def test_a_file_that_cannot_be_read_says_so_and_nothing_more(body, state):
    found = read_file(body)

    assert found.state is state
    assert not found.whole


def test_a_name_and_its_content_may_differ():
    assert kind_of(workbook(("x",))) == "xlsx"
    assert kind_of(word("x")) == "docx"
