"""How the parts of a paper are spelled and placed."""

from __future__ import annotations

import pytest

from reports.formats.conventions import (
    TITLE_ROOM,
    cleaned,
    ems,
    signature_indents,
    title_lines,
)
from reports.manuscript import Link, Paper, PaperTable, Table, TableColumn


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于做好信息公开问题整改工作的通知", ("关于做好信息公开问题整改工作的通知",)),
        (
            "某市教育局2026年10月信息公开自查自纠情况报告",
            ("某市教育局2026年10月信息公开", "自查自纠情况报告"),
        ),
        (
            "某市教育局关于2026年第三季度信息公开检查情况的通报",
            ("某市教育局关于2026年第三季度", "信息公开检查情况的通报"),
        ),
        (
            "某某县教育和体育局关于限期整改信息公开突出问题的通知",
            ("某某县教育和体育局关于限期整改", "信息公开突出问题的通知"),
        ),
        # no word is known here: better left to the reader's own program than cut in two
        ("一二三四五六七八九十" * 3, ("一二三四五六七八九十" * 3,)),
        ("", ("",)),
    ],
)
def test_a_title_breaks_between_words_only(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


@pytest.mark.parametrize("bureau", ["某市教育局", "某市某某区教育局", "某市某某区教育和体育局"])
@pytest.mark.parametrize("when", ["2026年10月", "2026年第三季度", "2026年上半年", "2026年度"])
@pytest.mark.parametrize(
    "what", ["信息公开自查自纠情况报告", "信息公开检查情况的通报", "政务公开考核评分情况说明"]
)
def test_lines_of_a_title_fit_and_form_a_trapezoid(bureau: str, when: str, what: str) -> None:
    title = f"{bureau}关于{when}{what}"

    lines = title_lines(title)

    assert "".join(lines) == title
    assert len(lines) == (1 if ems(title) <= TITLE_ROOM else 2)
    assert max(map(ems, lines)) <= TITLE_ROOM
    assert len({ems(line) for line in lines}) == len(lines)
    assert all(ems(line) >= 4 for line in lines)
    assert not lines[-1].startswith("的")


@pytest.mark.parametrize(
    ("name", "sealed", "ends"),
    [
        (6.5, True, (4, 4)),
        (9, True, (2.75, 4)),
        (20, True, (0, 6.75)),  # a long name reaches the edge, its date stays centred under it
        (9, False, (2, 2.5)),
        (5, False, (5.5, 2)),  # the date is longer: it ends two from the edge
    ],
)
def test_name_and_date_are_placed_by_the_standard(
    name: float, sealed: bool, ends: tuple[float, float]
) -> None:
    assert signature_indents(name, 6.5, sealed=sealed) == ends


def test_every_part_of_what_is_sent_is_without_marks() -> None:
    table = Table(
        columns=(TableColumn(heading="【栏目】"),),
        rows=(("【甲】",), (Link(text="【乙】", address="https://a.cn/"),), (3,)),
        total=("】【",),
    )
    block = PaperTable(title="【表】", table=table, unit="【项】", note="【注】")

    sent = cleaned(Paper(title="【题】", blocks=(block,), checks=("核对",)))

    assert "【" not in repr(sent)
    assert "】" not in repr(sent)
    assert sent.checks == ()
    assert [row[0] for row in sent.blocks[0].table.rows] == [
        "甲",
        Link(text="乙", address="https://a.cn/"),
        3,
    ]
