from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile

import paperwork as made
import pytest

from crawler.pages.attachments import FileText, read_file, read_scan, reads_scans
from crawler.pages.formats.kinds import kind_of
from monitor.model import FileState

needs_ocr = pytest.mark.skipif(not reads_scans(), reason="the extra [ocr] is not installed")


def text_of(found: FileText) -> str:
    return "\n".join(piece.text for piece in found.pieces)


def places(body: bytes) -> dict[str, str]:
    """The text of each piece by where it stands."""
    return {
        f"{piece.where}!{piece.row}" if piece.row else piece.where: piece.text
        for piece in read_file(body).pieces
    }


# --- text, and where it stands -----------------------------------------------------------


def test_words_of_a_word_file_are_read_with_its_tables():
    body = made.word("收费依据如下", rows=(("项目", "标准"), ("住宿费", "300元")))

    assert places(body) == {
        "第1段": "收费依据如下",
        "表1第1行": "项目\t标准",
        "表1第2行": "住宿费\t300元",
    }
    assert read_file(body).whole


def test_cells_of_a_workbook_are_read_in_their_rows():
    body = made.workbook(("项目", "", "举报电话"), ("课本费", "", "0000"))

    assert places(body) == {
        "收费": "收费",
        "收费!1": "项目\t\t举报电话",
        "收费!2": "课本费\t\t0000",
    }
    assert read_file(body).whole


def test_text_of_a_pdf_is_read_page_by_page():
    body = made.pdf("Budget 2026", "Summary")

    assert places(body) == {"第1页": "Budget 2026", "第2页": "Summary"}
    assert read_file(body).whole


def test_chinese_text_of_a_pdf_is_read():
    assert places(made.chinese_pdf("收费标准三百元")) == {"第1页": "收费标准三百元"}


def test_pages_of_an_ofd_are_read():
    body = made.ofd("收费标准", "举报电话")

    assert places(body) == {"第1页": "收费标准", "第2页": "举报电话"}
    assert read_file(body).whole


@pytest.mark.parametrize(
    "text", ["收费标准\r举报电话\x07一二三\x07\x07", "Fees 2026\rPhone\x07123"]
)
def test_paragraphs_and_rows_of_an_old_word_file_are_read(text):
    found = read_file(made.doc(text))

    assert (found.state, found.whole) == (FileState.OPENS, True)
    assert [piece.where for piece in found.pieces] == ["第1段", "第2段"]
    assert found.pieces[1].text.split("\t") == text.partition("\r")[2].rstrip("\x07").split("\x07")


def test_what_a_field_is_made_of_is_not_its_text():
    found = read_file(made.doc('见\x13HYPERLINK "http://a.example"\x14附表\x15。'))

    assert text_of(found) == "见附表。"


def test_a_picture_in_an_old_word_file_leaves_it_partly_read():
    found = read_file(made.doc("收费公示\x01"))

    assert not found.whole
    assert not found.pictured  # nobody can take it out


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_of_a_real_program_is_read(tmp_path):
    source = tmp_path / "a.docx"
    source.write_bytes(made.word("收费依据如下", rows=(("项目", "标准"), ("住宿费", "300元"))))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = read_file((tmp_path / "a.doc").read_bytes())

    assert (found.state, found.whole) == (FileState.OPENS, True)
    assert [piece.text for piece in found.pieces] == ["收费依据如下", "项目\t标准", "住宿费\t300元"]


def test_an_archive_gives_the_names_in_it_and_is_not_unpacked():
    inner = made.package({"内.txt": b"x"})
    body = made.package({"附件/收费标准.xlsx": made.workbook(("秘密",)), "再一个.zip": inner})
    found = read_file(body)

    assert (found.state, found.whole) == (FileState.PACKED, False)
    assert [piece.text for piece in found.pieces] == ["附件/收费标准.xlsx", "再一个.zip"]


def test_names_in_an_archive_of_a_chinese_system_are_read():
    body = made.package({"xxxx.doc": b"x"}).replace(b"xxxx.doc", "收费.doc".encode("gbk"))

    assert text_of(read_file(body)) == "收费.doc"


