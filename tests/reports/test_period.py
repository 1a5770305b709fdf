"""Numbers of a period: the golden month to the last figure, what counts as what, and what ties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import assessment, finding, unit
from golden_month import ENDS_ON, STARTS_ON, golden_month

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
from monitor.parts import Part, UnitClass, class_of
from monitor.wording import Exit, MonitorError
from reports.period import PeriodFigures, period_figures
from reports.tieouts import tie_outs

GOLDEN = period_figures(golden_month())


def snapshot(
    *assessments: Assessment,
    findings: tuple[Finding, ...] = (),
    events: tuple[FindingEvent, ...] = (),
    units: tuple[Unit, ...] = (unit(),),
    nights: int = 31,
) -> Snapshot:
    return Snapshot(
        id="2026-10",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        cut_off_at=datetime(2026, 10, 31, 16, tzinfo=UTC),
        made_by="李科长",
        nights=nights,
        catalog=Catalog(columns={}, requirements={}),
        units=units,
        assessments=assessments,
        findings=findings,
        events=events,
    )


def moved(to_state: State, day: str, move: Move = Move.CONFIRM) -> FindingEvent:
    return FindingEvent(
        finding="2026-0001",
        move=move,
        from_state=None,
        to_state=to_state,
        by="李科长",
        at=datetime.fromisoformat(f"{day}T02:00:00+00:00"),
    )


def only_part(found: PeriodFigures) -> Part:
    (cell,) = found.cells
    return cell.part


# --- the golden month ------------------------------------------------------------------


def test_the_golden_month_by_type() -> None:
    lines = (*GOLDEN.types, GOLDEN.types_total)

    assert [
        (
            line.type.value if line.type else "合计",
            line.carried,
            line.new,
            line.closed,
            line.open,
            line.units,
            line.overdue,
        )
        for line in lines
    ] == [
        ("应公开未公开", 19, 24, 9, 34, 17, 8),
        ("未设栏目/空白栏目", 11, 11, 4, 18, 9, 4),
        ("更新不及时", 27, 35, 13, 49, 26, 6),
        ("要素不全", 8, 10, 3, 15, 8, 2),
        ("链接失效", 5, 6, 2, 9, 6, 1),
        ("其他", 1, 2, 0, 3, 3, 0),
        ("合计", 71, 88, 31, 128, 27, 21),
    ]
    assert not any(line.withdrawn or line.waived for line in lines)


def test_the_golden_month_by_class() -> None:
    assert [
        (
            line.unit_class.value if line.unit_class else "合计",
            line.units,
            line.owed,
            line.of(Part.UNREACHED),
            line.checked,
            line.compliant,
            line.of(Part.PROBLEM),
        )
        for line in (*GOLDEN.classes, GOLDEN.total)
    ] == [
        ("机关科室", 14, 210, 0, 210, 197, 13),
        ("高中", 8, 216, 3, 213, 196, 17),
        ("初中", 14, 322, 6, 316, 285, 31),
        ("小学", 16, 368, 9, 359, 318, 41),
        ("幼儿园", 6, 126, 5, 121, 99, 22),
        ("中职、特教", 2, 62, 1, 61, 57, 4),
        ("合计", 60, 1304, 24, 1280, 1152, 128),
    ]


def test_the_golden_month_in_all() -> None:
    total = GOLDEN.total

    assert total.listed == 1400
    assert {part: total.of(part) for part in Part if total.of(part)} == {
        Part.NORMAL: 1090,
        Part.DUE_SOON: 21,
        Part.STATED: 41,
        Part.PROBLEM: 128,
        Part.UNREACHED: 24,
        Part.NOT_CONCERNED: 96,
    }
    assert (GOLDEN.within, GOLDEN.overdue, GOLDEN.states[State.CONTESTED]) == (96, 21, 11)
    assert GOLDEN.states[State.RESPONDED] == 12
    assert sum(row.count for row in GOLDEN.unreached) == 24
    assert not GOLDEN.is_first_look


def test_the_golden_month_ties() -> None:
    tie_outs(GOLDEN)

    done = GOLDEN.rectified
    assert (done.on_time, done.late, done.overdue, done.due) == (27, 4, 21, 52)


def test_the_same_snapshot_gives_the_same_numbers() -> None:
    assert period_figures(golden_month()) == GOLDEN


def test_a_unit_with_a_silent_site_is_not_praised() -> None:
    praised = {one.code for one in GOLDEN.clean_units}

    assert not praised & GOLDEN.problems_by_unit.keys()
    assert "E-06" not in praised  # 5 of its 21 items were not looked at
    assert len(praised) == 30


# --- what a cell counts as -------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "part"),
    [
        (Status.OK, Part.NORMAL),
        (Status.DUE_SOON, Part.DUE_SOON),
        (Status.STMT, Part.STATED),
        (Status.UNSURE, Part.UNSURE),
        (Status.UNREACH, Part.UNREACHED),
        (Status.NEW, Part.UNREACHED),
        (Status.NA, Part.NOT_CONCERNED),
        (Status.EXEMPT, Part.EXEMPT),
        (Status.STALE, Part.DETECTED),
    ],
    ids=lambda value: value.name,
)
def test_without_a_finding_the_status_decides(status: Status, part: Part) -> None:
    found = period_figures(snapshot(assessment(status=status)))

    assert only_part(found) is part
    tie_outs(found)


@pytest.mark.parametrize(
    ("state", "part"),
    [
        (State.DETECTED, Part.DETECTED),
        (State.TO_REVIEW, Part.TO_REVIEW),
        (State.WITHDRAWN, Part.NORMAL),
        (State.WAIVED, Part.NOT_CONCERNED),
        (State.CLOSED, Part.DETECTED),
        (State.DROPPED, Part.DETECTED),
        (State.SUSPENDED, Part.TO_REVIEW),
        (State.ASSIGNED, Part.PROBLEM),
        (State.RESPONDED, Part.PROBLEM),
        (State.CONTESTED, Part.PROBLEM),
        (State.REOPENED, Part.PROBLEM),
    ],
    ids=lambda value: value.name,
)
def test_a_gap_counts_by_what_a_person_said_of_it(state: State, part: Part) -> None:
    found = period_figures(snapshot(assessment(), findings=(finding(state=state),)))

    assert only_part(found) is part


def test_what_was_suspended_after_it_was_confirmed_stays_a_problem() -> None:
    one = finding(state=State.SUSPENDED, assigned_on=date(2026, 10, 8))

    found = period_figures(snapshot(assessment(), findings=(one,)))

    assert only_part(found) is Part.PROBLEM
    assert (found.within, found.overdue, found.states[State.SUSPENDED]) == (0, 0, 1)


@pytest.mark.parametrize(
    "status", [Status.OK, Status.UNREACH, Status.UNSURE, Status.NA], ids=lambda one: one.name
)
def test_a_confirmed_problem_stays_one_whatever_tonight_says(status: Status) -> None:
    assigned = finding(state=State.ASSIGNED, assigned_on=date(2026, 10, 8))

    found = period_figures(snapshot(assessment(status=status), findings=(assigned,)))

    assert only_part(found) is Part.PROBLEM


def test_an_unconfirmed_gap_that_could_not_be_seen_tonight_is_not_known() -> None:
    unreached = assessment(status=Status.UNREACH)

    found = period_figures(snapshot(unreached, findings=(finding(state=State.TO_REVIEW),)))

    assert only_part(found) is Part.UNREACHED


def test_a_problem_of_a_period_that_is_judged_no_more_is_still_counted() -> None:
    old = finding(state=State.ASSIGNED, period="2026年春季学期")

    found = period_figures(
        snapshot(
            assessment(status=Status.OK, period="2026年秋季学期"),
            findings=(old,),
            events=(moved(State.ASSIGNED, "2026-09-01"),),
        )
    )

    assert [cell.part for cell in found.cells] == [Part.NORMAL, Part.PROBLEM]
    tie_outs(found)


def test_what_was_public_late_is_compliant_and_told_apart() -> None:
    found = period_figures(snapshot(assessment(status=Status.OK, late_by=4)))

    assert only_part(found) is Part.LATE
    assert found.total.compliant == 1


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}, UnitClass.JUNIOR_HIGH),
        ({UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}, UnitClass.SENIOR_HIGH),
        ({UnitType.SPECIAL}, UnitClass.VOCATIONAL),
        (set(), UnitClass.OTHER),
    ],
    ids=["nine years", "both stages of high school", "special", "unknown"],
)
def test_a_unit_of_two_stages_counts_once(types: set[UnitType], expected: UnitClass) -> None:
    assert class_of(unit(types=frozenset(types))) is expected


# --- what happened to the findings -------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "steps", "expected"),
    [
        (State.ASSIGNED, [(State.ASSIGNED, "2026-09-20")], (1, 0, 0, 0, 0)),
        (State.ASSIGNED, [(State.ASSIGNED, "2026-10-02")], (0, 1, 0, 0, 0)),
        (
            State.CLOSED,
            [(State.ASSIGNED, "2026-09-20"), (State.CLOSED, "2026-10-09")],
            (1, 0, 1, 0, 0),
        ),
        (
            State.CLOSED,
            [(State.ASSIGNED, "2026-08-20"), (State.CLOSED, "2026-09-09")],
            (0, 0, 0, 0, 0),
        ),
        (
            State.WITHDRAWN,
            [
                (State.ASSIGNED, "2026-10-05"),
                (State.CONTESTED, "2026-10-07"),
                (State.WITHDRAWN, "2026-10-09"),
            ],
            (0, 1, 0, 1, 0),
        ),
        (
            State.WAIVED,
            [(State.ASSIGNED, "2026-09-05"), (State.WAIVED, "2026-10-09")],
            (1, 0, 0, 0, 1),
        ),
        (
            State.REOPENED,
            [
                (State.ASSIGNED, "2026-09-20"),
                (State.CLOSED, "2026-10-09"),
                (State.REOPENED, "2026-10-20"),
            ],
            (1, 1, 1, 0, 0),
        ),
        (State.WITHDRAWN, [(State.WITHDRAWN, "2026-10-09")], (0, 0, 0, 0, 0)),
        (State.TO_REVIEW, [(State.TO_REVIEW, "2026-10-09")], (0, 0, 0, 0, 0)),
    ],
    ids=[
        "carried over",
        "new",
        "closed",
        "closed long ago",
        "new and withdrawn",
        "waived",
        "closed and seen again",
        "withdrawn before anyone confirmed it",
        "waiting for a person",
    ],
)
def test_how_a_finding_went_through_the_month(
    state: State, steps: list[tuple[State, str]], expected: tuple[int, ...]
) -> None:
    one = finding(
        state=state, assigned_on=date(2026, 9, 20), closed_on=date(2026, 10, 9), deadline=ENDS_ON
    )

    found = period_figures(
        snapshot(assessment(), findings=(one,), events=tuple(moved(*step) for step in steps))
    )

    line = found.types_total
    assert (line.carried, line.new, line.closed, line.withdrawn, line.waived) == expected
    tie_outs(found)


def test_the_month_begins_at_midnight_in_beijing() -> None:
    one = finding(state=State.ASSIGNED)
    event = replace(moved(State.ASSIGNED, "2026-09-30"), at=datetime(2026, 9, 30, 16, tzinfo=UTC))

    found = period_figures(snapshot(assessment(), findings=(one,), events=(event,)))

    assert (found.types_total.carried, found.types_total.new) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "is_overdue"),
    [
        ({"deadline": date(2026, 10, 31)}, False),
        ({"deadline": date(2026, 10, 30)}, False),
        ({"deadline": date(2026, 10, 29)}, True),
        ({"deadline": None}, False),
        (
            {
                "state": State.RESPONDED,
                "deadline": date(2026, 10, 20),
                "paused_on": date(2026, 10, 20),
            },
            False,
        ),
        (
            {
                "state": State.RESPONDED,
                "deadline": date(2026, 10, 20),
                "paused_on": date(2026, 10, 21),
            },
            True,
        ),
        ({"deadline": date(2026, 10, 20), "state": State.CONTESTED}, False),
        (
            {
                "deadline": date(2026, 10, 20),
                "state": State.SUSPENDED,
                "assigned_on": date(2026, 10, 8),
            },
            False,
        ),
    ],
    ids=[
        "the last day",
        "the day after is no working day",
        "the working day after",
        "no deadline",
        "answered on the last day",
        "answered too late",
        "contested",
        "suspended",
    ],
)
def test_a_problem_is_overdue_after_its_last_day(
    changes: dict[str, object], is_overdue: bool
) -> None:
    one = finding(**{"state": State.ASSIGNED} | changes)

    found = period_figures(snapshot(assessment(), findings=(one,)))

    assert found.overdue == int(is_overdue)


def test_a_unit_is_praised_only_where_all_was_put_right_in_time() -> None:
    closed = finding(
        state=State.CLOSED,
        deadline=date(2026, 10, 14),
        good_on=date(2026, 10, 14),
        closed_on=date(2026, 10, 18),
    )
    late = replace(closed, good_on=date(2026, 10, 15))
    steps = (moved(State.ASSIGNED, "2026-09-20"), moved(State.CLOSED, "2026-10-18"))
    seen = assessment(status=Status.OK)

    in_time = period_figures(snapshot(seen, findings=(closed,), events=steps)).rectified
    too_late = period_figures(snapshot(seen, findings=(late,), events=steps)).rectified

    assert (in_time.on_time, in_time.late, len(in_time.prompt_units)) == (1, 0, 1)
    assert (too_late.on_time, too_late.late, too_late.prompt_units) == (0, 1, ())


# --- months of which there is little to say ------------------------------------------------


@pytest.mark.parametrize(
    "found",
    [
        snapshot(units=(), nights=0),
        snapshot(nights=31),
        snapshot(assessment(status=Status.UNREACH), assessment(status=Status.NA, period="2")),
        snapshot(assessment(status=Status.NEW), nights=0),
    ],
    ids=["no units", "a unit that owes nothing", "nothing was seen", "no night"],
)
def test_a_month_without_data_is_counted_all_the_same(found: Snapshot) -> None:
    figures = period_figures(found)

    tie_outs(figures)
    assert (figures.total.checked, figures.types_total.open) == (0, 0)
    assert figures.clean_units == ()


@pytest.mark.parametrize(("nights", "is_first"), [(0, True), (1, True), (2, False)])
def test_one_night_is_a_first_look(nights: int, is_first: bool) -> None:
    assert period_figures(snapshot(nights=nights)).is_first_look is is_first


def test_who_left_the_list_is_still_counted() -> None:
    found = period_figures(snapshot(assessment(unit="gone"), units=()))

    assert [(line.unit_class, line.units) for line in found.classes] == [(UnitClass.OTHER, 1)]
    tie_outs(found)


# --- tie-outs --------------------------------------------------------------------------


def total_with(**changes: object) -> PeriodFigures:
    return replace(GOLDEN, total=replace(GOLDEN.total, **changes))


def first_class_with(**changes: object) -> PeriodFigures:
    return replace(GOLDEN, classes=(replace(GOLDEN.classes[0], **changes), *GOLDEN.classes[1:]))


def first_type_with(**changes: object) -> PeriodFigures:
    return replace(GOLDEN, types=(replace(GOLDEN.types[0], **changes), *GOLDEN.types[1:]))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (total_with(compliant=1153), ("“达标”为1153", "为1152")),
        (total_with(owed=1305), ("“应公开项”为1305", "为1304")),
        (total_with(checked=1281), ("“实际核查”为1281", "为1280")),
        (total_with(listed=1401), ("“目录项次”为1401", "为1400")),
        (total_with(to_verify=1), ("“待人工核实”为1", "为0")),
        (total_with(units=61), ("“单位数”为61", "为60")),
        (first_class_with(compliant=198), ("“机关科室的达标”为198", "为197")),
        (first_class_with(units=13), ("“单位数”为60", "为59")),
        (first_type_with(open=35), ("“应公开未公开月末在办”为35", "为34")),
        (first_type_with(carried=20, closed=10), ("“合计上月遗留”为71", "为72")),
        (first_type_with(overdue=9), ("“合计逾期”为21", "为22")),
        (replace(GOLDEN, problems=GOLDEN.problems[1:]), ("“问题”为128", "“台账行数”为127")),
        (replace(GOLDEN, problems_by_unit={"A-01": 127}), ("“问题”为128", "为127")),
        (replace(GOLDEN, states={State.ASSIGNED: 129}), ("“问题”为128", "为129")),
        (replace(GOLDEN, within=95), ("“问题”为128", "为127")),
        (replace(GOLDEN, unreached=GOLDEN.unreached[1:]), ("“未能核查”为24", "为21")),
        (
            replace(GOLDEN, rectified=replace(GOLDEN.rectified, late=5)),
            ("“本月销号”为31", "为32"),
        ),
    ],
    ids=[
        "compliant",
        "owed",
        "checked",
        "listed",
        "to verify",
        "units",
        "compliant of a class",
        "units of a class",
        "open of a type",
        "carried of a type",
        "overdue of a type",
        "rows of the ledger",
        "problems by unit",
        "problems by state",
        "within the deadline",
        "rows of what was not reached",
        "put right",
    ],
)
def test_a_number_that_does_not_fit_stops_the_report(
    broken: PeriodFigures, told: tuple[str, str]
) -> None:
    with pytest.raises(MonitorError) as stopped:
        tie_outs(broken)

    assert stopped.value.exit_code is Exit.TIE_OUT
    assert [words for words in told if words not in str(stopped.value)] == []
    assert "报告没有生成" in str(stopped.value)
