"""来信: letters that a page lists as not yet answered. Pure.

Read only from tables whose heads call one column the day of sending and one the state: whatever
else lists letters says it in too many ways to be sure. Titles are people's, and are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, TypeAlias

import lxml.html

from crawler.pages.dates import days_in
from crawler.pages.place import squeeze
from crawler.pages.text import Page, is_shown
from monitor.model import WaitingLetter

Element: TypeAlias = lxml.html.HtmlElement

_MAIL: Final = "来信|留言|咨询|提问|写信|信件|投诉|诉求"
_SENT: Final = re.compile(rf"(?:{_MAIL}|提交|受理)?(?:时间|日期)|(?:{_MAIL})(?:提交)?(?:时间|日期)")
_OF_MAIL: Final = re.compile(_MAIL)
_STATE: Final = re.compile("(?:信件|办理|回复|答复|处理|受理)?(?:状态|进度)|是否已?(?:回复|答复)")
_ANSWERED: Final = re.compile("(?:回复|答复|办结|反馈)(?:时间|日期)")
_WAITS: Final = re.compile(
    "[未待](?:回复|答复|处理|办理|受理|办结)|尚未(?:回复|答复)|(?:办理|处理|受理|回复)中"
)
#: letters that are kept of one page
_MOST: Final = 100


def waiting_letters(page: Page) -> tuple[WaitingLetter, ...]:
    """The letters that a page's tables show as waiting, the oldest first; most pages list none."""
    if page.tree is None or not ("状态" in page.text or "进度" in page.text or "是否" in page.text):
        return ()
    found = [letter for table in page.tree.iter("table") for letter in _of_table(table)]
    return tuple(sorted(found, key=lambda letter: letter.sent_on)[:_MOST])


def _of_table(table: Element) -> Iterator[WaitingLetter]:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    if len(rows) < 2 or not is_shown(table) or any(cell.get("colspan") for cell in rows[0]):
        return
    heads = [_words(cell) for cell in rows[0]]
    sent, state = _place(heads, _SENT), _place(heads, _STATE)
    if sent is None or state is None or not any(map(_OF_MAIL.search, heads)):
        return
    answered = _place(heads, _ANSWERED)
    for row in rows[1:]:
        cells = [_words(cell) for cell in row]
        if len(cells) != len(heads) or not _WAITS.fullmatch(cells[state]):
            continue
        if answered is not None and _day(cells[answered]) is not None:
            continue
        if (day := _day(cells[sent])) is not None:
            yield WaitingLetter(sent_on=day, state=cells[state])


def _place(heads: Sequence[str], head: re.Pattern[str]) -> int | None:
    """Which head it is; None where none is, or more than one."""
    places = [place for place, text in enumerate(heads) if head.fullmatch(text)]
    return places[0] if len(places) == 1 else None


def _words(cell: Element) -> str:
    return squeeze("".join(cell.itertext()))


def _day(text: str) -> date | None:
    """The one day in a cell."""
    days = {day for day, _ in days_in(text)}
    return days.pop() if len(days) == 1 else None
