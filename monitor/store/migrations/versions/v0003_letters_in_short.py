"""Letters in short, for chat groups, and the good examples an officer marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("letters") as table:
        table.add_column(sa.Column("short", TEXT, nullable=True))
    op.create_table(
        "examples",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("marked_by", TEXT, nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_examples"),
    )
