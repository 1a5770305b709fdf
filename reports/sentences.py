"""句库: the sentences about one problem, one entry for each type and reason. Pure.

An entry is a row of clauses; a clause is told in its first form whose facts are all known, and
left out when there is none: what nobody knows is not printed. Edit the tables to change a word.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date

from monitor.completeness import element_of
from monitor.model import GAPS, Assessment, Basis, Document, Finding, Requirement, Status
from monitor.model import StatementRule as Statement
from monitor.wording import WHOLE_LIST, Because
from reports.limits import limit_text
from reports.prose import day_words, few, full_day, quoted

__all__ = [
    "LONGEST_SEEN",
    "basis_text",
    "cited",
    "elements_of",
    "limit_text",
    "matter_of",
    "required_sentence",
    "seen_phrase",
    "seen_sentence",
    "status_told",
    "task_phrase",
    "todo_sentence",
    "type_word",
]

LONGEST_SEEN = 120
_MOST_BASES = 2
_MOST_MISSING = 8
_LISTING = re.compile(r"（[^（）]*）$")

#: how names of items end that name something published
_PUBLISHED = re.compile(
    r"(?:信息|公示|公告|报告|报表|年报|动态|计划|规划|情况|指南|数据|章程|制度|流程|预算|决算|政策"
    r"|目录|清单|名录|名单|办法|解读|结果|决定|简章|公示牌|总结|文件|方案|标准|安排)$"
)

#: one clause in ever plainer forms
Clause = tuple[str, ...]
Entry = tuple[Clause, ...]

_ABSENT: Clause = ("{scope}未见{edition}", "未见{edition}")
_NEAREST: Clause = ("最接近的一条为{nearest}",)

#: 核查发现 by type, and by reason where the reason tells more
_SEEN: Mapping[Status | Because, Entry] = {
    Status.MISSING: (_ABSENT, _NEAREST),
    Status.NOCOL: (("未找到与{columns}对应的栏目", "未找到用于公开{name}的栏目"),),
    Status.EMPTY: (
        ("{columns}栏目内没有信息", "用于公开{name}的栏目内没有信息"),
        ("页面显示“{phrase}”",),
    ),
    Status.STALE: (("{name}未按时更新",), _NEAREST),
    Status.PARTIAL: (("《{title}》未见{missing}", "{name}的要素不全"),),
    Status.BROKEN: (("《{title}》打不开", "{name}的页面或附件打不开"),),
    Because.NONE_IN_WINDOW: (_ABSENT, _NEAREST),
    Because.COLUMN_GONE: (
        ("{columns}栏目的原地址已失效", "用于公开{name}的栏目已失效"),
        ("首页和菜单中也未找到",),
    ),
    Because.COLUMN_BROKEN: (("首页上有{columns}栏目的链接，但打不开",),),
    Because.ATTACHMENT_BROKEN: (("《{title}》的附件打不开（{names}）",),),
    Because.DOCUMENT_BROKEN: (("栏目中《{title}》的链接打不开",),),
    Because.EDITION_MISSING: (_ABSENT, ("应于{due}前公开",), _NEAREST),
    Because.OUTER_PASSED: (_ABSENT, ("最迟应于{due}前公开",), _NEAREST),
    Because.EVENT_OVERDUE: (
        ("{event}为{event_day}，应于{due}前公开",),
        ("此后未见{name}",),
        _NEAREST,
    ),
    Because.PAIR_MISSING: (
        ("{published}公开的《{trigger}》，应于{due}前有对应的{name}",),
        ("{scope}未见", "至今未见"),
    ),
    Because.NOT_AHEAD: (
        ("{event}为{event_day}，应于{due}前公开",),
        ("未见{name}",),
        _NEAREST,
    ),
    Because.NOTICE_CUT_SHORT: (
        ("《{title}》应公示至{due}", "{name}应公示满期"),
        ("{missed_on}核查时已不在栏目中",),
    ),
    Because.NEWEST_TOO_OLD: (
        ("{columns}栏目最新一条为{nearest}", "最新一条为{nearest}", "最新一条为{newest}"),
        ("{since}之后应有更新",),
    ),
    Because.REVIEW_PASSED: (
        ("最近一次更新为{nearest}", "最近一次更新为{newest}"),
        ("{since}之后应核对更新",),
    ),
    Because.TOO_FEW: (("{columns}栏目{span}{amount}", "{span}{amount}"), _NEAREST),
}

#: 整改要求, one imperative sentence; the same rules
_TODO: Mapping[Status | Because, Entry] = {
    Status.MISSING: (("在{place}发布{wanted}", "发布{wanted}"), ("内容包括{elements}",)),
    Status.NOCOL: (
        ("增设“{first_column}”栏目并发布{wanted}", "增设相应栏目并发布{wanted}"),
        ("如已设在其他位置，请反馈地址",),
    ),
    Status.EMPTY: (("在{place}补充{wanted}", "补充{wanted}"), ("{none_held}",)),
    Status.STALE: (("在{place}发布最新的{matter}", "发布最新的{matter}"),),
    Status.PARTIAL: (("在《{title}》中补充{missing}", "补齐{name}的要素"),),
    Status.BROKEN: (
        ("修复《{title}》的附件或重新上传", "修复{name}打不开的页面或附件，或重新上传"),
    ),
    Because.COLUMN_BROKEN: (("修复{columns}栏目的链接，使其能够打开",),),
    Because.DOCUMENT_BROKEN: (("修复《{title}》的链接，或重新发布",),),
    Because.EDITION_MISSING: (
        ("在{place}发布{wanted}", "发布{wanted}"),
        ("内容包括{elements}",),
    ),
    Because.PAIR_MISSING: (
        ("在{place}发布对《{trigger}》的{matter}", "发布对《{trigger}》的{matter}"),
        ("内容包括{elements}",),
    ),
    Because.NOTICE_CUT_SHORT: (
        ("重新发布《{title}》，公示满规定的期限", "重新公示，公示满规定的期限"),
    ),
    Because.REVIEW_PASSED: (("核对并更新{place}的{matter}", "核对并更新{matter}"),),
    Because.TOO_FEW: (("在{place}补充发布{matter}{lacking}", "补充发布{matter}{lacking}"),),
}


def seen_sentence(
    finding: Finding, assessment: Assessment | None, requirement: Requirement, *, column: str = ""
) -> str:
    """核查发现: what was seen, beginning with the day; at most LONGEST_SEEN characters.

    ``assessment`` is the standing one. When it is no gap (the site did not answer tonight, or the
    unit has put it right), what the finding itself keeps is told, with the day it was last seen.
    ``column`` names the column where the facts do not.
    """
    standing = _standing(assessment)
    on = standing.assessed_on if standing else finding.last_seen_on
    head = f"{day_words(on)}核查，"
    room = LONGEST_SEEN - len(head) - 1
    return f"{head}{seen_phrase(finding, assessment, requirement, column=column, longest=room)}。"


def seen_phrase(
    finding: Finding,
    assessment: Assessment | None,
    requirement: Requirement,
    *,
    column: str = "",
    longest: int,
) -> str:
    """核查发现 without its day: as many clauses as have room."""
    standing = _standing(assessment)
    facts = _facts(finding, standing, requirement, column)
    clauses = _clauses(_SEEN, finding, standing, facts)
    tail = "".join(map(_flagged, standing.flags)) if standing else ""
    room = longest - len(tail)
    while len(clauses) > 1 and len("，".join(clauses)) > room:
        clauses = clauses[:-1]
    phrase = "，".join(clauses)
    return (phrase if len(phrase) <= room else f"{phrase[: room - 1]}…") + tail


def todo_sentence(
    finding: Finding, assessment: Assessment | None, requirement: Requirement, *, column: str = ""
) -> str:
    """整改要求: one imperative sentence, what to publish where."""
    standing = _standing(assessment)
    facts = _facts(finding, standing, requirement, column)
    first, *more = _clauses(_TODO, finding, standing, facts)
    rest = "；".join(more)
    joint = "，" if rest.startswith("内容") else "；"
    return f"{first}{joint}{rest}。" if rest else f"{first}。"


def task_phrase(finding: Finding, assessment: Assessment | None, requirement: Requirement) -> str:
    """The first clause of 整改要求 without its column, for where that stands beside it."""
    standing = _standing(assessment)
    facts = _facts(finding, standing, requirement, "") | {"place": "", "first_column": ""}
    return _clauses(_TODO, finding, standing, facts)[0]


def required_sentence(requirement: Requirement) -> str:
    """应当公开, under a heading that names the item: how often, and the elements."""
    limits, elements = limit_text(requirement), _elements(requirement)
    first = limits or requirement.name
    return f"{first}。内容包括{elements}。" if elements else f"{first}。"


def basis_text(requirement: Requirement) -> str:
    """公开依据: title and article of the first ones; addresses are never among them."""
    return "；".join(cited(basis) for basis in requirement.basis[:_MOST_BASES])


def cited(basis: Basis) -> str:
    """One basis: title, number, article."""
    title = basis.title
    if not (title.startswith("《") and title.endswith("》")):
        title = f"《{title.replace('《', '〈').replace('》', '〉')}》"
    return f"{title}{f'（{basis.doc_no}）' if basis.doc_no else ''}{basis.article}"


def type_word(status: Status) -> str:
    """问题类型 with its symbol."""
    return f"{status.symbol} {status.value}"


def status_told(finding: Finding, assessment: Assessment | None) -> Status:
    """The type a problem has today: the standing gap's, else the one the finding keeps."""
    standing = _standing(assessment)
    return standing.status if standing else finding.status


