"""Nights that do not count, and the robots.txt files that could be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("scans") as table:
        table.add_column(sa.Column("void", TEXT, nullable=True))
    op.create_table(
        "robots",
        sa.Column("address", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_robots"),
    )
