"""The sheet of proposed addresses: what is accepted beforehand, and what a row says."""

from __future__ import annotations

from datetime import date

from builders import column, unit

from monitor.model import Discovery, Spot, Sureness
from monitor.units.proposals import PROPOSAL_HEADERS, proposal_rows

COLUMNS = {one.id: one for one in (column(), column(id="plan", name="计划总结"))}
SPOT = Spot(
    address="http://school.example/fees/",
    sureness=Sureness.CERTAIN,
    grounds=("首页上有入口", "写明是本单位的"),
    newest=date(2026, 9, 1),
)
OTHER = Spot(address="http://school.example/other/", sureness=Sureness.CERTAIN)


def found(*spots: Spot, **changes: object) -> Discovery:
    return Discovery(**{"unit": "P-01", "column": "fees", "spots": spots} | changes)


def rows(*discoveries: Discovery, **changes: object) -> list[dict]:
    units = (unit(**changes), unit(code="P-02", name="青石县第二小学"))
    return [
        dict(zip(PROPOSAL_HEADERS, row, strict=True))
        for row in proposal_rows(discoveries, units, COLUMNS)
    ]


def test_a_certain_address_is_accepted_beforehand() -> None:
    assert rows(found(SPOT)) == [
        {
            "单位编码": "P-01",
            "单位": "青石县实验小学",
            "栏目": "收费信息",
            "网址": "http://school.example/fees/",
            "把握": "确定",
            "依据": "首页上有入口；写明是本单位的",
            "最新一条": date(2026, 9, 1),
            "采用": "是",
        }
    ]


def test_a_person_decides_between_two_addresses_for_one_column() -> None:
    assert [row["采用"] for row in rows(found(SPOT, OTHER))] == [None, None]


def test_a_person_decides_on_an_address_proposed_twice() -> None:
    for one in (found(SPOT, column="plan"), found(SPOT, unit="P-02")):
        both = rows(found(SPOT), one)

        assert [row["采用"] for row in both] == [None, None]
        assert all("本表中另有一行也是这个网址" in row["依据"] for row in both)


def test_what_the_sheet_says_already_is_not_changed_without_a_person() -> None:
    (row,) = rows(found(SPOT), entrances={"fees": "http://elsewhere.example/"})

    assert row["采用"] is None
    assert row["依据"].endswith("单位清单中现为http://elsewhere.example/")


def test_what_was_not_found_and_what_was_not_seen_are_two_words() -> None:
    vain, closed = rows(
        found(looked=("看了3个页面",)), found(column="plan", opened=False, looked=("看不了",))
    )

    assert (vain["把握"], vain["依据"], vain["网址"]) == ("没有找到", "看了3个页面", None)
    assert (closed["把握"], closed["采用"]) == ("没能查看", None)
