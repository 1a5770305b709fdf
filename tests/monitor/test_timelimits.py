from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import TODAY, age, document, md, moment

from monitor.kinds import BadFields
from monitor.model import (
    GAPS,
    Coverage,
    DayKind,
    Document,
    Grounds,
    Seen,
    Status,
    TimeLimit,
    Verdict,
)
from monitor.periods import Every
from monitor.timelimits import (
    KINDS,
    AfterEvent,
    BeforeEvent,
    Clock,
    ColumnMaxAge,
    NoticePeriod,
    OnOccurrence,
    PairedAfter,
    Periodic,
    Presence,
    Season,
    Standing,
    SubjectPeriod,
    Suspend,
    TakedownAfter,
    Unspecified,
    YearlyBy,
    YearlyWindow,
    arithmetic,
    from_fields,
)
from monitor.triggers import DayOf, PublicationOf, event_key
from monitor.wording import Because
from monitor.workdays import WorkCalendar

LAW = Grounds.LAW
WHOLE = Coverage(to_end=True)


def seen(*documents: Document, coverage: Coverage = WHOLE, **events: str) -> Seen:
    days = {name: tuple(map(date.fromisoformat, text.split())) for name, text in events.items()}
    return Seen(documents=documents, events=days, coverage=coverage)


def judged(limit: TimeLimit, today: str, *documents: Document, **events: str) -> Verdict:
    return limit.judge(seen(*documents, **events), moment(date.fromisoformat(today)))


def on(day: str, title: str = "收费公示", **changes: Any) -> Document:
    return document(title, day, **changes)


def undated(title: str = "收费公示") -> Document:
    return document(title, None)


# --- after_event -----------------------------------------------------------------------


def after(**changes: Any) -> AfterEvent:
    given = {"grounds": LAW, "event": "budget", "days": 20, "day_kind": DayKind.WORKING}
    return AfterEvent(**given | changes)


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-03-10", Status.OK),
        ("2026-03-22", Status.OK),
        ("2026-03-23", Status.DUE_SOON),
        ("2026-03-30", Status.DUE_SOON),
        ("2026-03-31", Status.MISSING),
        ("2026-11-23", Status.MISSING),
    ],
    ids=["weeks left", "8 days left", "7 days left", "the due day", "the day after", "long after"],
)
def test_after_an_event_the_gap_opens_on_the_day_after_the_due_day(
    today: str, status: Status
) -> None:
    assert judged(after(), today, budget="2026-03-02").status is status


@pytest.mark.parametrize(
    ("published", "late_by"),
    [
        ("2026-03-02", None),
        ("2026-03-30", None),
        ("2026-03-31", 1),
        ("2026-04-07", 5),
        ("2026-05-06", 23),
    ],
    ids=["same day", "due day", "one late", "a week late, over Qingming", "over the May days"],
)
def test_lateness_after_an_event_is_a_fact_on_ok_in_working_days(
    published: str, late_by: int | None
) -> None:
    found = judged(after(), "2026-11-23", on(published), budget="2026-03-02")

    assert found.status is Status.OK
    assert found.facts.get("late_by") == late_by
    assert found.because is (Because.FOUND_LATE if late_by else Because.FOUND)


def test_calendar_days_count_weekends_and_holidays() -> None:
    limit = after(day_kind=DayKind.CALENDAR)
    found = judged(limit, "2026-11-23", on("2026-03-31"), budget="2026-03-02")

    assert found.facts["due"] == date(2026, 3, 22)
    assert found.facts["late_by"] == 9
    assert found.facts["day_kind"] == "自然日"


def test_without_an_event_day_lateness_is_not_known() -> None:
    found = judged(after(), "2026-11-23", on("2026-03-31"))

    assert found.status is Status.OK
    assert "late_by" not in found.facts


def test_the_day_a_paper_was_written_starts_the_clock_of_what_is_formed() -> None:
    paper = on("2026-04-07", written_on=date(2026, 3, 2))

    formed = judged(after(event="形成或变更"), "2026-11-23", paper)
    approved = judged(after(event="budget"), "2026-11-23", paper)

    assert formed.facts["late_by"] == 5
    assert "late_by" not in approved.facts


def test_lateness_is_that_of_the_first_document_after_the_event() -> None:
    found = judged(after(), "2026-11-23", on("2026-03-20"), on("2026-09-01"), budget="2026-03-02")

    assert "late_by" not in found.facts
    assert found.documents[0].day == date(2026, 9, 1)


def test_no_lateness_is_claimed_where_the_holidays_are_not_known() -> None:
    found = judged(after(), "2027-06-01", on("2027-05-20"), budget="2027-03-01")

    assert found.status is Status.OK
    assert "late_by" not in found.facts


def test_a_gap_counted_without_holiday_data_says_so() -> None:
    gap = judged(after(), "2027-06-01", budget="2027-03-01")

    assert gap.status is Status.MISSING
    assert gap.flags == ("节假日数据暂缺（按周一至周五计）",)


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2027-03-29", Status.DUE_SOON),
        ("2027-03-30", Status.UNSURE),
        ("2027-04-12", Status.UNSURE),
        ("2027-04-13", Status.MISSING),
    ],
    ids=["due by Monday to Friday", "a closure may lie between", "its last day", "none is longer"],
)
def test_a_gap_waits_for_the_longest_closure_where_the_holidays_are_not_known(
    today: str, status: Status
) -> None:
    found = judged(after(), today, budget="2027-03-01")

    assert found.status is status
    assert "不详" not in found.because.tell(**found.facts)


