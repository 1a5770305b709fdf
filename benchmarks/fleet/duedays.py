"""到期日的对账: every due day that a verdict states, beside the one of the independent table.

The table is ``duties`` with ``almanac``: closing days of editions, ends of periods, terms after an
event or a paper, the day on which the newest entry grows too old.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from benchmarks.fleet import almanac
from benchmarks.fleet.duties import PARTNER, due_days, event_due
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import Place
from monitor.store import reading, tables

_DOC_NO = re.compile(r"望小〔\d{4}〕\d+号")
#: what says that a day has passed; all else that names one says that it is still to come
_PASSED = frozenset(
    {"EDITION_MISSING", "OUTER_PASSED", "EVENT_OVERDUE", "PAIR_MISSING", "DEFAULT_NOT_ACCEPTED"}
)
_LATE = "FOUND_LATE"
_YEARS = 400


@dataclass(kw_only=True)
class DueDays:
    """对账 of a run, night after night."""

    truth: Truth
    stated: int = 0
    wrong: list[str] = field(default_factory=list)

    def look(self, store: sa.Engine, night: int, shown: date) -> None:
        """Take in what the verdicts of a night say; ``shown``: its day by the office's clock."""
        judged = tables.assessments.c
        query = sa.select(judged.unit, judged.requirement, judged.because, judged.facts).where(
            judged.latest, judged.last_assessed_on == shown, judged.facts.like('%"due"%')
        )
        with reading(store) as memory:
            for unit, requirement, because, told in memory.execute(query):
                facts = json.loads(told)["of"]
                due = _day(facts["due"])
                place = self.truth.places[unit, requirement]
                expected = self._expected(place, because, facts, night, shown.toordinal())
                self.stated += 1
                if due not in expected:
                    self.wrong.append(
                        f"{unit} {requirement} {shown} {because} {date.fromordinal(due)}, by the"
                        f" table {[str(date.fromordinal(one)) for one in sorted(expected)[:3]]}"
                    )

    def told(self) -> dict[str, object]:
        return {
            "due_days_stated": self.stated,
            "due_days_wrong": len(self.wrong),
            "due_examples": self.wrong[:5],
        }

    def _expected(
        self, place: Place, because: str, facts: dict[str, Any], night: int, on: int
    ) -> set[int]:
        """The one day that the table gives; several where a look was not clear."""
        duty, column = self.truth.world.duties[place[1]], self.truth.world.columns[place]
        is_past = because in _PASSED
        if duty is PARTNER:
            return self._of_papers(place[0], because, facts)
        if duty.is_yearly:
            days = due_days(duty, on - _YEARS, on + _YEARS)
            is_over = is_past or because == _LATE
            before = [day for day in days if day < on]
            return {max(before)} if is_over else {min(day for day in days if day >= on)}
        if duty.kind == "after_event":
            known = [event for event in column.events if event <= on]
            if "event_day" in facts:
                known = [event for event in known if event == _day(facts["event_day"])]
            return {event_due(duty, max(known))} if known else set()
        if duty.kind == "periodic":
            last = almanac.last_closed(duty.every, on)[1]
            is_waiting = last < on <= last + duty.grace
            running = almanac.period_of(duty.every, on)[1]
            return {last + duty.grace, running} if is_waiting else {running}
        if duty.kind == "notice_period":
            claimed = {one.claimed for one in column.entries}
            day = _day(facts["published"])
            return {almanac.workdays_after(day, duty.days)} if day in claimed else set()
        return self._too_old(place, night, on) if duty.age else set()

    def _of_papers(self, unit: int, because: str, facts: dict[str, Any]) -> set[int]:
        pairs = [one for one in self.truth.world.pairs if one.unit == unit]
        if because == _LATE:
            return {one.due for one in pairs if one.followed and one.followed > one.due}
        named = _DOC_NO.findall(str(facts["trigger"]))
        return {one.due for one in pairs if one.doc_no in named}

    def _too_old(self, place: Place, night: int, on: int) -> set[int]:
        """When the newest entry is too old: the newest of those shown, where they were seen."""
        duty, column = self.truth.world.duties[place[1]], self.truth.world.columns[place]
        shown = column.shown(night)
        is_plain = not any(one.sham for one in column.entries)
        if is_plain and self.truth.is_clear(*place, night) and not column.fault(night):
            days = [
                one.claimed
                for one in shown
                if one.claimed is not None
                and one.claimed <= on + 1
                and not one.is_filler
                and not _is_near(duty.near, one.title)
            ]
            return _both(almanac.age_after(max(days), duty.age), duty.grace) if days else set()
        return {
            day
            for one in column.entries
            if one.claimed
            for day in _both(almanac.age_after(one.claimed, duty.age), duty.grace)
        }


def _is_near(near: str, title: str) -> bool:
    return bool(near) and near in title


def _both(day: int, grace: int) -> set[int]:
    """The day, and the last day of the grace after it, which is told once it has begun."""
    return {day, day + grace}


def _day(said: dict[str, str]) -> int:
    return date.fromisoformat(said["day"]).toordinal()
