"""The monthly report: the golden month in words, and what is left out when there is nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from builders import assessment, column, document, finding, requirement, standing, unit, waiver
from golden_month import CUT_OFF_AT, ENDS_ON, STARTS_ON, golden_month

from monitor.model import (
    Assessment,
    Catalog,
    FindingEvent,
    Move,
    Outcome,
    Snapshot,
    State,
    Status,
    UnitType,
    Where,
)
from monitor.wording import Because, Flag
from reports.kinds.monthly import BODY_ROOM, LEDGER, Office, body_length, compose
from reports.manuscript import Annex, Heading, Link, Paper, PaperTable, Paragraph
from reports.period import period_figures
from reports.phrases import share_word
from reports.tieouts import tie_outs

OFFICE = Office(name="青禾县教育局")
SIGNED_ON = date(2026, 11, 2)
CATALOG = Catalog(
    columns={"fees": column()},
    requirements={f"S-{number}": requirement(id=f"S-{number}") for number in range(1, 21)},
)


def written(snapshot: Snapshot, last: Snapshot | None = None, **office: str) -> Paper:
    figures = period_figures(snapshot)
    tie_outs(figures)
    return compose(
        snapshot,
        figures,
        office=replace(OFFICE, **office),
        signed_on=SIGNED_ON,
        last=period_figures(last) if last else None,
    )


def month(*assessments: Assessment, **changes: Any) -> Snapshot:
    return Snapshot(
        **{
            "id": "2026-10",
            "starts_on": STARTS_ON,
            "ends_on": ENDS_ON,
            "cut_off_at": CUT_OFF_AT,
            "made_by": "李科长",
            "nights": 31,
            "catalog": CATALOG,
            "units": (unit(),),
            "assessments": assessments,
            "findings": (),
            "events": (),
        }
        | changes
    )


def seen(*statuses: Status, **changes: Any) -> Snapshot:
    """A month of one school with an item for each of ``statuses``."""
    looked = [
        assessment(requirement=f"S-{number}", status=status)
        for number, status in enumerate(statuses, start=1)
    ]
    return month(*looked, **changes)


def texts(paper: Paper) -> list[str]:
    """Headings and paragraphs, each in one line with its lead."""
    return [
        getattr(block, "lead", "") + block.text
        for block in paper.blocks
        if isinstance(block, Heading | Paragraph)
    ]


def whole(paper: Paper) -> str:
    return "\n".join((paper.title, paper.subtitle, *texts(paper)))


def line(paper: Paper, opening: str) -> str:
    (found,) = (text for text in texts(paper) if text.startswith(opening))
    return found


def tables(paper: Paper) -> list[PaperTable]:
    return [block for block in paper.blocks if isinstance(block, PaperTable)]


def annex(paper: Paper, name: str) -> Annex:
    return next(one for one in paper.annexes if one.name == name)


GOLDEN = written(golden_month(), golden_month())


# --- the golden month ------------------------------------------------------------------


def test_the_head_and_the_foot_of_the_golden_month() -> None:
    assert GOLDEN.title == "青禾县教育局2026年10月信息公开自查自纠情况报告"
    assert GOLDEN.subtitle == "数据截止2026年10月31日24时"
    assert (GOLDEN.addressee, GOLDEN.signed_by) == ("【局分管领导】", "【青禾县教育局办公室】")
    assert GOLDEN.contact == "联系人：【　】，电话：【　】"
    assert (GOLDEN.signed_on, GOLDEN.author) == (SIGNED_ON, "青禾县教育局")


def test_what_the_office_told_of_itself_is_not_left_blank() -> None:
    paper = written(golden_month(), leader="王局长", contact="李科长", phone="0563-3012345")

    assert paper.addressee == "王局长"
    assert paper.contact == "联系人：李科长，电话：0563-3012345"


def test_what_was_looked_at_comes_first() -> None:
    assert line(GOLDEN, "（一）巡查范围和结果。") == (
        "（一）巡查范围和结果。共60个单位、目录事项1400项次，其中不涉及96项，应公开1304项。"
        "24项因对方网站没有回应未能核查，均不计入问题和达标率。"
        "实际核查1280项，达标1152项（正常1090项、临期21项、已作情况说明41项），"
        "达标率90.0%（1152/1280），较上月持平，总体良好。"
    )
    assert "10月1日至31日对14个机关科室、46所学校" in texts(GOLDEN)[0]


def test_the_golden_month_moves_on() -> None:
    assert line(GOLDEN, "（三）整改进展。") == (
        "（三）整改进展。上月遗留71项，本月新增88项，本月销号31项，月末在办128项："
        "期限内96项、逾期21项、申请复核11项。在办问题中单位已反馈、待复核的12项。"
    )
    assert "按期完成27项、逾期完成4项" in line(GOLDEN, "（一）已完成整改31项。")
    assert "按期整改率51.9%（27/52）" in line(GOLDEN, "（一）已完成整改31项。")
    assert line(GOLDEN, "（二）逾期未整改21项。").endswith("详见附件2。")
    assert line(GOLDEN, "（三）问题反弹3项。")


def test_table_1_of_the_golden_month() -> None:
    (table,) = tables(GOLDEN)

    assert table.title == "表1　问题类型统计表"
    assert [one.heading for one in table.table.columns] == [
        "序号",
        "问题类型",
        "上月遗留",
        "本月新增",
        "本月销号",
        "月末在办",
        "涉及单位数",
        "其中逾期",
    ]
    assert table.table.rows == (
        (1, "应公开未公开", 19, 24, 9, 34, 17, 8),
        (2, "未设栏目/空白栏目", 11, 11, 4, 18, 9, 4),
        (3, "更新不及时", 27, 35, 13, 49, 26, 6),
        (4, "要素不全", 8, 10, 3, 15, 8, 2),
        (5, "链接失效", 5, 6, 2, 9, 6, 1),
        (6, "其他", 1, 2, 0, 3, 3, 0),
    )
    assert table.table.total == ("合计", None, 71, 88, 31, 128, None, 21)


def test_annex_1_of_the_golden_month() -> None:
    (table,) = annex(GOLDEN, "分类统计表").blocks

    assert isinstance(table, PaperTable)
    assert table.table.rows == (
        ("机关科室", 14, 210, 0, 210, 197, 13, "93.8%"),
        ("高中", 8, 216, 3, 213, 196, 17, "92.0%"),
        ("初中", 14, 322, 6, 316, 285, 31, "90.2%"),
        ("小学", 16, 368, 9, 359, 318, 41, "88.6%"),
        ("幼儿园", 6, 126, 5, 121, 99, 22, "81.8%"),
        ("中职、特教", 2, 62, 1, 61, 57, 4, "93.4%"),
    )
    assert table.table.total == ("合计", 60, 1304, 24, 1280, 1152, 128, "90.0%")
    assert "不涉及96项、未能核查24项未计入" in table.note


def test_the_annexes_of_the_golden_month() -> None:
    assert [one.name for one in GOLDEN.annexes] == [
        "分类统计表",
        "问题清单及整改台账",
        "未能核查事项及原因",
    ]
    assert annex(GOLDEN, LEDGER).blocks == ()  # a file of its own


def test_what_could_not_be_read_is_listed_with_its_days() -> None:
    (table,) = annex(GOLDEN, "未能核查事项及原因").blocks

    assert isinstance(table, PaperTable)
    rows = [(row[1], row[4], row[5], row[6]) for row in table.table.rows]
    assert rows[0] == ("青禾县西河高级中学", 3, "2026-10-27", 5)
    assert table.table.rows[0][2] == Link(
        text="b08.qinghe.example", address="http://b08.qinghe.example/"
    )
    # one page of a site that answers: no night in a row, and no day that nobody knows
    assert rows[-1] == ("青禾县特殊教育学校", 1, "2026-10-20之后", None)
    assert table.table.total[4] == 24


def test_problems_are_told_the_gravest_first_with_their_numbers() -> None:
    found = [text for text in texts(GOLDEN) if re.match(r"（.）.+\d+项，涉及\d+个单位。", text)]

    assert [re.sub(r"。.*", "", text) for text in found] == [
        "（一）应公开未公开34项，涉及17个单位",
        "（二）未设栏目/空白栏目18项，涉及9个单位",
        "（三）链接失效9项，涉及6个单位",
        "（四）更新不及时49项，涉及26个单位",
        "（五）要素不全15项，涉及8个单位",
        "（六）其他3项，涉及3个单位",
    ]
    assert all(text.count("；") <= 2 for text in found)  # three examples at most


def test_a_quantity_word_agrees_with_the_units_of_its_paragraph() -> None:
    told = [
        (int(units), word)
        for text in texts(GOLDEN)
        for units, word in re.findall(r"涉及(\d+)个单位。(\w+?)单位", text)
        if word in {"个别", "少数", "部分", "多数", "绝大多数", "全部"}
    ]

    assert len(told) == 5
    assert [word for units, word in told if word != share_word(units, 60)] == []


def test_no_quantity_word_stands_where_no_number_is() -> None:
    words = re.findall("个别|少数|部分|多数", whole(GOLDEN))

    assert len(words) == 5  # those of the test before


def test_the_body_keeps_to_its_length() -> None:
    assert body_length(GOLDEN.blocks) <= BODY_ROOM


def test_examples_give_way_where_the_body_grows_too_long() -> None:
    golden = golden_month()
    wordy = replace(
        golden,
        units=tuple(replace(one, short_name="青禾县" * 14 + one.code) for one in golden.units),
    )

    paper = written(wordy)

    assert body_length(paper.blocks) <= BODY_ROOM
    assert "应公开未公开34项" in whole(paper)


def test_levels_are_numbered_without_a_gap() -> None:
    headings = [block.text for block in GOLDEN.blocks if isinstance(block, Heading)]

    assert [text.partition("、")[0] for text in headings] == list("一二三四")


def test_three_suggestions_are_marked_for_the_officer() -> None:
    found = [text for text in texts(GOLDEN) if "【" in text]

    assert [text[:3] for text in found] == ["1.【", "2.【", "3.【"]
    assert all(text.endswith("。】") for text in found)
    assert "21项" in found[0]
    assert "“更新不及时”49项" in found[1]
    assert "24项" in found[2]


def test_units_without_problems_are_named_before_the_problems() -> None:
    praise = line(GOLDEN, "（四）较好单位。")

    assert "等30个单位本月未发现问题" in praise
    assert texts(GOLDEN).index(praise) < texts(GOLDEN).index("二、存在的主要问题")


# --- nothing to say, or not much ---------------------------------------------------------


def test_a_month_without_problems_says_so_and_shows_no_empty_table() -> None:
    paper = written(seen(*[Status.OK] * 8))

    assert whole(paper).count("实际核查的8项中未发现问题") == 2
    assert tables(paper) == []
    assert [one.name for one in paper.annexes] == ["分类统计表"]
    assert "附件2" not in whole(paper)
    assert not re.search(r"(?<!\d)0[项个次]", whole(paper))


def test_a_month_that_ends_without_problems_still_tells_what_was_put_right() -> None:
    golden = golden_month()
    closed = tuple(one for one in golden.findings if one.state is State.CLOSED)
    gaps = {(one.unit, one.requirement) for one in golden.findings} - {
        (one.unit, one.requirement) for one in closed
    }
    kept = {one.number for one in closed}

    paper = written(
        replace(
            golden,
            findings=closed,
            events=tuple(one for one in golden.events if one.finding in kept),
            assessments=tuple(
                one for one in golden.assessments if (one.unit, one.requirement) not in gaps
            ),
        )
    )

    assert whole(paper).count("截至月末，实际核查的1152项中未发现问题。") == 2
    assert "上月遗留31项，本月销号31项。" in whole(paper)
    assert tables(paper)[0].table.total == ("合计", None, 31, 0, 31, 0, None, 0)


def test_a_month_in_which_nothing_could_be_judged_gives_no_rate_and_no_all_clear() -> None:
    paper = written(seen(*[Status.UNREACH] * 8))

    assert "达标率：无数据" in whole(paper)
    assert "未发现问题" not in whole(paper)
    assert "%" not in whole(paper)
    assert annex(paper, "分类统计表").blocks[0].table.total[-1] is None


def test_few_items_are_counted_and_not_rated() -> None:
    paper = written(seen(Status.OK, Status.OK, Status.UNREACH))

    assert "实际核查2项，达标2项（正常2项）。" in whole(paper)
    assert "%" not in whole(paper)


@pytest.mark.parametrize(
    ("status", "state", "told"),
    [
        (Status.MISSING, State.DETECTED, "1项待人工核实（其中待确认1项）"),
        (Status.MISSING, State.TO_REVIEW, "1项待人工核实（其中待审核1项）"),
        (Status.UNSURE, State.TO_REVIEW, "1项待人工核实（其中无法自动判断1项）"),
    ],
    ids=["seen once", "seen twice", "the machine cannot tell"],
)
def test_what_nobody_confirmed_is_counted_apart_and_names_nobody(
    status: Status, state: State, told: str
) -> None:
    waiting = finding(requirement="S-1", state=state)

    paper = written(seen(status, *[Status.OK] * 7, findings=(waiting,)))

    assert told in whole(paper)
    assert "实验小学" not in "".join(
        text for text in texts(paper) if not text.startswith("（三）较好单位")
    )
    table = annex(paper, "分类统计表").blocks[0].table
    assert table.columns[4].heading == "待人工核实"
    assert table.total[4] == 1


def test_a_suspected_unit_is_not_praised() -> None:
    paper = written(seen(Status.MISSING, *[Status.OK] * 7))

    assert "较好单位" not in whole(paper)


def test_an_item_off_the_web_is_told_apart() -> None:
    off = assessment(requirement="S-9", status=Status.UNSURE, because=Because.NOT_ON_THE_WEB)
    catalog = replace(
        CATALOG,
        requirements=CATALOG.requirements
        | {
            "S-8": requirement(id="S-8", name="收费公示", unchecked=("批准文号", "举报电话")),
            "S-9": requirement(id="S-9", name="信息公开档案", where=Where.OFFLINE),
        },
        waivers=(waiver(requirement="S-7"),),
    )
    snapshot = month(
        off,
        assessment(requirement="S-8", status=Status.OK),
        assessment(requirement="S-7", status=Status.NA),
        catalog=catalog,
    )

    paper = written(snapshot)

    assert "其中不在网站公开1项" in whole(paper)
    assert "未自动核查的内容见附件2。" in whole(paper)
    assert [block.table.rows for block in annex(paper, "核查范围说明").blocks] == [
        (("信息公开档案", "线下公开"),),
        (("收费公示", "批准文号、举报电话"),),
        (("青石县实验小学", "教育收费公示", "本校不收费", "长期"),),
    ]


def test_a_problem_is_told_by_its_own_look_only() -> None:
    """The site did not answer tonight: the problem stands, tonight's sentence is not its proof."""
    one = finding(requirement="S-1", state=State.ASSIGNED, assigned_on=date(2026, 10, 8))
    event = FindingEvent(
        finding=one.number,
        move=Move.CONFIRM,
        from_state=State.TO_REVIEW,
        to_state=State.ASSIGNED,
        by="李科长",
        at=datetime.fromisoformat("2026-10-08T02:00:00+00:00"),
    )

    paper = written(seen(Status.UNREACH, *[Status.OK] * 7, findings=(one,), events=(event,)))

    told = line(paper, "（一）应公开未公开1项，涉及1个单位。")
    assert told.endswith("全部单位有应当公开的事项未公开。")


