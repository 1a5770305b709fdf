"""过度公开: what an entry tells of persons and must not; lists that stay when they must go. Pure.

Both are the officer's alone: the remark names the page, and to name it in a report would show the
public where to look.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date

from monitor.judgements.case import Case
from monitor.model import Document, Exposed, Moment, Observation, Personal, Remark, RemarkKind
from monitor.personal import is_for_a_time
from monitor.publicity import last_day
from monitor.wording import Because, Noticed

#: places that a sentence names
_PLACES = 3
_MARK_LETTERS = 12
#: a notice that ended on a Friday is taken down on Monday
_WORKDAYS_TO_TAKE_DOWN = 1
_LONGEST_TEXT = 20_000


def of_persons(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield the entries that tell of persons, each once, however many columns list it."""
    seen: set[str] = set()
    for column, look, document in _documents(case):
        if not document.exposed or document.url in seen:
            continue
        seen.add(document.url)
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.EXPOSED,
            because=Noticed.EXPOSED,
            facts=_told(document),
            column=column,
            # other numbers at the same address are another matter
            subject=f"{document.url} {_mark(document.exposed)}",
            page=document.url or look.address,
        )


def overstayed(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what had to be taken down: as a clock of the catalog says, or the notice itself."""
    seen: set[str] = set()
    for remark in (*_by_the_clock(case), *_by_its_own_words(case, on)):
        if remark.page not in seen:
            seen.add(remark.page)
            yield remark


def _told(document: Document) -> dict[str, object]:
    counts = Counter(one.kind for one in document.exposed)
    first = document.exposed[0]
    places = dict.fromkeys(one.where for one in document.exposed)
    shown = "、".join(list(places)[:_PLACES])
    return {
        "title": document.title,
        "what": "、".join(f"{kind.value}{counts[kind]}个" for kind in Personal if counts[kind]),
        "example": first.masked,
        "places": shown if len(places) <= _PLACES else f"{shown}等{len(places)}处",
    }


def _mark(exposed: tuple[Exposed, ...]) -> str:
    marks = "\n".join(sorted(one.mark for one in exposed))
    return hashlib.sha256(marks.encode()).hexdigest()[:_MARK_LETTERS]


def _documents(case: Case) -> Iterator[tuple[str, Observation, Document]]:
    for column, look in case.read:
        for document in look.documents:
            yield column, look, document


def _by_the_clock(case: Case) -> Iterator[Remark]:
    columns = {document.url: column for column, _, document in _documents(case)}
    for obligation, judged in case.judged:
        if judged.because is not Because.OVERSTAYED:
            continue
        late = next((d for d in judged.documents if d.title == judged.facts["title"]), None)
        if late is not None and late.url in columns:
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.OVERSTAY,
                because=Noticed.OVERSTAYED,
                facts={
                    name: judged.facts[name] for name in ("title", "due", "overstay_by", "day_kind")
                },
                column=columns[late.url],
                requirement=obligation.requirement.id,
                subject=late.url,
                page=late.url,
            )


def _by_its_own_words(case: Case, on: Moment) -> Iterator[Remark]:
    for column, _, document in _documents(case):
        if not document.digest or not is_for_a_time(document.title):
            continue
        due = last_day(_words(case, document), document.day, on.calendar)
        if due is not None and _is_over(due, on):
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.OVERSTAY,
                because=Noticed.NOTICE_OVERSTAYED,
                facts={
                    "title": document.title,
                    "due": due,
                    "days": (on.today - due).days,
                },
                column=column,
                subject=document.url,
                page=document.url,
            )


def _words(case: Case, document: Document) -> str:
    """What is written in an entry beside its tables."""
    extracts = case.texts.get(document.digest, ())
    return "\n".join(one.text for one in extracts if not one.row)[:_LONGEST_TEXT]


def _is_over(due: date, on: Moment) -> bool:
    return on.calendar.workdays_between(due, on.today) > _WORKDAYS_TO_TAKE_DOWN
