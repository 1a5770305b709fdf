"""无此类信息的申报与反证: what was declared not to be, beside what the pages show. Pure.

A declaration is an approved 不涉及 or 本期未发生, or a 情况说明 of the unit. It holds until the
unit's own columns, or its superior's pages, show an entry of that very matter: then nobody decides
but a person, who gets the entry to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from monitor.judgements.case import Case
from monitor.matching import answers
from monitor.model import Assessment, Document, Moment, Obligation, Observation, Status
from monitor.textform import normal_form
from monitor.waivers import GROUNDS
from monitor.wording import Because

#: grounds that say that there is nothing; the others say something else
_NOTHING_THERE: Final = frozenset({"C3", "C4"})
_YEAR: Final = timedelta(days=366)
#: words of entries that are about a matter, and are not it: passed on, taught, told of
_ABOUT: Final = (
    *("转发", "学习", "培训", "宣传", "讲座", "知识", "解读", "问答"),
    *("倡议", "征文", "竞赛", "会议", "动态"),
    *("开展", "组织", "召开", "举行", "举办"),
)
#: a shorter name may be a part of another unit's
_NAME_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class _Seen:
    document: Document
    look: Observation
    column: str


def contradicted(
    case: Case, obligation: Obligation, judged: Assessment, on: Moment
) -> Assessment | None:
    """Return the verdict in doubt, if what was declared not to be is there to see; else None."""
    declared = _declared(obligation, judged)
    if not declared:
        return None
    since = _since(obligation, on)
    found = max(
        _evidence(case, obligation, since, on.today),
        key=lambda seen: seen.document.day or date.min,
        default=None,
    )
    if found is None:
        return None
    return replace(
        judged,
        status=Status.UNSURE,
        because=Because.DECLARED_BUT_SEEN,
        facts={
            "declared": declared,
            "column": case.name_of(found.column),
            "title": found.document.title,
            "published": found.document.day,
            "url": found.document.url,
        },
        nearest=found.document,
        page=found.look.address,
        evidence=found.look.evidence,
    )


def is_only_about(title: str) -> bool:
    """Whether a title speaks about a matter and is not it: news, training, what was passed on."""
    form = normal_form(title)
    return any(word in form for word in _ABOUT)


def _declared(obligation: Obligation, judged: Assessment) -> str:
    """In what words nothing was declared to be there; "" when nobody did."""
    waiver = obligation.waiver
    if judged.status is Status.STMT:
        return Status.STMT.value
    if judged.status is Status.NA and waiver is not None and waiver.ground in _NOTHING_THERE:
        return f"核准为“{GROUNDS[waiver.ground]}”"
    return ""


def _since(obligation: Obligation, on: Moment) -> date:
    """From which day an entry speaks against it: the period it was declared for.

    What stood there before an approval was there to be seen by who approved.
    """
    opens = max((limit.since(on) for limit in obligation.requirement.limits), default=date.min)
    since = max(opens, on.today - _YEAR)
    waiver = obligation.waiver
    if waiver is not None and waiver.approved_on is not None:
        return max(since, waiver.approved_on)
    return since


def _evidence(case: Case, obligation: Obligation, since: date, today: date) -> Iterator[_Seen]:
    """Entries of the matter itself, dated in the period: the unit's own, or of its superior."""
    for column, look in case.read:
        for document in look.documents:
            if _is_it(obligation, document, since, today):
                yield _Seen(document, look, column)
    names = [normal_form(name) for name in case.unit.names if len(name) >= _NAME_LENGTH]
    for column, look in case.superior.items():
        for document in look.documents if look.identity_seen else ():
            title = normal_form(document.title)
            if any(name in title for name in names) and _is_it(obligation, document, since, today):
                yield _Seen(document, look, column)


def _is_it(obligation: Obligation, document: Document, since: date, today: date) -> bool:
    if document.day is None or not since <= document.day <= today:
        return False
    if is_only_about(document.title):
        return False
    return answers(obligation.requirement.match, document.title)
