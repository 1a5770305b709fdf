"""凑数、套模板、照搬: texts that fill a column and tell nothing of the unit's own. Pure.

What is passed on from above (转发) is lawful and never remarked on. Texts that any school writes
alike by their nature (fees, menus, contacts) are not compared; reports, plans and summaries are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from monitor.judgements.case import Case, words_of
from monitor.judgements.likeness import (
    SHORTEST,
    Print,
    are_copies,
    bare,
    candidates,
    likeness,
    print_of,
)
from monitor.model import (
    GAPS,
    Assessment,
    Document,
    Extract,
    Moment,
    Obligation,
    Observation,
    Reading,
    Remark,
    RemarkKind,
    Status,
    Unit,
)
from monitor.textform import normal_form, simplified
from monitor.wording import Because, Noticed

#: what a template leaves to be filled in: the year, or the name of whoever uses it
_YEAR_LEFT: Final = re.compile(r"20[×xX＊*○]{2}|[×xX＊*○]{2,4}年(?=度|[，的工春秋]|\d)")
_NAME_LEFT: Final = re.compile(
    r"(?:[×xX＊*○]{2,4}|某某?)(?:省|市|县|区|镇|局|学校|小学|中学|幼儿园|教育局|教导局|校长|主任)"
)
_FILL_IN: Final = re.compile(
    r"[（(【\[](?:(?:此处|请)?(?:填写|填入|插入|输入)[^）)】\]]{0,20}|待(?:完善|补充|填写|更新))"
    r"[）)】\]]"
)
#: a template that is published as one
_IS_FORM: Final = re.compile(r"模板|样表|样式|范本|格式|申请表|登记表|审批表|填写说明|示例")
#: what programs make of common words to hide a copy; nobody writes so of a bureau
_SPUN: Final = re.compile(
    r"教导局|教诲局|教导体育局|当局信息公开|当局信息|信息公然|校务公然|法子》"
)
_PASSED_ON: Final = re.compile(
    r"转发|转载|转自|来源[:：](?!本校|本局)|(?:国务院|教育部|教育厅|省人民政府)"
)
#: told in a unit's own words, or not worth telling
_OWN_WORDS: Final = re.compile(r"总结|计划|报告|要点|年报|自查|述职|小结|汇报")
#: names left open in one text before it is called a template
_NAMES_LEFT: Final = 2
#: letters of a text that says nothing
_EMPTY: Final = 15
#: how alike last year's text must be, when only its numbers were changed
_LAST_YEAR: Final = 96.0
_HEAD: Final = 300
_NAMED: Final = 3
_YEAR: Final = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Paper:
    """一篇可比的文: where it stands, by whom, and its fingerprint; its letters are asked for."""

    unit: Unit
    column: str
    document: Document
    print: Print


# --- one unit --------------------------------------------------------------------------


def within_unit(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield templates, rewritten texts, empty ones, and what one unit publishes over and over."""
    for column, look in case.read:
        for document in look.documents:
            if (text := case.text_of(document)) is None:
                continue
            for kind, because, facts in _alone(document, text):
                yield _remark(case, column, look, document, kind, because, facts)
    yield from _again(case)
    yield from _of_last_year(case)


def templated(
    case: Case, obligation: Obligation, judged: Assessment, on: Moment
) -> Assessment | None:
    """Return a good verdict in doubt when all it rests on are templates nobody filled in."""
    if judged.status in GAPS or not judged.documents:
        return None
    texts = [(document, case.text_of(document)) for document in judged.documents]
    if any(text is None or not left_open(document.title, text) for document, text in texts):
        return None
    document, text = texts[0]
    return replace(
        judged,
        status=Status.UNSURE,
        because=Because.ONLY_TEMPLATES,
        facts={"title": document.title, "left": left_open(document.title, text or "")},
        nearest=document,
        late_by=None,
        unchecked=(),
    )


def left_open(title: str, text: str) -> str:
    """What a text leaves to be filled in, as it stands there; "" for a text that is whole.

    >>> left_open("工作报告", "由××局编制，自20××年起"), left_open("样表", "20××年")
    ('20××', '')
    """
    if _IS_FORM.search(title):
        return ""
    if found := _YEAR_LEFT.search(text) or _FILL_IN.search(text):
        return found[0]
    names = _NAME_LEFT.findall(text)
    found = _NAME_LEFT.search(text)
    return found[0] if found and len(names) >= _NAMES_LEFT else ""


def is_all(document: Document) -> bool:
    """Whether the words of its page are all there is to an entry."""
    return document.reading is Reading.WHOLE and not document.attachments


def is_passed_on(document: Document, text: str) -> bool:
    """Whether a text is another's, passed on and named as such."""
    head = f"{document.title}\n{document.publisher}\n{text[:_HEAD]}"
    return _PASSED_ON.search(head) is not None


def _alone(
    document: Document, text: str
) -> Iterator[tuple[RemarkKind, Noticed, dict[str, object]]]:
    """What is wrong with one text, whatever else there is."""
    if left := left_open(document.title, text):
        yield RemarkKind.TEMPLATE, Noticed.LEFT_OPEN, {"left": left}
    spun = set(_SPUN.findall(simplified(text)))
    if len(spun) > 1 or sum(text.count(word) for word in spun) > 1:
        yield RemarkKind.TEMPLATE, Noticed.SPUN, {"words": "、".join(sorted(spun))}
    if is_all(document) and len(bare(text)) < _EMPTY:
        yield RemarkKind.THIN, Noticed.THIN, {"count": len(bare(text))}


