"""示例县的问题: what is planted in a column that should not be so, and what it deserves.

A planting takes the school and its column in good order, and returns the column as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from commands.demo import money, schools
from commands.demo.records import FOREVER, Claim, Entry, Plot, Section, Shape, steady
from commands.demo.schools import School

Planting = Callable[[School, Plot], Plot]


def absent(reason: str, status: str = "NOCOL") -> Planting:
    """The site has no such column."""

    def plant(school: School, plot: Plot) -> Plot:
        claims = (steady(claim.requirement, status, reason) for claim in plot.claims)
        return Plot(section=None, claims=tuple(claims))

    return plant


def empty(says: str) -> Planting:
    """The column says itself that there is nothing."""

    def plant(school: School, plot: Plot) -> Plot:
        reason = f"栏目在，但列表里只写着“{says}”"
        return _altered(plot, "EMPTY", reason, entries=(), shape=Shape.EMPTY, says=says)

    return plant


def broken(since: int, reason: str) -> Planting:
    """The column's address is dead from night ``since`` on, and still in the menu."""

    def plant(school: School, plot: Plot) -> Plot:
        claims = (
            Claim(
                requirement=claim.requirement,
                statuses=claim.statuses[: since - 1] + ("BROKEN",) * (FOREVER - since),
                reason=reason,
            )
            for claim in plot.claims
        )
        return Plot(section=replace(_of(plot), gone_from=since), claims=tuple(claims))

    return plant


def quiet(newest: str, count: int = 24) -> Planting:
    """Nothing new in the news column since ``newest``."""

    def plant(school: School, plot: Plot) -> Plot:
        whole = schools.activities(school, _of(plot).name, count=count, newest=newest)
        reason = f"最近一条是{newest}，已超过两周"
        return Plot(section=whole.section, claims=(steady("S-34", "STALE", reason),))

    return plant


def waived(requirement: str, status: str, reason: str) -> Planting:
    """One item of the column is not owed, by the county's layer."""

    def plant(school: School, plot: Plot) -> Plot:
        told = steady(requirement, status, reason)
        claims = (told if old.requirement == requirement else old for old in plot.claims)
        return Plot(section=plot.section, claims=tuple(claims))

    return plant


def scripted(school: School, plot: Plot) -> Plot:
    """The column is a shell that only a browser's script can fill."""
    reason = "栏目内容由脚本在浏览器里加载，直接读页面看不到条目，有没有要人工看"
    return _altered(plot, "UNSURE", reason, shape=Shape.SHELL)


def fees_without_phone(school: School, plot: Plot) -> Plot:
    """收费公示 that names no telephone to complain to."""
    entries = (
        money.fee_notice(school, "2026年秋季学期", "2026-09-01", with_phone=False),
        money.fee_notice(school, "2026年春季学期", "2026-02-25", with_phone=False),
    )
    reason = "春秋两季收费公示都在，有标准和依据，但都没有举报或监督电话"
    return _altered(plot, "PARTIAL", reason, entries=entries)


def fees_mended(school: School, plot: Plot) -> Plot:
    """收费公示 that is absent on night 1 and put right before night 2."""
    notices = tuple(
        replace(money.fee_notice(school, term, "2026-11-20"), first_night=2)
        for term in ("2026年秋季学期", "2026年春季学期")
    )
    strangers = tuple(
        Entry(title=f"{school.short}{title}", day=day, body=("请各位家长知悉，自愿选择。",))
        for title, day in (
            ("校服自愿选购告知书", "2026-09-07"),
            ("教辅材料自愿征订告知书", "2026-09-04"),
            ("学生平安保险自愿参保提示", "2026-09-02"),
            ("研学活动自愿报名提示", "2026-04-14"),
            ("校服自愿选购告知书（2025年）", "2025-09-05"),
            ("作业本领取安排", "2025-09-03"),
        )
    )
    claim = Claim(
        requirement="S-11",
        statuses=("MISSING", "OK", "OK"),
        reason="第一夜栏目有6条，没有一条是收费公示；第二夜起补上了春秋两季公示",
    )
    return Plot(section=replace(_of(plot), entries=notices + strangers), claims=(claim,))


def finance_without_budget(school: School, plot: Plot) -> Plot:
    """财务信息 with final accounts only."""
    kept = tuple(entry for entry in _of(plot).entries if "决算" in entry.title)
    reason = "财务栏目读到底只有两年决算，没有任何一年的单位预算"
    missing = waived("S-12", "MISSING", reason)(school, plot)
    return replace(missing, section=replace(_of(plot), entries=kept))


def finance_awaiting_accounts(school: School, plot: Plot) -> Plot:
    """财务信息 without the final accounts that are due on 11-25."""
    kept = tuple(entry for entry in _of(plot).entries if "2025年单位决算" not in entry.title)
    reason = "2025年决算还没有，本县限期是11月25日，只剩几天"
    soon = waived("S-13", "DUE_SOON", reason)(school, plot)
    return replace(soon, section=replace(_of(plot), entries=kept))


def admissions_of_last_year(school: School, plot: Plot) -> Plot:
    """招生信息 of 2025 only."""
    reason = "只有2025年的招生简章，2026年4月1日至9月15日没有新的"
    return _altered(plot, "STALE", reason, entries=_before_2026(plot))


def canteen_of_last_year(school: School, plot: Plot) -> Plot:
    """食堂信息 of 2025 only."""
    reason = "最近一条是2025年11月10日，上一学期（2026年春季）一条也没有"
    return _altered(plot, "STALE", reason, entries=_before_2026(plot))


def purchases_stated(school: School, plot: Plot) -> Plot:
    """采购信息 that says, in due form, that there were no purchases."""
    return money.purchases_statement(school, _of(plot).name)


def _altered(plot: Plot, status: str, reason: str, **changes: object) -> Plot:
    """Return the column with some fields changed and all its items in one status."""
    section: Section = replace(_of(plot), **changes)  # type: ignore[arg-type]  # fields by name
    claims = (steady(claim.requirement, status, reason) for claim in plot.claims)
    return Plot(section=section, claims=tuple(claims))


def _before_2026(plot: Plot) -> tuple[Entry, ...]:
    return tuple(entry for entry in _of(plot).entries if entry.day < "2026")


def _of(plot: Plot) -> Section:
    assert plot.section is not None  # plantings start from a column that exists
    return plot.section
