from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from builders import (
    TODAY,
    age,
    column,
    document,
    md,
    moment,
    obligation,
    observation,
    requirement,
    standing,
    unit,
    waiver,
)

from monitor.assess import assess
from monitor.completeness import AttachmentOpens, FieldsPresent
from monitor.doubts import is_misread
from monitor.matching import STATEMENT_WORDS
from monitor.model import (
    DOUBTFUL,
    GAPS,
    JUDGED,
    UNKNOWN,
    UNOPENED,
    Assessment,
    Attachment,
    Coverage,
    DayKind,
    Document,
    Evidence,
    FileState,
    Grounds,
    Match,
    Observation,
    Outcome,
    Reading,
    Requirement,
    StatementRule,
    Status,
    TimeLimit,
    Trait,
    Where,
)
from monitor.periods import Every
from monitor.timelimits import (
    AfterEvent,
    BeforeEvent,
    ColumnMaxAge,
    NoticePeriod,
    OnOccurrence,
    PairedAfter,
    Periodic,
    Presence,
    Season,
    Standing,
    SubjectPeriod,
    TakedownAfter,
    Unspecified,
    YearlyBy,
    YearlyWindow,
)
from monitor.wording import Because

LAW, DEFAULT = Grounds.LAW, Grounds.DEFAULT
FRESH = document("2026年秋季收费公示", "2026-11-20")
OLD = document("2024年秋季收费公示", "2024-09-01")
OTHER = document("校运动会新闻", "2026-11-20")
YEARLY = YearlyBy(grounds=LAW, month=1, day=31, subject_period=SubjectPeriod.PREVIOUS_CALENDAR_YEAR)
AUTUMN = Season(grounds=LAW, opens=md("08-15"), closes=md("09-30"), label="秋季")
WINTER = Season(grounds=LAW, opens=md("11-01"), closes=md("12-31"), label="冬季")
HALF_YEAR_OLD = ColumnMaxAge(grounds=LAW, max_age=age("6m"))
QUARTER = Periodic(grounds=LAW, every=Every.QUARTER)
SILENT = OnOccurrence(grounds=LAW)
NOTICE = NoticePeriod(grounds=LAW, days=5)
BUDGET = AfterEvent(grounds=LAW, event="budget", days=20, day_kind=DayKind.WORKING)
FIELDS = FieldsPresent(fields=("标准", "举报电话"))


def judged(*looks: Observation, on: date = TODAY, **changes: Any) -> Assessment:
    """Judge a requirement with the given fields; those of the obligation by their own names."""
    owed = {
        name: changes.pop(name)
        for name in ("unit", "events", "waiver", "unknown_trait", "period")
        if name in changes
    }
    misread = changes.pop("misread", False)
    owing = obligation(requirement=requirement(**changes), **owed)
    return assess(owing, looks, moment(on), misread=misread)


def by(*limits: TimeLimit) -> dict[str, Any]:
    return {"limits": limits}


def file(state: FileState) -> Attachment:
    return Attachment(name="标准.xls", url="http://school.example/a.xls", state=state)


# --- every status, told by one plain case ----------------------------------------------

EVERY_STATUS: dict[Status, Assessment] = {
    Status.MISSING: judged(observation(OTHER)),
    Status.NOCOL: judged(observation(outcome=Outcome.NO_COLUMN)),
    Status.EMPTY: judged(observation(outcome=Outcome.SAYS_EMPTY, phrase="暂无数据")),
    Status.BROKEN: judged(observation(outcome=Outcome.GONE, still_linked=True, http_status=404)),
    Status.STALE: judged(observation(OLD), **by(HALF_YEAR_OLD)),
    Status.PARTIAL: judged(observation(FRESH), complete=(FIELDS,)),
    Status.DUE_SOON: judged(observation(OTHER), **by(AUTUMN), on=date(2026, 9, 25)),
    Status.UNSURE: judged(observation(OTHER), **by(SILENT)),
    Status.UNREACH: judged(observation(outcome=Outcome.TIMED_OUT)),
    Status.STMT: judged(
        observation(document("青石县实验小学关于未发生收费的情况说明", "2026-11-01"))
    ),
    Status.OK: judged(observation(FRESH)),
    Status.NA: judged(observation(OTHER), waiver=waiver()),
    Status.EXEMPT: judged(observation(OTHER), waiver=waiver(ground="C6")),
    Status.NEW: judged(),
}


@pytest.mark.parametrize("status", Status)
def test_every_status_occurs_and_has_a_whole_sentence(status: Status) -> None:
    found = EVERY_STATUS[status]

    assert found.status is status
    assert "不详" not in found.sentence
    assert "{" not in found.sentence
    assert found.assessed_on == TODAY or status is Status.DUE_SOON


