"""The officer's morning: seven numbers, what is different, how the system is; or nothing."""

from datetime import UTC, date, datetime

import pytest

from reports.kinds.digest import Health, Morning, compose, subject

ON = date(2026, 11, 23)
WELL = Health(
    started_at=datetime(2026, 11, 22, 15, tzinfo=UTC), minutes=130, pages=8123, free_gb=35.24
)
BEFORE = Morning(to_review=2, letters=6)
NOW = Morning(new=3, to_review=5, due_today=1, unreached_units=2, letters=4)


def test_the_digest_is_counts_changes_and_health() -> None:
    assert compose(NOW, BEFORE, WELL, on=ON) == (
        "11月23日（星期一）信息公开巡查工作摘要\n"
        "新发现 3（待审核 5） · 今日到期 1 · 新逾期 0 · 仍未整改 0 · 待复核 0 · 申请复核 0"
        " · 未能核查 2 个单位 · 待发邮件 4\n"
        "与上一次相比：待审核增加 3，未能核查单位增加 2，待发邮件减少 2。\n"
        "系统状况：最近一次巡查 11月22日 23:00 开始，用时 2 小时 10 分，读取 8123 页，"
        "磁盘剩余 35.2 GB。\n"
    )


@pytest.mark.parametrize(
    ("now", "before", "is_sent"),
    [
        (BEFORE, BEFORE, False),
        (Morning(), None, False),
        (BEFORE, None, True),
        (Morning(new=1), Morning(new=1), True),
        (Morning(due_today=1), Morning(due_today=1), True),
        (Morning(newly_overdue=1), Morning(newly_overdue=1), True),
        (Morning(), Morning(due_today=1, new=2), False),
        (Morning(), Morning(contested=1), True),
    ],
    ids=[
        "as yesterday",
        "nothing on the first day",
        "something on the first day",
        "found again today",
        "due today",
        "overdue today",
        "yesterday's news",
        "one fewer",
    ],
)
def test_it_is_sent_only_when_something_is_new(
    now: Morning, before: Morning | None, is_sent: bool
) -> None:
    assert bool(compose(now, before, WELL, on=ON)) == is_sent


def test_trouble_is_always_told() -> None:
    held = Health(trouble="本次巡查结果异常，已暂停发送。")

    assert compose(BEFORE, BEFORE, held, on=ON).splitlines()[-2:] == [
        "系统状况：尚无巡查记录。",
        "本次巡查结果异常，已暂停发送。",
    ]


def test_without_a_change_none_is_told() -> None:
    assert "与上一次相比" not in compose(Morning(new=1), Morning(), WELL, on=ON)
    assert "用时 45 分" in compose(NOW, None, Health(started_at=WELL.started_at, minutes=45), on=ON)


def test_the_inbox_shows_what_waits() -> None:
    assert subject(NOW, on=ON) == "【工作摘要】11月23日：新发现3项，待审核5项"


def test_what_is_personal_is_counted_for_the_officer_and_nothing_more_is_said():
    text = compose(Morning(exposed=2, overstaying=1), Morning(), WELL, on=ON)

    assert "疑似泄露个人信息 2 条，超期未撤 1 条" in text
    assert "超期未撤" not in compose(Morning(new=1), Morning(), WELL, on=ON)


def test_closed_problems_that_wait_for_a_look_have_a_line_of_their_own():
    text = compose(Morning(to_look_back=3), Morning(to_look_back=1), WELL, on=ON)

    assert "待回头看 3 项（已销号，请打开页面再看）：mingcha findings lookback。\n" in text
    assert "待回头看增加 2" in text
    assert "回头看" not in compose(Morning(new=1), Morning(), WELL, on=ON)
