"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("section", TEXT, nullable=False),
        sa.Column("co_sections", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("reviewer", TEXT, nullable=True),
        sa.Column("mail", TEXT, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "section", name="pk_duties"),
    )
    op.create_table(
        "events",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("said_by", TEXT, nullable=True),
        sa.Column("doc_no", TEXT, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "event", "day", name="pk_events"),
    )
    op.create_table(
        "evidence",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )
    op.create_table(
        "scans",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("catalog_digest", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_scans"),
        sa.UniqueConstraint("id", name="uq_scans_id"),
    )
    op.create_table(
        "units",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("short_name", TEXT, nullable=True),
        sa.Column("types", TEXT, nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("traits", TEXT, nullable=False),
        sa.Column("home", TEXT, nullable=True),
        sa.Column("entrances", TEXT, nullable=False),
        sa.Column("disclosure_home", TEXT, nullable=True),
        sa.Column("people", TEXT, nullable=False),
        sa.Column("section", TEXT, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_units"),
    )
    op.create_table(
        "assessments",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("first_scan", sa.Integer(), nullable=False),
        sa.Column("last_scan", sa.Integer(), nullable=False),
        sa.Column("first_assessed_on", sa.Date(), nullable=False),
        sa.Column("last_assessed_on", sa.Date(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("late_by", sa.Integer(), nullable=True),
        sa.Column("newest_on", sa.Date(), nullable=True),
        sa.Column("page", TEXT, nullable=True),
        sa.Column("flags", TEXT, nullable=True),
        sa.Column("unchecked", TEXT, nullable=True),
        sa.Column("facts", TEXT, nullable=True),
        sa.Column("documents", TEXT, nullable=True),
        sa.Column("nearest", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("last_verified_on", sa.Date(), nullable=True),
        sa.Column("catalog_digest", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["first_scan"], ["scans.seq"], name="fk_assessments_first_scan_scans"
        ),
        sa.ForeignKeyConstraint(
            ["last_scan"], ["scans.seq"], name="fk_assessments_last_scan_scans"
        ),
        sa.PrimaryKeyConstraint(
            "unit", "requirement", "period", "first_scan", name="pk_assessments"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "batches",
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_batches_scan_scans"),
        sa.PrimaryKeyConstraint("scan", "batch", name="pk_batches"),
    )
    op.create_table(
        "columns_seen",
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("column_id", TEXT, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("to_end", sa.Boolean(), nullable=False),
        sa.Column("stopped_by", TEXT, nullable=True),
        sa.Column("identity_seen", sa.Boolean(), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("still_linked", sa.Boolean(), nullable=False),
        sa.Column("platform", TEXT, nullable=True),
        sa.Column("phrase", TEXT, nullable=True),
        sa.Column("remarks", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("evidence_scan", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_scan"], ["scans.seq"], name="fk_columns_seen_evidence_scan_scans"
        ),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_columns_seen_scan_scans"),
        sa.PrimaryKeyConstraint("scan", "unit", "column_id", name="pk_columns_seen"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "documents",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("column_id", TEXT, nullable=False),
        sa.Column("first_scan", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_scan", sa.Integer(), nullable=True),
        sa.Column("identity", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("date_source", sa.String(length=20), nullable=True),
        sa.Column("date_text", TEXT, nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("doc_no", TEXT, nullable=True),
        sa.Column("index_no", TEXT, nullable=True),
        sa.Column("reading", sa.String(length=20), nullable=False),
        sa.Column("elements", TEXT, nullable=True),
        sa.Column("attachments", TEXT, nullable=True),
        sa.Column("digest", TEXT, nullable=True),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_scan"], ["scans.seq"], name="fk_documents_first_scan_scans"
        ),
        sa.ForeignKeyConstraint(["last_scan"], ["scans.seq"], name="fk_documents_last_scan_scans"),
        sa.PrimaryKeyConstraint("unit", "column_id", "first_scan", "place", name="pk_documents"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_documents_identity", "documents", ["unit", "column_id", "identity"], unique=False
    )
    op.create_table(
        "findings",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("last_verified_on", sa.Date(), nullable=True),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.Column("sighted_at", sa.DateTime(), nullable=True),
        sa.Column("last_scan", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["last_scan"], ["scans.seq"], name="fk_findings_last_scan_scans"),
        sa.PrimaryKeyConstraint("number", name="pk_findings"),
    )
    op.create_index(
        "ix_findings_obligation", "findings", ["unit", "requirement", "period"], unique=False
    )
    op.create_table(
        "remembered",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("column_id", TEXT, nullable=False),
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("phrase", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("last_modified", TEXT, nullable=True),
        sa.Column("list_digest", TEXT, nullable=True),
        sa.Column("signature", TEXT, nullable=True),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("to_end", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("identity_seen", sa.Boolean(), nullable=False),
        sa.Column("platform", TEXT, nullable=True),
        sa.Column("evidence_scan", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_scan"], ["scans.seq"], name="fk_remembered_evidence_scan_scans"
        ),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_remembered_scan_scans"),
        sa.PrimaryKeyConstraint("unit", "column_id", name="pk_remembered"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding_events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("finding", TEXT, nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("moved_by", TEXT, nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("scan", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding"], ["findings.number"], name="fk_finding_events_finding_findings"
        ),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_finding_events_scan_scans"),
        sa.PrimaryKeyConstraint("seq", name="pk_finding_events"),
    )
    op.create_index("ix_finding_events_finding", "finding_events", ["finding"], unique=False)


def downgrade() -> None:
    op.drop_table("finding_events")
    op.drop_table("remembered")
    op.drop_table("findings")
    op.drop_table("documents")
    op.drop_table("columns_seen")
    op.drop_table("batches")
    op.drop_table("assessments")
    op.drop_table("units")
    op.drop_table("scans")
    op.drop_table("evidence")
    op.drop_table("events")
    op.drop_table("duties")
