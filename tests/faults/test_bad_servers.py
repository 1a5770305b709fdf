"""Servers that answer badly (NET): nothing is judged from it, nothing that was known is lost.

Each unit's site is whole on the first night. On the second its column answers as the table says;
the invariants hold after every night (``office.Office``).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched, switched_off
from schoolpages import UNIT, home, listing
from siteserver import Reply, Request, Route, Site

from monitor.model import Assessment, Observation, Outcome, Status

ROWS = [
    (f"第{n}号{what}的公示", f"/fees/{n}.html", date(2026, 10 - n, 9))
    for n, what in enumerate([*["校务事项"] * 4, *["收费事项"] * 3])
]
LIST = listing("收费信息", ROWS)
WHOLE: Mapping[str, Route] = {"/": home({"收费信息": "/fees/"}), "/fees/": LIST}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BODY = LIST.encode()
ZIPPED = gzip.compress(BODY)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
#: a gigabyte of zeros in a megabyte: a hundred members of ten
GIGABYTE = gzip.compress(bytes(10_485_760)) * 100


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What the column answers on the second night, and what that is."""

    answer: Route | Mapping[str, Route]
    is_: frozenset[Outcome]


def packed(body: bytes, how: str) -> Reply:
    return Reply(body=body, headers={"Content-Encoding": how})


def short(length: int) -> Reply:
    """A server that gives too small a length: what comes is whole, as far as anyone can tell."""
    return Reply(raw=HEAD + b"Content-Length: %d\r\n\r\n" % length + BODY)


def unless_plain(reply: Reply) -> Route:
    """Packed wrongly, but well for those who ask for the plain page."""
    return lambda request: LIST if request.headers["accept-encoding"] == "identity" else reply


def moved(to: str, **headers: str) -> Reply:
    return Reply(status=302, headers={"Location": to, **headers})


def deflated(size: int) -> bytes:
    return zlib.compress(bytes(size))


def after_a_cookie(request: Request) -> Reply | str:
    if request.headers.get("cookie") == "waf=1":
        return LIST
    return moved("/fees/", **{"Set-Cookie": "waf=1; path=/"})


def fault(answer: Route | Mapping[str, Route], *outcomes: Outcome) -> Fault:
    return Fault(answer=answer, is_=frozenset(outcomes))


def robots(answer: Route) -> Mapping[str, Route]:
    return {"/robots.txt": answer, "/fees/": LIST}