def test_what_a_page_says_of_persons_is_masked() -> None:
    golden = golden_month()
    told = tuple(
        replace(one, nearest=document("招生咨询13812341234", "2025-09-01"))
        for one in golden.assessments
    )

    paper = written(replace(golden, assessments=told))

    assert "138****1234" in whole(paper)
    assert "13812341234" not in whole(paper)


def test_what_rests_on_the_bureaus_own_rule_says_so() -> None:
    golden = golden_month()
    told = tuple(replace(one, flags=(Flag.OWN_RULE.value,)) for one in golden.assessments)

    assert "应于2026年9月15日前公开（按本局口径）" in whole(
        written(replace(golden, assessments=told))
    )


def test_what_was_withdrawn_has_its_own_column_and_clause() -> None:
    golden = golden_month()
    one = next(one for one in golden.findings if one.state is State.ASSIGNED)
    end = FindingEvent(
        finding=one.number,
        move=Move.WITHDRAW,
        from_state=State.ASSIGNED,
        to_state=State.WITHDRAWN,
        by="李科长",
        at=CUT_OFF_AT,
    )
    withdrawn = replace(one, state=State.WITHDRAWN, closed_on=ENDS_ON)
    snapshot = replace(
        golden,
        findings=tuple(withdrawn if other is one else other for other in golden.findings),
        events=(*golden.events, end),
    )

    paper = written(snapshot)

    (table,) = tables(paper)
    assert table.table.columns[5].heading == "撤销或核准"
    assert table.table.total == ("合计", None, 71, 88, 31, 1, 127, None, 20)
    assert "撤销误报1项" in line(paper, "（三）整改进展。")


