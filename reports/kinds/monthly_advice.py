"""月报的建议和核对事项: what the officer may do next, and must look at before sending. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from monitor.model import State
from monitor.parts import Part, ProblemType
from monitor.wording import Flag
from reports.comparison import Change, Recount
from reports.manuscript import Paragraph
from reports.period import PeriodFigures
from reports.phrases import counted

SUGGESTIONS = 3
MOST_CHECKS = 6


def suggestions(figures: PeriodFigures) -> Iterator[Paragraph]:
    """Three proposals from the data, for the officer to change: all inside 【】."""
    for number, text in enumerate(islice(_proposals(figures), SUGGESTIONS), start=1):
        yield Paragraph(text=f"{number}.【{text}。】")


def _proposals(figures: PeriodFigures) -> Iterator[str]:
    total = figures.total
    if count := figures.overdue:
        yield f"对逾期未整改的{count}项逐项明确完成时间，仍未完成的按程序督办"
    kinds = [line for line in figures.types if line.open and line.type is not ProblemType.OTHER]
    if kinds:
        worst = max(kinds, key=lambda line: line.open)
        word = worst.type.value if worst.type else ""
        yield f"以“{word}”{worst.open}项为重点，组织{worst.units}个单位集中整改"
    if count := total.of(Part.UNREACHED):
        units = len({row.unit.code for row in figures.unreached})
        yield f"请{units}个单位检查网站运行情况，对未能核查的{count}项安排人工核查"
    if count := total.of(Part.TO_REVIEW):
        yield f"尽快审核待审核的{count}项，属实的及时交办"
    if count := figures.states.get(State.CONTESTED, 0):
        yield f"按时答复单位申请复核的{count}项"
    if count := total.of(Part.UNSURE):
        yield f"对无法自动判断的{count}项组织人工核实"
    if count := total.of(Part.DUE_SOON):
        yield f"提醒有关单位按时更新即将到期的{count}项"
    yield "继续做好日常巡查，发现问题及时交办"
    yield "在学期初、节假日前提醒各单位更新公开内容"
    yield "核对单位清单和公开目录，确保应公开事项完整准确"


def checks(figures: PeriodFigures, change: Change | None, moved: Recount) -> tuple[str, ...]:
    """送审前请核对: what to look at before the paper is sent, the weightiest first."""
    return tuple(islice(_doubts(figures, change, moved), MOST_CHECKS))


def _doubts(figures: PeriodFigures, change: Change | None, moved: Recount) -> Iterator[str]:
    total = figures.total
    yield "【】内的抬头、建议、署名和联系人，请核对或补填。"
    if waiting := counted((part.value, total.of(part)) for part in (Part.TO_REVIEW, Part.DETECTED)):
        yield f"另有{waiting}未列入问题，请先在系统中处理。"
    if count := total.of(Part.UNREACHED):
        yield f"未能核查{count}项，请确认是否需要人工核查后补充。"
    if count := figures.states.get(State.CONTESTED, 0):
        yield f"申请复核{count}项尚未答复，答复后数字可能变动。"
    days = (figures.ends_on - figures.starts_on).days + 1
    if figures.nights < days:
        yield f"本月共{days}天，有效巡查{figures.nights}次，请核对是否需要说明。"
    if (change and not change.is_whole) or moved.added or moved.removed:
        yield "与上月相比口径有调整，请核对增减的单位、事项和规则。"
    if count := figures.learnt.places:
        yield f"经复核采纳{count}项，请确认已在目录或单位清单中改好。"
    if any(
        Flag.PROVISIONAL.value in cell.assessment.flags for cell in figures.cells if cell.assessment
    ):
        yield "节假日数据暂缺，有关期限按周一至周五计算，请核对。"
