"""Where a name or a link may lead (NET-14 to NET-20, NET-28): never inside, never to strangers.

On an island, with a scripted name server and listeners on every address that is forbidden: what
counts is what these saw, not what the crawler says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from island import Island, island
from office import switched_off
from schoolpages import UNIT, article, listing, page
from siteserver import Reply, Request, Route, Site, SiteServer

from crawler.run import scan
from crawler.settings import NAME_SECONDS
from monitor.model import (
    Column,
    FileState,
    LookFor,
    Match,
    Network,
    Observation,
    Outcome,
    Plan,
    Reading,
    Target,
)
from monitor.wire import read_scan

FEES = Column(id="fees", name="收费信息", aliases=("收费公示",))
PUBLIC, OTHER, WEAK = "8.8.4.4", "8.8.8.8", "9.9.9.9"
CAMPUS, BESIDE = "10.20.0.9", "10.21.0.9"
INNER = (
    "127.0.0.1",
    "127.0.0.2",
    "10.0.0.5",
    BESIDE,
    "100.64.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "::1",
    "fd00::1",
)
#: odd ways to write an inner address, each a host of its own in an address
SPELLINGS = (
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "2130706433",
    "2130706434",
    "017700000001",
    "0177.0.0.1",
    "0177.1",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0.0.1",
    "0x7f.0x0.0x0.0x2",
    "0",
    "0.0.0.0",
    "127.000.000.001",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "１２７.0.0.1",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fd00::1]",
    "[0:0:0:0:0:0:0:1]",
    "10.0.0.5",
    "10.5",
    "167772165",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "192.168.1.1",
    "0xc0a80101",
    "inner.test",
    "cloud.test",
    "school.test@127.0.0.1",
    "school.test:x@127.0.0.1",
    "school.test\\@127.0.0.1",
    "127.0.0.1\\.school.test",
    "127.0.0.1%00.school.test",
    "127.0.0.1#.school.test",
)
#: what is no web address at all (NET-18)
SCHEMES = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/fees/",
    "data:text/html,<a href=/a>a</a>",
    "javascript:void(0)",
    "s3://127.0.0.1/fees",
    "//127.0.0.1/fees/",
)
ADDRESSES = (*(f"http://{spelling}/fees/" for spelling in SPELLINGS), *SCHEMES)
ROWS = [(f"第{n}号收费事项的公示", f"/fees/{n}.html", date(2026, 10 - n, 9)) for n in range(6)]
LIST = listing("收费信息", ROWS)
NOT_FOLLOWED = {Outcome.FORBIDDEN_ADDRESS, Outcome.OFFSITE, Outcome.PROTOCOL, Outcome.NO_NAME}


@dataclass(frozen=True, kw_only=True)
class World:
    """The island, its public site, and the listeners nobody may reach."""

    island: Island
    server: SiteServer
    school: Site
    inner: Mapping[str, Site]

    def site(self, routes: Mapping[str, Route], host: str, port: int = 80) -> Site:
        return self.island.run(lambda: self.server.site(routes, host=host, port=port))

    def seen(self, folder: Path, *targets: Target, **network: object) -> dict[str, Observation]:
        """What a real crawl child sees of the targets, by unit."""
        settings = {"delay": 0.0, "timeout": 3, "tries": 1, "pauses": (0,), **network}
        plan = Plan(
            scan="s1",
            batch=1,
            night=date(2026, 11, 20),
            catalog_digest="",
            clock_offset=0.0,
            network=Network(**settings),
            targets=targets,
        )
        file = self.island.run(lambda: scan(plan, folder, evidence=folder / "evidence"))
        found = {seen.unit: seen for seen in read_scan(file).observations()}
        assert len(found) == len(targets)  # I1
        return found

    def reached(self) -> list[str]:
        """The forbidden addresses that somebody connected to (I6)."""
        return [place for place, site in self.inner.items() if site.connections]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with island(PUBLIC, OTHER, WEAK, CAMPUS, *INNER) as made:
        server = made.run(SiteServer)
        try:
            inside = {
                place: made.run(
                    lambda place=place: server.site({"/fees/": LIST}, host=place, port=80)
                )
                for place in INNER
            }
            school = made.run(lambda: server.site({}, host=PUBLIC, port=80))
            made.names.answers |= {
                "school.test": (PUBLIC,),
                "www.school.test": (PUBLIC,),
                "inner.test": ("127.0.0.2",),
                "cloud.test": ("169.254.169.254",),
                "stranger.test": (OTHER,),
                "campus.test": (CAMPUS,),
                "beside.test": (BESIDE,),
            }
            yield World(island=made, server=server, school=school, inner=inside)
        finally:
            server.close()


def target(name: str, address: str, **given: object) -> Target:
    return Target(
        **{
            "unit": name,
            "unit_names": (UNIT,),
            "column": FEES,
            "home": "",
            "address": address,
            "group": name,
            "since": date(2026, 1, 1),
            **given,
        }
    )


# --- NET-14, NET-15, NET-18: forbidden addresses, however they are written ---------------


def redirect(to: str) -> dict[str, Route]:
    return {"": Reply(status=302, headers={"Location": to.encode().decode("latin-1")})}


def refresh(to: str) -> dict[str, Route]:
    return {"": f"<html><head><meta http-equiv='refresh' content='0; url={to}'></head></html>"}


def frame(to: str) -> dict[str, Route]:
    return {"": page("收费信息", f"<iframe src='{to}'></iframe>", crumbs="收费信息")}


def link(to: str) -> dict[str, Route]:
    return {"": listing("收费信息", [("收费事项的公示", to, date(2026, 10, 9)), *ROWS])}


def following(to: str) -> dict[str, Route]:
    return {"": listing("收费信息", ROWS, following=to)}


def attachment(to: str) -> dict[str, Route]:
    listed = listing("收费信息", [("收费事项的公示", "a.html", date(2026, 10, 9)), *ROWS])
    return {
        "": listed,
        "a.html": article("收费事项", date(2026, 10, 9), "附件", files={"a.pdf": to}),
    }


WAYS = (redirect, refresh, frame, link, following, attachment)


@pytest.fixture(scope="module")
def led_inside(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Observation]:
    """One night over pages that lead inside in every way, and columns that are inside."""
    look_for = (LookFor(match=Match(any=("收费",)), words=("电话",), attachments=True),)
    targets = []
    for number, to in enumerate(ADDRESSES):
        targets.append(target(f"seed {to}", to))
        for way in WAYS:
            place = f"/{way.__name__}{number}/"
            world.school.routes |= {place + name: route for name, route in way(to).items()}
            address = f"http://school.test{place}"
            targets.append(target(f"{way.__name__} {to}", address, look_for=look_for))
    return world.seen(tmp_path_factory.mktemp("inside"), *targets, pages_per_column=3)


@pytest.mark.parametrize("to", ADDRESSES)
def test_a_column_inside_is_not_opened(led_inside: dict[str, Observation], to: str) -> None:
    """NET-15, in the unit list; NET-18 for what is not http."""
    assert led_inside[f"seed {to}"].outcome in NOT_FOLLOWED


@pytest.mark.parametrize("way", [redirect, refresh], ids=lambda way: way.__name__)
@pytest.mark.parametrize("to", ADDRESSES)
def test_a_page_that_leads_inside_is_not_followed(
    led_inside: dict[str, Observation], way: object, to: str
) -> None:
    """NET-14, NET-15, NET-18: a redirect of the server or of the page."""
    seen = led_inside[f"{way.__name__} {to}"]  # type: ignore[attr-defined]

    assert seen.outcome in {
        *NOT_FOLLOWED,
        Outcome.SHELL,
        Outcome.UNREAD,
        Outcome.GONE,
        Outcome.TRUNCATED,
    }
    assert seen.documents == ()


def test_nobody_inside_was_connected_to(world: World, led_inside: dict[str, Observation]) -> None:
    """I6, over all spellings and all ways of leading there."""
    assert len(SPELLINGS) >= 30
    assert len(led_inside) == len(ADDRESSES) * (len(WAYS) + 1)
    assert world.reached() == []


def test_the_forbidden_address_is_named(led_inside: dict[str, Observation]) -> None:
    """NET-14: the officer reads which address it was."""
    assert led_inside["seed http://cloud.test/fees/"].phrase == "169.254.169.254"
    assert led_inside["redirect http://10.0.0.5/fees/"].phrase == "10.0.0.5"


@pytest.mark.parametrize("way", [link, attachment], ids=lambda way: way.__name__)
@pytest.mark.parametrize("to", ADDRESSES)
def test_a_link_that_leads_inside_is_a_link_nobody_opened(
    led_inside: dict[str, Observation], way: object, to: str
) -> None:
    """NET-15: of an entry, of an attachment; neither is called broken."""
    seen = led_inside[f"{way.__name__} {to}"]  # type: ignore[attr-defined]

    first = seen.documents[0]
    assert seen.outcome is Outcome.OPENED
    assert first.title == "收费事项的公示"
    assert first.reading is not Reading.BROKEN
    assert {file.state for file in first.attachments} <= {
        FileState.NOT_TRIED,
        FileState.UNREACHED,
    }


def test_without_the_guard_it_would_be_read(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NET-14, guard off: ``crawler.addresses.AddressRules.forbids``."""
    patch = "from crawler.addresses import AddressRules\nAddressRules.forbids = lambda *_: False\n"
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", patch))
    before = world.inner["127.0.0.2"].connections

    seen = world.seen(tmp_path, target("u1", "http://inner.test/fees/"))["u1"]

    assert seen.outcome is Outcome.OPENED
    assert world.inner["127.0.0.2"].connections > before
    world.inner["127.0.0.2"].connections = before


