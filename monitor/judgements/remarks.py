"""公开之外: what a night sees of a site and its entries that is no gap, and worth telling. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.judgements.case import Case
from monitor.model import Moment, Observation, Outcome, Remark, RemarkKind
from monitor.wording import Noticed


def beside_disclosure(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what is wrong with the unit's site, its walls, and the days of its entries."""
    yield from _site(case)
    yield from _walls(case)
    for column, look in case.read:
        yield from _undated(case, column, look)


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
    """A disclosure column fenced off against programs is a fault of access in its own right."""
    for column, look in case.looks.items():
        if look.outcome is Outcome.CHALLENGED:
            yield Remark(
                unit=case.unit.code,
                kind=RemarkKind.FENCED,
                because=Noticed.FENCED,
                facts={"column": case.name_of(column)},
                column=column,
                page=look.address,
                evidence=look.evidence,
            )


def _undated(case: Case, column: str, look: Observation) -> Iterator[Remark]:
    undated = [document for document in look.documents if document.day is None]
    if undated:
        yield Remark(
            unit=case.unit.code,
            kind=RemarkKind.UNDATED,
            because=Noticed.UNDATED,
            facts={
                "column": case.name_of(column),
                "count": len(undated),
                "title": undated[0].title,
            },
            column=column,
            page=look.address,
            evidence=look.evidence,
        )
