"""公开之外: what a night sees of a site and its entries that is no gap, and worth telling. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from monitor.judgements.case import Case
from monitor.model import Document, Misdated, Moment, Observation, Outcome, Remark, RemarkKind
from monitor.wording import Noticed

#: clocks of sites and ours may differ by a day
_TOLERATED: Final = timedelta(days=1)
#: entries that a sentence names
_NAMED: Final = 3


def beside_disclosure(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what is wrong with the unit's site, its walls, and the days of its entries."""
    yield from _site(case)
    yield from _walls(case)
    for column, look in case.read:
        yield from _undated(case, column, look)
        yield from _ahead(case, column, look, on)


def _site(case: Case) -> Iterator[Remark]:
    """Certificates and the like: said once for a site, however many columns met them."""
    met = {said: look.address for look in case.looks.values() for said in look.remarks}
    for said, address in sorted(met.items()):
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.SITE,
            because=Noticed.SITE,
            facts={"remark": said},
            subject=said,
            page=address,
        )


def _walls(case: Case) -> Iterator[Remark]:
    """Disclosure columns fenced off against programs are a fault of access in their own right.

    Most walls stand around a whole site: they are told once for it.
    """
    fenced = [
        (column, look) for column, look in case.looks.items() if look.outcome is Outcome.CHALLENGED
    ]
    if fenced:
        names = [f"“{case.name_of(column)}”" for column, _ in fenced]
        told = "、".join(names[:_NAMED])
        look = fenced[0][1]
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.FENCED,
            because=Noticed.FENCED,
            facts={"column": f"{told}等{len(names)}个" if len(names) > _NAMED else told},
            page=look.address,
            evidence=look.evidence,
        )


def _undated(case: Case, column: str, look: Observation) -> Iterator[Remark]:
    undated = [one for one in look.documents if one.day is None and not _shown_ahead(one)]
    if undated:
        first = undated[0]
        shown = first.misdated
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.UNDATED,
            because=Noticed.UNDATED,
            facts={
                "column": case.name_of(column),
                "count": len(undated),
                "title": first.title,
                "shown": f"（写的是“{shown.text}”，{shown.why.value}）" if shown else "",
            },
            column=column,
            page=look.address,
            evidence=look.evidence,
        )


def _ahead(case: Case, column: str, look: Observation, on: Moment) -> Iterator[Remark]:
    """Entries whose own printed day is still to come; tomorrow may be a matter of clocks."""
    ahead = [
        (document, shown.text)
        for document in look.documents
        if (shown := _shown_ahead(document)) and shown.day and shown.day > on.today + _TOLERATED
    ]
    if ahead:
        told = "，".join(f"“{document.title}”标注“{text}”" for document, text in ahead[:_NAMED])
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.FUTURE,
            because=Noticed.FUTURE_DATED,
            facts={
                "column": case.name_of(column),
                "count": len(ahead),
                "night": on.today,
                "shown": f"{told}等" if len(ahead) > _NAMED else told,
            },
            column=column,
            page=ahead[0][0].url,
            evidence=look.evidence,
        )


def _shown_ahead(document: Document) -> Misdated | None:
    """The later day that an entry prints where its day of publication stands, if it does."""
    shown = document.misdated
    return shown if shown and document.day is None and shown.day else None