# --- NET-16: a name that changes its mind ------------------------------------------------

#: the resolver's memory of names taken out: every connection asks anew
FORGETFUL = "import scrapy.resolver as it\nit.dnscache.__class__.__contains__ = lambda *_: False\n"


@pytest.mark.parametrize("patch", ["", FORGETFUL], ids=["as it is", "no memory of names"])
def test_the_address_that_is_tested_is_the_one_connected_to(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patch: str
) -> None:
    """NET-16: the first answer is public, every later one is this machine."""
    name = f"turning{len(patch)}.test"
    world.island.names.answers[name] = (PUBLIC, "127.0.0.2")
    world.school.routes["/turning/"] = LIST
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "with", patch))

    seen = world.seen(tmp_path, target("u1", f"http://{name}/turning/"))["u1"]

    assert seen.outcome is (Outcome.FORBIDDEN_ADDRESS if patch else Outcome.OPENED)
    assert seen.phrase == ("127.0.0.2" if patch else "")
    assert world.reached() == []


# --- NET-17: the education network -------------------------------------------------------


def test_only_the_network_that_is_allowed_is_reached(world: World, tmp_path: Path) -> None:
    """NET-17: this machine and the cloud's own address can never be allowed as a range."""
    campus = world.site({"/fees/": LIST}, CAMPUS)

    seen = world.seen(
        tmp_path,
        *(
            target(name, f"http://{name}.test/fees/")
            for name in ("campus", "beside", "inner", "cloud")
        ),
        allow_private=("10.20.0.0/16", "127.0.0.0/8", "169.254.0.0/16"),
    )

    assert {name: one.outcome for name, one in seen.items()} == {
        "campus": Outcome.OPENED,
        "beside": Outcome.FORBIDDEN_ADDRESS,
        "inner": Outcome.FORBIDDEN_ADDRESS,
        "cloud": Outcome.FORBIDDEN_ADDRESS,
    }
    assert campus.paths == ["/fees/"]
    assert world.reached() == []


