"""Letters that a page shows as waiting, and tables that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages.letters import waiting_letters
from crawler.pages.text import open_page
from monitor.model import WaitingLetter

HEADS = ("编号", "标题", "来信时间", "答复时间", "办理状态")


def table(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, around: str = "{}") -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in (heads, *rows))
    return around.format("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")


def found(markup: str) -> list[tuple[date, str]]:
    page = open_page(f"<html><body>{markup}</body></html>".encode(), "http://x.example/")
    return [(one.sent_on, one.state) for one in waiting_letters(page)]


def test_letters_that_wait_are_read_with_day_and_state_and_without_their_title() -> None:
    shown = table(
        ("3", "校车问题", "2026-11-02 09:10", "", "办理中"),
        ("2", "入学咨询", "2026-07-01", "2026-07-03", "已办结"),
        ("1", "转学办理", "2026-05-04", "", " 未 回复 "),
    )

    assert found(shown) == [(date(2026, 5, 4), "未回复"), (date(2026, 11, 2), "办理中")]
    assert "标题" not in WaitingLetter.__slots__


@pytest.mark.parametrize(
    "heads",
    [
        ("标题", "留言时间", "回复状态"),
        ("信件标题", "提交时间", "状态"),
        ("咨询标题", "时间", "处理状态"),
        ("标题", "来信日期", "办理进度"),
    ],
)
def test_the_heads_may_be_worded_in_many_ways(heads: tuple[str, ...]) -> None:
    assert len(found(table(("甲", "2026-05-04", "待回复"), heads=heads))) == 1


@pytest.mark.parametrize(
    "markup",
    [
        table(("1", "甲", "2026-05-04", "2026-05-06", "办理中")),
        table(("1", "甲", "2026-05-04", "", "已回复")),
        table(("1", "甲", "05-04", "", "未回复")),
        table(("1", "甲", "2026-05-04至2026-06-04", "", "未回复")),
        table(("1", "甲", "2026-05-04", "未回复")),
        table(("甲", "2026-05-04", "办理中"), heads=("项目", "时间", "状态")),
        table(("甲", "2026-05-04", "办理中"), heads=("信件", "来信时间", "类别")),
        table(
            ("甲", "2026-05-04", "2026-05-05", "未回复"), heads=("标", "来信时间", "时间", "状态")
        ),
        table(("1", "甲", "2026-05-04", "", "未回复"), around="<div hidden>{}</div>"),
        table(),
        "<ul><li>来信时间 2026-05-04 状态 未回复</li></ul>",
        "",
    ],
    ids=[
        "answered in spite of its state",
        "answered",
        "no year",
        "two days",
        "a row of another form",
        "no letters",
        "no state",
        "which day is meant is not clear",
        "nobody sees it",
        "no rows",
        "no table",
        "nothing",
    ],
)
def test_what_is_not_certain_is_no_letter_that_waits(markup: str) -> None:
    assert found(markup) == []
