"""应公开事项 of the simulated county: thirty of them, one a column, over the kinds of clocks.

Each is told twice: as a line of a catalog (``catalog_text``), and as a judgement of its own
(``is_gap``), written from the published rules and not from the program. Days are ordinals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.fleet import almanac


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """一个事项: its column, how its clock is written, and what the clock counts."""

    id: str
    column: str
    name: str
    word: str  # stands in the titles that answer it
    any_title: bool = False  # every entry of the column answers
    papers: str = ""  # in the titles of what answers it, which is planted in pairs
    near: str = ""  # another word for the same thing
    clock: str  # as the catalog writes it
    kind: str
    grace: int = 0
    age: str = ""
    every: str = ""
    count: int = 1
    event: str = ""
    days: int = 0
    working: bool = False
    opens: tuple[int, int] | None = None  # month, day
    closes: tuple[int, int] | None = None
    about: str = ""  # which year a title of an edition names
    fields: tuple[str, ...] = ()
    statement: str = "accepted"
    provable: bool = True  # an absence can be shown from outside

    @property
    def is_yearly(self) -> bool:
        return self.closes is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """What of one entry a clock counts."""

    claimed: int | None
    edition: str = ""
    is_statement: bool = False


def due_days(duty: Duty, first: int, last: int) -> list[int]:
    """The due days of the yearly editions between two days."""
    assert duty.closes
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    days = (almanac.day(year, *duty.closes) for year in years)
    return [day for day in days if first <= day <= last]


def edition_of(duty: Duty, due: int) -> str:
    """What the title of the edition due on a day names: 2023年度, 2023-2024学年, 2024年春季."""
    year = date.fromordinal(due).year
    return {
        "previous_calendar_year": f"{year - 1}年度",
        "current_school_year": f"{year - 1}-{year}学年",
        "spring": f"{year}年春季",
    }.get(duty.about, f"{year}年")


def event_due(duty: Duty, event: int) -> int:
    if duty.working:
        return almanac.workdays_after(event, duty.days)
    return event + duty.days


def is_gap(duty: Duty, shown: Iterable[Shown], events: Sequence[int], on: int) -> bool:
    """Whether what a column shows on a day falls short of its clock, by the published rules."""
    entries = [one for one in shown if one.claimed is None or one.claimed <= on + 1]
    if duty.is_yearly:
        return _edition_lacks(duty, entries, on)
    dated = [one.claimed for one in entries if one.claimed is not None and not one.is_statement]
    undated = sum(one.claimed is None for one in entries)
    match duty.kind:
        case "standing":
            if not (dated or undated):
                return True
            return bool(duty.age and dated) and on > almanac.age_after(max(dated), duty.age)
        case "column_max_age":
            if not dated:
                return not undated
            return on > almanac.age_after(max(dated), duty.age) + duty.grace
        case "periodic":
            first, last = almanac.last_closed(duty.every, on)
            since = sum(day >= first for day in dated)
            if since >= duty.count or on - last <= duty.grace:
                return False
            return not (undated and (not dated or since + undated >= duty.count))
        case "after_event":
            return _event_unanswered(duty, dated, undated, events, on)
    return False


def is_empty_gap(duty: Duty, events: Sequence[int], on: int) -> bool:
    """Whether a column that says it has nothing falls short on a day."""
    return duty.statement == "required" or is_gap(duty, (), events, on)


def _edition_lacks(duty: Duty, entries: list[Shown], on: int) -> bool:
    """The edition whose due day passed last is not there; one that is long past is not asked."""
    passed = due_days(duty, on - 366, on - 1 - duty.grace)
    if not duty.provable or not passed:
        return False
    due = passed[-1]
    before = almanac.months_after(due, -12)
    if duty.opens is not None and not duty.about.startswith("current"):
        opened = almanac.day(date.fromordinal(due).year, *duty.opens)
        return not any(one.claimed is not None and one.claimed >= opened - 45 for one in entries)
    if not duty.about:
        return not any(one.claimed is not None and one.claimed > before for one in entries)
    return not any(one.edition == edition_of(duty, due) for one in entries)


def _event_unanswered(
    duty: Duty, dated: list[int], undated: int, events: Sequence[int], on: int
) -> bool:
    happened = [day for day in events if day <= on]
    if not happened:
        return duty.provable and duty.count > 0 and not dated and not undated
    event = max(happened)
    if undated or any(day >= event for day in dated):
        return False
    return on > event_due(duty, event) + duty.grace


# --- the thirty ------------------------------------------------------------------------

_ROWS: tuple[dict[str, object], ...] = (
    {"name": "学校概况", "word": "概况", "clock": "kind: standing", "kind": "standing"},
    {"name": "工作动态", "clock": "kind: column_max_age, max_age: 1m", "age": "1m"},
    {
        "name": "信息公开年度报告",
        "word": "年度报告",
        "clock": "kind: yearly_by, month: 3, day: 31, subject_period: previous_calendar_year",
        "closes": (3, 31),
        "about": "previous_calendar_year",
        "fields": ("总体情况", "存在的主要问题"),
    },
    {
        "name": "食堂收支",
        "word": "食堂收支",
        "clock": "kind: periodic, every: month",
        "every": "month",
    },
    {
        "name": "人事任免",
        "word": "任免",
        "clock": (
            "kind: after_event, event: 作出人事决定, days: 7, day_kind: working, presence: may"
        ),
        "event": "作出人事决定",
        "days": 7,
        "working": True,
    },
    {
        "name": "收费公示",
        "word": "收费公示",
        "clock": "kind: season, from: 02-15, to: 03-31, label: 春季学期",
        "opens": (2, 15),
        "closes": (3, 31),
        "about": "spring",
        "fields": ("收费标准", "举报电话"),
    },
    {"name": "规范性文件", "papers": "印发", "clock": "kind: on_occurrence"},
    {
        "name": "政策解读",
        "word": "解读",
        "clock": "kind: paired_after, of: F07, days: 3, day_kind: working",
        "days": 3,
        "working": True,
    },
    {"name": "通知公告", "clock": "kind: column_max_age, max_age: 2w", "age": "2w"},
    {"name": "每周食谱", "word": "食谱", "clock": "kind: periodic, every: week", "every": "week"},
    {
        "name": "招生方案",
        "word": "招生方案",
        "clock": "kind: yearly_window, from: 04-01, to: 04-30, subject_period: current_year",
        "opens": (4, 1),
        "closes": (4, 30),
        "about": "current_year",
        "fields": ("招生范围", "咨询电话"),
    },
    {
        "name": "学校章程",
        "word": "章程",
        "clock": "kind: standing, review_every: 1y",
        "age": "1y",
    },
    {
        "name": "采购合同",
        "word": "合同公告",
        "clock": (
            "kind: after_event, event: 采购合同签订, days: 10, day_kind: calendar, presence: may"
        ),
        "event": "采购合同签订",
        "days": 10,
    },
    {"name": "党建工作", "clock": "kind: column_max_age, max_age: 3m", "age": "3m"},
    {
        "name": "安全检查",
        "word": "安全检查",
        "clock": "kind: periodic, every: quarter, min_count: 2",
        "every": "quarter",
        "count": 2,
    },
    {
        "name": "接受捐赠",
        "word": "捐赠",
        "clock": "kind: on_occurrence",
        "statement": "required",
    },
    {
        "name": "联系方式",
        "word": "联系方式",
        "clock": (
            "kind: after_event, event: 学校基本情况变更, days: 20, day_kind: working,"
            " presence: must"
        ),
        "event": "学校基本情况变更",
        "days": 20,
        "working": True,
    },
    {
        "name": "学年工作计划",
        "word": "工作计划",
        "clock": "kind: yearly_by, month: 5, day: 15, subject_period: current_school_year",
        "closes": (5, 15),
        "about": "current_school_year",
        "fields": ("工作目标", "责任分工"),
    },
    {"name": "表彰奖励", "word": "表彰", "clock": "kind: unspecified, wording: 及时"},
    {
        "name": "决算",
        "word": "决算",
        "clock": (
            "kind: after_event, event: 决算批复, days: 20, day_kind: working, presence: may,"
            " outer: 05-20"
        ),
        "closes": (5, 20),
        "kind": "outer",
    },
    {"name": "教研活动", "word": "教研", "clock": "kind: periodic, every: term", "every": "term"},
    {
        "name": "规章制度",
        "clock": "kind: column_max_age, max_age: 6m, grace: 5",
        "age": "6m",
        "grace": 5,
    },
    {
        "name": "评优公示",
        "word": "公示",
        "clock": "kind: notice_period, days: 5, day_kind: working",
        "days": 5,
        "working": True,
    },
    {"name": "活动预告", "word": "预告", "clock": "kind: before_event, event: 活动举行, lead: 3d"},
    {"name": "资助名单", "word": "名单", "clock": "kind: takedown_after, event: 公示期满, days: 5"},
    {
        "name": "年度安排",
        "word": "安排",
        "clock": "kind: yearly_by, month: 6, day: 10",
        "closes": (6, 10),
    },
    {
        "name": "值班安排",
        "word": "值班",
        "clock": "kind: periodic, every: half_month, grace: 3",
        "every": "half_month",
        "grace": 3,
    },
    {
        "name": "校服采购",
        "word": "校服",
        "clock": "kind: season, from: 03-01, to: 04-20, label: 春季",
        "opens": (3, 1),
        "closes": (4, 20),
        "about": "spring",
        "provable": False,
    },
    {
        "name": "招考信息",
        "word": "招考",
        "near": "考务",
        "clock": "kind: column_max_age, max_age: 1m",
        "age": "1m",
    },
    {
        "name": "财务公开",
        "word": "收支情况",
        "clock": "kind: periodic, every: month",
        "every": "month",
        "statement": "refused",
    },
)


def _duty(number: int, row: dict[str, object]) -> Duty:
    kind = str(row.get("kind") or str(row["clock"]).split(",")[0].removeprefix("kind: "))
    told = {"id": f"F{number:02}", "column": f"c{number:02}", "word": "", "kind": kind, **row}
    return Duty(**told, any_title=not row.get("word"))  # type: ignore[arg-type]


DUTIES: tuple[Duty, ...] = tuple(_duty(number, row) for number, row in enumerate(_ROWS, 1))
#: the documents that want a partner, and the partners
TRIGGER, PARTNER = DUTIES[6], DUTIES[7]


def catalog_text(duties: Sequence[Duty], *, link_grounds: str = "") -> str:
    """The catalog file of the county; ``link_grounds``: on what its links rest, if that is told."""
    lines = ["columns:"]
    lines += [f"  - {{id: {one.column}, name: {one.name}}}" for one in duties]
    lines.append("requirements:")
    for one in duties:
        # a clock that rests on practice alone opens no gap; an outer day that the bureau set does
        grounds = "local" if one.kind == "outer" else "law" if one.provable else "default"
        lines += [
            f"  - id: {one.id}",
            f"    name: {one.name}",
            "    applies_to: [primary]",
            f"    column: {one.column}",
        ]
        if one.papers:
            lines.append(f"    match: {{any: [{one.papers}]}}")
        elif not one.any_title:
            near = f", near: [{one.near}]" if one.near else ""
            lines.append(f"    match: {{any: [{one.word}]{near}}}")
        clock = f"    limits: [{{{one.clock}, grounds: {grounds}}}"
        if one is PARTNER:
            clock += ", {kind: on_occurrence, grounds: law}"
        lines.append(clock + "]")
        if one.fields:
            fields = ", ".join(one.fields)
            lines.append(f"    complete: [{{kind: fields_present, fields: [{fields}]}}]")
        if one.statement != "accepted":
            lines.append(f"    statement: {one.statement}")
        lines.append("    basis: [{title: 中小学校信息公开办法}]")
    if TRIGGER in duties and PARTNER in duties:
        link = f"id: interpretation, from: {TRIGGER.id}, to: {PARTNER.id}, key: [doc_no, title]"
        grounds = f", grounds: {link_grounds}" if link_grounds else ""
        lines += ["links:", f"  - {{{link}, within: {PARTNER.days}, day_kind: working{grounds}}}"]
    return "\n".join(lines) + "\n"
