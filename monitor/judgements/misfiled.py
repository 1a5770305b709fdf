"""放错栏目: an item that its own column lacks, and that stands in another column of the unit. Pure.

The verdict stays: the item is to be found where it belongs. That it stands elsewhere tells the
officer what to ask of the unit. Said only of an entry that would settle the item, were it in its
place, and that nothing asks for where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from monitor.judgements.case import Case
from monitor.judgements.statements import is_only_about
from monitor.matching import answers
from monitor.model import (
    Document,
    Match,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Remark,
    RemarkKind,
    Requirement,
    Seen,
    Status,
    Unit,
    Where,
)
from monitor.textform import normal_form
from monitor.wording import Noticed

#: gaps that say "it is not there"
_ABSENT: Final = frozenset({Status.MISSING, Status.EMPTY, Status.NOCOL, Status.STALE})
_BETWEEN: Final = re.compile("[、，,；;/（）()“”《》]|与|和|及")
#: what titles of documents add to the name of their matter
_SAYS_NOTHING: Final = re.compile(
    r"[\W\d_]|关于|学年|年度|[上下]半年|学期|季度|[春夏秋冬]季|[一二三四上下第春秋年月日度]"
    r"|公示|公告|公布|公开|通知|情况|信息|一览|报告|方案|办法|标准|项目|[的表]|本校|我校|学校"
)
_SHORTEST: Final = 4  # letters of a name
_SETTLED: Final = frozenset({Status.OK, Status.DUE_SOON})


@dataclass(frozen=True, slots=True)
class _Found:
    document: Document
    look: Observation
    column: str
    day: date


def standing_elsewhere(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield where the newest entry stands that an item lacks in its own column."""
    for obligation, judged in case.judged:
        requirement = obligation.requirement
        if judged.status not in _ABSENT or requirement.where is not Where.SITE:
            continue
        if not _is_telling(requirement.match):
            continue
        found = max(_elsewhere(case, obligation, on), key=lambda one: one.day, default=None)
        if found is not None:
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.MISFILED,
                because=Noticed.MISFILED,
                facts={
                    "title": found.document.title,
                    "published": found.day,
                    "column": case.name_of(found.column),
                    "item": requirement.name,
                    "own": "、".join(case.name_of(column) for column in requirement.columns),
                    "status": judged.status.value,
                },
                column=found.column,
                requirement=requirement.id,
                subject=found.document.url,
                page=found.document.url,
                evidence=found.look.evidence,
            )


def _is_telling(match: Match) -> bool:
    """Whether titles tell what answers; where any entry will do, none is in a wrong place."""
    return bool(match.any or match.all)


def _elsewhere(case: Case, obligation: Obligation, on: Moment) -> Iterator[_Found]:
    requirement = obligation.requirement
    terms = _terms_of(case, requirement)
    for column, look in case.read:
        if column in requirement.columns or look.outcome is not Outcome.OPENED:
            continue
        for document in look.documents:
            if (
                document.day is not None
                and answers(requirement.match, document.title)
                and _says_only(document.title, terms, case.unit)
                and not is_only_about(document.title)
                and not _is_asked_for(case, column, document)
                and _would_settle(obligation, document, look, on)
            ):
                yield _Found(document, look, column, document.day)


def _says_only(title: str, terms: Iterable[str], unit: Unit) -> bool:
    """Whether a title calls the matter by its own name or its column's, and says nothing else.

    The words of a match are meant for entries of the right column: outside of it 维修 or 办理 say
    little, and 班主任工作计划 is not the unit's 工作计划.
    """
    form = normal_form(title)
    for name in unit.names:
        form = form.replace(normal_form(name), "")
    return any(
        term in form and not _SAYS_NOTHING.sub("", form.replace(term, "", 1)) for term in terms
    )


def _terms_of(case: Case, requirement: Requirement) -> tuple[str, ...]:
    """What the matter is called: by its requirement, and by the columns it belongs in."""
    columns = [case.columns[column] for column in requirement.columns if column in case.columns]
    names = (requirement.name, *(name for one in columns for name in (one.name, *one.aliases)))
    return tuple(dict.fromkeys(term for name in names for term in _terms(name)))


@lru_cache(maxsize=4096)
def _terms(name: str) -> tuple[str, ...]:
    """The names in a name, those that are long enough to mean one thing.

    >>> _terms("教师管理（招聘、培训）"), _terms("部门预算和决算")
    (('教师管理',), ('部门预算',))
    """
    parts = (normal_form(part) for part in _BETWEEN.split(name))
    return tuple(part for part in parts if len(part) >= _SHORTEST)


def _is_asked_for(case: Case, column: str, document: Document) -> bool:
    """Whether it answers, by its title, something that the unit owes where it stands."""
    return any(
        column in owed.requirement.columns
        and _is_telling(owed.requirement.match)
        and answers(owed.requirement.match, document.title)
        for owed, _ in case.judged
    )


def _would_settle(
    obligation: Obligation, document: Document, look: Observation, on: Moment
) -> bool:
    """Whether every clock of the item would be content with this entry, one by this entry."""
    seen = Seen(
        documents=(document,),
        events=obligation.events,
        coverage=look.coverage,
        period=obligation.period,
    )
    verdicts = [limit.judge(seen, on) for limit in obligation.requirement.limits]
    return all(verdict.status in _SETTLED for verdict in verdicts) and any(
        document in verdict.documents for verdict in verdicts
    )
