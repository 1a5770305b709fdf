"""到期预告: what falls due for a unit in the days ahead, and whether it is there already. Pure.

A duty ahead is today's rules asked about a later day: the clocks name their due days, and what is
listed now is judged as if nothing more were published until then. An event counts as soon as it is
known. How likely each is to be missed, ``judgements.risk`` says.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.doubts import doubt
from monitor.judgements.case import Case
from monitor.linked import pairs_of
from monitor.matching import answering
from monitor.model import (
    JUDGED,
    Assessment,
    Catalog,
    Coverage,
    Document,
    Grounds,
    Moment,
    Obligation,
    Observation,
    Requirement,
    Seen,
    Status,
    Unit,
)
from monitor.obligations import publication_days, started_by, triggers
from monitor.periods import DAY
from monitor.timelimits import Act, Clock, DueDay
from monitor.verified import is_answered
from monitor.wording import Flag, Step
from monitor.workdays import WorkCalendar

#: percent from which a risk is called high, or some
_HIGH, _SOME = 50, 25

_GROUNDS = {grounds: place for place, grounds in enumerate(Grounds)}


@enum.unique
class Standing(enum.Enum):
    """现状 of a duty ahead. The value is the word people read."""

    OWED = "未见公开"
    UNSEEN = "尚未核查"
    UNCLEAR = "待核对"
    PUBLISHED = "已公开"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """预告的一项: a duty ahead, with its day and what there is to know before it."""

    unit: Unit
    requirement: Requirement
    day: DueDay
    grounds: Grounds
    standing: Standing
    flags: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    risk: int = 0  # percent, to sort by
    reasons: tuple[str, ...] = ()

    @property
    def due(self) -> date:
        return self.day.due

    @property
    def level(self) -> str:
        """The risk as a word."""
        return "高" if self.risk >= _HIGH else "中" if self.risk >= _SOME else "低"


def horizon(on: Moment, workdays: int) -> date:
    """The last day of the next so many working days."""
    return on.calendar.add_workdays(on.today, workdays)


def expected(case: Case, catalog: Catalog, on: Moment, until: date) -> Iterator[Expected]:
    """Yield what falls due for one unit from today to ``until``, in the order of the catalog.

    Left out: what is waived or switched off on that day, and what nobody knows to concern the unit.
    A notice must stay up to its last day; that is no day by which anything must be done.
    """
    days = publication_days(catalog, triggers(catalog), case.looks)
    linked = {link.partner for link in catalog.links if link.within is not None}
    for obligation, judged in case.judged:
        requirement = obligation.requirement
        if obligation.unknown_trait or obligation.unit.code in requirement.switched_off:
            continue
        pairs = None
        if requirement.id in linked:
            pairs = pairs_of(requirement, catalog, case.looks, case.unit, on)
        seen = Seen(
            documents=_answers(case, requirement, on),
            coverage=Coverage(to_end=True),
            events=started_by(obligation, days).events,
            pairs=pairs,
        )
        is_seen = all(_is_read(case.looks.get(column)) for column in requirement.columns)
        found = _of_item(obligation, judged, seen, on, until)
        yield from _once(one if is_seen else _unseen(one) for one in found)


# --- what falls due --------------------------------------------------------------------


def _answers(case: Case, requirement: Requirement, on: Moment) -> tuple[Document, ...]:
    """What answers the item in its columns; a day that is still to come says nothing yet."""
    looks = (case.looks[column] for column in requirement.columns if column in case.looks)
    listed = (document for look in looks for document in look.documents)
    latest = on.today + DAY
    return answering(
        (one for one in listed if one.day is None or one.day <= latest), requirement.match
    )


def _is_read(look: Observation | None) -> bool:
    return look is not None and look.outcome in JUDGED and doubt(look, str) is None


def _unseen(one: Expected) -> Expected:
    """What could not be looked for everywhere is not called missing."""
    is_owed = one.standing is Standing.OWED
    return replace(one, standing=Standing.UNSEEN) if is_owed else one


def _of_item(
    obligation: Obligation, judged: Assessment, seen: Seen, on: Moment, until: date
) -> Iterator[Expected]:
    for limit in obligation.requirement.limits:
        if not isinstance(limit, Clock):
            continue
        for day in limit.coming(seen, on, until):
            if not _is_waived(obligation, day.due):
                yield Expected(
                    unit=obligation.unit,
                    requirement=obligation.requirement,
                    day=day,
                    grounds=limit.grounds,
                    standing=_standing(limit, day, judged, seen, on),
                    flags=_flags(day, limit.grounds, obligation.requirement, on.calendar),
                    steps=_steps(limit, day),
                )


def _once(found: Iterable[Expected]) -> Iterator[Expected]:
    """Of clocks that ask for the same on the same day, the one that rests on more."""
    best: dict[tuple[date, Act, str], Expected] = {}
    for one in found:
        key = (one.due, one.day.act, "" if one.day.period else one.day.of)
        known = best.get(key)
        if known is None or _GROUNDS[one.grounds] < _GROUNDS[known.grounds]:
            best[key] = one
    yield from best.values()


def _is_waived(obligation: Obligation, due: date) -> bool:
    waiver = obligation.waiver
    return waiver is not None and (waiver.valid_until is None or due <= waiver.valid_until)


def _standing(limit: Clock, day: DueDay, judged: Assessment, seen: Seen, on: Moment) -> Standing:
    """Whether it is there already: by what is listed, or by what a person or a statement said."""
    is_told = is_answered(judged) or judged.status is Status.STMT
    if is_told and judged.status in _GOOD and day.period and day.period == judged.period:
        return Standing.PUBLISHED
    status = limit.left_open(day, seen, on)
    if status in _GOOD:
        return Standing.PUBLISHED
    is_unclear = day.is_unclear or (status is Status.UNSURE and not day.flags)
    return Standing.UNCLEAR if is_unclear else Standing.OWED


_GOOD = frozenset({Status.OK, Status.DUE_SOON, Status.STMT})


def _flags(
    day: DueDay, grounds: Grounds, requirement: Requirement, calendar: WorkCalendar
) -> tuple[str, ...]:
    """节假日数据暂缺, where the holidays of its year are not known; 按本局口径."""
    is_open = calendar.is_provisional(day.due, day.due)
    flags = day.flags or ((Flag.PROVISIONAL.value,) if is_open else ())
    is_own = grounds is Grounds.DEFAULT and requirement.accept_defaults
    return (*flags, Flag.OWN_RULE.value) if is_own else flags


def _steps(limit: Clock, day: DueDay) -> tuple[str, ...]:
    steps = tuple(step for step in day.steps if step != Flag.PROVISIONAL.value)
    if limit.effective_from is not None:
        steps += (Step.IN_FORCE.tell(day=limit.effective_from),)
    if limit.grace:
        last = day.due + timedelta(days=limit.grace)
        steps += (Step.GRACE_TO.tell(grace=limit.grace, last=last),)
    return steps


def left_out(obligations: Sequence[Obligation]) -> int:
    """How many items are not told because the sheet does not say whether they concern the unit."""
    return sum(1 for one in obligations if one.unknown_trait and one.waiver is None)
