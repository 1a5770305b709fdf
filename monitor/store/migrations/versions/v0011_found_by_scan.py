"""Documents are found by the scan that listed them last, and by address in all columns at once."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.drop_index("ix_documents_identity", "documents")
    op.create_index("ix_documents_identity", "documents", ["identity", "unit"])
    op.create_index("ix_documents_last_scan", "documents", ["last_scan"])
