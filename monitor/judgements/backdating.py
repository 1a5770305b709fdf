"""倒签、改签、突击补发: days that earlier nights speak against, and what comes all at once. Pure.

Such a remark is as good as the night it rests on. ``Document.last_absent_on`` is only set where one
that counts read this very list that far without the entry (``monitor/ledger/absence.py``); nothing
is told of what an office registered as the moving of a site. For the officer alone: a false date is
a fault that costs a unit everything, so a person looks before anyone says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from monitor.dating import TOLERANCE, is_backdated
from monitor.judgements.case import Case
from monitor.model import ColumnPast, Document, Moment, Observation, Remark, RemarkKind
from monitor.timelimits import ColumnMaxAge, Periodic
from monitor.triggers import INSPECTION, MIGRATION
from monitor.wording import Dated, Noticed

#: what came longer ago was told when it came
TOLD_SINCE: Final = timedelta(days=30)
#: how far back a column must be known: the quiet time with the longest vacation in it
PAST_SINCE: Final = timedelta(days=200)
#: entries that make a burst; schools put up two or three together every week
_BURST: Final = 5
_AT_ONCE: Final = timedelta(days=3)
#: days outside vacations without a new entry
_QUIET: Final = 60
#: working days between a burst and what it may have been for
_NEAR: Final = 10
#: a site is moved in the course of so many days, before or after the day that was registered
_MOVING: Final = timedelta(days=30)
#: a list of which so many entries, and most, bear other days at once was made anew
_REBUILT: Final = 5
_NAMED: Final = 20
_DAY: Final = timedelta(days=1)


def asked(looks: Mapping[str, Observation], on: Moment) -> frozenset[str]:
    """The columns whose past must be known to say anything of tonight's looks at a unit."""
    return frozenset(
        column
        for column, look in looks.items()
        if any(_is_fresh(one, on) and is_backdated(one) for one in look.documents)
        or sum(_is_fresh(one, on) and _is_proven_new(one) for one in look.documents) >= _BURST
    )


