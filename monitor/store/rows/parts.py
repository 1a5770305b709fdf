"""共用的部分: texts, days and pages as the fields of several tables hold them."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from monitor.model import DateSource, Evidence, PublishDate, Reading

#: the values of one row by field name
Values = dict[str, Any]

#: an enum's own look-up by name costs more than the rest of a record
READINGS: Final = {reading.name: reading for reading in Reading}
_SOURCES: Final = {source.name: source for source in DateSource}


#: made once: ``json.dumps`` makes an encoder for every text
as_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def list_text(values: Iterable[object]) -> str | None:
    """A list as text, None when it is empty: most lists of most rows are."""
    listed = list(values)
    return as_text(listed) if listed else None


def listed(text: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(text)) if text else ()


def publish_date(day: date | None, source: str | None, text: str | None) -> PublishDate | None:
    if day is None or source is None:
        return None
    return PublishDate(day=day, source=_SOURCES[source], text=text or "")


def evidence_values(evidence: Evidence) -> list[object]:
    return [
        evidence.url,
        evidence.fetched_at.isoformat(),
        evidence.http_status,
        evidence.sha256,
        evidence.path,
    ]


def evidences(text: str | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            url=url,
            fetched_at=datetime.fromisoformat(at),
            http_status=http_status,
            sha256=sha256,
            path=path,
        )
        for url, at, http_status, sha256, path in listed(text)
    )


def fact(value: object) -> object:
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
            return {"of": {str(name): fact(inner) for name, inner in value.items()}}
        case tuple() | list():
            return [fact(inner) for inner in value]
        case set() | frozenset():
            return sorted(str(fact(inner)) for inner in value)
    raise TypeError(f"a fact of type {type(value).__name__} cannot be kept")


def facts(value: Any) -> Any:
    """Facts as they were before ``fact`` made JSON of them."""
    match value:
        case {"at": at}:
            return datetime.fromisoformat(at)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"of": inner}:
            return {name: facts(fact) for name, fact in inner.items()}
        case list():
            return tuple(map(facts, value))
    return value
