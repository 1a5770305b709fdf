"""Points of a period: credits, what is left out, what is added and taken off, ranks and grades."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from builders import assessment, finding, requirement, unit
from golden_month import golden_month

from monitor.judgements.score import (
    Grade,
    Ranking,
    Scoring,
    UnitScore,
    Veto,
    scores,
    terms,
)
from monitor.model import (
    Assessment,
    Catalog,
    Finding,
    FindingEvent,
    Move,
    Snapshot,
    State,
    Status,
    Unit,
    UnitType,
)
from monitor.parts import UnitClass
from monitor.workdays import WorkCalendar

STARTS_ON, ENDS_ON = date(2026, 10, 1), date(2026, 10, 31)
FULL = Scoring(ranking=Ranking.FULL)


def snapshot(
    *assessments: Assessment,
    findings: tuple[Finding, ...] = (),
    events: tuple[FindingEvent, ...] = (),
    units: tuple[Unit, ...] = (unit(),),
    weights: dict[str, float] | None = None,
) -> Snapshot:
    return Snapshot(
        id="2026-10",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        cut_off_at=datetime(2026, 10, 31, 16, tzinfo=UTC),
        made_by="李科长",
        nights=31,
        catalog=Catalog(
            columns={},
            requirements={
                key: requirement(id=key, weight=weight) for key, weight in (weights or {}).items()
            },
        ),
        units=units,
        assessments=assessments,
        findings=findings,
        events=events,
        calendar=WorkCalendar(),
    )


def cells(*statuses: Status, whose: str = "P-01") -> list[Assessment]:
    return [
        assessment(unit=whose, requirement=f"S-{number}", status=status)
        for number, status in enumerate(statuses)
    ]


def problem(number: int, status: Status, **changes: Any) -> Finding:
    return finding(
        **{
            "number": f"2026-{number:04}",
            "requirement": f"S-{number}",
            "status": status,
            "state": State.ASSIGNED,
            "assigned_on": date(2026, 10, 20),
            "deadline": date(2026, 11, 10),
        }
        | changes
    )


def only(found: Snapshot, scoring: Scoring = FULL, vetoes: tuple[Veto, ...] = ()) -> UnitScore:
    (of_class,) = scores(found, scoring, vetoes)
    (one,) = (*of_class.scored, *of_class.unscored)
    return one


def with_good(rest: int, *statuses: Status) -> list[Assessment]:
    return cells(*statuses, *[Status.OK] * rest)


# --- credits ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "base"),
    [
        (Status.MISSING, "90.0"),
        (Status.NOCOL, "90.0"),
        (Status.EMPTY, "90.0"),
        (Status.BROKEN, "95.0"),
        (Status.STALE, "95.0"),
        (Status.PARTIAL, "96.0"),
    ],
)
def test_a_confirmed_problem_among_ten_items_keeps_its_credit(status: Status, base: str) -> None:
    one = only(snapshot(*with_good(9, status), findings=(problem(0, status),)))

    assert one.base == Decimal(base)
    assert [(loss.requirement, loss.status) for loss in one.losses] == [("S-0", status)]


@pytest.mark.parametrize("status", [Status.OK, Status.STMT, Status.DUE_SOON])
def test_what_is_in_order_keeps_all(status: Status) -> None:
    assert only(snapshot(*with_good(9, status))).base == 100


def test_a_statement_may_be_worth_less_by_a_setting() -> None:
    said = Scoring(credit_statement=0.6)

    one = only(snapshot(*with_good(9, Status.STMT)), said)

    assert (one.base, one.stated) == (Decimal("96.0"), 1)


def test_weights_are_made_to_sum_up_to_a_hundred() -> None:
    found = snapshot(
        *with_good(1, Status.MISSING),
        findings=(problem(0, Status.MISSING),),
        weights={"S-0": 1, "S-1": 3},
    )

    one = only(found)

    assert (one.base, one.losses[0].worth, one.losses[0].lost) == (75, 25, 25)


def test_what_does_not_apply_is_not_counted() -> None:
    one = only(snapshot(*with_good(4, Status.NA, Status.EXEMPT)))

    assert (one.owed, one.base) == (4, 100)


def test_a_gap_nobody_has_confirmed_costs_nothing() -> None:
    waiting = problem(0, Status.MISSING, state=State.TO_REVIEW, assigned_on=None, deadline=None)

    one = only(snapshot(*with_good(9, Status.MISSING), findings=(waiting,)))

    assert (one.base, one.unknown, one.problems) == (100, 1, 0)


def test_a_problem_counts_as_long_as_it_is_open_whatever_tonight_shows() -> None:
    one = only(snapshot(*with_good(9, Status.OK), findings=(problem(0, Status.STALE),)))

    assert one.base == Decimal("95.0")


# --- what is not known -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("unknown", "is_scored"),
    [(1, True), (2, True), (3, False)],
    ids=["below a fifth", "a fifth", "more"],
)
@pytest.mark.parametrize("status", [Status.UNREACH, Status.UNSURE])
def test_with_more_than_a_fifth_not_known_there_is_no_score(
    unknown: int, is_scored: bool, status: Status
) -> None:
    one = only(snapshot(*with_good(10 - unknown, *[status] * unknown)))

    assert (one.total is not None, one.grade is not None) == (is_scored, is_scored)
    assert one.unknown == unknown


def test_what_could_not_be_looked_at_takes_no_points() -> None:
    assert only(snapshot(*with_good(9, Status.UNREACH))).total == 100


def test_what_is_contested_is_left_out_and_counted() -> None:
    contested = problem(0, Status.MISSING, state=State.CONTESTED, deadline=date(2026, 10, 22))
    found = snapshot(*with_good(9, Status.MISSING), findings=(contested,))

    (of_class,) = scores(found, FULL)

    (one,) = of_class.scored
    assert (one.total, one.contested, one.problems, one.overdue) == (100, 1, 0, 0)
    assert of_class.contested == 1


# --- added and taken off ---------------------------------------------------------------


def overdue(count: int) -> Snapshot:
    late = [problem(n, Status.STALE, deadline=date(2026, 10, 29)) for n in range(count)]
    return snapshot(*with_good(100 - count, *[Status.STALE] * count), findings=tuple(late))


@pytest.mark.parametrize(("count", "off"), [(0, 0), (1, -1), (4, -4), (5, -5), (6, -5)])
def test_each_problem_past_its_deadline_takes_a_point_and_at_most_five(
    count: int, off: int
) -> None:
    assert only(overdue(count)).adjusted == off


def test_on_the_last_day_of_its_term_nothing_is_past_it() -> None:
    on_time = problem(0, Status.STALE, deadline=date(2026, 10, 30))  # a Friday
    found = snapshot(*with_good(9, Status.STALE), findings=(on_time,))

    assert only(found).overdue == 0


def moved(number: str, to_state: State, day: int, move: Move = Move.CONFIRM) -> FindingEvent:
    return FindingEvent(
        finding=number,
        move=move,
        from_state=None,
        to_state=to_state,
        by="李科长",
        at=datetime(2026, 10, day, 2, tzinfo=UTC),
    )


def closed(number: int, *, good_on: date) -> tuple[Finding, tuple[FindingEvent, ...]]:
    one = problem(
        number,
        Status.STALE,
        state=State.CLOSED,
        deadline=date(2026, 10, 20),
        good_on=good_on,
        closed_on=date(2026, 10, 28),
    )
    return one, (
        moved(one.number, State.ASSIGNED, 10),
        moved(one.number, State.CLOSED, 28, Move.SEEN_GOOD),
    )


def test_all_put_right_in_time_adds_a_point_up_to_a_hundred() -> None:
    one, events = closed(0, good_on=date(2026, 10, 20))
    open_too = problem(1, Status.STALE)
    found = snapshot(
        *with_good(8, Status.OK, Status.STALE), findings=(one, open_too), events=events
    )

    better = only(found)

    assert (better.is_prompt, better.base, better.total) == (True, 95, 96)
    assert only(snapshot(*with_good(10), findings=(one,), events=events)).total == 100


def test_what_was_put_right_after_its_term_counts_as_overdue() -> None:
    one, events = closed(0, good_on=date(2026, 10, 21))

    late = only(snapshot(*with_good(10), findings=(one,), events=events))

    assert (late.overdue, late.is_prompt, late.total) == (1, False, 99)


@pytest.mark.parametrize(("count", "off"), [(1, -1), (3, -3), (4, -3)])
def test_each_relapse_takes_a_point_and_at_most_three(count: int, off: int) -> None:
    back = [problem(n, Status.STALE, state=State.REOPENED) for n in range(count)]
    events = [moved(one.number, State.REOPENED, 12, Move.SEEN_AGAIN) for one in back]
    found = snapshot(
        *with_good(100 - count, *[Status.STALE] * count),
        findings=tuple(back),
        events=tuple(events),
    )

    one = only(found)

    assert (one.relapses, one.adjusted) == (count, off)


def test_no_score_is_below_zero() -> None:
    late = [problem(n, Status.MISSING, deadline=date(2026, 10, 29)) for n in range(3)]

    assert only(snapshot(*cells(*[Status.MISSING] * 3), findings=tuple(late))).total == 0


# --- grades, ranks, vetoes -------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("90.0", Grade.EXCELLENT),
        ("89.9", Grade.GOOD),
        ("80.0", Grade.GOOD),
        ("79.9", Grade.PASS),
        ("60.0", Grade.PASS),
        ("59.9", Grade.POOR),
    ],
)
def test_the_grades_at_their_bounds(points: str, grade: Grade) -> None:
    assert Scoring().grade(Decimal(points)) is grade


def of_four(scoring: Scoring, vetoes: tuple[Veto, ...] = ()) -> list[tuple[str, int | None]]:
    """Four schools: one whole, two alike behind it, one last."""
    codes = {"P-4": 0, "P-3": 1, "P-1": 1, "P-2": 2}
    units = tuple(unit(code=code) for code in codes)
    found: list[Assessment] = []
    findings: list[Finding] = []
    for code, problems in codes.items():
        found += cells(*[Status.OK] * 10, whose=code)
        findings += [
            replace(problem(n, Status.MISSING, unit=code), number=f"{code}-{n}")
            for n in range(problems)
        ]
    (of_class,) = scores(snapshot(*found, findings=tuple(findings), units=units), scoring, vetoes)
    return [(one.unit.code, one.rank) for one in of_class.scored]


def test_equal_scores_share_a_rank_and_stand_by_code() -> None:
    assert of_four(FULL) == [("P-4", 1), ("P-1", 2), ("P-3", 2), ("P-2", 4)]


@pytest.mark.parametrize("ranking", [Ranking.GRADES_ONLY, Ranking.NONE])
def test_without_ranks_the_order_tells_nothing(ranking: Ranking) -> None:
    assert of_four(Scoring(ranking=ranking)) == [
        ("P-1", None),
        ("P-2", None),
        ("P-3", None),
        ("P-4", None),
    ]


def test_only_a_person_vetoes_and_the_vetoed_has_no_rank() -> None:
    veto = Veto(unit="P-4", reason="伪造发稿日期，已核实", by="李科长")

    assert of_four(FULL, (veto,)) == [("P-1", 1), ("P-3", 1), ("P-2", 3), ("P-4", None)]
    assert only(snapshot(*with_good(1)), FULL, (Veto(unit="P-01", reason="x", by="y"),)).grade is (
        Grade.POOR
    )


def test_each_class_has_a_table_of_its_own() -> None:
    units = (unit(), unit(code="K-1", types=frozenset({UnitType.KINDERGARTEN})))
    found = snapshot(*cells(Status.OK), *cells(Status.OK, whose="K-1"), units=units)

    assert [(one.unit_class, one.scored[0].rank) for one in scores(found, FULL)] == [
        (UnitClass.PRIMARY, 1),
        (UnitClass.KINDERGARTEN, 1),
    ]


def test_of_the_golden_month_every_unit_that_owes_anything_is_in_one_table() -> None:
    found = scores(golden_month(), FULL)
    units = [one for kind in found for one in (*kind.scored, *kind.unscored)]

    assert len(units) == len({one.unit.code for one in units}) == 60
    assert sum(one.owed for one in units) == 1304
    assert sum(one.compliant for one in units) == 1152
    assert sum(one.problems + one.contested for one in units) == 128


def test_every_constant_is_printed_with_the_result() -> None:
    numbers = {name: 0.125 + place for place, name in enumerate(Scoring.__slots__[1:])}

    told = "\n".join(terms(Scoring(**numbers)))

    assert {name for name, number in numbers.items() if f"{number:g}" not in told} == set()
    assert "只评等次" in told
    assert "得分相同位次相同" in "\n".join(terms(FULL))
