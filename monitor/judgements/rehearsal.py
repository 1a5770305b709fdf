"""预演: how far a site is from the vetoes of 国办秘函〔2019〕19号, by what is stored. Pure.

The thresholds bind government sites; for schools they are borrowed, and ``Rehearsing.schools`` says
whether they are asked at all. Nothing here is a verdict: an inspection opens a site twenty times a
day and reads its home page, which is not done here, so these two only give a hint. What was not
read could stand on either side: where it could decide, the answer is that nobody can tell.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.dating import is_backdated
from monitor.doubts import doubt
from monitor.judgements.case import Case
from monitor.model import Moment, Observation, Outcome, Trait, Unit, UnitType
from monitor.periods import months_later
from monitor.timelimits import ColumnMaxAge, Periodic, Season, YearlyBy, YearlyWindow
from monitor.wording import VetoNote

#: clocks that ask for something new again and again: their columns can be 长期未更新
_RECURRING = (ColumnMaxAge, Periodic, Season, YearlyBy, YearlyWindow)
#: titles that are named before the rest is counted
_NAMED = 5


@enum.unique
class Fault(enum.Enum):
    """单项否决情形. The value is the word people read."""

    NOT_OPEN = "网站打不开"
    HOME_STALE = "首页长期未更新"
    NEWS_STALE = "动态、通知、政策类栏目长期未更新"
    OTHERS_STALE = "其他栏目长期未更新"
    BLANK = "空白栏目"
    LETTERS = "留言长期未答复"
    FAKED_DATE = "伪造发稿日期"


@enum.unique
class Reach(enum.Enum):
    """预演结果. The value is the word people read."""

    REACHED = "达到否决线"
    HINT = "可能达到，请人工核实"
    CLEAR = "未达到"
    UNKNOWN = "不能断定"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsing:
    """预演口径: every threshold."""

    schools: bool = False  # also ask units that are no government sites
    visits_days: int = 7
    visits_a_day: int = 20  # that an inspection makes; with fewer there is only a hint
    failed_percent: float = 5
    home_days: int = 14
    news_columns: tuple[str, ...] = ("news", "press")
    news_days: int = 14
    policy_columns: tuple[str, ...] = ("notices", "policy", "normative-documents")
    policy_months: int = 6
    news_count: int = 5
    other_months: int = 12
    other_count: int = 10
    blank_count: int = 5
    letter_months: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """已知访问: nights on which a site was tried, and those on which nothing of it opened."""

    made: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """预演的一项: how a unit stands to one fault. ``value`` is empty where nothing is known."""

    fault: Fault
    reach: Reach
    value: str = ""  # as seen
    limit: str = ""  # from where the fault begins
    note: str = ""


def concerns(unit: Unit, rules: Rehearsing) -> bool:
    """Whether the thresholds are asked of a unit: they bind government sites."""
    is_bound = UnitType.BUREAU in unit.types or unit.traits.get(Trait.GOVERNMENT_SITE) is True
    return is_bound or rules.schools


def rehearsed(
    case: Case,
    rules: Rehearsing,
    on: Moment,
    *,
    visits: Visits = Visits(),
    letter_on: date | None = None,
) -> tuple[Rehearsed, ...]:
    """Hold one unit against every fault.

    ``case`` holds the last good look at each column; ``letter_on`` is the day of the oldest letter
    without an answer, where a person told it.
    """
    columns = _Columns.of(case)
    return (
        _not_open(visits, rules),
        _home(columns, rules, on),
        _counted(
            Fault.NEWS_STALE,
            [
                *columns.stale(rules.news_columns, on.today - timedelta(days=rules.news_days)),
                *columns.stale(rules.policy_columns, months_later(on.today, -rules.policy_months)),
            ],
            columns.unread({*rules.news_columns, *rules.policy_columns}),
            rules.news_count,
        ),
        _others(columns, rules, on),
        _counted(Fault.BLANK, columns.blank, columns.unread(columns.all), rules.blank_count),
        _letters(letter_on, rules, on),
        _faked(case),
    )


# --- columns ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns a unit owes, as they were seen last."""

    case: Case
    all: frozenset[str]
    recurring: frozenset[str]

    @classmethod
    def of(cls, case: Case) -> _Columns:
        owed = [
            obligation.requirement
            for obligation, _ in case.judged
            if obligation.waiver is None
            and obligation.unknown_trait is None
            and obligation.unit.code not in obligation.requirement.switched_off
        ]
        return cls(
            case=case,
            all=frozenset(column for one in owed for column in one.columns),
            recurring=frozenset(
                column
                for one in owed
                if any(isinstance(limit, _RECURRING) for limit in one.limits)
                for column in one.columns
            ),
        )

    def read(self, column: str) -> Observation | None:
        """The look at a column, if it proves anything and entries were listed."""
        look = self.case.looks.get(column)
        is_listed = look is not None and look.outcome is Outcome.OPENED
        return look if is_listed and look and doubt(look, str) is None else None

    def stale(self, columns: Sequence[str], since: date) -> list[str]:
        """The names of those whose newest day is before ``since``; without a day it is not new."""
        found = []
        for column in columns:
            look = self.read(column) if column in self.all else None
            if look is not None and (newest := _newest(look)) < since:
                name = self.case.name_of(column)
                is_dated = newest > date.min
                note = VetoNote.STALE_SINCE if is_dated else VetoNote.STALE_UNDATED
                found.append(note.tell(name=name, day=newest))
        return found

    @property
    def blank(self) -> list[str]:
        return [
            self.case.name_of(column)
            for column in sorted(self.all)
            if (look := self.case.looks.get(column)) is not None
            and look.outcome is Outcome.SAYS_EMPTY
            and look.identity_seen
        ]

    def unread(self, columns: frozenset[str] | set[str]) -> int:
        """How many of them nobody can say anything of."""
        return sum(
            1
            for column in columns & self.all
            if (look := self.case.looks.get(column)) is None or doubt(look, str) is not None
        )