SENTENCES: list[tuple[Assessment, str]] = [
    (EVERY_STATUS[Status.MISSING], "“收费信息”栏目已读到最后一页，其中没有符合“收费”的信息"),
    (EVERY_STATUS[Status.NOCOL], "网站首页及菜单中未找到“收费信息”栏目"),
    (EVERY_STATUS[Status.EMPTY], "“收费信息”栏目显示“暂无数据”，没有内容"),
    (EVERY_STATUS[Status.BROKEN], "“收费信息”栏目在首页有链接，但打不开（404）"),
    (EVERY_STATUS[Status.STALE], "最新一条为2024-09-01，早于2026-05-23"),
    (EVERY_STATUS[Status.PARTIAL], "“2026年秋季收费公示”未见要素：标准、举报电话"),
    (EVERY_STATUS[Status.DUE_SOON], "最迟2026-09-30，还剩5天"),
    (EVERY_STATUS[Status.UNREACH], "未能打开页面（对方网站没有回应），不计入问题"),
    (EVERY_STATUS[Status.OK], "已公开：2026年秋季收费公示（2026-11-20）"),
    (EVERY_STATUS[Status.NA], "不涉及：本校不收费"),
    (
        judged(observation(OLD), **by(YEARLY)),
        "未见2025年度的教育收费公示，应于2026-01-31前公开",
    ),
    (
        judged(observation(OTHER), **by(BUDGET), events={"budget": (date(2026, 3, 2),)}),
        "“budget”发生于2026-03-02，应于2026-03-30前公开，未见相应信息",
    ),
    (
        judged(observation(OTHER, coverage=Coverage(since=date(2026, 11, 1)))),
        "只读到2026-11-01，未读满应查范围（应自第一条起）",
    ),
]


@pytest.mark.parametrize(("found", "sentence"), SENTENCES, ids=lambda one: "")
def test_the_sentence_says_what_was_seen(found: Assessment, sentence: str) -> None:
    assert found.sentence == sentence


# --- all outcomes × all clocks: could not look is never a gap --------------------------

LIMITS: dict[str, TimeLimit] = {
    "after_event": BUDGET,
    "after_event must": replace(BUDGET, presence=Presence.MUST),
    "after_event outer": replace(BUDGET, outer=md("03-31")),
    "yearly_by": YEARLY,
    "yearly_window": YearlyWindow(grounds=LAW, opens=md("01-01"), closes=md("03-31")),
    "season closed": AUTUMN,
    "season open": WINTER,
    "periodic": QUARTER,
    "column_max_age": HALF_YEAR_OLD,
    "standing": standing(),
    "standing reviewed": Standing(grounds=LAW, review_every=age("1y")),
    "on_occurrence": SILENT,
    "unspecified": Unspecified(grounds=LAW),
    "paired_after": PairedAfter(grounds=LAW, of="B-08", days=3, day_kind=DayKind.WORKING),
    "notice_period": NOTICE,
    "before_event": BeforeEvent(grounds=LAW, event="终止"),
    "takedown_after": TakedownAfter(grounds=LAW, event="公示期满"),
}
ASKING = (
    "after_event must",
    "after_event outer",
    "yearly_by",
    "yearly_window",
    "season closed",
    "periodic",
    "column_max_age",
    "standing",
    "standing reviewed",
)
all_limits = pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
NOT_JUDGED = sorted(set(Outcome) - JUDGED, key=lambda outcome: outcome.name)


@all_limits
@pytest.mark.parametrize("outcome", NOT_JUDGED, ids=lambda outcome: outcome.name)
def test_a_page_we_could_not_judge_is_never_a_gap(outcome: Outcome, limit: TimeLimit) -> None:
    """Whatever else the look may carry."""
    for documents in ((), (OLD,), (FRESH,)):
        look = observation(*documents, outcome=outcome, still_linked=True, phrase="暂无数据")
        found = judged(look, **by(limit), accept_defaults=True, statement=StatementRule.REQUIRED)

        assert found.status is (Status.UNREACH if outcome in UNOPENED else Status.UNSURE)
        assert found.facts["outcome"] == outcome.value
        assert "不详" not in found.sentence


@pytest.mark.parametrize("outcome", NOT_JUDGED, ids=lambda outcome: outcome.name)
@pytest.mark.parametrize(
    "conclusive",
    [
        observation(OTHER),
        observation(OLD),
        observation(outcome=Outcome.SAYS_EMPTY),
        observation(outcome=Outcome.NO_COLUMN),
        observation(outcome=Outcome.GONE),
        observation(outcome=Outcome.GONE, still_linked=True),
    ],
    ids=["no answer", "old answer", "empty", "no column", "gone", "broken link"],
)
def test_one_column_we_could_not_judge_holds_every_gap_back(
    conclusive: Observation, outcome: Outcome
) -> None:
    other = observation(column="news", outcome=outcome)
    for looks in itertools.permutations((conclusive, other)):
        found = judged(*looks, **by(HALF_YEAR_OLD), columns=("fees", "news"))
        assert found.status in UNKNOWN


@all_limits
@pytest.mark.parametrize("outcome", sorted(JUDGED, key=lambda outcome: outcome.name))
def test_without_the_units_name_on_the_page_nothing_is_a_gap(
    outcome: Outcome, limit: TimeLimit
) -> None:
    for documents in ((OTHER,), (OLD,), ()):
        look = observation(*documents, outcome=outcome, identity_seen=False, still_linked=True)
        found = judged(look, **by(limit), accept_defaults=True)

        assert found.status is Status.UNSURE
        assert found.because is Because.IDENTITY_NOT_SEEN