# --- NET-19, NET-20: other people's hosts ------------------------------------------------


def test_a_site_that_was_taken_over_is_not_followed(world: World, tmp_path: Path) -> None:
    """NET-19: the domain lapsed; what it leads to is neither the unit's list nor its absence."""
    stranger = world.site({"/": page("彩票", "<p>欢迎光临</p>", unit="某公司")}, OTHER)
    world.school.routes["/lapsed/"] = Reply(
        status=302, headers={"Location": "http://stranger.test/"}
    )

    seen = world.seen(tmp_path, target("u1", "http://school.test/lapsed/"))["u1"]

    assert (seen.outcome, seen.phrase) == (Outcome.OFFSITE, "stranger.test")
    assert stranger.connections == 0


@pytest.mark.parametrize(
    ("to", "given"),
    [
        ("http://school.test/second/", "pass=1"),
        ("http://www.school.test/second/", ""),
        ("http://school.test:8080/second/", ""),
    ],
    ids=["the same host", "another host", "another port"],
)
def test_what_one_host_gave_is_shown_to_no_other(
    world: World, tmp_path: Path, to: str, given: str
) -> None:
    """NET-20: cookies are all a site can give us; nothing else that is secret is ever sent."""
    shown: list[tuple[str, str]] = []

    def second(request: Request) -> str:
        shown.append((request.headers.get("cookie", ""), request.headers.get("authorization", "")))
        return LIST

    key = Reply(status=302, headers={"Location": to, "Set-Cookie": "pass=1; path=/"})
    world.school.routes |= {"/first/": key, "/second/": second}
    if ":8080" in to:
        world.site({"/second/": second}, PUBLIC, 8080)

    seen = world.seen(tmp_path, target("u1", "http://school.test/first/"))["u1"]

    assert seen.outcome is Outcome.OPENED
    assert set(shown) == {(given, "")}


