"""What falls due ahead: its day, whether it is there already, and how likely it is to be missed."""

from __future__ import annotations

import cProfile
import pstats
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import (
    CALENDAR,
    TODAY,
    age,
    assessment,
    column,
    document,
    md,
    moment,
    obligation,
    observation,
    requirement,
    unit,
    waiver,
)
from due_days import AGE, LEAD, PERIODS, WORKING, YEARLY
from due_days import CALENDAR as CALENDAR_DAYS

from monitor.catalog import load
from monitor.holidays import calendar
from monitor.judgements import Case
from monitor.judgements.forecast import Expected, Standing, expected, horizon
from monitor.judgements.risk import History, Turn, closure_at, ranked
from monitor.model import (
    GAPS,
    Catalog,
    Coverage,
    DayKind,
    Event,
    Grounds,
    Link,
    Match,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Seen,
    Status,
    TimeLimit,
    Trait,
    Unit,
    UnitType,
)
from monitor.obligations import owed
from monitor.periods import DAY, Every, period_of
from monitor.timelimits import (
    Act,
    AfterEvent,
    BeforeEvent,
    ColumnMaxAge,
    PairedAfter,
    Periodic,
    Season,
    SubjectPeriod,
    Suspend,
    TakedownAfter,
    YearlyBy,
)
from monitor.timelimits import (
    Standing as Always,
)
from monitor.triggers import PublicationOf
from monitor.wording import Flag
from monitor.workdays import WorkCalendar

LAW = Grounds.LAW
RULES = Path(__file__).resolve().parents[3] / "rules.yaml"
NO_CATALOG = Catalog(columns={"fees": column()}, requirements={})


@cache
def years() -> WorkCalendar:
    """The days off of the State Council's notices."""
    return calendar(2019, 2026)


def day(text: str) -> date:
    return date.fromisoformat(text)


def asked(
    *limits: TimeLimit,
    looks: Mapping[str, Observation] | None = None,
    events: Mapping[str, tuple[date, ...]] | None = None,
    on: Moment | None = None,
    days: int = 20,
    catalog: Catalog = NO_CATALOG,
    judged: Any = None,
    whose: Unit | None = None,
    **changes: Any,
) -> list[Expected]:
    """What one item of one unit has ahead."""
    on = on or moment()
    what = requirement(**{"limits": limits} | changes.pop("requirement", {}))
    owing = obligation(unit=whose or unit(), requirement=what, events=events or {}, **changes)
    case = Case(
        unit=owing.unit,
        judged=((owing, judged or assessment(status=Status.NEW)),),
        looks={"fees": observation(document("值日安排"))} if looks is None else looks,
    )
    return list(expected(case, catalog, on, horizon(on, days)))


def standings(found: Sequence[Expected]) -> list[Standing]:
    return [one.standing for one in found]


# --- the day ---------------------------------------------------------------------------

COUNTED = [(*row, DayKind.WORKING) for row in WORKING] + [
    (*row, DayKind.CALENDAR) for row in CALENDAR_DAYS
]


@pytest.mark.parametrize(("start", "days", "due", "kind"), COUNTED)
def test_an_event_is_ahead_with_the_due_day_of_the_table(
    start: str, days: int, due: str, kind: DayKind
) -> None:
    limit = AfterEvent(grounds=LAW, event="事", days=days, day_kind=kind)
    on = Moment(today=day(start), calendar=years())

    found = asked(limit, events={"事": (day(start),)}, on=on, days=max(days, 1) * 2)

    assert [one.due for one in found] == [day(due)]


@pytest.mark.parametrize(("event", "lead", "due"), LEAD)
def test_what_must_come_before_is_ahead_on_the_day_of_the_table(
    event: str, lead: str, due: str
) -> None:
    limit = BeforeEvent(grounds=LAW, event="事", lead=age(lead))
    on = Moment(today=day(due) - timedelta(days=3), calendar=years())

    assert [one.due for one in asked(limit, events={"事": (day(event),)}, on=on)] == [day(due)]


@pytest.mark.parametrize(("newest", "oldest", "due"), AGE)
def test_a_column_is_due_on_the_day_its_newest_entry_grows_too_old(
    newest: str, oldest: str, due: str
) -> None:
    limit = ColumnMaxAge(grounds=LAW, max_age=age(oldest))
    on = Moment(today=day(due) - timedelta(days=9), calendar=years())
    looks = {"fees": observation(document("收费公示", newest))}

    (one,) = asked(limit, looks=looks, on=on)

    assert (one.due, one.standing) == (day(due), Standing.OWED)