# --- compared with last month --------------------------------------------------------------


def rated(good: int, of: int) -> Snapshot:
    """A month in which ``good`` of ``of`` items are public, the rest confirmed problems."""
    gaps = range(good + 1, of + 1)
    return seen(
        *[Status.OK] * good,
        *[Status.MISSING] * (of - good),
        findings=tuple(
            finding(
                number=f"2026-{number}",
                requirement=f"S-{number}",
                state=State.ASSIGNED,
                assigned_on=date(2026, 10, 8),
            )
            for number in gaps
        ),
        events=tuple(
            FindingEvent(
                finding=f"2026-{number}",
                move=Move.CONFIRM,
                from_state=State.TO_REVIEW,
                to_state=State.ASSIGNED,
                by="李科长",
                at=datetime.fromisoformat("2026-10-08T02:00:00+00:00"),
            )
            for number in gaps
        ),
    )


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (rated(8, 10), "，较上月上升10.0个百分点，"),
        (rated(10, 10), "，较上月下降10.0个百分点，"),
        (rated(9, 10), "，较上月持平，"),
    ],
    ids=["better", "worse", "the same"],
)
def test_the_rate_is_compared_with_last_month(last: Snapshot, told: str) -> None:
    assert told in line(written(rated(9, 10), last), "（一）巡查范围和结果。")