@pytest.mark.parametrize(
    ("documents", "coverage"),
    [
        ([on("2026-05-06")], Coverage(since=date(2026, 5, 1))),
        ([on("2026-05-06"), undated()], WHOLE),
    ],
    ids=["the list was not read back to the event", "an undated one may be the first"],
)
def test_no_lateness_is_claimed_where_an_earlier_answer_may_stand(
    documents: list[Document], coverage: Coverage
) -> None:
    entries = seen(*documents, coverage=coverage, budget="2026-03-02")
    found = after().judge(entries, moment())

    assert found.status is Status.OK
    assert "late_by" not in found.facts


# --- events that are publications of another item --------------------------------------

PUBLISHED = PublicationOf(of="B-20", name="部门预算")


def published_on(limit: AfterEvent, today: str, days: str, *documents: Document) -> Verdict:
    events = {event_key(limit.event): tuple(map(date.fromisoformat, days.split()))}
    entries = Seen(documents=documents, events=events, coverage=WHOLE)
    return limit.judge(entries, moment(date.fromisoformat(today)))


def test_a_publication_of_another_item_starts_the_clock() -> None:
    limit = after(event=PUBLISHED)
    gap = published_on(limit, "2026-03-31", "2026-03-02")

    assert gap.because.tell(**gap.facts) == (
        "“部门预算公开”发生于2026-03-02，应于2026-03-30前公开，未见相应信息"
    )
    assert published_on(limit, "2026-03-31", "2026-03-02", on("2026-03-31")).facts["late_by"] == 1
    unseen = published_on(limit, "2026-03-31", "")
    assert (unseen.status, unseen.weak) == (Status.UNSURE, True)
    assert unseen.because.tell(**unseen.facts).startswith("未见“部门预算公开”的日期")


@pytest.mark.parametrize(
    ("answered", "status"),
    [("2026-03-10", Status.UNSURE), ("2025-03-10", Status.MISSING)],
    ids=["answered this spring", "answered last year"],
)
def test_a_second_title_of_another_item_may_be_no_event_of_its_own(
    answered: str, status: Status
) -> None:
    """The plan of 03-02 was answered; what stands there since 06-01 may only explain it."""
    found = published_on(
        after(event=PUBLISHED), "2026-11-23", "2026-03-02 2026-06-01", on(answered)
    )

    assert found.status is status
    assert "不详" not in found.because.tell(**found.facts)


@pytest.mark.parametrize(
    ("limit", "documents", "status", "because"),
    [
        (after(), [], Status.UNSURE, Because.EVENT_UNKNOWN),
        (after(presence=Presence.MUST), [], Status.MISSING, Because.NONE_IN_WINDOW),
        (after(outer=md("03-31")), [], Status.MISSING, Because.OUTER_PASSED),
        (after(outer=md("11-30")), [], Status.DUE_SOON, Because.DUE_SOON),
        (after(), [undated()], Status.OK, Because.FOUND_UNDATED),
        (after(presence=Presence.MUST), [on("2019-01-01")], Status.OK, Because.FOUND),
        (after(outer=md("03-31")), [on("2026-03-01")], Status.OK, Because.FOUND),
        (after(outer=md("03-31")), [on("2026-04-09")], Status.OK, Because.FOUND),
        (after(outer=md("03-31")), [on("2025-03-01")], Status.MISSING, Because.OUTER_PASSED),
    ],
    ids=[
        "may, nothing",
        "must, nothing",
        "outer day passed",
        "outer day near",
        "undated is presence",
        "must, something old",
        "before the outer day",
        "after the outer day",
        "only last year's",
    ],
)
def test_without_a_known_event(
    limit: AfterEvent, documents: list[Document], status: Status, because: Because
) -> None:
    found = judged(limit, "2026-11-23", *documents)

    assert (found.status, found.because) == (status, because)


def test_an_unknown_event_gives_way_to_other_clocks() -> None:
    assert judged(after(), "2026-11-23").weak


def test_an_outer_day_is_practice_and_rests_on_no_law() -> None:
    assert judged(after(outer=md("03-31")), "2026-11-23").grounds is Grounds.DEFAULT
    local = after(outer=md("03-31"), grounds=Grounds.LOCAL)
    assert judged(local, "2026-11-23").grounds is Grounds.LOCAL


def test_a_document_older_than_the_event_is_only_the_nearest() -> None:
    found = judged(after(), "2026-11-23", on("2025-03-20"), budget="2025-03-03 2026-03-02")

    assert found.status is Status.MISSING
    assert found.nearest is not None
    assert found.nearest.day == date(2025, 3, 20)
    assert found.since == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("documents", "status"),
    [
        ([], Status.MISSING),
        ([on("2026-01-05")], Status.MISSING),
        ([on("2026-03-20")], Status.OK),
        ([on("2026-11-20")], Status.OK),
        ([undated()], Status.OK),
    ],
    ids=["nothing", "older", "the last was answered", "both were", "an undated one may be it"],
)
def test_a_new_event_gives_no_new_time_for_the_one_before(
    documents: list[Document], status: Status
) -> None:
    found = judged(after(), "2026-11-23", *documents, budget="2026-03-02 2026-11-16")

    assert found.status is status
    if status is Status.MISSING:
        assert found.facts["event_day"] == date(2026, 3, 2)
        events = {"budget": (date(2026, 3, 2), date(2026, 11, 16))}
        assert [line[-10:] for line in arithmetic(after(), events, moment())] == [
            "2026-03-02",
            "2026-03-30",
            "2026-11-16",
            "2026-12-14",
            "2026-11-23",
        ]


