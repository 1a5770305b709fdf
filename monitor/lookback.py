"""回头看: which closed findings a person looks at again, 30 and 90 days after closing. Pure."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model import Finding, FindingEvent, Move, State, Word
from monitor.periods import BEIJING

#: days after the closing on which a look falls due
ROUNDS = (30, 90)
#: a look that nobody took is no longer asked for after so many days
_WAITS = timedelta(days=30)
#: all closed findings of a unit are looked at while one that came back is not older
_RELAPSED_WITHIN = timedelta(days=90)
#: what happened longer ago has no say
LOOKS_BACK = timedelta(days=ROUNDS[-1]) + _WAITS

Histories = Mapping[str, Sequence[FindingEvent]]


@enum.unique
class Chosen(Word):
    """列入原因 of a look."""

    RELAPSED = "单位有问题反弹"
    SAMPLE = "抽查"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLook:
    """待回头看: a closed finding that a person should look at, and until when."""

    finding: Finding
    closed_on: date
    days: int  # after the closing: one of ROUNDS
    due_on: date
    last_on: date
    chosen: Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One of the looks that a closing makes due."""

    number: str
    closed_on: date
    days: int

    @property
    def due_on(self) -> date:
        return self.closed_on + timedelta(days=self.days)

    @property
    def lot(self) -> float:
        """From 0 to below 1, the same whenever and wherever it is drawn."""
        drawn = hashlib.sha256(f"{self.number}:{self.days}".encode()).digest()
        return int.from_bytes(drawn[:6]) / 2**48


def due_looks(
    findings: Collection[Finding], histories: Histories, *, on: date, percent: float
) -> tuple[DueLook, ...]:
    """Return the looks that wait on a day, by the day they fell due.

    ``histories``: what happened to findings, at least since ``LOOKS_BACK``; ``percent``: of the
    closed findings, drawn by lot. 0 draws none; else each month has one where any falls due.
    """
    rounds = [one for finding in findings for one in _rounds(finding, histories)]
    drawn = set(_drawn(rounds, percent))
    relapsed = set(_relapsed(findings, histories, on))
    by_number = {one.number: one for one in findings if one.state is State.CLOSED}
    waiting = []
    for one in rounds:
        finding = by_number.get(one.number)
        if finding is None or finding.closed_on != one.closed_on:
            continue
        is_of_relapsed = finding.unit in relapsed
        if not (is_of_relapsed or one in drawn) or not one.due_on <= on <= one.due_on + _WAITS:
            continue
        if _was_taken(one, histories.get(one.number, ())):
            continue
        waiting.append(
            DueLook(
                finding=finding,
                closed_on=one.closed_on,
                days=one.days,
                due_on=one.due_on,
                last_on=one.due_on + _WAITS,
                chosen=Chosen.RELAPSED if is_of_relapsed else Chosen.SAMPLE,
            )
        )
    return tuple(sorted(waiting, key=lambda look: (look.due_on, look.finding.number)))


def closing_of(history: Sequence[FindingEvent]) -> FindingEvent | None:
    """The step that closed a finding the last time; None: none did."""
    return next((event for event in reversed(history) if _closes(event)), None)


def _rounds(finding: Finding, histories: Histories) -> Iterator[_Round]:
    """The looks that its closings made due: of the present one, and of those a look undid.

    The latter were drawn and taken: without them another would be drawn in their place.
    """
    closed_on = None
    for event in histories.get(finding.number, ()):
        if _closes(event):
            closed_on = _day(event)
        elif event.move is Move.NOT_MENDED and closed_on is not None:
            for days in ROUNDS:
                undone = _Round(number=finding.number, closed_on=closed_on, days=days)
                if undone.due_on <= _day(event):
                    yield undone
    if finding.state is State.CLOSED and finding.closed_on is not None:
        for days in ROUNDS:
            yield _Round(number=finding.number, closed_on=finding.closed_on, days=days)


def _drawn(rounds: Iterable[_Round], percent: float) -> Iterator[_Round]:
    """Those whose lot is below the share, and one in a month that would have none.

    That one is drawn from what was closed before the month began, so that nothing closed in the
    meantime takes its place; only what falls due on a 31st may have been closed in its month.
    """
    if percent <= 0:
        return
    months: dict[date, list[_Round]] = {}
    for one in rounds:
        months.setdefault(one.due_on.replace(day=1), []).append(one)
    for begins_on, due in months.items():
        known = [one for one in due if one.closed_on < begins_on] or due
        yield from (one for one in due if one.lot * 100 < percent)
        if not any(one.lot * 100 < percent for one in known):
            yield min(known, key=lambda one: (one.lot, one.number))


def _relapsed(findings: Iterable[Finding], histories: Histories, on: date) -> Iterator[str]:
    """The units of which a closed finding came back lately."""
    for finding in findings:
        for event in histories.get(finding.number, ()):
            came_back = event.from_state is State.CLOSED and event.to_state is State.REOPENED
            if came_back and timedelta() <= on - _day(event) <= _RELAPSED_WITHIN:
                yield finding.unit


def _was_taken(one: _Round, history: Sequence[FindingEvent]) -> bool:
    """Whether a person looked once it was due; an earlier look says nothing of that day."""
    return any(event.move is Move.STILL_MENDED and _day(event) >= one.due_on for event in history)


def _closes(event: FindingEvent) -> bool:
    return event.to_state is State.CLOSED and event.from_state is not State.CLOSED


def _day(event: FindingEvent) -> date:
    return event.at.astimezone(BEIJING).date()
