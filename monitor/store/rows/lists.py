"""名单 ⇄ 表行: units, duties and events."""

from __future__ import annotations

import json
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import Duty, Event, Person, Trait, Unit, UnitType
from monitor.store.rows.parts import Values, as_text

_ROLES: Final = ("contact", "responsible", "reviewer", "publisher")


def unit_row(unit: Unit) -> Values:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "types": as_text(sorted(kind.name for kind in unit.types)),
        "parent": unit.parent,
        "traits": as_text({trait.name: known for trait, known in unit.traits.items()}),
        "home": unit.home,
        "entrances": as_text(dict(unit.entrances)),
        "disclosure_home": unit.disclosure_home,
        "people": as_text(
            {
                role: [person.name, person.phone, person.mail]
                for role in _ROLES
                if (person := getattr(unit, role)) != Person()
            }
        ),
        "section": unit.section,
        "active": unit.active,
        "note": unit.note,
    }


def unit(row: sa.Row[Any]) -> Unit:
    people = {
        role: Person(name=name, phone=phone, mail=mail)
        for role, (name, phone, mail) in json.loads(row.people).items()
    }
    return Unit(
        code=row.code,
        name=row.name,
        short_name=row.short_name or "",
        types=frozenset(UnitType[name] for name in json.loads(row.types)),
        parent=row.parent or "",
        traits={Trait[name]: known for name, known in json.loads(row.traits).items()},
        home=row.home or "",
        entrances=json.loads(row.entrances),
        disclosure_home=row.disclosure_home or "",
        section=row.section or "",
        active=row.active,
        note=row.note or "",
        **people,
    )


def duty_row(duty: Duty) -> Values:
    return {
        "subject": duty.subject,
        "section": duty.section,
        "co_sections": as_text(duty.co_sections),
        "person": duty.person,
        "reviewer": duty.reviewer,
        "mail": duty.mail,
    }


def duty(row: sa.Row[Any]) -> Duty:
    return Duty(
        subject=row.subject,
        section=row.section,
        co_sections=tuple(json.loads(row.co_sections)),
        person=row.person or "",
        reviewer=row.reviewer or "",
        mail=row.mail or "",
    )


def event_row(event: Event) -> Values:
    return {
        "unit": event.unit,
        "event": event.event,
        "day": event.day,
        "said_by": event.by,
        "doc_no": event.doc_no,
    }


def event(row: sa.Row[Any]) -> Event:
    return Event(
        unit=row.unit,
        event=row.event,
        day=row.day,
        by=row.said_by or "",
        doc_no=row.doc_no or "",
    )
