"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("co_sections", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "section", name="pk_duties"),
    )
    op.create_table(
        "events",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("doc_no", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "event", "day", name="pk_events"),
    )
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )
    op.create_table(
        "scans",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("catalog_digest", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_scans"),
        sa.UniqueConstraint("id", name="uq_scans_id"),
    )
    op.create_table(
        "units",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("traits", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("entrances", sa.Text(), nullable=False),
        sa.Column("disclosure_home", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_units"),
    )
    op.create_table(
        "assessments",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("first_scan", sa.Integer(), nullable=False),
        sa.Column("last_scan", sa.Integer(), nullable=False),
        sa.Column("first_assessed_on", sa.Date(), nullable=False),
        sa.Column("last_assessed_on", sa.Date(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("late_by", sa.Integer(), nullable=True),
        sa.Column("newest_on", sa.Date(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("flags", sa.Text(), nullable=True),
        sa.Column("unchecked", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.Column("nearest", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("last_verified_on", sa.Date(), nullable=True),
        sa.Column("catalog_digest", sa.Text(), nullable=True),
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
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_batches_scan_scans"),
        sa.PrimaryKeyConstraint("scan", "batch", name="pk_batches"),
    )
    op.create_table(
        "columns_seen",
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("to_end", sa.Boolean(), nullable=False),
        sa.Column("stopped_by", sa.Text(), nullable=True),
        sa.Column("identity_seen", sa.Boolean(), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("still_linked", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("phrase", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
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
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("first_scan", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_scan", sa.Integer(), nullable=True),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("date_source", sa.String(length=20), nullable=True),
        sa.Column("date_text", sa.Text(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("doc_no", sa.Text(), nullable=True),
        sa.Column("index_no", sa.Text(), nullable=True),
        sa.Column("reading", sa.String(length=20), nullable=False),
        sa.Column("elements", sa.Text(), nullable=True),
        sa.Column("attachments", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
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
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("last_verified_on", sa.Date(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("good_since_at", sa.DateTime(), nullable=True),
        sa.Column("last_scan", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["last_scan"], ["scans.seq"], name="fk_findings_last_scan_scans"),
        sa.PrimaryKeyConstraint("number", name="pk_findings"),
    )
    op.create_index(
        "ix_findings_obligation", "findings", ["unit", "requirement", "period"], unique=False
    )
    op.create_table(
        "remembered",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("column_id", sa.Text(), nullable=False),
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("list_digest", sa.Text(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("to_end", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("identity_seen", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=True),
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
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("moved_by", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
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
