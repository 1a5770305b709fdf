"""文内提示: what the documents behind a verdict say that does not agree, or is worth a look. Pure.

What the law asks for and a document lacks is in the verdict; here is what accuses nobody: numbers
and years that differ, reports of events in the place of information, and what common practice asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.inside import documents_read, examined, narrowest
from monitor.judgements.case import Case
from monitor.matching import answering
from monitor.model import (
    Assessment,
    Beside,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Reading,
    Remark,
)


def inside_documents(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what the checks of each item saw in its documents beside what they miss."""
    for obligation, assessment in case.judged:
        if not obligation.requirement.complete:
            continue
        looks = [
            look
            for column in obligation.requirement.columns
            if (look := case.looks.get(column))
            and look.outcome is Outcome.OPENED
            and look.identity_seen
        ]
        yield from _of_item(case, obligation, assessment, looks, on)


def _of_item(
    case: Case,
    obligation: Obligation,
    assessment: Assessment,
    looks: list[Observation],
    on: Moment,
) -> Iterator[Remark]:
    """The remarks of one item, each in the column in which its newest document stands."""
    requirement = obligation.requirement
    listed = [document for look in looks for document in look.documents]
    behind = {document.url for document in assessment.documents}
    found = [one for one in listed if one.url in behind and one.reading is not Reading.BROKEN]
    if not found:
        return
    beside = Beside(
        texts=case.texts,
        listed=answering(listed, requirement.match),
        coverage=narrowest(looks),
        members=case.members,
        on=on,
    )
    document = found[0]
    look = next(look for look in looks if document in look.documents)
    for hint in examined(requirement, documents_read(found), beside).hints:
        yield Remark(
            unit=case.unit.code,
            kind=hint.kind,
            because=hint.because,
            facts=hint.facts,
            column=look.column,
            requirement=requirement.id,
            subject=f"{document.url}#{hint.because.name}",
            page=document.url,
            evidence=look.evidence,
        )
