"""进出: how findings became problems of a period, ceased to be, and kept their deadlines. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from monitor.findings import Clock
from monitor.model import Finding, FindingEvent, Move, Snapshot, State, Unit
from monitor.parts import ONLY_CONFIRMED
from monitor.periods import BEIJING

#: grounds that show a fault of ours: published elsewhere, misread, on a platform above
_OUR_FAULT = frozenset({"C1", "C2", "C5"})


def last_day(cut_off_at: datetime) -> date:
    """The last day that had begun at a cut-off; deadlines are judged as of its end."""
    return (cut_off_at - timedelta(microseconds=1)).astimezone(BEIJING).date()


def clock_of(snapshot: Snapshot) -> Clock:
    """What 逾期 is counted by: the last day of the snapshot, and the office's calendar."""
    return Clock(on=last_day(snapshot.cut_off_at), calendar=snapshot.calendar)


def midnight(day: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, time(), BEIJING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A finding's way through the period: how often it became a problem and ceased to be one."""

    carried: int
    new: int
    left: Mapping[State, int]  # CLOSED, WITHDRAWN, WAIVED → times
    reopened: int

    @classmethod
    def through(cls, events: Sequence[FindingEvent], start: datetime) -> Walk:
        is_open, carried, new, reopened = False, 0, 0, 0
        left: Counter[State] = Counter()
        for event in events:
            state = event.to_state
            was_open = is_open
            if state is not State.SUSPENDED:  # suspended: as confirmed as it was before
                is_open = state in ONLY_CONFIRMED
            if event.at < start:
                carried = int(is_open)
                continue
            new += is_open and not was_open
            reopened += state is State.REOPENED and not was_open
            if was_open and not is_open:
                left[state] += 1
        return cls(carried=carried, new=new, left=left, reopened=reopened)


def walks(
    findings: Iterable[Finding], events: Iterable[FindingEvent], start: datetime
) -> dict[str, Walk]:
    """The way of each finding by its number; ``start`` is the first instant of the period."""
    lives: dict[str, list[FindingEvent]] = {one.number: [] for one in findings}
    for event in events:
        lives.setdefault(event.finding, []).append(event)
    return {number: Walk.through(own, start) for number, own in lives.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified:
    """整改情况: what was to be put right by the end of the period, and what became of it."""

    on_time: int
    late: int
    bounced: int  # closed and seen again inside the period
    overdue: int
    reopened: int  # seen again inside the period, whenever closed
    prompt_units: tuple[Unit, ...]  # put all of theirs right in time

    @property
    def due(self) -> int:
        """The denominator of 按期整改率."""
        return self.on_time + self.late + self.overdue


def rectified(
    findings: Sequence[Finding],
    ways: Mapping[str, Walk],
    overdue: set[str],
    units: Mapping[str, Unit],
) -> Rectified:
    on_time, late = Counter[str](), Counter[str]()
    bounced: Counter[str] = Counter()
    for one in findings:
        closed = ways[one.number].left.get(State.CLOSED, 0)
        if closed and one.state is State.CLOSED:
            # earlier closings in the same period did not hold
            bounced[one.unit] += closed - 1
            (late if was_late(one) else on_time)[one.unit] += 1
        else:
            bounced[one.unit] += closed
    behind = {one.unit for one in findings if one.number in overdue}
    return Rectified(
        on_time=on_time.total(),
        late=late.total(),
        bounced=bounced.total(),
        overdue=len(overdue),
        reopened=sum(walk.reopened for walk in ways.values()),
        prompt_units=tuple(
            unit
            for code, unit in units.items()
            if on_time[code] and not (late[code] or bounced[code]) and code not in behind
        ),
    )


def was_late(finding: Finding) -> bool:
    """Whether it was put right after its deadline: the first good look counts, not the stamp."""
    mended_on = finding.good_on or finding.closed_on
    return bool(finding.deadline and mended_on and mended_on > finding.deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """经复核修正: what units showed us to have looked for wrongly, in the period."""

    places: int
    units: int


def learnt(findings: Iterable[Finding], events: Iterable[FindingEvent], start: datetime) -> Learnt:
    """Count the contests upheld since ``start`` whose ground was a fault of ours."""
    unit_of = {one.number: one.unit for one in findings}
    ground: dict[str, str] = {}
    upheld: list[str] = []
    for event in events:
        if event.move is Move.CONTEST:
            ground[event.finding] = event.ground
        ours = ground.get(event.finding) in _OUR_FAULT
        if event.move is Move.UPHOLD and ours and event.at >= start:
            upheld.append(event.finding)
    return Learnt(places=len(upheld), units=len({unit_of[one] for one in upheld}))
