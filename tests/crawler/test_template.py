"""Lists that stand on the pages of several columns: one of the template is no column's own."""

from __future__ import annotations

import pytest
from schoolpages import UNIT
from test_unit import MISSING, SITE, Pages, target, walked

from monitor.model import Column, Observation, Outcome, Remembered

SIDE = "".join(
    f"<li><a href='/show/{n}.html'>校园里的第{n}件新鲜事</a><span>2026-10-0{n}</span></li>"
    for n in range(1, 5)
)


def rows(name: str) -> str:
    return "".join(
        f"<li><a href='/show/{name}{n}.html'>{name}第{n}号</a><span>2026-09-0{n}</span></li>"
        for n in (1, 2)
    )


def column(name: str, own: str = "", *, side: str = SIDE, trail: str = "") -> str:
    """A page of a site whose template tells nothing of where its lists stand."""
    crumbs = trail or f"<a href='/'>首页</a> &gt; {name}"
    return (
        f"<html><head><meta charset='utf-8'><title>{name}-{UNIT}</title></head><body>"
        f"<div class='top'>{UNIT}</div><div class='wz'>当前位置：{crumbs}</div>"
        f"<div class='box'><div class='x'><ul class='s'>{side}</ul></div>"
        f"<div class='y'>{f'<ul class=l>{own}</ul>' if own else ''}</div></div></body></html>"
    )


COLUMNS = {"fees": "收费信息", "plan": "招生信息", "meal": "食堂信息"}
FEES, PLAN, MEAL = (f"/{key}.htm" for key in COLUMNS)


def night(pages: Pages, *keys: str, **given: object) -> tuple[list[Observation], list[str]]:
    targets = [
        target(
            column=Column(id=key, name=COLUMNS[key]), address=f"{SITE}/{key}.htm", home="", **given
        )
        for key in keys
    ]
    return walked(pages, *targets)


def outcomes(pages: Pages, *keys: str, **given: object) -> list[Outcome]:
    return [seen.outcome for seen in night(pages, *keys, **given)[0]]


def test_a_block_that_two_columns_show_is_neithers():
    pages = {FEES: column("收费信息"), PLAN: column("招生信息")}

    seen, asked = night(pages, "fees", "plan")

    assert [one.outcome for one in seen] == [Outcome.UNPLACED] * 2
    assert [one.phrase for one in seen] == ["招生信息", "收费信息"]
    assert [one.documents for one in seen] == [(), ()]
    assert [place for place in asked if place.endswith(".htm")] == [FEES, PLAN]


@pytest.mark.parametrize("keys", [("fees", "plan"), ("plan", "fees")])
def test_a_column_that_is_filled_is_read_and_its_empty_neighbour_is_left_open(keys):
    pages = {FEES: column("收费信息"), PLAN: column("招生信息", rows("招生简章"))}

    seen = {one.column: one for one in night(pages, *keys)[0]}

    assert seen["fees"].outcome is Outcome.UNPLACED
    assert seen["plan"].outcome is Outcome.OPENED
    assert [one.title for one in seen["plan"].documents] == ["招生简章第1号", "招生简章第2号"]


def test_a_column_that_is_emptied_beside_a_neighbour_nobody_asks_for_is_left_open():
    """Its neighbour did not change: there is no page of it tonight unless one is opened."""
    pages = {FEES: column("收费信息"), PLAN: column("招生信息", rows("招生简章"))}
    unchanged = Remembered(etag='"1"', list_digest="x:y", to_end=True, identity_seen=True)

    seen, asked = night(pages, "fees", "plan", remembered=unchanged)

    assert seen[0].outcome is Outcome.UNPLACED
    assert asked[:2] == [FEES, PLAN]
    assert asked.count(PLAN) == 1


def test_a_short_list_that_no_other_page_shows_is_the_columns():
    pages = {
        FEES: column("收费信息", side=rows("收费公示")),
        PLAN: column("招生信息", side=rows("招生简章")),
        MEAL: MISSING,
    }

    assert outcomes(pages, "fees", "plan") == [Outcome.OPENED] * 2
    assert outcomes(pages, "fees", "meal")[0] is Outcome.OPENED
    assert outcomes(pages, "fees") == [Outcome.OPENED]


def test_one_column_at_two_addresses_shows_one_list():
    one_page = column("收费信息")

    assert outcomes({FEES: one_page, PLAN: one_page}, "fees", "plan") == [Outcome.OPENED] * 2


def test_a_column_and_the_one_above_it_show_one_list():
    trail = "<a href='/'>首页</a> &gt; <a href='/plan.htm'>招生信息</a>"
    pages = {
        FEES: column("收费信息", trail=f"{trail} &gt; 收费信息"),
        PLAN: column("招生信息", trail=trail),
    }

    assert outcomes(pages, "fees", "plan") == [Outcome.OPENED] * 2


def test_a_list_under_its_own_name_is_the_columns_whoever_shows_it_too():
    pages = {
        FEES: column("收费信息").replace("<ul class='s'>", "<h3>收费信息</h3><ul class='s'>"),
        PLAN: column("招生信息").replace("<ul class='s'>", "<h3>招生信息</h3><ul class='s'>"),
    }

    assert outcomes(pages, "fees", "plan") == [Outcome.OPENED] * 2


def test_a_unit_of_one_column_is_compared_with_its_home_page():
    home = column("首页").replace("<ul class='s'>", "<h3>{}</h3><ul class='s'>")
    fees = target(column=Column(id="fees", name="收费信息"), address=f"{SITE}{FEES}")

    def seen(front: str) -> Observation:
        return walked({FEES: column("收费信息"), "/": front}, fees)[0][0]

    assert seen(column("首页")).outcome is Outcome.UNPLACED
    assert seen(column("首页")).phrase in {"首页", f"{SITE}/"}
    assert seen(home.format("收费信息")).outcome is Outcome.OPENED
    assert seen(MISSING.body.decode()).outcome is Outcome.OPENED
