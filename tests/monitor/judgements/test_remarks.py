from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import column, document, moment, observation, unit

from monitor.judgements import Case, remarked
from monitor.model import Misdated, NoDay, Outcome, RemarkKind


def case(**looks: Any) -> Case:
    return Case(unit=unit(), looks=looks, columns={"fees": column()})


def kinds(told: Case) -> list[RemarkKind]:
    return [one.kind for one in remarked(told, moment())]


def test_entries_without_a_day_are_told_once_for_a_column_with_an_example() -> None:
    look = observation(document("收费一览", on=None), document("收费依据", on=None), document())

    (one,) = remarked(case(fees=look), moment())

    assert one.kind is RemarkKind.UNDATED
    assert one.sentence == "“收费信息”栏目有2条信息未标日期，如“收费一览”"


def test_what_stands_in_the_place_of_a_day_is_told_with_the_example() -> None:
    half = Misdated(why=NoDay.INCOMPLETE, text="2026年9月")

    (one,) = remarked(case(fees=observation(document(on=None, misdated=half))), moment())

    assert one.sentence.endswith("如“2026年秋季收费公示”（写的是“2026年9月”，发布日期不完整）")


def ahead(text: str) -> Misdated:
    return Misdated(why=NoDay.FUTURE, text=text, day=date.fromisoformat(text))


def test_entries_dated_after_the_night_are_named_with_what_is_printed() -> None:
    titles = [f"第{number}号公示" for number in range(5)]
    shown = [document(title, on=None, misdated=ahead("2028-03-01")) for title in titles]

    (one,) = remarked(case(fees=observation(*shown, document())), moment())

    assert (one.kind, one.page) == (RemarkKind.FUTURE, shown[0].url)
    assert one.sentence == (
        "“收费信息”栏目有5条信息标注的日期晚于看到它的当天（2026-11-23）："
        "“第0号公示”标注“2028-03-01”，“第1号公示”标注“2028-03-01”，“第2号公示”标注“2028-03-01”等；"
        "这样的日期不用来判断是否及时"
    )


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 11, 29), True), (date(2026, 11, 30), False), (date(2026, 12, 1), False)],
    ids=["two days ahead", "tomorrow", "the day has come"],
)
def test_a_day_is_ahead_beyond_a_day_of_tolerance(today: date, told: bool) -> None:
    look = observation(document(on=None, misdated=ahead("2026-12-01")))

    found = [one.kind for one in remarked(case(fees=look), moment(today))]

    assert found == ([RemarkKind.FUTURE] if told else [])


def test_a_later_day_that_may_be_any_events_is_only_no_day_of_publication() -> None:
    event = Misdated(why=NoDay.FUTURE, text="2026-12-31")

    assert kinds(case(fees=observation(document(on=None, misdated=event)))) == [RemarkKind.UNDATED]


def test_an_entry_that_has_a_day_after_all_is_not_remarked_on() -> None:
    assert kinds(case(fees=observation(document(misdated=ahead("2028-03-01"))))) == []


def test_a_fault_of_the_site_is_told_once_whatever_columns_met_it() -> None:
    said = ("网站安全证书已于2026-11-01过期",)
    looks = {"fees": observation(remarks=said), "plan": observation(remarks=said)}

    (one,) = remarked(case(**looks), moment())

    assert (one.kind, one.column, one.sentence) == (RemarkKind.SITE, "", said[0])


def test_a_wall_around_a_disclosure_column_is_a_remark_and_no_gap() -> None:
    (one,) = remarked(case(fees=observation(outcome=Outcome.CHALLENGED)), moment())

    assert one.kind is RemarkKind.FENCED
    assert one.sentence.startswith("“收费信息”栏目打开前要求访问验证")


def test_a_wall_around_a_whole_site_is_told_once() -> None:
    walled = observation(outcome=Outcome.CHALLENGED)

    (one,) = remarked(case(fees=walled, a=walled, b=walled, c=walled), moment())

    assert one.column == ""
    assert one.sentence.startswith("“收费信息”、“a”、“b”等4个栏目打开前")


@pytest.mark.parametrize(
    "changes",
    [{"identity_seen": False}, {"outcome": Outcome.OTHER_UNIT}],
    ids=["nobody's page", "another unit's page"],
)
def test_what_may_be_another_units_is_not_remarked_on(changes: dict[str, Any]) -> None:
    assert kinds(case(fees=observation(document(on=None), **changes))) == []
