"""所见 ⇄ 表行: looks, documents, what is remembered, and stored pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.model import (
    Coverage,
    Document,
    Evidence,
    Observation,
    Outcome,
    Remembered,
    Removal,
    RobotsFile,
    Yield,
)
from monitor.plain import (
    exposed_of,
    file_of,
    hidden_of,
    misdated_of,
    plain_exposed,
    plain_file,
    plain_hidden,
    plain_misdated,
    plain_waiting,
    waiting_of,
)
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
        "hidden": list_text(map(plain_hidden, seen.hidden)),
        "waiting": list_text(map(plain_waiting, seen.waiting)),
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


def look(row: Sequence[Any], documents: tuple[Document, ...]) -> Observation:
    """A look, of the fields of ``columns_seen`` in their order.

    After them the evidence, hidden links and letters of the look whose pages it rests on, if it
    opened none. Asked for by their names, fields of a row cost more than all else here.
    """
    _, unit, column, outcome, address, http_status, pages, entries, _, since, to_end, *rest = row
    stopped_by, identity_seen, unchanged, still_linked, platform, phrase, remarks, *rest = rest
    hidden, waiting, evidence, _, seen_at, _, kept_evidence, kept_hidden, kept_waiting = rest
    if not evidence:
        hidden, waiting = hidden or kept_hidden, waiting or kept_waiting
    return Observation(
        unit=unit,
        column=column,
        outcome=_OUTCOMES[outcome],
        address=address or "",
        documents=documents,
        coverage=Coverage(
            pages=pages,
            entries=entries,
            since=since,
            to_end=to_end,
            stopped_by=stopped_by or "",
        ),
        unchanged=unchanged,
        identity_seen=identity_seen,
        platform=platform or "",
        phrase=phrase or "",
        http_status=http_status,
        still_linked=still_linked,
        remarks=listed(remarks),
        hidden=tuple(hidden_of(*link) for link in listed(hidden)),
        waiting=tuple(waiting_of(*letter) for letter in listed(waiting)),
        evidence=evidences(evidence or kept_evidence),
        seen_at=seen_at,
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
        "misdated": list_text(plain_misdated(document.misdated) if document.misdated else ()),
    }


def document(row: Sequence[Any], night: date) -> Document:
    """A document as it was shown in ``night``, of a row whose interval holds that night.

    ``row``: the fields of ``documents`` in their order, and others after them.
    """
    _, _, _, _, _, _, url, title, day, source, text, written_on, publisher, *rest = row
    doc_no, index_no, reading, elements, attachments, digest, exposed, misdated, *rest = rest
    first_seen_on, last_absent_on, words, words_since, words_day, nightly, *_ = rest
    redated_from: date | None = None
    unchanged_since: date | None = None
    if words and words == f"{source}:{digest}":  # the same words as when they were first seen
        if nightly or day != words_day:
            redated_from, unchanged_since = words_day, words_since
    elif nightly:
        redated_from = unchanged_since = first_seen_on
    if nightly and night < day:  # of one whose day moves along each night the last is kept
        day, text = night, night.isoformat()
    return Document(
        url=url or "",
        title=title or "",
        published=publish_date(day, source, text),
        written_on=written_on,
        publisher=publisher or "",
        doc_no=doc_no or "",
        index_no=index_no or "",
        first_seen_on=first_seen_on,
        last_absent_on=last_absent_on,
        redated_from=redated_from,
        unchanged_since=unchanged_since,
        attachments=tuple(file_of(*file) for file in listed(attachments)) if attachments else (),
        elements=frozenset(listed(elements)),
        reading=READINGS[reading],
        digest=digest or "",
        exposed=tuple(exposed_of(*one) for one in listed(exposed)) if exposed else (),
        misdated=misdated_of(*listed(misdated)) if misdated else None,
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
    return document(tuple(values.values()), night)


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
