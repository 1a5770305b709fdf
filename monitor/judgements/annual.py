"""年报自相核对: a report of the year against itself, and against what the site shows. Pure.

Arithmetic is claimed only where the text itself gives all the numbers: a breakdown that says it is
whole must add up to its total, one of which it is said that these are some (其中) may not exceed
it. A count of ours is set beside a stated one only for a column that was read back to New Year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.judgements.case import Case
from monitor.judgements.reported import (
    Figure,
    Heading,
    Level,
    announced,
    breakdowns,
    figures,
    headings,
    plain,
)
from monitor.model import Document, Moment, Observation, Remark, RemarkKind
from monitor.textform import normal_form
from monitor.wording import Noticed

_REPORT: Final = re.compile(r"(?:政务|信息|校务)公开.*(?:年度报告|年报|总结|工作报告)")
_YEAR: Final = re.compile(r"20\d\d")
#: one kind and the other: together they are all of what they qualify
_HALVES: Final = (("本级", "本单位", "自行", "原创"), ("上级", "转发", "转载"))
#: said of many things: two of them need not be the same count
_GENERAL: Final = frozenset({"信息", "政府信息", "文件", "政策", "工作", "事项", "内容", "栏目"})
_SHORTEST: Final = 4  # characters of a name that two sentences must share to mean the same
#: a stated and a counted number differ when both limits are passed
_SHARE, _COUNT = 0.05, 5
_CITED: Final = 60
_UNREADABLE: Final = "□"

#: what is wrong, its sentence's facts, and what tells it from other remarks on the same report
_Flaw = tuple[Noticed, dict[str, object], str]


@dataclass(frozen=True, slots=True)
class Report:
    """一份年报: the entry, its text in plain form, and the year it is about."""

    document: Document
    text: str
    year: int


def against_itself(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what does not agree in the reports of the year that the unit's columns list."""
    for column, look in case.read:
        for report in _reports(case, look):
            counted = _against_the_site(case, report)
            for because, facts, subject in (*flaws(report.text), *counted):
                yield Remark(
                    unit=case.unit.code,
                    kind=RemarkKind.REPORT,
                    because=because,
                    facts={"title": report.document.title} | facts,
                    column=column,
                    subject=f"{report.document.url}#{subject}",
                    page=report.document.url,
                    evidence=look.evidence,
                )


def flaws(text: str) -> Iterator[_Flaw]:
    """Yield what does not agree inside one report; ``text`` in plain form, a paragraph a line."""
    yield from _sums(text)
    yield from _halves(text)
    yield from _twice(text)
    yield from _numbering(headings(text, Level.CHAPTER), Level.CHAPTER)
    yield from _numbering(headings(text, Level.ITEM), Level.ITEM)
    yield from _parts(text)


def _reports(case: Case, look: Observation) -> Iterator[Report]:
    for document in look.documents:
        title = normal_form(document.title)
        year = _YEAR.search(title)
        if year is None or _REPORT.search(title) is None:
            continue
        words = case.texts.get(document.digest, ())
        if text := "\n".join(one.text for one in words if not one.file and not one.row):
            yield Report(document, plain(text), int(year[0]))


def _sums(text: str) -> Iterator[_Flaw]:
    for found in breakdowns(text):
        over = found.sum > found.total.value
        if over or (found.is_whole and found.sum != found.total.value):
            facts = {
                "name": found.total.core,
                "total": found.total.value,
                "count": len(found.parts),
                "sum": found.sum,
                "unit": found.total.unit,
                "cited": _cited(found.parts[0]),
            }
            because = Noticed.PARTS_EXCEED if over else Noticed.PARTS_FALL_SHORT
            yield because, facts, f"sum:{found.total.core}"


def _halves(text: str) -> Iterator[_Flaw]:
    """A count here, its two halves there: 17条, and then 6 of its own and 12 passed on."""
    stated = figures(text)
    for whole in stated:
        if len(normal_form(whole.core)) < _SHORTEST or whole.core in _GENERAL:
            continue
        own, passed_on = (_half(stated, whole, words) for words in _HALVES)
        if own is None or passed_on is None or own.sentence != passed_on.sentence:
            continue
        if own.sentence != whole.sentence and own.value + passed_on.value != whole.value:
            facts = {
                "name": whole.core,
                "value": whole.value,
                "unit": whole.unit,
                "first": f"{own.name}{own.value}",
                "second": f"{passed_on.name}{passed_on.value}",
                "sum": own.value + passed_on.value,
            }
            yield Noticed.HALVES_DISAGREE, facts, f"halves:{whole.core}"


