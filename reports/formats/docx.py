"""公文文件: a paper → a DOCX file as an office sends it (GB/T 9704-2012).

The only home of python-docx, which puts the package together; the parts are written as XML here
and in `wordstyles`, because its table cells cost more the longer the table is, and its template
brings properties and pictures of its own. The file appears whole or not at all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as _C
from docx.opc.constants import RELATIONSHIP_TYPE as _R
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reports.formats.conventions import (
    CHECKS_TITLE,
    addressee,
    annex_label,
    annex_list,
    cleaned,
    day,
    followed,
    in_brackets,
    is_centred,
    lead_level,
    run_in,
    signature_indents,
    title_lines,
)
from reports.formats.whole import whole
from reports.formats.widths import (
    CELL_SIDES,
    WIDE,
    Columns,
    cell_lines,
    heading_lines,
    lines_of,
    paper_widths,
)
from reports.formats.wordstyles import (
    DECLARATION,
    EM,
    NAMESPACES,
    ROLES,
    Look,
    font_table,
    footer,
    plain,
    runs,
    section,
    settings,
    styles,
)
from reports.manuscript import (
    Annex,
    Block,
    Cell,
    Heading,
    Link,
    Paper,
    PaperTable,
    Paragraph,
    TableColumn,
)
from reports.prose import ems

__all__ = ["Look", "write_paper"]

_STANDARD = Look()
_LINK = '<w:rStyle w:val="Hyperlink"/>'
_KEEP_NEXT = "<w:keepNext/>"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
    for side, size in (
        ("top", 8),
        ("left", 8),
        ("bottom", 8),
        ("right", 8),
        ("insideH", 4),
        ("insideV", 4),
    )
)
#: a table of so many lines stays on one page; a taller one would leave that much of a page white
_SMALL = 12


def write_paper(path: Path, paper: Paper, *, clean: bool = False, look: Look = _STANDARD) -> None:
    """Write ``paper`` to ``path``. ``clean``: as it is sent, without checks and 【】.

    The same paper gives the same bytes.
    """
    blob = _zipped(_package(cleaned(paper) if clean else paper, clean, look))
    with whole(path) as part:
        part.write_bytes(blob)


# --- the body --------------------------------------------------------------------------


class _Body:
    """正文: the blocks of a paper as XML; keeps the addresses that its links lead to."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.links: dict[str, str] = {}  # address → id
        self._widths: Mapping[Columns, list[int]] = {}

    def of(self, paper: Paper, *, clean: bool) -> Iterator[str]:
        """Everything from the box of checks to the last annex."""
        self._widths = paper_widths(paper)
        if paper.checks:
            yield from self._checks(paper.checks)
        yield from self._title(paper.title)
        if paper.subtitle:
            yield self._paragraph("PaperSubtitle", in_brackets(paper.subtitle))
        yield self._blank()
        if paper.addressee:
            yield self._paragraph("Addressee", addressee(paper.addressee))
        for block in paper.blocks[:-1]:
            yield from self._block(block)
        for block in paper.blocks[-1:]:
            yield from self._block(block, _KEEP_NEXT if paper.signed_by else "")
        yield from self._annex_list(paper)
        yield from self._signature(paper, clean=clean)
        if paper.contact:
            yield self._paragraph("Contact", in_brackets(paper.contact))
        for number, annex in enumerate(paper.annexes, start=1):
            if annex.blocks:
                yield from self._annex(annex_label(paper, number), annex)

    def _checks(self, checks: tuple[str, ...]) -> Iterator[str]:
        yield f"{_opened([WIDE])}<w:tr>{_place(WIDE)}"
        yield self._paragraph("CheckTitle", CHECKS_TITLE)
        for line in checks:
            yield self._paragraph("Check", line)
        yield "</w:tc></w:tr></w:tbl>"
        yield self._paragraph("TableEnd", "")

    def _title(self, title: str) -> Iterator[str]:
        yield self._paragraph("Title", "\n".join(title_lines(title)))

    def _block(self, block: Block, extra: str = "") -> Iterator[str]:
        if isinstance(block, Heading):
            yield self._paragraph(f"Heading{min(block.level, 3)}", block.text)
        elif isinstance(block, Paragraph):
            level = f"Heading{lead_level(block.lead)}"
            lead = self._runs(level, run_in(block.lead)) if block.lead else ""
            inner = lead + self._runs("PaperText", block.text)
            yield f'<w:p><w:pPr><w:pStyle w:val="PaperText"/>{extra}</w:pPr>{inner}</w:p>'
        else:
            yield from self._table(block, extra)

    def _annex_list(self, paper: Paper) -> Iterator[str]:
        if paper.annexes:
            yield self._blank(_KEEP_NEXT)
        before = round(ems("附件：") * EM)
        for opening, number, name in annex_list(paper):
            # a full stop is half as wide as a digit
            counted = round((ems(number) - (0.25 if number else 0)) * EM)
            hanging = counted + (before if opening else 0)
            yield self._paragraph(
                "AnnexList",
                f"{opening}{number}{name}",
                f'<w:ind w:left="{2 * EM + before + counted}" w:hanging="{hanging}"/>',
            )

    def _signature(self, paper: Paper, *, clean: bool) -> Iterator[str]:
        if not (paper.signed_by or paper.signed_on):
            return
        date = day(paper.signed_on, clean=clean)
        name_in, date_in = signature_indents(ems(paper.signed_by), ems(date), sealed=paper.sealed)
        for _ in range(2 if paper.sealed else 1):  # a seal is four lines high
            yield self._blank(_KEEP_NEXT)
        if paper.signed_by:
            indent = f'{_KEEP_NEXT}<w:ind w:right="{round(name_in * EM)}"/>'
            yield self._paragraph("Signature", paper.signed_by, indent)
        indent = f'{_KEEP_NEXT if paper.contact else ""}<w:ind w:right="{round(date_in * EM)}"/>'
        yield self._paragraph("Signature", date, indent)

    def _annex(self, label: str, annex: Annex) -> Iterator[str]:
        yield self._paragraph("AnnexLabel", label)
        yield self._blank(_KEEP_NEXT)
        yield from self._title(annex.name)
        yield self._blank()
        for block in annex.blocks:
            yield from self._block(block)

    # --- tables

    def _table(self, block: PaperTable, extra: str) -> Iterator[str]:
        if block.title:
            yield self._paragraph("TableTitle", block.title)
        if block.unit:
            yield self._paragraph("TableUnit", block.unit)
        table = block.table
        widths = self._widths[table.columns]
        is_small = lines_of(table, widths) <= _SMALL
        yield _opened(widths)
        places = list(map(_place, widths))
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for place, column, width in zip(places, table.columns, widths, strict=True):
            heading = "\n".join(heading_lines(column.heading, width))
            yield f"{place}{self._paragraph('TableHead', heading)}</w:tc>"
        yield "</w:tr>"
        rows = (*table.rows, table.total) if table.total else table.rows
        for left, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
            # rows hold on to each other: a small table stays on one page, a note with its table
            held = is_small if left else bool(block.note or extra)
            keep = _KEEP_NEXT if held else ""
            yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for place, column, cell, width in zip(places, table.columns, row, widths, strict=True):
                yield f"{place}{self._cell(column, cell, width, keep)}</w:tc>"
            yield "</w:tr>"
        yield "</w:tbl>"
        yield self._paragraph("TableNote" if block.note else "TableEnd", block.note, extra)

    def _cell(self, column: TableColumn, cell: Cell, width: int, extra: str) -> str:
        style = "TableNumber" if is_centred(column, cell) else "TableText"
        words = cell_lines(cell, width)
        address = followed(cell.address) if isinstance(cell, Link) else ""
        if not address:
            return self._paragraph(style, words, extra)
        key = self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")
        inner = runs(words, self.look.face("text"), self.look.digits_font, _LINK)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>'
            f'<w:hyperlink r:id="{key}">{inner}</w:hyperlink></w:p>'
        )

    # --- paragraphs

    def _paragraph(self, style: str, text: str, extra: str = "") -> str:
        inner = self._runs(style, text)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{inner}</w:p>'

    def _blank(self, extra: str = "") -> str:
        return self._paragraph("Addressee", "", extra)

    def _runs(self, style: str, text: str) -> str:
        return runs(text, self.look.face(ROLES[style]), self.look.digits_font) if text else ""