def elements_of(requirement: Requirement) -> tuple[str, ...]:
    """公开要素, those that are checked first, each in the words of the law."""
    words = (word for check in requirement.complete for word in check.names)
    checked = [element_of(word, requirement.elements) for word in words]
    return tuple(dict.fromkeys((*checked, *requirement.unchecked)))


def matter_of(name: str) -> str:
    """A name of an item as the matter itself: without what it lists in brackets, and 更新."""
    return _LISTING.sub("", name).removesuffix("更新") or name


# --- facts and clauses -------------------------------------------------------------------


def _standing(assessment: Assessment | None) -> Assessment | None:
    return assessment if assessment is not None and assessment.status in GAPS else None


def _clauses(
    table: Mapping[Status | Because, Entry],
    finding: Finding,
    standing: Assessment | None,
    facts: Mapping[str, str],
) -> list[str]:
    """The clauses that can be told; when the reason's entry has none, those of the type."""
    status = standing.status if standing else finding.status
    told: list[str] = []
    if standing and standing.because in table:
        told = [text for clause in table[standing.because] if (text := _say(clause, facts))]
    return told or [text for clause in table[status] if (text := _say(clause, facts))]


def _say(clause: Clause, facts: Mapping[str, str]) -> str:
    for form in clause:
        wanted = [name for _, name, *_ in string.Formatter().parse(form) if name]
        if all(facts.get(name) for name in wanted):
            return form.format_map(facts)
    return ""


