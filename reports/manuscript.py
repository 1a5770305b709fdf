"""文稿: a report's content without format: headings, paragraphs, tables with typed columns."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from monitor.model import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """链接 in a cell: shown text and address."""

    text: str
    address: str


#: what a cell can hold; a format decides how each looks
Cell = str | int | Status | Link | None


@enum.unique
class Kind(enum.Enum):
    """列的种类."""

    TEXT = "text"
    NUMBER = "number"
    STATUS = "status"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """表的一列: its heading and kind."""

    heading: str
    kind: Kind = Kind.TEXT
    status: Status | None = None  # a column that counts this status: formats may colour it


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """表."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """节: a heading, its paragraphs, text quoted as found on a page, then its table."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    quotation: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """文稿."""

    title: str
    subtitle: str = ""
    summary: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    foot: str = ""


# --- papers: what is signed and sent -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """层次标题 in a line of its own, numbered already: level 1 is 一、, level 2 （一）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """正文段落. ``lead``: a run-in heading of level 1 or 2, （一）巡查范围和结果。

    Words in 【】 are for the officer to fill in or to check.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """文中的表: its title above, its unit (单位：项) below that."""

    title: str
    table: Table
    unit: str = ""
    note: str = ""  # under the table


Block = Heading | Paragraph | PaperTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """附件: on pages of its own; a file of its own (the ledger) has a name and no blocks."""

    name: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """公文: from its title to the note under its date (GB/T 9704, without 版头 and 版记).

    ``checks``: at most six lines for the officer, in a box of the working copy only.
    ``signed_on``: 成文日期. ``sealed``: whether a seal will stand on the name.
    """

    title: str
    subtitle: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    sealed: bool = True
    contact: str = ""
    checks: tuple[str, ...] = ()
    author: str = ""  # of the file's properties: the bureau's name