def test_only_what_both_months_have_is_compared() -> None:
    paper = written(rated(9, 10), rated(8, 8))

    assert "较上月持平（口径有调整，仅比较两个月口径一致的1个单位、8项）" in whole(paper)
    assert any("口径有调整" in check for check in paper.checks)


def judged_otherwise(snapshot: Snapshot, *numbers: int) -> Snapshot:
    """The same month, but for the rules of some items."""
    rules = dict(snapshot.catalog.requirements)
    for number in numbers:
        rules[f"S-{number}"] = requirement(id=f"S-{number}", limits=(standing(review_every="1y"),))
    return replace(snapshot, catalog=replace(snapshot.catalog, requirements=rules))


def test_what_is_judged_by_other_rules_is_neither_compared_nor_anybodys_doing() -> None:
    paper = written(judged_otherwise(rated(8, 10), 9), rated(10, 10))

    assert "仅比较两个月口径一致的1个单位、9项" in whole(paper)
    assert "因口径调整新增1项，不作为单位整改的进展或退步。" in whole(paper)
    assert any("规则" in check for check in paper.checks)


def test_a_name_that_changed_is_no_other_rule() -> None:
    month = rated(8, 10)
    renamed = {
        key: replace(one, name=f"{one.name}（新）")
        for key, one in month.catalog.requirements.items()
    }
    after = replace(month, catalog=replace(month.catalog, requirements=renamed))

    assert "口径" not in whole(written(after, rated(10, 10)))