def test_an_event_of_the_future_or_before_the_rule_starts_no_clock() -> None:
    young = after(effective_from=date(2026, 6, 1))

    assert judged(after(), "2026-11-23", budget="2026-12-01").status is Status.UNSURE
    assert judged(young, "2026-11-23", budget="2026-03-02").status is Status.UNSURE
    assert judged(young, "2026-05-01", budget="2026-03-02").because is Because.NOT_YET_DUE


# --- yearly_by, yearly_window ----------------------------------------------------------


def yearly(**changes: Any) -> YearlyBy:
    given = {"subject_period": SubjectPeriod.PREVIOUS_CALENDAR_YEAR, "month": 1, "day": 31}
    return YearlyBy(grounds=LAW, **given | changes)


REPORT_2024 = on("2025-01-20", "2024年度政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("today", "status", "period"),
    [
        ("2025-12-31", Status.OK, "2024年度"),
        ("2026-01-10", Status.OK, "2025年度"),
        ("2026-01-28", Status.DUE_SOON, "2025年度"),
        ("2026-01-31", Status.DUE_SOON, "2025年度"),
        ("2026-02-01", Status.MISSING, "2025年度"),
        ("2026-12-31", Status.MISSING, "2025年度"),
        ("2027-01-01", Status.OK, "2026年度"),
    ],
    ids=[
        "found last year",
        "weeks left",
        "days left",
        "the last day",
        "one day late",
        "year's end",
        "next edition's turn",
    ],
)
def test_a_yearly_limit_around_its_last_day(today: str, status: Status, period: str) -> None:
    found = judged(yearly(), today, REPORT_2024)

    assert found.status is status
    assert yearly().period(moment(date.fromisoformat(today))) == period


def test_last_years_edition_is_the_nearest() -> None:
    found = judged(yearly(), "2026-02-01", REPORT_2024)

    assert found.nearest is REPORT_2024
    assert found.facts["due"] == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("title", "published", "status"),
    [
        ("2025年度工作年度报告", "2026-01-20", Status.OK),
        ("2025年工作年度报告", "2026-02-10", Status.OK),
        ("二〇二五年度报告", "2026-01-20", Status.OK),
        ("２０２５年度报告", None, Status.OK),
        ("2025 年度报告", "2025-12-30", Status.OK),
        ("信息公开年度报告（2025年）", None, Status.OK),
        ("2025-2026学年信息公开年度报告", "2026-01-20", Status.OK),
        ("2021-2025年工作报告", "2026-01-20", Status.OK),
        ("信息公开年度报告", "2026-01-20", Status.OK),
        ("教办〔2026〕3号 关于印发信息公开年度报告的通知", "2026-01-20", Status.OK),
        ("2024年度工作年度报告", "2026-01-20", Status.MISSING),
        ("2024年度工作年度报告", None, Status.MISSING),
        ("2026年度工作计划", "2026-01-20", Status.MISSING),
        ("信息公开年度报告", "2025-01-20", Status.MISSING),
        ("教办〔2025〕3号 关于印发年度报告的通知", "2025-02-20", Status.MISSING),
        ("信息公开年度报告", None, Status.UNSURE),
        ("信息公开年度报告", "2099-01-01", Status.UNSURE),
    ],
    ids=[
        "year",
        "late but there",
        "Chinese numerals",
        "full-width, undated",
        "blank inside, early",
        "year at the end",
        "school year that touches it",
        "a span of years",
        "no year, in the window",
        "a document number is no year",
        "older year, newly dated",
        "older year, undated",
        "newer year",
        "no year, old",
        "document number, old",
        "no year, no day",
        "no year, dated in the future",
    ],
)
def test_the_edition_is_told_by_its_title_or_its_day(
    title: str, published: str | None, status: Status
) -> None:
    assert judged(yearly(), "2026-03-01", document(title, published)).status is status


THIS_YEAR = SubjectPeriod.CURRENT_YEAR
SCHOOL = SubjectPeriod.PREVIOUS_SCHOOL_YEAR
RUNNING = SubjectPeriod.CURRENT_SCHOOL_YEAR


@pytest.mark.parametrize(
    ("subject", "title", "published", "status"),
    [
        (SCHOOL, "2025-2026学年信息公开年度报告", "2026-10-20", Status.OK),
        (SCHOOL, "2025—2026学年度报告", None, Status.OK),
        (SCHOOL, "2025学年报告", "2026-10-20", Status.OK),
        (SCHOOL, "2024-2025学年信息公开年度报告", "2025-10-20", Status.MISSING),
        (SCHOOL, "2026年信息公开年度报告", "2026-10-20", Status.OK),
        (SCHOOL, "2025年信息公开年度报告", "2025-10-20", Status.MISSING),
        (SCHOOL, "年度报告", "2026-09-20", Status.OK),
        (SCHOOL, "年度报告", "2025-10-20", Status.MISSING),
        (RUNNING, "2026-2027学年校历", "2026-08-30", Status.OK),
        (RUNNING, "2025-2026学年校历", "2025-08-30", Status.MISSING),
        (RUNNING, "校历", "2026-08-30", Status.OK),
    ],
)
def test_school_years_are_told_apart(
    subject: SubjectPeriod, title: str, published: str | None, status: Status
) -> None:
    limit = yearly(month=10, day=31, subject_period=subject)

    assert judged(limit, "2026-11-23", document(title, published)).status is status


