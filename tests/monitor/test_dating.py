"""Which day of an entry counts, and what is said of days that nights before cannot confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import document, moment, obligation, observation, requirement

from monitor.assess import assess
from monitor.dating import appeared_on, counted_on
from monitor.model import Assessment, DayKind, Document, Grounds, Status
from monitor.periods import Age, Every
from monitor.timelimits import AfterEvent, ColumnMaxAge, Periodic, YearlyBy
from monitor.wording import Because

TODAY = date(2026, 11, 23)
FRESH = ColumnMaxAge(grounds=Grounds.LAW, max_age=Age.parse("2m"))


def redated(was: str, since: str, **changes: Any) -> Document:
    """An entry of today's date whose words were first seen on ``since``, dated ``was`` then."""
    return document(
        redated_from=date.fromisoformat(was), unchanged_since=date.fromisoformat(since), **changes
    )


def unseen(day: str, absent: str, first: str, **changes: Any) -> Document:
    """An entry first seen on ``first``; its list was read on ``absent`` and did not hold it."""
    return document(
        on=day,
        last_absent_on=date.fromisoformat(absent),
        first_seen_on=date.fromisoformat(first),
        **changes,
    )


def judged(limit: Any, *documents: Document, **events: tuple[date, ...]) -> Assessment:
    owing = obligation(requirement=requirement(limits=(limit,)), events=events)
    return assess(owing, [observation(*documents)], moment(TODAY))


@pytest.mark.parametrize(
    ("was", "since", "counts"),
    [
        ("2026-03-01", "2026-05-02", "2026-05-02"),
        ("2026-06-01", "2026-05-02", "2026-06-01"),
        ("2026-12-01", "2026-05-02", "2026-11-23"),
    ],
    ids=["first seen later", "dated ahead then", "moved back"],
)
def test_new_days_of_old_words_count_from_their_first_sight(
    was: str, since: str, counts: str
) -> None:
    assert counted_on(redated(was, since)) == date.fromisoformat(counts)


def test_what_was_not_re_dated_counts_as_it_is_dated() -> None:
    assert counted_on(document(on="2026-11-02")) == date(2026, 11, 2)
    assert counted_on(document(on=None)) is None


@pytest.mark.parametrize(
    ("absent", "appeared"),
    [("2026-03-08", "2026-03-01"), ("2026-03-09", "2026-03-09")],
    ids=["a week, as papers take", "more than a week"],
)
def test_a_day_well_before_a_night_without_it_is_not_when_it_appeared(
    absent: str, appeared: str
) -> None:
    found = unseen("2026-03-01", absent, "2026-03-20")

    assert appeared_on(found) == date.fromisoformat(appeared)


# --- judging ---------------------------------------------------------------------------


def test_a_column_kept_fresh_by_new_days_of_old_words_is_for_a_person_to_look_at() -> None:
    found = judged(FRESH, redated("2026-03-01", "2026-05-02", title="收费公示"))

    assert (found.status, found.because) == (Status.UNSURE, Because.REDATED)
    assert found.sentence == (
        "“收费公示”标注的日期为2026-11-23，但内容自2026-05-02起未变，仅日期更新，请人工核实"
    )


def test_a_new_entry_beside_it_keeps_the_column_fresh() -> None:
    found = judged(FRESH, redated("2026-03-01", "2026-05-02"), document(on="2026-11-20"))

    assert (found.status, found.flags) == (Status.OK, ())
    assert found.facts["newest"] == date(2026, 11, 20)


def test_new_days_that_change_no_verdict_are_only_told() -> None:
    found = judged(FRESH, redated("2026-09-01", "2026-10-02"))

    assert found.status is Status.OK
    assert found.facts["newest"] == date(2026, 10, 2)
    assert found.flags == ("内容自2026-10-02起未变，仅日期更新",)


def test_a_column_that_is_old_under_any_day_is_still_a_gap() -> None:
    was = redated("2026-03-01", "2026-05-02", on="2026-07-01")

    assert judged(FRESH, was).status is Status.STALE


def after(**changes: Any) -> AfterEvent:
    given = {"grounds": Grounds.LAW, "event": "批复", "days": 20, "day_kind": DayKind.CALENDAR}
    return AfterEvent(**given | changes)


def test_lateness_is_judged_by_the_last_night_without_it() -> None:
    """Due on 22 March; put up after the list of 9 April was read, dated 20 March."""
    found = judged(
        after(), unseen("2026-03-20", "2026-04-09", "2026-04-10"), 批复=(date(2026, 3, 2),)
    )

    assert (found.status, found.because, found.late_by) == (Status.OK, Because.FOUND_UNSEEN, 18)
    assert "标注2026-03-20，但2026-04-09列表中尚无" in found.sentence
    assert "至少晚18个自然日" in found.sentence
    assert found.flags == (
        "标注日期2026-03-20，首次发现2026-04-10（2026-04-09列表中尚无），请核实",
    )


def test_the_first_that_appeared_answers_an_event() -> None:
    """One dated early that came late does not make the honest one late."""
    found = judged(
        after(),
        unseen("2026-03-03", "2026-05-09", "2026-05-10"),
        document(on="2026-03-20"),
        批复=(date(2026, 3, 2),),
    )

    assert found.late_by is None


def test_a_day_earlier_than_the_deadline_is_told_where_lateness_is_not_judged() -> None:
    yearly = YearlyBy(grounds=Grounds.LAW, month=1, day=31)
    found = judged(yearly, unseen("2026-01-30", "2026-02-20", "2026-02-21", title="2026年收费"))

    assert found.status is Status.OK
    assert found.flags == (
        "标注日期2026-01-30，首次发现2026-02-21（2026-02-20列表中尚无），请核实",
    )


def test_what_was_put_up_after_a_period_does_not_count_as_in_it() -> None:
    monthly = Periodic(grounds=Grounds.LAW, every=Every.MONTH)
    owing = obligation(requirement=requirement(limits=(monthly,)))
    on = moment(date(2026, 11, 16))

    honest = assess(owing, [observation(document(on="2026-10-12"))], on)
    late = unseen("2026-10-12", "2026-11-09", "2026-11-10")
    caught_up = assess(owing, [observation(late)], on)

    assert (honest.facts["period"], honest.flags) == ("2026年10月", ())
    assert caught_up.status is Status.OK
    assert caught_up.facts["period"] == "2026年10月以来"
    assert len(caught_up.flags) == 1
