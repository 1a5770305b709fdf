"""风险: how likely what falls due is to be missed, as a way to sort it. Pure.

No statement about a unit: how often it was late before, with this item and with all, and more where
a long closure or a vacation stands in the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from monitor.judgements.forecast import Expected, Standing
from monitor.model import Grounds, Moment, Status, UnitType
from monitor.periods import DAY
from monitor.wording import Risk
from monitor.workdays import Span, WorkCalendar

#: days off in a row from which a closure is long: weekends and the short feasts have two or three
LONG_CLOSURE = 5
#: working days after a long closure in which what falls due had to be prepared before it
_JUST_BACK = 3
#: an office without any history is late once in so many times; so much one known turn weighs less
_PRIOR_TURNS, _UNIT_TURNS, _ITEM_TURNS = 10, 4, 2
#: how much a closure or a vacation raises the odds
_CLOSURE_ODDS, _AWAY_ODDS = 1.5, 1.5
#: risks closer than this, in percent, are alike: then the earlier day comes first
_STEP = 5
_OFFICES = frozenset({UnitType.BUREAU, UnitType.SECTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """往期: one period of an item, as it came out; ``late_by`` 0 where nobody counted it."""

    unit: str
    requirement: str
    period: str = ""
    is_late: bool = False
    late_by: int = 0
    day_kind: str = ""  # 工作日 or 自然日, of ``late_by``
    found: Status | None = None  # the problem it was, when a person confirmed one
    on: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """历史: the past turns and how many were late: of all units, of one, of one item of it."""

    turns: Mapping[tuple[str, ...], int] = field(default_factory=dict)  # (), (unit,), (unit, item)
    late: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    last_late: Mapping[tuple[str, ...], Turn] = field(default_factory=dict)  # by unit and item

    @classmethod
    def of(cls, past: Iterable[Turn]) -> History:
        turns, late = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
        last_late: dict[tuple[str, ...], Turn] = {}
        for turn in past:
            item = (turn.unit, turn.requirement)
            keys = ((), (turn.unit,), item)
            turns.update(keys)
            if turn.is_late:
                late.update(keys)
                known = last_late.get(item)
                last_late[item] = turn if known is None or known.on <= turn.on else known
        return cls(turns=turns, late=late, last_late=last_late)

    def rate(self, unit: str, requirement: str) -> float:
        """How often the unit is late with the item, each level drawn to the one above it."""
        rate = self._drawn((), to=1 / _PRIOR_TURNS, weight=_PRIOR_TURNS)
        rate = self._drawn((unit,), to=rate, weight=_UNIT_TURNS)
        return self._drawn((unit, requirement), to=rate, weight=_ITEM_TURNS)

    def _drawn(self, key: tuple[str, ...], *, to: float, weight: int) -> float:
        return (self.late.get(key, 0) + to * weight) / (self.turns.get(key, 0) + weight)


def ranked(found: Iterable[Expected], history: History, on: Moment) -> tuple[Expected, ...]:
    """With the risk of each and its reasons, the greatest first; of like ones the earlier day."""
    rated = [_rated(one, history, on) for one in found]
    rated.sort(
        key=lambda one: (-one.risk // _STEP, one.due, one.unit.code, one.requirement.id),
    )
    return tuple(rated)


def _rated(one: Expected, history: History, on: Moment) -> Expected:
    unit, item, due = one.unit, one.requirement.id, one.due
    rate = history.rate(unit.code, item)
    odds = rate / (1 - rate)
    reasons = list(_past(history, unit.code, item))
    if (closure := closure_at(due, on.calendar)) is not None:
        first, last = closure
        odds *= _CLOSURE_ODDS
        reason = Risk.IN_CLOSURE if first <= due <= last else Risk.AFTER_CLOSURE
        reasons.append(reason.tell(first=first, last=last))
    if not unit.types <= _OFFICES and on.calendar.is_school_away(due):
        odds *= _AWAY_ODDS
        reasons.append(Risk.AWAY.tell())
    if not on.calendar.is_workday(due):
        reasons.append(Risk.DAY_OFF.tell(day=_workday_before(due, on.calendar)))
    if one.standing is Standing.UNCLEAR:
        reasons.append(Risk.UNCLEAR.tell())
    if one.grounds is Grounds.DEFAULT and not one.requirement.accept_defaults:
        reasons.append(Risk.CUSTOM.tell())
    risk = 0 if one.standing is Standing.PUBLISHED else round(100 * odds / (1 + odds))
    return replace(one, risk=risk, reasons=tuple(reasons))


def _past(history: History, unit: str, requirement: str) -> Iterator[str]:
    last = history.last_late.get((unit, requirement))
    if last is not None and last.late_by:
        facts = {"days": last.late_by, "day_kind": last.day_kind, "period": _named(last)}
        yield Risk.LATE_BEFORE.tell(**facts)
    elif last is not None and last.found is not None:
        yield Risk.FOUND_BEFORE.tell(period=_named(last), status=last.found.value)
    if late := history.late.get((unit,), 0):
        yield Risk.OFTEN_LATE.tell(turns=history.turns[unit,], late=late)


def _named(turn: Turn) -> str:
    return f"（{turn.period}）" if turn.period else ""


def closure_at(day: date, calendar: WorkCalendar) -> Span | None:
    """The long closure that ``day`` lies in, or follows within a few working days."""
    worked = 0
    while worked <= _JUST_BACK:
        if calendar.is_workday(day):
            worked += 1
            day -= DAY
            continue
        first, last = _off_around(day, calendar)
        if (last - first).days + 1 >= LONG_CLOSURE:
            return first, last
        day = first - DAY
    return None


def _off_around(day: date, calendar: WorkCalendar) -> Span:
    first = last = day
    while not calendar.is_workday(first - DAY):
        first -= DAY
    while not calendar.is_workday(last + DAY):
        last += DAY
    return first, last


def _workday_before(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_workday(day):
        day -= DAY
    return day