def test_a_name_and_its_content_may_differ():
    kinds = {
        "xlsx": made.workbook(("x",)),
        "docx": made.word("x"),
        "ofd": made.ofd("x"),
        "doc": made.doc("x"),
        "zip": made.package({"a.txt": b"x"}),
        "pptx": made.package({"ppt/presentation.xml": b"<p/>"}),
        "ods": made.package({"mimetype": b"opendocument.spreadsheet", "content.xml": b"<p/>"}),
        "odt": made.package({"mimetype": b"opendocument.text", "content.xml": b"<p/>"}),
    }

    assert {kind: kind_of(body) for kind, body in kinds.items()} == {kind: kind for kind in kinds}


def test_words_on_slides_are_read():
    slide = b'<s xmlns:a="urn:a"><a:t>%s</a:t></s>' % "收费".encode()
    body = made.package({"ppt/presentation.xml": b"<p/>", "ppt/slides/slide2.xml": slide})

    assert places(body) == {"第2张": "收费"}


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (made.word("收费公示"), "word/footer9.xml"),
        (made.word("收费公示"), "word/footnotes.xml"),
        (made.workbook(("收费公示",)), "xl/drawings/drawing9.xml"),
    ],
    ids=["footer", "footnotes", "text box on a sheet"],
)
def test_words_beside_the_main_text_are_read(body, part):
    text = '<a xmlns:w="urn:w"><w:t>举报电话</w:t></a>'.encode()

    assert "举报电话" in places(made.altered(body, part, text)).values()


def test_words_of_a_template_of_an_ofd_are_read():
    page = "<a><TextObject><TextCode>举报电话</TextCode></TextObject></a>".encode()
    body = made.altered(made.ofd("收费"), "Doc_0/Tpls/T.xml", page)
    document = (
        b'<a><TemplatePage BaseLoc="Tpls/T.xml"/>'
        b'<Page BaseLoc="/Doc_0/Pages/Page_0/Content.xml"/></a>'
    )

    assert places(made.altered(body, "Doc_0/Document.xml", document)) == {
        "页面模板": "举报电话",
        "第1页": "收费",
    }


def test_a_page_that_word_saved_as_its_own_file_is_read():
    body = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><meta charset=gb2312>'
        "<body><p>收费标准</p><table><tr><td>举报电话</td><td>0000</td></tr></table></body></html>"
    ).encode("gbk")
    found = read_file(body)

    assert (found.state, found.whole) == (FileState.OPENS, True)
    assert "收费标准" in text_of(found)
    assert "举报电话" in text_of(found)


@pytest.mark.parametrize(
    ("note", "whole"),
    [
        (b"<</Subtype/Widget/FT/Tx/V(300)>>", False),
        (b"<</Subtype/FreeText>>", False),
        (b"<</Subtype/Widget/FT/Sig>>", True),
        (b"<</Subtype/Link>>", True),
    ],
    ids=["a filled-in field", "a note", "a signature", "a link"],
)
def test_what_is_laid_on_a_page_of_a_pdf_may_be_words(note, whole):
    body = made.pdf("Budget").replace(b"/Contents", b"/Annots[%s]/Contents" % note)

    assert read_file(body).whole is whole


# --- what is no text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        made.pdf(""),
        made.scanned_pdf(made.STRAIGHT),
        made.ofd("", picture=made.STRAIGHT),
        made.STRAIGHT.read_bytes(),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
    ],
    ids=["empty page", "pdf", "ofd", "png", "jpeg"],
)
def test_a_scan_opens_but_its_words_stay_unknown(body):
    found = read_file(body)

    assert found.state is FileState.SCANNED
    assert not found.whole
    assert found.pictured == body


@pytest.mark.parametrize(
    "body",
    [
        made.scanned_pdf(made.STRAIGHT, words="CamScanner"),
        made.word("见下图", picture=made.STRAIGHT),
        made.ofd("见下图", picture=made.STRAIGHT),
    ],
    ids=["pdf", "docx", "ofd"],
)
def test_a_picture_beside_words_leaves_a_file_partly_read(body):
    found = read_file(body)

    assert (found.state, found.whole) == (FileState.OPENS, False)
    assert text_of(found)
    assert found.pictured


