"""所见 ⇄ 表行: looks, documents, what is remembered, and stored pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any, Final, cast

import sqlalchemy as sa

from monitor.model import (
    Coverage,
    Document,
    Evidence,
    Observation,
    Outcome,
    PublishDate,
    Remembered,
    Removal,
    RobotsFile,
    Yield,
)
from monitor.plain import exposed_of, file_of, plain_exposed, plain_file
from monitor.store.rows.frozen import frozen, thawed
from monitor.store.rows.parts import (
    READINGS,
    Values,
    evidence_values,
    evidences,
    list_text,
    listed,
    publish_date,
)
from monitor.store.types import storable

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


def yielded(row: sa.Row[Any]) -> Yield:
    """How much a look read; ``night`` of the row is its scan's."""
    return Yield(
        night=row.night,
        entries=row.listed,
        pages=row.pages,
        to_end=row.to_end,
        unchanged=row.unchanged,
        address=row.address or "",
        platform=row.platform or "",
    )


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
        "attachments": list_text(map(plain_file, document.attachments)),
        "digest": document.digest,
        "exposed": list_text(map(plain_exposed, document.exposed)),
    }


def document(row: sa.Row[Any], night: date) -> Document:
    """A document as it was shown in ``night``, of a row whose interval holds that night."""
    redated_from, unchanged_since = _redated(row)
    return Document(
        url=row.url or "",
        title=row.title or "",
        published=_published(row, night),
        written_on=row.written_on,
        publisher=row.publisher or "",
        doc_no=row.doc_no or "",
        index_no=row.index_no or "",
        first_seen_on=row.first_seen_on,
        last_absent_on=row.last_absent_on,
        redated_from=redated_from,
        unchanged_since=unchanged_since,
        attachments=tuple(file_of(*file) for file in listed(row.attachments)),
        elements=frozenset(listed(row.elements)),
        reading=READINGS[row.reading],
        digest=row.digest or "",
        exposed=tuple(exposed_of(*one) for one in listed(row.exposed)),
    )


def held_text(held: Values) -> str:
    """Fields that a row of documents held once; one that was empty is named too."""
    return frozen({"fields": list(held), **held})


def document_then(row: sa.Row[Any], held: Iterable[str], night: date) -> Document:
    """A document as in ``document``, of a row that was changed since; the last change first."""
    values = dict(row._mapping)
    for text in held:
        said = thawed(text)
        values |= {name: said.get(name) for name in said["fields"]}
    return document(cast("sa.Row[Any]", SimpleNamespace(**values)), night)


def removal(row: sa.Row[Any]) -> Removal:
    """What a column does not list any more; the row also tells when it last did, and when not."""
    again = row.missed_again_on
    return Removal(
        document=document(row, row.listed_on),
        column=row.column_id,
        listed_on=row.listed_on,
        missed_on=row.missed_on,
        missed_again_on=again if again is not None and again > row.missed_on else None,
    )


def _published(row: sa.Row[Any], night: date) -> PublishDate | None:
    """The day it bore in ``night``; of one whose day moves along each night the last is kept."""
    if row.nightly and night < row.published_on:
        return publish_date(night, row.date_source, night.isoformat())
    return publish_date(row.published_on, row.date_source, row.date_text)


def _redated(row: sa.Row[Any]) -> tuple[date, date] | tuple[None, None]:
    """The day the same words bore when they were first seen, and the night of that."""
    if row.words and row.words == f"{row.date_source}:{row.digest}":
        same = row.published_on == row.words_day and not row.nightly
        return (None, None) if same else (row.words_day, row.words_since)
    return (row.first_seen_on, row.first_seen_on) if row.nightly else (None, None)


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
