"""What earlier nights saw of an entry's day: the last night without it, its words' first night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

#: nights in which a column was read, and not only found to be unchanged
_READ_ON = """
UPDATE remembered SET read_on = read_whole.night
FROM (
    SELECT columns_seen.unit, columns_seen.column_id, MAX(scans.night) AS night
    FROM columns_seen JOIN scans ON scans.seq = columns_seen.scan
    WHERE NOT columns_seen.unchanged
    AND columns_seen.outcome IN ('OPENED', 'SAYS_EMPTY', 'NO_COLUMN', 'GONE')
    GROUP BY columns_seen.unit, columns_seen.column_id
) AS read_whole
WHERE read_whole.unit = remembered.unit AND read_whole.column_id = remembered.column_id
"""
#: what is listed now has been seen so at least in the column's last look
_WORDS = """
UPDATE documents SET
    words = date_source || ':' || digest,
    words_day = published_on,
    words_since = (
        SELECT verified_on FROM remembered
        WHERE remembered.unit = documents.unit AND remembered.column_id = documents.column_id
    )
WHERE last_scan IS NULL AND reading = 'WHOLE' AND digest IS NOT NULL
AND published_on IS NOT NULL AND date_source <> 'RELATIVE'
"""


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("last_absent_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("words", TEXT, nullable=True))
        table.add_column(sa.Column("words_since", sa.Date(), nullable=True))
        table.add_column(sa.Column("words_day", sa.Date(), nullable=True))
        table.add_column(sa.Column("nightly", sa.Boolean(), nullable=True))
    with op.batch_alter_table("remembered") as table:
        table.add_column(sa.Column("read_on", sa.Date(), nullable=True))
    op.execute(_READ_ON)
    op.execute(_WORDS)
