"""The last day of a notice, worked out by hand for thirty wordings."""

from datetime import date

import pytest
from builders import CALENDAR

from monitor.publicity import last_day

#: a Wednesday, the first day after the holiday of May
ON = date(2026, 5, 6)
TEXTS = [
    # two days
    ("公示期：2026年5月6日至2026年5月12日。", date(2026, 5, 12)),
    ("公示期为2026年5月6日至5月12日，如有异议请反映。", date(2026, 5, 12)),
    ("公示时间：2026年5月6日—12日", date(2026, 5, 12)),
    ("公示时间自2026年5月6日起至2026年5月12日止。", date(2026, 5, 12)),
    ("公示期从5月6日到5月12日止，共5个工作日。", date(2026, 5, 12)),
    ("公示日期：2026.5.6-2026.5.12", date(2026, 5, 12)),
    ("公示起止时间：2026-05-06至2026-05-12", date(2026, 5, 12)),
    ("公示期限：2026/5/6～2026/5/12", date(2026, 5, 12)),
    ("公示期：5月6日－5月12日", date(2026, 5, 12)),
    ("公示时间：2026年5月6日8:00至2026年5月12日18:00", date(2026, 5, 12)),
    ("公示期：2026年5月6日（星期三）至5月12日（星期二）", date(2026, 5, 12)),
    ("现予以公示，公示期自2026年12月28日至2027年1月4日。", date(2027, 1, 4)),
    ("公示期为12月28日至1月4日", date(2027, 1, 4)),
    ("公示期7天（2026年5月6日至5月12日）。", date(2026, 5, 12)),
    ("一、公示时间\n2026年5月6日至5月12日\n二、受理电话", date(2026, 5, 12)),
    ("公示时间\t2026年5月6日-5月10日", date(2026, 5, 10)),
    # so many days; Saturday the 9th is worked
    ("公示期为5个工作日。", date(2026, 5, 12)),
    ("公示期五个工作日，欢迎监督。", date(2026, 5, 12)),
    ("公示期为五（5）个工作日", date(2026, 5, 12)),
    ("公示期限：7个工作日", date(2026, 5, 14)),
    ("现将名单公示5个工作日。", date(2026, 5, 12)),
    ("公示时间为7天，自公示之日起计算。", date(2026, 5, 13)),
    ("公示期：自发布之日起10日。", date(2026, 5, 16)),
    ("公示期自2026年5月8日起，为期5个工作日。", date(2026, 5, 14)),
    ("公示期十五个自然日，期满后5个工作日内发放。", date(2026, 5, 21)),
    # no single day
    ("公示期满后5个工作日内发放到卡。", None),
    ("本栏目长期公示。", None),
    ("公示期：2026年5月12日至5月6日", None),
    ("第一批公示期：5月6日至5月12日。第二批公示期：5月13日至5月19日。", None),
    ("请于5月6日至5月12日到校办理手续。", None),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_the_last_day_of_a_notice_is_exact(text, expected):
    near = date(2026, 12, 28) if "12月28日" in text else ON

    assert last_day(text, near, CALENDAR) == expected


def test_working_days_over_a_holiday_are_counted_with_what_was_made_up():
    # 1 to 5 May are off, 9 May, a Saturday, is worked
    assert last_day("公示期5个工作日", date(2026, 4, 29), CALENDAR) == date(2026, 5, 9)


def test_working_days_in_a_year_without_published_holidays_give_no_day():
    assert last_day("公示期5个工作日", date(2027, 3, 1), CALENDAR) is None


def test_days_without_a_year_need_a_day_of_publication():
    assert last_day("公示期：5月6日至5月12日", None, CALENDAR) is None
    assert last_day("公示期为5个工作日", None, CALENDAR) is None