def _opened(widths: list[int]) -> str:
    """A table up to its first row."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDE}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{CELL_SIDES}" w:type="dxa"/>'
        f'<w:right w:w="{CELL_SIDES}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _place(width: int) -> str:
    """A cell up to its text."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'


# --- the package -----------------------------------------------------------------------


def _package(paper: Paper, clean: bool, look: Look) -> OpcPackage:
    body = _Body(look)
    inner = "".join(body.of(paper, clean=clean))
    last = section(look, odd="rIdOdd", even="rIdEven")
    text = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{inner}{last}</w:body></w:document>"

    package = OpcPackage()
    properties = _part("/docProps/core.xml", _C.OPC_CORE_PROPERTIES, _properties(paper))
    document = _part("/word/document.xml", _C.WML_DOCUMENT_MAIN, text)
    package.relate_to(document, _R.OFFICE_DOCUMENT)
    package.relate_to(properties, _R.CORE_PROPERTIES)
    for key, name, kind, content_type, text in (
        ("rIdStyles", "styles", _R.STYLES, _C.WML_STYLES, styles(look)),
        ("rIdSettings", "settings", _R.SETTINGS, _C.WML_SETTINGS, settings()),
        ("rIdFonts", "fontTable", _R.FONT_TABLE, _C.WML_FONT_TABLE, font_table(look)),
        ("rIdOdd", "footer1", _R.FOOTER, _C.WML_FOOTER, footer("FooterOdd", look)),
        ("rIdEven", "footer2", _R.FOOTER, _C.WML_FOOTER, footer("FooterEven", look)),
    ):
        document.load_rel(kind, _part(f"/word/{name}.xml", content_type, text), key)
    for address, key in body.links.items():
        document.load_rel(_R.HYPERLINK, address, key, is_external=True)
    return package


def _part(name: str, content_type: str, text: str) -> Part:
    return Part(PackURI(name), content_type, text.encode())


def _properties(paper: Paper) -> str:
    """core.xml: title, author and the day of the paper; nothing of the machine or of today."""
    author = plain(paper.author)
    stamp = f"{paper.signed_on.isoformat()}T00:00:00Z" if paper.signed_on else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
        if stamp
    )
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{plain(paper.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>{times}</cp:coreProperties>"
    )


def _zipped(package: OpcPackage) -> bytes:
    """The package as a file whose entries all bear the same time: the library's bear now."""
    loose, packed = io.BytesIO(), io.BytesIO()
    package.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
