"""An edited 台账, as officers really hand it in."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from monitor.decisions import Decision
from monitor.edits import (
    ACTION,
    ADDRESS,
    CHECKED,
    NOTE,
    NUMBER,
    STATE,
    Checked,
    Edits,
    Standing,
    read_edits,
)
from monitor.model import FindingEvent, Move, State
from monitor.sheets import Row, Table, Value

BEIJING = timezone(timedelta(hours=8))
ON = date(2026, 11, 20)
WRITTEN_AT = datetime(2026, 11, 16, 9, 30, tzinfo=BEIJING)
FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
LINK = "http://school.example/fees/1.htm"
OLD_LINK = "http://school.example/fees/old.htm"
HEADERS = (
    *("序号", NUMBER, "责任单位", "责任科室/责任人", "联系电话", "公开事项", "公开时限"),
    *("问题描述", "页面地址", "首次发现", "最近核查", "整改期限", STATE, "逾期天数"),
    *(ACTION, ADDRESS, CHECKED, "销号日期", NOTE),
)


def event(move: Move, before: State, after: State, day: int) -> FindingEvent:
    return FindingEvent(
        finding=FIRST,
        move=move,
        from_state=before,
        to_state=after,
        by="李科长",
        at=datetime(2026, 11, day, 10, tzinfo=BEIJING),
    )


CONFIRMED = event(Move.CONFIRM, State.TO_REVIEW, State.ASSIGNED, 9)
RESPONDED = event(Move.RESPOND, State.ASSIGNED, State.RESPONDED, 12)
#: what the ledger says by itself of a problem in each state
SAID: dict[State, dict[str, Value]] = {
    State.RESPONDED: {ACTION: "已补发", ADDRESS: OLD_LINK, CHECKED: "待复核"},
    State.CLOSED: {ACTION: "已补发", ADDRESS: OLD_LINK, CHECKED: "通过"},
}


def cells(state: State, **changes: Value) -> dict[str, Value]:
    written: dict[str, Value] = {
        "责任单位": "青石县实验小学",
        "责任科室/责任人": "办公室/赵校长",
        "联系电话": "0563-3012345",
        "公开事项": "教育收费公示",
        "公开时限": "长期公开",
        "问题描述": "11月15日核查，未见收费公示。",
        "页面地址": "http://school.example/fees/",
        "首次发现": date(2026, 11, 2),
        "最近核查": date(2026, 11, 15),
        "整改期限": date(2026, 11, 23),
        STATE: state.value,
        "逾期天数": None,
        ACTION: "",
        ADDRESS: "",
        CHECKED: None,
        "销号日期": None,
        NOTE: "",
    }
    return written | SAID.get(state, {}) | changes


def standing(state: State, *events: FindingEvent, **changes: Value) -> Standing:
    known = events or ((CONFIRMED, RESPONDED) if state is State.RESPONDED else (CONFIRMED,))
    return Standing(state=state, cells=cells(state, **changes), events=known)


def row(state: State, *, at: int = 4, number: str | None = FIRST, **typed: Value) -> Row:
    """A row as it was written of a problem in ``state``, and what was typed into it since."""
    written = {NUMBER: number, "序号": 1, **cells(state)}
    shown = {name: "打开" for name in ("页面地址", ADDRESS) if written[name]}
    filled = {name: value for name, value in (written | shown | typed).items() if value}
    return Row(path="台账.xlsx", number=at, cells=filled)


def read(
    *rows: Row,
    now: Standing,
    written_at: datetime | None = WRITTEN_AT,
    second: Standing | None = None,
) -> Edits:
    table = Table(path="台账.xlsx", header_row=3, headers=HEADERS, rows=rows)
    known = {FIRST: now, SECOND: second or standing(State.ASSIGNED, 公开事项="招生方案")}
    return read_edits(table, known, by="王科员", on=ON, written_at=written_at)


def told(edits: Edits) -> list[str]:
    return [str(mistake).removeprefix("台账.xlsx ") for mistake in edits.mistakes]


@pytest.mark.parametrize("state", [State.ASSIGNED, State.RESPONDED, State.CLOSED, State.CONTESTED])
def test_a_row_nobody_changed_is_nothing(state):
    edits = read(row(state), now=standing(state))

    assert (edits.decisions, told(edits), edits.remarks) == ((), [], ())


def test_a_check_that_passed_closes_with_the_link():
    passed = row(State.RESPONDED, **{CHECKED: "通过"})
    typed = row(State.RESPONDED, **{CHECKED: " 已通过", ADDRESS: LINK, NOTE: "已看过页面"})

    edits = read(passed, now=standing(State.RESPONDED))
    with_more = read(typed, now=standing(State.RESPONDED))

    closing = Decision(finding=FIRST, move=Move.CLOSE, by="王科员", address=OLD_LINK)
    assert edits.decisions == (closing,)
    assert with_more.decisions == (replace(closing, address=LINK, reason="已看过页面"),)
    assert told(edits) == told(with_more) == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({NOTE: "附件打不开"}, "附件打不开"),
        ({ACTION: "缺收费标准"}, "缺收费标准"),
        ({NOTE: "人工核实；附件打不开；最近一次巡查未能核查"}, "附件打不开"),
    ],
    ids=["in the note", "in what was done", "beside what the ledger says itself"],
)
def test_a_check_that_failed_sends_back_with_its_reason(typed, reason):
    edits = read(
        row(State.RESPONDED, **{CHECKED: "未通过"}, **typed), now=standing(State.RESPONDED)
    )

    assert told(edits) == []
    assert [(one.move, one.reason) for one in edits.decisions] == [(Move.SEND_BACK, reason)]


@pytest.mark.parametrize("note", [None, "人工核实", "暂缓至2026-11-12；最近一次巡查未能核查"])
def test_a_check_that_failed_needs_a_reason_that_a_person_wrote(note):
    edits = read(
        row(State.RESPONDED, **{CHECKED: "未通过", NOTE: note}), now=standing(State.RESPONDED)
    )

    assert edits.decisions == ()
    assert told(edits) == [
        "第4行“备注”：填了“未通过”，但没有写原因，这一行没有采用；请在“备注”写明还缺什么"
    ]


@pytest.mark.parametrize("state", [State.ASSIGNED, State.REOPENED])
@pytest.mark.parametrize(
    "typed",
    [
        {ACTION: "已补发", ADDRESS: LINK},
        {ACTION: "已补发", CHECKED: "待复核"},
        {ACTION: "已补发", STATE: "已反馈待复核"},
        {ADDRESS: LINK},
    ],
    ids=["both", "and what waits now", "and the state it leads to", "the link alone"],
)
def test_what_was_done_is_an_answer_signed_by_the_officer(state, typed):
    edits = read(row(state, **typed), now=standing(state))

    assert told(edits) == []
    assert edits.decisions == (
        Decision(
            finding=FIRST,
            move=Move.RESPOND,
            by="王科员",
            reason=typed.get(ACTION, ""),
            address=typed.get(ADDRESS, ""),
        ),
    )


def test_a_new_link_for_an_answer_that_was_sent_back_says_the_answer_again():
    before = {ACTION: "已补发", ADDRESS: OLD_LINK, CHECKED: "未通过"}

    edits = read(
        row(State.ASSIGNED, **before | {ADDRESS: LINK}), now=standing(State.ASSIGNED, **before)
    )

    assert told(edits) == []
    assert [(one.reason, one.address) for one in edits.decisions] == [("已补发", LINK)]


def test_the_state_and_the_day_that_a_decision_leads_to_may_be_typed_beside_it():
    typed = {CHECKED: "通过", STATE: "已销号", "销号日期": "11.20"}

    edits = read(row(State.RESPONDED, **typed), now=standing(State.RESPONDED))

    assert told(edits) == []
    assert [one.move for one in edits.decisions] == [Move.CLOSE]


@pytest.mark.parametrize(
    ("state", "typed", "expected"),
    [
        (State.ASSIGNED, {CHECKED: "通过"}, "还没有反馈，不能填“通过”"),
        (State.ASSIGNED, {CHECKED: "通过", ACTION: "已补发"}, "请先只填整改情况或整改后链接"),
        (State.ASSIGNED, {CHECKED: "待复核"}, "没有写整改情况，也没有写整改后链接"),
        (State.RESPONDED, {ACTION: "又补了附件"}, "目前是“已反馈待复核”，不能再填“又补了附件”"),
        (State.CONTESTED, {CHECKED: "通过"}, f"mingcha findings uphold {FIRST}"),
        (State.SUSPENDED, {ACTION: "已补发"}, f"mingcha findings resume {FIRST}"),
        (State.CLOSED, {CHECKED: "未通过"}, f"mingcha findings show {FIRST}"),
        (State.RESPONDED, {CHECKED: "尚可"}, "不认识“尚可”，可填：通过、未通过、待复核"),
        (State.RESPONDED, {CHECKED: "通过", ADDRESS: "见公众号"}, "“见公众号”不是网址"),
        (State.ASSIGNED, {ADDRESS: "打开"}, "只读得到显示的文字“打开”"),
        (State.ASSIGNED, {ADDRESS: '=HYPERLINK("http://a.cn")'}, "不是网址"),
        (State.ASSIGNED, {ACTION: "#REF!"}, "单元格是公式错误#REF!"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_named_and_its_row_decides_nothing(state, typed, expected):
    edits = read(row(state, **typed), now=standing(state))

    assert edits.decisions == ()
    (mistake,) = told(edits)
    assert expected in mistake
    assert mistake.startswith("第4行“")


def test_a_note_is_kept_as_a_reason_or_said_not_to_be_kept():
    alone = read(row(State.ASSIGNED, **{NOTE: "待家长会后"}), now=standing(State.ASSIGNED))
    beside = read(
        row(State.ASSIGNED, **{ACTION: "已补发", NOTE: "电话告知"}), now=standing(State.ASSIGNED)
    )
    both = read(
        row(State.RESPONDED, **{CHECKED: "通过", ACTION: "再补附件", NOTE: "已看"}),
        now=standing(State.RESPONDED),
    )

    assert alone.decisions == ()
    assert told(alone)[0].startswith("第4行“备注”：“待家长会后”没有保存")
    assert [one.reason for one in beside.decisions] == ["已补发"]
    assert told(beside)[0].startswith("第4行“备注”：“电话告知”没有保存")
    assert [one.reason for one in both.decisions] == ["已看"]
    assert told(both)[0].startswith("第4行“整改情况”：“再补附件”没有保存")


def test_what_was_emptied_is_named_and_not_forgotten():
    emptied = row(State.RESPONDED, **{ACTION: None, CHECKED: None})

    edits = read(emptied, now=standing(State.RESPONDED))

    assert edits.decisions == ()
    assert told(edits) == [
        "第4行“复核结果”：原为“待复核”，表中已清空，没有采用，已有的记录不删除",
        "第4行“整改情况”：原为“已补发”，表中已清空，没有采用，已有的记录不删除",
    ]


@pytest.mark.parametrize(
    ("name", "typed", "remedy"),
    [
        ("整改期限", "2026/12/9", f"mingcha findings assign {FIRST} --deadline"),
        ("责任科室/责任人", "财务科", f"mingcha findings assign {FIRST} --section"),
        ("联系电话", "0563-1", "mingcha units import"),
        ("公开时限", "每年", "mingcha catalog check"),
        ("首次发现", None, f"mingcha findings show {FIRST}"),
        ("销号日期", "11.20", f"mingcha findings show {FIRST}"),
        ("问题描述", "学校已说明情况。", f"mingcha findings show {FIRST}"),
        (STATE, "申请复核", f"mingcha findings contest {FIRST}"),
        (STATE, "已销号", "不能一步改到"),
        (STATE, "整改完毕", "不能一步改到"),
        (STATE, None, "表中是“空白”，记录是“待整改”"),
    ],
    ids=str,
)
def test_a_changed_cell_that_decides_nothing_is_named_with_what_it_was(name, typed, remedy):
    edits = read(row(State.ASSIGNED, **{name: typed}), now=standing(State.ASSIGNED))

    assert edits.decisions == ()
    (mistake,) = told(edits)
    assert mistake.startswith(f"第4行“{name}”：表中是“{typed or '空白'}”，记录是“")
    assert remedy in mistake
    assert "没有采用" in mistake


def test_a_changed_cell_does_not_keep_the_rest_of_its_row_from_counting():
    typed = {"整改期限": date(2026, 12, 9), ACTION: "已补发"}

    edits = read(row(State.ASSIGNED, **typed), now=standing(State.ASSIGNED))

    assert [one.move for one in edits.decisions] == [Move.RESPOND]
    assert len(told(edits)) == 1


@pytest.mark.parametrize(
    "written",
    ["2026/11/23", "2026年11月23日", "11.23", 11.23, "１１．２３", 46349.0, date(2026, 11, 23)],
    ids=str,
)
def test_a_day_may_be_written_as_people_write_it(written):
    edits = read(row(State.ASSIGNED, 整改期限=written), now=standing(State.ASSIGNED))

    assert told(edits) == []


def test_what_the_nights_have_written_since_is_told_by_column():
    seen = {"最近核查": date(2026, 11, 19), "问题描述": "11月19日核查，未见收费公示。"}
    now = standing(State.ASSIGNED, **seen, 逾期天数=1)

    edits = read(
        row(State.ASSIGNED, at=9, **{ACTION: "已补发"}),
        row(State.ASSIGNED, number=SECOND, 公开事项="招生方案"),
        now=now,
        second=standing(State.ASSIGNED, 公开事项="招生方案", **seen),
    )

    assert [one.finding for one in edits.decisions] == [FIRST]
    rest = "与现在的记录不同，没有采用，这一列由巡查写出，以后导出的为准"
    assert told(edits) == []
    assert [str(one) for one in edits.remarks] == [
        f"台账.xlsx“问题描述”：第9、4行{rest}",
        f"台账.xlsx“最近核查”：第9、4行{rest}",
        f"台账.xlsx“逾期天数”：第9行{rest}",
    ]


@pytest.mark.parametrize("written_at", [WRITTEN_AT, None], ids=["dated", "without its title"])
@pytest.mark.parametrize(
    ("then", "now", "events"),
    [
        (State.RESPONDED, State.CLOSED, [(Move.SEEN_GOOD, State.RESPONDED, State.CLOSED)]),
        (State.ASSIGNED, State.RESPONDED, [(Move.RESPOND, State.ASSIGNED, State.RESPONDED)]),
        (
            State.RESPONDED,
            State.RESPONDED,
            [
                (Move.SEEN_AGAIN, State.RESPONDED, State.ASSIGNED),
                (Move.RESPOND, State.ASSIGNED, State.RESPONDED),
            ],
        ),
    ],
    ids=["closed", "answered", "sent back and answered again"],
)
def test_a_problem_that_has_moved_on_is_named_and_left_alone(then, now, events, written_at):
    life = [event(*each, day=18) for each in events]

    edits = read(
        row(then, **{CHECKED: "通过", ACTION: "已补发"}),
        now=standing(now, CONFIRMED, *life),
        written_at=written_at,
    )

    assert edits.decisions == ()
    assert told(edits) == [
        f"第4行“状态”：问题“{FIRST}”在台账写出之后又有变动"
        f"（2026-11-18{life[-1].move.value}，李科长），现在是“{now.value}”，"
        "这一行没有采用；请重新导出台账再填"
    ]


@pytest.mark.parametrize(
    ("then", "events"),
    [
        (
            State.RESPONDED,
            [
                (Move.SEND_BACK, State.RESPONDED, State.ASSIGNED),
                (Move.RESPOND, State.ASSIGNED, State.RESPONDED),
            ],
        ),
        (State.ASSIGNED, [(Move.RESPOND, State.ASSIGNED, State.RESPONDED)]),
    ],
    ids=["sent back and answered again", "answered"],
)
def test_a_state_typed_over_does_not_hide_that_the_problem_has_moved_on(then, events):
    life = [event(*each, day=18) for each in events]
    typed = row(then, **{CHECKED: "通过", STATE: "已销号"})

    edits = read(typed, now=standing(State.RESPONDED, CONFIRMED, *life))

    assert edits.decisions == ()
    (mistake,) = told(edits)
    assert "在台账写出之后又有变动" in mistake


def test_what_happened_in_the_minute_of_the_cut_off_may_be_in_the_ledger():
    at_once = replace(RESPONDED, at=WRITTEN_AT + timedelta(seconds=10))
    now = standing(State.RESPONDED, CONFIRMED, at_once)

    after = read(row(State.RESPONDED, **{CHECKED: "通过", STATE: "已销号"}), now=now)
    before = read(row(State.ASSIGNED, **{ACTION: "已补发"}), now=now)

    assert [one.move for one in after.decisions] == [Move.CLOSE]
    assert before.decisions == ()
    assert "在台账写出之后又有变动" in told(before)[0]


def test_another_deadline_given_by_command_is_no_moving_on():
    changed = event(Move.CHANGE, State.ASSIGNED, State.ASSIGNED, 18)
    now = standing(State.ASSIGNED, CONFIRMED, changed, 整改期限=date(2026, 12, 1))

    edits = read(row(State.ASSIGNED, **{ACTION: "已补发"}), now=now)

    assert [one.move for one in edits.decisions] == [Move.RESPOND]
    assert "表中是“2026-11-23”，记录是“2026-12-01”" in told(edits)[0]


def test_a_row_that_tells_of_another_problem_than_its_number_is_refused_whole():
    sorted_alone = row(State.RESPONDED, **{CHECKED: "通过", "公开事项": "招生方案"})

    edits = read(sorted_alone, now=standing(State.RESPONDED))

    assert edits.decisions == ()
    assert told(edits)[0].startswith(
        f"第4行“公开事项”：编号“{FIRST}”对应的是“教育收费公示”，表中是“招生方案”，整行没有采用"
    )


def test_numbers_that_are_missing_or_unknown_are_named_and_the_others_stand():
    edits = read(
        row(State.ASSIGNED, at=4, number=None),
        row(State.ASSIGNED, at=5, number="WT-9"),
        row(State.ASSIGNED, at=6, **{ACTION: "已补发"}),
        now=standing(State.ASSIGNED),
    )

    assert [one.finding for one in edits.decisions] == [FIRST]
    assert told(edits) == [
        "第4行“问题编号”：没有问题编号，这一行没有采用；问题编号请勿删改",
        "第5行“问题编号”：没有编号为“WT-9”的问题，请勿改动编号；重新导出可得到现有编号",
    ]


def test_a_problem_answered_twice_counts_once_when_the_same_and_not_at_all_when_not():
    passed = {CHECKED: "通过"}
    first, other = row(State.RESPONDED, **passed), {"序号": 7, "at": 8}

    same = read(first, row(State.RESPONDED, **passed, **other), now=standing(State.RESPONDED))
    differ = read(first, row(State.RESPONDED, **other), now=standing(State.RESPONDED))

    assert (len(same.decisions), told(same)) == (1, [])
    assert differ.decisions == ()
    assert [one.partition("，")[0] for one in told(differ)] == [
        f"第4行“问题编号”：问题“{FIRST}”在第8行另有不同的填写",
        f"第8行“问题编号”：问题“{FIRST}”在第4行另有不同的填写",
    ]


def test_a_text_that_looks_like_a_formula_is_a_text():
    edits = read(
        row(State.ASSIGNED, **{ACTION: '=HYPERLINK("http://a.cn","已补发")'}),
        now=standing(State.ASSIGNED),
    )

    assert [one.reason for one in edits.decisions] == ['=HYPERLINK("http://a.cn","已补发")']


def test_a_repaired_address_is_shown_back():
    edits = read(row(State.ASSIGNED, **{ADDRESS: "http:/a.cn/x"}), now=standing(State.ASSIGNED))

    assert [one.address for one in edits.decisions] == ["http://a.cn/x"]
    assert "已按 http://a.cn/x 理解" in str(edits.remarks[0])


def test_the_words_of_the_check_are_those_of_the_drop_down():
    assert [word.value for word in Checked] == ["通过", "未通过", "待复核"]
