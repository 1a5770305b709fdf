"""问题段落: one paragraph for each type of problem there is, the gravest first. Pure.

A unit is named for a confirmed problem only, and only with what the last look says itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from monitor.model import GAPS, Catalog, Status
from monitor.parts import CellOf, Part, ProblemType, type_of
from reports.manuscript import Paragraph
from reports.period import PeriodFigures, TypeLine
from reports.phrases import second_level, share_word
from reports.sentences import seen_phrase

#: the gravest first, as the statuses are ordered
_ORDER = (
    ProblemType.MISSING,
    ProblemType.NO_COLUMN,
    ProblemType.BROKEN,
    ProblemType.STALE,
    ProblemType.PARTIAL,
    ProblemType.OTHER,
)
_OPENINGS = {
    ProblemType.MISSING: "{word}单位有应当公开的事项未公开",
    ProblemType.BROKEN: "{word}单位有链接或附件无法打开",
    ProblemType.STALE: "{word}单位有信息未按时更新",
    ProblemType.PARTIAL: "{word}单位发布的信息缺少必备内容",
    ProblemType.OTHER: "{word}单位有其他问题",
}
_LONGEST_EXAMPLE = 60
_COLUMNS_NAMED = 2


def problem_paragraphs(
    figures: PeriodFigures, catalog: Catalog, *, examples: int
) -> Iterator[Paragraph]:
    """Write the paragraphs of the types that have problems, numbered in their order."""
    lines = {line.type: line for line in figures.types}
    shown = [lines[kind] for kind in _ORDER if kind in lines and lines[kind].open]
    named: set[str] = set()  # over all types, so that the same few are not named everywhere
    for number, line in enumerate(shown, start=1):
        cells = [
            cell
            for cell in figures.cells
            if cell.part is Part.PROBLEM and cell.finding and type_of(cell.finding) is line.type
        ]
        yield Paragraph(
            lead=second_level(number, _heading(line)),
            text=_opening(line, cells, figures)
            + _focus(cells, catalog)
            + "。"
            + _examples(cells, catalog, examples, named),
        )


def _heading(line: TypeLine) -> str:
    word = line.type.value if line.type else ""
    return f"{word}{line.open}项，涉及{line.units}个单位"


def _opening(line: TypeLine, cells: list[CellOf], figures: PeriodFigures) -> str:
    if line.type is ProblemType.NO_COLUMN:
        absent = sum(cell.finding.status is Status.NOCOL for cell in cells if cell.finding)
        parts = ((absent, "没有设置相应栏目"), (len(cells) - absent, "所在栏目有名称无内容"))
        return "，".join(f"{count}项{told}" for count, told in parts if count)
    word = share_word(line.units, figures.units_checked)
    return _OPENINGS[line.type or ProblemType.OTHER].format(word=word)


def _focus(cells: list[CellOf], catalog: Catalog) -> str:
    """主要集中在…: said only where the columns named hold more than half of the problems."""
    counts = Counter(name for cell in cells if (name := _column(cell, catalog)))
    named = counts.most_common(_COLUMNS_NAMED)
    if len(counts) <= _COLUMNS_NAMED or sum(n for _, n in named) * 2 <= len(cells):
        return ""
    return "，主要集中在" + "".join(f"“{name}”" for name, _ in named)


def _column(cell: CellOf, catalog: Catalog) -> str:
    requirement = catalog.requirements.get(cell.requirement)
    if requirement is None or not requirement.columns:
        return ""
    column = catalog.columns.get(requirement.columns[0])
    return column.name if column else ""


def _examples(cells: list[CellOf], catalog: Catalog, most: int, named: set[str]) -> str:
    """如…: up to ``most`` units, each with the sentence of the look that shows its problem."""
    told: dict[str, str] = {}
    for cell in sorted(cells, key=lambda cell: cell.unit.code in named):
        if len(told) == most:
            break
        one, finding = cell.assessment, cell.finding
        requirement = catalog.requirements.get(cell.requirement)
        # tonight's look may be good or have failed: then it says nothing of the problem
        if one is None or finding is None or one.status is not finding.status:
            continue
        if requirement is None:
            continue
        if one.status not in GAPS or cell.unit.code in told:
            continue
        phrase = seen_phrase(finding, one, requirement, longest=_LONGEST_EXAMPLE)
        column = _column(cell, catalog)
        place = f"“{column}”" if column and f"“{column}”" not in phrase else ""
        told[cell.unit.code] = f"{cell.unit.short_name or cell.unit.name}{place}：{phrase}"
    named.update(told)
    return f"如{'；'.join(told.values())}。" if told else ""
