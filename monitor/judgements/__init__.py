"""深一层的判断: what one unit's night tells beyond a single time limit. Pure.

Each judgement takes the ``Case`` of one unit and the moment, and yields remarks: what a person
should look at. None of them opens or closes a finding. ``JUDGEMENTS`` is the one list of them.
``DOUBTS`` lists those that take one verdict back to 待人工核实, because of what stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from monitor.judgements import (
    annual,
    backdating,
    contents,
    exposure,
    misfiled,
    originality,
    planted,
    rectification,
    remarks,
    statements,
    unanswered,
    vanished,
    yields,
)
from monitor.judgements.case import Case
from monitor.model import Assessment, Moment, Obligation, Remark

__all__ = ["DOUBTS", "JUDGEMENTS", "Case", "doubted", "remarked"]

Judgement = Callable[[Case, Moment], Iterable[Remark]]

#: a verdict → the same as 待人工核实, or None: it stands
Doubt = Callable[[Case, Obligation, Assessment, Moment], Assessment | None]

JUDGEMENTS: tuple[Judgement, ...] = (
    remarks.beside_disclosure,
    planted.hidden_links,
    misfiled.standing_elsewhere,
    unanswered.letters_waiting,
    contents.inside_documents,
    annual.against_itself,
    originality.within_unit,
    vanished.taken_down_silently,
    backdating.bears_earlier_days,
    backdating.bears_other_days,
    backdating.published_at_once,
    exposure.of_persons,
    exposure.overstayed,
)
DOUBTS: tuple[Doubt, ...] = (
    rectification.not_mended,
    statements.contradicted,
    originality.templated,
    yields.far_fewer,
)


def doubted(case: Case, on: Moment) -> Case:
    """The case with every verdict taken back that what stands elsewhere speaks against."""
    return replace(
        case,
        judged=tuple(
            (obligation, next(_doubts(case, obligation, judged, on), judged))
            for obligation, judged in case.judged
        ),
    )


def _doubts(
    case: Case, obligation: Obligation, judged: Assessment, on: Moment
) -> Iterator[Assessment]:
    for doubt in DOUBTS:
        if (instead := doubt(case, obligation, judged, on)) is not None:
            yield instead


def remarked(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what every judgement remarks on one unit."""
    for judgement in JUDGEMENTS:
        yield from judgement(case, on)
