"""The machine's clock is wrong (SCH-08): set in mid-scan, or far from all others at its start.

The clock that is set is libfaketime's, under the real processes of a scan; only the one that
nobody sets is left to run. Servers tell a wrong time in their ``Date``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clerk import Ran, ran_outside
from office import FIRST, Office, Switchboard, on, switched, switched_off
from schoolpages import home, listing
from siteserver import Reply, Request, Route, Site

from commands import letters, morning
from commands.folder import Folder
from crawler import clocks
from monitor import timekeeping
from monitor.model import Outcome, Scan, Status
from monitor.store import records

UNIT = "青禾县{}小学"
TAIL = "，本次结果未采用，原有结论和问题都不变"
#: libfaketime turns the absolute end of a nap into one that has passed long ago
NAPS = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds)\n"
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
settable = pytest.mark.skipif(not LIBRARIES, reason="needs libfaketime (Debian: libfaketime)")


class Clock:
    """The clock of processes that are started with ``environ``; whoever sets it sets it for all."""

    def __init__(self, place: Path, patch: str = "", zone: str = "UTC") -> None:
        place.mkdir()
        self._file = place / "time"
        self.environ = {
            "LD_PRELOAD": str(LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": zone,
            "PYTHONPATH": switched_off(place / "patch", NAPS + patch),
        }

    def set(self, at: datetime) -> None:
        here = at.astimezone(ZoneInfo(self.environ["TZ"]))
        self._file.write_text(f"@{here:%Y-%m-%d %H:%M:%S}\n", "utf-8")


def noon(number: int) -> datetime:
    day = on(number)
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


class County:
    """Schools whose fee column is bare of what must be there: a night that counts finds gaps."""

    def __init__(self, place: Path, server: Switchboard, schools: int = 1) -> None:
        self.office = Office(place / "科 室", server)
        self.sites = [self._school(f"A{n}") for n in range(1, schools + 1)]

    def _school(self, code: str) -> Site:
        unit = UNIT.format(code)
        rows = [(f"第{n}号通知", f"/fees/{n}.html", on(1)) for n in range(1, 6)]
        routes = {
            "/": home({"收费信息": "/fees/"}, unit=unit),
            "/fees/": listing("收费信息", rows, unit=unit),
        }
        return self.office.add(code, unit, routes, fees="/fees/")

    def on_asking(self, path: str, do: Callable[[], None]) -> None:
        shown = self.sites[0].routes[path]

        def answer(_: Request) -> Route:
            do()
            return shown

        self.sites[0].routes[path] = answer

    def scan(self, clock: Clock) -> Ran:
        """A scan in processes of its own, by their own clock."""
        self.office.ready()
        return ran_outside("scan", "--dir", self.office.place, environ=clock.environ)

    def last(self) -> Scan:
        with self.opened() as folder:
            return records.scans(folder.store)[0]

    @contextmanager
    def opened(self, day: date = FIRST) -> Iterator[Folder]:
        folder = Folder(self.office.place, today=day)
        try:
            yield folder
        finally:
            folder.close()

    def dated(self, ahead: Mapping[int, timedelta], *, age: str = "") -> None:
        """Let servers, by number, send the time with their fee lists, ``ahead`` of the real one."""
        for number, by in ahead.items():
            site = self.sites[number - 1]
            body = site.routes["/fees/"]
            assert isinstance(body, str)

            def answer(_: Request, body: str = body, by: timedelta = by) -> Reply:
                at = datetime.now(UTC) + by
                headers = {"Date": format_datetime(at, usegmt=True), "Age": age}
                return Reply(body=body, headers={name: one for name, one in headers.items() if one})

            site.routes["/fees/"] = answer


# --- set while the scan runs ---------------------------------------------------------------


@settable
@pytest.mark.parametrize(
    ("to", "by"),
    [
        (noon(5) + timedelta(days=1), "快了 1 天"),
        (noon(5) + timedelta(days=365), "快了 365 天"),
        (noon(5) - timedelta(hours=1), "慢了 1 小时"),
        (datetime(1970, 1, 2, tzinfo=UTC), "慢了 20762 天"),
    ],
    ids=["a day on", "a year on", "an hour back", "to 1970"],
)
def test_a_clock_that_is_set_in_mid_scan_voids_the_night(
    tmp_path: Path, switchboard: Switchboard, to: datetime, by: str
) -> None:
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock")
    clock.set(noon(5))
    county.on_asking("/fees/", lambda: clock.set(to))

    done = county.scan(clock)

    void = f"本次巡查作废：系统时钟异常（巡查途中跳变，{by}）{TAIL}"
    assert (done.code, done.err.count("Traceback")) == (4, 0)
    assert f"{void}。" in done.out
    assert county.office.verdicts() == {}
    assert county.office.findings() == {}
    assert (county.last().void, county.last().night) == (void, on(5))
    assert f"{void}。" in county.office.told(on(5), "status")
    with county.opened(on(5)) as folder:
        assert letters.own_fault(folder) == void
        assert morning.health(folder).trouble == f"{void}。"


@settable
def test_without_the_guard_such_a_night_counts(tmp_path: Path, switchboard: Switchboard) -> None:
    """SCH-08; off: ``monitor.timekeeping.JUMP``."""
    off = "import monitor.timekeeping\nmonitor.timekeeping.JUMP = float('inf')\n"
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock", off)
    clock.set(noon(5))
    county.on_asking("/fees/", lambda: clock.set(noon(6)))

    assert county.scan(clock).code == 0
    assert len(county.office.findings()["A1", "S-FEES"]) == 1


@settable
@pytest.mark.parametrize("guarded", [True, False])
def test_the_eyes_see_a_clock_that_is_set_back_before_they_have_ended(
    tmp_path: Path, switchboard: Switchboard, guarded: bool
) -> None:
    """The night itself looks before and after; off: the look between, in the spider."""
    off = "import crawler.clocks\ncrawler.clocks.ClockWatch.news = lambda *_: None\n"
    county = County(tmp_path, switchboard)
    clock = Clock(tmp_path / "clock", "" if guarded else off)
    clock.set(noon(5))
    county.on_asking("/robots.txt", lambda: clock.set(noon(6)))
    county.on_asking("/fees/", lambda: clock.set(noon(5)))

    done = county.scan(clock)

    assert bool(county.last().void) is guarded
    assert done.code == (4 if guarded else 0)


@settable
def test_the_night_sees_what_the_eyes_did_not(tmp_path: Path, switchboard: Switchboard) -> None:
    blind = "import crawler.clocks\ncrawler.clocks.ClockWatch.news = lambda *_: None\n"
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock", blind)
    clock.set(noon(5))
    county.on_asking("/fees/", lambda: clock.set(noon(6)))

    assert county.scan(clock).code == 4


@settable
@pytest.mark.parametrize("minutes", [9, -9])
def test_a_clock_that_is_corrected_a_little_is_a_clock(
    tmp_path: Path, switchboard: Switchboard, minutes: int
) -> None:
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock")
    clock.set(noon(5))
    county.on_asking("/fees/", lambda: clock.set(noon(5) + timedelta(minutes=minutes)))

    assert county.scan(clock).code == 0
    assert county.last().is_valid


@settable
def test_a_server_that_hangs_is_left_after_its_seconds_though_the_clock_was_set_back(
    tmp_path: Path, switchboard: Switchboard
) -> None:
    """Off: ``reactor.seconds`` in ``crawler.network``: it would be waited for an hour."""
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock")
    clock.set(noon(5))
    slow = Reply(body="<html></html>", delay=60)
    county.sites[0].routes["/fees/"] = slow
    county.on_asking("/fees/", lambda: clock.set(noon(5) - timedelta(hours=1)))

    county.scan(clock)

    (look,) = county.office.looks(county.last().id).values()
    assert look.outcome is Outcome.TIMED_OUT


# --- wrong from the start ------------------------------------------------------------------


def test_a_clock_that_most_servers_speak_against_voids_the_night(
    tmp_path: Path, switchboard: Switchboard
) -> None:
    county = County(tmp_path, switchboard, schools=3)
    county.dated(dict.fromkeys((1, 2, 3), timedelta(days=-366)))

    done = county.office.night_as_told(on(1))

    void = "本次巡查作废：系统时钟异常（与 3 台网站服务器的时间相比，本机快了 366 天）"
    assert done.void == void + TAIL
    assert county.office.verdicts() == {}
    # what such a night saw is not remembered as seen on that day
    with county.opened() as folder:
        assert records.remembered(folder.store) == {}


def test_without_the_guard_servers_are_not_asked(
    tmp_path: Path, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SCH-08; off: ``monitor.timekeeping.TOLERANCE``."""
    monkeypatch.setattr(timekeeping, "TOLERANCE", float("inf"))
    county = County(tmp_path, switchboard, schools=3)
    county.dated(dict.fromkeys((1, 2, 3), timedelta(days=-366)))

    assert county.office.night_as_told(on(1)).void == ""
    assert county.office.verdict("A1").status is Status.MISSING


