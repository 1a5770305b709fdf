"""信息本身: whether a document is what the item asks for, or news about it. Pure.

Style proves nothing, so this only ever tells; a person looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from monitor.completeness.lines import lines_of
from monitor.completeness.tables import unopened
from monitor.model import (
    ALONE,
    Beside,
    Document,
    Grounds,
    Hint,
    Reading,
    RemarkKind,
    Shortfall,
)
from monitor.textform import passing_form
from monitor.wording import Noticed

_EVENT = re.compile(
    r"(?:召开|举行|举办|开展|组织|参加|赴|莅临|走进|启动|迎来|喜获|荣获).{0,30}"
    r"(?:会|会议|活动|培训|仪式|调研|检查|演练|比赛|讲座|行动|称号|工作)$|圆满|顺利|掠影|侧记"
)
_REPORTED = ("近日", "日前", "记者", "通讯员", "本网讯", "据悉", "纷纷表示", "现场气氛")
_DAYTIME = re.compile(r"\d{1,2}月\d{1,2}日(?:上午|下午|晚上|清晨|中午)")
#: characters up to which a text is no document with a table or rules in it
_SHORT = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItself:
    """信息本身: tells of a document whose title, length and words are those of news."""

    kind: ClassVar[str] = "document_itself"
    attachments: ClassVar[bool] = True
    grounds: ClassVar[Grounds] = Grounds.DEFAULT
    words: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Tell the signs, when title and text both bear them and nothing is attached."""
        title = _EVENT.search(passing_form(document.title))
        if not title or document.attachments or document.reading is not Reading.WHOLE:
            return Shortfall()
        if unopened((), document, beside) is not None:
            return Shortfall()
        lines = lines_of(beside.texts[document.digest])
        text = "".join(line.text for line in lines)
        found = [word for word in _REPORTED if word in text]
        if daytime := _DAYTIME.search(text):
            found.append(daytime[0])
        if not found or len(text) > _SHORT or any(line.is_row for line in lines):
            return Shortfall()
        facts = {"title": document.title, "signs": "、".join((title[0], *found))}
        hint = Hint(kind=RemarkKind.NEWS, because=Noticed.LIKE_NEWS, facts=facts)
        return Shortfall(hints=(hint,))
