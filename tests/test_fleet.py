"""The simulated county of ``benchmarks/fleet``, small: its truth, its files, and a run over it."""

from __future__ import annotations

import ast
import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from stdnum.cn import uscc

from benchmarks.fleet import almanac, persons, run, truth
from benchmarks.fleet.duties import DUTIES, catalog_text
from benchmarks.fleet.eyes import Eyes
from benchmarks.fleet.scanfiles import PAGES, Writer
from benchmarks.fleet.sites import Sites
from benchmarks.fleet.world import Fact
from crawler.flat import flat
from crawler.pages.articles import read_article
from monitor import holidays
from monitor.catalog import load
from monitor.model import Outcome
from monitor.personal import is_card, is_id_number
from monitor.wire import plan_beside, read_plan, read_scan

FLEET = Path(run.__file__).parent
#: what makes the county and its truth; the rest drives the program
GENERATOR = (
    "almanac",
    "articles",
    "countywide",
    "damage",
    "duties",
    "pairs",
    "persons",
    "planting",
    "scanfiles",
    "sites",
    "sowing",
    "truth",
    "world",
)
ROOMS = {"commands", "crawler", "monitor", "reports"}


@pytest.mark.parametrize("name", GENERATOR)
def test_what_makes_the_truth_knows_nothing_of_the_program(name):
    tree = ast.parse((FLEET / f"{name}.py").read_text("utf-8"))
    imported = {
        module.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }

    assert not imported & ROOMS


def test_the_truth_of_a_seed_is_the_one_that_was_kept():
    kept = json.loads(truth.KEPT.read_text("utf-8"))["seeds"]["1"]

    found = truth.truth_of(1)

    assert found.digest() == kept["sha256"]
    assert found.counts() == {name: value for name, value in kept.items() if name != "sha256"}


def test_working_days_are_counted_as_the_published_holidays_say():
    calendar = holidays.calendar(2024, 2026)
    days = range(date(2024, 1, 1).toordinal(), date(2027, 1, 1).toordinal())

    differing = [
        date.fromordinal(day)
        for day in days
        if almanac.is_workday(day) != calendar.is_workday(date.fromordinal(day))
    ]

    assert differing == []


def test_the_catalog_of_the_county_is_one_the_program_takes(tmp_path):
    (tmp_path / "rules.yaml").write_text(catalog_text(DUTIES, link_grounds="law"), "utf-8")

    catalog = load([tmp_path / "rules.yaml"])

    assert list(catalog.requirements) == [duty.id for duty in DUTIES]


def test_a_night_of_files_is_read_whole_and_shows_what_the_world_shows(tmp_path):
    small = truth.truth_of(2, units=6, columns=8, nights=20)
    bases = [f"http://{unit.code}.test" for unit in small.world.units]
    writer = Writer(truth=small, bases=bases, catalog_digest="digest")
    night = small.world.first

    path = writer.write(
        night,
        tmp_path,
        scan="one",
        shown=date.fromordinal(night),
        at=datetime(2024, 3, 4, 15, tzinfo=UTC),
    )

    file = read_scan(path)
    assert (file.damaged, file.torn, file.complete) == (0, False, True)
    assert len(read_plan(plan_beside(path)).targets) == len(file.done) == 6 * 8
    opened = [one for one in file.observations() if one.outcome is Outcome.OPENED]
    numbers = {unit.code: number for number, unit in enumerate(small.world.units)}
    places = {duty.column: place for place, duty in enumerate(small.world.duties)}
    assert opened
    for seen in opened:
        shown = small.world.columns[numbers[seen.unit], places[seen.column]].shown(night)
        assert [document.title for document in seen.documents] == [one.title for one in shown]


def test_a_gap_begins_on_the_day_after_the_due_day_in_truth_too():
    found = truth.truth_of(1, units=40, columns=3, nights=60)
    due = date(2024, 3, 31).toordinal()
    late = [gap for gap in found.gaps if found.world.duties[gap.duty].id == "F03"]

    assert late
    assert {gap.starts for gap in late} == {due + 1}
    assert {found.world.fact((gap.unit, gap.duty), due) for gap in late} <= {Fact.FINE, Fact.GREY}


def test_a_small_county_is_watched_for_twenty_nights_without_a_false_word():
    small = truth.truth_of(2, units=6, columns=8, nights=20)

    told = run.run(small, http=1, tell=0)

    assert (told["http_nights"], told["http_unread"]) == (1, 0)
    assert told["false_accusations"] == 0
    assert told["gaps_decidable"] > 0
    assert told["gap_recall"] == 1


def test_numbers_are_planted_with_the_check_characters_of_their_standards():
    rng = Random(7)

    for _ in range(200):
        assert is_id_number(persons.id_number(rng))
        assert not is_id_number(persons.id_number(rng, is_right=False))
        assert is_card(persons.card_number(rng))
        assert uscc.is_valid(persons.credit_code(rng))


def test_an_opened_entry_says_in_a_file_what_a_crawl_reads_on_its_page(tmp_path):
    small = truth.truth_of(2, units=3, columns=19, nights=60)
    night = small.world.last
    with Sites(small) as sites:
        sites.turn_to(night)
        writer = Writer(truth=small, bases=sites.bases, catalog_digest="digest")
        day = date.fromordinal(night)
        at = datetime(2024, 5, 2, 15, tzinfo=UTC)
        path = writer.write(night, tmp_path, scan="one", shown=day, at=at)
        pages = json.loads((tmp_path / PAGES).read_text("utf-8"))
        told = {url: page.body for url in pages if (page := _page(sites, url)) is not None}

    Eyes(key=b"key").look_through(path, pages, tmp_path / "evidence", on=day)

    seen = [one for look in read_scan(path).observations() for one in look.documents]
    opened = [one for one in seen if one.digest and one.url in told]
    exposed = [one for one in opened if one.exposed]
    assert len(opened) > len(exposed) > 0
    for document in opened:
        article = read_article(told[document.url].encode(), document.url)
        assert document.digest == hashlib.sha256(flat(article.text).encode()).hexdigest()
        assert document.published == article.published
    shown = {one.serial: one.shows for one in small.world.persons.values()}
    for document in exposed:
        serial = int(document.url.rsplit("/", 1)[1].removesuffix(".html"))
        assert len(document.exposed) == len(shown[serial])
    assert not any(number in path.read_text("utf-8") for one in shown.values() for number in one)


def _page(sites, url):
    bases = {base: unit for unit, base in enumerate(sites.bases)}
    base = next(base for base in bases if url.startswith(f"{base}/"))
    path = url.removeprefix(base)
    return sites.page(bases[base], path) if path != "/" else None
