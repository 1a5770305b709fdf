"""Columns that scripts fill, shown by a real browser that has no network of its own."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from schoolpages import UNIT, article, home, page
from siteserver import Reply, Route, Site, SiteServer, serving

from crawler.browser import runs_scripts
from crawler.run import scan
from monitor.model import Column, LookFor, Match, Network, Observation, Outcome, Plan, Target
from monitor.wire import read_scan

CHROMIUM = shutil.which("chromium") or ""
NIGHT = date(2026, 11, 20)
ROWS = [
    ("2026年秋季学期教育收费公示", "/sf/2.html", "2026-09-01"),
    ("2026年春季学期教育收费公示", "/sf/1.html", "2026-02-27"),
]
DATA = json.dumps([{"t": title, "u": url, "d": day} for title, url, day in ROWS])
#: the address is put together where no reader of the source can follow
FILL = (
    "const k=[100,97,116,97].map(c=>String.fromCharCode(c)).join('');"
    "fetch('/'+k+'/'+(6*7)).then(r=>r.json()).then(rows=>{"
    "document.querySelector('.box').innerHTML='<ul class=list>'+rows.map(r=>"
    "`<li><a href='${r.u}'>${r.t}</a><span>${r.d}</span></li>`).join('')+'</ul>'})"
)

pytestmark = pytest.mark.skipif(
    not runs_scripts(Network(browser=CHROMIUM)), reason="no Chromium, or no extra [render]"
)


def shell(script: str) -> str:
    inner = f"<h3>收费信息</h3><div class='box' id='app'></div><script>{script}</script>"
    return page("收费信息", inner, crumbs="收费信息")


def routes(script: str, **more: Route) -> Mapping[str, Route]:
    return {
        "/": home({"收费信息": "/sf/"}),
        "/sf/": shell(script),
        "/data/42": Reply(body=DATA, headers={"Content-Type": "application/json"}),
        **{
            url: article(title, date.fromisoformat(day), "收费项目和标准。")
            for title, url, day in ROWS
        },
        **more,
    }


def seen(server: SiteServer, site: Site, folder: Path, browser: str = CHROMIUM) -> Observation:
    (observation,) = all_seen(server, site, folder, "/sf/", browser=browser)
    return observation


def all_seen(
    server: SiteServer, site: Site, folder: Path, *paths: str, browser: str = CHROMIUM
) -> list[Observation]:
    targets = tuple(target(site, path) for path in paths)
    network = Network(
        delay=0,
        tries=1,
        pauses=(0,),
        timeout=12,  # a browser takes its time to start where much else runs
        test_targets=tuple(server.targets),
        browser=browser,
    )
    plan = Plan(
        scan="20261120",
        batch=1,
        night=NIGHT,
        catalog_digest="",
        clock_offset=0,
        network=network,
        targets=targets,
    )
    file = scan(plan, folder / "scan", evidence=folder / "evidence")
    return list(read_scan(file).observations())


def target(site: Site, path: str) -> Target:
    return Target(
        unit="A1",
        unit_names=(UNIT,),
        column=Column(id=path, name="收费信息"),
        address=f"{site.url}{path}",
        home=site.url,
        group=site.netloc,
        since=date(2026, 7, 1),
        look_for=(LookFor(match=Match(any=("收费",))),),
    )


def test_a_list_that_a_script_fills_is_read_and_proves_only_what_is_there(tmp_path: Path) -> None:
    with serving() as server:
        found = seen(server, server.site(dict(routes(FILL))), tmp_path)

    assert found.outcome is Outcome.OPENED
    assert [one.title for one in found.documents] == [title for title, _, _ in ROWS]
    assert [str(one.day) for one in found.documents] == [day for _, _, day in ROWS]
    assert found.identity_seen
    assert (found.coverage.to_end, found.coverage.since) == (False, None)
    assert not found.remember.list_digest
    assert not found.remember.etag
    assert found.evidence


def test_without_a_browser_the_column_waits_for_a_person(tmp_path: Path) -> None:
    with serving() as server:
        found = seen(server, server.site(dict(routes(FILL))), tmp_path, browser="")

    assert found.outcome is Outcome.SHELL


@pytest.mark.parametrize(
    "script",
    [
        FILL.replace("(6*7)", "(6*8)"),
        "document.querySelector('.box').innerHTML='<p>暂无数据</p>'",
        "throw 1",
    ],
    ids=["data that does not come", "a word of its own", "a broken one"],
)
def test_what_a_script_does_not_show_is_never_called_empty(script: str, tmp_path: Path) -> None:
    with serving() as server:
        found = seen(server, server.site(dict(routes(script))), tmp_path)

    assert found.outcome is Outcome.SHELL
    assert found.documents == ()


def test_a_page_without_end_does_not_keep_the_next_one_out(tmp_path: Path) -> None:
    with serving() as server:
        site = server.site({**routes(FILL), "/endless/": shell("for(;;){}")})

        found = all_seen(server, site, tmp_path, "/endless/", "/sf/")

    assert [one.outcome for one in found] == [Outcome.SHELL, Outcome.OPENED]


def test_the_browser_reaches_nothing_but_through_our_own_gates(tmp_path: Path) -> None:
    """Sockets, pictures, frames, other hosts: who is no site of the unit hears nothing."""
    with serving() as server, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        at = f"127.0.0.1:{listener.getsockname()[1]}"
        tries = (
            f"new WebSocket('ws://{at}/w');new Image().src='http://{at}/i';"
            f"fetch('http://{at}/f',{{mode:'no-cors'}}).catch(()=>0);"
            f"navigator.sendBeacon('http://{at}/b','x');"
            f"document.body.insertAdjacentHTML('beforeend',\"<iframe src='http://{at}/fr'></iframe>"
            f'<script src=\'http://{at}/s.js\'></scr"+"ipt>");'
            f"window.open('http://{at}/o');"
            f"navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js').catch(()=>0);"
        )
        site = server.site(dict(routes(tries + FILL)))

        found = seen(server, site, tmp_path)

        with pytest.raises(TimeoutError):
            listener.accept()
    assert found.outcome is Outcome.OPENED
    assert "/sw.js" not in site.paths


def test_a_script_asks_no_more_than_a_page_may(tmp_path: Path) -> None:
    many = "for(let n=0;n<500;n++)fetch('/flood/'+n).catch(()=>0);"
    with serving() as server:
        site = server.site(dict(routes(many + FILL)))

        seen(server, site, tmp_path)

    assert sum(path.startswith("/flood/") for path in site.paths) <= 40
