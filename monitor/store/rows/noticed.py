"""提示 ⇄ 表行: remarks, nights that wait, and what people said of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from monitor.model import HeldNight, KeptRemark, Opinion, Remark, RemarkKind, Ruling
from monitor.store.rows.parts import (
    Values,
    as_text,
    evidence_values,
    evidences,
    fact,
    facts,
    list_text,
    listed,
)
from monitor.wording import Noticed


def remark_row(remark: Remark) -> Values:
    """All but the nights that saw it."""
    return {
        "unit": remark.unit,
        "kind": remark.kind.name,
        "column_id": remark.column,
        "requirement": remark.requirement,
        "subject": remark.subject,
        "because": remark.because.name,
        "facts": as_text(fact(remark.facts)) if remark.facts else None,
        "page": remark.page,
        "evidence": list_text(map(evidence_values, remark.evidence)),
    }


def remark(row: sa.Row[Any]) -> KeptRemark:
    return KeptRemark(
        number=row.seq,
        remark=Remark(
            unit=row.unit,
            kind=RemarkKind[row.kind],
            because=Noticed[row.because],
            facts=facts(json.loads(row.facts)) if row.facts else {},
            column=row.column_id,
            requirement=row.requirement,
            subject=row.subject,
            page=row.page or "",
            evidence=evidences(row.evidence),
        ),
        first_seen_on=row.first_seen_on,
        last_seen_on=row.last_seen_on,
        ended_on=row.ended_on,
        opinion=Opinion[row.opinion] if row.opinion else None,
        by=row.said_by or "",
        at=row.said_at,
        note=row.note or "",
    )


def codes_text(units: Iterable[str]) -> str | None:
    """Codes of units as the memory keeps them; None for none, which stands for all."""
    return list_text(sorted(units))


def held_night(row: sa.Row[Any]) -> HeldNight:
    """A row of ``holds`` with the id and the night of its scan."""
    return HeldNight(
        number=row.seq,
        scan=row.id,
        night=row.night,
        reason=row.reason,
        units=frozenset(listed(row.units)),
        held_at=row.held_at,
        ruling=Ruling[row.ruling] if row.ruling else None,
        by=row.ruled_by or "",
        at=row.ruled_at,
        note=row.note or "",
    )
