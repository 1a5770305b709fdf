"""节假日: chinesecalendar, corrected by calendar files → the :class:`WorkCalendar` of some years.

The only home of chinesecalendar. A year it knows nothing about is left uncovered, so that what
is counted in it is marked provisional; the days off that stand in the holiday regulation with
a fixed date are off all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Literal

from chinese_calendar import constants

from monitor.wording import Mistake, Refusal, Slip
from monitor.workdays import Span, WorkCalendar
from monitor.yamlfile import Day, Node, Parsed, Text, check, parse, read, shape

#: 全国年节及纪念日放假办法: the days off whose date does not follow the moon
FIXED_DAYS_OFF = {
    (1, 1): constants.Holiday.new_years_day,
    **dict.fromkeys(((5, 1), (5, 2)), constants.Holiday.labour_day),
    **dict.fromkeys(((10, 1), (10, 2), (10, 3)), constants.Holiday.national_day),
}


@shape
class NoticeEntry:
    """通知: the days it moves; ``year``: the year it arranges as a whole."""

    title: Text
    days: Mapping[Day, Literal["work", "off"]]
    year: int | None = None


@shape
class SpanEntry:
    """假期、考试: both days belong to it."""

    label: Text
    from_: Day
    to: Day


@shape
class CalendarFile:
    """日历文件."""

    notices: tuple[NoticeEntry, ...] = ()
    vacations: tuple[SpanEntry, ...] = ()
    exams: tuple[SpanEntry, ...] = ()


@dataclass(slots=True)
class _Days:
    """What is known so far; later files win."""

    special: dict[date, bool] = field(default_factory=dict)  # True: worked
    covered: set[int] = field(default_factory=set)
    names: dict[date, str] = field(default_factory=dict)  # of days off
    vacations: list[Span] = field(default_factory=list)
    exams: list[Span] = field(default_factory=list)
    labels: dict[Span, str] = field(default_factory=dict)


def calendar(first_year: int, last_year: int, extra: Path | None = None) -> WorkCalendar:
    """The working days of the years from ``first_year`` to ``last_year``.

    ``extra`` is the office's own calendar file; it goes before the one that comes with the
    program, which goes before chinesecalendar. Mistakes in a file raise, all at once.
    """
    days = _Days()
    years = range(first_year, last_year + 1)
    for year in years:
        for (month, day), fixed in FIXED_DAYS_OFF.items():
            days.special[date(year, month, day)] = False
            days.names[date(year, month, day)] = fixed.chinese
    known = {day.year for day in constants.holidays}
    days.covered |= known & set(years)
    for off, holiday in constants.holidays.items():
        if off.year in years:
            days.special[off] = False
            days.names[off] = constants.Holiday(holiday).chinese
    days.special |= {day: True for day in constants.workdays if day.year in years}
    shipped = resources.files("monitor").joinpath("data", "calendar.yaml")
    _add(days, parse(shipped.read_text(encoding="utf-8"), path="calendar.yaml"))
    if extra is not None:
        _add(days, read(extra))
    special = {day: worked for day, worked in days.special.items() if day.year in years}
    covered = frozenset(year for year in days.covered if year in years)
    vacations, exams = (tuple(sorted(set(spans))) for spans in (days.vacations, days.exams))
    return WorkCalendar(special, covered, vacations, exams, names=days.names, labels=days.labels)


def _add(days: _Days, parsed: Parsed) -> None:
    mistakes = list(parsed.mistakes)
    if parsed.root is not None:
        file, wrong = check(parsed.root, CalendarFile)
        mistakes += wrong
        if file is not None:
            mistakes += _bad_days(_nodes(parsed.root, "notices"), file.notices)
            mistakes += _bad_spans(_nodes(parsed.root, "vacations"), file.vacations)
            mistakes += _bad_spans(_nodes(parsed.root, "exams"), file.exams)
            for notice in file.notices:
                days.special |= {day: kind == "work" for day, kind in notice.days.items()}
                moved = (day for day, kind in notice.days.items() if kind == "off")
                days.names = dict.fromkeys(moved, notice.title) | days.names
                days.covered |= {notice.year} if notice.year else set()
            days.vacations += [(span.from_, span.to) for span in file.vacations]
            days.exams += [(span.from_, span.to) for span in file.exams]
            spans = (*file.vacations, *file.exams)
            days.labels |= {(span.from_, span.to): span.label for span in spans}
    if mistakes:
        raise Refusal.CALENDAR.listing(mistakes)


def _nodes(root: Node, key: str) -> tuple[Node, ...]:
    node = root.get(key)
    return node.items if node else ()


def _bad_days(nodes: Sequence[Node], notices: Sequence[NoticeEntry]) -> Iterator[Mistake]:
    first: dict[date, int] = {}
    for node, notice in zip(nodes, notices, strict=True):
        place = node.get("days") or node
        for day in notice.days:
            key = day.isoformat()
            if day in first:
                yield place.mistake(Slip.DAY_TWICE, key=key, day=key, first=first[day])
            elif notice.year and day.year not in (notice.year, notice.year - 1):
                yield place.mistake(Slip.DAY_OUTSIDE_YEAR, key=key, day=key, year=notice.year)
            first.setdefault(day, place.keys[key].line if key in place.keys else place.line)


def _bad_spans(nodes: Sequence[Node], spans: Sequence[SpanEntry]) -> Iterator[Mistake]:
    for node, span in zip(nodes, spans, strict=True):
        if span.to < span.from_:
            yield node.mistake(Slip.SPAN_BACKWARDS, key="to", to=span.to, given=span.from_)