def _facts(
    finding: Finding, standing: Assessment | None, requirement: Requirement, column: str
) -> dict[str, str]:
    """Every fact a clause may name, as text; "" is not known."""
    known = standing.facts if standing else {}
    nearest = standing.nearest if standing else None
    names = _text(known.get("column")) or column
    # a verdict that knows no column tells the item's name in its place
    columns = [] if names in ("", requirement.name) else names.split("、")
    period = _text(known.get("period"))  # the finding's own may be another clock's
    matter = _to_publish(requirement.name)
    return {
        "name": requirement.name,
        "edition": f"{period}的{requirement.name}" if period else requirement.name,
        "matter": matter,
        "wanted": f"{period}的{matter}" if period else matter,
        "elements": _elements(requirement),
        "columns": "".join(f"“{name}”" for name in columns),
        "first_column": columns[0] if columns else "",
        "place": _place(columns),
        "scope": _scope(columns, known.get("since")),
        "since": _text(known.get("since")),
        "newest": _text(known.get("newest")),
        "due": _text(known.get("due")),
        "trigger": quoted(_text(known.get("trigger"))),
        "published": _text(known.get("published")),
        "event": _text(known.get("event")),
        "event_day": _text(known.get("event_day")),
        "missed_on": _text(known.get("missed_on")),
        "title": quoted(_text(known.get("title"))),
        "names": quoted(_text(known.get("names"))),
        "missing": _named(_text(known.get("missing"))),
        "phrase": quoted(_text(known.get("phrase"))),
        "nearest": _document(nearest),
        "span": f"{_text(known.get('period'))}内" if known.get("period") else "",
        "amount": _amount(known.get("count"), known.get("needed")),
        "lacking": _lacking(known.get("count"), known.get("needed")),
        "none_held": _none_held(requirement),
    }


