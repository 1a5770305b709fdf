"""问题邮件: what a unit is written about its own problems, one line of a table for each kind.

A mail never holds a word about another unit; the only foreign address in it is the example that
the officer marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model import LetterKind, State, Unit
from reports.envelope import (
    FOOT,
    MOST_ENTRIES,
    contact,
    mail_text,
    rest_line,
    short_list,
    signature,
    subject_line,
)
from reports.notices import Entry, Line, MailText, Notice
from reports.phrases import BEIJING
from reports.problems import Office, Problem, addressed, only_of
from reports.prose import day_words, quoted, weekday_words
from reports.sentences import basis_text, required_sentence, type_word

#: as much of what a person saw as a letter tells
_LONGEST_LOOK = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a sentence may be filled with."""

    we: str
    you: str
    names: str
    count: int
    nearest: date | None  # deadline
    over: int  # working days of the one that is longest overdue
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """类别: the point of the subject, the opening, an entry; whether it asks for something."""

    subject: Callable[[_Told], str]
    opening: Callable[[_Told], str]
    entry: Callable[[int, Problem, date], Entry] | None
    asks: bool = True


def compose_mail(
    kind: LetterKind,
    unit: Unit,
    problems: Sequence[Problem],
    *,
    office: Office,
    on: date,
    reply_by: date | None = None,
    has_sheet: bool = False,
) -> MailText:
    """Write a unit about its problems: 整改提醒, 期限提醒, 催办, 整改确认, 复核结果.

    ``problems`` come from ``problems_of`` and are told in its order. ``reply_by``: the last day to
    contest. ``has_sheet``: the reply sheet is attached.
    """
    only_of(unit, problems)
    wording = _KINDS[kind]
    names = short_list([problem.requirement.name for problem in problems])
    told = _Told(
        we=office.name or "本局",
        you=addressed(unit),
        names=names,
        count=len(problems),
        nearest=min((one.deadline for one in problems if one.deadline), default=None),
        over=max((one.overdue for one in problems), default=0),
        on=on,
    )
    point = wording.subject(told)
    if kind is LetterKind.DECIDED and len(problems) == 1:
        point = _decision(problems[0])
    shown = problems[:MOST_ENTRIES] if wording.entry else ()
    notice = Notice(
        subject=subject_line(kind, unit, point),
        greeting=unit.name,
        opening=(wording.opening(told),),
        entries=tuple(
            wording.entry(place, problem, on)
            for place, problem in enumerate(shown, start=1)
            if wording.entry
        ),
        rest=rest_line(len(problems), has_sheet=has_sheet) if shown else "",
        notes=(
            *(_how_to_answer(unit, reply_by, has_sheet) if wording.asks else ()),
            *contact(office),
        ),
        signature=signature(office, on),
        foot=FOOT,
    )
    return mail_text(notice, office, names, _short_deadline(told) if wording.asks else "")


# --- subjects and openings ---------------------------------------------------------------


def _due(told: _Told, words: str) -> str:
    return f"，{words}{day_words(told.nearest)}" if told.nearest else ""


def _mend(told: _Told) -> str:
    nearest = f"，最近的期限为{weekday_words(told.nearest)}" if told.nearest else ""
    return (
        f"{told.we}在{told.on.month}月的信息公开巡查中，发现{told.you}有{told.count}项内容"
        f"需要补充或更新，请于期限前处理{nearest}。"
    )


def _deadline(told: _Told) -> str:
    nearest = f"最近的期限为{weekday_words(told.nearest)}。" if told.nearest else ""
    return (
        f"{told.you}有{told.count}项信息公开内容尚待整改，{nearest}"
        "如已发布，不必回复，系统将自动复核。"
    )


def _overdue(told: _Told) -> str:
    return (
        f"截至{day_words(told.on)}，{told.you}有{told.count}项信息公开内容超过整改期限"
        f"仍未见整改{_for(told)}，请尽快处理，并回复预计完成的日期。"
    )


def _for(told: _Told) -> str:
    return f"，最长已逾期{told.over}个工作日" if told.over > 0 else ""


def _late(told: _Told) -> str:
    return (
        f"{told.count}项已逾期{told.over}个工作日" if told.over > 0 else f"{told.count}项尚未整改"
    )


def _thanks(told: _Told) -> str:
    return (
        f"{told.you}的{told.count}项整改内容（{told.names}）经连续核查已正常，现予销号，感谢配合。"
    )


#: 复核结果 by the state it led to
_RESULTS: Mapping[State, tuple[str, str]] = {
    State.WITHDRAWN: ("已撤销", "已撤销，不计入问题"),
    State.WAIVED: ("已核定为不涉及", "已核定为不涉及，不计入问题"),
    State.ASSIGNED: ("未予采纳", "未予采纳，请按期整改"),
    State.SUSPENDED: ("已暂缓计时", "已暂缓计时"),
}


