"""对账: what the program said of the county, beside the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from statistics import median

import sqlalchemy as sa

from benchmarks.fleet import hooks, tallies
from benchmarks.fleet.duties import PARTNER
from benchmarks.fleet.truth import Gap, Truth
from benchmarks.fleet.world import NEVER, Fact, Place
from monitor.model import Move, State
from monitor.store import reading, tables

#: nights after a gap is provable within which it must be in review
FOUND_WITHIN = 3
#: days between the two good looks that close a finding
_APART = 3
#: a person was told, or will be: whoever reads it takes it for a gap
_ACCUSING = frozenset(
    {
        State.TO_REVIEW,
        State.ASSIGNED,
        State.RESPONDED,
        State.REOPENED,
        State.CONTESTED,
        State.SUSPENDED,
    }
)
_GIVEN = _ACCUSING - {State.TO_REVIEW}
_OVER = frozenset({State.CLOSED, State.DROPPED, State.WITHDRAWN, State.WAIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """一步: what became of a finding in a night."""

    night: int
    finding: str
    move: Move
    state: State
    by_machine: bool


@dataclass(kw_only=True)
class Score:
    """对账结果 of one seed."""

    truth: Truth
    steps: Mapping[Place, list[Step]]
    discarded: Collection[tuple[int, int]] = ()  # unit, night: no valid night, says the officer
    false: list[str] = field(default_factory=list)
    false_by_damage: Counter[str] = field(default_factory=Counter)
    false_detected: Counter[str] = field(default_factory=Counter)
    accusations: int = 0
    missed: list[str] = field(default_factory=list)
    passed_shams: list[str] = field(default_factory=list)
    refused_fixes: list[str] = field(default_factory=list)

    def told(self, store: sa.Engine, watch: hooks.Watch) -> dict[str, object]:
        """All figures of one seed."""
        return {
            **self._accused(),
            **self._found(),
            **self._shams(),
            **self._fixes(),
            **tallies.backdated(self.truth, hooks.backdated(store)),
            **tallies.pairs(self.truth, watch.lacking_partner()),
            **tallies.removed(self.truth, hooks.removed(store)),
        }

    # --- accusations ---------------------------------------------------------------------

    def _accused(self) -> dict[str, object]:
        """Moves of the machine that say "a gap", held against what was so that night."""
        for place, steps in self.steps.items():
            for step in steps:
                if not step.by_machine or step.move not in {Move.DETECT, Move.SEEN_AGAIN}:
                    continue
                is_told = step.move is Move.SEEN_AGAIN
                self.accusations += is_told
                if self.truth.world.fact(place, step.night) not in {Fact.FINE, Fact.ASK}:
                    continue
                damage = self._damage(place, step.night)
                if is_told:
                    self.false.append(self._name(place, step.night, damage))
                    self.false_by_damage[damage] += 1
                else:
                    self.false_detected[damage] += 1
        fine = sum(
            last - first + 1
            for spans in self.truth.spans.values()
            for fact, first, last in spans
            if fact == Fact.FINE.value
        )
        return {
            "accusations": self.accusations,
            "false_accusations": len(self.false),
            "honest_item_nights": fine,
            "false_by_damage": dict(self.false_by_damage),
            "false_detected_only": dict(self.false_detected),
        }

    # --- gaps ----------------------------------------------------------------------------

    def _found(self) -> dict[str, object]:
        """Gaps that were in review in time, of those that stood long enough to be."""
        decidable = found = too_short = 0
        for gap in self._judged_gaps():
            until = gap.provable_on + FOUND_WITHIN
            if gap.provable_on >= NEVER or until > self.truth.world.last:
                too_short += 1
                continue
            if min(gap.ends, gap.turns_sham) <= until:
                too_short += 1
                continue
            decidable += 1
            if self._is_accused((gap.unit, gap.duty), gap.starts, until):
                found += 1
            else:
                self.missed.append(
                    f"{self._name((gap.unit, gap.duty), gap.starts, '')}"
                    f" provable {_iso(gap.provable_on)}"
                )
        return {
            "gaps": len(self.truth.gaps),
            "gaps_decidable": decidable,
            "gaps_too_short": too_short,
            "gaps_found": found,
            "gap_recall": round(found / decidable, 4) if decidable else None,
        }

    def _judged_gaps(self) -> list[Gap]:
        """All gaps, less those of linked duties as long as the program judges no links."""
        duties = self.truth.world.duties
        return [
            gap
            for gap in self.truth.gaps
            if duties[gap.duty] is not PARTNER or hooks.judges_links()
        ]

    def _is_accused(self, place: Place, first: int, last: int) -> bool:
        """Whether a finding was in somebody's hands at any time between two nights."""
        states: dict[str, State] = {}
        for step in self.steps.get(place, ()):
            if step.night > last:
                break
            states[step.finding] = step.state
            if step.night >= first and step.state in _ACCUSING:
                return True
            if step.night >= first and any(one in _ACCUSING for one in states.values()):
                return True
        return any(state in _ACCUSING for state in states.values())

    def _state_before(self, place: Place, night: int) -> State | None:
        """In which state the finding of a place was when a night began."""
        found = None
        for step in self.steps.get(place, ()):
            if step.night >= night:
                break
            found = step.state
        return found

    def _closed_on(self, place: Place, first: int, last: int) -> int | None:
        nights = (
            step.night
            for step in self.steps.get(place, ())
            if first <= step.night <= last and step.state in _OVER
        )
        return next(nights, None)

    # --- fixes ---------------------------------------------------------------------------

    def _shams(self) -> dict[str, object]:
        """Sham fixes that could have closed a finding and did not."""
        tried: Counter[str] = Counter()
        passed: Counter[str] = Counter()
        for place, column in self.truth.world.columns.items():
            for case in column.cases:
                end = min(case.fixed_on, self.truth.world.last + 1)
                if not case.sham or case.sham_on >= end:
                    continue
                if self._state_before(place, case.sham_on) not in _GIVEN:
                    continue
                if self.truth.world.fact(place, case.sham_on) is Fact.FINE:
                    continue  # something else had mended it by then
                second = self._second_look(place, case.sham_on, end - 1)
                if second is None:
                    continue
                tried[case.sham] += 1
                if (closed := self._closed_on(place, case.sham_on, end - 1)) is not None:
                    passed[case.sham] += 1
                    self.passed_shams.append(
                        f"{self._name(place, case.sham_on, case.sham)} closed {_iso(closed)}"
                    )
        total = tried.total()
        return {
            "shams": total,
            "shams_passed": passed.total(),
            "shams_refused": total - passed.total(),
            "shams_refused_share": round(1 - passed.total() / total, 4) if total else None,
            "shams_passed_by_kind": {kind: f"{passed[kind]}/{tried[kind]}" for kind in tried},
        }

    def _second_look(self, place: Place, first: int, last: int) -> int | None:
        """The clear look that may close a finding: the first so many days after the first one."""
        clear = [
            night
            for night in range(first, last + 1)
            if self.truth.is_clear(*place, night) and (place[0], night) not in self.discarded
        ]
        return next((night for night in clear if night - clear[0] >= _APART), None)

    def _fixes(self) -> dict[str, object]:
        """Honest fixes of findings that were in somebody's hands; how long until they closed."""
        honest = 0
        waited: list[int] = []
        for gap in self._judged_gaps():
            if gap.ends > self.truth.world.last:
                continue
            place = (gap.unit, gap.duty)
            if self._state_before(place, gap.ends) not in _GIVEN:
                continue
            lasts = self._fine_until(gap)
            second = self._second_look(place, gap.ends, lasts)
            if second is None:
                continue
            honest += 1
            closed = self._closed_on(place, gap.ends, lasts)
            if closed is not None:
                waited.append(closed - gap.ends)
            if closed is None or closed > second:
                self.refused_fixes.append(
                    f"{self._name(place, gap.ends, '')} second look {_iso(second)},"
                    f" closed {_iso(closed) if closed else 'never'}"
                )
        return {
            "honest_fixes": honest,
            "honest_fixes_refused": len(self.refused_fixes),
            "days_to_close_median": median(waited) if waited else None,
            "days_to_close_longest": max(waited, default=None),
        }

    def _fine_until(self, gap: Gap) -> int:
        """The last night before something is wrong again."""
        for fact, first, last in self.truth.spans[gap.unit, gap.duty]:
            if first <= gap.ends <= last:
                return last if fact == Fact.FINE.value else gap.ends - 1
        return gap.ends - 1

    # --- names ---------------------------------------------------------------------------

    def _damage(self, place: Place, night: int) -> str:
        """What was wrong on that night, or on the night before it, with this column."""
        damage, world = self.truth.damage, self.truth.world
        unit = world.units[place[0]]
        for day in (night, night - 1):
            if day in damage.jumps:
                return damage.jumps[day][0]
            kind = damage.of(place[0], unit.platform, day)
            if kind:
                source = "platform " if (unit.platform, day) in damage.platforms else ""
                return source + kind
        return "none"

    def _name(self, place: Place, night: int, note: str) -> str:
        world = self.truth.world
        unit, duty = world.units[place[0]], world.duties[place[1]]
        return f"seed {world.seed} {unit.code} {duty.id} {duty.kind} {_iso(night)} {note}".strip()


def score(
    store: sa.Engine,
    truth: Truth,
    night_at: Mapping[datetime, int],
    discarded: Collection[tuple[int, int]],
) -> Score:
    """Read what became of every finding."""
    found, events = tables.findings.c, tables.finding_events.c
    query = (
        sa.select(
            found.unit,
            found.requirement,
            events.finding,
            events.move,
            events.to_state,
            events.moved_by,
            events.moved_at,
        )
        .join(tables.findings, found.number == events.finding)
        .order_by(events.seq)
    )
    steps: defaultdict[Place, list[Step]] = defaultdict(list)
    with reading(store) as memory:
        for unit, requirement, finding, move, state, by, at in memory.execute(query):
            steps[truth.places[unit, requirement]].append(
                Step(
                    night=night_at[at.astimezone(UTC)],
                    finding=finding,
                    move=Move[move],
                    state=State[state],
                    by_machine=by == "mingcha",
                )
            )
    return Score(truth=truth, steps=steps, discarded=discarded)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