def test_a_document_on_a_page_without_the_units_name_does_not_count_either() -> None:
    assert judged(observation(FRESH, identity_seen=False)).status is Status.UNSURE


@all_limits
@pytest.mark.parametrize(
    "coverage",
    [Coverage(), Coverage(since=TODAY), Coverage(pages=60, stopped_by="页数已到上限")],
    ids=["nothing told", "since today", "stopped"],
)
def test_without_coverage_nothing_is_a_gap(coverage: Coverage, limit: TimeLimit) -> None:
    for documents in ((OTHER,), (OLD,), (OLD, OTHER)):
        look = observation(*documents, coverage=coverage)
        found = judged(look, **by(limit), accept_defaults=True)

        assert found.status not in GAPS
        assert "None" not in found.sentence


@all_limits
def test_an_opened_page_without_entries_is_not_an_empty_column(limit: TimeLimit) -> None:
    found = judged(observation(), **by(limit))

    assert found.because is Because.ENTRIES_NOT_RECOGNISED
    assert found.status is Status.UNSURE


@all_limits
def test_undated_entries_are_never_late(limit: TimeLimit) -> None:
    found = judged(observation(document("收费公示", None)), **by(limit), accept_defaults=True)

    assert found.status not in GAPS


@all_limits
def test_entries_dated_in_the_future_make_nothing_fresh(limit: TimeLimit) -> None:
    ahead = document("收费公示", "2027-06-01")
    alone = judged(observation(ahead), **by(limit), accept_defaults=True)
    undated = judged(observation(document("收费公示", None)), **by(limit), accept_defaults=True)

    assert alone.status is undated.status


@all_limits
def test_a_near_word_in_the_window_is_never_missing(limit: TimeLimit) -> None:
    near = document("关于缴费的通知", "2026-11-20")
    found = judged(observation(near), **by(limit), accept_defaults=True)

    assert found.status not in GAPS


@all_limits
def test_an_unaccepted_default_opens_no_gap(limit: TimeLimit) -> None:
    habit = replace(limit, grounds=DEFAULT)  # type: ignore[type-var]
    for look in (observation(OTHER), observation(OLD), observation(outcome=Outcome.SAYS_EMPTY)):
        assert judged(look, **by(habit)).status not in GAPS
        accepted = judged(look, **by(habit), accept_defaults=True)
        assert ("按本局口径" in accepted.flags) is (accepted.status in GAPS)


# --- opened ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "documents", "status"),
    [
        (standing(), (FRESH,), Status.OK),
        (standing(), (OLD,), Status.OK),
        (standing(), (OTHER,), Status.MISSING),
        (YEARLY, (document("2025年收费公示", "2026-01-20"),), Status.OK),
        (YEARLY, (document("2024年收费公示", "2025-01-20"),), Status.MISSING),
        (AUTUMN, (FRESH,), Status.OK),
        (AUTUMN, (OLD,), Status.STALE),
        (AUTUMN, (OTHER,), Status.MISSING),
        (WINTER, (OTHER,), Status.OK),
        (QUARTER, (FRESH,), Status.OK),
        (QUARTER, (OLD,), Status.STALE),
        (QUARTER, (OTHER,), Status.MISSING),
        (HALF_YEAR_OLD, (FRESH,), Status.OK),
        (HALF_YEAR_OLD, (OLD, OTHER), Status.STALE),
        (SILENT, (FRESH,), Status.OK),
        (SILENT, (OTHER,), Status.UNSURE),
        (BUDGET, (FRESH,), Status.OK),
        (BUDGET, (OTHER,), Status.UNSURE),
        (NOTICE, (FRESH,), Status.OK),
        (NOTICE, (OTHER,), Status.UNSURE),
    ],
)
def test_an_opened_column_is_judged_by_the_clock(
    limit: TimeLimit, documents: tuple[Document, ...], status: Status
) -> None:
    found = judged(observation(*documents), **by(limit))

    assert found.status is status
    assert found.nearest is not OTHER


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (date(2026, 7, 1), Status.STALE),
        (date(2026, 7, 2), Status.UNSURE),
        (date(2020, 1, 1), Status.STALE),
        (None, Status.UNSURE),
    ],
    ids=["just far enough", "a day short", "far", "unknown"],
)
def test_a_gap_needs_the_window_read_whole(since: date | None, status: Status) -> None:
    found = judged(observation(OLD, coverage=Coverage(since=since)), **by(AUTUMN))

    assert found.status is status


def test_an_event_long_ago_needs_the_list_read_back_to_it() -> None:
    events = {"budget": (date(2026, 3, 2),)}
    read = {
        since: judged(
            observation(OTHER, coverage=Coverage(since=since)), **by(BUDGET), events=events
        ).status
        for since in (date(2026, 3, 2), date(2026, 3, 3))
    }

    assert list(read.values()) == [Status.MISSING, Status.UNSURE]


def test_finding_it_needs_no_coverage() -> None:
    assert judged(observation(FRESH, coverage=Coverage())).status is Status.OK


def test_lateness_is_a_fact_of_ok_and_not_a_status() -> None:
    late = document("收费公示", "2026-04-07")
    found = judged(observation(late), **by(BUDGET), events={"budget": (date(2026, 3, 2),)})

    assert (found.status, found.late_by) == (Status.OK, 5)
    assert found.sentence.endswith("比应公开日2026-03-30晚5个工作日")


