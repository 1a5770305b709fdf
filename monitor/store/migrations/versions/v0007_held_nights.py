"""Nights whose verdicts wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("units", TEXT, nullable=True),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("ruling", sa.String(length=12), nullable=True),
        sa.Column("ruled_by", TEXT, nullable=True),
        sa.Column("ruled_at", sa.DateTime(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["scan"], ["scans.seq"], name="fk_holds_scan_scans"),
        sa.PrimaryKeyConstraint("seq", name="pk_holds"),
    )
    op.create_index("ix_holds_scan", "holds", ["scan"])
