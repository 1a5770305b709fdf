"""到期邮件: what will soon lapse, told before it does: 临期提醒 and 节前提醒."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.model import LetterKind, Unit
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
from reports.problems import Lapse, Office, addressed
from reports.prose import day_words, weekday_words
from reports.sentences import required_sentence, type_word


def compose_lapse(
    unit: Unit, lapses: Sequence[Lapse], *, office: Office, on: date, holiday: str = ""
) -> MailText:
    """Write a unit what of its own will lapse; with the ``holiday`` (国庆) in which it does.

    ``lapses`` come from ``lapses_of``; at least one.
    """
    for lapse in lapses:
        if lapse.assessment.unit != unit.code:
            raise ValueError(f"{lapse.requirement.id} is not for {unit.code}")
    count, nearest = len(lapses), min(lapse.due for lapse in lapses)
    if holiday:
        kind, point = LetterKind.HOLIDAY, f"{count}项将在{holiday}期间到期"
        when = f"将在{holiday}假期中到期，请在放假前处理"
    else:
        kind, when = LetterKind.LAPSE, "即将到期，请按时公开或更新"
        point = (
            f"“{lapses[0].requirement.name}”将于{day_words(nearest)}到期"
            if count == 1
            else f"{count}项将到期，最近{day_words(nearest)}"
        )
    notice = Notice(
        subject=subject_line(kind, unit, point),
        greeting=unit.name,
        opening=(
            f"{addressed(unit)}有{count}项信息公开内容{when}。"
            "这是提前提醒，不计入问题；公开后不用回复。",
        ),
        entries=tuple(
            _entry(place, lapse) for place, lapse in enumerate(lapses[:MOST_ENTRIES], start=1)
        ),
        rest=rest_line(count),
        notes=contact(office),
        signature=signature(office, on),
        foot=FOOT,
    )
    names = short_list([lapse.requirement.name for lapse in lapses])
    return mail_text(notice, office, names, f"最近到期：{weekday_words(nearest)}")


def _entry(place: int, lapse: Lapse) -> Entry:
    lines = (
        Line(label="应当公开", text=required_sentence(lapse.requirement)),
        Line(label="目前情况", text=lapse.seen),
        Line(label="页面地址", address=lapse.assessment.page),
    )
    return Entry(
        number=f"第{place}项",
        kind=type_word(lapse.assessment.status),
        name=lapse.name,
        lines=tuple(line for line in lines if line.text or line.address),
    )