# --- NET-02, NET-28: names and the servers behind them -----------------------------------


def test_a_name_that_is_not_known_costs_nobody_else_anything(world: World, tmp_path: Path) -> None:
    """NET-02: the name does not exist."""
    world.school.routes["/fees/"] = LIST

    seen = world.seen(
        tmp_path, target("u1", "http://gone.test/fees/"), target("u2", "http://school.test/fees/")
    )

    assert seen["u1"].outcome is Outcome.NO_NAME
    assert seen["u2"].outcome is Outcome.OPENED


def test_names_nobody_answers_for_cost_ten_seconds_and_nobody_else_anything(
    world: World, tmp_path: Path
) -> None:
    """NET-02: more silent names at once than Twisted looks up by default."""
    world.school.routes["/fees/"] = LIST
    silent = [f"silent{number}.test" for number in range(12)]
    fine = [f"fine{number}.test" for number in range(4)]
    world.island.names.answers |= dict.fromkeys(silent, ()) | dict.fromkeys(fine, (PUBLIC,))

    seen = world.seen(
        tmp_path,
        *(target(name, f"http://{name}/fees/", group=name) for name in (*silent, *fine)),
        tries=3,
        pauses=(2, 8),
    )

    assert {seen[name].outcome for name in silent} == {Outcome.NO_NAME}
    assert {seen[name].outcome for name in fine} == {Outcome.OPENED}
    ended = {name: one.seen_at for name, one in seen.items() if one.seen_at}
    first = min(ended.values())
    # in the record's own time: a second lookup would end another ten seconds later
    assert max((ended[name] - first).total_seconds() for name in silent) < 2 * NAME_SECONDS
    assert max((ended[name] - first).total_seconds() for name in fine) < NAME_SECONDS / 2


def test_many_names_on_one_weak_server_take_turns(world: World, tmp_path: Path) -> None:
    """NET-28: fifty schools on one machine that answers 503 to more than two at once."""
    weak = world.site({}, WEAK)
    weak.fallback = lambda _: Reply(body=LIST, delay=0.01) if weak.open <= 2 else Reply(status=503)
    names = [f"weak{number}.test" for number in range(50)]
    world.island.names.answers |= dict.fromkeys(names, (WEAK,))

    seen = world.seen(tmp_path, *(target(name, f"http://{name}/fees/") for name in names))

    assert {one.outcome for one in seen.values()} == {Outcome.OPENED}
    assert weak.peak == 1