@pytest.mark.parametrize(
    ("ahead", "age"),
    [
        ({1: timedelta(days=400), 2: timedelta(), 3: timedelta()}, ""),
        ({1: timedelta(days=400), 2: timedelta(days=400)}, ""),
        (dict.fromkeys((1, 2, 3), timedelta(hours=-12)), ""),
        (dict.fromkeys((1, 2, 3), timedelta(days=-30)), str(30 * 86_400)),
    ],
    ids=["one is wrong", "two are too few", "half a day", "out of a store"],
)
def test_servers_that_prove_nothing_void_no_night(
    tmp_path: Path, switchboard: Switchboard, ahead: Mapping[int, timedelta], age: str
) -> None:
    county = County(tmp_path, switchboard, schools=3)
    county.dated(ahead, age=age)

    assert county.office.night_as_told(on(1)).void == ""


def test_names_of_one_machine_are_one_server() -> None:
    """Fifty schools at one host have one clock, and one voice."""
    known = clocks.ServerClocks()
    headers = {"date": "Mon, 02 Nov 2026 04:00:00 GMT"}

    assert known.news("10.0.0.1", headers, at=noon(9)) == -8 * 86_400
    assert known.news("10.0.0.1", headers, at=noon(9)) is None
    # one that seems later was made anew, and says more than one out of a store
    assert known.news("10.0.0.1", headers, at=noon(1)) == 0