def _again(case: Case) -> Iterator[Remark]:
    """The same text under the same title with a later day: it makes a column look fresh."""
    first: dict[tuple[str, str], Document] = {}
    entries = sorted(
        (
            (document.day, column, look, document)
            for column, look in case.read
            for document in look.documents
            if document.day is not None and case.text_of(document) is not None
        ),
        key=lambda entry: entry[0],
    )
    for day, column, look, document in entries:
        key = (normal_form(document.title), document.digest)
        before = first.setdefault(key, document)
        if before.day != day and before.url != document.url:
            facts = {"before": before.day, "published": day}
            yield _remark(
                case, column, look, document, RemarkKind.REPOSTED, Noticed.REPOSTED, facts
            )


def _of_last_year(case: Case) -> Iterator[Remark]:
    """A report or plan whose only news is its year."""
    for column, look in case.read:
        editions: defaultdict[str, list[Document]] = defaultdict(list)
        for document in look.documents:
            if _OWN_WORDS.search(document.title) and _YEAR.search(document.title):
                editions[bare(document.title)].append(document)
        for alike in editions.values():
            yearly = sorted(alike, key=lambda one: _YEAR.findall(one.title))
            for before, now in pairwise(yearly):
                old, new = case.text_of(before), case.text_of(now)
                if old is None or new is None or before.digest == now.digest:
                    continue
                if _is_own(now, new) and likeness(bare(old), bare(new)) >= _LAST_YEAR:
                    facts = {"before": before.title}
                    yield _remark(
                        case, column, look, now, RemarkKind.COPIED, Noticed.OF_LAST_YEAR, facts
                    )


def _is_own(document: Document, text: str) -> bool:
    """Whether a text is of the kind that each unit writes for itself, and long enough to tell."""
    return (
        _OWN_WORDS.search(document.title) is not None
        and len(bare(text)) >= SHORTEST
        and not is_passed_on(document, text)
    )


# --- all units -------------------------------------------------------------------------


def papers(case: Case, known: Mapping[str, Print]) -> Iterator[tuple[Paper, bool]]:
    """Yield the texts of a unit that are worth comparing, and whether each is new to us."""
    for column, look in case.read:
        for document in look.documents:
            if not _OWN_WORDS.search(document.title) or not document.digest:
                continue
            print_ = known.get(document.digest)
            is_new = print_ is None
            if print_ is None:
                text = case.text_of(document)
                if text is None or not _is_own(document, text):
                    print_ = NOT_COMPARED
                else:
                    print_ = print_of(bare(text, case.unit.names))
            yield (
                Paper(case.unit, column, document, print_),
                is_new,
            )


#: of a text that is not compared: passed on, or too short
NOT_COMPARED: Final = Print(0, 0)


def copied(
    listed: Sequence[Paper],
    new: Collection[int],
    texts: Mapping[str, tuple[Extract, ...]],
) -> Iterator[Remark]:
    """Yield the new texts that are copies of other units', each with those it is like.

    ``new``: places in ``listed``. Of two copies the one published later is remarked on.
    """
    compared = [place for place, one in enumerate(listed) if one.print.letters]
    at = {place: number for number, place in enumerate(compared)}
    prints = [listed[place].print for place in compared]
    alike: defaultdict[int, list[Paper]] = defaultdict(list)
    pairs = candidates(prints, [at[place] for place in sorted(new) if place in at])
    for one, other in pairs:
        first, second = sorted((compared[one], compared[other]), key=lambda n: _age(listed[n]))
        if listed[first].unit.code == listed[second].unit.code:
            continue
        if are_copies(*(_letters(listed[place], texts) for place in (first, second))):
            alike[second].append(listed[first])
    for place, others in sorted(alike.items()):
        paper = listed[place]
        yield Remark(
            unit=paper.unit.code,
            kind=RemarkKind.COPIED,
            because=Noticed.COPY_OF_OTHERS,
            facts={
                "title": paper.document.title,
                "names": "、".join(dict.fromkeys(one.unit.name for one in others[:_NAMED])),
                "count": len({one.unit.code for one in others}),
            },
            column=paper.column,
            subject=paper.document.url,
            page=paper.document.url,
        )


def _letters(paper: Paper, texts: Mapping[str, tuple[Extract, ...]]) -> str:
    return bare(words_of(texts.get(paper.document.digest, ())), paper.unit.names)


def _age(paper: Paper) -> tuple[str, str]:
    day = paper.document.day
    return (day.isoformat() if day else "9", paper.unit.code)


def _remark(
    case: Case,
    column: str,
    look: Observation,
    document: Document,
    kind: RemarkKind,
    because: Noticed,
    facts: Mapping[str, object],
) -> Remark:
    return Remark(
        unit=case.unit.code,
        kind=kind,
        because=because,
        facts={"title": document.title, **facts},
        column=column,
        subject=document.url,
        page=document.url,
        evidence=look.evidence,
    )
