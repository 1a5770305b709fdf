"""记录与表行: frozen records ⇄ rows, both directions side by side; no database is opened here.

Each ``…_row`` gives the values of a row without its keys of scan and place; each other function
builds a record from a row of its table.
"""

from __future__ import annotations

from monitor.store.rows.frozen import as_row, frozen, thawed
from monitor.store.rows.given import (
    PARTS,
    calendar_text,
    given_of,
    given_texts,
    whose_text,
)
from monitor.store.rows.judged import (
    assessment,
    assessment_row,
    assessment_text,
    example,
    finding,
    finding_event,
    finding_event_row,
    finding_row,
    verification,
    verification_row,
    waiver_request,
    waiver_request_row,
)
from monitor.store.rows.lists import duty, duty_row, event, event_row, unit, unit_row
from monitor.store.rows.noticed import codes_text, held_night, remark, remark_row
from monitor.store.rows.parts import Values, evidences
from monitor.store.rows.seen import (
    document,
    document_row,
    document_then,
    evidence_row,
    held_text,
    look,
    look_row,
    remembered,
    remembered_row,
    removal,
    robots_file,
    robots_row,
    yielded,
)

__all__ = [
    "PARTS",
    "Values",
    "as_row",
    "assessment",
    "assessment_row",
    "assessment_text",
    "calendar_text",
    "codes_text",
    "document",
    "document_row",
    "document_then",
    "duty",
    "duty_row",
    "event",
    "event_row",
    "evidence_row",
    "evidences",
    "example",
    "finding",
    "finding_event",
    "finding_event_row",
    "finding_row",
    "frozen",
    "given_of",
    "given_texts",
    "held_night",
    "held_text",
    "look",
    "look_row",
    "remark",
    "remark_row",
    "remembered",
    "remembered_row",
    "removal",
    "robots_file",
    "robots_row",
    "thawed",
    "unit",
    "unit_row",
    "verification",
    "verification_row",
    "waiver_request",
    "waiver_request_row",
    "whose_text",
    "yielded",
]
