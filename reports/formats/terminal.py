"""终端: a manuscript as plain text for a console. The home of rich."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from monitor.model import Status
from reports.manuscript import Kind, Link, Manuscript, Table

_WIDTH = 100  # columns; a Chinese character takes two


def render(manuscript: Manuscript, *, width: int = _WIDTH) -> str:
    """Return the manuscript as lines of text, without colours."""
    kept = io.StringIO()
    console = Console(file=kept, width=width, no_color=True, highlight=False, emoji=False)
    console.print(manuscript.title, markup=False)
    for line in (manuscript.subtitle, *manuscript.summary):
        console.print(line, markup=False)
    for section in manuscript.sections:
        console.print()
        console.print(section.heading, markup=False)
        for line in section.paragraphs:
            console.print(line, markup=False)
        if section.table:
            if any(column.kind is Kind.LINK for column in section.table.columns):
                console.print(_cases(section.table))
            else:
                if legend := _legend(section.table):
                    console.print(legend, markup=False)
                console.print(_grid(section.table))
    return "\n".join(line.rstrip() for line in kept.getvalue().splitlines()) + "\n"


def _cases(table: Table) -> Grid:
    """Rows with links, which no grid has room for: one case after the other."""
    cases = Grid.grid(padding=(0, 1))
    cases.add_column(justify="right", no_wrap=True)
    cases.add_column(overflow="fold")
    for number, row in enumerate(table.rows, 1):
        words = [
            f"{column.heading} {value}" if column.kind is Kind.NUMBER else _shown(value)
            for column, value in zip(table.columns, row, strict=True)
            if value is not None and not isinstance(value, Link)
        ]
        links = [value.address for value in row if isinstance(value, Link)]
        told = "\n".join(["　".join(word for word in words if word), *links])
        cases.add_row(str(number), Text(told))
    return cases


def _legend(table: Table) -> str:
    """What the symbols above a table's counts mean."""
    told = [
        f"{column.status.symbol} {column.status.value}" for column in table.columns if column.status
    ]
    return "　".join(told)


def _grid(table: Table) -> Grid:
    # lines of plain ASCII: a console in code page 936 shows them, whatever its font
    grid = Grid(box=box.ASCII2, show_footer=False, pad_edge=False)
    for column in table.columns:
        is_number = column.kind is Kind.NUMBER
        grid.add_column(
            column.status.symbol if column.status else column.heading,
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    for row in table.rows:
        grid.add_row(*map(_text, row))
    if table.total:
        grid.add_section()
        grid.add_row(*map(_text, table.total))
    return grid


def _text(value: object) -> str:
    return ("-" if value == 0 else _shown(value)).replace("[", "\\[")


def _shown(value: object) -> str:
    if isinstance(value, Status):
        return f"{value.symbol} {value.value}"
    return "" if value is None else str(value)
