"""Numbers of a report: every total is the sum of its rows, every assessment is in one of them."""

from __future__ import annotations

from collections import Counter

from builders import assessment, finding
from counted import ALL, seen

from monitor.model import GAPS, State, Status


def test_both_tables_add_up_to_the_same_total() -> None:
    found = seen(*ALL)

    for lines in (found.by_unit, found.by_requirement):
        assert sum((Counter(line.counts) for line in lines), Counter()) == found.total.counts
    assert found.total.total == len(ALL)
    assert found.total.gaps == len(found.gaps) == len(GAPS)


def test_lines_follow_the_list_and_the_catalog() -> None:
    found = seen(*reversed(ALL))

    assert [line.name for line in found.by_unit] == ["第1小学", "第2小学", "第3小学"]
    assert [line.key for line in found.by_requirement] == ["S-2", "S-1", "S-3"]


def test_the_worst_comes_first() -> None:
    found = seen(*reversed(ALL))

    shown = [row.assessment.status for row in found.gaps]
    assert shown == sorted(shown, key=lambda status: status.severity)
    assert shown[0] is Status.MISSING


def test_what_is_unknown_is_no_gap() -> None:
    unsure, unreached = (assessment(status=status) for status in (Status.UNSURE, Status.UNREACH))

    found = seen(unsure, unreached)

    assert found.gaps == ()
    assert [row.assessment for row in found.doubtful] == [unsure]
    assert [row.assessment for row in found.unreached] == [unreached]


def test_lateness_is_listed_beside_the_status() -> None:
    late = assessment(status=Status.OK, late_by=4)

    found = seen(late, assessment(status=Status.OK))

    assert [row.assessment for row in found.late] == [late]
    assert found.gaps == ()


def test_a_unit_or_item_that_left_keeps_its_code() -> None:
    (row,) = seen(assessment(unit="gone", requirement="old")).gaps

    assert (row.unit_name, row.requirement_name) == ("gone", "old")


def test_only_findings_that_nobody_confirmed_are_counted_apart() -> None:
    found = seen(findings=[finding(state=state) for state in [*State, State.TO_REVIEW]])

    assert found.unconfirmed == {State.DETECTED: 1, State.TO_REVIEW: 2}


def test_nothing_assessed_makes_no_line() -> None:
    found = seen()

    assert (found.by_unit, found.by_requirement, found.total.total) == ((), (), 0)
