"""Remarks: what is worth a look beside the gaps; fingerprints of texts that are compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "remarks",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("column_id", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("facts", TEXT, nullable=True),
        sa.Column("page", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(length=12), nullable=True),
        sa.Column("said_by", TEXT, nullable=True),
        sa.Column("said_at", sa.DateTime(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_remarks"),
    )
    op.create_table(
        "prints",
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("bits", sa.String(length=16), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_prints"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_remarks_unit_kind", "remarks", ["unit", "kind"])
