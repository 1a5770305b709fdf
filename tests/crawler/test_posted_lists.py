"""Lists that are had by POST only: a real server, strict about what it is sent, and a real child.

The sites are those of ``tests/sites`` whose column asks for its list with a form or a JSON value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from ruamel.yaml import YAML
from siteserver import Reply, Request, Route, Site, serving

from crawler.run import scan
from monitor.model import Column, Network, Observation, Outcome, Plan, Target
from monitor.wire import read_scan

FORM, JSON = "!form:", "!json:"
SITES = {
    path.parent.name: path.parent
    for path in sorted((Path(__file__).parents[1] / "sites").glob("*/expected.yaml"))
    if f"#{FORM}" in path.read_text() or f"#{JSON}" in path.read_text()
}
#: what each of them is sent, and whose it is
ASKED_AS = {
    "plain_request": (FORM, "吴家小学"),
    "plain_json_request": (JSON, "北岭小学"),
    "webplus_query": (FORM, "洛云区教育局"),
    "jcms_catalog": (FORM, "溪川县教育局"),
    "epoint_county": (JSON, "云龙县教育局"),
}
KINDS = {FORM: "application/x-www-form-urlencoded", JSON: "application/json"}


def told(fragment: str, body: str) -> object:
    """What is sent, in a form in which it is compared whatever the order of its fields."""
    if fragment == JSON:
        return json.loads(body)
    return sorted(parse_qsl(body, keep_blank_values=True))


def strict(answers: dict[str, bytes], kind: str) -> Route:
    """A server's script that tells apart method, type, sender and every field; no list for less."""
    expected = [
        (told(kind, unquote(body) if kind == JSON else body), answer)
        for body, answer in answers.items()
    ]

    def reply(request: Request) -> Reply | bytes:
        if request.method != "POST":
            return Reply(status=405)
        if request.headers.get("content-type", "").partition(";")[0] != KINDS[kind]:
            return Reply(status=415)
        if request.headers.get("x-requested-with") != "XMLHttpRequest":
            return Reply(status=403)
        asked = told(kind, request.body.decode())
        return next((answer for sent, answer in expected if sent == asked), Reply(status=400))

    return reply


def expected_of(name: str) -> dict[str, Any]:
    return YAML(typ="safe").load(SITES[name] / "expected.yaml")


def host_of(expected: dict[str, Any]) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(expected["start"]))


def laid_out(site: Site, folder: Path, expected: dict[str, Any]) -> str:
    """Put a folder's pages on a server; the address of its column there."""
    posts: dict[str, tuple[str, dict[str, bytes]]] = {}
    host = host_of(expected)
    for address, name in expected["pages"].items():
        body = (folder / name).read_bytes().replace(host.encode(), site.url.encode())
        place, _, fragment = address.removeprefix(host).partition("#")
        kind = next((kind for kind in KINDS if fragment.startswith(kind)), "")
        if kind:
            posts.setdefault(place, (kind, {}))[1][fragment.removeprefix(kind)] = body
        else:
            site.routes[place] = body
    for place, (kind, answers) in posts.items():
        site.routes[place] = strict(answers, kind)
    return site.url + expected["start"].removeprefix(host)


def target(unit: str, address: str, names: tuple[str, ...]) -> Target:
    return Target(
        unit=unit,
        unit_names=names,
        column=Column(id="c1", name="栏目"),
        home="",
        address=address,
        group=urlsplit(address).netloc,
        since=date(2000, 1, 1),
    )


@dataclass(frozen=True)
class Night:
    """What one night saw of the sites as they are, and of the same sites refusing every POST."""

    seen: dict[str, Observation]
    sites: dict[str, Site]


REFUSING = "refusing "


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("posted")
    with serving() as server:
        sites, targets = {}, []
        for name, (_, unit) in ASKED_AS.items():
            for key in (name, REFUSING + name):
                site = sites[key] = server.site()
                address = laid_out(site, SITES[name], expected_of(name))
                targets.append(target(key, address, (unit,)))
                if key != name:
                    refuse(site)
        plan = Plan(
            scan="s1",
            batch=1,
            night=date(2026, 11, 20),
            catalog_digest="",
            clock_offset=0.0,
            network=Network(timeout=5, tries=1, pauses=(0,), test_targets=server.targets),
            targets=tuple(targets),
        )
        found = read_scan(scan(plan, folder, evidence=folder / "evidence"))
        yield Night(seen={one.unit: one for one in found.observations()}, sites=sites)


def refuse(site: Site) -> None:
    for place, route in site.routes.items():
        if callable(route):
            site.routes[place] = Reply(status=400, body='{"code": 400, "data": []}')


def test_each_way_in_which_a_family_posts_has_its_site() -> None:
    found = {
        name: next(kind for kind in KINDS if f"#{kind}" in (folder / "expected.yaml").read_text())
        for name, folder in SITES.items()
    }

    assert found == {name: kind for name, (kind, _) in ASKED_AS.items()}


@pytest.mark.parametrize("name", ASKED_AS)
def test_a_list_is_posted_for_as_its_server_wants_it(night: Night, name: str) -> None:
    expected, seen, site = expected_of(name), night.seen[name], night.sites[name]
    methods = [asked.method for asked in site.requests]

    assert seen.outcome is Outcome.OPENED
    assert seen.coverage.to_end
    assert [[found.title, found.day, found.url] for found in seen.documents] == [
        [title, day, url.replace(host_of(expected), site.url)]
        for title, day, url in expected["entries"]
    ]
    assert methods.count("POST") == sum("#!" in address for address in expected["pages"])


@pytest.mark.parametrize("name", ASKED_AS)
def test_a_list_that_is_refused_is_no_empty_column(night: Night, name: str) -> None:
    seen = night.seen[REFUSING + name]

    assert seen.outcome is Outcome.SHELL
    assert seen.documents == ()
