"""Files as they hang on pages, made byte by byte: PDF, OFD, DOC, workbooks, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import xlsxwriter

#: pictures of a notice of five lines, straight and turned by two and a half degrees
SCANS = Path(__file__).with_name("scans")
STRAIGHT, TURNED = SCANS / "notice.png", SCANS / "turned.png"


# --- Word and sheets ---------------------------------------------------------------------


def word(
    *paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), picture: Path | None = None
) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if picture:
        document.add_picture(str(picture))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def workbook(*rows: tuple[str, ...], corner: str = "A1") -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("收费")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if corner != "A1":
            sheet.write(corner, "x")
    return kept.getvalue()


# --- PDF ---------------------------------------------------------------------------------


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects from 1 (the catalog), with the table of places a reader needs."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, trailer, len(body))
    )


def pdf(*pages: str, fonts: bytes = b"/Helvetica") -> bytes:
    """A PDF with one line of Latin text a page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont%s>>" % fonts,
    ]
    for number, text in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * number),
            stream(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()),
        ]
    return pdf_of(objects)


def chinese_pdf(text: str, *, encoding: bytes = b"/UniGB-UTF16-H") -> bytes:
    """A PDF of one page whose font names its characters, or gives mere numbers (Identity-H)."""
    shown = b"BT /F1 12 Tf 50 780 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(shown),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding%s"
            b"/DescendantFonts[6 0 R]>>" % encoding,
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
        ]
    )


def scanned_pdf(picture: Path, *, rotate: int = 0, words: str = "") -> bytes:
    """A page that is nothing but a picture; a PNG's own data is what a PDF wants."""
    width, height, data = _parts_of_png(picture)
    image = stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 8/Columns %d>>"
        % (width, height, width),
    )
    shown = b"q 500 0 0 250 40 500 cm /Im1 Do Q BT /F1 9 Tf 40 40 Td (%s) Tj ET" % words.encode()
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Rotate %d"
            b"/Resources<</XObject<</Im1 5 0 R>>/Font<</F1 6 0 R>>>>>>" % rotate,
            stream(shown),
            image,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def _parts_of_png(picture: Path) -> tuple[int, int, bytes]:
    body = picture.read_bytes()
    width, height = struct.unpack_from(">II", body, 16)
    data, place = b"", 8
    while place < len(body):
        size, kind = struct.unpack_from(">I4s", body, place)
        if kind == b"IDAT":
            data += body[place + 8 : place + 8 + size]
        place += 12 + size
    return width, height, data


def packed_twice(size: int) -> bytes:
    """A PDF of a few kB whose page unpacks to ``size`` bytes of drawing."""
    drawing = b"0 0 m 1 1 l S BT /F1 9 Tf (x) Tj ET\n" * (size // 36)
    content = zlib.compress(zlib.compress(drawing, 9), 9)
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(content, b"/Filter[/FlateDecode/FlateDecode]"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


# --- packages ----------------------------------------------------------------------------


def package(parts: Mapping[str, bytes], *, level: int = 9) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return kept.getvalue()


def altered(body: bytes, name: str, content: bytes) -> bytes:
    """A package with one part in the place of another."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        parts = {one: file.read(one) for one in file.namelist()}
    return package(parts | {name: content})


_OFD = "http://www.ofdspec.org/2016"


def ofd(*pages: str, picture: Path | None = None) -> bytes:
    """An OFD file; its addresses are relative to the part they stand in, as makers write them."""

    def part(tag: str, inner: str) -> bytes:
        return f'<ofd:{tag} xmlns:ofd="{_OFD}">{inner}</ofd:{tag}>'.encode()

    parts = {
        "OFD.xml": part(
            "OFD",
            "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
        ),
        "Doc_0/Document.xml": part(
            "Document",
            "<ofd:Pages>"
            + "".join(
                f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
                for n in range(len(pages))
            )
            + "</ofd:Pages>",
        ),
    }
    image = '<ofd:ImageObject ResourceID="9"/>' if picture else ""
    for number, text in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = part(
            "Page",
            "<ofd:Content><ofd:Layer>"
            f"<ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>{image}"
            "</ofd:Layer></ofd:Content>",
        )
    if picture:
        parts["Doc_0/Res/image_9.png"] = picture.read_bytes()
    return package(parts)


# --- Word 97 -----------------------------------------------------------------------------

_SECTOR = 512
_END, _FREE, _TABLE_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def doc(text: str, *, encrypted: bool = False) -> bytes:
    """A DOC of two pieces: the first half a byte a character where it may be, the rest UTF-16."""
    latin = text.isascii()
    characters = text.encode("cp1252") if latin else text.encode("utf-16-le")
    start = 0x600
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    place = (start * 2) | 0x40000000 if latin else start
    pieces = struct.pack("<III", 0, len(text), 0)[:8] + struct.pack("<HIH", 0, place, 0)
    # what was changed by a fast save stands before the pieces and is passed over
    table = b"\x01" + struct.pack("<H", 3) + b"abc" + b"\x02" + struct.pack("<I", len(pieces))
    table += pieces
    struct.pack_into("<II", main, 0x01A2, 0, len(table))
    return ole({"WordDocument": bytes(main) + characters, "1Table": table})


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file of large streams: header, table of sectors, directory, then the streams."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sectors: list[int] = [_TABLE_SECTOR, _END]  # of the table itself, of the directory
    blocks, entries = b"", [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for number, (name, content) in enumerate(padded.items(), 1):
        content = content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0")
        first, count = len(sectors), len(content) // _SECTOR
        sectors += [*range(first + 1, first + count), _END]
        following = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right=following, start=first, size=len(content)))
        blocks += content
    assert len(sectors) <= _SECTOR // 4
    table = struct.pack(f"<{len(sectors)}I", *sectors).ljust(_SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        _END,
        0,
        _END,
        0,
        0,
    )
    header += b"\xff" * (_SECTOR - len(header))
    return header + table + b"".join(entries).ljust(_SECTOR, b"\0") + blocks


def _entry(
    name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int, size: int
) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ",
        written,
        len(written) + 2,
        kind,
        1,
        _FREE,
        right,
        child,
        b"",
        0,
        b"",
        b"",
        start,
        size,
    )
