"""结论 ⇄ 表行: assessments with their facts, findings and their moves, what people said."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from monitor.model import (
    Answer,
    Assessment,
    Document,
    Example,
    Finding,
    FindingEvent,
    Move,
    State,
    Status,
    Verification,
    Waiver,
    WaiverRequest,
)
from monitor.plain import day_of, iso
from monitor.store.rows.frozen import frozen
from monitor.store.rows.parts import (
    READINGS,
    Values,
    as_text,
    evidence_values,
    evidences,
    fact,
    facts,
    list_text,
    listed,
    publish_date,
)
from monitor.wording import Because


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
        "flags": list_text(judged.flags),
        "unchecked": list_text(judged.unchecked),
        "facts": as_text(fact(judged.facts)) if judged.facts else None,
        "documents": list_text(map(_shown, judged.documents)),
        "nearest": as_text(_shown(judged.nearest)) if judged.nearest else None,
        "evidence": list_text(map(evidence_values, judged.evidence)),
        "last_verified_on": judged.last_verified_on,
        "catalog_digest": judged.catalog_digest,
        "calendar_digest": judged.calendar_digest,
        "reader": judged.reader,
    }


def assessment_text(values: Values) -> str:
    """The row of an assessment as one line, the same for the same verdict."""
    return frozen(dict(sorted(values.items())))


def assessment(row: sa.Row[Any]) -> Assessment:
    return Assessment(
        unit=row.unit,
        requirement=row.requirement,
        period=row.period,
        status=Status[row.status],
        because=Because[row.because],
        facts=facts(json.loads(row.facts)) if row.facts else {},
        late_by=row.late_by,
        documents=tuple(map(_document_shown, listed(row.documents))),
        nearest=_document_shown(json.loads(row.nearest)) if row.nearest else None,
        page=row.page or "",
        evidence=evidences(row.evidence),
        flags=listed(row.flags),
        unchecked=listed(row.unchecked),
        assessed_on=row.last_assessed_on,
        last_verified_on=row.last_verified_on,
        catalog_digest=row.catalog_digest or "",
        calendar_digest=row.calendar_digest or "",
        reader=row.reader or "",
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
        "assigned_on": finding.assigned_on,
        "deadline": finding.deadline,
        "good_on": finding.good_on,
        "paused_on": finding.paused_on,
        "resume_on": finding.resume_on,
        "closed_on": finding.closed_on,
        "section": finding.section,
        "fingerprint": finding.fingerprint,
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
        assigned_on=row.assigned_on,
        deadline=row.deadline,
        good_on=row.good_on,
        paused_on=row.paused_on,
        resume_on=row.resume_on,
        closed_on=row.closed_on,
        section=row.section or "",
        fingerprint=row.fingerprint or "",
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
        "address": event.address,
        "ground": event.ground,
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
        address=row.address or "",
        ground=row.ground or "",
    )


def verification_row(said: Verification) -> Values:
    return {
        "unit": said.unit,
        "requirement": said.requirement,
        "period": said.period,
        "answer": said.answer.name,
        "address": said.address,
        "note": said.note,
        "digest": said.digest,
        "valid_until": said.valid_until,
        "said_by": said.by,
        "said_at": said.at,
    }


def verification(row: sa.Row[Any]) -> Verification:
    return Verification(
        unit=row.unit,
        requirement=row.requirement,
        period=row.period,
        answer=Answer[row.answer],
        by=row.said_by,
        at=row.said_at,
        address=row.address or "",
        note=row.note or "",
        digest=row.digest or "",
        valid_until=row.valid_until,
    )


def example(row: sa.Row[Any]) -> Example:
    return Example(
        unit=row.unit,
        requirement=row.requirement,
        address=row.address,
        by=row.marked_by,
        at=row.marked_at,
    )


def waiver_request_row(asked: WaiverRequest) -> Values:
    """All but its number, which the memory gives."""
    return {
        "unit": asked.waiver.unit,
        "requirement": asked.waiver.requirement,
        "ground": asked.waiver.ground,
        "reason": asked.waiver.reason,
        "proof": asked.proof,
        "paper": asked.paper,
        "proposed_by": asked.waiver.proposed_by,
        "proposed_at": asked.proposed_at,
        "added_by": asked.added_by,
        "approved_by": asked.waiver.approved_by,
        "approved_at": asked.approved_at,
        "recorded_by": asked.recorded_by,
        "valid_until": asked.waiver.valid_until,
        "ended_by": asked.ended_by,
        "ended_at": asked.ended_at,
    }


def waiver_request(row: sa.Row[Any]) -> WaiverRequest:
    return WaiverRequest(
        number=row.seq,
        waiver=Waiver(
            unit=row.unit,
            requirement=row.requirement,
            ground=row.ground,
            reason=row.reason,
            proposed_by=row.proposed_by,
            approved_by=row.approved_by or "",
            valid_until=row.valid_until,
        ),
        added_by=row.added_by,
        proposed_at=row.proposed_at,
        proof=row.proof or "",
        paper=row.paper or "",
        approved_at=row.approved_at,
        recorded_by=row.recorded_by or "",
        ended_by=row.ended_by or "",
        ended_at=row.ended_at,
    )


def _shown(document: Document) -> list[object]:
    published = document.published
    return [
        document.url,
        document.title,
        iso(document.first_seen_on),
        iso(document.written_on),
        document.reading.name,
        *((published.day.isoformat(), published.source.name, published.text) if published else ()),
    ]


def _document_shown(values: list[Any]) -> Document:
    url, title, first_seen, written, reading, *published = values
    return Document(
        url=url,
        title=title,
        first_seen_on=day_of(first_seen),
        written_on=day_of(written),
        reading=READINGS[reading],
        published=publish_date(day_of(published[0]), *published[1:]) if published else None,
    )