def test_an_item_that_is_new_to_the_list_brings_no_problem_of_the_unit() -> None:
    assert "因口径调整新增2项" in whole(written(rated(8, 10), rated(8, 8)))


@pytest.mark.parametrize(
    ("ground", "told"),
    [("C1", True), ("C2", True), ("C5", True), ("C3", False), ("C9", False)],
)
def test_what_units_showed_us_to_have_read_wrongly_is_told(ground: str, told: bool) -> None:
    def event(move: Move, to_state: State) -> FindingEvent:
        return FindingEvent(
            finding="2026-1",
            move=move,
            from_state=None,
            to_state=to_state,
            by="刘老师" if move is Move.CONTEST else "李科长",
            at=datetime.fromisoformat("2026-10-12T02:00:00+00:00"),
            ground=ground if move is Move.CONTEST else "",
        )

    upheld = finding(
        number="2026-1", requirement="S-1", state=State.WITHDRAWN, closed_on=date(2026, 10, 12)
    )
    paper = written(
        seen(
            Status.OK,
            *[Status.OK] * 8,
            Status.MISSING,
            findings=(upheld, *rated(9, 10).findings),
            events=(
                event(Move.CONFIRM, State.ASSIGNED),
                event(Move.CONTEST, State.CONTESTED),
                event(Move.UPHOLD, State.WITHDRAWN),
                *rated(9, 10).events,
            ),
        )
    )

    assert ("经复核修正识别规则1处，涉及1个单位。" in whole(paper)) is told
    assert any("采纳1项" in check for check in paper.checks) is told


