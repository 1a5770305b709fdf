"""Days that earlier nights speak against, and what comes all at once: told with its proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    CALENDAR,
    TODAY,
    age,
    column,
    document,
    moment,
    obligation,
    observation,
    requirement,
    standing,
)

from monitor.judgements import Case
from monitor.judgements.backdating import (
    asked,
    bears_earlier_days,
    bears_other_days,
    published_at_once,
)
from monitor.model import ColumnPast, Document, Grounds, Moment, Remark, RemarkKind
from monitor.timelimits import ColumnMaxAge
from monitor.triggers import INSPECTION, MIGRATION
from monitor.workdays import WorkCalendar

CAME = date(2026, 11, 20)
NOT_YET = date(2026, 11, 19)
#: known since the spring, and nothing new until the entries came
QUIET = ColumnPast(
    nights=tuple(date(2026, 5, 4) + timedelta(days=number) for number in range(204)),
    same_since=date(2026, 5, 4),
    arrivals=(date(2026, 5, 4), CAME),
)
RUNNING = requirement(limits=(ColumnMaxAge(grounds=Grounds.LAW, max_age=age("90d")),))


def late(title: str, on: str, **said: Any) -> Document:
    return document(title, on, **{"first_seen_on": CAME, "last_absent_on": NOT_YET} | said)


def case(*listed: Document, past: ColumnPast | None = QUIET, **owed: Any) -> Case:
    duty = obligation(**{"requirement": RUNNING} | owed)
    return Case(
        unit=duty.unit,
        judged=((duty, None),),  # type: ignore[arg-type]  # what was judged is not asked for
        looks={"fees": observation(*listed)},
        columns={"fees": column()},
        pasts={"fees": past} if past else {},
    )


def told(*listed: Document, on: Moment | None = None, **said: Any) -> list[Remark]:
    return list(bears_earlier_days(case(*listed, **said), on or moment()))


# --- earlier days ----------------------------------------------------------------------


def test_what_came_late_under_an_early_day_is_told_with_the_night_that_had_not_seen_it() -> None:
    (one,) = told(late("第一期", "2026-03-02"), late("第二期", "2026-11-02"))

    assert one.kind is RemarkKind.BACKDATED
    assert one.sentence == (
        "“收费信息”栏目2026-11-20首次见到2条标着较早日期的信息："
        "“第一期”标2026-03-02，2026-11-19读到这里时列表中尚无，至少晚180个工作日；"
        "“第二期”标2026-11-02，2026-11-19读到这里时列表中尚无，至少晚13个工作日"
    )


def test_what_came_on_two_nights_is_two_remarks_that_stay_the_same_tomorrow() -> None:
    before = late("第一期", "2026-03-02", first_seen_on=date(2026, 11, 2))
    before = replace(before, last_absent_on=date(2026, 11, 1))
    entries = (before, late("第二期", "2026-03-02"))

    tonight = told(*entries)
    tomorrow = told(*entries, on=moment(TODAY + timedelta(days=1)))

    assert len({one.key for one in tonight}) == 2
    assert tonight == tomorrow


@pytest.mark.parametrize(
    "entry",
    [
        document("第一期", "2026-03-02", first_seen_on=CAME),
        late("第一期", "2026-11-12"),
        late("第一期", "2026-03-02", first_seen_on=date(2026, 10, 1)),
        late("第一期", "2026-02-14", last_absent_on=date(2026, 2, 23)),
    ],
    ids=[
        "no night had read that far without it",
        "put up a few days after its day",
        "told when it came",
        "no working day lies between",
    ],
)
def test_what_is_not_proven_to_be_late_is_not_told(entry: Document) -> None:
    assert told(entry) == []


def test_working_days_are_not_told_where_holidays_are_not_known() -> None:
    unknown = moment(calendar=WorkCalendar())

    (one,) = told(late("第一期", "2026-03-02"), on=unknown)

    assert one.sentence.endswith("至少晚262天")


@pytest.mark.parametrize(("day", "is_told"), [(date(2026, 11, 1), False), (date(2026, 9, 1), True)])
def test_nothing_is_said_while_the_office_knows_that_a_site_is_moved(
    day: date, is_told: bool
) -> None:
    entries = [late(f"第{number}期", "2026-03-02") for number in range(6)]
    moving = {MIGRATION: (day,)}

    assert bool(told(*entries, events=moving)) is is_told
    assert bool(list(published_at_once(case(*entries, events=moving), moment()))) is is_told


def test_a_night_that_does_not_count_is_not_the_first_that_saw_it() -> None:
    past = replace(QUIET, nights=(NOT_YET, date(2026, 11, 21)))

    (one,) = told(late("第一期", "2026-03-02"), past=past)

    assert one.facts["first"] == date(2026, 11, 21)


def test_many_entries_are_counted_and_not_all_named() -> None:
    (one,) = told(*(late(f"第{number}期", "2026-03-02") for number in range(25)))

    assert one.facts["count"] == 25
    assert one.sentence.count("至少晚") == 20
    assert one.sentence.endswith("；另有5条")


def test_a_column_is_looked_up_only_where_something_new_asks_for_it() -> None:
    looks = {
        "late": observation(late("第一期", "2026-03-02")),
        "many": observation(*(late(f"第{n}期", "2026-11-20") for n in range(5))),
        "few": observation(*(late(f"第{n}期", "2026-11-20") for n in range(4))),
        "old": observation(late("第一期", "2026-03-02", first_seen_on=date(2026, 9, 1))),
    }

    assert asked(looks, moment()) == {"late", "many"}


# --- changed days ----------------------------------------------------------------------


def changed(*listed: Document, **said: Any) -> list[Remark]:
    return list(bears_other_days(case(*listed, **said), moment()))


def redated(title: str, before: str, on: str) -> Document:
    since = date(2026, 3, 5)
    return document(title, on, redated_from=date.fromisoformat(before), unchanged_since=since)


@pytest.mark.parametrize("now", ["2026-11-02", "2026-01-05"], ids=["newer", "older"])
def test_another_day_under_the_same_words_is_told_with_the_one_it_bore(now: str) -> None:
    (one,) = changed(redated("收费公示", "2026-03-02", now), document("其他", "2026-05-01"))

    assert one.kind is RemarkKind.REDATED
    assert one.sentence == (
        f"“收费信息”栏目有1条信息内容未变，标注日期改成了{now}："
        "“收费公示”原标2026-03-02（2026-03-05所见）"
    )


@pytest.mark.parametrize(
    ("before", "now"),
    [("2026-03-02", "2026-03-08"), ("2026-03-02", str(TODAY))],
    ids=["a few days", "that of tonight, as pages print it"],
)
def test_a_day_that_may_have_moved_by_itself_is_not_told(before: str, now: str) -> None:
    assert changed(redated("收费公示", before, now)) == []


@pytest.mark.parametrize(("others", "is_told"), [(7, True), (3, False)], ids=["some", "most"])
def test_a_list_of_which_most_bears_other_days_was_made_anew(others: int, is_told: bool) -> None:
    moved = [redated(f"第{n}期", f"2026-03-{n + 1:02}", "2026-11-02") for n in range(5)]
    same = [document(f"旧{n}", "2026-02-02") for n in range(others)]

    assert bool(changed(*moved, *same)) is is_told


def test_days_that_changed_since_a_site_was_moved_are_not_told() -> None:
    one = redated("收费公示", "2026-03-02", "2026-11-02")

    assert changed(one, events={MIGRATION: (date(2026, 5, 1),)}) == []
    assert len(changed(one, events={MIGRATION: (date(2026, 2, 1),)})) == 1


# --- all at once -----------------------------------------------------------------------

BURST = tuple(late(f"第{number}期", "2026-11-20") for number in range(5))


def bursts(*listed: Document, **said: Any) -> list[Remark]:
    return list(published_at_once(case(*listed, **said), moment()))


def test_many_entries_after_a_long_quiet_are_told_once() -> None:
    later = late("第六期", "2026-11-22", first_seen_on=date(2026, 11, 22))
    later = replace(later, last_absent_on=date(2026, 11, 21))

    (one,) = bursts(*BURST, later)

    assert one.kind is RemarkKind.BURST
    assert one.sentence == (
        "“收费信息”栏目自2026-11-20起三天内首次见到6条信息，此前在2026-05-04以后没有新增过，"
        "2026-11-19读列表时这些都还没有"
    )


LONG_AGO = date(2026, 11, 10)
IN_A_WEEK = tuple(
    replace(
        one,
        first_seen_on=CAME - timedelta(days=days),
        last_absent_on=NOT_YET - timedelta(days=days),
    )
    for one, days in zip(BURST, (0, 1, 2, 3, 4), strict=True)
)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (BURST[:4], {}),
        (IN_A_WEEK, {}),
        (BURST, {"past": replace(QUIET, arrivals=(date(2026, 10, 8), CAME))}),
        (BURST, {"past": replace(QUIET, same_since=date(2026, 10, 8))}),
        (BURST, {"past": replace(QUIET, same_since=None)}),
        (tuple(replace(one, last_absent_on=LONG_AGO) for one in BURST), {}),
        (tuple(replace(one, last_absent_on=None) for one in BURST), {}),
        (BURST, {"requirement": requirement(limits=(standing(),))}),
    ],
    ids=[
        "too few",
        "in the course of a week",
        "something came not long before",
        "not known long enough, or it stood elsewhere",
        "never read before",
        "nobody looked for some days before",
        "no list had been read without them",
        "nothing is owed there all the time",
    ],
)
def test_what_has_another_explanation_is_no_burst(
    listed: tuple[Document, ...], said: dict[str, Any]
) -> None:
    assert bursts(*listed, **said) == []


def test_a_vacation_is_no_quiet_time() -> None:
    vacation = ((date(2026, 9, 1), date(2026, 11, 10)),)
    away = WorkCalendar(covered=frozenset({2026}), vacations=vacation)
    past = replace(QUIET, arrivals=(date(2026, 8, 1), CAME))

    assert len(bursts(*BURST, past=past)) == 1
    assert list(published_at_once(case(*BURST, past=past), moment(calendar=away))) == []


@pytest.mark.parametrize(
    ("came", "events", "near"),
    [
        (CAME, {}, ""),
        (CAME, {INSPECTION: (date(2026, 12, 1),)}, "，在上级检查（2026-12-01）前后10个工作日内"),
        (CAME, {INSPECTION: (date(2026, 12, 31),)}, ""),
        (date(2026, 12, 21), {}, "，在季末（2026-12-31）前后10个工作日内"),
        (date(2027, 1, 8), {}, "，在季末（2026-12-31）前后10个工作日内"),
    ],
    ids=["by itself", "before an inspection", "long before", "before a quarter ends", "after it"],
)
def test_what_a_burst_may_have_been_for_is_told(
    came: date, events: dict[str, tuple[date, ...]], near: str
) -> None:
    before = came - timedelta(days=1)
    entries = [replace(one, first_seen_on=came, last_absent_on=before) for one in BURST]
    past = replace(QUIET, arrivals=(QUIET.arrivals[0], came))

    (one,) = published_at_once(
        case(*entries, past=past, events=events),
        Moment(today=came + timedelta(days=1), calendar=CALENDAR),
    )

    assert one.facts["near"] == near