@pytest.mark.parametrize(("when", "today", "due"), YEARLY)
def test_a_yearly_day_is_ahead_until_it_is_over(when: str, today: str, due: str) -> None:
    limit = YearlyBy(grounds=LAW, month=md(when).month, day=md(when).day)
    last = day(due)

    before = asked(limit, on=Moment(today=last - timedelta(days=9), calendar=years()))
    after = asked(limit, on=Moment(today=last + DAY, calendar=years()))

    assert [one.due for one in before] == [last]
    assert after == []


@pytest.mark.parametrize(("every", "today", "last"), PERIODS)
def test_a_period_is_due_on_its_last_day(every: str, today: str, last: str) -> None:
    limit = Periodic(grounds=LAW, every=Every(every))
    on = Moment(today=day(last), calendar=years())
    if every == "day":
        assert period_of(Every.DAY, day(last), years()).last == day(last)

    assert asked(limit, on=on, days=1)[0].due == day(last)


def test_the_last_day_is_still_ahead_and_the_one_after_the_twentieth_is_not() -> None:
    twentieth = horizon(moment(), 20)
    inside = YearlyBy(grounds=LAW, month=twentieth.month, day=twentieth.day)
    outside = YearlyBy(grounds=LAW, month=(twentieth + DAY).month, day=(twentieth + DAY).day)
    today = YearlyBy(grounds=LAW, month=TODAY.month, day=TODAY.day)

    assert [one.due for one in asked(inside, outside, today)] == [twentieth, TODAY]


def test_an_event_that_is_still_to_happen_counts_as_soon_as_it_is_registered() -> None:
    limit = AfterEvent(grounds=LAW, event="预算批复", days=5, day_kind=DayKind.WORKING)

    (one,) = asked(limit, events={"预算批复": (day("2026-12-01"),)})

    assert (one.due, one.day.of) == (day("2026-12-08"), "预算批复")
    assert one.steps[0] == "“预算批复”发生于 2026-12-01"


def test_the_publication_of_another_item_starts_its_clock() -> None:
    other = requirement(id="B-20", name="规范性文件", match=Match(any=("办法",)))
    limit = AfterEvent(
        grounds=LAW, event=PublicationOf(of="B-20"), days=3, day_kind=DayKind.WORKING
    )
    catalog = Catalog(
        columns={"fees": column()},
        requirements={"B-20": other, "S-11": requirement(limits=(limit,))},
    )
    looks = {"fees": observation(document("收费管理办法（试行）", "2026-11-20"))}

    found = asked(limit, looks=looks, catalog=catalog, requirement={"match": Match(any=("解读",))})

    assert [(one.due, one.standing) for one in found] == [(day("2026-11-25"), Standing.OWED)]


def test_a_document_that_waits_for_its_partner_is_ahead_by_its_name() -> None:
    owing = requirement(id="B-08", name="规范性文件", columns=("fees",), match=Match(any=("通知",)))
    limit = PairedAfter(grounds=LAW, of="B-08", days=3, day_kind=DayKind.WORKING)
    what = {"id": "B-24", "match": Match(any=("解读",)), "columns": ("plan",)}
    catalog = Catalog(
        columns={"fees": column(), "plan": column(id="plan")},
        requirements={"B-08": owing, "B-24": requirement(**what, limits=(limit,))},
        links=(Link(id="a", trigger="B-08", partner="B-24", within=3),),
    )
    title = "青石县实验小学关于调整作息时间的通知"
    looks = {
        "fees": observation(document(title, "2026-11-20")),
        "plan": observation(document("课程解读", "2025-01-02"), column="plan"),
    }

    found = asked(limit, looks=looks, catalog=catalog, requirement=what)

    assert [(one.due, one.day.of) for one in found] == [(day("2026-11-25"), f"《{title}》")]


def test_what_must_be_taken_down_is_ahead_while_it_stands_there() -> None:
    limit = TakedownAfter(grounds=LAW, event="公示期满", days=3)
    events = {"公示期满": (day("2026-11-22"),)}

    (one,) = asked(limit, events=events, looks={"fees": observation(document(on="2026-11-01"))})

    assert (one.due, one.day.act) == (day("2026-11-25"), Act.REMOVE)
    assert asked(limit, events=events) == []


