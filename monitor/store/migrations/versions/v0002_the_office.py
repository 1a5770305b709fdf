"""What people decide, freeze and send: findings with their clock, and the tables of the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_FINDING_DAYS = ("assigned_on", "deadline", "good_on", "paused_on", "resume_on", "closed_on")


def upgrade() -> None:
    with op.batch_alter_table("findings") as table:
        for name in _FINDING_DAYS:
            table.add_column(sa.Column(name, sa.Date(), nullable=True))
        table.add_column(sa.Column("section", TEXT, nullable=True))
        table.add_column(sa.Column("fingerprint", TEXT, nullable=True))
    with op.batch_alter_table("finding_events") as table:
        table.add_column(sa.Column("address", TEXT, nullable=True))
        table.add_column(sa.Column("ground", sa.String(length=4), nullable=True))
    op.create_table(
        "verifications",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("digest", TEXT, nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("said_by", TEXT, nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_verifications"),
    )
    op.create_index("ix_verifications_obligation", "verifications", ["unit", "requirement"])
    op.create_table(
        "waivers",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("requirement", TEXT, nullable=False),
        sa.Column("ground", sa.String(length=4), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("proof", TEXT, nullable=True),
        sa.Column("paper", TEXT, nullable=True),
        sa.Column("proposed_by", TEXT, nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", TEXT, nullable=False),
        sa.Column("approved_by", TEXT, nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", TEXT, nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ended_by", TEXT, nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_waivers"),
    )
    op.create_index("ix_waivers_unit", "waivers", ["unit", "requirement"])
    op.create_table(
        "snapshots",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("cut_off_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", TEXT, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
    )
    op.create_table(
        "letters",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("findings", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("failing_since", sa.DateTime(), nullable=True),
        sa.Column("claim", TEXT, nullable=True),
        sa.Column("claim_until", sa.DateTime(), nullable=True),
        sa.Column("told", TEXT, nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", TEXT, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_letters"),
        sa.UniqueConstraint("event", "recipient", name="uq_letters_event_recipient"),
    )
    op.create_index("ix_letters_state", "letters", ["state", "next_at"])
    op.create_table(
        "runs",
        sa.Column("job", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("told", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("job", "due_on", name="pk_runs"),
    )


def downgrade() -> None:
    for name in ("runs", "letters", "snapshots", "waivers", "verifications"):
        op.drop_table(name)
    with op.batch_alter_table("finding_events") as table:
        for name in ("address", "ground"):
            table.drop_column(name)
    with op.batch_alter_table("findings") as table:
        for name in (*_FINDING_DAYS, "section", "fingerprint"):
            table.drop_column(name)
