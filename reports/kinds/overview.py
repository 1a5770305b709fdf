"""巡查情况表: the standing of every unit and item, for the officer's first look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from monitor.model import GAPS, Assessment, Status
from reports.figures import Line, Overview, Reach, Row
from reports.manuscript import Cell, Kind, Link, Manuscript, Section, Table, TableColumn

_NO_NIGHT = "尚无巡查记录。"
#: the statuses whose number the first sentence names by itself
_TOLD = {Status.OK, Status.UNSURE, Status.UNREACH, *GAPS}


def compose(
    seen: Overview, *, office: str, on: date, nights: int, proof: Callable[[Row], Cell]
) -> Manuscript:
    """Write the overview of a bureau's county as it stood in the night ``on``.

    ``nights``: valid nights so far (fewer than two: nothing has been seen twice). ``proof``
    gives the cell that leads to the stored page behind a row, None for none.
    """
    return Manuscript(
        title="初次摸底情况" if nights == 1 else "信息公开巡查情况",
        subtitle=f"{office}　数据截止 {on.isoformat()}",
        summary=_summary(seen, nights),
        sections=tuple(_sections(seen, proof)),
        foot="本表由巡查程序生成，供经办人核对，未经确认不得对外通报。",
    )


def _summary(seen: Overview, nights: int) -> tuple[str, ...]:
    counts = seen.total.counts
    rest = "、".join(
        f"{status.value} {counts[status]} 项"
        for status in Status
        if status not in _TOLD and counts.get(status)
    )
    lines = [
        f"共核查 {len(seen.by_unit)} 家单位、{seen.total.total} 项应公开内容："
        f"正常 {counts.get(Status.OK, 0)} 项，发现问题 {seen.total.gaps} 项，"
        f"待人工核实 {counts.get(Status.UNSURE, 0)} 项，"
        f"未能核查 {counts.get(Status.UNREACH, 0)} 项{f'；另有{rest}' if rest else ''}。"
        "“未能核查”和“待人工核实”不计入问题。"
    ]
    if nights == 0:
        lines.append(_NO_NIGHT)
    elif nights == 1:
        lines.append("目前只有一次有效巡查，所列问题均待第二次核查，仅供经办人参考。")
    elif seen.unconfirmed:
        told = "、".join(f"{state.value} {count} 项" for state, count in seen.unconfirmed.items())
        lines.append(f"所列问题尚未经人工确认，其中{told}。")
    return tuple(lines)


def _sections(seen: Overview, proof: Callable[[Row], Cell]) -> list[Section]:
    """What needs a person comes first, then the counts, then what was not looked at."""
    has_looked = seen.reach.columns_planned > 0
    silent = {one.unit for one in seen.troubles}
    single = tuple(row for row in seen.unreached if row.assessment.unit not in silent)
    parts = [
        _listed("发现的问题", seen.gaps, proof, none="未发现问题。" if has_looked else _NO_NIGHT),
        _grouped("待人工核实", seen.doubtful, proof, none="没有待人工核实的内容。"),
        _troubles("未能核查的网站", seen, "各单位网站均能打开。" if has_looked else _NO_NIGHT),
        *([_grouped("网站能打开、个别未能核查的", single, proof, none="")] if single else []),
        Section(heading="按单位", table=_counted("单位", seen.by_unit, seen.total)),
        Section(heading="按公开事项", table=_counted("公开事项", seen.by_requirement, seen.total)),
        *([_listed("超时公开（仅记录）", seen.late, proof, none="")] if seen.late else []),
        _coverage("核查范围说明", seen.reach),
    ]
    return [
        replace(part, heading=f"{numeral}、{part.heading}")
        for numeral, part in zip("一二三四五六七八", parts, strict=False)
    ]


def _counted(what: str, lines: tuple[Line, ...], total: Line) -> Table:
    shown = [status for status in Status if total.counts.get(status)]
    return Table(
        columns=(
            TableColumn(heading=what),
            *(
                TableColumn(heading=status.value, kind=Kind.NUMBER, status=status)
                for status in shown
            ),
            TableColumn(heading="合计", kind=Kind.NUMBER),
        ),
        rows=tuple(_count_row(line, shown) for line in lines),
        total=_count_row(total, shown),
    )


def _count_row(line: Line, shown: list[Status]) -> tuple[Cell, ...]:
    return (line.name, *(line.counts.get(status, 0) for status in shown), line.total)


def _listed(
    heading: str, rows: tuple[Row, ...], proof: Callable[[Row], Cell], *, none: str
) -> Section:
    if not rows:
        return Section(heading=heading, paragraphs=(none,))
    table = Table(
        columns=(
            TableColumn(heading="单位"),
            TableColumn(heading="公开事项"),
            TableColumn(heading="期次"),
            TableColumn(heading="结论", kind=Kind.STATUS),
            TableColumn(heading="理由"),
            TableColumn(heading="栏目", kind=Kind.LINK),
            TableColumn(heading="留存页面", kind=Kind.LINK),
        ),
        rows=tuple(_row(row, proof(row)) for row in rows),
    )
    return Section(heading=heading, table=table)


def _row(row: Row, proof: Cell) -> tuple[Cell, ...]:
    one = row.assessment
    return (
        row.unit_name,
        row.requirement_name,
        one.period,
        one.status,
        _reason(one),
        _column(one),
        proof,
    )


def _reason(one: Assessment) -> str:
    return one.sentence + "".join(f"（{flag}）" for flag in one.flags)


def _column(one: Assessment) -> Cell:
    return Link(text="打开栏目", address=one.page) if one.page else None


def _grouped(
    heading: str, rows: tuple[Row, ...], proof: Callable[[Row], Cell], *, none: str
) -> Section:
    """What one look at one page settles, in one line: the items of a unit with the same reason."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        one = row.assessment
        groups.setdefault((one.unit, one.page, _reason(one)), []).append(row)
    if not groups:
        return Section(heading=heading, paragraphs=(none,))
    table = Table(
        columns=(
            TableColumn(heading="单位"),
            TableColumn(heading="公开事项"),
            TableColumn(heading="项数", kind=Kind.NUMBER),
            TableColumn(heading="理由"),
            TableColumn(heading="栏目", kind=Kind.LINK),
            TableColumn(heading="留存页面", kind=Kind.LINK),
        ),
        rows=tuple(
            (
                same[0].unit_name,
                "、".join(row.requirement_name for row in same),
                len(same),
                reason,
                _column(same[0].assessment),
                proof(same[0]),
            )
            for (_, _, reason), same in groups.items()
        ),
        total=("合计", None, len(rows), None, None, None),
    )
    return Section(heading=heading, table=table)