@pytest.mark.parametrize(
    ("limit", "today", "period"),
    [
        (yearly(month=10, day=31, subject_period=SCHOOL), "2026-11-23", "2025-2026学年"),
        (yearly(month=10, day=31, subject_period=SCHOOL), "2026-08-31", "2024-2025学年"),
        (yearly(month=10, day=31, subject_period=RUNNING), "2026-09-01", "2026-2027学年"),
        (
            yearly(month=12, day=31, subject_period=THIS_YEAR),
            "2026-11-23",
            "2026年度",
        ),
        (
            yearly(month=12, day=31, subject_period=THIS_YEAR),
            "2027-01-01",
            "2026年度",
        ),
        (
            yearly(month=12, day=31, subject_period=THIS_YEAR),
            "2027-06-30",
            "2027年度",
        ),
        (yearly(month=3, day=31, subject_period=None), "2026-11-23", "2026年度"),
    ],
    ids=[
        "school year over",
        "until the next begins",
        "running school year",
        "year's end ahead",
        "year's end passed: not forgotten",
        "half a year later",
        "no subject",
    ],
)
def test_which_edition_is_judged(limit: YearlyBy, today: str, period: str) -> None:
    assert limit.period(moment(date.fromisoformat(today))) == period


def test_a_gap_due_on_the_last_day_of_the_year_does_open() -> None:
    limit = yearly(month=12, day=31, subject_period=THIS_YEAR)

    assert judged(limit, "2026-12-31").status is Status.DUE_SOON
    assert judged(limit, "2027-01-01").status is Status.MISSING


def test_the_twenty_ninth_of_february_is_the_last_day_of_february() -> None:
    limit = yearly(month=2, day=29)

    assert judged(limit, "2026-02-28").status is Status.DUE_SOON
    assert judged(limit, "2026-03-01").status is Status.MISSING


def test_grace_moves_the_gap_but_not_the_due_day() -> None:
    limit = yearly(grace=5)

    assert judged(limit, "2026-02-05").status is Status.DUE_SOON
    assert judged(limit, "2026-02-06").status is Status.MISSING
    assert judged(limit, "2026-02-06").facts["due"] == date(2026, 1, 31)


def test_a_due_day_before_the_rule_was_in_force_opens_no_gap() -> None:
    found = judged(yearly(effective_from=date(2026, 6, 1)), "2026-11-23")

    assert found.because is Because.NOT_YET_DUE
    assert found.facts["due"] == date(2027, 1, 31)


def window(opens: str, closes: str, subject: SubjectPeriod | None) -> YearlyWindow:
    return YearlyWindow(grounds=LAW, opens=md(opens), closes=md(closes), subject_period=subject)


@pytest.mark.parametrize(
    ("limit", "today", "status", "period"),
    [
        (("01-01", "03-31"), "2026-03-31", Status.DUE_SOON, "2025年度"),
        (("01-01", "03-31"), "2026-04-01", Status.MISSING, "2025年度"),
        (("12-01", "02-28"), "2026-11-30", Status.MISSING, "2025年度"),
        (("12-01", "02-28"), "2026-12-01", Status.OK, "2026年度"),
        (("12-01", "02-28"), "2027-01-15", Status.OK, "2026年度"),
        (("12-01", "02-28"), "2027-02-28", Status.DUE_SOON, "2026年度"),
        (("12-01", "02-28"), "2027-03-01", Status.MISSING, "2026年度"),
        (("01-01", "12-31"), "2027-01-01", Status.MISSING, "2025年度"),
    ],
)
def test_a_yearly_window_may_cross_the_end_of_the_year(
    limit: tuple[str, str], today: str, status: Status, period: str
) -> None:
    clock = window(*limit, SubjectPeriod.PREVIOUS_CALENDAR_YEAR)

    assert judged(clock, today).status is status
    assert clock.period(moment(date.fromisoformat(today))) == period


# --- season ----------------------------------------------------------------------------


def season(opens: str = "08-15", closes: str = "09-30", **changes: Any) -> Season:
    given = {"grounds": LAW, "label": "秋季", "opens": md(opens), "closes": md(closes)}
    return Season(**given | changes)


@pytest.mark.parametrize(
    ("today", "published", "status"),
    [
        ("2026-08-15", "2025-09-01", Status.OK),
        ("2026-09-22", "2025-09-01", Status.OK),
        ("2026-09-23", "2025-09-01", Status.DUE_SOON),
        ("2026-09-30", "2025-09-01", Status.DUE_SOON),
        ("2026-10-01", "2025-09-01", Status.STALE),
        ("2026-10-01", "2026-07-01", Status.OK),
        ("2026-10-01", "2026-06-30", Status.STALE),
        ("2026-10-01", "2026-09-30", Status.OK),
        ("2026-11-23", "2026-10-20", Status.OK),
        ("2027-08-14", "2026-09-01", Status.OK),
        ("2027-08-14", "2025-09-01", Status.STALE),
        ("2027-08-15", "2025-09-01", Status.OK),
    ],
    ids=[
        "window opens",
        "8 days left",
        "7 days left",
        "last day",
        "window closed, older edition",
        "45 days early",
        "46 days early",
        "on the last day",
        "late but there",
        "still good a year on",
        "still a gap a year on",
        "the next window opens",
    ],
)
def test_a_season_is_owed_in_its_window_and_judged_after_it(
    today: str, published: str, status: Status
) -> None:
    assert judged(season(), today, on(published)).status is status


def test_a_closed_season_without_any_edition_is_missing() -> None:
    found = judged(season(), "2026-10-01")

    assert found.status is Status.MISSING
    assert found.facts["period"] == "2026年秋季"
    assert found.since == date(2026, 7, 1)


