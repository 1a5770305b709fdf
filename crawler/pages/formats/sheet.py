"""XLSX, XLS, ET, ODS: the cells of every sheet, row by row."""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook

from crawler.pages.formats import Unreadable


def read(body: bytes) -> tuple[str, bool]:
    """Return the cells of a workbook, blanks between cells, one row a line."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
        lines = list(workbook.sheet_names)
        for name in workbook.sheet_names:
            for row in workbook.get_sheet_by_name(name).to_python():
                lines.append(" ".join(str(cell) for cell in row if cell != ""))
    except (CalamineError, ValueError) as why:
        raise Unreadable(str(why)) from why
    return "\n".join(lines), True
