from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from builders import assessment, requirement, unit

from monitor.model import Answer, Catalog, Status
from monitor.units.answers import ANSWER_HEADERS, Replies, answer_rows, read_answers
from monitor.verified import Question
from monitor.wording import MonitorError

UNITS = [unit(), unit(code="P-02", name="青石县第二小学", short_name="")]
CATALOG = Catalog(
    columns={},
    requirements={
        one.id: one
        for one in (
            requirement(),
            requirement(id="S-12", name="招生计划（公办）"),
            requirement(id="S-13", name="校车"),
        )
    },
)


def read(folder: Path, *rows: Sequence[str], header: Sequence[str] = ANSWER_HEADERS) -> Replies:
    path = folder / "人工核实.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return read_answers(path, UNITS, CATALOG)


def row(items: str, answer: str = "未公开", **cells: str) -> list[str]:
    given = {"单位": "P-01", "事项": items, "答复": answer} | cells
    return [given.get(name, "") for name in ANSWER_HEADERS]


def test_what_was_written_out_reads_back(tmp_path: Path) -> None:
    about = (
        assessment(status=Status.UNSURE, period="2026年秋季"),
        assessment(status=Status.UNSURE, requirement="S-12"),
    )
    asked = Question(unit="P-01", page="http://a.test/", reason="看不清", assessments=about)

    (written,) = answer_rows([asked], UNITS, CATALOG).rows
    filled = [*written[:4], "未公开", "", "翻遍了", "张三", "2026-12-31"]
    found = read(tmp_path, filled)

    assert written[1] == "S-11 教育收费公示（2026年秋季）；S-12 招生计划（公办）"
    assert [(one.unit, one.requirement, one.period) for one in found.taken] == [
        ("P-01", "S-11", "2026年秋季"),
        ("P-01", "S-12", ""),
    ]
    assert {(one.answer, one.note, one.by, one.until) for one in found.taken} == {
        (Answer.NOT_PUBLISHED, "翻遍了", "张三", date(2026, 12, 31))
    }
    assert found.mistakes == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("S-11", ["S-11"]),
        ("教育收费公示", ["S-11"]),
        ("招生计划（公办）", ["S-12"]),
        ("S-11；S-12", ["S-11", "S-12"]),
        ("S-11 教育收费公示;\nS-13 校车", ["S-11", "S-13"]),
    ],
)
def test_an_item_may_be_named_as_a_person_would(
    text: str, items: list[str], tmp_path: Path
) -> None:
    found = read(tmp_path, row(text))

    assert [one.requirement for one in found.taken] == items
    assert found.mistakes == ()


WRONG = {
    "no such unit": (row("S-11", 单位="第三小学"), "第2行“单位”"),
    "no such item": (row("S-99"), "第2行“事项”"),
    "an item under another name": (row("S-11 招生"), "第2行“事项”"),
    "no such answer": (row("S-11", "公开了"), "第2行“答复”"),
    "no address": (row("S-11", "已公开", 地址="在网站上"), "第2行“地址”"),
    "no day": (row("S-11", 有效期至="明年"), "第2行“有效期至”"),
    "no item": (row(""), "第2行“事项”"),
}


@pytest.mark.parametrize(("wrong", "place"), WRONG.values(), ids=WRONG)
def test_a_row_that_is_wrong_is_named_and_the_rest_goes_on(
    wrong: list[str], place: str, tmp_path: Path
) -> None:
    found = read(tmp_path, wrong, row("S-13"))

    assert place in str(found.mistakes[0])
    assert [one.requirement for one in found.taken] == ["S-13"]


def test_a_row_left_blank_is_counted_and_no_mistake(tmp_path: Path) -> None:
    found = read(tmp_path, row("S-11", ""), row("S-13"))

    assert (found.blank, len(found.taken), found.mistakes) == (1, 1, ())


def test_an_item_answered_in_two_rows_keeps_the_first_answer(tmp_path: Path) -> None:
    found = read(tmp_path, row("S-11"), row("S-11；S-13", "不涉及"))

    assert [(one.requirement, one.answer) for one in found.taken] == [
        ("S-11", Answer.NOT_PUBLISHED)
    ]
    assert "已在第2行回答" in str(found.mistakes[0])


def test_a_sheet_of_something_else_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(MonitorError) as refused:
        read(tmp_path, ["P-01", "S-11"], header=("单位", "事项"))

    assert refused.value.code == "E2205"