O = Outcome  # noqa: E741  # the table is read by its words
FAULTS: dict[str, Fault] = {
    "NET-03 never answers": fault(Reply(delay=30), O.TIMED_OUT),
    "NET-04 drips its headers": fault(Reply(body=LIST, drip=0.5), O.TIMED_OUT),
    "NET-04 drips its body": fault(Reply(body=LIST, drip=0.5, at_once=300), O.TIMED_OUT),
    "NET-05 cut in the body": fault(Reply(body=LIST, cut=100), O.TRUNCATED),
    "NET-06 says three bytes and sends all": fault(
        Reply(raw=HEAD + b"Content-Length: 3\r\n\r\n" + BODY), O.LAYOUT_CHANGED
    ),
    "NET-06 says a third and sends all": fault(short(len(BODY) // 3), O.TRUNCATED),
    "NET-06 says half its list and sends all": fault(
        short(BODY.index("第3号".encode())), O.TRUNCATED
    ),
    "NET-07 gzip without its end": fault(packed(ZIPPED[:-20], "gzip"), O.TRUNCATED),
    "NET-08 gzip that is plain": fault(packed(BODY, "gzip"), O.PROTOCOL),
    "NET-08 gzip that is damaged": fault(
        packed(ZIPPED[:30] + b"\xff" * 50 + ZIPPED[80:], "gzip"), O.PROTOCOL
    ),
    "NET-08 brotli nobody asked for": fault(packed(b"\x1b\x17\x00\xf8\x25", "br"), O.PROTOCOL),
    "NET-08 zstd nobody asked for": fault(packed(b"\x28\xb5\x2f\xfd\x24", "zstd"), O.PROTOCOL),
    "NET-09 gzip of 30 MB": fault(packed(gzip.compress(bytes(30_000_000)), "gzip"), O.TOO_LARGE),
    "NET-09 gzip of a gigabyte": fault(packed(GIGABYTE, "gzip"), O.TOO_LARGE),
    "NET-09 deflate of 30 MB": fault(packed(deflated(30_000_000), "deflate"), O.TOO_LARGE),
    "NET-09 gzip in gzip": fault(packed(gzip.compress(GIGABYTE), "gzip, gzip"), O.TOO_LARGE),
    "NET-10 endless": fault(Reply(endless=True), O.TOO_LARGE),
    "NET-10 says it is huge": fault(
        Reply(raw=HEAD + b"Content-Length: 99999999\r\n\r\n<html>"), O.TOO_LARGE
    ),
    "NET-11 broken chunk": fault(
        Reply(raw=CHUNKED + b"zz\r\n" + BODY + b"\r\n0\r\n\r\n"), O.PROTOCOL, O.TRUNCATED
    ),
    "NET-11 a chunk that is not there": fault(
        Reply(raw=CHUNKED + b"fffff\r\n" + BODY), O.PROTOCOL, O.TRUNCATED
    ),
    "NET-11 no status line": fault(Reply(raw=BODY), O.PROTOCOL, O.TRUNCATED),
    "NET-11 not http": fault(Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), O.PROTOCOL, O.TRUNCATED),
    "NET-11 a status of letters": fault(
        Reply(raw=b"HTTP/1.1 abc OK\r\n\r\n" + BODY), O.PROTOCOL, O.TRUNCATED
    ),
    "NET-11 a length of letters": fault(
        Reply(raw=HEAD + b"Content-Length: many\r\n\r\n" + BODY), O.PROTOCOL, O.TRUNCATED
    ),
    "NET-11 a header of a megabyte": fault(
        Reply(raw=HEAD + b"X: " + b"x" * 2**20 + b"\r\n\r\n" + BODY), O.PROTOCOL, O.TRUNCATED
    ),
    "NET-12 in circles": fault(
        {"/fees/": moved("/fees/?a"), "/fees/?a": moved("/fees/")}, O.REDIRECTS
    ),
    "NET-12 fifty in a row": fault(
        {"/fees/": moved("/1"), **{f"/{n}": moved(f"/{n + 1}") for n in range(1, 50)}, "/50": LIST},
        O.REDIRECTS,
    ),
    "NET-24 robots 500": fault(robots(Reply(status=500)), O.ROBOTS_UNREAD),
    "NET-24 robots 503": fault(robots(Reply(status=503)), O.ROBOTS_UNREAD),
    "NET-24 robots never comes": fault(robots(Reply(delay=30)), O.TIMED_OUT),
    "NET-24 robots is cut": fault(robots(Reply(body="User-agent: *", cut=3)), O.TRUNCATED),
    "NET-25 robots forbids": fault(robots("User-agent: *\nDisallow: /fees/\n"), O.ROBOTS),
    "NET-27 wait an hour": fault(
        Reply(status=429, headers={"Retry-After": "3600"}), O.ASKED_TO_WAIT
    ),
    "NET-27 wait till a day": fault(
        Reply(status=503, headers={"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}),
        O.ASKED_TO_WAIT,
    ),
    "NET-27 wait for ever": fault(
        Reply(status=503, headers={"Retry-After": "1000000000"}), O.ASKED_TO_WAIT
    ),
    "NET-27 wait for nonsense": fault(
        Reply(status=429, headers={"Retry-After": "soon"}), O.ASKED_TO_WAIT
    ),
}
#: what looks bad and can be read all the same
READABLE: dict[str, Route | Mapping[str, Route]] = {
    "NET-08 plain for those who ask": unless_plain(packed(BODY, "gzip")),
    "NET-08 damaged unless plain": unless_plain(packed(ZIPPED[:30] + b"\xff" * 50, "gzip")),
    "NET-08 brotli unless plain": unless_plain(packed(b"\x1b\x17\x00\xf8\x25", "br")),
    "NET-11 a header without colon": Reply(raw=HEAD + b"nothing\r\n\r\n" + BODY),
    "NET-11 ten thousand headers": Reply(
        raw=HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n" + BODY
    ),
    "NET-11 a null in a header": Reply(raw=HEAD + b"X: a\0b\r\n\r\n" + BODY),
    "NET-13 wants its cookie back": after_a_cookie,
    "NET-23 robots 404": robots(Reply(status=404)),
    "NET-23 robots 403": robots(Reply(status=403)),
    "NET-23 robots 410": robots(Reply(status=410)),
    "NET-26 robots of a home page": robots("<html><body>User-agent: *\nDisallow: /</body></html>"),
    "NET-26 robots in other bytes": robots("用户: *\n禁止: /fees/".encode("gbk")),
    "NET-26 robots of patterns": robots("User-agent: *\nDisallow: /" + "*a" * 500 + "*b$\n"),
    "NET-26 robots of many rules": robots(
        "User-agent: *\n" + "".join(f"Disallow: /x{n}/\n" for n in range(100_000))
    ),
}


@dataclass(frozen=True, kw_only=True)
class Nights:
    """A night on which all was well, and the one after."""

    office: Office
    sites: Mapping[str, Site]
    codes: Mapping[str, str]
    before: Mapping[tuple[str, str], Assessment]
    verdicts: Mapping[tuple[str, str], Assessment]
    looks: Mapping[tuple[str, str], Observation]
    peaks: tuple[int, int]  # of the crawl child, in kB

    def said(self, name: str) -> Assessment:
        return self.verdicts[self.codes[name], "S-FEES"]

    def seen(self, name: str) -> Observation:
        return self.looks[self.codes[name], "fees"]


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


#: lets the crawl child leave word of how much memory it took at most
MEASURED = (
    "import atexit, resource, sys\n"
    "if 'crawler' in ' '.join(sys.orig_argv):\n"
    "    def tell():\n"
    "        with open({place!r}, 'w') as file:\n"
    "            file.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))\n"
    "    atexit.register(tell)\n"
)
REFUSED = "NET-01 connection refused"


@pytest.fixture(scope="module")
def nights(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    place = tmp_path_factory.mktemp("servers")
    office = Office(place / "科 室", switchboard)
    office.settings["network"] |= {"tries": 2, "timeout": 1.5}
    answers = {**{name: one.answer for name, one in FAULTS.items()}, **READABLE, REFUSED: LIST}
    codes = {name: f"N{number:02}" for number, name in enumerate(answers)}
    sites = {name: office.add(code, UNIT, WHOLE, fees="/fees/") for name, code in codes.items()}
    with pytest.MonkeyPatch.context() as patching:
        word = place / "peak"
        where = switched_off(place / "measured", MEASURED.format(place=str(word)))
        patching.setenv("PYTHONPATH", where)
        office.night(on(1))
        before, peak = office.verdicts(), int(word.read_text())
        for name, site in sites.items():
            answer = answers[name]
            site.routes |= answer if isinstance(answer, Mapping) else {"/fees/": answer}
            site.requests.clear()
        switchboard.hang_up(sites[REFUSED])
        scan = office.night(on(2))
    return Nights(
        office=office,
        sites=sites,
        codes=codes,
        before=before,
        verdicts=office.verdicts(),
        looks=office.looks(scan),
        peaks=(peak, int(word.read_text())),
    )


@pytest.mark.parametrize("name", [*FAULTS, REFUSED])
def test_what_could_not_be_had_whole_is_not_judged(nights: Nights, name: str) -> None:
    meant = FAULTS[name].is_ if name in FAULTS else {Outcome.REFUSED}

    assert nights.before[nights.codes[name], "S-FEES"].status is Status.OK
    assert nights.seen(name).outcome in meant
    assert nights.said(name).status in {Status.UNREACH, Status.UNSURE}
    assert not nights.office.states(nights.codes[name])


@pytest.mark.parametrize("name", READABLE)
def test_what_looks_bad_and_can_be_read_is_read(nights: Nights, name: str) -> None:
    assert nights.seen(name).outcome is Outcome.OPENED
    assert nights.said(name).status is Status.OK


@pytest.mark.parametrize("name", [*FAULTS, REFUSED])
def test_the_officer_reads_what_it_was_and_when_all_was_well(nights: Nights, name: str) -> None:
    told = nights.office.told(on(2), "explain", nights.codes[name], "S-FEES")

    assert nights.seen(name).outcome.value in told
    assert f"{on(1)}" in told  # the last good look


@pytest.mark.parametrize("name", [name for name in FAULTS if "NET-24" in name or "NET-25" in name])
def test_what_robots_does_not_allow_is_not_asked_for(nights: Nights, name: str) -> None:
    assert nights.sites[name].paths == []


def test_a_bomb_is_not_unpacked_to_its_end(nights: Nights) -> None:
    """NET-09, NET-10, I7: the child that met them all took little more."""
    before, after = nights.peaks

    assert after - before < 64 * 1024
    assert after < max(512 * 1024, before + 1)  # another test's child may have taken more


def test_without_the_guard_half_a_list_is_a_short_list(
    switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NET-06, guard off: ``crawler.outcome._cut``."""
    office = Office(tmp_path / "科 室", switchboard)
    half = short(BODY.index("第3号".encode()))
    office.add("A1", UNIT, {**WHOLE, "/fees/": half}, fees="/fees/")
    patch = (
        "import crawler.outcome as it\n"
        "it._LOOKS = tuple(look for look in it._LOOKS if look is not it._cut)\n"
    )
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", patch))

    office.night(on(1))

    assert office.verdict("A1").status is Status.MISSING


def test_a_refused_connection_is_tried_again_after_a_pause(
    switchboard: Switchboard, tmp_path: Path
) -> None:
    """NET-01: the server is away for a moment between robots.txt and the column."""
    office = Office(tmp_path / "科 室", switchboard)
    office.settings["network"] |= {"tries": 3, "pauses": [0.2, 0.8]}
    site = office.add("A1", UNIT, WHOLE, fees="/fees/")

    def leaves(_: Request) -> Reply:
        switchboard.step_out(site, seconds=0.5)
        return Reply(
            raw=b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )

    site.routes["/robots.txt"] = leaves

    office.night(on(1))

    robots, fees = site.requests[:2]
    assert office.verdict("A1").status is Status.OK
    assert site.paths.count("/fees/") == 1
    assert fees.at - robots.at >= 0.5


def test_a_check_that_got_lost_is_told_as_not_looked_at(
    switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NET-13, guard off: an observation of the child goes missing; planned stays planned (I1)."""
    office = Office(tmp_path / "科 室", switchboard)
    office.add("A1", UNIT, WHOLE, fees="/fees/")
    office.add("A2", UNIT, WHOLE, fees="/fees/")
    patch = (
        "import crawler.spider as it\n"
        "keep = it.DisclosureSpider._write\n"
        "it.DisclosureSpider._write = lambda self, seen: seen.unit == 'A1' or keep(self, seen)\n"
    )
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", patch))

    done = office.night_as_told(on(1))

    assert (done.planned, done.not_reached) == (2, 1)
    assert office.verdict("A1").status is Status.UNREACH
    assert office.verdict("A2").status is Status.OK