@pytest.mark.parametrize(
    ("near", "status"),
    [
        (document("关于缴费的通知", "2026-09-01"), Status.UNSURE),
        (document("关于缴费的通知", None), Status.UNSURE),
        (document("关于缴费的通知", "2025-09-01"), Status.STALE),
        (document("2023年收费与缴费", "2023-09-01"), Status.STALE),
    ],
    ids=["in the window", "undated", "before the window", "an older answer"],
)
def test_a_near_word_counts_in_the_window_only(near: Document, status: Status) -> None:
    found = judged(observation(OLD, near), **by(AUTUMN))

    assert found.status is status


def test_the_nearest_miss_is_shown_with_a_gap() -> None:
    excluded = document("收费政策解读", "2026-09-01")

    assert judged(observation(OLD), **by(AUTUMN)).nearest is OLD
    assert judged(observation(OTHER, excluded), **by(AUTUMN)).nearest is excluded


# --- several columns -------------------------------------------------------------------

TWO = {"columns": ("fees", "news")}
EMPTY = observation(column="news", outcome=Outcome.SAYS_EMPTY, phrase="暂无数据")
NO_COLUMN = observation(column="news", outcome=Outcome.NO_COLUMN)
GONE = observation(column="news", outcome=Outcome.GONE)
LINKED = observation(column="news", outcome=Outcome.GONE, still_linked=True, http_status=404)
TIMED_OUT = observation(column="news", outcome=Outcome.TIMED_OUT)
SHELL = observation(column="news", outcome=Outcome.SHELL)
STRANGER = observation(FRESH, column="news", identity_seen=False)
GOOD_NEWS = observation(FRESH, column="news")
BAD_NEWS = observation(OTHER, column="news")
ABSENT = observation(outcome=Outcome.NO_COLUMN)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (observation(OTHER), GOOD_NEWS, Status.OK),
        (observation(OTHER), BAD_NEWS, Status.MISSING),
        (observation(FRESH), TIMED_OUT, Status.OK),
        (observation(FRESH), SHELL, Status.OK),
        (observation(FRESH), STRANGER, Status.OK),
        (observation(OTHER), TIMED_OUT, Status.UNREACH),
        (observation(OTHER), SHELL, Status.UNSURE),
        (observation(OTHER), STRANGER, Status.UNSURE),
        (observation(OTHER), NO_COLUMN, Status.MISSING),
        (observation(OTHER), EMPTY, Status.MISSING),
        (observation(OTHER), LINKED, Status.MISSING),
        (ABSENT, NO_COLUMN, Status.NOCOL),
        (ABSENT, GONE, Status.NOCOL),
        (ABSENT, EMPTY, Status.EMPTY),
        (ABSENT, LINKED, Status.BROKEN),
        (ABSENT, TIMED_OUT, Status.UNREACH),
        (ABSENT, SHELL, Status.UNSURE),
        (ABSENT, GOOD_NEWS, Status.OK),
        (ABSENT, BAD_NEWS, Status.MISSING),
        (observation(outcome=Outcome.UNREAD), TIMED_OUT, Status.UNSURE),
    ],
)
def test_any_column_will_do_and_a_gap_needs_them_all(
    first: Observation, second: Observation, status: Status
) -> None:
    for looks in ((first, second), (second, first)):
        assert judged(*looks, **TWO).status is status


def test_a_column_without_any_look_holds_a_gap_back() -> None:
    assert judged(observation(OTHER), **TWO).status is Status.UNREACH
    assert judged(observation(FRESH), **TWO).status is Status.OK


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (Coverage(to_end=True), Coverage(to_end=True), Status.MISSING),
        (Coverage(to_end=True), Coverage(since=date(2026, 6, 1)), Status.MISSING),
        (Coverage(since=date(2026, 5, 1)), Coverage(since=date(2026, 6, 1)), Status.MISSING),
        (Coverage(to_end=True), Coverage(since=date(2026, 8, 1)), Status.UNSURE),
        (Coverage(since=date(2026, 6, 1)), Coverage(since=date(2026, 8, 1)), Status.UNSURE),
        (Coverage(to_end=True), Coverage(), Status.UNSURE),
        (Coverage(since=date(2026, 6, 1)), Coverage(), Status.UNSURE),
    ],
)
def test_every_column_must_be_read_far_enough(
    first: Coverage, second: Coverage, status: Status
) -> None:
    looks = (
        observation(OTHER, coverage=first),
        observation(OTHER, column="news", coverage=second),
    )

    assert judged(*looks, **by(AUTUMN), **TWO).status is status


# --- not there, or empty ---------------------------------------------------------------


@pytest.mark.parametrize(("name", "limit"), LIMITS.items(), ids=LIMITS)
def test_an_empty_or_absent_column_is_a_gap_only_if_something_is_owed(
    name: str, limit: TimeLimit
) -> None:
    is_owed = name in ASKING
    empty = judged(observation(outcome=Outcome.SAYS_EMPTY), **by(limit), accept_defaults=True)
    absent = judged(ABSENT, **by(limit), accept_defaults=True)
    gone = judged(observation(outcome=Outcome.GONE), **by(limit), accept_defaults=True)

    assert (empty.status is Status.EMPTY) is is_owed
    assert absent.status is gone.status is (Status.NOCOL if is_owed else Status.UNSURE)


