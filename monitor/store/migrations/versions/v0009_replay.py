"""What nights were judged by, what rows held before, and the chain over what people did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.store.sealed import digest_of, digest_of_all, linked
from monitor.store.types import Instant, Key

revision = "0009"
down_revision = "0008"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_JUDGED = """
UPDATE columns_seen SET judged = (
    outcome IN ('SAYS_EMPTY', 'NO_COLUMN', 'GONE')
    OR outcome = 'OPENED' AND (unchanged OR listed > 0 OR entries > 0)
) AND (SELECT void FROM scans WHERE scans.seq = columns_seen.scan) IS NULL
"""
#: the rows that are there already, as this step's tables hold them
_SEALED = {
    "finding_events": "seq finding move from_state to_state moved_by moved_at reason evidence"
    " address ground scan",
    "verifications": "seq unit requirement period answer address note digest valid_until said_by"
    " said_at",
    "waivers": "seq unit requirement ground reason proof paper proposed_by proposed_at added_by"
    " approved_by approved_at recorded_by valid_until ended_by ended_at",
    "remarks": "seq unit kind column_id requirement subject opinion said_by said_at note",
    "snapshots": "id starts_on ends_on cut_off_at made_by made_at sha256",
}
_FINDINGS = (
    "number unit requirement period status state first_seen_on last_seen_on last_verified_on"
    " sightings sighted_at assigned_on deadline good_on paused_on resume_on closed_on section"
    " fingerprint last_scan"
)
_KEYS = {("remarks", "column_id"), ("remarks", "requirement"), ("remarks", "subject")}
_KEYS |= {("verifications", "period"), ("findings", "period")}


def upgrade() -> None:
    op.add_column("batches", sa.Column("reader", TEXT, nullable=True))
    op.add_column("columns_seen", sa.Column("judged", sa.Boolean(), nullable=True))
    op.execute(_JUDGED)
    op.add_column("assessments", sa.Column("calendar_digest", TEXT, nullable=True))
    op.add_column("assessments", sa.Column("reader", TEXT, nullable=True))
    op.create_table(
        "documents_before",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("column_id", TEXT, nullable=False),
        sa.Column("first_scan", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until_scan", sa.Integer(), nullable=False),
        sa.Column("held", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["first_scan"], ["scans.seq"], name="fk_documents_before_first_scan_scans"
        ),
        sa.ForeignKeyConstraint(
            ["until_scan"], ["scans.seq"], name="fk_documents_before_until_scan_scans"
        ),
        sa.PrimaryKeyConstraint(
            "unit", "column_id", "first_scan", "place", "until_scan", name="pk_documents_before"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bases",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_bases"),
    )
    op.create_table(
        "judgings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("whose", TEXT, nullable=False),
        sa.Column("judged_at", sa.DateTime(), nullable=False),
        sa.Column("parts", TEXT, nullable=False),
        sa.Column("verdicts", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_judgings_scan_scans"),
        sa.PrimaryKeyConstraint("seq", name="pk_judgings"),
    )
    op.create_index("ix_judgings_scan", "judgings", ["scan"])
    chain = op.create_table(
        "chain",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("entry", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_chain"),
    )
    end = op.create_table(
        "chain_end",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain_end"),
    )
    links: list[dict[str, object]] = []
    sha256 = ""
    for seq, (kind, entry, digest) in enumerate(_known(op.get_bind()), start=1):
        sha256 = linked(sha256, seq, kind, entry, digest)
        links.append({"seq": seq, "kind": kind, "entry": entry, "digest": digest, "sha256": sha256})
    if links:
        op.bulk_insert(chain, links)
    op.bulk_insert(end, [{"id": 1, "links": len(links), "sha256": sha256}])


def _known(memory: sa.Connection) -> Iterator[tuple[str, str, str]]:
    """What is on the chain from its first day: as it stands today, in the order of its keys."""
    for name, fields in _SEALED.items():
        table = _table(name, fields)
        key = table.c[fields.partition(" ")[0]]
        query = sa.select(table).order_by(key)
        if name == "remarks":
            query = query.where(table.c.opinion.is_not(None))
        for row in memory.execute(query):
            yield name, str(row[0]), digest_of(row._mapping)
    findings = _table("findings", _FINDINGS)
    query = sa.select(findings).order_by(findings.c.number)
    digests = [digest_of(row._mapping) for row in memory.execute(query)]
    if digests:
        yield "findings", "*", digest_of_all(digests)


def _table(name: str, fields: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(field, _type(name, field)) for field in fields.split()))


def _type(table: str, field: str) -> sa.types.TypeEngine[Any]:
    if field.endswith("_at"):
        return Instant()
    if field.endswith("_on") or field in {"valid_until", "deadline"}:
        return sa.Date()
    if (table, field) in _KEYS:
        return Key()
    return sa.Integer() if field in {"seq", "sightings", "scan", "last_scan"} else TEXT
