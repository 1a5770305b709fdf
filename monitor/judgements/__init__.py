"""深一层的判断: what one unit's night tells beyond a single time limit. Pure.

Each judgement takes the ``Case`` of one unit and the moment, and yields remarks: what a person
should look at. None of them opens or closes a finding. ``JUDGEMENTS`` is the one list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monitor.judgements import contents, remarks
from monitor.judgements.case import Case
from monitor.model import Moment, Remark

__all__ = ["JUDGEMENTS", "Case", "remarked"]

Judgement = Callable[[Case, Moment], Iterable[Remark]]

JUDGEMENTS: tuple[Judgement, ...] = (remarks.beside_disclosure, contents.inside_documents)


def remarked(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what every judgement remarks on one unit."""
    for judgement in JUDGEMENTS:
        yield from judgement(case, on)