@pytest.mark.parametrize(
    "date", ["", "gestern", "Mon, 99 Nov 2026 04:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -2300"]
)
def test_what_is_no_time_is_none(date: str) -> None:
    assert clocks.sent_at({"date": date, "age": "7"}) is None


@settable
def test_a_night_before_the_last_one_is_void(tmp_path: Path, switchboard: Switchboard) -> None:
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock")
    county.office.night(on(4))
    before = county.office.findings()
    clock.set(noon(2))

    done = county.scan(clock)

    said = "本次巡查作废：系统时钟异常（本机日期是 2026-11-03，上一次巡查却在 2026-11-05）"
    assert done.code == 4
    assert f"{said}{TAIL}。" in done.out
    assert county.office.findings() == before
    clock.set(noon(5))
    assert county.scan(clock).code == 0


@settable
def test_without_the_guard_nights_run_backwards(tmp_path: Path, switchboard: Switchboard) -> None:
    """SCH-08; off: ``monitor.timekeeping.doubt_of_order``."""
    off = "import commands.clock_watch as it\nit.doubt_of_order = lambda *_: ''\n"
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock", off)
    county.office.night(on(4))
    clock.set(noon(2))

    assert county.scan(clock).code == 0


def test_where_servers_share_our_day_it_was_the_night_before_that_was_wrong() -> None:
    """Else one night of a wrong clock would void a year of right ones."""
    today, last = on(1), on(1) + timedelta(days=365)

    assert timekeeping.doubt_of_order(today, last, [0.0, 60.0, -30.0]) == ""
    assert timekeeping.doubt_of_order(today, last, [0.0, 60.0]) != ""
    assert timekeeping.doubt_of_order(today, last, [3e7, 3e7, 0.0]) != ""


def test_a_day_that_a_person_tells_is_not_questioned(
    tmp_path: Path, switchboard: Switchboard
) -> None:
    county = County(tmp_path, switchboard)
    county.office.night(on(4))

    assert county.office.night_as_told(on(2)).void == ""


@pytest.mark.parametrize(
    ("day", "is_doubted"),
    [(on(2), False), (on(9), False), (on(368), True), (on(1), True)],
    ids=["the morning after", "a week later", "a year on", "before the night"],
)
def test_a_clock_that_is_set_between_two_nights_sends_nobody_a_letter(
    tmp_path: Path, switchboard: Switchboard, day: date, is_doubted: bool
) -> None:
    """By such a clock every deadline has passed; off: ``monitor.brake.doubt_of_age``."""
    county = County(tmp_path, switchboard)
    county.office.night(on(2))

    with county.opened(day) as folder:
        assert bool(letters.own_fault(folder)) is is_doubted


# --- around midnight -----------------------------------------------------------------------

#: due on the last day of November, the 29th of these nights
YEARLY = """
columns:
  - {id: fees, name: 收费信息}
requirements:
  - id: S-FEES
    name: 教育收费公示
    applies_to: [primary]
    column: fees
    match: {any: [收费]}
    limits: [{kind: yearly_by, month: 11, day: 30, grounds: law}]
    basis: [{title: 教育收费公示制度}]
"""
YEARS = (2026, 2025, 2024, 2023, 2022)
LAST_SECONDS = datetime(2026, 11, 30, 15, 59, 40, tzinfo=UTC)  # 23:59:40 in Shanghai


@settable
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize("begins", [0, 30], ids=["before midnight", "after midnight"])
def test_what_is_published_in_the_last_seconds_of_its_day_is_in_time(
    tmp_path: Path, switchboard: Switchboard, zone: str, begins: int
) -> None:
    """SCH-09: put up at 23:59:50 and read at 00:00:10; a night is of the day it began (SCH-12)."""
    county, clock = County(tmp_path, switchboard), Clock(tmp_path / "clock", zone=zone)
    (county.office.place / "catalog.yaml").write_text(YEARLY, encoding="utf-8")
    rows = [(f"{year}年收费公示", f"/fees/{year}.html", date(year, 11, 30)) for year in YEARS]
    county.sites[0].routes["/fees/"] = listing("收费信息", rows, unit=UNIT.format("A1"))
    clock.set(LAST_SECONDS + timedelta(seconds=begins))
    county.on_asking("/fees/", lambda: clock.set(LAST_SECONDS + timedelta(seconds=30)))

    assert county.scan(clock).code == 0

    found = county.office.verdict("A1")
    assert (found.status, found.late_by) == (Status.OK, None), found.sentence
    assert county.last().night == (date(2026, 12, 1) if begins else date(2026, 11, 30))
