"""通知的文字: what a mail says, without format, and the same as plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: an opening line begins two characters in, a line of an entry one
_INDENT, _STEP = "　　", "　"
#: labels of an entry are as wide as the widest of them
_LABEL_WIDTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """一行: a label, what it says, and an address written out in full."""

    label: str
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """一项: its heading in three parts, and its lines."""

    number: str = ""  # 第1项
    kind: str = ""  # 旧 更新不及时
    name: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """一封通知: from the greeting to the line under the signature."""

    subject: str
    greeting: str
    opening: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    rest: str = ""  # how many more there are, and where
    notes: tuple[Line, ...] = ()
    signature: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """邮件文字: the same content as plain text and as a page; ``short`` is for a chat group."""

    subject: str
    text: str
    html: str
    short: str


def plain(notice: Notice) -> str:
    """The notice as plain text, each thing on a line of its own."""
    blocks = [
        [f"{notice.greeting}：", *(f"{_INDENT}{line}" for line in notice.opening)],
        *(list(_entry(entry)) for entry in notice.entries),
        [notice.rest] if notice.rest else [],
        [f"{note.label}：{_said(note)}" for note in notice.notes],
        [line for line in (notice.signature, notice.foot) if line],
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    heading = _STEP.join(part for part in (entry.number, entry.kind) if part)
    yield f"{heading}　｜{entry.name}" if heading else entry.name
    for line in entry.lines:
        yield f"{_STEP}{_justified(line.label)}：{_said(line)}"


def _said(line: Line) -> str:
    return _STEP.join(part for part in (line.text, line.address) if part)


def _justified(label: str) -> str:
    """A label of two or three characters, made as wide as one of four.

    >>> _justified("依据"), _justified("可参考")
    ('依　　据', '可参考　')
    """
    if len(label) == 2:
        return f"{label[0]}{_STEP * (_LABEL_WIDTH - 2)}{label[1]}"
    return label.ljust(_LABEL_WIDTH, _STEP)
