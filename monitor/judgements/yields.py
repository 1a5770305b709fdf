"""列表条数骤减: a list that suddenly yields far fewer entries than ever is a doubt. Pure.

Forty entries for weeks and two tonight are more often read wrongly than taken down: what is missing
then proves nothing, until the list has stayed so for some nights at the same place. A new address
or another publishing system is no proof either, and begins these nights anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from statistics import median
from typing import Final

from monitor.addresses import identity
from monitor.judgements.case import Case
from monitor.model import GAPS, Assessment, Moment, Obligation, Observation, Status, Yield
from monitor.wording import Because

#: nights, tonight with them, in which a list must have been so short to be believed
NIGHTS: Final = 3
#: before these; fewer do not tell what is usual
_USUAL_OVER: Final = 7
#: entries a list must usually have; among a few each one counts for much
_USUAL_AT_LEAST: Final = 6
#: fewer than one in three of them is far fewer: a page that is halved may have got a second one
_SHARE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """骤减: what a list usually has, and has now; ``by_page``: a page of it."""

    usual: float
    now: float
    nights: int  # so far, tonight with them
    by_page: bool


def far_fewer(
    case: Case, obligation: Obligation, judged: Assessment, on: Moment
) -> Assessment | None:
    """Return a gap in doubt when the list it rests on yields far fewer than it did; else None."""
    if judged.status not in GAPS:
        return None
    for column in obligation.requirement.columns:
        look = case.looks.get(column)
        before = case.yields.get(column, ())
        if look is None or (fall := fallen(yield_of(look, on), before)) is None:
            continue
        return replace(
            judged,
            status=Status.UNSURE,
            because=Because.FAR_FEWER,
            facts={
                "column": case.name_of(column),
                "of": "每页" if fall.by_page else "",
                "usual": f"{fall.usual:.0f}",
                "now": f"{fall.now:.0f}",
                "nights": fall.nights,
                "needed": NIGHTS,
            },
            page=look.address,
            evidence=look.evidence,
            flags=(),
        )
    return None


def yield_of(look: Observation, on: Moment) -> Yield:
    """What tonight's look read."""
    return Yield(
        night=on.today,
        entries=len(look.documents),
        pages=look.coverage.pages,
        to_end=look.coverage.to_end,
        unchanged=look.unchanged,
        address=look.address,
        platform=look.platform,
    )


def fallen(tonight: Yield, before: Sequence[Yield]) -> Fall | None:
    """How far a list has fallen, None if it has not, or has stayed so for enough nights.

    ``before``: its looks of earlier nights, the last one first. A list that was read to its end is
    compared as a whole: the lists before had as much at least. Of another one only the pages are
    alike, since how many are read goes by what is owed.
    """
    nights = [next(looks) for _, looks in groupby(before, key=lambda one: one.night)]
    by_page = not tonight.to_end
    looks = list(_by_page([tonight, *nights]) if by_page else map(_whole, [tonight, *nights]))
    now = looks[0]
    known = [
        (one, count) for one, count in zip(nights, looks[1:], strict=True) if count is not None
    ]
    usual_nights = [count for _, count in known[NIGHTS - 1 :]]
    if now is None or len(usual_nights) < _USUAL_OVER:
        return None
    usual = median(usual_nights)
    if usual < _USUAL_AT_LEAST or now * _SHARE >= usual:
        return None

    def stays_so(look: tuple[Yield, float]) -> bool:
        return look[1] * _SHARE < usual and _place(look[0]) == _place(tonight)

    stayed = 1 + sum(1 for _ in takewhile(stays_so, known))
    return None if stayed >= NIGHTS else Fall(usual=usual, now=now, nights=stayed, by_page=by_page)


def _whole(look: Yield) -> float | None:
    return float(look.entries)


def _by_page(looks: Sequence[Yield]) -> Iterator[float | None]:
    """Entries a page of each look; an unchanged list has the pages it had when it was read."""
    found: list[float | None] = []
    pages, place = 0, ("", "")
    for look in reversed(looks):
        if not look.unchanged:
            pages, place = look.pages, _place(look)
        found.append(look.entries / pages if pages and place == _place(look) else None)
    return reversed(found)


def _place(look: Yield) -> tuple[str, str]:
    return identity(look.address), look.platform