def _troubles(heading: str, seen: Overview, none: str) -> Section:
    if not seen.troubles:
        return Section(heading=heading, paragraphs=(none,))
    table = Table(
        columns=(
            TableColumn(heading="单位"),
            TableColumn(heading="连续未能核查（次）", kind=Kind.NUMBER),
            TableColumn(heading="最近一次成功"),
        ),
        rows=tuple(
            (one.unit_name, one.nights, one.last_good_on or "尚无") for one in seen.troubles
        ),
    )
    return Section(
        heading=heading, paragraphs=("以下网站的公开情况未知，不作为未公开处理。",), table=table
    )


def _coverage(heading: str, reach: Reach) -> Section:
    outcomes = "，".join(
        f"{outcome.value} {count} 个" for outcome, count in reach.by_outcome.items() if count
    )
    paragraphs = [
        f"本次应查栏目 {reach.columns_planned} 个，读到内容的 {reach.columns_read} 个。"
        f"其中：{outcomes}。"
        if outcomes
        else _NO_NIGHT
    ]
    if reach.without_site:
        paragraphs.append(f"未登记网站、需人工核查的单位：{'、'.join(reach.without_site)}。")
    by_reason: dict[str, list[str]] = {}
    for name, why in reach.not_judged:
        by_reason.setdefault(why, []).append(name)
    paragraphs += [
        f"{why}、未自动判断的 {len(names)} 项：{'、'.join(names)}。"
        for why, names in by_reason.items()
    ]
    if not reach.unchecked:
        return Section(heading=heading, paragraphs=tuple(paragraphs))
    paragraphs.append("下列事项只核对是否公开、是否及时，所列要素未自动核对：")
    table = Table(
        columns=(TableColumn(heading="公开事项"), TableColumn(heading="未自动核对的要素")),
        rows=tuple((name, "、".join(elements)) for name, elements in reach.unchecked),
    )
    return Section(heading=heading, paragraphs=tuple(paragraphs), table=table)
