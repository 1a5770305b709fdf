"""记忆的表: the tables as SQLAlchemy Core; plain SQL types only, the same on every database.

JSON is kept as text; what a field may hold is told by its type (``types.py``).

Two habits keep the memory small. A document is one *interval* row: written when it appears and
once more when it is gone; ``last_scan`` stays NULL while it is listed, and then its last sighting
is the column's (``remembered.scan``). An assessment that is confirmed only moves its ``last_scan``.
"""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.types import Instant, Key, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: 单位: a unit that is no longer in the list stays, inactive
units = sa.Table(
    "units",
    metadata,
    sa.Column("code", Words, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("short_name", Words),
    sa.Column("types", Words, nullable=False),  # JSON list of names
    sa.Column("parent", Words),
    sa.Column("traits", Words, nullable=False),  # JSON: name → true, false, null
    sa.Column("home", Words),
    sa.Column("entrances", Words, nullable=False),  # JSON: column id → address
    sa.Column("disclosure_home", Words),
    sa.Column("people", Words, nullable=False),  # JSON: role → name, phone, mail
    sa.Column("section", Words),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("note", Words),
    sa.Column("place", sa.Integer, nullable=False),  # order of the list
    sa.Column("changed_at", Instant, nullable=False),
)

#: 任务分解: a section that no longer leads stays, inactive
duties = sa.Table(
    "duties",
    metadata,
    sa.Column("subject", Words, primary_key=True),
    sa.Column("section", Key, primary_key=True),
    sa.Column("co_sections", Words, nullable=False),  # JSON list
    sa.Column("person", Words),
    sa.Column("reviewer", Words),
    sa.Column("mail", Words),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

#: 事件登记
events = sa.Table(
    "events",
    metadata,
    sa.Column("unit", Key, primary_key=True),  # '' for all units
    sa.Column("event", Words, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("said_by", Words),
    sa.Column("doc_no", Words),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

#: 巡查: ``seq`` is the order in which scans came into the memory
scans = sa.Table(
    "scans",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("night", sa.Date, nullable=False),
    sa.Column("catalog_digest", Words),
    sa.Column("void", Words),  # why nothing of it counts; NULL: it counts
)

#: 批次 of a scan that were recorded
batches = sa.Table(
    "batches",
    metadata,
    sa.Column("scan", sa.ForeignKey("scans.seq"), primary_key=True),
    sa.Column("batch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("planned", sa.Integer, nullable=False),
    sa.Column("damaged", sa.Integer, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),  # its crawl came to its end
    sa.Column("reader", Words),  # the version of the eyes that read it
    sa.Column("started_at", Instant, nullable=False),  # of the first look
    sa.Column("recorded_at", Instant, nullable=False),
)

#: 核查记录 of one column in one night
columns_seen = sa.Table(
    "columns_seen",
    metadata,
    sa.Column("scan", sa.ForeignKey("scans.seq"), primary_key=True),
    sa.Column("unit", Words, primary_key=True),
    sa.Column("column_id", Words, primary_key=True),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("address", Words),
    sa.Column("http_status", sa.Integer, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("listed", sa.Integer, nullable=False),  # entries that became documents
    sa.Column("since", sa.Date),
    sa.Column("to_end", sa.Boolean, nullable=False),
    sa.Column("stopped_by", Words),
    sa.Column("identity_seen", sa.Boolean, nullable=False),
    sa.Column("unchanged", sa.Boolean, nullable=False),
    sa.Column("still_linked", sa.Boolean, nullable=False),
    sa.Column("platform", Words),
    sa.Column("phrase", Words),
    sa.Column("remarks", Words),  # JSON list
    sa.Column("hidden", Words),  # JSON list of host, how it is hidden, number of links
    sa.Column("waiting", Words),  # JSON list of day and state of letters
    sa.Column("evidence", Words),  # JSON list
    # the scan whose row holds the pages behind this one: an earlier scan when unchanged
    sa.Column("evidence_scan", sa.ForeignKey("scans.seq")),
    sa.Column("seen_at", Instant),
    sa.Column("judged", sa.Boolean),  # it was good enough to be remembered
    sqlite_with_rowid=False,
)

#: 信息条目 as intervals. ``place`` counts from the end of the list, so that reading the rows of a
#: column backwards gives the newest sighting first and, within it, the order of the page
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("unit", Words, primary_key=True),
    sa.Column("column_id", Words, primary_key=True),
    sa.Column("first_scan", sa.ForeignKey("scans.seq"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last_scan", sa.ForeignKey("scans.seq")),  # NULL: still listed
    sa.Column("identity", Words, nullable=False),  # of the address, see monitor/addresses.py
    sa.Column("url", Words),
    sa.Column("title", Words),
    sa.Column("published_on", sa.Date),
    sa.Column("date_source", sa.String(20)),
    sa.Column("date_text", Words),
    sa.Column("written_on", sa.Date),
    sa.Column("publisher", Words),
    sa.Column("doc_no", Words),
    sa.Column("index_no", Words),
    sa.Column("reading", sa.String(20), nullable=False),
    sa.Column("elements", Words),  # JSON list
    sa.Column("attachments", Words),  # JSON list of name, address, state, places
    sa.Column("digest", Words),
    sa.Column("exposed", Words),  # JSON list of kind, masked form, place, keyed hash
    sa.Column("misdated", Words),  # JSON list of why there is no day, what is printed, which day
    sa.Column("first_seen_on", sa.Date, nullable=False),  # of the address, whatever its text
    # the last night before that whose list was read as far as its day, and did not hold it
    sa.Column("last_absent_on", sa.Date),
    # of an entry read whole: where its day stood and the digest of its text; the night on which
    # these words were first seen, and the day they bore then
    sa.Column("words", Words),
    sa.Column("words_since", sa.Date),
    sa.Column("words_day", sa.Date),
    # at every look of the interval its day was that of the look's own night
    sa.Column("nightly", sa.Boolean),
    sa.Index("ix_documents_identity", "identity", "unit"),
    sa.Index("ix_documents_last_scan", "last_scan"),
    sqlite_with_rowid=False,
)

#: 上次所见 of a column: written by every look that could be judged
remembered = sa.Table(
    "remembered",
    metadata,
    sa.Column("unit", Words, primary_key=True),
    sa.Column("column_id", Words, primary_key=True),
    sa.Column("scan", sa.ForeignKey("scans.seq"), nullable=False),
    sa.Column("verified_on", sa.Date, nullable=False),
    sa.Column("read_on", sa.Date),  # the last night it was read, not found to be unchanged
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("phrase", Words),
    sa.Column("address", Words),
    sa.Column("etag", Words),
    sa.Column("last_modified", Words),
    sa.Column("list_digest", Words),
    sa.Column("signature", Words),
    sa.Column("newest", sa.Date),
    sa.Column("since", sa.Date),
    sa.Column("to_end", sa.Boolean, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("listed", sa.Integer, nullable=False),
    sa.Column("identity_seen", sa.Boolean, nullable=False),
    sa.Column("platform", Words),
    sa.Column("evidence_scan", sa.ForeignKey("scans.seq")),
    sqlite_with_rowid=False,
)

#: 网站声明: the last robots.txt that could be read, by its address
robots = sa.Table(
    "robots",
    metadata,
    sa.Column("address", Words, primary_key=True),
    sa.Column("text", Words),
    sa.Column("read_at", Instant, nullable=False),
)

#: 页面留存: every stored page once, whichever nights it stands for
evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("sha256", Words, primary_key=True),
    sa.Column("path", Words, nullable=False),
    sa.Column("url", Words, nullable=False),
    sa.Column("http_status", sa.Integer, nullable=False),
    sa.Column("fetched_at", Instant, nullable=False),  # the first time
)

#: 暂缓的一晚: verdicts that wait for an officer
holds = sa.Table(
    "holds",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("scan", sa.ForeignKey("scans.seq"), nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("units", Words),  # JSON list of codes; NULL: all
    sa.Column("held_at", Instant, nullable=False),
    sa.Column("ruling", sa.String(12)),
    sa.Column("ruled_by", Words),
    sa.Column("ruled_at", Instant),
    sa.Column("note", Words),
    sa.Index("ix_holds_scan", "scan"),
)

#: 核查结论 as intervals of scans with the same verdict; the facts are those of the last one
assessments = sa.Table(
    "assessments",
    metadata,
    sa.Column("unit", Words, primary_key=True),
    sa.Column("requirement", Words, primary_key=True),
    sa.Column("period", Key, primary_key=True),
    sa.Column("first_scan", sa.ForeignKey("scans.seq"), primary_key=True),
    sa.Column("last_scan", sa.ForeignKey("scans.seq"), nullable=False),
    sa.Column("first_assessed_on", sa.Date, nullable=False),
    sa.Column("last_assessed_on", sa.Date, nullable=False),
    sa.Column("latest", sa.Boolean, nullable=False),  # no later interval
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("because", sa.String(40), nullable=False),
    sa.Column("late_by", sa.Integer),
    sa.Column("newest_on", sa.Date),
    sa.Column("page", Words),
    sa.Column("flags", Words),  # JSON list
    sa.Column("unchecked", Words),  # JSON list
    sa.Column("facts", Words),  # JSON
    sa.Column("documents", Words),  # JSON list
    sa.Column("nearest", Words),  # JSON
    sa.Column("evidence", Words),  # JSON list
    sa.Column("last_verified_on", sa.Date),
    sa.Column("catalog_digest", Words),
    sa.Column("calendar_digest", Words),
    sa.Column("reader", Words),
    sqlite_with_rowid=False,
)

#: 问题
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("number", Words, primary_key=True),
    sa.Column("unit", Words, nullable=False),
    sa.Column("requirement", Words, nullable=False),
    sa.Column("period", Key, nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("first_seen_on", sa.Date, nullable=False),
    sa.Column("last_seen_on", sa.Date, nullable=False),
    sa.Column("last_verified_on", sa.Date),
    sa.Column("sightings", sa.Integer, nullable=False),
    sa.Column("sighted_at", Instant),
    sa.Column("assigned_on", sa.Date),
    sa.Column("deadline", sa.Date),
    sa.Column("good_on", sa.Date),
    sa.Column("paused_on", sa.Date),
    sa.Column("resume_on", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("section", Words),
    sa.Column("fingerprint", Words),
    sa.Column("last_scan", sa.ForeignKey("scans.seq"), nullable=False),  # that decided something
    sa.Index("ix_findings_obligation", "unit", "requirement", "period"),
)

#: 流转记录: append only
finding_events = sa.Table(
    "finding_events",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("finding", sa.ForeignKey("findings.number"), nullable=False, index=True),
    sa.Column("move", sa.String(20), nullable=False),
    sa.Column("from_state", sa.String(12)),
    sa.Column("to_state", sa.String(12), nullable=False),
    sa.Column("moved_by", Words, nullable=False),
    sa.Column("moved_at", Instant, nullable=False),
    sa.Column("reason", Words),
    sa.Column("evidence", Words),  # sha256 of the page behind it
    sa.Column("address", Words),
    sa.Column("ground", sa.String(4)),
    sa.Column("scan", sa.ForeignKey("scans.seq")),
)

#: 提示 as intervals of nights that saw them; ``ended_on``: the night that no longer did
remarks = sa.Table(
    "remarks",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("unit", Words, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("column_id", Key, nullable=False),
    sa.Column("requirement", Key, nullable=False),
    sa.Column("subject", Key, nullable=False),
    sa.Column("because", sa.String(40), nullable=False),
    sa.Column("facts", Words),  # JSON
    sa.Column("page", Words),
    sa.Column("evidence", Words),  # JSON list
    sa.Column("first_seen_on", sa.Date, nullable=False),
    sa.Column("last_seen_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("opinion", sa.String(12)),
    sa.Column("said_by", Words),
    sa.Column("said_at", Instant),
    sa.Column("note", Words),
    sa.Index("ix_remarks_unit_kind", "unit", "kind"),
)

#: 文本指纹 of the texts that are compared; ``letters`` 0: one that is not
prints = sa.Table(
    "prints",
    metadata,
    sa.Column("digest", Words, primary_key=True),
    sa.Column("bits", sa.String(16), nullable=False),  # hexadecimal
    sa.Column("letters", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: 人工核实: append only; the last one of an obligation holds
verifications = sa.Table(
    "verifications",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("unit", Words, nullable=False),
    sa.Column("requirement", Words, nullable=False),
    sa.Column("period", Key, nullable=False),
    sa.Column("answer", sa.String(20), nullable=False),
    sa.Column("address", Words),
    sa.Column("note", Words),
    sa.Column("digest", Words),
    sa.Column("valid_until", sa.Date),
    sa.Column("said_by", Words, nullable=False),
    sa.Column("said_at", Instant, nullable=False),
    sa.Index("ix_verifications_obligation", "unit", "requirement"),
)

#: 不涉及／暂缓 as they are asked for, approved and ended
waivers = sa.Table(
    "waivers",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("unit", Words, nullable=False),
    sa.Column("requirement", Words, nullable=False),
    sa.Column("ground", sa.String(4), nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("proof", Words),
    sa.Column("paper", Words),  # number of the paper it was decided on
    sa.Column("proposed_by", Words, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("added_by", Words, nullable=False),  # who entered it
    sa.Column("approved_by", Words),
    sa.Column("approved_at", Instant),
    sa.Column("recorded_by", Words),  # who entered the approval
    sa.Column("valid_until", sa.Date),
    sa.Column("ended_by", Words),
    sa.Column("ended_at", Instant),
    sa.Index("ix_waivers_unit", "unit", "requirement"),
)

#: 数据快照: written once
snapshots = sa.Table(
    "snapshots",
    metadata,
    sa.Column("id", Words, primary_key=True),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("cut_off_at", Instant, nullable=False),
    sa.Column("made_by", Words, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("sha256", Words, nullable=False),  # of the content
    sa.Column("content", sa.LargeBinary, nullable=False),  # gzipped JSON lines
)

#: 可参考: where a unit shows an item as the officer wants to see it
examples = sa.Table(
    "examples",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("unit", Words, nullable=False),
    sa.Column("requirement", Words, nullable=False),
    sa.Column("address", Words, nullable=False),
    sa.Column("marked_by", Words, nullable=False),
    sa.Column("marked_at", Instant, nullable=False),
    sa.Column("ended_by", Words),
    sa.Column("ended_at", Instant),
)

#: 待发邮件: one row for each recipient of each letter. ``content`` stands last but one: the fields
#: behind a long one are slow to come by
letters = sa.Table(
    "letters",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("event", Words, nullable=False),  # what it tells, once for all: no second row
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("unit", Words),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("recipient", Words, nullable=False),
    sa.Column("findings", Words),  # JSON list of numbers
    sa.Column("subject", Words, nullable=False),
    sa.Column("message_id", Words, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),  # also the token of a claim
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("failing_since", Instant),
    sa.Column("claim", Words),  # who is sending it
    sa.Column("claim_until", Instant),
    sa.Column("told", Words),  # what the server, or a person, said last
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("settled_at", Instant),
    sa.Column("settled_by", Words),
    sa.Column("content", sa.LargeBinary, nullable=False),  # the message without sender and date
    sa.Column("short", Words),  # the same in a few lines, for a chat group
    sa.UniqueConstraint("event", "recipient"),
    sa.Index("ix_letters_state", "state", "next_at"),
)

#: 定时任务 as they ran: one row for each job and day it was due
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("job", sa.String(20), primary_key=True),
    sa.Column("due_on", sa.Date, primary_key=True),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
    sa.Column("told", Words),
)
