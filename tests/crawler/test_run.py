"""Children that die, hang, or are ended: nothing seen is lost, nothing is blamed on a site."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from schoolpages import UNIT, home, listing
from siteserver import Reply, Site, SiteServer, serving

from crawler.run import fetch_one, scan, search
from monitor.model import Column, Network, Outcome, Plan, Remembered, Sureness, Target
from monitor.wire import plan_name, read_scan, scan_name, write_plan

NIGHT = date(2026, 11, 20)
ROWS = [
    (f"第{n}号收费事项的公示", f"/fees/content_{n}.html", date(2026, 10 - n, 9)) for n in range(6)
]
#: more than any page for readers holds, and minutes of work for the parser
VAST = b"<a " + b" ".join(b"a%d=1" % number for number in range(150_000)) + b">x</a>"
#: the parser of the child hangs on one page, as none of those we know of makes it
POISON = b"<p>poison</p>"
HANGING = """
import time
import lxml.html
parse = lxml.html.document_fromstring
def hang(raw, **options):
    while b"poison" in raw:
        time.sleep(1)
    return parse(raw, **options)
lxml.html.document_fromstring = hang
"""


def columns(count: int) -> list[Column]:
    return [Column(id=f"c{number}", name=f"第{number}类信息") for number in range(count)]


def a_site(server: SiteServer, count: int, **routes: object) -> Site:
    lists = {f"/{column.id}/": listing(column.name, ROWS) for column in columns(count)}
    return server.site({**lists, **{f"/{name}/": route for name, route in routes.items()}})


def plan_of(server: SiteServer, *sites: Site, count: int) -> Plan:
    return Plan(
        scan="s1",
        batch=1,
        night=NIGHT,
        catalog_digest="",
        clock_offset=0.0,
        network=Network(timeout=20, tries=1, pauses=(0,), test_targets=server.targets),
        targets=tuple(
            Target(
                unit=f"u{number}",
                unit_names=(UNIT,),
                column=column,
                home="",
                address=f"{site.url}/{column.id}/",
                group=site.netloc,
                since=date(2026, 1, 1),
            )
            for number, site in enumerate(sites)
            for column in columns(count)
        ),
    )


def outcomes(scan_file: Path) -> dict[str, Outcome]:
    found = list(read_scan(scan_file).observations())
    assert len({seen.key for seen in found}) == len(found)
    return {seen.key: seen.outcome for seen in found}


def test_a_killed_child_is_gone_on_with_and_what_is_done_is_not_opened_again(tmp_path):
    with serving() as server:
        site = a_site(server, 5, c3=Reply(body=listing("第3类信息", ROWS), delay=0.4))
        plan = plan_of(server, site, count=5)
        plan_file, scan_file = (tmp_path / name(NIGHT, 1) for name in (plan_name, scan_name))
        write_plan(plan_file, plan)
        places = [str(place) for place in (plan_file, scan_file, tmp_path / "evidence")]
        child = subprocess.Popen([sys.executable, "-m", "crawler", *places])
        while len(read_scan(scan_file).done) < 3:
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        before = Counter(site.paths)

        scan(plan, tmp_path, evidence=tmp_path / "evidence")

        assert set(outcomes(scan_file).values()) == {Outcome.OPENED}
        assert len(outcomes(scan_file)) == 5
        asked = Counter(site.paths) - before
        assert asked == Counter({"/c3/": 1, "/c4/": 1})
        assert read_scan(scan_file).complete
        scan(plan, tmp_path, evidence=tmp_path / "evidence")  # done is done
        assert Counter(site.paths) - before == asked


def test_a_page_that_hangs_the_parser_is_given_up_and_the_others_are_read(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(HANGING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.getcwd()]))
    with serving() as server:
        ill, well = a_site(server, 2, c0=POISON), a_site(server, 2)
        plan = plan_of(server, ill, well, count=2)

        scan_file = scan(plan, tmp_path, evidence=tmp_path / "evidence", patience=5)

        assert outcomes(scan_file) == {
            "u0/c0": Outcome.PARSER_KILLED,
            "u0/c1": Outcome.OPENED,
            "u1/c0": Outcome.OPENED,
            "u1/c1": Outcome.OPENED,
        }
        assert ill.paths.count("/c0/") == 2


def test_a_page_that_is_too_much_to_read_is_given_up_at_once(tmp_path):
    with serving() as server:
        site = a_site(server, 2, c0=VAST)

        scan_file = scan(plan_of(server, site, count=2), tmp_path, evidence=tmp_path / "evidence")

        assert outcomes(scan_file) == {"u0/c0": Outcome.TOO_LARGE, "u0/c1": Outcome.OPENED}
        assert site.paths.count("/c0/") == 1


def test_what_a_failing_reader_saw_is_told_and_not_remembered(tmp_path):
    with serving() as server:
        plan = plan_of(server, a_site(server, 1), count=1)
        told, kept = (
            next(
                read_scan(
                    scan(plan, tmp_path / name, evidence=tmp_path / "evidence", failing=failing)
                ).observations()
            )
            for name, failing in (("failing", {"generic"}), ("other", {"trs"}))
        )

    assert told.documents == kept.documents != ()
    assert kept.remember.list_digest
    assert told.remember == Remembered(address=kept.remember.address)


def test_a_batch_that_is_out_of_time_keeps_what_it_saw(tmp_path):
    with serving() as server:
        site = a_site(server, 2, c1=Reply(delay=30))

        scan_file = scan(
            plan_of(server, site, count=2),
            tmp_path,
            evidence=tmp_path / "evidence",
            seconds=8,  # a busy machine starts a child in four
        )

        assert outcomes(scan_file) == {"u0/c0": Outcome.OPENED}
        assert not read_scan(scan_file).complete


def test_an_interrupted_scan_leaves_no_child_behind(tmp_path):
    code = (
        "import sys; from pathlib import Path; from crawler.run import scan;"
        "from monitor.wire import read_plan;"
        "place = Path(sys.argv[2]);"
        "scan(read_plan(Path(sys.argv[1])), place, evidence=place / 'evidence')"
    )
    with serving() as server:
        site = a_site(server, 2, c1=Reply(delay=30))
        write_plan(tmp_path / "plan", plan_of(server, site, count=2))
        parent = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "plan"), str(tmp_path / "out")],
            stderr=subprocess.DEVNULL,
        )
        scan_file = tmp_path / "out" / scan_name(NIGHT, 1)
        while "/c1/" not in site.paths:
            time.sleep(0.01)
        parent.send_signal(signal.SIGINT)

        assert parent.wait(10) != 0
        assert outcomes(scan_file) == {"u0/c0": Outcome.OPENED}
        assert not children_of(parent.pid, naming=str(scan_file))


def children_of(pid: int, *, naming: str) -> list[int]:
    """Processes that still have ``naming`` in their command line."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
        except OSError:
            continue
        if naming.encode() in words:
            found.append(int(place.parent.name))
    return found


