"""经办人: reviews what waits, looking at the site of that day; units answer as planted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa

from benchmarks.fleet.office import Night
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import NEVER, Fact, Place
from commands.nights import judge_released
from monitor.decisions import Decision
from monitor.ledger import decisions
from monitor.ledger.holds import rule
from monitor.model import Move, Ruling, State
from monitor.store import reading, records, tables

#: the site itself shows nothing, or shows it wrongly, to whoever opens it
_NOT_TO_BE_SEEN = frozenset(
    {"outage", "long outage", "vendor down", "challenge", "maintenance", "hollow"}
)
#: pages open, and show less than there is; sites that do not open are nobody's loss
_SHOWN_WRONGLY = frozenset({"hollow", "blank", "misread", "undated", "network"})
_ANSWERABLE = frozenset({State.ASSIGNED, State.REOPENED})
_WITHDRAWAL = "页面识别有误"


@dataclass(kw_only=True)
class Officer:
    """经办人 of the county, with the units' answers of each day."""

    truth: Truth
    withdrawn: int = 0
    ruled: Counter[Ruling] = field(default_factory=Counter)
    discarded: set[tuple[int, int]] = field(default_factory=set)  # unit, night
    _answers: dict[int, set[Place]] = field(default_factory=dict)
    _places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = self.truth.world
        answers: defaultdict[int, set[Place]] = defaultdict(set)
        for place, column in world.columns.items():
            for case in column.cases:
                answers[case.sham_on].add(place)
        for gap in self.truth.gaps:
            answers[gap.ends].add((gap.unit, gap.duty))
        answers.pop(NEVER, None)
        self._answers = dict(answers)
        self._places = self.truth.places

    def work(self, folder: Night, night: int) -> None:
        """The day after a night: rule on it, review, assign, and take in what units answer."""
        self._rule(folder, night)
        taken: list[Decision] = []
        for number, unit, requirement, state in _open(folder):
            place = self._places[unit, requirement]
            if state is State.TO_REVIEW:
                move = self._reviewed(place, night)
                if move is not None:
                    reason = _WITHDRAWAL if move is Move.WITHDRAW else ""
                    taken.append(Decision(finding=number, move=move, by="李专干", reason=reason))
                    self.withdrawn += move is Move.WITHDRAW
            elif state in _ANSWERABLE and place in self._answers.get(night, ()):
                taken.append(Decision(finding=number, move=Move.RESPOND, by="张老师"))
        if taken:
            done = decisions.take(folder.store, taken, at=folder.now, clock=folder.clock)
            refused = [one.refused for one in done if one.refused is not None]
            if refused:
                raise refused[0]

    def _rule(self, folder: Night, night: int) -> None:
        """Discard a night that waits when many of its pages showed less than there is."""
        world = self.truth.world
        numbers = {unit.code: number for number, unit in enumerate(world.units)}
        for one in records.held_nights(folder.store):
            if one.ruling is not None:
                continue
            units = [numbers[code] for code in one.units] or list(numbers.values())
            wrong = [
                number
                for number in units
                if self.truth.damage.of(number, world.units[number].platform, night)
                in _SHOWN_WRONGLY
            ]
            discard = len(wrong) * 4 > len(units)
            ruling = Ruling.DISCARDED if discard else Ruling.RELEASED
            rule(folder.store, one.number, ruling, by="李专干", at=folder.now)
            self.ruled[ruling] += 1
            if discard:
                self.discarded.update((unit, night) for unit in units)
            else:
                judge_released(folder, one)

    def _reviewed(self, place: Place, night: int) -> Move | None:
        """Confirm, unless the page of that day says otherwise; wait while nobody can see it."""
        world = self.truth.world
        kind = self.truth.damage.of(place[0], world.units[place[0]].platform, night)
        if kind == "hollow":
            return Move.CONFIRM  # the page says to everybody that there is nothing
        if kind in _NOT_TO_BE_SEEN:
            return None
        fine = world.fact(place, night) in {Fact.FINE, Fact.SHAM, Fact.ASK}
        return Move.WITHDRAW if fine else Move.CONFIRM


def _open(folder: Night) -> list[tuple[str, str, str, State]]:
    found = tables.findings.c
    waiting = (State.TO_REVIEW, *_ANSWERABLE)
    query = sa.select(found.number, found.unit, found.requirement, found.state).where(
        found.state.in_([state.name for state in waiting])
    )
    with reading(folder.store) as memory:
        return [(row[0], row[1], row[2], State[row[3]]) for row in memory.execute(query)]