def _half(stated: Sequence[Figure], whole: Figure, words: tuple[str, ...]) -> Figure | None:
    return next(
        (
            one
            for one in stated
            if one.core != whole.core
            and one.core.endswith(whole.core)
            and one.unit == whole.unit
            and any(word in one.core for word in words)
        ),
        None,
    )


def _twice(text: str) -> Iterator[_Flaw]:
    """The same name with two numbers, in two sentences."""
    first: dict[tuple[str, str], Figure] = {}
    told: set[str] = set()
    for one in figures(text):
        if len(normal_form(one.core)) < _SHORTEST or one.core in _GENERAL:
            continue
        known = first.setdefault((one.name, one.unit), one)
        differs = known.sentence != one.sentence and known.value != one.value
        if differs and one.name not in told:
            told.add(one.name)
            facts = {
                "name": one.core,
                "value": known.value,
                "other": one.value,
                "unit": one.unit,
                "cited": _cited(one),
            }
            yield Noticed.SAME_COUNT_TWICE, facts, f"twice:{one.core}"


def _numbering(found: Sequence[Heading], level: Level) -> Iterator[_Flaw]:
    """Numbers that jump, come twice, or cannot be read; items begin anew below each chapter."""
    if len(found) < 2:
        return
    wrong: list[str] = []
    before = 0
    for heading in found:
        is_new = level is Level.ITEM and heading.number == 1
        if not is_new and (heading.number != before + 1 or not heading.bracketed):
            wrong.append(heading.title[:12])
        before = heading.number or before + 1
    if wrong:
        facts: dict[str, object] = {
            "level": level.value,
            "seen": "、".join(heading.numeral or _UNREADABLE for heading in found),
            "cited": wrong[0],
        }
        yield Noticed.NUMBERS_BROKEN, facts, f"numbers:{level.name}"


def _parts(text: str) -> Iterator[_Flaw]:
    """The parts announced at the beginning, and the chapters that are there."""
    told = announced(text)
    chapters = headings(text, Level.CHAPTER)
    if told is None or not chapters or len(chapters) >= told.count:
        return
    facts = {
        "count": told.count,
        "there": len(chapters),
        "absent": "、".join(_absent(told.names, chapters)) or "不详",
    }
    yield Noticed.PARTS_ABSENT, facts, "parts"


def _absent(names: Sequence[str], chapters: Sequence[Heading]) -> Iterator[str]:
    """The announced parts that no chapter is called nearly like."""
    for name in names:
        if not any(_alike(name, chapter.title) for chapter in chapters):
            yield name


def _alike(name: str, title: str) -> bool:
    shared = set(normal_form(name)) & set(normal_form(title))
    return len(shared) * 3 >= len(set(normal_form(name))) * 2


def _against_the_site(case: Case, report: Report) -> Iterator[_Flaw]:
    """The counts that a report states for columns, beside what these columns list of its year."""
    named = {
        normal_form(word): column
        for column in case.columns.values()
        for word in (column.name, *column.aliases)
    }
    told: set[str] = set()
    for figure in figures(report.text):
        column = named.get(normal_form(figure.core)) or named.get(normal_form(figure.name))
        if column is None or column.id in told or figure.unit != "条":
            continue
        told.add(column.id)
        counted = _counted(case.looks.get(column.id), report)
        if counted is not None and _differ(figure.value, counted):
            facts = {
                "name": column.name,
                "value": figure.value,
                "counted": counted,
                "year": report.year,
            }
            yield Noticed.COUNTED_OTHERWISE, facts, f"counted:{column.id}"


def _counted(look: Observation | None, report: Report) -> int | None:
    """How many entries of the report's year, up to its own day, a column lists; None: not known."""
    if look is None or not look.identity_seen or not look.documents:
        return None
    begins = date(report.year, 1, 1)
    ends = min(date(report.year, 12, 31), report.document.day or date.max)
    if not look.coverage.reaches(begins) or any(one.day is None for one in look.documents):
        return None
    return sum(begins <= one.day <= ends for one in look.documents if one.day)


def _differ(stated: int, counted: int) -> bool:
    off = abs(stated - counted)
    return off > _COUNT and off > _SHARE * max(stated, counted)


def _cited(figure: Figure) -> str:
    """A piece of the sentence, enough to find it again."""
    sentence = figure.sentence
    return sentence if len(sentence) <= _CITED else f"{sentence[:_CITED]}…"
