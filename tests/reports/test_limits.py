"""The words of time limits: every kind has its own, and practice says that it is practice."""

import pytest
from builders import age, md, requirement, standing

from monitor.model import DayKind, Grounds
from monitor.periods import Every
from monitor.timelimits import (
    KINDS,
    AfterEvent,
    BeforeEvent,
    ColumnMaxAge,
    NoticePeriod,
    OnOccurrence,
    PairedAfter,
    Periodic,
    Season,
    SubjectPeriod,
    Suspend,
    TakedownAfter,
    Unspecified,
    YearlyBy,
    YearlyWindow,
)
from reports.limits import limit_text

LAW = {"grounds": Grounds.LAW}
WORKING = DayKind.WORKING
LIMITS = [
    (YearlyBy(month=1, day=31, subject_period=SubjectPeriod.PREVIOUS_CALENDAR_YEAR, **LAW),
     "每年1月31日前（上一年度）"),
    (YearlyWindow(opens=md("12-01"), closes=md("02-28"), **LAW), "每年12月1日至次年2月28日"),
    (Season(opens=md("08-15"), closes=md("09-30"), label="秋季学期", **LAW),
     "每年8月15日至9月30日（秋季学期）"),
    (AfterEvent(event="形成或变更", days=20, day_kind=WORKING, **LAW),
     "信息形成或变更后20个工作日内"),
    (AfterEvent(event="预算批复", days=20, day_kind=DayKind.CALENDAR, outer=md("04-30"), **LAW),
     "预算批复后20天内，每年最迟4月30日"),
    (AfterEvent(event="公示期满", days=0, day_kind=WORKING, **LAW), "公示期满当日"),
    (Periodic(every=Every.QUARTER, min_count=2, **LAW), "每季度至少2条"),
    (ColumnMaxAge(max_age=age("6m"), suspend=Suspend.VACATION, **LAW),
     "至少每6个月更新一次（寒暑假和考试日不计）"),
    (standing(review_every=age("1y")), "长期公开，每年核对更新一次"),
    (OnOccurrence(**LAW), "发生时公开"),
    (Unspecified(**LAW), "规定为“及时”，没有具体期限"),
    (PairedAfter(of="B-08", days=3, day_kind=WORKING, **LAW), "对应的信息公开后3个工作日内"),
    (NoticePeriod(days=5, **LAW), "公示不少于5个工作日"),
    (BeforeEvent(event="开学", lead=age("2w"), **LAW), "开学前至少2周"),
    (TakedownAfter(event="公示期满", days=5, **LAW), "公示期满后5天内撤下"),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "words"), LIMITS, ids=[limit.kind for limit, _ in LIMITS])
def test_a_time_limit_has_its_words(limit: object, words: str) -> None:
    assert limit_text(requirement(limits=(limit,))) == words


def test_every_kind_of_time_limit_is_among_the_cases() -> None:
    assert {limit.kind for limit, _ in LIMITS} == set(KINDS)


@pytest.mark.parametrize(("accepted", "mark"), [(False, "（常见做法）"), (True, "（按本局口径）")])
def test_what_is_only_practice_says_so(accepted: bool, mark: str) -> None:
    practice = Season(opens=md("08-15"), closes=md("09-30"), grounds=Grounds.DEFAULT)
    wanted = requirement(limits=(practice, standing()), accept_defaults=accepted)

    assert limit_text(wanted) == f"长期公开；每年8月15日至9月30日{mark}"
