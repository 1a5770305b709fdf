"""文稿: a report's content without format: headings, paragraphs, tables with typed columns."""

from __future__ import annotations

import enum
from dataclasses import dataclass

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
