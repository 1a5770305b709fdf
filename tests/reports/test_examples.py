"""A good example is shown to units of its class, and only while it is one."""

from datetime import UTC, datetime

import pytest
from builders import assessment, unit

from monitor.model import Example, Status, UnitType
from reports.examples import shown_to

GOOD = unit(code="P-01", name="实验小学")
SCHOOL = unit(code="P-02", name="向阳小学")
NURSERY = unit(code="K-01", types=frozenset({UnitType.KINDERGARTEN}))
BOTH = unit(code="P-03", types=frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}))
UNITS = (GOOD, SCHOOL, NURSERY, BOTH)
ADDRESS = "http://good.example/fees/"


def marked(day: int = 2, **changes: str) -> Example:
    given = {"unit": "P-01", "requirement": "S-11", "address": ADDRESS, "by": "王科员"}
    return Example(**(given | changes), at=datetime(2026, 11, day, tzinfo=UTC))


def shown(whom, *examples, status=Status.OK):
    judged = [assessment(unit=code, status=status) for code in ("P-01", "P-03")]
    return shown_to(UNITS, examples, judged)(whom)


@pytest.mark.parametrize(
    ("whom", "is_shown"),
    [(SCHOOL, True), (BOTH, True), (NURSERY, False), (GOOD, False)],
    ids=["the same class", "one of two classes", "another class", "itself"],
)
def test_only_others_of_its_class_are_shown_an_example(whom, is_shown):
    assert shown(whom, marked()) == ({"S-11": ADDRESS} if is_shown else {})


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.OK])
def test_what_is_in_order_no_more_is_no_example(status):
    assert bool(shown(SCHOOL, marked(), status=status)) is (status is Status.DUE_SOON)


def test_the_one_that_was_marked_last_is_shown():
    newer = marked(3, unit="P-03", address="http://newer.example/")

    assert shown(SCHOOL, newer, marked()) == {"S-11": "http://newer.example/"}


def test_a_unit_that_left_the_list_is_no_example():
    assert shown(SCHOOL, marked(unit="P-99")) == {}
