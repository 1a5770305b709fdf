"""One night over many bad sites: real server, real child process, one plan."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from schoolpages import UNIT, article, empty, home, listing, page
from siteserver import Reply, Request, Route, Site, SiteServer, serving

from crawler.addresses import posted
from crawler.evidence import load
from crawler.run import scan
from crawler.settings import scrapy_settings
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
ROWS = [
    (f"第{n}号收费事项的公示", f"/fees/content_{n}.html", date(2026, 10 - n, 9)) for n in range(6)
]
LIST = listing("收费信息", ROWS)
PDF = b"%PDF-1.4 no pdf beyond this line"


def moved(to: str, **headers: str) -> Reply:
    return Reply(status=302, headers={"Location": to, **headers})


def after_a_cookie(request: Request) -> Reply | str:
    if request.headers.get("cookie") == "pass=1":
        return LIST
    return moved("/fees/", **{"Set-Cookie": "pass=1; path=/"})


def at_second_try() -> Route:
    answers = iter([Reply(status=503), LIST])
    return lambda _: next(answers)


def packed_wrongly(request: Request) -> Reply:
    if request.headers["accept-encoding"] == "identity":
        return Reply(body=LIST)
    return Reply(body=LIST, headers={"Content-Encoding": "gzip"})


def cut_gzip() -> Reply:
    return Reply(body=gzip.compress(LIST.encode())[:-20], headers={"Content-Encoding": "gzip"})


#: a name, what the column's address answers (or all routes), and what that is
FEES_ANSWERS: dict[str, tuple[Route | dict[str, Route], Outcome]] = {
    "fine": (LIST, Outcome.OPENED),
    "packed": (
        Reply(body=gzip.compress(LIST.encode()), headers={"Content-Encoding": "gzip"}),
        Outcome.OPENED,
    ),
    "packed wrongly": (packed_wrongly, Outcome.OPENED),
    "wants its cookie back": (after_a_cookie, Outcome.OPENED),
    "well at the second try": (at_second_try(), Outcome.OPENED),
    "robots is a home page": ({"/robots.txt": home({}), "/fees/": LIST}, Outcome.OPENED),
    "answers too late": (Reply(body=LIST, delay=3), Outcome.TIMED_OUT),
    "slams the door": (Reply(reset=True), Outcome.TRUNCATED),
    "cut in the body": (Reply(body=LIST, cut=100), Outcome.TRUNCATED),
    "cut inside gzip": (cut_gzip(), Outcome.TRUNCATED),
    "no http": (Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Outcome.PROTOCOL),
    "says it is huge": (
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n<html>"),
        Outcome.TOO_LARGE,
    ),
    "a bomb": (
        Reply(body=gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"}),
        Outcome.TOO_LARGE,
    ),
    "leads in circles": (
        {"/fees/": moved("/fees/?again"), "/fees/?again": moved("/fees/")},
        Outcome.REDIRECTS,
    ),
    "leads to this machine": (moved("http://127.0.0.1:9/"), Outcome.FORBIDDEN_ADDRESS),
    "leads to the cloud's own address": (
        moved("http://169.254.169.254/latest/"),
        Outcome.FORBIDDEN_ADDRESS,
    ),
    "leads to a file": (moved("file:///etc/passwd"), Outcome.PROTOCOL),
    "robots forbids": (
        {"/robots.txt": "User-agent: *\nDisallow: /fees/\n", "/fees/": LIST},
        Outcome.ROBOTS,
    ),
    "robots is broken": ({"/robots.txt": Reply(status=500), "/fees/": LIST}, Outcome.ROBOTS_UNREAD),
    "asks to wait an hour": (
        Reply(status=429, headers={"Retry-After": "3600"}),
        Outcome.ASKED_TO_WAIT,
    ),
    "challenge 412": (Reply(status=412, body="<script>$_ts={}</script>"), Outcome.CHALLENGED),
    "challenge 521": (
        Reply(status=521, body="<script>document.cookie='a';location.href='/'</script>"),
        Outcome.CHALLENGED,
    ),
    "challenge 200": (page("验证", "<p>请完成安全验证</p>"), Outcome.CHALLENGED),
    "blocked": (
        Reply(status=403, body="<h1>网站防火墙</h1>您的请求带有不合法参数，已被网站管理员设置拦截"),
        Outcome.BLOCKED,
    ),
    "maintenance": (page("公告", "<p>系统维护中，请稍后访问</p>"), Outcome.MAINTENANCE),
    "another unit": (listing("收费信息", ROWS, unit="红星中学"), Outcome.OTHER_UNIT),
    "filled by a script": (
        page("收费信息", "<div id='app'>{{ item.title }} 加载中</div><script>new Vue()</script>"),
        Outcome.SHELL,
    ),
    "says it is empty": (empty("收费信息"), Outcome.SAYS_EMPTY),
    "gone, still linked": ({"/": home({"收费信息": "/fees/"})}, Outcome.GONE),
    "gone": ({"/": home({"招生信息": "/zs/"}), "/zs/": empty("招生信息")}, Outcome.GONE),
    "softly gone": (
        {
            "/": home({"招生信息": "/zs/"}),
            "/zs/": empty("招生信息"),
            "/fees/": page("提示", "<p>您访问的页面不存在</p>"),
        },
        Outcome.GONE,
    ),
    "moved": ({"/": home({"收费公示": "/sf/"}), "/sf/": LIST}, Outcome.OPENED),
}
REFUSED = "no one there"
ELSEWHERE = "leads to another organisation"


@dataclass(frozen=True)
class Night:
    """What one night over all those sites saw, and what each site was asked."""

    seen: dict[str, Observation]
    sites: dict[str, Site]


def target(name: str, url: str, **given: object) -> Target:
    return Target(
        **{
            "unit": name,
            "unit_names": (UNIT,),
            "column": FEES,
            "home": f"{url}/",
            "address": f"{url}/fees/",
            "group": url.removeprefix("http://"),
            "since": date(2026, 1, 1),
            **given,
        }
    )


def plan_of(server: SiteServer, *targets: Target, **network: object) -> Plan:
    settings = {"timeout": 1, "tries": 2, "pauses": (0,), "test_targets": server.targets}
    return Plan(
        scan="s1",
        batch=1,
        night=date(2026, 11, 20),
        catalog_digest="",
        clock_offset=0.0,
        network=Network(**{**settings, **network}),
        targets=targets,
    )


def crawled(plan: Plan, folder: Path) -> Path:
    return scan(plan, folder, evidence=folder / "evidence")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with serving() as server:
        sites = {}
        for name, (answer, _) in FEES_ANSWERS.items():
            routes = answer if isinstance(answer, dict) else {"/fees/": answer}
            sites[name] = server.site(routes)
        sites[ELSEWHERE] = server.site({"/fees/": moved(f"{sites['fine'].url}/fees/")})
        with socket.socket() as taken:  # bound, and nobody listens
            taken.bind(("127.0.0.1", 0))
            dead = f"127.0.0.1:{taken.getsockname()[1]}"
            targets = [target(name, site.url) for name, site in sites.items()]
            plan = plan_of(
                server,
                *targets,
                target(REFUSED, f"http://{dead}"),
                test_targets=(*server.targets, dead),
            )
            scan_file = crawled(plan, tmp_path_factory.mktemp("night"))
        found = read_scan(scan_file)
        assert found.complete
        yield Night(seen={one.unit: one for one in found.observations()}, sites=sites)


@pytest.mark.parametrize("name", FEES_ANSWERS)
def test_what_a_site_answers_is_told_as_what_it_is(night, name):
    assert night.seen[name].outcome is FEES_ANSWERS[name][1]


def test_every_target_has_exactly_one_observation(night):
    assert set(night.seen) == {*FEES_ANSWERS, REFUSED, ELSEWHERE}


def test_a_site_that_leads_to_another_organisation_is_not_followed(night):
    assert night.seen[ELSEWHERE].outcome is Outcome.OFFSITE
    assert night.seen[ELSEWHERE].phrase == night.sites["fine"].netloc
    assert night.sites["fine"].paths == ["/fees/"]


def test_we_say_who_we_are(night):
    for request in night.sites["fine"].requests:
        assert request.headers["user-agent"] == "mingcha"


def test_a_closed_port_is_refused_and_no_question_of_robots(night):
    assert night.seen[REFUSED].outcome is Outcome.REFUSED


def test_a_host_is_asked_one_thing_at_a_time(night):
    slow = night.sites["answers too late"]  # goes on with an answer nobody waits for

    assert {site.peak for site in night.sites.values() if site is not slow} == {1}


@pytest.mark.parametrize("name", ["challenge 412", "challenge 521", "blocked"])
def test_a_wall_is_not_run_against_twice(night, name):
    assert night.sites[name].paths == ["/fees/"]


def test_what_asks_for_an_hour_is_left_alone(night):
    assert night.sites["asks to wait an hour"].paths == ["/fees/"]


def test_a_passing_failure_is_tried_again(night):
    assert night.sites["well at the second try"].paths == ["/fees/", "/fees/"]
    assert night.sites["cut in the body"].paths == ["/fees/", "/fees/"]


@pytest.mark.parametrize("name", ["robots forbids", "robots is broken"])
def test_what_robots_forbids_is_not_opened(night, name):
    assert night.sites[name].paths == []


def sent(request: Request) -> str:
    """What a server says that fills its lists by POST only."""
    if (request.method, unquote(request.body.decode())) == ("POST", "name=收费"):
        return LIST
    return "<html><body>405</body></html>"


def test_an_address_with_a_form_is_sent_to_the_server_by_post(tmp_path):
    with serving() as server:
        site = server.site({"/fees/": sent})
        only = target("u1", site.url, address=posted(f"{site.url}/fees/", {"name": "收费"}))
        (seen,) = read_scan(crawled(plan_of(server, only), tmp_path)).observations()
        asked = site.requests[-1]

    assert seen.coverage.entries == len(ROWS)
    assert asked.path == "/fees/"
    assert asked.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert asked.headers["x-requested-with"] == "XMLHttpRequest"


def test_what_led_inwards_is_named(night):
    seen = night.seen["leads to the cloud's own address"]

    assert seen.phrase == "169.254.169.254"


def test_still_linked_or_not_is_told_apart(night):
    assert night.seen["gone, still linked"].still_linked
    assert not night.seen["gone"].still_linked
    assert night.seen["gone"].http_status == 404


# --- what takes more than one answer ----------------------------------------------------


def test_documents_evidence_and_files_of_a_column(tmp_path):
    look_for = LookFor(match=Match(any=("收费",)), words=("举报电话",), attachments=True)
    with serving() as server:
        site = server.site(
            {
                "/": home({"收费信息": "/fees/"}),
                "/fees/": LIST,
                "/fees/content_0.html": article(
                    "第0号收费事项的公示",
                    date(2026, 10, 10),
                    "举报电话：12345",
                    files={"附件1.pdf": "/1.pdf", "附件2.pdf": "/2.pdf"},
                ),
                "/1.pdf": Reply(body=PDF, headers={"Content-Type": "application/pdf"}),
                "/2.pdf": "<html><body>请先登录</body></html>",
            }
        )
        only = target("u1", site.url, address="", look_for=(look_for,))
        found = read_scan(crawled(plan_of(server, only), tmp_path))

    (seen,) = found.observations()
    first = seen.documents[0]
    assert seen.outcome is Outcome.OPENED
    assert seen.identity_seen
    assert first.day == date(2026, 10, 10)  # its own page's, not the list's
    assert first.elements == {"举报电话"}
    assert [file.state for file in first.attachments] == [FileState.DAMAGED, FileState.GATED]
    assert first.reading is Reading.PARTLY
    assert seen.documents[1].reading is Reading.BROKEN
    assert load(tmp_path / "evidence", seen.evidence[0].sha256) == LIST.encode()
    assert seen.seen_at is not None


def test_a_later_night_asks_whether_anything_changed(tmp_path):
    with serving() as server:
        site = server.site({"/fees/": Reply(body=LIST, validators=True)})
        first = target("u1", site.url)
        (seen,) = read_scan(crawled(plan_of(server, first), tmp_path / "1")).observations()
        again = target("u1", site.url, remembered=seen.remember)
        (later,) = read_scan(crawled(plan_of(server, again), tmp_path / "2")).observations()

        assert seen.remember.etag
        assert later.unchanged
        assert later.http_status == 304
        assert later.identity_seen
        assert later.coverage.to_end
        assert len(site.paths) == 2


def test_the_clock_of_the_plan_is_the_clock_of_the_night(tmp_path):
    with serving() as server:
        site = server.site({"/fees/": LIST})
        plan = replace(plan_of(server, target("u1", site.url)), clock_offset=-40 * 86400.0)
        (seen,) = read_scan(crawled(plan, tmp_path)).observations()

    assert (datetime.now(UTC) - seen.seen_at).days == 40


def test_budgets_of_a_unit_are_kept(tmp_path):
    columns = [Column(id=f"c{n}", name=f"第{n}类信息") for n in range(4)]
    with serving() as server:
        site = server.site({f"/{column.id}/": listing(column.name, ROWS) for column in columns})
        targets = [
            target("u1", site.url, column=column, address=f"{site.url}/{column.id}/")
            for column in columns
        ]
        found = read_scan(crawled(plan_of(server, *targets, pages_per_unit=2), tmp_path))

    outcomes = [seen.outcome for seen in found.observations()]
    assert outcomes == [Outcome.OPENED] * 2 + [Outcome.BUDGET] * 2


def test_no_door_is_opened_on_this_machine():
    settings = scrapy_settings(Network())

    assert settings["TELNETCONSOLE_ENABLED"] is False
    assert settings["REMOTE_CONTROL_ENABLED"] is False
    assert settings["COOKIES_ENABLED"] is False
    assert settings["CONCURRENT_ITEMS"] == 4
    assert settings["HTTPCACHE_ENABLED"] is False


@pytest.mark.parametrize(("tls", "verified"), [("lenient", False), ("strict", True)])
def test_certificates_are_refused_only_in_strict_mode(tls, verified):
    assert scrapy_settings(Network(tls=tls))["DOWNLOAD_VERIFY_CERTIFICATES"] is verified
