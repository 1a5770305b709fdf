"""校验链的算法: rows → digests, and digests → a chain. A format: it never changes once released.

A digest is of all filled fields, by name; a field that is added later, and is empty in old rows,
changes none of them. Some databases keep '' as NULL: both count as empty.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from monitor.store import proofs, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """入链的表: which of its fields the chain holds; ``fields`` empty: all but ``without``."""

    table: sa.Table
    name: str  # what people call it
    fields: Collection[str] = ()
    without: Collection[str] = ()

    @property
    def key(self) -> sa.Column[Any]:
        return next(iter(self.table.primary_key))

    @property
    def columns(self) -> list[sa.Column[Any]]:
        """The fields that are held, and the key."""
        wanted = {*self.fields, self.key.name} if self.fields else set(self.table.c.keys())
        return [one for one in self.table.c if one.name in wanted - set(self.without)]

    @property
    def rows(self) -> sa.Select[Any]:
        """All rows that belong on the chain, in order."""
        query = sa.select(*self.columns).order_by(self.key)
        if self.table is tables.remarks:
            query = query.where(tables.remarks.c.opinion.is_not(None))
        return query


_OPINION: Final = ("unit", "kind", "column_id", "requirement", "subject")
_SAID: Final = ("opinion", "said_by", "said_at", "note")

#: every table whose rows are told one by one, by the name of the table
SEALED: Final[Mapping[str, Sealed]] = {
    one.table.name: one
    for one in (
        Sealed(table=tables.finding_events, name="问题的处理记录"),
        Sealed(table=tables.verifications, name="人工核实"),
        Sealed(table=tables.waivers, name="不涉及"),
        # the rest of a remark moves from night to night
        Sealed(table=tables.remarks, name="提示的看法", fields=(*_OPINION, *_SAID)),
        Sealed(table=tables.snapshots, name="数据快照", without=("content",)),
        Sealed(table=proofs.judgings, name="判断记录"),
    )
}
#: the open and the settled problems move every night: they are told all together
ALL_FINDINGS: Final = Sealed(table=tables.findings, name="问题清单")


#: made once: ``json.dumps`` makes an encoder for every text
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest_of(row: Mapping[Any, Any]) -> str:
    """The digest of one row.

    >>> digest_of({"seq": 1, "note": ""}) == digest_of({"note": None, "seq": 1})
    True
    """
    filled = {
        str(name): _plain(value) for name, value in row.items() if value is not None and value != ""
    }
    return hashlib.sha256(_written(filled).encode()).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """The digest of many rows in their order."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def linked(before: str, seq: int, kind: str, entry: str, digest: str) -> str:
    """The sha256 of a link: of the one before it and of all it holds."""
    told = "\n".join((before, str(seq), kind, entry, digest))
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: object) -> object:
    # an instant is a day too, and comes back in UTC from every database
    return value.isoformat() if isinstance(value, date) else value