def test_a_child_that_cannot_start_is_not_started_for_ever(tmp_path):
    with serving() as server:
        plan = plan_of(server, a_site(server, 1), count=1)
        (tmp_path / "evidence").write_text("a file where the folder should be")

        scan_file = scan(plan, tmp_path, evidence=tmp_path / "evidence")

    assert outcomes(scan_file) == {}
    assert "evidence" in scan_file.with_suffix(".log").read_text("utf-8")


# --- one address ------------------------------------------------------------------------


def test_one_address_is_opened_as_a_night_would(tmp_path):
    with serving() as server:
        site = server.site({"/a": Reply(status=301, headers={"Location": "/b"}), "/b": "收费"})

        fetched = fetch_one(f"{site.url}/a", Network(test_targets=server.targets))

    assert fetched.outcome is None
    assert (fetched.status, fetched.body.decode()) == (200, "收费")
    assert fetched.url == f"{site.url}/b"
    assert fetched.redirects == (f"{site.url}/a",)
    assert fetched.headers["content-type"].startswith("text/html")
    assert fetched.seconds < 5


def test_a_site_that_only_speaks_the_other_scheme_is_read_with_a_remark():
    with serving() as server:
        site = server.site({"/": "收费"})

        fetched = fetch_one(
            site.url.replace("http:", "https:") + "/",
            Network(timeout=2, tries=1, test_targets=server.targets),
        )

    assert fetched.body.decode() == "收费"
    assert fetched.url == f"{site.url}/"
    assert any("改用http" in remark for remark in fetched.remarks)


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://127.0.0.1:9/", Outcome.FORBIDDEN_ADDRESS),
        ("http://2130706433:9/", Outcome.FORBIDDEN_ADDRESS),
        ("file:///etc/passwd", Outcome.PROTOCOL),
    ],
)
def test_nothing_inside_is_opened_for_anyone(url, outcome):
    with serving() as server:
        inner = server.site({"/": "内部"}, host="127.0.0.2")

        fetched = fetch_one(url.replace(":9/", f":{inner.port}/"), Network(tries=1))

        assert fetched.outcome is outcome
        assert fetched.body == b""
        assert inner.requests == []


def test_a_page_that_hangs_a_search_is_left_out_and_the_rest_is_found(tmp_path):
    first, second = columns(2)
    with serving() as server:
        site = a_site(server, 2, c0=POISON)
        site.routes["/"] = home({first.name: "/c0/", second.name: "/c1/"})
        targets = [
            replace(one, home=f"{site.url}/", address="")
            for one in plan_of(server, site, count=2).targets
        ]

        file = search(replace(plan_of(server, count=0), targets=tuple(targets)), tmp_path)

    found = {one.column: one.spots[0].sureness for one in read_scan(file).discoveries()}
    assert found == {"c0": Sureness.DOUBTFUL, "c1": Sureness.CERTAIN}
