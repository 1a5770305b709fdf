"""判断所据 ⇄ 文本: what a scan was judged by, part by part, each a text that is kept once.

The texts are canonical: the same part gives the same text, and so the same digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from monitor.catalog import load_texts
from monitor.model import (
    Claim,
    Event,
    Given,
    Moment,
    Status,
    Uncounted,
    Verification,
    Waiver,
)
from monitor.plain import day_of, iso
from monitor.store import tables
from monitor.store.rows.frozen import as_row, frozen, thawed
from monitor.store.rows.judged import verification, verification_row
from monitor.store.rows.lists import event, event_row, unit, unit_row
from monitor.workdays import WorkCalendar

#: the parts, and what people call them
PARTS: Final[Mapping[str, str]] = {
    "night": "当晚的设置",
    "rules": "应公开目录",
    "calendar": "日历",
    "units": "单位清单",
    "events": "事件登记",
    "waivers": "不涉及",
    "answers": "人工核实",
    "claims": "已确认的问题",
}


def given_texts(given: Given) -> dict[str, str]:
    """The text of each part."""
    night = {
        "on": given.moment.today.isoformat(),
        "soon_days": given.moment.soon_days,
        "scope": _scope(given),
        "without": sorted(given.without),
        "failing": sorted(given.failing),
        "void": list(given.uncounted.scans),
        "held": [[scan, list(units)] for scan, units in given.uncounted.units],
        "reader": given.reader,
        "program": given.program,
    }
    return {
        "night": _text(night),
        "rules": _text([list(file) for file in given.catalog.files]),
        "calendar": calendar_text(given.moment.calendar),
        "units": "\n".join(frozen(unit_row(one)) for one in given.units),
        "events": "\n".join(frozen(event_row(one)) for one in given.events),
        "waivers": "\n".join(map(_waiver_text, given.waivers)),
        "answers": "\n".join(
            frozen(verification_row(said) | {"listed": listed}) for said, listed in given.answers
        ),
        "claims": "\n".join(map(_claim_text, given.claims)),
    }


def whose_text(given: Given) -> str:
    """What tells the judgings of one scan apart."""
    return _text([_scope(given), sorted(given.without)])


def _scope(given: Given) -> dict[str, list[str]]:
    return {name: list(said) for name, said in sorted(given.scope.items())}


def given_of(texts: Mapping[str, str]) -> Given:
    """What these texts tell; a part that is not there raises KeyError."""
    night = json.loads(texts["night"])
    on = date.fromisoformat(night["on"])
    units = tuple(unit(as_row(tables.units, thawed(line))) for line in _lines(texts, "units"))
    return Given(
        moment=Moment(
            today=on,
            calendar=WorkCalendar.of_plain(json.loads(texts["calendar"])),
            soon_days=night["soon_days"],
        ),
        catalog=load_texts(
            [(name, text) for name, text in json.loads(texts["rules"])], on=on, units=units
        ),
        units=units,
        events=tuple(map(_event, _lines(texts, "events"))),
        waivers=tuple(map(_waiver, _lines(texts, "waivers"))),
        answers=tuple(map(_answer, _lines(texts, "answers"))),
        scope={name: tuple(said) for name, said in night["scope"].items()},
        without=frozenset(night["without"]),
        failing=frozenset(night["failing"]),
        uncounted=Uncounted(
            scans=tuple(night["void"]),
            units=tuple((scan, tuple(units)) for scan, units in night["held"]),
        ),
        claims=tuple(map(_claim, _lines(texts, "claims"))),
        reader=night["reader"],
        program=night["program"],
    )


def calendar_text(calendar: WorkCalendar) -> str:
    """All that a calendar knows; its digest tells two calendars apart."""
    return _text(calendar.plain())


def _lines(texts: Mapping[str, str], part: str) -> list[str]:
    return texts[part].split("\n") if texts[part] else []


def _event(line: str) -> Event:
    return event(as_row(tables.events, thawed(line)))


def _answer(line: str) -> tuple[Verification, str]:
    said = thawed(line)
    listed = said.pop("listed")
    return verification(as_row(tables.verifications, said)), listed


def _waiver_text(one: Waiver) -> str:
    return _text(
        [
            one.unit,
            one.requirement,
            one.ground,
            one.reason,
            one.proposed_by,
            one.approved_by,
            iso(one.approved_on),
            iso(one.valid_until),
        ]
    )


def _waiver(line: str) -> Waiver:
    unit, requirement, ground, reason, proposed_by, approved_by, on, until = json.loads(line)
    return Waiver(
        unit=unit,
        requirement=requirement,
        ground=ground,
        reason=reason,
        proposed_by=proposed_by,
        approved_by=approved_by,
        approved_on=day_of(on),
        valid_until=day_of(until),
    )


def _claim_text(one: Claim) -> str:
    return _text(
        [
            one.number,
            one.unit,
            one.requirement,
            one.period,
            one.status.name,
            iso(one.first_seen_on),
        ]
    )


def _claim(line: str) -> Claim:
    number, unit, requirement, period, status, first = json.loads(line)
    return Claim(
        number=number,
        unit=unit,
        requirement=requirement,
        period=period,
        status=Status[status],
        first_seen_on=date.fromisoformat(first),
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