def _flagged(flag: str) -> str:
    return f"，{flag}" if flag.endswith("）") else f"（{flag}）"


def _text(fact: object) -> str:
    if isinstance(fact, date):
        return full_day(fact)
    return "" if fact is None else str(fact)


def _document(document: Document | None) -> str:
    if document is None or not document.title:
        return ""
    title = f"《{quoted(document.title)}》"
    return f"{full_day(document.day)}{title}" if document.day else f"{title}（未标日期）"


def _place(columns: list[str]) -> str:
    if not columns:
        return ""
    return "".join(f"“{name}”" for name in columns) + ("任一栏目" if len(columns) > 1 else "栏目")


def _scope(columns: list[str], since: object) -> str:
    """Which part of the column was read: 全部信息, or what is from a day on."""
    if not columns or not since:
        return ""
    place = "".join(f"“{name}”" for name in columns)
    part = "全部信息" if since == WHOLE_LIST else f"{_text(since)}以来的信息"
    return f"{place}栏目{part}中"


def _named(elements: str) -> str:
    """Elements that were not seen, in quotes: 未见存在的主要问题 would say that there are none."""
    names = [name for name in elements.split("、") if name]
    more = f"等{len(names)}项" if len(names) > _MOST_MISSING else ""
    return "".join(f"“{name}”" for name in names[:_MOST_MISSING]) + more


def _amount(count: object, needed: object) -> str:
    if not isinstance(count, int) or not needed:
        return ""
    return f"{f'只有{count}条' if count else '没有新信息'}，应不少于{needed}条"


def _lacking(count: object, needed: object) -> str:
    if not isinstance(count, int) or not isinstance(needed, int) or needed <= count:
        return ""
    return f"，至少{needed - count}条"


def _to_publish(name: str) -> str:
    """The matter as something that can be published: 教师管理 is not, 教师管理信息 is."""
    matter = matter_of(name)
    is_told = "信息——" in matter or _PUBLISHED.search(matter)
    return matter if is_told else f"{matter}信息"


def _elements(requirement: Requirement) -> str:
    """The first elements; none when they only say the name again."""
    told = elements_of(requirement)
    return "" if len(told) == 1 and told[0] in requirement.name else few(told)


def _none_held(requirement: Requirement) -> str:
    """What a unit may do that has nothing to publish."""
    ways = []
    if requirement.statement is not Statement.REFUSED:
        ways.append("发布情况说明")
    if requirement.waivable:
        ways.append("申请核定为不涉及")
    return f"确无此事项的，可{'或'.join(ways)}" if ways else ""
