"""Complete objects for tests; only the point of a test needs spelling out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor.model import (
    Assessment,
    Basis,
    Column,
    Coverage,
    DateSource,
    Document,
    Finding,
    Grounds,
    Match,
    Moment,
    Obligation,
    Observation,
    Outcome,
    PublishDate,
    Reading,
    Requirement,
    State,
    Status,
    Trait,
    Unit,
    UnitType,
    Waiver,
)
from monitor.periods import Age, MonthDay
from monitor.timelimits import Standing
from monitor.wording import Because
from monitor.workdays import WorkCalendar

TODAY = date(2026, 11, 23)  # a Monday

#: what differs from Monday to Friday, from the State Council's notices for 2025 and 2026
_OFF = {
    2025: "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}
_WORKED = {
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}


def _days(year: int, spans: str) -> list[date]:
    days = []
    for span in spans.split():
        first, last = (span + "-" + span).split("-")[:2]
        day = date(year, int(first[:2]), int(first[2:]))
        while day <= date(year, int(last[:2]), int(last[2:])):
            days.append(day)
            day += timedelta(days=1)
    return days


SPECIAL = {day: False for year, spans in _OFF.items() for day in _days(year, spans)} | {
    day: True for year, spans in _WORKED.items() for day in _days(year, spans)
}
VACATIONS = ((date(2026, 1, 24), date(2026, 3, 1)), (date(2026, 7, 4), date(2026, 8, 31)))
CALENDAR = WorkCalendar(SPECIAL, covered=frozenset({2025, 2026}), vacations=VACATIONS)

WHOLE = Coverage(pages=1, entries=20, to_end=True)


def moment(today: date = TODAY, **changes: Any) -> Moment:
    return Moment(today=today, **{"calendar": CALENDAR} | changes)


def unit(**changes: Any) -> Unit:
    return Unit(
        **{
            "code": "P-01",
            "name": "青石县实验小学",
            "short_name": "实验小学",
            "types": frozenset({UnitType.PRIMARY}),
            "traits": dict.fromkeys(Trait, False),
            "home": "http://school.example/",
        }
        | changes
    )


def column(**changes: Any) -> Column:
    return Column(**{"id": "fees", "name": "收费信息", "aliases": ("收费公示",)} | changes)


def standing(**changes: Any) -> Standing:
    return Standing(**{"grounds": Grounds.LAW} | changes)


def requirement(**changes: Any) -> Requirement:
    return Requirement(
        **{
            "id": "S-11",
            "name": "教育收费公示",
            "applies_to": frozenset({UnitType.PRIMARY}),
            "columns": ("fees",),
            "match": Match(any=("收费",), none=("解读",), near=("缴费",)),
            "limits": (standing(),),
            "basis": (Basis(title="教育收费公示制度"),),
        }
        | changes
    )


def document(
    title: str = "2026年秋季收费公示", on: date | str | None = TODAY, **changes: Any
) -> Document:
    """A document published ``on`` a day (ISO text will do); None: undated."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    published = day and PublishDate(day=day, source=DateSource.LIST, text=str(day))
    return Document(
        **{
            "url": f"http://school.example/{title}-{day}.htm",
            "title": title,
            "published": published,
            "reading": Reading.WHOLE,
        }
        | changes
    )


def observation(*documents: Document, **changes: Any) -> Observation:
    """A column that was opened, is the unit's own, and was read to its end."""
    return Observation(
        **{
            "unit": "P-01",
            "column": "fees",
            "outcome": Outcome.OPENED,
            "address": "http://school.example/fees/",
            "documents": documents,
            "coverage": WHOLE,
            "identity_seen": True,
        }
        | changes
    )


def obligation(**changes: Any) -> Obligation:
    return Obligation(
        **{"unit": unit(), "requirement": requirement(), "period": "", "columns": (column(),)}
        | changes
    )


def waiver(**changes: Any) -> Waiver:
    return Waiver(
        **{
            "unit": "P-01",
            "requirement": "S-11",
            "ground": "C3",
            "reason": "本校不收费",
            "proposed_by": "王老师",
            "approved_by": "李科长",
        }
        | changes
    )


def assessment(**changes: Any) -> Assessment:
    return Assessment(
        **{
            "unit": "P-01",
            "requirement": "S-11",
            "period": "",
            "status": Status.MISSING,
            "because": Because.NONE_IN_WINDOW,
            "assessed_on": TODAY,
        }
        | changes
    )


def finding(**changes: Any) -> Finding:
    return Finding(
        **{
            "number": "2026-0001",
            "unit": "P-01",
            "requirement": "S-11",
            "period": "",
            "status": Status.MISSING,
            "state": State.DETECTED,
            "first_seen_on": TODAY,
            "last_seen_on": TODAY,
            "sighted_at": datetime(2026, 11, 23, 15, tzinfo=UTC),
        }
        | changes
    )


def md(text: str) -> MonthDay:
    return MonthDay.parse(text)


def age(text: str) -> Age:
    return Age.parse(text)