def _newest(look: Observation) -> date:
    return max((one.day for one in look.documents if one.day is not None), default=date.min)


# --- faults ----------------------------------------------------------------------------


def _not_open(visits: Visits, rules: Rehearsing) -> Rehearsed:
    limit = VetoNote.FAILED_LIMIT.tell(percent=f"{rules.failed_percent:g}")
    if not visits.made:
        note = VetoNote.NO_VISITS.tell(days=rules.visits_days)
        return Rehearsed(fault=Fault.NOT_OPEN, reach=Reach.UNKNOWN, limit=limit, note=note)
    share = 100 * visits.failed / visits.made
    needed = rules.visits_days * rules.visits_a_day
    is_enough = visits.made >= needed
    is_reached = share >= rules.failed_percent
    if is_reached:
        reach = Reach.REACHED if is_enough else Reach.HINT
    else:
        reach = Reach.CLEAR if is_enough else Reach.UNKNOWN
    return Rehearsed(
        fault=Fault.NOT_OPEN,
        reach=reach,
        value=VetoNote.FAILED.tell(made=visits.made, failed=visits.failed, percent=f"{share:.1f}"),
        limit=limit,
        note="" if is_enough else VetoNote.FEW_VISITS.tell(needed=needed),
    )


def _home(columns: _Columns, rules: Rehearsing, on: Moment) -> Rehearsed:
    """The home page is not read: the newest entry of all columns stands for it."""
    limit = VetoNote.HOME_LIMIT.tell(days=rules.home_days)
    newest = max(
        (_newest(look) for column in columns.all if (look := columns.read(column))),
        default=date.min,
    )
    if newest == date.min:
        return Rehearsed(fault=Fault.HOME_STALE, reach=Reach.UNKNOWN, limit=limit)
    days = (on.today - newest).days
    if days <= rules.home_days:
        reach = Reach.CLEAR
    else:
        reach = Reach.UNKNOWN if columns.unread(columns.all) else Reach.HINT
    return Rehearsed(
        fault=Fault.HOME_STALE,
        reach=reach,
        value=VetoNote.NEWEST.tell(day=newest, days=days),
        limit=limit,
        note=VetoNote.HOME_NOT_READ.tell(),
    )


def _others(columns: _Columns, rules: Rehearsing, on: Moment) -> Rehearsed:
    own = columns.recurring - {*rules.news_columns, *rules.policy_columns}
    since = months_later(on.today, -rules.other_months)
    stale = columns.stale(sorted(own), since)
    return _counted(Fault.OTHERS_STALE, stale, columns.unread(own), rules.other_count)


def _counted(fault: Fault, found: Sequence[str], unread: int, limit: int) -> Rehearsed:
    """So many columns make the fault; those that were not read may be any of them."""
    if len(found) >= limit:
        reach = Reach.REACHED
    else:
        reach = Reach.UNKNOWN if len(found) + unread >= limit else Reach.CLEAR
    notes = [VetoNote.LEFT.tell(count=limit - len(found))] if len(found) < limit else []
    notes += [VetoNote.UNREAD.tell(count=unread)] if unread else []
    names = "、".join(found[:_NAMED])
    more = VetoNote.MORE.tell(count=len(found)) if len(found) > _NAMED else ""
    return Rehearsed(
        fault=fault,
        reach=reach,
        value=VetoNote.COLUMNS.tell(count=len(found)) + (f"：{names}{more}" if names else ""),
        limit=VetoNote.COLUMNS_LIMIT.tell(count=limit),
        note="；".join(notes),
    )


def _letters(letter_on: date | None, rules: Rehearsing, on: Moment) -> Rehearsed:
    limit = VetoNote.LETTER_LIMIT.tell(months=rules.letter_months)
    if letter_on is None:
        note = VetoNote.LETTERS_UNSEEN.tell()
        return Rehearsed(fault=Fault.LETTERS, reach=Reach.UNKNOWN, limit=limit, note=note)
    last = months_later(letter_on, rules.letter_months)
    return Rehearsed(
        fault=Fault.LETTERS,
        reach=Reach.REACHED if on.today > last else Reach.CLEAR,
        value=VetoNote.LETTER.tell(day=letter_on, days=(on.today - letter_on).days),
        limit=limit,
        note="" if on.today > last else VetoNote.LETTER_LEFT.tell(day=last),
    )


def _faked(case: Case) -> Rehearsed:
    """A day well before a night that did not see the entry: for a person, never more."""
    found = list(_backdated(case))
    shown = "；".join(found[:1])
    return Rehearsed(
        fault=Fault.FAKED_DATE,
        reach=Reach.HINT if found else Reach.CLEAR,
        value=VetoNote.ENTRIES.tell(count=len(found)) + (f"：{shown}" if shown else ""),
        limit=VetoNote.FAKED_LIMIT.tell(),
        note=VetoNote.FAKED_NOTE.tell(),
    )


def _backdated(case: Case) -> Iterator[str]:
    seen = set()
    for _, look in case.read:
        for one in look.documents:
            if is_backdated(one) and one.url not in seen:
                seen.add(one.url)
                facts = {"day": one.day, "absent": one.last_absent_on}
                yield VetoNote.BACKDATED.tell(title=one.title, **facts)
