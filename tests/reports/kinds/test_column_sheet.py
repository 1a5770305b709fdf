"""栏目应公开内容清单: every column of one unit, what must stand in it, and when next."""

from dataclasses import replace
from datetime import date

import pytest
from builders import (
    TODAY,
    assessment,
    document,
    finding,
    md,
    moment,
    obligation,
    requirement,
    standing,
    waiver,
)
from noticed import CATALOG, FEES, NURSERY, OFFICE, SCHOOL, TEACHERS, snapshot

from monitor.model import Grounds, Snapshot, State, Status, TimeLimit, Where
from monitor.periods import Every
from monitor.timelimits import OnOccurrence, Periodic, Season, SubjectPeriod, YearlyBy
from monitor.wording import Because
from reports.kinds.column_sheet import compose, next_due
from reports.manuscript import Cell, Heading, Paper, PaperTable

ANNUAL = YearlyBy(
    month=1, day=31, subject_period=SubjectPeriod.PREVIOUS_CALENDAR_YEAR, grounds=Grounds.LAW
)
AUTUMN = Season(opens=md("08-15"), closes=md("09-30"), label="秋季学期", grounds=Grounds.DEFAULT)


def sheet(frozen: Snapshot | None = None, **changes: object) -> Paper:
    return compose(
        frozen or snapshot(assessments=(), findings=()),
        SCHOOL,
        office=OFFICE,
        on=moment(),
        **changes,
    )


def tables(paper: Paper) -> dict[str, PaperTable]:
    return {block.title: block for block in paper.blocks if isinstance(block, PaperTable)}


def state(*assessments, findings=(), waivers=()) -> Cell:
    paper = sheet(snapshot(assessments=assessments, findings=findings), waivers=waivers)
    return tables(paper)["“收费信息”栏目"].table.rows[0][4]


def test_each_column_has_its_table_and_its_other_names() -> None:
    found = tables(sheet())

    assert list(found) == ["“收费信息”栏目", "“教师队伍”栏目"]
    assert found["“收费信息”栏目"].note == "栏目也可以叫“收费公示”。"
    assert found["“教师队伍”栏目"].table.rows == (
        (
            "教师管理（招聘、培训）（也可放在“通知公告”栏目）",
            "招聘、培训",
            "长期公开",
            "《教育收费公示制度》",
            Status.NEW,
            "",
        ),
    )


def test_what_stands_elsewhere_has_a_part_of_its_own() -> None:
    platform = replace(FEES, id="S-23", where=Where.PLATFORM)
    board = replace(FEES, id="S-36", name="责任督学公示牌", where=Where.OFFLINE)
    items = {one.id: one for one in (TEACHERS, platform, board)}

    paper = sheet(snapshot(catalog=replace(CATALOG, requirements=items), assessments=()))

    assert [block.text for block in paper.blocks if isinstance(block, Heading)] == [
        "一、本单位网站的栏目",
        "二、在指定平台公开的内容",
        "三、不在网站上核查的内容",
    ]
    assert tables(paper)["线下公开或由登记表提供的内容"].table.rows[0][0] == "责任督学公示牌"


SEEN = assessment(status=Status.MISSING, because=Because.NONE_IN_WINDOW)


@pytest.mark.parametrize(
    ("judged", "found", "shown"),
    [
        (replace(SEEN, status=Status.OK), None, Status.OK),
        (replace(SEEN, status=Status.OK, late_by=3), None, Status.OK),
        (replace(SEEN, status=Status.STMT), None, Status.STMT),
        (SEEN, None, Status.UNSURE),
        (SEEN, State.TO_REVIEW, Status.UNSURE),
        (SEEN, State.ASSIGNED, Status.MISSING),
        (replace(SEEN, status=Status.UNREACH), None, Status.UNREACH),
        (replace(SEEN, status=Status.NEW), None, Status.NEW),
    ],
    ids=lambda value: getattr(value, "value", getattr(getattr(value, "status", None), "name", "-")),
)
def test_a_unit_reads_as_a_problem_only_what_was_confirmed(judged, found, shown) -> None:
    findings = (finding(state=found, assigned_on=TODAY),) if found else ()

    assert state(judged, findings=findings) is shown


def test_what_was_approved_shows_and_is_not_due() -> None:
    annual = replace(FEES, limits=(ANNUAL,))
    catalog = replace(CATALOG, requirements={"S-11": annual})

    paper = sheet(snapshot(catalog=catalog, assessments=(), findings=()), waivers=[waiver()])

    assert tables(paper)["“收费信息”栏目"].table.rows[0][4:] == (Status.NA, "")


@pytest.mark.parametrize(
    ("limits", "due"),
    [
        ((ANNUAL,), date(2027, 1, 31)),
        ((AUTUMN,), date(2027, 9, 30)),
        ((AUTUMN, ANNUAL), date(2027, 1, 31)),
        ((Periodic(every=Every.MONTH, grounds=Grounds.LAW),), date(2026, 11, 30)),
        ((OnOccurrence(grounds=Grounds.LAW), standing()), None),
    ],
    ids=["yearly", "season", "the nearer", "periodic", "no day"],
)
def test_the_next_day_is_ahead(limits: tuple[TimeLimit, ...], due: date | None) -> None:
    owed = obligation(requirement=requirement(limits=limits))

    assert next_due(owed, moment(), None) == due


def test_a_day_that_judging_told_counts_too() -> None:
    soon = assessment(
        status=Status.DUE_SOON,
        because=Because.DUE_SOON,
        facts={"due": date(2026, 11, 25)},
        documents=(document(),),
    )

    assert next_due(obligation(), moment(), soon) == date(2026, 11, 25)


def test_how_to_read_a_day_that_is_not_there_and_whom_to_ask() -> None:
    paper = sheet(snapshot())

    assert "“下次到期”为“—”的，按“公开时限”一栏办理" in paper.blocks[0].text
    assert paper.contact == "联系人：李科长，电话：0563-0000000"


def test_nothing_of_another_unit_is_on_the_sheet() -> None:
    paper = sheet(snapshot())

    assert NURSERY.name not in repr(paper)
    assert NURSERY.home not in repr(paper)