def _decision(problem: Problem) -> str:
    """The result of one request, for the subject."""
    finding = problem.finding
    short, _ = _RESULTS.get(finding.state, ("已答复", ""))
    return f"第{finding.number}号问题{short}"


# --- entries -----------------------------------------------------------------------------


def _asking(place: int, problem: Problem, on: date) -> Entry:
    """What is owed, what was seen, what to do and by when."""
    example = "同类单位的做法" if problem.example else ""
    return Entry(
        number=f"第{place}项",
        kind=type_word(problem.status),
        name=problem.name,
        lines=_known(
            Line(label="应当公开", text=required_sentence(problem.requirement)),
            Line(label="依据", text=basis_text(problem.requirement)),
            Line(label="核查情况", text=problem.seen),
            Line(label="人工查看", text=_looked(problem)),
            Line(label="页面地址", address=problem.page),
            Line(label="页面留存", text=problem.proof),
            Line(label="整改要求", text=problem.todo),
            Line(label="期限", text=_deadline_words(problem, on)),
            Line(label="可参考", text=example, address=problem.example),
        ),
    )


def _looked(problem: Problem) -> str:
    """What a person saw that looked again after the closing: no night sees it mended."""
    if problem.looked is None:
        return ""
    day = day_words(problem.looked.at.astimezone(BEIJING).date())
    said = quoted(problem.looked.reason, _LONGEST_LOOK)
    return f"{day}回头看：{said}。整改后请反馈，由工作人员复核"


def _decided(place: int, problem: Problem, on: date) -> Entry:
    is_owed = problem.finding.state is State.ASSIGNED
    _, result = _RESULTS.get(problem.finding.state, ("", problem.finding.state.value))
    return Entry(
        number=f"第{place}项",
        name=problem.name,
        lines=_known(
            Line(label="问题编号", text=problem.finding.number),
            Line(label="复核结果", text=result),
            Line(label="理由", text=problem.answer),
            Line(label="整改要求", text=problem.todo if is_owed else ""),
            Line(label="期限", text=_deadline_words(problem, on) if is_owed else ""),
        ),
    )


def _known(*lines: Line) -> tuple[Line, ...]:
    """The lines that say something."""
    return tuple(line for line in lines if line.text or line.address)


def _deadline_words(problem: Problem, on: date) -> str:
    deadline = problem.deadline
    if deadline is None:
        return ""
    if problem.overdue:
        return f"{weekday_words(deadline)}，已逾期{problem.overdue}个工作日"
    return weekday_words(deadline) + ("下班前" if deadline >= on else "")


# --- how to answer -----------------------------------------------------------------------


def _how_to_answer(unit: Unit, reply_by: date | None, has_sheet: bool) -> tuple[Line, ...]:
    sheet = (
        "也可填写附件《整改反馈表》回复本邮件。" if has_sheet else "也可直接回复本邮件说明情况。"
    )
    until = f"在{weekday_words(reply_by)}前" if reply_by else "在收到后3个工作日内"
    own = addressed(unit).replace("你", "本")
    return (
        Line(
            label="怎样反馈",
            text=f"发布后不用报材料，系统将自动复核，连续两次正常后销号。{sheet}",
        ),
        Line(
            label="如认为有误",
            text=(
                f"请{until}回复，写明“已在别处公开”（附地址）、“{own}不涉及”（附说明）或"
                "“日期识别有误”，我们在3个工作日内答复；经复核采纳的，不计入问题。"
            ),
        ),
    )


def _short_deadline(told: _Told) -> str:
    if told.nearest is None:
        return ""
    word = "原定期限" if told.over > 0 else "最近期限"
    return f"{word}：{weekday_words(told.nearest)}"


_KINDS: Mapping[LetterKind, _Kind] = {
    LetterKind.MEND: _Kind(
        subject=lambda told: f"{told.count}项待整改{_due(told, '最近期限')}",
        opening=_mend,
        entry=_asking,
    ),
    LetterKind.DEADLINE: _Kind(
        subject=lambda told: f"{told.count}项待整改{_due(told, '期限')}",
        opening=_deadline,
        entry=_asking,
    ),
    LetterKind.OVERDUE: _Kind(subject=_late, opening=_overdue, entry=_asking),
    LetterKind.THANKS: _Kind(
        subject=lambda told: f"{told.count}项已销号，谢谢", opening=_thanks, entry=None, asks=False
    ),
    LetterKind.DECIDED: _Kind(
        subject=lambda told: f"{told.count}项复核申请已答复",
        opening=lambda told: f"{told.you}申请复核的{told.count}项内容已有结果，答复如下。",
        entry=_decided,
        asks=False,
    ),
}
