"""记录与表行: frozen records ⇄ rows, both directions side by side; no database is opened here.

Each ``…_row`` gives the values of a row without its keys of scan and place; each other function
builds a record from a row of its table.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import (
    Assessment,
    Attachment,
    Coverage,
    DateSource,
    Document,
    Duty,
    Event,
    Evidence,
    FileState,
    Finding,
    FindingEvent,
    Move,
    Observation,
    Outcome,
    Person,
    PublishDate,
    Reading,
    Remembered,
    State,
    Status,
    Trait,
    Unit,
    UnitType,
)
from monitor.store.tables import storable
from monitor.wording import Because

#: the values of one row by field name
Values = dict[str, Any]

_OUTCOMES: Final = {outcome.name: outcome for outcome in Outcome}
_SOURCES: Final = {source.name: source for source in DateSource}
_READINGS: Final = {reading.name: reading for reading in Reading}
_NO_COVERAGE: Final = Coverage()
_ROLES: Final = ("contact", "responsible", "reviewer", "publisher")


# --- units, duties, events -------------------------------------------------------------


def unit_row(unit: Unit) -> Values:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "types": _text(sorted(kind.name for kind in unit.types)),
        "parent": unit.parent,
        "traits": _text({trait.name: known for trait, known in unit.traits.items()}),
        "home": unit.home,
        "entrances": _text(dict(unit.entrances)),
        "disclosure_home": unit.disclosure_home,
        "people": _text(
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
        "co_sections": _text(duty.co_sections),
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


# --- what was seen ---------------------------------------------------------------------


def look_row(seen: Observation) -> Values:
    return {
        "unit": seen.unit,
        "column_id": seen.column,
        "outcome": seen.outcome.name,
        "address": seen.address,
        "http_status": seen.http_status,
        "pages": seen.coverage.pages,
        "entries": seen.coverage.entries,
        "since": seen.coverage.since,
        "to_end": seen.coverage.to_end,
        "stopped_by": seen.coverage.stopped_by,
        "identity_seen": seen.identity_seen,
        "unchanged": seen.unchanged,
        "still_linked": seen.still_linked,
        "platform": seen.platform,
        "phrase": seen.phrase,
        "remarks": _list(seen.remarks),
        "evidence": _list(map(_evidence_values, seen.evidence)),
        "seen_at": seen.seen_at,
    }


def look(row: sa.Row[Any], documents: tuple[Document, ...]) -> Observation:
    """A look; ``kept_evidence`` of the row is the text of the look whose pages it rests on."""
    return Observation(
        unit=row.unit,
        column=row.column_id,
        outcome=_OUTCOMES[row.outcome],
        address=row.address or "",
        documents=documents,
        coverage=Coverage(
            pages=row.pages,
            entries=row.entries,
            since=row.since,
            to_end=row.to_end,
            stopped_by=row.stopped_by or "",
        ),
        unchanged=row.unchanged,
        identity_seen=row.identity_seen,
        platform=row.platform or "",
        phrase=row.phrase or "",
        http_status=row.http_status,
        still_linked=row.still_linked,
        remarks=_tuple(row.remarks),
        evidence=_evidences(row.evidence or row.kept_evidence),
        seen_at=row.seen_at,
    )


def document_row(document: Document) -> Values:
    published = document.published
    return {
        "url": document.url,
        "title": storable(document.title),  # compared with the row of the night before
        "published_on": published and published.day,
        "date_source": published and published.source.name,
        "date_text": published and published.text,
        "written_on": document.written_on,
        "publisher": document.publisher,
        "doc_no": document.doc_no,
        "index_no": document.index_no,
        "reading": document.reading.name,
        "elements": _list(sorted(document.elements)),
        "attachments": _list(
            (file.name, file.url, file.state.name) for file in document.attachments
        ),
        "digest": document.digest,
    }


def document(row: sa.Row[Any]) -> Document:
    return Document(
        url=row.url or "",
        title=row.title or "",
        published=_published(row.published_on, row.date_source, row.date_text),
        written_on=row.written_on,
        publisher=row.publisher or "",
        doc_no=row.doc_no or "",
        index_no=row.index_no or "",
        first_seen_on=row.first_seen_on,
        attachments=tuple(
            Attachment(name=name, url=url, state=FileState[state])
            for name, url, state in _tuple(row.attachments)
        ),
        elements=frozenset(_tuple(row.elements)),
        reading=_READINGS[row.reading],
        digest=row.digest or "",
    )


def remembered_row(remembered: Remembered) -> Values:
    return {
        "address": remembered.address,
        "etag": remembered.etag,
        "last_modified": remembered.last_modified,
        "list_digest": remembered.list_digest,
        "signature": remembered.signature,
        "newest": remembered.newest,
        "since": remembered.since,
        "to_end": remembered.to_end,
        "identity_seen": remembered.identity_seen,
    }


def remembered(row: sa.Row[Any]) -> Remembered:
    return Remembered(
        address=row.address or "",
        etag=row.etag or "",
        last_modified=row.last_modified or "",
        list_digest=row.list_digest or "",
        signature=row.signature or "",
        newest=row.newest,
        since=row.since,
        to_end=row.to_end,
        identity_seen=row.identity_seen,
    )


def evidence_row(evidence: Evidence) -> Values:
    return {
        "sha256": evidence.sha256,
        "path": evidence.path,
        "url": evidence.url,
        "http_status": evidence.http_status,
        "fetched_at": evidence.fetched_at,
    }


# --- what was judged -------------------------------------------------------------------


def assessment_row(judged: Assessment) -> Values:
    """All but the interval. Of its documents it keeps what a reader is shown."""
    return {
        "unit": judged.unit,
        "requirement": judged.requirement,
        "period": judged.period,
        "last_assessed_on": judged.assessed_on,
        "status": judged.status.name,
        "because": judged.because.name,
        "late_by": judged.late_by,
        "newest_on": judged.newest_on,
        "page": judged.page,
        "flags": _list(judged.flags),
        "unchecked": _list(judged.unchecked),
        "facts": _text(_fact(judged.facts)) if judged.facts else None,
        "documents": _list(map(_shown, judged.documents)),
        "nearest": _text(_shown(judged.nearest)) if judged.nearest else None,
        "evidence": _list(map(_evidence_values, judged.evidence)),
        "last_verified_on": judged.last_verified_on,
        "catalog_digest": judged.catalog_digest,
    }


def assessment(row: sa.Row[Any]) -> Assessment:
    return Assessment(
        unit=row.unit,
        requirement=row.requirement,
        period=row.period,
        status=Status[row.status],
        because=Because[row.because],
        facts=_facts(json.loads(row.facts)) if row.facts else {},
        late_by=row.late_by,
        documents=tuple(map(_document_shown, _tuple(row.documents))),
        nearest=_document_shown(json.loads(row.nearest)) if row.nearest else None,
        page=row.page or "",
        evidence=_evidences(row.evidence),
        flags=_tuple(row.flags),
        unchecked=_tuple(row.unchecked),
        assessed_on=row.last_assessed_on,
        last_verified_on=row.last_verified_on,
        catalog_digest=row.catalog_digest or "",
    )


def finding_row(finding: Finding) -> Values:
    return {
        "number": finding.number,
        "unit": finding.unit,
        "requirement": finding.requirement,
        "period": finding.period,
        "status": finding.status.name,
        "state": finding.state.name,
        "first_seen_on": finding.first_seen_on,
        "last_seen_on": finding.last_seen_on,
        "last_verified_on": finding.last_verified_on,
        "sightings": finding.sightings,
        "sighted_at": finding.sighted_at,
    }


def finding(row: sa.Row[Any]) -> Finding:
    return Finding(
        number=row.number,
        unit=row.unit,
        requirement=row.requirement,
        period=row.period,
        status=Status[row.status],
        state=State[row.state],
        first_seen_on=row.first_seen_on,
        last_seen_on=row.last_seen_on,
        last_verified_on=row.last_verified_on,
        sightings=row.sightings,
        sighted_at=row.sighted_at,
    )


def finding_event_row(event: FindingEvent) -> Values:
    return {
        "finding": event.finding,
        "move": event.move.name,
        "from_state": event.from_state and event.from_state.name,
        "to_state": event.to_state.name,
        "moved_by": event.by,
        "moved_at": event.at,
        "reason": event.reason,
        "evidence": event.evidence,
    }


def finding_event(row: sa.Row[Any]) -> FindingEvent:
    return FindingEvent(
        finding=row.finding,
        move=Move[row.move],
        from_state=State[row.from_state] if row.from_state else None,
        to_state=State[row.to_state],
        by=row.moved_by,
        at=row.moved_at,
        reason=row.reason or "",
        evidence=row.evidence or "",
    )


# --- small parts -----------------------------------------------------------------------


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _list(values: Iterable[object]) -> str | None:
    """A list as text, None when it is empty: most lists of most rows are."""
    listed = list(values)
    return _text(listed) if listed else None


def _tuple(text: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(text)) if text else ()


def _published(day: date | None, source: str | None, text: str | None) -> PublishDate | None:
    if day is None or source is None:
        return None
    return PublishDate(day=day, source=_SOURCES[source], text=text or "")


def _evidence_values(evidence: Evidence) -> list[object]:
    return [
        evidence.url,
        evidence.fetched_at.isoformat(),
        evidence.http_status,
        evidence.sha256,
        evidence.path,
    ]


def _evidences(text: str | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            url=url,
            fetched_at=datetime.fromisoformat(at),
            http_status=http_status,
            sha256=sha256,
            path=path,
        )
        for url, at, http_status, sha256, path in _tuple(text)
    )


def _shown(document: Document) -> list[object]:
    published = document.published
    return [
        document.url,
        document.title,
        _iso(document.first_seen_on),
        _iso(document.written_on),
        document.reading.name,
        *((published.day.isoformat(), published.source.name, published.text) if published else ()),
    ]


def _document_shown(values: list[Any]) -> Document:
    url, title, first_seen, written, reading, *published = values
    return Document(
        url=url,
        title=title,
        first_seen_on=_day(first_seen),
        written_on=_day(written),
        reading=_READINGS[reading],
        published=_published(_day(published[0]), *published[1:]) if published else None,
    )


def _fact(value: object) -> object:
    """A fact as JSON: a day as ``{"day": …}``, a mapping as ``{"of": …}``, a word as its text."""
    match value:
        case None | str() | int() | float():
            return value
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case enum.Enum():
            return value.value
        case Mapping():
            return {"of": {str(name): _fact(inner) for name, inner in value.items()}}
        case tuple() | list():
            return [_fact(inner) for inner in value]
        case set() | frozenset():
            return sorted(str(_fact(inner)) for inner in value)
    raise TypeError(f"a fact of type {type(value).__name__} cannot be kept")


def _facts(value: Any) -> Any:
    match value:
        case {"at": at}:
            return datetime.fromisoformat(at)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"of": inner}:
            return {name: _facts(fact) for name, fact in inner.items()}
        case list():
            return tuple(map(_facts, value))
    return value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