def test_an_empty_column_before_its_season_is_not_yet_due() -> None:
    found = judged(observation(outcome=Outcome.SAYS_EMPTY), **by(WINTER))

    assert (found.status, found.because) == (Status.OK, Because.NOT_YET_DUE)


@all_limits
def test_a_dead_link_on_the_home_page_is_broken_on_any_day(limit: TimeLimit) -> None:
    found = judged(observation(outcome=Outcome.GONE, still_linked=True), **by(limit))

    assert found.status is Status.BROKEN
    assert "打不开（不详）" in found.sentence


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (StatementRule.REQUIRED, Status.EMPTY),
        (StatementRule.ACCEPTED, Status.UNSURE),
        (StatementRule.REFUSED, Status.UNSURE),
    ],
)
def test_where_a_statement_is_required_silence_is_too_little(
    rule: StatementRule, status: Status
) -> None:
    empty = observation(outcome=Outcome.SAYS_EMPTY, phrase="暂无内容")

    assert judged(empty, **by(SILENT), statement=rule).status is status
    assert judged(empty, **by(NOTICE, SILENT), statement=rule).status is status


@pytest.mark.parametrize(
    "look",
    [
        observation(outcome=Outcome.SAYS_EMPTY),
        observation(outcome=Outcome.NO_COLUMN),
        observation(outcome=Outcome.GONE),
        observation(outcome=Outcome.GONE, still_linked=True),
    ],
    ids=["empty", "no column", "gone", "dead link"],
)
def test_what_a_platform_lacks_is_not_the_units_fault(look: Observation) -> None:
    known = unit(entrances={"fees": "http://platform.example/fees/"})

    assert judged(look, where=Where.PLATFORM).status is Status.UNSURE
    assert judged(look, where=Where.PLATFORM, unit=known).status is Status.UNSURE


def test_a_platform_that_opened_is_judged() -> None:
    known = unit(entrances={"fees": "http://platform.example/fees/"})

    assert judged(observation(FRESH), where=Where.PLATFORM).status is Status.OK
    assert judged(observation(OTHER), where=Where.PLATFORM, unit=known).status is Status.MISSING


def test_what_stands_on_a_platform_is_not_missed_on_the_units_own_site() -> None:
    found = judged(observation(OTHER), where=Where.PLATFORM)

    assert (found.status, found.because) == (Status.UNSURE, Because.PLATFORM_UNKNOWN)


# --- before any look -------------------------------------------------------------------

HOMELESS = unit(home="")


@pytest.mark.parametrize(
    ("changes", "status", "because"),
    [
        ({}, Status.NEW, Because.NOT_LOOKED_YET),
        ({"unit": HOMELESS}, Status.UNSURE, Because.NO_SITE),
        (
            {"unit": unit(home="", entrances={"fees": "http://x.example/"})},
            Status.NEW,
            Because.NOT_LOOKED_YET,
        ),
        (
            {"unit": unit(home="", disclosure_home="http://x.example/")},
            Status.NEW,
            Because.NOT_LOOKED_YET,
        ),
        (
            {"unit": unit(home="", entrances={"news": "http://x.example/"})},
            Status.UNSURE,
            Because.NO_SITE,
        ),
        ({"where": Where.PLATFORM}, Status.UNSURE, Because.PLATFORM_UNKNOWN),
        (
            {"where": Where.PLATFORM, "unit": unit(entrances={"fees": "http://x.example/"})},
            Status.NEW,
            Because.NOT_LOOKED_YET,
        ),
    ],
    ids=[
        "not looked yet",
        "no site",
        "an entrance",
        "a disclosure home",
        "an entrance elsewhere",
        "no platform address",
        "a platform address",
    ],
)
def test_without_a_look(changes: dict[str, Any], status: Status, because: Because) -> None:
    found = judged(**changes)

    assert (found.status, found.because) == (status, because)


@pytest.mark.parametrize(
    "look",
    [observation(FRESH), observation(OTHER), observation(outcome=Outcome.TIMED_OUT), TIMED_OUT],
)
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"waiver": waiver()}, Status.NA),
        ({"waiver": waiver(ground="C10")}, Status.NA),
        ({"waiver": waiver(ground="C6")}, Status.EXEMPT),
        ({"switched_off": {"P-01": "已撤并"}}, Status.NA),
        ({"unknown_trait": Trait.CANTEEN}, Status.UNSURE),
        ({"unknown_trait": Trait.CANTEEN, "waiver": waiver()}, Status.NA),
    ],
    ids=["waived", "waived offline", "exempt", "switched off", "trait unknown", "waived first"],
)
def test_what_is_decided_before_looking(
    look: Observation, changes: dict[str, Any], status: Status
) -> None:
    assert judged(look, **changes).status is status


@pytest.mark.parametrize("where", [Where.INPUT, Where.OFFLINE])
def test_what_is_not_on_the_web_is_for_a_person(where: Where) -> None:
    assert judged(observation(OTHER), where=where).because is Because.NOT_ON_THE_WEB


