"""所见 ⇄ 表行: looks, documents, what is remembered, and stored pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import (
    Attachment,
    Coverage,
    Document,
    Evidence,
    FileState,
    Observation,
    Outcome,
    Place,
    Remembered,
    Removal,
    RobotsFile,
)
from monitor.store.rows.parts import (
    READINGS,
    Values,
    evidence_values,
    evidences,
    list_text,
    listed,
    publish_date,
)
from monitor.store.tables import storable

_OUTCOMES: Final = {outcome.name: outcome for outcome in Outcome}


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
        "remarks": list_text(seen.remarks),
        "evidence": list_text(map(evidence_values, seen.evidence)),
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
        remarks=listed(row.remarks),
        evidence=evidences(row.evidence or row.kept_evidence),
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
        "elements": list_text(sorted(document.elements)),
        "attachments": list_text(map(_file_values, document.attachments)),
        "digest": document.digest,
    }


def document(row: sa.Row[Any]) -> Document:
    return Document(
        url=row.url or "",
        title=row.title or "",
        published=publish_date(row.published_on, row.date_source, row.date_text),
        written_on=row.written_on,
        publisher=row.publisher or "",
        doc_no=row.doc_no or "",
        index_no=row.index_no or "",
        first_seen_on=row.first_seen_on,
        attachments=tuple(_file(*file) for file in listed(row.attachments)),
        elements=frozenset(listed(row.elements)),
        reading=READINGS[row.reading],
        digest=row.digest or "",
    )


def removal(row: sa.Row[Any]) -> Removal:
    """What a column does not list any more; the row also tells when it last did, and when not."""
    return Removal(
        document=document(row),
        column=row.column_id,
        listed_on=row.listed_on,
        missed_on=row.missed_on,
    )


def _file_values(file: Attachment) -> tuple[object, ...]:
    places = [(place.word, place.where, place.recognised) for place in file.places]
    return (file.name, file.url, file.state.name, *([places] if places else ()))


def _file(
    name: str, url: str, state: str, places: Iterable[tuple[str, str, bool]] = ()
) -> Attachment:
    return Attachment(
        name=name,
        url=url,
        state=FileState[state],
        places=tuple(
            Place(word=word, where=where, recognised=recognised)
            for word, where, recognised in places
        ),
    )


def robots_row(kept: RobotsFile) -> Values:
    return {"address": kept.address, "text": kept.text, "read_at": kept.read_at}


def robots_file(row: sa.Row[Any]) -> RobotsFile:
    return RobotsFile(address=row.address, text=row.text or "", read_at=row.read_at)


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