def test_long_after_its_window_an_unread_list_is_not_yet_due_again() -> None:
    unread = Coverage(since=date(2027, 1, 1))
    far = season().judge(seen(coverage=unread), moment(date(2027, 4, 15)))
    near = season().judge(seen(coverage=unread), moment(date(2026, 11, 23)))

    assert far.because is Because.NOT_YET_DUE
    assert far.facts["due"] == date(2027, 9, 30)
    assert near.status is Status.MISSING  # and the judgement makes UNSURE of it


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("2026年秋季收费公示", Status.OK),
        ("2026-2027学年第一学期收费公示", Status.OK),
        ("2026年春季收费公示", Status.MISSING),
        ("2025年秋季收费公示", Status.MISSING),
        ("收费公示", Status.UNSURE),
    ],
)
def test_an_undated_edition_of_a_season_is_told_by_its_title(title: str, status: Status) -> None:
    assert judged(season(), "2026-11-23", undated(title)).status is status


def test_a_season_may_cross_the_end_of_the_year() -> None:
    winter = season("12-01", "02-28", label="冬季")

    assert judged(winter, "2026-12-15").because is Because.NOT_YET_DUE
    assert judged(winter, "2027-01-15", on("2025-12-10")).status is Status.OK
    assert judged(winter, "2027-03-01", on("2025-12-10")).status is Status.STALE
    assert winter.period(moment(date(2027, 3, 1))) == "2026年冬季"


# --- periodic --------------------------------------------------------------------------


def periodic(every: Every = Every.QUARTER, **changes: Any) -> Periodic:
    return Periodic(**{"grounds": LAW, "every": every} | changes)


@pytest.mark.parametrize(
    ("every", "first", "last", "name"),
    [
        (Every.DAY, "2026-11-20", "2026-11-22", "2026-11-20"),
        (Every.WEEK, "2026-11-16", "2026-11-22", "2026年第47周"),
        (Every.HALF_MONTH, "2026-11-01", "2026-11-15", "2026年11月上半月"),
        (Every.MONTH, "2026-10-01", "2026-10-31", "2026年10月"),
        (Every.QUARTER, "2026-07-01", "2026-09-30", "2026年第三季度"),
        (Every.HALF_YEAR, "2026-01-01", "2026-06-30", "2026年上半年"),
        (Every.TERM, "2026-02-01", "2026-07-31", "2026年春季学期"),
        (Every.SCHOOL_YEAR, "2025-09-01", "2026-08-31", "2025-2026学年"),
        (Every.YEAR, "2025-01-01", "2025-12-31", "2025年"),
    ],
)
def test_the_last_closed_period(every: Every, first: str, last: str, name: str) -> None:
    limit = periodic(every)
    before = date.fromisoformat(first) - timedelta(days=1)

    assert limit.period(moment()) == name
    assert limit.due(name, {}, moment()) == date.fromisoformat(last)
    assert limit.since(moment()) == date.fromisoformat(first)
    assert judged(limit, "2026-11-23", on(first)).status is not Status.STALE
    assert judged(limit, "2026-11-23", on(last)).status is not Status.STALE
    assert judged(limit, "2026-11-23", on(str(before))).status is Status.STALE


@pytest.mark.parametrize(
    ("documents", "status"),
    [
        (["2026-09-30"], Status.OK),
        (["2026-10-08"], Status.OK),
        (["2026-06-30"], Status.STALE),
        ([], Status.MISSING),
        ([None], Status.UNSURE),
        (["2026-06-30", None], Status.UNSURE),
        (["2030-01-01"], Status.UNSURE),
    ],
    ids=[
        "in the period",
        "caught up since",
        "older only",
        "none ever",
        "undated only",
        "an undated one may be it",
        "future only",
    ],
)
def test_a_quarter_needs_its_entry(documents: list[str | None], status: Status) -> None:
    entries = [document("通报", day) for day in documents]

    assert judged(periodic(), "2026-11-23", *entries).status is status


def test_too_few_are_counted() -> None:
    gap = judged(periodic(min_count=3), "2026-11-23", on("2026-07-05"), on("2026-09-05"))

    assert gap.status is Status.STALE
    assert gap.because.tell(**gap.facts) == "2026年第三季度内有2条，少于3条"


@pytest.mark.parametrize(
    ("today", "documents", "status"),
    [
        ("2026-12-23", ["2026-08-01"], Status.OK),
        ("2026-12-24", ["2026-08-01"], Status.DUE_SOON),
        ("2026-12-31", ["2026-08-01"], Status.DUE_SOON),
        ("2026-12-31", ["2026-08-01", "2026-10-09"], Status.OK),
        ("2026-12-31", ["2026-05-01"], Status.STALE),
        ("2027-01-01", ["2026-08-01"], Status.STALE),
    ],
    ids=["8 days left", "7 days left", "last day", "already there", "closed one bad", "closed"],
)
def test_the_running_period_only_warns(today: str, documents: list[str], status: Status) -> None:
    assert judged(periodic(), today, *map(on, documents)).status is status


def test_a_running_week_does_not_warn_from_its_first_day() -> None:
    assert judged(periodic(Every.WEEK), "2026-11-23", on("2026-11-18")).status is Status.OK


def test_a_period_that_began_before_the_rule_opens_no_gap() -> None:
    young = periodic(effective_from=date(2026, 8, 1))

    assert judged(young, "2026-11-23").because is Because.NOT_YET_DUE
    assert judged(young, "2027-01-05").status is Status.MISSING


def test_a_week_without_a_working_day_owes_nothing() -> None:
    """02-16 to 02-22 of 2026 were off from Monday to Sunday, after a Saturday that was worked."""
    limit = periodic(Every.WEEK)

    assert limit.period(moment(date(2026, 2, 24))) == "2026年第7周"
    assert judged(limit, "2026-02-24", on("2026-02-14")).status is Status.OK
    assert judged(limit, "2026-02-24", on("2026-02-06")).status is Status.STALE


