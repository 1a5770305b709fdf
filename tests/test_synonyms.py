"""Which titles the catalog would miss by one word."""

from __future__ import annotations

import pytest

from benchmarks.synonyms import THESAURUS, one_synonym_away, read_groups, swaps_of
from monitor.model import Match

GROUPS = [("收费", "缴费", "费用"), ("检查", "督查")]
FEES = Match(any=("收费",), none=("收费检查",), near=("学费",))


@pytest.mark.parametrize(
    ("title", "swap"),
    [
        pytest.param("2026年秋季缴费标准", ("缴费", "收费"), id="another word for the same"),
        pytest.param("2026年秋季缴 费标准", ("缴费", "收费"), id="compared in normal form"),
        pytest.param("2026年秋季收费标准", None, id="it answers as it is"),
        pytest.param("2026年秋季学费、费用标准", None, id="a near word holds it back already"),
        pytest.param("规范收费检查情况通报", None, id="the catalog rules it out on purpose"),
        pytest.param("关于2026年未发生费用的情况说明", None, id="it says that nothing happened"),
        pytest.param("秋季学期运动会", None, id="about something else"),
    ],
)
def test_a_title_is_one_synonym_away(title, swap):
    found = one_synonym_away(FEES, title, swaps_of(title, GROUPS))

    assert (found and (found.word, found.synonym)) == swap


def test_each_place_of_a_word_is_replaced_by_itself():
    changed = [title for _, title in swaps_of("缴费与缴费单", [("缴费", "收费")])]

    assert changed == ["收费与缴费单", "缴费与收费单"]


def test_the_thesaurus_repeats_no_word_within_a_group():
    groups = read_groups(THESAURUS)

    assert len(groups) >= 40
    assert [group for group in groups if len(group) < 2 or len(set(group)) < len(group)] == []