def test_county_bureaus_and_their_schools_are_counted_apart() -> None:
    county = unit(code="C-1", name="甲县教育局", types=frozenset({UnitType.BUREAU}))
    other = unit(code="C-2", name="乙县教育局", types=frozenset({UnitType.BUREAU}))
    schools = (
        unit(code="P-1", name="甲县一小", parent="C-1"),
        unit(code="P-2", name="甲县二小", parent="C-1"),
        unit(code="P-3", name="乙县一小", parent="C-2"),
        unit(code="P-4", name="市一小"),
    )
    units = (county, other, *schools)
    looked = [
        assessment(unit=one.code, requirement=f"S-{number}")
        for one in units
        for number in range(1, 6)
    ]

    paper = written(month(*looked, units=units))

    by_class, by_parent = annex(paper, "分类统计表").blocks
    assert isinstance(by_class, PaperTable)
    assert isinstance(by_parent, PaperTable)
    assert by_parent.title == "按主管单位统计"
    assert [row[:3] for row in by_parent.table.rows] == [
        ("甲县教育局", 1, 5),
        ("甲县教育局所属单位", 2, 10),
        ("乙县教育局", 1, 5),
        ("乙县教育局所属单位", 1, 5),
        ("未登记主管单位", 1, 5),
    ]
    assert by_parent.table.total == by_class.table.total
    assert "各主管单位及所属单位的情况见附件1。" in whole(paper)


def test_with_one_body_above_all_units_nothing_is_counted_twice() -> None:
    county = unit(code="C-1", name="甲县教育局", types=frozenset({UnitType.BUREAU}))
    school = unit(code="P-1", parent="C-1")
    looked = [assessment(unit=one.code, requirement="S-1") for one in (county, school)]

    assert len(annex(written(month(*looked, units=(county, school))), "分类统计表").blocks) == 1


def test_what_people_answered_is_told_apart_from_what_was_seen() -> None:
    good = {"status": Status.OK}
    by_hand = assessment(requirement="S-1", flags=(Flag.VERIFIED.value,), **good)
    looked = [assessment(requirement=f"S-{number}", **good) for number in range(2, 7)]

    paper = written(month(by_hand, *looked))

    assert "达标6项（正常6项，其中人工核实1项）" in whole(paper)
    (table, *_) = annex(paper, "分类统计表").blocks
    assert isinstance(table, PaperTable)
    assert "由人工核实得出的：达标中1项。" in table.note


