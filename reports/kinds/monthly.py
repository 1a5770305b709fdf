"""月度自查自纠报告 (R1): a month's figures as the paper an officer sends to the leader. Pure.

A clause whose number is zero is left out; a number that is printed is a number of the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.model import Snapshot, State
from monitor.parts import Part, UnitClass
from monitor.wording import Because
from reports.comparison import Change, Recount, compare, recount
from reports.kinds.first_look import compose_first_look
from reports.kinds.monthly_advice import checks, suggestions
from reports.kinds.period_scope import SCOPE, scope_tables
from reports.kinds.period_tables import (
    BY_CLASS,
    UNREACHED,
    by_class,
    by_parent,
    by_type,
    unreached,
)
from reports.kinds.problem_paragraphs import problem_paragraphs
from reports.manuscript import Annex, Block, Heading, Paper, Paragraph
from reports.period import PeriodFigures
from reports.phrases import (
    NO_DATA,
    change_words,
    counted,
    cut_off_words,
    first_level,
    named_units,
    percent,
    rate,
    second_level,
    standing_word,
)
from reports.prose import day_words, full_day

#: characters of headings and paragraphs; what is longer loses examples first
BODY_ROOM = 1800
MOST_EXAMPLES = 3
LEDGER = "问题清单及整改台账"
_BLANK = "【　】"
_DISTRIBUTION = "问题分布"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """本局办公室: who writes to whom; what is "" is left for the officer to fill in."""

    name: str  # 青禾县教育局
    leader: str = ""  # 抬头
    contact: str = ""
    phone: str = ""


def compose(
    snapshot: Snapshot,
    figures: PeriodFigures,
    *,
    office: Office,
    signed_on: date,
    last: PeriodFigures | None = None,
) -> Paper:
    """Write the report of the month of ``snapshot``; ``last``: the month before, when known."""
    month = f"{snapshot.starts_on.year}年{snapshot.starts_on.month}月"
    if figures.is_first_look or not figures.cells:
        return compose_first_look(figures, office=office.name, month=month)
    annexes = tuple(_annexes(snapshot, figures))
    change, moved = compare(figures, last), recount(figures, last)
    for examples in range(MOST_EXAMPLES, -1, -1):
        blocks = tuple(_body(snapshot, figures, annexes, change, moved, examples))
        if body_length(blocks) <= BODY_ROOM:
            break
    return Paper(
        title=f"{office.name}{month}信息公开自查自纠情况报告",
        subtitle=f"数据截止{cut_off_words(figures.cut_off_at)}",
        addressee=office.leader or "【局分管领导】",
        blocks=blocks,
        annexes=annexes,
        signed_by=f"【{office.name}办公室】",
        signed_on=signed_on,
        contact=f"联系人：{office.contact or _BLANK}，电话：{office.phone or _BLANK}",
        checks=checks(figures, change, moved),
        author=office.name,
    )


def body_length(blocks: Iterable[Block]) -> int:
    """The characters of headings and paragraphs."""
    return sum(
        len(block.text) + len(getattr(block, "lead", ""))
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    )


def _annexes(snapshot: Snapshot, figures: PeriodFigures) -> Iterator[Annex]:
    tables = (by_class(figures), *([by_parent(figures)] if figures.parents else []))
    yield Annex(name=BY_CLASS, blocks=tables)
    if figures.problems:
        yield Annex(name=LEDGER)
    if figures.unreached:
        yield Annex(name=UNREACHED, blocks=(unreached(figures),))
    if blocks := tuple(scope_tables(snapshot, figures)):
        yield Annex(name=SCOPE, blocks=blocks)


def _body(
    snapshot: Snapshot,
    figures: PeriodFigures,
    annexes: tuple[Annex, ...],
    change: Change | None,
    moved: Recount,
    examples: int,
) -> Iterator[Block]:
    places = {one.name: f"附件{place}" for place, one in enumerate(annexes, start=1)}
    yield Paragraph(text=_opening(figures))
    sections = (
        ("总体情况", _general(figures, places, change, moved)),
        ("存在的主要问题", _problems(snapshot, figures, examples)),
        ("整改落实情况", _rectification(figures, places.get(LEDGER, ""))),
        ("下一步工作", suggestions(figures)),
    )
    for number, (heading, blocks) in enumerate(sections, start=1):
        yield Heading(level=1, text=first_level(number, heading))
        yield from blocks


def _numbered(parts: Iterable[tuple[str, str]]) -> Iterator[Paragraph]:
    for number, (heading, text) in enumerate(parts, start=1):
        yield Paragraph(lead=second_level(number, heading), text=text)


def _aside(told: str, opening: str = "") -> str:
    return f"（{opening}{told}）" if told else ""


# --- 一、总体情况 --------------------------------------------------------------------------


def _opening(figures: PeriodFigures) -> str:
    return (
        f"按照每月自查自纠要求，{_span(figures)}对{_who(figures)}的信息公开栏目"
        f"进行了{figures.nights}次有效巡查，现将有关情况报告如下。"
    )


def _span(figures: PeriodFigures) -> str:
    first, last = figures.starts_on, figures.ends_on
    if (first.year, first.month) == (last.year, last.month):
        return f"{day_words(first)}至{last.day}日"
    return f"{full_day(first)}至{full_day(last)}"


def _who(figures: PeriodFigures) -> str:
    """The units in words: 14个机关科室、46所学校."""
    units = {line.unit_class: line.units for line in figures.classes}
    apart = {UnitClass.BUREAU, UnitClass.SECTION, UnitClass.OTHER}
    schools = sum(count for kind, count in units.items() if kind not in apart)
    told = (
        (units.get(UnitClass.BUREAU, 0), "个教育局机关"),
        (units.get(UnitClass.SECTION, 0), "个机关科室"),
        (schools, "所学校（含幼儿园）" if units.get(UnitClass.KINDERGARTEN) else "所学校"),
        (units.get(UnitClass.OTHER, 0), "个其他单位"),
    )
    return "、".join(f"{count}{what}" for count, what in told if count)


def _general(
    figures: PeriodFigures, places: Mapping[str, str], change: Change | None, moved: Recount
) -> Iterator[Block]:
    parts = _overall(figures, places, change, moved)
    for number, (heading, text) in enumerate(parts, start=1):
        yield Paragraph(lead=second_level(number, heading), text=text)
        if heading == _DISTRIBUTION and _has_moved(figures):
            yield by_type(figures)


def _overall(
    figures: PeriodFigures, places: Mapping[str, str], change: Change | None, moved: Recount
) -> Iterator[tuple[str, str]]:
    told = _coverage(figures, change)
    if figures.parents:
        told += f"各主管单位及所属单位的情况见{places[BY_CLASS]}。"
    if scope := places.get(SCOPE):
        told += f"未自动核查的内容见{scope}。"
    yield "巡查范围和结果", told
    yield _DISTRIBUTION, _distribution(figures)
    if _has_moved(figures):
        yield "整改进展", _progress(figures) + _recounted(moved) + _learnt(figures)
    if praise := _praise(figures):
        yield "较好单位", praise


def _coverage(figures: PeriodFigures, change: Change | None) -> str:
    """What was and was not looked at, then what was found in what was."""
    total = figures.total
    not_owed = counted((part.value, total.of(part)) for part in (Part.NOT_CONCERNED, Part.EXEMPT))
    text = f"共{total.units}个单位、目录事项{total.listed}项次"
    text += f"，其中{not_owed}，" if not_owed else "，"
    text += f"应公开{total.owed}项。"
    unknown = []
    if count := total.of(Part.UNREACHED):
        unknown.append(f"{count}项因{_main_reason(figures)}未能核查")
    if total.to_verify:
        unknown.append(f"{total.to_verify}项待人工核实{_aside(_doubts(figures), '其中')}")
    if unknown:
        text += f"{'，'.join(unknown)}，均不计入问题和达标率。"
    good = counted(
        (part.value, total.of(part))
        for part in (Part.NORMAL, Part.DUE_SOON, Part.LATE, Part.STATED)
    )
    by_hand = _by_hand(total.compliant_by_hand)
    text += f"实际核查{total.checked}项，达标{total.compliant}项{_aside(good + by_hand)}"
    return f"{text}{_rate_clause(figures)}{_since_last(change)}{_standing(figures)}。"


def _by_hand(count: int) -> str:
    return f"，其中人工核实{count}项" if count else ""


def _main_reason(figures: PeriodFigures) -> str:
    reasons: Counter[str] = Counter()
    for row in figures.unreached:
        reasons[row.reason] += row.count
    ((reason, _),) = reasons.most_common(1)
    return reason if len(reasons) == 1 else f"{reason}等原因"


def _doubts(figures: PeriodFigures) -> str:
    off_the_web = sum(
        cell.part is Part.UNSURE
        and cell.assessment is not None
        and cell.assessment.because is Because.NOT_ON_THE_WEB
        for cell in figures.cells
    )
    total = figures.total
    return counted(
        (
            (Part.DETECTED.value, total.of(Part.DETECTED)),
            (Part.TO_REVIEW.value, total.of(Part.TO_REVIEW)),
            ("不在网站公开", off_the_web),
            (Part.UNSURE.value, total.of(Part.UNSURE) - off_the_web),
        )
    )


def _rate_clause(figures: PeriodFigures) -> str:
    total = figures.total
    if not total.checked:
        return f"，达标率：{NO_DATA}"
    if not percent(total.compliant, total.checked):
        return ""  # both numbers stand there already
    return f"，达标率{rate(total.compliant, total.checked)}"


def _since_last(change: Change | None) -> str:
    if change is None:
        return ""
    aside = f"（口径有调整，仅比较两个月口径一致的{change.units}个单位、{change.items}项）"
    return f"，较上月{change_words(change.points)}{'' if change.is_whole else aside}"


def _standing(figures: PeriodFigures) -> str:
    word = standing_word(figures.total.compliant, figures.total.checked)
    return f"，{word}" if word else ""


def _has_moved(figures: PeriodFigures) -> bool:
    """Whether there was any problem at all: before, during or at the end of the month."""
    total = figures.types_total
    return any((total.carried, total.new, total.open))


def _distribution(figures: PeriodFigures) -> str:
    count = figures.types_total.open
    if not count:
        return _no_problem(figures)
    by_hand = _by_hand(figures.total.by_hand.get(Part.PROBLEM, 0))
    units = len(figures.problems_by_unit)
    return f"月末在办问题{count}项{by_hand}，涉及{units}个单位，按类型分布见表1。"


def _no_problem(figures: PeriodFigures) -> str:
    checked = figures.total.checked
    if not checked:
        return f"没有得出核查结果的事项，问题情况：{NO_DATA}。"
    return f"截至月末，实际核查的{checked}项中未发现问题。"


def _progress(figures: PeriodFigures) -> str:
    total, states = figures.types_total, figures.states
    moved = counted(
        (
            ("上月遗留", total.carried),
            ("本月新增", total.new),
            ("本月销号", total.closed),
            ("撤销误报", total.withdrawn),
            ("核准不涉及", total.waived),
            ("月末在办", total.open),
        ),
        "，",
    )
    standing = counted(
        (
            ("期限内", figures.within),
            ("逾期", figures.overdue),
            (State.CONTESTED.value, states.get(State.CONTESTED, 0)),
            (State.SUSPENDED.value, states.get(State.SUSPENDED, 0)),
        )
    )
    answered = states.get(State.RESPONDED, 0)
    text = f"{moved}：{standing}" if standing else moved
    return f"{text}。{f'在办问题中单位已反馈、待复核的{answered}项。' if answered else ''}"


def _recounted(moved: Recount) -> str:
    told = counted((("新增", moved.added), ("减少", moved.removed)))
    return f"因口径调整{told}，不作为单位整改的进展或退步。" if told else ""


def _learnt(figures: PeriodFigures) -> str:
    found = figures.learnt
    if not found.places:
        return ""
    return f"经复核修正识别规则{found.places}处，涉及{found.units}个单位。"


def _praise(figures: PeriodFigures) -> str:
    clean = [unit.short_name or unit.name for unit in figures.clean_units]
    prompt = [unit.short_name or unit.name for unit in figures.rectified.prompt_units]
    told = []
    if clean:
        told.append(f"{named_units(clean)}本月未发现问题")
    if prompt:
        told.append(f"{named_units(prompt)}按期完成全部到期整改")
    return f"{'；'.join(told)}。" if told else ""


# --- 二、三 ------------------------------------------------------------------------------


def _problems(snapshot: Snapshot, figures: PeriodFigures, examples: int) -> Iterator[Paragraph]:
    if not figures.problems:
        yield Paragraph(text=_no_problem(figures))
        return
    yield from problem_paragraphs(figures, snapshot.catalog, examples=examples)


def _rectification(figures: PeriodFigures, ledger: str) -> Iterator[Paragraph]:
    parts = tuple(_rectified(figures, ledger))
    if not parts:
        yield Paragraph(text="本月没有办结或逾期的整改事项。")
    yield from _numbered(parts)


def _rectified(figures: PeriodFigures, ledger: str) -> Iterator[tuple[str, str]]:
    done, closed = figures.rectified, figures.types_total.closed
    if closed:
        told = counted(
            (
                ("按期完成", done.on_time),
                ("逾期完成", done.late),
                ("销号后又反弹", done.bounced),
            )
        )
        share = (
            f"按期整改率{rate(done.on_time, done.due)}" if percent(done.on_time, done.due) else ""
        )
        held = "（不含反弹）" if done.bounced else ""
        tail = f"；本月办结和逾期未办结的共{done.due}项{held}，{share}" if share else ""
        yield f"已完成整改{closed}项", f"其中{told}{tail}。"
    if done.overdue:
        late = {one.unit for one in figures.problems if one.number in figures.overdue_numbers}
        yield f"逾期未整改{done.overdue}项", f"涉及{len(late)}个单位，详见{ledger}。"
    if done.reopened:
        yield f"问题反弹{done.reopened}项", "销号后再次出现，已重新列入整改。"