def bears_earlier_days(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what bears a day well before a night that did not see it, by column and arrival."""
    for column, look in case.read:
        past = case.pasts.get(column)
        if past is None:
            continue
        arrived: defaultdict[date, list[Document]] = defaultdict(list)
        for document in look.documents:
            if (
                is_backdated(document)
                and _is_fresh(document, on)
                and _workdays_late(document, on) > 0
                and not _is_moving(case, document.first_seen_on)
            ):
                assert document.first_seen_on is not None
                arrived[document.first_seen_on].append(document)
        for first, late in arrived.items():
            facts = {
                "first": _first_counted(first, past, on),
                "count": len(late),
                "entries": _told([_late(one, on) for one in late]),
            }
            kind = RemarkKind.BACKDATED
            yield _remark(case, column, look, kind, Noticed.BACKDATED, first, facts)


def bears_other_days(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield what bears another day than the same words bore before, by column and new day.

    A day that is that of tonight may be one that the page prints anew each night.
    """
    for column, look in case.read:
        changed: defaultdict[date, list[Document]] = defaultdict(list)
        for document in look.documents:
            if _has_other_day(document, on) and not _was_moved(case, document, on):
                assert document.day is not None
                changed[document.day].append(document)
        count = sum(map(len, changed.values()))
        if count >= _REBUILT and 2 * count > len(look.documents):
            continue
        for day, documents in changed.items():
            facts = {
                "day": day,
                "count": len(documents),
                "entries": _told([_was(one) for one in documents]),
            }
            yield _remark(case, column, look, RemarkKind.REDATED, Noticed.REDATED, day, facts)


def published_at_once(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield many entries that come to a column together after a long time without any.

    Only where entries are owed all the time: what is owed once a year comes at once.
    """
    running = _running_columns(case)
    for column, look in case.read:
        past = case.pasts.get(column)
        if past is None or column not in running:
            continue
        new = [
            (one.first_seen_on, one.last_absent_on)
            for one in look.documents
            if _is_fresh(one, on) and _is_proven_new(one) and one.first_seen_on
        ]
        for first in sorted({day for day, _ in new}):
            burst = [absent for day, absent in new if first <= day < first + _AT_ONCE]
            quiet = _quiet_since(first, past, on)
            if len(burst) >= _BURST and quiet is not None and not _is_moving(case, first):
                facts = {
                    "first": _first_counted(first, past, on),
                    "count": len(burst),
                    "quiet_since": quiet,
                    "read": min(filter(None, burst)),
                    "near": _near(case, first, on),
                }
                yield _remark(case, column, look, RemarkKind.BURST, Noticed.BURST, first, facts)


# --- one entry -------------------------------------------------------------------------


def _is_fresh(document: Document, on: Moment) -> bool:
    first = document.first_seen_on
    return first is not None and first >= on.today - TOLD_SINCE


def _is_proven_new(document: Document) -> bool:
    """Whether a night shortly before the first that saw it had read the list without it."""
    first, absent = document.first_seen_on, document.last_absent_on
    return first is not None and absent is not None and first - absent <= _AT_ONCE


def _workdays_late(document: Document, on: Moment) -> int:
    """The least number of working days it came after the day it bears."""
    assert document.day is not None
    assert document.last_absent_on is not None
    return on.calendar.workdays_between(document.day, document.last_absent_on)


def _late(document: Document, on: Moment) -> str:
    """Where holidays are not known, working days would be too many: days are told, then."""
    day, absent = document.day, document.last_absent_on
    assert day is not None
    assert absent is not None
    if on.calendar.is_provisional(day, absent):
        late = Dated.DAYS.tell(count=(absent - day).days)
    else:
        late = Dated.WORKDAYS.tell(count=_workdays_late(document, on))
    return Dated.LATE.tell(title=document.title, day=day, absent=absent, late=late)


def _has_other_day(document: Document, on: Moment) -> bool:
    day, before = document.day, document.redated_from
    if day is None or before is None or day >= on.today:
        return False
    return abs(day - before) > TOLERANCE


def _was(document: Document) -> str:
    return Dated.WAS.tell(
        title=document.title, before=document.redated_from, since=document.unchanged_since
    )


# --- one column ------------------------------------------------------------------------


def _running_columns(case: Case) -> frozenset[str]:
    """The columns in which something new is owed again and again."""
    return frozenset(
        column
        for owed, _ in case.judged
        if any(isinstance(limit, ColumnMaxAge | Periodic) for limit in owed.requirement.limits)
        for column in owed.requirement.columns
    )


def _quiet_since(first: date, past: ColumnPast, on: Moment) -> date | None:
    """Since when nothing new had come by the night ``first``; None: not for long enough.

    Or nobody knows: it was not known so long, or stood elsewhere, or was made by another system.
    """
    start, left = first, _QUIET
    while left:
        start -= _DAY
        left -= not on.calendar.is_vacation(start)
    if past.same_since is None:
        return None
    last = max((past.same_since, *(day for day in past.arrivals if day < first)))
    return last if last <= start else None


def _first_counted(first: date, past: ColumnPast, on: Moment) -> date:
    """The first night that counts and saw what came by the night ``first``."""
    return next((night for night in past.nights if night >= first), on.today)


def _near(case: Case, first: date, on: Moment) -> str:
    """What a burst may have been for: the end of a quarter, or an inspection that was announced."""
    if found := _nearest(first, case.days_of(INSPECTION), on):
        return Dated.NEAR_INSPECTION.tell(day=found)
    if found := _nearest(first, _quarter_ends(first), on):
        return Dated.NEAR_QUARTER.tell(day=found)
    return ""


def _nearest(first: date, days: Iterable[date], on: Moment) -> date | None:
    apart = on.calendar.workdays_between
    return next((day for day in days if apart(min(first, day), max(first, day)) <= _NEAR), None)


def _quarter_ends(day: date) -> Iterator[date]:
    """The end of the quarter a day lies in, and of the one before."""
    month = (day.month - 1) // 3 * 3 + 1
    yield date(day.year + month // 10, (month + 3) % 12, 1) - _DAY
    yield date(day.year, month, 1) - _DAY


# --- the unit --------------------------------------------------------------------------


def _is_moving(case: Case, day: date | None) -> bool:
    """Whether the unit's site was being moved about that day, as the office knew."""
    moved = case.days_of(MIGRATION)
    return day is not None and any(abs(day - one) <= _MOVING for one in moved)


def _was_moved(case: Case, document: Document, on: Moment) -> bool:
    """Whether the site was moved since the words were first seen: that changes days."""
    since = document.unchanged_since or date.min
    return any(since <= day <= on.today + _MOVING for day in case.days_of(MIGRATION))


def _told(entries: Sequence[str]) -> str:
    more = [Dated.MORE.tell(count=len(entries) - _NAMED)] if len(entries) > _NAMED else []
    return "；".join((*entries[:_NAMED], *more))


def _remark(
    case: Case,
    column: str,
    look: Observation,
    kind: RemarkKind,
    because: Noticed,
    day: date,
    facts: Mapping[str, object],
) -> Remark:
    return Remark(
        unit=case.unit.code,
        kind=kind,
        because=because,
        facts={"column": case.name_of(column), **facts},
        column=column,
        subject=day.isoformat(),
        page=look.address,
        evidence=look.evidence,
    )
