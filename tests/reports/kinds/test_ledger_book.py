"""问题清单及整改台账: what is in it, in which order, and that its counts tie out."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest
from builders import CALENDAR, assessment, column, finding, requirement, unit, waiver
from golden_month import golden_month

from monitor import edits
from monitor.model import (
    Catalog,
    Duty,
    Evidence,
    FindingEvent,
    Move,
    Outcome,
    Person,
    Snapshot,
    State,
    Status,
    UnitType,
)
from monitor.parts import Part
from monitor.sheets import read_grids, read_table
from monitor.wording import Because
from reports.formats.xlsx import write_table
from reports.kinds.ledger_book import LEDGER, NO_NIGHT, compose, period_words
from reports.kinds.ledger_rows import COLUMNS, HEADER, cells_by_number
from reports.manuscript import Link
from reports.period import period_figures
from reports.phrases import read_cut_off
from reports.workbook import Paint

BEIJING = timezone(timedelta(hours=8))
TODAY = date(2026, 11, 2)
LAST = date(2026, 10, 31)
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHA = "c0ffee" * 10 + "abcd"

SCHOOL = unit(
    contact=Person(name="王老师", phone="0563-3012345"),
    responsible=Person(name="赵校长"),
    section="办公室",
)
OTHER = unit(code="K-01", name="青石县幼儿园", types=frozenset({UnitType.KINDERGARTEN}))
CATALOG = Catalog(
    columns={"fees": column(), "food": column(id="food", name="食堂信息")},
    requirements={
        "S-11": requirement(),
        "S-12": requirement(id="S-12", name="食堂食品安全", columns=("food", "fees")),
        "S-13": requirement(id="S-13", name="招生方案", columns=("food",)),
    },
    waivers=(waiver(unit="K-01", requirement="S-13", valid_until=date(2027, 8, 31)),),
)


def problem(number, **changes):
    return finding(
        **{
            "number": f"WT-2026-{number:05}",
            "state": State.ASSIGNED,
            "first_seen_on": date(2026, 10, 8),
            "last_seen_on": date(2026, 10, 30),
            "last_verified_on": date(2026, 10, 30),
            "assigned_on": date(2026, 10, 12),
            "deadline": date(2026, 11, 3),
        }
        | changes
    )


def event(number, move, before, after, **changes):
    return FindingEvent(
        **{
            "finding": f"WT-2026-{number:05}",
            "move": move,
            "from_state": before,
            "to_state": after,
            "by": "李科长",
            "at": datetime(2026, 10, 20, tzinfo=UTC),
        }
        | changes
    )


def gap(**changes):
    return assessment(
        **{
            "page": "http://school.example/fees/",
            "assessed_on": date(2026, 10, 31),
            "facts": {"column": "收费信息", "words": "收费", "since": date(2025, 10, 31)},
            "evidence": (
                Evidence(
                    url="http://school.example/fees/",
                    fetched_at=datetime(2026, 10, 31, tzinfo=UTC),
                    http_status=200,
                    sha256=SHA,
                    path="c0",
                ),
            ),
        }
        | changes
    )


def snapshot(*findings, **changes):
    return Snapshot(
        **{
            "id": "2026-10",
            "starts_on": date(2026, 10, 1),
            "ends_on": LAST,
            "cut_off_at": datetime(2026, 11, 1, tzinfo=BEIJING),
            "made_by": "李科长",
            "nights": 30,
            "catalog": CATALOG,
            "units": (SCHOOL, OTHER),
            "assessments": (gap(),),
            "findings": findings,
            "events": (),
        }
        | changes
    )


def is_due_soon(day):
    return CALENDAR.workdays_between(TODAY, day) <= 2 and day >= TODAY


def book(given, **more):
    sheets = compose(
        given,
        period_figures(given),
        **{"office": "青石县教育局", "today": TODAY, "is_due_soon": is_due_soon} | more,
    )
    return {sheet.name: sheet for sheet in sheets}


def ledger(given, **more):
    """The rows of 台账 by their headings."""
    rows = book(given, **more)[LEDGER].rows
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


def test_the_sheets_and_the_columns_stand_in_their_order():
    sheets = book(snapshot(problem(1)))

    assert list(sheets) == [
        "说明",
        "总览",
        "台账",
        "按单位",
        "按栏目",
        "不涉及及暂缓",
        "未能核查",
        "字典",
    ]
    assert [sheet.name for sheet in sheets.values() if sheet.hidden] == ["字典"]
    assert (
        "".join(name[0] for name in sheets[LEDGER].header)
        == "序问单责责联一公公公问问页首最交整状逾催整整复销佐备"
    )
    assert len(HEADER) == 26


def test_a_problem_is_told_in_one_row():
    given = snapshot(problem(1))

    (row,) = ledger(given, reminders={"WT-2026-00001": 2})

    assert row == {
        "序号": 1,
        "问题编号": "WT-2026-00001",
        "单位类别": "小学",
        "责任单位": "青石县实验小学",
        "责任科室/责任人": "办公室/赵校长",
        "联系电话": "0563-3012345",
        "一级栏目": "收费信息",
        "公开事项": "教育收费公示",
        "公开时限": "长期公开",
        "公开依据": "《教育收费公示制度》",
        "问题类型": "应公开未公开",
        "问题描述": row["问题描述"],
        "页面地址": Link(text="打开", address="http://school.example/fees/"),
        "首次发现": date(2026, 10, 8),
        "最近核查": date(2026, 10, 30),
        "交办日期": date(2026, 10, 12),
        "整改期限": date(2026, 11, 3),
        "状态": "待整改",
        "逾期天数": None,
        "催办次数": 2,
        "整改情况": "",
        "整改后链接": None,
        "复核结果": None,
        "销号日期": None,
        "佐证编号": SHA[:16],
        "备注": "",
    }
    assert row["问题描述"].startswith("10月31日核查，")
    assert len(row["问题描述"]) <= 120


@pytest.mark.parametrize(
    ("state", "is_in"),
    [
        (State.DETECTED, False),
        (State.TO_REVIEW, False),
        (State.ASSIGNED, True),
        (State.RESPONDED, True),
        (State.CONTESTED, True),
        (State.REOPENED, True),
        (State.SUSPENDED, True),
        (State.WITHDRAWN, False),
        (State.WAIVED, False),
        (State.DROPPED, False),
    ],
    ids=lambda value: value.name if isinstance(value, State) else "",
)
def test_only_what_a_person_confirmed_and_is_open_has_a_row(state, is_in):
    given = snapshot(problem(1, state=state))

    assert len(ledger(given)) == len(period_figures(given).problems) == is_in


@pytest.mark.parametrize(
    ("closed_on", "is_in"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
    ],
    ids=["the month before", "the first day", "the last day"],
)
def test_what_was_closed_in_the_period_has_a_row_that_is_not_counted(closed_on, is_in):
    given = snapshot(problem(1, state=State.CLOSED, closed_on=closed_on))

    rows = ledger(given)

    assert [(row["状态"], row["销号日期"], row["复核结果"]) for row in rows] == [
        ("已销号", closed_on, "通过")
    ] * is_in
    assert period_figures(given).problems == ()


def test_the_longest_overdue_comes_first_then_the_gravest_then_the_unit():
    given = snapshot(
        problem(1, unit="P-01", status=Status.STALE),
        problem(2, unit="P-01", requirement="S-12"),
        problem(3, unit="K-01"),
        problem(4, requirement="S-13", deadline=date(2026, 10, 29)),
        problem(5, unit="K-01", requirement="S-12", deadline=date(2026, 10, 20)),
        problem(6, state=State.CLOSED, closed_on=LAST, deadline=date(2026, 10, 1)),
    )

    rows = ledger(given)

    assert [row["问题编号"][-1] for row in rows] == list("543216")
    assert [row["逾期天数"] for row in rows] == [8, 1, None, None, None, None]
    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 5, 6]


def test_what_was_answered_in_time_does_not_become_overdue_while_it_waits():
    answered = {"state": State.RESPONDED, "deadline": date(2026, 10, 20)}
    given = snapshot(
        problem(1, **answered, paused_on=date(2026, 10, 19)),
        problem(2, **answered, requirement="S-12", paused_on=date(2026, 10, 22)),
    )

    rows = {row["问题编号"][-1]: row["逾期天数"] for row in ledger(given)}

    assert rows == {"1": None, "2": 2}
    assert period_figures(given).overdue == 1


def test_the_answer_of_the_unit_and_the_last_check_are_told():
    assigned, responded = State.ASSIGNED, State.RESPONDED
    given = snapshot(
        problem(1, state=responded),
        problem(2, requirement="S-12"),
        events=(
            event(
                1,
                Move.RESPOND,
                assigned,
                responded,
                reason="已于10月19日补发，联系13812341234",
                address="http://school.example/fees/9.htm",
            ),
            event(2, Move.RESPOND, assigned, responded, reason="已发布"),
            event(2, Move.SEND_BACK, responded, assigned, reason="附件打不开"),
        ),
    )

    first, second = sorted(ledger(given), key=lambda row: row["问题编号"])

    assert first["整改情况"] == "已于10月19日补发，联系138****1234"
    assert first["整改后链接"] == Link(text="打开", address="http://school.example/fees/9.htm")
    assert (first["复核结果"], second["复核结果"]) == ("待复核", "未通过")
    assert second["整改情况"] == "已发布"


def test_a_bureaus_own_item_goes_by_the_section_that_leads_on_it():
    given = snapshot(problem(1, section="财务科"))

    (row,) = ledger(given, duties=[Duty(subject="fees", section="财务科", person="孙会计")])

    assert row["责任科室/责任人"] == "财务科/孙会计"


def test_a_problem_of_an_item_or_unit_that_is_listed_no_more_keeps_its_row():
    given = snapshot(problem(1, unit="X-99", requirement="S-99"))

    (row,) = ledger(given)

    assert (row["责任单位"], row["公开事项"]) == ("X-99", "S-99")
    assert row["问题描述"] == "10月30日核查，发现“应公开未公开”问题。"


def test_overdue_soon_and_closed_rows_are_marked_in_this_order():
    marks = book(snapshot(problem(1)))[LEDGER].marks

    assert [(mark.paint, mark.column) for mark in marks] == [
        (Paint.DONE, "状态"),
        (Paint.LATE, "逾期天数"),
        (Paint.SOON, "整改期限"),
    ]
    assert (marks[2].least, marks[2].most) == (TODAY, date(2026, 11, 4))


def test_the_first_twelve_columns_fit_on_a_small_screen():
    points = sum(7 * width + 5 for _, _, width in COLUMNS[:12])

    assert points <= 1366 - 40  # the rows' numbers and the scroll bar


def test_a_page_of_a4_holds_all_columns_in_letters_that_can_be_read():
    inches = sum(7 * width + 5 for _, _, width in COLUMNS) / 96

    assert 11 * (11.7 - 1) / inches >= 5  # points


# --- the other sheets ----------------------------------------------------------------------


def month():
    """Problems, cells that were not seen, cells that are not owed, and one that is fine."""
    unreached = assessment(
        requirement="S-12",
        status=Status.UNREACH,
        because=Because.PAGE_NOT_OPENED,
        facts={"outcome": Outcome.TIMED_OUT.value},
        last_verified_on=date(2026, 10, 20),
    )
    return snapshot(
        problem(1, deadline=date(2026, 10, 29)),
        problem(2, unit="K-01", status=Status.STALE),
        problem(3, unit="K-01", requirement="S-12", state=State.TO_REVIEW),
        assessments=(
            gap(),
            unreached,
            assessment(requirement="S-13", status=Status.OK, because=Because.FRESH),
            gap(unit="K-01", status=Status.STALE, because=Because.NEWEST_TOO_OLD),
            gap(unit="K-01", requirement="S-12"),
            assessment(
                unit="K-01",
                requirement="S-13",
                status=Status.NA,
                because=Because.NOT_CONCERNED,
                facts={"reason": "本校不收费"},
            ),
        ),
        silent={"P-01": (4, date(2026, 10, 27))},
    )


def test_lines_by_unit_and_by_column_add_up_to_the_totals():
    given = month()
    total = period_figures(given).total
    sheets = book(given)

    for name in ("按单位", "按栏目"):
        sheet = sheets[name]
        at = {heading: sheet.header.index(heading) for heading in ("应公开项", "问题", "其中逾期")}
        sums = {heading: sum(row[place] for row in sheet.rows) for heading, place in at.items()}
        assert sums == {"应公开项": total.owed, "问题": 2, "其中逾期": 1}
    assert len(sheets["不涉及及暂缓"].rows) == 1
    assert len(sheets["未能核查"].rows) == 1


def test_too_few_for_a_rate_are_told_as_counts():
    rates = [row[-1] for row in book(month())["按栏目"].rows]

    assert "1/1" in rates
    assert None not in rates


def test_the_summary_says_what_the_figures_say():
    rows = book(month())["总览"].rows

    told = {row[1]: row[2] for row in rows if row[0] in ("核查结果", "整改进展")}

    assert told["应公开项"] == 5
    assert told["待人工核实"] == 1
    assert told["问题"] == 2
    assert told["逾期"] == 1
    assert "其中待确认0、待审核1" in {row[4] for row in rows}
    assert "1/3" in {row[4] for row in rows}


def test_what_was_not_seen_is_told_with_its_reason_and_how_long():
    (row,) = book(month())["未能核查"].rows

    assert row[1:6] == (
        "小学",
        "青石县实验小学",
        "食堂信息、收费信息",
        "食堂食品安全",
        Link(text="打开", address="http://school.example/"),
    )
    assert row[6:] == ("未能打开页面（对方网站没有回应），不计入问题", date(2026, 10, 20), 4)


def test_what_is_not_owed_is_told_with_who_approved_it():
    (row,) = book(month())["不涉及及暂缓"].rows

    assert row[2:] == (
        "青石县幼儿园",
        "招生方案",
        "",
        "不涉及",
        "本校不收费",
        "王老师",
        "李科长",
        date(2027, 8, 31),
    )


def test_a_problem_that_was_decided_to_be_none_is_told_with_who_decided():
    decided = event(1, Move.WAIVE, State.CONTESTED, State.WAIVED, reason="本校无食堂")
    given = snapshot(problem(1, state=State.WAIVED), events=(decided,))

    (row,) = book(given)["不涉及及暂缓"].rows

    assert row[5:] == ("不涉及", "本校无食堂", None, "李科长", None)


@pytest.mark.parametrize(
    ("nights", "told"),
    [(0, NO_NIGHT), (1, "初次摸底"), (2, None)],
    ids=["no scan", "one scan", "two scans"],
)
def test_a_period_that_was_hardly_looked_at_says_so(nights, told):
    rows = book(snapshot(nights=nights))["说明"].rows

    said = dict(rows).get("数据情况")
    assert (said is None) if told is None else (told in said)


@pytest.mark.parametrize(
    "changes",
    [
        {"assessments": (), "nights": 0},
        {"assessments": (), "units": (), "nights": 0},
        {
            "assessments": (
                assessment(status=Status.UNREACH, because=Because.PAGE_NOT_OPENED),
                assessment(requirement="S-12", status=Status.UNSURE, because=Because.NEAR_WORD),
            )
        },
    ],
    ids=["no scan", "no units", "nothing known"],
)
def test_a_month_without_results_has_no_rate(tmp_path, changes):
    sheets = book(snapshot(**changes))

    told = {row[1]: row[4] for row in sheets["总览"].rows}
    assert told["达标率"] == "无数据"
    assert not any("100%" in str(row) or "0.0%" in str(row) for row in sheets["总览"].rows)
    write_table(tmp_path / "空.xlsx", sheets.values())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        (date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        (date(2026, 11, 1), date(2026, 11, 22), "2026年11月"),
        (date(2026, 10, 12), date(2026, 10, 30), "2026年10月12日至30日"),
        (date(2026, 10, 1), date(2027, 1, 5), "2026年10月1日至2027年1月5日"),
    ],
    ids=["december", "leap february", "a month not over", "a part", "over the year"],
)
def test_a_period_is_a_month_or_a_span(first, last, words):
    assert period_words(first, last) == words


# --- the file ------------------------------------------------------------------------------

PAYLOADS = ('=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1")


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "2026年10月问题清单及整改台账.xlsx"
    given = month()
    nasty = tuple(
        unit(code=f"N-{number}", name=f"{payload}小学") for number, payload in enumerate(PAYLOADS)
    )
    more = tuple(problem(10 + at, unit=one.code) for at, one in enumerate(nasty))
    given = snapshot(
        *given.findings, *more, assessments=given.assessments, units=(*given.units, *nasty)
    )
    write_table(path, book(given).values())
    return path


def test_the_file_reads_back_with_days_as_days_and_phones_as_text(written):
    table = read_table(written, known=HEADER)
    rows = {row.text("问题编号"): row for row in table.rows}

    first = rows["WT-2026-00001"]
    assert table.header_row == 3
    assert first.cells["整改期限"] == date(2026, 10, 29)
    assert first.cells["联系电话"] == "0563-3012345"
    assert first.cells["页面地址"] == "打开"
    assert first.cells["逾期天数"] == 1.0
    assert len(rows) == 2 + len(PAYLOADS)


def test_no_cell_of_the_file_is_a_formula_and_nothing_is_merged(written):
    with zipfile.ZipFile(written) as packed:
        pages = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in pages:
            page = ElementTree.fromstring(packed.read(name))
            assert page.find(f".//{NS}c/{NS}f") is None
            assert page.find(f".//{NS}mergeCell") is None
    assert len(pages) == 8
    names = {row[3] for grid in read_grids(written) if grid.name == LEDGER for row in grid.rows[3:]}
    assert {f"{payload.replace(chr(13), chr(10))}小学" for payload in PAYLOADS} <= names


def test_the_file_keeps_its_header_in_sight_and_offers_words(written):
    with zipfile.ZipFile(written) as packed:
        page = ElementTree.fromstring(packed.read("xl/worksheets/sheet3.xml"))
        book = packed.read("xl/workbook.xml").decode()
    pane = page.find(f".//{NS}pane")
    offered = Counter(rule.get("sqref")[0] for rule in page.iter(f"{NS}dataValidation"))

    assert (pane.get("topLeftCell"), pane.get("state")) == ("E4", "frozen")
    assert page.find(f"{NS}autoFilter").get("ref") == "A3:Z13"
    assert offered == Counter("CKRW")
    assert "台账!$3:$3" in book


# --- the golden month ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """The figures of the golden month, and the sheets of its ledger as they are read back."""
    path = tmp_path_factory.mktemp("golden") / "台账.xlsx"
    figures = period_figures(golden_month())
    write_table(path, book(golden_month()).values())
    grids = {grid.name: grid.rows for grid in read_grids(path)}
    lines = {
        name: [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]
        for name, rows in grids.items()
    }
    return figures, lines


def test_every_number_of_the_figures_is_a_count_of_rows_of_the_file(golden):
    figures, lines = golden
    rows = [row for row in lines["台账"] if row["状态"] != State.CLOSED.value]

    assert len(rows) == len(figures.problems) == 128
    assert sum(row["逾期天数"] is not None for row in rows) == figures.overdue == 21
    assert Counter(row["状态"] for row in rows) == {
        state.value: count for state, count in figures.states.items()
    }
    assert len(lines["台账"]) - len(rows) == figures.types_total.closed == 31
    assert len(lines["未能核查"]) == figures.total.of(Part.UNREACHED) == 24
    assert len(lines["不涉及及暂缓"]) == 96
    assert len(lines["按单位"]) == figures.total.units == 60


def test_the_types_of_the_rows_add_up_to_the_table_of_types(golden):
    figures, lines = golden
    rows = [row for row in lines["台账"] if row["状态"] != State.CLOSED.value]
    types = Counter(row["问题类型"] for row in rows)

    for line in figures.types:
        words = line.type.value.split("/")
        own = [row for row in rows if row["问题类型"] in words]
        assert sum(types[word] for word in words) == line.open
        assert len({row["责任单位"] for row in own}) == line.units
        assert sum(row["逾期天数"] is not None for row in own) == line.overdue


@pytest.mark.parametrize("name", ["按单位", "按栏目"])
def test_the_lines_of_the_file_add_up_to_the_totals(golden, name):
    figures, lines = golden

    sums = {
        heading: sum(row[heading] for row in lines[name])
        for heading in (
            "应公开项",
            "未能核查",
            "待人工核实",
            "实际核查",
            "达标",
            "问题",
            "其中逾期",
        )
    }

    assert list(sums.values()) == [1304, 24, 0, 1280, 1152, 128, 21]
    assert sums["达标"] == figures.total.compliant


def test_every_row_tells_what_was_seen_in_a_few_words_after_the_day(golden):
    _, lines = golden

    for row in lines["台账"]:
        assert re.match(r"\d{1,2}月\d{1,2}日核查，", row["问题描述"])
        assert len(row["问题描述"]) <= 120


def test_the_file_of_the_golden_month_reads_back_as_nothing_changed(tmp_path):
    month, path = golden_month(), tmp_path / "台账.xlsx"
    write_table(path, book(month).values())
    table = read_table(path, known=HEADER, required=edits.REQUIRED, named=LEDGER)
    cells = cells_by_number(month, duties=())
    known = {
        one.number: edits.Standing(
            state=one.state,
            cells=cells[one.number],
            events=[each for each in month.events if each.finding == one.number],
        )
        for one in month.findings
    }

    read = edits.read_edits(
        table, known, by="李科长", on=TODAY, written_at=read_cut_off(" ".join(table.notes))
    )

    assert len(table.rows) == 159
    assert read == edits.Edits(decisions=(), mistakes=(), remarks=())