def test_a_page_whose_font_does_not_say_its_characters_is_not_read():
    # numbers of glyphs, as they stand in a file without a table of characters
    glyphs = "".join(map(chr, (0x0153, 0x01A2, 0x0247, 0x0311, 0x05D0, 0x0712, 0x0904, 0x1234)))

    assert not read_file(made.chinese_pdf(glyphs, encoding=b"/Identity-H")).whole


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"", FileState.BROKEN),
        (b"<!DOCTYPE html><title>login</title>", FileState.GATED),
        (b"\xef\xbb\xbf\r\n <html>captcha", FileState.GATED),
        (made.word("x")[:-400], FileState.DAMAGED),
        (made.workbook(("x",))[:-300], FileState.DAMAGED),
        (made.pdf("x")[:60], FileState.DAMAGED),
        (made.doc("x")[:700], FileState.UNREADABLE),
        (made.doc("收费", encrypted=True), FileState.ENCRYPTED),
        (made.ole({"EncryptedPackage": b"x"}), FileState.ENCRYPTED),
        (made.ole({"PowerPoint Document": b"x"}), FileState.OPENS),
        (made.ole({"Other": b"x"}), FileState.UNREADABLE),
        (made.package({"OFD.xml": b"<a/>"}), FileState.DAMAGED),
        (made.word(), FileState.BLANK),
        (made.workbook(), FileState.BLANK),
        (b"MZ\x90\x00" + b"\x00" * 64, FileState.UNREADABLE),
        (b"Rar!\x1a\x07", FileState.PACKED),
        (b"7z\xbc\xaf\x27\x1c", FileState.PACKED),
    ],
    ids=[
        "nothing",
        "a page",
        "a page behind a mark",
        "cut docx",
        "cut xlsx",
        "cut pdf",
        "cut doc",
        "locked doc",
        "locked docx",
        "old slides",
        "other ole",
        "empty ofd",
        "empty docx",
        "empty xlsx",
        "a program",
        "rar",
        "7z",
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_more(body, state):
    found = read_file(body)

    assert found.state is state
    assert not found.whole
    assert text_of(found) == ""
    assert not found.pictured


def test_an_archive_with_a_password_is_told():
    kept = io.BytesIO(made.package({"a.txt": b"x"}))
    body = bytearray(kept.getvalue())
    with zipfile.ZipFile(kept) as file:
        table = file.start_dir
    body[table + 8] |= 1  # the flag of an encrypted entry, in the table at the end

    assert read_file(bytes(body)).state is FileState.ENCRYPTED


WHOLE_FILES = {
    "pdf": made.pdf("Budget 2026"),
    "docx": made.word("收费依据", rows=(("项目", "标准"),)),
    "xlsx": made.workbook(("项目", "标准")),
    "ofd": made.ofd("收费"),
    "doc": made.doc("收费\r标准"),
    "png": made.STRAIGHT.read_bytes(),
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_file_with_flipped_and_lost_bytes_gives_an_answer(kind):
    chance = random.Random(kind)
    for _ in range(40):
        body = bytearray(WHOLE_FILES[kind])
        for _ in range(chance.randrange(1, 40)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        start = chance.randrange(len(body))
        del body[start : start + chance.choice((0, 0, 1, 30, 500))]

        assert isinstance(read_file(bytes(body)).state, FileState)


# --- characters on pictures -------------------------------------------------------------------

_STRAIGHT = made.STRAIGHT.read_bytes()
#: says it is 30 000 points wide and tall
ENDLESS_PICTURE = _STRAIGHT[:16] + b"\x00\x00\x75\x30" * 2 + _STRAIGHT[24:]
NOTICE = ("教育收费公示", "青价费〔2026〕18号文件", "监督举报电话", "不涉及")


@needs_ocr
@pytest.mark.parametrize(
    ("body", "where"),
    [
        (made.TURNED.read_bytes(), "图片"),
        (made.scanned_pdf(made.STRAIGHT), "第1页"),
        (made.scanned_pdf(made.STRAIGHT, rotate=180), "第1页"),
        (made.word("见下图", picture=made.STRAIGHT), "图片1"),
        (made.ofd("", picture=made.TURNED), "图片1"),
    ],
    ids=["turned png", "pdf", "pdf shown upside down", "docx", "ofd"],
)
def test_characters_are_read_off_a_scan_and_marked(body, where):
    found = read_scan(body)

    assert found
    assert found.state is FileState.RECOGNISED
    assert not found.whole
    assert [piece.where for piece in found.pieces] == [where]
    assert [word for word in NOTICE if word not in text_of(found)] == []


@needs_ocr
@pytest.mark.parametrize(
    "body",
    [b"\x89PNG\r\n\x1a\n", made.pdf("x"), b"\xff\xd8\xff", ENDLESS_PICTURE],
    ids=["cut png", "pdf", "cut jpeg", "a billion points"],
)
def test_nothing_is_read_off_what_has_no_picture(body):
    found = read_scan(body)

    assert found is None or text_of(found) == ""