def test_what_is_looked_through_from_time_to_time_is_due_a_term_after_its_newest() -> None:
    limit = Always(grounds=LAW, review_every=age("1y"))

    (one,) = asked(limit, looks={"fees": observation(document("收费公示", "2025-12-01"))})

    assert (one.due, one.day.act, one.standing) == (
        day("2026-12-01"),
        Act.RENEW,
        Standing.OWED,
    )
    assert asked(Always(grounds=LAW)) == []


def test_a_season_is_ahead_on_its_last_day_and_a_subject_year_by_its_title() -> None:
    season = Season(grounds=LAW, opens=md("09-01"), closes=md("12-01"), label="秋季招生")
    yearly = YearlyBy(
        grounds=LAW, month=12, day=10, subject_period=SubjectPeriod.PREVIOUS_SCHOOL_YEAR
    )
    looks = {"fees": observation(document("2025-2026学年收费公示", "2026-11-02"))}

    found = asked(season, yearly, looks=looks)

    assert [(one.day.period, one.due, one.standing) for one in found] == [
        ("2026年秋季招生", day("2026-12-01"), Standing.PUBLISHED),
        ("2025-2026学年", day("2026-12-10"), Standing.PUBLISHED),
    ]


def test_a_vacation_that_does_not_count_puts_the_day_off() -> None:
    limit = ColumnMaxAge(grounds=LAW, max_age=age("2w"), suspend=Suspend.VACATION)
    on = moment(day("2026-01-23"))
    looks = {"fees": observation(document("收费公示", "2026-01-20"))}

    (one,) = asked(limit, looks=looks, on=on, days=40)

    assert one.due == day("2026-03-12")  # 01-20 to 01-23 and eleven days from 03-02 on


def test_clocks_that_ask_for_the_same_on_one_day_are_told_once_by_the_stronger() -> None:
    custom = Periodic(grounds=Grounds.DEFAULT, every=Every.YEAR)
    law = YearlyBy(grounds=LAW, month=12, day=31)
    on = moment(day("2026-12-14"))

    assert [one.grounds for one in asked(custom, law, on=on)] == [LAW]


def test_a_year_without_published_holidays_is_marked_provisional() -> None:
    limit = YearlyBy(grounds=LAW, month=1, day=11)
    on = moment(day("2026-12-21"))

    (one,) = asked(limit, on=on)

    assert one.flags == (Flag.PROVISIONAL.value,)
    assert asked(YearlyBy(grounds=LAW, month=12, day=31), on=on)[0].flags == ()


# --- who is asked ----------------------------------------------------------------------

YEAR_END = YearlyBy(grounds=LAW, month=11, day=30)


def test_a_waiver_holds_to_its_last_day_and_no_longer() -> None:
    assert asked(YEAR_END, waiver=waiver()) == []
    assert asked(YEAR_END, waiver=waiver(valid_until=day("2026-11-30"))) == []
    assert len(asked(YEAR_END, waiver=waiver(valid_until=day("2026-11-29")))) == 1


def test_what_is_switched_off_or_may_not_concern_the_unit_is_not_told() -> None:
    assert asked(YEAR_END, requirement={"switched_off": {"P-01": "已撤并"}}) == []
    assert asked(YEAR_END, unknown_trait=Trait.CANTEEN) == []


def test_what_is_there_already_is_told_as_published() -> None:
    here = {"fees": observation(document("2026年收费公示", "2026-10-09"))}
    before = {"fees": observation(document("2025年收费公示", "2025-10-09"))}

    assert standings(asked(YEAR_END, looks=here)) == [Standing.PUBLISHED]
    assert standings(asked(YEAR_END, looks=before)) == [Standing.OWED]


def test_an_entry_whose_day_is_still_to_come_is_no_publication_yet() -> None:
    looks = {"fees": observation(document("2026年收费公示", "2026-11-29"))}

    assert standings(asked(YEAR_END, looks=looks)) == [Standing.OWED]


def test_what_nobody_can_tell_for_want_of_a_day_is_to_be_looked_at() -> None:
    looks = {"fees": observation(document("收费公示", on=None))}

    assert standings(asked(YEAR_END, looks=looks)) == [Standing.UNCLEAR]


@pytest.mark.parametrize(
    "looks",
    [
        {},
        {"fees": observation(outcome=Outcome.TIMED_OUT)},
        {"fees": observation(document("2025年收费公示", "2025-10-09"), identity_seen=False)},
    ],
    ids=["never looked at", "not opened", "perhaps another's page"],
)
def test_what_could_not_be_looked_at_is_not_called_missing(
    looks: Mapping[str, Observation],
) -> None:
    assert standings(asked(YEAR_END, looks=looks)) == [Standing.UNSEEN]


