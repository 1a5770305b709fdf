"""记录与表行: frozen records ⇄ rows, both directions side by side; no database is opened here.

Each ``…_row`` gives the values of a row without its keys of scan and place; each other function
builds a record from a row of its table.
"""

from __future__ import annotations

from monitor.store.rows.judged import (
    assessment,
    assessment_row,
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
from monitor.store.rows.parts import Values
from monitor.store.rows.seen import (
    document,
    document_row,
    evidence_row,
    look,
    look_row,
    remembered,
    remembered_row,
    removal,
    robots_file,
    robots_row,
)

__all__ = [
    "Values",
    "assessment",
    "assessment_row",
    "codes_text",
    "document",
    "document_row",
    "duty",
    "duty_row",
    "event",
    "event_row",
    "evidence_row",
    "example",
    "finding",
    "finding_event",
    "finding_event_row",
    "finding_row",
    "held_night",
    "look",
    "look_row",
    "remark",
    "remark_row",
    "remembered",
    "remembered_row",
    "removal",
    "robots_file",
    "robots_row",
    "unit",
    "unit_row",
    "verification",
    "verification_row",
    "waiver_request",
    "waiver_request_row",
]