@pytest.mark.parametrize(
    ("today", "period"),
    [
        ("2026-07-20", "2026年6月"),
        ("2026-08-20", "2026年6月"),
        ("2026-09-30", "2026年6月"),
        ("2026-10-01", "2026年9月"),
        ("2026-03-20", "2026年1月"),
        ("2026-04-01", "2026年3月"),
    ],
    ids=["in the vacation", "still in it", "September runs", "September", "February", "March"],
)
def test_a_month_a_school_was_away_for_owes_nothing(today: str, period: str) -> None:
    limit = periodic(Every.MONTH, suspend=Suspend.VACATION)
    entry = on("2026-06-10") if period == "2026年6月" else on(today)

    assert limit.period(moment(date.fromisoformat(today))) == period
    assert judged(limit, today, entry).status is not Status.STALE
    assert limit.since(moment(date.fromisoformat(today))).day == 1


def test_a_vacation_that_runs_is_no_reason_to_warn() -> None:
    limit = periodic(Every.MONTH, suspend=Suspend.VACATION)

    assert judged(limit, "2026-07-28", on("2026-06-10")).status is Status.OK
    assert judged(periodic(Every.MONTH), "2026-07-28", on("2026-06-10")).status is Status.DUE_SOON


def test_a_week_of_exams_owes_nothing() -> None:
    exams = WorkCalendar(exams=((date(2026, 6, 7), date(2026, 6, 10)),))
    limit = periodic(Every.WEEK, suspend=Suspend.VACATION)
    on_monday = moment(date(2026, 6, 15), calendar=exams)

    assert limit.period(on_monday) == "2026年第23周"
    assert periodic(Every.WEEK).period(on_monday) == "2026年第24周"


def test_the_periods_that_owe_nothing_are_told() -> None:
    limit = periodic(Every.MONTH, suspend=Suspend.VACATION)

    assert arithmetic(limit, {}, moment(date(2026, 9, 10))) == (
        "2026年8月多为假期，不计",
        "2026年7月多为假期，不计",
        "最近结束的一期为2026年6月（2026-06-01 至 2026-06-30），应不少于 1 条",
        "今天 2026-09-10",
    )


# --- column_max_age --------------------------------------------------------------------


def max_age(text: str = "6m", **changes: Any) -> ColumnMaxAge:
    return ColumnMaxAge(**{"grounds": LAW, "max_age": age(text)} | changes)


@pytest.mark.parametrize(
    ("text", "newest", "status"),
    [
        ("2w", "2026-11-23", Status.OK),
        ("2w", "2026-11-17", Status.OK),
        ("2w", "2026-11-16", Status.DUE_SOON),
        ("2w", "2026-11-09", Status.DUE_SOON),
        ("2w", "2026-11-08", Status.STALE),
        ("6m", "2026-06-01", Status.OK),
        ("6m", "2026-05-23", Status.DUE_SOON),
        ("6m", "2026-05-22", Status.STALE),
        ("1y", "2025-11-23", Status.DUE_SOON),
        ("1y", "2025-11-22", Status.STALE),
        ("10d", "2026-11-12", Status.STALE),
        ("6m", "2026-11-24", Status.OK),
        ("6m", "2026-11-25", Status.UNSURE),
        ("6m", None, Status.UNSURE),
    ],
)
def test_the_newest_entry_has_an_age(text: str, newest: str | None, status: Status) -> None:
    assert judged(max_age(text), "2026-11-23", document("动态", newest)).status is status


def test_undated_entries_do_not_make_a_column_fresh() -> None:
    found = judged(max_age(), "2026-11-23", undated(), on("2025-01-01"))

    assert found.status is Status.STALE
    assert judged(max_age(), "2026-11-23", undated(), undated()).facts["count"] == 2


def test_a_column_without_any_entry_of_the_kind_is_stale() -> None:
    assert judged(max_age(), "2026-11-23").because is Because.NONE_IN_WINDOW


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-07-03", Status.OK),
        ("2026-08-31", Status.DUE_SOON),
        ("2026-09-04", Status.DUE_SOON),
        ("2026-09-05", Status.STALE),
    ],
    ids=["school ends", "vacation ends", "last day", "the day after"],
)
def test_a_vacation_stops_the_clock(today: str, status: Status) -> None:
    """Of 14 days 10 had run when the vacation began on 07-04."""
    limit = max_age("2w", suspend=Suspend.VACATION)

    assert judged(limit, today, on("2026-06-23")).status is status


def test_exam_days_stop_the_clock_too() -> None:
    exams = WorkCalendar(exams=((date(2026, 6, 7), date(2026, 6, 9)),))
    entry = seen(on("2026-06-01"))
    limit = max_age("2w", suspend=Suspend.VACATION)

    assert limit.judge(entry, moment(date(2026, 6, 18), calendar=exams)).status is Status.DUE_SOON
    assert limit.judge(entry, moment(date(2026, 6, 19), calendar=exams)).status is Status.STALE


def test_the_days_that_did_not_count_are_told_by_their_names() -> None:
    winter, exam = (date(2026, 6, 20), date(2026, 6, 25)), (date(2026, 6, 7), date(2026, 6, 9))
    named = WorkCalendar(vacations=(winter,), exams=(exam,), labels={exam: "2026年高考"})
    limit = max_age("1m", suspend=Suspend.VACATION)

    lines = arithmetic(limit, {}, moment(date(2026, 6, 30), calendar=named))

    assert lines[1] == "其间2026年高考 3 天、寒暑假 6 天不计"


