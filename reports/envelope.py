"""邮件外壳: what stands around every mail to a unit: subject, contact, signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.model import LetterKind, Unit
from reports.formats.html import render_notice
from reports.notices import Line, MailText, Notice, plain
from reports.problems import Office
from reports.prose import few, full_day
from reports.sentences import matter_of

MOST_ENTRIES = 10
LONGEST_SUBJECT = 40
FOOT = "本邮件由系统汇总、经政务公开办设定后发送，可直接回复。"
_MOST_IN_SHORT = 3


def subject_line(kind: LetterKind, unit: Unit, text: str) -> str:
    """The kind, the unit, the point; a long name of a unit gives way."""
    name = unit.short_name or unit.name
    room = LONGEST_SUBJECT - len(f"【{kind.value}】：{text}")
    if len(name) > room:
        name = f"{name[: max(room - 1, 1)]}…"
    return f"【{kind.value}】{name}：{text}"[:LONGEST_SUBJECT]


def rest_line(count: int, *, has_sheet: bool = False) -> str:
    """How many entries the mail leaves out, and where they are; "" when it holds all."""
    if count <= MOST_ENTRIES:
        return ""
    more = f"以上为前{MOST_ENTRIES}项，其余{count - MOST_ENTRIES}项"
    return f"{more}见附件《整改反馈表》。" if has_sheet else f"{more}请与我们联系了解。"


def contact(office: Office) -> tuple[Line, ...]:
    phone = f"电话：{office.phone}" if office.phone else ""
    told = "，".join(part for part in (office.officer, phone) if part)
    return (Line(label="联系人", text=told),) if told else ()


def signature(office: Office, on: date) -> str:
    return f"{office.name}　{full_day(on)}".strip("　")


def short_list(names: Sequence[str]) -> str:
    """The first names without what they list in brackets, and how many there are."""
    return few(tuple(dict.fromkeys(map(matter_of, names))), most=_MOST_IN_SHORT)


def mail_text(notice: Notice, office: Office, *lines: str) -> MailText:
    """The notice as text, as a page, and in short: the subject, at most two ``lines``, and whom to
    ask.
    """
    person = " ".join(part for part in (office.officer, office.phone) if part)
    short = (notice.subject, *lines[:2], f"联系：{person}" if person else "")
    return MailText(
        subject=notice.subject,
        text=plain(notice),
        html=render_notice(notice),
        short="\n".join(line for line in short if line),
    )
