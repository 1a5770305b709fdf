"""What documents hold inside, told in one verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builders import document, moment, obligation, observation, requirement

from monitor.assess import assess
from monitor.completeness import TablesPresent, TotalsAgree, YearsAgree, YearSeries
from monitor.inside import examined
from monitor.model import Assessment, Beside, Extract, Grounds, Match, Reading, Status
from monitor.wording import Because

TABLES = TablesPresent(tables=("收支总表", "政府性基金预算支出表"))
ELEMENTS = ("部门收支总表", "政府性基金预算支出表")
WHOLE = (
    "2026年部门预算\n收支总表\n收入总计 5.00 支出总计 5.00\n"
    "政府性基金预算支出表\n合计 0.00\n本单位无政府性基金预算，故此表为空。"
)
HALF = "2026年部门预算\n收支总表\n收入总计 5.00 支出总计 4.00\n政府性基金预算支出表\n合计 0.00"


def judged(texts: Mapping[str, str], *checks: Any, **changes: Any) -> Assessment:
    """A budget for each text, the newest first, judged by checks."""
    documents = [
        replace(
            document(f"2026年部门预算（{number}）", f"2026-11-{20 - number:02}"),
            **{"digest": digest} | changes,
        )
        for number, digest in enumerate(texts)
    ]
    kept = {
        digest: (Extract(text=text, file="预算.pdf", where="第2页"),)
        for digest, text in texts.items()
        if text
    }
    owed = obligation(
        requirement=requirement(
            name="部门预算",
            match=Match(any=("预算",)),
            complete=checks,
            elements=ELEMENTS,
            unchecked=("支出列到项级",),
        )
    )
    return assess(owed, [observation(*documents)], moment(), texts=kept)


def test_a_whole_budget_is_good() -> None:
    found = judged({"a": WHOLE}, TABLES)

    assert found.status is Status.OK
    assert found.unchecked == ("支出列到项级",)


def test_what_is_missing_is_told_with_where_it_stands_empty_and_where_was_looked() -> None:
    found = judged({"a": HALF}, TABLES)

    assert (found.status, found.because) == (Status.PARTIAL, Because.ELEMENTS_MISSING)
    assert found.sentence == (
        "“2026年部门预算（0）”未见要素：政府性基金预算支出表（附件“预算.pdf”第2页为空表，未见说明），"
        "已查看附件“预算.pdf”第2页"
    )


def test_tables_in_the_other_document_count() -> None:
    other = "政府性基金预算支出表\n彩票公益金 3.00"

    assert judged({"a": HALF, "b": other}, TABLES).status is Status.OK


def test_what_nobody_kept_is_listed_as_unchecked_and_no_gap() -> None:
    found = judged({"a": ""}, TABLES)

    assert found.status is Status.OK
    assert found.unchecked == ("支出列到项级", *ELEMENTS)


def test_what_could_not_be_read_whole_is_left_to_a_person() -> None:
    found = judged({"a": HALF}, TABLES, reading=Reading.PARTLY)

    assert (found.status, found.because) == (Status.UNSURE, Because.ELEMENTS_UNREAD)


def test_contradictions_are_told_in_the_verdict_and_change_nothing() -> None:
    totals = TotalsAgree(table="收支总表", first="收入总计", second="支出总计")
    text = HALF.replace("2026年", "2025年")
    found = judged({"a": text}, totals, YearsAgree(of=("预算",)))

    assert found.status is Status.OK
    assert "收入总计5.00（附件“预算.pdf”第2页）与支出总计4.00" in str(found.facts["hint"])
    assert "写的是2025年" in str(found.facts["hint"])


def test_common_practice_only_remarks_and_a_rule_of_the_bureau_accuses() -> None:
    usual = YearSeries(last=2, name="历年不断档")

    found = judged({"a": WHOLE}, usual)
    assert (found.status, found.facts["hint"]) == (
        Status.OK,
        "部门预算中未见：2025年（最新一条为“2026年部门预算（0）”）",
    )
    assert judged({"a": WHOLE}, replace(usual, grounds=Grounds.LOCAL)).status is Status.PARTIAL


def test_every_element_that_was_found_has_a_place() -> None:
    one = document("2026年部门预算", digest="a")
    kept = {"a": (Extract(text=WHOLE, file="预算.pdf", where="第2页"),)}
    seen = examined(requirement(complete=(TABLES,)), [one], Beside(texts=kept))

    assert {place.word: place.where for place in seen.places} == dict.fromkeys(
        TABLES.tables, "附件“预算.pdf”第2页"
    )
