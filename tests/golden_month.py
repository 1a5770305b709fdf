"""The golden month: October 2026 of an invented county, 60 units and 128 open problems.

Every figure that 表1, 附件1 and the first paragraph of a monthly report print comes out of these
records, and each is told here once: the tables below are the month, the rest spells it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import NamedTuple

from builders import assessment, column, finding, requirement, unit

from monitor.model import (
    Assessment,
    Catalog,
    Finding,
    FindingEvent,
    Move,
    Outcome,
    Snapshot,
    State,
    Status,
    Unit,
    UnitType,
)
from monitor.wording import Because

STARTS_ON, ENDS_ON = date(2026, 10, 1), date(2026, 10, 31)
CUT_OFF_AT = datetime(2026, 10, 31, 16, tzinfo=UTC)  # 24时 in Beijing

#: the type of problem a person found, of none of the six kinds
OTHER = Status.UNSURE


SECTIONS = (
    "办公室 人事科 计财科 基教科 职成科 安全科 体卫艺科 督导室 "
    "审计科 法规科 招生办 资助中心 电教馆 教研室"
)
COLUMN_NAMES = "公开指南 机构概况 规章制度 财务信息 招生入学 教育教学 学生管理 教师队伍 安全卫生"
ITEM_NAMES = (
    "信息公开指南 机构设置 章程 收费公示 招生简章 课程安排 学籍管理 教师招聘 食品安全 "
    "年度报告 办学规模 学校制度 经费预算 录取结果 校历 资助政策 职称评审 应急预案 "
    "依申请公开 领导分工 发展规划 经费决算 学区划分 教学计划 奖励办法 师德建设 校车管理 "
    "联系方式 工作计划 教代会 物资采购 转学办法 课后服务 处分办法 师资培训"
)


class Class(NamedTuple):
    """One row of 附件1: its units, what each owes and need not, and where things lie."""

    name: str
    units: tuple[tuple[str, UnitType], ...]
    owed: int  # by each unit
    not_concerned: int  # of each unit
    problems: dict[Status, tuple[int, int]]  # type → findings, units
    unreached: tuple[int, ...]  # cells of the last units, the last one first


def _schools(names: str, ending: str, kind: UnitType) -> tuple[tuple[str, UnitType], ...]:
    return tuple((f"青禾县{name}{ending}", kind) for name in names.split())


CLASSES = (
    Class(
        "机关科室",
        tuple((f"青禾县教育局{name}", UnitType.SECTION) for name in SECTIONS.split()),
        15,
        2,
        {
            Status.MISSING: (2, 1),
            Status.STALE: (7, 4),
            Status.PARTIAL: (2, 1),
            Status.BROKEN: (2, 1),
        },
        (),
    ),
    Class(
        "高中",
        _schools("第一 第二 第三 第四 第五 东湖 南山 西河", "高级中学", UnitType.SENIOR_HIGH),
        27,
        1,
        {
            Status.MISSING: (4, 2),
            Status.NOCOL: (2, 1),
            Status.STALE: (7, 3),
            Status.PARTIAL: (2, 1),
            Status.BROKEN: (1, 1),
            OTHER: (1, 1),
        },
        (3,),
    ),
    Class(
        "初中",
        _schools(
            "城关 新城 朝阳 滨河 育才 文昌 石桥 柳林 清泉 双河 龙潭 白云 望江 五里",
            "初级中学",
            UnitType.JUNIOR_HIGH,
        ),
        23,
        1,
        {
            Status.MISSING: (8, 4),
            Status.EMPTY: (4, 2),
            Status.STALE: (12, 7),
            Status.PARTIAL: (4, 2),
            Status.BROKEN: (2, 1),
            OTHER: (1, 1),
        },
        (6,),
    ),
    Class(
        "小学",
        _schools(
            "实验 城关 新城 朝阳 滨河 育才 文昌 石桥 柳林 清泉 双河 龙潭 白云 望江 五里 红旗",
            "小学",
            UnitType.PRIMARY,
        ),
        23,
        2,
        {
            Status.MISSING: (11, 5),
            Status.NOCOL: (7, 3),
            Status.STALE: (15, 8),
            Status.PARTIAL: (4, 2),
            Status.BROKEN: (3, 2),
            OTHER: (1, 1),
        },
        (5, 4),
    ),
    Class(
        "幼儿园",
        _schools("机关 实验 城关 新城 朝阳 滨河", "幼儿园", UnitType.KINDERGARTEN),
        21,
        1,
        {
            Status.MISSING: (8, 4),
            Status.EMPTY: (4, 2),
            Status.STALE: (6, 3),
            Status.PARTIAL: (3, 2),
            Status.BROKEN: (1, 1),
        },
        (5,),
    ),
    Class(
        "中职、特教",
        (
            ("青禾县职业技术学校", UnitType.SECONDARY_VOCATIONAL),
            ("青禾县特殊教育学校", UnitType.SPECIAL),
        ),
        31,
        4,
        {Status.MISSING: (1, 1), Status.NOCOL: (1, 1), Status.STALE: (2, 1)},
        (1,),
    ),
)


class Flow(NamedTuple):
    """One row of 表1 without the number of units."""

    carried: int
    new: int
    closed: int
    overdue: int
    contested: int
    responded: int
    reopened: int = 0
    closed_late: int = 0


_NO_COLUMN = Flow(carried=11, new=11, closed=4, overdue=4, contested=1, responded=1)
FLOWS = {
    Status.MISSING: Flow(19, 24, 9, overdue=8, contested=4, responded=3, closed_late=2),
    Status.NOCOL: _NO_COLUMN,
    Status.STALE: Flow(27, 35, 13, overdue=6, contested=5, responded=5, reopened=3, closed_late=2),
    Status.PARTIAL: Flow(8, 10, 3, overdue=2, contested=1, responded=2),
    Status.BROKEN: Flow(5, 6, 2, overdue=1, contested=0, responded=1),
    OTHER: Flow(1, 2, 0, overdue=0, contested=0, responded=0),
}
#: of the cells with nothing to object to
STATED, DUE_SOON = 41, 21

COLUMNS = {
    f"c{place}": column(id=f"c{place}", name=name, aliases=())
    for place, name in enumerate(COLUMN_NAMES.split())
}
REQUIREMENTS = {
    f"S-{number:02}": requirement(id=f"S-{number:02}", name=name, columns=(f"c{number % 9}",))
    for number, name in enumerate(ITEM_NAMES.split(), start=1)
}


class Place(NamedTuple):
    """A unit × an item of it, counted out one after another."""

    unit: str
    requirement: str


@cache
def golden_month() -> Snapshot:
    """Return the snapshot: 1,400 assessments, 159 findings (31 of them closed), their events."""
    units: list[Unit] = []
    assessments: list[Assessment] = []
    problems: dict[Status, list[Place]] = {status: [] for status in FLOWS}
    good: list[Place] = []
    silent: dict[str, tuple[int, date | None]] = {}
    for kind, letter in zip(CLASSES, "ABCDEF", strict=True):
        own = [
            unit(
                code=f"{letter}-{number:02}",
                name=name,
                short_name=name.removeprefix("青禾县"),
                types=frozenset({of}),
                home=f"http://{letter.lower()}{number:02}.qinghe.example/",
            )
            for number, (name, of) in enumerate(kind.units, start=1)
        ]
        units += own
        left = {one.code: _items(one.code, kind) for one in own}
        for one in own:
            for _ in range(kind.not_concerned):
                assessments.append(_not_concerned(left[one.code].pop()))
        for place, cells in enumerate(kind.unreached):
            code = own[-1 - place].code
            assessments += [_unreached(left[code].pop()) for _ in range(cells)]
            if cells > 1:  # the whole site; of the last class one page only
                silent[code] = (cells + 2, ENDS_ON - timedelta(days=cells + 2))
        for status, (findings, concerned) in kind.problems.items():
            listed = problems[Status.NOCOL if status is Status.EMPTY else status]
            for place in range(findings):
                taken = left[own[place % concerned].code].pop(0)
                listed.append(taken)
                assessments.append(_gap(taken, status))
        good += [cell for one in own for cell in left[one.code]]
    assessments += [_good(cell, place) for place, cell in enumerate(good)]
    findings, events = _findings(problems, good, {one[:2]: one[2] for one in _kinds(assessments)})
    return Snapshot(
        id="2026-10",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        cut_off_at=CUT_OFF_AT,
        made_by="李科长",
        nights=31,
        catalog=Catalog(columns=COLUMNS, requirements=REQUIREMENTS),
        units=tuple(units),
        assessments=tuple(sorted(assessments, key=lambda one: one.key)),
        findings=tuple(findings),
        events=tuple(sorted(events, key=lambda one: one.at)),
        silent=silent,
    )


def _items(code: str, kind: Class) -> list[Place]:
    """The items of a unit, the first one shifted from unit to unit so that gaps spread."""
    number = kind.owed + kind.not_concerned
    keys = list(REQUIREMENTS)[:number]
    shift = int(code[2:]) * 4 % number
    return [Place(code, key) for key in keys[shift:] + keys[:shift]]


def _kinds(assessments: list[Assessment]) -> Iterator[tuple[str, str, Status]]:
    return ((one.unit, one.requirement, one.status) for one in assessments)


# --- assessments -------------------------------------------------------------------------


def _not_concerned(cell: Place) -> Assessment:
    return _assessed(cell, Status.NA, Because.NOT_CONCERNED, reason="单位属性不适用")


def _unreached(cell: Place) -> Assessment:
    return _assessed(cell, Status.UNREACH, Because.PAGE_NOT_OPENED, outcome=Outcome.TIMED_OUT.value)


def _gap(cell: Place, status: Status) -> Assessment:
    name = REQUIREMENTS[cell.requirement].name
    place = COLUMNS[REQUIREMENTS[cell.requirement].columns[0]].name
    told: dict[Status, tuple[Because, dict[str, object]]] = {
        Status.MISSING: (
            Because.EDITION_MISSING,
            {"period": "2026年秋季学期", "name": name, "due": date(2026, 9, 15)},
        ),
        Status.NOCOL: (Because.COLUMN_NOT_FOUND, {"column": place}),
        Status.EMPTY: (Because.COLUMN_EMPTY, {"column": place, "phrase": "栏目建设中"}),
        Status.STALE: (
            Because.NEWEST_TOO_OLD,
            {"newest": date(2026, 3, 2), "since": date(2026, 7, 31)},
        ),
        Status.PARTIAL: (
            Because.ELEMENTS_MISSING,
            {"title": f"2026年{name}", "missing": "监督电话"},
        ),
        Status.BROKEN: (Because.DOCUMENT_BROKEN, {"title": f"2026年{name}"}),
        OTHER: (Because.SIMILAR_COLUMN, {"column": place, "phrase": "校务公开"}),
    }
    because, facts = told[status]
    return _assessed(cell, status, because, **facts)


def _good(cell: Place, place: int) -> Assessment:
    title = f"2026年{REQUIREMENTS[cell.requirement].name}"
    facts = {"title": title, "published": date(2026, 9, 8)}
    if place % 26 == 0 and place < 26 * STATED:
        return _assessed(cell, Status.STMT, Because.STATED, **facts)
    if place % 40 == 13 and place < 40 * DUE_SOON:
        return _assessed(cell, Status.DUE_SOON, Because.DUE_SOON, due=date(2026, 11, 5), days=5)
    return _assessed(cell, Status.OK, Because.FOUND, **facts)


def _assessed(cell: Place, status: Status, because: Because, **facts: object) -> Assessment:
    return assessment(
        unit=cell.unit,
        requirement=cell.requirement,
        status=status,
        because=because,
        facts=facts,
        assessed_on=ENDS_ON,
        page=f"http://{cell.unit.replace('-', '').lower()}.qinghe.example/xxgk/",
        last_verified_on=date(2026, 10, 20) if status is Status.UNREACH else None,
    )


# --- findings ----------------------------------------------------------------------------


def _findings(
    problems: dict[Status, list[Place]], good: list[Place], kinds: dict[Place, Status]
) -> tuple[list[Finding], list[FindingEvent]]:
    numbers = count(1)
    mended = iter(good[::37])  # what was put right is among what is good tonight
    findings: list[Finding] = []
    events: list[FindingEvent] = []
    for status, flow in FLOWS.items():
        left = flow.carried - flow.closed  # carried over and still open
        lives = [_Life(closed=True, late=place < flow.closed_late) for place in range(flow.closed)]
        lives += [_Life(overdue=place < flow.overdue) for place in range(left)]
        lives += [_Life(new=True, state=state) for state in _states(flow)]
        cells = iter(problems[status])
        for life in lives:
            cell = next(mended) if life.closed else next(cells)
            kind = status if life.closed else kinds[cell]
            one, own = _lived(f"2026-{next(numbers):04}", cell, kind, life)
            findings.append(one)
            events += own
    return findings, events


class _Life(NamedTuple):
    new: bool = False
    state: State = State.ASSIGNED
    closed: bool = False
    late: bool = False
    overdue: bool = False


def _states(flow: Flow) -> list[State]:
    """The states of what was assigned in the month."""
    special = (
        [State.CONTESTED] * flow.contested
        + [State.RESPONDED] * flow.responded
        + [State.REOPENED] * flow.reopened
    )
    return special + [State.ASSIGNED] * (flow.new - len(special))


def _lived(
    number: str, cell: Place, status: Status, life: _Life
) -> tuple[Finding, list[FindingEvent]]:
    """One finding and how it came to its state."""
    assigned_on = date(2026, 10, 20) if life.new else date(2026, 9, 18)
    deadline = date(2026, 11, 6)
    if life.overdue or life.late:
        deadline = date(2026, 10, 14)
    if life.state is State.REOPENED:
        assigned_on = date(2026, 8, 10)
    steps = [
        (Move.DETECT, State.DETECTED, assigned_on - timedelta(days=4)),
        (Move.SEEN_AGAIN, State.TO_REVIEW, assigned_on - timedelta(days=2)),
        (Move.CONFIRM, State.ASSIGNED, assigned_on),
    ]
    if life.closed:
        steps += [
            (Move.SEEN_GOOD, State.RESPONDED, date(2026, 10, 16)),
            (Move.SEEN_GOOD, State.CLOSED, date(2026, 10, 19)),
        ]
    if life.state is State.RESPONDED:
        steps.append((Move.RESPOND, State.RESPONDED, date(2026, 10, 29)))
    if life.state is State.CONTESTED:
        steps.append((Move.CONTEST, State.CONTESTED, date(2026, 10, 22)))
    if life.state is State.REOPENED:
        steps += [
            (Move.CLOSE, State.CLOSED, date(2026, 8, 20)),
            (Move.SEEN_AGAIN, State.REOPENED, date(2026, 10, 21)),
        ]
    one = finding(
        number=number,
        unit=cell.unit,
        requirement=cell.requirement,
        status=status,
        state=State.CLOSED if life.closed else life.state,
        first_seen_on=steps[0][2],
        last_seen_on=date(2026, 10, 15) if life.closed else ENDS_ON,
        sightings=2,
        sighted_at=_at(steps[1][2]),
        assigned_on=date(2026, 10, 21) if life.state is State.REOPENED else assigned_on,
        deadline=deadline,
        good_on=date(2026, 10, 16) if life.closed else None,
        paused_on=date(2026, 10, 29) if life.state is State.RESPONDED else None,
        closed_on=date(2026, 10, 19) if life.closed else None,
    )
    before = [None, *(state for _, state, _ in steps)]
    return one, [
        FindingEvent(
            finding=number,
            move=move,
            from_state=source,
            to_state=state,
            by="" if move in {Move.DETECT, Move.SEEN_AGAIN, Move.SEEN_GOOD} else "李科长",
            at=_at(day),
        )
        for (move, state, day), source in zip(steps, before, strict=False)
    ]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
