from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.plan import Want, plan
from monitor.model import (
    Catalog,
    Column,
    Document,
    LookFor,
    Match,
    Network,
    Remembered,
    RobotsFile,
    Unit,
)

FEES = Column(id="fees", name="收费信息", aliases=("收费公示",))
ENROLMENT = Column(id="enrolment", name="招生信息")
CATALOG = Catalog(columns={"fees": FEES, "enrolment": ENROLMENT}, requirements={}, digest="d1")
SINCE = date(2026, 1, 1)
AUTUMN = LookFor(match=Match(any=("秋季",)))
SPRING = LookFor(match=Match(any=("春季",)))


def unit(code: str, **given: object) -> Unit:
    return Unit(**{"code": code, "name": f"{code}小学", "home": f"http://{code}.cn/", **given})


def planned(*wants: Want, units: tuple[Unit, ...], **given: object):
    settings = {
        "catalog": CATALOG,
        "remembered": {},
        "network": Network(),
        "scan": "s1",
        "night": date(2026, 11, 20),
        **given,
    }
    return plan(wants, units=units, **settings)


def want(code: str, column: str = "fees", **given: object) -> Want:
    return Want(**{"unit": code, "column": column, "since": SINCE, **given})


def test_a_unit_and_column_is_one_target_however_many_things_are_wanted_of_it():
    (batch,) = planned(
        want("a", since=date(2026, 3, 1), look_for=(AUTUMN,)),
        want("a", since=date(2025, 9, 1), look_for=(SPRING, AUTUMN)),
        units=(unit("a"),),
    )

    (target,) = batch.targets
    assert target.since == date(2025, 9, 1)
    assert target.look_for == (AUTUMN, SPRING)
    assert target.column is FEES
    assert batch.catalog_digest == "d1"


@pytest.mark.parametrize(
    ("given", "remembered", "address"),
    [
        ({"entrances": {"fees": "http://a.cn/sf/"}}, "http://a.cn/old/", "http://a.cn/sf/"),
        ({}, "http://a.cn/found/", "http://a.cn/found/"),
        ({}, "", ""),
        ({"entrances": {"fees": "file:///etc/passwd"}}, "", ""),
    ],
    ids=["the sheet's", "the last one found", "to be found", "no address one may open"],
)
def test_where_a_column_is_looked_for(given, remembered, address):
    last = {("a", "fees"): Remembered(address=remembered, etag="x")}

    (batch,) = planned(want("a"), units=(unit("a", **given),), remembered=last)

    assert batch.targets[0].address == address


@pytest.mark.parametrize(
    ("given", "kept"), [("https://www.a.cn/sf/index.html", True), ("http://a.cn/new/", False)]
)
def test_what_is_remembered_of_another_address_is_no_guide(given, kept):
    last = {("a", "fees"): Remembered(address="http://a.cn/sf/", etag="x", list_digest="y")}

    (batch,) = planned(want("a"), units=(unit("a", entrances={"fees": given}),), remembered=last)

    assert bool(batch.targets[0].remembered.etag) is kept


@pytest.mark.parametrize(
    ("last", "asked"),
    [
        (Remembered(address="http://a.cn/sf/", list_digest="d1"), True),
        (Remembered(address="http://a.cn/sf/"), False),
        (Remembered(address="http://a.cn/old/", list_digest="d1"), False),
    ],
    ids=["its list may be the same", "read anew", "another address"],
)
def test_documents_are_opened_again_only_where_the_list_may_stand(last, asked):
    known = (Document(url="http://a.cn/sf/1.html", title="收费公示"),)
    place = ("a", "fees")

    (batch,) = planned(
        want("a"),
        units=(unit("a", entrances={"fees": "http://a.cn/sf/"}),),
        remembered={place: last},
        again={place: known},
    )

    assert batch.targets[0].again == (known if asked else ())


@pytest.mark.parametrize(
    "gone",
    [unit("a", home=""), unit("a", active=False), unit("a", home="ftp://a.cn/")],
    ids=["without a site", "closed", "without a web address"],
)
def test_what_cannot_be_opened_is_not_planned(gone):
    (batch,) = planned(want("a"), want("b"), units=(gone, unit("b")))

    assert [target.unit for target in batch.targets] == ["b"]


def test_nothing_wanted_is_no_batch():
    assert planned(units=(unit("a"),)) == ()


def test_a_list_of_several_units_is_marked():
    shared = {"entrances": {"fees": "http://portal.cn/sf/"}}
    units = (unit("a", **shared), unit("b", **shared), unit("c"))

    (batch,) = planned(want("a"), want("b"), want("c"), units=units)

    assert {target.unit: target.shared for target in batch.targets} == {
        "a": True,
        "b": True,
        "c": False,
    }


def test_a_batch_holds_whole_hosts_and_the_longest_come_first():
    codes = [f"u{n}" for n in range(5)]
    wants = [want(code) for code in codes] + [want("u3", "enrolment")]

    batches = planned(*wants, units=tuple(map(unit, codes)), groups=2)

    groups = [[target.group for target in batch.targets] for batch in batches]
    assert [batch.batch for batch in batches] == [1, 2, 3]
    assert groups[0][:2] == ["u3.cn", "u3.cn"]
    assert sorted({name for group in groups for name in group}) == sorted(
        f"{code}.cn" for code in codes
    )
    assert sum(len(set(group)) for group in groups) == len(codes)


def test_each_test_target_is_a_host_of_its_own():
    units = tuple(unit(f"u{n}", home=f"http://127.0.0.1:{8000 + n}/") for n in range(2))
    network = Network(test_targets=("127.0.0.1:8000-8001",))

    (batch,) = planned(want("u0"), want("u1"), units=units, network=network)

    assert [target.group for target in batch.targets] == ["127.0.0.1:8000", "127.0.0.1:8001"]


def test_what_the_last_night_did_not_come_to_comes_first():
    units = tuple(unit(code) for code in "abc")
    wants = [want(code, column) for code in "abc" for column in ("fees", "enrolment")]

    batches = planned(
        *wants,
        units=units,
        groups=1,
        left_over={("c", "enrolment"): date.min, ("b", "fees"): date(2026, 11, 1)},
    )

    assert [batch.targets[0].unit for batch in batches] == ["c", "b", "a"]
    assert [target.column.id for target in batches[0].targets] == ["enrolment", "fees"]
    assert [batch.batch for batch in batches] == [1, 2, 3]


def test_a_batch_takes_the_last_robots_txt_of_its_own_hosts_along():
    portal = {"fees": "https://portal.cn/a/"}
    units = (unit("a", entrances=portal), unit("b"), unit("c"))
    kept = {
        host: RobotsFile(
            address=f"{host}/robots.txt", text="", read_at=datetime(2026, 11, 19, 15, tzinfo=UTC)
        )
        for host in ("http://a.cn", "https://portal.cn", "http://b.cn", "http://stranger.cn")
    }

    batches = planned(*map(want, "abc"), units=units, groups=1, robots=kept.values())

    taken = {batch.targets[0].unit: set(batch.robots) for batch in batches}
    assert taken == {
        "a": {kept["http://a.cn"], kept["https://portal.cn"]},
        "b": {kept["http://b.cn"]},
        "c": set(),
    }