def test_the_age_limit_agrees_with_how_far_back_it_reads() -> None:
    for text, suspend in itertools.product(("2w", "1m", "6m"), (None, Suspend.VACATION)):
        limit = max_age(text, suspend=suspend)
        for shift in range(0, 400, 3):
            now = moment(date(2026, 1, 31) + timedelta(days=shift))
            since = limit.since(now)
            young = limit.judge(seen(document("动态", since)), now)
            old = limit.judge(seen(document("动态", since - timedelta(days=1))), now)
            assert young.status is not Status.STALE
            assert old.status is Status.STALE


# --- standing, and what nobody outside can know ----------------------------------


@pytest.mark.parametrize(
    ("review", "published", "status"),
    [
        (None, "2015-01-01", Status.OK),
        (None, None, Status.OK),
        ("1y", "2026-06-01", Status.OK),
        ("1y", "2025-11-25", Status.DUE_SOON),
        ("1y", "2025-11-22", Status.STALE),
        ("1y", None, Status.UNSURE),
    ],
)
def test_what_must_always_be_there(review: str | None, published: str, status: Status) -> None:
    limit = Standing(grounds=LAW, review_every=review and age(review))

    assert judged(limit, "2026-11-23", document("学校章程", published)).status is status


def test_a_standing_item_is_missing_only_from_a_list_read_to_its_end() -> None:
    gap = judged(Standing(grounds=LAW), "2026-11-23")

    assert gap.status is Status.MISSING
    assert gap.since == date.min


SILENT: list[Clock] = [
    OnOccurrence(grounds=LAW),
    Unspecified(grounds=LAW, wording="及时公布"),
    PairedAfter(grounds=LAW, of="B-08", days=3, day_kind=DayKind.WORKING),
    NoticePeriod(grounds=LAW, days=5),
    BeforeEvent(grounds=LAW, event="终止办学", lead=age("6m")),
    TakedownAfter(grounds=LAW, event="公示期满"),
]


@pytest.mark.parametrize("limit", SILENT, ids=lambda limit: limit.kind)
def test_what_nobody_can_know_gives_way_and_is_never_a_gap(limit: Clock) -> None:
    verdict = judged(limit, "2026-11-23")

    assert verdict.status is Status.UNSURE
    assert verdict.weak
    assert "不详" not in verdict.because.tell(**verdict.facts)
    assert not limit.asks(moment())


@pytest.mark.parametrize("limit", SILENT[:2], ids=lambda limit: limit.kind)
def test_what_is_there_is_there(limit: Clock) -> None:
    assert judged(limit, "2026-11-23", on("2019-03-01")).status is Status.OK


# --- all kinds -------------------------------------------------------------------------

LIMITS: list[Clock] = [
    after(),
    after(presence=Presence.MUST),
    after(outer=md("03-31")),
    yearly(),
    window("12-01", "02-28", None),
    season(),
    periodic(),
    periodic(Every.TERM),
    max_age(),
    max_age("2w", suspend=Suspend.VACATION),
    Standing(grounds=LAW),
    Standing(grounds=LAW, review_every=age("1y")),
    *SILENT,
]
DAYS = [date(2026, 1, 1) + timedelta(days=shift) for shift in range(0, 800, 29)]


def test_the_table_lists_every_kind_of_the_rules() -> None:
    assert set(KINDS) == {limit.kind for limit in LIMITS}


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.kind)
def test_no_day_is_without_an_answer(limit: Clock) -> None:
    entries = [on("2025-03-03"), undated(), on("2026-09-01", "2025年度报告")]
    for day in DAYS:
        now = moment(day)
        for count in range(4):
            verdict = limit.judge(seen(*entries[:count], budget="2025-12-20"), now)
            assert verdict.status in GAPS | {Status.OK, Status.DUE_SOON, Status.UNSURE}
        assert limit.since(now) <= day
        assert limit.asks(now) is (limit.judge(seen(), now).status in GAPS)
        assert arithmetic(limit, {}, now)[-1] == f"今天 {day}"


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.kind)
def test_a_gap_opens_no_earlier_than_the_day_after_the_due_day(limit: Clock) -> None:
    events = {"budget": (date(2025, 12, 20),)}
    for day in DAYS:
        now = moment(day)
        verdict = limit.judge(Seen(events=events, coverage=WHOLE), now)
        due = limit.due(limit.period(now), events, now)
        if verdict.status in GAPS and due is not None:
            assert day > due


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.kind)
def test_more_documents_never_make_it_worse(limit: Clock) -> None:
    fresh = document("2026年秋季收费公示", TODAY)
    for day in ("2026-11-23", "2026-11-24"):
        before = judged(limit, day, on("2024-05-05"))
        later = judged(limit, day, on("2024-05-05"), fresh)
        assert later.status.severity >= before.status.severity


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.kind)
def test_a_rule_of_tomorrow_owes_nothing_today(limit: Clock) -> None:
    young = replace(limit, effective_from=TODAY + timedelta(days=1))

    assert judged(young, "2026-11-23", budget="2026-03-02").status not in GAPS


