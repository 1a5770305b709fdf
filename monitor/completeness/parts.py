"""篇目: the parts of a paper beyond its table of contents, and sentences that explain. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from monitor.completeness.lines import LEADS_TO_PAGE, Line, lines_of, sentences_of
from monitor.completeness.tables import unopened
from monitor.completeness.words import lacking, seen_inside
from monitor.model import ALONE, Beside, Document, Grounds, Place, Shortfall
from monitor.textform import passing_form

_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[部章节]|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)]|附[件表]|表)"
)
_LONGEST_HEADING = 45
_TO_PAGE = re.compile(r"[.·_-]*\d*$")
_GOES_ON = ("。", ";", ",", ":")
_DECIMAL = re.compile(r"\d\.\d|,\d{3}")
_CONTENTS = "目录"
#: so many headings with nothing between them, that name so many parts, are a list of contents
_RUN, _RUN_NAMES = 4, 3
_END = Line(tokens=())
#: a sentence that names so many parts lists them
_MOST_NAMED = 4
_COMPARES = re.compile(
    r"增加|减少|持平|下降|增长|上升|降低|增减|压减|一致|不变|无变化|变化|变动|[较比]上年|与上年|同比"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsPresent:
    """部分齐全: every part is named somewhere else than in a table of contents; ``a|b``: either.

    Where the words were not kept, it goes by what the eyes saw of the same words.
    """

    kind: ClassVar[str] = "parts_present"
    attachments: ClassVar[bool] = True
    parts: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def words(self) -> tuple[str, ...]:
        return self.parts

    @property
    def names(self) -> tuple[str, ...]:
        return self.parts

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the parts that are not there, and where the others stand."""
        if unopened(self.names, document, beside) is not None:
            return seen_inside(self.parts, document)
        lines = lines_of(beside.texts[document.digest])
        forms = {part: tuple(map(passing_form, part.split("|"))) for part in self.parts}
        told = _without_contents(lines, list(forms.values()))
        places, absent = [], []
        for part, alternatives in forms.items():
            where = next(
                (line.place() for line in told if any(form in line.text for form in alternatives)),
                "",
            ) or _recognised(part, document)
            if where:
                places.append(Place(word=part, where=where))
            else:
                absent.append(part)
        if not places and any(part in document.elements for part in self.parts):
            # what looks like a list of contents is all there is: nobody can tell
            return Shortfall(unread=tuple(absent))
        short = lacking(tuple(absent), document)
        return Shortfall(missing=short.missing, unread=short.unread, places=tuple(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeExplained:
    """增减有说明: a sentence about ``of`` compares it with the year before."""

    kind: ClassVar[str] = "change_explained"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()
    name: str
    of: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return whether the explanation is missing, or where it stands."""
        if (early := unopened(self.names, document, beside)) is not None:
            return early
        forms = [_unquoted(form) for form in self.of]
        for sentence in sentences_of(lines_of(beside.texts[document.digest])):
            text = _unquoted(sentence.text)
            if _COMPARES.search(text) and any(form in text for form in forms):
                return Shortfall(places=(Place(word=self.name, where=sentence.line.place()),))
        return lacking(self.names, document)


def _unquoted(text: str) -> str:
    return re.sub("[\"'“”‘’]", "", passing_form(text))


def _recognised(part: str, document: Document) -> str:
    """Where a part was read off a picture: that stands in no kept words."""
    forms = [passing_form(form) for form in part.split("|")]
    for file in document.attachments:
        for place in file.places:
            if place.recognised and place.word in forms:
                return f"附件“{file.name}”{place.where}（识别）"
    return ""


def _without_contents(lines: Sequence[Line], parts: Sequence[tuple[str, ...]]) -> list[Line]:
    """The lines that tell something: no lists of headings, no sentences that list the parts."""
    told: list[Line] = []
    run: list[Line] = []
    for line in (*lines, _END):
        # what is repeated stands above its part now: the contents are over
        begins_anew = any(_stem(line) == _stem(one) for one in run) or _turns(run, line)
        if _is_heading(line) and not begins_anew:
            run.append(line)
            continue
        if not _is_contents(run, parts):
            told += run
        run = []
        told.append(line)
    return [
        line for line in told if not LEADS_TO_PAGE.search(line.text) and not _lists(line, parts)
    ]


def _is_heading(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_HEADING or text.endswith(_GOES_ON):
        return False
    return bool(_NUMBERED.match(_unquoted(text)) or text == _CONTENTS) and not _DECIMAL.search(text)


def _stem(line: Line) -> str:
    """A heading without the dots and the number of its page."""
    return _TO_PAGE.sub("", line.text)


def _turns(run: Sequence[Line], line: Line) -> bool:
    """Whether headings with the number of a page are followed by one without."""
    return len(run) > _RUN_NAMES and run[-1].text[-1].isdigit() and not line.text[-1:].isdigit()


def _is_contents(run: Sequence[Line], parts: Sequence[tuple[str, ...]]) -> bool:
    """Whether headings that follow each other with nothing between are a list of contents.

    Bodies have such runs too (机构设置, then one line for each office), but name one part there.
    """
    named = {forms for line in run for forms in parts if any(form in line.text for form in forms)}
    begins = bool(run) and run[0].text == _CONTENTS
    return len(run) >= _RUN and (len(named) >= _RUN_NAMES or begins)


def _lists(line: Line, parts: Sequence[tuple[str, ...]]) -> bool:
    if line.is_row:
        return False
    named = sum(any(form in line.text for form in forms) for forms in parts)
    return named >= _MOST_NAMED and len(line.text) < 30 * named