def test_a_statement_for_the_same_period_is_as_good() -> None:
    said = assessment(status=Status.STMT, period="2026年度")
    before = assessment(status=Status.STMT, period="2025年度")

    assert standings(asked(YEAR_END, judged=said)) == [Standing.PUBLISHED]
    assert standings(asked(YEAR_END, judged=before)) == [Standing.OWED]


# --- never too late --------------------------------------------------------------------


def test_no_gap_opens_whose_day_was_not_told_ahead() -> None:
    """A year, day by day, in which nothing is published and events are registered late."""
    chance = random.Random(20260101)
    catalog = load([RULES])
    whose = (
        unit(),
        unit(code="B-1", types=frozenset({UnitType.BUREAU})),
        unit(code="U-1", types=frozenset({UnitType.UNIVERSITY})),
    )
    whose = tuple(replace(one, traits=dict.fromkeys(Trait, True)) for one in whose)
    names = {
        limit.event
        for one in catalog.requirements.values()
        for limit in one.limits
        if isinstance(limit, AfterEvent | BeforeEvent) and isinstance(limit.event, str)
    }
    registered: list[tuple[date, Event]] = []
    for name in sorted(names):
        happened = date(2025, 12, 1) + timedelta(days=chance.randrange(360))
        known = happened + timedelta(days=chance.choice((0, 1, 4, 40)))
        registered.append((known, Event(unit="", event=name, day=happened)))
    told: dict[tuple[str, str, date], date] = {}
    known_on = {event.event: known for known, event in registered}
    opened: set[tuple[str, str, int]] = set()
    late: list[tuple[str, str, date]] = []
    first_day = date(2026, 1, 5)
    for step in range(350):
        on = moment(first_day + timedelta(days=step))
        events = [event for known, event in registered if known <= on.today]
        for one_unit in whose:
            owing = tuple(owed(catalog, (one_unit,), events, on))
            for one in _ahead(owing, catalog, on):
                key = (one_unit.code, one.requirement.id, one.due)
                told.setdefault(key, on.today)
            for obligation_, place, due in _gaps(owing, on):
                key = (one_unit.code, obligation_.requirement.id, place)
                limit = obligation_.requirement.limits[place]
                if key in opened or due < first_day:
                    continue
                opened.add(key)
                announced = told.get((key[0], key[1], due), date.max)
                was_known = known_on.get(getattr(limit, "event", ""), date.min) <= due
                if announced > due and was_known:
                    late.append((key[0], key[1], due))

    assert late == []
    assert len(opened) > 60


def _ahead(owing: Sequence[Obligation], catalog: Catalog, on: Moment) -> Iterator[Expected]:
    judged = tuple((one, assessment(status=Status.NEW)) for one in owing)
    case = Case(unit=owing[0].unit, judged=judged)
    return expected(case, catalog, on, horizon(on, 20))


def _gaps(owing: Sequence[Obligation], on: Moment) -> Iterator[tuple[Obligation, int, date]]:
    """The clocks that would call an empty column a gap, with the due day they name."""
    for one in owing:
        for place, limit in enumerate(one.requirement.limits):
            seen = Seen(events=one.events, coverage=Coverage(to_end=True), period=one.period)
            verdict = limit.judge(seen, on)
            due = verdict.facts.get("due")
            if verdict.status in GAPS and isinstance(limit, Periodic):
                due = limit.due(limit.period(on), {}, on)
            if verdict.status in GAPS and isinstance(due, date):
                yield one, place, due


# --- the risk --------------------------------------------------------------------------


def turn(whose: str = "P-01", item: str = "S-11", **changes: Any) -> Turn:
    return Turn(**{"unit": whose, "requirement": item} | changes)


def test_the_item_a_unit_was_late_with_stands_above_the_one_it_was_not() -> None:
    late = turn(period="2025年度", is_late=True, late_by=11, day_kind="工作日")
    history = History.of([late, turn(item="S-12"), turn(item="S-12")])
    ahead = [
        *asked(YearlyBy(grounds=LAW, month=11, day=25), requirement={"id": "S-12"}),
        *asked(YEAR_END),
    ]

    first, second = ranked(ahead, history, moment())

    assert (first.requirement.id, second.requirement.id) == ("S-11", "S-12")
    assert first.reasons[0] == "以往（2025年度）晚了 11 个工作日"
    assert second.reasons == ("本单位以往 3 期中 1 期没有按时",)
    assert first.risk > second.risk


