"""核查记录 ⇄ JSON: what the eyes saw; one pair of functions for each record."""

from __future__ import annotations

from datetime import date, datetime

from monitor.model import (
    Coverage,
    DateSource,
    Document,
    Evidence,
    Observation,
    Outcome,
    PublishDate,
    Reading,
)
from monitor.plain import (
    day_of,
    exposed_of,
    file_of,
    hidden_of,
    iso,
    misdated_of,
    plain_exposed,
    plain_file,
    plain_hidden,
    plain_misdated,
    plain_waiting,
    waiting_of,
)
from monitor.wire.lines import Json
from monitor.wire.parts import filled, pack_remembered, read_remembered


def pack_observation(seen: Observation) -> Json:
    return {"target": seen.key} | filled(
        unit=seen.unit,
        column=seen.column,
        outcome=seen.outcome.name,
        address=seen.address,
        documents=[pack_document(document) for document in seen.documents],
        coverage=filled(
            pages=seen.coverage.pages,
            entries=seen.coverage.entries,
            since=iso(seen.coverage.since),
            to_end=seen.coverage.to_end,
            stopped_by=seen.coverage.stopped_by,
        ),
        unchanged=seen.unchanged,
        identity_seen=seen.identity_seen,
        platform=seen.platform,
        phrase=seen.phrase,
        http_status=seen.http_status,
        still_linked=seen.still_linked,
        remarks=seen.remarks,
        hidden=[plain_hidden(link) for link in seen.hidden],
        waiting=[plain_waiting(letter) for letter in seen.waiting],
        evidence=[pack_evidence(evidence) for evidence in seen.evidence],
        remember=pack_remembered(seen.remember),
        seen_at=seen.seen_at and seen.seen_at.isoformat(),
    )


def read_observation(said: Json) -> Observation:
    coverage = said.get("coverage", {})
    seen_at = said.get("seen_at")
    return Observation(
        unit=said["unit"],
        column=said["column"],
        outcome=Outcome[said["outcome"]],
        address=said.get("address", ""),
        documents=tuple(map(read_document, said.get("documents", ()))),
        coverage=Coverage(
            pages=coverage.get("pages", 0),
            entries=coverage.get("entries", 0),
            since=day_of(coverage.get("since")),
            to_end=coverage.get("to_end", False),
            stopped_by=coverage.get("stopped_by", ""),
        ),
        unchanged=said.get("unchanged", False),
        identity_seen=said.get("identity_seen", False),
        platform=said.get("platform", ""),
        phrase=said.get("phrase", ""),
        http_status=said.get("http_status", 0),
        still_linked=said.get("still_linked", False),
        remarks=tuple(said.get("remarks", ())),
        hidden=tuple(hidden_of(*link) for link in said.get("hidden", ())),
        waiting=tuple(waiting_of(*letter) for letter in said.get("waiting", ())),
        evidence=tuple(map(_evidence, said.get("evidence", ()))),
        remember=read_remembered(said.get("remember", {})),
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
    )


def pack_document(document: Document) -> Json:
    published = document.published
    return filled(
        url=document.url,
        title=document.title,
        published=published and (published.day.isoformat(), published.source.name, published.text),
        written=iso(document.written_on),
        publisher=document.publisher,
        doc_no=document.doc_no,
        index_no=document.index_no,
        first_seen=iso(document.first_seen_on),
        last_absent=iso(document.last_absent_on),
        redated_from=iso(document.redated_from),
        unchanged_since=iso(document.unchanged_since),
        attachments=[plain_file(file) for file in document.attachments],
        elements=sorted(document.elements),
        reading=document.reading.name,
        digest=document.digest,
        exposed=[plain_exposed(one) for one in document.exposed],
        misdated=document.misdated and plain_misdated(document.misdated),
    )


def read_document(said: Json) -> Document:
    return Document(
        url=said.get("url", ""),
        title=said.get("title", ""),
        published=_published(*said["published"]) if "published" in said else None,
        written_on=day_of(said.get("written")),
        publisher=said.get("publisher", ""),
        doc_no=said.get("doc_no", ""),
        index_no=said.get("index_no", ""),
        first_seen_on=day_of(said.get("first_seen")),
        last_absent_on=day_of(said.get("last_absent")),
        redated_from=day_of(said.get("redated_from")),
        unchanged_since=day_of(said.get("unchanged_since")),
        attachments=tuple(file_of(*file) for file in said.get("attachments", ())),
        elements=frozenset(said.get("elements", ())),
        reading=Reading[said["reading"]],
        digest=said.get("digest", ""),
        exposed=tuple(exposed_of(*one) for one in said.get("exposed", ())),
        misdated=misdated_of(*said["misdated"]) if "misdated" in said else None,
    )


def _published(day: str, source: str, text: str) -> PublishDate:
    return PublishDate(day=date.fromisoformat(day), source=DateSource[source], text=text)


def pack_evidence(evidence: Evidence) -> Json:
    return {
        "url": evidence.url,
        "at": evidence.fetched_at.isoformat(),
        "status": evidence.http_status,
        "sha256": evidence.sha256,
        "path": evidence.path,
    }


def _evidence(said: Json) -> Evidence:
    return Evidence(
        url=said["url"],
        fetched_at=datetime.fromisoformat(said["at"]),
        http_status=said["status"],
        sha256=said["sha256"],
        path=said["path"],
    )
