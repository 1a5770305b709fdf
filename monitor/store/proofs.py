"""佐证的表: what makes a past night provable, beside the tables of what was seen and said."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.tables import metadata as metadata
from monitor.store.types import Instant, Words

#: 条目原貌: what a row of ``documents`` held before a scan changed it in its place, as far as its
#: present fields do not tell
documents_before = sa.Table(
    "documents_before",
    metadata,
    sa.Column("unit", Words, primary_key=True),
    sa.Column("column_id", Words, primary_key=True),
    sa.Column("first_scan", sa.ForeignKey("scans.seq"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("until_scan", sa.ForeignKey("scans.seq"), primary_key=True),  # that changed it
    sa.Column("held", Words, nullable=False),  # JSON: field → value
    sqlite_with_rowid=False,
)

#: 判断所据: what nights are judged by beside their looks, each text once under its sha256
bases = sa.Table(
    "bases",
    metadata,
    sa.Column("sha256", Words, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),  # gzipped
)

#: 判断记录: by what a scan was judged, and the sha256 of all its verdicts, line by line. Units
#: whose verdicts waited for an officer are judged by themselves
judgings = sa.Table(
    "judgings",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("scan", sa.ForeignKey("scans.seq"), nullable=False, index=True),
    sa.Column("whose", Words, nullable=False),  # JSON: what it took, which units it left out
    sa.Column("judged_at", Instant, nullable=False),
    sa.Column("parts", Words, nullable=False),  # JSON: part → sha256 of its text
    sa.Column("verdicts", sa.Integer, nullable=False),
    sa.Column("sha256", Words, nullable=False),
)

#: 校验链: append only. Each link holds the digest of a row as it was written, and the sha256 of
#: the link before with it
chain = sa.Table(
    "chain",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(20), nullable=False),  # the table
    sa.Column("entry", Words, nullable=False),  # the key of the row
    sa.Column("digest", Words, nullable=False),
    sa.Column("sha256", Words, nullable=False),
)

#: 链尾: one row, so that an end that was cut off shows
chain_end = sa.Table(
    "chain_end",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("links", sa.Integer, nullable=False),
    sa.Column("sha256", Words, nullable=False),
)