def test_a_switch_of_another_unit_changes_nothing() -> None:
    assert judged(observation(FRESH), switched_off={"P-02": "已撤并"}).status is Status.OK


# --- several clocks --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "documents", "status"),
    [
        ((standing(), SILENT), (OTHER,), Status.MISSING),
        ((SILENT, standing()), (FRESH,), Status.OK),
        ((NOTICE, SILENT), (FRESH,), Status.OK),
        ((NOTICE, standing()), (OTHER,), Status.MISSING),
        ((WINTER, BUDGET), (OTHER,), Status.OK),
        ((standing(), HALF_YEAR_OLD), (OLD,), Status.STALE),
        ((AUTUMN, standing()), (OTHER,), Status.MISSING),
        ((AUTUMN, standing()), (OLD,), Status.STALE),
        ((SILENT, NOTICE), (OTHER,), Status.UNSURE),
        ((replace(AUTUMN, grounds=DEFAULT), standing()), (OLD,), Status.UNSURE),
        ((replace(AUTUMN, grounds=DEFAULT), SILENT), (OTHER,), Status.UNSURE),
        ((replace(AUTUMN, grounds=DEFAULT), HALF_YEAR_OLD), (OLD,), Status.STALE),
    ],
)
def test_the_worst_strong_clock_wins_and_weak_ones_give_way(
    limits: tuple[TimeLimit, ...], documents: tuple[Document, ...], status: Status
) -> None:
    for order in itertools.permutations(limits):
        assert judged(observation(*documents), **by(*order)).status is status


def test_among_equals_the_one_that_tells_most_wins() -> None:
    late = document("收费公示", "2026-04-07")
    found = judged(
        observation(late), **by(WINTER, standing(), BUDGET), events={"budget": (date(2026, 3, 2),)}
    )

    assert found.late_by == 5


def test_a_requirement_without_clocks_is_for_a_person() -> None:
    assert judged(observation(FRESH), limits=()).because is Because.NO_TIME_LIMIT


# --- defaults --------------------------------------------------------------------------


def test_an_outer_day_is_a_default_even_in_a_lawful_clock() -> None:
    limit = replace(BUDGET, outer=md("03-31"))

    assert judged(observation(OTHER), **by(limit)).because is Because.DEFAULT_NOT_ACCEPTED
    accepted = judged(observation(OTHER), **by(limit), accept_defaults=True)
    assert (accepted.status, accepted.flags) == (Status.MISSING, ("按本局口径",))


def test_a_lawful_gap_carries_no_flag() -> None:
    assert judged(observation(OTHER)).flags == ()


def test_a_gap_counted_without_holiday_data_is_marked() -> None:
    found = judged(
        observation(OTHER),
        **by(BUDGET),
        events={"budget": (date(2027, 3, 1),)},
        on=date(2027, 6, 1),
    )

    assert found.status is Status.MISSING
    assert found.flags == ("节假日数据暂缺（按周一至周五计）",)


# --- inside the document ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status", "because"),
    [
        ({"elements": frozenset({"标准", "举报电话"})}, Status.OK, Because.FOUND),
        ({"elements": frozenset({"标准"})}, Status.PARTIAL, Because.ELEMENTS_MISSING),
        ({"reading": Reading.PARTLY}, Status.UNSURE, Because.ELEMENTS_UNREAD),
        ({"reading": Reading.LISTED}, Status.UNSURE, Because.ELEMENTS_UNREAD),
        ({"reading": Reading.UNOPENED}, Status.UNSURE, Because.ELEMENTS_UNREAD),
        ({"reading": Reading.BROKEN}, Status.BROKEN, Because.DOCUMENT_BROKEN),
        (
            {"attachments": (file(FileState.BROKEN),), "elements": frozenset({"标准", "举报电话"})},
            Status.BROKEN,
            Because.ATTACHMENT_BROKEN,
        ),
        (
            {"attachments": (file(FileState.GATED),), "elements": frozenset({"标准", "举报电话"})},
            Status.UNSURE,
            Because.FILES_UNREAD,
        ),
        ({"attachments": (file(FileState.GATED),)}, Status.PARTIAL, Because.ELEMENTS_MISSING),
        (
            {"attachments": (file(FileState.BROKEN),), "reading": Reading.PARTLY},
            Status.BROKEN,
            Because.ATTACHMENT_BROKEN,
        ),
    ],
    ids=[
        "whole",
        "one word missing",
        "an image",
        "only listed",
        "did not open",
        "dead link",
        "dead file",
        "guarded file",
        "missing beside a guarded file",
        "dead file beside an image",
    ],
)
def test_the_newest_document_is_looked_into(
    changes: dict[str, Any], status: Status, because: Because
) -> None:
    page = document("2026年秋季收费公示", "2026-11-20", **changes)
    found = judged(observation(page), complete=(FIELDS, AttachmentOpens()))

    assert (found.status, found.because) == (status, because)
    assert found.documents == (page,)


def test_an_element_that_is_missing_is_told_in_the_words_of_the_law() -> None:
    page = document("2026年秋季收费公示", "2026-11-20", elements=frozenset())
    check = FieldsPresent(fields=("收支总|收支预算", "三公", "电话"))
    found = judged(
        observation(page), complete=(check,), elements=("部门收支总表", "三公经费支出表")
    )

    assert found.facts["missing"] == "部门收支总表、三公经费支出表、电话"


