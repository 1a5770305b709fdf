"""Mail about what will lapse: told before it does, and not as a problem."""

from datetime import date

import pytest
from builders import assessment, document
from noticed import CATALOG, NURSERY, OFFICE, ON, SCHOOL

from monitor.model import Status
from monitor.wording import Because
from reports.kinds.lapse_mail import compose_lapse
from reports.problems import lapses_of

SOON = assessment(
    status=Status.DUE_SOON,
    because=Because.DUE_SOON,
    facts={"due": date(2026, 11, 9), "days": 7},
    documents=(document("收费公示", "2026-05-09"),),
    page="http://school.example/fees/",
)
TEACHERS_SOON = assessment(
    requirement="S-17",
    status=Status.DUE_SOON,
    because=Because.DUE_SOON,
    facts={"due": date(2026, 11, 12), "days": 10},
)


def test_one_item_is_named_in_the_subject() -> None:
    lapses = lapses_of(SCHOOL, [SOON], CATALOG)

    mail = compose_lapse(SCHOOL, lapses, office=OFFICE, on=ON)

    assert mail.subject == "【临期提醒】城东小学：“教育收费公示”将于11月9日到期"
    assert "你校有1项信息公开内容即将到期，请按时公开或更新。这是提前提醒，不计入问题" in mail.text
    assert (
        "　目前情况：最新一条为2026年5月9日《收费公示》，最迟2026年11月9日需要更新。" in mail.text
    )
    assert "整改" not in mail.text


def test_several_are_counted_and_the_nearest_day_is_told() -> None:
    lapses = lapses_of(SCHOOL, [TEACHERS_SOON, SOON], CATALOG)

    mail = compose_lapse(SCHOOL, lapses, office=OFFICE, on=ON)

    assert mail.subject == "【临期提醒】城东小学：2项将到期，最近11月9日"
    assert mail.short.splitlines()[1:3] == ["教育收费公示、教师管理", "最近到期：11月9日（星期一）"]


def test_before_a_holiday_the_holiday_is_named() -> None:
    lapses = lapses_of(SCHOOL, [SOON], CATALOG)

    mail = compose_lapse(SCHOOL, lapses, office=OFFICE, on=ON, holiday="国庆")

    assert mail.subject == "【节前提醒】城东小学：1项将在国庆期间到期"
    assert "将在国庆假期中到期，请在放假前处理" in mail.text


def test_a_mail_about_another_unit_is_not_written() -> None:
    with pytest.raises(ValueError, match="is not for K-01"):
        compose_lapse(NURSERY, lapses_of(SCHOOL, [SOON], CATALOG), office=OFFICE, on=ON)
