"""What remarks rest on: what entries show instead of a day, links that nobody sees, letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("documents", sa.Column("misdated", TEXT, nullable=True))
    op.add_column("columns_seen", sa.Column("hidden", TEXT, nullable=True))
    op.add_column("columns_seen", sa.Column("waiting", TEXT, nullable=True))