@pytest.mark.parametrize(
    "state", [one for one in FileState if one not in {FileState.OPENS, FileState.NOT_TRIED}]
)
def test_what_a_file_hides_is_open_and_the_sentence_says_which_and_why(state: FileState) -> None:
    page = document(
        "2026年秋季收费公示", "2026-11-20", attachments=(file(state),), reading=Reading.PARTLY
    )
    found = judged(observation(page), complete=(FIELDS,))

    assert found.status is Status.UNSURE
    if state is not FileState.BROKEN:
        assert f"附件未能读全（{file(state).name}：{state.value}）" in found.sentence


def test_what_was_read_on_a_picture_counts_and_is_marked() -> None:
    seen = replace(
        FRESH,
        elements=frozenset({"标准", "举报电话"}),
        reading=Reading.RECOGNISED,
        attachments=(file(FileState.RECOGNISED),),
    )
    found = judged(observation(seen), complete=(FIELDS, AttachmentOpens()))

    assert found.status is Status.OK
    assert found.flags == ("部分内容由图片识别得出",)


def test_what_was_not_read_on_a_picture_is_not_missing() -> None:
    seen = replace(FRESH, elements=frozenset({"标准"}), reading=Reading.RECOGNISED)

    assert judged(observation(seen), complete=(FIELDS,)).status is Status.UNSURE


def test_a_statement_read_on_a_picture_counts_and_is_marked() -> None:
    found = judged(observation(replace(STATED, reading=Reading.RECOGNISED)))

    assert found.status is Status.STMT
    assert found.flags == ("部分内容由图片识别得出",)


def test_what_one_document_lacks_another_may_hold() -> None:
    one = replace(FRESH, elements=frozenset({"标准"}))
    other = replace(document("收费", TODAY), elements=frozenset({"举报电话"}))
    neither = document("收费", TODAY)

    assert judged(observation(one, other), complete=(FIELDS,)).status is Status.OK
    assert judged(observation(one, neither), complete=(FIELDS,)).status is Status.PARTIAL


def test_the_newest_document_known_from_the_list_alone_accuses_nobody() -> None:
    one = replace(FRESH, elements=frozenset({"标准"}))
    listed = replace(document("收费", TODAY), reading=Reading.LISTED)

    assert judged(observation(one, listed), complete=(FIELDS,)).status is Status.UNSURE
    assert judged(observation(listed), complete=(FIELDS,)).status is Status.UNSURE


def test_a_dead_link_beside_a_living_document_is_no_gap() -> None:
    dead = document("2026年收费公示", "2026-11-22", reading=Reading.BROKEN)

    assert judged(observation(dead)).status is Status.BROKEN
    assert judged(observation(dead, FRESH)).status is Status.OK


def test_a_partial_document_here_may_be_whole_in_a_column_we_could_not_open() -> None:
    found = judged(observation(FRESH), TIMED_OUT, complete=(FIELDS,), **TWO)

    assert found.status is Status.UNREACH


# --- 情况说明 --------------------------------------------------------------------------

STATED = document("青石县实验小学关于未发生收费的情况说明", "2026-11-01")


@pytest.mark.parametrize(
    ("rule", "page", "status"),
    [
        (StatementRule.ACCEPTED, STATED, Status.STMT),
        (StatementRule.REQUIRED, STATED, Status.STMT),
        (StatementRule.REFUSED, STATED, Status.MISSING),
        (StatementRule.ACCEPTED, replace(STATED, published=None), Status.UNSURE),
        (
            StatementRule.ACCEPTED,
            document("关于未发生收费的情况说明", "2026-11-01"),
            Status.UNSURE,
        ),
        (
            StatementRule.ACCEPTED,
            document("青石县实验小学关于未发生收费的情况说明", "2024-11-01"),
            Status.MISSING,
        ),
        (
            StatementRule.ACCEPTED,
            document(
                "收费情况说明",
                "2026-11-01",
                elements=frozenset({STATEMENT_WORDS, "青石县实验小学|实验小学"}),
            ),
            Status.OK,
        ),
    ],
    ids=[
        "accepted",
        "required",
        "refused",
        "undated",
        "unit not named",
        "of the year before last",
        "a title that answers",
    ],
)
def test_a_statement_instead_of_the_item(
    rule: StatementRule, page: Document, status: Status
) -> None:
    assert judged(observation(page, OTHER), statement=rule).status is status


@pytest.mark.parametrize(
    ("limit", "today", "status"),
    [
        (AUTUMN, TODAY, Status.STMT),
        (SILENT, TODAY, Status.STMT),
        (HALF_YEAR_OLD, TODAY, Status.STMT),
        (QUARTER, TODAY, Status.STMT),
        (WINTER, date(2026, 12, 29), Status.STMT),
        (WINTER, TODAY, Status.OK),
        (AUTUMN, date(2027, 10, 5), Status.MISSING),
    ],
    ids=[
        "season over",
        "on occurrence",
        "max age",
        "quarter",
        "due soon",
        "not yet due",
        "a year later",
    ],
)
def test_a_statement_holds_for_the_window_of_the_clock(
    limit: TimeLimit, today: date, status: Status
) -> None:
    found = judged(observation(STATED, OTHER), **by(limit), on=today)

    assert found.status is status


