"""附件: minimal valid DOCX, XLSX and PDF files with text, from the standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

Rows = tuple[tuple[str, ...], ...]
Writer = Callable[[Rows], bytes]

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FORMATS = "application/vnd.openxmlformats-officedocument"


def docx(rows: Rows) -> bytes:
    """Return a Word file with one paragraph a row."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape('　'.join(row))}</w:t></w:r></w:p>" for row in rows
    )
    main = "word/document.xml"
    return _package(
        main,
        f"{_FORMATS}.wordprocessingml.document.main+xml",
        {main: f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'},
    )


def xlsx(rows: Rows) -> bytes:
    """Return a workbook with one sheet of text cells."""
    main = "xl/workbook.xml"
    lines = "".join(f"<row>{''.join(_cell(value) for value in row)}</row>" for row in rows)
    return _package(
        main,
        f"{_FORMATS}.spreadsheetml.sheet.main+xml",
        {
            main: f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}'
            "</sheetData></worksheet>",
        },
        sheets=("xl/worksheets/sheet1.xml",),
    )


def pdf(rows: Rows) -> bytes:
    """Return a one-page PDF; its text can be copied out through a ToUnicode map."""
    lines = ["　".join(row) for row in rows]
    shown = b" T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj".encode() for line in lines)
    stream = b"BT /F1 12 Tf 16 TL 50 780 Td " + shown + b" ET"
    characters = sorted({character for line in lines for character in line})
    return _pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            _stream(stream),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light "
            b"/Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
            b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
            b"/FontDescriptor 8 0 R /DW 1000 >>",
            _stream(_to_unicode(characters)),
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
            b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        ]
    )


WRITERS: dict[str, tuple[Writer, str]] = {
    "docx": (docx, f"{_FORMATS}.wordprocessingml.document"),
    "xlsx": (xlsx, f"{_FORMATS}.spreadsheetml.sheet"),
    "pdf": (pdf, "application/pdf"),
}


def _cell(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _package(main: str, main_type: str, parts: dict[str, str], sheets: Iterable[str] = ()) -> bytes:
    overrides = f'<Override PartName="/{main}" ContentType="{main_type}"/>' + "".join(
        f'<Override PartName="/{name}" ContentType="{_FORMATS}.spreadsheetml.worksheet+xml"/>'
        for name in sheets
    )
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    everything = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations(f"{_OFFICE}/officeDocument", main),
        **parts,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in everything.items():
            # a fixed day, so that the same file has the same bytes every time
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            archive.writestr(member, _XML + text)
    return written.getvalue()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _to_unicode(characters: list[str]) -> bytes:
    # at most 100 pairs to a block
    blocks = [characters[start : start + 100] for start in range(0, len(characters), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Own def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for block in blocks:
        codes = [character.encode("utf-16-be").hex() for character in block]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code}> <{code}>" for code in codes]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")


def _pdf_file(objects: list[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(written)