ARITHMETIC: list[tuple[Clock, dict[str, tuple[date, ...]], tuple[str, ...]]] = [
    (
        after(),
        {"budget": (date(2026, 3, 2),)},
        (
            "“budget”发生于 2026-03-02",
            "自次日起第 20 个工作日，跳过周末 8 天 → 2026-03-30",
            "今天 2026-11-23",
        ),
    ),
    (
        yearly(grace=3),
        {},
        (
            "本期为2025年度，2025-11-17起公开的算本期，最迟 2026-01-31",
            "宽限 3 天，至 2026-02-03",
            "今天 2026-11-23",
        ),
    ),
    (
        after(days=5),
        {"budget": (date(2026, 2, 12),)},
        (
            "“budget”发生于 2026-02-12",
            "自次日起第 5 个工作日，跳过放假 9 天 → 2026-02-26",
            "调休上班的 2026-02-14 计入工作日",
            "今天 2026-11-23",
        ),
    ),
    (
        after(days=1),
        {"budget": (date(2026, 11, 2),)},
        (
            "“budget”发生于 2026-11-02",
            "自次日起第 1 个工作日 → 2026-11-03",
            "今天 2026-11-23",
        ),
    ),
    (
        max_age("2w", suspend=Suspend.VACATION),
        {},
        ("最新一条不得超过 2周，即不早于 2026-11-09", "今天 2026-11-23"),
    ),
]


@pytest.mark.parametrize(("limit", "events", "lines"), ARITHMETIC)
def test_the_arithmetic_is_told_line_by_line(
    limit: Clock, events: dict[str, tuple[date, ...]], lines: tuple[str, ...]
) -> None:
    assert arithmetic(limit, events, moment()) == lines


def test_the_arithmetic_of_what_is_formed_starts_at_its_day_of_writing() -> None:
    paper = on("2026-04-07", "收费标准", written_on=date(2026, 3, 2))

    lines = arithmetic(after(event="形成或变更"), {}, moment(), (paper,))

    assert lines[:2] == (
        "“收费标准”成文于 2026-03-02",
        "自次日起第 20 个工作日，跳过周末 8 天 → 2026-03-30",
    )


# --- from the fields of rules.yaml -----------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "limit"),
    [
        ("yearly_by", {"month": 1, "day": 31}, yearly(subject_period=None)),
        ("season", {"from": "08-15", "to": "09-30", "label": "秋季"}, season()),
        ("column_max_age", {"max_age": "2w", "suspend": "vacation"}, LIMITS[9]),
        ("periodic", {"every": "term", "min_count": 1}, periodic(Every.TERM)),
        (
            "after_event",
            {
                "event": "budget",
                "days": 20,
                "day_kind": "working",
                "presence": "may",
                "outer": "03-31",
            },
            after(outer=md("03-31")),
        ),
        (
            "before_event",
            {"event": {"of": "B-20", "day": "written"}, "lead": "6m"},
            BeforeEvent(
                grounds=LAW, event=PublicationOf(of="B-20", day=DayOf.WRITTEN), lead=age("6m")
            ),
        ),
        (
            "takedown_after",
            {"event": {"of": "B-20"}, "days": 3},
            TakedownAfter(grounds=LAW, event=PublicationOf(of="B-20"), days=3),
        ),
        (
            "standing",
            {"review_every": None, "effective_from": "2025-06-01"},
            Standing(grounds=LAW, effective_from=date(2025, 6, 1)),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_clock_is_made_of_its_fields(kind: str, fields: dict[str, object], limit: Clock) -> None:
    assert from_fields(kind, {"grounds": "law", **fields}) == limit


@pytest.mark.parametrize(
    ("kind", "fields", "problem"),
    [
        ("yearly_bye", {}, ("kind", "没有类型“yearly_bye”，是否为“yearly_by”")),
        ("season", {"frm": "08-15"}, ("frm", "没有这个字段，是否为“from”")),
        ("season", {"to": "09-30"}, ("from", "没有填写")),
        ("season", {"from": "8月"}, ("from", "应为月日，如 01-31，实际为8月")),
        ("yearly_by", {"month": 4, "day": 31}, ("day", "没有04-31这一天")),
        ("yearly_by", {"month": True, "day": 1}, ("month", "应为不小于0的整数，实际为True")),
        ("periodic", {"every": "weekly"}, ("every", "没有“weekly”这个选项，可选：day、week、")),
        ("periodic", {"every": "week", "min_count": 0}, ("min_count", "不能为0")),
        ("column_max_age", {"max_age": "0w"}, ("max_age", "应为时长，如 2w、6m、1y，实际为0w")),
        ("standing", {"grounds": "habit"}, ("grounds", "没有“habit”这个选项，可选：law、")),
        ("season", {"from": "02-30"}, ("from", "没有02-30这一天；指月末的写当月最后一天，二月写")),
        ("notice_period", {"days": 0}, ("days", "不能为0")),
        ("before_event", {"event": {"off": "B-20"}}, ("event", "应为事件名称，或 {of: 事项编号")),
        ("before_event", {"event": {"of": ""}}, ("event", "应为事件名称")),
        ("before_event", {"event": {"of": "B-20", "day": "seen"}}, ("event", "应为事件名称")),
        ("before_event", {"event": ["B-20"]}, ("event", "应为事件名称")),
        ("standing", {"effective_from": "2026-02-30"}, ("effective_from", "应为日期，")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_wrong_field_is_named(
    kind: str, fields: dict[str, object], problem: tuple[str, str]
) -> None:
    with pytest.raises(BadFields) as caught:
        from_fields(kind, {"grounds": "law", **fields})

    told = dict(caught.value.problems)
    assert told[problem[0]].startswith(problem[1])


def test_all_wrong_fields_are_named_at_once() -> None:
    with pytest.raises(BadFields) as caught:
        from_fields("after_event", {"evnt": "x", "days": -1})

    assert {field for field, _ in caught.value.problems} == {
        "evnt",
        "grounds",
        "event",
        "days",
        "day_kind",
    }