def test_a_statement_is_worth_nothing_beside_the_item() -> None:
    assert judged(observation(STATED, FRESH)).because is Because.FOUND


def test_a_statement_found_needs_no_further_reading() -> None:
    assert judged(observation(STATED, coverage=Coverage())).status is Status.STMT


# --- what goes along -------------------------------------------------------------------


def test_page_evidence_and_key_go_along() -> None:
    stored = Evidence(
        url="http://school.example/fees/",
        fetched_at=datetime(2026, 11, 23, 15, tzinfo=UTC),
        http_status=200,
        sha256="ab",
        path="ab/ab",
    )
    found = judged(TIMED_OUT, observation(FRESH, evidence=(stored,)), period="2026年秋季", **TWO)

    assert found.key == ("P-01", "S-11", "2026年秋季")
    assert found.page == "http://school.example/fees/"
    assert found.evidence == (stored,)


def test_unchecked_elements_are_told_with_an_ok_only() -> None:
    assert judged(observation(FRESH), unchecked=("用途",)).unchecked == ("用途",)
    assert judged(observation(OTHER), unchecked=("用途",)).unchecked == ()


@pytest.mark.parametrize(
    ("look", "told"),
    [
        (observation(FRESH), None),
        (observation(OTHER), None),
        (observation(outcome=Outcome.TIMED_OUT), date(2026, 11, 20)),
        (observation(outcome=Outcome.UNREAD), date(2026, 11, 20)),
    ],
)
def test_the_last_complete_look_is_told_when_this_one_decides_nothing(
    look: Observation, told: date | None
) -> None:
    found = assess(
        obligation(), (look,), moment(), last_verified_on=date(2026, 11, 20), catalog_digest="c0"
    )

    assert found.last_verified_on == told
    assert found.catalog_digest == "c0"


def test_few_documents_are_kept_newest_first() -> None:
    many = [document("收费", TODAY - timedelta(days=n)) for n in range(9)]
    found = judged(observation(*reversed(many)))

    assert found.documents == tuple(many[:5])
    assert found.newest_on == TODAY


def test_the_same_look_gives_the_same_answer() -> None:
    look = observation(OLD, OTHER)

    assert judged(look, **by(AUTUMN)) == judged(look, **by(AUTUMN))
    assert judged(replace(look, unchanged=True), **by(AUTUMN)) == judged(look, **by(AUTUMN))


# --- random faults ---------------------------------------------------------------------


def test_no_gap_ever_rests_on_an_unread_page() -> None:
    """Two columns, every pair of outcomes, with and without identity and coverage."""
    item: Requirement = requirement(
        columns=("fees", "news"), limits=(AUTUMN, HALF_YEAR_OLD), match=Match(any=("收费",))
    )
    owing = obligation(requirement=item, columns=(column(), column(id="news", name="公示")))
    faults = [
        (outcome, identity, coverage)
        for outcome in Outcome
        for identity in (True, False)
        for coverage in (Coverage(to_end=True), Coverage())
    ]
    gaps = 0
    for one, two in itertools.product(faults, repeat=2):
        looks = [
            observation(
                OLD,
                column=name,
                outcome=outcome,
                identity_seen=identity,
                coverage=coverage,
            )
            for name, (outcome, identity, coverage) in zip(
                ("fees", "news"), (one, two), strict=True
            )
        ]
        found = assess(owing, looks, moment())
        is_opened = any(outcome is Outcome.OPENED for outcome, _, _ in (one, two))
        is_whole = all(
            outcome in JUDGED and identity and (outcome is not Outcome.OPENED or coverage.to_end)
            for outcome, identity, coverage in (one, two)
        )
        assert (found.status in GAPS) is is_whole
        if not is_whole:
            assert found.status in UNKNOWN
        gaps += found.status in GAPS
        assert is_opened or found.status is not Status.STALE
    assert gaps
    assert set(Outcome) == DOUBTFUL | UNOPENED | JUDGED


# --- a reader that is known to be wrong -------------------------------------------------


@pytest.mark.parametrize(
    "look",
    [observation(FRESH), observation(OTHER), observation(outcome=Outcome.SAYS_EMPTY), ABSENT],
    ids=["found", "missing", "empty", "no column"],
)
def test_what_a_failing_reader_saw_is_neither_good_nor_a_gap(look: Observation) -> None:
    found = judged(look, misread=True)

    assert found.status is Status.UNSURE
    assert found.because is Because.READER_FAILED


def test_a_page_that_did_not_open_is_not_blamed_on_the_reader() -> None:
    assert judged(TIMED_OUT, misread=True).status is Status.UNREACH


def test_one_page_of_a_failing_family_is_enough_to_doubt_the_unit() -> None:
    looks = [observation(FRESH, platform="trs"), observation(outcome=Outcome.NO_COLUMN)]

    assert is_misread(looks, frozenset({"trs"}))
    assert not is_misread(looks, frozenset({"vsb"}))
    assert not is_misread(looks, frozenset())
