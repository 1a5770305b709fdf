"""初次摸底情况: a month of which nothing was seen on two nights; for the officer only. Pure."""

from __future__ import annotations

from collections import Counter

from monitor.parts import COMPLIANT, NOT_OWED, CellOf, Part
from reports.manuscript import (
    Annex,
    Cell,
    Kind,
    Paper,
    PaperTable,
    Paragraph,
    Table,
    TableColumn,
)
from reports.period import PeriodFigures
from reports.phrases import NO_DATA, cut_off_words

_BY_UNIT = "各单位初次摸底情况"
_NO_NIGHT = "本月无有效扫描数据。"
_SECOND_LOOK = "待第二次核查"


def compose_first_look(figures: PeriodFigures, *, office: str, month: str) -> Paper:
    """Write what one night saw of each unit, or that no night saw anything.

    Nothing in it is a problem of a unit, so it has no addressee and no signature.
    """
    has_looked = figures.nights > 0 and bool(figures.cells)
    return Paper(
        title=f"{office}{month}信息公开初次摸底情况",
        subtitle=f"数据截止{cut_off_words(figures.cut_off_at)}",
        blocks=tuple(Paragraph(text=text) for text in _texts(figures, has_looked)),
        annexes=(Annex(name=_BY_UNIT, blocks=(_by_unit(figures),)),) if has_looked else (),
        sealed=False,
        checks=("本件仅供经办人掌握情况，所列内容均未经第二次核查，请勿对外通报。",),
        author=office,
    )


def _texts(figures: PeriodFigures, has_looked: bool) -> list[str]:
    total = figures.total
    if not has_looked:
        return [_NO_NIGHT, f"应登记单位{total.units}个；达标率：{NO_DATA}。"]
    counts = (
        (total.of(Part.DETECTED), f"所见问题{_SECOND_LOOK}"),
        (total.of(Part.TO_REVIEW), "待审核"),
        (total.of(Part.PROBLEM), "以前月份已确认、尚未销号"),
        (total.of(Part.UNSURE), "无法自动判断"),
        (total.of(Part.UNREACHED), "未能核查"),
    )
    told = "，".join(f"{what}{count}项" for count, what in counts if count)
    return [
        f"本月只有{figures.nights}次有效巡查，涉及{total.units}个单位、应公开{total.owed}项："
        f"初步看已公开{total.compliant}项{'，' + told if told else ''}。",
        f"所见问题须经第二次核查并由人工确认，此前不作为问题，不计算达标率（{NO_DATA}）。",
    ]


def _by_unit(figures: PeriodFigures) -> PaperTable:
    rare = [part for part in (Part.TO_REVIEW, Part.PROBLEM) if figures.total.of(part)]
    own: dict[str, list[CellOf]] = {}
    for cell in figures.cells:
        own.setdefault(cell.unit.code, []).append(cell)

    def row(shown: str, cells: list[CellOf]) -> tuple[Cell, ...]:
        parts = Counter(cell.part for cell in cells)
        return (
            shown,
            sum(cell.part not in NOT_OWED for cell in cells),
            sum(parts[part] for part in COMPLIANT),
            parts[Part.DETECTED],
            *(parts[part] for part in rare),
            parts[Part.UNSURE],
            parts[Part.UNREACHED],
        )

    headings = (
        "应公开项",
        "初步看已公开",
        f"所见问题（{_SECOND_LOOK}）",
        *("待审核" if part is Part.TO_REVIEW else "已确认问题" for part in rare),
        "无法自动判断",
        "未能核查",
    )
    return PaperTable(
        title="",  # its annex has it
        unit="单位：项",
        table=Table(
            columns=(
                TableColumn(heading="单位"),
                *(TableColumn(heading=heading, kind=Kind.NUMBER) for heading in headings),
            ),
            rows=tuple(row(cells[0].unit.name, cells) for cells in own.values()),
            total=row("合计", list(figures.cells)),
        ),
    )