@pytest.mark.parametrize(
    "last",
    [None, replace(rated(9, 10), nights=1), month(), rated(4, 4)],
    ids=["no last month", "a first look", "nothing counted", "too few for a rate"],
)
def test_without_a_month_to_compare_nothing_is_compared(last: Snapshot | None) -> None:
    assert "较上月" not in whole(written(rated(9, 10), last))


# --- checks before it is sent ---------------------------------------------------------------


def test_the_officer_is_told_what_to_check_in_at_most_six_lines() -> None:
    golden = golden_month()
    statuses = (Status.MISSING, Status.UNREACH)
    everything = replace(
        golden,
        nights=20,
        assessments=(
            *(replace(one, flags=(Flag.PROVISIONAL.value,)) for one in golden.assessments),
            *(assessment(unit="A-01", period=str(one), status=one) for one in statuses),
        ),
    )

    checks = written(everything, rated(9, 10)).checks

    assert len(checks) == 6
    assert "另有待确认1项未列入问题，请先在系统中处理。" in checks
    assert "本月共31天，有效巡查20次，请核对是否需要说明。" in checks


def test_the_checks_of_the_golden_month() -> None:
    assert GOLDEN.checks == (
        "【】内的抬头、建议、署名和联系人，请核对或补填。",
        "未能核查24项，请确认是否需要人工核查后补充。",
        "申请复核11项尚未答复，答复后数字可能变动。",
    )


# --- a first look ----------------------------------------------------------------------


def test_one_night_is_told_as_a_first_look() -> None:
    paper = written(seen(Status.OK, Status.MISSING, Status.UNREACH, Status.UNSURE, nights=1))

    assert paper.title == "青禾县教育局2026年10月信息公开初次摸底情况"
    assert "所见问题待第二次核查1项" in whole(paper)
    assert (paper.addressee, paper.signed_by, paper.signed_on) == ("", "", None)
    (table,) = paper.annexes[0].blocks
    assert [one.heading for one in table.table.columns] == [
        "单位",
        "应公开项",
        "初步看已公开",
        "所见问题（待第二次核查）",
        "无法自动判断",
        "未能核查",
    ]
    assert table.table.rows == (("青石县实验小学", 4, 1, 1, 1, 1),)
    assert table.table.total == ("合计", 4, 1, 1, 1, 1)
    assert "%" not in whole(paper)


@pytest.mark.parametrize(
    "snapshot",
    [
        seen(Status.OK, nights=0),
        month(units=(), nights=0),
        month(nights=31),
        month(units=(), nights=31),
    ],
    ids=["no night", "no night and no units", "a unit that owes nothing", "no units"],
)
def test_a_month_without_data_says_so(snapshot: Snapshot) -> None:
    paper = written(snapshot)

    assert paper.blocks[0] == Paragraph(text="本月无有效扫描数据。")
    assert "无数据" in whole(paper)
    assert "%" not in whole(paper)
    assert paper.annexes == ()


# --- why a page could not be read --------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason", "advice"),
    [
        ({"facts": {"outcome": Outcome.LOGIN.value}}, "需要登录", "请单位取消公开栏目的登录限制"),
        ({"facts": {"outcome": Outcome.NO_NAME.value}}, "域名无法解析", "请单位检查网站运行情况"),
        (
            {"because": Because.SITE_IN_REPAIR, "facts": {"phrase": "升级中"}},
            "网站显示“升级中”，本次未核查，不计入问题",
            "维护结束后核查",
        ),
        (
            {"status": Status.NEW, "because": Because.NOT_LOOKED_YET, "facts": {}},
            "尚未核查",
            "下次巡查时核查",
        ),
    ],
    ids=["login", "no such name", "in repair", "not looked at yet"],
)
def test_each_reason_has_its_advice(changes: dict[str, Any], reason: str, advice: str) -> None:
    one = assessment(**{"status": Status.UNREACH, "because": Because.PAGE_NOT_OPENED} | changes)

    table = annex(written(month(one)), "未能核查事项及原因").blocks[0]

    assert (table.table.rows[0][3], table.table.rows[0][-1]) == (reason, advice)
    assert table.table.rows[0][5] == "首次巡查起"
