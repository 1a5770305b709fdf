from __future__ import annotations

import json
from importlib.resources import files

import pytest

from crawler import canary
from crawler.platforms import PLATFORMS

ANSWERS = json.loads((files("crawler.platforms") / "known" / "answers.json").read_text("utf-8"))
NAMES = [platform.name for platform in PLATFORMS]


def test_every_family_reads_its_known_pages():
    assert sorted(ANSWERS) == sorted(NAMES)
    assert canary.failing() == frozenset()


@pytest.mark.parametrize("name", NAMES)
def test_a_family_fails_on_pages_of_which_something_else_is_known(name):
    answer = ANSWERS[name]
    (title, _, url), *others = answer["entries"]

    assert canary.reads(name, answer)
    assert not canary.reads(name, {**answer, "entries": others})
    assert not canary.reads(name, {**answer, "entries": [[title, "2019-01-01", url], *others]})
    assert not canary.reads("another", answer)


def test_a_family_without_known_pages_fails():
    assert not canary.reads("generic", {})
    assert not canary.reads("generic", {**ANSWERS["generic"], "pages": {}})


def test_a_family_is_told_by_the_name_people_know():
    assert canary.labels({"vsb", "trs"}) == ("博达 VSB", "拓尔思 TRS")