def test_of_like_risks_the_earlier_day_comes_first() -> None:
    ahead = asked(YEAR_END, YearlyBy(grounds=LAW, month=11, day=25))

    assert [one.due.day for one in ranked(ahead, History(), moment())] == [25, 30]


def test_a_problem_of_the_past_is_named_without_a_number_nobody_counted() -> None:
    past = turn(is_late=True, found=Status.MISSING, period="2025年度")

    (one,) = ranked(asked(YEAR_END), History.of([past]), moment())

    assert one.reasons[0] == "以往（2025年度）曾列为问题（应公开未公开）"


@pytest.mark.parametrize(
    ("due", "closure"),
    [
        ("2026-09-30", None),
        ("2026-10-01", ("2026-10-01", "2026-10-07")),
        ("2026-10-10", ("2026-10-01", "2026-10-07")),
        ("2026-10-12", None),
        ("2026-04-07", None),
        ("2026-02-25", ("2026-02-15", "2026-02-23")),
    ],
    ids=["before", "in it", "third day back", "fourth day back", "a short feast", "spring"],
)
def test_a_long_closure_counts_while_it_lasts_and_three_working_days_more(
    due: str, closure: tuple[str, str] | None
) -> None:
    assert closure_at(day(due), CALENDAR) == (closure and tuple(map(day, closure)))


def test_a_closure_and_a_vacation_raise_the_risk_of_a_school_and_say_why() -> None:
    limit = YearlyBy(grounds=LAW, month=2, day=20)
    on = moment(day("2026-02-09"))
    bureau = unit(types=frozenset({UnitType.BUREAU}))
    plain = ranked(asked(YEAR_END), History(), moment())[0]

    (school,) = ranked(asked(limit, on=on), History(), on)
    (office,) = ranked(asked(limit, on=on, whose=bureau), History(), on)

    assert school.risk > office.risk > plain.risk
    assert school.reasons == (
        "到期日在长假（2026-02-15 至 2026-02-23）之中",
        "到期日在寒暑假或考试期间",
        "到期日不上班，此前最后一个工作日是 2026-02-14",
    )


def test_what_is_published_is_no_risk() -> None:
    looks = {"fees": observation(document("2026年收费公示", "2026-10-09"))}
    history = History.of([turn(is_late=True)] * 9)

    assert [one.risk for one in ranked(asked(YEAR_END, looks=looks), history, moment())] == [0]


@pytest.mark.parametrize("seed", range(8))
def test_the_first_fifth_of_the_list_holds_most_of_what_comes_late(seed: int) -> None:
    """An invented county: a few units are often late, some items are hard for some units."""
    chance = random.Random(seed)
    items = [requirement(id=f"S-{number}", limits=(YEAR_END,)) for number in range(20)]
    units = [unit(code=f"P-{number:02}") for number in range(60)]
    habit = {one.code: 0.45 if chance.random() < 0.15 else 0.02 for one in units}
    proneness = {
        (one.code, item.id): min(0.95, habit[one.code] + (0.6 if chance.random() < 0.05 else 0))
        for one in units
        for item in items
    }
    past = [
        turn(*key, is_late=chance.random() < often, period=str(year))
        for key, often in proneness.items()
        for year in range(2022, 2026)
    ]
    ahead = [
        one
        for whose in units
        for item in items
        for one in asked(*item.limits, whose=whose, requirement={"id": item.id})
    ]
    late = {key for key, often in proneness.items() if chance.random() < often}

    order = ranked(ahead, History.of(past), moment())

    first = {(one.unit.code, one.requirement.id) for one in order[: len(order) // 5]}
    assert len(order) == 1200
    assert len(late & first) >= 0.6 * len(late)


# --- work ------------------------------------------------------------------------------


def test_a_unit_costs_the_same_whatever_others_there_are() -> None:
    """Counted, not timed: of 200 units the catalog is opened up with so many calls each."""
    catalog = load([RULES])
    kinds = [kind for kind in UnitType if kind is not UnitType.SECTION]
    units = [
        unit(
            code=f"P-{number}",
            types=frozenset({kinds[number % len(kinds)]}),
            traits=dict.fromkeys(Trait, True),
        )
        for number in range(200)
    ]
    on = moment(day("2026-12-14"))
    owing = [tuple(owed(catalog, (one,), (), on)) for one in units]
    profile = cProfile.Profile()

    found = profile.runcall(lambda: sum(len(list(_ahead(one, catalog, on))) for one in owing))

    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    assert found > 200
    assert calls < 200 * 3000, f"{calls / 200:.0f} calls a unit"
